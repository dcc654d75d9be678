"""Scales of plots: from where to where they reach, and at which round numbers they are marked."""

from __future__ import annotations

import math
import sys
from dataclasses import dataclass

import numpy as np

from engine.values import number_text
from engine.variable import Array
from engine.writing import RAISED

DIGITS = 12
"""Significant digits of a number at a mark, at most."""

ROUND = (1, 2, 5)
"""How far apart marks may be, times a power of ten."""

Mark = tuple[float, str]
"""A place on a scale, and the number that is written there."""


@dataclass(frozen=True, slots=True)
class Scale:
    """A scale that is marked at round numbers.

    Attributes
    ----------
    low, high
        Its ends.
    least
        How far apart two marks are at least.

    Examples
    --------
    >>> Scale(-1.2, 1.9).marks(4)
    [(-1.0, '−1'), (0.0, '0'), (1.0, '1')]
    >>> [text for _, text in Scale(0.0, 0.1).marks(6)]
    ['0', '0.02', '0.04', '0.06', '0.08', '0.1']
    """

    low: float
    high: float
    least: float = 0.0

    def share(self, x: Array | float) -> Array:
        """Tell how far along a number lies: 0 is the one end, 1 the other."""
        with np.errstate(all="ignore"):
            return np.asarray((np.asarray(x) - self.low) / (self.high - self.low))

    def marks(self, most: int) -> list[Mark]:
        """Choose round numbers, at most so many and one more."""
        wide = (self.high - self.low) / max(most, 1)
        if not (math.isfinite(wide) and wide >= sys.float_info.min):
            return []
        apart = max(_round_up(wide), self.least)
        if math.isinf(apart):
            return []  # the next round number is more than a float holds
        first, last = math.ceil(self.low / apart), math.floor(self.high / apart)
        digits = -math.floor(math.log10(apart))
        places = [round(at * apart, digits) for at in range(first, last + 1)]
        return [(place, self.text(place)) for place in dict.fromkeys(places)]

    def text(self, place: float) -> str:
        """Write the number at a mark."""
        return number_text(place, DIGITS)


class Powers(Scale):
    """A scale of powers of ten, told by their exponents.

    Examples
    --------
    >>> Powers(-11.5, 0.5).marks(3)
    [(-10.0, '10⁻¹⁰'), (-5.0, '10⁻⁵'), (0.0, '10⁰')]
    """

    __slots__ = ()

    def __init__(self, low: float, high: float) -> None:
        super().__init__(low, high, 1.0)

    def text(self, place: float) -> str:
        """Write the power."""
        return "10" + number_text(place).translate(RAISED)


def _round_up(number: float) -> float:
    """Give the next round number that is no smaller."""
    power = 10.0 ** math.floor(math.log10(number))
    steps = [step * power for step in (*ROUND, 10)]
    return next((step for step in steps if step >= number * (1 - 1e-9)), steps[-1])
