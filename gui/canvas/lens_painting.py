"""How a lens is painted: what it shows, its edge, and what ties it to the canvas."""

from __future__ import annotations

from PySide6.QtCore import QRect, QRectF
from PySide6.QtGui import QColor, QPainter, QPainterPath

from gui.canvas import paint
from gui.canvas.framing import Framing
from gui.canvas.magnified import framed, room_for, tied
from gui.canvas.near import paint_elements, paint_items
from gui.canvas.scene import CanvasScene
from gui.panels.clipping import begin_cut, end_cut
from gui.theme import Theme

RADIUS = 10.0

HINTS = QPainter.RenderHint.Antialiasing | QPainter.RenderHint.TextAntialiasing


def paint_lens(painter: QPainter, canvas: CanvasScene, framing: Framing, c: Theme) -> None:
    """Paint what a lens shows, in its own pixels."""
    whole = QRectF(0, 0, framing.size.width(), framing.size.height())
    around = whole.adjusted(0.5, 0.5, -0.5, -0.5)
    painter.fillRect(whole, c.bg)
    painter.setRenderHints(HINTS)
    for _ in paint_items(painter, canvas.painted_in(framing.part), framing):
        pass
    paint_elements(painter, canvas, framing)
    painter.fillPath(_corners(whole, around), c.bg)
    paint.box(painter, around, RADIUS, None, paint.pen(_edge(canvas, c)))


def framed_in(shown: QRectF, view: QRect) -> QRectF:
    """Give the frame around what a lens shows, in pixels of the view, as far as it is in sight."""
    return shown & QRectF(view).adjusted(1.5, 1.5, -1.5, -1.5)


def paint_tie(painter: QPainter, canvas: CanvasScene, frame: QRectF, lens: QRect, c: Theme) -> None:
    """Paint a frame around what a lens shows, and lines from there to the lens."""
    if frame.isEmpty():
        return
    ink = _edge(canvas, c)
    painter.setPen(paint.pen(paint.pale(ink, c.bg, 0.35)))
    for line in tied(frame, QRectF(lens)):
        painter.drawLine(line)
    paint.box(painter, frame, RADIUS / 2, None, paint.pen(ink))


def paint_step_from_near(painter: QPainter, canvas: CanvasScene, view: Framing, c: Theme) -> None:
    """Paint the lens of a picture, if its step cannot be read and there is room beside the blocks.

    Parameters
    ----------
    view
        What the picture shows.
    """
    spot = room_for(canvas, view, QRect(), covering=False)
    framing = None if spot is None else framed(canvas, spot.size())
    if spot is None or framing is None:
        return
    painter.save()
    painter.setRenderHints(HINTS)
    shown = QRectF(view.transform.mapRect(framing.part).toAlignedRect())
    frame = framed_in(shown, QRect(0, 0, view.size.width(), view.size.height()))
    paint_tie(painter, canvas, frame, spot, c)
    painter.translate(spot.topLeft())
    begin_cut(painter, QRectF(0, 0, spot.width(), spot.height()))
    paint_lens(painter, canvas, framing, c)
    end_cut(painter)
    painter.restore()


def _edge(canvas: CanvasScene, c: Theme) -> QColor:
    """The colour of the walk, but not so strong that the eye goes to the edge first."""
    return paint.pale(c.orange if canvas.moment.is_backward else c.blue, c.bg, 0.6)


def _corners(whole: QRectF, around: QRectF) -> QPainterPath:
    """Give what lies in a rectangle, but not in the rounded one within it."""
    path = QPainterPath()
    path.addRect(whole)
    path.addRoundedRect(around, RADIUS, RADIUS)
    return path
