"""Rows of two walks side by side, broken into lines: how high each is, and how it is spoken."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QSizeF

from engine.asking.side_by_side import Cell, Row
from engine.picture.cells import EDGE, NUMBER, cell_counts
from engine.variable import Array
from gui.pages.broken_lines import fitted
from gui.theme import font

LINE, AIR, GAP = 18, 8, 5
"""Heights of a line in a row, the room around its lines, and that below a picture."""

WIDE, CELL, LOW = 56.0, 15.0, 9.0
"""Width of a cell in a picture of an array, and its height with a number and without."""

Lines = tuple[list[str], list[str]]
"""Of a cell, the lines of its head and of its numbers."""


@dataclass(frozen=True, slots=True)
class Broken:
    """A row, broken into lines.

    Attributes
    ----------
    left, right
        The lines of its cells.
    heads, numbers
        How many lines either takes of each kind.
    pictures
        Pixels that the pictures of its arrays take, below the lines.
    """

    left: Lines
    right: Lines
    heads: int
    numbers: int
    pictures: float

    @property
    def height(self) -> int:
        """How high it is."""
        return LINE * (self.heads + self.numbers) + round(self.pictures) + AIR


def picture_size(array: Array, width: float) -> QSizeF:
    """Say how large the picture of an array is: as wide as its numbers need, if there is room."""
    rows, columns = cell_counts(array.shape)
    wide = min(WIDE, (width - 2 * EDGE) / columns)
    return QSizeF(columns * wide + 2 * EDGE, rows * (CELL if wide >= NUMBER else LOW) + 2 * EDGE)


def broken(row: Row, width: float) -> Broken:
    """Break a row into lines, and count those of the heads and those of the numbers."""
    left = _lines(row.left, width)
    right = left if row.right is row.left else _lines(row.right, width)
    heads, numbers = (max(len(left[part]), len(right[part])) for part in (0, 1))
    pictures = max(
        sum(picture_size(array, width).height() + GAP for array in cell.arrays)
        for cell in (row.left, row.right)
    )
    return Broken(left, right, heads, numbers, pictures)


def _lines(cell: Cell, width: float) -> Lines:
    face = font(11.5, code=True)
    numbers = [line for text in cell.numbers for line in fitted(text, face, width)]
    return fitted(cell.head, font(12, bold=True), width), numbers


def spoken(row: Row) -> str:
    """Tell a row to a person who does not see it."""
    left, right = (", ".join((c.head, *c.numbers)) for c in (row.left, row.right))
    if row.left == row.right:
        return f"{left} by both"
    return f"{left}, but at the right {right}" if row.differs else f"{left}, {right}"
