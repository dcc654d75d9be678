"""What a person can do with groups, each verb as the changes it comes down to.

As in `verbs`, a verb changes nothing: it raises a typed error, or gives the changes.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from types import MappingProxyType

from engine.document import (
    AddGroup,
    Change,
    Document,
    MoveBlock,
    Place,
    RemoveGroup,
    RemoveWire,
    ReplaceGroup,
)
from engine.errors import GroupError
from engine.folding import Part
from engine.graph import Wire
from engine.group_room import free_for, middle_of, room_around, seen_inside, seen_of, shifted
from engine.groups import Group, Groups, check_group_name
from engine.mark_homes import taken_along
from engine.naming import LONGEST_NAME

Changes = tuple[Change, ...]


def group(
    document: Document, chosen: Collection[str], name: str = "", marks: Collection[str] = ()
) -> tuple[Changes, str]:
    """Make one block of several, folded, where they stand.

    Parameters
    ----------
    chosen
        Ids of blocks and groups. Where all of a group is chosen, the group itself is meant.
    name
        What to call it; without one it gets a number.
    marks
        Ids of frames and notes that are to be in it. A frame around nothing else is so anyway.

    Returns
    -------
    tuple
        The changes, and the id of the group.

    Raises
    ------
    GroupError, UnknownBlockError
        If nothing is chosen, or what is chosen stands in different groups.
    """
    groups = document.groups
    members = _whole(document, chosen)
    if not members:
        raise GroupError("Nothing is selected: choose the blocks to group first.")
    holders = {groups.holder(member) for member in members}
    if len(holders) > 1:
        sentence = "Some of these are inside a group and some are not; group what stands together."
        raise GroupError(sentence)
    (holder,) = holders
    if name:
        check_group_name(name)
    made = Group(next_group_id(document), name or fresh_group_name(groups), members)
    seen = [at for member in members for at in seen_of(document, member)]
    place = free_for(document, holder, seen)
    changes: list[Change] = [AddGroup(made, place)]
    if holder is not None:
        outer = groups.group(holder)
        if outer.members == members and len(members) == 1:
            raise GroupError(f"{outer.name} is a group of just this already.")
        rest = outer.with_members(outer.members - members)
        whole = rest.with_members(rest.members | {made.id})
        changes = [ReplaceGroup(outer, rest), *changes, ReplaceGroup(rest, whole)]
    return (*changes, *taken_along(document, made, marks)), made.id


def _whole(document: Document, chosen: Collection[str]) -> frozenset[str]:
    """Put a group in place of all its members, where something else is chosen besides them."""
    groups = document.groups
    for member in chosen:
        if member not in groups:
            document.graph.block(member)
    members = {m for m in chosen if not any(g in chosen for g in groups.around(m))}
    while True:
        holders = {groups.holder(member) for member in members} - {None}
        inner = max(holders, key=lambda g: (len(groups.around(g or "")), g or ""), default=None)
        if inner is None or len({groups.holder(member) for member in members}) == 1:
            return frozenset(members)
        all_of_it = groups.group(inner).members
        if not all_of_it <= members:
            return frozenset(members)
        members = (members - all_of_it) | {inner}


def ungroup(document: Document, group: str) -> Changes:
    """Dissolve a group; what was in it comes to stand where it stood."""
    groups = document.groups
    changes = unfold(document, group)
    found, place = replace(groups.group(group), folded=False), document.places[group]
    holder = groups.holder(group)
    if holder is None:
        return (*changes, RemoveGroup(found, place))
    outer = groups.group(holder)
    without = outer.with_members(outer.members - {group})
    more = without.with_members(without.members | found.members)
    return (
        *changes,
        ReplaceGroup(outer, without),
        RemoveGroup(found, place),
        ReplaceGroup(without, more),
    )


def fold(document: Document, group: str) -> Changes:
    """Show a group as one block, in the middle of where its blocks stand or near it."""
    before = document.groups.group(group)
    if before.folded:
        return ()
    place = free_for(document, document.groups.holder(group), seen_of(document, group))
    return (*_moved(document, {group: place}), ReplaceGroup(before, replace(before, folded=True)))


def unfold(document: Document, group: str) -> Changes:
    """Show what is in a group, where it stands; what is around makes room if it has to."""
    before = document.groups.group(group)
    if not before.folded:
        return ()
    inside = list(seen_inside(document, group))
    middle, place = middle_of([document.places[at] for at in inside]), document.places[group]
    by = Place(place.x - middle.x, place.y - middle.y)
    places = {at: shifted(document.places[at], by) for at in inside}
    drawn = [mark.box.moved(*by) for mark in document.marks.values() if mark.within == group]
    places.update(room_around(document, group, list(places.values()), drawn))
    return (ReplaceGroup(before, replace(before, folded=False)), *_moved(document, places))


def divided(document: Document, parts: Iterable[Part]) -> Groups:
    """Make groups of the parts that a large graph was divided into, all of them folded.

    Raises
    ------
    GroupError
        If some of the blocks are in a group already.
    """
    groups = document.groups.copy()
    made: dict[str, str] = {}

    def group_of(part: Part) -> str:
        inner = [group_of(part) for part in part.parts]
        new = Group(next_group_id(document, made), part.name, frozenset((*part.blocks, *inner)))
        made[new.id] = new.id
        groups.add(new)
        return new.id

    for part in parts:
        group_of(part)
    return groups


def rename_group(document: Document, group: str, name: str) -> Changes:
    """Give a group another name."""
    before = document.groups.group(group)
    name = name.strip()
    check_group_name(name)
    return () if name == before.name else (ReplaceGroup(before, replace(before, name=name)),)


def plugged_along(document: Document, wire: Wire) -> tuple[Wire, ...]:
    """Give the wires that come with one into a port of a group that feeds several inside."""
    groups, graph = document.groups, document.graph
    outside = {*groups.around(wire.source)}
    end = (wire.target, wire.port)
    for group in groups.around(wire.target):
        for ends in groups.group(group).joint if group not in outside else ():
            if end in ends:
                inside = groups.blocks(group)
                return tuple(
                    Wire(wire.source, block, port)
                    for block, port in ends
                    if (block, port) != end
                    and block in inside
                    and graph.wires_into(block)[port : port + 1] == (None,)
                )
    return ()


def unplug(document: Document, wires: Collection[Wire]) -> Changes:
    """Unplug wires that are seen as one; a group that they fed has one port in their place."""
    changes: list[Change] = []
    groups = document.groups
    for wire in wires:
        document.graph.check_disconnect(wire)
    if len(wires) > 1:
        ends = tuple((wire.target, wire.port) for wire in wires)
        seats = {groups.around(block) for block, _ in ends}
        sources = {group for wire in wires for group in groups.around(wire.source)}
        shared = [g for g in min(seats, key=len) if all(g in seat for seat in seats)]
        folded = [g for g in shared if groups.group(g).folded and g not in sources]
        if folded:
            before = groups.group(folded[0])
            others = (known for known in before.joint if not {*known} & {*ends})
            changes.append(ReplaceGroup(before, replace(before, joint=(*others, ends))))
    return (*changes, *(RemoveWire(wire) for wire in wires))


def fresh_group_name(groups: Groups, like: str = "Group 1") -> str:
    """Give a name that no group has yet: the one that is asked for, or with another number."""
    taken = {group.name for group in groups.all.values()}
    stem = re.sub(r" [0-9]+$", "", like)[: LONGEST_NAME - 6]
    number = 1
    while like in taken:
        number += 1
        like = f"{stem} {number}"
    return like


def _moved(document: Document, places: Mapping[str, Place]) -> Changes:
    before = document.places
    return tuple(
        MoveBlock(at, before[at], place) for at, place in places.items() if before[at] != place
    )


def next_group_id(document: Document, taken: Mapping[str, str] = MappingProxyType({})) -> str:
    """Give an id that no group has, nor any of those that have been taken since."""
    ids = (*document.groups.all, *taken.values())
    number = max((int(group[1:]) for group in ids), default=0) + 1
    while f"g{number}" in document.graph:
        number += 1
    return f"g{number}"
