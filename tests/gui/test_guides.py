"""Where a block that is moved falls into place, and what is shown of that."""

from __future__ import annotations

import random

import pytest
from PySide6.QtCore import QPoint, QPointF, QRectF, Qt
from PySide6.QtTest import QTest

from engine.document import Place
from engine.marks import Box as Area
from gui.canvas import geometry
from gui.canvas.guides import Box, Guides, Line
from gui.canvas.interactions.moving import MoveBlocks
from tests.gui.test_canvas import at_block, drag


def at(x, y, width=100, height=80):
    """Give a box by its centre."""
    return Box(x - width / 2, y - height / 2, x + width / 2, y + height / 2)


def test_a_block_falls_into_the_row_and_the_column_of_others():
    guides = Guides([at(0, 0), at(500, 300)])
    snap = guides.snap(at(504, -5), 6.0)
    assert (snap.x, snap.y) == (-4, 5)
    assert snap.lines == (Line(500, -40, 500, 340), Line(-50, 0, 550, 0))
    assert guides.snap(at(507, -7), 6.0) == (0, 0, (), ())


@pytest.mark.parametrize(("x", "pull"), [(131, 4), (119, 0), (141, -6), (142, 0)])
def test_edges_line_up_where_the_sizes_differ(x, pull):
    guides = Guides([at(0, 500, width=200)])
    snap = guides.snap(at(x - 70, 0, width=70), 6.0)
    assert snap.x == pull
    if pull:
        assert snap.lines[0].x1 == 100


def test_the_nearest_way_is_taken():
    guides = Guides([at(0, 500), at(8, 900)])
    assert guides.snap(at(3, 0), 6.0).x == -3
    assert guides.snap(at(5, 0), 6.0).x == 3


def test_a_block_in_the_middle_between_two_has_equal_gaps():
    snap = Guides([at(0, 0), at(400, 0)]).snap(at(203, 1), 6.0)
    assert snap.x == -3
    assert snap.gaps == (Line(50, 0, 150, 0), Line(250, 0, 350, 0))


@pytest.mark.parametrize(("x", "pull"), [(485, -5), (-245, 5)])
def test_a_block_at_the_end_of_a_row_goes_on_with_the_gap_before(x, pull):
    snap = Guides([at(0, 0), at(240, 0)]).snap(at(x, 10), 6.0)
    assert snap.x == pull
    assert len(snap.gaps) == 2
    assert {gap.x2 - gap.x1 for gap in snap.gaps} == {140}


def test_what_only_grazes_a_row_is_not_in_it():
    snap = Guides([at(0, 0), at(240, 0), at(120, 60)]).snap(at(478, 0), 6.0)
    assert snap.x == 2


def test_columns_are_as_rows():
    snap = Guides([at(0, 0), at(0, 240)]).snap(at(2, 477), 6.0)
    assert (snap.x, snap.y) == (-2, 3)
    assert {gap.y2 - gap.y1 for gap in snap.gaps} == {160}


def test_a_wire_that_could_be_straight_pulls_too():
    assert Guides([]).snap(at(0, 0), 6.0, level=(4.0, -20.0)).y == 4
    assert Guides([]).snap(at(0, 0), 3.0, level=(4.0,)).y == 0


def test_blocks_that_lie_on_top_of_each_other_have_no_gap():
    snap = Guides([at(0, 0), at(60, 0)]).snap(at(120, 0), 6.0)
    assert not snap.gaps


