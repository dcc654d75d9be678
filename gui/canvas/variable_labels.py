"""What stands along the wires of a Variable: its name, its numbers, and what they were before.

Each is painted around a spot, and has a room: the width that it may have without reaching over the
blocks beside it.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QPainter

from engine.picture.cells import shape_text
from engine.picture.sizes import ARRIVAL, added, addend_room
from engine.variable import Array
from gui.canvas import geometry, paint
from gui.canvas.array_picture import is_pictured, paint_picture, picture_size
from gui.measuring import width_of
from gui.theme import font, theme

GHOST_PICTURE, FAINT = 24.0, 0.45
"""Height of the picture of what an array was before, and how strongly that is painted."""

RING = 12.0
"""From a block to what keeps clear of the ring around it."""


LONGEST, SHORT = 120.0, 76.0
"""Width of the longest name that is written whole, and of one that has room between two cards."""

RISE = 11.0
"""By how much a longer name stands higher: above the upper edges of cards on the same line."""


def clear_of_rings(middle: float, width: float, gap: float, ringed: bool) -> float:  # noqa: FBT001
    """Move a label between two blocks aside, so that it does not touch a ring around either.

    Parameters
    ----------
    middle, width
        Where its middle would stand, from where the wire begins, and how wide it is.
    gap
        Length of the wire; 0 if it leads to no block.
    ringed
        Whether a ring may stand around the block that the wire begins at, too.

    Examples
    --------
    >>> clear_of_rings(30.0, 48.0, 60.0, False), clear_of_rings(50.0, 40.0, 100.0, True)
    (24.0, 50.0)
    """
    low, high = (RING if ringed else 0.0) + width / 2, gap - RING - width / 2
    if not gap:
        return max(middle, low)
    return min(max(middle, low), high) if low <= high else (low + high) / 2


class Label(NamedTuple):
    """A value above the line of a Variable, or its gradient below.

    Attributes
    ----------
    at
        The spot that it stands above or below.
    value
        The numbers.
    room
        Width that it may have.
    is_gradient
        Whether it is the gradient.
    """

    at: QPointF
    value: Array
    room: float
    is_gradient: bool = False

    @property
    def is_pictured(self) -> bool:
        """Whether it is shown as a picture."""
        return is_pictured(self.value, self.room)

    @property
    def words(self) -> str:
        """What is written, where it is no picture."""
        return paint.fitting(self.value, self.room)

    @property
    def area(self) -> QRectF:
        """Where its picture or its words stand."""
        side = 1 if self.is_gradient else -1
        size = (
            picture_size(self.value.shape, QSizeF(self.room, geometry.PICTURE))
            if self.is_pictured
            else QSizeF(paint.number_width(self.words), paint.NUMBER_HEIGHT)
        )
        middle = self.at + QPointF(0, side * (geometry.LABEL_GAP + size.height() / 2))
        return QRectF(middle - QPointF(size.width() / 2, size.height() / 2), size)


def paint_value(
    painter: QPainter, at: QPointF, value: Array, room: float, *, backward: bool, lit: bool
) -> float:
    """Paint a value above the line, or a gradient below; give how far that reaches."""
    c, label = theme(), Label(at, value, room, backward)
    if label.is_pictured:
        area = label.area
        paint_picture(painter, area, value, backward=backward, lit=lit)
        return geometry.LABEL_GAP + area.height()
    half = geometry.LABEL_GAP + paint.NUMBER_HEIGHT / 2
    middle = at + QPointF(0, half if backward else -half)
    ink, ground = (c.orange, c.orange_bg) if backward else (c.blue, c.blue_bg)
    paint.number(painter, middle, label.words, ink, ground, lit=lit)
    return half + paint.NUMBER_HEIGHT / 2


def rise_of_name(name: str, uses: int) -> float:
    """Tell how much higher a long name stands, so as to be clear of the cards on both sides.

    Where wires part there is no room above: they go up, with numbers on them.
    """
    return RISE if uses == 1 and width_of(name, font(14, italic=True)) > SHORT else 0.0


def paint_name(
    painter: QPainter, middle: QPointF, name: str, value: Array | None, room: float, uses: int
) -> None:
    """Paint the name of the Variable, and beside it the shape of what is a picture."""
    c, face, small = theme(), font(14, italic=True), font(11, code=True)
    longest = SHORT if uses > 1 else LONGEST
    line = QRectF(middle.x() - longest / 2, middle.y() - 9, longest, 18)
    if value is None or not is_pictured(value, room):
        wide = min(width_of(name, face), longest) + 6
        paint.box(painter, QRectF(middle.x() - wide / 2, line.top() + 1, wide, 16), 6, c.bg)
        paint.text(painter, line, name, face, c.dim)
        return
    shape, wide = shape_text(value), width_of(name, face)
    left = middle.x() - (wide + 8 + width_of(shape, small)) / 2
    start = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
    paint.text(painter, QRectF(left, line.top(), 120, 18), name, face, c.dim, start)
    rest = QRectF(left + wide + 8, line.top() + 1, 160, 18)
    paint.text(painter, rest, shape, small, c.dim, start)


def paint_before(
    painter: QPainter,
    centre: QPointF,
    before: Array | None,
    now: Array,
    room: float,
    *,
    backward: bool,
) -> None:
    """What a number was before it was slid, if it was another."""
    if before is None:
        return
    if is_pictured(before, room):
        _paint_picture_before(painter, centre, before, now, room, backward=backward)
        return
    words = paint.fitting(before, room)
    if words != paint.fitting(now, room):
        c, face, said = theme(), font(11, code=True), f"was {words}"
        wide = width_of(said, face) + 6  # its ground lets no wire run through it
        line = QRectF(centre.x() - wide / 2, centre.y() - 7, wide, 14)
        paint.box(painter, line, 5, c.bg)
        paint.text(painter, line, said, face, c.dim)


def _paint_picture_before(
    painter: QPainter, centre: QPointF, before: Array, now: Array, room: float, *, backward: bool
) -> None:
    """Paint faintly the picture of what an array was, if it was another."""
    if np.array_equal(before, now, equal_nan=True):
        return
    size = picture_size(before.shape, QSizeF(room, GHOST_PICTURE))
    centre += QPointF(0, (size.height() / 2 - 6) * (1 if backward else -1))
    area = QRectF(centre - QPointF(size.width() / 2, size.height() / 2), size)
    face = font(11, code=True)
    wide = width_of("was", face)
    line = QRectF(area.left() - wide - 6, centre.y() - 9, wide + 2, 18)
    paint.text(painter, line, "was", face, theme().dim)
    with paint.faded(painter, FAINT):
        paint_picture(painter, area, before, backward=backward)


def paint_arrival(
    painter: QPainter, spot: QPointF, value: Array, room: float, *, lit: bool
) -> None:
    """Paint what has come back along a wire, with the sign that says that it is added."""
    c = theme()
    if not is_pictured(value, room):
        words = added(paint.fitting(value, addend_room(value, room)))
        paint.number(painter, spot, words, c.orange, c.orange_bg, lit=lit)
        return
    size = picture_size(value.shape, QSizeF(ARRIVAL, geometry.PICTURE * 0.75))
    area = QRectF(spot - QPointF(size.width() / 2, size.height() / 2), size)
    paint_picture(painter, area, value, backward=True, lit=lit)
    paint.number(painter, QPointF(area.left() - 6, spot.y()), "+", c.orange, c.orange_bg)
