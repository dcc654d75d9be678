"""The minimap: the whole graph in a corner, shown while part of it is out of sight."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt, QTimer
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPaintEvent, QPixmap
from PySide6.QtWidgets import QWidget

from gui.canvas import paint
from gui.canvas.dots import Dots
from gui.canvas.lighting import Light
from gui.canvas.mark_item import ground
from gui.links import Links
from gui.theme import Theme, theme, themes

if TYPE_CHECKING:
    from gui.canvas.stage import Stage

WIDTH, HEIGHT, GAP = 132, 96, 16
LEAST = 1.5
"""Pixels that a block takes at least."""

MANY, LATER = 1_000, 60
"""Blocks from which an edit does not wait for them to be painted here, and the milliseconds until
they are."""


class Minimap(QWidget):
    """A small picture of all blocks with a frame around what is seen; drag the frame to pan."""

    def __init__(self, view: Stage) -> None:
        super().__init__(view.viewport())
        self._view = view
        self.setAccessibleName("Overview")
        self.setToolTip("The whole graph; drag to move the view")
        self.resize(WIDTH, HEIGHT)
        # It covers what is behind it, so that the canvas is not painted anew whenever it is.
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self._shown: tuple[int, float, QPointF, Theme, Light | None] | None = None
        self._picture = QPixmap()
        document = view.canvas.document
        # Once for a verb that changes many blocks, and not once a block.
        self._soon = QTimer(self, singleShot=True, interval=0)
        self._soon.timeout.connect(self.settle)
        self._later = QTimer(self, singleShot=True, interval=LATER)
        self._later.timeout.connect(self._paint_anew)
        self._links = Links(
            (view.viewed, self.settle),
            (view.canvas.light_changed, self._repaint),
            (document.edited, self._settle_soon),
            (themes().changed, self._repaint),
        )
        self._walk = Links()

    def wake(self) -> None:
        """Follow the player."""
        player = self._view.canvas.player
        self._walk = Links(
            (player.recording_changed, self._settle_soon), (player.moved, self._repaint)
        )

    def rest(self) -> None:
        """Follow it no more, because it goes to another document."""
        self._walk.cut()

    def let_go(self) -> None:
        """Stop listening."""
        self._walk.cut()
        self._links.cut()
        self._soon.stop()
        self._later.stop()

    def _repaint(self) -> None:
        self.update()

    def _settle_soon(self) -> None:
        self._soon.start()

    def _paint_anew(self) -> None:
        self._shown = None
        self.update()

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
        painter.fillRect(self.rect(), c.bg)
        paint.box(
            painter, QRectF(self.rect()).adjusted(1, 1, -1, -1), 8, c.panel, paint.pen(c.line)
        )
        scale, origin = self._mapping()
        for item in sorted(canvas.marks.items.values(), key=lambda item: item.zValue()):
            fill = ground(canvas.marks.mark(item.mark).colour, c, strong=True)
            painter.fillRect(_scaled(canvas.marks.rect(item.mark), scale, origin), fill)
        painter.drawPixmap(0, 0, self._blocks(scale, origin, c))
        step = canvas.moment.step
        if step is not None and canvas.has_item(step.block):
            light = c.glow if canvas.moment.is_backward else c.blue
            painter.fillRect(_scaled(canvas.block_rect(step.block), scale, origin), light)
        seen = self._view.visible_rect()
        corner = (seen.topLeft() - origin) * scale
        frame = QRectF(corner.x(), corner.y(), seen.width() * scale, seen.height() * scale)
        fill = QColor(c.blue)
        fill.setAlpha(22)
        inside = QRectF(self.rect()).adjusted(3, 3, -3, -3)
        paint.box(painter, frame.intersected(inside), 3, fill, paint.pen(c.blue, 1.2))

    def _blocks(self, scale: float, origin: QPointF, c: Theme) -> QPixmap:
        """The blocks as they are drawn here, painted anew only when one of them has moved."""
        canvas = self._view.canvas
        shown = (canvas.version, scale, origin, c, canvas.lighting.light)
        if self._shown == shown:
            return self._picture
        looks_alike = self._shown is not None and self._shown[1:] == shown[1:]
        if looks_alike and len(canvas.where.blocks) > MANY:
            if not self._later.isActive():
                self._later.start()
        else:
            self._shown = shown
            boxes = canvas.where.blocks.numbers[:, :4]
            boxes = (boxes - np.array([origin.x(), origin.y()] * 2)) * scale
            tints = np.full(len(boxes), c.dim.rgba(), dtype=np.uint32)
            if canvas.lighting.light is not None:
                lit, _ = canvas.lighting.lit()
                tints[~lit], tints[lit] = paint.pale(c.dim, c.panel, 0.3).rgba(), c.blue.rgba()
                order = np.argsort(lit, kind="stable")  # what is lit goes before the rest
                boxes, tints = boxes[order], tints[order]
            ratio = self.devicePixelRatioF()
            dots = Dots().drawn(boxes, tints, (WIDTH, HEIGHT), ratio, LEAST)
            self._picture = QPixmap.fromImage(dots)
        return self._picture

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


def _scaled(rect: QRectF, scale: float, origin: QPointF) -> QRectF:
    """Draw a block small, but never so small that it cannot be seen."""
    corner = (rect.topLeft() - origin) * scale
    width, height = max(rect.width() * scale, LEAST), max(rect.height() * scale, LEAST)
    return QRectF(corner.x(), corner.y(), width, height)
