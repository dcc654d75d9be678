"""A run is a recording: frozen steps, made once, that everything a person sees is read from.

A step knows its block, the numbers that came in and what became of them. What the work list held
is told by what each step popped and pushed, so a recording grows with the graph, not its square.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property, partial
from types import MappingProxyType
from typing import Any

import numpy as np

from engine.bad_numbers import BadNumber, first_bad_number
from engine.course import Course, course_of
from engine.execution import Execution, Problem, execute
from engine.graph import Block, Graph, Wire
from engine.lazy_steps import Steps
from engine.progress import Watch
from engine.rerun import note, pulled_again, run_again
from engine.showing import Showing
from engine.steps import BackwardStep, Contribution, ForwardStep, SeedStep, Step, kept
from engine.tracing import trace
from engine.variable import Array, Variable
from engine.walking import Pulled, Walk, pulled_back, walk

__all__ = [
    "BackwardStep",
    "BadNumber",
    "Contribution",
    "ForwardStep",
    "Recording",
    "SeedStep",
    "Step",
    "awaited",
    "default_target",
    "record",
    "record_variable",
]


@dataclass(frozen=True, eq=False)
class Recording(Showing):
    """One run of a graph, forward and back.

    Attributes
    ----------
    blocks
        The blocks as they were, by id.
    target
        Id of the block that is differentiated; None if nothing can be.
    course
        The order of the steps.
    values, gradients
        What each block has and got, complete, by id; floats or arrays.
    steps
        All steps, in order.
    problems
        Blocks that could not compute, with the reason.
    is_waiting
        Whether it stands for a run that is still going on, and has nothing of it.
    """

    blocks: Mapping[str, Block]
    target: str | None
    course: Course
    values: Mapping[str, Any]
    gradients: Mapping[str, Any]
    steps: Steps
    problems: tuple[Problem, ...]
    is_waiting: bool = False

    def __len__(self) -> int:
        return len(self.course)

    @property
    def turn(self) -> int:
        """Index of the seed step, where forward ends; the number of steps if there is none."""
        return self.course.turn

    @cached_property
    def elements(self) -> int:
        """How many elements all values have together; nothing of them is read.

        Examples
        --------
        >>> from engine.expression import parse_expression
        >>> graph, y = parse_expression("sum(exp(x))", {"x": np.ones((3, 4))})
        >>> record(graph, y).elements
        25
        """
        return sum([getattr(value, "size", 1) for value in self.values.values()])

    @cached_property
    def largest(self) -> int:
        """How many elements the largest of all values has."""
        return max([getattr(value, "size", 1) for value in self.values.values()], default=0)

    @property
    def wires_from(self) -> Mapping[str, tuple[Wire, ...]]:
        """The wires that carry each block's output."""
        return self.course.wires_from

    def gradient_history(self, block: str) -> tuple[tuple[int, Array], ...]:
        """Give every step that changed a block's gradient, and what it was after it."""
        course = self.course
        if block not in course.givers:
            return ()
        after = [kept(after) for _, after in self.steps.history(block)]
        if block == course.target:
            return ((course.turn, after[0]),)
        at = [course.backward_steps[wire.target] for wire in course.givers[block]]
        return tuple(zip(at, after, strict=True))

    def completed(self, block: str) -> int:
        """Give the index of the step after which a block's gradient is complete; -1 without one."""
        course, givers = self.course, self.course.givers.get(block, ())
        if givers:
            return course.backward_steps[givers[-1].target]
        return course.turn if block == course.target else -1

    def gradient_before(self, block: str, step: int, added: int = 0) -> Array | None:
        """Give what a block's gradient was before a step; None if it had none.

        Parameters
        ----------
        added
            How many contributions of that step itself have been added as well.
        """
        count = self.contributions_before(block, step, added)
        if not count:
            return None
        if block == self.course.target:
            return self.gradient(block)
        if count == len(self.course.givers[block]) and not self.problems:
            return self.gradient(block)
        return kept(self.steps.history(block, count)[count - 1][1])

    def contributions_before(self, block: str, step: int, added: int = 0) -> int:
        """Count what had been put into a block's gradient before a step; the seed counts as one."""
        course = self.course
        if block == course.target:
            return int(step > course.turn)
        at = course.backward_steps
        givers = course.givers.get(block, ())
        return bisect_left(givers, step, key=lambda wire: at[wire.target]) + added

    def sent_back(self, wire: Wire) -> Array | None:
        """Give what came back along a wire by the end; None if nothing did."""
        if wire not in self.course.receiving.get(wire.target, ()):
            return None
        return self.steps.sent_back(wire)

    @cached_property
    def first_bad(self) -> BadNumber | None:
        """The first value or gradient that is NaN, infinite or vanished, and why."""
        return first_bad_number(self)

    def wires_into(self, block: str) -> tuple[Wire, ...]:
        """Wires that a block took its inputs from, in the order of its ports."""
        return self.course.inputs[block] if block in self.course.value_steps else ()

    def pulled(self, block: str, upstream: Array) -> Pulled:
        """Lead an upstream gradient over a block: what each input gets, and the local derivatives.

        Parameters
        ----------
        upstream
            Of the shape of the block's value; it need not be the one of this run.
        """
        return self.steps.pulled(block, upstream)

    def value(self, block: str) -> Array | None:
        """Value of a block's Variable; None if it has none or was not there yet."""
        if block in self.values:
            return self.steps.value(block)
        return self.blocks[block].value if block in self.blocks else None

    def is_array(self, block: str) -> bool:
        """Tell whether the value of a block is no single number, without looking at any.

        What `value` gives is a copy where code written by hand may change its own, and of ten
        million numbers a slow one.
        """
        value = self.values.get(block)
        if value is None and block in self.blocks:
            value = self.blocks[block].value
        return value is not None and np.ndim(value) > 0

    def gradient(self, block: str) -> Array | None:
        """Gradient of the target by a block's Variable, once all was added; None if it has none."""
        return self.steps.gradient(block) if block in self.gradients else None


