"""A run is a recording: frozen steps, made once, that everything a person sees is read from.

A step knows its block, the numbers that came in and what became of them. What the work list held
is told by what each step popped and pushed, so a recording grows with the graph, not its square.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from types import MappingProxyType

import numpy as np

from engine.execution import Execution, Problem, execute
from engine.graph import CONSTANT, Block, Graph, Wire, title
from engine.steps import BackwardStep, Contribution, ForwardStep, SeedStep, Step, kept
from engine.tracing import trace
from engine.values import value_text
from engine.variable import Array, Variable
from engine.walking import walked_back

__all__ = [
    "BackwardStep",
    "BadNumber",
    "Contribution",
    "ForwardStep",
    "Recording",
    "SeedStep",
    "Step",
    "default_target",
    "record",
    "record_variable",
]


@dataclass(frozen=True, slots=True)
class BadNumber:
    """The first number of a run that is not finite.

    Attributes
    ----------
    block
        Id of the block that produced it.
    step
        Index of the step.
    sentence
        What happened, for a person.
    """

    block: str
    step: int
    sentence: str


@dataclass(frozen=True, eq=False)
class Recording:
    """One run of a graph, forward and back.

    Attributes
    ----------
    blocks
        The blocks as they were, by id.
    wires_from
        The wires that carry each block's output.
    target
        Id of the block that is differentiated; None if nothing can be.
    steps
        All steps, in order.
    problems
        Blocks that could not compute, with the reason.
    """

    blocks: Mapping[str, Block]
    wires_from: Mapping[str, tuple[Wire, ...]]
    target: str | None
    steps: tuple[Step, ...]
    problems: tuple[Problem, ...]

    def __len__(self) -> int:
        return len(self.steps)

    @cached_property
    def turn(self) -> int:
        """Index of the seed step, where forward ends; the number of steps if there is none."""
        for index in range(len(self.steps) - 1, -1, -1):
            if isinstance(self.steps[index], SeedStep):
                return index
        return len(self.steps)

    @cached_property
    def value_steps(self) -> Mapping[str, int]:
        """Index of the step in which each block got its value."""
        forward = self.steps[: self.turn]
        return {step.block: index for index, step in enumerate(forward)}

    @cached_property
    def gradient_steps(self) -> Mapping[str, tuple[tuple[int, Array], ...]]:
        """For each block, every step that changed its gradient, and what it was after it."""
        changes: dict[str, list[tuple[int, Array]]] = {}
        for index, step in enumerate(self.steps[self.turn :], start=self.turn):
            if isinstance(step, SeedStep):
                changes.setdefault(step.block, []).append((index, step.gradient))
            elif isinstance(step, BackwardStep):
                for part in step.contributions:
                    changes.setdefault(part.wire.source, []).append((index, part.after))
        return {block: tuple(history) for block, history in changes.items()}

    @cached_property
    def backward_steps(self) -> Mapping[str, int]:
        """Index of the step in which each block was popped and passed its gradient on."""
        return {
            step.block: index
            for index, step in enumerate(self.steps)
            if isinstance(step, BackwardStep)
        }

    @cached_property
    def pushed_steps(self) -> Mapping[str, int]:
        """Index of the step in which each block was put on the work list."""
        return {
            block: index
            for index, step in enumerate(self.steps[self.turn :], start=self.turn)
            if isinstance(step, SeedStep | BackwardStep)
            for block in step.pushed
        }

    @cached_property
    def is_chain(self) -> bool:
        """Whether each block that was walked back used one Variable: the tutorial's case."""
        back = [step for step in self.steps if isinstance(step, BackwardStep)]
        return all(len(step.contributions) <= 1 and len(step.pushed) <= 1 for step in back)

    @cached_property
    def first_bad(self) -> BadNumber | None:
        """The first value or gradient that is NaN or infinite, and the block it comes from."""
        for index, step in enumerate(self.steps):
            sentence = _fault(self, step)
            if sentence is not None:
                return BadNumber(step.block, index, sentence)
        return None

    def wires_into(self, block: str) -> tuple[Wire, ...]:
        """Wires that a block took its inputs from, in the order of its ports."""
        index = self.value_steps.get(block)
        step = None if index is None else self.steps[index]
        return step.inputs if isinstance(step, ForwardStep) else ()

    def value(self, block: str) -> Array | None:
        """Value of a block's Variable; None if it has none or was not there yet."""
        index = self.value_steps.get(block)
        step = None if index is None else self.steps[index]
        if isinstance(step, ForwardStep):
            return step.value
        return self.blocks[block].value if block in self.blocks else None

    def gradient(self, block: str) -> Array | None:
        """Gradient of the target by a block's Variable, once all was added; None if it has none."""
        history = self.gradient_steps.get(block)
        return history[-1][1] if history else None


