"""By which elements of values a gradient is multiplied on its way back through a block.

Where places tell what feeds what, they tell that, too. Nothing is told about any other Function:
what one input gets depends on the upstream gradient and perhaps on values. Where it is a sum of
products, its derivative by a value is the element of the upstream gradient that this value is
multiplied by. So an upstream gradient of numbers that are all different says which element meets
which.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import islice
from typing import Any, NamedTuple

import numpy as np

from engine.arrays import as_array
from engine.asking.by_place import Elementwise, Multiplied
from engine.asking.elements import Elements, Index, Place
from engine.asking.feeding import LARGEST, MATRICES, by_place
from engine.derivatives import grad, jvp
from engine.errors import RunError
from engine.graph import instance_of
from engine.recording import Recording
from engine.variable import Array

SOME = 64
"""Elements by which it is found out what all those of an array are multiplied by."""

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
    other = _other(recording, block, port, index)
    if other is not None:
        return _times_by_place(recording, block, port, index, other)
    xs = inputs_if_few(recording, block)
    if xs is None or by_place(recording, block) is not None:
        return None
    upstream = different(shape_of(recording, block))

    one = np.zeros(xs[port].shape)
    one[index] = 1.0
    slopes = _slopes(recording, block, port, upstream, xs, one)
    moved = [at for at, slope in enumerate(slopes) if np.any(slope)]
    if len(moved) != 1:
        return None
    (other,) = moved
    pairs = _matched(slopes[other], upstream)
    if pairs is None or len(set(pairs.values())) < len(pairs):
        return None
    return Times(other, {met: at for at, met in pairs.items()})


def times_from(
    recording: Recording, block: str, port: int, at: Index, other: int, most: int = LARGEST
) -> dict[Index, Index]:
    """Find what one element of the upstream gradient is multiplied by, on its way to an input.

    Parameters
    ----------
    at
        Index of the element of the upstream gradient.
    other
        The input by whose value it is multiplied, as `times_to` has found.
    most
        How many are listed where places tell it.

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
    known = by_place(recording, block)
    if known is not None:
        to = islice(Elements(known.shapes[port], known.fed_by(at, port)), most)
        return {index: _single(known.met(port, other, index, at)) for index in to}
    xs = inputs_if_few(recording, block)
    if xs is None:
        return {}
    one = np.zeros(shape_of(recording, block))
    one[at] = 1.0
    directions = [np.zeros(x.shape) for x in xs]
    directions[other] = different(xs[other].shape)
    try:
        _, arrived = jvp(
            lambda *values: led_back(recording, block, port, one, values), xs, directions
        )
    except FAILURES:
        return {}
    return _matched(np.asarray(arrived), directions[other]) or {}


def multiplier(recording: Recording, block: str, port: int) -> int | None:
    """Tell by the value of which input a gradient is multiplied on its way to another one.

    Returns
    -------
    int
        The port; None if it is multiplied by no elements of one value.
    """
    shape = shape_of(recording, recording.wires_into(block)[port].source)
    if 0 in shape:
        return None
    found = times_to(recording, block, port, (0,) * len(shape))
    return None if found is None else found.port


def _other(recording: Recording, block: str, port: int, index: Index) -> int | None:
    """Tell by which input a gradient is multiplied, where places tell by which of its elements."""
    known = by_place(recording, block)
    if isinstance(known, Multiplied):
        return 1 - port if port < MATRICES else None
    if not isinstance(known, Elementwise) or known.slope is not None:
        return None
    # Elements do not meet, so some of them tell as much as all.
    places = list(islice(Elements(known.shape, known.feeds(port, index)), SOME))
    xs = [
        np.array([x[known.fed_by(at, each)] for at in places], dtype=np.float64)
        for each, x in enumerate(_values(recording, block))
    ]
    upstream = different((len(places),))
    slopes = _slopes(recording, block, port, upstream, xs)
    moved = [at for at, slope in enumerate(slopes) if np.any(slope)]
    is_told = len(moved) == 1 and bool(np.array_equal(slopes[moved[0]], upstream))
    return moved[0] if is_told else None


def _times_by_place(
    recording: Recording, block: str, port: int, index: Index, other: int
) -> Times | None:
    """List what is multiplied by what, of which there may be very many."""
    known = by_place(recording, block)
    assert known is not None  # noqa: S101 - it has just told by what
    above = islice(Elements(known.shape, known.feeds(port, index)), LARGEST)
    pairs = {at: _single(known.met(port, other, index, at)) for at in above}
    return Times(other, pairs) if len(set(pairs.values())) == len(pairs) else None


def _single(place: Place) -> Index:
    """Give the index at a place that is one element."""
    return tuple(at for at in place if isinstance(at, int))


def shape_of(recording: Recording, block: str) -> tuple[int, ...]:
    """Give the shape of a value; that of a single number if there is none."""
    value = recording.value(block)
    return () if value is None else value.shape


def _slopes(
    recording: Recording,
    block: str,
    port: int,
    upstream: Array,
    xs: list[Array],
    one: Array | float = 1.0,
) -> Sequence[Array]:
    """Tell how fast what one input gets rises with each value; nothing where that cannot be told.

    Parameters
    ----------
    one
        Which elements of what it gets are meant.
    """

    def got(*values: Any) -> Any:
        return as_array(led_back(recording, block, port, upstream, values) * one).sum()

    try:
        found: Sequence[Array] = grad(got, tuple(range(len(xs))))(*xs)
    except FAILURES:
        return ()
    return found


def led_back(
    recording: Recording, block: str, port: int, upstream: Array, values: tuple[Any, ...]
) -> Any:
    """Lead an upstream gradient back to an input, by the rule of the Function."""
    function = instance_of(recording.blocks[block])
    output = function(*values)
    return function.pull(port, upstream, output, *values, **function.settings)


def inputs_if_few(recording: Recording, block: str) -> list[Array] | None:
    """Give the values that a block was given; None if they are too many to be tried out."""
    values = _values(recording, block)
    sizes = [value.size for value in (*values, np.asarray(recording.value(block)))]
    given = [np.asarray(value, dtype=np.float64) for value in values]
    return given if max(sizes) <= LARGEST else None


def _values(recording: Recording, block: str) -> list[Array]:
    found = [recording.value(wire.source) for wire in recording.wires_into(block)]
    return [value for value in found if value is not None]


def different(shape: tuple[int, ...]) -> Array:
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
