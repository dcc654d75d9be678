"""A graph that can change: what is added, taken away and plugged in, and its copies."""

from __future__ import annotations

from collections.abc import Iterable

from engine.block import CONSTANT, INPUT, Block, Wire, function_of, instance_of, ports_of, title
from engine.errors import CycleError
from engine.guarded import Guarded
from engine.naming import Role, fresh_id, fresh_name, number_of
from engine.order import age, forward_order
from engine.showing import exports

__all__ = [
    "CONSTANT",
    "INPUT",
    "Block",
    "Graph",
    "Role",
    "Wire",
    "age",
    "forward_order",
    "fresh_id",
    "fresh_name",
    "function_of",
    "instance_of",
    "ports_of",
    "title",
]

LONGEST_CIRCLE = 6

NEAR = 50
"""How many numbers below that of a removed block are tried before all ids are looked through."""


class Graph(Guarded):
    """Blocks and the wires between them.

    What can be asked of it stands in `Wired`, and what may be done to it in `Guarded`.

    Examples
    --------
    >>> import numpy as np
    >>> graph = Graph()
    >>> graph.add(Block("x", "input", "x", np.array(0.5)))
    >>> graph.add(Block("A", "square", "a"))
    >>> graph.connect(Wire("x", "A", 0))
    >>> graph.check_connect(Wire("A", "A", 0))
    Traceback (most recent call last):
    ...
    engine.errors.CycleError: Square cannot take its own output as an input.
    """

    __hash__ = None  # type: ignore[assignment] # a graph can change

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Graph):
            return NotImplemented
        return self._blocks == other._blocks and set(self.wires()) == set(other.wires())

    def _repr_svg_(self) -> str | None:
        """Show the graph in a notebook."""
        shown: str | None = exports().picture(self)
        return shown

    @classmethod
    def build(cls, blocks: Iterable[Block], wires: Iterable[Wire]) -> Graph:
        """Make a whole graph; circles are looked for once, and not for each wire.

        Raises
        ------
        GradwalkError
            As `add` and `connect` do.
        """
        graph = cls()
        for block in blocks:
            graph.add(block)
        for wire in wires:
            graph._check_ends(wire)
            graph._plug(wire)
        if len(forward_order(graph)) < len(graph):
            import networkx as nx  # noqa: PLC0415 - only to name the circle

            around = [graph.block(edge[0]) for edge in nx.find_cycle(graph.net)]
            names = [block.name for block in (*around, around[0])]
            if len(names) > LONGEST_CIRCLE:
                names = [*names[:3], "…", *names[-2:]]
            sentence = f"The wires {' → '.join(names)} close a circle."
            raise CycleError(sentence, block=around[0].id)
        return graph

    def copy(self) -> Graph:
        """Copy the graph.

        The blocks, which cannot change, are shared; so are the wires at a block, until either
        graph gets others there. A large graph is copied whenever it is kept, between two frames.
        """
        twin = Graph()
        twin._blocks.update(self._blocks)
        twin._names.update(self._names)
        twin._into.update(self._into)
        twin._out.update(self._out)
        twin._youngest = self._youngest
        self._owned, twin._owned = set(), set()
        return twin

    def become(self, other: Graph) -> None:
        """Have the blocks and wires of another graph, which is given up."""
        self._blocks, self.blocks, self._names = other._blocks, other.blocks, other._names
        self._into, self._out, self._owned = other._into, other._out, other._owned
        self._net, self._youngest, self.worked_out = other._net, other._youngest, other.worked_out

    def around(self, blocks: Iterable[str]) -> Graph:
        """Copy some blocks, the wires at them and what these join them to, and nothing else.

        A verb that bears on a few blocks is tried out on this, whatever the size of the graph.
        """
        twin, kept = Graph(), [block for block in dict.fromkeys(blocks) if block in self]
        wires = dict.fromkeys(wire for block in kept for wire in self._out[block])
        wires.update((wire, None) for block in kept for wire in self._into[block] if wire)
        for block in dict.fromkeys((*kept, *(end for wire in wires for end in wire[:2]))):
            facts = self._blocks[block]
            twin._blocks[block] = facts
            twin._names[facts.name] = block
            twin._into[block] = (None,) * len(self._into[block])
            twin._out[block] = {}
        twin._youngest = None
        for wire in wires:
            twin._hold(wire.target, wire.port, wire)
            twin._out[wire.source][wire] = None
        return twin

    def part(self, blocks: Iterable[str]) -> Graph:
        """Copy some blocks and the wires between them, in the order in which they are given.

        Raises
        ------
        UnknownBlockError
            If one of them is not there.
        """
        twin = Graph()
        for block in blocks:
            facts = twin._blocks[block] = self.block(block)
            twin._names[facts.name] = block
            twin._out[block] = {}
        for block in twin._blocks:
            into = self._into[block]
            kept = tuple(wire if wire and wire.source in twin._out else None for wire in into)
            twin._into[block] = into if kept == into else kept
            for wire in kept:
                if wire is not None:
                    twin._out[wire.source][wire] = None
        twin._youngest = None
        return twin

    # Doing it

    def add(self, block: Block) -> None:
        """Add a block; see `check_add` for what it raises."""
        self.check_add(block)
        self.worked_out.clear()
        self._blocks[block.id] = block
        self._names[block.name] = block.id
        if self._youngest is not None:
            self._youngest = max(self._youngest, number_of(block.id))
        if self._net is not None:
            self._net.add_node(block.id)
        self._into[block.id] = (None,) * len(ports_of(block))
        self._out[block.id] = {}
        if self._owned is not None:
            self._owned.add(block.id)

    def remove(self, block: str) -> None:
        """Take a block away, and every wire at it."""
        found = self.block(block)
        self.worked_out.clear()
        if self._out[block] or any(self._into[block]):
            for wire in self.wires_at(block):
                self.disconnect(wire)
        if self._net is not None:
            self._net.remove_node(block)
        del self._names[found.name], self._blocks[block], self._into[block], self._out[block]
        if number_of(block) == self._youngest:
            below = range(self._youngest - 1, max(self._youngest - NEAR, 0), -1)
            self._youngest = next((n for n in below if f"b{n}" in self._blocks), None)

    def replace(self, block: Block) -> None:
        """Give a block another name, value or settings; its kind stays, so its wires do."""
        self.check_replace(block)
        found = self.block(block.id)
        if found.kind != INPUT or found.name != block.name:
            self.worked_out.clear()
        del self._names[found.name]
        self._names[block.name] = block.id
        self._blocks[block.id] = block
        wires = self._into[block.id]
        count = len(ports_of(block))
        self._into[block.id] = (*wires[:count], *(None,) * (count - len(wires)))

    def connect(self, wire: Wire) -> None:
        """Add a wire; see `check_connect` for what it raises."""
        self.check_connect(wire)
        self._plug(wire)

    def _plug(self, wire: Wire) -> None:
        self.worked_out.clear()
        if self._net is not None:
            self._net.add_edge(wire.source, wire.target, key=wire.port)
        self._own(wire.source)
        self._hold(wire.target, wire.port, wire)
        self._out[wire.source][wire] = None

    def _own(self, block: str) -> None:
        """Share the wires from a block with no copy any more, because they are about to change."""
        if self._owned is not None and block not in self._owned:
            self._owned.add(block)
            self._out[block] = self._out[block].copy()

    def _hold(self, block: str, port: int, wire: Wire | None) -> None:
        held = self._into[block]
        self._into[block] = (*held[:port], wire, *held[port + 1 :])

    def disconnect(self, wire: Wire) -> None:
        """Take a wire away; see `check_disconnect` for what it raises."""
        self.check_disconnect(wire)
        self.worked_out.clear()
        if self._net is not None:
            self._net.remove_edge(wire.source, wire.target, key=wire.port)
        self._own(wire.source)
        self._hold(wire.target, wire.port, None)
        del self._out[wire.source][wire]
