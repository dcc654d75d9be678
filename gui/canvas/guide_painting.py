"""How guides look: thin lines through what is in line, and bars across equal gaps."""

from __future__ import annotations

from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPen

from gui.canvas import paint
from gui.canvas.guides import Line, Snap
from gui.theme import Theme, font

BEYOND, TICK = 14.0, 5.0
"""Pixels that a line goes on beyond what it goes through, and half the end of a bar."""

ROOM = 44.0
"""Pixels of a gap from which on its width stands beside it."""


def paint_guides(painter: QPainter, snap: Snap, zoom: float, c: Theme) -> None:
    """Paint what a moved block is in line with."""
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(c.ok, 1.6 / zoom, Qt.PenStyle.DashLine))
    # Lines along the axes are crisp without it.
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)
    painter.drawLines([_longer(line, BEYOND / zoom) for line in snap.lines])
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(paint.pen(c.ok, 2.0 / zoom))
    for gap in snap.gaps:
        _bar(painter, gap, zoom, c)


def reach_of(line: Line, zoom: float) -> QRectF:
    """The part of the scene in which a guide is painted."""
    more = (BEYOND + 12) / zoom
    return QRectF(QPointF(line.x1, line.y1), QPointF(line.x2, line.y2)).adjusted(
        -more, -more, more, more
    )


def _longer(line: Line, by: float) -> QLineF:
    level = line.y1 == line.y2
    x, y = (by, 0.0) if level else (0.0, by)
    return QLineF(line.x1 - x, line.y1 - y, line.x2 + x, line.y2 + y)


def _bar(painter: QPainter, gap: Line, zoom: float, c: Theme) -> None:
    level, tick = gap.y1 == gap.y2, TICK / zoom
    x, y = (0.0, tick) if level else (tick, 0.0)
    painter.drawLines(
        [
            QLineF(*gap),
            QLineF(gap.x1 - x, gap.y1 - y, gap.x1 + x, gap.y1 + y),
            QLineF(gap.x2 - x, gap.y2 - y, gap.x2 + x, gap.y2 + y),
        ]
    )
    width = abs(gap.x2 - gap.x1) + abs(gap.y2 - gap.y1)
    if width * zoom < ROOM:
        return
    painter.save()
    painter.translate((gap.x1 + gap.x2) / 2, (gap.y1 + gap.y2) / 2)
    painter.scale(1 / zoom, 1 / zoom)
    words = QRectF(-16, -9, 32, 18)
    paint.box(painter, words, 9, c.ok_bg, paint.pen(c.ok))
    paint.text(painter, words, f"{width:.0f}", font(11, bold=True), c.ok)
    painter.restore()
