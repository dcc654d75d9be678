"""Graphs of thousands of blocks: only what is in sight is made, and all of it is shown."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QCoreApplication, QEvent, QObject, QPoint, QPointF, QRectF, Qt
from PySide6.QtTest import QTest

from engine.document import Document, Place
from engine.graph import Block, Graph, Wire
from gui.canvas import far, geometry, variable_item
from gui.canvas.hit import hit
from gui.canvas.item import FAR
from gui.canvas.minimap import Minimap
from gui.canvas.shown import Shown
from gui.canvas.whereabouts import Whereabouts
from gui.document import OpenDocument
from gui.theme import theme
from tests.gui.builders import document_of

LENGTH = 3000


def grid(length=LENGTH, columns=60):
    """A chain that runs to and fro, as a document."""
    blocks = [Block("b1", "input", "x", np.array(0.5))]
    blocks += [Block(f"b{at}", ("sin", "tanh", "cos")[at % 3], f"v{at}") for at in range(2, length)]
    wires = [Wire(a.id, b.id, 0) for a, b in itertools.pairwise(blocks)]
    places = {
        block.id: Place(170.0 * (at % columns), 150.0 * (at // columns))
        for at, block in enumerate(blocks)
    }
    return Document(Graph.build(blocks, wires), places, blocks[-1].id)


@pytest.fixture
def bench(window):
    window.show_document(OpenDocument(grid()))
    window.view.fit()
    return window


def look_at(view, block, zoom=1.0):
    view.set_zoom(zoom)
    view.shift(view.visible_rect().center() - view.canvas.block_rect(block).center())
    wait_for_items(view)


def wait_for_items(view):
    """Wait until the canvas is painted again, because all that is in sight has items."""
    while not view.viewport().updatesEnabled():
        QCoreApplication.processEvents()


def made(view):
    return len(view.canvas.shown.blocks)


def test_only_what_is_in_sight_has_items(bench):
    view = bench.view
    assert view.zoom < FAR
    assert made(view) == 0
    look_at(view, "b1500")
    assert 20 < made(view) < 300
    seen = view.visible_rect()
    for block in view.canvas.where.blocks_in(seen):
        assert block in view.canvas.shown.blocks
    view.fit()
    assert made(view) == 0


def test_what_is_told_of_all_at_one_stroke_is_what_each_block_and_wire_tells(bench):
    canvas = bench.view.canvas
    document = bench.document
    chooser = document.add_block("where", Place(40.0, 90.0))
    document.add_block("constant", Place(-70.0, 30.0), np.array(1234.5))
    assert document.connect_wire(Wire("b7", chooser, 1))
    canvas.enter(canvas.folds.entered)
    at_once = canvas.where.blocks.numbers.copy(), canvas.where.wires.numbers.copy()
    for row, item in enumerate(list(canvas.where.blocks.keys)):
        canvas.follow_block(item)
        assert canvas.where.blocks.numbers[row].tolist() == at_once[0][row].tolist()
    for row, wire in enumerate(canvas.where.wires.keys):
        start, end = canvas.lines.start(wire), canvas.lines.end(wire)
        assert at_once[1][row].tolist() == [start.x(), start.y(), end.x(), end.y()]


def test_what_bears_on_all_blocks_is_drawn_at_one_stroke_as_the_document_has_it(bench):
    view, document = bench.view, bench.document
    canvas, drawn = view.canvas, []
    look_at(view, "b1500")
    canvas.selectionChanged.connect(lambda: drawn.append(len(canvas.selection.items())))

    def agrees():
        assert set(canvas.where.blocks.keys) == set(document.graph.blocks)
        assert set(canvas.where.wires.keys) == set(document.graph.wires())
        for block in list(document.graph.blocks)[::97]:
            assert canvas.block_rect(block).center().toTuple() == pytest.approx(
                document.place(block)
            )
        assert set(canvas.selection.items()) <= document.graph.blocks.keys()
        wait_for_items(view)
        seen = canvas.where.blocks_in(view.visible_rect())
        assert {item.block for item in canvas.shown.blocks.values()} >= set(seen)

    blocks = list(document.graph.blocks)
    canvas.selection.choose(blocks)
    copies = document.duplicate(blocks, Place(20.0, 40.0))
    assert len(document.graph) == 2 * len(blocks)
    agrees()
    document.move({block: Place(5.0, float(at)) for at, block in enumerate(copies)})
    agrees()
    drawn.clear()
    document.remove(blocks)
    agrees()
    assert drawn == [0]
    document.undo_stack.setIndex(0)
    agrees()
    document.undo_stack.setIndex(3)
    agrees()


def test_wires_that_go_while_they_are_drawn_from_far_away_do_no_harm(bench, qtbot, monkeypatch):
    view, document = bench.view, bench.document
    for name, much in (("BREATH", 1e-4), ("WIRES", 50), ("LINES", 10)):
        monkeypatch.setattr(far, name, much)
    view.far.forget()
    view.viewport().repaint()
    assert view.far.is_drawing
    document.remove(list(document.graph.blocks)[5:])
    qtbot.waitUntil(lambda: not view.far.is_drawing)


def test_a_run_bears_only_on_ends_whose_length_is_another(bench, qtbot, monkeypatch):
    view, document, followed = bench.view, bench.document, []
    look_at(view, "b1500")
    document.remove((), list(document.graph.wires()))
    qtbot.waitUntil(lambda: not document.is_behind)
    real = Shown.follow_end
    monkeypatch.setattr(Shown, "follow_end", lambda *at: followed.append(at[1]) or real(*at))
    assert document.connect_wire(Wire("b1", "b3", 0))
    followed.clear()
    document.set_value("b1", np.array([0.5, 0.6]))
    qtbot.waitUntil(lambda: not document.is_behind)
    assert "b3" in followed
    assert len(followed) < 20
    assert view.canvas.extent("b3").width() > view.canvas.extent("b6").width()


def test_pulling_the_canvas_brings_blocks_into_sight_and_lets_others_go(bench):
    view = bench.view
    look_at(view, "b1500")
    for _ in range(60):
        view.shift(QPointF(-170, -150))
        for block in view.canvas.where.blocks_in(view.visible_rect()):
            assert block in view.canvas.shown.blocks
    assert made(view) < 400


def test_a_block_can_be_found_and_moved_from_far_away(bench, qtbot):
    view, document = bench.view, bench.document
    before = document.place("b1000")
    at = view.mapFromScene(QPointF(*before))
    assert hit(view.canvas, QPointF(*before), view.zoom).block == "b1000"
    QTest.mousePress(view.viewport(), Qt.MouseButton.LeftButton, pos=at)
    QTest.mouseMove(view.viewport(), at + QPoint(40, 30))
    QTest.mouseRelease(view.viewport(), Qt.MouseButton.LeftButton, pos=at + QPoint(40, 30))
    assert document.place("b1000") != before
    assert view.canvas.selection.blocks() == ["b1000"]


def test_from_far_away_each_block_tells_what_the_walk_has_done_with_it(bench, qtbot):
    view, player = bench.view, bench.player

    def colour_at(block):
        centre = view.canvas.block_rect(block).center()
        return view.grab().toImage().pixelColor(view.mapFromScene(centre)).name()

    player.to_start()
    waiting = colour_at("b2000")
    player.seek(player.recording.turn)
    known = colour_at("b2000")
    player.to_end()
    passed = colour_at("b2000")
    assert len({waiting, known, passed}) == 3
    player.to_start()
    assert colour_at("b2000") == waiting


def test_wires_are_drawn_from_far_away_a_little_at_a_time(bench, qtbot):
    view = bench.view

    def wire_is_drawn():
        a, b = (view.canvas.block_rect(block) for block in ("b1000", "b1001"))
        middle = view.mapFromScene((a.center() + b.center()) / 2)
        picture = view.grab().toImage()
        near = [picture.pixelColor(middle + QPoint(0, y)).name() for y in (-1, 0, 1)]
        return set(near) != {theme().bg.name()}

    view.set_zoom(0.2)
    look_at(view, "b1000", 0.2)
    qtbot.waitUntil(wire_is_drawn)


class Paints(QObject):
    """Counts how often a widget is painted."""

    def __init__(self, widget):
        super().__init__(widget)
        self.count = 0
        widget.installEventFilter(self)

    def eventFilter(self, watched, event):  # noqa: N802 - as Qt has it
        self.count += event.type() is QEvent.Type.Paint
        return False


def test_the_overview_is_painted_without_the_canvas_behind_it(bench, qtbot):
    view = bench.view
    look_at(view, "b1500")
    overview = bench.view.findChild(Minimap)
    assert overview.isVisible()
    canvas, corner = Paints(view.viewport()), Paints(overview)

    def is_still():
        canvas.count = 0
        qtbot.wait(200)
        return canvas.count == 0

    qtbot.waitUntil(is_still)
    corner.count = 0
    overview.update()
    qtbot.waitUntil(lambda: corner.count > 0)
    assert canvas.count == 0


def test_the_overview_of_many_blocks_follows_an_edit_a_little_later(bench, qtbot):
    view, document = bench.view, bench.document
    look_at(view, "b1500")
    overview = bench.view.findChild(Minimap)
    before = overview.grab().toImage()
    document.move({"b2999": Place(100.0, 3200.0)})
    qtbot.waitUntil(lambda: overview.grab().toImage() != before)


def test_a_wire_that_goes_far_is_thin_wherever_it_is_seen(bench, qtbot):
    view, document = bench.view, bench.document

    def thickness(wire):
        """Pixels down across a wire near its source that are not the ground's."""
        start = view.mapFromScene(view.canvas.lines.start(wire)) + QPoint(25, 0)
        picture, ground = view.grab().toImage(), theme().bg.lightnessF()
        column = [picture.pixelColor(start + QPoint(0, y)).lightnessF() for y in range(-4, 5)]
        return sum(abs(ground - light) for light in column)

    x, y = document.place("b1511")
    block, source = (
        document.add_block("sin", Place(x + 3000, y)),
        document.add_block("cos", Place(x, y + 75)),
    )
    near, far = Wire("b1510", "b1511", 0), Wire(source, block, 0)
    assert document.connect_wire(far)
    for zoom in (1.0, 1.6):
        look_at(view, "b1511", zoom)
        assert thickness(near) > 1.4 * thickness(far) > 0


