"""Putting blocks into line and at equal distances: pure functions of places and sizes."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise
from typing import Literal

from engine.document import Place

Side = Literal["left", "centre", "right", "top", "middle", "bottom"]
Way = Literal["across", "down"]
Places = Mapping[str, Place]
Sizes = Mapping[str, tuple[float, float]]
"""Width and height of each block."""


def aligned(places: Places, sizes: Sizes, side: Side) -> dict[str, Place]:
    """Put blocks into line by a side, or by their middles.

    Parameters
    ----------
    side
        "left", "centre" and "right" make a column; "top", "middle" and "bottom" a row. A side is
        that of the outermost block, a middle that of all of them.

    Examples
    --------
    >>> places = {"a": Place(0.0, 0.0), "b": Place(100.0, 50.0)}
    >>> aligned(places, {"a": (20.0, 20.0), "b": (60.0, 20.0)}, "left")
    {'a': Place(x=0.0, y=0.0), 'b': Place(x=20.0, y=50.0)}
    """
    axis = 0 if side in ("left", "centre", "right") else 1
    half = {block: sizes[block][axis] / 2 for block in places}
    low = min(places[block][axis] - half[block] for block in places)
    high = max(places[block][axis] + half[block] for block in places)
    found = {}
    for block, place in places.items():
        if side in ("left", "top"):
            at = low + half[block]
        elif side in ("right", "bottom"):
            at = high - half[block]
        else:
            at = (low + high) / 2
        found[block] = _moved(place, axis, at)
    return found


def distributed(places: Places, sizes: Sizes, way: Way) -> dict[str, Place]:
    """Make the gaps between blocks equal; the outermost two stay.

    Where the blocks are too large for gaps, their middles come to stand at equal distances.

    Examples
    --------
    >>> places = {name: Place(x, 0.0) for name, x in (("a", 0.0), ("b", 10.0), ("c", 100.0))}
    >>> distributed(places, dict.fromkeys(places, (20.0, 20.0)), "across")["b"]
    Place(x=50.0, y=0.0)
    """
    axis = 0 if way == "across" else 1
    order = sorted(places, key=lambda block: places[block][axis])
    if len(order) < 3:  # noqa: PLR2004 - two have one gap
        return dict(places)
    sides = {block: sizes[block][axis] for block in order}
    first, last = places[order[0]][axis], places[order[-1]][axis]
    inner = sum(sides[block] for block in order[1:-1])
    spare = last - first - (sides[order[0]] + sides[order[-1]]) / 2 - inner
    gap, found = spare / (len(order) - 1), dict(places)
    at = first
    for number, (before, block) in enumerate(pairwise(order[:-1]), start=1):
        at += sides[before] / 2 + gap + sides[block] / 2
        even = first + (last - first) * number / (len(order) - 1)
        found[block] = _moved(places[block], axis, at if gap >= 0 else even)
    return found


def kept_near(places: Places, before: Places) -> dict[str, Place]:
    """Shift places so that the middle around all of them stays where it was."""
    x, y = (_middle(before, axis) - _middle(places, axis) for axis in (0, 1))
    return {block: Place(place.x + x, place.y + y) for block, place in places.items()}


def _middle(places: Places, axis: int) -> float:
    along = [place[axis] for place in places.values()]
    return (min(along) + max(along)) / 2


def _moved(place: Place, axis: int, to: float) -> Place:
    return Place(to, place.y) if axis == 0 else Place(place.x, to)
