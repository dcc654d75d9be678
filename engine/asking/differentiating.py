"""The derivative of a graph as a graph of its own, and which block of it came from which rule."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from engine.config import using_config
from engine.errors import RunError
from engine.execution import execute, sentence_of
from engine.function import Function
from engine.graph import CONSTANT, INPUT, Graph, function_of, title
from engine.passing import pass_on
from engine.syntax import shown
from engine.tracing import trace
from engine.variable import Constant, Variable, walk_back


@dataclass(frozen=True, slots=True, eq=False)
class Derivative:
    """The walk back from a target to one input, as a graph that can be run and walked in turn.

    Attributes
    ----------
    graph
        The graph: what it needs of the old one, and what the rules made of it.
    target
        Id of the block that gives the gradient.
    origin
        For each block of it the id of the old block: the same one, or the one whose rule made it.
    ruled
        Ids of the blocks that a rule made; the others stood in the old graph already.
    """

    graph: Graph
    target: str
    origin: Mapping[str, str]
    ruled: frozenset[str]


def differentiate(graph: Graph, target: str, by: str) -> Derivative:
    """Make a graph of the derivative of a target by one input.

    Parameters
    ----------
    graph
        The graph; it is not changed.
    target
        Id of the block that is differentiated; of an array, the sum.
    by
        Id of the block by whose Variable it is differentiated.

    Raises
    ------
    RunError
        If the target has no value, does not depend on it, or a Function can only be differentiated
        once; or if the derivative is a number that depends on nothing.

    Examples
    --------
    >>> from engine.expression import expression_of, parse_expression
    >>> graph, y = parse_expression("tanh(x)", {"x": np.array(1.0)})
    >>> first = differentiate(graph, y, graph.named("x").id)
    >>> print(expression_of(first.graph, first.target))
    y = tanh(x)
    gx = 1 * (1 - y * y)
    """
    _check(graph, target, by)
    run = execute(graph)
    y, x = run.variables[target], run.variables[by]
    block_of = {id(variable): block for block, variable in run.variables.items()}
    origin = dict(block_of)
    forward = set(origin)
    y.raw_grad = Constant(np.ones_like(y.data))
    with np.errstate(all="ignore"), using_config("enable_backprop", value=True):
        for output in walk_back(y):
            block = block_of[id(output)]
            try:
                pass_on(output)
            except Exception as error:  # noqa: BLE001 - a reader's own Function may raise anything
                sentence = f"{title(graph.block(block))} cannot walk back: {sentence_of(error)}"
                raise RunError(sentence, block=block) from None
            for source in output.made_of:
                origin.update((id(new), block) for new in _new(source.raw_grad, origin))
    for variable in run.variables.values():
        given = variable.raw_grad
        if isinstance(given, Variable) and given.name is None:
            given.name = f"g{variable.name}"
    result = x.raw_grad
    if not isinstance(result, Variable) or result.maker is None:
        sentence = (
            f"The derivative by {graph.block(by).name} is the same everywhere: there is no graph "
            "of it."
        )
        raise RunError(sentence, block=by)
    made, live, at = trace(result)
    found = {block: origin.get(id(variable), by) for block, variable in live.variables.items()}
    ruled = frozenset(b for b, variable in live.variables.items() if id(variable) not in forward)
    return Derivative(made, at, found, ruled)


def differentiate_by(graph: Graph, target: str, name: str) -> Derivative:
    """Make a graph of the derivative by an input that is told by its name.

    Raises
    ------
    RunError
        As `differentiate` does, or if there is no input of that name.
    """
    found = graph.named(name.strip())
    if found is not None and found.kind == INPUT:
        return differentiate(graph, target, found.id)
    names = [block.name for block in graph.blocks.values() if block.kind == INPUT]
    raise RunError(f"There is no input called {shown(name)}; there are: {', '.join(names)}.")


def _check(graph: Graph, target: str, by: str) -> None:
    name = graph.block(by).name
    if graph.block(by).kind == CONSTANT or not graph.depends(target, on=by) or target == by:
        sentence = f"{graph.block(target).name} does not depend on {name}."
        raise RunError(sentence, block=by)
    for block in graph.ancestors(target) | {target}:
        facts = graph.block(block)
        if facts.is_function and function_of(facts).backward is not Function.backward:
            sentence = f"{title(facts)} tells its rule in numbers alone, so it has no graph of it."
            raise RunError(sentence, block=block)
    if target not in execute(graph).variables:
        sentence = f"{graph.block(target).name} has no value yet."
        raise RunError(sentence, block=target)


def _new(gradient: Variable | None, known: Mapping[int, str]) -> list[Variable]:
    """List what a gradient is made of that was not there before."""
    waiting = [gradient] if isinstance(gradient, Variable) else []
    found: dict[int, Variable] = {}
    while waiting:
        variable = waiting.pop()
        if id(variable) not in known and id(variable) not in found:
            found[id(variable)] = variable
            waiting.extend(variable.made_of)
    return list(found.values())
