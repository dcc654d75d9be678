"""A part of a graph, run again and again with one Variable nudged."""

from __future__ import annotations

import math
from collections.abc import Callable

import numpy as np

from engine.cutting import between
from engine.execution import execute
from engine.graph import Graph
from engine.variable import Array

Values = Callable[[str], Array | None]
"""From the id of a block, its value; None if it has none."""


class Trial:
    """Runs what lies between a block and the target, again and again.

    Parameters
    ----------
    graph
        The whole.
    value_of
        Gives the value of a block in it.
    target, block
        Ids of the block that is differentiated, and of the one by whose Variable it is.

    Attributes
    ----------
    at
        Value of the block's Variable.
    result
        The target there; of an array, the sum.
    noise
        How far rounding alone may move the result.
    """

    def __init__(self, graph: Graph, value_of: Values, target: str, block: str) -> None:
        self.at = np.array(value_of(block), dtype=np.float64)
        self._graph = between(graph, target, [block], value_of)
        self._block, self._target = block, target
        self.result = self.run(self.at)
        self.noise = 8 * np.finfo(np.float64).eps * abs(self.result)

    def slope(self, index: int, eps: float) -> float:
        """Give the slope by one element, NaN at a kink."""
        with np.errstate(all="ignore"):
            nudge = eps * max(1.0, abs(float(self.at.flat[index])))
            left, right, middle = self._slopes(index, nudge)
            gap, steepest = abs(right - left), max(abs(right), abs(left))
            if gap > steepest / 100 + 100 * self.noise / eps:
                # Where the function only bends, the gap closes as the nudge gets smaller.
                nearer_left, nearer_right, _ = self._slopes(index, nudge / 16)
                if abs(nearer_right - nearer_left) > gap / 2:
                    return math.nan
            return middle

    def _slopes(self, index: int, nudge: float) -> tuple[float, float, float]:
        above, below = self.at.copy(), self.at.copy()
        above.flat[index] += nudge
        below.flat[index] -= nudge
        high, low = self.run(above), self.run(below)
        up = float(above.flat[index] - self.at.flat[index])
        down = float(self.at.flat[index] - below.flat[index])
        left, right = (self.result - low) / down, (high - self.result) / up
        return float(left), float(right), float((high - low) / (up + down))

    def run(self, value: Array) -> np.float64:
        """Give the target for another value of the block's Variable, NaN if it cannot run."""
        result = execute(self._graph, {self._block: value}).variables.get(self._target)
        with np.errstate(all="ignore"):
            return np.float64("nan") if result is None else np.float64(result.data.sum())
