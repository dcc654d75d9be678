"""Straight lines that drift towards what they are joined to."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from engine.layout.smoothing import strength

if TYPE_CHECKING:
    from engine.layout.arrays import Floats, Ints
    from engine.layout.before import Before
    from engine.layout.layered import Layered
    from engine.layout.stack import Stack

ROUNDS = 30


def relax(graph: Layered, line: Ints, stacked: Stack, before: Before, y: Floats) -> Floats:
    """Move all lines at once, again and again, towards the mean of what they are joined to.

    A line goes at most half of the way to the next one above or below, which may come towards it;
    so distances that are kept stay kept.

    Parameters
    ----------
    graph : Layered
        The graph.
    line : Ints, shape (vertices,)
        The line of each vertex.
    stacked : Stack
        Which distances the lines have to keep.
    before : Before
        Where the lines stood.
    y : Floats, shape (lines,)
        Where the lines stand.
    """
    tail, head = line[graph.tail], line[graph.head]
    between = tail != head
    tail, head, weight = tail[between], head[between], strength(graph)[between]
    held = before.hold + np.bincount(tail, weight, len(y)) + np.bincount(head, weight, len(y))
    alone = held == 0
    held[alone] = 1.0
    room_below = _Least(stacked.upper, len(y))
    room_above = _Least(stacked.lower, len(y))
    for _ in range(ROUNDS):
        pulled = before.hold * before.y
        pulled += np.bincount(tail, weight * y[head], len(y))
        pulled += np.bincount(head, weight * y[tail], len(y))
        way = np.where(alone, 0.0, pulled / held - y)
        room = np.maximum(y[stacked.lower] - y[stacked.upper] - stacked.distance, 0.0) / 2
        y = y + np.clip(way, -room_above.of(room), room_below.of(room))
    return y


class _Least:
    """The least of the values that belong to each thing, infinite where there are none."""

    def __init__(self, thing: Ints, count: int) -> None:
        self._order = np.argsort(thing, kind="stable")
        self._start = np.flatnonzero(np.diff(thing[self._order], prepend=-1))
        self._thing = thing[self._order][self._start]
        self._count = count

    def of(self, value: Floats) -> Floats:
        """Return the least value of each thing."""
        least = np.full(self._count, np.inf)
        if len(self._thing):
            least[self._thing] = np.minimum.reduceat(value[self._order], self._start)
        return least
