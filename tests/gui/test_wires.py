"""All wires are painted by one item: those that look alike in one go, the others over them."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QImage

from engine.document import Place
from engine.graph import Wire
from engine.picture.lines import Line
from gui.canvas import geometry
from gui.canvas.hit import wire_at
from gui.canvas.whereabouts import Whereabouts
from gui.canvas.wire_item import WireItem
from tests.gui.builders import document_of

WIDE = 40


@pytest.fixture
def fan(window):
    document = document_of(" + ".join(["sin(x)"] * WIDE), x=1)
    window.show_document(document)
    window.view.fit()
    window.view.set_zoom(1.0)
    return document


@pytest.fixture
def alone(monkeypatch):
    """The wires that are painted by themselves."""
    found, paint = [], WireItem.paint

    def painted(item, *given):
        found.append(item.wire)
        paint(item, *given)

    monkeypatch.setattr(WireItem, "paint", painted)
    return found


def test_however_many_wires_there_are_only_what_happens_to_one_is_painted_by_itself(
    window, fan, alone
):
    canvas, view = window.view.canvas, window.view
    window.player.to_end()
    in_sight = {item.wire for item in canvas.shown.lines.wires_in(view.visible_rect())}
    travelling = in_sight & set(canvas.travelling())
    assert len(in_sight) > 10 * (len(travelling) + 1)
    view.grab()
    assert set(alone) == travelling
    alone.clear()
    one = next(iter(in_sight - travelling))
    canvas.selection.set(one, on=True)
    view.grab()
    assert set(alone) == {one, *travelling}


def test_a_wire_that_passes_by_is_not_among_those_in_sight(window, fan):
    canvas, view = window.view.canvas, window.view
    there = canvas.shown.lines.wires_in(view.visible_rect())
    item = max(there, key=lambda item: item.piece.boundingRect().height())
    left, right = QPointF(0, 0), QPointF(600, 2400)
    item.line, item.goes_far = Line(Place(*left.toTuple()), Place(*right.toTuple())), True
    item._take(geometry.wire_piece(left, right, 0, 1))
    points = [item.piece.pointAtPercent(step / 500) for step in range(501)]
    seen = passed_by = 0
    for column in range(6):
        for row in range(12):
            part = QRectF(column * 100, row * 200, 100, 200)
            if any(part.contains(point) for point in points):
                assert item in canvas.shown.lines.wires_in(part)
                seen += 1
            else:
                passed_by += item not in canvas.shown.lines.wires_in(part)
    assert seen >= 12
    assert passed_by > 40


def middle(view, wire):
    path = view.canvas.wire_item(wire).path
    return view.mapFromScene(path.pointAtPercent(0.5))


def colours_at(view, spot) -> set[int]:
    seen: QImage = view.grab().toImage()
    around = [(x, y) for x in range(-2, 3) for y in range(-2, 3)]
    return {seen.pixel(spot.x() + x, spot.y() + y) for x, y in around}


def test_a_wire_is_gone_from_the_picture_when_it_is_gone(view, window, blocks):
    wire = Wire(blocks["a"], blocks["b"], 0)
    window.document.move({blocks["b"]: Place(400.0, 200.0)})
    view.fit()
    spot = middle(view, wire)
    before = colours_at(view, spot)
    window.document.remove([], [wire])
    ground = colours_at(view, spot)
    assert before - ground
    window.document.undo_stack.undo()
    assert colours_at(view, spot) == before


def test_a_wire_goes_where_its_block_is_moved(view, window, blocks):
    wire = Wire(blocks["a"], blocks["b"], 0)
    view.set_zoom(0.6)
    ground = colours_at(view, view.mapFromScene(350.0, 130.0))
    window.document.move({blocks["a"]: Place(0.0, 0.0), blocks["b"]: Place(700.0, 260.0)})
    assert colours_at(view, middle(view, wire)) - ground


def test_what_lies_over_what_does_not_depend_on_what_was_seen_first(window, fan):
    view = window.view
    across, down = view.horizontalScrollBar().value(), view.verticalScrollBar().value()

    def seen_after(x, y):
        for left, top in ((across + x, down + y), (across, down)):
            view.horizontalScrollBar().setValue(left)
            view.verticalScrollBar().setValue(top)
            view.viewed.emit()
        return view.grab().toImage()

    first = seen_after(0, 5000)
    assert all(seen_after(x, y) == first for x, y in ((5000, 0), (0, -300), (-300, 200)))


def test_the_end_of_what_is_unplugged_does_not_stand_on_the_next_block(window):
    """The pill with its name would: it has room where a block was laid out without one."""
    graph, view = window.document.graph, window.view
    before, after = graph.named("a").id, graph.named("b").id
    card = view.mapFromScene(view.canvas.block_rect(after).adjusted(8, 8, -8, -8)).boundingRect()

    def face():
        window.player.to_start()
        view.canvas.selection.clear()
        return view.viewport().grab(card).toImage()

    whole = face()
    view.canvas.selection.choose([after])
    window.actions_by_name["unplug"].trigger()
    item = view.canvas.variable_item(before)
    pill = QRectF(item.tail, -24, geometry.END, 48).translated(item.pos())
    assert pill.intersects(view.canvas.block_rect(after))
    assert face() == whole


def test_of_wires_that_pass_a_point_the_nearest_comes_first():
    where, near, far = Whereabouts(), Wire("b1", "b2", 0), Wire("b3", "b4", 0)
    where.wires.put(far, (-9_000.0, 12.0, 9_000.0, 12.0))
    where.wires.put(near, (0.0, 5.0, 200.0, 5.0))
    assert where.wires_near(QPointF(100, 3), 15.0) == [near, far]
    assert where.wires_near(QPointF(100, 11), 15.0) == [far, near]
    assert where.wires_near(QPointF(100, -40), 15.0) == []
    assert where.wires_near(QPointF(400, 20), 15.0) == [far]


def test_a_wire_is_hit_where_it_is_and_not_where_it_is_hidden(window, canvas, blocks):
    wire = Wire(blocks["a"], blocks["b"], 0)
    middle = canvas.wire_item(wire).path.pointAtPercent(0.5)
    assert wire_at(canvas, middle + QPointF(0, 6), 8.0) == wire
    assert wire_at(canvas, middle - QPointF(0, 9), 8.0) is None
    canvas.selection.choose([blocks["x"]])
    window.commands.isolate()
    assert wire_at(canvas, middle, 8.0) is None
