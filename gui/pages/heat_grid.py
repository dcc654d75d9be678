"""An array as a picture: a cell an element, coloured by size, with its number where that fits."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
    QGuiApplication,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import QWidget

from engine.asking.elements import Index
from engine.asking.overview import corner, table_shape
from engine.picture.cells import largest_of
from engine.values import source_text, value_text
from engine.variable import Array
from gui.cells import cell_ground, cell_sign, cell_text
from gui.contrast import ink_on
from gui.measuring import width_of
from gui.panels.painting import focus_ring, smooth, write
from gui.theme import font, mixed, theme, themes

TALL, LOW, NARROWEST, WIDEST = 26.0, 14.0, 9.0, 58.0
"""Height of a cell with a number and without; how narrow and how wide one may be."""

COMFORTABLE = 42
"""Width of a cell in which a number of two or three digits has room, with its sign and noughts."""

MOST_ROWS, MOST_COLUMNS = 24, 32
"""Cells that are shown where there is a whole page for them."""

MOST_COPIED = 100_000
"""Elements up to which all of an array is copied: more could not be pasted anywhere."""

PARTING = 4.0
"""Gap between two matrices of an array with more axes."""

MODIFIERS = (
    Qt.KeyboardModifier.ShiftModifier
    | Qt.KeyboardModifier.ControlModifier
    | Qt.KeyboardModifier.AltModifier
)

STEPS = {
    Qt.Key.Key_Left: (0, -1),
    Qt.Key.Key_Right: (0, 1),
    Qt.Key.Key_Up: (-1, 0),
    Qt.Key.Key_Down: (1, 0),
}


@dataclass(frozen=True, slots=True)
class Sheet:
    """An array laid out in rows and columns.

    Attributes
    ----------
    shape
        Shape of the array.
    rows, columns
        All there are.
    block
        Rows after which a new matrix begins; all rows if there is just one.
    """

    shape: tuple[int, ...]
    rows: int
    columns: int
    block: int

    @classmethod
    def of(cls, shape: tuple[int, ...]) -> Sheet:
        """Lay out a shape: its last axis across, all others down.

        Examples
        --------
        >>> Sheet.of(()), Sheet.of((2, 3, 4)).rows
        (Sheet(shape=(), rows=1, columns=1, block=1), 6)
        """
        rows, columns = table_shape(shape)
        return cls(shape, rows, columns, shape[-2] if len(shape) > 1 else rows)

    def index(self, row: int, column: int) -> Index:
        """Give the index of the element at a place."""
        if not self.shape:
            return ()
        return tuple(map(int, np.unravel_index(row * self.columns + column, self.shape)))


class HeatGrid(QWidget):
    """The picture. A cell can be pointed at, by mouse or with the arrow keys.

    Parameters
    ----------
    most
        Rows and columns that are shown; of a larger array, the corner, and how much more there is.

    Signals
    -------
    pointed
        Index of the element that is pointed at, a tuple; None if none is.
    """

    pointed = Signal(object)

    def __init__(
        self, most: tuple[int, int] = (MOST_ROWS, MOST_COLUMNS), parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._most = most
        self._array: Array = np.zeros(())
        self._sheet = Sheet.of(())
        self._mask: Array | None = None
        self._open: Array | None = None
        self._at: tuple[int, int] | None = None
        self._backward = False
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        themes().changed.connect(self.update)

    def show_array(
        self, name: str, array: Array, *, backward: bool, left_open: Array | None = None
    ) -> None:
        """Show another array: a value in blue, or a gradient in orange.

        The element that is pointed at stays so where only numbers have changed.

        Parameters
        ----------
        left_open
            A mask of the elements that are asked for: none of them is given away.
        """
        if left_open is not None:
            array = np.where(left_open, np.nan, array)
        called = f"{name}, shape {array.shape}"
        if called != self.accessibleName():
            self._at = None
        self._array, self._sheet = array, Sheet.of(array.shape)
        self._mask, self._backward, self._open = None, backward, left_open
        self.setAccessibleName(called)
        self.setAccessibleDescription(value_text(array))
        self.setToolTip("Arrow keys go from element to element; Ctrl+C copies all as NumPy text")
        self.updateGeometry()
        self.update()

    def light(self, mask: Array | None) -> None:
        """Light the elements of a mask, and dim all others; None lights all."""
        self._mask = mask
        self.update()

    @property
    def at(self) -> Index | None:
        """Index of the element that is pointed at."""
        return None if self._at is None else self._sheet.index(*self._at)

    def copy_text(self) -> str:
        """Give the array as NumPy text, with all its digits; of a huge one, what is shown."""
        if self._array.size <= MOST_COPIED:
            return f"np.array({source_text(self._array)})"
        rows, columns = self._shown
        of = f"# the first {rows:,} × {columns:,} of {self._array.size:,} elements"
        return f"{of}\nnp.array({source_text(corner(self._array, (rows, columns)))})"

    # Sizes

    @property
    def _shown(self) -> tuple[int, int]:
        return min(self._sheet.rows, self._most[0]), min(self._sheet.columns, self._most[1])

    @property
    def _cell(self) -> tuple[float, float]:
        columns = max(self._shown[1], 1)
        width = min(max((self.width() - 2) / columns, NARROWEST), WIDEST)
        return width, TALL if self._has_numbers(width) else LOW

    def _has_numbers(self, width: float) -> bool:
        return width >= 4 + width_of("0.00", font(11, code=True))

    @property
    def wanted_width(self) -> int:
        """Pixels in which all columns that are shown have room for their numbers."""
        return max(self._shown[1], 1) * COMFORTABLE + 2

    @property
    def natural_width(self) -> int:
        """Pixels in which its cells are as wide as they ever are."""
        return round(self._shown[1] * WIDEST) + 2

    def sizeHint(self) -> QSize:
        """Be as high as all rows that are shown."""
        rows, columns = self._shown
        more = 18 if (rows, columns) != (self._sheet.rows, self._sheet.columns) else 0
        return QSize(60, round(self._area(max(rows, 1) - 1, 0).bottom() + more + 2))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Have another height where the cells have another width."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.updateGeometry()

    def minimumSizeHint(self) -> QSize:
        """Need a little width."""
        return QSize(60, self.sizeHint().height())

    def _area(self, row: int, column: int) -> QRectF:
        width, height = self._cell
        top = row * height + row // max(self._sheet.block, 1) * PARTING
        return QRectF(1 + column * width, 1 + top, width, height)

    # Pointing

    def point(self, index: Index | None) -> None:
        """Point at an element, if it is among those that are shown; at none without one."""
        rows, columns = self._shown
        at = None
        if index is not None:
            flat = int(np.ravel_multi_index(index, self._array.shape)) if index else 0
            at = divmod(flat, max(self._sheet.columns, 1))
        self._at = at if at is not None and at[0] < rows and at[1] < columns else None
        self.update()

    def _place(self, at: QPointF) -> tuple[int, int] | None:
        rows, columns = self._shown
        width, _ = self._cell
        column = int((at.x() - 1) // width)
        for row in range(rows):
            if self._area(row, 0).top() <= at.y() < self._area(row, 0).bottom():
                return (row, column) if 0 <= column < columns else None
        return None

    def _point(self, at: tuple[int, int] | None) -> None:
        if at != self._at:
            self._at = at
            self.pointed.emit(self.at)
            self.update()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Point at the element under the mouse."""
        self._point(self._place(event.position()))

    def leaveEvent(self, event: QEvent) -> None:
        """Point at nothing."""
        del event
        self._point(None)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Point at nothing."""
        super().focusOutEvent(event)
        self._point(None)

    def event(self, event: QEvent) -> bool:
        """Keep the arrow keys and Copy from the window, which would step and copy blocks."""
        if event.type() is QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            is_arrow = Qt.Key(event.key()) in STEPS and not event.modifiers() & MODIFIERS
            if is_arrow or event.matches(QKeySequence.StandardKey.Copy):
                event.accept()
                return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go from element to element, and copy."""
        rows, columns = self._shown
        by = STEPS.get(Qt.Key(event.key()))
        if event.matches(QKeySequence.StandardKey.Copy):
            QGuiApplication.clipboard().setText(self.copy_text())
        elif by is not None and rows and columns:
            row, column = self._at or (0, 0)
            if self._at is not None:
                row, column = row + by[0], column + by[1]
            self._point((min(max(row, 0), rows - 1), min(max(column, 0), columns - 1)))
        elif event.key() == Qt.Key.Key_Escape and self._at is not None:
            self._point(None)
        else:
            super().keyPressEvent(event)

    # Painting

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the cells that are in sight."""
        painter, c = smooth(QPainter(self)), theme()
        rows, columns = self._shown
        if not self._array.size:
            start = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
            write(painter, QRectF(self.rect()), "empty", font(12), c.dim, start)
        seen = corner(self._array, (rows, columns))
        largest = largest_of(seen)
        for row in range(rows):
            if event.rect().intersects(self._area(row, 0).toRect().adjusted(0, 0, 9999, 0)):
                for column in range(columns):
                    self._paint_cell(painter, row, column, float(seen[row, column]), largest)
        self._paint_more(painter)
        if self.hasFocus():
            last = self._area(max(rows - 1, 0), max(columns - 1, 0))
            focus_ring(painter, QRectF(0, 0, last.right() + 1, last.bottom() + 1), 4)
        painter.end()

    def _paint_cell(
        self, painter: QPainter, row: int, column: int, value: float, largest: float
    ) -> None:
        c, area = theme(), self._area(row, column).adjusted(0.5, 0.5, -0.5, -0.5)
        if self._open is not None and self._open[self._sheet.index(row, column)]:
            self._paint_open(painter, area)
            return
        ground = cell_ground(value, largest, c, backward=self._backward)
        ink = ink_on(ground, c)
        quiet = self._mask is not None and not self._mask[self._sheet.index(row, column)]
        if quiet:
            ground = mixed(ground, c.panel, 0.7)
        painter.fillRect(area, ground)
        if self._has_numbers(area.width() + 1):
            ink = mixed(c.ink, c.panel, 0.6) if quiet else ink
            room = area.adjusted(1, 0, -1, 0)
            write(painter, room, cell_text(value, room.width()), font(11, code=True), ink)
        else:
            cell_sign(painter, area, value, c)
        self._paint_edge(painter, area, lit=self._mask is not None and not quiet, at=(row, column))

    def _paint_open(self, painter: QPainter, area: QRectF) -> None:
        """Paint a cell whose number is asked for."""
        c = theme()
        painter.fillRect(area, c.card)
        write(painter, area, "?", font(13, bold=True), c.orange if self._backward else c.blue)
        painter.setPen(QPen(c.glow, 2))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(area.adjusted(1, 1, -1, -1))

    def _paint_edge(
        self, painter: QPainter, area: QRectF, *, lit: bool, at: tuple[int, int]
    ) -> None:
        c = theme()
        edge: QColor | None = c.glow if lit else None
        if at == self._at:
            edge = c.ink
        if edge is not None:
            painter.setPen(QPen(edge, 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(area.adjusted(1, 1, -1, -1))

    def _paint_more(self, painter: QPainter) -> None:
        rows, columns = self._shown
        if (rows, columns) == (self._sheet.rows, self._sheet.columns):
            return
        last = self._area(max(rows - 1, 0), 0)
        area = QRectF(1, last.bottom(), self.width() - 2, 18)
        text = f"… {self._array.size:,} elements in all"
        write(painter, area, text, font(11), theme().dim, Qt.AlignmentFlag.AlignLeft)
