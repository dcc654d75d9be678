"""What it costs to have one vertex above another."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from engine.layout.crossings import TWIST

if TYPE_CHECKING:
    from engine.layout.arrays import Floats32, Ints
    from engine.layout.benches import Bench, Side


def costs(bench: Bench, rank: Ints) -> Floats32:
    """Compare all pairs of vertices in the cells of a bench.

    Parameters
    ----------
    bench : Bench
        The cells.
    rank : Ints, shape (orders, vertices)
        The number of every vertex in each order.

    Returns
    -------
    Floats32, shape (orders * cells, room, room)
        At (cell, u, v), with u and v counted from the top of the cell: how much more tangled the
        order is where u stands above v than where v stands above u.
    """
    cells = len(rank) * len(bench.size)
    cost = np.zeros((cells, bench.room, bench.room), dtype=np.float32)
    for side in bench.sides:
        _add_crossings(cost, bench, side, rank)
    _add_twists(cost, bench, rank)
    return cost


def _add_crossings(cost: Floats32, bench: Bench, side: Side, rank: Ints) -> None:
    """Add the crossings among the segments of one side."""
    cells, room, _ = cost.shape
    mine = rank[:, side.vertex]
    cell = _cells(bench, mine)
    inside = cell >= 0
    if not inside.any():
        return
    place = (mine - bench.start[bench.cell[mine]])[inside]
    weight = np.broadcast_to(side.weight, mine.shape)[inside]
    cell, neighbour = cell[inside], rank[:, side.neighbour][inside]

    # A column for each place that the segments of a cell lead to, from top to bottom.
    by_column = np.argsort(cell * rank.shape[1] + neighbour)
    cell, place, neighbour = cell[by_column], place[by_column], neighbour[by_column]
    opens = (np.diff(neighbour, prepend=-1) != 0) | (np.diff(cell, prepend=-1) != 0)
    columns = np.bincount(cell[opens], minlength=cells)
    column = np.cumsum(opens) - 1 - (np.cumsum(columns) - columns)[cell]
    weight = weight[by_column]

    # Cells with about as many columns are computed together.
    magnitude = np.ceil(np.log2(np.maximum(columns, 1)) / 2)
    for m in np.unique(magnitude[columns > 0]):
        chosen = np.flatnonzero((magnitude == m) & (columns > 0))
        mine = magnitude[cell] == m
        shape = (len(chosen), int(columns[chosen].max()), room)
        at = (np.searchsorted(chosen, cell[mine]) * shape[1] + column[mine]) * room + place[mine]
        wires = np.zeros(shape, dtype=np.float32)
        np.add.at(wires.ravel(), at, weight[mine])
        cost[chosen] += _crossings(wires)


def _crossings(wires: Floats32) -> Floats32:
    """Compare all pairs of vertices in cells by where their wires lead.

    Parameters
    ----------
    wires : Floats32, shape (cells, columns, room)
        How many wires each vertex has that lead to each column.

    Returns
    -------
    Floats32, shape (cells, room, room)
        See `costs`.
    """
    # With u above v, a wire of u crosses those of v that lead further up than it does; with u below
    # v, those that lead further down.
    until = np.cumsum(wires, axis=1)
    up_less_down = 2 * until - wires - until[:, -1:]
    compared: Floats32 = np.matmul(wires.transpose(0, 2, 1), up_less_down)
    return compared


def _add_twists(cost: Floats32, bench: Bench, rank: Ints) -> None:
    """Add the wires that would enter a block in the wrong order."""
    upper, lower = rank[:, bench.upper], rank[:, bench.lower]
    cell = _cells(bench, upper)
    together = (cell == _cells(bench, lower)) & (cell >= 0)
    start = bench.start[bench.cell[upper]]
    at, u, v = cell[together], (upper - start)[together], (lower - start)[together]
    twist = np.float32(TWIST)
    np.add.at(cost, (at, u, v), -twist)
    np.add.at(cost, (at, v, u), twist)


def _cells(bench: Bench, number: Ints) -> Ints:
    """Return the cell of each number, counted through all orders, or -1."""
    cell = bench.cell[number]
    order = np.arange(len(number))[:, np.newaxis]
    cells: Ints = np.where(cell < 0, -1, cell + len(bench.size) * order)
    return cells
