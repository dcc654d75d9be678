"""What a function looks like: the target as one input runs, or two; and how good a trial can be."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from engine.asking.plot_axes import Axis
from engine.asking.positions import positions_of
from engine.recording import Recording
from engine.variable import Array

WORK, AT_A_FRAME = 10_000_000, 1_000_000
"""Elements that NumPy may work on for one picture, and for one of sixty a second."""

FEWEST = 24
"""Positions that a curve has at least."""

LARGEST = sys.float_info.max

STEPS = tuple(10.0**power for power in range(-1, -16, -1))
"""Nudges of which the error of a trial is shown, from coarse to fine."""


class Landscape:
    """The target of a recording as a function of some of its inputs, all others held.

    Parameters
    ----------
    recording
        A run.
    axes
        The inputs that run: ids of blocks, each with the flat index of one of its elements.

    Raises
    ------
    KeyError
        If one of the blocks, or the target, has no value.

    Examples
    --------
    >>> from engine.expression import parse_expression
    >>> from engine.recording import record
    >>> graph, y = parse_expression("x * w", {"x": np.array(3.0), "w": np.array(2.0)})
    >>> plane = Landscape(record(graph, y), ((graph.named("x").id, 0),))
    >>> plane.along(np.array([0.0, 1.0, 2.0]))
    array([0., 2., 4.])
    """

    def __init__(self, recording: Recording, axes: tuple[Axis, ...]) -> None:
        self._recording = recording
        self._axes = axes
        self._positions = positions_of(recording, tuple(dict.fromkeys(block for block, _ in axes)))

    def here(self) -> tuple[float, ...]:
        """Where the inputs stand."""
        values = [(self._recording.value(block), index) for block, index in self._axes]
        return tuple(float(value.flat[index]) for value, index in values if value is not None)

    def positions(self, wanted: int, work: int = WORK) -> int:
        """Say how many positions of a picture can be run for so much work, of those wanted."""
        return min(max(work // max(self._positions.cost, 1), FEWEST), wanted)

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
        places = {axis: grid.ravel() for axis, grid in zip(self._axes, grids, strict=True)}
        return self._positions.along(self._recording, places).reshape(grids[0].shape)


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
    return curve_and_secants(landscape, np.empty(0), (nudge,))[1][0]


def curve_and_secants(
    landscape: Landscape, x: Array, nudges: Sequence[float]
) -> tuple[Array, list[Secant]]:
    """Give the target at points along a curve, and the secant of each nudge: all in one run."""
    (at,) = landscape.here()
    wide = np.array(nudges)
    ends = np.stack((at - wide, at + wide), axis=1)
    found = landscape.along(np.concatenate((x, ends.ravel())))
    y, heights = found[: x.size], found[x.size :].reshape(ends.shape)
    with np.errstate(all="ignore"):
        # Divided by twice the nudge, as numerical_diff does, and not by how far they are apart.
        slopes = (heights[:, 1] - heights[:, 0]) / (2 * wide)
    return y, [Secant(*each) for each in zip(ends, heights, slopes.tolist(), strict=True)]


def errors_of_trials(secants: Sequence[Secant], gradient: float) -> tuple[tuple[float, float], ...]:
    """Tell how far the central difference is off, for each nudge from 0.1 down to 1e-15.

    The error falls with the square of the nudge while the curve bends, and rises again once
    rounding outweighs it: `error ~ h**2 |f'''| / 6 + eps |f| / h`.

    Parameters
    ----------
    secants
        Those of the nudges `STEPS`.
    gradient
        What is right.

    Returns
    -------
    tuple
        Pairs of nudge and error, the latter relative to the gradient where that is not 0.

    Examples
    --------
    >>> from engine.expression import parse_expression
    >>> from engine.recording import record
    >>> graph, y = parse_expression("square(exp(square(x)))", {"x": np.array(0.5)})
    >>> curve = Landscape(record(graph, y), ((graph.named("x").id, 0),))
    >>> _, secants = curve_and_secants(curve, np.empty(0), STEPS)
    >>> errors = errors_of_trials(secants, 3.297442541400256)
    >>> 1e-7 < min(errors, key=lambda pair: pair[1])[0] < 1e-4
    True
    """
    scale = abs(gradient) or 1.0
    found = zip(STEPS, secants, strict=True)
    return tuple((nudge, abs(line.slope - gradient) / scale) for nudge, line in found)


def reach(at: float) -> tuple[float, float]:
    """Choose how far around a value a curve is shown.

    Examples
    --------
    >>> reach(0.5), reach(-20.0)
    ((-1.0, 2.0), (-50.0, 10.0))
    """
    # Beyond the largest number there is nothing to be shown, nor can two ends be further apart.
    half = min(1.5 * max(1.0, abs(at)), (LARGEST - abs(at)) / 2, LARGEST / 4)
    return at - half, at + half
