"""A graph: blocks and wires by id, and what may be connected to what.

A block gives one Variable, so a wire needs no source port: it is (source, target, port), and two
wires between the same blocks differ by their port. That is what keeps both wires of `a * a`.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from engine.block import (
    CONSTANT,
    INPUT,
    Block,
    Wire,
    check_block,
    function_of,
    instance_of,
    ports_of,
    title,
)
from engine.errors import (
    CycleError,
    DuplicateBlockError,
    PortTakenError,
    UnknownBlockError,
    UnknownFunctionError,
    UnknownPortError,
    UnknownWireError,
)
from engine.naming import Role, check_form, check_id, fresh_id, fresh_name, number_of
from engine.order import age, forward_order, reached
from engine.showing import exports

if TYPE_CHECKING:
    import networkx as nx

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


class Graph:
    """Blocks and the wires between them.

    Attributes
    ----------
    blocks
        Read-only view of the blocks by id, in the order in which they were added.
    worked_out
        What others have worked out from the structure and want to find again; emptied whenever
        anything but the value of an input changes.

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

    def __init__(self) -> None:
        self._blocks: dict[str, Block] = {}
        self._names: dict[str, str] = {}
        self._net: nx.MultiDiGraph[str] | None = None
        self._youngest: int | None = 0
        # The wires by end, because a run asks for them at every block.
        self._into: dict[str, tuple[Wire | None, ...]] = {}
        self._out: dict[str, dict[Wire, None]] = {}
        # Blocks whose wires onward no copy shares; None as long as there is no copy.
        self._owned: set[str] | None = None
        self.worked_out: dict[str, Any] = {}
        self.blocks: Mapping[str, Block] = MappingProxyType(self._blocks)

    @property
    def net(self) -> nx.MultiDiGraph[str]:
        """The same as a networkx graph whose edge keys are ports; look, but do not change.

        It is made when it is first asked for: networkx takes longer to import than NumPy, and
        to run a graph it is not needed.
        """
        if self._net is None:
            import networkx as nx  # noqa: PLC0415 - see above

            self._net = nx.MultiDiGraph()
            self._net.add_nodes_from(self._blocks)
            self._net.add_edges_from(self.wires())
        return self._net

    def __contains__(self, block: object) -> bool:
        return block in self._blocks

    def __len__(self) -> int:
        return len(self._blocks)

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

    # Asking

    def block(self, block: str) -> Block:
        """Give the block of this id.

        Raises
        ------
        UnknownBlockError
            If there is none.
        """
        try:
            return self._blocks[block]
        except KeyError:
            sentence = f"There is no block “{block}”."
            raise UnknownBlockError(sentence, block=block) from None

    def named(self, name: str) -> Block | None:
        """Give the block whose Variable has this name."""
        block = self._names.get(name)
        return None if block is None else self._blocks[block]

    def wires(self) -> Iterator[Wire]:
        """Go through all wires."""
        for out in self._out.values():
            yield from out

    def ports(self, block: str) -> tuple[str, ...]:
        """Name the input ports of a block."""
        return ports_of(self.block(block))

    def wires_into(self, block: str) -> tuple[Wire | None, ...]:
        """Give the wire at each input port, None where a port is free."""
        self.block(block)
        return self._into[block]

    def wires_from(self, block: str) -> tuple[Wire, ...]:
        """Give the wires that carry the output of a block, in the order they were connected."""
        self.block(block)
        return tuple(self._out[block])

    def use_count(self, block: str) -> int:
        """Count the wires that carry the output of a block on."""
        return len(self._out[block])

    def into(self) -> Mapping[str, tuple[Wire | None, ...]]:
        """Give the wire at each input port of every block, None where a port is free."""
        if "into" not in self.worked_out:
            self.worked_out["into"] = self._into.copy()
        found: Mapping[str, tuple[Wire | None, ...]] = self.worked_out["into"]
        return found

    def out(self) -> Mapping[str, tuple[Wire, ...]]:
        """Give the wires that carry the output of every block, as `wires_from` does."""
        if "out" not in self.worked_out:
            self.worked_out["out"] = {block: tuple(wires) for block, wires in self._out.items()}
        found: Mapping[str, tuple[Wire, ...]] = self.worked_out["out"]
        return found

    def wires_at(self, block: str) -> tuple[Wire, ...]:
        """Give every wire that begins or ends at a block."""
        into = tuple(wire for wire in self.wires_into(block) if wire is not None)
        return into + self.wires_from(block)

    @property
    def youngest(self) -> int:
        """The largest number in an id, as `next_id` gives them out."""
        if self._youngest is None:
            self._youngest = max(map(number_of, self._blocks), default=0)
        return self._youngest

    def sinks(self) -> list[str]:
        """List the Functions whose output nothing uses, the oldest first."""
        found = [b.id for b in self._blocks.values() if b.is_function and not self._out[b.id]]
        return sorted(found, key=age)

    def depends(self, block: str, on: str, without: Collection[Wire] = ()) -> bool:
        """Tell whether `block` is reached from `on`, also with some wires thought away."""
        if block == on:
            return True
        if not self._out[on] or not any(self._into[block]):
            return False  # nothing goes on from the one, or nothing comes to the other

        def sources(at: str) -> list[str]:
            return [wire.source for wire in self._into[at] if wire and wire not in without]

        def targets(at: str) -> list[str]:
            return [wire.target for wire in self._out[at] if wire not in without]

        # From both ends in turn: whichever has less to look at decides.
        ways = zip(reached(block, sources), reached(on, targets), strict=False)
        return any(above == on or below == block for above, below in ways)

    def ancestors(self, block: str) -> set[str]:
        """Find all that a block depends on."""
        return set(reached(block, self._sources))

    def descendants(self, block: str) -> set[str]:
        """Find all that depends on a block."""
        return set(self.reach(block))

    def reach(self, block: str) -> Iterator[str]:
        """Go through all that depends on a block, each once, the nearest among the first."""
        return reached(block, self._targets)

    def _sources(self, block: str) -> list[str]:
        return [wire.source for wire in self._into[block] if wire is not None]

    def _targets(self, block: str) -> list[str]:
        return [wire.target for wire in self._out[block]]

    # What may be done

    def check_add(self, block: Block) -> None:
        """Raise the reason why this block may not be added; return if it may.

        Raises
        ------
        DuplicateBlockError, BadNameError, UnknownFunctionError
            With a sentence that says why.
        """
        check_id(block.id)
        if block.id in self._blocks:
            sentence = f"There is already a block with the id “{block.id}”."
            raise DuplicateBlockError(sentence, block=block.id)
        check_block(block)
        self.check_name(block.id, block.name)

    def check_name(self, block: str, name: str) -> None:
        """Raise the reason why a block's Variable may not have this name; return if it may.

        Raises
        ------
        DuplicateBlockError, BadNameError
            With a sentence that says why.
        """
        check_form(block, name)
        if self._names.get(name, block) != block:
            sentence = f"There is already a block named “{name}”."
            raise DuplicateBlockError(sentence, block=block)

    def check_connect(
        self, wire: Wire, without: Collection[Wire] = (), *, closes: bool | None = None
    ) -> None:
        """Raise the reason why this wire may not be; return if it may.

        Parameters
        ----------
        without
            Wires that are thought away, because this one takes their place.
        closes
            Whether it would close a circle, if that is known; finding out takes its time.

        Raises
        ------
        UnknownBlockError, UnknownPortError, PortTakenError, CycleError
            With a sentence that says why.
        """
        self._check_ends(wire, without)
        if closes is None:
            closes = self.depends(wire.source, wire.target, without)
        if closes:
            source, target = self.block(wire.source), self.block(wire.target)
            sentence = (
                f"{title(source)} already depends on {title(target)}: "
                "this wire would close a circle."
            )
            raise CycleError(sentence, block=target.id)

    def _check_ends(self, wire: Wire, without: Collection[Wire] = ()) -> None:
        source, target = self.block(wire.source), self.block(wire.target)
        ports = self._into[target.id]
        if not 0 <= wire.port < len(ports):
            what = f"has no input {wire.port + 1}" if ports else "takes no input"
            sentence = f"{title(target)} {what}."
            raise UnknownPortError(sentence, block=target.id)
        if source.id == target.id:
            sentence = f"{title(target)} cannot take its own output as an input."
            raise CycleError(sentence, block=target.id)
        taken = ports[wire.port]
        if taken is not None and taken not in without:
            by = self.block(taken.source).name
            sentence = f"This input of {title(target)} is taken by {by}; unplug it first."
            raise PortTakenError(sentence, block=target.id)

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

    def check_replace(self, block: Block) -> None:
        """Raise the reason why a block cannot become this one; return if it can.

        Raises
        ------
        UnknownFunctionError, RunError, PortTakenError, DuplicateBlockError, BadNameError
            With a sentence that says why.
        """
        found = self.block(block.id)
        if found.kind != block.kind:
            sentence = f"{title(found)} cannot become {block.kind}; remove it and add another."
            raise UnknownFunctionError(sentence, block=block.id)
        check_block(block)
        self.check_name(block.id, block.name)
        wires = self._into[block.id][len(ports_of(block)) :]
        if any(wire is not None for wire in wires):
            sentence = f"{title(block)} has wires at the inputs that it would lose; unplug them."
            raise PortTakenError(sentence, block=block.id)

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

    def check_disconnect(self, wire: Wire) -> None:
        """Raise the reason why this wire cannot be taken away; return if it can.

        Raises
        ------
        UnknownWireError
            If it is not there.
        """
        if wire not in self._out.get(wire.source, {}):
            sentence = f"There is no wire from “{wire.source}” to “{wire.target}” at that input."
            raise UnknownWireError(sentence, block=wire.target)

    def disconnect(self, wire: Wire) -> None:
        """Take a wire away; see `check_disconnect` for what it raises."""
        self.check_disconnect(wire)
        self.worked_out.clear()
        if self._net is not None:
            self._net.remove_edge(wire.source, wire.target, key=wire.port)
        self._own(wire.source)
        self._hold(wire.target, wire.port, None)
        del self._out[wire.source][wire]
