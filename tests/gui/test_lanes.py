"""Wires on the canvas are led between blocks, follow what is dragged, and look so everywhere."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, QPointF, QRectF, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from engine.document import Document, Place
from engine.graph import Graph, Wire
from engine.picture.lanes import _known
from gui.canvas import lanes as finding
from gui.canvas import lanes_found, paint
from gui.canvas.drafting import BendAt
from gui.canvas.hit import wire_at
from gui.canvas.scene import CanvasScene
from gui.document import OpenDocument
from gui.export.studio import Look, Studio
from gui.layout import laid_out
from gui.player import Player
from gui.theme import RESOURCES
from tests.engine.test_lanes import layered
from tests.gui.builders import document_of
from tests.gui.hands import LEFT, at_block, drag
from tests.gui.test_pictures import pixels_of, seen


class Row:
    """x, sin(x) and x * sin(x) in one row: the wire from x to the product passes the sine."""

    def __init__(self, window, *, below=False):
        self.document = document_of("x * sin(x)", x=0.5)
        graph = self.document.graph
        (self.product,) = graph.sinks()
        self.x = graph.named("x").id
        self.wire = Wire(self.x, self.product, 0)
        (self.sine,) = (w.source for w in graph.wires_into(self.product) if w != self.wire)
        places = {
            self.x: Place(0, 0),
            self.sine: Place(200, 15 if below else -15),
            self.product: Place(400, 0),
        }
        self.document.move(places)
        window.documents.open(self.document)
        self.view, self.canvas = window.view, window.view.canvas
        self.view.fit()
        self.view.setFocus()

    @property
    def path(self):
        return self.canvas.wire_item(self.wire).path

    @property
    def is_hidden(self):
        return runs_behind(self.canvas, self.wire)


@pytest.fixture
def row(window):
    return Row(window)


def runs_behind(canvas, wire):
    """Whether a wire runs behind a block that it does not end at."""
    line = canvas.wire_item(wire).path
    points = [line.pointAtPercent(step / 400) for step in range(401)]
    rects = [canvas.block_rect(b) for b in canvas.where.blocks.keys if b not in wire[:2]]
    return any(rect.contains(at) for rect in rects for at in points)


def fresh(document):
    """A canvas that has just been opened on a document."""
    return CanvasScene(document, Player(document.latest))


def all_lanes(canvas):
    return {wire: canvas.lanes[wire] for wire in canvas.where.wires.keys if canvas.lanes[wire]}


def test_a_wire_is_led_around_a_block_in_its_way_and_straight_when_it_has_gone(row):
    assert not row.is_hidden
    assert row.canvas.lanes[row.wire]
    row.document.move({row.sine: Place(200, -200)})
    assert not row.canvas.lanes[row.wire]
    row.document.undo_stack.undo()
    assert row.canvas.lanes[row.wire]


def test_it_makes_way_while_a_block_is_dragged_over_it_and_goes_back_at_escape(row):
    row.document.move({row.sine: Place(200, -200)})
    straight, view = row.path, row.view
    start = at_block(view, row.sine)
    over = start + QPoint(0, round(185 * view.zoom))
    drag(view, start, over, release=False)
    assert not row.is_hidden
    assert row.path != straight
    QTest.keyClick(view, Qt.Key.Key_Escape)
    assert row.path == straight
    QTest.mouseRelease(view.viewport(), LEFT, pos=over)
    drag(view, start, over)
    assert not row.is_hidden
    assert all_lanes(row.canvas) == all_lanes(fresh(row.document))


def test_a_wire_with_lanes_is_hit_and_seen_where_it_runs(row):
    (lane,) = row.canvas.lanes[row.wire]
    at = row.path.pointAtPercent(0.5)
    assert at.y() == pytest.approx(lane.y)
    assert wire_at(row.canvas, at, 4.0) == row.wire
    there = row.canvas.wire_item(row.wire).boundingRect()
    assert there.contains(at)
    assert row.wire in row.canvas.where.wires_in(QRectF(at.x() - 2, at.y() - 2, 4, 4))


def test_a_wire_that_turns_back_is_led_between_rows_while_a_block_is_dragged(row):
    row.document.move({row.product: Place(-300, 300)})
    row.canvas.drag({row.sine: Place(-160, 150)})
    assert not row.is_hidden
    (lane,) = row.canvas.lanes[row.wire]
    assert not 150 - 44 < lane.y < 150 + 44
    row.document.move({row.sine: Place(-160, 150)})
    row.canvas.drag({})
    assert row.canvas.lanes[row.wire] == (lane,)


def test_a_bend_takes_the_place_of_lanes_and_they_come_back_with_undo(row):
    row.document.drawing.bend(row.wire, 0, Place(200, 300))
    assert not row.canvas.lines.line(row.wire).lanes
    assert row.path.boundingRect().bottom() > 290
    row.document.undo_stack.undo()
    assert row.canvas.lines.line(row.wire).lanes


def test_one_that_is_bent_by_hand_goes_on_to_run_around_blocks(row):
    (lane,) = row.canvas.lanes[row.wire]
    at = row.path.pointAtPercent(0.12)
    QTest.mouseDClick(row.view.viewport(), LEFT, pos=row.view.mapFromScene(at))
    QTest.mouseRelease(row.view.viewport(), LEFT, pos=row.view.mapFromScene(at))
    led = row.document.drawing.bends(row.wire)
    assert [y for x, y in led if x in (lane.left, lane.right)] == [lane.y, lane.y]
    assert len(led) == 3
    assert row.canvas.selection.bend == BendAt(row.wire, 0)
    assert not row.is_hidden
    row.document.undo_stack.undo()
    assert row.canvas.lanes[row.wire] == (lane,)


def test_a_block_that_comes_in_between_or_goes_is_taken_account_of(row):
    row.document.remove([row.sine])
    assert not row.canvas.lanes[row.wire]
    row.document.undo_stack.undo()
    assert not row.is_hidden


def test_a_picture_has_the_lanes_of_the_window_pixel_by_pixel(window):
    row = Row(window, below=True)
    assert row.canvas.lanes[row.wire]
    QApplication.processEvents()
    row.view.fit()
    look = Look((row.view.viewport().width(), row.view.viewport().height()))
    image = pixels_of(Studio(row.document, look).image(window.player.moment))
    assert (image == seen(row.view)).all()


@pytest.mark.parametrize("seed", [4, 6, 11])
def test_whatever_is_moved_lanes_are_those_of_a_canvas_just_opened(window, seed):
    rnd = random.Random(seed)  # noqa: S311 - hands, not secrets
    document = OpenDocument(laid_out(layered(seed)))
    window.documents.open(document)
    canvas, blocks = window.view.canvas, list(document.graph.blocks)
    for _ in range(6):
        some = rnd.sample(blocks, rnd.choice((1, 1, 4)))
        by = rnd.uniform(-200, 200), rnd.uniform(-200, 200)
        for share in (0.3, 0.6, 1.0):
            places = {
                b: Place(at.x + by[0] * share, at.y + by[1] * share)
                for b in some
                for at in (document.place(b),)
            }
            canvas.drag(places)
        document.move(places)
        canvas.drag({})
        opened = fresh(document)
        for each in (canvas, opened):
            each.follow_lanes(each.lanes.find_rest())
        assert all_lanes(canvas) == all_lanes(opened)
        assert canvas.where.led.keys() == canvas.lanes.led


def test_where_there_are_many_they_are_found_a_little_at_a_time(window, qtbot, monkeypatch):
    monkeypatch.setattr(finding, "AT_ONCE", 100)
    graph = layered(4)
    _known.cache_clear()
    window.documents.open(OpenDocument(laid_out(graph)))
    canvas = window.view.canvas
    assert not canvas.lanes.led
    qtbot.waitUntil(lambda: bool(canvas.lanes.led))
    found = all_lanes(canvas)
    assert len(found) > 4
    assert canvas.where.led.keys() == found.keys()
    assert not any(runs_behind(canvas, wire) for wire in canvas.where.wires.keys)
    _known.cache_clear()
    studio = Studio(window.document, Look())
    assert all_lanes(studio.canvas) == found


def test_of_very_many_the_first_is_led_after_the_first_frame(window, qtbot, monkeypatch):
    monkeypatch.setattr(finding, "AT_ONCE", 1)
    _known.cache_clear()
    window.documents.open(OpenDocument(laid_out(layered(4))))
    assert not _known.cache_info().misses
    qtbot.waitUntil(lambda: bool(window.view.canvas.lanes.led))


def test_what_is_found_a_little_later_is_painted_from_far_away_too(window, qtbot, monkeypatch):
    monkeypatch.setattr(finding, "AT_ONCE", 100)
    _known.cache_clear()
    window.documents.open(OpenDocument(laid_out(layered(4))))
    view, canvas = window.view, window.view.canvas
    view.set_zoom(0.2)
    painted, paint = [], view.far.paint

    def noted(painter):
        painted.append(canvas.version)
        paint(painter)

    monkeypatch.setattr(view.far, "paint", noted)
    assert not canvas.lanes.led
    qtbot.waitUntil(lambda: bool(canvas.lanes.led))
    qtbot.waitUntil(lambda: painted[-1:] == [canvas.version])


def test_a_canvas_that_is_closed_meanwhile_finds_nothing_more(window, monkeypatch):
    monkeypatch.setattr(finding, "AT_ONCE", 100)
    _known.cache_clear()
    canvas = fresh(OpenDocument(laid_out(layered(4))))
    canvas.let_go()
    QApplication.processEvents()
    assert not canvas.lanes.led


def test_what_is_led_outside_of_the_blocks_is_part_of_what_fits_into_the_view(row):
    top = min(row.canvas.block_rect(block).top() for block in row.canvas.where.blocks.keys)
    bottom = max(row.canvas.block_rect(block).bottom() for block in row.canvas.where.blocks.keys)
    (lane,) = row.canvas.lanes[row.wire]
    assert not top <= lane.y <= bottom
    assert row.canvas.content_rect().contains(QPointF(lane.left, lane.y))


def test_a_number_beside_a_wire_that_is_led_around_fits_into_the_view(window):
    window.show_document(OpenDocument.example(RESOURCES / "examples" / "fifty-sigmoids.gradwalk"))
    window.player.to_end()
    view = window.view
    view.fit()
    sources = {wire.source for wire in view.canvas.lanes.led}
    assert sources
    half = paint.number_width("1.16e−26") / 2
    for source in sources:
        at = view.canvas.labels.gradient(source)
        assert at is not None
        for aside in (-half, half):
            assert view.visible_rect().contains(at + QPointF(aside, 0))


def test_a_large_graph_is_not_looked_at(row, monkeypatch):
    monkeypatch.setattr(lanes_found, "MOST", 1)
    row.document.move({row.sine: Place(200, -16)})
    assert row.is_hidden
    assert not row.canvas.lanes.led


def test_other_blocks_at_the_same_places_have_lanes_of_their_own(row):
    assert all_lanes(row.canvas)
    there = row.document.kept()
    graph, ids = there.graph, {block: f"b{at}" for at, block in enumerate(there.graph.blocks, 50)}
    other = Document(
        Graph.build(
            (replace(block, id=ids[block.id]) for block in graph.blocks.values()),
            (Wire(ids[wire.source], ids[wire.target], wire.port) for wire in graph.wires()),
        ),
        {ids[block]: place for block, place in there.places.items()},
    )
    row.document.swap(other, "reload")
    assert row.canvas.lanes.led == {Wire(ids[row.x], ids[row.product], 0)}
    where = row.canvas.where
    assert set(where.wires_in(where.content())) == set(where.wires.keys)
