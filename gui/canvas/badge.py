"""The badge on a block: whether its gradient agrees with the derivative found by trial."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPainter, QPolygonF

from gui.canvas import paint
from gui.checking import Verdict
from gui.theme import Theme

RADIUS = 9.0
"""Of the round badge; the diamond is a little larger, so that both weigh the same."""

DIAMOND = 12.0


def badge(painter: QPainter, box: QRectF, verdict: Verdict | None, c: Theme) -> None:
    """Paint a badge on the upper left corner of a block; nothing as long as there is no verdict.

    It tells by its form: a full disc with a tick agrees, a diamond with a cross differs, and of an
    open circle with a stroke a trial cannot tell.
    """
    if verdict is None:
        return
    at = box.topLeft() + QPointF(5, 3)
    rim = paint.pen(c.bg, 2.0)
    painter.setPen(rim)
    if verdict.agrees is None:
        painter.setBrush(c.card)
        painter.drawEllipse(at, RADIUS + 1, RADIUS + 1)
        painter.setPen(paint.pen(c.dim, 1.6))
        painter.drawEllipse(at, RADIUS - 1, RADIUS - 1)
        paint.strokes(painter, at, c.dim, ((-3.5, 0, 3.5, 0),))
    elif verdict.agrees:
        painter.setBrush(c.ok)
        painter.drawEllipse(at, RADIUS, RADIUS)
        paint.strokes(painter, at, c.card, ((-4, 0.4, -1.2, 3.2), (-1.2, 3.2, 4, -3)))
    else:
        corners = ((0, -DIAMOND), (DIAMOND, 0), (0, DIAMOND), (-DIAMOND, 0))
        painter.setBrush(c.bad)
        painter.drawPolygon(QPolygonF([at + QPointF(*corner) for corner in corners]))
        paint.strokes(painter, at, c.card, ((-3.4, -3.4, 3.4, 3.4), (-3.4, 3.4, 3.4, -3.4)))
