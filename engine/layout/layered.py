"""A graph cut into layers: every wire becomes segments between neighbouring layers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from engine.layout.arrays import Floats, Ints
    from engine.layout.blocks import Blocks

# A wire gets a bend in each layer that it passes, and a graph can be built whose bends grow with
# the square of its blocks. Past this many bends a block, the longest wires go without.
BENDS_A_BLOCK = 4
BENDS_AT_LEAST = 2000

BEND = -1


@dataclass(frozen=True, slots=True)
class Layered:
    """Vertices in layers, and the segments between one layer and the next.

    A vertex is a block, or a bend: the place where a long wire passes a layer. Vertices are
    numbered layer by layer, inside a layer component by component, and inside that from top to
    bottom, so that comparing two numbers of one layer compares two places. Wires that leave the
    same block share their bends.

    Attributes
    ----------
    first : Ints, shape (layers + 1,)
        The first vertex of each layer; the last entry is the number of vertices.
    block : Ints, shape (vertices,)
        Which block a vertex is, or `BEND`.
    component : Ints, shape (vertices,)
        Which connected part of the graph a vertex belongs to.
    tail, head : Ints, shape (segments,)
        The vertices that a segment joins, head one layer right of tail; sorted by head.
    weight : Ints, shape (segments,)
        How many wires share the segment.
    port : Floats, shape (segments,)
        Where the segment enters its head: from -0.5 (top) to 0.5 (bottom).
    """

    first: Ints
    block: Ints
    component: Ints
    tail: Ints
    head: Ints
    weight: Ints
    port: Floats

    @property
    def vertices(self) -> int:
        """The number of blocks and bends."""
        return len(self.block)

    @property
    def layers(self) -> int:
        """The number of layers."""
        return len(self.first) - 1

    @property
    def layer(self) -> Ints:
        """The layer of each vertex."""
        return np.repeat(np.arange(self.layers), np.diff(self.first))

    def cells(self) -> tuple[Ints, Ints]:
        """Return the first vertex and the size of every cell.

        A cell is what one component has in one layer: vertices may change places inside a cell.
        """
        opens = (np.diff(self.layer, prepend=-1) != 0) | (np.diff(self.component, prepend=-1) != 0)
        start = np.flatnonzero(opens)
        return start, np.diff(start, append=self.vertices)

    def renumbered(self, order: Ints) -> Layered:
        """Return the same graph with its vertices in another order inside their layers.

        Parameters
        ----------
        order : Ints, shape (vertices,)
            The vertices, layer by layer and from top to bottom.
        """
        rank = np.empty_like(order)
        rank[order] = np.arange(len(order))
        tail, head = rank[self.tail], rank[self.head]
        by_head = np.lexsort((self.port, head))
        return Layered(
            first=self.first,
            block=self.block[order],
            component=self.component[order],
            tail=tail[by_head],
            head=head[by_head],
            weight=self.weight[by_head],
            port=self.port[by_head],
        )

    def without_bends(self) -> Layered:
        """Return the blocks alone, with the wires between neighbouring layers."""
        is_block = self.block != BEND
        number = np.cumsum(is_block) - 1
        short = is_block[self.tail] & is_block[self.head]
        return Layered(
            first=np.append(0, np.cumsum(is_block))[self.first],
            block=self.block[is_block],
            component=self.component[is_block],
            tail=number[self.tail[short]],
            head=number[self.head[short]],
            weight=self.weight[short],
            port=self.port[short],
        )


def cut(blocks: Blocks, layer: Ints) -> Layered:
    """Cut every wire at the layers that it passes.

    Parameters
    ----------
    blocks : Blocks
        The graph.
    layer : Ints, shape (blocks,)
        The layer of each block.
    """
    kept = _short_enough(blocks, layer)
    tail, head, port = blocks.tail[kept], blocks.head[kept], blocks.port[kept]
    span = layer[head] - layer[tail]
    reach = np.zeros(blocks.count, dtype=np.int64)
    np.maximum.at(reach, tail, span - 1)

    owner = np.repeat(np.arange(blocks.count), reach)
    first_bend = blocks.count + np.cumsum(reach) - reach
    bend = blocks.count + np.arange(len(owner))
    step = bend - first_bend[owner]

    # A wire ends with a segment from its last bend (or its own tail) to its head; the bends of one
    # block are joined among themselves, and carry as many wires as end further on.
    last = np.where(span > 1, first_bend[tail] + span - 2, tail)
    carried = np.bincount(last, minlength=blocks.count + len(owner))[blocks.count :]
    from_here = np.append(np.cumsum(carried[::-1])[::-1], 0)
    weight = from_here[:-1] - from_here[(first_bend + reach)[owner] - blocks.count]
    pieces = Layered(
        first=np.zeros(0, dtype=np.int64),
        block=np.append(np.arange(blocks.count), np.full(len(owner), BEND)),
        component=np.append(blocks.component, blocks.component[owner]),
        tail=np.append(last, np.where(step == 0, owner, bend - 1)),
        head=np.append(head, bend),
        weight=np.append(np.ones(len(last), dtype=np.int64), weight),
        port=np.append(port, np.zeros(len(owner))),
    )
    return _in_layers(pieces, np.append(layer, layer[owner] + 1 + step))


def _in_layers(pieces: Layered, layer: Ints) -> Layered:
    """Number the vertices layer by layer."""
    order = np.lexsort((pieces.component, layer))
    numbered = pieces.renumbered(order)
    first = np.append(0, np.cumsum(np.bincount(layer)))
    return Layered(
        first,
        numbered.block,
        numbered.component,
        numbered.tail,
        numbered.head,
        numbered.weight,
        numbered.port,
    )


def _short_enough(blocks: Blocks, layer: Ints) -> Ints:
    """Return the wires that may have bends: all of them, unless there would be too many."""
    span = layer[blocks.head] - layer[blocks.tail]
    wires = np.lexsort((span, blocks.tail))
    same_tail = np.append(False, np.diff(blocks.tail[wires]) == 0)
    further = span[wires] - np.where(same_tail, np.roll(span[wires], 1), 1)
    by_span = np.argsort(span[wires], kind="stable")
    bends = np.cumsum(further[by_span])
    allowed = BENDS_AT_LEAST + BENDS_A_BLOCK * blocks.count
    return np.sort(wires[by_span[bends <= allowed]])
