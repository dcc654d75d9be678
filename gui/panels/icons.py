"""The signs on the transport's buttons, drawn as paths so that they are sharp at any scale."""

from __future__ import annotations

from collections.abc import Callable
from enum import Enum

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPainterPath, QPolygonF, QTransform


class Sign(Enum):
    """What a button does, as a sign. Each is drawn around (0, 0), about 16 units wide."""

    TO_START = "to start"
    BACK = "back"
    PLAY = "play"
    PAUSE = "pause"
    ON = "on"
    TO_END = "to end"


def _triangle(tip: float, base: float, half: float) -> QPainterPath:
    path = QPainterPath()
    corners = [QPointF(tip, 0), QPointF(base, -half), QPointF(base, half)]
    path.addPolygon(QPolygonF(corners))
    path.closeSubpath()
    return path


def _bar(left: float, width: float, half: float) -> QPainterPath:
    path = QPainterPath()
    path.addRoundedRect(QRectF(left, -half, width, 2 * half), 0.9, 0.9)
    return path


def _mirrored(path: QPainterPath) -> QPainterPath:
    return QTransform.fromScale(-1, 1).map(path)


def _step() -> QPainterPath:
    return _bar(-6.5, 2, 6) + _triangle(6.5, -2, 6)


def _end() -> QPainterPath:
    return _triangle(3.5, -5.5, 6) + _bar(4, 2, 6)


PATHS: dict[Sign, Callable[[], QPainterPath]] = {
    Sign.TO_START: lambda: _mirrored(_end()),
    Sign.BACK: lambda: _mirrored(_step()),
    Sign.PLAY: lambda: _triangle(9, -5.5, 8),
    Sign.PAUSE: lambda: _bar(-6, 4.2, 7) + _bar(1.8, 4.2, 7),
    Sign.ON: _step,
    Sign.TO_END: _end,
}


def path_of(sign: Sign) -> QPainterPath:
    """Give the outline of a sign, to be filled."""
    return PATHS[sign]()
