"""How far a numerical derivative is off, for each nudge: a valley between bending and rounding."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter, QPen

from engine.asking.curves import STEPS
from engine.asking.scales import Powers
from engine.variable import Array
from gui.pages.plotting import Plot, draw_dot, draw_line
from gui.theme import theme

HEIGHT = 144

LEAST = 1e-17
"""What an error of 0 is drawn as: a logarithm has no place for it."""

ACROSS = Powers(np.log10(STEPS[-1]) - 0.5, 0.5)
"""Fine nudges are on the left."""

UP = Powers(-16.5, 0.5)
"""Where no error can be told; else it follows the errors."""

TIDY = 2
"""The other axis ends at powers of ten that are multiples of this, so that it seldom changes."""


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
        self.across, self.up = ACROSS, UP
        self.valley: Array = np.empty((0, 2))
        self.here: Array = np.empty((0, 2))
        self.name_axes("nudge h", "error")

    def show_errors(self, errors: tuple[tuple[float, float], ...]) -> None:
        """Draw the valley."""
        self.valley = _powers(errors)
        self._frame()

    def show_here(self, nudge: float, error: float) -> None:
        """Mark the nudge that is shown."""
        self.here = _powers(((nudge, error),))
        self._frame()

    def _frame(self) -> None:
        heights = np.concatenate((self.valley[:, 1], self.here[:, 1])) / TIDY
        self.up = UP
        if heights.size:
            low, high = np.floor(heights.min()), np.ceil(heights.max())
            self.up = Powers(TIDY * low - 0.5, TIDY * max(high, low + 1) + 0.5)
        self.update()

    def draw_lines(self, painter: QPainter, area: QRectF) -> None:
        """Draw the valley."""
        del area
        places = self.points(self.valley)
        draw_line(painter, places, QPen(theme().dim, 1.8))

    def draw_dots(self, painter: QPainter) -> None:
        """Draw a dot for each nudge that was tried, and the one that is shown."""
        c = theme()
        for powers, size, colour, rim in ((self.valley, 5, c.dim, 0), (self.here, 12, c.orange, 2)):
            for spot in self.spots(powers):
                draw_dot(painter, spot, size, colour, rim)


def _powers(pairs: tuple[tuple[float, float], ...]) -> Array:
    there = [(nudge, max(error, LEAST)) for nudge, error in pairs if np.isfinite(error)]
    powers: Array = np.log10(np.array(there).reshape(-1, 2))
    return powers
