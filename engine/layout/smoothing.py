"""Wires as short as can be, before any of them is made straight."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from engine.layout.layered import BEND

if TYPE_CHECKING:
    from engine.layout.arrays import Bools, Floats, Ints
    from engine.layout.before import Before
    from engine.layout.layered import Layered
    from engine.layout.stack import Stack

SWEEPS = 12
SETTLED = 0.25

# How strongly a segment wants to be straight, by how many of its ends are bends: a long wire that
# turns at every layer is hard to follow. The idea and the figures are those of E. Gansner and
# others, "A Technique for Drawing Directed Graphs" (IEEE TSE 1993).
STRENGTH = np.array([1.0, 2.0, 8.0])

# What no wire holds stays where it is, as long as nothing pushes.
LOOSE = 0.01


def strength(graph: Layered) -> Floats:
    """Return how strongly each segment wants to be straight."""
    bend = (graph.block == BEND).astype(np.int64)
    strengths: Floats = graph.weight * STRENGTH[bend[graph.tail] + bend[graph.head]]
    return strengths


def smooth(graph: Layered, stacked: Stack, before: Before) -> Floats:
    """Place the vertices so that the squares of the heights of all segments add up to little.

    Every second layer moves at once, to the best places that its neighbours and the distances
    allow; then the layers between. Each such move is a least-squares problem that has an exact
    solution, see `_in_order`.

    Parameters
    ----------
    graph : Layered
        The graph, its vertices numbered in their final order.
    stacked : Stack
        Which distances have to be kept.
    before : Before
        Where the vertices stood.

    Returns
    -------
    Floats, shape (vertices,)
        How far down each vertex stands.
    """
    start, size = graph.cells()
    opens = np.zeros(graph.vertices, dtype=bool)
    opens[start] = True
    # Vertices keep their distances exactly if their heights above the packed cell never decrease.
    packed = np.zeros(graph.vertices)
    packed[stacked.lower] = stacked.distance
    packed = np.cumsum(packed)
    packed -= np.repeat((packed[start] + packed[start + size - 1]) / 2, size)

    weight = strength(graph)
    held = before.hold + np.bincount(graph.tail, weight, graph.vertices)
    held += np.bincount(graph.head, weight, graph.vertices)
    loose = held == 0
    held[loose] = LOOSE
    turns = [np.flatnonzero(graph.layer % 2 == parity) for parity in (0, 1)]
    y = before.y if before.hold.any() else packed
    y = y.copy()
    for _ in range(SWEEPS):
        last = y.copy()
        for turn in turns:
            pulled = before.hold * before.y
            pulled += np.bincount(graph.tail, weight * y[graph.head], graph.vertices)
            pulled += np.bincount(graph.head, weight * y[graph.tail], graph.vertices)
            pulled[loose] = LOOSE * y[loose]
            wish = (pulled / held - packed)[turn]
            y[turn] = packed[turn] + _in_order(wish, held[turn], opens[turn])
        if np.abs(y - last).max() < SETTLED:
            break
    return y


def _in_order(wish: Floats, weight: Floats, opens: Bools) -> Floats:
    """Return the values closest to the wishes that never decrease inside a cell.

    Neighbours that are in the wrong order share the mean of their wishes, until none are (pool
    adjacent violators). Runs of them, in all cells, are pooled at once.

    Parameters
    ----------
    wish, weight : Floats, shape (elements,)
        What each wants to be, and how much that matters.
    opens : Bools, shape (elements,)
        Where a new cell begins.
    """
    mean, total = wish, wish * weight
    pool: Ints = np.arange(len(wish))
    while True:
        starts = np.append(True, (mean[1:] >= mean[:-1]) | opens[1:])
        if starts.all():
            return mean[pool]
        first = np.flatnonzero(starts)
        total, weight = np.add.reduceat(total, first), np.add.reduceat(weight, first)
        mean, opens = total / weight, opens[first]
        pool = (np.cumsum(starts) - 1)[pool]
