"""Where the engine's layout puts the blocks of a document, given how large they are drawn."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import TYPE_CHECKING

import networkx as nx

from engine.document import Document, Place
from engine.graph import Graph
from engine.layout import Spacing, layout
from engine.order import age
from gui.canvas.geometry import END, size

if TYPE_CHECKING:
    from gui.canvas.scene import CanvasScene

ROWS = 60.0
PARTING = 64.0
"""More room behind a block with several uses: for its own labels, and for what comes back."""

NUMBERS, ARRAYS = 74.0, 132.0
"""Gap between layers: room for the label of a number, and for that of an array."""


def places_for(graph: Graph) -> dict[str, Place]:
    """Lay a graph out from left to right.

    The pill at the end of a block that nothing uses is laid out like a block, so that nothing
    comes to stand where it is.
    """
    blocks = graph.blocks.values()
    sizes = {block.id: size(block) for block in blocks}
    used = {
        block.id for block in blocks if block.is_function and len(graph.wires_from(block.id)) > 1
    }
    return _places(graph.net, sizes, used, graph.sinks(), has_arrays=_has_arrays(graph))


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
    return _places(net, sizes, used, ends, has_arrays=_has_arrays(graph))


def _has_arrays(graph: Graph) -> bool:
    values = (block.value for block in graph.blocks.values())
    return any(value is not None and value.ndim for value in values)


def _places(
    net: nx.MultiDiGraph[str],
    sizes: dict[str, tuple[float, float]],
    parting: Collection[str],
    ends: Iterable[str],
    *,
    has_arrays: bool,
) -> dict[str, Place]:
    """Lay out a net, with more room where wires part, and with the pills of its ends."""
    net, known = net.copy(), frozenset(sizes)
    for item in parting:
        width, height = sizes[item]
        sizes[item] = (width + PARTING, height)
    for item in ends:
        end = f"end of {item}"
        net.add_edge(item, end, key=0)
        sizes[end] = (END, 48.0)
    spacing = Spacing(layers=ARRAYS if has_arrays else NUMBERS, rows=ROWS)
    placed = layout(net, sizes, spacing=spacing)
    return {
        item: Place(x - PARTING / 2 if item in parting else x, y)
        for item, (x, y) in placed.items()
        if item in known
    }


def laid_out(graph: Graph, target: str | None = None) -> Document:
    """Make a document of a graph that has no places yet."""
    return Document(graph, places_for(graph), target)
