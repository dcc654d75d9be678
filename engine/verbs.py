"""What a person can do to a document, each verb as the changes it comes down to.

A verb changes nothing. It asks whether it may be done, raises a typed error if not, and otherwise
gives the changes. Where one change decides whether the next is legal, it tries them on a copy of
the blocks that it bears on, never of the whole graph.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import Any

from engine.bending import SetBends, straighten
from engine.clips import clip, paste, unfed, ungrouped
from engine.document import (
    AddBlock,
    AddGroup,
    AddWire,
    Change,
    Document,
    MoveBlock,
    Place,
    RemoveBlock,
    RemoveGroup,
    RemoveWire,
    ReplaceBlock,
    SetTarget,
)
from engine.errors import ConnectError, ValueTextError
from engine.graph import Block, Wire, fresh_name
from engine.group_copies import copies
from engine.marking import AddMark, copied_marks, remove_marks
from engine.naming import has_name_by_itself, next_id, role_of
from engine.placing import ROW, STEP, free_place
from engine.values import frozen
from engine.variable import Array

Changes = tuple[Change, ...]


def new_block(
    document: Document,
    kind: str,
    value: Array | None = None,
    settings: Mapping[str, Any] = MappingProxyType({}),
    name: str | None = None,
) -> Block:
    """Make a block with an id and a name of its own; an input without a value is 1."""
    graph = document.graph
    role = role_of(kind)
    if role != "function" and value is None:
        value = frozen(1.0)
    name = name or fresh_name(graph, role)
    return Block(next_id(graph), kind, name, value, settings)


def add_block(document: Document, block: Block, place: Place) -> Changes:
    """Place a block; a Variable that got its name by itself makes way for one that is named so."""
    way, checked = _way_for(document, block)
    document.graph.check_add(checked)
    return (*way, AddBlock(block, place))


def _way_for(document: Document, block: Block) -> tuple[Changes, Block]:
    """Take a letter that was not given by a person from a Variable, for a block that has it.

    Gives the block as it may be checked against the graph, where the letter is still taken.
    """
    holder = document.graph.named(block.name)
    if holder is None or holder.id == block.id or not has_name_by_itself(holder):
        return (), block
    name = fresh_name(document.graph, "function")
    return (ReplaceBlock(holder, replace(holder, name=name)),), replace(block, name=name)


def connect(document: Document, wire: Wire, instead_of: Collection[Wire] = ()) -> Changes:
    """Connect a wire; the port must be free, or be freed by what it takes the place of."""
    for old in instead_of:
        document.graph.check_disconnect(old)
    document.graph.check_connect(wire, instead_of)
    return (*(RemoveWire(old) for old in instead_of), AddWire(wire))


def reconnect(document: Document, old: Wire, new: Wire) -> Changes:
    """Move one end of a wire somewhere else, in one go."""
    return connect(document, new, (old,))


def disconnect(document: Document, wire: Wire) -> Changes:
    """Unplug a wire."""
    document.graph.check_disconnect(wire)
    return (RemoveWire(wire),)


def add_connected(document: Document, block: Block, place: Place, other: str, port: int) -> Changes:
    """Place a block and connect it to a port of another: a snap.

    Parameters
    ----------
    other
        Id of the block it snaps to.
    port
        Input port of `other` that the new block feeds; -1 if `other` feeds the new block.
    """
    wire = Wire(other, block.id, 0) if port < 0 else Wire(block.id, other, port)
    way, checked = _way_for(document, block)
    document.graph.check_add(checked)
    trial = document.graph.around([other])
    trial.add(checked)
    trial.check_connect(wire)
    followed = _follow_target(document, block, wire)
    return (*way, AddBlock(block, place), AddWire(wire), *followed)


def append(document: Document, kind: str, after: str | None) -> tuple[Changes, str]:
    """Put a block behind another, connected where that is possible.

    Parameters
    ----------
    after
        Id of the block to continue; None places the new one to the right of everything.

    Returns
    -------
    tuple
        The changes, and the id of the new block.
    """
    block = new_block(document, kind)
    if after is not None and block.is_function:
        anchor = document.places[document.graph.block(after).id]
        place = free_place(Place(anchor.x + STEP, anchor.y), document.places)
        try:
            return add_connected(document, block, place, after, -1), block.id
        except ConnectError:
            return add_block(document, block, place), block.id
    places = document.places.values()
    if block.is_function or not places:
        right = max((place.x for place in places), default=-STEP)
        below = min((place.y for place in places if place.x == right), default=0.0)
        return add_block(document, block, Place(right + STEP, below)), block.id
    left, low = min(place.x for place in places), max(place.y for place in places)
    return add_block(document, block, Place(left, low + ROW)), block.id


def place_behind(document: Document, block: str | None) -> Place:
    """Find a free place to the right of a block, or of everything without one."""
    if block is not None:
        anchor = document.places[document.groups.stand_in(block) or block]
        return free_place(Place(anchor.x + 1.5 * STEP, anchor.y), document.places)
    right = max((place.x for place in document.places.values()), default=-1.5 * STEP)
    return Place(right + 1.5 * STEP, 0.0)


def _follow_target(document: Document, block: Block, wire: Wire) -> Changes:
    """Let the end of a chain stay the target when the chain grows at its end."""
    if document.target is not None and wire.source == document.target and block.is_function:
        return (SetTarget(document.target, block.id),)
    return ()


def duplicate(
    document: Document, blocks: Iterable[str], by: Place, marks: Collection[str] = ()
) -> tuple[Changes, list[str]]:
    """Copy blocks with the wires between them, and the groups of which all is copied.

    Parameters
    ----------
    marks
        Frames and notes to be copied too.

    Returns
    -------
    tuple
        The changes, and the ids of the copies.
    """
    found = clip(document, blocks)
    changes, made = paste(document, unfed(ungrouped(found)), by)
    twins = dict(zip(found.document.graph.blocks, made, strict=True))
    grouped, groups = copies(document, twins, by)
    here = {group: group for group in document.groups.all}
    inside = [mark for mark in document.marks.values() if mark.within in groups or mark.id in marks]
    copied, _ = copied_marks(document, inside, by, {**here, **groups}, None)
    return (*changes, *grouped, *copied), made


def duplicate_fed(
    document: Document, blocks: Iterable[str], by: Place
) -> tuple[Changes, list[str]]:
    """Copy blocks with the wires between them and those that come in from others."""
    originals = list(dict.fromkeys(blocks))
    changes, made = duplicate(document, originals, by)
    twins = dict(zip(originals, made, strict=True))
    graph = document.graph
    fed = [
        AddWire(wire._replace(target=twins[wire.target]))
        for block in twins
        for wire in graph.wires_into(block)
        if wire is not None and wire.source not in twins
    ]
    return (*changes, *fed), made


def move(document: Document, places: Mapping[str, Place]) -> Changes:
    """Let blocks and folded groups stand somewhere else; those that stay are left out."""
    for block in places:
        if block not in document.groups:
            document.graph.block(block)
    before = {block: document.places[block] for block in places}
    return tuple(
        MoveBlock(block, before[block], place)
        for block, place in places.items()
        if before[block] != place
    )


def set_value(document: Document, block: str, value: Array) -> Changes:
    """Give an input or a constant another value.

    Raises
    ------
    ValueTextError
        If the block is a Function, which computes its value.
    """
    before = document.graph.block(block)
    if before.is_function:
        sentence = f"{before.name} is computed; change an input instead."
        raise ValueTextError(sentence, block=block)
    after = replace(before, value=frozen(value))
    return () if after == before else (ReplaceBlock(before, after),)


def set_settings(document: Document, block: str, settings: Mapping[str, Any]) -> Changes:
    """Tell a Function what it is told apart from its inputs, such as the axis of a sum.

    Raises
    ------
    RunError, PortTakenError
        If it has no such settings, or would lose an input that a wire is plugged into.
    """
    before = document.graph.block(block)
    after = replace(before, settings=settings)
    document.graph.check_replace(after)
    return () if after == before else (ReplaceBlock(before, after),)


def rename(document: Document, block: str, name: str) -> Changes:
    """Give a block's Variable another name; one that got this by itself makes way."""
    before = document.graph.block(block)
    after = replace(before, name=name.strip())
    way, checked = _way_for(document, after)
    document.graph.check_name(block, checked.name)
    return () if after == before else (*way, ReplaceBlock(before, after))


def set_target(document: Document, block: str | None) -> Changes:
    """Differentiate another block; None lets the app choose."""
    if block is not None:
        document.graph.block(block)
    return () if block == document.target else (SetTarget(document.target, block),)


def swap(document: Document, other: Document) -> Changes:
    """Replace everything in a document by what another one holds."""
    graph, new = document.graph, other.graph
    old_groups, new_groups = document.groups.inner_first(), other.groups.inner_first()
    return (
        *remove_marks(document, document.marks),
        *straighten(document, list(document.bends)),
        *(RemoveGroup(group, document.places[group.id]) for group in reversed(old_groups)),
        *(RemoveWire(wire) for wire in graph.wires()),
        *(RemoveBlock(block, document.places[block.id]) for block in graph.blocks.values()),
        *(AddBlock(block, other.places[block.id]) for block in new.blocks.values()),
        *(AddWire(wire) for wire in new.wires()),
        *(SetBends(wire, (), bends) for wire, bends in other.bends.items()),
        *(AddGroup(group, other.places[group.id]) for group in new_groups),
        *(AddMark(mark) for mark in other.marks.values()),
        *set_target(document, None),
        *((SetTarget(None, other.target),) if other.target is not None else ()),
    )
