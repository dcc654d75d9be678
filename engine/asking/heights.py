"""Heights of a plane: by rank, for its colours, and the lines along which they are equal."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import Any

import numpy as np
from contourpy import contour_generator

from engine.variable import Array

LEVELS = 12
"""Lines of equal height, if each is one piece."""

RANKS = 64
"""Heights between which a rank is found by their distance."""

SMALL = 0.05
"""Part of the heights that count as small: among these, lines are sought as if nothing was bent."""


class Heights:
    """The heights of a plane.

    Parameters
    ----------
    height
        Heights at places that are spread evenly, a row for each place upwards.

    Attributes
    ----------
    ranks
        How much of the plane lies lower, from 0 to 1: a steep valley would hide all else. NaN where
        a height is not finite.
    lines
        Lines of equal height, with as much of the plane between each two of them: points of each,
        from 0 to 1 along both sides.
    """

    def __init__(self, height: Array) -> None:
        finite = np.isfinite(height)
        self._bent = _bent(np.where(finite, height, np.nan))
        self._sorted = np.sort(self._bent[finite])
        self.ranks = np.full_like(self._bent, np.nan)
        self.lines: list[Array] = []
        if self._sorted.size:
            self.ranks = np.interp(self._bent, self._parts(RANKS), np.linspace(0, 1, RANKS))
            self.lines = list(self._lines())

    def _parts(self, count: int) -> Array:
        """Give so many heights, from the lowest to the highest, as much between each two."""
        at = np.linspace(0, self._sorted.size - 1, count).round().astype(int)
        found: Array = self._sorted[at]
        return found

    def bands(self) -> Iterator[list[Array]]:
        """Give what lies above each of the heights that lines are drawn at, from the lowest on.

        Yields
        ------
        list of ndarray
            Outlines, outer ones and those of holes: points from 0 to 1 along both sides.
        """
        for level in self._levels() if self._sorted.size else ():
            points, offsets = self._generator().filled(level, np.inf)
            for ring, at in zip(points, offsets, strict=True):
                yield [ring[a:b] for a, b in pairwise(at)]

    def _levels(self) -> list[float]:
        return list(dict.fromkeys(self._parts(LEVELS + 2)[1:-1].tolist()))

    def _lines(self) -> Iterator[Array]:
        found = self._generator()
        for level in self._levels():
            yield from map(np.asarray, found.lines(level))

    def _generator(self) -> Any:
        up, across = (np.linspace(0, 1, size) for size in self._bent.shape)
        masked = np.ma.masked_invalid(self._bent)
        return contour_generator(across, up, masked, line_type="Separate", fill_type="OuterOffset")


def _bent(height: Array) -> Array:
    """Bring large heights as near to each other as their logarithms.

    Between two places a height is taken to rise evenly. So it does then, also where it grows like a
    power or an exponential; and nothing overflows, or is too small to be told apart.
    """
    with np.errstate(divide="ignore", invalid="ignore"):
        sizes = np.log(np.abs(height))
        some = np.sort(sizes[np.isfinite(sizes)])
        small = some[int(SMALL * some.size)] if some.size else 0.0
        bent: Array = np.sign(height) * np.logaddexp(0.0, sizes - small)
    return bent
