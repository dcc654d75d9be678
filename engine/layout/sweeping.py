"""Order by barycentres: layer after layer, every vertex moves to where its neighbours stand."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from engine.layout.arrays import Floats, Ints
    from engine.layout.layered import Layered

# Vertices that are drawn to the same place keep their order: less than any two places differ by.
STAY = 1e-9


@dataclass(frozen=True, slots=True)
class Pull:
    """What draws the vertices of one layer to their places from one side.

    Attributes
    ----------
    rows : Ints
        Which vertices of the layer have neighbours on that side.
    start : Ints
        Where the neighbours of each of them begin in `neighbour`.
    neighbour : Ints
        The vertices that pull.
    weight : Floats
        How strongly each pulls; over one row the weights add up to 1.
    offset : Floats
        How far from its own place each pulls to.
    """

    rows: Ints
    start: Ints
    neighbour: Ints
    weight: Floats
    offset: Floats


class Sweeper:
    """Sweeps over the layers of one graph, for several orders at once."""

    def __init__(self, graph: Layered) -> None:
        self._slot, height = _slots(graph)
        self._layers = [
            (k, slice(int(graph.first[k]), int(graph.first[k + 1])))
            for k in np.flatnonzero(np.diff(graph.first) > 1).tolist()
        ]
        # A wire leads to its port, not to the middle of its block.
        offset = graph.port * height[graph.head]
        self._from_left = _pulls(graph, graph.head, graph.tail, np.zeros(len(offset)))
        self._from_right = _pulls(graph, graph.tail, graph.head, offset)

    @property
    def steps(self) -> int:
        """The number of layers that a sweep stops at."""
        return len(self._layers)

    def rightwards(self, rank: Ints) -> None:
        """Order each layer, in place, by the layer on its left.

        Parameters
        ----------
        rank : Ints, shape (orders, vertices)
            The number of every vertex in each order.
        """
        for k, layer in self._layers:
            # What has no neighbour on the left goes by those on the right.
            self._order(rank, layer, [self._from_right[k], self._from_left[k]])

    def leftwards(self, rank: Ints) -> None:
        """Order each layer, in place, by the layer on its right; see `rightwards`."""
        for k, layer in reversed(self._layers):
            self._order(rank, layer, [self._from_left[k], self._from_right[k]])

    def _order(self, rank: Ints, layer: slice, pulls: list[Pull | None]) -> None:
        """Order one layer; later pulls go before earlier ones."""
        wish = self._slot[rank[:, layer]]
        for pull in pulls:
            if pull is not None:
                place = self._slot[rank[:, pull.neighbour]] + pull.offset
                wish[:, pull.rows] = np.add.reduceat(place * pull.weight, pull.start, axis=1)
        wish += STAY * rank[:, layer]
        order = np.argsort(wish, axis=1)
        np.put_along_axis(rank[:, layer], order, np.arange(layer.start, layer.stop)[None], axis=1)


def _slots(graph: Layered) -> tuple[Floats, Floats]:
    """Spread the places of each cell over one unit, component under component.

    Places of a narrow layer and of a wide one so become comparable, and a vertex is never drawn
    out of its component.

    Returns
    -------
    slot, height : Floats, shape (vertices,)
        Where the place of each number lies, and how much of the unit it takes.
    """
    start, width = graph.cells()
    within = np.arange(graph.vertices) - np.repeat(start, width)
    height = np.repeat(1.0 / width, width)
    return graph.component + (within + 0.5) * height, height


def _pulls(graph: Layered, vertex: Ints, neighbour: Ints, offset: Floats) -> list[Pull | None]:
    """Gather, layer by layer, what pulls at the vertices of the layer."""
    by_vertex = np.argsort(vertex, kind="stable")
    vertex, neighbour, offset = vertex[by_vertex], neighbour[by_vertex], offset[by_vertex]
    total = np.bincount(vertex, weights=graph.weight[by_vertex], minlength=graph.vertices)
    weight = graph.weight[by_vertex] / total[vertex]
    start = np.flatnonzero(np.diff(vertex, prepend=-1))
    row_cuts = np.searchsorted(vertex[start], graph.first).tolist()
    cuts = np.searchsorted(vertex, graph.first).tolist()
    pulls: list[Pull | None] = []
    for k, first in enumerate(graph.first[:-1].tolist()):
        mine = slice(cuts[k], cuts[k + 1])
        opens = start[row_cuts[k] : row_cuts[k + 1]]
        pull = Pull(
            rows=vertex[opens] - first,
            start=opens - mine.start,
            neighbour=neighbour[mine],
            weight=weight[mine],
            offset=offset[mine],
        )
        pulls.append(pull if len(opens) else None)
    return pulls
