"""Gradients by trial on a whole graph, and how far they agree with those of the walk."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from engine.agreement import Agreement, compare
from engine.directions import Along, check_along
from engine.execution import execute
from engine.graph import Graph
from engine.recording import Recording
from engine.trials import Trial, Values
from engine.variable import Array

MOST_ELEMENTS = 1000
"""Of a Variable that is nudged element by element, two runs each; larger ones along directions."""

NUDGES = (1e-4, 1e-5, 1e-6)
"""Tried in this order: what bends sharply needs a small nudge, and rounding wants a large one."""


@dataclass(frozen=True, slots=True)
class Check:
    """A gradient held against a trial.

    Attributes
    ----------
    numeric
        The gradient by trial, of the shape of the Variable; None if there can be no trial, or it
        was made along directions.
    agreement
        How far it agrees with the gradient of the walk.
    sentence
        The same in words.
    along
        The trials along directions, if the Variable is too large for one an element.
    """

    numeric: Array | None
    agreement: Agreement
    sentence: str
    along: Along | None = None

    @property
    def verdict(self) -> str:
        """What came of it in a few words, such as `agrees to 7 digits`."""
        digits = self.agreement.digits
        if self.agreement.agrees is None:
            return "cannot tell"
        if not self.agreement.agrees:
            return "differs"
        if not digits:
            return "agrees, within rounding"
        return f"agrees to {digits} digit{'' if digits == 1 else 's'}"


def _values(graph: Graph) -> Values:
    """Run a graph, and give the value of each block."""
    variables = execute(graph).variables
    return lambda block: variables[block].data if block in variables else None


def _obstacle(graph: Graph, value_of: Values, target: str, block: str) -> str | None:
    names = {found: graph.block(found).name for found in (target, block)}
    for found in (target, block):
        if value_of(found) is None:
            return f"{names[found]} has no value."
    if block != target and not graph.depends(target, on=block):
        return f"{names[target]} does not depend on {names[block]}."
    return None


def check_gradient(graph: Graph, target: str, block: str, analytic: Array) -> Check:
    """Hold the gradient of a block's Variable against trials.

    Parameters
    ----------
    analytic
        The gradient that the walk has found, of the shape of the Variable. One of more than
        `MOST_ELEMENTS` is tried along directions.
    """
    found = _check(graph, _values(graph), target, block, analytic, lambda: True)
    assert found is not None  # noqa: S101 - nobody stops it
    return found


class Checker:
    """Checks the gradients of one run; what does not depend on the block checked runs no more.

    It reads the recording alone, so that a thread of its own may use it while the graph changes.

    Parameters
    ----------
    recording
        The run.

    Examples
    --------
    >>> from engine.expression import parse_expression
    >>> from engine.recording import record
    >>> graph, y = parse_expression("square(exp(square(x)))", {"x": np.array(0.5)})
    >>> print(Checker(record(graph, y)).check(graph.named("x").id).sentence)
    The two agree to 7 digits.
    """

    def __init__(self, recording: Recording) -> None:
        self._recording = recording

    def check(self, block: str, goes_on: Callable[[], bool] = lambda: True) -> Check | None:
        """Hold the gradient of a block's Variable against trials.

        Parameters
        ----------
        goes_on
            Asked before every trial: whether anybody still wants to know.

        Returns
        -------
        Check or None
            None if nobody wanted to know any more.
        """
        recording = self._recording
        analytic, target = recording.gradient(block), recording.target
        if analytic is None or target is None:
            return Check(None, Agreement(None, None), "There is no gradient to check.")
        return _check(self._graph, recording.value, target, block, analytic, goes_on)

    @cached_property
    def _graph(self) -> Graph:
        """The graph that was run, as far as it ran."""
        course = self._recording.course
        wires = [w for block in course.order for w in course.inputs[block] if w is not None]
        return Graph.build(self._recording.blocks.values(), wires)


def _check(
    graph: Graph,
    value_of: Values,
    target: str,
    block: str,
    analytic: Array,
    goes_on: Callable[[], bool],
) -> Check | None:
    reason = _obstacle(graph, value_of, target, block)
    if reason is not None:
        return Check(None, Agreement(None, None), reason)
    trial = Trial(graph, value_of, target, block)
    if trial.at.size > MOST_ELEMENTS:
        along = check_along(trial, analytic, goes_on)
        return None if along is None else Check(None, along.agreement, along.sentence, along)
    found: list[Check] = []
    for eps in NUDGES:
        slopes = []
        for index in range(trial.at.size):
            if not goes_on():
                return None
            slopes.append(trial.slope(index, eps))
        numeric = np.array(slopes).reshape(trial.at.shape)
        agreement = compare(analytic, numeric, trial.noise / eps)
        found.append(Check(numeric, agreement, _sentence(agreement)))
        if agreement.agrees:
            return found[-1]
    return next((check for check in found if check.agreement.agrees is None), found[0])


def _sentence(agreement: Agreement) -> str:
    if agreement.agrees is None:
        return "A trial cannot tell: there is a kink, or a number that is not finite."
    if not agreement.agrees:
        return "The two differ."
    what = "digit" if agreement.digits == 1 else "digits"
    return f"The two agree to {agreement.digits} {what}."
