"""Lanes of several wires in one gap, moved apart so that each can be followed."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from typing import TypeVar

import numpy as np

from engine.document import Place
from engine.picture.stretches import NEAR, Floats, Lane, Lanes, Run, legs, struck

STEP = 10.0
"""Room between two wires in one gap, where there is so much."""

LEAST = 6.0
"""Room between them and a block."""

Key = TypeVar("Key", bound=Hashable)


@dataclass(frozen=True, slots=True)
class _Part:
    """One lane of one wire.

    Attributes
    ----------
    start
        Where its wire begins: wires of one Variable may run together.
    pull
        Where the wire comes from and goes to, in height: what comes from above, stays above.
    """

    key: Hashable
    number: int
    lane: Lane
    start: Place
    pull: float


def apart(boxes: Floats, runs: Mapping[Key, Run], found: Mapping[Key, Lanes]) -> dict[Key, Lanes]:
    """Move lanes of different Variables apart where they would run together.

    Parameters
    ----------
    boxes
        Left, top, right and bottom of all blocks.
    runs
        Where each wire begins and ends.
    found
        The lanes of each wire that has any.
    """
    moved: dict[Hashable, dict[int, float]] = {}
    for crowd in _crowds(_parts(runs, found)):
        for part, y in _spread(crowd, boxes):
            moved.setdefault(part.key, {})[part.number] = y
    led = {
        key: tuple(lane._replace(y=moved[key].get(at, lane.y)) for at, lane in enumerate(lanes))
        for key, lanes in found.items()
        if key in moved
    }
    ways = [legs(runs[key], lanes) for key, lanes in led.items()]
    if not ways:
        return dict(found)
    met = struck(np.concatenate(ways), boxes, NEAR).any(axis=1)
    owners = np.repeat(np.arange(len(ways)), [len(way) for way in ways])
    hits = np.bincount(owners, met, len(ways)).tolist()
    return {**found, **{key: led[key] for key, hit in zip(led, hits, strict=True) if not hit}}


def _parts(runs: Mapping[Key, Run], found: Mapping[Key, Lanes]) -> list[_Part]:
    parts = []
    for key, lanes in found.items():
        start, end = runs[key]
        heights = [start.y, *(lane.y for lane in lanes), end.y]
        for number, lane in enumerate(lanes):
            pull = heights[number] + heights[number + 2]
            parts.append(_Part(key, number, lane, start, pull))
    return parts


def _crowds(parts: list[_Part]) -> list[list[_Part]]:
    """Put together the lanes that run so close that one could be taken for another."""
    crowd = {at: [at] for at in range(len(parts))}
    order = sorted(range(len(parts)), key=lambda at: parts[at].lane.y)
    for at, first in enumerate(order):
        one = parts[first].lane
        for second in order[at + 1 :]:
            other = parts[second].lane
            if other.y - one.y >= STEP:
                break
            if crowd[first] is not crowd[second] and _beside(one, other):
                crowd[first] += crowd[second]
                for each in crowd[second]:
                    crowd[each] = crowd[first]
    groups = {id(group): group for group in crowd.values()}.values()
    several = ([parts[at] for at in sorted(group)] for group in groups)
    return [group for group in several if len({part.start for part in group}) > 1]


def _beside(one: Lane, other: Lane) -> bool:
    return one.left < other.right and other.left < one.right


def _spread(crowd: list[_Part], boxes: Floats) -> list[tuple[_Part, float]]:
    """Give the lanes of each Variable a height of their own, in the gap that all of them share."""
    left, right = min(p.lane.left for p in crowd), max(p.lane.right for p in crowd)
    there = boxes[(boxes[:, 0] < right) & (boxes[:, 2] > left)]
    heights = np.array([part.lane.y for part in crowd])
    middle = float(heights.mean())
    above, below = there[there[:, 3] <= heights.min()], there[there[:, 1] >= heights.max()]
    low = float(above[:, 3].max(initial=-np.inf)) + LEAST
    high = float(below[:, 1].min(initial=np.inf)) - LEAST
    pulls: dict[Place, list[float]] = {}
    for part in crowd:
        pulls.setdefault(part.start, []).append(part.pull)
    order = sorted(pulls, key=lambda start: (sum(pulls[start]) / len(pulls[start]), start))
    step = min(STEP, max(high - low, 0.0) / (len(order) - 1))
    room = step * (len(order) - 1)
    top = max(min(middle - room / 2, high - room), low)
    at = {start: top + step * number for number, start in enumerate(order)}
    return [(part, at[part.start]) for part in crowd]
