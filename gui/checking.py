"""The numerical check of one gradient, in words for the badge."""

from __future__ import annotations

from engine.checking import compare, numerical_gradient
from engine.graph import Graph
from engine.recording import Recording
from engine.values import value_text


def check_gradient(graph: Graph, recording: Recording, block: str) -> tuple[bool | None, str, str]:
    """Hold the gradient of a block's Variable against the one found by trial.

    Returns
    -------
    tuple
        Whether they agree (None: it cannot be told), the numerical derivative, and the verdict.
    """
    analytic = recording.gradient(block)
    if analytic is None or recording.target is None:
        return None, "", "there is no gradient to check"
    numeric = numerical_gradient(graph, recording.target, block)
    if numeric is None:
        return None, "", "too many elements to check"
    found = compare(analytic, numeric)
    verdicts = {True: f"agrees to {found.digits} digits", False: "differs", None: "cannot tell"}
    return found.agrees, value_text(numeric, 8), verdicts[found.agrees]
