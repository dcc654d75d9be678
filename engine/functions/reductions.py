"""Many elements made into few: sums, means and extremes along axes."""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from engine.arrays import plain
from engine.errors import RunError
from engine.function import Function


def axes_of(x: Any, axis: Any) -> tuple[int, ...]:
    """Name the axes that are meant, counted from 0; None means all.

    Raises
    ------
    RunError
        If there is no such axis, or one is named twice.
    """
    if axis is None:
        return tuple(range(x.ndim))
    wanted = tuple(axis) if isinstance(axis, list | tuple) else (axis,)
    for one in wanted:
        if type(one) is not int or not -x.ndim <= one < x.ndim:
            last = f"from {-x.ndim} to {x.ndim - 1}" if x.ndim else "none, for it is a number"
            raise RunError(f"There is no axis {one} in the shape {x.shape}; there are: {last}.")
    found = tuple(one % x.ndim for one in wanted)
    if len(set(found)) < len(found):
        raise RunError(f"axis={axis} names an axis twice in the shape {x.shape}.")
    return found


def reduced(gy: Any, x: Any, axis: Any, *, keepdims: bool) -> Any:
    """Give what was reduced its axes back, with the size 1."""
    if keepdims:
        return gy
    axes = axes_of(x, axis)
    return gy.reshape(tuple(1 if at in axes else size for at, size in enumerate(x.shape)))


class _Reduction(Function):
    """What its subclasses share: the settings, and the way of a gradient back over the axes."""

    group = "Reductions"

    def pull(self, port: int, gy: Any, y: Any, *xs: Any, **settings: Any) -> Any:
        (x,), axis, keepdims = xs, settings["axis"], settings["keepdims"]
        gy, y = (reduced(part, x, axis, keepdims=keepdims) for part in (gy, y))
        return np.broadcast_to(gy, x.shape) * self.slope(x, y, axes_of(x, axis))

    def slope(self, x: Any, y: Any, axes: tuple[int, ...]) -> Any:
        """Tell how fast the result rises with each element; `y` has the axes of `x`."""
        raise NotImplementedError


def count(x: Any, axes: tuple[int, ...]) -> int:
    """Count the elements that become one."""
    return math.prod(x.shape[axis] for axis in axes)


class Sum(_Reduction):
    """The sum of the elements along axes, or of all."""

    symbol = "Σ"
    numpy = (np.sum,)

    def forward(self, x: Any, *, axis: Any = None, keepdims: bool = False) -> Any:
        return x.sum(axis=axes_of(x, axis), keepdims=keepdims)

    def pull(self, port: int, gy: Any, y: Any, *xs: Any, **settings: Any) -> Any:
        (x,) = xs
        return np.broadcast_to(
            reduced(gy, x, settings["axis"], keepdims=settings["keepdims"]), x.shape
        )


class Prod(_Reduction):
    """The product of the elements along axes, or of all; right also where some are 0."""

    symbol = "Π"
    numpy = (np.prod,)

    def forward(self, x: Any, *, axis: Any = None, keepdims: bool = False) -> Any:
        return x.prod(axis=axes_of(x, axis), keepdims=keepdims)

    def slope(self, x: Any, y: Any, axes: tuple[int, ...]) -> Any:
        if not x.size:
            return np.ones(x.shape, x.dtype)
        # The product of all others. No division by the element itself, which may be 0.
        order = (*(axis for axis in range(x.ndim) if axis not in axes), *axes)
        turned = x.transpose(order)
        rows = turned.reshape((*turned.shape[: x.ndim - len(axes)], count(x, axes)))
        others = _before(rows) * _before(rows[..., ::-1])[..., ::-1]
        back = tuple(int(axis) for axis in np.argsort(order))
        return others.reshape(turned.shape).transpose(back)


def _before(x: Any) -> Any:
    """Multiply all elements that stand before each along the last axis, in strides that double."""

    def later(x: Any, by: int) -> Any:
        return np.concatenate([np.ones((*x.shape[:-1], by), x.dtype), x[..., :-by]], axis=-1)

    size, by = x.shape[-1], 1
    x = later(x, 1)
    while by < size:
        x, by = x * later(x, by), 2 * by
    return x


