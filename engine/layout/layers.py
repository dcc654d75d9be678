"""Which layer a block stands in."""

from __future__ import annotations

from typing import TYPE_CHECKING

import networkx as nx
import numpy as np

if TYPE_CHECKING:
    from engine.layout.arrays import Ints
    from engine.layout.blocks import Blocks


def layers(graph: nx.MultiDiGraph, blocks: Blocks) -> Ints:
    """Give every block a layer, so that every wire leads to a later one.

    A block stands as early as what it needs allows; then inputs, and all that only leads to one
    place, are pulled right, next to their first use.

    Raises
    ------
    ValueError
        If the graph has a cycle.
    """
    number = {name: i for i, name in enumerate(blocks.names)}
    layer = np.zeros(blocks.count, dtype=np.int64)
    generations = nx.topological_generations(graph)
    try:
        for depth, generation in enumerate(generations):
            for name in generation:
                layer[number[name]] = depth
    except nx.NetworkXUnfeasible as error:
        raise ValueError("A graph with a cycle has no order from left to right.") from error
    if _has_room(blocks, layer):
        _pull_right(blocks, layer)
    return layer


def _has_room(blocks: Blocks, layer: Ints) -> bool:
    """Tell whether any block could stand further right."""
    latest = np.full(blocks.count, np.iinfo(np.int64).max)
    np.minimum.at(latest, blocks.tail, layer[blocks.head] - 1)
    return bool(np.any(latest[blocks.tail] > layer[blocks.tail]))


def _pull_right(blocks: Blocks, layer: Ints) -> None:
    """Move blocks next to their first use where that shortens more wires than it stretches."""
    uses: list[list[int]] = [[] for _ in range(blocks.count)]
    needs: list[list[int]] = [[] for _ in range(blocks.count)]
    for tail, head in zip(blocks.tail.tolist(), blocks.head.tolist(), strict=True):
        uses[tail].append(head)
        needs[head].append(tail)

    # What is needed by one block alone, and needs only such blocks, can follow it to the right: the
    # wire between them stretches only in passing.
    follows = [False] * blocks.count
    held = [0] * blocks.count
    left_to_right = np.argsort(layer, kind="stable").tolist()
    for block in left_to_right:
        held[block] = sum(not follows[need] for need in needs[block])
        follows[block] = held[block] == 0 and len(set(uses[block])) == 1

    place = layer.tolist()
    for block in reversed(left_to_right):
        if len(uses[block]) > held[block]:
            place[block] = min(place[use] for use in uses[block]) - 1
    layer[:] = place
