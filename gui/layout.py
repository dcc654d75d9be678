"""Where the engine's layout puts the blocks of a document, given how large they are drawn."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING

import networkx as nx

from engine.document import Document, Place
from engine.graph import Graph
from engine.order import age
from engine.picture.places import has_arrays, spread, spread_graph
from gui.canvas.geometry import size

if TYPE_CHECKING:
    from gui.canvas.scene import CanvasScene


def places_for(graph: Graph) -> dict[str, Place]:
    """Lay a graph out from left to right, as wide as its blocks are on this screen."""
    blocks = graph.blocks.values()
    return spread_graph(graph, {block.id: size(block) for block in blocks})


def places_on(canvas: CanvasScene, items: Collection[str]) -> dict[str, Place]:
    """Lay out what is seen on a canvas, or some of it: blocks, and folded groups like blocks."""
    graph, folds = canvas.document.graph, canvas.folds
    if folds.is_plain and len(items) == len(graph):
        return places_for(graph)
    net: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    net.add_nodes_from(sorted(items, key=age))
    for number, link in enumerate(folds.lines()):
        if link.start in items and link.end in items:
            net.add_edge(link.start, link.end, key=link.port if link.port >= 0 else number)
    rects = {item: canvas.block_rect(item) for item in items}
    sizes = {item: (rect.width(), rect.height()) for item, rect in rects.items()}
    gives = [item for item in items if item not in graph or graph.block(item).is_function]
    used = {item for item in gives if net.out_degree(item) > 1}
    ends = [item for item in gives if not net.out_degree(item)]
    return spread(net, sizes, used, ends, wide=has_arrays(graph))


def laid_out(graph: Graph, target: str | None = None) -> Document:
    """Make a document of a graph that has no places yet."""
    return Document(graph, places_for(graph), target)
