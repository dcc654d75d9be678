"""What is seen of a document whose groups are folded: which items, and which wires between them.

Pure functions of the document and of where a person looks, so that the canvas, the minimap and
the layout agree.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from engine.document import Document
from engine.graph import Graph, Wire
from engine.groups import End, Groups
from engine.marks import Mark
from engine.order import age


@dataclass(frozen=True, slots=True)
class Link:
    """A line that is seen between two items; several wires may run along it.

    Attributes
    ----------
    source
        Id of the block whose output it carries.
    start, end
        Id of the item that it leaves and enters; None where that is outside what is looked at.
    port
        Number of the input port of a block that it enters; -1 for a group and for outside.
    """

    source: str
    start: str | None
    end: str | None
    port: int


@dataclass(frozen=True, slots=True)
class Inlet:
    """An input port of a group.

    Attributes
    ----------
    source
        Id of the block outside that feeds it; None while it is open.
    ends
        The ports inside that it leads to, each a block and the number of its port.
    """

    source: str | None
    ends: tuple[End, ...]


@dataclass(frozen=True, slots=True)
class Ports:
    """The ports of a group, from top to bottom.

    Attributes
    ----------
    inlets
        Its inputs: one for each block outside that feeds it, and one for each open port inside
        or for all that are joint.
    outlets
        Its outputs: ids of the blocks inside that are used outside, or by nothing.
    """

    inlets: tuple[Inlet, ...]
    outlets: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Visible:
    """All that is seen at one level.

    Attributes
    ----------
    items
        Ids of the blocks and the folded groups.
    opened
        Ids of the groups that are open, the outer ones first.
    links
        The lines between them, each with the wires that run along it.
    """

    items: frozenset[str]
    opened: tuple[str, ...]
    links: dict[Link, tuple[Wire, ...]]


def ports_of_group(graph: Graph, groups: Groups, group: str) -> Ports:
    """Tell the ports of a group, in the order of the blocks inside that they lead to."""
    inside = groups.blocks(group)
    joint = {end: ends for ends in groups.group(group).joint for end in ends}
    fed: dict[str | End | tuple[End, ...], list[End]] = {}
    outlets: list[str] = []
    for block in sorted(inside, key=age):
        for port, wire in enumerate(graph.wires_into(block)):
            end = (block, port)
            if wire is None:
                fed.setdefault(joint.get(end, end), []).append(end)
            elif wire.source not in inside:
                fed.setdefault(wire.source, []).append(end)
        out = graph.wires_from(block)
        used_outside = any(wire.target not in inside for wire in out)
        if used_outside or (not out and graph.block(block).is_function):
            outlets.append(block)
    return Ports(
        tuple(
            Inlet(source if isinstance(source, str) else None, tuple(ends))
            for source, ends in fed.items()
        ),
        tuple(outlets),
    )


def link_of(groups: Groups, wire: Wire, entered: str | None = None) -> Link | None:
    """Tell along which line a wire is seen; None if it is not.

    Parameters
    ----------
    entered
        As `Groups.stand_in` has it.
    """
    start = groups.stand_in(wire.source, entered)
    end = groups.stand_in(wire.target, entered)
    if start == end:
        return None
    return Link(wire.source, start, end, wire.port if end == wire.target else -1)


def visible(document: Document, entered: str | None = None) -> Visible:
    """Tell what is seen of a document.

    Parameters
    ----------
    entered
        Id of the group whose inside is looked at; None for the whole document.

    Examples
    --------
    >>> from engine.document import Place
    >>> from engine.expression import parse_expression
    >>> from engine.grouping import group
    >>> graph, target = parse_expression("square(exp(square(x)))")
    >>> document = Document(graph, {block: Place(0.0, 0.0) for block in graph.blocks}, target)
    >>> changes, made = group(document, ["b2", "b3"])
    >>> document.apply(changes)
    >>> sorted(visible(document).items)
    ['b1', 'b4', 'g1']
    """
    groups = document.groups
    seen = {groups.stand_in(block, entered) for block in document.graph.blocks}
    items = frozenset(item for item in seen if item is not None)
    return Visible(
        items,
        open_groups(groups, entered),
        links(groups, document.graph.wires(), entered),
    )


def joined(groups: Groups, wires: Iterable[Wire]) -> dict[str | None, dict[Wire, None]]:
    """Tell at each level which members are joined, all of them at once.

    Returns
    -------
    dict
        For each group, and None for the whole document, wires whose ends are the blocks and the
        groups directly in it; the port is that of the block, at whatever depth.
    """
    above: dict[str, tuple[str, ...]] = {}

    def way(block: str) -> tuple[str, ...]:
        if block not in above:
            above[block] = (*groups.around(block), block)
        return above[block]

    found: dict[str | None, dict[Wire, None]] = {}
    for wire in wires:
        ups, downs = way(wire.source), way(wire.target)
        at = next(at for at, pair in enumerate(zip(ups, downs, strict=False)) if len({*pair}) > 1)
        level = ups[at - 1] if at else None
        found.setdefault(level, {})[Wire(ups[at], downs[at], wire.port)] = None
    return found


def open_groups(groups: Groups, entered: str | None = None) -> tuple[str, ...]:
    """List the groups that are seen open, the outer ones first."""
    found = [
        group.id
        for group in reversed(groups.inner_first())
        if not group.folded and groups.stand_in(group.id, entered) == group.id
    ]
    return tuple(found)


def marks_seen(marks: Iterable[Mark], groups: Groups, entered: str | None = None) -> Iterator[Mark]:
    """Go through the frames and notes that are seen at a level."""
    for mark in marks:
        level = mark.within
        # Seen from outside is only what is drawn in groups that are open.
        while level is not None and level != entered and not groups.group(level).folded:
            level = groups.holder(level)
        if level == entered:
            yield mark


def links(
    groups: Groups, wires: Iterable[Wire], entered: str | None = None
) -> dict[Link, tuple[Wire, ...]]:
    """Bundle wires by the line along which they are seen."""
    found: dict[Link, list[Wire]] = {}
    for wire in wires:
        link = link_of(groups, wire, entered)
        if link is not None:
            found.setdefault(link, []).append(wire)
    return {link: tuple(along) for link, along in found.items()}
