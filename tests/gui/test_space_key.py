"""The space bar plays, and presses the button that has the keyboard."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget


@pytest.fixture
def active(qtbot, window):
    window.window().activateWindow()
    qtbot.waitUntil(window.window().isActiveWindow)
    return window


def press_space(bench):
    QTest.keyClick(bench.window().windowHandle(), Qt.Key.Key_Space)


def named(bench, name):
    return next(w for w in bench.findChildren(QWidget) if w.accessibleName() == name)


def test_on_the_canvas_it_plays(active):
    active.view.setFocus()
    press_space(active)
    assert active.player.playing


def test_a_button_that_has_the_keyboard_is_pressed(active):
    named(active, "To the end").setFocus()
    press_space(active)
    assert not active.player.playing
    assert active.player.moment.cursor == active.player.last


def test_behind_a_button_it_plays_again(active):
    named(active, "To the end").setFocus()
    active.view.setFocus()
    press_space(active)
    assert active.player.playing
