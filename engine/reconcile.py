"""What is to be changed in a document so that it is what a text says, and no more than that.

A block of the text and a block of the document are taken to be the same where they say the same:
first whole pieces that are written alike, then what has the same name, then what stands at the
same place of something that stays. What stays keeps its id, its place, its value and, unless the
text says otherwise, its name.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, replace

from engine.block import Block, Wire
from engine.document import (
    AddBlock,
    AddWire,
    Change,
    Document,
    MoveBlock,
    Place,
    RemoveBlock,
    RemoveWire,
    ReplaceBlock,
    SetTarget,
)
from engine.graph import CONSTANT, INPUT, Graph, fresh_name
from engine.naming import next_id, role_of
from engine.order import forward_order
from engine.recording import default_target
from engine.settling import settled
from engine.sheet import Sheet, unwritten
from engine.values import frozen
from engine.variable import Array

LayOut = Callable[[Graph], Mapping[str, Place]]
"""Gives every block of a graph a place."""

RESULT = "y"
"""What the last line gives, where it is not named."""


@dataclass(frozen=True, slots=True)
class Reconciled:
    """What a text means for a document.

    Attributes
    ----------
    changes
        What is to be changed.
    ids
        For each block of the sheet, the id of the block of the document that it is.
    """

    changes: tuple[Change, ...]
    ids: Mapping[str, str]


def reconcile(document: Document, sheet: Sheet, lay_out: LayOut | None = None) -> Reconciled:
    """Find the changes that make a document say what a text says.

    Parameters
    ----------
    lay_out
        Places everything, where nothing of what was there stays.
    """
    matching = _Matching(document.graph, document.target, sheet)
    ids, blocks = _blocks(document.graph, sheet, matching)
    wires = [Wire(ids[w.source], ids[w.target], w.port) for w in sheet.graph.wires()]
    graph = Graph.build(
        (*blocks.values(), *(document.graph.block(b) for b in unwritten(document.graph))), wires
    )
    changes = [
        *_taken(document, graph),
        *_renamed(document.graph, graph),
        *_added(document, graph, matching.instead_of(ids), lay_out),
    ]
    target = None if sheet.target is None else ids[sheet.target]
    if target != (document.target or default_target(graph)):
        changes.append(SetTarget(document.target, target))
    return Reconciled(tuple(changes), ids)


class _Matching:
    """Finds which block of a graph each block of a sheet is.

    Attributes
    ----------
    found
        For each block of the sheet that was there before, the id of the block it is.
    instead
        For each that stands where one of another kind stood, the id of that one.
    """

    def __init__(self, old: Graph, target: str | None, sheet: Sheet) -> None:
        self._old, self._new, self._sheet = old, sheet.graph, sheet
        self.found: dict[str, str] = {}
        self.instead: dict[str, str] = {}
        self._taken: set[str] = set()
        self._left: set[str] = set()  # the values of `instead`, to be asked of each block
        known: dict[object, int] = {}
        self._before, self._after = _signs(old, known), _signs(sheet.graph, known)
        self._match_wholes()
        self._match_names()
        if sheet.target is not None:
            self._match(sheet.target, target or default_target(old))
        self._match_operands()

    def instead_of(self, ids: Mapping[str, str]) -> dict[str, str]:
        """Give the same as `instead`, by the ids that the blocks have in the document."""
        return {ids[new]: old for new, old in self.instead.items() if old not in self._taken}

    def _match_wholes(self) -> None:
        """Take pieces that are written alike, the largest first, with all that is in them."""
        alike: dict[int, list[str]] = {}
        for block in self._old.blocks:
            alike.setdefault(self._before[block], []).append(block)
        for block in reversed(forward_order(self._new)):
            if block in self.found or self._new.block(block).kind == CONSTANT:
                continue
            name = self._new.block(block).name
            free = [b for b in alike.get(self._after[block], ()) if b not in self._taken]
            free.sort(key=lambda b: self._old.block(b).name != name)
            if free:
                self._match_whole(block, free[0])

    def _match_whole(self, new: str, old: str) -> None:
        todo = [(new, old)]
        while todo:
            new, old = todo.pop()
            shared = self._old.block(old).kind == CONSTANT
            if new in self.found or (old in self._taken and not shared):
                continue
            self._take(new, old)
            todo += self._operands(new, old)

    def _match_names(self) -> None:
        for block in self._sheet.told:
            before = self._old.named(self._new.block(block).name)
            if before is not None:
                self._match(block, before.id)

    def _match_operands(self) -> None:
        """Take what stands where something else stood, below what stays."""
        todo = [*self.found.items(), *self.instead.items()]
        while todo:
            for new, old in self._operands(*todo.pop()):
                if self._match(new, old):
                    todo.append((new, old))

    def _operands(self, new: str, old: str) -> Iterator[tuple[str, str]]:
        pairs = zip(self._new.wires_into(new), self._old.wires_into(old), strict=False)
        for after, before in pairs:
            if after is not None and before is not None:
                yield after.source, before.source

    def _match(self, new: str, old: str | None) -> bool:
        """Take two blocks for the same if both are free and of one kind; say if they were free."""
        if old is None or new in self.found or old in self._taken or new in self.instead:
            return False
        if self._new.block(new).kind == self._old.block(old).kind:
            self._take(new, old)
            return True
        if old in self._left:
            return False
        self.instead[new] = old
        self._left.add(old)
        return True

    def _take(self, new: str, old: str) -> None:
        self.found[new] = old
        self._taken.add(old)


def _signs(graph: Graph, known: dict[object, int]) -> dict[str, int]:
    """Number the blocks so that two have the same number if they are written alike."""
    signs: dict[str, int] = {}
    for block in map(graph.block, forward_order(graph)):
        wires = graph.wires_into(block.id)
        told = (
            block.kind,
            block.name if block.kind == INPUT else _digits(block.value),
            repr(sorted(block.settings.items())),
            tuple(None if wire is None else signs[wire.source] for wire in wires),
        )
        signs[block.id] = known.setdefault(told, len(known))
    return signs


def _digits(value: Array | None) -> tuple[tuple[int, ...], bytes] | None:
    """Tell a value from others, of a constant: the one of an input may have ten million numbers."""
    return None if value is None else (value.shape, value.tobytes())


def _blocks(
    old: Graph, sheet: Sheet, matching: _Matching
) -> tuple[dict[str, str], dict[str, Block]]:
    """Give every block of a sheet its id and its facts in the document."""
    pairs = matching.found
    told = {sheet.graph.block(block).name for block in sheet.told}
    stay = {old.block(block).name for block in (*pairs.values(), *unwritten(old))}
    taken = told | stay
    number = int(next_id(old)[1:])
    ids: dict[str, str] = {}
    made = Graph()
    for block in sheet.graph.blocks.values():
        before = old.block(pairs[block.id]) if block.id in pairs else None
        ids[block.id] = before.id if before is not None else f"b{number}"
        number += before is None
        if ids[block.id] in made:  # a constant that several ports share
            continue
        name, value = block.name, block.value
        if block.id not in sheet.told:
            name = _name(old, matching, block, taken, told)
            name = name or fresh_name(made, role_of(block.kind), taken)
            taken.add(name)
        if block.kind == INPUT and value is None:
            value = frozen(1.0) if before is None else before.value
        made.add(Block(ids[block.id], block.kind, name, value, block.settings))
    return ids, dict(made.blocks)


def _name(
    old: Graph, matching: _Matching, block: Block, taken: Collection[str], told: Collection[str]
) -> str:
    """Find the name of a block that the text does not name: what it was called before."""
    before = matching.found.get(block.id)
    if before is not None:
        name = old.block(before).name
        return "" if name in told else name
    before = matching.instead.get(block.id)
    name = block.name if before is None else old.block(before).name
    return "" if name in taken or (before is None and name != RESULT) else name


def _taken(document: Document, graph: Graph) -> Iterator[Change]:
    """Go through the wires and blocks that go away."""
    old, stay = document.graph, set(graph.wires())
    yield from (RemoveWire(wire) for wire in old.wires() if wire not in stay)
    for block in old.blocks.values():
        if block.id not in graph:
            yield RemoveBlock(block, document.places[block.id])


def _renamed(old: Graph, graph: Graph) -> Iterator[Change]:
    """Go through the blocks that become others.

    Who takes a name that was another's puts the own one aside first, and takes it last, when the
    other has let go of it.
    """
    stay = [block for block in old.blocks.values() if block.id in graph]
    names = {block.name for block in stay}
    trial = old.copy()
    everything = frozenset(names | {block.name for block in graph.blocks.values()})
    first: list[Change] = []
    last: list[Change] = []
    for before in stay:
        after = graph.block(before.id)
        if after.name != before.name and after.name in names:
            aside = replace(before, name=fresh_name(trial, "function", everything))
            trial.replace(aside)
            last.append(ReplaceBlock(aside, after))
            yield ReplaceBlock(before, aside)
        elif after != before:
            first.append(ReplaceBlock(before, after))
    yield from (*first, *last)


def _added(
    document: Document, graph: Graph, instead: Mapping[str, str], lay_out: LayOut | None
) -> Iterator[Change]:
    """Go through the blocks and wires that are new."""
    old = document.graph
    new = [block for block in graph.blocks.values() if block.id not in old]
    here = {block: document.places[before] for block, before in instead.items()}
    moves: list[MoveBlock] = []
    if lay_out is not None and len(new) == len(graph) and not here:
        places = dict(lay_out(graph))
    else:
        stay = {b: document.places[b] for b in graph.blocks if b in old}
        places, moves = settled(graph, stay, here, document.bends)
    yield from (AddBlock(block, places[block.id]) for block in new)
    there = set(old.wires())
    yield from (AddWire(wire) for wire in graph.wires() if wire not in there)
    yield from moves
