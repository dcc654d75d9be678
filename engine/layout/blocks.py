"""The graph of names, read once into arrays of numbers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import networkx as nx
import numpy as np

if TYPE_CHECKING:
    from engine.layout.arrays import Floats, Ints


@dataclass(frozen=True, slots=True)
class Blocks:
    """Blocks and wires by number, in the order of the graph.

    Attributes
    ----------
    names : list of str
        The block of each number.
    component : Ints, shape (blocks,)
        Which connected part of the graph a block belongs to, counted from 0.
    tail, head : Ints, shape (wires,)
        The blocks that a wire leaves and enters.
    port : Floats, shape (wires,)
        Where a wire enters its block: from -0.5 (top) to 0.5 (bottom).
    """

    names: list[str]
    component: Ints
    tail: Ints
    head: Ints
    port: Floats

    @property
    def count(self) -> int:
        """The number of blocks."""
        return len(self.names)


def read(graph: nx.MultiDiGraph) -> Blocks:
    """Read a graph whose edge keys are port numbers."""
    names = list(graph)
    number = {name: i for i, name in enumerate(names)}
    wires = list(graph.edges(keys=True))
    tail = np.array([number[wire[0]] for wire in wires], dtype=np.int64)
    head = np.array([number[wire[1]] for wire in wires], dtype=np.int64)
    key = np.array([wire[2] for wire in wires], dtype=np.int64)
    component = np.empty(len(names), dtype=np.int64)
    for i, members in enumerate(nx.weakly_connected_components(graph)):
        component[[number[name] for name in members]] = i
    return Blocks(names, component, tail, head, _heights(head, key))


def _heights(head: Ints, key: Ints) -> Floats:
    """Spread the wires that enter a block over its left side, in the order of their keys."""
    entering = np.bincount(head) if len(head) else np.zeros(1, dtype=np.int64)
    by_port = np.lexsort((key, head))
    place = np.empty(len(head))
    place[by_port] = np.arange(len(head)) - (np.cumsum(entering) - entering)[head[by_port]]
    heights: Floats = (place + 0.5) / entering[head] - 0.5
    return heights
