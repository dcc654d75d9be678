"""Which vertices stand in one straight line."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from engine.layout.layered import BEND

if TYPE_CHECKING:
    from engine.layout.arrays import Bools, Floats, Ints
    from engine.layout.before import Before
    from engine.layout.layered import Layered

# A segment is made straight if it rises or falls by less than this many rows: much where nothing
# else would be disturbed by it, little elsewhere.
FIRM = 1.0
NEARLY = 0.3

# Between blocks that stood somewhere before, only what was straight already.
STRAIGHT = 0.02

NOBODY = -1


def lines(graph: Layered, y: Floats, row: float, before: Before) -> Ints:
    """Join vertices by segments that are nearly straight, so that no two of these cross.

    The segments of chains and of long wires come first. Of lines that do not cross, one is never
    above another in one layer and below it elsewhere, by whatever lines between: they can be
    stacked like blocks.

    Parameters
    ----------
    graph : Layered
        The graph, its vertices numbered in their final order.
    y : Floats, shape (vertices,)
        How far down each vertex stands.
    row : float
        The height of a row.
    before : Before
        Where the vertices stood.

    Returns
    -------
    Ints, shape (vertices,)
        The line of each vertex, counted from 0.
    """
    bent = np.abs(y[graph.tail] - y[graph.head]) / row
    stay = (before.hold[graph.tail] > 0) & (before.hold[graph.head] > 0)
    firm = _firm(graph) & (bent < np.where(stay, STRAIGHT, FIRM))
    partner = np.full(graph.vertices, NOBODY)
    partner[graph.head[firm]] = graph.tail[firm]
    partner = _uncrossed(partner)

    fits = np.flatnonzero((bent < np.where(stay, STRAIGHT, NEARLY)) & _fits(graph, partner))
    fits = fits[np.argsort(-bent[fits], kind="stable")]
    left = np.full(graph.vertices, NOBODY)
    left[graph.tail[fits]] = fits  # of several segments the last one stays: the straightest
    right = np.full(graph.vertices, NOBODY)
    right[graph.head[fits]] = fits
    fits = fits[(left[graph.tail[fits]] == fits) & (right[graph.head[fits]] == fits)]
    partner[graph.head[fits]] = graph.tail[fits]
    return _joined(_uncrossed(partner))


def _firm(graph: Layered) -> Bools:
    """Tell which segments belong to a chain or to the middle of a long wire."""
    leaving = np.bincount(graph.tail, minlength=graph.vertices)
    entering = np.bincount(graph.head, minlength=graph.vertices)
    bend = graph.block == BEND
    chain = (leaving[graph.tail] == 1) & (entering[graph.head] == 1)
    firm: Bools = chain | (bend[graph.tail] & bend[graph.head])
    return firm


def _fits(graph: Layered, partner: Ints) -> Bools:
    """Tell which segments join vertices that are free, and cross no segment that is taken."""
    head = np.flatnonzero(partner != NOBODY)
    tail = partner[head]
    tail_above = np.append(NOBODY, tail)[np.searchsorted(head, graph.head)]
    tail_below = np.append(tail, graph.vertices)[np.searchsorted(head, graph.head)]
    free = (partner[graph.head] == NOBODY) & ~np.isin(graph.tail, tail)
    fits: Bools = free & (tail_above < graph.tail) & (graph.tail < tail_below)
    return fits


def _uncrossed(partner: Ints) -> Ints:
    """Keep of the segments, from the top of every layer, those that cross none that is kept."""
    kept = [NOBODY] * len(partner)
    taken = NOBODY
    for vertex, tail in enumerate(partner.tolist()):
        if tail > taken:
            kept[vertex] = taken = tail
    return np.array(kept)


def _joined(partner: Ints) -> Ints:
    """Follow the partners to the left end; vertices that come to the same end form a line."""
    end = np.where(partner == NOBODY, np.arange(len(partner)), partner)
    further = end[end]
    while not np.array_equal(further, end):
        end, further = further, further[further]
    _, line = np.unique(end, return_inverse=True)
    return line
