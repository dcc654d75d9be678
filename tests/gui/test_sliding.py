"""A number is dragged like a slider: all follows, what was before stays as a ghost, one undo."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QColor, QPainter, QPixmap
from PySide6.QtTest import QTest

from gui.canvas.interactions.sliding import slid
from gui.canvas.variable_labels import paint_before
from gui.measuring import width_of
from gui.pages.heat_grid import HeatGrid
from gui.theme import font, theme, themes
from tests.gui.builders import document_of


@pytest.fixture
def x(window):
    return window.document.graph.named("x").id


@pytest.fixture
def number(window, x):
    """Where the number of the input stands on the canvas."""
    window.view.set_zoom(1.0)
    window.view.reveal(x)
    return window.view.mapFromScene(window.view.canvas.block_item(x).number_area().center())


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


# A number of an array

NET = "sum(tanh(x @ w + b))"
X, W, B = [[1.0, -2.0], [0.5, 1.0], [3.0, 0.0]], [[0.5, -1.0], [1.5, 0.2]], [0.1, -0.2]


def slopes(w, b):
    """The gradients of the net by w and by b, by hand."""
    gy = 1 - np.tanh(np.array(X) @ np.array(w) + b) ** 2
    return np.array(X).T @ gy, gy.sum(axis=0)


@pytest.fixture
def net(window):
    window.documents.open(document_of(NET, x=X, w=W, b=B))
    window.view.fit()
    return window


def slide(window, name, index, by):
    block = window.document.graph.named(name).id
    at = window.view.mapFromScene(window.view.canvas.block_item(block).number_area(index).center())
    press(window, at)
    drag(window, at, by)
    release(window, at + QPoint(by, 0))
    return block


@pytest.mark.parametrize(("name", "index"), [("x", (2, 1)), ("w", (1, 0)), ("b", (1,))])
def test_any_number_of_an_array_is_slid_and_no_other(net, name, index):
    net.player.to_end()
    first = np.array({"x": X, "w": W, "b": B}[name])
    block = slide(net, name, index, 100)
    now = net.document.graph.block(block).value
    wanted = first.copy()
    wanted[index] = slid(first[index], 100)
    np.testing.assert_array_equal(now, wanted)
    assert net.player.moment.cursor == net.player.last
    values = {each: net.document.graph.named(each).value for each in "xwb"}
    by_w = values["x"].T @ (1 - np.tanh(values["x"] @ values["w"] + values["b"]) ** 2)
    gradient = net.player.recording.gradient(net.document.graph.named("w").id)
    np.testing.assert_allclose(gradient, by_w, rtol=1e-12)
    net.commands.undo()
    np.testing.assert_array_equal(net.document.graph.block(block).value, first)


def test_where_a_pill_has_no_number_it_is_still_moved(net):
    block = net.document.graph.named("w").id
    item = net.view.canvas.block_item(block)
    before = net.document.place(block)
    at = net.view.mapFromScene(item.pos() + QPointF(0, -item.outline.height() / 2 + 8))
    press(net, at)
    drag(net, at, 80)
    release(net, at + QPoint(80, 0))
    assert net.document.place(block) != before
    np.testing.assert_array_equal(net.document.graph.block(block).value, W)


def test_keys_go_from_number_to_number_of_an_array_and_raise_it(net):
    block = net.document.graph.named("w").id
    net.view.canvas.selection.choose([block])
    net.view.setFocus()
    for _ in range(3):
        QTest.keyClick(net.view, Qt.Key.Key_Semicolon)
    assert net.view.canvas.selection.number(block) == (1, 0)
    QTest.keyClick(net.view, Qt.Key.Key_Period)
    QTest.keyClick(net.view, Qt.Key.Key_Period)
    changed = [[0.5, -1.0], [slid(slid(1.5, 5), 5), 0.2]]
    np.testing.assert_allclose(net.document.graph.block(block).value, changed)
    by_w, by_b = slopes(changed, B)
    graph, recording = net.document.graph, net.player.recording
    np.testing.assert_allclose(recording.gradient(block), by_w, rtol=1e-12)
    np.testing.assert_allclose(recording.gradient(graph.named("b").id), by_b, rtol=1e-12)
    net.commands.undo()
    np.testing.assert_array_equal(net.document.graph.block(block).value, W)


def test_the_element_that_the_page_of_arrays_points_at_is_the_one_that_is_raised(net):
    net.player.to_end()
    net.commands.ask_arrays()
    page = net.side.page("arrays")
    grids = [grid for grid in page.findChildren(HeatGrid) if grid.isVisible()]
    by_w = next(grid for grid in grids if grid.accessibleName().startswith("times w"))
    by_w.setFocus()
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Right):
        QTest.keyClick(by_w, key)
    QTest.keyClick(by_w, Qt.Key.Key_Comma)
    wanted = [[0.5, slid(-1.0, -5)], [1.5, 0.2]]
    np.testing.assert_allclose(net.document.graph.named("w").value, wanted)
    assert by_w.at == (0, 1), "it still points there, to go on"


def test_what_arrays_were_before_stays_to_compare_with(net):
    net.player.to_end()
    before = net.player.recording
    slide(net, "w", (0, 0), 60)
    assert net.view.canvas.findings.ghost is before
    with_ghost = net.view.grab().toImage()
    QTest.keyClick(net.view, Qt.Key.Key_Escape)
    assert net.view.canvas.findings.ghost is None
    assert net.view.grab().toImage() != with_ghost


def test_the_numbers_of_an_array_that_is_shown_in_part_are_not_slid(net):
    net.documents.open(document_of("sum(x)", x=np.ones((9, 13))))
    block = net.document.graph.named("x").id
    assert net.view.canvas.block_item(block).number_area((0, 0)).isNull()


@pytest.mark.parametrize("name", ["light", "dark"])
def test_no_wire_runs_through_what_was_before(qapp, name):
    del qapp
    themes().choose(name)
    pixels = QPixmap(120, 40)
    pixels.fill(QColor("magenta"))
    painter = QPainter(pixels)
    paint_before(painter, QPointF(60, 20), np.array(0.25), np.array(0.5), 80.0, backward=False)
    painter.end()
    half = int(width_of("was 0.25", font(11, code=True)) / 2)
    image = pixels.toImage()
    around = {image.pixelColor(x, y).name() for x in range(60 - half, 60 + half) for y in (15, 25)}
    assert theme().bg.name() in around
    assert QColor("magenta").name() not in around
