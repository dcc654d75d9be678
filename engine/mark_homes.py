"""Which group frames and notes belong to, while groups and blocks come and go.

A verb need know nothing of them: `kept` puts in what its changes mean for what was drawn.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import replace

import numpy as np

from engine.bending import together, ways_gone
from engine.document import AddGroup, Change, Document, Place, RemoveBlock, RemoveGroup
from engine.group_room import seen_inside, seen_of
from engine.groups import Group, Groups
from engine.marking import AddMark, Changes, RemoveMark, ReplaceMark, marked
from engine.marks import Frame, Mark
from engine.visible import marks_seen


def taken_along(document: Document, made: Group, chosen: Collection[str]) -> Changes:
    """Let what is drawn around the blocks of a new group belong to it.

    That is what was chosen, each frame in which nothing else stands, and what such a frame holds.

    Parameters
    ----------
    made
        The group, which the document need not have yet.
    chosen
        Ids of frames and notes.
    """
    groups = document.groups
    taken = {mark: marked(document, mark) for mark in chosen}
    if document.marks:
        frames = [*_frames_of(document, made)]
        held = (m for m in document.marks.values() if any(f.box.holds(m.box) for f in frames))
        around = _around(document, made)
        taken.update((m.id, m) for m in (*frames, *held) if m.within in around)
    inner = {member for member in made.members if member in groups}
    inner |= {g for group in inner for g in groups.inside(group) if g in groups}
    return tuple(
        ReplaceMark(mark, replace(mark, within=made.id))
        for mark in taken.values()
        if mark.within not in inner
    )


def shared_out(document: Document, groups: Groups, places: Mapping[str, Place]) -> Changes:
    """Let frames, and what they hold, belong to new groups of all blocks that stand in them.

    Parameters
    ----------
    groups
        The groups that the document is going to have; it has none yet.
    places
        Where the blocks are going to stand.
    """
    blocks = list(document.graph.blocks) if document.marks else []
    x, y = np.array([document.places[block] for block in blocks], dtype=float).reshape(-1, 2).T
    found: dict[str, Mark] = {}
    # The small ones come last: what two of them hold belongs to the same as the smaller.
    frames = [mark for mark in document.marks.values() if isinstance(mark, Frame)]
    for frame in sorted(frames, key=lambda frame: -frame.box.width * frame.box.height):
        left, top, width, height = frame.box
        there = (left <= x) & (x <= left + width) & (top <= y) & (y <= top + height)
        inside = [blocks[row] for row in np.flatnonzero(there).tolist()]
        home, way = _shared(document, groups, places, inside)
        for mark in document.marks.values() if home is not None else ():
            if mark == frame or frame.box.holds(mark.box):
                found[mark.id] = replace(mark, within=home, box=mark.box.moved(*way))
    return tuple(ReplaceMark(document.marks[mark], after) for mark, after in found.items())


def _shared(
    document: Document, groups: Groups, places: Mapping[str, Place], blocks: Collection[str]
) -> tuple[str | None, Place]:
    """Give the innermost group that all of some blocks are in, if they go there side by side."""
    seats = [groups.around(block) for block in blocks]
    shared = [g for g in seats[0] if all(g in seat for seat in seats)] if seats else []
    ways = {
        block: Place(places[block].x - at.x, places[block].y - at.y)
        for block in blocks
        for at in (document.places[block],)
    }
    first = next(iter(ways.values()), None)
    alike = first is not None and all(together(first, way) for way in ways.values())
    return (shared[-1], first) if shared and alike and first is not None else (None, Place(0, 0))


def _frames_of(document: Document, made: Group) -> Iterator[Mark]:
    """Go through the frames that are seen around blocks of a group, and around nothing else."""
    level = next(
        (g for g in _around(document, made) if g and document.groups.group(g).folded), None
    )
    mine = {at for member in made.members for at in seen_of(document, member)}
    others = [at for at in seen_inside(document, level) if at not in mine]
    places = document.places
    for mark in marks_seen(document.marks.values(), document.groups, level):
        has = mark.box.has
        is_around = isinstance(mark, Frame) and any(has(*places[at]) for at in mine)
        if is_around and not any(has(*places[at]) for at in others):
            yield mark


def _around(document: Document, made: Group) -> tuple[str | None, ...]:
    """List what is around a new group: the innermost group first, the document last."""
    groups = document.groups
    member = next(iter(made.members))
    return (*reversed(groups.around(member)), None)


def kept(document: Document, changes: Changes) -> Changes:
    """Put into the changes of a verb what they mean for frames and notes.

    What was drawn in a group moves when all in the group does. It goes when the group goes, unless
    something that was in the group stays: then it belongs to what was around the group.
    """
    lost = _groups_lost(changes)
    if lost:
        changes = tuple(_rehung(document, change, lost) for change in changes)
    inside = [mark for mark in document.marks.values() if mark.within is not None]
    told = {change.after.id for change in changes if isinstance(change, ReplaceMark)}
    told |= {change.mark.id for change in changes if isinstance(change, RemoveMark)}
    inside = [mark for mark in inside if mark.id not in told]
    if not inside:
        return changes
    gone, ways = _blocks_lost(changes), ways_gone(changes)
    found: list[Change] = []
    for mark in inside:
        home = mark.within
        if home is not None and home in lost and document.groups.blocks(home) <= gone:
            found.append(RemoveMark(mark))
            continue
        by = _way_of(document, home, ways)
        home = _still_there(document, home, lost)
        after = replace(mark, box=mark.box.moved(by.x, by.y), within=home)
        if after != mark:
            found.append(ReplaceMark(mark, after))
    return (*found, *changes)


def _rehung(document: Document, change: Change, lost: Collection[str]) -> Change:
    """Let what a verb draws in a group that goes belong to what is around the group."""
    match change:
        case ReplaceMark(after=mark) if mark.within in lost:
            return replace(change, after=_outside(document, mark, lost))
        case AddMark(mark=mark) if mark.within in lost:
            return AddMark(_outside(document, mark, lost))
    return change


def _outside(document: Document, mark: Mark, lost: Collection[str]) -> Mark:
    return replace(mark, within=_still_there(document, mark.within, lost))


def _still_there(document: Document, home: str | None, lost: Collection[str]) -> str | None:
    """Give the innermost group at or around one that stays."""
    while home is not None and home in lost:
        home = document.groups.holder(home)
    return home


def _groups_lost(changes: Iterable[Change]) -> Collection[str]:
    lost: set[str] = set()
    for change in changes:
        match change:
            case RemoveGroup(group=group):
                lost.add(group.id)
            case AddGroup(group=group):
                lost.discard(group.id)
    return lost


def _blocks_lost(changes: Iterable[Change]) -> frozenset[str]:
    return frozenset(change.block.id for change in changes if isinstance(change, RemoveBlock))


def _way_of(document: Document, group: str | None, ways: Mapping[str, Place]) -> Place:
    """Tell how far all that is seen in a group moves; nowhere, if not all of it does so alike."""
    inside = [ways.get(item) for item in seen_inside(document, group)] if ways else []
    first = inside[0] if inside else None
    alike = first is not None and all(together(first, way) for way in inside)
    return first if first is not None and alike else Place(0.0, 0.0)