def test_of_what_came_back_along_a_hundred_wires_only_that_in_sight_is_painted(window, monkeypatch):
    text = "\n".join(f"y{at} = sin(x)" for at in range(100))
    window.show_document(document_of(text + "\n" + " + ".join(f"y{at}" for at in range(100)), x=1))
    view, painted = window.view, []
    window.player.to_end()
    (x,) = window.document.inputs()
    look, where = variable_item.paint_arrival, view.canvas.shown.variable(x).pos()

    def noted(painter, spot, *given, **more):
        painted.append(where + spot)
        look(painter, spot, *given, **more)

    monkeypatch.setattr(variable_item, "paint_arrival", noted)
    look_at(view, x)
    painted.clear()
    view.viewport().repaint()
    seen = view.visible_rect()
    arrivals = [view.canvas.wire_item(w).arrival for w in window.document.graph.wires_from(x)]
    in_sight = [at for at in arrivals if seen.contains(at)]
    assert 0 < len(in_sight) <= len(painted) < 60
    assert all(at in painted for at in in_sight)


def test_all_blocks_of_a_large_graph_are_selected_without_making_items(bench):
    bench.commands.select_all()
    assert len(bench.view.canvas.selection.blocks()) == len(bench.document.graph)
    assert made(bench.view) == 0


