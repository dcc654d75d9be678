"""From live Variables back to a graph: what code written by hand has computed, as blocks."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from typing import Any

import numpy as np

from engine.config import using_config
from engine.errors import GradwalkError, RunError
from engine.execution import Execution
from engine.functions import FUNCTIONS, own_name, register
from engine.graph import CONSTANT, INPUT, Block, Graph, Role, Wire, fresh_id, fresh_name
from engine.signatures import is_variadic, settings_of
from engine.values import frozen
from engine.variable import Constant, Function, Variable, walk_back


def trace(y: Variable) -> tuple[Graph, Execution, str]:
    """Turn what a Variable remembers into a graph.

    A Function class that is not known yet is registered, unless its name is taken.

    Returns
    -------
    tuple
        The graph, the live Variables by block id, and the id of the block of `y`.

    Raises
    ------
    RunError
        If no Function made `y`.
    """
    if y.creator is None:
        sentence = "No function made this Variable, so there is nothing to walk back."
        raise RunError(sentence)
    outputs = list(walk_back(y))[::-1]
    inputs = {id(x): x for output in outputs for x in output.made_of if x.maker is None}
    graph, run = Graph(), Execution()
    block_of: dict[int, str] = {}
    told = frozenset(v.name for v in (*inputs.values(), *outputs) if v.name is not None)
    for variable in (*inputs.values(), *outputs):
        block = _block(graph, variable, told)
        graph.add(block)
        block_of[id(variable)] = block.id
        run.variables[block.id] = variable
    wires = [
        Wire(block_of[id(x)], block_of[id(output)], port)
        for output in outputs
        for port, x in enumerate(output.made_of)
    ]
    graph = Graph.build(graph.blocks.values(), wires)
    return graph, run, block_of[id(y)]


def trace_call(function: Callable[..., Any], *args: Any, **settings: Any) -> Graph:
    """Turn what a Python function computes into a graph, by calling it on Variables.

    Parameters
    ----------
    function
        Any Python function that is made of operators, NumPy functions and Functions. What it
        decides by values it decides once: the graph has the way that it took.
    args
        Numbers, arrays or Variables; each becomes an input with the name of its parameter.
        Anything else is handed on as it is.
    settings
        Handed on as they are.

    Returns
    -------
    Graph
        With the values that were given; the result is the one block that nothing uses.

    Raises
    ------
    RunError
        If the result is no Variable, or no Function made it.

    Examples
    --------
    >>> import numpy as np
    >>> graph = trace_call(lambda x, w: np.exp(x) * w, 0.5, 2.0)
    >>> [block.kind for block in graph.blocks.values()]
    ['input', 'input', 'exp', 'mul']
    """
    names = _parameters(function, len(args))
    given = [_input(value, name) for value, name in zip(args, names, strict=True)]
    with using_config("enable_backprop", True):  # noqa: FBT003 - as the book has it
        y = function(*given, **settings)
    if not isinstance(y, Variable):
        what = "several values" if isinstance(y, tuple | list) else "no Variable"
        called = getattr(function, "__name__", "The function")
        sentence = f"{called} gives {what}; a graph is made of the one Variable that is returned."
        raise RunError(sentence)
    graph, _, _ = trace(y)
    return graph


def _parameters(function: Callable[..., Any], count: int) -> list[str]:
    """Name what a Python function is given by position."""
    try:
        known = inspect.signature(function).parameters.values()
    except (TypeError, ValueError):  # one that is written in C may not tell
        return [f"x{number}" for number in range(count)]
    names = [p.name for p in known if p.kind in (p.POSITIONAL_ONLY, p.POSITIONAL_OR_KEYWORD)]
    rest = next((p.name for p in known if p.kind is p.VAR_POSITIONAL), "x")
    return (names + [f"{rest}{number}" for number in range(count)])[:count]


def _input(value: Any, name: str) -> Any:
    if isinstance(value, Variable):
        return Variable(value.data, value.name or name)
    is_number = isinstance(value, int | float | np.number) and not isinstance(value, bool)
    if is_number or isinstance(value, list | np.ndarray):
        return Variable(np.asarray(value, np.float64), name)
    return value


def _block(graph: Graph, variable: Variable, told: frozenset[str]) -> Block:
    block = fresh_id(graph)
    if variable.creator is not None:
        kind = _kind(type(variable.creator))
        name = _name(graph, block, variable, "function", told)
        return Block(block, kind, name, None, _settings(variable.creator))
    if isinstance(variable, Constant):
        name = _name(graph, block, variable, "constant", told)
        return Block(block, CONSTANT, name, frozen(variable.data))
    return Block(block, INPUT, _name(graph, block, variable, "input", told), frozen(variable.data))


def _settings(function: Function) -> dict[str, Any]:
    """Give the settings that differ from the default, and how many inputs there are if any may."""
    defaults = settings_of(type(function))
    told = {k: v for k, v in function.told().items() if defaults[k] is not v}
    if is_variadic(type(function)):
        told["inputs"] = len(function.inputs)
    return told


def _name(graph: Graph, block: str, variable: Variable, role: Role, told: frozenset[str]) -> str:
    """Keep the name that a Variable has, unless a block cannot have it; those told are taken."""
    if variable.name is not None:
        try:
            graph.check_name(block, variable.name)
        except GradwalkError:
            pass
        else:
            return variable.name
    return fresh_name(graph, role, told)


def _kind(function: type[Function]) -> str:
    """Name a Function class, registering one that is not known; its name may have to change."""
    base = own_name(function)
    name, number = base, 1
    # A reader's own Square is not ours, and must not be told with our rule.
    while name in (INPUT, CONSTANT) or FUNCTIONS.get(name, function) is not function:
        number += 1
        name = f"{base}_{number}"
    if name not in FUNCTIONS:
        register(function, name)
    return name
