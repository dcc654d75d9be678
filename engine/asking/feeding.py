"""Which elements of arrays feed which: forward through one block, and back through it.

Nothing is told about any Function for this. What works element by element feeds as it broadcasts.
Of any other, an upstream gradient of a single 1 comes back to just those elements of the inputs
that fed the element where the 1 stands, and a direction of a single 1 arrives at just those
elements of the output that it feeds.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from engine.arrays import sum_to
from engine.derivatives import jvp
from engine.errors import RunError
from engine.graph import function_of, instance_of
from engine.recording import Recording
from engine.steps import BackwardStep
from engine.values import value_text
from engine.variable import Array
from engine.wording import signed

STIR = 1e-3
"""How far values are stirred, so that a 0 in a matrix does not hide that it feeds something."""

LARGEST = 5_000
"""Elements of an array up to which elements are followed: each look runs the block once more."""

TOO_LARGE = "These arrays are too large to follow single elements."

MOST_TERMS = 6
"""Terms of a sum that are written out."""

Index = tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Term:
    """One product in the gradient of one element.

    Attributes
    ----------
    at
        Index of the element of the output that it comes from.
    upstream
        Gradient of that element.
    local
        Derivative of that element by the one asked about.
    """

    at: Index
    upstream: float
    local: float

    @property
    def product(self) -> float:
        """The two multiplied."""
        return self.upstream * self.local


def fed_by(recording: Recording, block: str, index: Index) -> dict[int, Array]:
    """Find the elements of the inputs that feed one element of a block's output.

    Returns
    -------
    dict
        A mask of the shape of the input, by port; without those that no gradient goes back to.

    Examples
    --------
    >>> from engine.expression import parse_expression
    >>> from engine.recording import record
    >>> graph, y = parse_expression("x + b", {"x": np.ones((2, 3)), "b": np.ones(3)})
    >>> fed_by(record(graph, y), y, (1, 2))[1]
    array([False, False,  True])
    """
    shape = _value(recording, block).shape
    one = np.zeros(shape)
    one[index] = 1.0
    if function_of(recording.blocks[block]).is_elementwise():
        wires = recording.course.receiving.get(block, recording.wires_into(block))
        shapes = {wire.port: _value(recording, wire.source).shape for wire in wires}
        return {port: sum_to(one, shape) != 0 for port, shape in shapes.items()}
    found = {
        port: part != 0
        for port, part in enumerate(recording.pulled(block, one)[0])
        if part is not None
    }
    for port, part in _pulled_stirred(recording, block, one):
        if port in found:
            found[port] |= part != 0
    return found


def feeds(recording: Recording, block: str, port: int, index: Index) -> Array:
    """Find the elements of a block's output that one element of an input feeds.

    Returns
    -------
    ndarray
        A mask of the shape of the output.
    """
    shape = _value(recording, block).shape
    xs = _inputs(recording, block)
    if function_of(recording.blocks[block]).is_elementwise():
        one = np.zeros(xs[port].shape, dtype=bool)
        one[index] = True
        return np.array(np.broadcast_to(one, shape))
    found = np.zeros(shape, dtype=bool)
    for values in (xs, _stirred(xs)):
        try:
            found |= _column(recording, block, values, port, index) != 0
        except RunError:
            continue
    return found


def terms(recording: Recording, step: BackwardStep, port: int, index: Index) -> tuple[Term, ...]:
    """Write the gradient that one element of an input gets from a block as a sum of products.

    Examples
    --------
    >>> from engine.expression import parse_expression
    >>> from engine.recording import record
    >>> graph, y = parse_expression("sum(x * b)", {"x": np.array([1.0, 2.0]), "b": np.array([3.0])})
    >>> recording = record(graph, y)
    >>> step = recording.steps[-1]
    >>> [(term.at, term.upstream, term.local) for term in terms(recording, step, 1, (0,))]
    [((0,), 1.0, 1.0), ((1,), 1.0, 2.0)]
    """
    local = _column(recording, step.block, _inputs(recording, step.block), port, index)
    fed = feeds(recording, step.block, port, index)
    return tuple(
        Term(tuple(map(int, at)), float(step.upstream[tuple(at)]), float(local[tuple(at)]))
        for at in np.argwhere(fed)
    )


def terms_text(name: str, index: Index, found: tuple[Term, ...], briefly: str = "") -> str:
    """Write a sum of products in a line.

    Parameters
    ----------
    briefly
        The same sum in names, if it can be told so.

    Examples
    --------
    >>> terms_text("∂y/∂b", (0,), (Term((0,), 1.0, 1.0), Term((1,), 1.0, 2.0)))
    '∂y/∂b[0] = 1·1 + 1·2 = 3'
    >>> terms_text("∂y/∂b", (), (Term((0,), -1.0, 1.0), Term((1,), -1.0, 2.0)))
    '∂y/∂b = −1·1 + (−1)·2 = −3'
    >>> terms_text("∂y/∂b", (), (Term((0,), 3.0, 2.0),), "∂y/∂a · x")
    '∂y/∂b = ∂y/∂a · x = 3·2 = 6'
    """
    place = f"[{', '.join(map(str, index))}]" if index else ""
    total = value_text(np.asarray(sum(term.product for term in found)))
    shown = list[str]()
    for term in found[:MOST_TERMS]:
        upstream = signed(_text(term.upstream)) if shown else _text(term.upstream)
        shown.append(f"{upstream}·{signed(_text(term.local))}")
    if len(found) > MOST_TERMS:
        shown.append(f"… ({len(found)} products)")
    if not shown:
        return f"{name}{place} = 0: it feeds nothing here"
    return " = ".join(filter(None, (f"{name}{place}", briefly, " + ".join(shown), total)))


def _text(number: float) -> str:
    return value_text(np.asarray(number), 4)


def _value(recording: Recording, block: str) -> Array:
    value = recording.value(block)
    if value is None:
        raise RunError("This block has no value yet.")
    return value


def _inputs(recording: Recording, block: str) -> list[Array]:
    return [_value(recording, wire.source) for wire in recording.wires_into(block)]


def _stirred(xs: list[Array]) -> list[Array]:
    """Move every element up a little, by another amount each, and always the same way."""
    chance = np.random.default_rng(0)
    return [x + STIR * (1 + np.abs(x)) * chance.uniform(0.5, 1.0, x.shape) for x in xs]


def _pulled_stirred(recording: Recording, block: str, one: Array) -> Iterator[tuple[int, Array]]:
    function = instance_of(recording.blocks[block])
    xs = _stirred(_inputs(recording, block))
    with np.errstate(all="ignore"):
        try:
            y = np.asarray(function.forward(*xs, **function.settings))
            for port in range(len(xs)):
                yield port, np.asarray(function.pull(port, one, y, *xs, **function.settings))
        except (ArithmeticError, IndexError, RunError, TypeError, ValueError):
            return  # values that are stirred may be none that it takes


def _column(recording: Recording, block: str, xs: list[Array], port: int, index: Index) -> Array:
    directions = [np.zeros(x.shape) for x in xs]
    directions[port][index] = 1.0
    _, column = jvp(instance_of(recording.blocks[block]), xs, directions)
    return np.asarray(column)
