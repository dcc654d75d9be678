"""Lanes: where wires are led between the blocks that they would run behind.

A function of where blocks and wires are, and of nothing else: nobody keeps lanes, so they are the
same wherever a graph is drawn, and a block that is moved has them found anew.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping
from functools import lru_cache
from typing import TypeVar

import numpy as np

from engine.marks import Box
from engine.picture.apart import apart
from engine.picture.lines import Line
from engine.picture.passage import passage
from engine.picture.stretches import NEAR, Floats, Lanes, Run, legs, struck
from engine.picture.turning import turning_lane

MOST = 250_000
"""Wires times blocks up to which lanes are looked for: it takes some 7 ms then where little has
changed, and a larger graph folds itself when it is opened."""

AROUND = 600.0
"""How far above and below a wire is looked at what it might be led around, in scene units."""

Key = TypeVar("Key", bound=Hashable)


def lanes(boxes: Iterable[Box], runs: Mapping[Key, Run]) -> dict[Key, Lanes]:
    """Find the lanes of wires.

    Parameters
    ----------
    boxes
        The outlines of all blocks and folded groups, and of the pills at their ends.
    runs
        The wires that are drawn, but for those with bends: where these run, people say.

    Returns
    -------
    dict
        The lanes of each wire that has any.
    """
    rows = [(x, y, x + width, y + height) for x, y, width, height in boxes]
    if len(rows) * len(runs) > MOST:
        return {}
    there = in_order(np.array(rows, dtype=float).reshape(-1, 4))
    return apart(there, runs, ways(there, runs))


def in_order(there: Floats) -> Floats:
    """Put blocks into an order that does not depend on which was made first."""
    return there[np.lexsort(there.T)]


def ways(there: Floats, runs: Mapping[Key, Run]) -> dict[Key, Lanes]:
    """Lead wires around blocks, each with no regard to the others.

    Parameters
    ----------
    there
        Left, top, right and bottom of all blocks, in order.
    """
    return {key: led for key in hidden_by(there, runs) if (led := way(runs[key], there))}


def hidden_by(there: Floats, runs: Mapping[Key, Run]) -> list[Key]:
    """List the wires that would run behind a block."""
    forward = [key for key, run in runs.items() if run.end.x > run.start.x]
    ends = np.array([(*runs[key].start, *runs[key].end) for key in forward]).reshape(-1, 4)
    hidden = np.flatnonzero(struck(ends, there, NEAR).any(axis=1)).tolist()
    found = [forward[at] for at in hidden]
    found += [key for key, run in runs.items() if turns_behind(run, there)]
    return found


def turns_behind(run: Run, there: Floats) -> bool:
    """Tell whether a wire turns back and runs behind a block, its own among them."""
    if run.end.x > run.start.x:
        return False
    x, y = np.array(Line(*run).points())[1:-1].T
    left, top, right, bottom = there.T[:, :, np.newaxis]
    across = (left < x) & (x < right)
    return bool((across & (top < y) & (y < bottom)).any())


def way(run: Run, there: Floats) -> Lanes:
    """Lead one wire, with no regard to others.

    Parameters
    ----------
    there
        Left, top, right and bottom of all blocks, in order.
    """
    (x, y), (to_x, to_y) = run
    if to_x <= x:
        return turning_lane(run, there)
    near = there[(there[:, 0] < to_x) & (there[:, 2] > x)]
    is_in_band = (near[:, 1] < max(y, to_y) + AROUND) & (near[:, 3] > min(y, to_y) - AROUND)
    found = _known(run, near[is_in_band].tobytes())
    if found and struck(legs(run, found), near[~is_in_band], NEAR).any():
        return passage(run, near)
    return found


def found_anew() -> int:
    """Count the ways that were found so far and not known already: the others take no time."""
    return _known.cache_info().misses


@lru_cache(maxsize=4096)
def _known(run: Run, boxes: bytes) -> Lanes:
    """Lead it the way that it was, where nothing has changed around it."""
    return passage(run, np.frombuffer(boxes).reshape(-1, 4))
