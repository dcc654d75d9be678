"""What is written out: a graph that has been run, with names that a program can use."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from engine.block import CONSTANT, INPUT, Block, function_of
from engine.code.statements import Names
from engine.course import Course
from engine.errors import CodeError
from engine.graph import Graph
from engine.recording import Recording, record
from engine.variable import Array

MOST_ELEMENTS = 10_000
"""Elements of all arrays that are written out in one program."""


@dataclass(frozen=True)
class Exported:
    """A graph that has been run forward and back.

    Attributes
    ----------
    graph
        The graph.
    recording
        Its run.
    target
        Id of the block that is differentiated.
    """

    graph: Graph
    recording: Recording
    target: str

    @property
    def course(self) -> Course:
        """The order of its blocks."""
        return self.recording.course

    @cached_property
    def inputs(self) -> tuple[Block, ...]:
        """The inputs, in the order in which they are placed."""
        run = self.course.value_steps
        return tuple(b for b in self.graph.blocks.values() if b.kind == INPUT and b.id in run)

    @cached_property
    def constants(self) -> tuple[Block, ...]:
        """The constants that something uses."""
        used = {wire.source for block in self.course.order for wire in self.course.inputs[block]}
        return tuple(b for b in self.graph.blocks.values() if b.kind == CONSTANT and b.id in used)

    @cached_property
    def functions(self) -> tuple[Block, ...]:
        """The Functions that ran, in the order in which they did."""
        blocks = (self.graph.block(block) for block in self.course.order)
        return tuple(block for block in blocks if block.is_function)

    def sources(self, block: str) -> tuple[Block, ...]:
        """Give the blocks that one takes its inputs from."""
        return tuple(self.graph.block(wire.source) for wire in self.course.inputs[block])

    def value(self, block: str) -> Array:
        """Give the value of a block."""
        value = self.recording.value(block)
        assert value is not None  # noqa: S101 - all that is written out has run
        return value

    def inlined(self, kinds: Iterable[str] | None = None) -> frozenset[str]:
        """Find the constants that can stand in a formula: numbers beside something that varies.

        Parameters
        ----------
        kinds
            The Functions that may have a number in place of an array; without it, all that work
            element by element.
        """
        found = set()
        for constant in self.constants:
            users = [wire.target for wire in self.graph.wires_from(constant.id)]
            users = [user for user in users if user in self.course.value_steps]
            if (
                constant.value is not None
                and not constant.value.ndim
                and all(self._takes_number(self.graph.block(user), kinds) for user in users)
            ):
                found.add(constant.id)
        return frozenset(found)

    def _takes_number(self, block: Block, kinds: Iterable[str] | None) -> bool:
        plain = function_of(block).is_elementwise() if kinds is None else block.kind in kinds
        return plain and any(source.kind != CONSTANT for source in self.sources(block.id))


def exported(graph: Graph, target: str | None, most: int = MOST_ELEMENTS) -> Exported:
    """Run a graph, to be written out.

    Parameters
    ----------
    graph, target
        The graph, and the block to differentiate; without one, the last result.
    most
        Elements of all arrays that there may be.

    Raises
    ------
    CodeError
        If there is nothing to differentiate, the target has no value, or the arrays are too large.
    """
    elements = sum(b.value.size for b in graph.blocks.values() if b.value is not None)
    if elements > most:
        largest = max(
            (b for b in graph.blocks.values() if b.value is not None),
            key=lambda block: 0 if block.value is None else block.value.size,
        )
        size = 0 if largest.value is None else largest.value.size
        raise CodeError(
            f"{largest.name} has {size:,} elements; numbers are written out for "
            f"{most:,} at most. Give it a smaller value.",
            block=largest.id,
        )
    recording = record(graph, target)
    chosen = recording.target
    if chosen is None or not graph.block(chosen).is_function:
        raise CodeError("There is nothing to write out: no function is in this graph.")
    if recording.course.target is None:
        needed = graph.ancestors(chosen) | {chosen}
        reasons = [problem.sentence for problem in recording.problems if problem.block in needed]
        name = graph.block(chosen).name
        raise CodeError(
            f"There is no code for {name}, which cannot be computed. {' '.join(reasons[:1])}",
            block=chosen,
        )
    failed = next((problem for problem in recording.problems if problem.failed), None)
    if failed is not None and failed.block in recording.course.value_steps:
        raise CodeError(failed.sentence, block=failed.block)  # it cannot walk back
    return Exported(graph, recording, chosen)


def python_names(run: Exported, reserved: Iterable[str]) -> dict[str, str]:
    """Give each block a name that a program can use: its own, wherever that can be.

    Parameters
    ----------
    run
        What is written out.
    reserved
        Names that the program uses itself.
    """
    names = Names(reserved)
    return {block.id: names.fresh(block.name) for block in run.graph.blocks.values()}