def record(graph: Graph, target: str | None = None, watch: Watch | None = None) -> Recording:
    """Run a graph forward and walk it back.

    Parameters
    ----------
    graph
        The graph; it is not changed, and changes made to it later do not reach the recording.
    target
        Id of the block to differentiate; without one, `default_target` chooses.
    watch
        Told of each value as it is computed; what it raises ends the run.

    Examples
    --------
    >>> import numpy as np
    >>> from engine.expression import parse_expression
    >>> graph, y = parse_expression("square(exp(square(x)))", {"x": np.array(0.5)})
    >>> recording = record(graph, y)
    >>> print(recording.gradient(graph.named("x").id))
    3.297442541400256
    """
    chosen = target if target is not None and target in graph else default_target(graph)
    again = run_again(graph, chosen, watched=watch is not None)
    if again is None:
        return _recorded(graph, execute(graph, watch=watch), chosen, watch=watch)
    blocks = MappingProxyType(dict(graph.blocks))
    pull = partial(pulled_again, again, blocks)
    steps = Steps(again.course, again.values, again.gradients, pull, blocks)
    return Recording(blocks, chosen, again.course, again.values, again.gradients, steps, ())


def awaited(graph: Graph, target: str | None = None) -> Recording:
    """Stand in for the recording of a graph that is still being run."""
    chosen = target if target is not None and target in graph else default_target(graph)
    return replace(_recorded(graph, Execution(), chosen), is_waiting=True)


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
    >>> import numpy as np
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
    return _recorded(graph, run, target, by_hand=True)


def default_target(graph: Graph) -> str | None:
    """Choose what to differentiate: the block added last among those that nothing uses."""
    sinks = graph.sinks()
    connected = [sink for sink in sinks if any(graph.wires_into(sink))]
    return next(reversed(connected or sinks), None)


def _recorded(
    graph: Graph,
    run: Execution,
    target: str | None,
    *,
    by_hand: bool = False,
    watch: Watch | None = None,
) -> Recording:
    problems = list(run.problems)
    values = {
        block: kept(variable.data) if by_hand else variable.raw
        for block, variable in run.variables.items()
        if not variable.is_constant
    }
    start, done = None, Walk()
    if target is not None and target in run.variables and graph.block(target).is_function:
        start, done = target, walk(graph, run, target, by_hand=by_hand, watch=watch)
    if done.problem is not None:
        problems.append(done.problem)
    course = course_of(graph, tuple(values), start, tuple(done.popped))

    def pull(block: str, upstream: Array) -> Pulled:
        known = done.pulled.get(block)
        if known and np.array_equal(upstream, done.gradients[block], equal_nan=True):
            return known
        return pulled_back(run.variables[block], upstream)

    if not (problems or by_hand) and run.variables:
        note(graph, course)
    blocks = MappingProxyType(dict(graph.blocks))
    steps = Steps(course, values, done.gradients, pull, {} if by_hand else blocks)
    return Recording(blocks, target, course, values, done.gradients, steps, tuple(problems))
