"""The cells of an array's picture: which element each stands for, and how some are lit."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice, product

import numpy as np
from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPainter

from engine.asking.elements import Elements, Index, Some
from engine.asking.overview import overview, spread, table_shape
from engine.picture.cells import COLUMNS, EDGE, ROWS, cell_counts
from engine.variable import Array
from gui.canvas import paint
from gui.theme import theme

QUIET = 0.72
"""How much of the ground lies over a cell that is not lit."""

FEW = 200
"""Elements that are looked for one by one where a cell stands for many."""


@dataclass(frozen=True, slots=True, eq=False)
class Focus:
    """Which elements of an array are lit.

    Attributes
    ----------
    some
        Them.
    at
        The one that is pointed at, if it is in this array.
    """

    some: Some
    at: Index | None = None

    def cells(self, shape: tuple[int, ...]) -> Array:
        """Tell of each cell of the picture whether it is lit."""
        found = _lit(self.some, shape)
        if not found.any() or self.at is not None:
            # What lies between those that are shown lights the nearest of them.
            for index in _spread_over(self.some):
                found[cell_of(shape, index)] = True
        return found


def _spread_over(some: Some) -> Iterator[Index]:
    """Take some of the elements: of a long row or column, as many as there are cells for."""
    if not isinstance(some, Elements):
        return islice(some, FEW)
    along = zip(some.place, some.shape, strict=True)
    most = max(ROWS, COLUMNS)
    axes = (spread(n, most).tolist() if isinstance(at, slice) else (at,) for at, n in along)
    return islice(product(*axes), FEW)


def _lit(some: Some, shape: tuple[int, ...]) -> Array:
    if not isinstance(some, Elements) or not shape:
        return overview(some.mask, (ROWS, COLUMNS))
    rows, columns = table_shape(shape)
    flat = spread(rows, ROWS)[:, np.newaxis] * columns + spread(columns, COLUMNS)
    found = np.ones(flat.shape, dtype=bool)
    # By index, for a mask of ten million elements would be made at each stroke.
    for along, at in zip(np.unravel_index(flat, shape), some.place, strict=True):
        if not isinstance(at, slice):
            found &= along == at
    return found


def cell_of(shape: tuple[int, ...], index: Index) -> tuple[int, int]:
    """Give row and column of the cell that stands for an element, or is nearest to it.

    Examples
    --------
    >>> cell_of((2, 3), (1, 2)), cell_of((10_000, 3), (9_990, 0)), cell_of((), ())
    ((1, 2), (7, 0), (0, 0))
    """
    rows, columns = table_shape(shape)
    flat = int(np.ravel_multi_index(index, shape)) if shape else 0
    wanted = divmod(flat, max(columns, 1))
    row, column = (
        int(np.abs(spread(count, most) - at).argmin())
        for count, most, at in zip((rows, columns), (ROWS, COLUMNS), wanted, strict=True)
    )
    return row, column


def index_at(area: QRectF, shape: tuple[int, ...], at: QPointF) -> Index | None:
    """Find the element whose cell stands at a point of a picture, frame and all."""
    inner = area.adjusted(EDGE, EDGE, -EDGE, -EDGE)
    if not inner.contains(at):
        return None
    across, down = cell_counts(shape)[1], cell_counts(shape)[0]
    column = min(int((at.x() - inner.left()) / inner.width() * across), across - 1)
    row = min(int((at.y() - inner.top()) / inner.height() * down), down - 1)
    rows, columns = table_shape(shape)
    flat = int(spread(rows, ROWS)[row]) * columns + int(spread(columns, COLUMNS)[column])
    return tuple(map(int, np.unravel_index(flat, shape))) if shape else ()


def next_element(shape: tuple[int, ...], index: Index, x: int, y: int) -> Index | None:
    """Give the element beside one, in the table of its last axis across and all others down.

    Examples
    --------
    >>> next_element((2, 3), (0, 2), 0, 1), next_element((2, 3), (0, 2), 1, 0)
    ((1, 2), None)
    """
    rows, columns = table_shape(shape)
    row, column = divmod(int(np.ravel_multi_index(index, shape)) if shape else 0, max(columns, 1))
    row, column = row + y, column + x
    if not (0 <= row < rows and 0 <= column < columns):
        return None
    return tuple(map(int, np.unravel_index(row * columns + column, shape))) if shape else ()


def entered(shape: tuple[int, ...], index: Index, y: int) -> Index:
    """Give the element that is come to from another array: of the first row or the last one.

    Parameters
    ----------
    index
        The element that is left, whose column is kept.
    y
        1 from above, and -1 from below.

    Examples
    --------
    >>> entered((2, 3), (5, 1), 1), entered((2, 3), (1,), -1), entered((), (1, 2), 1)
    ((0, 1), (1, 1), ())
    """
    if not shape:
        return ()
    rows, columns = table_shape(shape)
    column = min(index[-1] if index else 0, columns - 1)
    flat = (0 if y > 0 else rows - 1) * columns + column
    return tuple(map(int, np.unravel_index(flat, shape)))


def paint_focus(painter: QPainter, area: QRectF, shape: tuple[int, ...], focus: Focus) -> None:
    """Dim the cells of a picture that are not lit, and frame the one that is pointed at."""
    c, inner = theme(), area.adjusted(EDGE, EDGE, -EDGE, -EDGE)
    cells = focus.cells(shape)
    rows, columns = cells.shape
    wide, high = inner.width() / columns, inner.height() / rows
    here = None if focus.at is None else cell_of(shape, focus.at)
    veil = paint.pale(c.card, c.card, 1.0)
    veil.setAlphaF(QUIET)
    framed = list[tuple[QRectF, bool]]()
    for row, column in np.ndindex(rows, columns):
        cell = QRectF(inner.left() + column * wide, inner.top() + row * high, wide, high)
        if not cells[row, column]:
            painter.fillRect(cell, veil)
        else:
            framed.append((cell, (row, column) == here))
    for cell, is_here in sorted(framed, key=lambda each: each[1]):
        frame(painter, cell, is_here=is_here)


def frame(painter: QPainter, area: QRectF, *, is_here: bool) -> None:
    """Frame a lit element, the one that is pointed at more strongly."""
    c = theme()
    ink, width = (c.ink, 1.8) if is_here else (c.glow, 1.2)
    inset = width / 2
    inner = area.adjusted(inset, inset, -inset, -inset)
    paint.box(painter, inner, 1.5, None, paint.pen(ink, width))
