"""What a function looks like: the target as one input runs, or two; and how good a trial can be."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from engine.cutting import between
from engine.execution import execute
from engine.graph import Graph, function_of
from engine.variable import Array

WORK = 60_000
"""Blocks that one picture may run at most, where it has to run them one position at a time."""

FEWEST = 24
"""Positions that a curve has at least."""

STEPS = tuple(10.0**power for power in range(-1, -16, -1))
"""Nudges of which the error of a trial is shown, from coarse to fine."""


class Landscape:
    """The target of a graph as a function of some of its inputs, all others held.

    Where everything in between works element by element on single numbers, all positions are run
    at once, as one array; else one after the other.

    Parameters
    ----------
    graph
        What is run; nothing of it is changed.
    target
        Id of the block that is looked at; of an array, the sum.
    axes
        The inputs that run: ids of blocks, each with the flat index of one of its elements.

    Raises
    ------
    KeyError
        If one of the blocks has no value.

    Examples
    --------
    >>> from engine.expression import parse_expression
    >>> graph, y = parse_expression("x * w", {"x": np.array(3.0), "w": np.array(2.0)})
    >>> plane = Landscape(graph, y, ((graph.named("x").id, 0),))
    >>> plane.along(np.array([0.0, 1.0, 2.0]))
    array([0., 2., 4.])
    """

    def __init__(self, graph: Graph, target: str, axes: tuple[tuple[str, int], ...]) -> None:
        run = execute(graph)
        self._axes = axes
        self._target = target
        self._at = {
            block: np.array(run.variables[block].data, dtype=np.float64) for block, _ in axes
        }
        needed = [block for block, _ in axes]
        self._graph = between(graph, target, needed, lambda x: run.variables[x].data)
        functions = [block for block in self._graph.blocks.values() if block.is_function]
        self.size = len(functions)
        values = [run.variables[block].data for block in self._graph.blocks]
        self.at_once = all(value.ndim == 0 for value in values) and all(
            function_of(block).is_elementwise() for block in functions
        )

    def here(self) -> tuple[float, ...]:
        """Where the inputs stand."""
        return tuple(float(self._at[block].flat[index]) for block, index in self._axes)

    def positions(self, wanted: int) -> int:
        """Say how many positions of a curve can be run without anybody waiting."""
        if self.at_once:
            return wanted
        return min(max(WORK // max(self.size, 1), FEWEST), wanted)

    def along(self, *coordinates: Array) -> Array:
        """Give the target at all positions.

        Parameters
        ----------
        coordinates
            One array an axis; they are broadcast against each other.

        Returns
        -------
        ndarray
            Of the shape that they broadcast to; NaN where the graph cannot run.
        """
        grids = np.broadcast_arrays(*coordinates)
        if self.at_once:
            overrides = {b: grid for (b, _), grid in zip(self._axes, grids, strict=True)}
            return np.array(np.broadcast_to(self._run(overrides, whole=True), grids[0].shape))
        found = [self._one(place) for place in zip(*(grid.flat for grid in grids), strict=True)]
        return np.array(found).reshape(grids[0].shape)

    def _one(self, place: tuple[float, ...]) -> float:
        overrides = {block: at.copy() for block, at in self._at.items()}
        for (block, index), x in zip(self._axes, place, strict=True):
            overrides[block].flat[index] = x
        return float(self._run(overrides, whole=False))

    def _run(self, overrides: dict[str, Array], *, whole: bool) -> Array:
        found = execute(self._graph, overrides).variables.get(self._target)
        if found is None:
            return np.array(math.nan)
        value: Array = found.data
        with np.errstate(all="ignore"):
            return value if whole else np.asarray(value.sum())


@dataclass(frozen=True, slots=True, eq=False)
class Secant:
    """A line through two points of a curve, as the numerical derivative takes it.

    Attributes
    ----------
    x, y
        The two points, each of shape (2,).
    slope
        How steep it is.
    """

    x: Array
    y: Array
    slope: float


def secant(landscape: Landscape, nudge: float) -> Secant:
    """Give the secant from a nudge to the left to a nudge to the right: the central difference."""
    return secants(landscape, (nudge,))[0]


def secants(landscape: Landscape, nudges: Sequence[float]) -> list[Secant]:
    """Give the secant of each nudge; all are run at once where that can be done."""
    (at,) = landscape.here()
    wide = np.array(nudges)
    x = np.stack((at - wide, at + wide), axis=1)
    y = landscape.along(x)
    with np.errstate(all="ignore"):
        # Divided by twice the nudge, as numerical_diff does, and not by how far they are apart.
        slopes = (y[:, 1] - y[:, 0]) / (2 * wide)
    return [Secant(*each) for each in zip(x, y, slopes.tolist(), strict=True)]


def errors_of_trial(landscape: Landscape, gradient: float) -> tuple[tuple[float, float], ...]:
    """Tell how far the central difference is off, for each nudge from 0.1 down to 1e-15.

    The error falls with the square of the nudge while the curve bends, and rises again once
    rounding outweighs it: `error ~ h**2 |f'''| / 6 + eps |f| / h`.

    Parameters
    ----------
    gradient
        What is right.

    Returns
    -------
    tuple
        Pairs of nudge and error, the latter relative to the gradient where that is not 0.

    Examples
    --------
    >>> from engine.expression import parse_expression
    >>> graph, y = parse_expression("square(exp(square(x)))", {"x": np.array(0.5)})
    >>> curve = Landscape(graph, y, ((graph.named("x").id, 0),))
    >>> best = min(errors_of_trial(curve, 3.297442541400256), key=lambda pair: pair[1])
    >>> 1e-7 < best[0] < 1e-4
    True
    """
    scale = abs(gradient) or 1.0
    found = zip(STEPS, secants(landscape, STEPS), strict=True)
    return tuple((nudge, abs(line.slope - gradient) / scale) for nudge, line in found)


def reach(at: float) -> tuple[float, float]:
    """Choose how far around a value a curve is shown.

    Examples
    --------
    >>> reach(0.5), reach(-20.0)
    ((-1.0, 2.0), (-50.0, 10.0))
    """
    half = 1.5 * max(1.0, abs(at))
    return at - half, at + half
