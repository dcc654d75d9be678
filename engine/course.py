"""The course of a run: who runs after whom, and who passes its gradient on after whom.

Only the wires decide it, and no number does. So it is worked out once and shared by all runs
until the structure of the graph changes.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from types import MappingProxyType

from engine.graph import CONSTANT, Graph, Wire


@dataclass(frozen=True, eq=False)
class Course:
    """The order of the steps of a run.

    Attributes
    ----------
    order
        Ids of the blocks that get a value in a step, in that order.
    inputs
        The wires each of them takes its inputs from, in the order of the ports.
    receiving
        Of those, the ones that a gradient goes back along.
    wires_from
        The wires that carry the output of each block of the graph.
    target
        Id of the block that is differentiated; None if nothing is walked back.
    popped
        Ids of the blocks that pass their gradient on, in that order.
    """

    order: tuple[str, ...]
    inputs: Mapping[str, tuple[Wire, ...]]
    receiving: Mapping[str, tuple[Wire, ...]]
    wires_from: Mapping[str, tuple[Wire, ...]]
    target: str | None
    popped: tuple[str, ...]

    @property
    def turn(self) -> int:
        """Index of the seed step, where forward ends; the number of steps if there is none."""
        return len(self.order)

    def __len__(self) -> int:
        return len(self.order) + (0 if self.target is None else 1 + len(self.popped))

    @cached_property
    def value_steps(self) -> Mapping[str, int]:
        """Index of the step in which each block gets its value."""
        return {block: index for index, block in enumerate(self.order)}

    @cached_property
    def backward_steps(self) -> Mapping[str, int]:
        """Index of the step in which each block is popped and passes its gradient on."""
        return {block: index for index, block in enumerate(self.popped, start=self.turn + 1)}

    @cached_property
    def pushed(self) -> tuple[tuple[str, ...], ...]:
        """Ids of the blocks that the seed, and each that is popped, puts on the work list."""
        if self.target is None:
            return ()
        known = {self.target}
        pushed: list[tuple[str, ...]] = [(self.target,)]
        for block in self.popped:
            found = dict.fromkeys(
                wire.source
                for wire in self.inputs[block]
                if self.inputs.get(wire.source) and wire.source not in known
            )
            known.update(found)
            pushed.append(tuple(found))
        return tuple(pushed)

    @cached_property
    def pushed_steps(self) -> Mapping[str, int]:
        """Index of the step in which each block is put on the work list."""
        steps = enumerate(self.pushed, start=self.turn)
        return {block: index for index, blocks in steps for block in blocks}

    @cached_property
    def is_chain(self) -> bool:
        """Whether each block that is walked back used one Variable: the tutorial's case."""
        return all(
            len(self.receiving[block]) <= 1 and len(pushed) <= 1
            for block, pushed in zip(self.popped, self.pushed[1:], strict=True)
        )

    @cached_property
    def givers(self) -> Mapping[str, tuple[Wire, ...]]:
        """The wires along which each block gets its gradient, in the order of the steps."""
        found: dict[str, list[Wire]] = {} if self.target is None else {self.target: []}
        for block in self.popped:
            for wire in self.receiving[block]:
                found.setdefault(wire.source, []).append(wire)
        return {block: tuple(wires) for block, wires in found.items()}

    def leading_to(self, wanted: frozenset[str]) -> frozenset[str]:
        """Find the blocks that a gradient for one of the wanted passes through."""
        useful = set(wanted)
        for block in self.order:
            if any(wire.source in useful for wire in self.inputs[block]):
                useful.add(block)
        return frozenset(useful)


def course_of(
    graph: Graph, order: tuple[str, ...], target: str | None, popped: tuple[str, ...]
) -> Course:
    """Tell the course of a run of a graph as it is now; the same as last time, if it is.

    Parameters
    ----------
    graph, order, target, popped
        The graph, and what `Course` tells about its run.
    """
    known: Course | None = graph.worked_out.get("course")
    if known and (known.order, known.target, known.popped) == (order, target, popped):
        return known
    inputs, receiving = {}, {}
    for block in order:
        wires = tuple(wire for wire in graph.wires_into(block) if wire is not None)
        inputs[block] = wires
        receiving[block] = tuple(w for w in wires if graph.block(w.source).kind != CONSTANT)
    wires_from = MappingProxyType({block: graph.wires_from(block) for block in graph.blocks})
    course = Course(order, inputs, receiving, wires_from, target, popped)
    graph.worked_out["course"] = course
    return course
