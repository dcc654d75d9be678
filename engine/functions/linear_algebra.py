"""Products of matrices, and what undoes them."""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from engine.arrays import sum_to
from engine.errors import RunError
from engine.function import Function
from engine.notation import PRODUCT, Notation


def turned(x: Any) -> Any:
    """Swap the last two axes."""
    return x.transpose((*range(x.ndim - 2), x.ndim - 1, x.ndim - 2))


class Matmul(Function):
    """The matrix product, of vectors, matrices and stacks of them, as NumPy has it."""

    notation = Notation("@", "{0} @ {1}", r"{0} \, {1}", PRODUCT, (PRODUCT, PRODUCT))
    group = "Linear algebra"
    ufunc = np.matmul

    def forward(self, a: Any, b: Any) -> Any:
        if not (a.ndim and b.ndim):
            raise RunError(
                f"A matrix product takes arrays with axes, not shapes {a.shape} and {b.shape}."
            )
        rows = b.shape[-2] if b.ndim > 1 else b.shape[0]
        if a.shape[-1] != rows:
            sentence = (
                f"The shapes {a.shape} and {b.shape} do not fit: the last axis of the first, "
                f"{a.shape[-1]}, must be as long as the {'second last' if b.ndim > 1 else 'only'} "
                f"axis of the second, {rows}."
            )
            raise RunError(sentence)
        return a @ b

    def pull(self, port: int, gy: Any, y: Any, *xs: Any, **settings: Any) -> Any:
        a, b = xs
        # As matrices: a vector stands as a row on the left and as a column on the right.
        left = a.reshape((1, *a.shape)) if a.ndim == 1 else a
        right = b.reshape((*b.shape, 1)) if b.ndim == 1 else b
        shape = list(gy.shape)
        if b.ndim == 1:
            shape.append(1)
        if a.ndim == 1:
            shape.insert(len(shape) - 1, 1)
        gy = gy.reshape(tuple(shape))
        if port == 0:
            return sum_to(gy @ turned(right), left.shape).reshape(a.shape)
        return sum_to(turned(left) @ gy, right.shape).reshape(b.shape)


class Dot(Function):
    """The sum of products along the last axis of the first and the second last of the second."""

    symbol = "a·b"
    group = "Linear algebra"
    numpy = (np.dot,)

    def forward(self, a: Any, b: Any) -> Any:
        at = max(b.ndim - 2, 0)
        if a.ndim and b.ndim and a.shape[-1] != b.shape[at]:
            raise RunError(
                f"The shapes {a.shape} and {b.shape} do not fit: the last axis of the first, "
                f"{a.shape[-1]}, must be as long as the {'second last' if b.ndim > 1 else 'only'} "
                f"axis of the second, {b.shape[at]}."
            )
        return np.dot(a, b)

    def pull(self, port: int, gy: Any, y: Any, *xs: Any, **settings: Any) -> Any:
        a, b = xs
        if not (a.ndim and b.ndim):
            return sum_to(gy * xs[1 - port], xs[port].shape)
        # As two matrices: what is added up along is the last axis of one, the first of the other.
        at = max(b.ndim - 2, 0)
        order = (at, *(axis for axis in range(b.ndim) if axis != at))
        front = b.transpose(order)
        rows, inner, columns = math.prod(a.shape[:-1]), a.shape[-1], math.prod(front.shape[1:])
        gy = gy.reshape((rows, columns))
        if port == 0:
            return (gy @ front.reshape((inner, columns)).T).reshape(a.shape)
        gradient = (a.reshape((rows, inner)).T @ gy).reshape(front.shape)
        return gradient.transpose(tuple(int(axis) for axis in np.argsort(order)))


class Outer(Function):
    """Every element of the first vector times every element of the second."""

    symbol = "⊗"
    group = "Linear algebra"
    numpy = (np.outer,)

    def forward(self, a: Any, b: Any) -> Any:
        if (a.ndim, b.ndim) != (1, 1):
            raise RunError(f"outer takes two vectors, not the shapes {a.shape} and {b.shape}.")
        return np.outer(a, b)

    def pull(self, port: int, gy: Any, y: Any, *xs: Any, **settings: Any) -> Any:
        return gy @ xs[1] if port == 0 else xs[0] @ gy


class Inv(Function):
    """The inverse of a square matrix, or of each in a stack."""

    symbol = "x⁻¹"
    group = "Linear algebra"
    numpy = (np.linalg.inv,)

    def forward(self, x: Any) -> Any:
        _check_square(x)
        return _solved(np.linalg.inv, x)

    def pull(self, port: int, gy: Any, y: Any, *xs: Any, **settings: Any) -> Any:
        return -(turned(y) @ gy @ turned(y))


class Solve(Function):
    """What the first input, a square matrix or a stack of them, turns into the second."""

    symbol = "A⁻¹b"
    group = "Linear algebra"
    numpy = (np.linalg.solve,)

    def forward(self, a: Any, b: Any) -> Any:
        _check_square(a)
        rows = b.shape[-2:][0] if b.ndim else None
        if a.shape[-1] != rows or not _fit(a.shape[:-2], b.shape[:-2]):
            raise RunError(
                f"solve takes a square matrix and a vector or matrix with as many rows, or stacks "
                f"of them that broadcast, not the shapes {a.shape} and {b.shape}."
            )
        return _solved(np.linalg.solve, a, b)

    def pull(self, port: int, gy: Any, y: Any, *xs: Any, **settings: Any) -> Any:
        a, b = xs
        if b.ndim == 1:  # a vector is a column here
            gy, y = gy.reshape((*gy.shape, 1)), y.reshape((*y.shape, 1))
        gb = np.linalg.solve(turned(a), gy)
        if port == 0:
            return sum_to(-(gb @ turned(y)), a.shape)
        return sum_to(gb.reshape(gb.shape[:-1]) if b.ndim == 1 else gb, b.shape)


class Trace(Function):
    """The sum of the diagonal of a square matrix."""

    symbol = "tr"
    group = "Linear algebra"
    numpy = (np.trace,)

    def forward(self, x: Any) -> Any:
        if x.ndim != 2:  # noqa: PLR2004 - a matrix
            raise RunError(f"trace takes a matrix, not the shape {x.shape}.")
        return np.trace(x)

    def pull(self, port: int, gy: Any, y: Any, *xs: Any, **settings: Any) -> Any:
        return gy * np.eye(*xs[0].shape, dtype=xs[0].dtype)


def _check_square(x: Any) -> None:
    if x.ndim < 2 or x.shape[-1] != x.shape[-2]:  # noqa: PLR2004 - a matrix
        raise RunError(f"This takes a square matrix, not the shape {x.shape}.")


def _fit(one: tuple[int, ...], other: tuple[int, ...]) -> bool:
    try:
        np.broadcast_shapes(one, other)
    except ValueError:
        return False
    return True


def _solved(solve: Any, *arrays: Any) -> Any:
    try:
        return solve(*arrays)
    except np.linalg.LinAlgError:
        raise RunError(
            f"A matrix in the shape {arrays[0].shape} is singular: it has no inverse."
        ) from None
