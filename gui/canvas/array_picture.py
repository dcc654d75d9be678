"""A value on the canvas as a small picture, where it is too large to be written out."""

from __future__ import annotations

import weakref
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from typing import Generic, TypeVar

from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QPaintEngine, QPainter, QPixmap

from engine.asking.overview import overview
from engine.picture.cells import (
    COLUMNS,
    EDGE,
    LONGEST,
    MATRIX,
    ROUND,
    ROWS,
    cell_counts,
    largest_of,
)
from engine.picture.cells import picture_size as size_of
from engine.values import value_text
from engine.variable import Array
from gui.canvas import paint
from gui.cells import cell_ground, cell_sign, cell_text
from gui.contrast import ink_on
from gui.theme import Theme, font, theme

SHARPNESS = (1.0, 2.0, 4.0, 8.0)
"""Pixels a scene unit that pictures are kept at."""

IN_LINES = (QPaintEngine.Type.SVG, QPaintEngine.Type.Pdf)
"""What is painted there is made of lines and areas, of any sharpness; dots would be of one."""

KEPT = 1_000
"""Pictures that are kept, and widths of texts."""

TYPE, NUMBER = 11, 34.0
"""Pixels of the numbers in cells, and how wide a cell must be seen for one."""


Made = TypeVar("Made")


def is_pictured(value: Array, room: float) -> bool:
    """Tell whether a value is shown as a picture, because it cannot be written out."""
    if not (value.ndim and value.size):
        return False
    if value.size > LONGEST or value.ndim > MATRIX:
        return True
    return _WIDTHS.get(value, (), lambda: paint.number_width(value_text(value, 3, LONGEST))) > room


def picture_size(shape: tuple[int, ...], room: QSizeF) -> QSizeF:
    """Give the size of the picture of an array of some shape, frame and all."""
    return QSizeF(*size_of(shape, room.width(), room.height()))


def paint_picture(
    painter: QPainter, area: QRectF, value: Array, *, backward: bool, lit: bool = False
) -> None:
    """Paint the picture of an array into an area, such as one of its `picture_size`.

    Numbers stand in the cells where they are seen large enough.
    """
    c = theme()
    zoom = painter.worldTransform().m11()
    inner = area.adjusted(EDGE, EDGE, -EDGE, -EDGE)
    strong, pale = (c.orange, c.orange_bg) if backward else (c.blue, c.blue_bg)
    edge = paint.pen(strong, 1.4) if lit else paint.pen(paint.pale(strong, c.card, 0.45), 1.0)
    paint.box(painter, area, ROUND, pale, edge)
    rows, columns = cell_counts(value.shape)
    wide, high = inner.width() / columns * zoom, inner.height() / rows * zoom
    numbered = wide >= NUMBER and high >= TYPE + 3
    sharpness = zoom * painter.device().devicePixelRatioF()
    # A stroke through a number would look as if that did not count; it has a sign itself.
    look = _Look(inner.size(), backward, c, _sharp(sharpness), signed=not numbered)
    if painter.paintEngine().type() in IN_LINES:
        _paint_cells(painter, inner, value, look, 1.0)
    else:
        picture = _PICTURES.get(value, look.key, lambda: _drawn(value, look))
        painter.drawPixmap(inner, picture, QRectF(picture.rect()))
    if numbered:
        _write(painter, inner, value, zoom, backward=backward)


def _sharp(wanted: float) -> float:
    return next((sharp for sharp in SHARPNESS if sharp >= wanted), SHARPNESS[-1])


def _areas(size: QSizeF, cells: Array, corner: QPointF) -> list[tuple[QRectF, float]]:
    rows, columns = cells.shape
    width, height = size.width() / columns, size.height() / rows
    return [
        (QRectF(corner.x() + at * width, corner.y() + row * height, width, height), value)
        for row, line in enumerate(cells.tolist())
        for at, value in enumerate(line)
    ]


def _write(painter: QPainter, area: QRectF, value: Array, zoom: float, *, backward: bool) -> None:
    """Write the numbers into the cells, in pixels, so that they are as sharp as any text."""
    painter.save()
    painter.translate(area.topLeft())
    painter.scale(1 / zoom, 1 / zoom)
    c, cells, face = theme(), overview(value, (ROWS, COLUMNS)), font(TYPE, code=True)
    largest = largest_of(cells)
    for cell, number in _areas(area.size() * zoom, cells, QPointF()):
        room = cell.adjusted(1, 0, -1, 0)
        ink = ink_on(cell_ground(number, largest, c, backward=backward), c)
        paint.text(painter, room, cell_text(number, room.width()), face, ink)
    painter.restore()


@dataclass(frozen=True, slots=True)
class _Look:
    """How a picture looks: size, colours, pixels a scene unit, strokes through what is negative."""

    size: QSizeF
    backward: bool
    colours: Theme
    sharpness: float
    signed: bool

    @property
    def key(self) -> tuple[float, ...]:
        return (
            round(self.size.width(), 1),
            round(self.size.height(), 1),
            self.backward,
            self.colours.dark,
            self.sharpness,
            self.signed,
        )


class _Kept(Generic[Made]):
    """What was made of arrays, kept as long as these are there and not too many are."""

    def __init__(self) -> None:
        self._kept: OrderedDict[tuple[float, ...], tuple[weakref.ref[Array], Made]] = OrderedDict()

    def get(self, value: Array, look: tuple[float, ...], make: Callable[[], Made]) -> Made:
        key = (id(value), *look)
        known = self._kept.get(key)
        if known is not None and known[0]() is value:
            self._kept.move_to_end(key)
            return known[1]
        made = make()
        self._kept[key] = weakref.ref(value), made
        while len(self._kept) > KEPT:
            self._kept.popitem(last=False)
        return made


_PICTURES = _Kept[QPixmap]()
_WIDTHS = _Kept[float]()


def _drawn(value: Array, look: _Look) -> QPixmap:
    """Draw the cells of an array, to be kept."""
    size = look.size * look.sharpness
    picture = QPixmap(size.toSize().expandedTo(QSizeF(1, 1).toSize()))
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    _paint_cells(painter, QRectF(picture.rect()), value, look, look.sharpness)
    painter.end()
    return picture


def _paint_cells(painter: QPainter, room: QRectF, value: Array, look: _Look, unit: float) -> None:
    """Paint the cells of an array; `unit` is what a scene unit is here."""
    c, cells = look.colours, overview(value, (ROWS, COLUMNS))
    largest, gap = largest_of(cells), 0.25 * unit
    for area, number in _areas(room.size(), cells, room.topLeft()):
        cell = area.adjusted(gap, gap, -gap, -gap)
        painter.fillRect(cell, cell_ground(number, largest, c, backward=look.backward))
        if look.signed:
            inset = 0.2 * min(cell.width(), cell.height())
            inner = cell.adjusted(inset, inset, -inset, -inset)
            cell_sign(painter, inner, number, c, 0.7 * unit)
