"""Where the numbers of an input stand in its pill: each of them can be slid there."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator

import numpy as np
from PySide6.QtCore import QPointF, QRectF, QSizeF

from engine.asking.overview import table_shape
from engine.graph import INPUT, Block
from engine.picture.cells import COLUMNS, EDGE, ROWS
from engine.values import value_text
from engine.variable import Array
from gui.canvas import geometry
from gui.canvas.array_picture import picture_size
from gui.measuring import width_of
from gui.theme import font

Index = tuple[int, ...]

NUMBER = re.compile(r"[^\[\], ]+")
"""A number within the text of an array."""

FACE_SIZE = 13
"""Pixels of the numbers in a pill."""


def numbers_line(block: Block, box: QRectF) -> QRectF:
    """Give the line on which the value of an input is written in its pill."""
    inner = box.adjusted(10, 0, -10, 0)
    if block.kind != INPUT:
        return inner
    return QRectF(inner.left(), inner.top() + 26, inner.width(), 20)


def picture_area(box: QRectF, value: Array) -> QRectF:
    """Give where the picture of an array stands in a pill, below the name."""
    size = picture_size(value.shape, QSizeF(box.width() - 20, 30))
    corner = QPointF(box.center().x() - size.width() / 2, box.top() + 26 + (30 - size.height()) / 2)
    return QRectF(corner, size)


def areas(block: Block, box: QRectF) -> Iterator[tuple[Index, QRectF]]:
    """Give where each number of an input stands; nothing where not all of them are seen.

    Parameters
    ----------
    box
        The outline of its pill.
    """
    value = block.value
    if block.is_function or value is None or not value.size:
        return
    if not value.ndim:
        below = box.height() / 2 - 2 if block.kind == INPUT else 0
        yield (), box.adjusted(0, below, 0, 0)
    elif geometry.has_picture(block):
        yield from _in_picture(picture_area(box, value), value)
    else:
        yield from in_text(numbers_line(block, box), value_text(value), value.shape)


def number_at(block: Block, box: QRectF, at: QPointF) -> Index | None:
    """Find the finite number of an input that stands at a place; () if it has only one."""
    for index, area in areas(block, box):
        if area.contains(at):
            return index if block.value is not None and np.isfinite(block.value[index]) else None
    return None


def _in_picture(area: QRectF, value: Array) -> Iterator[tuple[Index, QRectF]]:
    rows, columns = table_shape(value.shape)
    if rows > ROWS or columns > COLUMNS:
        return  # a cell stands for many
    inner = area.adjusted(EDGE, EDGE, -EDGE, -EDGE)
    size = QSizeF(inner.width() / columns, inner.height() / rows)
    for at, index in enumerate(np.ndindex(value.shape)):
        row, column = divmod(at, columns)
        corner = QPointF(inner.left() + column * size.width(), inner.top() + row * size.height())
        yield index, QRectF(corner, size)


def in_text(line: QRectF, words: str, shape: Index) -> Iterator[tuple[Index, QRectF]]:
    """Give where each number of a written array stands; nothing where not all are written.

    Parameters
    ----------
    line
        Where the words are written, in its middle.
    """
    face = font(FACE_SIZE, code=True)
    found = list(NUMBER.finditer(words))
    if len(found) != math.prod(shape):
        return
    left = line.center().x() - width_of(words, face) / 2
    for number, index in zip(found, np.ndindex(shape), strict=True):
        begin, end = (left + width_of(words[:at], face) for at in number.span())
        yield index, QRectF(begin - 2, line.top() - 4, end - begin + 4, line.height() + 8)
