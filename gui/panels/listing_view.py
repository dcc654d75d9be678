"""The code behind the walk, with the line that runs lit."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import (
    QColor,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextOption,
    QWheelEvent,
)
from PySide6.QtWidgets import QFrame, QSizePolicy, QTextEdit, QVBoxLayout, QWidget

from engine.listing import Listing
from gui.measuring import width_of
from gui.panels.painting import fill, smooth, walk_colours
from gui.panels.visibility import show_if
from gui.theme import font, theme, themes

LINE = 20
"""Height of a line."""

EDGE = 8
"""Pixels above the first line and below the last."""

LIFT = 3
"""Pixels that the letters of a line are lifted."""

ALL_LINES = 1000
"""More lines than any code has."""

SIDE = 12
"""Pixels to the left of the code."""


class Code(QTextEdit):
    """The text of the code, to be read and copied; what is behind it shines through."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setReadOnly(True)
        self.setAccessibleName("Code")
        self.setToolTip("The code that this step runs; the lit line is running")
        self.setTabChangesFocus(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setLineWrapMode(QTextEdit.LineWrapMode.NoWrap)
        self.setWordWrapMode(QTextOption.WrapMode.NoWrap)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.document().setDocumentMargin(0)
        self.viewport().setAutoFillBackground(False)

    def show_code(self, lines: tuple[str, ...], ink: QColor) -> None:
        """Show other code, in a colour."""
        self.clear()
        spaced = QTextBlockFormat()
        spaced.setLineHeight(LINE, QTextBlockFormat.LineHeightTypes.FixedHeight.value)
        cursor = QTextCursor(self.document())
        # In one go: each format that is given afterwards has all lines set anew.
        cursor.setBlockFormat(spaced)
        cursor.insertText("\n".join(lines), _written(ink))

    def dye(self, ink: QColor) -> None:
        """Write in another colour."""
        cursor = QTextCursor(self.document())
        cursor.select(QTextCursor.SelectionType.Document)
        cursor.mergeCharFormat(_written(ink))

    def light(self, line: int, ink: QColor) -> None:
        """Write one line in a stronger colour."""
        lit = QTextEdit.ExtraSelection()
        lit.cursor = QTextCursor(self.document().findBlockByNumber(line))
        lit.cursor.select(QTextCursor.SelectionType.LineUnderCursor)
        lit.format = _written(ink)
        self.setExtraSelections([lit])

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Leave the wheel to the panel: all lines are shown."""
        event.ignore()


def _written(ink: QColor) -> QTextCharFormat:
    written = QTextCharFormat()
    written.setForeground(ink)
    return written


class ListingView(QWidget):
    """The code on its ground."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._listing: Listing | None = None
        self._backward = False
        self._most = ALL_LINES
        self._code = Code()
        column = QVBoxLayout(self)
        # A line of fixed height has its letters at its foot; this lifts them to its middle.
        column.setContentsMargins(SIDE, EDGE - LIFT, 2, EDGE + LIFT)
        column.addWidget(self._code)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        themes().changed.connect(self._recolour)
        self.hide()

    def set_most(self, lines: int) -> None:
        """Show at most so many lines at a time, the running one among them; with 0, nothing."""
        if lines != self._most:
            self._most = lines
            show_if(self, lines > 0 and self._listing is not None)
            self.updateGeometry()
            self._scroll()

    @property
    def first(self) -> int:
        """Index of the first line that is shown."""
        if self._listing is None:
            return 0
        hidden = max(len(self._listing.lines) - self._most, 0)
        return min(max(self._listing.running - self._most // 2, 0), hidden)

    def show_listing(self, listing: Listing | None, *, backward: bool) -> None:
        """Show other code, or light another line of it."""
        if (listing, backward) == (self._listing, self._backward):
            return
        before, self._listing, self._backward = self._listing, listing, backward
        show_if(self, listing is not None and self._most > 0)
        if listing is None:
            return
        if before is None or before.lines is not listing.lines:
            self._code.show_code(listing.lines, theme().dim)
            self._fit()
            self.updateGeometry()
        running = listing.lines[listing.running].strip()
        self._code.setAccessibleDescription(f"Running: {running}")
        self._code.light(listing.running, theme().ink)
        self._scroll()

    def sizeHint(self) -> QSize:
        """Show as many lines as there may be."""
        return QSize(300, self.height_of(self._most))

    def height_of(self, lines: int) -> int:
        """Say how high at most so many lines are; nothing where there is no code, or none of it."""
        if self._listing is None or not lines:
            return 0
        return min(len(self._listing.lines), lines) * LINE + 2 * EDGE

    def minimumSizeHint(self) -> QSize:
        """Let the panel be narrow."""
        return QSize(120, self.sizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Write smaller where the longest line would not fit."""
        super().resizeEvent(event)
        self._fit()
        self._scroll()

    def _scroll(self) -> None:
        self._code.verticalScrollBar().setValue(self.first * LINE)
        self.update()

    def _fit(self) -> None:
        if self._listing is None:
            return
        longest = max(self._listing.lines, key=len)
        room = self.width() - SIDE - 4
        sizes = [
            size for size in (12.5, 12, 11, 10) if width_of(longest, font(size, code=True)) <= room
        ]
        self._code.setFont(font(sizes[0] if sizes else 10, code=True))

    def _recolour(self) -> None:
        colours = theme()
        self._fit()  # the style sheet of another theme takes the font away
        if self._listing is not None:
            self._code.dye(colours.dim)
            self._code.light(self._listing.running, colours.ink)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - a few strokes
        """Paint the ground and the lit line."""
        painter, colours = smooth(QPainter(self)), theme()
        fill(painter, QRectF(self.rect()), 10, colours.code, colours.line)
        if self._listing is not None:
            strong, pale = walk_colours(colours, backward=self._backward)
            top = EDGE + (self._listing.running - self.first) * LINE
            fill(painter, QRectF(4, top, self.width() - 8, LINE), 3, pale)
            bar = colours.glow if self._backward else strong
            painter.fillRect(QRectF(4, top, 3, LINE), bar)
        painter.end()
