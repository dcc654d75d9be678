"""Elements of arrays are pointed at on the canvas, by mouse and by keyboard, as on the page."""

from __future__ import annotations

import time

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, QRectF, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel

from engine.asking.ask import Ask
from engine.asking.seats import Element, Seat
from engine.moment import Moment
from engine.picture.cells import cell_counts
from gui.canvas.array_cells import cell_of, index_at
from gui.canvas.lens import Lens
from gui.export.changes import pixels_of
from gui.export.studio import Look, Studio
from gui.pages.heat_grid import HeatGrid
from tests.gui.builders import document_of
from tests.gui.hands import next_turn
from tests.three import NET, NUMBERS


@pytest.fixture
def net(window):
    """The window at the end of the walk through the small net."""
    window.player.reduced_motion = True
    window.show_document(document_of(NET, **NUMBERS))
    window.player.to_end()
    window.view.fit()
    return window


def block(window, name):
    return window.document.graph.named(name).id


def point(window, name, at, *, is_gradient=False):
    """Move the mouse over an element on the canvas."""
    view, canvas = window.view, window.view.canvas
    view.viewport().grab()  # what is in sight has its items
    seat = Seat(block(window, name), is_gradient)
    seen = next(s for s in canvas.elements.arrays(seat.block) if s.seat == seat)
    rows, columns = cell_counts(seen.shape)
    row, column = cell_of(seen.shape, at)
    spot = QPointF(
        seen.area.left() + (column + 0.5) * seen.area.width() / columns,
        seen.area.top() + (row + 0.5) * seen.area.height() / rows,
    )
    if seen.words:
        spot = seen.area_of(at).center()
    QTest.mouseMove(view.viewport(), view.mapFromScene(spot))
    return Element(seat, at)


def lit(window):
    """What is lit on the canvas, by the names of the arrays; g stands before a gradient."""
    canvas = window.view.canvas
    return {
        ("g" if seen.seat.is_gradient else "")
        + canvas.document.graph.block(seen.seat.block).name: [
            tuple(map(int, at)) for at in np.argwhere(focus.cells(seen.shape))
        ]
        for seen, focus in canvas.elements._lit()
    }


def said(window):
    found = (label for label in window.view.findChildren(QLabel) if label.isVisible())
    return next((x.text() for x in found if x.accessibleName() == "Message"), "")


@pytest.mark.parametrize(
    ("name", "at", "is_gradient"),
    [("a", (1, 2), False), ("x", (0, 1), False), ("w", (2, 3), True), ("b", (1,), True)],
)
def test_the_mouse_points_at_an_element_on_the_canvas(net, name, at, is_gradient):
    element = point(net, name, at, is_gradient=is_gradient)
    assert net.player.pointed.element == element
    QTest.mouseMove(net.view.viewport(), QPoint(3, 300))
    assert net.player.pointed.element is None


def test_what_it_has_to_do_with_is_lit_in_the_arrays_around_it(net):
    point(net, "a", (1, 2))
    assert lit(net) == {
        "a": [(1, 2)],
        "x": [(1, 0), (1, 1), (1, 2)],
        "w": [(0, 2), (1, 2), (2, 2)],
        "c": [(1, 2)],
    }
    point(net, "b", (3,), is_gradient=True)
    assert lit(net) == {"gb": [(0, 3)], "gc": [(0, 3), (1, 3)]}


def test_lighting_changes_what_is_painted_there_and_nothing_stays_behind(net):
    before = net.view.viewport().grab().toImage()
    point(net, "a", (1, 2))
    lighted = net.view.viewport().grab().toImage()
    assert lighted != before
    QTest.mouseMove(net.view.viewport(), QPoint(3, 300))
    assert net.view.viewport().grab().toImage() == before


