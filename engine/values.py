"""Numbers and arrays as people write and read them."""

from __future__ import annotations

import ast
import json
import math
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

import numpy as np

from engine.errors import ValueTextError
from engine.syntax import Source, shown
from engine.variable import Array

LONGEST_TEXT = 1_000_000
"""Characters of a value that is typed or pasted; larger arrays come in files."""

MATRIX = 2
"""The most axes of an array that is written out in a line."""

CONSTANTS = {"pi": math.pi, "e": math.e, "inf": math.inf, "nan": math.nan}


def parse_value(text: str) -> Array:
    """Read a number, a fraction like `pi/4`, or an array like `[[1, 2], [3, 4]]`.

    Parameters
    ----------
    text
        What a person typed. It is parsed, never run.

    Returns
    -------
    ndarray
        float64, 0-d for a number.

    Raises
    ------
    ValueTextError
        If it is anything else; the sentence says what.

    Examples
    --------
    >>> parse_value("[1, 2, pi/2]")
    array([1.        , 2.        , 1.57079633])
    """
    if not text.strip():
        sentence = "A value is missing: give a number like 0.5 or an array like [1, 2, 3]."
        raise ValueTextError(sentence)
    if len(text) > LONGEST_TEXT:
        sentence = f"This value has {len(text):,} characters; {LONGEST_TEXT:,} is the most."
        raise ValueTextError(sentence)
    try:
        match Source.of(text).statements():
            case [ast.Expr(value=tree)]:
                return frozen(np.array(_evaluate(tree), dtype=np.float64))
        raise ValueTextError(not_a_value(text))
    except (RecursionError, MemoryError):
        sentence = f"“{shown(text)}” is nested too deeply to be an array."
        raise ValueTextError(sentence) from None
    except ValueError as error:
        if "inhomogeneous" in str(error):
            raise ValueTextError(uneven(text)) from None
        raise ValueTextError(not_a_value(text)) from None
    except (SyntaxError, TypeError):
        raise ValueTextError(not_a_value(text)) from None


def frozen(array: Any) -> Array:
    """Copy into a float64 array that nobody can write to, to be shared without fear.

    Raises
    ------
    ValueTextError
        If the elements are not real numbers.
    """
    given = np.asarray(array)
    if given.dtype.kind not in "biuf":
        sentence = f"A value is made of real numbers; elements of type {given.dtype} are not."
        raise ValueTextError(sentence)
    copy = given.astype(np.float64, order="C", copy=True)
    copy.setflags(write=False)
    return copy


def uneven(text: str) -> str:
    """Say that the rows of an array are not of one length."""
    return f"The rows of “{shown(text)}” do not have the same length."


def not_a_value(text: str) -> str:
    """Say that a text is no value."""
    return f"“{shown(text)}” is neither a number like 0.5 nor an array like [1, 2, 3]."


def _evaluate(node: ast.expr) -> Any:
    match node:
        case ast.Constant(value=int() | float() as number) if not isinstance(number, bool):
            return _as_float(number)
        case ast.Name(id=name) if name in CONSTANTS:
            return CONSTANTS[name]
        case ast.List(elts=items) | ast.Tuple(elts=items):
            return [_evaluate(item) for item in items]
        case ast.UnaryOp(op=ast.USub(), operand=operand):
            return -_evaluate(operand)
        case ast.UnaryOp(op=ast.UAdd(), operand=operand):
            return _evaluate(operand)
        case ast.BinOp(left=left, op=op, right=right):
            return _operate(op, _evaluate(left), _evaluate(right))
    raise TypeError


def _as_float(number: float) -> float:
    try:
        return float(number)
    except OverflowError:  # only an int can be that large
        return math.inf


def _operate(op: ast.operator, left: Any, right: Any) -> float:
    if not (isinstance(left, float) and isinstance(right, float)):
        raise TypeError
    with np.errstate(all="ignore"):
        x, w = np.float64(left), np.float64(right)
        match op:
            case ast.Add():
                return float(x + w)
            case ast.Sub():
                return float(x - w)
            case ast.Mult():
                return float(x * w)
            case ast.Div():
                return float(x / w)
            case ast.Pow():
                return float(x**w)
    raise TypeError


