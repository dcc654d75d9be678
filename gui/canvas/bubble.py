"""A sentence on the canvas that goes away by itself: what was done, or why it could not be."""

from __future__ import annotations

import math

from PySide6.QtCore import QPoint, Qt, QTimer
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QLabel, QWidget

from gui.theme import font

SHORTEST, A_CHARACTER = 2500, 55
"""Milliseconds that it stays at least, and in addition for each character."""

WIDEST, EDGES, A_WORD = 340, 34, 36
"""Pixels of a bubble, of what is around its text, and of a word that goes on to the next line."""


class Bubble(QLabel):
    """One bubble for a canvas; a new sentence takes the place of the old one."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._canvas = parent
        self.setAccessibleName("Message")
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(True)
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.setFont(font(13))
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._timer = QTimer(self, singleShot=True)
        self._timer.timeout.connect(self._go)
        self.hide()

    def say(self, sentence: str, at: QPoint, ink: QColor, ground: QColor) -> None:
        """Show a sentence with the middle of its upper edge at a point, kept inside the canvas."""
        self.setStyleSheet(
            f"background: {ground.name()}; color: {ink.name()};"
            f"border: 1px solid {ink.name()}; border-radius: 9px; padding: 8px 12px;"
        )
        self.setText(sentence)
        self.setMaximumWidth(WIDEST)
        # In lines of about the same length: no word is left for a line of its own.
        long = self.fontMetrics().horizontalAdvance(sentence)
        lines = math.ceil(long / (WIDEST - EDGES - A_WORD)) if long + EDGES > WIDEST else 1
        width = min(math.ceil(long / lines) + EDGES + (A_WORD if lines > 1 else 0), WIDEST)
        self.resize(width, self.heightForWidth(width))
        room = self._canvas.rect().adjusted(8, 8, -8, -8)
        corner = at - QPoint(self.width() // 2, 0)
        x = min(max(corner.x(), room.left()), max(room.right() - self.width(), room.left()))
        y = min(max(corner.y(), room.top()), max(room.bottom() - self.height(), room.top()))
        self.move(x, y)
        self.raise_()
        self.show()
        self._timer.start(SHORTEST + A_CHARACTER * len(sentence))

    def keep(self) -> None:
        """Stay until something else is said, or until it is hidden."""
        self._timer.stop()

    def _go(self) -> None:
        self.hide()
