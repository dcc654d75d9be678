"""A block on the canvas: a pill for an input, a card for a Function."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QColor, QPainter, QPainterPath
from PySide6.QtWidgets import QStyleOptionGraphicsItem, QWidget

from engine.graph import INPUT, Block, title
from engine.picture import sizes
from engine.picture.cells import shape_text
from engine.recording import BackwardStep
from engine.values import value_text
from engine.variable import Array
from engine.writing import notation_of
from gui.canvas import geometry, paint
from gui.canvas.array_picture import paint_picture
from gui.canvas.badge import badge
from gui.canvas.drafting import Port
from gui.canvas.heat import heat_colours
from gui.canvas.item import FAR, CanvasItem, rank
from gui.canvas.pill_numbers import (
    FACE_SIZE,
    Index,
    areas,
    number_at,
    numbers_line,
    picture_area,
)
from gui.contrast import ink_on
from gui.theme import Theme, font, theme

HALO = 44.0
"""Room around a block for its glow and its chips."""


class BlockItem(CanvasItem):
    """A block: a pill for an input, a card for a Function.

    Attributes
    ----------
    block
        Id of the block.
    """

    def __init__(self, block: str) -> None:
        super().__init__()
        self.block = block
        self.setZValue(1 + rank(block) / 2)
        self._box = QRectF()
        self._ports: list[tuple[Port, QPointF]] = []

    def follow(self) -> None:
        """Take size and place from the document."""
        canvas = self.canvas
        place = canvas.lines.place(self.block)
        width, height = geometry.size(canvas.document.graph.block(self.block))
        self.prepareGeometryChange()
        self._box = QRectF(-width / 2, -height / 2, width, height)
        self.setPos(place.x, place.y)
        self._find_ports()

    def _find_ports(self) -> None:
        """Note where its ports are, in its own coordinates."""
        here, lines = self.pos(), self.canvas.lines
        self._ports = [(port, lines.port(port) - here) for port in self.ports()]

    @property
    def stands(self) -> tuple[QPointF, list[tuple[Port, QPointF]]]:
        """Where it is, and where its ports are: its wires run by nothing else."""
        return self.pos(), self._ports

    @property
    def outline(self) -> QRectF:
        """The block's own outline, in its own coordinates."""
        return self._box

    def ports(self) -> list[Port]:
        """List its ports, the inputs first."""
        return self.canvas.ports_at(self.block)

    def number_at(self, at: QPointF) -> Index | None:
        """Find the number of a pill that stands at a point of the scene: it can be slid there."""
        block = self.canvas.document.graph.block(self.block)
        return number_at(block, self._box, at - self.pos())

    def number_area(self, index: Index = ()) -> QRectF:
        """Give where a number of a pill stands, in scene coordinates; nowhere if it is not seen."""
        block = self.canvas.document.graph.block(self.block)
        found = dict(areas(block, self._box)).get(index)
        return QRectF() if found is None else found.translated(self.pos())

    def boundingRect(self) -> QRectF:
        """Room for the outline, the glow and the chips below."""
        stacked = sizes.CHIP_LINE * max(len(self._ports) - 2, 0)
        return self._box.adjusted(-HALO, -30, HALO, HALO + stacked)

    def setSelected(self, on: bool) -> None:  # noqa: FBT001 - as Qt has it
        """Select the block besides what is selected, or leave it out."""
        self.canvas.selection.set(self.block, on=on)

    def isSelected(self) -> bool:
        """Tell whether it is selected."""
        return self.block in self.canvas.selection

    def shape(self) -> QPainterPath:
        """The outline alone can be hit."""
        path = QPainterPath()
        path.addRect(self._box)
        return path

    def paint(
        self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None
    ) -> None:
        """Paint the block as it is at this moment."""
        del widget
        canvas, c = self.canvas, theme()
        block = canvas.document.graph.block(self.block)
        if option.levelOfDetailFromTransform(painter.worldTransform()) < FAR:
            return  # the far picture shows it
        light = c.glow if canvas.moment.is_backward else c.blue
        step = canvas.moment.step
        is_active = step is not None and step.block == self.block
        fill, edge, width = self._colours(c, block)
        radius = geometry.CARD_RADIUS
        if not block.is_function:
            radius = min(self._box.height(), geometry.PILL_HEIGHT) / 2
        if is_active:
            with paint.faded(painter, canvas.fade):
                paint.glow(painter, self._box, radius, light)
            edge, width = (c.orange if canvas.moment.is_backward else c.blue), 2.2
        if self.block in canvas.selection:
            ring = self._box.adjusted(-4, -4, 4, 4)
            paint.box(painter, ring, radius + 4, None, paint.pen(c.blue, 2.0))
        paint.box(painter, self._box, radius, fill, paint.pen(edge, width))
        if block.is_function:
            self._paint_card(painter, c, block, fill)
        else:
            self._paint_pill(painter, c, block, fill)
        self._paint_ports(painter, c)
        with paint.faded(painter, canvas.fade):
            self._paint_local(painter, c)
        if canvas.findings.parting == self.block:
            self._paint_parting(painter, radius, c)
        badge(painter, self._box, canvas.findings.verdict(self.block), c)

    def _colours(self, c: Theme, block: Block) -> tuple[QColor, QColor, float]:
        canvas = self.canvas
        if self.block in canvas.faulty:
            return c.bad_bg, c.bad, 1.8
        if canvas.findings.heat is not None:
            return heat_colours(canvas.findings.heat, self.block, c)
        if not block.is_function:
            return (c.card, c.blue, 1.8) if block.kind == INPUT else (c.sel, c.line, 1.4)
        backward = canvas.moment.status(self.block) == "backward"
        tinted = paint.pale(c.orange_bg, c.card, 0.55 if c.dark else 0.5)
        return (
            (tinted, paint.pale(c.orange, c.line, 0.25), 1.4) if backward else (c.card, c.line, 1.4)
        )

    def _read_on(self, ground: QColor, c: Theme, usual: QColor) -> QColor:
        """Give a colour, or on a ground that tells the size of a gradient one that can be read."""
        return usual if self.canvas.findings.heat is None else ink_on(ground, c)

    def _paint_card(self, painter: QPainter, c: Theme, block: Block, ground: QColor) -> None:
        symbol = notation_of(block.kind).symbol
        pixels = 27 if len(symbol) < 3 else 22  # noqa: PLR2004 - tanh is wider than x²
        middle = self._box.center().y()
        upper = QRectF(self._box.left() + 8, middle - 32, self._box.width() - 16, 40)
        ink = self._read_on(ground, c, c.ink)
        paint.text(painter, upper, symbol, font(pixels, bold=True), ink)
        lower = QRectF(self._box.left() + 6, middle + 14, self._box.width() - 12, 22)
        lines = paint.in_two(title(block), font(12), lower.width())
        if len(lines) > 1:
            lower = QRectF(lower.left(), middle + 9, lower.width(), 15)
        ink = self._read_on(ground, c, c.dim)
        for line in lines:
            paint.text(painter, lower, line, font(12 if len(lines) == 1 else 11), ink)
            lower.translate(0, 14)

    def _paint_pill(self, painter: QPainter, c: Theme, block: Block, ground: QColor) -> None:
        inner = self._box.adjusted(10, 0, -10, 0)
        words = "?" if block.value is None else value_text(block.value)
        if block.kind != INPUT:
            ink = self._read_on(ground, c, c.ink)
            paint.text(painter, inner, words, font(13, code=True), ink)
            return
        upper = QRectF(inner.left(), inner.top() + 6, inner.width(), 22)
        ink, number = (self._read_on(ground, c, usual) for usual in (c.ink, c.blue))
        paint.text(painter, upper, block.name, font(15, bold=True, italic=True), ink)
        if geometry.has_picture(block) and block.value is not None:
            _paint_array(painter, self._box, block.value, number)
        else:
            line = numbers_line(block, self._box)
            paint.text(painter, line, words, font(FACE_SIZE, code=True), number)
        self._paint_chosen(painter, c)
        ghost = self.canvas.findings.ghost
        before = None if ghost is None else ghost.value(self.block)
        if before is not None and block.value is not None:
            self._paint_before(painter, before, block.value, c)

    def _paint_chosen(self, painter: QPainter, c: Theme) -> None:
        """Frame or underline the number of an array that is slid by mouse or by keyboard."""
        index = self.canvas.selection.number(self.block)
        if not index:
            return
        area = self.number_area(index).translated(-self.pos())
        if geometry.has_picture(self.canvas.document.graph.block(self.block)):
            paint.box(painter, area, 2, None, paint.pen(c.ink, 1.4))
        else:
            low = QPointF(0, -5)
            painter.setPen(paint.pen(c.ink, 1.4))
            painter.drawLine(area.bottomLeft() + low, area.bottomRight() + low)

    def _paint_before(self, painter: QPainter, before: Array, now: Array, c: Theme) -> None:
        """Say above the pill what was in it before, if it was something else."""
        index = self.canvas.selection.number(self.block)
        if index and before.shape == now.shape:  # of an array, the one number that is slid
            before, now = before[index], now[index]
            before, now = np.asarray(before), np.asarray(now)
        if value_text(before) != value_text(now):
            above = QRectF(self._box.left() - 40, self._box.top() - 20, self._box.width() + 80, 18)
            words = f"was {value_text(before)}"
            if index:
                words = f"{', '.join(map(str, index)).join('[]')} = {value_text(now)}, {words}"
            paint.text(painter, above, words, font(11, code=True), c.dim)

    def _paint_ports(self, painter: QPainter, c: Theme) -> None:
        state = self.canvas.plugging.state
        for port, at in self._ports:
            paint.port(painter, at, state(port), c)

    def _paint_parting(self, painter: QPainter, radius: float, c: Theme) -> None:
        """Light the block at which a wrong walk leaves the right one."""
        ring = self._box.adjusted(-7, -7, 7, 7)
        paint.box(painter, ring, radius + 7, None, paint.dashes(c.bad, 2.2))
        words = QRectF(self._box.left() - 30, self._box.top() - 27, self._box.width() + 60, 18)
        paint.text(painter, words, "they part here", font(12, bold=True), c.bad)

    def _paint_local(self, painter: QPainter, c: Theme) -> None:
        step = self.canvas.moment.step
        if not isinstance(step, BackwardStep) or step.block != self.block:
            return
        values = self.canvas.moment.locals()
        words = [sizes.chip_words(value) for value in values]
        widths = [paint.number_width(word) + 14 for word in words]
        spots = sizes.chip_spots(widths, stacked=any(value.ndim for value in values))
        for (x, y), word in zip(spots, words, strict=True):
            paint.chip(painter, QPointF(x, self._box.bottom() + y), word, c)


def _paint_array(painter: QPainter, box: QRectF, value: Array, ink: QColor) -> None:
    """Paint the picture of an array into a pill below the name, and its shape below that."""
    paint_picture(painter, picture_area(box, value), value, backward=False)
    lower = QRectF(box.left() + 8, box.bottom() - 18, box.width() - 16, 14)
    paint.text(painter, lower, shape_text(value), font(10, code=True), ink)
