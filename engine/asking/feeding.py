"""Which elements of arrays feed which: forward through one block, and back through it.

Where places alone tell it, arithmetic on indices does (`by_place.py`), in arrays of any size.
Nothing is told about any other Function: an upstream gradient of a single 1 comes back to just
those elements of the inputs that fed the element where the 1 stands, and a direction of a single 1
arrives at just those elements of the output that it feeds.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from engine.asking.by_place import KINDS, ByPlace, Elementwise
from engine.asking.elements import Elements, Index, Masked, Some
from engine.derivatives import jvp
from engine.errors import RunError
from engine.graph import function_of, instance_of
from engine.recording import Recording
from engine.variable import Array

STIR = 1e-3
"""How far values are stirred, so that a 0 in a matrix does not hide that it feeds something."""

LARGEST = 5_000
"""Elements of an array up to which it is tried out what feeds what: that runs the block anew."""

MATRICES = 2
"""Inputs of a product of matrices that are multiplied; a third one is added."""

TOO_LARGE = "These arrays are too large to follow single elements."


def by_place(recording: Recording, block: str) -> ByPlace | None:
    """Give how elements feed each other in a block where places alone tell it; None elsewhere."""
    facts = recording.blocks[block]
    if not facts.is_function:
        return None
    function = function_of(facts)
    kind = Elementwise if function.is_elementwise() else KINDS.get(function)
    if kind is None:
        return None
    shapes = [_shape(recording, wire.source) for wire in recording.wires_into(block)]
    return kind(shapes, _shape(recording, block), instance_of(facts).settings)


def can_follow(recording: Recording, block: str) -> bool:
    """Tell whether single elements can be followed through a block while a person waits."""
    if not recording.blocks[block].is_function or by_place(recording, block) is not None:
        return True
    wires = recording.wires_into(block)
    sizes = [np.size(recording.values.get(each, 0)) for each in (block, *(w.source for w in wires))]
    return max(sizes) <= LARGEST


def feeders(
    recording: Recording, block: str, index: Index, *, back: bool = True
) -> dict[int, Some]:
    """Find the elements of the inputs that feed one element of a block's output.

    Parameters
    ----------
    back
        Whether the way back is meant, on which inputs are left out that no gradient goes back to.
        Where it is tried out what feeds what, they are left out in any case.

    Returns
    -------
    dict
        The elements, by port.

    Raises
    ------
    RunError
        If it has to be tried out, and the arrays are too large for that.
    """
    wires, known = recording.wires_into(block), by_place(recording, block)
    if back:
        wires = recording.course.receiving.get(block, wires)
    if known is not None:
        places = {wire.port: known.fed_by(index, wire.port) for wire in wires}
        return {port: Elements(known.shapes[port], place) for port, place in places.items()}
    check_size(recording, block)
    one = np.zeros(_shape(recording, block))
    one[index] = 1.0
    found = {
        port: part != 0
        for port, part in enumerate(recording.pulled(block, one)[0])
        if part is not None
    }
    for port, part in _pulled_stirred(recording, block, one):
        if port in found:
            found[port] |= part != 0
    return {port: Masked(mask) for port, mask in found.items()}


def fed(recording: Recording, block: str, port: int, index: Index) -> Some:
    """Find the elements of a block's output that one element of an input feeds.

    Raises
    ------
    RunError
        If it has to be tried out, and the arrays are too large for that.
    """
    known = by_place(recording, block)
    if known is not None:
        return Elements(known.shape, known.feeds(port, index))
    check_size(recording, block)
    xs, found = inputs_of(recording, block), np.zeros(_shape(recording, block), dtype=bool)
    for values in (xs, _stirred(xs)):
        try:
            found |= column_of(recording, block, values, port, index) != 0
        except RunError:
            continue
    return Masked(found)


def fed_by(recording: Recording, block: str, index: Index) -> dict[int, Array]:
    """Give the elements that feed one as masks of the shapes of the inputs, by port.

    Examples
    --------
    >>> from engine.expression import parse_expression
    >>> from engine.recording import record
    >>> graph, y = parse_expression("x + b", {"x": np.ones((2, 3)), "b": np.ones(3)})
    >>> fed_by(record(graph, y), y, (1, 2))[1]
    array([False, False,  True])
    """
    return {port: some.mask for port, some in feeders(recording, block, index).items()}


def feeds(recording: Recording, block: str, port: int, index: Index) -> Array:
    """Give the elements that one feeds as a mask of the shape of the output."""
    return fed(recording, block, port, index).mask


def value_of(recording: Recording, block: str) -> Array:
    """Give the value of a block; a RunError says if it has none."""
    value = recording.value(block)
    if value is None:
        raise RunError("This block has no value yet.")
    return value


def _shape(recording: Recording, block: str) -> tuple[int, ...]:
    """Give the shape of a value, without a look at any of it."""
    value = recording.values.get(block)
    return value_of(recording, block).shape if value is None else np.shape(value)


def check_size(recording: Recording, block: str) -> None:
    """Refuse to try out what feeds what in arrays that are too large for that."""
    if not can_follow(recording, block):
        raise RunError(TOO_LARGE)


def inputs_of(recording: Recording, block: str) -> list[Array]:
    """Give the values that a block was given."""
    return [value_of(recording, wire.source) for wire in recording.wires_into(block)]


def _stirred(xs: list[Array]) -> list[Array]:
    """Move every element up a little, by another amount each, and always the same way."""
    chance = np.random.default_rng(0)
    return [x + STIR * (1 + np.abs(x)) * chance.uniform(0.5, 1.0, x.shape) for x in xs]


def _pulled_stirred(recording: Recording, block: str, one: Array) -> Iterator[tuple[int, Array]]:
    function = instance_of(recording.blocks[block])
    xs = _stirred(inputs_of(recording, block))
    with np.errstate(all="ignore"):
        try:
            y = np.asarray(function.forward(*xs, **function.settings))
            for port in range(len(xs)):
                yield port, np.asarray(function.pull(port, one, y, *xs, **function.settings))
        except (ArithmeticError, IndexError, RunError, TypeError, ValueError):
            return  # values that are stirred may be none that it takes


def column_of(recording: Recording, block: str, xs: list[Array], port: int, index: Index) -> Array:
    """Try out how fast each element of the output rises with one of an input."""
    directions = [np.zeros(x.shape) for x in xs]
    directions[port][index] = 1.0
    _, column = jvp(instance_of(recording.blocks[block]), xs, directions)
    return np.asarray(column)
