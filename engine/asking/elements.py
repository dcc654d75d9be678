"""Some elements of an array: those at a place, or those of a mask."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product
from typing import TypeAlias

import numpy as np

from engine.variable import Array

Index = tuple[int, ...]
Shape = tuple[int, ...]

Place: TypeAlias = tuple[int | slice, ...]
"""Where elements are: along each axis, at one place or all along it."""

ALL = slice(None)


@dataclass(frozen=True, slots=True, eq=False)
class Elements:
    """Some elements of an array, of which no list is made before one is asked for.

    Attributes
    ----------
    shape
        Shape of the array.
    place
        Where they are.

    Examples
    --------
    >>> row = Elements((2, 3), (0, ALL))
    >>> row.count, list(row), row.run("x")
    (3, [(0, 0), (0, 1), (0, 2)], 'x[0, :]')
    """

    shape: Shape
    place: Place

    @property
    def count(self) -> int:
        """How many there are."""
        along = zip(self.place, self.shape, strict=True)
        return math.prod(size for at, size in along if isinstance(at, slice))

    @property
    def mask(self) -> Array:
        """A mask of the shape of the array."""
        mask = np.zeros(self.shape, dtype=bool)
        mask[self.place] = True
        return mask

    def __iter__(self) -> Iterator[Index]:
        """Go through their indices, in order."""
        along = zip(self.place, self.shape, strict=True)
        return product(*(range(n) if isinstance(at, slice) else (at,) for at, n in along))

    def run(self, name: str) -> str:
        """Name a row, a column or the like of an array; empty if it is none."""
        along = list(zip(self.place, self.shape, strict=True))
        long = [isinstance(at, slice) and size > 1 for at, size in along]
        if sum(long) > 1 or not self.count:
            return ""
        if not along:
            return name
        told = (
            ":" if is_long else "0" if isinstance(at, slice) else str(at)
            for (at, _), is_long in zip(along, long, strict=True)
        )
        return f"{name}[{', '.join(told)}]"


@dataclass(frozen=True, slots=True, eq=False)
class Masked:
    """Some elements of an array that is not too large, by a mask.

    Examples
    --------
    >>> row = Masked(np.array([[True, True], [False, False]]))
    >>> row.count, list(row), row.run("x")
    (2, [(0, 0), (0, 1)], 'x[0, :]')
    """

    mask: Array

    @property
    def count(self) -> int:
        """How many there are."""
        return int(np.count_nonzero(self.mask))

    def __iter__(self) -> Iterator[Index]:
        """Go through their indices, in order."""
        return (tuple(map(int, at)) for at in np.argwhere(self.mask))

    def run(self, name: str) -> str:
        """Name a row, a column or the like of an array; empty if it is none."""
        mask = self.mask
        axes = range(mask.ndim)
        held = [np.flatnonzero(mask.any(axis=tuple(a for a in axes if a != b))) for b in axes]
        place = tuple(
            int(at[0]) if len(at) == 1 else ALL if len(at) == size else None
            for at, size in zip(held, mask.shape, strict=True)
        )
        if any(at is None for at in place):
            return ""
        found = Elements(mask.shape, tuple(at for at in place if at is not None))
        return found.run(name) if found.count == self.count else ""


Some: TypeAlias = Elements | Masked
"""Some elements, however they are known."""
