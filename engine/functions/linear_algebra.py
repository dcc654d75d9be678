"""Products of matrices, and what undoes them."""

from __future__ import annotations

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
    """What the first input, a square matrix, turns into the second: a vector or a matrix."""

    symbol = "A⁻¹b"
    group = "Linear algebra"
    numpy = (np.linalg.solve,)

    def forward(self, a: Any, b: Any) -> Any:
        _check_square(a)
        if a.ndim != 2 or b.ndim not in (1, 2) or a.shape[0] != b.shape[0]:  # noqa: PLR2004 - a matrix
            raise RunError(
                f"solve takes a square matrix and a vector or matrix with as many rows, "
                f"not the shapes {a.shape} and {b.shape}."
            )
        return _solved(np.linalg.solve, a, b)

    def pull(self, port: int, gy: Any, y: Any, *xs: Any, **settings: Any) -> Any:
        gb = np.linalg.solve(turned(xs[0]), gy)
        if port == 1:
            return gb
        return -(np.outer(gb, y) if y.ndim == 1 else gb @ turned(y))


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


def _solved(solve: Any, *arrays: Any) -> Any:
    try:
        return solve(*arrays)
    except np.linalg.LinAlgError:
        raise RunError("The matrix is singular: it has no inverse.") from None
