"""A function of two inputs seen from above: lines of equal height, and the gradient as an arrow."""

from __future__ import annotations

import math
from functools import lru_cache

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPen, QPolygonF

from engine.asking.heights import Heights
from engine.asking.plot_frames import arrow_tip
from engine.asking.scales import Scale
from engine.variable import Array
from gui.pages.plotting import Plot, draw_dot, draw_line, polygon_of
from gui.theme import mixed, theme, themes

HEIGHT = 320

HEAD = 13
"""Pixels from the tip of the arrow to where its head begins."""

SPREAD = math.radians(17)
"""Half the angle at its tip."""

HUES = 256
"""Colours from low to high."""


class PlanePlot(Plot):
    """The plot.

    Attributes
    ----------
    heights
        The target at places that are spread evenly over both sides.
    point, tip
        Where the inputs stand, and the tip of the arrow; the latter is empty without a direction.
    """

    def __init__(self) -> None:
        super().__init__("Plot of the function of two inputs", HEIGHT)
        self.point: Array = np.empty((0, 2))
        self.tip: Array = np.empty((0, 2))
        self.heights: Array = np.empty((0, 0))
        self._found = Heights(self.heights)
        self._drawn: list[QPolygonF] = []
        self._image: QImage | None = None
        themes().changed.connect(self._forget_image)

    def show_plane(self, x: Array, y: Array, height: Array) -> None:
        """Draw the heights; `height[i, j]` stands at `x[i]`, `y[j]`."""
        self.across, self.up = Scale(float(x[0]), float(x[-1])), Scale(float(y[0]), float(y[-1]))
        self.update()
        if np.array_equal(height, self.heights, equal_nan=True):
            return  # an input that runs has moved: the plane is the same
        self.heights = height
        self._found = Heights(height.T)
        self._drawn = [polygon_of(line) for line in self.lines]
        self._image = None

    @property
    def lines(self) -> list[Array]:
        """The lines of equal height: points of each, from 0 to 1 along both sides."""
        return self._found.lines

    def _forget_image(self) -> None:
        self._image = None

    def show_point(self, at: tuple[float, float], gradient: tuple[float, float]) -> None:
        """Draw the point, and the arrow that points where the function rises fastest."""
        self.point = np.array([at])
        self.tip = arrow_tip(self.across, self.up, at, gradient)
        self.update()

    def draw_lines(self, painter: QPainter, area: QRectF) -> None:
        """Draw the ground, low in that of the plot and high in blue, the lines, and the arrow."""
        if self._image is None:
            self._image = _painted(self._found.ranks)
        # A pixel stands around its place, and half of those at the edge lie beyond the area.
        beyond = QPointF(
            *(
                side / max(n - 1, 1) / 2
                for side, n in zip((area.width(), area.height()), self.heights.shape, strict=True)
            )
        )
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.drawImage(
            area.adjusted(-beyond.x(), -beyond.y(), beyond.x(), beyond.y()), self._image
        )
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
        painter.translate(area.bottomLeft())
        painter.scale(area.width(), -area.height())
        for drawn in self._drawn:
            painter.drawPolyline(drawn)
        painter.restore()

    def _draw_arrow(self, painter: QPainter) -> None:
        start, tip = self.points(np.concatenate((self.point, self.tip)))
        if np.isnan(start + tip).any():
            return
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
        for spot in self.spots(self.point):
            draw_dot(painter, spot, 13, theme().orange, rim=2)


def _painted(ranks: Array) -> QImage:
    """Paint the ground, a pixel a height; what is not finite shows none."""
    at = np.where(np.isnan(ranks), HUES, np.nan_to_num(ranks) * (HUES - 1)).astype(int)
    c = theme()
    pixels = _hues(c.sel.rgb(), mixed(c.sel, c.blue, 0.75).rgb())[at][::-1]  # the highest row first
    rows, columns = pixels.shape
    kind = QImage.Format.Format_ARGB32_Premultiplied
    return QImage(pixels.tobytes(), columns, rows, 4 * columns, kind).copy()


@lru_cache(maxsize=2)
def _hues(low: int, high: int) -> Array:
    """Give the colours from low to high, and then none."""
    ends = QColor(low), QColor(high)
    hues = [mixed(*ends, at / (HUES - 1)).rgba() for at in range(HUES)]
    return np.array([*hues, 0], dtype=np.uint32)
