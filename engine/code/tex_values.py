"""Numbers and arrays in a derivation, as wide as a page at most."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from engine.code.tex_width import ROOM, width
from engine.variable import Array
from engine.wording import FINE, value_tex
from engine.writing import Term, number_term

MOST_IN_A_MATRIX = 16
"""Elements of the largest array that is shown whole."""

MOST_COLUMNS = 10
"""Columns that a matrix has at most in LaTeX."""


def on_rows(shown: str, value: str) -> list[str]:
    """Give some numbers and what they come to, on a row or on two; alone, if they are too wide."""
    both = f"{shown} = {value}"
    if shown == value or width(shown) > ROOM:
        return [value]
    return [both] if width(both) <= ROOM else [shown, value]


def value_term(value: Array) -> Term:
    """Give a value as what stands for its name."""
    if value.ndim == 0:
        return replace(number_term(float(value), "tex", FINE), number=False)
    return Term(array_tex(value))


def array_tex(value: Array) -> str:
    r"""Write a value: a number, a small vector or matrix in full, or the shape of a larger one.

    Examples
    --------
    >>> array_tex(np.array([1.0, 2.5]))
    '\\begin{pmatrix} 1 & 2.5 \\end{pmatrix}'
    """
    if value.ndim == 0:
        return number_term(float(value), "tex", FINE).text
    table = np.atleast_2d(value)
    fits = 0 < value.size <= MOST_IN_A_MATRIX and table.shape[-1] <= MOST_COLUMNS
    if value.ndim <= 2 and fits:  # noqa: PLR2004 - a matrix
        rows = [" & ".join(number_term(x, "tex", 5).text for x in row) for row in table]
        inner = r" \\ ".join(rows)
        matrix = rf"\begin{{pmatrix}} {inner} \end{{pmatrix}}"
        if width(matrix) <= ROOM:
            return matrix
    return rf"\left[{value_tex(value)}\right]" if value.ndim > 1 else value_tex(value)
