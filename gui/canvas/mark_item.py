"""A frame or a note on the canvas."""

from __future__ import annotations

import math
from functools import lru_cache

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import (
    QColor,
    QFontMetricsF,
    QPainter,
    QPainterPath,
    QTextLayout,
    QTextOption,
)
from PySide6.QtWidgets import QStyleOptionGraphicsItem, QWidget

from engine.marks import Box, Frame, Note
from engine.picture.ground import EDGE, LINE, RADIUS
from engine.picture.group_sizes import TAB_HEIGHT
from gui.canvas import paint
from gui.canvas.item import FAR, VERY_FAR, CanvasItem
from gui.theme import Theme, font, mixed, theme

FRAMES, NOTES = -200.0, -50.0
"""Frames lie behind all else, large ones behind small ones; notes behind wires and blocks. Those of
an open group lie on its ground."""

NARROWEST = 46.0
"""Pixels of the narrowest frame whose title is painted from far away."""

ABOVE = 450.0
"""How far above a frame its title may stand from far away, in scene units."""

LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter


def outline(box: Box) -> QRectF:
    """Give a box as a rectangle."""
    return QRectF(*box)


def ground(colour: str, c: Theme, *, strong: bool = False) -> QColor:
    """Give the ground of a mark of a colour, or that of the title of a frame."""
    return mixed(c.bg, getattr(c, colour), (0.26 if c.dark else 0.22) if strong else 0.12)


