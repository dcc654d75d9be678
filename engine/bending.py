"""Bends: places that a wire is led through. They belong to the wire, and the graph knows nothing.

As in `verbs`, a verb changes nothing: it raises a typed error, or gives the changes.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from itertools import pairwise

from engine.document import AddBlock, AddWire, Bends, Change, Document, MoveBlock, Place, RemoveWire
from engine.errors import BendError
from engine.graph import Wire

Changes = tuple[Change, ...]

MOST_BENDS = 100
"""Bends that a wire can have."""

FARTHEST = 1e9
"""Scene units beyond which nothing is led."""

CLOSE = 1e-3
"""Scene units by which two blocks may have moved differently and still have moved together."""


@dataclass(frozen=True, slots=True)
class SetBends:
    """A wire is led through other places."""

    wire: Wire
    before: Bends
    after: Bends

    def apply(self, document: Document) -> None:
        """Lead it there."""
        check_bends(document, self.wire, self.after)
        if self.after:
            document.bends[self.wire] = self.after
        else:
            document.bends.pop(self.wire, None)

    def inverse(self) -> Change:
        """Lead it where it went before."""
        return SetBends(self.wire, self.after, self.before)


def check_bends(document: Document, wire: Wire, bends: Bends) -> None:
    """Raise the reason why a wire cannot be led through these places; return if it can.

    Raises
    ------
    UnknownWireError, BendError
        If there is no such wire, or there are too many places, or some are nowhere.
    """
    document.graph.check_disconnect(wire)
    if len(bends) > MOST_BENDS:
        raise BendError(f"A wire has {MOST_BENDS} bends at most.", block=wire.target)
    if not all(math.isfinite(n) and abs(n) <= FARTHEST for place in bends for n in place):
        raise BendError("A bend is too far away to be found again.", block=wire.target)


def bend(
    document: Document, wire: Wire, number: int, place: Place, through: Bends | None = None
) -> Changes:
    """Lead a wire through one more place.

    Parameters
    ----------
    number
        How many of its bends come before the new one.
    through
        What becomes its bends besides: the lanes that it has been led through, else those it has.
    """
    before = document.bends.get(wire, ()) if through is None else through
    return _led(document, wire, (*before[:number], place, *before[number:]))


def move_bend(document: Document, wire: Wire, number: int, place: Place) -> Changes:
    """Let one bend of a wire be somewhere else."""
    before = bends_of(document, wire, number)
    return _led(document, wire, (*before[:number], place, *before[number + 1 :]))


def remove_bend(document: Document, wire: Wire, number: int) -> Changes:
    """Take one bend of a wire away."""
    before = bends_of(document, wire, number)
    return _led(document, wire, (*before[:number], *before[number + 1 :]))


def straighten(document: Document, wires: Iterable[Wire]) -> Changes:
    """Take all bends of some wires away."""
    return tuple(change for wire in wires for change in _led(document, wire, ()))


def bends_of(document: Document, wire: Wire, number: int) -> Bends:
    """Give the bends of a wire.

    Raises
    ------
    BendError
        If there are not so many.
    """
    found = document.bends.get(wire, ())
    if not 0 <= number < len(found):
        raise BendError("There is no such bend.", block=wire.target)
    return found


def _led(document: Document, wire: Wire, after: Bends) -> Changes:
    check_bends(document, wire, after)
    before = document.bends.get(wire, ())
    return () if after == before else (SetBends(wire, before, after),)


def carried(document: Document, changes: Changes) -> Changes:
    """Put into the changes of a verb what they mean for bends.

    Bends go with their wire, and come back with it. They stay where an end of the wire is plugged
    in elsewhere, are parted where a block goes in between, and move along where both blocks do.
    """
    if not document.bends:
        return changes
    bends = dict(document.bends)
    lost: dict[Wire, Bends] = {}
    found: list[Change] = []
    for change in changes:
        match change:
            case SetBends(wire=wire, after=after):
                bends[wire] = after
            case RemoveWire(wire=wire) if bends.get(wire):
                lost[wire] = bends.pop(wire)
                found.append(SetBends(wire, lost[wire], ()))
        found.append(change)
    new = _wired(changes)
    if len(lost) == 1:
        found += _taken_over(document, changes, *lost.popitem(), new)
    told = {change.wire for change in changes if isinstance(change, SetBends)}
    ways = ways_gone(changes)
    for wire, led in bends.items():
        by = ways.get(wire.source)
        if led and wire not in told and by is not None and together(by, ways.get(wire.target)):
            found.append(SetBends(wire, led, tuple(Place(x + by.x, y + by.y) for x, y in led)))
    return tuple(found)


def _wired(changes: Changes) -> Collection[Wire]:
    """Give the wires that come and stay; where several links go, one may come and go again."""
    new: dict[Wire, None] = {}
    for change in changes:
        match change:
            case AddWire(wire=wire):
                new[wire] = None
            case RemoveWire(wire=wire):
                new.pop(wire, None)
    return new


def _taken_over(
    document: Document, changes: Changes, old: Wire, led: Bends, new: Collection[Wire]
) -> Changes:
    """Lead the wires that come in the place of one as that one was led."""
    into = [wire for wire in new if wire.source == old.source]
    out = [wire for wire in new if wire[1:] == old[1:]]
    if len(new) == 1 and (into or out):
        return (SetBends(next(iter(new)), (), led),)
    if len(into) == len(out) == 1 and into[0].target == out[0].source:
        places = dict(document.places)
        places |= {c.block.id: c.place for c in changes if isinstance(c, AddBlock)}
        places |= {c.block: c.after for c in changes if isinstance(c, MoveBlock)}
        between = places[into[0].target]
        way = (places[old.source], *led, places[old.target])
        gaps = [_gap(a, b, between) for a, b in pairwise(way)]
        at = gaps.index(min(gaps))
        parts = ((into[0], led[:at]), (out[0], led[at:]))
        return tuple(SetBends(wire, (), part) for wire, part in parts if part)
    return ()


def _gap(a: Place, b: Place, at: Place) -> float:
    """Tell how far a place is from the straight line between two others."""
    x, y = b.x - a.x, b.y - a.y
    along = ((at.x - a.x) * x + (at.y - a.y) * y) / ((x * x + y * y) or 1.0)
    share = min(max(along, 0.0), 1.0)
    return math.hypot(a.x + share * x - at.x, a.y + share * y - at.y)


def ways_gone(changes: Iterable[Change]) -> Mapping[str, Place]:
    """Tell how far each block and folded group moves."""
    ways: dict[str, Place] = {}
    for change in changes:
        if isinstance(change, MoveBlock):
            x, y = ways.get(change.block, (0.0, 0.0))
            before, after = change.before, change.after
            ways[change.block] = Place(x + after.x - before.x, y + after.y - before.y)
    return ways


def together(way: Place, other: Place | None) -> bool:
    """Tell whether two things go the same way."""
    return other is not None and math.dist(way, other) < CLOSE


def bent_alike(source: Document, twins: Mapping[str, str], by: Place) -> Changes:
    """Lead wires among copies of blocks as those among the originals are led.

    Parameters
    ----------
    twins
        The id of the copy of each block that was copied.
    by
        How far from the originals the copies stand.
    """
    return tuple(
        SetBends(
            Wire(twins[wire.source], twins[wire.target], wire.port),
            (),
            tuple(Place(x + by.x, y + by.y) for x, y in led),
        )
        for wire, led in source.bends.items()
        if wire.source in twins and wire.target in twins
    )
