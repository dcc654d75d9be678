"""Sizes of values and gradients by depth: a dot for each Variable, inputs at the left."""

from __future__ import annotations

import math

import pyqtgraph as pg
from PySide6.QtCore import Signal

from engine.asking.gradient_map import Spot
from gui.pages.plotting import Plot, pen
from gui.theme import theme

HEIGHT = 250

BELOW = 1.5
"""How far below the smallest, in powers of ten, a gradient of exactly 0 is drawn."""


MOST_TICKS = 8
"""Gaps between two numbers on the axis that counts blocks."""


class SizePlot(Plot):
    """The plot.

    Signals
    -------
    block_pointed
        The id of a block whose dot was clicked.
    """

    block_pointed = Signal(str)

    def __init__(self) -> None:
        super().__init__("Sizes of values and gradients by depth", HEIGHT)
        self._values = pg.ScatterPlotItem(size=8, symbol="t1")
        self._gradients = pg.ScatterPlotItem(size=9, symbol="o")
        self._zeros = pg.ScatterPlotItem(size=10, symbol="x")
        for item in (self._values, self._gradients, self._zeros):
            self.addItem(item)
            item.sigClicked.connect(self._on_clicked)
        self.restyle()

    def restyle(self) -> None:
        """Take the colours of the theme."""
        super().restyle()
        c = theme()
        for item, colour in (
            (self._values, c.blue),
            (self._gradients, c.orange),
            (self._zeros, c.bad),
        ):
            item.setBrush(colour)
            item.setPen(pen(c.sel, 1) if item is not self._zeros else pen(colour, 2))
        self.label("blocks from an input", "size, power of ten")

    def show_spots(self, spots: tuple[Spot, ...]) -> None:
        """Draw a dot for each Variable; exactly 0 has a cross of its own at the bottom."""
        sizes = [s for spot in spots for s in (spot.value, spot.gradient) if math.isfinite(s)]
        low, high = min(sizes, default=0.0), max(sizes, default=0.0)
        _place(self._values, [(s, s.value) for s in spots if math.isfinite(s.value)])
        _place(self._gradients, [(s, s.gradient) for s in spots if math.isfinite(s.gradient)])
        _place(self._zeros, [(s, low - BELOW) for s in spots if s.gradient == -math.inf])
        deepest = max((spot.depth for spot in spots), default=1)
        # Blocks are counted: there is nothing at half of one.
        self.getAxis("bottom").setTickSpacing(levels=[(_apart(deepest), 0)])
        self.setXRange(-0.5, deepest + 0.5, padding=0)
        self.setYRange(low - BELOW - 0.5, high + 1.0, padding=0)

    def _on_clicked(self, _item: object, points: list[pg.SpotItem]) -> None:
        self.block_pointed.emit(points[0].data())


def _apart(deepest: int) -> int:
    """Give a round number of blocks from one number on the axis to the next."""
    size = 10 ** (len(str(max(deepest, 1))) - 1)
    steps = (step * unit for unit in (size // 10 or 1, size) for step in (1, 2, 5))
    return next((step for step in steps if deepest / step <= MOST_TICKS), 10 * size)


def _place(item: pg.ScatterPlotItem, found: list[tuple[Spot, float]]) -> None:
    item.setData(
        x=[spot.depth for spot, _ in found],
        y=[size for _, size in found],
        data=[spot.block for spot, _ in found],
    )
