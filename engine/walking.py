"""What `Variable.backward` does, with what came of it by block."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import numpy as np

from engine.execution import Execution, Problem, sentence_of
from engine.graph import Graph, title
from engine.kernel import LEFT_TO_NUMPY, kernel_for
from engine.passing import add, pass_on
from engine.progress import Watch
from engine.variable import Array, Function, Variable, held, walk_back

Pulled = tuple[tuple[Array | None, ...], tuple[Array | None, ...]]
"""What each input gets from one block, and the local derivative by it; None where it gets none."""


@dataclass(slots=True)
class Walk:
    """What came of a walk back.

    Attributes
    ----------
    popped
        Ids of the blocks that passed their gradient on, in that order.
    pulled
        What their inputs got, of those that cannot be asked again.
    gradients
        What each block got, complete or as far as it came; floats or arrays.
    problem
        Why it ended early.
    """

    popped: list[str] = field(default_factory=list)
    gradients: dict[str, Any] = field(default_factory=dict)
    pulled: dict[str, Pulled] = field(default_factory=dict)
    problem: Problem | None = None


def walk(
    graph: Graph,
    run: Execution,
    target: str,
    *,
    by_hand: bool = False,
    watch: Watch | None = None,
) -> Walk:
    """Do what `Variable.backward` does, and give what came of it.

    Parameters
    ----------
    graph, run, target
        What was run, what came of it, and the block to begin at.
    by_hand
        Whether the Variables belong to code written by hand, whose arrays may change later.
    watch
        Told of each step; what it raises ends the walk.
    """
    y, done = run.variables[target], Walk()
    block_of = dict(zip(map(id, run.variables.values()), run.variables, strict=True))
    own = [(variable, variable.raw_grad) for variable in run.variables.values()] if by_hand else []
    for variable, _ in own:
        variable.raw_grad = None
    ours = Function.backward
    y.raw_grad = np.ones_like(y.data) if y.number is None else 1.0
    with np.errstate(all="ignore"):
        for output in walk_back(y):
            block = block_of[id(output)]
            try:
                if by_hand or type(output.maker).backward is not ours:  # type: ignore[union-attr] # it was made
                    # What a reader wrote may remember things, so it is asked only once.
                    values, local = pulled_back(output, output.grad)
                    done.pulled[block] = _copied(values), _copied(local)
                    add(output.made_of, done.pulled[block][0])
                else:
                    pass_on(output)
            except Exception as error:  # noqa: BLE001 - a reader's own Function may raise anything
                sentence = f"{title(graph.block(block))} cannot walk back: {sentence_of(error)}"
                done.problem = Problem(block, sentence, failed=True)
                break
            done.popped.append(block)
            if watch is not None:
                watch(0)
    done.gradients = {
        block: gradient
        for block, variable in run.variables.items()
        if (gradient := variable.raw_grad) is not None
    }
    for variable, gradient in own:
        variable.raw_grad = gradient
    return done


def pulled_back(output: Variable, upstream: Array) -> Pulled:
    """Give what each input of what was made gets, and the local derivative by it.

    A Function with a table of rules tells both at once. One in the tutorial's style tells its
    local derivative when it is asked with an upstream gradient of one, if it works on scalars.
    """
    function: Any = output.maker
    if type(function).backward is Function.backward and function.is_elementwise():
        on_numbers = _on_numbers(output, held(upstream))
        if on_numbers is not None:
            return on_numbers
        local = function.local_derivatives(output)
        values = function.checked(function.contributions(upstream, local))
        if not function.foreign:
            _freeze((*values, *local), (upstream, output, *output.made_of))
        return values, local
    # Copies, because code written by hand may change what it is given or has given.
    given = np.array(upstream) if function.foreign else upstream
    values = _copied(function.gradients(given, output))
    if any(x.ndim for x in (*output.made_of, output)):
        return values, (None,) * len(values)
    return values, function.gradients(np.ones_like(output.data), output)


def _freeze(made: tuple[Array | None, ...], known: tuple[Any, ...]) -> None:
    """Let nobody write to arrays that were made just now, so that they need not be copied."""
    shared = {id(getattr(each, "raw", each)) for each in known}
    for array in made:
        if isinstance(array, np.ndarray) and array.base is None and id(array) not in shared:
            array.setflags(write=False)


def _on_numbers(output: Variable, upstream: Any) -> Pulled | None:
    """Take the local derivatives of what `pass_on` computes on floats in the same way."""
    maker, y, xs = output.maker, output.number, [x.number for x in output.made_of]
    if maker is None or y is None or None in xs or type(upstream) is not float:
        return None
    kernel = kernel_for(type(maker), maker.settings)
    if kernel is None:
        return None
    try:
        local = [
            None if x.is_constant else slope(y, *xs)
            for x, slope in zip(output.made_of, kernel.slopes, strict=True)
        ]
        values = [None if slope is None else np.array(upstream * slope) for slope in local]
    except LEFT_TO_NUMPY:
        return None
    return tuple(values), tuple([None if slope is None else np.array(slope) for slope in local])


def _copied(values: tuple[Array | None, ...]) -> tuple[Array | None, ...]:
    return tuple(None if value is None else np.array(value) for value in values)
