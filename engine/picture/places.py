"""Where the blocks of a graph stand, with room for the numbers between them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from engine.document import Bends, Document, Place
from engine.graph import Graph, Wire
from engine.groups import Groups
from engine.marks import Mark
from engine.picture.ends import clear_of_ends
from engine.picture.sizes import END, size
from engine.progress import Progress, unheeded
from engine.visible import marks_seen

if TYPE_CHECKING:
    import networkx as nx

ROWS = 60.0
PARTING = 64.0
"""More room behind a block with several uses: for its own labels, and for what comes back."""

ARRIVING = 40.0
"""More room before a block that a contribution comes back from."""

NUMBERS, ARRAYS = 74.0, 132.0
"""Gap between layers: room for the label of a number, and for that of an array."""


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a graph stands, and what is drawn with it.

    Attributes
    ----------
    places
        Where the middle of each block is, and of each group that is folded.
    bends
        What wires are led through.
    groups
        What is seen as one.
    marks
        The frames and notes that are seen.
    """

    places: Mapping[str, Place]
    bends: Mapping[Wire, Bends] = field(default_factory=dict)
    groups: Groups = field(default_factory=Groups)
    marks: tuple[Mark, ...] = ()


def standing(document: Document) -> Standing:
    """Tell where a document stands; lay its graph out where not all of it has a place."""
    graph, groups = document.graph, document.groups
    items = {groups.stand_in(block) or block for block in graph.blocks}
    if not items <= document.places.keys():
        return Standing(places_for(graph))
    marks = marks_seen(document.marks.values(), groups)
    return Standing(document.places, document.bends, groups, tuple(marks))


def places_for(graph: Graph) -> dict[str, Place]:
    """Lay a graph out from left to right."""
    return spread_graph(graph, {block.id: size(block) for block in graph.blocks.values()})


def spread_graph(
    graph: Graph, sizes: dict[str, tuple[float, float]], progress: Progress = unheeded
) -> dict[str, Place]:
    """Lay a graph out, whose blocks have these sizes."""
    blocks = graph.blocks.values()
    used = {
        block.id for block in blocks if block.is_function and len(graph.wires_from(block.id)) > 1
    }
    return spread(graph.net, sizes, used, graph.sinks(), wide=has_arrays(graph), progress=progress)


def has_arrays(graph: Graph) -> bool:
    """Tell whether a value that is given is no single number."""
    values = (block.value for block in graph.blocks.values())
    return any(value is not None and value.ndim for value in values)


def spread(
    net: nx.MultiDiGraph[str],
    sizes: dict[str, tuple[float, float]],
    parting: Collection[str],
    ends: Iterable[str],
    *,
    wide: bool,
    progress: Progress = unheeded,
) -> dict[str, Place]:
    """Lay out a net, with more room where wires part, and with the pills of its ends.

    A pill at the end of what nothing uses is laid out like a block, so that nothing comes to
    stand where it is. `wide` leaves room for the labels of arrays.
    """
    from engine.layout import Spacing, layout  # noqa: PLC0415 - networkx takes its time

    net, known, ends = net.copy(), dict(sizes), list(ends)
    for item in parting:
        width, height = sizes[item]
        sizes[item] = (width + PARTING, height)
    arriving = {target for source, target in net.edges() if net.out_degree(source) > 1}
    for item in arriving:
        width, height = sizes[item]
        sizes[item] = (width + ARRIVING, height)
    for item in ends:
        end = f"end of {item}"
        net.add_edge(item, end, key=0)
        sizes[end] = (END, 48.0)
    spacing = Spacing(layers=ARRAYS if wide else NUMBERS, rows=ROWS)
    placed = layout(net, sizes, spacing=spacing, progress=progress)
    places = {
        item: Place(x - PARTING / 2 * (item in parting) + ARRIVING / 2 * (item in arriving), y)
        for item, (x, y) in placed.items()
        if item in known
    }
    return clear_of_ends(places, known, ends)
