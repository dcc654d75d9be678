"""What all plots have in common: a ground, two axes with round numbers, and a grid."""

from __future__ import annotations

import math
from collections.abc import Iterator

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen, QPixmap, QPolygonF, QResizeEvent
from PySide6.QtWidgets import QWidget
from shiboken6 import VoidPtr

from engine.arrays import FLOAT64
from engine.asking.scales import Mark, Scale
from engine.variable import Array
from gui.ground import EXPLANATION_WIDTH
from gui.measuring import width_of
from gui.panels.clipping import begin_cut, end_cut
from gui.panels.painting import fill, smooth, write
from gui.panels.visibility import is_pictured
from gui.theme import font, mixed, theme, themes

RADIUS = 8
TOP, RIGHT, BOTTOM = 28, 16, 38
"""Room around the area of a plot: for the name of one axis, and for the numbers and the name of the
other."""

LEFT, STEP = 36, 8
"""Room for the numbers on the left: at least, and by how much it grows, so that it seldom does."""

NARROW = EXPLANATION_WIDTH - 42
"""Width that is left of the narrowest side panel for a plot."""

LINE = 16
"""Height of a line of text."""

GAP = 6
"""Between the area and a number."""

APART = 26
"""Pixels from one number on the left to the next, at least."""

MOST = 6
"""Gaps between numbers at the bottom, at most."""

FAR = 1e4
"""Pixels beyond which nothing is drawn: a painter knows no infinity."""

STEPS = 1, 2, 4, 8
"""Over how many points it is looked whether a line is straight."""

STRAIGHT = 0.1
"""Pixels from a chord up to which a line counts as straight."""

START = Scale(0.0, 1.0)


