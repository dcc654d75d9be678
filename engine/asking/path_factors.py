"""The growing product along one path: its factors one after the other, and what comes of them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from engine.asking.back_path import (
    BUDGET,
    BackPath,
    Shape,
    cost_of,
    factor_text,
    led_back,
    seed_of,
)
from engine.block import function_of, title
from engine.errors import CodeError
from engine.graph import Wire
from engine.pulled_rule import rule_along
from engine.recording import Recording
from engine.variable import Array

UPSTREAM = "gy"
"""What a rule calls the gradient that has come as far as its block."""


@dataclass(frozen=True, slots=True, eq=False)
class PathFactor:
    """One factor of a path: a Jacobian, by which what has come so far is led on.

    Attributes
    ----------
    wire
        The wire that it leads back along.
    text
        The factor by name, such as `∂b/∂a`.
    block
        The block that it leads over, by its title.
    rule
        What is done with the gradient that has come as far, `gy`, such as `gy @ w.T`.
    local
        Local derivative, where one is multiplied by; None where the rule is not element by element
        or the numbers are too many.
    shape
        Shape of what has come after it.
    so_far
        What has come after it: the product of all factors up to here. None where the numbers are
        too many.
    """

    wire: Wire
    text: str
    block: str
    rule: str
    local: Array | None
    shape: Shape
    so_far: Array | None


def factors_of(
    recording: Recording, path: BackPath, left_out: range = range(0)
) -> Iterator[PathFactor]:
    """Give the factors of a path one after the other, and the product as it grows.

    Parameters
    ----------
    left_out
        Which of them are not wanted: they are multiplied by, and nothing is said of them.

    Examples
    --------
    >>> from engine.asking.paths import Paths
    >>> from engine.expression import parse_expression
    >>> from engine.recording import record
    >>> x = {"x": np.ones((2, 3)), "w": np.ones((3, 2))}
    >>> graph, y = parse_expression("sum(matmul(x, w))", x)
    >>> recording = record(graph, y)
    >>> (path,) = Paths(recording, graph.named("x").id).listed
    >>> for factor in factors_of(recording, path):
    ...     print(factor.text, factor.block, factor.rule, factor.shape, sep=" | ")
    ∂y/∂a | Sum | np.broadcast_to(gy.reshape((1, 1)), a.shape) | (2, 2)
    ∂a/∂x | Matmul | gy @ w.T | (2, 3)
    """
    so_far = seed_of(recording)
    few = path.factors is not None
    few = few or sum(cost_of(recording, wire) for wire in path.wires) <= BUDGET
    for at, wire in enumerate(path.wires):
        before = so_far
        local = None
        if path.factors is not None:
            local = np.asarray(path.factors[at])
            with np.errstate(all="ignore"):  # what overflows is a result
                so_far = np.asarray(so_far * local)
        elif few:
            so_far, local = led_back(recording, wire, so_far)
        if at in left_out:
            continue
        yield PathFactor(
            wire,
            factor_text(recording, wire),
            title(recording.blocks[wire.target]),
            _rule(recording, wire, before) if few else _named_rule(recording, wire),
            local,
            path.shapes[at + 1],
            so_far if few else None,
        )


def _rule(recording: Recording, wire: Wire, so_far: Array) -> str:
    try:
        return rule_along(recording, wire, so_far, UPSTREAM)
    except CodeError:
        return _named_rule(recording, wire)


def _named_rule(recording: Recording, wire: Wire) -> str:
    block = recording.blocks[wire.target]
    if function_of(block).is_elementwise():
        return f"{UPSTREAM} * local derivative of {title(block)}"
    return f"{UPSTREAM} by the rule of {title(block)}"
