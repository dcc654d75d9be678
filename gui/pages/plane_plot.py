"""A function of two inputs seen from above: lines of equal height, and the gradient as an arrow."""

from __future__ import annotations

import math
from collections.abc import Iterator

import numpy as np
from contourpy import contour_generator
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPen, QPolygonF

from engine.asking.scales import Scale
from engine.variable import Array
from gui.pages.plotting import Plot, draw_dot, draw_line
from gui.theme import mixed, theme

HEIGHT = 320
LEVELS = 12

ARROW = 0.28
"""Length of the arrow, as a part of the width: it tells the direction, and words the length."""

HEAD = 13
"""Pixels from the tip of the arrow to where its head begins."""

SPREAD = math.radians(17)
"""Half the angle at its tip."""

SMALL = 0.05
"""Part of the heights that count as small, where lines of equal height are sought."""

HUES = 256
"""Colours from low to high."""


class PlanePlot(Plot):
    """The plot.

    Attributes
    ----------
    heights
        The target at places that are spread evenly over both sides.
    lines
        The lines of equal height: points of each, from 0 to 1 along both sides.
    point, tip
        Where the inputs stand, and the tip of the arrow; the latter is empty without a direction.
    """

    def __init__(self) -> None:
        super().__init__("Plot of the function of two inputs", HEIGHT)
        self.lines: list[Array] = []
        self.point: Array = np.empty((0, 2))
        self.tip: Array = np.empty((0, 2))
        self.heights: Array = np.empty((0, 0))
        self._ranks: Array = np.empty((0, 0))
        self._drawn: list[QPolygonF] = []

    def show_plane(self, x: Array, y: Array, height: Array) -> None:
        """Draw the heights; `height[i, j]` stands at `x[i]`, `y[j]`."""
        self.across, self.up = Scale(float(x[0]), float(x[-1])), Scale(float(y[0]), float(y[-1]))
        self.update()
        if np.array_equal(height, self.heights, equal_nan=True):
            return  # an input that runs has moved: the plane is the same
        self.heights = height
        seen = np.where(np.isfinite(height), height, np.nan).T
        self._ranks = _ranked(seen)
        self.lines = list(_lines_of_equal_height(seen))
        self._drawn = [
            QPolygonF(list(map(QPointF, line[:, 0].tolist(), (1 - line[:, 1]).tolist())))
            for line in self.lines
        ]

    def show_point(self, at: tuple[float, float], gradient: tuple[float, float]) -> None:
        """Draw the point, and the arrow that points where the function rises fastest."""
        self.point = np.array([at])
        wide, tall = (scale.high - scale.low or 1.0 for scale in (self.across, self.up))
        # As it looks on the screen, where the two axes have scales of their own.
        way = gradient[0] / wide, gradient[1] / tall
        size = math.hypot(*way)
        shown = bool(size) and math.isfinite(size)
        tip = (
            at[0] + ARROW * wide * way[0] / (size or 1),
            at[1] + ARROW * tall * way[1] / (size or 1),
        )
        self.tip = np.array([tip]) if shown else np.empty((0, 2))
        self.update()

    def draw_lines(self, painter: QPainter, area: QRectF) -> None:
        """Draw the ground, low in that of the plot and high in blue, the lines, and the arrow."""
        image = self._image()
        # A pixel stands around its place, and half of those at the edge lie beyond the area.
        beyond = QPointF(
            *(
                side / max(n - 1, 1) / 2
                for side, n in zip((area.width(), area.height()), self.heights.shape, strict=True)
            )
        )
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.drawImage(area.adjusted(-beyond.x(), -beyond.y(), beyond.x(), beyond.y()), image)
        self._draw_contours(painter, area)
        if self.tip.size:
            self._draw_arrow(painter)

    def _draw_contours(self, painter: QPainter, area: QRectF) -> None:
        line = QColor(theme().ink)
        line.setAlphaF(0.35)
        pen = QPen(line, 1)
        pen.setCosmetic(True)
        painter.save()
        painter.setPen(pen)
        painter.translate(area.topLeft())
        painter.scale(area.width(), area.height())
        for drawn in self._drawn:
            painter.drawPolyline(drawn)
        painter.restore()

    def _draw_arrow(self, painter: QPainter) -> None:
        places = np.concatenate((self.point, self.tip))
        start, tip = self.points(places[:, 0], places[:, 1])
        across, down = tip - start
        angle, orange = math.atan2(down, across), theme().orange
        back = tip - (HEAD - 2) * np.array([math.cos(angle), math.sin(angle)])
        draw_line(painter, np.stack((start, back)), QPen(orange, 3))
        sides = [angle + math.pi - SPREAD, angle + math.pi + SPREAD]
        corners = [tip, *(tip + HEAD * np.array([math.cos(s), math.sin(s)]) for s in sides)]
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(orange)
        painter.drawPolygon([QPointF(x, y) for x, y in np.array(corners).tolist()])

    def draw_dots(self, painter: QPainter) -> None:
        """Draw the point."""
        for x, y in self.points(self.point[:, 0], self.point[:, 1]).tolist():
            draw_dot(painter, QPointF(x, y), 13, theme().orange, rim=2)

    def _image(self) -> QImage:
        """Give the ground as a picture, a pixel a height; what is not finite shows none."""
        c = theme()
        high = mixed(c.sel, c.blue, 0.75)
        hues = [mixed(c.sel, high, at / (HUES - 1)).rgba() for at in range(HUES)]
        table = np.array([*hues, 0], dtype=np.uint32)
        there = np.isfinite(self._ranks)
        at = np.where(there, np.where(there, self._ranks, 0) * (HUES - 1), HUES).astype(int)
        pixels = np.ascontiguousarray(table[at][::-1])  # the highest row comes first
        rows, columns = pixels.shape
        kind = QImage.Format.Format_ARGB32_Premultiplied
        return QImage(pixels.tobytes(), columns, rows, 4 * columns, kind).copy()


def _ranked(height: Array) -> Array:
    """Spread heights evenly over 0 to 1, by rank: a steep valley would hide all else."""
    flat = height[np.isfinite(height)]
    if not flat.size:
        return np.full_like(height, np.nan)
    places = np.linspace(0, 1, flat.size)
    return np.where(np.isfinite(height), np.interp(height, np.sort(flat), places), np.nan)


def _lines_of_equal_height(height: Array) -> Iterator[Array]:
    """Give lines with as much of the plane between each two of them."""
    flat = height[np.isfinite(height)]
    if not flat.size:
        return
    # Between two places a height is taken to rise evenly: so it does, where it grows like a power
    # or an exponential, once large ones are as near to each other as their logarithms.
    sizes = np.abs(flat[flat != 0])
    unit = max(np.quantile(sizes, SMALL), sizes.max() / 1e300) if sizes.size else 1.0
    bent = np.arcsinh(height / unit)
    seen = bent[np.isfinite(bent)]
    levels = np.unique(np.quantile(seen, np.linspace(0, 1, LEVELS + 2)[1:-1]))
    across, up = (np.linspace(0, 1, size) for size in height.shape[::-1])
    found = contour_generator(across, up, np.ma.masked_invalid(bent), line_type="Separate")
    for level in levels.tolist():
        yield from map(np.asarray, found.lines(level))
