"""What this engine asks of an array beyond what NumPy does by itself."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from engine.errors import RunError

Array = NDArray[Any]

FLOAT64 = np.dtype(np.float64)


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


def operands(variables: Iterable[Any]) -> list[Any]:
    """Give the arrays of Variables as Functions compute with them.

    Whole numbers and truth values have no neighbours to be nudged to, so those of a Variable are
    promoted to float64. A Constant is not differentiated, and may be an id or a mask.

    Raises
    ------
    RunError
        If one has no value yet.
    """
    xs = [x.data for x in variables]
    for x in xs:
        if getattr(x, "dtype", None) is not FLOAT64:
            return [_operand(x) for x in variables]
    return xs


def _operand(x: Any) -> Any:
    if x.raw is None:
        raise RunError(f"{x.name or 'An input'} has no value yet.")
    return x.data.astype(FLOAT64) if x.dtype.kind in "biu" and not x.is_constant else x.data


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


def broadcasts(*shapes: tuple[int, ...]) -> bool:
    """Tell whether shapes fit one another, and the last is what they broadcast to.

    Examples
    --------
    >>> broadcasts((3, 1), (2, 3, 4)), broadcasts((3,), (2,))
    (True, False)
    """
    try:
        return np.broadcast_shapes(*shapes) == shapes[-1]
    except ValueError:
        return False


def plain(x: Any) -> Array:
    """Give the array of a Variable, and an array as it is: for masks and other facts of a value.

    What is made of it carries no gradient. Of single numbers NumPy makes scalars, which are as
    good as arrays here.
    """
    array: Array = operands((x,))[0] if hasattr(x, "_operate") else x
    return array


def marked(where: Callable[..., Any], *xs: Any) -> Any:
    """Mark the places at which a rule is settled by choice: 1 there, 0 elsewhere.

    Parameters
    ----------
    where
        Takes arrays and tells the places.
    xs
        Arrays or Variables. A formula holds everywhere else and so has no such places; what is
        written down for the numbers of a run has those of the run.

    Returns
    -------
    ndarray or None
        None if there is no such place.

    Examples
    --------
    >>> marked(lambda x: x == 0, np.array([0.0, 3.0]))
    array([1., 0.])
    """
    formulas = [x for x in xs if getattr(x, "is_formula", False)]
    if formulas:
        if not all(hasattr(x, "sample") for x in formulas):
            return None
        samples = [getattr(x, "sample", x) for x in xs]
        varying = [
            s if getattr(x, "number", False) else x for x, s in zip(xs, samples, strict=True)
        ]
        return where(*varying) if np.any(where(*samples)) else None
    numbers = [plain(x) for x in xs]
    found = np.asarray(where(*numbers))
    return found.astype(np.result_type(*numbers)) if found.any() else None


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
