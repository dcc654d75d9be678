"""The cells of an array as a picture: how strong one is, and its sign. All pictures share it."""

from __future__ import annotations

import math

import numpy as np
from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QPainter, QPen

from engine.variable import Array
from gui.panels.painting import walk_colours
from gui.theme import Theme, mixed

PALEST, STRONGEST = 0.05, 0.6
"""Part of the walk's colour in the smallest and in the largest element."""


def largest_of(cells: Array) -> float:
    """Give the size of the largest finite element, by which the strength of all is measured."""
    finite = np.abs(cells[np.isfinite(cells)])
    return float(finite.max(initial=0.0)) or 1.0


def cell_ground(value: float, largest: float, c: Theme, *, backward: bool) -> QColor:
    """Choose the ground of a cell: blue for values, orange for gradients, red for what is none."""
    if not math.isfinite(value):
        return c.bad_bg
    strong, _ = walk_colours(c, backward=backward)
    share = PALEST + (STRONGEST - PALEST) * abs(value) / largest if value else 0.0
    return mixed(c.card, strong, round(share, 2))


def cell_sign(painter: QPainter, area: QRectF, value: float, c: Theme, width: float = 1.0) -> None:
    """Strike a negative element through, and cross out what is no number."""
    if not (value < 0 or math.isnan(value)):
        return
    painter.setPen(QPen(mixed(c.card, c.ink, 0.7) if value < 0 else c.bad, width))
    painter.drawLine(area.bottomLeft(), area.topRight())
    if math.isnan(value):
        painter.drawLine(area.topLeft(), area.bottomRight())