def record(graph: Graph, target: str | None = None) -> Recording:
    """Run a graph forward and walk it back.

    Parameters
    ----------
    graph
        The graph; it is not changed, and changes made to it later do not reach the recording.
    target
        Id of the block to differentiate; without one, `default_target` chooses.

    Examples
    --------
    >>> from engine.expression import parse_expression
    >>> graph, y = parse_expression("square(exp(square(x)))", {"x": np.array(0.5)})
    >>> recording = record(graph, y)
    >>> print(recording.gradient(graph.named("x").id))
    3.297442541400256
    """
    run = execute(graph)
    chosen = target if target is not None and target in graph else default_target(graph)
    return _recorded(graph, run, chosen)


def record_variable(y: Variable) -> Recording:
    """Record the walk back from a Variable that code written by hand has computed.

    Nothing runs again: the steps are read from what the Variables and Functions remember. The
    Functions may be a reader's own.

    Parameters
    ----------
    y
        The Variable to differentiate.

    Raises
    ------
    RunError
        If no Function made it.

    Examples
    --------
    >>> from engine import Function
    >>> class Cube(Function):
    ...     def forward(self, x):
    ...         return x**3
    ...     def backward(self, gy):
    ...         return 3 * self.input.data**2 * gy
    >>> recording = record_variable(Cube()(Variable(np.array(2.0))))
    >>> print(recording.steps[-1].contributions[0].value)
    12.0
    """
    graph, run, target = trace(y)
    return _recorded(graph, run, target)


def default_target(graph: Graph) -> str | None:
    """Choose what to differentiate: the block added last among those that nothing uses."""
    sinks = graph.sinks()
    connected = [sink for sink in sinks if any(graph.wires_into(sink))]
    return next(reversed(connected or sinks), None)


def _recorded(graph: Graph, run: Execution, target: str | None) -> Recording:
    problems = list(run.problems)
    steps: list[Step] = [
        ForwardStep(
            block,
            tuple(wire for wire in graph.wires_into(block) if wire is not None),
            kept(run.variables[block].data),
        )
        for block in run.order
        if graph.block(block).kind != CONSTANT
    ]
    reachable = target is not None and target in run.variables
    if target is not None and reachable and graph.block(target).is_function:
        with np.errstate(all="ignore"):
            steps.extend(walked_back(graph, run, target, problems))
    wires_from = {block: graph.wires_from(block) for block in graph.blocks}
    return Recording(
        MappingProxyType(dict(graph.blocks)),
        MappingProxyType(wires_from),
        target,
        tuple(steps),
        tuple(problems),
    )


def _fault(recording: Recording, step: Step) -> str | None:
    block = recording.blocks[step.block]
    if isinstance(step, ForwardStep):
        if _is_finite(step.value):
            return None
        if not block.is_function:
            return f"{block.name} is {_bad_word(step.value)}."
        at = ", ".join(_given_by(recording, wire.source) for wire in step.inputs)
        return f"{title(block)} gave {_bad_word(step.value)} at {at}."
    if isinstance(step, BackwardStep):
        for part in step.contributions:
            if not _is_finite(part.after):
                by = recording.blocks[part.wire.source].name
                return (
                    f"{title(block)} passed on a gradient for {by} that is {_bad_word(part.after)}."
                )
    return None


def _is_finite(value: Array) -> bool:
    return math.isfinite(value) if not value.ndim else bool(np.isfinite(value).all())


def _bad_word(value: Array) -> str:
    if np.isnan(value).any():
        return "NaN (not a number)"
    return "infinity" if np.isposinf(value).any() else "minus infinity"


def _given_by(recording: Recording, source: str) -> str:
    block, value = recording.blocks[source], recording.value(source)
    text = "?" if value is None else value_text(value)
    return text if block.kind == CONSTANT else f"{block.name} = {text}"
