"""Where the engine's layout puts the blocks of a document, given how large they are drawn."""

from __future__ import annotations

from engine.document import Document, Place
from engine.graph import Graph
from engine.layout import Spacing, layout
from gui.canvas.geometry import END, size

ROWS = 60.0
PARTING = 64.0
"""More room behind a block with several uses: for its own labels, and for what comes back."""

NUMBERS, ARRAYS = 74.0, 172.0
"""Gap between layers: room for the label of a number, and for that of an array."""


def places_for(graph: Graph) -> dict[str, Place]:
    """Lay a graph out from left to right.

    The pill at the end of a block that nothing uses is laid out like a block, so that nothing
    comes to stand where it is.
    """
    net = graph.net.copy()
    sizes = {block.id: size(block) for block in graph.blocks.values()}
    parting = {
        block.id
        for block in graph.blocks.values()
        if block.is_function and len(graph.wires_from(block.id)) > 1
    }
    for block in parting:
        width, height = sizes[block]
        sizes[block] = (width + PARTING, height)
    for sink in graph.sinks():
        end = f"end of {sink}"
        net.add_edge(sink, end, key=0)
        sizes[end] = (END, 48.0)
    values = (block.value for block in graph.blocks.values())
    has_arrays = any(value is not None and value.ndim for value in values)
    spacing = Spacing(layers=ARRAYS if has_arrays else NUMBERS, rows=ROWS)
    placed = layout(net, sizes, spacing=spacing)
    return {
        block: Place(x - PARTING / 2 if block in parting else x, y)
        for block, (x, y) in placed.items()
        if block in graph
    }


def laid_out(graph: Graph, target: str | None = None) -> Document:
    """Make a document of a graph that has no places yet."""
    return Document(graph, places_for(graph), target)
