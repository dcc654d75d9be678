"""A folded group on the canvas: a stack of cards with a name, a summary and ports of its own."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyleOptionGraphicsItem, QWidget

from gui.canvas import group_geometry, paint
from gui.canvas.badge import badge
from gui.canvas.block_item import BlockItem
from gui.canvas.drafting import OUT, Port
from gui.canvas.item import FAR
from gui.theme import Theme, font, theme

NAME_LINES = 2


class GroupItem(BlockItem):
    """A folded group, in place of the blocks in it.

    Attributes
    ----------
    block
        Id of the group.
    """

    def follow(self) -> None:
        """Take size and place from the document."""
        place = self.canvas.lines.place(self.block)
        width, height = group_geometry.size(self.canvas.folds.face(self.block).ports)
        self.prepareGeometryChange()
        self._box = QRectF(-width / 2, -height / 2, width, height)
        self.setPos(place.x, place.y)
        self._find_ports()

    def ports(self) -> list[Port]:
        """List the ports inside that its own stand for."""
        ports = self.canvas.folds.face(self.block).ports
        found = [Port(*inlet.ends[0]) for inlet in ports.inlets]
        return found + [Port(block, OUT) for block in ports.outlets]

    def paint(
        self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None
    ) -> None:
        """Paint the group as it is at this moment."""
        del widget
        canvas, c = self.canvas, theme()
        if option.levelOfDetailFromTransform(painter.worldTransform()) < FAR:
            return  # the far picture shows it
        light = c.glow if canvas.moment.is_backward else c.blue
        is_active = canvas.is_active(self.block)
        is_faulty = self.block in canvas.faulty
        edge, width = (c.bad, 1.8) if is_faulty else (c.dim, 1.4)
        is_past = canvas.is_past(self.block)
        if is_past and not is_faulty:
            edge = paint.pale(c.orange, c.dim, 0.35)
        radius = group_geometry.RADIUS
        if is_active:
            paint.glow(painter, self._box, radius, light)
            edge, width = (c.orange if canvas.moment.is_backward else c.blue), 2.2
        behind = paint.pen(paint.pale(edge, c.bg, 0.7), 1.2)
        for step in (2, 1):
            shift = group_geometry.STACK * step
            card = self._box.translated(shift, -shift)
            paint.box(painter, card, radius, paint.pale(c.sel, c.card, 0.5), behind)
        if self.isSelected():
            ring = self._box.adjusted(-4, -4, 4, 4)
            paint.box(painter, ring, radius + 4, None, paint.pen(c.blue, 2.0))
        passed = paint.pale(c.orange_bg, c.card, 0.55 if c.dark else 0.5)
        fill = c.bad_bg if is_faulty else (passed if is_past else c.card)
        paint.box(painter, self._box, radius, fill, paint.pen(edge, width))
        self._paint_face(painter, c)
        self._paint_ports(painter, c)
        badge(painter, self._box, canvas.findings.verdict(self.block), c)

    def _paint_face(self, painter: QPainter, c: Theme) -> None:
        """Paint the name, and below a line how many blocks there are and how far they are."""
        canvas = self.canvas
        group = canvas.document.groups.group(self.block)
        count = canvas.folds.face(self.block).count
        middle = self._box.center().y()
        upper = QRectF(self._box.left() + 12, middle - 48, self._box.width() - 24, 42)
        painter.setFont(font(15, bold=True))
        painter.setPen(c.ink)
        flags = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
        painter.drawText(upper, flags, _fitting(painter, upper, group.name))
        words = "1 block" if count == 1 else f"{count:,} blocks"
        lower = QRectF(self._box.left() + 8, middle - 6, self._box.width() - 16, 20)
        paint.text(painter, lower, words, font(12), c.dim)
        self._paint_summary(painter, c)

    def _paint_summary(self, painter: QPainter, c: Theme) -> None:
        """Paint, below a line, the value of the last result and the gradient that it got."""
        results = self.canvas.results_of(self.block)
        if not results:
            return
        box, numbers = self._box, self.canvas.numbers
        line = box.center().y() + 20
        painter.setPen(paint.pen(c.line, 1.0))
        painter.drawLine(QPointF(box.left() + 14, line), QPointF(box.right() - 14, line))
        half = (box.width() - 20) / 2
        told = (numbers.value(results[-1]), numbers.gradient(results[-1]))
        for at, (value, ink) in enumerate(zip(told, (c.blue, c.orange), strict=True)):
            room = QRectF(box.left() + 10 + at * half, line + 4, half, 22)
            words = "–" if value is None else paint.fitting(value, half)
            colour = paint.pale(ink, c.card, 0.45) if value is None else ink
            paint.text(painter, room, words, font(12, code=True), colour)


def _fitting(painter: QPainter, room: QRectF, words: str) -> str:
    """Shorten a name until it fits on two lines."""
    metrics = painter.fontMetrics()
    return metrics.elidedText(
        words, Qt.TextElideMode.ElideRight, int(room.width() * NAME_LINES * 0.9)
    )
