"""What `import engine` gives besides Variables and Functions; looked up when it is asked for."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from engine.expression import parse_expression
from engine.functions import caller
from engine.graph import Graph
from engine.recording import Recording, record, record_variable
from engine.tracing import trace_call

__all__ = ["Graph", "Recording", "parse_expression", "record", "record_variable", "trace"]


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
