"""By which elements of values a gradient is multiplied on its way back through a block.

Nothing is told about any Function for this either. What one input gets depends on the upstream
gradient and perhaps on values. Where it is a sum of products, its derivative by a value is the
element of the upstream gradient that this value is multiplied by. So an upstream gradient of
numbers that are all different says which element meets which.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np

from engine.arrays import as_array
from engine.asking.feeding import LARGEST, Index, feeds
from engine.derivatives import grad, jvp
from engine.errors import RunError
from engine.graph import instance_of
from engine.recording import Recording
from engine.variable import Array

FAILURES = (ArithmeticError, AttributeError, IndexError, RunError, TypeError, ValueError)
"""What Functions raise that cannot be differentiated twice, a reader's own perhaps."""


class Times(NamedTuple):
    """What the elements of an upstream gradient are multiplied by.

    Attributes
    ----------
    port
        The input whose value that is.
    pairs
        Index of the element of that value, by index of the upstream gradient.
    """

    port: int
    pairs: dict[Index, Index]


def times_to(recording: Recording, block: str, port: int, index: Index) -> Times | None:
    """Find what the upstream gradient is multiplied by on its way to one element of an input.

    Returns
    -------
    Times
        What is met where; None if the rule does not multiply by elements of one value.

    Examples
    --------
    >>> from engine.expression import parse_expression
    >>> from engine.recording import record
    >>> values = {"x": np.ones((3, 2)), "w": np.ones((2, 2))}
    >>> graph, y = parse_expression("x @ w", values)
    >>> times_to(record(graph, y), y, 0, (2, 1))
    Times(port=1, pairs={(2, 0): (1, 0), (2, 1): (1, 1)})
    """
    xs = _inputs(recording, block)
    if xs is None:
        return None
    upstream = _different(_shape(recording, block))

    def element(*values: Any) -> Any:
        one = np.zeros(xs[port].shape)
        one[index] = 1.0
        return as_array(_led_back(recording, block, port, upstream, values) * one).sum()

    try:
        slopes = grad(element, tuple(range(len(xs))))(*xs)
    except FAILURES:
        return None
    moved = [at for at, slope in enumerate(slopes) if np.any(slope)]
    if len(moved) != 1:
        return None
    (other,) = moved
    pairs = _matched(slopes[other], upstream)
    if pairs is None or len(set(pairs.values())) < len(pairs):
        return None
    return Times(other, {met: at for at, met in pairs.items()})


def times_from(
    recording: Recording, block: str, port: int, at: Index, other: int
) -> dict[Index, Index]:
    """Find what one element of the upstream gradient is multiplied by, on its way to an input.

    Parameters
    ----------
    at
        Index of the element of the upstream gradient.
    other
        The input by whose value it is multiplied, as `times_to` has found.

    Returns
    -------
    dict
        Index of the element of that value, by index of the element of the input; without those
        that are reached in another way.

    Examples
    --------
    >>> from engine.expression import parse_expression
    >>> from engine.recording import record
    >>> values = {"x": np.ones((3, 2)), "w": np.ones((2, 2))}
    >>> graph, y = parse_expression("x @ w", values)
    >>> times_from(record(graph, y), y, 0, (2, 1), 1)
    {(2, 0): (0, 1), (2, 1): (1, 1)}
    """
    xs = _inputs(recording, block)
    if xs is None:
        return {}
    one = np.zeros(_shape(recording, block))
    one[at] = 1.0
    directions = [np.zeros(x.shape) for x in xs]
    directions[other] = _different(xs[other].shape)
    try:
        _, arrived = jvp(
            lambda *values: _led_back(recording, block, port, one, values), xs, directions
        )
    except FAILURES:
        return {}
    return _matched(np.asarray(arrived), directions[other]) or {}


def reached_by(
    recording: Recording, block: str, port: int, other: int, index: Index
) -> tuple[Array, Array]:
    """Find where one element of a value is met on the way back to an input.

    Parameters
    ----------
    port, other
        The input that is led back to, and the one whose value is multiplied by.
    index
        Index of the element of that value.

    Returns
    -------
    tuple
        Masks of the upstream gradient, what it multiplies, and of the input, where that goes.

    Examples
    --------
    >>> from engine.expression import parse_expression
    >>> from engine.recording import record
    >>> values = {"x": np.ones((3, 2)), "w": np.ones((2, 2))}
    >>> graph, y = parse_expression("x @ w", values)
    >>> [mask.astype(int).tolist() for mask in reached_by(record(graph, y), y, 0, 1, (1, 0))]
    [[[1, 0], [1, 0], [1, 0]], [[0, 1], [0, 1], [0, 1]]]
    """
    xs, above = _inputs(recording, block), feeds(recording, block, other, index)
    assert xs is not None  # noqa: S101 - what is too large is multiplied by nothing
    directions = [np.zeros(x.shape) for x in xs]
    directions[other][index] = 1.0
    upstream = _different(above.shape)
    _, arrived = jvp(
        lambda *values: _led_back(recording, block, port, upstream, values), xs, directions
    )
    return above, np.asarray(arrived) != 0


def multiplier(recording: Recording, block: str, port: int) -> int | None:
    """Tell by the value of which input a gradient is multiplied on its way to another one.

    Returns
    -------
    int
        The port; None if it is multiplied by no elements of one value.
    """
    shape = _shape(recording, recording.wires_into(block)[port].source)
    if 0 in shape:
        return None
    found = times_to(recording, block, port, (0,) * len(shape))
    return None if found is None else found.port


def _shape(recording: Recording, block: str) -> tuple[int, ...]:
    value = recording.value(block)
    return () if value is None else value.shape


def _led_back(
    recording: Recording, block: str, port: int, upstream: Array, values: tuple[Any, ...]
) -> Any:
    function = instance_of(recording.blocks[block])
    output = function(*values)
    return function.pull(port, upstream, output, *values, **function.settings)


def _inputs(recording: Recording, block: str) -> list[Array] | None:
    """Give the values that a block was given; None if they are too many to be followed."""
    values = [recording.value(wire.source) for wire in recording.wires_into(block)]
    given = [np.asarray(value, dtype=np.float64) for value in values if value is not None]
    sizes = [value.size for value in (*given, np.asarray(recording.value(block)))]
    return given if len(given) == len(values) and max(sizes) <= LARGEST else None


def _different(shape: tuple[int, ...]) -> Array:
    """Give numbers of which no two are the same, nor add up to another one."""
    return np.random.default_rng(0).uniform(1.0, 2.0, shape)


def _matched(found: Array, among: Array) -> dict[Index, Index] | None:
    """Find where each number that is not 0 stands among others; None if one stands nowhere."""
    places = {float(number): at for at, number in np.ndenumerate(among)}
    pairs = dict[Index, Index]()
    for at, number in np.ndenumerate(found):
        if number:
            place = places.get(float(number))
            if place is None:
                return None
            pairs[at] = place
    return pairs
