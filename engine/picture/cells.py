"""A value as a small picture, where it is too large to be written out: its cells, and as SVG."""

from __future__ import annotations

import math
from collections.abc import Iterator
from html import escape

import numpy as np

from engine.asking.overview import overview, table_shape
from engine.document import Place
from engine.picture import marks
from engine.picture.sizes import DIGIT, number_width
from engine.values import value_text
from engine.variable import Array

ROWS, COLUMNS = 8, 12
"""Cells of a picture at most; of a larger array, so many rows and columns, evenly spread."""

LONGEST, MATRIX = 4, 2
"""Elements and axes of an array that is written out where there is room."""

CELL = 18.0
"""Height of a cell at most; it may be half as wide again."""

EDGE, ROUND = 2.0, 4.0
"""Width of the frame around the cells, and its corners."""

PALEST, STRONGEST = 0.05, 0.6
"""Part of the walk's colour in the smallest and in the largest element."""

TYPE, NUMBER, LINE = 10, 34.0, 14.0
"""Size of the numbers in cells, and how wide and how high a cell is with one."""

LEVELS = 12
"""Strengths that the cells of an SVG are told apart by: those of one level are one path."""

TOLD = 24
"""Elements of an array that are told where a pointer rests on its picture."""


def is_pictured(value: Array, room: float) -> bool:
    """Tell whether a value is shown as a picture, because it cannot be written out."""
    if not (value.ndim and value.size):
        return False
    if value.size > LONGEST or value.ndim > MATRIX:
        return True
    return number_width(value_text(value, 3, LONGEST)) > room


def shape_text(value: Array) -> str:
    """Write the shape of an array.

    Examples
    --------
    >>> shape_text(np.zeros((2, 10_000)))
    '2×10,000'
    """
    return "×".join(f"{size:,}" for size in value.shape)


def cell_counts(shape: tuple[int, ...]) -> tuple[int, int]:
    """Tell how many rows and columns of cells the picture of an array has.

    Examples
    --------
    >>> cell_counts((2, 3)), cell_counts((10_000, 1_000))
    ((2, 3), (8, 12))
    """
    rows, columns = table_shape(shape)
    return max(min(rows, ROWS), 1), max(min(columns, COLUMNS), 1)


def picture_size(shape: tuple[int, ...], width: float, height: float) -> tuple[float, float]:
    """Give the size of the picture of an array that fits into some room, frame and all.

    Examples
    --------
    >>> picture_size((2, 3), 128.0, 44.0)
    (58.0, 40.0)
    """
    rows, columns = cell_counts(shape)
    high = min((height - 2 * EDGE) / rows, CELL)
    wide = min((width - 2 * EDGE) / columns, 1.5 * high, CELL)
    return columns * wide + 2 * EDGE, rows * high + 2 * EDGE


def largest_of(cells: Array) -> float:
    """Give the size of the largest finite element, by which the strength of all is measured."""
    finite = np.abs(cells[np.isfinite(cells)])
    return float(finite.max(initial=0.0)) or 1.0


def strength(value: float, largest: float) -> float:
    """Tell how much of the walk's colour is in a cell, from 0 to 1."""
    return PALEST + (STRONGEST - PALEST) * abs(value) / largest if value else 0.0


