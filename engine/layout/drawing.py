"""From a graph to the places of its blocks."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from engine.layout.before import Before, nowhere, stood
from engine.layout.blocks import read
from engine.layout.clearing import clear
from engine.layout.layered import BEND, Layered, cut
from engine.layout.layers import layers
from engine.layout.ordering import order, order_like
from engine.layout.rows import rows
from engine.progress import part, unheeded

if TYPE_CHECKING:
    from collections.abc import Mapping

    import networkx as nx

    from engine.layout.arrays import Floats, Ints, Places
    from engine.layout.blocks import Blocks
    from engine.progress import Progress

BLOCK_SIZE = (96.0, 88.0)

# A long wire that passes a layer keeps less room around itself than a block does.
WIRE_GAP = 0.25


@dataclass(frozen=True, slots=True)
class Spacing:
    """The free room between blocks.

    Attributes
    ----------
    layers : float
        Between a layer and the next, from left to right.
    rows : float
        Between a block and the one below it, and between two drawings that no wire joins.

    Raises
    ------
    ValueError
        If one of them is negative or not finite.
    """

    layers: float = 110.0
    rows: float = 64.0

    def __post_init__(self) -> None:
        for gap in (self.layers, self.rows):
            if not 0 <= gap < math.inf:
                raise ValueError(f"Blocks cannot be {gap} apart.")


STANDARD = Spacing()


def layout(
    graph: nx.MultiDiGraph,
    sizes: Mapping[str, tuple[float, float]] | None = None,
    *,
    spacing: Spacing = STANDARD,
    before: Places | None = None,
    progress: Progress = unheeded,
) -> dict[str, tuple[float, float]]:
    """Place the blocks of a graph, so that wires run from left to right and rarely cross.

    Parameters
    ----------
    graph : networkx.MultiDiGraph
        The blocks, and a wire for each edge; the key of an edge is the number of the input port
        that it enters. Ports are numbered from top to bottom.
    sizes : mapping of str to (float, float), optional
        Width and height of blocks; one that is missing has `BLOCK_SIZE`.
    spacing : Spacing, optional
        The free room between blocks.
    before : mapping of str to (float, float), optional
        Where blocks stood. They keep their heights and their order from top to bottom, unless
        another order saves crossings, so that after a small change most of them stay in place.
    progress : callable, optional
        Told now and then how much is done, from 0 to 1; it may raise, which ends the work.

    Returns
    -------
    dict of str to (float, float)
        The centre of every block: x grows along the wires, y downwards. The left and the top edge
        of the drawing lie at 0.

    Raises
    ------
    ValueError
        If the graph has a cycle.

    Examples
    --------
    >>> import networkx as nx
    >>> chain = nx.MultiDiGraph([("x", "square"), ("square", "y")])
    >>> layout(chain)
    {'x': (48.0, 44.0), 'square': (254.0, 44.0), 'y': (460.0, 44.0)}
    """
    if len(graph) == 0:
        return {}
    blocks = read(graph)
    layer = layers(graph, blocks)
    size = np.array([(sizes or {}).get(name, BLOCK_SIZE) for name in blocks.names])
    wired = cut(blocks, layer)
    progress(0.05)
    if before:
        ordered, memory = _remembered(wired, blocks, before)
    else:
        ordered, memory = _fresh(wired, part(progress, 0.05, 0.8))
    progress(0.8)
    x = _columns(layer, size[:, 0], spacing.layers)
    y = _rows(ordered, size[:, 1], spacing.rows, memory)
    progress(0.95)
    y = clear(ordered, x, size, spacing.rows, y)
    y = _stacked(blocks, y, size[:, 1], spacing.rows, before or {})
    return dict(zip(blocks.names, zip(x.tolist(), y.tolist(), strict=True), strict=True))


def _fresh(graph: Layered, progress: Progress) -> tuple[Layered, Before]:
    """Order the vertices anew."""
    return graph.renumbered(order(graph, progress)), nowhere(graph.vertices)


def _remembered(graph: Layered, blocks: Blocks, before: Places) -> tuple[Layered, Before]:
    """Order the vertices as they stood.

    Nobody knows how long wires ran; so in a drawing that is kept they run where there is room, and
    do not push blocks away.
    """
    memory = stood(graph, blocks, before)
    top_down = order_like(graph, memory)
    ordered = graph.renumbered(top_down)
    blocks_alone = top_down[ordered.block != BEND]
    return ordered.without_bends(), memory.renumbered(blocks_alone)


def _columns(layer: Ints, width: Floats, gap: float) -> Floats:
    """Return the horizontal centre of every block; a layer is as wide as its widest block."""
    widest = np.zeros(int(layer.max()) + 1)
    np.maximum.at(widest, layer, width)
    left = np.cumsum(widest + gap) - (widest + gap)
    centre: Floats = (left + widest / 2)[layer]
    return centre


def _rows(graph: Layered, height: Floats, gap: float, before: Before) -> Floats:
    """Return the vertical centre of every block inside its component."""
    is_block = graph.block != BEND
    block = graph.block[is_block]
    room = np.zeros(graph.vertices)
    room[is_block] = height[block]
    free = np.where(is_block, gap, gap * WIRE_GAP)
    y = np.empty(len(height))
    y[block] = rows(graph, room, free, before)[is_block]
    return y


def _stacked(blocks: Blocks, y: Floats, height: Floats, gap: float, before: Places) -> Floats:
    """Move the components below each other: as they stood, then as the graph names them."""
    component = blocks.component
    count = int(component.max()) + 1
    top, bottom = np.full(count, np.inf), np.full(count, -np.inf)
    np.minimum.at(top, component, y - height / 2)
    np.maximum.at(bottom, component, y + height / 2)
    stood_at = np.full(count, np.inf)
    unknown = (math.inf, math.inf)
    np.minimum.at(stood_at, component, [before.get(name, unknown)[1] for name in blocks.names])

    downwards = np.argsort(stood_at, kind="stable")
    room = (bottom - top + gap)[downwards]
    start = np.empty(count)
    start[downwards] = np.cumsum(room) - room
    stacked: Floats = y + (start - top)[component]
    return stacked