class Mean(_Reduction):
    """The mean of the elements along axes, or of all."""

    symbol = "mean"
    numpy = (np.mean,)

    def forward(self, x: Any, *, axis: Any = None, keepdims: bool = False) -> Any:
        axes = _some(x, axis)
        return x.sum(axis=axes, keepdims=keepdims) / count(x, axes)

    def slope(self, x: Any, y: Any, axes: tuple[int, ...]) -> Any:
        return 1 / count(x, axes)


class Var(_Reduction):
    """The mean square distance from the mean, along axes or of all."""

    symbol = "var"
    numpy = (np.var,)

    def forward(self, x: Any, *, axis: Any = None, keepdims: bool = False) -> Any:
        return np.var(x, axis=_some(x, axis), keepdims=keepdims)

    def slope(self, x: Any, y: Any, axes: tuple[int, ...]) -> Any:
        mean = x.sum(axes, keepdims=True) / count(x, axes)
        return 2 * (x - mean) / count(x, axes)


class Std(_Reduction):
    """The root of the variance. Where all elements are equal its derivative is taken to be 0."""

    symbol = "std"
    numpy = (np.std,)

    def forward(self, x: Any, *, axis: Any = None, keepdims: bool = False) -> Any:
        return np.std(x, axis=_some(x, axis), keepdims=keepdims)

    def slope(self, x: Any, y: Any, axes: tuple[int, ...]) -> Any:
        mean = x.sum(axes, keepdims=True) / count(x, axes)
        values = plain(x)
        # By the elements: rounding may leave equal ones a tiny deviation.
        low, high = values.min(axis=axes, keepdims=True), values.max(axis=axes, keepdims=True)
        return _ratio(x - mean, y * count(x, axes), low == high)


class Max(_Reduction):
    """The largest element. Elements that are equally large share the gradient evenly."""

    symbol = "max"
    numpy = (np.max,)

    def forward(self, x: Any, *, axis: Any = None, keepdims: bool = False) -> Any:
        return x.max(axis=_some(x, axis), keepdims=keepdims)

    def slope(self, x: Any, y: Any, axes: tuple[int, ...]) -> Any:
        hit = (plain(x) == plain(y)).astype(x.dtype)
        return hit / hit.sum(axis=axes, keepdims=True)


class Min(Max):
    """The smallest element. Elements that are equally small share the gradient evenly."""

    symbol = "min"
    numpy = (np.min,)

    def forward(self, x: Any, *, axis: Any = None, keepdims: bool = False) -> Any:
        return x.min(axis=_some(x, axis), keepdims=keepdims)


class Logsumexp(_Reduction):
    """The logarithm of the sum of exponentials, which no element makes overflow."""

    symbol = "LSE"

    def forward(self, x: Any, *, axis: Any = None, keepdims: bool = False) -> Any:
        axes = _some(x, axis)
        if not x.size:
            return x.sum(axis=axes, keepdims=keepdims)
        top = x.max(axis=axes, keepdims=True)
        top = np.where(np.isfinite(top), top, np.zeros_like(top))
        y = np.log(np.exp(x - top).sum(axis=axes, keepdims=True)) + top
        return y if keepdims else y.squeeze(axes)

    def slope(self, x: Any, y: Any, axes: tuple[int, ...]) -> Any:
        return np.exp(x - y)


class Norm(_Reduction):
    """The root of the sum of squares: a length. At 0 its derivative is taken to be 0."""

    symbol = "‖x‖"

    def forward(self, x: Any, *, axis: Any = None, keepdims: bool = False) -> Any:
        return np.sqrt((x * x).sum(axis=axes_of(x, axis), keepdims=keepdims))

    def slope(self, x: Any, y: Any, axes: tuple[int, ...]) -> Any:
        return _ratio(x, y, plain(y) == 0)


def _ratio(x: Any, y: Any, flat: Any) -> Any:
    """Divide, but give 0 where it is flat, there for derivatives of any order."""
    flat = flat.astype(plain(x).dtype)
    return (1 - flat) * x / (y + flat)


def _some(x: Any, axis: Any) -> tuple[int, ...]:
    """Name the axes that are meant, as `axes_of` does, for what nothing has: a mean, an extreme.

    Raises
    ------
    RunError
        If there is no such axis, or no element along those there are.
    """
    axes = axes_of(x, axis)
    if not count(x, axes):
        where = "" if axis is None else f" along axis={axis}"
        raise RunError(f"An array of the shape {x.shape} has no elements{where} to take it of.")
    return axes