def test_keys_go_from_element_to_element_and_from_the_value_to_its_gradient(net):
    view = net.view
    view.canvas.selection.choose([block(net, "x")])
    QTest.keyClick(view, Qt.Key.Key_P, Qt.KeyboardModifier.ShiftModifier)
    value, gradient = Seat(block(net, "x")), Seat(block(net, "x"), is_gradient=True)
    assert net.player.pointed.element == Element(value, (0, 0))
    cursor = net.player.moment.cursor
    for key, element in (
        (Qt.Key.Key_Right, Element(value, (0, 1))),
        (Qt.Key.Key_Down, Element(value, (1, 1))),
        (Qt.Key.Key_Down, Element(gradient, (0, 1))),
        (Qt.Key.Key_Left, Element(gradient, (0, 0))),
        (Qt.Key.Key_Left, Element(gradient, (0, 0))),
        (Qt.Key.Key_Up, Element(value, (1, 0))),
    ):
        QTest.keyClick(view, key)
        assert net.player.pointed.element == element
    assert net.player.moment.cursor == cursor, "arrows do not walk meanwhile"
    assert said(net) == "x[1, 0] = 1.5"
    QTest.keyClick(view, Qt.Key.Key_Escape)
    assert net.player.pointed.element is None
    assert not said(net)
    QTest.keyClick(view, Qt.Key.Key_Left)
    assert net.player.moment.cursor == cursor - 1


def test_alt_and_an_arrow_lead_into_the_arrays_of_the_next_block(net):
    net.view.canvas.selection.choose([block(net, "x")])
    net.actions_by_name["point_element"].trigger()
    QTest.keyClick(net.view, Qt.Key.Key_Right, Qt.KeyboardModifier.AltModifier)
    (selected,) = net.view.canvas.selection.items()
    assert net.player.pointed.element == Element(Seat(selected), (0, 0))
    assert "x[0, :] · w[:, 0] = " in said(net)


def test_a_number_that_the_keyboard_is_at_can_be_raised(net):
    net.view.canvas.selection.choose([block(net, "b")])
    net.actions_by_name["point_element"].trigger()
    QTest.keyClick(net.view, Qt.Key.Key_Right)
    net.actions_by_name["slide_up"].trigger()
    assert net.document.graph.named("b").value.tolist() == [0.05, -0.05, 0.2, -0.3]
    assert net.player.pointed.element == Element(Seat(block(net, "b")), (1,))


def test_a_click_elsewhere_leads_out_of_the_array(net):
    net.view.canvas.selection.choose([block(net, "b")])
    net.actions_by_name["point_element"].trigger()
    QTest.mouseClick(net.view.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(3, 300))
    assert net.player.pointed.element is None
    assert not said(net)


def test_without_a_block_the_keyboard_is_told_what_to_do(net):
    net.view.canvas.selection.clear()
    net.actions_by_name["point_element"].trigger()
    assert said(net).startswith("Select a block first")


def grid(window, name):
    page = window.side.page("arrays")
    return next(g for g in page.findChildren(HeatGrid) if g.accessibleName().startswith(name))


def test_the_page_of_arrays_and_the_canvas_point_at_one_and_the_same_element(net):
    net.actions_by_name["ask_arrays"].trigger()
    point(net, "w", (0, 2), is_gradient=True)
    assert grid(net, "to ∂y/∂w").at == (0, 2)
    assert net.side.page("arrays").said.startswith("∂y/∂w[0, 2] = ∂y/∂a[:, 2] · x[:, 0] = ")
    QTest.mouseMove(net.view.viewport(), QPoint(3, 300))
    assert grid(net, "to ∂y/∂w").at is None

    above = grid(net, "from above")
    QTest.keyClick(above, Qt.Key.Key_Right)
    assert net.player.pointed.element == Element(Seat(block(net, "a"), is_gradient=True), (0, 0))
    assert lit(net)["gw"] == [(0, 0), (1, 0), (2, 0)]
    QTest.keyClick(above, Qt.Key.Key_Escape)
    assert net.player.pointed.element is None


def test_an_element_is_gone_with_its_document_and_with_its_shape(net):
    point(net, "x", (1, 2))
    net.document.set_value(block(net, "x"), np.ones((1, 3)))
    assert net.view.canvas.elements.element is None
    point(net, "x", (0, 2))
    net.show_document(document_of("square(x)", x=[1.0, 2.0]))
    assert net.player.pointed.element is None


