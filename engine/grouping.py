"""What a person can do with groups, each verb as the changes it comes down to.

As in `verbs`, a verb changes nothing: it raises a typed error, or gives the changes.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import Protocol

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
from engine.graph import Graph, Wire
from engine.groups import Group, Groups, check_group_name
from engine.naming import LONGEST_NAME
from engine.order import age

Changes = tuple[Change, ...]

CARD = Place(120.0, 96.0)
"""Width and height that a block is thought to take where room is made, in scene units."""

MARGIN = Place(40.0, 52.0)
"""Room between the outline of a group and what is in it, in scene units."""


def group(document: Document, chosen: Collection[str], name: str = "") -> tuple[Changes, str]:
    """Make one block of several, folded, where they stand.

    Parameters
    ----------
    chosen
        Ids of blocks and groups. Where all of a group is chosen, the group itself is meant.
    name
        What to call it; without one it gets a number.

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
    made = Group(_next_id(document), name or fresh_group_name(groups), members)
    seen = [at for member in members for at in _seen(document, member)]
    place = _free(document, holder, seen)
    changes: list[Change] = [AddGroup(made, place)]
    if holder is not None:
        outer = groups.group(holder)
        if outer.members == members and len(members) == 1:
            raise GroupError(f"{outer.name} is a group of just this already.")
        rest = outer.with_members(outer.members - members)
        whole = rest.with_members(rest.members | {made.id})
        changes = [ReplaceGroup(outer, rest), *changes, ReplaceGroup(rest, whole)]
    return tuple(changes), made.id


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
    place = _free(document, document.groups.holder(group), _seen(document, group))
    return (*_moved(document, {group: place}), ReplaceGroup(before, replace(before, folded=True)))


def unfold(document: Document, group: str) -> Changes:
    """Show what is in a group, where it stands; what is around makes room if it has to."""
    before = document.groups.group(group)
    if not before.folded:
        return ()
    inside = list(seen_inside(document, group))
    middle, place = middle_of([document.places[at] for at in inside]), document.places[group]
    by = Place(place.x - middle.x, place.y - middle.y)
    places = {at: _shifted(document.places[at], by) for at in inside}
    places.update(_room_around(document, group, list(places.values())))
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
        new = Group(_next_id(document, made), part.name, frozenset((*part.blocks, *inner)))
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


class Grouped(Protocol):
    """Whatever has a graph, and groups over it: a document, whoever holds it."""

    @property
    def graph(self) -> Graph:
        """The blocks and wires."""

    @property
    def groups(self) -> Groups:
        """What is seen as one."""


def seen_inside(document: Grouped, group: str | None) -> Iterator[str]:
    """Go through what is seen of a group that is open: its blocks, and its folded groups.

    Parameters
    ----------
    group
        Id of the group; None for the whole document.
    """
    groups = document.groups
    todo = [group] if group is not None else []
    if group is None:
        for member in (*document.graph.blocks, *groups.all):
            if groups.holder(member) is None:
                if member in groups and not groups.group(member).folded:
                    todo.append(member)
                else:
                    yield member
    while todo:
        for member in sorted(groups.group(todo.pop()).members, key=age):
            if member in groups and not groups.group(member).folded:
                todo.append(member)
            else:
                yield member


def _seen(document: Document, member: str) -> list[str]:
    """List what is seen of a block or a group."""
    if member in document.groups and not document.groups.group(member).folded:
        return list(seen_inside(document, member))
    return [member]


def beside(document: Document, holder: str | None, items: Collection[str]) -> dict[str, Place]:
    """Find where everything else stands that is seen together with items of a group."""
    while holder is not None and not document.groups.group(holder).folded:
        holder = document.groups.holder(holder)
    without = set(items)
    seen = (at for at in seen_inside(document, holder) if at not in without)
    return {at: document.places[at] for at in seen}


def _free(document: Document, holder: str | None, items: Collection[str]) -> Place:
    """Find the free place nearest to the middle of some items, above it or below."""
    middle = middle_of([document.places[at] for at in items])
    others = beside(document, holder, items).values()
    near = [p.y for p in others if abs(p.x - middle.x) < CARD.x]
    heights = [middle.y, *(y + way * CARD.y * 1.2 for y in near for way in (-1, 1))]
    free = [y for y in heights if all(abs(y - other) >= CARD.y for other in near)]
    return Place(middle.x, min(free, key=lambda y: (abs(y - middle.y), y)))