class Cells:
    """The picture of an array as SVG, in some room.

    However large the array is, no more than `ROWS` times `COLUMNS` elements of it are looked at.

    Parameters
    ----------
    value
        The array.
    width, height
        The room.

    Attributes
    ----------
    size
        Width and height of the picture. It is as wide as its numbers need, where all of them fit:
        on the canvas a person comes nearer to read them; a page is seen from where it is.
    """

    def __init__(self, value: Array, width: float, height: float) -> None:
        self._value, self._cells = value, overview(value, (ROWS, COLUMNS))
        rows, columns = self._cells.shape
        self._words = tuple[str, ...]()
        self.size = picture_size(value.shape, width, height)
        if self._cells.size == value.size and rows * LINE + 2 * EDGE <= height:
            words = [value_text(np.asarray(number), 3) for number in self._cells.flat]
            cell = max(NUMBER, max(map(len, words)) * TYPE * DIGIT + 4)
            if columns * cell + 2 * EDGE <= width:
                self._words = tuple(words)
                self.size = columns * cell + 2 * EDGE, rows * LINE + 2 * EDGE

    def svg(self, middle: Place, kind: str) -> str:
        """Draw it; a kind is "v" for a value and "g" for a gradient."""
        rows, columns = self._cells.shape
        left, top = middle.x - self.size[0] / 2 + EDGE, middle.y - self.size[1] / 2 + EDGE
        cell = (self.size[0] - 2 * EDGE) / columns, (self.size[1] - 2 * EDGE) / rows
        scale = f"translate({left:g} {top:g}) scale({cell[0]:.5g} {cell[1]:.5g})"
        ground = f'<path d="M0 0h{columns}v{rows}h-{columns}z" class="under"/>'
        drawn = (
            f"<title>{escape(_told(self._value))}</title>",
            marks.box(middle, *self.size, ROUND, "edge"),
            f'<g transform="{scale}">{ground}{"".join(_shades(self._cells))}</g>',
            _grid(rows, columns, Place(left, top), cell),
            *(self._numbers(Place(left, top), cell) or _signs(self._cells, Place(left, top), cell)),
        )
        return f'<g class="{kind} cells">{"".join(drawn)}</g>'

    def outline(self, middle: Place, kind: str) -> str:
        """Draw the outline of one that has just come to be."""
        return f'<g class="{kind}">{marks.box(middle, *self.size, ROUND, "lit")}</g>'

    def _numbers(self, corner: Place, cell: tuple[float, float]) -> list[str]:
        columns = self._cells.shape[1]
        found = []
        for at, words in enumerate(self._words):
            row, column = divmod(at, columns)
            middle = Place(corner.x + (column + 0.5) * cell[0], corner.y + (row + 0.5) * cell[1])
            found.append(marks.text(middle, words, "", TYPE))
        return found


def _told(value: Array) -> str:
    shape = shape_text(value)
    if value.size > TOLD:
        return f"{shape} numbers"
    return f"{shape}: {value_text(value, 5, TOLD)}"


def _shades(cells: Array) -> Iterator[str]:
    """Fill the cells, a unit wide and high each, those of a level with one path."""
    largest = largest_of(cells)
    levels: dict[int, list[str]] = {}
    for row, line in enumerate(cells.tolist()):
        before = None
        for at, value in enumerate(line):
            is_number = math.isfinite(value)
            share = strength(value, largest) / STRONGEST if is_number else 0.0
            level = round(share * LEVELS) if is_number else -1
            if level == before:  # the stretch goes on
                start, length = levels[level][-1].split("h")
                levels[level][-1] = f"{start}h{int(length) + 1}"
            else:
                levels.setdefault(level, []).append(f"M{at} {row}.5h1")
            before = level
    for level, strokes in sorted(levels.items()):
        if level:
            shade = f'stroke-opacity="{STRONGEST * level / LEVELS:.2g}"'
            look = 'class="no"' if level < 0 else shade
            yield f'<path d="{"".join(strokes)}" {look}/>'


def _grid(rows: int, columns: int, corner: Place, cell: tuple[float, float]) -> str:
    """Draw the lines between cells."""
    (x, y), (wide, high) = corner, cell
    across = [f"M{x:g} {y + at * high:.5g}h{columns * wide:.5g}" for at in range(1, rows)]
    down = [f"M{x + at * wide:.5g} {y:g}v{rows * high:.5g}" for at in range(1, columns)]
    lines = "".join(across + down)
    return f'<path d="{lines}" class="grid"/>' if lines else ""


def _signs(cells: Array, corner: Place, cell: tuple[float, float]) -> list[str]:
    """Strike negative elements through, and cross out what is no number."""
    inset = 0.2 * min(cell)
    across, up = cell[0] - 2 * inset, cell[1] - 2 * inset
    negative, none = list[str](), list[str]()
    for row, line in enumerate(cells.tolist()):
        for at, value in enumerate(line):
            left, low = corner.x + at * cell[0] + inset, corner.y + (row + 1) * cell[1] - inset
            stroke = f"M{left:.5g} {low:.5g}l{across:.3g} {-up:.3g}"
            if math.isnan(value):
                none.append(f"{stroke}m{-across:.3g} 0l{across:.3g} {up:.3g}")
            elif value < 0:
                negative.append(stroke)
    kinds = ((negative, "sign"), (none, "sign no"))
    return [f'<path d="{"".join(found)}" class="{kind}"/>' for found, kind in kinds if found]
