"""The way of one wire between the blocks that it would run behind."""

from __future__ import annotations

from typing import NamedTuple, TypeAlias

import numpy as np

from engine.picture.stretches import NEAR, Floats, Lane, Lanes, Run, legs, risen, struck

MORE = 6.0
"""How much more room it keeps where it is not in a lane."""

ROOM = 30.0
"""Room that a lane keeps above and below where it can: enough for what is written at a block."""

NARROW = 12.0
"""How wide a gap between blocks has to be for a wire."""

BESIDE = 12.0
"""How far before a block a wire has come to its lane, and how far behind it leaves it."""

PARTED = 2 * BESIDE + 24.0
"""Room between blocks in which a wire can go up or down."""

GAPS = 8
"""Gaps of a column that are looked at: those nearest to the wire."""

SWEEPS = 2
"""How often the heights of lanes are evened out."""

ROUNDS = 20
"""How often a wire is led around what it still comes upon."""

BENT = 16.0
"""What each change of height costs, in scene units of going up or down."""

STEEP = 0.15
"""What it costs to be steep."""


class _Column(NamedTuple):
    """A stretch in which a wire has to stay level, and the gaps that it may take there.

    Attributes
    ----------
    low, high
        Between which heights it may be, in each gap.
    """

    left: float
    right: float
    low: Floats
    high: Floats


_Chosen: TypeAlias = list[tuple[_Column, float, float]]
"""The columns that a wire passes, and between which heights it does so in each."""


def passage(run: Run, boxes: Floats) -> Lanes:
    """Lead a wire between the blocks that it would run behind.

    It is led around those, then around what it comes upon on that way, and so on.

    Parameters
    ----------
    run
        A wire that leads to the right.
    boxes
        Left, top, right and bottom of all blocks.

    Returns
    -------
    tuple
        The lanes, from left to right; none if it is free without, or there is no way.
    """
    walls = struck(legs(run, ()), boxes, NEAR)[0]
    if not walls.any():
        return ()
    known, columns = walls.copy(), _columns(run, boxes, boxes[walls])
    for _ in range(ROUNDS):
        ways = _cheapest(run, columns, boxes[known])
        if not ways and (known & ~walls).any():
            # What is beside the wire has to become a part of what it is led around.
            walls = known.copy()
            columns = _columns(run, boxes, boxes[walls])
            continue
        met = np.zeros(len(boxes), dtype=bool)
        for chosen in ways:
            lanes = _level(run, chosen)
            found = struck(legs(run, lanes), boxes, NEAR).any(axis=0)
            if not found.any():
                return _fewest(run, chosen, boxes)
            met |= found
        if not (met & ~known).any():
            return ()
        known |= met
    return ()


def _columns(run: Run, boxes: Floats, known: Floats) -> list[_Column]:
    """Put blocks together that no wire can go up or down between, and find the gaps there."""
    (x, y), (to_x, to_y) = run
    spans: list[list[float]] = []
    for left, _, right, _ in sorted(known.tolist()):
        if spans and left - spans[-1][1] < PARTED:
            spans[-1][1] = max(spans[-1][1], right)
        else:
            spans.append([left, right])
    found = []
    for left, right in spans:
        begin = max(left - BESIDE, (x + left) / 2) if left > x else x
        end = min(right + BESIDE, (to_x + right) / 2) if right < to_x else to_x
        if begin == x or end == to_x:  # here it is at its port
            low, high = _gaps(boxes, begin, end)
            at = y if begin == x else to_y
            is_free = ((low + NEAR <= at) & (at <= high - NEAR)).any()
            low = high = np.full(int(is_free), at)
        else:
            low, high = gaps_with_room(boxes, begin, end, min(y, to_y), max(y, to_y))
        found.append(_Column(begin, end, low, high))
    return found


def _gaps(boxes: Floats, left: float, right: float) -> tuple[Floats, Floats]:
    """Find between which heights nothing stands from left to right."""
    there = boxes[(boxes[:, 0] < right - 0.01) & (boxes[:, 2] > left + 0.01)]
    there = there[np.argsort(there[:, 1], kind="stable")]
    low = np.append(-np.inf, np.maximum.accumulate(there[:, 3]))
    high = np.append(there[:, 1], np.inf)
    wide = high - low >= NARROW
    return low[wide], high[wide]


def gaps_with_room(
    boxes: Floats, left: float, right: float, top: float, bottom: float
) -> tuple[Floats, Floats]:
    """Find between which heights a wire may be from left to right, keeping room.

    Returns
    -------
    low, high
        The ends of the gaps that are nearest to what lies between top and bottom.
    """
    low, high = _gaps(boxes, left, right)
    room = np.minimum(ROOM, (high - low) / 2)
    low, high = low + room, high - room
    far = np.maximum(np.maximum(low - bottom, top - high), 0.0)
    near = np.sort(np.argsort(far, kind="stable")[:GAPS])
    return low[near], high[near]


