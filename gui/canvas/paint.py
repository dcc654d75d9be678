"""The marks that the canvas is made of. Pictures and films are painted with the same functions."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from functools import lru_cache

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QFont, QPainter, QPainterPath, QPen
from PySide6.QtWidgets import QStyleOptionGraphicsItem

from engine.picture import sizes
from engine.values import value_text
from engine.variable import Array
from gui.canvas.drafting import PortState
from gui.canvas.geometry import PORT_RADIUS
from gui.measuring import set_line, shortened, width_of
from gui.theme import Theme, font, mixed

CENTRE = Qt.AlignmentFlag.AlignCenter
NUMBER_HEIGHT, WIDEST = sizes.NUMBER_HEIGHT, sizes.WIDEST


def pen(colour: QColor, width: float = 1.0) -> QPen:
    """Give a pen with round ends; the same one for the same colour and width."""
    return _pen(colour.rgba(), width)


def dashes(colour: QColor, width: float) -> QPen:
    """Give a pen for what is not there yet, or soon will not be."""
    made = QPen(colour, width, Qt.PenStyle.CustomDashLine, Qt.PenCapStyle.FlatCap)
    made.setDashPattern([3.0, 2.4])
    return made


@lru_cache(maxsize=256)
def _pen(rgba: int, width: float) -> QPen:
    style, cap = Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap
    brush = QBrush(QColor.fromRgba(rgba))
    return QPen(brush, width, style, cap, Qt.PenJoinStyle.RoundJoin)


def box(
    painter: QPainter, rect: QRectF, radius: float, fill: QColor | None, edge: QPen | None = None
) -> None:
    """Paint a rounded box."""
    painter.setBrush(fill if fill is not None else Qt.BrushStyle.NoBrush)
    painter.setPen(edge if edge is not None else Qt.PenStyle.NoPen)
    painter.drawRoundedRect(rect, radius, radius)


def glow(painter: QPainter, rect: QRectF, radius: float, colour: QColor) -> None:
    """Paint a soft light around a box: three rings, each fainter than the one inside."""
    for ring, alpha in ((3, 26), (2, 44), (1, 70)):
        shade = QColor(colour)
        shade.setAlpha(alpha)
        grown = rect.adjusted(-3 * ring, -3 * ring, 3 * ring, 3 * ring)
        box(painter, grown, radius + 3 * ring, shade)


@contextmanager
def faded(painter: QPainter, share: float) -> Iterator[None]:
    """Paint with so much of the strength that it has."""
    strength = painter.opacity()
    painter.setOpacity(strength * share)
    yield
    painter.setOpacity(strength)


def exposed(painter: QPainter, option: QStyleOptionGraphicsItem) -> QRectF:
    """Give what of an item has to be painted, in its own coordinates.

    On a screen Qt tells it, if the item wants to know; in a picture it is all that the picture
    shows: where the device ends, nothing is seen.
    """
    if not option.exposedRect.isEmpty():
        return option.exposedRect
    device = painter.device()
    # A widget counts its own pixels, and the painter those of the screen.
    ratio = device.devicePixelRatioF()
    whole = QRectF(0, 0, device.width() * ratio, device.height() * ratio)
    back, is_possible = painter.combinedTransform().inverted()
    return back.mapRect(whole) if is_possible else QRectF()


def port(painter: QPainter, at: QPointF, state: PortState, c: Theme) -> None:
    """Paint a port: by its form alone it tells whether it may take the wire that is being drawn."""
    fill, edge, grown = {
        "quiet": (c.card, c.dim, 0.0),
        "legal": (c.ok_bg, c.ok, 3.0),
        "illegal": (c.sel, c.line, 0.0),
        "aimed": (c.ok, c.ok, 4.0),
        "doubtful": (c.card, c.bad, 5.0),
        "refused": (c.bad, c.bad, 4.0),
        "held": (c.ok, c.ok, 0.0),
    }[state]
    radius = PORT_RADIUS + grown
    painter.setBrush(fill)
    painter.setPen(pen(edge, 1.6))
    painter.drawEllipse(at, radius, radius)
    inner = radius * 0.5
    match state:
        case "legal":  # a plus
            strokes(painter, at, c.ok, ((-inner, 0, inner, 0), (0, -inner, 0, inner)))
        case "illegal":  # struck out
            far = PORT_RADIUS * 0.8
            strokes(painter, at, pale(c.dim, c.bg, 0.6), ((-far, far, far, -far),))
        case "aimed":  # a tick
            strokes(painter, at, c.card, ((-4, 0, -1.2, 3), (-1.2, 3, 4, -3)))
        case "refused":  # a cross
            strokes(painter, at, c.card, ((-3.2, -3.2, 3.2, 3.2), (-3.2, 3.2, 3.2, -3.2)))
        case "doubtful":  # an exclamation mark
            strokes(painter, at, c.bad, ((0, -6, 0, 1), (0, 5, 0, 5)))


def strokes(
    painter: QPainter, at: QPointF, ink: QColor, lines: Iterable[tuple[float, float, float, float]]
) -> None:
    """Paint strokes around a point: from where to where each goes."""
    painter.setPen(pen(ink, 1.7))
    for x1, y1, x2, y2 in lines:
        painter.drawLine(at + QPointF(x1, y1), at + QPointF(x2, y2))


def text(
    painter: QPainter,
    rect: QRectF,
    words: str,
    type_face: QFont,
    colour: QColor,
    align: Qt.AlignmentFlag = CENTRE,
) -> None:
    """Paint a line of text, shortened in the middle where it does not fit."""
    words = shortened(words, type_face, rect.width(), Qt.TextElideMode.ElideMiddle)
    painter.setPen(colour)
    set_line(painter, rect, words, type_face, align)


def in_two(words: str, type_face: QFont, room: float) -> tuple[str, ...]:
    """Break a name that is too long for one line before a capital, as evenly as may be."""
    return sizes.broken(words, lambda part: width_of(part, type_face), room)


def fitting(value: Array, room: float) -> str:
    """Write a value so that its pill fits: with fewer digits, or as its shape alone."""
    for digits, longest in ((5, 4), (3, 4), (3, 2)):
        words = value_text(value, digits, longest)
        if number_width(words) <= room:
            return words
    return str(value.shape) if value.ndim else value_text(value, 2)


def number_width(words: str) -> float:
    """Width of the pill around a number."""
    return max(width_of(words, font(13, code=True)) + 16, NUMBER_HEIGHT)


def number(
    painter: QPainter, centre: QPointF, words: str, ink: QColor, fill: QColor, *, lit: bool = False
) -> None:
    """Paint a number in its pill; a lit one has an outline."""
    width = number_width(words)
    rect = QRectF(centre.x() - width / 2, centre.y() - NUMBER_HEIGHT / 2, width, NUMBER_HEIGHT)
    box(painter, rect, NUMBER_HEIGHT / 2, fill, pen(ink, 1.2) if lit else None)
    text(painter, rect.adjusted(6, 0, -6, 0), words, font(13, code=True), ink)


def chip(painter: QPainter, centre: QPointF, words: str, c: Theme) -> None:
    """Paint a local derivative under the block at work."""
    width = number_width(words) + 14
    rect = QRectF(centre.x() - width / 2, centre.y() - 13, width, 26)
    fill, ink = (c.orange, c.panel) if not c.dark else (c.orange, c.bg)
    box(painter, rect, 13, fill)
    text(painter, rect.adjusted(6, 0, -6, 0), words, font(13, bold=True, code=True), ink)


def pulse(
    painter: QPainter, path: QPainterPath, share: float, colour: QColor, *, back: bool
) -> None:
    """Paint what travels along a wire: the way it has come, an arrow head, and a dot.

    Parameters
    ----------
    share
        How far it has got, from 0 to 1.
    back
        Whether it travels against the direction of the wire.
    """
    # The tip stops at the edge of the port, so that its arrow head can be seen.
    share *= max(1.0 - (PORT_RADIUS + 3) / max(path.length(), 1.0), 0.0)
    begin, end = (1.0, 1.0 - share) if back else (0.0, share)
    steps = 12
    trail = QPainterPath(path.pointAtPercent(begin))
    for step in range(1, steps + 1):
        trail.lineTo(path.pointAtPercent(begin + (end - begin) * step / steps))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(pen(colour, 3.0))
    painter.drawPath(trail)
    tip = path.pointAtPercent(end)
    angle = math.radians(-path.angleAtPercent(end)) + (math.pi if back else 0.0)
    for side in (-1, 1):
        barb = angle + math.pi + side * 0.5
        painter.drawLine(tip, tip + QPointF(math.cos(barb), math.sin(barb)) * 10)


def pale(colour: QColor, ground: QColor, share: float) -> QColor:
    """Let a colour fade into its ground."""
    return mixed(ground, colour, share)
