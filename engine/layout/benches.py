"""Which cells can be sifted at the same time."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from engine.layout.arrays import Bools, Floats32, Ints
    from engine.layout.layered import Layered

# A wider cell is sifted in pieces of this many vertices: what it costs to compare all pairs grows
# with the square, and a vertex rarely gains by moving further.
WIDEST = 32


@dataclass(frozen=True, slots=True)
class Side:
    """Segments from the vertices of a bench to the layers on one side of it.

    Attributes
    ----------
    vertex, neighbour : Ints
        The two ends of each segment.
    weight : Floats32
        How many wires share it.
    """

    vertex: Ints
    neighbour: Ints
    weight: Floats32


@dataclass(frozen=True, slots=True)
class Bench:
    """Cells, or pieces of cells, of about the same size, none of them next to another.

    What an order costs in one layer depends on the layers left and right of it alone, so all cells
    of a bench can be sifted at the same time.

    Attributes
    ----------
    start, size : Ints, shape (cells,)
        The first number and the number of vertices of each cell.
    cell : Ints, shape (vertices,)
        The cell that a number belongs to, or -1.
    sides : tuple of Side
        The segments to the left and to the right.
    upper, lower : Ints
        Pairs of vertices that should stand one above the other.
    """

    start: Ints
    size: Ints
    cell: Ints
    sides: tuple[Side, Side]
    upper: Ints
    lower: Ints

    @property
    def room(self) -> int:
        """The size of the largest cell."""
        return int(self.size.max())


def benches(graph: Layered, pairs: tuple[Ints, Ints], *, shift: int = 0) -> list[Bench]:
    """Share out all cells that have more than one vertex among as few benches as possible.

    Parameters
    ----------
    graph : Layered
        The graph.
    pairs : tuple of Ints
        Vertices that should stand one above the other.
    shift : int, optional
        Where the first cut through a cell that is too wide lies.
    """
    first, width = graph.cells()
    start = _cut(first, width, shift)
    size = np.diff(start, append=graph.vertices)
    cell = np.repeat(np.arange(len(first)), width)

    # Cells of one bench all take as much room as the largest: their sizes differ at most twofold.
    magnitude = np.ceil(np.log2(np.maximum(size, 4))).astype(np.int64)
    kind = 2 * magnitude + graph.layer[start] % 2
    found = []
    for k in np.unique(kind[size > 1]):
        chosen = (kind == k) & (size > 1)
        members = np.isin(cell, cell[start[chosen]])
        found.append(_bench(graph, pairs, start[chosen], size[chosen], members))
    return found


def _cut(first: Ints, width: Ints, shift: int) -> Ints:
    """Cut cells that are too wide into pieces; return where the pieces start."""
    wide = width > WIDEST
    cuts = [
        np.arange(start + (shift or WIDEST), end, WIDEST)
        for start, end in zip(first[wide].tolist(), (first + width)[wide].tolist(), strict=True)
    ]
    return np.sort(np.concatenate([first, *cuts]))


def _bench(
    graph: Layered, pairs: tuple[Ints, Ints], start: Ints, size: Ints, members: Bools
) -> Bench:
    """Gather all that concerns some pieces.

    Parameters
    ----------
    members : Bools, shape (vertices,)
        The vertices that may come to stand in one of the pieces.
    """
    cell = np.full(graph.vertices, -1)
    index = np.repeat(np.arange(len(start)), size)
    cell[start[index] + np.arange(len(index)) - (np.cumsum(size) - size)[index]] = index
    upper, lower = pairs
    paired = members[upper]
    return Bench(
        start=start,
        size=size,
        cell=cell,
        sides=(
            _side(graph.head, graph.tail, graph.weight, members),
            _side(graph.tail, graph.head, graph.weight, members),
        ),
        upper=upper[paired],
        lower=lower[paired],
    )


def _side(vertex: Ints, neighbour: Ints, weight: Ints, members: Bools) -> Side:
    """Pick the segments that start at one of the members."""
    mine = members[vertex]
    return Side(vertex[mine], neighbour[mine], weight[mine].astype(np.float32))
