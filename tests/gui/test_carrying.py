"""Very many blocks that are dragged: a picture of them travels, and they go when it is let go."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtTest import QTest

from gui.canvas.carrying import MANY
from gui.document import OpenDocument
from tests.gui.hands import LEFT, NONE, at_block, drag
from tests.gui.test_large_graphs import grid

ALT = Qt.KeyboardModifier.AltModifier

DOWN = QPoint(0, 230)
"""How far all is dragged, in pixels: from the last rows to the ground below them."""


@pytest.fixture
def bench(window):
    window.show_document(OpenDocument(grid(901)))
    return window


@pytest.fixture
def view(bench):
    """The view on the last rows, with ground below them, near enough for cards."""
    view = bench.view
    content = view.canvas.content_rect()
    view.set_zoom(0.5)
    view.centerOn(QPointF(content.left() + 900, content.bottom() + 100))
    view.setFocus()
    return view


@pytest.fixture
def blocks(view):
    """The last 310, selected."""
    blocks = list(view.canvas.document.graph.blocks)[-310:]
    view.canvas.selection.choose(blocks)
    return blocks


@pytest.fixture
def held_on(view, blocks):
    """One of them that is in sight."""
    seen = view.visible_rect().adjusted(100, 100, -100, -100)
    return next(b for b in reversed(blocks) if seen.contains(view.canvas.block_rect(b)))


def ended(qtbot, bench):
    qtbot.waitUntil(lambda: not bench.errands.busy, timeout=20_000)


def places(bench, blocks):
    return [tuple(bench.document.place(block)) for block in blocks]


def pull(view, block, *, release=True, keys=NONE):
    """Drag by a corner of a block; give where the pointer is then."""
    start = at_block(view, block) + QPoint(15, 14)
    drag(view, start, start + DOWN, release=release, keys=keys)
    return start + DOWN


def ways(before, after):
    return {(round(b[0] - a[0]), round(b[1] - a[1])) for a, b in zip(before, after, strict=True)}


def test_a_picture_travels_and_the_blocks_go_when_it_is_let_go(
    bench, view, blocks, held_on, held, qtbot
):
    canvas, before = view.canvas, places(bench, blocks)
    ground = view.viewport().grab().toImage()
    end = pull(view, held_on, release=False)
    assert canvas.carrying.is_picture
    stand = canvas.block_item(held_on).pos()
    assert stand == QPointF(*bench.document.place(held_on)), "it stays"
    there = view.viewport().grab().toImage()
    assert there.pixelColor(end) != ground.pixelColor(end), "its picture is there"
    QTest.mouseRelease(view.viewport(), LEFT, pos=end)
    assert canvas.carrying.is_picture, "until it is worked out"
    assert places(bench, blocks) == before
    held.set()
    ended(qtbot, bench)
    assert not canvas.carrying.is_picture
    ((x, y),) = ways(before, places(bench, blocks))
    assert abs(x) < 20
    assert y == pytest.approx(DOWN.y() / view.zoom, abs=20)
    assert canvas.block_item(held_on).pos() == QPointF(*bench.document.place(held_on))
    bench.commands.undo()
    ended(qtbot, bench)
    assert places(bench, blocks) == before


def test_escape_leaves_them_where_they_are(bench, view, blocks, held_on):
    before, count = places(bench, blocks), bench.document.undo_stack.count()
    end = pull(view, held_on, release=False)
    QTest.keyClick(view, Qt.Key.Key_Escape)
    QTest.mouseRelease(view.viewport(), LEFT, pos=end)
    assert not view.canvas.carrying.is_picture
    assert places(bench, blocks) == before
    assert bench.document.undo_stack.count() == count


def test_the_picture_is_still_whole_when_the_view_is_pulled_about(view, blocks, held_on):
    end = pull(view, held_on, release=False)
    view.shift(QPointF(500, 0))  # more than is drawn beyond the view
    QTest.mouseMove(view.viewport(), end)
    shown = view.viewport().grab().toImage().pixelColor(end)
    view.cancel()
    assert view.viewport().grab().toImage().pixelColor(end) != shown


def test_few_are_seen_on_their_way_with_all_that_hangs_on_them(view, blocks, held_on):
    view.canvas.selection.choose([held_on, *blocks[: MANY // 2]])
    pull(view, held_on, release=False)
    assert not view.canvas.carrying.is_picture
    assert view.canvas.block_item(held_on).pos() != QPointF(*view.canvas.document.place(held_on))
    view.cancel()


def test_many_that_are_pulled_out_of_their_chain_are_so_beside_the_window(
    bench, view, blocks, held_on, held, qtbot
):
    graph = bench.document.graph
    chosen = list(graph.blocks)[-400:-50]
    view.canvas.selection.choose(chosen)
    before, wires = places(bench, chosen), set(graph.wires())
    pull(view, held_on, keys=ALT)
    assert places(bench, chosen) == before
    held.set()
    ended(qtbot, bench)
    assert len(ways(before, places(bench, chosen))) == 1
    assert not view.canvas.carrying.is_picture
    (bridge,) = set(graph.wires()) - wires
    assert (bridge.source, bridge.target) == (list(graph.blocks)[-401], list(graph.blocks)[-50])
    bench.commands.undo()
    ended(qtbot, bench)
    assert set(graph.wires()) == wires


def test_many_go_into_an_open_group_and_its_outline_says_so(bench, view, blocks, held_on, qtbot):
    document, canvas = bench.document, view.canvas
    there = list(document.graph.blocks)[:2]
    group = document.group(there)
    document.unfold([group])
    ended(qtbot, bench)
    below = view.mapToScene(at_block(view, held_on) + DOWN)
    document.move(
        {b: document.place(held_on)._replace(y=below.y() + 40 * at) for at, b in enumerate(there)}
    )
    canvas.selection.choose(blocks)
    outline = canvas.open_groups[group].rect
    end = pull(view, held_on, release=False)
    assert canvas.open_groups.homes[held_on] == group
    assert canvas.open_groups[group].rect == outline, "it grows once they are there"
    QTest.mouseRelease(view.viewport(), LEFT, pos=end)
    ended(qtbot, bench)
    assert held_on in document.groups.group(group).members
    assert canvas.open_groups[group].rect.contains(canvas.block_rect(held_on))


def test_what_goes_into_a_wire_of_an_open_group_does_so_beside_the_window(
    bench, view, blocks, held_on, held, qtbot
):
    document, canvas = bench.document, view.canvas
    (wire,) = document.graph.wires_from(held_on)
    group = document.group([wire.source, wire.target])
    document.unfold([group])
    place = document.place(held_on)
    loose = document.add_block("square", place._replace(y=place.y + 300))
    canvas.selection.choose([loose])
    start = at_block(view, loose) + QPoint(15, 14)
    middle = canvas.wire_item(wire).path.pointAtPercent(0.5)
    end = view.mapFromScene(middle) + QPoint(15, 14)
    drag(view, start, end)
    assert canvas.carrying.items, "it is shown there until it is"
    held.set()
    ended(qtbot, bench)
    assert not canvas.carrying.items
    assert [w.source for w in document.graph.wires_into(loose)] == [wire.source]
    assert loose in document.groups.group(group).members
    bench.commands.undo()
    ended(qtbot, bench)
    assert wire in document.graph.wires_from(held_on)
    assert document.groups.holder(loose) is None
