"""An array of any size as a small table: its last axis across, all others down, evenly sampled."""

from __future__ import annotations

import math

import numpy as np

from engine.variable import Array


def table_shape(shape: tuple[int, ...]) -> tuple[int, int]:
    """Tell how many rows and columns an array has when its last axis runs across, all others down.

    Examples
    --------
    >>> table_shape(()), table_shape((5,)), table_shape((2, 3, 4))
    ((1, 1), (1, 5), (6, 4))
    """
    return math.prod(shape[:-1]), shape[-1] if shape else 1


def overview(array: Array, most: tuple[int, int]) -> Array:
    """Take rows and columns out of an array, evenly, the first and the last among them.

    No other element is looked at, so it costs the same for ten million elements as for ten.

    Parameters
    ----------
    most
        Rows and columns that there may be.

    Returns
    -------
    ndarray
        Of two axes; all elements, where there are no more rows and columns than that.

    Examples
    --------
    >>> overview(np.arange(12.0).reshape(4, 3), (2, 5))
    array([[ 0.,  1.,  2.],
           [ 9., 10., 11.]])
    """
    rows, columns = table_shape(array.shape)
    return elements(array, spread(rows, most[0]), spread(columns, most[1]))


def corner(array: Array, most: tuple[int, int]) -> Array:
    """Take the first rows and columns out of an array, and look at nothing else.

    Examples
    --------
    >>> corner(np.arange(12.0).reshape(2, 2, 3), (3, 2))
    array([[0., 1.],
           [3., 4.],
           [6., 7.]])
    """
    rows, columns = table_shape(array.shape)
    return elements(array, np.arange(min(rows, most[0])), np.arange(min(columns, most[1])))


def elements(array: Array, rows: Array, columns: Array) -> Array:
    """Take the elements where some rows and columns of the table cross."""
    if not array.shape:
        return array.reshape(1, 1)
    flat = rows[:, np.newaxis] * array.shape[-1] + columns[np.newaxis, :]
    # By index, and not by a reshape, which may have to copy all of an array first.
    found: Array = array[np.unravel_index(flat, array.shape)]
    return found


def spread(count: int, most: int) -> Array:
    """Choose some of so many, evenly."""
    if count <= most:
        return np.arange(count)
    return np.linspace(0, count - 1, most).round().astype(np.intp)