numbers = st.floats(-3000, 3000)


@given(st.lists(st.tuples(numbers, numbers, numbers, numbers), max_size=20), numbers, numbers)
def test_every_wire_that_passes_through_a_part_of_the_scene_is_found(ends, x, y):
    where, part = Whereabouts(), QRectF(x, y, 400, 300)
    wires = [Wire(f"a{at}", "b", at) for at in range(len(ends))]
    for wire, row in zip(wires, ends, strict=True):
        where.wires.put(wire, row)
    found = {wire: (begin, end) for wire, begin, end in where.stretches_in(part)}
    for wire, (x0, y0, x1, y1) in zip(wires, ends, strict=True):
        path = geometry.wire_path(QPointF(x0, y0), QPointF(x1, y1))
        inside = [t / 200 for t in range(201) if part.contains(path.pointAtPercent(t / 200))]
        assert not inside or wire in found
        if inside and path.elementCount() > 2:
            piece = geometry.wire_piece(QPointF(x0, y0), QPointF(x1, y1), *found[wire])
            shown = piece.boundingRect().adjusted(-1, -1, 1, 1)
            assert all(shown.contains(path.pointAtPercent(t)) for t in inside)


@given(st.lists(st.tuples(st.sampled_from("abcdefgh"), st.booleans(), numbers), max_size=60))
def test_the_whereabouts_know_what_was_put_last_and_nothing_that_was_dropped(steps):
    where, known = Whereabouts(), {}
    for key, put, number in steps:
        if put:
            known[key] = number
            where.blocks.put(key, (number, 0, number, 0, number))
        elif key in known:
            del known[key]
            where.blocks.drop(key)
        assert set(where.blocks.keys) == set(known)
        assert all(where.blocks[other][0] == at for other, at in known.items())
