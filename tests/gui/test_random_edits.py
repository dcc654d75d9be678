"""Whatever people do in whatever order: the canvas shows the document, and undo leads back."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.document import Place
from engine.graph import Wire
from engine.visible import visible
from gui.canvas.scene import CanvasScene
from gui.document import OpenDocument
from gui.player import Player

pytestmark = pytest.mark.usefixtures("qapp")

KINDS = ("input", "constant", "square", "exp", "add", "mul", "div")
VERBS = (
    "add", "append", "connect", "disconnect", "insert", "remove", "duplicate", "move",
    "value", "rename", "target", "undo", "redo", "group", "ungroup", "fold", "unfold", "enter",
    "move group",
)  # fmt: skip
EDITS = st.lists(
    st.tuples(st.sampled_from(VERBS), st.integers(0, 99), st.integers(0, 99)), max_size=25
)


def edit(document, verb, i, j):  # noqa: C901, PLR0912 - a case a verb
    """Do a verb to what the numbers happen to choose; it may be refused."""
    blocks, wires = list(document.graph.blocks), list(document.graph.wires())
    block = blocks[i % len(blocks)] if blocks else None
    other = blocks[j % len(blocks)] if blocks else None
    wire = wires[i % len(wires)] if wires else None
    groups = list(document.groups.all)
    kind = KINDS[j % len(KINDS)]
    match verb:
        case "add":
            document.add_block(kind, Place(i * 10.0, j * 10.0))
        case "append":
            document.append(kind, block)
        case "connect" if block and other:
            document.connect_wire(Wire(block, other, j % 3))
        case "disconnect" if wire:
            document.disconnect_wire(wire)
        case "insert" if wire:
            document.insert_on_wire(kind, Place(i, j), wire)
        case "remove" if block:
            document.remove({block, other}, ())
        case "duplicate" if block:
            document.duplicate([block, other], Place(30, 30))
        case "move" if block:
            document.move({block: Place(i, j)})
        case "value" if block:
            document.set_value(block, np.array(j / 7 - 5))
        case "rename" if block:
            document.rename(block, f"n{j}")
        case "target" if block:
            document.set_target(block)
        case "group" if block:
            document.group({block, other, *blocks[i % 3 : i % 7]})
        case "ungroup" if groups:
            document.ungroup([groups[i % len(groups)]])
        case "fold" if groups:
            document.fold(groups[i % len(groups) :])
        case "unfold" if groups:
            document.unfold([groups[i % len(groups)]])
        case "move group" if groups:
            document.move({groups[i % len(groups)]: Place(i, j)})
        case "undo":
            document.undo_stack.undo()
        case "redo":
            document.undo_stack.redo()


def facts(document):
    """All that a document holds."""
    blocks = sorted(document.graph.blocks.values(), key=lambda block: block.id)
    groups = dict(document.groups.all)
    return blocks, set(document.graph.wires()), document.places(), document.target, groups


@settings(max_examples=60, deadline=None)
@given(EDITS)
def test_canvas_and_document_agree_and_undo_leads_back_to_the_start(edits):
    document = OpenDocument()
    player = Player(document.recording)
    document.recording_changed.connect(lambda: player.set_recording(document.recording))
    canvas = CanvasScene(document, player)
    canvas.wake()
    start = facts(document)
    for verb, i, j in edits:
        if verb == "enter":
            canvas.enter([None, *document.groups.all][i % (len(document.groups) + 1)])
        edit(document, verb, i, j)
        seen = visible(document._document, canvas.folds.entered)
        assert {item.block for item in canvas.block_items()} == seen.items
        assert {item.wire for item in canvas.wire_items()} == {w[0] for w in seen.links.values()}
        assert {frame.frame_of for frame in canvas.frame_items()} == set(seen.frames)
        for item in canvas.block_items():
            assert (item.pos().x(), item.pos().y()) == pytest.approx(document.place(item.block))
        for item in canvas.wire_items():
            assert item.path.pointAtPercent(0) == canvas.wire_start(item.wire)
            assert item.path.pointAtPercent(1) == canvas.wire_end(item.wire)
    end, last = facts(document), document.undo_stack.index()
    document.undo_stack.setIndex(0)
    assert facts(document) == start
    document.undo_stack.setIndex(last)
    assert facts(document) == end
    canvas.let_go()
