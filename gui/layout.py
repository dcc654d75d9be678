"""Where the engine's layout puts the blocks of a document, given how large they are drawn."""

from __future__ import annotations

from collections.abc import Callable, Collection
from functools import partial
from typing import TYPE_CHECKING

import networkx as nx

from engine.document import Document, Place
from engine.graph import Graph, Wire
from engine.order import age
from engine.picture.places import has_arrays, spread, spread_graph
from engine.progress import Progress, unheeded
from gui.canvas.geometry import size
from gui.levels import forward

if TYPE_CHECKING:
    from gui.canvas.scene import CanvasScene


LayOut = Callable[[Progress], dict[str, Place]]
"""Tells where things are to stand; it may be called on any thread."""


def places_for(graph: Graph, progress: Progress = unheeded) -> dict[str, Place]:
    """Lay a graph out from left to right, as wide as its blocks are on this screen."""
    blocks = graph.blocks.values()
    return spread_graph(graph, {block.id: size(block) for block in blocks}, progress)


def layout_on(canvas: CanvasScene, items: Collection[str]) -> LayOut:
    """Give what lays out some of what is seen on a canvas: blocks, and folded groups like blocks.

    What the canvas has to say is asked now; what comes later of edits does not reach it.
    """
    graph, folds = canvas.document.graph, canvas.folds
    if folds.is_plain and len(items) == len(graph):
        return partial(places_for, graph.copy())
    net: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    net.add_nodes_from(sorted(items, key=age))
    seen = set(items)
    lines = [
        Wire(link.start, link.end, link.port if link.port >= 0 else number)
        for number, link in enumerate(folds.lines())
        if link.start is not None and link.end is not None and {link.start, link.end} <= seen
    ]
    for line in lines if folds.is_plain else forward(net, lines):
        net.add_edge(line.source, line.target, key=line.port)
    rects = {item: canvas.block_rect(item) for item in items}
    sizes = {item: (rect.width(), rect.height()) for item, rect in rects.items()}
    gives = [item for item in items if item not in graph or graph.block(item).is_function]
    used = {item for item in gives if net.out_degree(item) > 1}
    ends = [item for item in gives if not net.out_degree(item)]
    return partial(_spread, net, sizes, used, ends, has_arrays(graph))


def _spread(
    net: nx.MultiDiGraph[str],
    sizes: dict[str, tuple[float, float]],
    used: Collection[str],
    ends: Collection[str],
    wide: bool,  # noqa: FBT001 - one of the facts that were asked
    progress: Progress,
) -> dict[str, Place]:
    return spread(net, sizes, used, ends, wide=wide, progress=progress)


def laid_out(graph: Graph, target: str | None = None, progress: Progress = unheeded) -> Document:
    """Make a document of a graph that has no places yet."""
    return Document(graph, places_for(graph, progress), target)
