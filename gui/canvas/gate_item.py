"""Where a wire comes from or goes to, outside the group whose inside is looked at."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPainterPath, QPen
from PySide6.QtWidgets import QStyleOptionGraphicsItem, QWidget

from gui.canvas import paint
from gui.canvas.item import FAR, CanvasItem
from gui.theme import font, theme

HEIGHT, NARROWEST, WIDEST = 34.0, 48.0, 150.0


class GateItem(CanvasItem):
    """A dashed pill with the name of what is outside.

    Parameters
    ----------
    words
        What it says.
    at
        Where its wire is, in the middle of its right or left end.
    comes_in
        Whether the wire comes from here, and does not end here.
    """

    def __init__(self, words: str, at: QPointF, *, comes_in: bool) -> None:
        super().__init__()
        self.words = words
        self.setZValue(0.9)  # over its wire
        self.setPos(at)
        width = QFontMetricsF(font(14, italic=True)).horizontalAdvance(words) + 28
        width = min(max(width, NARROWEST), WIDEST)
        self._box = QRectF(-width if comes_in else 0.0, -HEIGHT / 2, width, HEIGHT)

    @property
    def outline(self) -> QRectF:
        """The pill, in its own coordinates."""
        return self._box

    def boundingRect(self) -> QRectF:
        """Room for the pill and its line."""
        return self._box.adjusted(-2, -2, 2, 2)

    def shape(self) -> QPainterPath:
        """It cannot be hit: what it stands for is elsewhere."""
        return QPainterPath()

    def paint(
        self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None
    ) -> None:
        """Paint the pill."""
        del widget
        c = theme()
        dashed = QPen(c.dim, 1.3, Qt.PenStyle.DashLine)
        paint.box(painter, self._box, HEIGHT / 2, c.bg, dashed)
        if option.levelOfDetailFromTransform(painter.worldTransform()) >= FAR:
            inner = self._box.adjusted(10, 0, -10, 0)
            paint.text(painter, inner, self.words, font(14, italic=True), c.dim)
