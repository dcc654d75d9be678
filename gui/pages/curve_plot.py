"""A curve with a point on it, the tangent there, and the secant of a numerical derivative."""

from __future__ import annotations

import math

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPen

from engine.asking.curves import Secant
from engine.asking.plot_frames import NOTHING, heights_shown, straight
from engine.asking.scales import Scale
from engine.variable import Array
from gui.pages.plotting import Plot, draw_dot, draw_line
from gui.theme import theme

HEIGHT = 190


class CurvePlot(Plot):
    """The plot.

    Attributes
    ----------
    curve, tangent, secant
        Points of the lines that are drawn, a row each.
    point
        Where the input stands; empty where the target is not finite there.
    ends
        The two points of the trial.
    """

    def __init__(self) -> None:
        super().__init__("Plot of the function", HEIGHT)
        self.curve: Array = NOTHING
        self.tangent: Array = NOTHING
        self.secant: Array = NOTHING
        self.point: Array = NOTHING
        self.ends: Array = NOTHING
        self._dots: list[Array] = [NOTHING, NOTHING]

    def show_curve(self, x: Array, y: Array) -> None:
        """Draw the curve; it has gaps where it is not finite."""
        self.curve = np.stack((x, y), axis=1)
        self.update()

    def show_point(self, x: float, y: float, slope: float) -> None:
        """Draw the point, and the tangent whose slope is the gradient, where both are finite."""
        self.point = np.array([[x, y]]) if math.isfinite(y) else NOTHING
        self.tangent = self._line(x, y, slope)
        self.update()

    def show_secant(self, secant: Secant) -> None:
        """Draw the line through the two points of a trial, if both are finite."""
        there = bool(np.isfinite(secant.y).all())
        self.ends = np.stack((secant.x, secant.y), axis=1) if there else NOTHING
        self.secant = self._line(secant.x[0], secant.y[0], secant.slope)
        self.update()

    def frame(self, x: Array, y: Array, at: float, value: float, slope: float) -> None:
        """Show the whole width, and as much of the height as lets the tangent be seen.

        A curve that shoots up at its ends would make everything else a flat line.
        """
        self.across = Scale(float(x[0]), float(x[-1]))
        self.up = heights_shown(x, y, at, value, slope) or self.up
        self.update()

    def _line(self, x: float, y: float, slope: float) -> Array:
        return straight(self.across, self.up, (x, y), slope)

    def draw_lines(self, painter: QPainter, area: QRectF) -> None:
        """Draw values blue, the gradient orange, and the trial grey."""
        del area
        c = theme()
        parts = self.curve, self.secant, self.tangent, self.ends, self.point
        ends = np.cumsum([len(part) for part in parts])[:-1]
        curve, secant, tangent, *self._dots = np.split(self.points(np.concatenate(parts)), ends)
        draw_line(painter, curve, QPen(c.blue, 2.4))
        draw_line(painter, secant, QPen(c.dim, 1.6, Qt.PenStyle.DashLine))
        draw_line(painter, tangent, QPen(c.orange, 2))

    def draw_dots(self, painter: QPainter) -> None:
        """Draw the ends of the trial, and the point above them."""
        c, area = theme(), self.area.adjusted(-1, -1, 1, 1)
        for places, size, colour in zip(self._dots, (8, 13), (c.dim, c.orange), strict=True):
            for x, y in places[~np.isnan(places[:, 0])].tolist():
                if area.contains(QPointF(x, y)):
                    draw_dot(painter, QPointF(x, y), size, colour, rim=2)
