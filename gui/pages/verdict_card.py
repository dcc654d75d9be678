"""A sentence that says how something has turned out, on a ground that says the same."""

from __future__ import annotations

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from gui.panels.labels import Prose
from gui.panels.painting import fill, smooth
from gui.theme import font, theme, themes


class VerdictCard(QWidget):
    """The card: green and a tick where all is well, red and a cross where it is not."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._good = True
        self._sentence = Prose(font(13), "ink")
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 10, 12, 10)
        column.addWidget(self._sentence)
        themes().changed.connect(self.update)

    def show_verdict(self, sentence: str, *, good: bool) -> None:
        """Say something else."""
        self._good = good
        self._sentence.show_text(f"{'✓' if good else '✗'} {sentence}")
        self.setAccessibleName(sentence)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - a few strokes
        """Paint the ground, and the bar at the left."""
        painter, c, area = smooth(QPainter(self)), theme(), QRectF(self.rect())
        fill(painter, area, 10, c.ok_bg if self._good else c.bad_bg)
        fill(painter, QRectF(0, 10, 3, area.height() - 20), 1.5, c.ok if self._good else c.bad)
        painter.end()
