"""All that a gradient is multiplied by on its way back, without a list of what meets what."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

import numpy as np

from engine.asking.elements import Elements, Index, Masked, Some
from engine.asking.feeding import by_place, feeds
from engine.asking.multiplying import (
    different,
    inputs_if_few,
    led_back,
    shape_of,
    times_from,
    times_to,
)
from engine.derivatives import jvp
from engine.recording import Recording
from engine.variable import Array


class Met(NamedTuple):
    """Elements of a value that a gradient is multiplied by.

    Attributes
    ----------
    some
        Them.
    in_order
        Whether they come in the order of the elements that they are multiplied by.
    """

    some: Some
    in_order: bool


def briefly_told(above: str, come: Some, name: str, met: Met) -> str:
    """Write a sum of products as that of two rows or columns; empty if they are none.

    Parameters
    ----------
    above, come
        Name of the upstream gradient, and which of its elements come back.
    name, met
        Name of the value that they are multiplied by, and by which elements of it.
    """
    if come.count < 2 or met.some.count != come.count or not met.in_order:  # noqa: PLR2004
        return ""  # one product is no sum
    runs = come.run(above), met.some.run(name)
    return " · ".join(runs) if all(runs) else ""


def met_on_the_way_to(recording: Recording, block: str, port: int, index: Index, other: int) -> Met:
    """Find all that is multiplied by on the way to one element of an input, without a list of it.

    Parameters
    ----------
    other
        The input by whose value it is multiplied, as `multiplier` has found.
    """
    known = by_place(recording, block)
    if known is not None:
        place = known.met(port, other, index, known.feeds(port, index))
        return Met(Elements(known.shapes[other], place), in_order=True)
    found = times_to(recording, block, port, index)
    pairs = {} if found is None else found.pairs
    met = [pairs[at] for at in sorted(pairs)]
    return Met(_masked(recording, block, other, met), in_order=met == sorted(met))


def met_on_the_way_from(recording: Recording, block: str, port: int, at: Index, other: int) -> Some:
    """Find all that an element of the upstream gradient is multiplied by on its way to an input."""
    known = by_place(recording, block)
    if known is not None:
        return Elements(known.shapes[other], known.fed_by(at, other))
    met = times_from(recording, block, port, at, other)
    return _masked(recording, block, other, met.values())


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
    above, known = feeds(recording, block, other, index), by_place(recording, block)
    if known is not None:
        to = known.met(other, port, index, known.feeds(other, index))
        return above, Elements(known.shapes[port], to).mask
    xs = inputs_if_few(recording, block)
    assert xs is not None  # noqa: S101 - what is too large is multiplied by nothing
    directions = [np.zeros(x.shape) for x in xs]
    directions[other][index] = 1.0
    upstream = different(above.shape)
    _, arrived = jvp(
        lambda *values: led_back(recording, block, port, upstream, values), xs, directions
    )
    return above, np.asarray(arrived) != 0


def _masked(recording: Recording, block: str, port: int, places: Iterable[Index]) -> Masked:
    mask = np.zeros(shape_of(recording, recording.wires_into(block)[port].source), dtype=bool)
    for at in places:
        mask[at] = True
    return Masked(mask)
