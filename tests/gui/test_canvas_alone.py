"""The canvas alone: what stands beside it is hidden, and comes back when it is needed."""

from __future__ import annotations

from types import SimpleNamespace

import pytest
from PySide6.QtCore import QSize

from gui.document import OpenDocument
from gui.main_window import TITLE_BAR, MainWindow


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


def test_a_small_screen_holds_the_whole_window(qtbot, monkeypatch):
    # A projector of 1280 x 800 pixels at scale 2.
    room = QSize(640, 400 + TITLE_BAR)
    screen = SimpleNamespace(availableSize=lambda: room)
    monkeypatch.setattr(MainWindow, "screen", lambda _window: screen)
    window = MainWindow(OpenDocument)
    qtbot.addWidget(window)
    bench = window.furnish()
    window.show()
    qtbot.waitUntil(bench.transport.isVisible)
    assert (window.width(), window.height()) == (640, 400)
    assert beside(bench) == (False, False)
    assert bench.transport.geometry().bottom() < window.height()
