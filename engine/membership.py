"""Who is in which group, kept true while a verb adds and removes blocks.

A verb need know nothing of groups, bends and marks: `followed` puts in what its changes mean for
them. Only where somebody wants a block to be in another group, `rehomed` says what changes.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
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
from engine.errors import GroupError
from engine.group_room import beside, middle_of, seen_inside, shifted
from engine.groups import Groups
from engine.mark_homes import kept
from engine.marking import marked, move_marks
from engine.placing import ROW, free_shift

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
    kinds = {type(change) for change in changes}
    if kinds.isdisjoint((AddBlock, RemoveBlock)):
        return changes
    if not document.groups and AddGroup not in kinds:
        return changes  # there is no group that any of them could come into or leave
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


def rehomed(document: Document, homes: Mapping[str, str | None]) -> Changes:
    """Let blocks and groups be in other groups; a group that loses its last member goes.

    Parameters
    ----------
    homes
        For each of them the id of the group that it is to be in; None for the whole document.

    Raises
    ------
    GroupError, UnknownBlockError
        If one of them is not there, or a group would be inside itself.
    """
    groups = document.groups.copy()
    found: list[Change] = []
    for member, home in homes.items():
        if member not in groups:
            document.graph.block(member)
        if home is not None and member in (home, *groups.around(groups.group(home).id)):
            raise GroupError(f"{groups.group(member).name} cannot be inside itself.")
        if home != groups.holder(member):
            found += _leave(groups, document.places, member, home)
            if home is not None:
                found.append(_join(groups, home, member))
    return tuple(found)


def taken_out(
    document: Document, items: Collection[str], group: str, marks: Collection[str] = ()
) -> Changes:
    """Take blocks and groups out of a group whose inside is looked at; they stand below it then.

    Parameters
    ----------
    marks
        Ids of frames and notes that are taken out with them.

    Raises
    ------
    GroupError, UnknownBlockError, MarkError
        If one of them is not there.
    """
    groups, places = document.groups, document.places
    holder = groups.holder(group)
    homes = dict.fromkeys(items, holder)
    found = rehomed(document, homes)
    boxes = {mark: marked(document, mark).box for mark in marks}
    here = beside(document, holder, [group, *items])
    anchor = places[group]
    if not groups.group(group).folded:
        rest = [places[at] for at in seen_inside(document, group) if at not in homes]
        anchor = Place(middle_of(rest).x, max(at.y for at in rest)) if rest else anchor
    spots = [*(places[item] for item in items), *(Place(*box.middle) for box in boxes.values())]
    middle = middle_of(spots)
    by = Place(anchor.x - middle.x, anchor.y + ROW - middle.y)
    more = free_shift([shifted(at, by) for at in spots], [*here.values(), anchor])
    by = Place(by.x, by.y + more)
    after = {mark: box.moved(*by) for mark, box in boxes.items()}
    drawn = move_marks(document, after, dict.fromkeys(marks, holder))
    moved = (MoveBlock(item, places[item], shifted(places[item], by)) for item in items)
    return (*drawn, *found, *moved)


def _leave(
    groups: Groups, places: Mapping[str, Place], leaving: str, home: str | None = None
) -> Iterator[Change]:
    """Take a block or a group out of its group, and every group away that is empty then.

    Parameters
    ----------
    home
        Id of the group that it goes to, if it goes to one.
    """
    yield from _let_ports_go(groups, leaving, home)
    member = leaving
    while (holder := groups.holder(member)) is not None:
        before = groups.group(holder)
        after = before.with_members(before.members - {member})
        groups.replace(after)
        yield ReplaceGroup(before, after)
        if member != leaving:
            yield _dissolved(groups, places, member)
        if after.members:
            return
        member = holder
    if member != leaving:
        yield _dissolved(groups, places, member)


def _let_ports_go(groups: Groups, leaving: str, home: str | None) -> Iterator[Change]:
    """Let the groups that something leaves feed none of its ports together with others."""
    still = () if home is None else (*groups.around(home), home)
    gone = groups.blocks(leaving) if leaving in groups else {leaving}
    for group in groups.around(leaving):
        known = groups.group(group)
        if group not in still and any(end[0] in gone for ends in known.joint for end in ends):
            left = (tuple(end for end in ends if end[0] not in gone) for ends in known.joint)
            pruned = replace(known, joint=tuple(ends for ends in left if len(ends) > 1))
            groups.replace(pruned)
            yield ReplaceGroup(known, pruned)


def _dissolved(groups: Groups, places: Mapping[str, Place], group: str) -> Change:
    empty = groups.group(group)
    groups.remove(group)
    return RemoveGroup(empty, places[group])