class Plot(QWidget):
    """A plot in the colours and fonts of the app.

    Who draws one says how in `draw_lines`, of which the area shows its part, and in `draw_dots`,
    which may stand over the edge.

    Parameters
    ----------
    name
        What it is called by a screen reader.
    height
        In device-independent pixels, where it is as wide as in the narrowest side panel; where it
        is wider, it is higher, too.

    Attributes
    ----------
    across, up
        The scales.
    """

    def __init__(self, name: str, height: int) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self._least = height
        self.setFixedHeight(height)
        self.setMinimumWidth(LEFT + RIGHT + MOST * LINE)
        self.across: Scale = START
        self.up: Scale = START
        self._names = "", ""
        self._area = QRectF()
        self._area_key: tuple[object, ...] = ()
        self._ground = QPixmap()
        self._ground_key: tuple[object, ...] = ()
        themes().changed.connect(self.update)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the form: as much higher as it is wider."""
        super().resizeEvent(event)
        self.setFixedHeight(round(self._least * max(event.size().width() / NARROW, 1.0)))

    def name_axes(self, across: str, up: str) -> None:
        """Name the two axes."""
        self._names = across, up
        self.update()

    @property
    def area(self) -> QRectF:
        """Where the axes reach."""
        key = self.width(), self.height(), self.up
        if key != self._area_key:
            self._area_key, self._area = key, self._found_area()
        return self._area

    def _found_area(self) -> QRectF:
        height = self.height() - TOP - BOTTOM
        widest = max([width_of(text, font(11)) for _, text in self._marks_up(height)], default=0.0)
        left = LEFT + STEP * max(math.ceil((widest + 2 * GAP - LEFT) / STEP), 0)
        return QRectF(left, TOP, max(self.width() - left - RIGHT, 1), max(height, 1))

    def points(self, places: Array) -> Array:
        """Give the pixels of places, a row each: NaN of what is not finite, and none far off."""
        area = self.area
        pixels = np.empty(places.shape)
        pixels[:, 0] = area.left() + area.width() * self.across.share(places[:, 0])
        pixels[:, 1] = area.bottom() - area.height() * self.up.share(places[:, 1])
        pixels.clip(-FAR, FAR, out=pixels)
        pixels[~np.isfinite(places + pixels).all(axis=1)] = np.nan
        return pixels

    def spots(self, places: Array) -> Iterator[QPointF]:
        """Go through the pixels of places, of those that have one."""
        pixels = self.points(places)
        for x, y in pixels[~np.isnan(pixels[:, 0])].tolist():
            yield QPointF(x, y)

    def draw_lines(self, painter: QPainter, area: QRectF) -> None:
        """Draw what ends at the edge of the area."""

    def draw_dots(self, painter: QPainter) -> None:
        """Draw what stands on top of it."""

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - it is small: paint all
        """Paint the ground, the axes, and what is plotted."""
        painter, area = smooth(QPainter(self)), self.area
        if is_pictured(self):
            self._paint_ground(painter, area)
        else:
            painter.drawPixmap(0, 0, self._painted_ground(area))
        painter.save()
        begin_cut(painter, area)
        self.draw_lines(painter, area)
        end_cut(painter)
        painter.restore()
        self.draw_dots(painter)
        painter.end()

    def _painted_ground(self, area: QRectF) -> QPixmap:
        """Give the ground with the axes; it is kept while it stays the same."""
        scale = self.devicePixelRatioF()
        key = self.across, self.up, self._names, self.size(), scale, theme()
        if key != self._ground_key:
            self._ground_key, self._ground = key, QPixmap(self.size() * scale)
            self._ground.setDevicePixelRatio(scale)
            self._ground.fill(Qt.GlobalColor.transparent)
            painter = smooth(QPainter(self._ground))
            self._paint_ground(painter, area)
            painter.end()
        return self._ground

    def _paint_ground(self, painter: QPainter, area: QRectF) -> None:
        fill(painter, QRectF(self.rect()), RADIUS, theme().sel)
        self._paint_axes(painter, area)

    def _marks_up(self, height: float) -> list[Mark]:
        return self.up.marks(int(height // APART))

    def _marks_across(self, width: float) -> list[Mark]:
        """Choose as many numbers at the bottom as have room."""
        for most in range(MOST, 0, -1):
            marks = self.across.marks(most)
            widest = max([width_of(text, font(11)) for _, text in marks], default=0.0)
            if (widest + 2 * GAP) * len(marks) <= width:
                return marks
        return marks

    def _paint_axes(self, painter: QPainter, area: QRectF) -> None:
        c, small = theme(), font(11)
        grid, right = mixed(c.sel, c.dim, 0.14), Qt.AlignmentFlag.AlignRight
        end, bottom = int(area.right()) - 1, int(area.bottom()) - 1
        for place, text in self._marks_up(area.height()):
            y = min(round(area.bottom() - area.height() * float(self.up.share(place))), bottom)
            painter.fillRect(QRectF(area.left(), y, area.width(), 1), grid)
            room = QRectF(0, y - LINE / 2, area.left() - GAP, LINE)
            write(painter, room, text, small, c.dim, right | Qt.AlignmentFlag.AlignVCenter)
        for place, text in self._marks_across(area.width()):
            x = min(round(area.left() + area.width() * float(self.across.share(place))), end)
            painter.fillRect(QRectF(x, area.top(), 1, area.height()), grid)
            wide = width_of(text, small) + 2
            write(painter, QRectF(x - wide / 2, area.bottom() + 4, wide, LINE), text, small, c.dim)
        across, up = self._names
        below = QRectF(area.left(), self.height() - LINE - 3, area.width(), LINE)
        write(painter, below, across, font(12), c.dim)
        left = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        start = min(area.left() - GAP - width_of(up, font(12)), 2 * GAP)
        above = QRectF(max(start, 2 * GAP), 4, self.width(), LINE)
        write(painter, above, up, font(12), c.dim, left)


def draw_line(painter: QPainter, points: Array, pen: QPen) -> None:
    """Draw a line through points, with gaps where one is not finite."""
    painter.setPen(pen)
    points = points[_bends(points)]
    there = np.isfinite(points[:, 1])
    for part in np.split(points, np.flatnonzero(~there)):
        whole = part[np.isfinite(part[:, 1])]
        painter.drawPolyline(polygon_of(whole))


def polygon_of(points: Array) -> QPolygonF:
    """Give points to Qt, a row each, at one stroke: one by one, it would take ten times as long."""
    polygon = QPolygonF()
    if len(points):
        polygon.resize(len(points))
        first, size = polygon.data(), points.size * FLOAT64.itemsize
        room = VoidPtr(first, size, True)  # type: ignore[call-arg, arg-type]  # noqa: FBT003 - its types know of no size
        numbers = np.frombuffer(room, FLOAT64)  # type: ignore[call-overload] # nor that it is one
        numbers.reshape(points.shape)[:] = points
    return polygon


def _bends(points: Array) -> Array:
    """Tell which of many points a line is drawn through, if no eye can tell it from that of all.

    A wide line takes as long to draw as it has points, and most of a curve is nearly straight.
    """
    needed = np.ones(len(points), dtype=bool)
    for step in STEPS:
        middle = np.arange(step, len(points) - step, 2 * step)
        chord = (points[middle - step] + points[middle + step]) / 2
        straight = np.abs(points[middle] - chord).max(axis=1, initial=0.0) < STRAIGHT
        if step > 1:
            straight &= ~(needed[middle - step // 2] | needed[middle + step // 2])
        needed[middle[straight]] = False
    return needed


def draw_dot(painter: QPainter, at: QPointF, size: float, colour: QColor, rim: float) -> None:
    """Draw a round dot that stands off from what is below it by a rim."""
    painter.setPen(QPen(theme().sel, rim) if rim else Qt.PenStyle.NoPen)
    painter.setBrush(colour)
    painter.drawEllipse(at, size / 2, size / 2)
