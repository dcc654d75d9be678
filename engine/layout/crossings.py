"""How tangled an order is: the wires that cross, and the wires that enter a block twisted."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from engine.layout.arrays import Floats, Ints
    from engine.layout.layered import Layered

# Two wires that enter a block in the wrong order cross just before it. Half a crossing means that
# one such pair never costs a crossing elsewhere, and that two of them may.
TWIST = 0.5


def tangle(graph: Layered, rank: Ints) -> Floats:
    """Measure several orders of one graph at once; less is better.

    Parameters
    ----------
    graph : Layered
        The graph.
    rank : Ints, shape (orders, vertices)
        The number of every vertex in each order.

    Returns
    -------
    Floats, shape (orders,)
        Crossings, and `TWIST` for each pair of wires that enters a block the wrong way round.
    """
    upper, lower = port_pairs(graph)
    twisted = np.count_nonzero(rank[:, upper] > rank[:, lower], axis=1)
    measure: Floats = crossings(graph, rank) + TWIST * twisted
    return measure


def port_pairs(graph: Layered) -> tuple[Ints, Ints]:
    """Return the vertices that should stand one above the other, as neighbouring ports are."""
    by_port = np.lexsort((graph.port, graph.head))
    head, tail = graph.head[by_port], graph.tail[by_port]
    pair = (head[1:] == head[:-1]) & (tail[1:] != tail[:-1])
    return tail[:-1][pair], tail[1:][pair]


def crossings(graph: Layered, rank: Ints) -> Ints:
    """Count the crossings of several orders of one graph at once.

    Two segments of one gap cross where their tails stand in one order and their heads in the
    other, so the crossings are the inversions among the heads, once the segments are sorted by
    their tails. Numbers grow from layer to layer, so that segments of different gaps are never
    inverted, and all gaps are counted in one go.

    Parameters
    ----------
    graph : Layered
        The graph.
    rank : Ints, shape (orders, vertices)
        The number of every vertex in each order.

    Returns
    -------
    Ints, shape (orders,)
        Crossings of each order; a segment that `n` wires share counts `n` times.
    """
    orders = len(rank)
    tail, head = rank[:, graph.tail], rank[:, graph.head]
    by_tail = np.argsort(tail * graph.vertices + head, axis=1)
    head = np.take_along_axis(head, by_tail, axis=1)
    weight = graph.weight[by_tail]

    width = np.diff(graph.first)
    start = np.repeat(graph.first[:-1], width)[head]
    gap = start + graph.vertices * np.arange(orders)[:, np.newaxis]
    limit = int(width.max(initial=1))
    inverted = _inversions(gap.ravel(), (head - start).ravel(), weight.ravel(), limit)
    counts: Ints = inverted.reshape(orders, -1).sum(axis=1)
    return counts


def _inversions(group: Ints, value: Ints, weight: Ints, limit: int) -> Ints:
    """Weigh the pairs of one group whose greater value stands first.

    Bit by bit from the highest: among values of one group whose higher bits agree, a one before a
    zero is such a pair. Sorting by that bit splits each group in two, for the next bit.

    Returns
    -------
    Ints, shape (elements,)
        The weight of the pairs, spread over the elements of their group.
    """
    total = np.zeros(len(value), dtype=np.int64)
    index = np.arange(len(value))
    for bit in reversed(range(limit.bit_length())):
        one = (value >> bit) & 1
        ones = one * weight
        passed = np.cumsum(ones)
        opens = np.empty(len(value), dtype=bool)
        opens[:1] = True
        np.not_equal(group[1:], group[:-1], out=opens[1:])
        outside = np.maximum.accumulate(np.where(opens, passed - ones, 0))
        total += (weight - ones) * (passed - outside)
        group = 2 * group + one
        by_bit = np.argsort(group * len(group) + index)  # stable, and faster than asking for it
        group, value, weight = group[by_bit], value[by_bit], weight[by_bit]
    return total
