"""Sizes of values and gradients by depth: a dot for each Variable, inputs at the left."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable
from dataclasses import dataclass

import numpy as np
from PySide6.QtCore import QPointF, Qt, Signal
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPen, QPixmap

from engine.asking.gradient_map import Spot
from engine.asking.scales import Scale
from engine.variable import Array
from gui.pages.plotting import Plot
from gui.panels.painting import smooth
from gui.panels.visibility import is_pictured
from gui.theme import theme

HEIGHT = 260

BELOW = 1.5
"""How far below the smallest, in powers of ten, a gradient of exactly 0 is drawn, if there is
one."""

CELLS = 100
"""Along each side of the plot, places of a dot that can be told apart."""

SIZE = 14
"""Pixels of the picture of a dot."""

REACH = 9
"""Pixels from a dot within which it is hit."""


@dataclass(frozen=True, slots=True, eq=False)
class Dots:
    """Dots of one kind.

    Attributes
    ----------
    x, y
        Where they stand.
    blocks
        Ids of what they stand for.
    """

    x: Array
    y: Array
    blocks: list[str]

    @property
    def places(self) -> Array:
        """The same, a row each."""
        return np.stack((self.x, self.y), axis=1)


@dataclass(frozen=True, slots=True, eq=False)
class Picture:
    """What the plot shows.

    Attributes
    ----------
    values, gradients, zeros
        Sizes of values, of gradients, and gradients of exactly 0. Of dots that would hide each
        other, one.
    deepest
        Blocks from an input, at most.
    low, high
        Ends of the axis of sizes.
    """

    values: Dots
    gradients: Dots
    zeros: Dots
    deepest: int
    low: float
    high: float


def picture_of(spots: Iterable[Spot]) -> Picture:
    """Find where the dots of all Variables stand; it may be called on any thread."""
    blocks = [spot.block for spot in spots]
    x = np.array([spot.depth for spot in spots], dtype=np.float64)
    values = np.array([spot.value for spot in spots])
    gradients = np.array([spot.gradient for spot in spots])
    sizes = np.concatenate([values, gradients])
    sizes = sizes[np.isfinite(sizes)]
    low, high = (float(sizes.min()), float(sizes.max())) if sizes.size else (0.0, 0.0)
    bottom = np.full(len(blocks), low - BELOW)
    area = max(float(x.max(initial=1.0)), 1.0), low - BELOW, high

    def dots(y: Array, there: Array) -> Dots:
        at = _told_apart(x, y, np.flatnonzero(there), area)
        return Dots(x[at], y[at], [blocks[each] for each in at])

    return Picture(
        dots(values, np.isfinite(values)),
        dots(gradients, np.isfinite(gradients)),
        dots(bottom, gradients == -math.inf),
        int(x.max(initial=0.0)) if blocks else 1,
        low - (BELOW + 0.5 if (gradients == -math.inf).any() else 1.0),
        high + 1.0,
    )


def _told_apart(x: Array, y: Array, at: Array, area: tuple[float, float, float]) -> Array:
    """Choose one of the dots of each cell, where there are more of them than cells along a side."""
    if at.size <= CELLS:
        return at
    deepest, low, high = area
    columns = np.round(x[at] / deepest * 2 * CELLS)
    rows = np.round((y[at] - low) / (high - low) * CELLS)
    _, first = np.unique(columns * (CELLS + 1) + rows, return_index=True)
    found: Array = at[np.sort(first)]
    return found


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
        self.name_axes("blocks from an input", "size, power of ten")

    def show_picture(self, picture: Picture) -> None:
        """Draw a dot for each Variable; exactly 0 has a cross of its own at the bottom."""
        self.picture = picture
        # Blocks are counted: there is nothing at half of one.
        self.across = Scale(-0.5, picture.deepest + 0.5, least=1.0)
        self.up = Scale(picture.low, picture.high)
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