class MarkItem(CanvasItem):
    """A frame: a rectangle with a title; or a note: text that wraps.

    Attributes
    ----------
    mark
        Its id.
    """

    def __init__(self, mark: str) -> None:
        super().__init__()
        self.mark = mark
        self._rect = QRectF()
        self._title = ""

    def follow(self) -> None:
        """Take place and size from the document."""
        facts = self.canvas.marks.mark(self.mark)
        self.prepareGeometryChange()
        self._rect = self.canvas.marks.rect(self.mark)
        self._title = facts.text if isinstance(facts, Frame) else ""
        # The larger a frame, the farther behind.
        depth = math.log(self._rect.width() * self._rect.height())
        ground = self.canvas.open_groups.ground_of(self.mark)
        below, deep = (FRAMES, depth) if ground is None else (ground + 0.9, depth / 100)
        self.setZValue(below - deep if isinstance(facts, Frame) else NOTES)
        self.update()

    @property
    def head(self) -> QRectF:
        """What a frame is taken hold of by: the band with its title; of a note, all of it."""
        if not self.canvas.marks.is_frame(self.mark):
            return self._rect
        height = min(TAB_HEIGHT, self._rect.height())
        return QRectF(self._rect.left(), self._rect.top(), self._rect.width(), height)

    def is_at(self, at: QPointF, reach: float) -> bool:
        """Tell whether a point is on the head, or near the edge."""
        wide = self._rect.adjusted(-reach, -reach, reach, reach)
        inner = self._rect.adjusted(reach, reach, -reach, -reach)
        return self.head.contains(at) or (wide.contains(at) and not inner.contains(at))

    def grip(self, at: QPointF, reach: float) -> tuple[int, int]:
        """Tell which edges are at a point: -1 for left or top, 1 for right or bottom, else 0."""
        rect = self._rect
        if not rect.adjusted(-reach, -reach, reach, reach).contains(at):
            return 0, 0
        across = (abs(at.x() - rect.right()) <= reach) - (abs(at.x() - rect.left()) <= reach)
        down = (abs(at.y() - rect.bottom()) <= reach) - (abs(at.y() - rect.top()) <= reach)
        return across, down

    def boundingRect(self) -> QRectF:
        """Room for the outline and the ring of the selection."""
        return self._rect.adjusted(-8, -ABOVE if self._title else -8, 8, 8)

    def shape(self) -> QPainterPath:
        """It is found by `ShownMarks.at`, behind everything else."""
        return QPainterPath()

    def paint(
        self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None
    ) -> None:
        """Paint it."""
        del widget
        c, facts = theme(), self.canvas.marks.mark(self.mark)
        zoom = option.levelOfDetailFromTransform(painter.worldTransform())
        fill = ground(facts.colour, c)
        if zoom < VERY_FAR:
            painter.fillRect(self._rect, ground(facts.colour, c, strong=True))
        else:
            edge = paint.pen(paint.pale(getattr(c, facts.colour), c.bg, 0.55), 1.4)
            paint.box(painter, self._rect, RADIUS, fill, edge)
        if self.mark in self.canvas.selection:
            ring = self._rect.adjusted(-4, -4, 4, 4)
            paint.box(painter, ring, RADIUS + 4, None, paint.pen(c.blue, 2.0 / min(zoom, 1.0)))
        if zoom < FAR:
            self._paint_far_title(painter, c, zoom)
        elif isinstance(facts, Note):
            self._paint_text(painter, c, facts)
        else:
            self._paint_title(painter, c, facts.colour)

    def _paint_title(self, painter: QPainter, c: Theme, colour: str) -> None:
        # Not the whole of it under a clip: pictures in lines know of none.
        head, turn = self.head, 2 * RADIUS
        band = QPainterPath(head.bottomLeft())
        band.arcTo(head.left(), head.top(), turn, turn, 180, -90)
        band.arcTo(head.right() - turn, head.top(), turn, turn, 90, -90)
        band.lineTo(head.bottomRight())
        band.closeSubpath()
        painter.setBrush(ground(colour, c, strong=True))
        painter.setPen(paint.pen(paint.pale(getattr(c, colour), c.bg, 0.55), 1.4))
        painter.drawPath(band)
        room = self.head.adjusted(EDGE, 0, -EDGE, 0)
        paint.text(painter, room, self._title, font(13, bold=True), c.ink, LEFT)

    def _paint_text(self, painter: QPainter, c: Theme, facts: Note) -> None:
        room = self._rect.adjusted(EDGE, EDGE - 2, -EDGE, -EDGE + 2)
        lines = wrapped(facts.text, room.width())
        fit = max(int(room.height() / LINE), 1)
        if len(lines) > fit:  # the rest is told by the tip, and by a larger note
            lines = (*lines[: fit - 1], f"{lines[fit - 1].rstrip()} …")
        for number, line in enumerate(lines):
            at = QRectF(room.left(), room.top() + number * LINE, room.width(), LINE)
            paint.text(painter, at, line, font(13), c.ink, LEFT)

    def _paint_far_title(self, painter: QPainter, c: Theme, zoom: float) -> None:
        """Paint the title of a frame above it, as large as near by, so that it can be read."""
        if not self._title or self._rect.width() * zoom < NARROWEST:
            return
        type_face = font(11, bold=True)
        painter.save()
        painter.translate(self._rect.topLeft())
        painter.scale(1 / zoom, 1 / zoom)
        width = QFontMetricsF(type_face).horizontalAdvance(self._title) + 2
        room = min(width, self._rect.width() * zoom)
        paint.text(painter, QRectF(1, -17, room, 16), self._title, type_face, c.ink, LEFT)
        painter.restore()


@lru_cache(maxsize=256)
def wrapped(text: str, width: float) -> tuple[str, ...]:
    """Break a text into lines of a width: between words, and in a word that is too long itself."""
    wrap = QTextOption()
    wrap.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    lines: list[str] = []
    for paragraph in text.expandtabs(4).split("\n"):
        if not paragraph:
            lines.append("")
            continue
        layout = QTextLayout(paragraph, font(13))
        layout.setTextOption(wrap)
        layout.beginLayout()
        while (line := layout.createLine()).isValid():
            line.setLineWidth(max(width, 1.0))
            begin = line.textStart()
            lines.append(paragraph[begin : begin + line.textLength()].rstrip())
        layout.endLayout()
    return tuple(lines)
