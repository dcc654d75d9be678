"""Where the vertices of a changed graph stood before the change."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from engine.layout.layered import BEND

if TYPE_CHECKING:
    from engine.layout.arrays import Floats, Ints, Places
    from engine.layout.blocks import Blocks
    from engine.layout.layered import Layered

ROUNDS = 20

# How strongly a block holds on to where it stood: like this many wires. It moves only where it has
# to make room.
HOLD = 100.0


@dataclass(frozen=True, slots=True)
class Before:
    """How far down the vertices of a graph stood.

    Attributes
    ----------
    y : Floats, shape (vertices,)
        Where each stood; what is new, and every bend, lies between its neighbours.
    hold : Floats, shape (vertices,)
        How strongly each holds on to that; 0 where it is only a guess.
    """

    y: Floats
    hold: Floats

    def renumbered(self, order: Ints) -> Before:
        """Return the same for vertices in another order; see `Layered.renumbered`."""
        return Before(self.y[order], self.hold[order])

    def of_lines(self, line: Ints) -> Before:
        """Return where the lines stood, taking the mean of those of their vertices that hold."""
        hold = np.bincount(line, self.hold).astype(np.float64)
        held = np.bincount(line, self.hold * self.y)
        return Before(held / np.where(hold > 0, hold, 1.0), hold)


def nowhere(vertices: int) -> Before:
    """Return that nothing stood anywhere."""
    return Before(np.zeros(vertices), np.zeros(vertices))


def stood(graph: Layered, blocks: Blocks, before: Places) -> Before:
    """Find out where the vertices stood.

    Parameters
    ----------
    graph : Layered
        The graph.
    blocks : Blocks
        The names of its blocks.
    before : mapping of str to (float, float)
        Where the blocks stood, as far as that is known.
    """
    unknown = (np.nan, np.nan)
    known = np.array([before.get(name, unknown)[1] for name in blocks.names])
    y = np.where(graph.block == BEND, np.nan, known[graph.block])
    new = np.isnan(y)
    settling = 0
    while settling < ROUNDS:
        known = ~np.isnan(y)
        height = np.where(known, y, 0.0)
        neighbours = np.bincount(graph.tail, known[graph.head], graph.vertices)
        neighbours += np.bincount(graph.head, known[graph.tail], graph.vertices)
        total = np.bincount(graph.tail, height[graph.head], graph.vertices)
        total += np.bincount(graph.head, height[graph.tail], graph.vertices)
        reached = new & (neighbours > 0)
        y[reached] = total[reached] / neighbours[reached]
        settling += bool(np.all(known[reached]))
    return Before(np.nan_to_num(y), np.where(new, 0.0, HOLD))
