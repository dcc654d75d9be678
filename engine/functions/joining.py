"""Arrays put together along an axis, and taken apart."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from engine.errors import RunError
from engine.function import Function
from engine.functions.indexing import put_back
from engine.functions.reductions import axes_of
from engine.functions.shape import new_axes
from engine.signatures import bound


class Concatenate(Function):
    """The inputs one behind the other along an axis that they have; with axis=None, flattened."""

    symbol = "⧺"
    group = "Shape"
    numpy = (np.concatenate,)

    def forward(self, *xs: Any, axis: Any = 0) -> Any:
        if axis is None:
            return np.concatenate(xs, axis=None)
        first = xs[0]
        (at,) = axes_of(first, axis)
        for x in xs:
            if x.ndim != first.ndim or _without(x, at) != _without(first, at):
                raise RunError(
                    f"concatenate takes shapes that differ along the axis {axis} alone, "
                    f"not {first.shape} and {x.shape}."
                )
        return np.concatenate(xs, axis=at)

    def pull(self, port: int, gy: Any, y: Any, *xs: Any, **settings: Any) -> Any:
        x, axis = xs[port], settings["axis"]
        if axis is None:
            before = sum(other.size for other in xs[:port])
            return gy[before : before + x.size].reshape(x.shape)
        (at,) = axes_of(x, axis)
        before = sum(other.shape[at] for other in xs[:port])
        return gy[_along(at, before, before + x.shape[at])]


class Stack(Function):
    """The inputs, all of one shape, side by side along a new axis."""

    symbol = "≣"
    group = "Shape"
    numpy = (np.stack,)

    def forward(self, *xs: Any, axis: int = 0) -> Any:
        for x in xs:
            if x.shape != xs[0].shape:
                raise RunError(
                    f"stack takes inputs of one shape, not of {xs[0].shape} and {x.shape}."
                )
        (at,) = new_axes(xs[0], axis)
        return np.stack(xs, axis=at)

    def pull(self, port: int, gy: Any, y: Any, *xs: Any, **settings: Any) -> Any:
        (at,) = new_axes(xs[port], settings["axis"])
        return gy[(*_along(at, None, None)[:-1], port)]


class Split(Function):
    """One part of the input, cut along an axis into equal sections or at places."""

    symbol = "x|x"
    group = "Shape"
    numpy = (np.split,)

    def forward(self, x: Any, *, sections: Any = 2, axis: int = 0, at: int = 0) -> Any:
        return x[_part(x, sections, axis, at)]

    def pull(self, port: int, gy: Any, y: Any, *xs: Any, **settings: Any) -> Any:
        x = xs[0]
        index = _part(x, settings["sections"], settings["axis"], settings["at"])
        return put_back(gy, index, x.shape)

    @classmethod
    def apply(cls, *args: Any, **settings: Any) -> Any:
        # NumPy's own gives all parts at once; one is what a block can give.
        inputs, settings = bound(cls, args, settings)
        if "at" in settings:
            return cls(**settings)(*inputs)
        sections = settings.get("sections", 2)
        count = sections if isinstance(sections, int) else len(sections) + 1
        return [cls(**settings, at=at)(*inputs) for at in range(count)]


def _without(x: Any, axis: int) -> tuple[int, ...]:
    return (*x.shape[:axis], *x.shape[axis + 1 :])


def _along(axis: int, start: int | None, stop: int | None) -> tuple[slice, ...]:
    return (*[slice(None)] * axis, slice(start, stop))


def _part(x: Any, sections: Any, axis: Any, at: Any) -> tuple[slice, ...]:
    """Give the index of one part."""
    if not isinstance(axis, int):
        raise RunError(f"split cuts along one axis, and axis={axis!r} is none.")
    (along,) = axes_of(x, axis)
    size = x.shape[along]
    cuts = _cuts(x, sections, axis, size)
    count = len(cuts) - 1
    if type(at) is not int or not -count <= at < count:
        raise RunError(f"There is no part {at}; there are: from {-count} to {count - 1}.")
    at %= count
    return _along(along, cuts[at], cuts[at + 1])


def _cuts(x: Any, sections: Any, axis: int, size: int) -> Sequence[int | None]:
    if isinstance(sections, int) and not isinstance(sections, bool):
        if sections < 1 or size % sections:
            fit = [n for n in range(1, min(size, 64) + 1) if size % n == 0]
            raise RunError(
                f"The axis {axis} of the shape {x.shape} cannot be split into {sections} equal "
                f"sections; {' or '.join(map(str, fit)) or 'any number above 0'} would do."
            )
        step = size // sections
        return [step * n for n in range(sections + 1)]
    places = sections.tolist() if isinstance(sections, np.ndarray) else sections
    if not isinstance(places, list | tuple) or any(type(place) is not int for place in places):
        raise RunError(f"sections={sections!r} is neither a number of parts nor a list of places.")
    return [0, *places, None]
