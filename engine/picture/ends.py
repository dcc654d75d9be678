"""Pills at the ends of blocks that nothing uses, kept clear of other blocks."""

from __future__ import annotations

from collections.abc import Collection, Mapping

import numpy as np
from numpy.typing import NDArray

from engine.document import Place
from engine.picture.sizes import END, TAIL

MOST = 1_000_000
"""Ends times blocks up to which it is looked at."""

ROOM = 12.0
"""Room between a block that is moved and others, in scene units."""

NOTCH, FARTHEST = 12.0, 60
"""How far it is moved at a time, and how many times at most."""

Floats = NDArray[np.float64]


def clear_of_ends(
    places: Mapping[str, Place], sizes: Mapping[str, tuple[float, float]], ends: Collection[str]
) -> dict[str, Place]:
    """Move a block that nothing uses up or down where the pill at its end meets another block.

    A layout knows the pill as one more block; but it is drawn level with its own, wherever it was
    laid out.

    Parameters
    ----------
    places, sizes
        Where blocks stand and how large they are.
    ends
        The blocks with a pill.
    """
    found = dict(places)
    if len(ends) * len(places) > MOST:
        return found
    number = {item: at for at, item in enumerate(places)}
    centre = np.array(list(places.values()), dtype=float).reshape(-1, 2)
    half = np.array([sizes[item] for item in places], dtype=float).reshape(-1, 2) / 2
    boxes = np.concatenate((centre - half, centre + half), axis=1)
    with_end = np.array([number[item] for item in ends], dtype=int)
    for at in with_end[np.argsort(centre[with_end, 0], kind="stable")].tolist():
        pill = _pills(boxes[at : at + 1])
        if not _meet(pill, boxes, 0.0).any():
            continue
        rest = np.concatenate((np.delete(boxes, at, 0), _pills(boxes[with_end[with_end != at]])))
        mine = np.concatenate((boxes[at : at + 1], pill))
        for step in sorted(range(-FARTHEST, FARTHEST + 1), key=abs):
            moved = mine + np.array((0.0, step * NOTCH, 0.0, step * NOTCH))
            if not _meet(moved, rest, ROOM).any():
                boxes[at] = moved[0]
                item = list(places)[at]
                found[item] = Place(places[item].x, places[item].y + step * NOTCH)
                break
    return found


def _pills(boxes: Floats) -> Floats:
    """Give the outlines of the pills at the ends of blocks."""
    left = boxes[:, 2] + TAIL
    middle = (boxes[:, 1] + boxes[:, 3]) / 2
    return np.stack((left, middle - END / 2, left + END, middle + END / 2), axis=1)


def _meet(one: Floats, others: Floats, room: float) -> NDArray[np.bool_]:
    """Tell which boxes others come nearer to than this."""
    a, b = one[:, np.newaxis], others[np.newaxis]
    found: NDArray[np.bool_] = (a[..., 0] < b[..., 2] + room) & (b[..., 0] < a[..., 2] + room)
    found &= (a[..., 1] < b[..., 3] + room) & (b[..., 1] < a[..., 3] + room)
    return found
