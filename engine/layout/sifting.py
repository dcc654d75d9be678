"""Order by sifting: every vertex tries all places of its cell, and takes the best."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from engine.layout.benches import WIDEST, Bench, benches
from engine.layout.costs import costs
from engine.layout.crossings import port_pairs

if TYPE_CHECKING:
    from collections.abc import Callable

    from engine.layout.arrays import Bools, Floats32, Ints
    from engine.layout.layered import Layered

    # From the gain of every gap in every cell, where the vertex stands, and the size of the cells:
    # the gap to move to, and whether to move at all.
    Choice = Callable[[Floats32, Ints, Ints], tuple[Ints, Bools]]


class Sifter:
    """Sifts several orders of one graph at once; an order never gets more tangled by it.

    Parameters
    ----------
    graph : Layered
        The graph.
    pinned : Bools, shape (vertices,), optional
        Vertices that may not move; others may move past them.
    """

    def __init__(self, graph: Layered, pinned: Bools | None = None) -> None:
        pairs = port_pairs(graph)
        _, width = graph.cells()
        shifts = (0, WIDEST // 2) if width.max(initial=0) > WIDEST else (0,)
        self._benches = [benches(graph, pairs, shift=shift) for shift in shifts]
        self._free = np.full(graph.vertices, fill_value=True) if pinned is None else ~pinned

    def settle(self, rank: Ints, rounds: int) -> None:
        """Move vertices as long as that untangles an order, in place.

        Parameters
        ----------
        rank : Ints, shape (orders, vertices)
            The number of every vertex in each order.
        rounds : int
            How often every vertex may move at most.
        """
        for turn in range(rounds):
            moved = [_sift(bench, rank, self._free, _better) for bench in self._in_turn(turn)]
            if not any(moved):
                return

    def roam(self, rank: Ints, rounds: int) -> None:
        """Move vertices also where that changes nothing: it opens ways that `settle` cannot see.

        See `settle` for the parameters.
        """
        for turn in range(rounds):
            choice = (_highest, _lowest)[turn // 2 % 2]
            for bench in self._in_turn(turn):
                _sift(bench, rank, self._free, choice)

    def _in_turn(self, turn: int) -> list[Bench]:
        """Return the benches from left to right, and back, in the cuts whose turn it is."""
        cut = self._benches[turn % len(self._benches)]
        return cut if turn % 2 == 0 else cut[::-1]


def _better(gain: Floats32, here: Ints, size: Ints) -> tuple[Ints, Bools]:  # noqa: ARG001
    """Move to the best gap if it is better than to stay."""
    gap = gain.argmax(axis=1)
    row = np.arange(len(gain))
    return gap, gain[row, gap] > gain[row, here]


def _highest(gain: Floats32, here: Ints, size: Ints) -> tuple[Ints, Bools]:
    """Move to the highest of the best gaps."""
    gap = gain.argmax(axis=1)
    return gap, (gap != here) & (gap != here + 1) & (here < size)


def _lowest(gain: Floats32, here: Ints, size: Ints) -> tuple[Ints, Bools]:
    """Move to the lowest of the best gaps."""
    gap = np.minimum(gain.shape[1] - 1 - gain[:, ::-1].argmax(axis=1), size)
    return gap, (gap != here) & (gap != here + 1) & (here < size)


def _sift(bench: Bench, rank: Ints, free: Bools, choice: Choice) -> bool:
    """Let every free vertex of a bench move once; tell whether any did."""
    cost = costs(bench, rank)
    cells, _, room = cost.shape
    size = np.tile(bench.size, len(rank))
    place = np.tile(np.arange(room), (cells, 1))
    first = np.arange(cells)[:, np.newaxis] * room
    from_top = np.empty((cells, room), dtype=np.float32)
    gain = np.zeros((cells, room + 1), dtype=np.float32)
    may_move = _free_places(bench, rank, free)
    any_moved = False
    for vertex in range(room):
        # To move up past others saves what it costs to stand below them, so the costs of standing
        # above them, added up from the top, tell what each gap gains over the topmost.
        from_top.ravel()[first + place] = cost[:, vertex]
        from_top.cumsum(axis=1, out=gain[:, 1:])
        gap, moves = choice(gain, place[:, vertex], size)
        moving = (moves & may_move[:, vertex]).nonzero()[0]
        if len(moving):
            any_moved = True
            place[moving] = _moved(place[moving], vertex, gap[moving])
    if any_moved:
        _take_places(bench, rank, place)
    return any_moved


def _free_places(bench: Bench, rank: Ints, free: Bools) -> Bools:
    """Tell at which places of the cells, of all orders, a vertex stands that may move."""
    by_number = np.empty(rank.shape, dtype=bool)
    by_number[np.arange(len(rank))[:, np.newaxis], rank] = free
    number = bench.start[:, np.newaxis] + np.arange(bench.room)
    number = np.minimum(number, rank.shape[1] - 1)  # a small cell may end with the last vertex
    places: Bools = by_number[:, number].reshape(-1, bench.room)
    return places


def _moved(place: Ints, vertex: int, gap: Ints) -> Ints:
    """Return the places of all once one vertex has moved to a gap.

    Gaps are counted from the one above all vertices; what stood between moves up or down by one.
    """
    old = place[:, vertex, np.newaxis]
    gap = gap[:, np.newaxis]
    new = gap - (gap > old)
    one_down = (place >= new) & (place < old)
    one_up = (place <= new) & (place > old)
    moved: Ints = place + one_down - one_up
    moved[:, vertex] = new[:, 0]
    return moved


def _take_places(bench: Bench, rank: Ints, place: Ints) -> None:
    """Give the vertices of a bench the numbers of their new places."""
    numbers = np.flatnonzero(bench.cell >= 0)
    cell = bench.cell[numbers]
    start = bench.start[cell]
    place = place.reshape(len(rank), len(bench.size), bench.room)
    renumbered = np.tile(np.arange(rank.shape[1]), (len(rank), 1))
    renumbered[:, numbers] = start + place[:, cell, numbers - start]
    rank[:] = np.take_along_axis(renumbered, rank, axis=1)
