"""Lines that overlap or stand in the wrong order, moved apart."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from engine.layout.arrays import Floats
    from engine.layout.stack import Stack


def spread(stacked: Stack, y: Floats) -> Floats:
    """Move lines as little as possible, so that all distances are kept.

    Pushing only down keeps the distances, and so does pushing only up; half way between the two
    they are kept as well, and the line that is furthest from its wish is as near as it can be.

    Parameters
    ----------
    stacked : Stack
        Which distances have to be kept; no line may be above itself.
    y : Floats, shape (lines,)
        Where the lines would like to stand.
    """
    down = push_down(stacked, y)
    up = -push_down(stacked.upside_down(), -y)
    return (down + up) / 2


def push_down(stacked: Stack, y: Floats) -> Floats:
    """Move lines down, as little as possible, so that all distances are kept.

    See `spread` for the parameters. Whole numbers stay whole.
    """
    by_upper = np.argsort(stacked.upper, kind="stable")
    below = stacked.lower[by_upper].tolist()
    distance = stacked.distance[by_upper].tolist()
    bounds = np.searchsorted(stacked.upper[by_upper], np.arange(stacked.count + 1)).tolist()
    above = np.bincount(stacked.lower, minlength=stacked.count)
    ready = np.flatnonzero(above == 0).tolist()
    waiting = above.tolist()
    place = y.tolist()
    for line in ready:  # which grows on the way
        here = place[line]
        for pair in range(bounds[line], bounds[line + 1]):
            other = below[pair]
            place[other] = max(place[other], here + distance[pair])
            waiting[other] -= 1
            if waiting[other] == 0:
                ready.append(other)
    return np.array(place)
