"""What plots show of a function: how much of it, and where the lines and the arrow on it run."""

from __future__ import annotations

import math
import sys

import numpy as np

from engine.asking.curves import STEPS
from engine.asking.scales import Powers, Scale
from engine.variable import Array

NOTHING = np.empty((0, 2))
"""A line that is not there."""

LEAST = 1e-17
"""What an error of 0 is drawn as: a logarithm has no place for it."""

NUDGES = Powers(np.log10(STEPS[-1]) - 0.5, 0.5)
"""Fine nudges are on the left."""

ERRORS = Powers(-16.5, 0.5)
"""Where no error can be told; else it follows the errors."""

ERROR_AXES = "nudge h", "error"
"""What the axes of the errors are called."""

TIDY = 2
"""The axis of errors ends at powers of ten that are multiples of this: it seldom changes."""

ARROW = 0.28
"""Length of the arrow, as a part of the width: it tells the direction, and words the length."""


def heights_shown(x: Array, y: Array, at: float, value: float, slope: float) -> Scale | None:
    """Choose as much of the height of a curve as lets the tangent be seen.

    A curve that shoots up at its ends would make everything else a flat line.

    Parameters
    ----------
    x, y
        Points of the curve.
    at, value, slope
        Where the tangent touches it.

    Returns
    -------
    Scale or None
        None where nothing is finite.
    """
    beside = float(x[-1] - x[0]) / 6
    near = y[(np.abs(x - at) <= beside) & np.isfinite(y)]
    heights = [*near.tolist(), value - slope * beside, value + slope * beside]
    finite = [height for height in heights if math.isfinite(height)]
    if not finite:
        return None
    low, high = min(finite), max(finite)
    room = 0.12 * high - 0.12 * low or max(abs(high), 1.0) * 0.5
    most = sys.float_info.max
    return Scale(max(low - room, -most), min(high + room, most))


def straight(across: Scale, up: Scale, through: tuple[float, float], slope: float) -> Array:
    """Give the ends of a line through a point, where it leaves a plot.

    Examples
    --------
    >>> straight(Scale(0.0, 4.0), Scale(0.0, 2.0), (1.0, 1.0), 1.0).tolist()
    [[0.0, 0.0], [2.0, 2.0]]
    """
    x, y = through
    if not (math.isfinite(y) and math.isfinite(slope)):
        return NOTHING
    sides = [across.low, across.high]
    if slope:  # a dashed line takes as long to draw as it is long
        limits = [x + (edge - y) / slope for edge in (up.low, up.high)]
        sides = [max(sides[0], min(limits)), min(sides[1], max(limits))]
    ends = np.array(sides)
    with np.errstate(all="ignore"):
        return np.stack((ends, y + slope * (ends - x)), axis=1)


def powers(pairs: tuple[tuple[float, float], ...]) -> Array:
    """Give the powers of ten of nudges and errors, a row each; of what is finite."""
    there = [(nudge, max(error, LEAST)) for nudge, error in pairs if np.isfinite(error)]
    found: Array = np.log10(np.array(there).reshape(-1, 2))
    return found


def errors_shown(found: Array) -> Scale:
    """Choose how much of the axis of errors is seen.

    Parameters
    ----------
    found
        Powers of ten of nudges and errors, a row each.
    """
    heights = found[:, 1] / TIDY
    if not heights.size:
        return ERRORS
    low, high = np.floor(heights.min()), np.ceil(heights.max())
    return Powers(TIDY * low - 0.5, TIDY * max(high, low + 1) + 0.5)


def arrow_tip(
    across: Scale, up: Scale, at: tuple[float, float], gradient: tuple[float, float]
) -> Array:
    """Give the tip of an arrow that points where a function of two numbers rises fastest.

    Returns
    -------
    ndarray
        A row; none without a direction.
    """
    wide, tall = (scale.high - scale.low or 1.0 for scale in (across, up))
    # As it looks on the screen, where the two axes have scales of their own.
    way = gradient[0] / wide, gradient[1] / tall
    size = math.hypot(*way)
    if not (size and math.isfinite(size)):
        return NOTHING
    return np.array([[at[0] + ARROW * wide * way[0] / size, at[1] + ARROW * tall * way[1] / size]])
