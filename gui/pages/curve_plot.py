"""A curve with a point on it, the tangent there, and the secant of a numerical derivative."""

from __future__ import annotations

import math

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import Qt

from engine.asking.curves import Secant
from engine.variable import Array
from gui.pages.plotting import Plot, pen
from gui.theme import theme

HEIGHT = 192


class CurvePlot(Plot):
    """The plot."""

    def __init__(self) -> None:
        super().__init__("Plot of the function", HEIGHT)
        self._curve = self.plot()
        self._secant = self.plot()
        self._tangent = self.plot()
        self._ends = pg.ScatterPlotItem(size=7)
        self._point = pg.ScatterPlotItem(size=12)
        for item in (self._ends, self._point):
            self.addItem(item)
        self.restyle()

    def restyle(self) -> None:
        """Take the colours of the theme: values blue, gradients orange, a trial grey."""
        super().restyle()
        c = theme()
        self._curve.setPen(pen(c.blue, 2.4))
        self._tangent.setPen(pen(c.orange, 2))
        self._secant.setPen(pen(c.dim, 1.6, Qt.PenStyle.DashLine))
        self._point.setPen(pen(c.sel, 2))
        self._point.setBrush(c.orange)
        self._ends.setPen(pen(c.sel, 1))
        self._ends.setBrush(c.dim)

    def show_curve(self, x: Array, y: Array) -> None:
        """Draw the curve; it has gaps where it is not finite."""
        self._curve.setData(x, y, connect="finite")

    def show_point(self, x: float, y: float, slope: float) -> None:
        """Draw the point, and the tangent whose slope is the gradient, where both are finite."""
        there = math.isfinite(y)
        self._point.setData([x] if there else [], [y] if there else [])
        ends = np.array(self.viewRange()[0] if there and math.isfinite(slope) else [])
        self._tangent.setData(ends, y + slope * (ends - x) if ends.size else ends)

    def show_secant(self, secant: Secant) -> None:
        """Draw the line through the two points of a trial, if both are finite."""
        there = bool(np.isfinite(secant.y).all())
        ends = np.array(self.viewRange()[0] if there else [])
        self._secant.setData(
            ends, secant.y[0] + secant.slope * (ends - secant.x[0]) if there else ends
        )
        self._ends.setData(*((secant.x, secant.y) if there else ([], [])))

    def frame(self, x: Array, y: Array, at: float, value: float, slope: float) -> None:
        """Show the whole width, and as much of the height as lets the tangent be seen.

        A curve that shoots up at its ends would make everything else a flat line.
        """
        self.setXRange(float(x[0]), float(x[-1]), padding=0)
        beside = float(x[-1] - x[0]) / 6
        near = y[(np.abs(x - at) <= beside) & np.isfinite(y)]
        heights = [*near.tolist(), value - slope * beside, value + slope * beside]
        finite = [height for height in heights if np.isfinite(height)]
        if finite:
            low, high = min(finite), max(finite)
            room = 0.12 * (high - low) or max(abs(high), 1.0) * 0.5
            self.setYRange(low - room, high + room, padding=0)
