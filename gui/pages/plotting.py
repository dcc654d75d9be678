"""Plots in the colours and fonts of the app. Only who draws one imports this: it takes time."""

from __future__ import annotations

from itertools import groupby
from operator import itemgetter
from typing import Any

import pyqtgraph as pg
from pyqtgraph import Point
from PySide6.QtCore import QLineF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen
from PySide6.QtWidgets import QWidget

from engine.writing import RAISED
from gui.theme import Theme, font, theme, themes

pg.setConfigOptions(antialias=True)

AXES = ("left", "bottom")


class _Axis(pg.AxisItem):  # type: ignore[misc] # it ships no types
    """An axis with its numbers written as everywhere else: whole, and with a proper minus."""

    def __init__(self, side: str) -> None:
        super().__init__(side)
        self.enableAutoSIPrefix(enable=False)  # else "(x0.001)" is put after the name

    picture: Any

    def paint(self, painter: QPainter, *_: object) -> None:
        """Draw what there is to draw, straight onto the plot.

        pyqtgraph would play it from a picture, which looks for the fonts anew at each number.
        """
        painter.save()
        if self.picture is None:  # pyqtgraph forgets it when the numbers are others
            painter.setFont(self.style["tickFont"])
            self.picture = self.generateDrawSpecs(painter)
        if self.picture is not None:
            self.drawPicture(painter, *self.picture)
        painter.restore()

    def drawPicture(
        self,
        painter: QPainter,
        axis: tuple[QPen, Point, Point],
        ticks: list[tuple[QPen, Point, Point]],
        texts: list[tuple[QRectF, int, str]],
    ) -> None:
        """Draw the axis, the lines of the grid, all of one pen at once, and the numbers."""
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)  # noqa: FBT003 - as Qt has it
        for made, lines in groupby([axis, *ticks], key=itemgetter(0)):
            painter.setPen(made)
            painter.drawLines([QLineF(start, end) for _, start, end in lines])
        painter.setFont(self.style["tickFont"])
        painter.setPen(self.textPen())
        for area, flags, text in texts:
            painter.drawText(area, int(flags), text)

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
        self._named: tuple[str, str, Theme] | None = None
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
            axis.setStyle(tickLength=-4, tickTextOffset=5, maxTickLevel=1)
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

    def settle(self) -> None:
        """Look now how far the axes reach: at the first painting, it would be painted again."""
        self.getPlotItem().getViewBox().prepareForPaint()

    def label(self, across: str, up: str) -> None:
        """Name the two axes."""
        named = across, up, theme()
        if named == self._named:  # else the numbers would be laid out anew
            return
        self._named = named
        style = {"color": theme().dim.name(), "font-size": "12px"}
        self.setLabel("bottom", across, **style)
        self.setLabel("left", up, **style)


def pen(colour: QColor, width: float, style: Qt.PenStyle = Qt.PenStyle.SolidLine) -> QPen:
    """Make a pen whose width does not follow the scale of the plot."""
    made = QPen(colour, width, style)
    made.setCosmetic(True)
    return made
