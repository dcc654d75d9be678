"""Cutting out of a graph what lies between some blocks and one that depends on them."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from engine.graph import INPUT, Block, Graph
from engine.variable import Array


def between(
    graph: Graph, target: str, blocks: Iterable[str], value_of: Callable[[str], Array | None]
) -> Graph:
    """Cut out what lies between some blocks and a target; all that feeds it becomes an input.

    Parameters
    ----------
    graph
        The whole; it is not changed.
    target
        Id of the block at the end.
    blocks
        Ids of those at the beginning.
    value_of
        Gives the value of what becomes an input.

    Examples
    --------
    >>> import numpy as np
    >>> from engine.expression import parse_expression
    >>> graph, y = parse_expression("exp(x) * square(w)", {"x": np.array(1.0), "w": np.array(2.0)})
    >>> part = between(graph, y, [graph.named("x").id], lambda block: np.array(4.0))
    >>> [block.name for block in part.blocks.values() if block.is_function]
    ['a', 'y']
    """
    given: dict[str, None] = dict.fromkeys(blocks)
    after = {found for block in given for found in graph.descendants(block)}
    inside = after & (graph.ancestors(target) | {target}) - given.keys()
    wires = [wire for found in inside for wire in graph.wires_into(found) if wire is not None]
    given |= {wire.source: None for wire in wires if wire.source not in inside}
    inputs = [Block(found, INPUT, graph.block(found).name, value_of(found)) for found in given]
    functions = [block for block in graph.blocks.values() if block.id in inside]
    return Graph.build([*inputs, *functions], wires)
