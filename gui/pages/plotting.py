"""Plots in the colours and fonts of the app. Only who draws one imports this: it takes time."""

from __future__ import annotations

import pyqtgraph as pg
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QPen
from PySide6.QtWidgets import QWidget

from engine.writing import RAISED
from gui.theme import font, theme, themes

pg.setConfigOptions(antialias=True)

AXES = ("left", "bottom")


class _Axis(pg.AxisItem):  # type: ignore[misc] # it ships no types
    """An axis with its numbers written as everywhere else: whole, and with a proper minus."""

    def __init__(self, side: str) -> None:
        super().__init__(side)
        self.enableAutoSIPrefix(enable=False)  # else "(x0.001)" is put after the name

    def tickStrings(self, values: list[float], scale: float, spacing: float) -> list[str]:
        """Write the numbers at ticks."""
        texts: list[str] = super().tickStrings(values, scale, spacing)
        return [text.replace("-", "−") for text in texts]

    def logTickStrings(self, values: list[float], scale: float, spacing: float) -> list[str]:
        """Write those of a logarithmic axis: powers of ten, and nothing at ticks in between."""
        del scale, spacing
        powers = [f"{value:.0f}".replace("-", "−").translate(RAISED) for value in values]
        pairs = zip(values, powers, strict=True)
        return [f"10{power}" if value == round(value) else "" for value, power in pairs]


class Plot(pg.PlotWidget):  # type: ignore[misc] # it ships no types
    """A plot that follows the theme; what is drawn in it says how in `restyle`.

    Parameters
    ----------
    name
        What it is called by a screen reader.
    height
        In device-independent pixels.
    """

    def __init__(self, name: str, height: int, parent: QWidget | None = None) -> None:
        super().__init__(parent, axisItems={side: _Axis(side) for side in AXES})
        self.setAccessibleName(name)
        self.setFixedHeight(height)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.hideButtons()
        self.setMenuEnabled(False)
        self.setMouseEnabled(x=False, y=False)
        self.getPlotItem().getViewBox().setDefaultPadding(0.0)
        self.getPlotItem().layout.setContentsMargins(4, 8, 10, 4)
        for side in AXES:
            axis = self.getAxis(side)
            axis.setTickFont(font(11))
            axis.setStyle(tickLength=-4, tickTextOffset=5)
        themes().changed.connect(self.restyle)

    def restyle(self) -> None:
        """Take the colours of the theme."""
        c = theme()
        self.setBackground(c.sel)
        for side in AXES:
            axis = self.getAxis(side)
            axis.setPen(pen(c.line, 1))
            axis.setTextPen(c.dim)
        self.getPlotItem().showGrid(x=True, y=True, alpha=0.18)

    def label(self, across: str, up: str) -> None:
        """Name the two axes."""
        style = {"color": theme().dim.name(), "font-size": "12px"}
        self.setLabel("bottom", across, **style)
        self.setLabel("left", up, **style)


def pen(colour: QColor, width: float, style: Qt.PenStyle = Qt.PenStyle.SolidLine) -> QPen:
    """Make a pen whose width does not follow the scale of the plot."""
    made = QPen(colour, width, style)
    made.setCosmetic(True)
    return made
