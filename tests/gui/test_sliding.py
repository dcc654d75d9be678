"""A number is dragged like a slider: all follows, what was before stays as a ghost, one undo."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from gui.canvas.interactions.sliding import slid


@pytest.fixture
def x(window):
    return window.document.graph.named("x").id


@pytest.fixture
def number(window, x):
    """Where the number of the input stands on the canvas."""
    window.view.set_zoom(1.0)
    window.view.reveal(x)
    return window.view.mapFromScene(window.view.canvas.block_item(x).number_area.center())


def value(window, x):
    return float(window.document.graph.block(x).value)


def press(window, at):
    QTest.mousePress(window.view.viewport(), Qt.MouseButton.LeftButton, pos=at)


def drag(window, at, by):
    for step in range(1, 6):
        QTest.mouseMove(window.view.viewport(), at + QPoint(by * step // 5, 0))


def release(window, at):
    QTest.mouseRelease(window.view.viewport(), Qt.MouseButton.LeftButton, pos=at)


def test_everything_follows_while_the_number_is_dragged(window, x, number):
    window.player.to_end()
    press(window, number)
    drag(window, number, 50)
    assert value(window, x) == 1.0
    gradient = window.player.recording.gradient(x)
    assert float(gradient) == pytest.approx(29.5562243957226)
    assert window.player.moment.cursor == window.player.last
    assert not window.document.undo_stack.canUndo()
    release(window, number + QPoint(50, 0))
    assert value(window, x) == 1.0


def test_a_whole_drag_is_one_undo(window, x, number):
    press(window, number)
    drag(window, number, 60)
    release(window, number + QPoint(60, 0))
    assert window.document.undo_stack.count() == 1
    window.commands.undo()
    assert value(window, x) == 0.5
    window.commands.redo()
    assert value(window, x) == 1.1


def test_escape_puts_the_first_value_back_and_leaves_no_trace(window, x, number):
    press(window, number)
    drag(window, number, 60)
    QTest.keyClick(window.view, Qt.Key.Key_Escape)
    assert value(window, x) == 0.5
    assert window.document.undo_stack.count() == 0
    assert window.view.canvas.findings.ghost is None


def test_what_was_before_stays_as_a_ghost_until_the_walk_goes_on(window, x, number):
    window.player.to_end()
    before = window.player.recording
    press(window, number)
    drag(window, number, 50)
    release(window, number + QPoint(50, 0))
    assert window.view.canvas.findings.ghost is before
    window.view.viewport().grab()
    window.player.step_back()
    assert window.view.canvas.findings.ghost is None


def test_escape_takes_the_ghost_away(window, x):
    window.commands.slide_up()
    assert window.view.canvas.findings.ghost is not None
    QTest.keyClick(window.view, Qt.Key.Key_Escape)
    assert window.view.canvas.findings.ghost is None


def test_a_click_on_the_number_only_selects(window, x, number):
    QTest.mouseClick(window.view.viewport(), Qt.MouseButton.LeftButton, pos=number)
    assert window.view.canvas.selection.blocks() == [x]
    assert value(window, x) == 0.5
    assert window.document.undo_stack.count() == 0


def test_the_name_of_an_input_still_moves_the_block(window, x, number):
    before = window.document.place(x)
    name = number - QPoint(0, 22)
    press(window, name)
    drag(window, name, 60)
    release(window, name + QPoint(60, 0))
    assert window.document.place(x) != before
    assert value(window, x) == 0.5


def test_keys_raise_and_lower_the_number_and_a_held_key_is_one_undo(window, x):
    window.view.setFocus()
    for _ in range(3):
        QTest.keyClick(window.view, Qt.Key.Key_Period)
    assert value(window, x) == pytest.approx(0.65)
    QTest.keyClick(window.view, Qt.Key.Key_Comma)
    assert value(window, x) == pytest.approx(0.6)
    assert window.document.undo_stack.count() == 1
    window.commands.undo()
    assert value(window, x) == 0.5


def test_the_undo_while_sliding_gives_the_slide_up_first(window, x, number):
    window.document.set_value(x, 0.75)
    press(window, number)
    drag(window, number, 50)
    window.commands.undo()
    assert value(window, x) == 0.5


@pytest.mark.parametrize(
    ("first", "pixels", "value"),
    [(0.5, 100, 1.5), (-3.0, -100, -6.0), (1e6, 1, 1.01e6), (0.0, -33, -0.33), (250.0, 10, 275.0)],
)
def test_a_slide_is_as_wide_as_the_number_is_large(first, pixels, value):
    assert slid(first, pixels) == value
