"""Whatever people do in whatever order: the canvas shows the document, and undo leads back."""

from __future__ import annotations

import os
from functools import partial

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QRectF

from engine.document import Place
from engine.errors import ExpressionError
from engine.graph import Wire
from engine.marks import COLOURS, Box
from engine.sheet import read_sheet, write_sheet
from engine.visible import visible
from gui.canvas.lanes import CanvasLanes
from gui.canvas.scene import CanvasScene
from gui.document import OpenDocument
from gui.player import Player

pytestmark = pytest.mark.usefixtures("qapp")

KINDS = ("input", "constant", "square", "exp", "add", "mul", "div")
VERBS = (
    "add", "append", "connect", "disconnect", "insert", "remove", "duplicate", "paste", "move",
    "value", "rename", "target", "undo", "redo", "group", "ungroup", "fold", "unfold", "enter",
    "move group", "put on wire", "snap", "reconnect", "duplicate fed", "copy", "settings", "see",
    "select", "detach", "bend", "move bend", "straighten", "frame", "note", "resize", "say",
    "remove marks", "rehome", "take out", "cut", "type", "own", "parameters", "rename group",
    "tint", "unfold all", "slide",
)  # fmt: skip
EDITS = st.lists(
    st.tuples(st.sampled_from(VERBS), st.integers(0, 99), st.integers(0, 99)), max_size=25
)


def edit(document, verb, i, j):  # noqa: C901, PLR0912, PLR0915 - a case a verb
    """Do a verb to what the numbers happen to choose; it may be refused."""
    blocks, wires = list(document.graph.blocks), list(document.graph.wires())
    block = blocks[i % len(blocks)] if blocks else None
    other = blocks[j % len(blocks)] if blocks else None
    wire = wires[i % len(wires)] if wires else None
    groups, marks = list(document.groups.all), list(document.drawing.marks)
    kind = KINDS[j % len(KINDS)]
    match verb:
        case "add":
            document.add_block(kind, Place(i * 10.0, j * 10.0))
        case "append":
            document.append(kind, block)
        case "connect" if block and other:
            document.connect_wire(Wire(block, other, j % 3))
        case "disconnect" if wire:
            document.unplug((wire,))
        case "insert" if wire:
            document.insert_on_wire(kind, Place(i, j), wire)
        case "remove" if block:
            document.remove({block, other}, ())
        case "bend" if wire:
            document.drawing.bend(wire, j % 3, Place(i * 9.0, j * 9.0))
        case "move bend" if wire:
            document.drawing.move_bend(wire, j % 3, Place(i * 7.0, j * 7.0))
        case "straighten" if wire:
            document.drawing.straighten([wire])
        case "frame":
            document.drawing.add_frame(Box(i, j, 300, 40 + j), "In", document.within)
        case "note":
            document.drawing.add_note(Box(i, j, 90, 40 + j), "Mind", document.within)
        case "resize" if marks:
            document.drawing.resize(marks[i % len(marks)], Box(j, i, 60 + i, 60 + j))
        case "say" if marks:
            document.drawing.say(marks[i % len(marks)], f"It is {j}")
        case "remove marks" if marks:
            document.remove([block] if block and j % 2 else [], (), marks=[marks[i % len(marks)]])
        case "detach" if block:
            document.detach([block, other], {block: Place(i, j)})
        case "duplicate" if block:
            document.duplicate([block, other], Place(30, 30))
        case "paste" if block:
            document.paste(document.clip([block, other]), Place(30, 30))
        case "move" if block:
            document.move({block: Place(i, j)})
        case "value" if block:
            document.set_value(block, np.array(j / 7 - 5))
        case "rename" if block:
            document.rename(block, f"n{j}")
        case "target" if block:
            document.set_target(block)
        case "group" if block:
            drawn = marks[i % len(marks) :] if marks and j % 2 else []
            document.group({block, other, *blocks[i % 3 : i % 7]}, marks=drawn)
        case "ungroup" if groups:
            document.ungroup([groups[i % len(groups)]])
        case "fold" if groups:
            document.fold(groups[i % len(groups) :])
        case "unfold" if groups:
            document.unfold([groups[i % len(groups)]])
        case "move group" if groups:
            document.move({groups[i % len(groups)]: Place(i, j)})
        case "rehome" if block and groups:
            home = groups[j % len(groups)] if j % 3 else None
            member = groups[i % len(groups)] if i % 2 else block
            homes = {member: home} | ({marks[j % len(marks)]: home} if marks else {})
            boxes = {marks[j % len(marks)]: Box(i, j, 60, 50)} if marks and i % 3 else {}
            document.move({block: Place(i, j)}, boxes=boxes, homes=homes)
        case "take out" if groups:
            group = groups[i % len(groups)]
            document.take_out(sorted(document.groups.group(group).members)[: 1 + j % 2], group)
        case "put on wire" if block and wire:
            document.put_on_wire(block, Place(i, j), wire)
        case "snap" if block:
            document.add_connected(kind, Place(i, j), block, j % 4 - 1)
        case "reconnect" if wire and block:
            document.connect_wire(Wire(block, wire.target, wire.port), [wire])
        case "duplicate fed" if block:
            document.duplicate_fed([block, other], Place(30, 30))
        case "copy" if block:
            document.paste(document.clip([block, other]), Place(40, 40))
        case "settings" if block:
            document.set_settings(block, {"axis": j % 3 - 1})
        case "cut" if wires:
            document.remove((), wires[i % len(wires) :: 1 + j % 3], "cut")
        case "own" if groups:
            document.add_own(document.own_block(groups[i % len(groups)]), Place(i, j), block)
        case "parameters" if block:
            given = [b.id for b in document.graph.blocks.values() if not b.is_function]
            document.set_parameters({each: np.array(j / 9) for each in given[: i % 4]})
        case "rename group" if groups:
            document.rename_group(groups[i % len(groups)], f"Part {j}")
        case "tint" if marks:
            document.drawing.tint(marks[i % len(marks) :], COLOURS[j % len(COLOURS)])
        case "unfold all":
            document.unfold_all()