def _room_around(document: Document, group: str, inside: list[Place]) -> dict[str, Place]:
    """Push what is around a group outwards, if it would stand in the outline of the open group."""
    others = beside(document, document.groups.holder(group), [group])
    middle = document.places[group]
    reach = Place(
        max(abs(p.x - middle.x) for p in inside) + CARD.x / 2 + MARGIN.x,
        max(abs(p.y - middle.y) for p in inside) + CARD.y / 2 + MARGIN.y,
    )

    def is_in_the_way(p: Place) -> bool:
        near_x = abs(p.x - middle.x) < reach.x + CARD.x / 2
        return near_x and abs(p.y - middle.y) < reach.y + CARD.y / 2

    if not any(is_in_the_way(place) for place in others.values()):
        return {}
    by = Place(reach.x - CARD.x / 2, reach.y - CARD.y / 2)
    return {
        at: Place(
            place.x + _outwards(place.x - middle.x, CARD.x / 2) * by.x,
            place.y + _outwards(place.y - middle.y, CARD.y / 2) * by.y,
        )
        for at, place in others.items()
    }


def _outwards(gap: float, still: float) -> int:
    return (gap > still) - (gap < -still)


def middle_of(places: Collection[Place]) -> Place:
    """Give the middle of the rectangle around some places."""
    xs, ys = [p.x for p in places], [p.y for p in places]
    return Place((min(xs) + max(xs)) / 2, (min(ys) + max(ys)) / 2)


def _shifted(place: Place, by: Place) -> Place:
    return Place(place.x + by.x, place.y + by.y)


def _moved(document: Document, places: Mapping[str, Place]) -> Changes:
    before = document.places
    return tuple(
        MoveBlock(at, before[at], place) for at, place in places.items() if before[at] != place
    )


def copies(
    document: Document, twins: Mapping[str, str], by: Place
) -> tuple[Changes, dict[str, str]]:
    """Group copied blocks as their originals are grouped.

    Parameters
    ----------
    twins
        The id of the copy of each block that was copied. A group of which all blocks were copied
        is copied too; any other copy is in the group that its original is in.
    by
        How far from the originals the copies stand.

    Returns
    -------
    tuple
        The changes, and the id of the copy of each group.
    """
    changes, made = regrouped(document, document, twins, by)
    groups = document.groups
    joined: dict[str, frozenset[str]] = {}
    for old_id, new_id in {**twins, **made}.items():
        holder = groups.holder(old_id)
        if holder is not None and holder not in made:
            joined[holder] = joined.get(holder, frozenset()) | {new_id}
    for holder, members in joined.items():
        before = groups.group(holder)
        changes += (ReplaceGroup(before, before.with_members(before.members | members)),)
    return changes, made


def regrouped(
    document: Document, source: Document, twins: Mapping[str, str], by: Place
) -> tuple[Changes, dict[str, str]]:
    """Make the groups in a document that copies of blocks of another one were in.

    Parameters
    ----------
    twins
        The id of the copy of each block that was copied. A group of which all blocks were copied
        is copied too.

    Returns
    -------
    tuple
        The changes, and the id of the copy of each group.
    """
    known = dict(twins)
    made: dict[str, str] = {}
    changes: list[Change] = []
    trial = document.groups.copy()
    for old in source.groups.inner_first():
        if not old.members <= known.keys():
            continue
        members = frozenset(known[member] for member in old.members)
        joint = tuple(tuple((known[block], port) for block, port in ends) for ends in old.joint)
        name = fresh_group_name(trial, old.name)
        new = Group(_next_id(document, made), name, members, old.folded, joint)
        known[old.id] = made[old.id] = new.id
        trial.add(new)
        changes.append(AddGroup(new, _shifted(source.places[old.id], by)))
    return tuple(changes), made


def _next_id(document: Document, taken: Mapping[str, str] = MappingProxyType({})) -> str:
    ids = (*document.groups.all, *taken.values())
    number = max((int(group[1:]) for group in ids), default=0) + 1
    while f"g{number}" in document.graph:
        number += 1
    return f"g{number}"
