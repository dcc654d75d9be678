"""Blocks moved out of the way of long wires, which are drawn as one curve from end to end."""

from __future__ import annotations

import math
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, TypeAlias

import numpy as np

from engine.layout.layered import BEND

if TYPE_CHECKING:
    from engine.layout.arrays import Floats, Ints
    from engine.layout.layered import Layered

# Vertices, and passings of a block, up to which it is looked at. Where there are more, there are
# hardly places for which all wires are free; those that are not are drawn around blocks.
MOST, MOST_PASSES = 400, 400

# Room between a block and a wire that passes it: enough for what is written below the block and on
# the wire, else a little.
ROOMS = (36.0, 10.0)

# How many times as tall the drawing may become, and how much besides.
TALLER, BESIDES = 1.15, 120.0

SWEEPS = 300
NEAR_ENOUGH = 0.5


_Pair: TypeAlias = tuple[int, int, float]


@dataclass(frozen=True, slots=True)
class _Pass:
    """A wire above or below a block that it passes.

    Attributes
    ----------
    block, source, target
        Numbers of the block, and of those that the wire joins.
    share
        How far the wire has come at an edge of the block, from the height of one end to the other.
    side
        1 where the block stands above the wire, -1 below.
    least
        How far the middle of the block stands from the line between the middles where it touches
        the wire.
    """

    block: int
    source: int
    target: int
    share: float
    side: int
    least: float


def clear(graph: Layered, x: Floats, size: Floats, gap: float, y: Floats) -> Floats:
    """Move blocks up and down until no long wire passes behind one.

    A wire leaves and enters level, so it cannot turn where it bends in the layout: the blocks have
    to stand so that the curve is free. Where that would make the drawing much taller, wires are
    left to be drawn around blocks. What stood in one line stays in it where that is possible. Each
    wish moves the blocks that it is about by as little as can be, again and again, which ends near
    the closest places at which all wishes are met, if there are any.

    Parameters
    ----------
    graph : Layered
        The graph, its vertices in their final order.
    x, y : Floats, shape (blocks,)
        The centres of the blocks.
    size : Floats, shape (blocks, 2)
        Their widths and heights.
    gap : float
        The free room between a block and the one below.
    """
    if graph.vertices > MOST:
        return y
    passes, stacks = _passes(graph, x, size), _stacks(graph, size[:, 1], gap)
    if len(passes) > MOST_PASSES:
        return y
    allowed = float(TALLER * np.ptp(y) + BESIDES)
    best, hidden = y, _hidden(passes, y)
    levels = _levels(graph, passes, y)
    for room in ROOMS:
        found = _cleared(passes, stacks, levels, room, y, allowed)
        if _hidden(passes, found) < hidden and np.ptp(found) <= allowed:
            best, hidden = found, _hidden(passes, found)
        if not hidden:
            break
    return best


def _hidden(passes: list[_Pass], y: Floats) -> int:
    """Count how often a wire comes close to a block."""
    return sum(_missing(each, y, ROOMS[-1]) > 1 for each in passes)


def _cleared(
    passes: list[_Pass],
    stacks: list[_Pair],
    levels: list[tuple[int, int]],
    room: float,
    y: Floats,
    allowed: float,
) -> Floats:
    """Move blocks until all wishes are met, it was tried long enough, or it gets too tall."""
    place = y.tolist()
    for _ in range(SWEEPS):
        before = place.copy()
        for upper, lower in levels:
            place[upper] = place[lower] = (place[upper] + place[lower]) / 2
        worst = _part(stacks, place)
        for each in passes:
            missing = _missing(each, place, room)
            worst = max(worst, missing)
            if missing > 0:
                by = each.side * missing / (1 + (1 - each.share) ** 2 + each.share**2)
                place[each.block] -= by
                place[each.source] += by * (1 - each.share)
                place[each.target] += by * each.share
        if worst <= NEAR_ENOUGH:
            break
        if max(place) - min(place) > allowed - NEAR_ENOUGH:
            place = before
            break
    for upper, lower, distance in stacks:
        place[lower] = max(place[lower], place[upper] + distance)
    return np.floor(np.array(place) + 0.5)


