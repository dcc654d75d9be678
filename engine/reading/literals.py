"""Numbers and arrays as Python has them."""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from engine.notation import ATOM, SIGN
from engine.reading.pieces import Piece, name

EXACT = 2**53
"""Below it, a float that is a whole number may be written as one."""

MOST_IN_A_LINE = 16
"""Elements beyond which an array of one number is told by its shape and the number."""


def number_text(number: Any, module: str = "np") -> str:
    """Write one number in full.

    Examples
    --------
    >>> number_text(0.1), number_text(float("-inf")), number_text(True)
    ('0.1', '-np.inf', 'True')
    """
    if isinstance(number, bool | int):
        return repr(number)
    if math.isnan(number):
        return f"{module}.nan"
    if math.isinf(number):
        return f"{module}.inf" if number > 0 else f"-{module}.inf"
    return repr(float(number))


def number_piece(number: Any, module: str = "np") -> Piece:
    """Write a number that stands in a formula: 2, and not 2.0."""
    whole = isinstance(number, float) and number.is_integer() and abs(number) < EXACT
    if whole and math.copysign(1.0, number) * number >= 0 and (number or str(number) == "0.0"):
        number = int(number)
    text = number_text(number, module)
    return Piece((text,), (), SIGN if text[0] == "-" else ATOM)


def array_piece(array: np.ndarray[Any, Any], module: str = "np") -> Piece:
    """Write an array out, or tell it in few words if it is of one number.

    Parameters
    ----------
    array
        The array.
    module
        What its numbers are to live in: "np" or "torch".
    """
    make = f"{module}.{'array' if module == 'np' else 'tensor'}"
    if not array.ndim:
        return name(f"{make}({number_text(array.item(), module)})")
    if not array.size:
        return name(f"{make}([])") if array.ndim == 1 else name(f"{module}.zeros({array.shape})")
    if array.size > MOST_IN_A_LINE and (array == array.flat[0]).all() and array.dtype.kind == "f":
        return name(f"{module}.full({array.shape}, {number_text(array.flat[0], module)})")
    rows = _rows(array.tolist(), module)
    return Piece((f"{make}({one_line(rows)})",), rows=rows)


def _rows(items: Any, module: str) -> Any:
    if isinstance(items, list):
        return [_rows(item, module) for item in items]
    return number_text(items, module)


def one_line(rows: Any) -> str:
    """Write nested lists in one line."""
    return rows if isinstance(rows, str) else f"[{', '.join(map(one_line, rows))}]"


def several_lines(rows: Any, indent: int, width: int, end: str = "") -> list[str]:
    """Write nested lists in as many lines as it takes: one a row where that fits, else one each."""
    text = " " * indent + one_line(rows) + end
    if isinstance(rows, str) or len(text) <= width:
        return [text]
    inner = [line for row in rows for line in several_lines(row, indent + 4, width, ",")]
    return [" " * indent + "[", *inner, " " * indent + "]" + end]
