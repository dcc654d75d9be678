"""The level stretches of a wire that is led between blocks, and what it comes upon."""

from __future__ import annotations

from typing import NamedTuple, TypeAlias

import numpy as np
from numpy.typing import NDArray

from engine.document import Place

Floats: TypeAlias = NDArray[np.float64]
Bools: TypeAlias = NDArray[np.bool_]

NEAR = 4.0
"""Room between a wire and a block below which the wire is led elsewhere, in scene units."""

SHORTEST = 1e-6
"""The least length of a stretch: one at a port that is covered may have none."""

_T = np.linspace(0.0, 1.0, 513)
_ALONG, _RISEN = 1.5 * _T * (1 - _T) + _T**3, _T * _T * (3 - 2 * _T)


class Lane(NamedTuple):
    """A level stretch of a wire, above or below blocks that it would run behind otherwise.

    Attributes
    ----------
    left, right
        From where to where it is level.
    y
        How far down.
    """

    left: float
    right: float
    y: float


Lanes: TypeAlias = tuple[Lane, ...]


class Run(NamedTuple):
    """Where a wire begins and ends."""

    start: Place
    end: Place


def risen(share: Floats) -> Floats:
    """Tell how far a wire has come in height where it has come so far from left to right.

    It leaves and enters level, with its handles in the middle.
    """
    found: Floats = np.interp(share, _ALONG, _RISEN)
    return found


def legs(run: Run, lanes: Lanes) -> Floats:
    """Give the stretches of a wire, each level at both ends: x, y, x, y."""
    x, y = run.start
    found = []
    for lane in lanes:
        found += [(x, y, lane.left, lane.y), (lane.left, lane.y, lane.right, lane.y)]
        x, y = lane.right, lane.y
    found.append((x, y, *run.end))
    return np.array(found)


def struck(stretches: Floats, boxes: Floats, room: float) -> Bools:
    """Tell of each stretch which boxes it comes upon; shape (stretches, boxes).

    Parameters
    ----------
    stretches
        From where to where each leads, level at both ends: x, y, x, y.
    boxes
        Left, top, right and bottom of each.
    room
        How near it may come above and below.
    """
    x, y, to_x, to_y = (column[:, np.newaxis] for column in stretches.T)
    left, top, right, bottom = boxes.T
    found: Bools = (left < to_x - 0.01) & (right > x + 0.01)
    found &= (np.minimum(y, to_y) < bottom + room) & (np.maximum(y, to_y) > top - room)
    line, box = np.nonzero(found)
    if len(line):
        across = np.maximum((to_x - x)[line, 0], SHORTEST)
        down = (to_y - y)[line, 0]
        share = (boxes[box][:, [0, 2]] - x[line]) / across[:, np.newaxis]
        heights = y[line] + down[:, np.newaxis] * risen(share)
        low, high = heights.min(axis=1), heights.max(axis=1)
        found[line, box] = (low < bottom[box] + room) & (high > top[box] - room)
    return found