def _missing(each: _Pass, y: Floats | list[float], room: float) -> float:
    """Tell by how much a block is too near to a wire that shall have so much room."""
    wire = y[each.source] + each.share * (y[each.target] - y[each.source])
    return float(each.least + room - each.side * (wire - y[each.block]))


def _part(stacks: list[_Pair], place: list[float]) -> float:
    """Part blocks that are too near to each other; tell the worst of it."""
    worst = 0.0
    for upper, lower, distance in stacks:
        missing = distance - (place[lower] - place[upper])
        if missing > 0:
            place[upper] -= missing / 2
            place[lower] += missing / 2
            worst = max(worst, missing)
    return worst


def _stacks(graph: Layered, height: Floats, gap: float) -> list[_Pair]:
    """List the blocks below each other, and how far apart their middles stand at least."""
    found = []
    for start, count in zip(*graph.cells(), strict=True):
        blocks = [b for b in graph.block[start : start + count].tolist() if b != BEND]
        for upper, lower in pairwise(blocks):
            distance = math.ceil((height[upper] + height[lower]) / 2 + gap)  # places are whole
            found.append((upper, lower, float(distance)))
    return found


def _levels(graph: Layered, passes: list[_Pass], y: Floats) -> list[tuple[int, int]]:
    """List the neighbours that stand at one height, and may go on to do so."""
    apart = {(each.block, end) for each in passes for end in (each.source, each.target)}
    pairs = zip(graph.block[graph.tail].tolist(), graph.block[graph.head].tolist(), strict=True)
    return [
        (tail, head)
        for tail, head in pairs
        if BEND not in (tail, head)
        and y[tail] == y[head]
        and (tail, head) not in apart
        and (head, tail) not in apart
    ]


def _passes(graph: Layered, x: Floats, size: Floats) -> list[_Pass]:
    """Find next to which blocks each long wire passes."""
    block, came_from = graph.block, np.full(graph.vertices, BEND)
    came_from[graph.head] = graph.tail
    entering = np.bincount(graph.head, minlength=graph.vertices)
    found = []
    ends = np.flatnonzero((block[graph.tail] == BEND) & (block[graph.head] != BEND))
    for segment in ends.tolist():
        head, bend = graph.head[segment], graph.tail[segment]
        bends = []
        while block[bend] == BEND:
            bends.append(bend)
            bend = came_from[bend]
        source, target = int(block[bend]), int(block[head])
        ports = entering[head]
        port = (graph.port[segment] + 0.5) * ports - 0.5
        down = size[target, 1] * ((port + 1) / (ports + 1) - 0.5)
        left = x[source] + size[source, 0] / 2
        right = x[target] - size[target, 0] / 2
        for at in bends:
            for vertex, side in _beside(graph, at):
                each = int(block[vertex])
                half = size[each, 0] / 2
                for edge in (x[each] - half, x[each] + half):
                    share = _risen((edge - left) / (right - left))
                    least = size[each, 1] / 2 - side * share * down
                    found.append(_Pass(each, source, target, share, side, float(least)))
    return found


def _beside(graph: Layered, bend: Ints) -> list[tuple[int, int]]:
    """Find the blocks next to a bend in its layer: above, and below."""
    starts, counts = graph.cells()
    cell = int(np.searchsorted(starts, bend, side="right")) - 1
    start, end = int(starts[cell]), int(starts[cell] + counts[cell])
    above = (v for v in range(int(bend) - 1, start - 1, -1) if graph.block[v] != BEND)
    below = (v for v in range(int(bend) + 1, end) if graph.block[v] != BEND)
    found = ((next(above, None), 1), (next(below, None), -1))
    return [(vertex, side) for vertex, side in found if vertex is not None]


def _risen(way: float) -> float:
    """Tell how far a wire has come in height where it has come so far from left to right.

    A wire is a cubic curve that leaves and enters level, with its handles in the middle.
    """
    low, high = 0.0, 1.0
    for _ in range(20):
        t = (low + high) / 2
        low, high = (t, high) if 1.5 * t * (1 - t) + t**3 < way else (low, t)
    return 3 * low**2 - 2 * low**3
