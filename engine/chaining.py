"""Blocks put into the middle of a chain, which makes room, and taken out of one, which closes.

Each is a verb, as those of `verbs` are.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from itertools import islice

from engine.document import (
    AddBlock,
    AddWire,
    Change,
    Document,
    Place,
    RemoveBlock,
    RemoveWire,
    SetTarget,
)
from engine.graph import CONSTANT, Block, Graph, Wire
from engine.placing import ROW, STEP, free_place
from engine.verbs import Changes, move

MOST_PUSHED = 100
"""Blocks that are pushed to make room for one; thousands would cost more than a blink."""


def insert_on_wire(document: Document, block: Block, place: Place, wire: Wire) -> Changes:
    """Place a block in the middle of a wire; what comes after it makes room."""
    into, out = Wire(wire.source, block.id, 0), Wire(block.id, wire.target, wire.port)
    trial = document.graph.around([wire.source, wire.target])
    trial.disconnect(wire)
    document.graph.check_add(block)
    trial.add(block)
    trial.connect(into)
    trial.check_connect(out)
    room, place = _make_room(document, place, wire)
    return (*room, RemoveWire(wire), AddBlock(block, place), AddWire(into), AddWire(out))


def put_on_wire(document: Document, block: str, place: Place, wire: Wire) -> Changes:
    """Move a block into the middle of a wire: it takes the wire at its first free input.

    Raises
    ------
    PortTakenError, CycleError
        If it has no free input, or the wire would close a circle through it.
    """
    graph = document.graph
    graph.check_disconnect(wire)
    ports = graph.wires_into(block)
    port = ports.index(None) if None in ports else 0
    into, out = Wire(wire.source, block, port), Wire(block, wire.target, wire.port)
    graph.check_connect(into)
    graph.check_connect(out, (wire,))
    room, place = _make_room(document, place, wire)
    moved = move(document, {block: place})
    return (*room, *moved, RemoveWire(wire), AddWire(into), AddWire(out))


def _make_room(document: Document, place: Place, wire: Wire) -> tuple[Changes, Place]:
    """Push the target of a wire and all after it to the right until a block fits in between.

    Where that is very much, nothing moves, and the block comes to stand below the wire.
    """
    source, target = document.places[wire.source], document.places[wire.target]
    missing = 2 * STEP - (target.x - source.x)
    if missing <= 0:
        return (), place
    after = list(islice(document.graph.reach(wire.target), MOST_PUSHED + 1))
    if len(after) > MOST_PUSHED:
        below = Place((source.x + target.x) / 2, (source.y + target.y) / 2 + ROW)
        return (), free_place(below, document.places)
    places = {block: document.places[block] for block in (wire.target, *after)}
    moved = {block: Place(at.x + missing, at.y) for block, at in places.items()}
    return move(document, moved), Place(source.x + STEP, (source.y + target.y) / 2)


def remove(document: Document, blocks: Collection[str], wires: Collection[Wire] = ()) -> Changes:
    """Take wires away, and blocks with their wires; a chain that loses a link closes again.

    A block with several inputs is a link along the first of them that is no constant.
    """
    graph = document.graph
    chosen = {graph.block(block).id: None for block in blocks}
    trial = graph.around([*chosen, *(wire.source for wire in wires)])
    changes: list[Change] = []
    for wire in wires:
        trial.disconnect(wire)
        changes.append(RemoveWire(wire))
    for block in chosen:
        into = [wire for wire in trial.wires_into(block) if wire is not None]
        out = trial.wires_from(block)
        changes += [RemoveWire(wire) for wire in (*into, *out)]
        changes.append(RemoveBlock(graph.block(block), document.places[block]))
        trial.remove(block)
        if not into or not graph.block(block).is_function:
            continue
        link = _link(graph, into)
        for wire in out:
            bridge = Wire(link.source, wire.target, wire.port)
            trial.connect(bridge)
            changes.append(AddWire(bridge))
    if document.target in chosen:
        changes.append(SetTarget(document.target, None))
    return tuple(changes)


def detach(document: Document, blocks: Collection[str]) -> Changes:
    """Unplug blocks from all others; a chain that they were links of closes behind them.

    What is wired among them stays so.
    """
    graph = document.graph
    chosen = dict.fromkeys(graph.block(block).id for block in blocks)
    ends = (w for b in chosen for w in (*graph.wires_into(b), *graph.wires_from(b)) if w)
    cut = [wire for wire in ends if (wire.source in chosen) != (wire.target in chosen)]
    bridges = []
    for wire in cut:
        source: str | None = wire.source
        while source in chosen:
            into = [w for w in graph.wires_into(source) if w is not None]
            source = _link(graph, into).source if into else None
        if wire.source in chosen and source is not None:
            bridges.append(AddWire(Wire(source, wire.target, wire.port)))
    return (*(RemoveWire(wire) for wire in cut), *bridges)


def _link(graph: Graph, into: Iterable[Wire]) -> Wire:
    """Tell along which of its inputs a block is a link of a chain: the first that varies."""
    return min(into, key=lambda wire: graph.block(wire.source).kind == CONSTANT)
