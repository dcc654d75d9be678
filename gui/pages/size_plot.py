"""Sizes of values and gradients by depth: a dot for each Variable, inputs at the left."""

from __future__ import annotations

import math
from collections.abc import Callable

import numpy as np
from PySide6.QtCore import QPointF, Qt, Signal
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPen, QPixmap

from engine.asking.size_dots import AXES, Dots, Picture
from gui.pages.plotting import Plot
from gui.panels.painting import smooth
from gui.panels.visibility import is_pictured
from gui.theme import theme

HEIGHT = 260

SIZE = 14
"""Pixels of the picture of a dot."""

REACH = 9
"""Pixels from a dot within which it is hit."""


NO_DOTS = Dots(np.empty(0), np.empty(0), [])


class SizePlot(Plot):
    """The plot.

    Attributes
    ----------
    picture
        What it shows.

    Signals
    -------
    block_pointed
        The id of a block whose dot was clicked.
    """

    block_pointed = Signal(str)

    def __init__(self) -> None:
        super().__init__("Sizes of values and gradients by depth", HEIGHT)
        self.picture = Picture(NO_DOTS, NO_DOTS, NO_DOTS, 1, 0.0, 1.0)
        self.setMouseTracking(True)
        self.name_axes(*AXES)

    def show_picture(self, picture: Picture) -> None:
        """Draw a dot for each Variable; exactly 0 has a cross of its own at the bottom."""
        self.picture = picture
        self.across, self.up = picture.across, picture.up
        self.update()

    def draw_dots(self, painter: QPainter) -> None:
        """Draw values as triangles, gradients as discs, and those of exactly 0 as crosses."""
        c, found = theme(), self.picture
        half = QPointF(SIZE / 2, SIZE / 2)
        for dots, draw, colour in (
            (found.values, _triangle, c.blue),
            (found.gradients, _disc, c.orange),
            (found.zeros, _cross, c.bad),
        ):
            if is_pictured(self):
                for spot in self.spots(dots.places):
                    painter.save()
                    painter.translate(spot)
                    draw(painter, colour)
                    painter.restore()
                continue
            picture = self._pictured(draw, colour)
            for spot in self.spots(dots.places):
                painter.drawPixmap(spot - half, picture)

    def block_at(self, place: QPointF) -> str | None:
        """Give the block of the dot at a place, the nearest; what is drawn last comes first."""
        best, nearest = None, REACH
        for dots in (self.picture.zeros, self.picture.gradients, self.picture.values):
            if dots.blocks:
                far = np.hypot(*(self.points(dots.places) - (place.x(), place.y())).T)
                at = int(far.argmin())
                if far[at] < nearest:
                    best, nearest = dots.blocks[at], far[at]
        return best

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Point at the block of a dot."""
        block = self.block_at(event.position())
        if block is not None and event.button() == Qt.MouseButton.LeftButton:
            self.block_pointed.emit(block)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Tell that a dot can be clicked."""
        if self.block_at(event.position()) is None:
            self.unsetCursor()
        else:
            self.setCursor(Qt.CursorShape.PointingHandCursor)

    def _pictured(self, draw: Callable[[QPainter, QColor], None], colour: QColor) -> QPixmap:
        """Draw a dot once, to be put wherever there is one."""
        scale = self.devicePixelRatioF()
        picture = QPixmap(math.ceil(SIZE * scale), math.ceil(SIZE * scale))
        picture.setDevicePixelRatio(scale)
        picture.fill(Qt.GlobalColor.transparent)
        painter = smooth(QPainter(picture))
        painter.translate(SIZE / 2, SIZE / 2)
        draw(painter, colour)
        painter.end()
        return picture


def _triangle(painter: QPainter, colour: QColor) -> None:
    painter.setPen(QPen(theme().sel, 1))
    painter.setBrush(colour)
    painter.drawPolygon([QPointF(0, -5.5), QPointF(5.5, 4.5), QPointF(-5.5, 4.5)])


def _disc(painter: QPainter, colour: QColor) -> None:
    painter.setPen(QPen(theme().sel, 1))
    painter.setBrush(colour)
    painter.drawEllipse(QPointF(0, 0), 5, 5)


def _cross(painter: QPainter, colour: QColor) -> None:
    painter.setPen(QPen(colour, 2, c=Qt.PenCapStyle.RoundCap))
    painter.drawLine(QPointF(-4, -4), QPointF(4, 4))
    painter.drawLine(QPointF(-4, 4), QPointF(4, -4))
