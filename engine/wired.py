"""What a graph is made of, and what can be asked of it: blocks and wires by id.

A block gives one Variable, so a wire needs no source port: it is (source, target, port), and two
wires between the same blocks differ by their port. That is what keeps both wires of `a * a`.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from engine.block import Block, Wire, ports_of
from engine.errors import UnknownBlockError
from engine.naming import number_of
from engine.order import age, reached

if TYPE_CHECKING:
    import networkx as nx


class Wired:
    """Blocks and the wires between them, as they can be asked for.

    Attributes
    ----------
    blocks
        Read-only view of the blocks by id, in the order in which they were added.
    worked_out
        What others have worked out from the structure and want to find again; emptied whenever
        anything but the value of an input changes.
    """

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
