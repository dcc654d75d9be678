"""What `import engine` gives besides Variables and Functions; looked up when it is asked for."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from engine.errors import RunError
from engine.expression import parse_expression
from engine.functions import caller
from engine.graph import Graph
from engine.plan import Plan
from engine.recording import Recording, record, record_variable
from engine.tracing import trace_call

__all__ = [
    "Graph",
    "Plan",
    "Recording",
    "compiled",
    "parse_expression",
    "record",
    "record_variable",
    "trace",
]


def trace(function: Callable[..., Any] | Any, *args: Any, **settings: Any) -> Any:
    """Turn a Python function into a graph, by calling it on some values.

    Given a matrix in place of a function, it is the sum of its diagonal, as `np.trace`.

    Parameters
    ----------
    function, args, settings
        As `engine.tracing.trace_call` takes them.

    Examples
    --------
    >>> import numpy as np
    >>> graph = trace(lambda x: np.exp(x**2) ** 2, 0.5)
    >>> print(record(graph).gradient(graph.named("x").id))
    3.297442541400256
    """
    if callable(function):
        return trace_call(function, *args, **settings)
    return caller("trace")(function, *args, **settings)


def compiled(graph: Graph, target: str | None = None) -> Plan:
    """Compile a graph, to be asked for its value and gradients again and again.

    Parameters
    ----------
    graph
        The graph, with a value for each input.
    target
        Id of the block to differentiate; without one, `default_target` chooses.

    Raises
    ------
    RunError
        If the graph cannot be run, or there is nothing to differentiate.

    Examples
    --------
    >>> import numpy as np
    >>> plan = compiled(trace(lambda x: x * np.exp(x), 0.5))
    >>> plan.answer(0.0), plan.answer(1.0)
    ((0.0, 1.0), (2.718281828459045, 5.43656365691809))
    """
    recording = record(graph, target)
    if recording.course.target is None and recording.problems:
        problem = recording.problems[0]
        raise RunError(problem.sentence, block=problem.block)
    return Plan(graph, recording.course)
