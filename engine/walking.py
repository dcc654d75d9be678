"""What `Variable.backward` does, with each step of it written down."""

from __future__ import annotations

import numpy as np

from engine.execution import Execution, Problem, sentence_of
from engine.graph import Graph, title
from engine.steps import BackwardStep, Contribution, SeedStep, kept
from engine.variable import Array, Function, WorkList


def walked_back(
    graph: Graph, run: Execution, target: str, problems: list[Problem]
) -> list[SeedStep | BackwardStep]:
    """Do what `Variable.backward` does, and write down each step of it."""
    y = run.variables[target]
    block_of = {id(run.variables[block].creator): block for block in run.order}
    gradients: dict[str, Array] = {target: kept(np.ones_like(y.data))}
    work_list = WorkList()
    assert y.creator is not None  # noqa: S101 - the target is a Function's output
    work_list.push(y.creator)
    steps: list[SeedStep | BackwardStep] = [SeedStep(target, gradients[target], (target,))]
    while work_list:
        function = work_list.pop()
        block = block_of[id(function)]
        upstream = gradients[block]
        try:
            contributions = tuple(_contributions(graph, block, function, upstream, gradients))
        except Exception as error:  # noqa: BLE001 - a reader's own Function may raise anything
            sentence = f"{title(graph.block(block))} cannot walk back: {sentence_of(error)}"
            problems.append(Problem(block, sentence, failed=True))
            break
        pushed = tuple(
            block_of[id(x.creator)]
            for x in function.inputs
            if x.creator is not None and work_list.push(x.creator)
        )
        steps.append(BackwardStep(block, upstream, contributions, pushed))
    return steps


def _contributions(
    graph: Graph, block: str, function: Function, upstream: Array, gradients: dict[str, Array]
) -> list[Contribution]:
    values, locals_ = pulled_back(function, upstream)
    parts: list[Contribution] = []
    for wire, value, local in zip(graph.wires_into(block), values, locals_, strict=True):
        if wire is None or value is None:
            continue
        before = gradients.get(wire.source)
        added = kept(value)
        after = added if before is None else kept(before + added)
        gradients[wire.source] = after
        derivative = None if local is None else kept(local)
        parts.append(Contribution(wire, derivative, added, before, after))
    return parts


def pulled_back(
    function: Function, upstream: Array
) -> tuple[tuple[Array | None, ...], tuple[Array | None, ...]]:
    """Give what each input of a Function that has run gets, and the local derivative by it.

    A Function with a table of rules tells both at once. One in the tutorial's style tells its
    local derivative when it is asked with an upstream gradient of one, if it works on scalars.
    """
    if type(function).backward is Function.backward and function.is_elementwise():
        local = function.local_derivatives()
        return function.checked(function.contributions(upstream, local)), local
    # A copy, because code written by hand may change what it is given in place.
    values = function.gradients(np.array(upstream))
    if any(x.data.ndim for x in (*function.inputs, function.output)):
        return values, (None,) * len(values)
    return values, function.gradients(np.ones_like(function.output.data))
