"""The one table of actions."""

from __future__ import annotations

from collections import Counter

from PySide6.QtGui import QKeySequence

from gui.actions import ACTIONS


def test_no_key_means_two_things():
    keys = Counter(QKeySequence(key).toString() for action in ACTIONS for key in action.keys)
    assert [key for key, uses in keys.items() if uses > 1] == []


def test_no_name_means_two_things():
    names = Counter(action.name for action in ACTIONS)
    assert [name for name, uses in names.items() if uses > 1] == []
