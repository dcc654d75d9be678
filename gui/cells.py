"""The cells of an array as a picture: how strong one is, and its sign. All pictures share it."""

from __future__ import annotations

import math

import numpy as np
from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QPainter, QPen

from engine.picture.cells import strength
from engine.values import value_text
from gui.measuring import width_of
from gui.panels.painting import walk_colours
from gui.theme import Theme, font, mixed

TYPE = 11
"""Pixels of the numbers in cells."""


def cell_ground(value: float, largest: float, c: Theme, *, backward: bool) -> QColor:
    """Choose the ground of a cell: blue for values, orange for gradients, red for what is none."""
    if not math.isfinite(value):
        return c.bad_bg
    strong, _ = walk_colours(c, backward=backward)
    return mixed(c.card, strong, round(strength(value, largest), 2))


def cell_sign(painter: QPainter, area: QRectF, value: float, c: Theme, width: float = 1.0) -> None:
    """Strike a negative element through, and cross out what is no number."""
    if not (value < 0 or math.isnan(value)):
        return
    painter.setPen(QPen(mixed(c.card, c.ink, 0.7) if value < 0 else c.bad, width))
    painter.drawLine(area.bottomLeft(), area.topRight())
    if math.isnan(value):
        painter.drawLine(area.topLeft(), area.bottomRight())


def cell_text(number: float, room: float) -> str:
    """Write a number with as many digits as fit into a cell, up to three."""
    words = ""
    for digits in (3, 2, 1):
        words = value_text(np.asarray(number), digits)
        if width_of(words, font(TYPE, code=True)) <= room:
            break
    return words
