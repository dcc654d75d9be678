"""How far down every vertex stands."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from engine.layout.layered import BEND
from engine.layout.lines import lines
from engine.layout.relaxing import relax
from engine.layout.smoothing import smooth
from engine.layout.spreading import push_down, spread
from engine.layout.stack import Stack, stack

if TYPE_CHECKING:
    from engine.layout.arrays import Floats
    from engine.layout.before import Before
    from engine.layout.layered import Layered


# What would move by less than this part of a row stays where it was.
STAYS = 0.25


def rows(graph: Layered, height: Floats, gap: Floats, before: Before) -> Floats:
    """Place the vertices of each layer below each other, with wires short and mostly straight.

    Parameters
    ----------
    graph : Layered
        The graph, its vertices numbered in their final order.
    height, gap : Floats, shape (vertices,)
        The height of each vertex, and the room that it keeps free above and below.
    before : Before
        Where the vertices stood.

    Returns
    -------
    Floats, shape (vertices,)
        The vertical centre of each vertex, a whole number; vertices of different components are
        placed as if they did not know of each other.
    """
    row = float(np.median((height + gap)[graph.block != BEND]))
    vertices = stack(graph, height, gap)
    smoothed = smooth(graph, vertices, before)
    line = lines(graph, smoothed, row, before)
    stacked = vertices.of_lines(line)
    lines_before = before.of_lines(line)
    mean = np.bincount(line, smoothed) / np.bincount(line)
    y = relax(graph, line, stacked, lines_before, spread(stacked, mean))
    stays = (lines_before.hold > 0) & (np.abs(y - lines_before.y) < STAYS * row)
    if stays.any():
        y = spread(stacked, np.where(stays, lines_before.y, y))
    return _whole(stacked, y)[line]


def _whole(stacked: Stack, y: Floats) -> Floats:
    """Round the places of lines, so that what is nearly straight becomes straight.

    Distances are whole, so they stay kept; but for a place like 0.4999999999, that may only be half
    due to the rounding of floating-point numbers.
    """
    whole: Floats = np.floor(y + 0.5)
    if np.any(whole[stacked.lower] - whole[stacked.upper] < stacked.distance):
        whole = push_down(stacked, whole)
    return whole