def change(document, verb, i, j):
    """Do what only an open document can, to what the numbers happen to choose."""
    match verb:
        case "undo":
            document.undo_stack.undo()
        case "redo":
            document.undo_stack.redo()
        case "type":
            try:
                text = write_sheet(document.graph, document.end)
                document.rewrite(read_sheet(retyped(text, i, j)), j % 3)
            except ExpressionError as error:
                assert error.sentence.endswith(".")  # noqa: PT017 - either may happen
        case "slide" if document.inputs():
            block = document.inputs()[i % len(document.inputs())]
            first = document.graph.block(block).value
            document.slide(block, np.array(j / 7))
            document.end_slide(block, first)


def retyped(text, i, j):
    """The same text as somebody may have changed it."""
    ways = (
        lambda: f"{text}\nq{j} = square(w{i % 3})",
        lambda: "\n".join(text.splitlines()[: i % 5]),
        lambda: text.replace("exp", "sin", 1).replace("square", "exp", 1),
        lambda: text.replace("x", f"n{j}"),
        lambda: f"{text} + {j}",
    )
    return ways[i % len(ways)]()


def facts(document):
    """All that a document holds."""
    blocks = sorted(document.graph.blocks.values(), key=lambda block: block.id)
    groups = dict(document.groups.all)
    drawn = dict(document.drawing.led), dict(document.drawing.marks)
    return blocks, set(document.graph.wires()), document.places(), document.target, groups, drawn


