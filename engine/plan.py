"""A graph compiled: what it comes down to as straight-line Python, kept until its wires change.

Single numbers are computed on Python's floats (`engine.scalar_plan`), arrays by NumPy into arrays
that are kept (`engine.array_plan`). Whatever cannot be compiled, such as a value of another shape,
a reader's own Function or a division by 0, is run over live Variables as always.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cached_property
from typing import Any

import numpy as np

from engine.array_plan import compiled_whole
from engine.arrays import FLOAT64
from engine.block import INPUT, Block, function_of
from engine.config import Config
from engine.course import Course
from engine.errors import RunError
from engine.execution import execute
from engine.function import Function
from engine.graph import Graph
from engine.graph_tape import tape_of
from engine.kernel import LEFT_TO_NUMPY
from engine.numpy_text import compiled, is_plain_matrix
from engine.quiet import QUIET
from engine.scalar_plan import ScalarText, scalar_text_of
from engine.scalars import NAMES
from engine.stretches import Stretches, is_stretchable
from engine.tape import CALLS
from engine.tape_passes import reduced, unrepeated
from engine.walking import walk

MOST = 20_000
"""Blocks beyond which compiling takes longer than it can save."""

Everything = tuple[tuple[Any, ...], tuple[Any, ...]]

Run = Callable[..., Any]


class Plan:
    """A graph that is to be run again and again with other values.

    Not for two threads at a time: what lies between inputs and results is kept in one place.

    Parameters
    ----------
    graph
        The graph; later changes of it do not reach the plan.
    course
        The order of its steps, as a recording of it tells.

    Attributes
    ----------
    inputs
        Ids of the inputs, in the order in which their values are given.
    target
        Id of the block that is differentiated.
    received
        Ids of the blocks that get a gradient, in the order in which `everything` gives them.
    is_compiled
        Whether the graph could be compiled.
    is_of_numbers
        Whether all its values are single numbers.

    Values are floats where all values of the graph are single numbers, and otherwise arrays; so
    are the answers.

    Raises
    ------
    RunError
        If there is nothing to differentiate.

    Examples
    --------
    >>> from engine.expression import parse_expression
    >>> from engine.recording import record
    >>> graph, y = parse_expression("square(exp(square(x)))", {"x": np.array(0.5)})
    >>> Plan(graph, record(graph, y).course).answer(1.0)
    (7.3890560989306495, 29.556224395722598)
    """

    def __init__(self, graph: Graph, course: Course) -> None:
        if course.target is None:
            raise RunError("There is nothing to differentiate, and so nothing to plan.")
        self._graph = graph.copy()
        self._blocks = self._graph.blocks
        self._train = Config.train
        self.course = course
        self.target = course.target
        self.inputs = tuple(b for b in course.order if self._blocks[b].kind == INPUT)
        self.received = course.received
        self.is_compiled = len(course.order) <= MOST and all(map(_is_ours, self._blocks.values()))
        values = [block.value for block in self._blocks.values() if block.value is not None]
        self.is_of_numbers = not any(value.ndim for value in values)

    def value(self, block: str) -> Any:
        """Give the value that an input had when the plan was made."""
        return self._blocks[block].value

    @cached_property
    def answer(self) -> Callable[..., tuple[Any, ...]]:
        """Takes the values, gives a tuple: the target's value, and its gradient by each input."""
        live = self._answer_live
        if not self.is_compiled:
            return live
        asked = frozenset(self.inputs)
        text = self._number_text(asked)
        if text is None:
            return self._guarded(*self._array_function(asked), live)
        found = [text.values[self.target], *(text.gradients.get(b, "0.0") for b in self.inputs)]
        return self._number_function(text, f"({', '.join(found)},)", live)

    @cached_property
    def everything(self) -> Callable[..., Everything]:
        """Takes the values, gives two tuples: each value of the course, each gradient received."""
        live = self._everything_live
        if not self.is_compiled:
            return live
        text = self._number_text(None)
        if text is None:
            every, pure = self._array_function(None)
            count = len(self.course.order)

            def parted(*given: Any) -> Everything:
                found = every(*given)
                return found[:count], found[count:]

            return self._guarded(parted, pure, live)
        values = ", ".join(text.values[block] for block in self.course.order)
        gradients = ", ".join(text.gradients[block] for block in self.received)
        return self._number_function(text, f"({values},), ({gradients},)", live)

    def _number_text(self, asked: frozenset[str] | None) -> ScalarText | None:
        return scalar_text_of(self.course, self._blocks, asked) if self.is_of_numbers else None

    def _number_function(self, text: ScalarText, found: str, live: Run) -> Run:
        """Compile to floats, leaving to NumPy what Python raises an error for."""
        arguments = [text.values[block] for block in self.inputs]
        body = [f"    {line}" for line in (*text.lines, f"return {found}")]
        rest = ["except LEFT_TO_NUMPY:", f"    return live({', '.join(arguments)})"]
        known = {**NAMES, "LEFT_TO_NUMPY": LEFT_TO_NUMPY, "live": live}
        return compiled(arguments, ["try:", *body, *rest], known)

    def _guarded(self, planned: Run, pure: bool, live: Run) -> Run:  # noqa: FBT001 - with what it is of
        """Run over Variables what is of other shapes than the plan."""
        names = [f"x{at}" for at in range(len(self.inputs))]
        given = ", ".join(names)
        fit = [f"Config.train is {self._train}"]
        for name, block in zip(names, self.inputs, strict=True):
            value = self._blocks[block].value
            if value is None:
                return live
            fit.append(f"{name}.shape == {value.shape} and {name}.dtype == float64")
            if is_plain_matrix(value):  # on which `is_plain_product` relies
                fit.append(f"{name}.flags.forc")
        lines = [
            "try:",
            f"    fit = {' and '.join(fit)}",
            "except AttributeError:",
            "    fit = False",
            "if fit:",
            *(
                [f"    return QUIET.run(planned, {given})"]
                if pure
                else ["    with errstate(all='ignore'):", f"        return planned({given})"]
            ),
            f"return live({given})",
        ]
        known = {
            "Config": Config,
            "QUIET": QUIET,
            "errstate": np.errstate,
            "float64": FLOAT64,
            "live": live,
            "planned": planned,
        }
        return compiled(names, lines, known)

    def _array_function(self, asked: frozenset[str] | None) -> tuple[Run, bool]:
        """Give what computes on arrays, and whether nothing but NumPy is called."""
        graph = tape_of(self.course, self._blocks, asked)
        if asked is None:
            results = [graph.values[block] for block in self.course.order]
            results += [graph.gradients[block] for block in self.received]
        else:
            # A gradient that nothing leads to is 0 everywhere, which no operation makes.
            zeros = {b: np.zeros_like(graph.tape.samples[graph.inputs[b]]) for b in self.inputs}
            numbers = [
                graph.gradients[b] if b in graph.gradients else graph.tape.given(zeros[b]).id
                for b in self.inputs
            ]
            results = [graph.values[self.target], *numbers]
        if asked is None:
            ops, results = unrepeated(graph.tape, results, graph.seed)
        else:
            ops, results = reduced(graph, results)
        inputs = [graph.inputs[block] for block in self.inputs]
        if asked is not None and is_stretchable(graph.tape, ops, (*inputs, *results)):
            return Stretches(graph.tape, ops, inputs, results), True
        pure = not any(op.name in CALLS for op in ops)
        return compiled_whole(graph.tape, ops, inputs, results), pure

    def _answer_live(self, *values: Any) -> tuple[Any, ...]:
        known, gradients = self._live(values)
        zeros = [np.zeros_like(known[block]) for block in self.inputs]
        return _as_given(
            (
                known[self.target],
                *(gradients.get(b, zero) for b, zero in zip(self.inputs, zeros, strict=True)),
            ),
            values,
        )

    def _everything_live(self, *values: Any) -> Everything:
        known, gradients = self._live(values)
        return (
            _as_given(tuple(known[block] for block in self.course.order), values),
            _as_given(tuple(gradients[block] for block in self.received), values),
        )

    def _live(self, values: tuple[Any, ...]) -> tuple[Mapping[str, Any], Mapping[str, Any]]:
        """Run over live Variables.

        Raises
        ------
        RunError
            If a block cannot compute, with its reason.
        """
        given = {b: np.asarray(x) for b, x in zip(self.inputs, values, strict=True)}
        run = execute(self._graph, given)
        problem = next((p for p in run.problems if p.failed), None)
        if self.target in run.variables:
            done = walk(self._graph, run, self.target)
            problem = done.problem or problem
        if problem is not None or self.target not in run.variables:
            sentence = problem.sentence if problem else "This has no value."
            raise RunError(sentence, block=problem.block if problem else self.target)
        return {block: x.data for block, x in run.variables.items()}, done.gradients


def _as_given(found: tuple[Any, ...], values: tuple[Any, ...]) -> tuple[Any, ...]:
    """Give floats where floats were given, and arrays where arrays were."""
    if any(isinstance(x, np.ndarray) for x in values):
        return tuple(np.asarray(x) for x in found)
    return tuple(float(x) if np.ndim(x) == 0 else x for x in found)


def _is_ours(block: Block) -> bool:
    """Tell whether a Function has a rule that can be read, and remembers nothing."""
    return not block.is_function or function_of(block).backward is Function.backward
