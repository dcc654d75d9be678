"""The same elements in another arrangement."""

from __future__ import annotations

from typing import Any

import numpy as np

from engine.arrays import broadcasts, sum_to
from engine.errors import RunError
from engine.function import Function
from engine.functions.reductions import axes_of


class SumTo(Function):
    """The sum along the axes that broadcasting from a shape would copy along."""

    symbol = "Σ→"
    group = "Shape"

    def forward(self, x: Any, *, shape: Any) -> Any:
        shape = _shape(shape)
        if not broadcasts(shape, x.shape):
            raise RunError(
                f"sum_to takes an array of a shape that {shape} broadcasts to, "
                f"and {x.shape} is none."
            )
        return sum_to(x, shape)

    def pull(self, port: int, gy: Any, y: Any, *xs: Any, **settings: Any) -> Any:
        return np.broadcast_to(gy, xs[0].shape)


class BroadcastTo(Function):
    """The input copied along axes until it has another shape."""

    symbol = "→"
    group = "Shape"
    numpy = (np.broadcast_to,)

    def forward(self, x: Any, *, shape: Any) -> Any:
        shape = _shape(shape)
        if not broadcasts(x.shape, shape):
            raise RunError(
                f"The shape {x.shape} does not broadcast to {shape}: along each axis, counted "
                "from the last, it would have to be as long, or 1, or not there."
            )
        return np.broadcast_to(x, shape)

    def pull(self, port: int, gy: Any, y: Any, *xs: Any, **settings: Any) -> Any:
        return sum_to(gy, xs[0].shape)


class Reshape(Function):
    """The same elements in another shape."""

    symbol = "⊞"
    group = "Shape"
    numpy = (np.reshape,)

    def forward(self, x: Any, *, shape: Any) -> Any:
        try:
            return np.reshape(x, shape)
        except ValueError:
            raise RunError(
                f"The shape {x.shape} has {x.size} elements, and shape={shape!r} is none for so "
                "many."
            ) from None

    def pull(self, port: int, gy: Any, y: Any, *xs: Any, **settings: Any) -> Any:
        return gy.reshape(xs[0].shape)


class Transpose(Function):
    """The input with its axes in another order, by default the other way round."""

    symbol = "xᵀ"
    group = "Shape"
    numpy = (np.transpose,)

    def forward(self, x: Any, *, axes: Any = None) -> Any:
        if axes is not None and len(axes_of(x, axes)) < x.ndim:
            raise RunError(
                f"axes={axes!r} does not name each of the {x.ndim} axes of the shape {x.shape}."
            )
        return np.transpose(x, axes)

    def pull(self, port: int, gy: Any, y: Any, *xs: Any, **settings: Any) -> Any:
        axes = settings["axes"]
        if axes is None:
            return gy.transpose()
        back = np.argsort([axis % len(axes) for axis in axes])
        return gy.transpose(tuple(int(axis) for axis in back))


class ExpandDims(Function):
    """The input with new axes of the size 1, at the places that they have in the output."""

    symbol = "+1"
    group = "Shape"
    numpy = (np.expand_dims,)

    def forward(self, x: Any, *, axis: Any = 0) -> Any:
        return np.expand_dims(x, new_axes(x, axis))

    def pull(self, port: int, gy: Any, y: Any, *xs: Any, **settings: Any) -> Any:
        return gy.reshape(xs[0].shape)


class Squeeze(Function):
    """The input without axes of the size 1: those that are named, or all."""

    symbol = "→←"
    group = "Shape"
    numpy = (np.squeeze,)

    def forward(self, x: Any, *, axis: Any = None) -> Any:
        if axis is None:
            return np.squeeze(x)
        axes = axes_of(x, axis)
        if any(x.shape[at] != 1 for at in axes):
            ones = [at for at, size in enumerate(x.shape) if size == 1]
            raise RunError(
                f"squeeze takes away axes of the size 1, and axis={axis} of the shape {x.shape} "
                f"is larger; {' and '.join(map(str, ones)) or 'none'} could go."
            )
        return np.squeeze(x, axes)

    def pull(self, port: int, gy: Any, y: Any, *xs: Any, **settings: Any) -> Any:
        return gy.reshape(xs[0].shape)


class Flip(Function):
    """The same elements in the opposite order along axes, or along all."""

    symbol = "⇋"
    group = "Shape"
    numpy = (np.flip,)

    def forward(self, x: Any, *, axis: Any = None) -> Any:
        return np.flip(x, axes_of(x, axis))

    def pull(self, port: int, gy: Any, y: Any, *xs: Any, **settings: Any) -> Any:
        return np.flip(gy, settings["axis"])


class Pad(Function):
    """The input in a frame of one number, as wide at each end of each axis as is told."""

    symbol = "[x]"
    group = "Shape"
    numpy = (np.pad,)

    def forward(
        self, x: Any, *, pad_width: Any, mode: str = "constant", constant_values: float = 0.0
    ) -> Any:
        if mode != "constant":
            raise RunError(f"pad knows mode='constant' alone, not {mode!r}.")
        if np.ndim(constant_values):
            raise RunError("pad takes one number as constant_values, not several.")
        widths = _widths(x, pad_width)
        return np.pad(x, widths, constant_values=constant_values) if widths else x

    def pull(self, port: int, gy: Any, y: Any, *xs: Any, **settings: Any) -> Any:
        x = xs[0]
        before = (first for first, _ in _widths(x, settings["pad_width"]))
        index = (slice(at, at + size) for at, size in zip(before, x.shape, strict=True))
        return gy[tuple(index)]


def new_axes(x: Any, axis: Any) -> tuple[int, ...]:
    """Name the places of new axes in the output, counted from 0.

    Raises
    ------
    RunError
        If there is no such place, or one is named twice.
    """
    wanted = tuple(axis) if isinstance(axis, list | tuple) else (axis,)
    ndim = x.ndim + len(wanted)
    for one in wanted:
        if type(one) is not int or not -ndim <= one < ndim:
            raise RunError(
                f"A new axis of the shape {x.shape} cannot stand at {one}; "
                f"there are places from {-ndim} to {ndim - 1}."
            )
    found = tuple(one % ndim for one in wanted)
    if len(set(found)) < len(found):
        raise RunError(f"axis={axis} names an axis twice, for the shape {x.shape}.")
    return found


def _shape(told: Any) -> tuple[int, ...]:
    """Read a shape that is told as a number or as several."""
    return (told,) if isinstance(told, int) else tuple(told)


def _widths(x: Any, told: Any) -> list[tuple[int, int]]:
    try:
        widths = np.broadcast_to(np.asarray(told), (x.ndim, 2))
    except ValueError:
        widths = np.array(-1)
    if widths.size and (widths.dtype.kind not in "iu" or widths.min() < 0):
        raise RunError(
            f"pad_width={told} does not fit the shape {x.shape}: it is a whole number, a pair of "
            "them (before, after), or such a pair for each axis."
        )
    return [(int(before), int(after)) for before, after in widths]
