"""Two walks side by side, a row a step."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from itertools import accumulate

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import (
    QColor,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import QWidget

from engine.asking.side_by_side import Cell, Row
from gui.canvas.array_picture import paint_picture
from gui.pages.broken_lines import LONGEST
from gui.pages.broken_rows import AIR, GAP, LINE, Broken, Lines, broken, picture_size, spoken
from gui.panels.painting import fill, focus_ring, head_font, smooth, walk_colours, write
from gui.theme import font, theme, themes

HEAD, SIGN = 24, 20
"""Height of the line above the rows, and width of the sign between the two sides."""

REST = 150
"""Milliseconds without other numbers after which all rows are looked at."""

SLICE = 200
"""Rows that are broken into lines between two looks at the mouse and the keyboard."""

LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter


class BesideView(QWidget):
    """The rows; one can be chosen, by mouse or with the arrow keys.

    What is too long for a line is broken before a sign. Thousands of rows are broken slice by slice
    and shown once all of them are, while the window goes on.

    Parameters
    ----------
    name
        What it is called by a screen reader.
    heads
        What stands above the left and the right side.
    backward
        Which way of the walk its steps belong to.

    Signals
    -------
    chosen
        The index of the row that a person wants to see on the canvas.
    """

    chosen = Signal(int)

    def __init__(
        self,
        name: str,
        heads: tuple[str, str],
        *,
        backward: bool = True,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._heads = heads
        self._backward = backward
        self._rows: Sequence[Row] = ()
        self._broken: list[Broken] = []
        self._stale: set[int] = set()
        self._tops: list[int] = [HEAD]
        self._coming: Sequence[Row] = ()
        self._made: list[Broken] = []
        self._room = 0.0
        self._soon = QTimer(self, singleShot=True, interval=0)
        self._soon.timeout.connect(self._break_slice)
        self._rest = QTimer(self, singleShot=True, interval=REST)
        self._rest.timeout.connect(self._look_at_all)
        self._at = -1
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAccessibleName(name)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        themes().changed.connect(self.update)

    def show_rows(self, rows: Sequence[Row], *, alike: bool = False) -> None:
        """Show other rows.

        Parameters
        ----------
        alike
            Whether they are the same with other numbers, as while one is slid: those that are out
            of sight are then looked at once they are scrolled to, or once it rests.
        """
        self._coming = rows
        if not alike or self._soon.isActive() or len(rows) != len(self._broken):
            self._look_at_all()
            return
        self._rows, self._stale = rows, set(range(len(rows)))
        seen = self.visibleRegion().boundingRect()
        for at in self._rows_between(seen.top(), seen.bottom()):
            self._break_anew(at)
        self._place()
        self._rest.start()

    def _look_at_all(self) -> None:
        """Look at each row, whether it is in sight or not."""
        self._rest.stop()
        self.setAccessibleDescription("; ".join(spoken(row)[:LONGEST] for row in self._coming[:60]))
        self._break_lines()

    def _break_anew(self, at: int) -> None:
        """Break a row that has other numbers now."""
        self._stale.discard(at)
        self._broken[at] = broken(self._rows[at], self._room)

    def _place(self) -> None:
        """Put the rows below each other."""
        tops = list(accumulate((row.height for row in self._broken), initial=HEAD))
        if tops[-1] != self._tops[-1]:
            self.setMinimumHeight(tops[-1])
            self.updateGeometry()
        self._tops = tops
        self.update()

    def _rows_between(self, top: int, bottom: int) -> range:
        """Tell which rows stand between two heights."""
        first = max(bisect_right(self._tops, top) - 1, 0)
        return range(first, min(bisect_right(self._tops, bottom), len(self._rows)))

    def _break_lines(self) -> None:
        """Find out over how many lines each row goes at this width."""
        self._made, self._room = [], self._half - 8
        self._break_slice()

    @property
    def is_breaking(self) -> bool:
        """Whether there are rows that are broken in the turns of the loop to come."""
        return self._soon.isActive()

    def go_on(self) -> None:
        """Break some of them here and now."""
        self._break_slice()

    def _break_slice(self) -> None:
        """Break some rows more; once it was the last of them, show all."""
        begin = len(self._made)
        rows = self._coming[begin : begin + SLICE]
        self._made += [broken(row, self._room) for row in rows]
        if len(self._made) < len(self._coming):
            self._soon.start()
            return
        self._soon.stop()
        self._rows, self._broken, self._stale = self._coming, self._made, set()
        self._place()

    @property
    def _half(self) -> float:
        """Width of either side."""
        return (self.width() - SIGN) / 2

    def light(self, at: int) -> None:
        """Light the row of the step that the walk stands on; -1 for none."""
        if at != self._at:
            self._at = at
            self.update()

    def sizeHint(self) -> QSize:
        """Be as high as all rows."""
        return QSize(240, self._tops[-1])

    def row_area(self, at: int) -> QRectF:
        """Give where a row stands."""
        return QRectF(0, self._tops[at], self.width(), self._tops[at + 1] - self._tops[at] - 2)

    @property
    def lit_area(self) -> QRectF | None:
        """Where the lit row stands; None if none is lit."""
        return self.row_area(self._at) if 0 <= self._at < len(self._rows) else None

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Break the lines anew."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._break_lines()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Choose the row that is clicked."""
        at = bisect_right(self._tops, int(event.position().y())) - 1
        if 0 <= at < len(self._rows):
            self.chosen.emit(at)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Choose the next row, or the one before."""
        by = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()), 0)
        if by and 0 <= self._at + by < len(self._rows):
            self.chosen.emit(self._at + by)
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the rows that are in sight."""
        painter, c = smooth(QPainter(self)), theme()
        half = self._half
        for text, left in zip(self._heads, (8.0, half + SIGN), strict=True):
            write(painter, QRectF(left, 0, half - 8, HEAD - 4), text, head_font(), c.dim, LEFT)
        for at in self._rows_between(event.rect().top(), event.rect().bottom()):
            if at in self._stale:
                self._break_anew(at)
            self._paint_row(painter, at, half)
        if self.hasFocus():
            focus_ring(painter, QRectF(self.rect()), 8)
        painter.end()

    def _paint_row(self, painter: QPainter, at: int, half: float) -> None:
        c, row, area = theme(), self._rows[at], self.row_area(at)
        if at == self._at:
            strong, pale = walk_colours(c, backward=self._backward)
            fill(painter, area, 7, pale, strong)
        elif row.parts:
            fill(painter, area, 7, c.bad_bg, c.bad)
        those, inks = self._broken[at], (c.ink, c.bad if row.differs else c.ink)
        below = AIR / 2 + LINE * (those.heads + those.numbers)
        for left, cell, lines, ink in zip(
            (8.0, half + SIGN),
            (row.left, row.right),
            (those.left, those.right),
            inks,
            strict=True,
        ):
            beside = QRectF(left, area.top(), half - 8, area.height())
            _paint_cell(painter, beside, lines, those.heads, ink)
            self._paint_arrays(painter, beside.adjusted(0, below, 0, 0), cell)
        if row.differs:
            sign = QRectF(half, area.top() + AIR / 2, SIGN, LINE)
            write(painter, sign, "≠", font(13, bold=True), c.bad)

    def _paint_arrays(self, painter: QPainter, area: QRectF, cell: Cell) -> None:
        """Paint the arrays of a cell, one below the other."""
        at = area.topLeft()
        for array in cell.arrays:
            size = picture_size(array, area.width())
            paint_picture(painter, QRectF(at, size), array, backward=self._backward)
            at += QPointF(0, size.height() + GAP)


def _paint_cell(painter: QPainter, area: QRectF, lines: Lines, heads: int, ink: QColor) -> None:
    line = QRectF(area.left(), area.top() + AIR / 2 - 1, area.width(), LINE)
    for texts, face, down in (
        (lines[0], font(12, bold=True), 0),
        (lines[1], font(11.5, code=True), heads),
    ):
        for at, text in enumerate(texts):
            write(painter, line.translated(0, LINE * (down + at)), text, face, ink, LEFT)
