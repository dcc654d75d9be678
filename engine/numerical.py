"""Derivatives by trial: nudge the input both ways and see how far the output moves."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from engine.variable import Array, Variable, as_array


def numerical_diff(f: Callable[[Variable], Variable], x: Variable, eps: float = 1e-4) -> Array:
    """Take the central difference of a function of one Variable.

    Parameters
    ----------
    f
        The function.
    x
        Where to take it; a scalar, or an array whose elements `f` treats one by one.
    eps
        The nudge to either side. The error falls with its square until rounding takes over.

    Returns
    -------
    ndarray
        `(f(x + eps) - f(x - eps)) / (2 * eps)`, of the shape of the output.

    Examples
    --------
    >>> from engine import Square
    >>> import numpy as np
    >>> print(numerical_diff(Square(), Variable(np.array(2.0))))
    4.000000000004
    """
    above = f(Variable(as_array(x.data + eps)))
    below = f(Variable(as_array(x.data - eps)))
    slope: Any = (above.data - below.data) / (2 * eps)
    return slope  # type: ignore[no-any-return]
