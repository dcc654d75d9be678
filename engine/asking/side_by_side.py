"""Rows of two cells: what a step says in one walk, and what stands beside it."""

from __future__ import annotations

from dataclasses import dataclass, field

from engine.picture.cells import LONGEST, MATRIX
from engine.variable import Array


@dataclass(frozen=True, slots=True)
class Cell:
    """One step of a walk.

    Attributes
    ----------
    block
        Id of the block that is served; "" where there is none.
    head
        What it is, in a few words.
    numbers
        Its numbers, a line each.
    arrays
        Those of its arrays that are too large to be written out, to be shown as pictures.
    """

    block: str
    head: str
    numbers: tuple[str, ...]
    arrays: tuple[Array, ...] = field(default=(), compare=False)


@dataclass(frozen=True, slots=True)
class Row:
    """Two cells.

    Attributes
    ----------
    left, right
        The two.
    differs
        Whether the right one is not what it should be.
    parts
        Whether it is the first that is not.
    """

    left: Cell
    right: Cell
    differs: bool = False
    parts: bool = False

    @property
    def lines(self) -> int:
        """Lines of numbers that it takes."""
        return max(len(self.left.numbers), len(self.right.numbers))


def pictured(*values: Array | None) -> tuple[Array, ...]:
    """Choose the arrays that cannot be written out in a line.

    Examples
    --------
    >>> import numpy as np
    >>> [value.shape for value in pictured(np.ones(()), None, np.ones((2, 3)), np.ones(2))]
    [(2, 3)]
    """
    return tuple(
        value
        for value in values
        if value is not None and value.size and (value.size > LONGEST or value.ndim > MATRIX)
    )
