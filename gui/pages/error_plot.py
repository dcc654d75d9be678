"""How far a numerical derivative is off, for each nudge: a valley between bending and rounding."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter, QPen

from engine.asking.plot_frames import ERROR_AXES, ERRORS, NUDGES, errors_shown, powers
from engine.variable import Array
from gui.pages.plotting import Plot, draw_dot, draw_line
from gui.theme import theme

HEIGHT = 144


class ErrorPlot(Plot):
    """The plot, both axes logarithmic.

    Attributes
    ----------
    valley
        Powers of ten of the nudges and the errors, a row each.
    here
        Those of the nudge that is shown; empty if there is no error to tell.
    """

    def __init__(self) -> None:
        super().__init__("Error of the numerical derivative against the nudge", HEIGHT)
        self.across, self.up = NUDGES, ERRORS
        self.valley: Array = np.empty((0, 2))
        self.here: Array = np.empty((0, 2))
        self.name_axes(*ERROR_AXES)

    def show_errors(self, errors: tuple[tuple[float, float], ...]) -> None:
        """Draw the valley."""
        self.valley = powers(errors)
        self._frame()

    def show_here(self, nudge: float, error: float) -> None:
        """Mark the nudge that is shown."""
        self.here = powers(((nudge, error),))
        self._frame()

    def _frame(self) -> None:
        self.up = errors_shown(np.concatenate((self.valley, self.here)))
        self.update()

    def draw_lines(self, painter: QPainter, area: QRectF) -> None:
        """Draw the valley."""
        del area
        places = self.points(self.valley)
        draw_line(painter, places, QPen(theme().dim, 1.8))

    def draw_dots(self, painter: QPainter) -> None:
        """Draw a dot for each nudge that was tried, and the one that is shown."""
        c = theme()
        for places, size, colour, rim in ((self.valley, 5, c.dim, 0), (self.here, 12, c.orange, 2)):
            for spot in self.spots(places):
                draw_dot(painter, spot, size, colour, rim)
