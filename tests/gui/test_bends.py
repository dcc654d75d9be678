"""Wires led through places: by mouse and by keyboard, followed by all that has to do with wires."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, QPointF, QRectF, Qt
from PySide6.QtTest import QTest

from engine.document import Place
from engine.graph import Wire
from engine.marks import Box
from gui.canvas import geometry
from gui.canvas.drafting import OUT, BendAt, Port
from gui.canvas.hit import hit
from gui.document import OpenDocument
from tests.gui.hands import LEFT, at_port, drag

ALT, CTRL = Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def wire(window):
    blocks = {block.name: block.id for block in window.document.graph.blocks.values()}
    return Wire(blocks["a"], blocks["b"], 0)


def bends(window, wire):
    return window.document.drawing.bends(wire)


def middle(view, wire):
    return (at_port(view, Port(wire.source, OUT)) + at_port(view, Port(wire.target, 0))) / 2


def at_bend(view, wire, number=0):
    return view.mapFromScene(QPointF(*view.canvas.lines.bends(wire)[number]))


def lead(window, wire, *places):
    for number, place in enumerate(places):
        window.document.drawing.bend(wire, number, place)


def below(window, wire, down=150.0):
    """A place below the middle of a wire."""
    x = (window.document.place(wire.source).x + window.document.place(wire.target).x) / 2
    return Place(x, window.document.place(wire.source).y + down)


def test_a_double_click_on_a_wire_bends_it_and_the_bend_is_dragged(window, view, canvas, wire):
    QTest.mouseDClick(view.viewport(), LEFT, pos=middle(view, wire))
    QTest.mouseRelease(view.viewport(), LEFT, pos=middle(view, wire))
    assert len(bends(window, wire)) == 1
    assert canvas.selection.bend == BendAt(wire, 0)
    start = at_bend(view, wire)
    drag(view, start, start + QPoint(0, 120))
    (place,) = bends(window, wire)
    assert place.y > 100
    window.commands.undo()
    window.commands.undo()
    assert bends(window, wire) == ()


def test_alt_and_a_click_bend_a_wire_and_alt_and_a_drag_still_cut_it(window, view, wire):
    QTest.mouseClick(view.viewport(), LEFT, ALT, pos=middle(view, wire))
    assert len(bends(window, wire)) == 1
    drag(view, middle(view, wire) - QPoint(0, 60), middle(view, wire) + QPoint(0, 60), keys=ALT)
    assert wire not in set(window.document.graph.wires())
    window.commands.undo()
    assert len(bends(window, wire)) == 1


def test_escape_leaves_a_bend_where_it_was(window, view, canvas, wire):
    lead(window, wire, below(window, wire))
    before, path = bends(window, wire), canvas.wire_item(wire).path
    drag(view, at_bend(view, wire), at_bend(view, wire) + QPoint(50, 50), release=False)
    assert canvas.wire_item(wire).path != path
    QTest.keyClick(view, Qt.Key.Key_Escape)
    assert canvas.wire_item(wire).path == path
    assert bends(window, wire) == before


def test_a_bend_is_made_moved_reached_and_taken_away_by_keyboard(window, view, canvas, wire):
    canvas.selection.choose([wire.target])
    QTest.keyClick(view, Qt.Key.Key_Down)
    QTest.keyClick(view, Qt.Key.Key_B)
    QTest.keyClick(view, Qt.Key.Key_B)
    assert len(bends(window, wire)) == 2
    first = canvas.selection.bend
    before = bends(window, wire)[first.number]
    for _ in range(3):
        QTest.keyClick(view, Qt.Key.Key_Down, CTRL)
    assert bends(window, wire)[first.number].y == before.y + 3 * 24
    count = window.document.undo_stack.count()
    window.commands.undo()
    assert bends(window, wire)[first.number] == before  # a held key is undone as one
    assert window.document.undo_stack.count() == count
    QTest.keyClick(view, Qt.Key.Key_B, SHIFT)
    assert canvas.selection.bend == BendAt(wire, 1 - first.number)
    QTest.keyClick(view, Qt.Key.Key_Delete)
    assert len(bends(window, wire)) == 1
    QTest.keyClick(view, Qt.Key.Key_B, CTRL)
    assert bends(window, wire) == ()
    assert wire in set(window.document.graph.wires())


def test_a_wire_is_hit_cut_and_found_where_it_is_led(window, view, canvas, wire):
    place = below(window, wire)
    lead(window, wire, Place(place.x - 30, place.y), Place(place.x + 30, place.y))
    line = canvas.wire_item(wire).path
    between = line.pointAtPercent(0.5)
    assert between.y() > place.y - 20
    assert hit(canvas, between, view.zoom).wire == wire
    assert hit(canvas, QPointF(place.x - 30, place.y), view.zoom).bend == BendAt(wire, 0)
    assert canvas.where.wires_in(QRectF(between.x() - 2, between.y() - 2, 4, 4)) == [wire]
    at = view.mapFromScene(between)
    drag(view, at - QPoint(0, 40), at + QPoint(0, 40), keys=ALT)
    assert wire not in set(window.document.graph.wires())


def test_a_bend_goes_along_when_both_blocks_are_dragged(window, view, canvas, wire):
    lead(window, wire, below(window, wire))
    before, at = bends(window, wire)[0], window.document.place(wire.source)
    canvas.selection.choose([wire.source, wire.target])
    start = view.mapFromScene(canvas.block_item(wire.source).pos())
    drag(view, start, start + QPoint(0, 90), release=False, keys=CTRL)
    shown = canvas.lines.bends(wire)[0]
    assert shown.y > before.y + 50
    QTest.mouseRelease(view.viewport(), LEFT, CTRL, pos=start + QPoint(0, 90))
    gone = window.document.place(wire.source).y - at.y
    assert bends(window, wire)[0].y == pytest.approx(before.y + gone)


def test_the_pulse_runs_along_the_bends(window, canvas, wire):
    lead(window, wire, below(window, wire, 300.0))
    item = canvas.wire_item(wire)
    assert item.boundingRect().bottom() > below(window, wire, 300.0).y
    assert item.arrival.y() < item.path.pointAtPercent(0.5).y()


def test_far_away_a_wire_is_painted_where_it_is_led(window, view, canvas, wire, qtbot):
    down = below(window, wire, 700.0)
    lead(window, wire, down)
    view.set_zoom(0.2)
    frame_of = view.far

    def strokes():
        view.viewport().repaint()
        image = view.grab().toImage()
        at = view.mapFromScene(QPointF(*down))
        ground = image.pixelColor(at + QPoint(0, 40))
        near = [image.pixelColor(at + QPoint(0, y)) for y in range(-3, 4)]
        return any(colour != ground for colour in near)

    qtbot.waitUntil(strokes)
    frame_of.forget()


def test_bends_are_kept_in_the_file(window, wire, tmp_path):
    lead(window, wire, below(window, wire))
    path = tmp_path / "led.gradwalk"
    window.document.save_to(path)
    again = OpenDocument.read(path)
    window.show_document(again)
    assert window.view.canvas.lines.bends(wire) == (below(window, wire),)
    assert len(window.view.canvas.wire_item(wire).path.toSubpathPolygons()) == 1


def test_a_group_that_is_folded_hides_the_bends_inside_it(window, canvas, wire):
    lead(window, wire, below(window, wire))
    canvas.selection.choose([wire.source, wire.target])
    window.commands.group()
    assert not canvas.where.led
    window.commands.fold()
    assert list(canvas.where.led) == [wire]
    window.commands.undo()
    window.commands.undo()
    assert canvas.lines.bends(wire) == (below(window, wire),)


def test_a_new_bend_comes_between_those_beside_the_click(window, canvas, wire):
    lead(window, wire, Place(0, 100), Place(200, 100))
    way = canvas.lines.way(wire)
    assert geometry.nearest_leg(way, geometry.led_path(way).pointAtPercent(0.5)) == 1


def test_without_a_wire_a_sentence_says_what_to_do(window, view, canvas):
    canvas.selection.clear()
    for act in (window.commands.add_bend, window.commands.next_bend, window.commands.straighten):
        act()
        assert "Click a wire first" in view._bubble.text()
    assert not window.document.undo_stack.canUndo()


def test_a_bend_is_no_frame(window, canvas, wire):
    lead(window, wire, below(window, wire))
    window.document.drawing.add_frame(Box(-50, 100, 400, 200), "", None)
    assert hit(canvas, QPointF(*below(window, wire)), 1.0).bend == BendAt(wire, 0)
