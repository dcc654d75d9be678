"""A slider as the app draws it: a thin track and a ring."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSlider, QWidget

from gui.panels.painting import smooth
from gui.theme import theme, themes


class Slider(QSlider):
    """A slider.

    Parameters
    ----------
    name
        What it is called by a screen reader.
    """

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self.setAccessibleName(name)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        themes().changed.connect(self.update)

    def sizeHint(self) -> QSize:
        """Have the size that every place can be hit at."""
        return QSize(112, 28)

    def minimumSizeHint(self) -> QSize:
        """Stay usable in a narrow window."""
        return QSize(64, 28)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - it is small: paint all
        """Paint the track and the ring on it."""
        painter, colours = smooth(QPainter(self)), theme()
        middle, left, right = self.height() / 2, 9.0, self.width() - 9.0
        span = max(self.maximum() - self.minimum(), 1)
        at = left + (right - left) * (self.value() - self.minimum()) / span
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colours.line)
        painter.drawRoundedRect(QRectF(left, middle - 2, right - left, 4), 2, 2)
        painter.setBrush(colours.dim)
        painter.drawRoundedRect(QRectF(left, middle - 2, at - left, 4), 2, 2)
        painter.setPen(QPen(colours.blue if self.hasFocus() else colours.dim, 2))
        painter.setBrush(colours.card)
        painter.drawEllipse(QPointF(at, middle), 7, 7)
        painter.end()
