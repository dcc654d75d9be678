"""What this engine asks of an array beyond what NumPy does by itself."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
from numpy.typing import NDArray

Array = NDArray[Any]


def as_array(x: Any) -> Any:
    """Turn a scalar into a 0-d array and leave everything else alone.

    NumPy returns a scalar where the input was a 0-d array; Variables hold arrays only.

    Examples
    --------
    >>> as_array(np.float64(2.0))
    array(2.)
    """
    if isinstance(x, np.ndarray):  # these two are by far the most often, and np.isscalar is slow
        return x
    return np.array(x) if isinstance(x, np.generic) or np.isscalar(x) else x


def sum_to(x: Any, shape: tuple[int, ...]) -> Any:
    """Add up along the axes that broadcasting from `shape` has copied along.

    What is no array, a Variable or a Symbol, does so in its own way.

    Examples
    --------
    >>> sum_to(np.ones((2, 3)), (3,))
    array([2., 2., 2.])
    """
    if not isinstance(x, np.ndarray):
        x = as_array(x)
        if not isinstance(x, np.ndarray):
            return x if x.shape == shape else x._operate("sum_to", x, shape=shape)  # noqa: SLF001
    if x.shape == shape:
        return x
    added = x.ndim - len(shape)
    kept = tuple(
        axis for axis, size in enumerate(shape, start=added) if size == 1 and x.shape[axis] != 1
    )
    total = x.sum(axis=(*range(added), *kept), keepdims=True)
    return np.asarray(total.reshape(shape))


def plain(x: Any) -> Array:
    """Give the array of a Variable, and an array as it is: for masks and other facts of a value.

    What is made of it carries no gradient.
    """
    array: Array = x.data if hasattr(x, "_operate") else x
    return array


_ERF = np.frompyfunc(math.erf, 1, 1)


def erf(x: Any) -> Any:
    """Take the error function of each element, which NumPy itself does not have.

    What is no array, a Variable or a Symbol, does so in its own way.

    Examples
    --------
    >>> print(erf(np.array([0.0, 0.5])))
    [0.         0.52049988]
    """
    if hasattr(x, "_operate"):
        return x._operate("erf", x)  # noqa: SLF001 - the way of Operators
    return np.asarray(_ERF(x), dtype=np.asarray(x).dtype)
