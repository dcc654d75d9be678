"""A clip: blocks that were copied, the wires between them, and what fed them from outside."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import NamedTuple

from engine.bending import bent_alike
from engine.document import AddBlock, AddWire, Change, Document, Place, SetTarget
from engine.graph import Block, Graph, Wire, age, forward_order
from engine.group_copies import regrouped
from engine.groups import Groups
from engine.marking import copied_marks
from engine.naming import LikeNames, next_number


class Feed(NamedTuple):
    """A wire into a clip from outside: the name of the Variable, and the port it went to."""

    name: str
    target: str
    port: int


@dataclass(frozen=True, slots=True)
class Clip:
    """Blocks that were copied, or read from a text.

    Attributes
    ----------
    document
        The blocks with the wires between them; it has no places if a text gave none.
    feeds
        Wires that came in from outside.
    guessed
        Inputs that a text names without a value: they are 1 because something has to be there.
    """

    document: Document
    feeds: tuple[Feed, ...] = ()
    guessed: frozenset[str] = frozenset()


def clip(document: Document, blocks: Iterable[str], marks: Iterable[str] = ()) -> Clip:
    """Copy blocks, with the wires between them, and the groups of which all blocks are copied.

    Parameters
    ----------
    blocks
        Ids of blocks, or of groups.
    marks
        Ids of frames and notes; what was drawn in a group that is copied comes along.

    Raises
    ------
    UnknownBlockError
        If one of them is not there.
    """
    graph = document.graph
    part = graph.part(_opened(document.groups, blocks))
    chosen = part.blocks
    feeds = [
        Feed(graph.block(wire.source).name, wire.target, wire.port)
        for block in chosen
        for wire in graph.wires_into(block)
        if wire is not None and wire.source not in chosen
    ]
    groups = Groups()
    whole = set(chosen)
    for group in document.groups.inner_first():
        if group.members <= whole:
            groups.add(group)
            whole.add(group.id)
    places = {member: document.places[member] for member in (*chosen, *groups.all)}
    target = document.target if document.target in chosen else None
    bends = {wire: led for wire, led in document.bends.items() if chosen.keys() >= {*wire[:2]}}
    asked = set(marks)
    drawn = {
        mark.id: mark if mark.within in groups else replace(mark, within=None)
        for mark in document.marks.values()
        if mark.id in asked or mark.within in groups
    }
    copied = Document(part, places, target, groups, bends=bends, marks=drawn)
    return Clip(copied, tuple(feeds))


def _opened(groups: Groups, ids: Iterable[str]) -> Iterator[str]:
    """Give the blocks of groups in place of the groups."""
    for member in ids:
        if member in groups:
            yield from sorted(groups.blocks(member), key=age)
        else:
            yield member


def unfed(found: Clip) -> Clip:
    """Leave out the wires from outside."""
    return replace(found, feeds=())


def ungrouped(found: Clip) -> Clip:
    """Leave out the groups, and frames and notes."""
    return replace(found, document=replace(found.document, groups=Groups(), marks={}))


def fed_by(found: Clip, graph: Graph) -> Clip:
    """Let Variables of a graph stand in for inputs of the same name that have no value."""
    lost = {b for b in found.guessed if graph.named(found.document.graph.block(b).name)}
    if not lost:
        return found
    old = found.document
    kept = [block for block in old.graph.blocks.values() if block.id not in lost]
    wires = [wire for wire in old.graph.wires() if wire.source not in lost]
    feeds = [
        Feed(old.graph.block(wire.source).name, wire.target, wire.port)
        for wire in old.graph.wires()
        if wire.source in lost
    ]
    places = {block: place for block, place in old.places.items() if block not in lost}
    bends = {wire: old.bends[wire] for wire in wires if wire in old.bends}
    document = replace(old, graph=Graph.build(kept, wires), places=places, bends=bends)
    return Clip(document, (*found.feeds, *feeds), found.guessed - lost)


def middle(document: Document) -> Place:
    """Give the middle of the rectangle around all that is seen of a document."""
    groups = document.groups
    places = [
        place
        for member, place in document.places.items()
        if groups.stand_in(member) == member
        and (member not in groups or groups.group(member).folded)
    ]
    for box in (mark.box for mark in document.marks.values() if mark.within is None):
        places += [Place(box.x, box.y), Place(box.x + box.width, box.y + box.height)]
    xs, ys = [place.x for place in places], [place.y for place in places]
    return Place(min(xs) / 2 + max(xs) / 2, min(ys) / 2 + max(ys) / 2)


def paste(
    document: Document, found: Clip, by: Place, within: str | None = None
) -> tuple[tuple[Change, ...], list[str]]:
    """Put the blocks of a clip into a document, each shifted by the same amount.

    Ids are new, and so is a name that is taken. A wire from outside comes along where the
    document has a Variable of that name.

    Parameters
    ----------
    within
        Id of the group whose inside the person is looking at: frames and notes are drawn there.

    Returns
    -------
    tuple
        The changes, and the ids of the new blocks.
    """
    graph, names = document.graph, LikeNames(document.graph)
    number = next_number(graph)
    twins: dict[str, Block] = {}
    changes: list[Change] = []
    for block in found.document.graph.blocks.values():
        name = names.like(block)
        twin = Block(f"b{number}", block.kind, name, block.value, block.settings)
        twins[block.id] = twin
        number += 1
        place = found.document.places[block.id]
        changes.append(AddBlock(twin, Place(place.x + by.x, place.y + by.y)))
    # In this order no target has a wire that goes on when its own is plugged in, so that
    # nobody has to look far for a circle.
    into = found.document.graph.into()
    changes += [
        AddWire(Wire(twins[wire.source].id, twins[block].id, wire.port))
        for block in forward_order(found.document.graph)
        for wire in into[block]
        if wire is not None
    ]
    changes += [
        AddWire(Wire(source.id, twins[feed.target].id, feed.port))
        for feed in _pluggable(found)
        if (source := graph.named(feed.name)) is not None
    ]
    renamed = {block: twin.id for block, twin in twins.items()}
    changes += bent_alike(found.document, renamed, by)
    grouped, made = regrouped(document, found.document, renamed, by)
    drawn, _ = copied_marks(document, found.document.marks.values(), by, made, within)
    changes += (*grouped, *drawn)
    target = found.document.target
    if target is not None and not graph.blocks:
        changes.append(SetTarget(document.target, twins[target].id))
    return tuple(changes), [twin.id for twin in twins.values()]


def _pluggable(found: Clip) -> list[Feed]:
    """List the wires from outside that lead to a free port: a clip may come from anywhere."""
    into = found.document.graph.into()
    free = {(b, port) for b, wires in into.items() for port, wire in enumerate(wires) if not wire}
    feeds = []
    for feed in found.feeds:
        if (feed.target, feed.port) in free:
            free.remove((feed.target, feed.port))
            feeds.append(feed)
    return feeds
