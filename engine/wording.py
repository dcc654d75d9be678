"""The smallest pieces of what is said: numbers, names and derivatives in a line and in TeX."""

from __future__ import annotations

import math
import re

import numpy as np

from engine.values import value_text
from engine.variable import Array
from engine.writing import number_term

WAITING = "The graph is being run. Its arrays are large, so that takes a moment."
"""What is said while a run is awaited."""

NOTHING_TO_WALK_BACK = "There is nothing to walk back yet: build a function first."
"""What is said where nothing is differentiated."""

FINE = 8
"""Significant digits of the line with the real numbers; sentences and pills have fewer."""

SIGN = re.compile(r"(?<![\w.])−")
"""The sign of a number, but for that of its exponent."""

LONG = 24
"""Characters of a matrix from which its shape stands for it in a sentence, or in a formula."""

ARRAY = " array"
"""What stands behind the shape of an array that is not written out."""

SMALL = 5
"""Elements up to which a product is worked out whole."""


def fine(value: Array) -> str:
    """Write a value with the digits that the line with the real numbers has.

    Examples
    --------
    >>> fine(np.array(1 / 3)), fine(np.array([[1 / 3, 1.0]]))
    ('0.33333333', '[[0.333, 1]]')
    """
    return value_text(value, {0: FINE, 1: 5}.get(value.ndim, 3))


def brief(value: Array) -> str:
    """Write a value as part of a sentence: of a long matrix, the shape.

    Examples
    --------
    >>> brief(np.eye(2)), brief(np.eye(2) / 3)
    ('[[1, 0], [0, 1]]', '2×2 array')
    """
    text = value_text(value)
    is_long = value.ndim > 1 and len(text) > LONG
    return f"{'×'.join(map(str, value.shape))}{ARRAY}" if is_long else text


def fine_product(x: Array, w: Array) -> str:
    """Write the product of two values as `fine` does; only what is written is multiplied.

    Examples
    --------
    >>> fine_product(np.arange(10.0), np.array(2.0)), fine_product(np.ones((3, 1)), np.ones(4))
    ('[0, 2, … 16, 18]', '3×4 array')
    """
    shape = np.broadcast_shapes(x.shape, w.shape)
    size = math.prod(shape)
    with np.errstate(all="ignore"):
        if size <= SMALL:
            return fine(np.asarray(x * w))
        if len(shape) > 1:
            return fine(np.broadcast_to(0.0, shape))
        # Stretched to five, of which the middle one is left out.
        at = [0, 1, 2, -2, -1]
        return fine(np.broadcast_to(x, shape)[at] * np.broadcast_to(w, shape)[at])


def signed(text: str) -> str:
    """Put a number with a sign in parentheses, so that no two signs meet."""
    return f"({text})" if text[0] == "−" else text


def value_tex(value: Array) -> str:
    r"""Write a value in TeX.

    Examples
    --------
    >>> import numpy as np
    >>> value_tex(np.zeros((2, 30))), value_tex(np.array([1.0, 2.0]))
    ('2\\times 30\\text{ array}', '[1, 2]')
    >>> value_tex(np.array([-1.0, 2e-9]))
    '[{-}1, 2e−9]'
    """
    if value.ndim == 0:
        return number_term(float(value), "tex", 5).text
    text = value_text(value).replace("…", r"\ldots ").replace("×", r"\times ")
    # In braces it is the sign of a number, with no room behind it, and no subtraction.
    return SIGN.sub("{-}", text).replace(" array", r"\text{ array}")


def name_tex(name: str) -> str:
    r"""Write a name in TeX: one letter in italics, digits below, longer names upright.

    Examples
    --------
    >>> name_tex("x"), name_tex("x1"), name_tex("loss")
    ('x', 'x_{1}', '\\mathrm{loss}')
    """
    stem = name.rstrip("0123456789").rstrip("_") or name
    digits = name[len(stem) :].strip("_")
    escaped = stem.replace("_", r"\_")
    base = escaped if len(stem) == 1 else rf"\mathrm{{{escaped}}}"
    return f"{base}_{{{digits}}}" if digits else base


def tex_fraction(top: str, bottom: str) -> str:
    """Write a derivative in TeX."""
    return rf"\frac{{\partial {name_tex(top)}}}{{\partial {name_tex(bottom)}}}"


def text_fraction(top: str, bottom: str) -> str:
    """Write a derivative in a line."""
    return f"∂{top}/∂{bottom}"


def listed(items: list[str]) -> str:
    """List things as a sentence does."""
    return items[0] if len(items) == 1 else f"{', '.join(items[:-1])} and {items[-1]}"


def operand_text(value: Array) -> str:
    """Write a value as part of a formula: in numbers, or of a larger array its shape.

    Examples
    --------
    >>> import numpy as np
    >>> operand_text(np.array([1.0, 2.0])), operand_text(np.ones((4, 3)))
    ('[1, 2]', '(4×3)')
    """
    text = fine(value)
    is_long = text.endswith(ARRAY) or (value.ndim > 1 and len(text) > LONG)
    return f"({'×'.join(map(str, value.shape))})" if is_long else text


def shape_text(shape: tuple[int, ...]) -> str:
    """Write a shape for a person.

    Examples
    --------
    >>> shape_text(()), shape_text((1,)), shape_text((2000,)), shape_text((2, 3))
    ('a number', '1 element', '2,000 elements', '2×3')
    """
    if not shape:
        return "a number"
    if len(shape) == 1:
        return f"{shape[0]:,} element{'' if shape[0] == 1 else 's'}"
    return "×".join(f"{size:,}" for size in shape)
