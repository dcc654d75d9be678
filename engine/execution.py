"""Running a graph forward: blocks in, live Variables out, a sentence for each that cannot run."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np

from engine.graph import CONSTANT, Block, Graph, forward_order, instance_of, title
from engine.variable import Array, Constant, Variable


@dataclass(frozen=True, slots=True)
class Problem:
    """Why a block could not compute.

    Attributes
    ----------
    block
        Its id.
    sentence
        The reason, for a person.
    failed
        Whether it was given all it needs and yet could not; False for one that is still open.
    """

    block: str
    sentence: str
    failed: bool = False


@dataclass(slots=True)
class Execution:
    """What came of running a graph forward.

    Attributes
    ----------
    order
        Ids of the blocks that have a value, in the order they got it.
    variables
        The live Variable of each of them.
    problems
        The blocks that have none, with the reason; those that only wait for one of them are
        not listed.
    """

    order: list[str] = field(default_factory=list)
    variables: dict[str, Variable] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)


def execute(graph: Graph, overrides: Mapping[str, Array] | None = None) -> Execution:
    """Run a graph forward as far as it goes.

    Parameters
    ----------
    graph
        The graph; nothing of it is changed.
    overrides
        Values by block id to take in place of the block's own, as a numerical derivative needs.
    """
    run = Execution()
    overrides = overrides or {}
    with np.errstate(all="ignore"):
        for block_id in forward_order(graph):
            block = graph.block(block_id)
            if block_id in overrides:
                variable: Variable | None = Variable(overrides[block_id], block.name)
            elif block.is_function:
                variable = _call(graph, block, run)
            else:
                variable = _given(block, run)
            if variable is not None:
                run.variables[block_id] = variable
                run.order.append(block_id)
    return run


def _given(block: Block, run: Execution) -> Variable | None:
    if block.value is None:
        run.problems.append(Problem(block.id, f"{block.name} has no value yet."))
        return None
    return (Constant if block.kind == CONSTANT else Variable)(block.value, block.name)


def _call(graph: Graph, block: Block, run: Execution) -> Variable | None:
    inputs: list[Variable] = []
    for wire, port in zip(graph.wires_into(block.id), graph.ports(block.id), strict=True):
        if wire is None:
            one = len(graph.ports(block.id)) == 1
            which = "input" if one else f"input {port}"
            run.problems.append(Problem(block.id, f"The {which} of {title(block)} is open."))
            return None
        if wire.source not in run.variables:
            return None
        inputs.append(run.variables[wire.source])
    try:
        output = instance_of(block)(*inputs)
    except Exception as error:  # noqa: BLE001 - a reader's own Function may raise anything
        sentence = f"{title(block)} cannot run: {_reason(error, inputs)}"
        run.problems.append(Problem(block.id, sentence, failed=True))
        return None
    output.name = block.name
    return output


def _reason(error: Exception, inputs: list[Variable]) -> str:
    shapes = [x.shape for x in inputs]
    if isinstance(error, ValueError) and "broadcast" in str(error):
        return (
            "its inputs have the shapes " + " and ".join(map(str, shapes)) + ", which do not fit."
        )
    return sentence_of(error)


def sentence_of(error: Exception) -> str:
    """Make the end of a sentence of any error."""
    text = str(error) or type(error).__name__
    return text if text[-1] in ".!?" else f"{text}."
