"""The minimap: the whole graph in a corner, shown while part of it is out of sight."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from gui.canvas import paint
from gui.links import Links
from gui.theme import theme, themes

if TYPE_CHECKING:
    from gui.canvas.view import CanvasView

WIDTH, HEIGHT, GAP = 132, 96, 16


class Minimap(QWidget):
    """A small picture of all blocks with a frame around what is seen; drag the frame to pan."""

    def __init__(self, view: CanvasView) -> None:
        super().__init__(view.viewport())
        self._view = view
        self.setAccessibleName("Overview")
        self.setToolTip("The whole graph; drag to move the view")
        self.resize(WIDTH, HEIGHT)
        document = view.canvas.document
        self._links = Links(
            (view.viewed, self.settle),
            (document.block_added, self.settle),
            (document.block_removed, self.settle),
            (document.block_moved, self.settle),
            (view.canvas.player.moved, self.update),
            (themes().changed, self.update),
        )

    def let_go(self) -> None:
        """Stop listening."""
        self._links.cut()

    def settle(self) -> None:
        """Stand in the corner, if there is something out of sight."""
        room = self._view.viewport().rect()
        self.move(room.width() - WIDTH - GAP, room.height() - HEIGHT - GAP)
        content = self._view.canvas.content_rect()
        seen = self._view.visible_rect()
        self.setVisible(not content.isEmpty() and not seen.contains(content))
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the blocks and the frame."""
        del event
        c, canvas = theme(), self._view.canvas
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        paint.box(
            painter, QRectF(self.rect()).adjusted(1, 1, -1, -1), 8, c.panel, paint.pen(c.line)
        )
        scale, origin = self._mapping()
        light = c.glow if canvas.moment.is_backward else c.blue
        step = canvas.moment.step
        active = step.block if step is not None else None
        for item in canvas.block_items():
            outline = item.outline.translated(item.pos())
            colour = light if item.block == active else c.dim
            corner = (outline.topLeft() - origin) * scale
            painter.fillRect(
                QRectF(
                    corner.x(),
                    corner.y(),
                    max(outline.width() * scale, 1.5),
                    max(outline.height() * scale, 1.5),
                ),
                colour,
            )
        seen = self._view.visible_rect()
        corner = (seen.topLeft() - origin) * scale
        frame = QRectF(corner.x(), corner.y(), seen.width() * scale, seen.height() * scale)
        fill = QColor(c.blue)
        fill.setAlpha(22)
        inside = QRectF(self.rect()).adjusted(3, 3, -3, -3)
        paint.box(painter, frame.intersected(inside), 3, fill, paint.pen(c.blue, 1.2))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Look where the pointer is."""
        scale, origin = self._mapping()
        at = event.position() / scale + origin
        self._view.shift(self._view.visible_rect().center() - at)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Follow the pointer."""
        self.mousePressEvent(event)

    def _mapping(self) -> tuple[float, QPointF]:
        """Scale, and the scene point that falls on the widget's corner."""
        whole = self._view.canvas.content_rect().united(self._view.visible_rect())
        whole = whole.adjusted(-40, -40, 40, 40)
        scale = min(WIDTH / whole.width(), HEIGHT / whole.height())
        spare = QPointF(WIDTH / scale - whole.width(), HEIGHT / scale - whole.height()) / 2
        return scale, whole.topLeft() - spare
