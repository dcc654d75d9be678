"""One use of a Function, and what any use of one is put together from for PyTorch."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np

from engine.functions.reductions import axes_of
from engine.reading.literals import number_piece
from engine.reading.pieces import Piece, keyword, listed, method, name


class Use(NamedTuple):
    """One use of a Function.

    Attributes
    ----------
    xs
        Its inputs.
    arrays, value
        Their values and its own.
    settings
        What it is told.
    """

    xs: Sequence[Piece]
    arrays: Sequence[np.ndarray[Any, Any]]
    value: np.ndarray[Any, Any]
    settings: Mapping[str, Any]


Form = Callable[[Use], Piece]


def told(**options: Any) -> list[Piece]:
    """Write arguments that are given by name."""
    return [keyword(key, literal(value)) for key, value in options.items()]


def literal(value: Any) -> Piece:
    """Write a setting."""
    if isinstance(value, Piece):
        return value
    if isinstance(value, tuple):
        return listed(list(map(literal, value)), "(", ",)" if len(value) == 1 else ")")
    return number_piece(value) if isinstance(value, float) else name(repr(value))


def flat(x: Piece) -> Piece:
    """Write all elements in a row."""
    return method(x, "flatten", [])


def reshaped(x: Piece, shape: tuple[int, ...]) -> Piece:
    """Write the elements in another shape."""
    return method(x, "reshape", [literal(tuple(shape))])


def axes_in(use: Use) -> tuple[int, ...]:
    """Give the axes that a Function is told, counted from the first."""
    return axes_of(use.arrays[0], use.settings["axis"])