def test_only_what_is_near_is_looked_at_among_many(monkeypatch):
    looked = []
    some = random.Random(3)  # noqa: S311 - places, not secrets
    boxes = [at(170 * (i % 125), 150 * (i // 125) + some.random()) for i in range(15_000)]
    guides = Guides(boxes)
    monkeypatch.setattr("gui.canvas.guides._centre", lambda box: looked.append(box) or box.left)
    guides.snap(at(5000.3, 5000.3), 6.0)
    assert 0 < len(looked) < len(boxes) / 10


# In the window


@pytest.fixture
def view(window):
    return window.view


@pytest.fixture
def blocks(window):
    """The tutorial's blocks by the name of their Variable, with y off the row of the others."""
    found = {block.name: block.id for block in window.document.graph.blocks.values()}
    place = window.document.place(found["y"])
    window.document.move({found["y"]: Place(place.x, place.y + 150)})
    return found


def to(view, block, place):
    """Drag a block to a place, and hold it there; give the gesture."""
    spot = view.mapFromScene(QPointF(*place))
    drag(view, at_block(view, block), spot, release=False)
    assert isinstance(view.interaction, MoveBlocks)
    return view.interaction


@pytest.mark.parametrize("zoom", [0.5, 1.0, 2.5])
def test_a_block_jumps_within_six_pixels_at_any_zoom(window, blocks, zoom):
    view, document = window.view, window.document
    row, y = document.place(blocks["b"]).y, document.place(blocks["y"])
    view.set_zoom(zoom, QPointF(*document.place(blocks["b"])))
    for off, falls in ((5, True), (9, False)):
        gesture = to(view, blocks["y"], Place(y.x + 40, row + off / zoom))
        assert (view.canvas.lines.place(blocks["y"]).y == row) == falls
        assert not falls or gesture.snap.lines
        QTest.keyClick(view, Qt.Key.Key_Escape)
        QTest.mouseRelease(view.viewport(), Qt.MouseButton.LeftButton)
    assert view.interaction is None
    assert document.place(blocks["y"]) == y


@pytest.mark.parametrize(
    "key", [Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.ControlModifier]
)
def test_with_a_key_held_a_block_goes_exactly_where_it_is_dragged(window, blocks, key, monkeypatch):
    view = window.view
    row, y = window.document.place(blocks["b"]).y, window.document.place(blocks["y"])
    monkeypatch.setattr("gui.canvas.interactions.moving.held_keys", lambda: key)
    gesture = to(view, blocks["y"], Place(y.x + 40, row + 3))
    assert not gesture.snap.lines
    assert view.canvas.lines.place(blocks["y"]).y != row
    QTest.mouseRelease(view.viewport(), Qt.MouseButton.LeftButton)


def test_a_block_with_two_inputs_is_drawn_to_where_a_wire_is_straight(window):
    document = window.document
    product = document.add_block("mul", Place(400.0, 400.0))
    source = document.add_block("input", Place(100.0, 330.0))
    document.connect_wire(type(next(document.graph.wires()))(source, product, 0))
    port = geometry.input_port(document.graph.block(product), Place(0.0, 0.0), 0).y()
    view = window.view
    drag(view, at_block(view, product), view.mapFromScene(QPointF(420.0, 333.0 - port)))
    (wire,) = document.graph.wires_from(source)
    assert window.view.canvas.lines.end(wire).y() == pytest.approx(330.0)


def test_guides_go_away_when_the_block_is_let_go(window, blocks):
    view = window.view
    y = window.document.place(blocks["y"])
    gesture = to(view, blocks["y"], Place(y.x + 40, window.document.place(blocks["b"]).y))
    assert gesture.snap.lines
    QTest.mouseRelease(view.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(5, 5))
    assert not gesture.snap.lines
    assert view.interaction is None


def test_what_stands_around_others_is_lined_up_with_and_makes_no_gaps():
    guides = Guides([at(0, 0), at(240, 0)], [Box(-100, -100, 600, 100)])
    snap = guides.snap(at(485, 1), 6.0)
    assert snap.x == -5
    assert {gap.x2 - gap.x1 for gap in snap.gaps} == {140}
    assert guides.snap(Box(-96, 300, 4, 380), 6.0).x == -4


@pytest.fixture
def drawn(window, blocks):
    """A frame to the left of y, a note below it, and an open group of a and b; by name."""
    y = window.document.place(blocks["y"])
    frame = window.document.drawing.add_frame(Area(y.x - 600, y.y + 120, 200, 120), "One", None)
    note = window.document.drawing.add_note(Area(y.x - 100, y.y + 300, 180, 60), "Two", None)
    group = window.document.group([blocks["a"], blocks["b"]], "Wave")
    window.document.unfold([group])
    window.view.fit()
    return {"frame": frame, "note": note, "group": group}


def hold(view, start, end):
    """Drag from a point of the scene to another, and hold it there; give the gesture."""
    drag(view, view.mapFromScene(QPointF(*start)), view.mapFromScene(QPointF(*end)), release=False)
    assert isinstance(view.interaction, MoveBlocks)
    return view.interaction


def let_go(view):
    QTest.keyClick(view, Qt.Key.Key_Escape)
    QTest.mouseRelease(view.viewport(), Qt.MouseButton.LeftButton)


def test_a_block_lines_up_with_a_frame_a_note_and_an_outline(window, view, blocks, drawn):
    canvas, y = view.canvas, window.document.place(blocks["y"])
    half = canvas.block_rect(blocks["y"]).width() / 2
    (outline,) = canvas.open_groups.outlines()
    lefts = [canvas.marks.rect(drawn["frame"]).left(), canvas.marks.rect(drawn["note"]).left()]
    for left in (*lefts, outline.rect.left()):
        hold(view, y, (left + half + 3 / view.zoom, y.y + 30))
        assert canvas.block_rect(blocks["y"]).left() == pytest.approx(left)
        let_go(view)


def test_a_frame_and_a_note_line_up_with_blocks_and_with_each_other(window, view, blocks, drawn):
    canvas, y = view.canvas, window.document.place(blocks["y"])
    off = 3 / view.zoom
    frame, note = (canvas.marks.rect(drawn[name]) for name in ("frame", "note"))
    title = (frame.left() + 20, frame.top() + 10)
    by = y.y - frame.center().y() + off
    gesture = hold(view, title, (title[0], title[1] + by))
    assert canvas.marks.rect(drawn["frame"]).center().y() == pytest.approx(y.y)
    assert gesture.snap.lines
    let_go(view)
    middle = note.center().toTuple()
    hold(view, middle, (frame.center().x() + off, middle[1]))
    assert canvas.marks.rect(drawn["note"]).center().x() == pytest.approx(frame.center().x())
    let_go(view)


def test_an_open_group_held_by_its_tab_lines_up_with_its_outline(window, view, blocks, drawn):
    canvas = view.canvas
    (outline,) = canvas.open_groups.outlines()
    frame, rect = canvas.marks.rect(drawn["frame"]), QRectF(outline.rect)
    tab = outline.tab.center().toTuple()
    hold(view, tab, (tab[0] + frame.left() - rect.left() + 3 / view.zoom, tab[1] - 20))
    assert outline.rect.left() == pytest.approx(frame.left())
    let_go(view)
