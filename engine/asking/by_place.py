"""Which elements feed which where that is a matter of their places alone: by arithmetic on indices.

So it is where a Function works element by element, and in sums, products of matrices, and whatever
arranges elements anew. It costs the same for ten million elements as for ten. Any other Function is
tried out, in `feeding.py`.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from engine.asking.elements import ALL, Index, Place, Shape
from engine.function import Function
from engine.functions.linear_algebra import Matmul
from engine.functions.neural import Linear
from engine.functions.reductions import Mean, Sum, axes_of
from engine.functions.shape import BroadcastTo, ExpandDims, Reshape, Squeeze, SumTo, Transpose


def copied_from(at: Sequence[int | slice], shape: Shape) -> Place:
    """Tell which element of an array stands at a place once it has been broadcast.

    Examples
    --------
    >>> copied_from((2, 1), (4,)), copied_from((2, 1), (3, 1))
    ((1,), (2, 0))
    """
    own = at[len(at) - len(shape) :]
    return tuple(0 if size == 1 else each for each, size in zip(own, shape, strict=True))


def copied_to(index: Index, shape: Shape, to: Shape) -> Place:
    """Tell where the copies of an element stand once an array has been broadcast.

    Examples
    --------
    >>> copied_to((1,), (4,), (3, 4)), copied_to((2, 0), (3, 1), (3, 1))
    ((slice(None, None, None), 1), (2, 0))
    """
    new = len(to) - len(shape)
    own = (
        ALL if size == 1 and wide != 1 else each
        for each, size, wide in zip(index, shape, to[new:], strict=True)
    )
    return (*(ALL,) * new, *own)


class ByPlace:
    """Which elements feed which in a block, as its shapes tell it.

    Parameters
    ----------
    shapes
        Those of the inputs.
    shape
        That of the output.
    settings
        Those of the Function.

    Attributes
    ----------
    slope
        How fast what is fed rises with each element that feeds it; None where it depends on values.
    """

    slope: float | None = 1.0

    def __init__(self, shapes: Sequence[Shape], shape: Shape, settings: Mapping[str, Any]) -> None:
        self.shapes, self.shape, self.settings = shapes, shape, settings

    def fed_by(self, at: Index, port: int) -> Place:
        """Tell which elements of an input feed an element of the output."""
        raise NotImplementedError

    def feeds(self, port: int, index: Index) -> Place:
        """Tell which elements of the output are fed by an element of an input."""
        raise NotImplementedError

    def met(self, port: int, other: int, index: Index, at: Sequence[int | slice]) -> Place:
        """Tell what of another input an element of one is multiplied by, if by any of it.

        Parameters
        ----------
        at
            For which elements of the output.
        """
        del port, index
        return copied_from(at, self.shapes[other])


class Elementwise(ByPlace):
    """Each element by itself, inputs broadcast to one shape."""

    slope: float | None = None

    def fed_by(self, at: Index, port: int) -> Place:
        """Tell which elements of an input feed one of the output."""
        return copied_from(at, self.shapes[port])

    def feeds(self, port: int, index: Index) -> Place:
        """Tell which elements of the output one of an input feeds."""
        return copied_to(index, self.shapes[port], self.shape)


class Copied(Elementwise):
    """An array broadcast to another shape."""

    slope = 1.0


class AddedTo(ByPlace):
    """An array added up to the shape that it would have been broadcast from."""

    def fed_by(self, at: Index, port: int) -> Place:
        """Tell which elements of an input feed one of the output."""
        return copied_to(at, self.shape, self.shapes[port])

    def feeds(self, port: int, index: Index) -> Place:
        """Tell which elements of the output one of an input feeds."""
        del port
        return copied_from(index, self.shape)


class Added(ByPlace):
    """Elements added up along axes."""

    @property
    def axes(self) -> tuple[int, ...]:
        """The axes that are gone, counted from 0."""
        return axes_of(np.broadcast_to(0.0, self.shapes[0]), self.settings["axis"])

    def fed_by(self, at: Index, port: int) -> Place:
        """Tell which elements of an input feed one of the output."""
        axes, rest = self.axes, iter(at)
        if self.settings["keepdims"]:
            return tuple(ALL if axis in axes else each for axis, each in enumerate(at))
        ndim = len(self.shapes[port])
        return tuple(ALL if axis in axes else next(rest) for axis in range(ndim))

    def feeds(self, port: int, index: Index) -> Place:
        """Tell which elements of the output one of an input feeds."""
        del port
        if self.settings["keepdims"]:
            return tuple(0 if axis in self.axes else each for axis, each in enumerate(index))
        return tuple(each for axis, each in enumerate(index) if axis not in self.axes)


class Averaged(Added):
    """Means of elements along axes."""

    def __init__(self, shapes: Sequence[Shape], shape: Shape, settings: Mapping[str, Any]) -> None:
        super().__init__(shapes, shape, settings)
        self.slope = 1 / max(math.prod(shapes[0][axis] for axis in self.axes), 1)


class Reshaped(ByPlace):
    """The same elements, in the same order, in another shape."""

    def fed_by(self, at: Index, port: int) -> Place:
        """Tell which elements of an input feed one of the output."""
        return _moved(at, self.shape, self.shapes[port])

    def feeds(self, port: int, index: Index) -> Place:
        """Tell which elements of the output one of an input feeds."""
        return _moved(index, self.shapes[port], self.shape)


class Transposed(ByPlace):
    """The same elements with the axes in another order."""

    @property
    def axes(self) -> list[int]:
        """Of each axis of the output, which one of the input it was."""
        ndim, axes = len(self.shape), self.settings["axes"]
        return [axis % ndim for axis in axes] if axes is not None else list(range(ndim))[::-1]

    def fed_by(self, at: Index, port: int) -> Place:
        """Tell which elements of an input feed one of the output."""
        del port
        return tuple(at[self.axes.index(axis)] for axis in range(len(at)))

    def feeds(self, port: int, index: Index) -> Place:
        """Tell which elements of the output one of an input feeds."""
        del port
        return tuple(index[axis] for axis in self.axes)


class Multiplied(ByPlace):
    """A product of matrices, of vectors or of stacks of them, perhaps with a row added to it."""

    slope = None

    def _parts(self, at: Sequence[int | slice]) -> tuple[Place, Place, Place]:
        """Part a place of the output: in the stack, in the rows, in the columns."""
        rows, columns = (int(len(shape) > 1) for shape in self.shapes[:2])
        stack = len(at) - rows - columns
        return tuple(at[:stack]), tuple(at[stack : stack + rows]), tuple(at[stack + rows :])

    def of_row(self, at: Sequence[int | slice], middle: int | slice) -> Place:
        """Tell which elements of the first input stand in the row of a place of the output."""
        stack, row, _ = self._parts(at)
        own = self.shapes[0][: len(self.shapes[0]) - len(row) - 1]
        return (*copied_from(stack, own), *row, middle)

    def of_column(self, at: Sequence[int | slice], middle: int | slice) -> Place:
        """Tell which elements of the second one stand in the column of such a place."""
        stack, _, column = self._parts(at)
        own = self.shapes[1][: len(self.shapes[1]) - len(column) - 1]
        return (*copied_from(stack, own), middle, *column)

    def fed_by(self, at: Index, port: int) -> Place:
        """Tell which elements of an input feed one of the output."""
        if port > 1:
            return copied_from(at, self.shapes[port])
        return (self.of_row, self.of_column)[port](at, ALL)

    def feeds(self, port: int, index: Index) -> Place:
        """Tell which elements of the output one of an input feeds."""
        shape = self.shapes[port]
        if port > 1:
            return copied_to(index, shape, self.shape)
        stack, row, column = self._parts((ALL,) * len(self.shape))
        matrix = 2 if len(shape) > 1 else 1
        own, inner = index[: len(index) - matrix], index[len(index) - matrix :]
        begin = copied_to(own, shape[: len(own)], self.shape[: len(stack)])
        if port == 0:
            return (*begin, *inner[:-1], *column)
        return (*begin, *row, *inner[1:])

    def middle(self, port: int, index: Index) -> int:
        """Tell at which place of the axis that is added up over an element stands."""
        return index[-1] if port == 0 or len(self.shapes[port]) == 1 else index[-2]

    def met(self, port: int, other: int, index: Index, at: Sequence[int | slice]) -> Place:
        """Tell what of the other matrix an element of one is multiplied by."""
        met = self.of_row if other == 0 else self.of_column
        return met(at, self.middle(port, index))


def _moved(index: Index, shape: Shape, to: Shape) -> Place:
    if not shape:
        return (0,) * len(to)
    flat = np.ravel_multi_index(index, shape)
    return tuple(map(int, np.unravel_index(flat, to))) if to else ()


KINDS: dict[type[Function], type[ByPlace]] = {
    BroadcastTo: Copied,
    SumTo: AddedTo,
    Sum: Added,
    Mean: Averaged,
    Reshape: Reshaped,
    ExpandDims: Reshaped,
    Squeeze: Reshaped,
    Transpose: Transposed,
    Matmul: Multiplied,
    Linear: Multiplied,
}
"""The Functions that are not elementwise, and yet go by places alone."""
