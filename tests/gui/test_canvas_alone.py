"""The canvas alone: what stands beside it is hidden, and comes back when it is needed."""

from __future__ import annotations

import pytest


@pytest.fixture
def alone(window):
    window.actions_by_name["canvas_alone"].trigger()
    return window


def beside(window):
    return window.palette_panel.isVisible(), window.side.isVisible()


def test_the_canvas_takes_the_room_of_both(qtbot, window):
    before = window.view.width()
    room = window.palette_panel.width() + window.side.width()
    window.actions_by_name["canvas_alone"].trigger()
    assert beside(window) == (False, False)
    qtbot.waitUntil(lambda: window.view.width() == before + room)
    window.actions_by_name["canvas_alone"].trigger()
    assert beside(window) == (True, True)


@pytest.mark.parametrize("wanted", ["ask_plot", "ask_step", "check", "predict", "add_block"])
def test_what_is_asked_for_is_shown(alone, wanted):
    alone.actions_by_name[wanted].trigger()
    assert beside(alone) == (True, True)


def test_the_keyboard_does_not_stay_in_what_is_hidden(qtbot, window):
    window.window().activateWindow()
    window.actions_by_name["add_block"].trigger()
    qtbot.waitUntil(lambda: window.palette_panel.isAncestorOf(window.focusWidget()))
    window.actions_by_name["canvas_alone"].trigger()
    qtbot.waitUntil(window.view.hasFocus)
    window.actions_by_name["next_part"].trigger()
    qtbot.waitUntil(lambda: window.transport.isAncestorOf(window.focusWidget()))
