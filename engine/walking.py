"""What `Variable.backward` does, with each step of it written down."""

from __future__ import annotations

from typing import Any

import numpy as np

from engine.execution import Execution, Problem, sentence_of
from engine.graph import Graph, title
from engine.steps import BackwardStep, Contribution, SeedStep, kept
from engine.variable import Array, Function, Variable, WorkList


def walked_back(
    graph: Graph, run: Execution, target: str, problems: list[Problem]
) -> list[SeedStep | BackwardStep]:
    """Do what `Variable.backward` does, and write down each step of it."""
    y = run.variables[target]
    block_of = {id(run.variables[block]): block for block in run.order}
    gradients: dict[str, Array] = {target: kept(np.ones_like(y.data))}
    work_list = WorkList()
    work_list.push(y)
    steps: list[SeedStep | BackwardStep] = [SeedStep(target, gradients[target], (target,))]
    while work_list:
        output = work_list.pop()
        block = block_of[id(output)]
        upstream = gradients[block]
        try:
            contributions = tuple(_contributions(graph, block, output, upstream, gradients))
        except Exception as error:  # noqa: BLE001 - a reader's own Function may raise anything
            sentence = f"{title(graph.block(block))} cannot walk back: {sentence_of(error)}"
            problems.append(Problem(block, sentence, failed=True))
            break
        pushed = tuple(
            block_of[id(x)] for x in output.made_of if x.maker is not None and work_list.push(x)
        )
        steps.append(BackwardStep(block, upstream, contributions, pushed))
    return steps


def _contributions(
    graph: Graph, block: str, output: Variable, upstream: Array, gradients: dict[str, Array]
) -> list[Contribution]:
    values, locals_ = pulled_back(output, upstream)
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
    output: Variable, upstream: Array
) -> tuple[tuple[Array | None, ...], tuple[Array | None, ...]]:
    """Give what each input of what was made gets, and the local derivative by it.

    A Function with a table of rules tells both at once. One in the tutorial's style tells its
    local derivative when it is asked with an upstream gradient of one, if it works on scalars.
    """
    function: Any = output.maker
    if type(function).backward is Function.backward and function.is_elementwise():
        local = function.local_derivatives(output)
        return function.checked(function.contributions(upstream, local)), local
    # A copy, because code written by hand may change what it is given in place.
    values = function.gradients(np.array(upstream), output)
    if any(x.ndim for x in (*output.made_of, output)):
        return values, (None,) * len(values)
    return values, function.gradients(np.ones_like(output.data), output)
