"""Who stands directly above whom, and how far apart."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from engine.layout.arrays import Floats, Ints
    from engine.layout.layered import Layered


@dataclass(frozen=True, slots=True)
class Stack:
    """Pairs that have to keep a distance.

    Attributes
    ----------
    count : int
        How many things are stacked: vertices, or lines of vertices.
    upper, lower : Ints, shape (pairs,)
        The two of a pair; nothing stands between them.
    distance : Floats, shape (pairs,)
        How far the centre of the lower one is below that of the upper one, at least.
    """

    count: int
    upper: Ints
    lower: Ints
    distance: Floats

    def of_lines(self, line: Ints) -> Stack:
        """Return the pairs of lines that follow from the pairs of their vertices."""
        count = int(line.max()) + 1
        return Stack(count, line[self.upper], line[self.lower], self.distance)

    def upside_down(self) -> Stack:
        """Return the same pairs as they look from below."""
        return Stack(self.count, self.lower, self.upper, self.distance)


def stack(graph: Layered, height: Floats, gap: Floats) -> Stack:
    """Stack the vertices of every cell.

    Parameters
    ----------
    graph : Layered
        The graph, its vertices numbered in their final order.
    height, gap : Floats, shape (vertices,)
        The height of each vertex, and the room that it keeps free: between two vertices there is
        the mean of their gaps.
    """
    start, _ = graph.cells()
    lower = np.delete(np.arange(graph.vertices), start)
    upper = lower - 1
    distance = (height[upper] + height[lower] + gap[upper] + gap[lower]) / 2
    # Whole distances stay kept when places are rounded to whole numbers.
    return Stack(graph.vertices, upper, lower, np.ceil(distance))
