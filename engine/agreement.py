"""How far two gradients are the same, for all that a trial can tell."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from engine.variable import Array

TOLERANCE = 1e-5
"""How far apart, measured by the larger, two gradients may be that are the same."""

MOST_DIGITS = 15


@dataclass(frozen=True, slots=True)
class Agreement:
    """How far two gradients are the same.

    Attributes
    ----------
    digits
        Significant digits that they share, 15 at most; None if that cannot be told.
    agrees
        Whether they are the same for all that a trial can tell; None if that cannot be told,
        because one is not finite or the function has a kink there.
    """

    digits: int | None
    agrees: bool | None


def compare(analytic: Array, numeric: Array, noise: float = 1e-9) -> Agreement:
    """Tell how far a gradient and a trial agree.

    Parameters
    ----------
    analytic, numeric
        Both of the same shape.
    noise
        How far apart they may be for rounding alone.

    Examples
    --------
    >>> compare(np.array(3.29744254), np.array(3.29744263))
    Agreement(digits=7, agrees=True)
    """
    finite = np.isfinite(analytic) & np.isfinite(numeric)
    if not finite.any() and finite.size:
        return Agreement(None, None)
    one, other = analytic[finite], numeric[finite]
    apart = float(np.abs(one - other).max(initial=0.0))
    scale = float(max(np.abs(one).max(initial=0.0), np.abs(other).max(initial=0.0)))
    digits = math.floor(-math.log10(apart / scale)) if apart else MOST_DIGITS
    agrees = bool(apart <= TOLERANCE * scale + noise)
    if agrees and not finite.all():
        return Agreement(None, None)
    return Agreement(min(max(digits, 0), MOST_DIGITS), agrees)
