"""Gradients by trial on a whole graph, and how far they agree with those of the walk."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from engine.cutting import between
from engine.execution import execute
from engine.graph import Graph
from engine.recording import Recording
from engine.variable import Array

MOST_ELEMENTS = 1000
"""Of a Variable that is nudged element by element; each costs two runs."""

NUDGES = (1e-4, 1e-5, 1e-6)
"""Tried in this order: what bends sharply needs a small nudge, and rounding wants a large one."""

TOLERANCE = 1e-5
"""How far apart, measured by the larger, two gradients may be that are the same."""

MOST_DIGITS = 15


@dataclass(frozen=True, slots=True)
class Agreement:
    """How far two gradients are the same.

    Attributes
    ----------
    digits
        Significant digits that they share, 15 at most; None if that cannot be told.
    agrees
        Whether they are the same for all that a trial can tell; None if that cannot be told,
        because one is not finite or the function has a kink there.
    """

    digits: int | None
    agrees: bool | None


@dataclass(frozen=True, slots=True)
class Check:
    """A gradient held against a trial.

    Attributes
    ----------
    numeric
        The gradient by trial, of the shape of the Variable; None if there can be no trial.
    agreement
        How far it agrees with the gradient of the walk.
    sentence
        The same in words.
    """

    numeric: Array | None
    agreement: Agreement
    sentence: str


def obstacle(graph: Graph, target: str, block: str) -> str | None:
    """Say why a block's gradient cannot be found by trial; None if it can.

    Parameters
    ----------
    target
        Id of the block that is differentiated.
    block
        Id of the block by whose Variable it is differentiated.
    """
    return _obstacle(graph, _values(graph), target, block)


Values = Callable[[str], Array | None]
"""From the id of a block, its value; None if it has none."""


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
    value = value_of(block)
    assert value is not None  # noqa: S101 - asked for above
    if value.size > MOST_ELEMENTS:
        return (
            f"{names[block]} has {value.size:,} elements; "
            f"{MOST_ELEMENTS:,} is the most to be tried."
        )
    return None


def numerical_gradient(
    graph: Graph, target: str, block: str, eps: float = NUDGES[0]
) -> Array | None:
    """Find the gradient of a block's Variable by trial.

    The Variable is nudged both ways, one element at a time, and what depends on it runs again.

    Parameters
    ----------
    target
        Id of the block that is differentiated; of an array, the sum.
    block
        Id of the block by whose Variable it is differentiated, an input or any other.
    eps
        The nudge, for elements up to 1; larger ones are nudged in proportion.

    Returns
    -------
    ndarray or None
        Central differences, of the shape of the Variable, NaN where the slopes to the left and
        to the right are not the same: at a kink. None if there is an `obstacle`.

    Examples
    --------
    >>> from engine.expression import parse_expression
    >>> graph, y = parse_expression("square(exp(square(x)))", {"x": np.array(0.5)})
    >>> print(numerical_gradient(graph, y, graph.named("x").id))
    3.2974426293...
    """
    value_of = _values(graph)
    if _obstacle(graph, value_of, target, block) is not None:
        return None
    trial = _Trial(graph, value_of, target, block)
    slopes = [trial.slope(index, eps) for index in range(trial.at.size)]
    return np.array(slopes).reshape(trial.at.shape)


def compare(analytic: Array, numeric: Array, noise: float = 1e-9) -> Agreement:
    """Tell how far a gradient and a trial agree.

    Parameters
    ----------
    analytic, numeric
        Both of the same shape.
    noise
        How far apart they may be for rounding alone.

    Examples
    --------
    >>> compare(np.array(3.29744254), np.array(3.29744263))
    Agreement(digits=7, agrees=True)
    """
    finite = np.isfinite(analytic) & np.isfinite(numeric)
    if not finite.any() and finite.size:
        return Agreement(None, None)
    one, other = analytic[finite], numeric[finite]
    apart = float(np.abs(one - other).max(initial=0.0))
    scale = float(max(np.abs(one).max(initial=0.0), np.abs(other).max(initial=0.0)))
    digits = math.floor(-math.log10(apart / scale)) if apart else MOST_DIGITS
    agrees = bool(apart <= TOLERANCE * scale + noise)
    if agrees and not finite.all():
        return Agreement(None, None)
    return Agreement(min(max(digits, 0), MOST_DIGITS), agrees)


def check_gradient(graph: Graph, target: str, block: str, analytic: Array) -> Check:
    """Hold the gradient of a block's Variable against trials.

    Parameters
    ----------
    analytic
        The gradient that the walk has found, of the shape of the Variable.
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
            Asked before every element: whether anybody still wants to know.

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
    trial = _Trial(graph, value_of, target, block)
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


class _Trial:
    """Runs what lies between a block and the target, again and again.

    Attributes
    ----------
    at
        Value of the block's Variable.
    noise
        How far rounding alone may move the result.
    """

    def __init__(self, graph: Graph, value_of: Values, target: str, block: str) -> None:
        self.at = np.array(value_of(block), dtype=np.float64)
        self._graph = between(graph, target, [block], value_of)
        self._block, self._target = block, target
        self._result = self._run(self.at)
        self.noise = 8 * np.finfo(np.float64).eps * abs(self._result)

    def slope(self, index: int, eps: float) -> float:
        """Give the slope by one element, NaN at a kink."""
        with np.errstate(all="ignore"):
            nudge = eps * max(1.0, abs(float(self.at.flat[index])))
            left, right, middle = self._slopes(index, nudge)
            gap, steepest = abs(right - left), max(abs(right), abs(left))
            if gap > steepest / 100 + 100 * self.noise / eps:
                # Where the function only bends, the gap closes as the nudge gets smaller.
                nearer_left, nearer_right, _ = self._slopes(index, nudge / 16)
                if abs(nearer_right - nearer_left) > gap / 2:
                    return math.nan
            return middle

    def _slopes(self, index: int, nudge: float) -> tuple[float, float, float]:
        above, below = self.at.copy(), self.at.copy()
        above.flat[index] += nudge
        below.flat[index] -= nudge
        high, low = self._run(above), self._run(below)
        up = float(above.flat[index] - self.at.flat[index])
        down = float(self.at.flat[index] - below.flat[index])
        left, right = (self._result - low) / down, (high - self._result) / up
        return float(left), float(right), float((high - low) / (up + down))

    def _run(self, value: Array) -> np.float64:
        result = execute(self._graph, {self._block: value}).variables.get(self._target)
        with np.errstate(all="ignore"):
            return np.float64("nan") if result is None else np.float64(result.data.sum())