EXACT = 1e-13
"""Relative difference up to which a number that is written with few digits counts as itself."""


def number_text(number: float, digits: int | None = 5) -> str:
    """Write one number, with at most `digits` significant digits, or all it has.

    Examples
    --------
    >>> number_text(1.2840254166877414), number_text(0.25), number_text(1e-9, 3)
    ('1.2840', '0.25', '1e−9')
    >>> number_text(3.297442541400256, None), number_text(-2.0), number_text(float("inf"))
    ('3.297442541400256', '−2', '∞')
    """
    return _number_text(float(number), digits)


@lru_cache(maxsize=4096)  # a frame asks again and again how the same numbers are written
def _number_text(value: float, digits: int | None) -> str:
    if math.isnan(value):
        return "NaN"
    if math.isinf(value):
        return "∞" if value > 0 else "−∞"
    text = repr(value) if digits is None else f"{value:.{digits}g}"
    if digits is not None and len(text) > digits + 4 and "e" not in text:
        text = f"{value:.{digits - 1}e}"
    # 0.7 * 0.7 is 0.48999999999999994: what floats cannot tell apart counts as exact.
    exact = math.isclose(float(text), value, rel_tol=EXACT)
    if not exact and "e" not in text:
        # Zeros at the end say that the number was rounded: 1.2840, not 1.284.
        text = f"{value:#.{digits}g}"
    mantissa, _, exponent = text.partition("e")
    if "." in mantissa and exact:
        mantissa = mantissa.rstrip("0").rstrip(".")
    mantissa = mantissa.removesuffix(".")
    if mantissa == "-0":
        mantissa = "0"
    text = f"{mantissa}e{int(exponent)}" if exponent else mantissa
    return text.replace("-", "−")


ENDS = [0, 1, -2, -1]
"""Elements of a long array that are written out."""


def value_text(value: Array, digits: int | None = 5, longest: int = 4) -> str:
    """Write a value in one line; an array of many elements is shortened in the middle.

    Examples
    --------
    >>> value_text(np.array([1.0, 2.0, 3.0]))
    '[1, 2, 3]'
    >>> value_text(np.arange(100.0))
    '[0, 1, … 98, 99]'
    >>> value_text(np.ones((30, 40)))
    '30×40 array'
    """
    if value.ndim == 0:
        return number_text(float(value), digits)
    if value.ndim == 1:
        if value.size <= longest:
            return "[" + ", ".join(number_text(x, digits) for x in value) + "]"
        ends = [number_text(x, digits) for x in value[ENDS]]
        return f"[{ends[0]}, {ends[1]}, … {ends[2]}, {ends[3]}]"
    if value.ndim == MATRIX and value.size <= longest:
        return "[" + ", ".join(value_text(row, digits, longest) for row in value) + "]"
    return "×".join(str(size) for size in value.shape) + " array"


def json_line(facts: Mapping[str, Any]) -> str:
    """Write facts as JSON on one line, each letter as it is.

    Examples
    --------
    >>> json_line({"name": "α", "value": 0.5})
    '{"name": "α", "value": 0.5}'
    """
    return json.dumps(facts, ensure_ascii=False, allow_nan=False)


def plain_value(value: Array) -> Any:
    """Give a value as JSON can hold it: nested lists, and text for what is not finite.

    Examples
    --------
    >>> plain_value(np.array([0.1, np.nan, -np.inf])), plain_value(np.array(2.0))
    ([0.1, 'nan', '-inf'], 2.0)
    """
    return _plain(value.tolist())


def _plain(items: Any) -> Any:
    if isinstance(items, list):
        return [_plain(item) for item in items]
    return items if math.isfinite(items) else repr(items)


def source_text(value: Array) -> str:
    """Write a value in full, so that `parse_value` reads the same value back.

    Examples
    --------
    >>> source_text(np.array([0.5, float("inf")])), source_text(np.array(2.0))
    ('[0.5, inf]', '2')
    """
    if value.ndim == 0:
        return repr(float(value)).removesuffix(".0").replace("e+", "e")
    return "[" + ", ".join(source_text(np.asarray(row)) for row in value) + "]"