def _cheapest(run: Run, columns: list[_Column], known: Floats) -> list[_Chosen]:
    """Choose a gap in each column, so that the wire goes up and down little.

    Parameters
    ----------
    known
        The blocks that it must not come upon on its way from one column to the next.

    Returns
    -------
    list
        The gaps; and, for when no other heights in them will do, the heights themselves.
    """
    (x, y), (to_x, to_y) = run
    heights, costs = np.array([y]), np.zeros(1)
    at, came = x, []
    for column in columns:
        middle = (column.left + column.right) / 2
        share = float(risen(np.array((middle - x) / (to_x - x))))
        wished = np.array((y, to_y, y + (to_y - y) * share))[:, np.newaxis]
        there, first = np.unique(
            np.clip(wished, column.low, column.high).ravel(), return_index=True
        )
        if not len(there):
            return []
        best = _between(at, heights, column.left, there, known) + costs[:, np.newaxis]
        came.append((best.argmin(axis=0), there, first % len(column.low)))
        heights, costs, at = there, best.min(axis=0), column.right
    last = _between(at, heights, to_x, np.array([to_y]), known)[:, 0] + costs
    chosen = int(last.argmin())
    if not np.isfinite(last[chosen]):
        return []
    wide: _Chosen = []
    exact: _Chosen = []
    for column, (before, there, gaps) in zip(reversed(columns), reversed(came), strict=True):
        gap, height = int(gaps[chosen]), float(there[chosen])
        wide.append((column, float(column.low[gap]), float(column.high[gap])))
        exact.append((column, height, height))
        chosen = int(before[chosen])
    return [wide[::-1], exact[::-1]]


def _between(x: float, heights: Floats, to_x: float, others: Floats, known: Floats) -> Floats:
    """Tell what it costs to go from each of some heights to each of others, to the right."""
    across = to_x - x
    down = np.abs(others - heights[:, np.newaxis])
    costs: Floats = down + STEEP * down**2 / max(across, 1.0) + BENT * (down > 1)
    if across < 1:
        costs[down > 1] = np.inf
        return costs
    there = known[(known[:, 0] < to_x) & (known[:, 2] > x)]
    if not len(there):
        return costs
    stretches = np.empty((*costs.shape, 4))
    stretches[..., 0], stretches[..., 1] = x, heights[:, np.newaxis]
    stretches[..., 2], stretches[..., 3] = to_x, others
    met = struck(stretches.reshape(-1, 4), there, NEAR).any(axis=1)
    costs[met.reshape(costs.shape)] = np.inf
    return costs


def _level(run: Run, chosen: _Chosen) -> Lanes:
    """Lead a wire through gaps, at one height as long as that can be."""
    groups: list[list[float]] = []
    for column, low, high in chosen:
        if groups:
            left, _, lowest, highest = groups[-1]
            if max(low, lowest) <= min(high, highest):
                groups[-1] = [left, column.right, max(low, lowest), min(high, highest)]
                continue
        groups.append([column.left, column.right, low, high])
    heights = [run.start.y, *(run.start.y for _ in groups), run.end.y]
    rights = [run.start.x, *(group[1] for group in groups)]
    lefts = [*(group[0] for group in groups), run.end.x]
    for at in [*range(len(groups), 0, -1), *range(1, len(groups) + 1)] * SWEEPS:
        _, _, low, high = groups[at - 1]
        before = heights[at - 1], lefts[at - 1] - rights[at - 1]
        after = heights[at + 1], lefts[at] - rights[at]
        heights[at] = _between_two(before, after, low, high)
    return tuple(
        Lane(left, right, y) for (left, right, _, _), y in zip(groups, heights[1:-1], strict=True)
    )


def _between_two(
    before: tuple[float, float], after: tuple[float, float], low: float, high: float
) -> float:
    """Choose a height between two others, each given with how far away it is."""
    (y, across), (to_y, to_across) = before, after
    across, to_across = max(across, 1.0), max(to_across, 1.0)
    even = (y * to_across + to_y * across) / (across + to_across)  # where both are as steep
    wished = (min(max(each, low), high) for each in (y, to_y, even))

    def cost(at: float) -> float:
        return _climb(abs(at - y), across) + _climb(abs(to_y - at), to_across)

    return min(wished, key=cost)


def _climb(down: float, across: float) -> float:
    """Tell what it costs to go up or down so far on so long a way."""
    return down + STEEP * down**2 / across + BENT * (down > 1)


def _fewest(run: Run, chosen: _Chosen, boxes: Floats) -> Lanes:
    """Leave out what a wire need not be led through."""
    at = 0
    while at < len(chosen):
        fewer = chosen[:at] + chosen[at + 1 :]
        if fewer and not struck(legs(run, _level(run, fewer)), boxes, NEAR + MORE).any():
            chosen = fewer
        else:
            at += 1
    return _level(run, chosen)
