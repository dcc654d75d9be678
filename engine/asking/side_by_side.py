"""Rows of two cells: what a step says in one walk, and what stands beside it."""

from __future__ import annotations

from dataclasses import dataclass


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
    """

    block: str
    head: str
    numbers: tuple[str, ...]


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
