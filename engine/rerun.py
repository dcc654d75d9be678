"""Running a graph again that differs from the last time in its values alone, by a plan.

The first two runs of a structure go over live Variables: a graph that is being built changes with
every gesture, and a plan would be thrown away unused. From the third on there is a plan; of a large
graph it is made on a thread of its own, and the runs until then go on as they did.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from threading import Thread
from typing import Any, NamedTuple

import numpy as np

from engine.block import Block, instance_of
from engine.course import Course
from engine.errors import RunError
from engine.graph import CONSTANT, Graph
from engine.plan import Plan
from engine.variable import Array, Constant, Variable
from engine.walking import Pulled, pulled_back

RUNS = 2
"""Runs of one structure after which a plan is made."""

AT_ONCE = 100
"""Blocks up to which a plan is made within a blink."""

WORTH = 2_000
"""Blocks up to which a plan is made at all; beyond, making it takes longer than a blink."""


class Again(NamedTuple):
    """The numbers of a run.

    Attributes
    ----------
    course
        The order of its steps.
    values, gradients
        What each block has and gets, complete, by id; floats or arrays.
    """

    course: Course
    values: Mapping[str, Any]
    gradients: Mapping[str, Any]


@dataclass(slots=True)
class _Planning:
    """What is known of the runs of one structure, kept with the graph."""

    course: Course
    given: int
    runs: int = 0
    plan: Plan | None = None
    ready: bool = False

    def make(self) -> None:
        """Compile the plan; then it is ready."""
        if self.plan is not None:
            self.plan.everything  # noqa: B018 - it is compiled when it is first asked for
            self.ready = True


def note(graph: Graph, course: Course) -> None:
    """Take note of a run over live Variables that went through without a problem."""
    planning = graph.worked_out.get("planning")
    given = _elements_given(graph)
    if planning is None or planning.course is not course:
        planning = graph.worked_out["planning"] = _Planning(course, given)
    planning.given = max(planning.given, given)
    planning.runs += 1
    if planning.runs < RUNS or planning.plan or course.target is None or len(graph) > WORTH:
        return
    planning.plan = Plan(graph, course)
    if not planning.plan.is_compiled:
        return
    if len(graph) <= AT_ONCE:
        planning.make()
    else:
        Thread(target=planning.make, name="gradwalk-plan", daemon=True).start()


def run_again(graph: Graph, target: str | None, *, watched: bool = False) -> Again | None:
    """Run a graph by its plan; None if there is none, or it does not fit the values.

    Parameters
    ----------
    watched
        Whether it matters how large values become. A plan does not tell on its way, so it is taken
        only where no more is given than in the runs before it.
    """
    planning = graph.worked_out.get("planning")
    if planning is None or not planning.ready or planning.course.target != target:
        return None
    if watched and _elements_given(graph) > planning.given:
        return None
    plan: Plan = planning.plan
    blocks = [graph.block(block) for block in plan.inputs]
    if any(block.value is None for block in blocks):
        return None
    single = plan.is_of_numbers and not any(block.value.ndim for block in blocks)  # type: ignore[union-attr] # all have one
    given = [float(b.value) if single else b.value for b in blocks]  # type: ignore[arg-type] # as above
    try:
        values, gradients = plan.everything(*given)
    except RunError:
        return None  # the live run tells which block it was, and why
    course = plan.course
    return Again(
        course,
        dict(zip(course.order, values, strict=True)),
        dict(zip(plan.received, gradients, strict=True)),
    )


def _elements_given(graph: Graph) -> int:
    return sum([0 if block.value is None else block.value.size for block in graph.blocks.values()])


def pulled_again(again: Again, blocks: Mapping[str, Block], block: str, upstream: Array) -> Pulled:
    """Give what each input of a block gets, and the local derivative by it."""
    function = instance_of(blocks[block])
    sources = [blocks[wire.source] for wire in again.course.inputs[block]]
    inputs = [
        Constant(source.value)
        if source.kind == CONSTANT
        else Variable(np.asarray(again.values[source.id]))
        for source in sources
    ]
    output = Variable(np.asarray(again.values[block]))
    function.inputs = tuple(inputs)
    output.maker = function
    return pulled_back(output, upstream)
