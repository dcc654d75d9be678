"""How far a numerical derivative is off, for each nudge: a valley between bending and rounding."""

from __future__ import annotations

import numpy as np
import pyqtgraph as pg

from gui.pages.plotting import Plot, pen
from gui.theme import theme

HEIGHT = 140

LEAST = 1e-17
"""What an error of 0 is drawn as: a logarithm has no place for it."""


class ErrorPlot(Plot):
    """The plot, both axes logarithmic, fine nudges on the left."""

    def __init__(self) -> None:
        super().__init__("Error of the numerical derivative against the nudge", HEIGHT)
        self.setLogMode(x=True, y=True)
        self._line = self.plot(symbol="o", symbolSize=5)
        self._here = pg.ScatterPlotItem(size=11)
        self.addItem(self._here)
        self.restyle()

    def restyle(self) -> None:
        """Take the colours of the theme."""
        super().restyle()
        c = theme()
        self._line.setPen(pen(c.dim, 1.8))
        self._line.setSymbolBrush(c.dim)
        self._line.setSymbolPen(pen(c.dim, 1))
        self._here.setPen(pen(c.sel, 2))
        self._here.setBrush(c.orange)
        self.label("nudge h", "error")

    def show_errors(self, errors: tuple[tuple[float, float], ...]) -> None:
        """Draw the valley."""
        pairs = np.array([(h, max(e, LEAST)) for h, e in errors if np.isfinite(e)])
        if len(pairs):
            self._line.setData(pairs[:, 0], pairs[:, 1])
        else:
            self._line.setData([], [])

    def show_here(self, nudge: float, error: float) -> None:
        """Mark the nudge that is shown."""
        if np.isfinite(error):
            self._here.setData([np.log10(nudge)], [np.log10(max(error, LEAST))])
        else:
            self._here.setData([], [])
