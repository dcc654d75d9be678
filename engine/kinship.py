"""Who is near whom in a graph: neighbours, all before, all after, and the ways between two."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import NamedTuple

from engine.graph import Graph, Wire


class Kin(NamedTuple):
    """Part of a graph.

    Attributes
    ----------
    blocks
        Ids of the blocks, those that were asked about among them.
    wires
        The wires that make them belong together.
    """

    blocks: frozenset[str]
    wires: frozenset[Wire]


def neighbours(graph: Graph, chosen: Iterable[str]) -> Kin:
    """Find the blocks that are one wire away from some blocks.

    Examples
    --------
    >>> from engine.expression import parse_expression
    >>> graph, y = parse_expression("y = square(exp(square(x)))")
    >>> sorted(graph.block(block).name for block in neighbours(graph, [y]).blocks)
    ['b', 'y']
    """
    around = frozenset(chosen)
    wires = frozenset(wire for block in around for wire in graph.wires_at(block))
    return Kin(around.union(*((wire.source, wire.target) for wire in wires)), wires)


def ancestors(graph: Graph, chosen: Iterable[str]) -> Kin:
    """Find all that some blocks depend on."""
    return _reached(chosen, lambda block: _into(graph, block), lambda wire: wire.source)


def descendants(graph: Graph, chosen: Iterable[str]) -> Kin:
    """Find all that depends on some blocks."""
    return _reached(chosen, graph.wires_from, lambda wire: wire.target)


def ways_between(graph: Graph, one: str, other: str) -> Kin:
    """Find the blocks and wires on every way from a block to another, whichever comes first.

    If neither depends on the other, there is nothing on the way.
    """
    for first, last in ((one, other), (other, one)):
        after, before = descendants(graph, [first]), ancestors(graph, [last])
        if last in after.blocks:
            return Kin(after.blocks & before.blocks, after.wires & before.wires)
    return Kin(frozenset(), frozenset())


def _into(graph: Graph, block: str) -> list[Wire]:
    return [wire for wire in graph.wires_into(block) if wire is not None]


def _reached(
    chosen: Iterable[str],
    wires_of: Callable[[str], Iterable[Wire]],
    end_of: Callable[[Wire], str],
) -> Kin:
    found = set(chosen)
    todo, wires = list(found), set[Wire]()
    while todo:
        for wire in wires_of(todo.pop()):
            wires.add(wire)
            if (end := end_of(wire)) not in found:
                found.add(end)
                todo.append(end)
    return Kin(frozenset(found), frozenset(wires))
