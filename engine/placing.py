"""How far apart blocks stand, and where there is room for one more."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

import numpy as np
import numpy.typing as npt

from engine.document import Place

STEP = 170.0
"""How far a block that is appended stands from the one before, in scene units."""

ROW = 144.0
"""How far below, where the place is taken: what is written under a block is not to be covered."""

ROOM = 100.0
"""How close to the side of a block no other is put, unless it is a row above or below."""

AT_A_TIME = 500
"""Places that are compared with all others at a time."""


def free_place(wanted: Place, here: Mapping[str, Place]) -> Place:
    """Go down from a wanted place until no block stands there."""
    place = wanted
    column = [p.y for p in here.values() if abs(p.x - wanted.x) < ROOM and p.y > wanted.y - ROW]
    while any(abs(y - place.y) < ROW for y in column):
        place = Place(place.x, place.y + ROW)
    return place


def free_shift(moved: Collection[Place], here: Collection[Place], way: int = 1) -> float:
    """Tell how far down some places must go, all alike, until none of them is taken.

    Parameters
    ----------
    here
        The places of everything else.
    way
        1 to go down, -1 to go up.

    Examples
    --------
    >>> free_shift([Place(0.0, 200.0), Place(300.0, 0.0)], [Place(10.0, 180.0)])
    144.0
    """
    gaps = np.unique(np.concatenate([*_gaps(moved, here), np.zeros(0)]))
    found = 0.0
    while (np.abs(gaps - found) < ROW).any():
        found += way * ROW
    return found


def _gaps(moved: Collection[Place], here: Collection[Place]) -> Iterator[npt.NDArray[np.float64]]:
    """Tell how far others are below each place in its column, for some places at a time."""
    x, y = np.array([*here], dtype=float).reshape(-1, 2).T
    order = np.argsort(x)
    x, y = x[order], y[order]
    spots = np.array([*moved], dtype=float).reshape(-1, 2)
    for first in range(0, len(spots), AT_A_TIME):
        part = spots[first : first + AT_A_TIME]
        left = np.searchsorted(x, part[:, 0] - ROOM, "right")
        count = np.searchsorted(x, part[:, 0] + ROOM, "left") - left
        starts = np.repeat(left - np.cumsum(count) + count, count)
        yield np.unique(y[starts + np.arange(len(starts))] - np.repeat(part[:, 1], count))
