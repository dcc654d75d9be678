"""A wire on the canvas, and the pulse along it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath
from PySide6.QtWidgets import QGraphicsItem, QStyleOptionGraphicsItem, QWidget

from engine.graph import Wire
from engine.moment import ARRIVAL
from gui.canvas import geometry, paint
from gui.canvas.item import FAR, VERY_FAR, CanvasItem
from gui.theme import Theme, theme

if TYPE_CHECKING:
    from gui.canvas.scene import CanvasScene


class WireItem(CanvasItem):
    """A wire, with a pulse along it while the walk serves it.

    Attributes
    ----------
    wire
        Which wire.
    """

    def __init__(self, wire: Wire) -> None:
        super().__init__()
        self.wire = wire
        self.setFlag(QGraphicsItem.GraphicsItemFlag.ItemIsSelectable)
        self.path = QPainterPath()
        self._bounds = QRectF()

    def follow(self) -> None:
        """Take both ends from the document."""
        canvas = self.canvas
        start, end = canvas.wire_start(self.wire), canvas.wire_end(self.wire)
        self.prepareGeometryChange()
        self.path = geometry.wire_path(start, end)
        self._bounds = self.path.boundingRect().adjusted(-8, -8, 8, 8)

    def boundingRect(self) -> QRectF:
        """Room for the line and what travels along it."""
        return self._bounds

    def shape(self) -> QPainterPath:
        """The line alone can be hit; the view looks for it with a tolerance of its own."""
        return self.path

    def paint(
        self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None
    ) -> None:
        """Paint the wire as it is at this moment."""
        del widget
        canvas, c = self.canvas, theme()
        zoom = option.levelOfDetailFromTransform(painter.worldTransform())
        painter.setBrush(Qt.BrushStyle.NoBrush)
        selected = self.isSelected() or canvas.aimed_wire == self.wire
        tint = c.dim if zoom < VERY_FAR else line_colour(c, canvas, self.wire)
        colour = c.blue if selected else tint
        painter.setPen(paint.pen(colour, 3.0 if selected else 1.8))
        painter.drawPath(self.path)
        if zoom < FAR:
            return
        moment = canvas.moment
        if self.wire in canvas.travelling():
            share = min(moment.phase / ARRIVAL, 1.0)
            light = c.glow if moment.is_backward else c.blue
            paint.pulse(painter, self.path, share, light, back=moment.is_backward)


def line_colour(c: Theme, canvas: CanvasScene, wire: Wire) -> QColor:
    """Tint a wire with what has passed along it."""
    if canvas.numbers.contribution(wire) is not None:
        return paint.pale(c.orange, c.dim, 0.45)
    if canvas.numbers.value(wire.source) is not None:
        return c.dim
    return paint.pale(c.dim, c.bg, 0.45)
