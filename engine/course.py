"""The course of a run: who runs after whom, and who passes its gradient on after whom.

Only the wires decide it, and no number does. So it is worked out once and shared by all runs
until the structure of the graph changes.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate
from typing import Any

from engine.graph import CONSTANT, Graph, Wire


@dataclass(frozen=True, eq=False)
class Course:
    """The order of the steps of a run.

    Attributes
    ----------
    order
        Ids of the blocks that get a value in a step, in that order.
    inputs
        The wires each block takes its inputs from, in the order of the ports; of a block that did
        not run, some may be None.
    wires_from
        The wires that carry the output of each block.
    constants
        Ids of the blocks that no gradient goes back to.
    target
        Id of the block that is differentiated; None if nothing is walked back.
    popped
        Ids of the blocks that pass their gradient on, in that order.
    """

    order: tuple[str, ...]
    inputs: Mapping[str, tuple[Wire, ...]]
    wires_from: Mapping[str, tuple[Wire, ...]]
    constants: frozenset[str]
    target: str | None
    popped: tuple[str, ...]

    @property
    def turn(self) -> int:
        """Index of the seed step, where forward ends; the number of steps if there is none."""
        return len(self.order)

    def __len__(self) -> int:
        return len(self.order) + (0 if self.target is None else 1 + len(self.popped))

    def block_at(self, step: int) -> str | None:
        """Tell the block of a step; None if there is no such step.

        Examples
        --------
        >>> course = Course(("x", "a"), {}, {}, frozenset(), "a", ("a",))
        >>> [course.block_at(step) for step in range(5)]
        ['x', 'a', 'a', 'a', None]
        """
        if step < self.turn:
            return self.order[step]
        back = step - self.turn - 1
        if back < 0:
            return self.target
        return self.popped[back] if back < len(self.popped) else None

    def wires_at(self, step: int) -> tuple[Wire, ...]:
        """List the wires that a value or a gradient comes along in a step."""
        block = self.block_at(step)
        if block is None or step == self.turn:
            return ()
        return self.inputs[block] if step < self.turn else self.receiving[block]

    @cached_property
    def receiving(self) -> Mapping[str, tuple[Wire, ...]]:
        """Of the wires into each block that is popped, those that a gradient goes back along."""
        if not self.constants:
            return {block: self.inputs[block] for block in self.popped}
        return {
            block: tuple([w for w in self.inputs[block] if w.source not in self.constants])
            for block in self.popped
        }

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
        inputs, known = self.inputs, {self.target}
        pushed: list[tuple[str, ...]] = [(self.target,)]
        for block in self.popped:
            found: tuple[str, ...] = ()
            for wire in inputs[block]:
                source = wire.source
                if source not in known and inputs[source]:
                    known.add(source)
                    found = (*found, source)
            pushed.append(found)
        return tuple(pushed)

    @cached_property
    def pushed_steps(self) -> Mapping[str, int]:
        """Index of the step in which each block is put on the work list."""
        steps = enumerate(self.pushed, start=self.turn)
        return {block: index for index, blocks in steps for block in blocks}

    @cached_property
    def pushed_counts(self) -> tuple[int, ...]:
        """How many were put on the work list up to the seed, and up to each that is popped."""
        return tuple(accumulate(map(len, self.pushed)))

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
        found: dict[str, Any] = {} if self.target is None else {self.target: ()}
        for block in self.popped:
            for wire in self.receiving[block]:
                out = self.wires_from[wire.source]
                if len(out) == 1:  # as with most, and a tuple for each is time
                    found[wire.source] = out
                else:
                    found.setdefault(wire.source, []).append(wire)
        return {block: tuple(wires) for block, wires in found.items()}

    @cached_property
    def received(self) -> tuple[str, ...]:
        """The blocks that get a gradient, in the order in which the first of it comes."""
        return tuple(self.givers)

    @cached_property
    def ranks(self) -> Mapping[str, int]:
        """Which of these each of them is."""
        return {block: at for at, block in enumerate(self.received)}

    @cached_property
    def places(self) -> Mapping[Wire, int]:
        """How many came before along other wires, for each that brings a block its gradient."""
        return {wire: at for wires in self.givers.values() for at, wire in enumerate(wires)}

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
    constants = frozenset(b.id for b in graph.blocks.values() if b.kind == CONSTANT)
    inputs: Any = graph.into()  # complete for all that ran
    course = Course(order, inputs, graph.out(), constants, target, popped)
    graph.worked_out["course"] = course
    return course