def test_of_a_run_that_is_gone_nothing_is_kept(net):
    point(net, "a", (1, 2))
    net.view.viewport().grab()
    elements = net.view.canvas.elements
    assert elements._found_for[0] is net.player.recording
    net.player.pointed.point(None)
    net.document.set_value(block(net, "t"), np.ones((2, 1)))
    assert elements._found_for is None


def test_of_single_numbers_nothing_is_pointed_at(window):
    window.player.to_end()
    window.view.fit()
    window.view.viewport().grab()
    canvas = window.view.canvas
    spot = next(canvas.elements.arrays(window.document.graph.named("a").id)).area.center()
    QTest.mouseMove(window.view.viewport(), window.view.mapFromScene(spot))
    assert window.player.pointed.element is None


def test_in_a_large_array_the_nearest_cell_is_lit_and_the_keyboard_comes_to_each_element(
    window, qtbot
):
    window.show_document(document_of("sum(x * w)", x=np.ones((300, 500)), w=np.ones(500)))
    qtbot.waitUntil(lambda: not window.player.recording.is_waiting)
    window.player.reduced_motion = True
    window.player.to_end()
    window.view.canvas.selection.choose([block(window, "w")])
    window.actions_by_name["point_element"].trigger()
    for _ in range(30):
        QTest.keyClick(window.view, Qt.Key.Key_Right)
    assert window.player.pointed.element.at == (30,)
    assert lit(window)["w"] == [(0, 1)]
    assert lit(window)["a"] == [(row, 1) for row in range(8)]


def test_cells_and_elements_belong_to_each_other():
    shape = (300, 500)
    for row, column in ((0, 0), (3, 5), (7, 11)):
        area = QRectF(0, 0, 124, 84)
        spot = QPointF(2 + (column + 0.5) * 10, 2 + (row + 0.5) * 10)
        assert cell_of(shape, index_at(area, shape, spot)) == (row, column)


def test_a_hover_costs_little_of_a_frame(net):
    times = []
    for at in np.ndindex(2, 4):
        begin = time.thread_time()
        net.view.canvas.elements.at(QPointF(0, 0))
        net.player.pointed.point(Element(Seat(block(net, "a"), is_gradient=True), at))
        list(net.view.canvas.elements._lit())
        times.append(time.thread_time() - begin)
    assert sorted(times)[len(times) // 2] < 0.016


def test_in_the_lens_an_element_is_pointed_at_as_on_the_canvas(net, qtbot):
    next_turn(qtbot)
    lens = next(each for each in net.view.findChildren(Lens) if each.isVisible())
    canvas = net.view.canvas
    seat = Seat(block(net, "a"))
    seen = next(s for s in canvas.elements.arrays(seat.block) if s.seat == seat)
    spot = QPointF(seen.area.center().x() + 2, seen.area.center().y() + 4)
    before = lens.grab().toImage()
    QTest.mouseMove(lens, lens.framing.transform.map(spot).toPoint())
    assert net.player.pointed.element == Element(seat, (1, 2))
    assert lens.grab().toImage() != before
    assert lens.toolTip().startswith("a[1, 2] = x[1, :] · w[:, 2] = ")
    QTest.mouseMove(lens, QPoint(3, 3))
    assert net.player.pointed.element is None
    assert "click to go there" in lens.toolTip()


def test_an_element_that_a_picture_follows_is_lit_on_its_graph_too(qapp):
    document = document_of("sum(matmul(x, w))", x=np.ones((2, 3)), w=np.ones((3, 2)))
    end = Moment(document.recording, len(document.recording) - 1)
    pictures = []
    for ask in (Ask("arrays"), Ask("element", "a[1, 0]")):
        studio = Studio(document, Look((1000, 500), beside=ask))
        pictures.append(pixels_of(studio.image(end))[:, :600])
        studio.let_go()
    assert (pictures[0] != pictures[1]).any()
