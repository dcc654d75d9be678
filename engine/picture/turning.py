"""The way of a wire that turns back: out to the right, along one lane to the left, and in again."""

from __future__ import annotations

import numpy as np

from engine.picture.passage import gaps_with_room
from engine.picture.stretches import NEAR, Floats, Lane, Lanes, Run

TURN = 60.0
"""How far the curves bow that turn a wire round."""

WIDE = TURN * 0.75
"""How far such a curve reaches to the side."""


def turning_lane(run: Run, boxes: Floats) -> Lanes:
    """Lead a wire that turns back between the rows of blocks.

    Parameters
    ----------
    run
        A wire that ends left of where it starts.
    boxes
        Left, top, right and bottom of all blocks.

    Returns
    -------
    tuple
        The lane; none if there is no room for one.
    """
    (x, y), (to_x, to_y) = run
    top, bottom = min(y, to_y), max(y, to_y)
    low, high = gaps_with_room(boxes, to_x - WIDE, x + WIDE, top, bottom)
    heights = np.clip((y + to_y) / 2, low, high)
    turns = np.array(
        [
            (left, min(at, other), left + WIDE, max(at, other))
            for other in heights.tolist()
            for left, at in ((x, y), (to_x - WIDE, to_y))
        ]
    ).reshape(-1, 1, 4)
    met = (turns[..., 0] < boxes[:, 2] - 0.01) & (boxes[:, 0] < turns[..., 2] - 0.01)
    met &= (turns[..., 1] < boxes[:, 3] + NEAR) & (boxes[:, 1] < turns[..., 3] + NEAR)
    is_free = ~met.any(axis=1).reshape(-1, 2).any(axis=1)
    if not is_free.any():
        return ()
    far = np.abs(heights - y) + np.abs(heights - to_y)
    return (Lane(to_x, x, float(heights[np.where(is_free, far, np.inf).argmin()])),)
