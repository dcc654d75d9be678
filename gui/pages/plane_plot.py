"""A function of two inputs seen from above: lines of equal height, and the gradient as an arrow."""

from __future__ import annotations

import math

import numpy as np
import pyqtgraph as pg
from contourpy import contour_generator
from PySide6.QtGui import QPen

from engine.variable import Array
from gui.pages.plotting import Plot, pen
from gui.theme import mixed, theme

HEIGHT = 300
LEVELS = 12

ARROW = 0.28
"""Length of the arrow, as a part of the width: it tells the direction, and words the length."""


class PlanePlot(Plot):
    """The plot."""

    def __init__(self) -> None:
        super().__init__("Plot of the function of two inputs", HEIGHT)
        self._ground = pg.ImageItem(axisOrder="row-major")
        self._ground.setZValue(-10)
        self.addItem(self._ground)
        self._lines: list[pg.PlotDataItem] = []
        self._shaft = self.plot()
        self._head = pg.ArrowItem(headLen=13, tipAngle=34, pen=None)
        self._point = pg.ScatterPlotItem(size=12)
        for item in (self._shaft, self._head, self._point):
            item.setZValue(10)
        for item in (self._head, self._point):
            self.addItem(item)
        self.restyle()

    def restyle(self) -> None:
        """Take the colours of the theme: low is the ground, high is blue, the gradient orange."""
        super().restyle()
        c = theme()
        ends = [c.sel, mixed(c.sel, c.blue, 0.75)]
        colours = pg.ColorMap([0.0, 1.0], [(c.red(), c.green(), c.blue()) for c in ends])
        self._ground.setLookupTable(colours.getLookupTable(nPts=256))
        for line in self._lines:
            line.setPen(self._line_pen)
        self._shaft.setPen(pen(c.orange, 3))
        self._head.setStyle(brush=c.orange, pen=None)
        self._point.setPen(pen(c.sel, 2))
        self._point.setBrush(c.orange)

    @property
    def _line_pen(self) -> QPen:
        return pen(mixed(theme().sel, theme().ink, 0.35), 1)

    def show_plane(self, x: Array, y: Array, height: Array) -> None:
        """Draw the heights; `height[i, j]` stands at `x[i]`, `y[j]`."""
        shown = np.where(np.isfinite(height), height, np.nan).T
        ranked = _levelled(shown)
        self._ground.setImage(ranked, levels=(0.0, 1.0))
        self._ground.setRect(pg.QtCore.QRectF(x[0], y[0], x[-1] - x[0], y[-1] - y[0]))
        self.setXRange(float(x[0]), float(x[-1]), padding=0)
        self.setYRange(float(y[0]), float(y[-1]), padding=0)
        for line in self._lines:
            self.removeItem(line)
        levels = np.linspace(0, 1, LEVELS + 2)[1:-1]
        found = contour_generator(x, y, np.ma.masked_invalid(ranked), line_type="Separate")
        parts = (np.asarray(part) for level in levels for part in found.lines(level))
        self._lines = [self.plot(part[:, 0], part[:, 1], pen=self._line_pen) for part in parts]

    def show_point(self, at: tuple[float, float], gradient: tuple[float, float]) -> None:
        """Draw the point, and the arrow that points where the function rises fastest."""
        self._point.setData([at[0]], [at[1]])
        (left, right), (low, high) = self.viewRange()
        wide, tall = right - left or 1.0, high - low or 1.0
        # As it looks on the screen, where the two axes have scales of their own.
        across, up = gradient[0] / wide, gradient[1] / tall
        size = math.hypot(across, up)
        shown = bool(size) and math.isfinite(size)
        self._head.setVisible(shown)
        self._shaft.setVisible(shown)
        if shown:
            tip = at[0] + ARROW * wide * across / size, at[1] + ARROW * tall * up / size
            self._shaft.setData([at[0], tip[0]], [at[1], tip[1]])
            box = self.getPlotItem().getViewBox().size()
            angle = math.degrees(math.atan2(up * box.height(), across * box.width()))
            self._head.setStyle(angle=180 - angle)
            self._head.setPos(*tip)


def _levelled(height: Array) -> Array:
    """Spread heights evenly over 0 to 1, by rank: a steep valley would hide all else."""
    flat = height[np.isfinite(height)]
    if not flat.size:
        return np.zeros_like(height)
    places = np.linspace(0, 1, flat.size)
    return np.where(np.isfinite(height), np.interp(height, np.sort(flat), places), np.nan)
