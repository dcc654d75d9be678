"""Where things stand at the levels of a document that has groups."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from engine.document import AddGroup, Change, Document, MoveBlock, Place
from engine.folding import LARGE, parts_of
from engine.graph import Wire
from engine.group_room import CARD, MARGIN, middle_of
from engine.grouping import divided
from engine.groups import Groups
from engine.layout import Spacing, layout
from engine.mark_homes import shared_out
from engine.order import age
from engine.picture.places import ARRAYS, NUMBERS, ROWS
from engine.progress import Progress, unheeded
from engine.visible import joined, ports_of_group
from gui.canvas import geometry, group_geometry

LOOSE = 8.0
"""How many times the room that its blocks need a group may take, and be left as it stands."""

Size = tuple[float, float]
Joined = Mapping[str | None, Mapping[Wire, None]]


def fold_large(document: Document) -> tuple[Change, ...]:
    """Fold a graph that is too large to be seen as a whole, along its seams.

    Returns
    -------
    tuple
        The changes; none if the graph is not large, or somebody has grouped it already.
    """
    if len(document.graph) < LARGE or document.groups:
        return ()
    groups = divided(document, parts_of(document.graph))
    folded = Document(document.graph, dict(document.places), document.target, groups)
    lines = joined(groups, document.graph.wires())
    places = folded.places
    for group in groups.inner_first():
        places.update(_compact(folded, group.id, lines))
        places[group.id] = middle_of([places[member] for member in group.members])
    places.update(_laid_out(folded, None, lines))
    moved = (
        MoveBlock(block, before, places[block])
        for block, before in document.places.items()
        if places[block] != before
    )
    made = (AddGroup(group, places[group.id]) for group in groups.inner_first())
    return (*moved, *made, *shared_out(document, groups, places))


def tidy(document: Document, level: str | None, progress: Progress = unheeded) -> dict[str, Place]:
    """Lay out what is seen at a level, and what is in the groups that are open there.

    Parameters
    ----------
    level
        Id of the group whose inside is looked at; None for the whole document.
    """
    lines = joined(document.groups, document.graph.wires())
    return _laid_out(document, level, lines, progress)


def _laid_out(
    document: Document, level: str | None, lines: Joined, progress: Progress = unheeded
) -> dict[str, Place]:
    """Place the members of a level; one that is an open group is as large as what is in it."""
    import networkx as nx  # noqa: PLC0415 - which a start can do without

    members = _members(document, level)
    groups = document.groups
    inside = {
        member: _laid_out(document, member, lines)
        for member in members
        if member in groups and not groups.group(member).folded
    }
    outlines = {member: _around(places) for member, places in inside.items()}
    sizes = {m: _extent(outlines[m]) if m in outlines else _size(document, m) for m in members}
    net: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    net.add_nodes_from(members)
    for wire in forward(members, lines.get(level, {})):
        net.add_edge(wire.source, wire.target, key=net.in_degree(wire.target))
    for member in members:
        if member not in groups and not document.graph.wires_from(member):
            sizes[f"end of {member}"] = (geometry.END, 48.0)
            net.add_edge(member, f"end of {member}", key=0)
    values = (block.value for block in document.graph.blocks.values())
    has_arrays = any(value is not None and value.ndim for value in values)
    spacing = Spacing(layers=ARRAYS if has_arrays else NUMBERS, rows=ROWS)
    placed = {
        m: Place(*at) for m, at in layout(net, sizes, spacing=spacing, progress=progress).items()
    }
    found = {member: placed[member] for member in members if member not in inside}
    for member, places in inside.items():
        middle = middle_of([Place(*outlines[member][:2]), Place(*outlines[member][2:])])
        by = Place(placed[member].x - middle.x, placed[member].y - middle.y)
        found.update((at, Place(p.x + by.x, p.y + by.y)) for at, p in places.items())
    return found


def _compact(document: Document, group: str, lines: Joined) -> dict[str, Place]:
    """Place the members of a group in layers, unless they stand close enough as they are."""
    members = _members(document, group)
    places = {member: document.places[member] for member in members}
    extent = _extent(_around(places))
    needed = len(members) * 2 * CARD.x * 2 * CARD.y
    has_groups = any(member in document.groups for member in members)
    if not has_groups and extent[0] * extent[1] <= LOOSE * needed:
        return places
    layer = dict.fromkeys(members, 0)
    for wire in forward(members, lines.get(group, {})):
        layer[wire.target] = max(layer[wire.target], layer[wire.source] + 1)
    rows: dict[int, list[str]] = {}
    for member in members:
        rows.setdefault(layer[member], []).append(member)
    found: dict[str, Place] = {}
    for number, row in rows.items():
        heights = [_size(document, member)[1] + ROWS for member in row]
        top = -sum(heights) / 2
        for member, height in zip(row, heights, strict=True):
            found[member] = Place(number * (group_geometry.WIDTH + NUMBERS), top + height / 2)
            top += height
    return found


def _members(document: Document, level: str | None) -> list[str]:
    groups: Groups = document.groups
    if level is not None:
        return sorted(groups.group(level).members, key=age)
    every = (*document.graph.blocks, *groups.all)
    return [member for member in every if groups.holder(member) is None]


def forward(members: Iterable[str], wires: Iterable[Wire]) -> list[Wire]:
    """List the lines of a level in an order in which they lead on, without those that lead back.

    A group may feed what feeds it; then one of the two lines leads back.
    """
    out: dict[str, list[Wire]] = {member: [] for member in members}
    for wire in wires:
        out[wire.source].append(wire)
    order: list[str] = []
    seen: set[str] = set()
    for start in out:
        todo = [(start, False)]
        while todo:
            member, is_done = todo.pop()
            if is_done:
                order.append(member)
            elif member not in seen:
                seen.add(member)
                todo.append((member, True))
                todo += [(wire.target, False) for wire in reversed(out[member])]
    rank = {member: at for at, member in enumerate(reversed(order))}
    return [w for m in reversed(order) for w in out[m] if rank[w.source] < rank[w.target]]


def _size(document: Document, member: str) -> Size:
    if member in document.groups:
        return group_geometry.size(ports_of_group(document.graph, document.groups, member))
    return geometry.size(document.graph.block(member))


def _around(places: Mapping[str, Place]) -> tuple[float, float, float, float]:
    """The outline of an open group: left, top, right, bottom."""
    xs, ys = [p.x for p in places.values()], [p.y for p in places.values()]
    x, y = CARD.x / 2 + MARGIN.x, CARD.y / 2 + MARGIN.y
    return min(xs) - x, min(ys) - y, max(xs) + x, max(ys) + y


def _extent(outline: tuple[float, float, float, float]) -> Size:
    return outline[2] - outline[0], outline[3] - outline[1]
