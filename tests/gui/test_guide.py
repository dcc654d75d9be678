"""The user guide knows every action of the app, its keys and what it does, and no others."""

from __future__ import annotations

import re
from collections import Counter

import pytest
from PySide6.QtWidgets import QMenuBar

from gui.actions import ACTIONS
from gui.theme import RESOURCES

GUIDE = (RESOURCES.parent / "docs" / "guide.md").read_text(encoding="utf-8")
TOUR, KEYS = GUIDE.split("## All keys", maxsplit=1)


@pytest.mark.parametrize("action", ACTIONS, ids=lambda action: action.name)
def test_the_table_of_keys_has_every_action_with_its_keys_and_what_it_does(action):
    keys = ", ".join(f"`{key}`" for key in action.keys)
    tip = action.tip[0].lower() + action.tip[1:]
    assert f"| {action.text} | {keys} | {tip} |" in KEYS


@pytest.mark.parametrize("action", ACTIONS, ids=lambda action: action.name)
def test_the_text_tells_of_every_action_by_its_name_and_first_key(action):
    if action.menu == "Help":
        assert action.text in KEYS
        return
    told = re.sub(r"\s+", " ", TOUR)
    assert f"**{action.text}**" in told
    for key in action.keys[:1]:
        assert f"`{key}`" in told


def test_the_table_of_keys_has_no_action_that_is_not_there():
    menus = {action.menu for action in ACTIONS}
    tables = re.findall(r"^\| (\w+) \| \| \|\n(?:\|.*\n)+", KEYS, re.MULTILINE)
    assert set(tables) == menus
    rows = re.findall(r"^\| ([A-Z][^|]*) \| (?!\|)", KEYS, re.MULTILINE)
    assert {row for row in rows if row not in menus} - {"On the canvas"} == {
        action.text for action in ACTIONS
    }


def test_no_key_and_no_letter_of_a_menu_stands_for_two_things(window):
    keys = Counter(key for action in ACTIONS for key in action.keys)
    assert [key for key, uses in keys.items() if uses > 1] == []
    titles = [action.text() for action in window.findChild(QMenuBar).actions()]
    letters = [title[title.index("&") + 1].lower() for title in titles]
    assert len(set(letters)) == len(letters)


def test_the_table_of_contents_has_every_section_in_its_order():
    contents, *_ = GUIDE.split("\n## ", maxsplit=1)
    listed = [" ".join(name.split()) for name in re.findall(r"\[([^\]]+)\]\(#", contents)]
    assert listed == re.findall(r"^## (.+)$", GUIDE, re.MULTILINE)


def test_every_link_within_the_guide_leads_to_a_section():
    heads = {
        re.sub(r"[^\w\- ]", "", head.lower()).replace(" ", "-")
        for head in re.findall(r"^#+ (.+)$", GUIDE, re.MULTILINE)
    }
    assert set(re.findall(r"\]\(#([^)]+)\)", GUIDE)) <= heads
