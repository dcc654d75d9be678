"""The numerical check of one gradient, in words for the badge."""

from __future__ import annotations

from engine.checking import check_gradient
from engine.graph import Graph
from engine.recording import Recording
from engine.values import value_text

DIGITS = 8


def badge(graph: Graph, recording: Recording, block: str) -> tuple[bool | None, str, str]:
    """Hold the gradient of a block's Variable against the one found by trial.

    Returns
    -------
    tuple
        Whether they agree (None: it cannot be told), the numerical derivative, and the verdict.
    """
    analytic = recording.gradient(block)
    if analytic is None or recording.target is None:
        return None, "", "there is no gradient to check"
    found = check_gradient(graph, recording.target, block, analytic)
    if found.numeric is None:
        return None, "", found.sentence
    numeric = value_text(found.numeric, DIGITS)
    agreement = found.agreement
    if agreement.agrees is None:
        return None, numeric, "cannot tell"
    if not agreement.agrees:
        return False, numeric, "differs"
    return True, numeric, f"agrees to {agreement.digits} digit{'s' * (agreement.digits != 1)}"
