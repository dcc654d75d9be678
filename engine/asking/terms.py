"""The gradient of one element as a sum of products, and how that is written."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import islice

import numpy as np

from engine.asking.by_place import Elementwise, Multiplied
from engine.asking.elements import Index
from engine.asking.feeding import (
    LARGEST,
    MATRICES,
    by_place,
    check_size,
    column_of,
    fed,
    inputs_of,
    value_of,
)
from engine.recording import Recording
from engine.steps import BackwardStep
from engine.values import value_text
from engine.wording import signed

MOST_TERMS = 6
"""Terms of a sum that are written out."""


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


def terms(
    recording: Recording, step: BackwardStep, port: int, index: Index, most: int = LARGEST
) -> tuple[Term, ...]:
    """Write the gradient that one element of an input gets from a block as a sum of products.

    Parameters
    ----------
    most
        How many of them are listed at most.

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
    found = list(islice(fed(recording, step.block, port, index), most))
    slopes = _slopes(recording, step, port, index, found)
    return tuple(
        Term(at, float(step.upstream[at]), slope) for at, slope in zip(found, slopes, strict=True)
    )


def slope_between(
    recording: Recording, block: str, port: int, index: Index, at: Index
) -> float | None:
    """Give how fast an element of the output rises with one of an input, if places tell it.

    Where a Function works element by element, nothing is told here: its step has the slope.
    """
    known = by_place(recording, block)
    if isinstance(known, Multiplied) and port < MATRICES:
        other = value_of(recording, recording.wires_into(block)[1 - port].source)
        return float(other[known.met(port, 1 - port, index, at)])
    if isinstance(known, Multiplied):
        return 1.0
    return None if known is None else known.slope


def _slopes(
    recording: Recording, step: BackwardStep, port: int, index: Index, places: list[Index]
) -> list[float]:
    """Give how fast each of some elements of the output rises with one of an input."""
    known = by_place(recording, step.block)
    if isinstance(known, Elementwise) and known.slope is None:
        part = next(part for part in step.contributions if part.wire.port == port)
        if part.local is not None:
            local = np.broadcast_to(part.local, step.upstream.shape)
            return [float(local[at]) for at in places]
    elif known is not None:
        slopes = [slope_between(recording, step.block, port, index, at) for at in places]
        return [slope for slope in slopes if slope is not None]
    check_size(recording, step.block)
    column = column_of(recording, step.block, inputs_of(recording, step.block), port, index)
    return [float(column[at]) for at in places]


def terms_text(
    name: str,
    index: Index,
    found: tuple[Term, ...],
    briefly: str = "",
    whole: tuple[int, float] | None = None,
) -> str:
    """Write a sum of products in a line.

    Parameters
    ----------
    briefly
        The same sum in names, if it can be told so.
    whole
        How many products there are and what they come to, where not all are listed.

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
    count, number = whole or (len(found), sum(term.product for term in found))
    total = value_text(np.asarray(number))
    shown = list[str]()
    for term in found[:MOST_TERMS]:
        upstream = signed(_text(term.upstream)) if shown else _text(term.upstream)
        shown.append(f"{upstream}·{signed(_text(term.local))}")
    if count > MOST_TERMS:
        shown.append(f"… ({count:,} products)")
    if not shown:
        return f"{name}{place} = 0: it feeds nothing here"
    return " = ".join(filter(None, (f"{name}{place}", briefly, " + ".join(shown), total)))


def _text(number: float) -> str:
    return value_text(np.asarray(number), 4)
