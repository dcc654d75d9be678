"""Who is in which group, kept true while a verb adds and removes blocks.

A verb need know nothing of groups, bends and marks: `followed` puts in what its changes mean for
them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from engine.bending import carried
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
    ReplaceGroup,
)
from engine.groups import Groups
from engine.marking import kept

Changes = tuple[Change, ...]


def followed(document: Document, changes: Changes, within: str | None = None) -> Changes:
    """Put into the changes of a verb what they mean for groups, for bends and for marks.

    A block that goes away leaves its group, and a group that loses its last member goes too. A
    block that is inserted between blocks of one group is in that group; any other new one is in
    `within`, and so is a new group that is in no other.

    Parameters
    ----------
    within
        Id of the group whose inside the person is looking at.

    Returns
    -------
    tuple
        The same changes, with others in between.
    """
    return kept(document, carried(document, _grouped(document, changes, within)))


def _grouped(document: Document, changes: Changes, within: str | None) -> Changes:
    if not any(isinstance(change, AddBlock | RemoveBlock) for change in changes):
        return changes
    groups = document.groups.copy()
    places = {group: document.places[group] for group in groups.all}
    told, near = _told(changes), _neighbours(changes)
    found: list[Change] = []
    for change in changes:
        if isinstance(change, RemoveBlock):
            found += _leave(groups, places, change.block.id)
        found.append(change)
        _note(groups, places, change)
        home = None
        if isinstance(change, AddBlock) and change.block.id not in told:
            home, new = _home(groups, near.get(change.block.id, ALONE), within), change.block.id
        elif isinstance(change, AddGroup) and change.group.id not in told and within in groups:
            home, new = within, change.group.id
        if home is not None:
            found.append(_join(groups, home, new))
    return tuple(found)


def _note(groups: Groups, places: dict[str, Place], change: Change) -> None:
    """Keep up with what a verb itself does to groups."""
    match change:
        case AddGroup(group=group, place=place):
            groups.add(group)
            places[group.id] = place
        case RemoveGroup(group=group):
            groups.remove(group.id)
        case ReplaceGroup(after=after):
            groups.replace(after)
        case MoveBlock(block=moved, after=place) if moved in groups:
            places[moved] = place


def _told(changes: Iterable[Change]) -> frozenset[str]:
    """Find the members that a verb puts into groups by itself."""
    found: set[str] = set()
    for change in changes:
        match change:
            case AddGroup(group=group) | ReplaceGroup(after=group):
                found |= group.members
    return frozenset(found)


Neighbours = tuple[set[str], set[str]]
"""The blocks that feed a block, and those that it feeds."""

ALONE: Neighbours = (set(), set())


def _neighbours(changes: Changes) -> dict[str, Neighbours]:
    """Find what each block is wired to by the changes: once, for a verb may add thousands."""
    found: dict[str, Neighbours] = {}
    for change in changes:
        if isinstance(change, AddWire):
            wire = change.wire
            found.setdefault(wire.target, (set(), set()))[0].add(wire.source)
            found.setdefault(wire.source, (set(), set()))[1].add(wire.target)
    return found


def _home(groups: Groups, near: Neighbours, within: str | None) -> str | None:
    """Find the group that a new block is in: that of both its neighbours, else `within`."""
    before, after = ({groups.holder(block) for block in blocks} for blocks in near)
    if len(before) == 1 and before == after:
        (home,) = before
        if home is not None:
            return home
    return within if within in groups else None


def _join(groups: Groups, group: str, block: str) -> Change:
    before = groups.group(group)
    after = before.with_members(before.members | {block})
    groups.replace(after)
    return ReplaceGroup(before, after)


def _leave(groups: Groups, places: Mapping[str, Place], member: str) -> Iterator[Change]:
    """Take a block out of its group, and every group away that is empty then."""
    for group in groups.around(member):
        known = groups.group(group)
        if any(end[0] == member for ends in known.joint for end in ends):
            left = (tuple(end for end in ends if end[0] != member) for ends in known.joint)
            pruned = replace(known, joint=tuple(ends for ends in left if len(ends) > 1))
            groups.replace(pruned)
            yield ReplaceGroup(known, pruned)
    while (holder := groups.holder(member)) is not None:
        before = groups.group(holder)
        after = before.with_members(before.members - {member})
        groups.replace(after)
        yield ReplaceGroup(before, after)
        yield from _dissolve(groups, places, member)
        if after.members:
            return
        member = holder
    yield from _dissolve(groups, places, member)


def _dissolve(groups: Groups, places: Mapping[str, Place], member: str) -> Iterator[Change]:
    if member in groups:
        empty = groups.group(member)
        groups.remove(member)
        yield RemoveGroup(empty, places[member])