def check_whereabouts(canvas):
    """Compare where the canvas thinks that things are with where they would be drawn."""
    for item in canvas.where.blocks.keys:
        place, rect = canvas.document.place(item), canvas.block_rect(item)
        assert (rect.center().x(), rect.center().y()) == pytest.approx(place)
        assert canvas.extent(item).contains(rect)
    for wire in canvas.where.wires.keys:
        start, end = canvas.lines.start(wire), canvas.lines.end(wire)
        ends = (start.x(), start.y(), end.x(), end.y())
        assert canvas.where.wires[wire].tolist() == pytest.approx(ends)
    lines = canvas.lines
    led = {w for w in canvas.where.wires.keys if lines.bends(w) or lines.line(w).lanes}
    assert set(canvas.where.led) == led
    for wire in led:
        found = canvas.where.led[wire].reshape(-1, 4, 2)
        np.testing.assert_allclose(found, [*lines.line(wire).curves()])
    opened = {each.goes_around: each for each in canvas.open_groups.outlines()}
    for mark, item in canvas.marks.items.items():
        assert item.boundingRect().contains(canvas.marks.rect(mark))
        home = canvas.marks.mark(mark).within
        assert home is None or home in canvas.document.groups
        if home in opened:
            assert opened[home].rect.contains(canvas.marks.rect(mark))
            assert opened[home].zValue() < item.zValue()
    for chosen in canvas.selection.items():
        assert chosen in canvas.where.blocks


def sequences(default):
    """How many sequences of edits are tried; more where GRADWALK_SEQUENCES says so."""
    return int(os.environ.get("GRADWALK_SEQUENCES", default))


@settings(max_examples=sequences(60), deadline=None)
@given(EDITS, st.sampled_from(("each", "at once", "beside")))
def test_canvas_and_document_agree_and_undo_leads_back_to_the_start(edits, how):
    with pytest.MonkeyPatch.context() as patch:
        if how == "at once":  # told of as thousands of changes are
            patch.setattr("gui.changing.FEW", -1)
        check_edits(edits, is_beside=how == "beside")


def check_lanes(canvas):
    """The lanes are those of a canvas that is opened on the document now."""
    canvas.follow_lanes(canvas.lanes.find_rest())
    found = {wire: canvas.lanes[wire] for wire in canvas.lanes.led}
    afresh = CanvasLanes(canvas)
    afresh.find()
    afresh.find_rest()
    assert {wire: afresh[wire] for wire in afresh.led} == found


def check_edits(edits, *, is_beside):
    """Do some edits, look at the canvas after each, and take all of them back.

    Each may be worked out on a copy, as those that bear on thousands of blocks are.
    """
    document = OpenDocument()
    player = Player(document.recording)
    document.recording_changed.connect(lambda: player.set_recording(document.recording))
    canvas = CanvasScene(document, player)
    canvas.wake()
    start = facts(document)
    for verb, i, j in edits:
        if verb == "enter":
            canvas.enter([None, *document.groups.all][i % (len(document.groups) + 1)])
        if verb == "see":
            canvas.show_part(QRectF(i * 10 - 300, j * 10 - 300, 400, 300), 1.0 if i % 3 else 0.1)
        if verb == "select":
            canvas.selection.choose(list(document.graph.blocks)[i % 5 : j % 9])
        change(document, verb, i, j)
        if is_beside:
            document.rehearse(1, verb, partial(edit, verb=verb, i=i, j=j))
        else:
            edit(document, verb, i, j)
        check_whereabouts(canvas)
        check_lanes(canvas)
        seen = visible(document._document, canvas.folds.entered)
        assert {item.block for item in canvas.block_items()} == seen.items
        assert {item.wire for item in canvas.wire_items()} == {w[0] for w in seen.links.values()}
        assert {each.goes_around for each in canvas.open_groups.outlines()} == set(seen.opened)
        for item in canvas.block_items():
            assert (item.pos().x(), item.pos().y()) == pytest.approx(document.place(item.block))
        for item in canvas.wire_items():
            assert item.path.pointAtPercent(0) == canvas.lines.start(item.wire)
            assert item.path.pointAtPercent(1) == canvas.lines.end(item.wire)
    end, last = facts(document), document.undo_stack.index()
    document.undo_stack.setIndex(0)
    assert facts(document) == start
    document.undo_stack.setIndex(last)
    assert facts(document) == end
    canvas.let_go()
