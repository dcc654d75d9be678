"""Sizes of values and gradients by depth: a dot for each Variable, inputs at the left."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import Signal

from engine.asking.gradient_map import Spot
from engine.variable import Array
from gui.pages.plotting import Plot, pen
from gui.theme import theme

HEIGHT = 250

BELOW = 1.5
"""How far below the smallest, in powers of ten, a gradient of exactly 0 is drawn."""

MOST_TICKS = 8
"""Gaps between two numbers on the axis that counts blocks."""

CELLS = 100
"""Along each side of the plot, places of a dot that can be told apart."""


@dataclass(frozen=True, slots=True, eq=False)
class Dots:
    """Dots of one kind.

    Attributes
    ----------
    x, y
        Where they stand.
    blocks
        Ids of what they stand for.
    """

    x: Array
    y: Array
    blocks: list[str]


@dataclass(frozen=True, slots=True, eq=False)
class Picture:
    """What the plot shows.

    Attributes
    ----------
    values, gradients, zeros
        Sizes of values, of gradients, and gradients of exactly 0. Of dots that would hide each
        other, one.
    deepest
        Blocks from an input, at most.
    low, high
        Ends of the axis of sizes.
    """

    values: Dots
    gradients: Dots
    zeros: Dots
    deepest: int
    low: float
    high: float


def picture_of(spots: Iterable[Spot]) -> Picture:
    """Find where the dots of all Variables stand; it may be called on any thread."""
    blocks = [spot.block for spot in spots]
    x = np.array([spot.depth for spot in spots], dtype=np.float64)
    values = np.array([spot.value for spot in spots])
    gradients = np.array([spot.gradient for spot in spots])
    sizes = np.concatenate([values, gradients])
    sizes = sizes[np.isfinite(sizes)]
    low, high = (float(sizes.min()), float(sizes.max())) if sizes.size else (0.0, 0.0)
    bottom = np.full(len(blocks), low - BELOW)
    area = max(float(x.max(initial=1.0)), 1.0), low - BELOW, high

    def dots(y: Array, there: Array) -> Dots:
        at = _told_apart(x, y, np.flatnonzero(there), area)
        return Dots(x[at], y[at], [blocks[each] for each in at])

    return Picture(
        dots(values, np.isfinite(values)),
        dots(gradients, np.isfinite(gradients)),
        dots(bottom, gradients == -math.inf),
        int(x.max(initial=0.0)) if blocks else 1,
        low - BELOW - 0.5,
        high + 1.0,
    )


def _told_apart(x: Array, y: Array, at: Array, area: tuple[float, float, float]) -> Array:
    """Choose one of the dots of each cell, where there are more of them than cells along a side."""
    if at.size <= CELLS:
        return at
    deepest, low, high = area
    columns = np.round(x[at] / deepest * 2 * CELLS)
    rows = np.round((y[at] - low) / (high - low) * CELLS)
    _, first = np.unique(columns * (CELLS + 1) + rows, return_index=True)
    found: Array = at[np.sort(first)]
    return found


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
        self._values = pg.ScatterPlotItem(size=11, symbol="t1")
        self._gradients = pg.ScatterPlotItem(size=10, symbol="o")
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

    def show_picture(self, picture: Picture) -> None:
        """Draw a dot for each Variable; exactly 0 has a cross of its own at the bottom."""
        for item, dots in (
            (self._values, picture.values),
            (self._gradients, picture.gradients),
            (self._zeros, picture.zeros),
        ):
            item.setData(x=dots.x, y=dots.y, data=dots.blocks)
        # Blocks are counted: there is nothing at half of one.
        self.getAxis("bottom").setTickSpacing(levels=[(_apart(picture.deepest), 0)])
        self.setXRange(-0.5, picture.deepest + 0.5, padding=0)
        self.setYRange(picture.low, picture.high, padding=0)

    def _on_clicked(self, _item: object, points: list[pg.SpotItem]) -> None:
        self.block_pointed.emit(points[0].data())


def _apart(deepest: int) -> int:
    """Give a round number of blocks from one number on the axis to the next."""
    size = 10 ** (len(str(max(deepest, 1))) - 1)
    steps = (step * unit for unit in (size // 10 or 1, size) for step in (1, 2, 5))
    return next((step for step in steps if deepest / step <= MOST_TICKS), 10 * size)
