"""The Variable that a block gives: its name and its numbers on the canvas."""

from __future__ import annotations

from collections.abc import Collection

import numpy as np
from PySide6.QtCore import QMarginsF, QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QPainter, QPainterPath
from PySide6.QtWidgets import QGraphicsItem, QStyleOptionGraphicsItem, QWidget

from engine.graph import Block, Wire
from engine.picture.cells import shape_text
from engine.picture.label_spots import STRAY
from engine.picture.sizes import ARRIVAL, FURTHEST_ARRIVAL, STUB, added, addend_room
from engine.variable import Array
from gui.canvas import geometry, paint
from gui.canvas.array_picture import is_pictured, paint_picture, picture_size
from gui.canvas.item import FAR, CanvasItem, rank
from gui.measuring import width_of
from gui.theme import Theme, font, theme

GHOST = 21.0
"""From the middle of a number to that of what it was before."""

GHOST_PICTURE, FAINT = 24.0, 0.45
"""Height of the picture of what an array was before, and how strongly that is painted."""

SIGN = 16.0
"""Width of the sign before a number that is wrong."""

RING = 12.0
"""From a block to what keeps clear of the ring around it."""

ROOM = QRectF(-100, -92, 200, 164)
"""What a name and a number above the line, or one below it, take up around their spot at most."""

ABOVE, BELOW = 2.0, 0.6
"""How high it lies: above blocks; and below them, but above wires, where it ends in a pill."""

FAR_ARRIVAL = QMarginsF(*(FURTHEST_ARRIVAL,) * 4)
"""How far from the end of a wire what came back along it may stand."""


def clear_of_rings(middle: float, width: float, gap: float, ringed: bool) -> float:  # noqa: FBT001
    """Move a label between two blocks aside, so that it does not touch a ring around either.

    Parameters
    ----------
    middle, width
        Where its middle would stand, from where the wire begins, and how wide it is.
    gap
        Length of the wire; 0 if it leads to no block.
    ringed
        Whether a ring may stand around the block that the wire begins at, too.

    Examples
    --------
    >>> clear_of_rings(30.0, 48.0, 60.0, False), clear_of_rings(50.0, 40.0, 100.0, True)
    (24.0, 50.0)
    """
    low, high = (RING if ringed else 0.0) + width / 2, gap - RING - width / 2
    if not gap:
        return max(middle, low)
    return min(max(middle, low), high) if low <= high else (low + high) / 2


class VariableItem(CanvasItem):
    """The Variable that a block gives: its numbers along the wires, and its name.

    With one use, name and value stand above the middle of the wire and the gradient below. With
    several, they stand where the wires part, and each contribution stands on the wire it came
    back along. Without any, a short wire leads to a pill with the name.

    Attributes
    ----------
    block
        Id of the block.
    tail
        Length of the short wire of one without any use.
    is_stale
        Whether it is still to be found out where its labels stand.
    """

    def __init__(self, block: str) -> None:
        super().__init__()
        self.setFlag(QGraphicsItem.GraphicsItemFlag.ItemUsesExtendedStyleOption)
        self.block = block
        self._lies = 0.0
        self._lie(ABOVE)
        self._anchor = QPointF()
        self.tail = geometry.TAIL
        self._gap = 0.0
        self._uses = 0
        self._bounds = QRectF()
        self.is_stale = False

    def follow(self) -> None:
        """Take the place from the document; where the labels stand is found out when it is asked.

        One verb may move a thousand wires of one Variable, and each of them calls for this.
        """
        canvas = self.canvas
        at = canvas.lines.variable(self.block)
        if not self.is_stale:
            self.prepareGeometryChange()
        self.tail = canvas.tail(self.block)
        graph = canvas.document.graph
        is_used = self.block not in graph or graph.use_count(self.block)
        self._lie(ABOVE if is_used else BELOW)
        self.setPos(at)
        self.is_stale = True  # last: moving asks for the bounds

    def _lie(self, height: float) -> None:
        """Lie so high; a pill at the end is under blocks, for they may be where it comes to stand.

        What is unplugged in a chain ends over the very block that it was plugged into.
        """
        if height != self._lies:
            self._lies = height
            self.setZValue(height + rank(self.block) / 4)

    def catch_up(self) -> None:
        """Find out where the labels stand, unless nothing has changed or the block is gone."""
        if not self.is_stale or self.block not in self.canvas.document.graph:
            return
        self.is_stale = False
        canvas, at = self.canvas, self.pos()
        facts = canvas.document.graph.block(self.block)
        shown = canvas.wires_shown_from(self.block)
        self._uses = len(shown)
        if self._uses == 1:
            end = QPointF(*canvas.lines.line(shown[0]).stop)
            self._gap = end.x() - at.x()
            self._anchor = geometry.label_spot(at, end) - at
        elif self._uses and not facts.is_function and canvas.is_itself(self.block):
            # What comes back to an input is added up below it: its wires part right away.
            width, height = geometry.size(facts)
            self._anchor = QPointF(-width / 2, height / 2 - geometry.LABEL_GAP + 6)
        else:
            self._anchor = QPointF(geometry.STEM, 0)
        self._bounds = QRectF(0, ROOM.top(), geometry.ARRAY_TAIL + geometry.END, ROOM.height())
        self._bounds |= ROOM.translated(self._anchor)
        ends = canvas.where.ends(shown) - at.toTuple()
        if self._uses > 1 and len(ends):
            (left, top), (right, bottom) = ends.min(axis=0).tolist(), ends.max(axis=0).tolist()
            self._gap = left
            # Where exactly a contribution stands is found out when there is one.
            room = ROOM.marginsAdded(FAR_ARRIVAL)
            low, high = QPointF(left, top), QPointF(right, bottom)
            self._bounds |= QRectF(low + room.topLeft(), high + room.bottomRight())
        self._bounds.adjust(-STRAY, -STRAY, STRAY, STRAY)

    @property
    def _room(self) -> float:
        """Width that a label may have without reaching over the blocks beside it."""
        return max(self._gap if self._uses else self.tail, geometry.TAIL) - 4

    def boundingRect(self) -> QRectF:
        """Room for all labels and the pill."""
        self.catch_up()
        return self._bounds

    def shape(self) -> QPainterPath:
        """Labels are not hit."""
        return QPainterPath()

    def touch(self, served: Collection[Wire]) -> None:
        """Have painted anew what a step may change: all, unless it is used far and wide.

        Parameters
        ----------
        served
            The wires that the step serves.
        """
        if self.is_stale or self._uses <= 1:
            self.update()
            return
        canvas, usual = self.canvas, self.pos() + self._anchor
        for spot in (canvas.labels.value(self.block), canvas.labels.gradient(self.block)):
            canvas.update(ROOM.translated(usual if spot is None else spot))
        reach = QMarginsF(*(paint.WIDEST,) * 4)
        for item in canvas.made_wires_from(self.block):
            if item.wire in served:
                spot = canvas.labels.arrival(item.wire) or item.arrival
                canvas.update(QRectF(spot, spot).marginsAdded(reach))

    def paint(
        self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None
    ) -> None:
        """Paint the Variable as it is at this moment."""
        del widget
        canvas, c = self.canvas, theme()
        if option.levelOfDetailFromTransform(painter.worldTransform()) < FAR:
            return
        self.catch_up()
        block = canvas.document.graph.block(self.block)
        # Most of one that is used far and wide may be out of it.
        seen = paint.exposed(painter, option)
        if block.is_function and not self._uses:
            self._paint_end(painter, c, block)
        elif self._uses > 1 and canvas.numbers.gradient(self.block) is not None:
            self._paint_contributions(painter, c, seen)
        usual = self._anchor if self._uses else QPointF(self.tail / 2 + 2, 0)
        for spot, paint_label in (
            (canvas.labels.value(self.block), self._paint_named_value),
            (canvas.labels.gradient(self.block), self._paint_gradient),
        ):
            at = usual if spot is None else spot - self.pos()
            if seen.intersects(ROOM.translated(at)):
                paint_label(painter, at, block, c)

    def _paint_named_value(self, painter: QPainter, at: QPointF, block: Block, c: Theme) -> None:
        """Name and value, above the line."""
        canvas, rise = self.canvas, 0.0
        # A pill shows its value itself, unless it is hidden in a group.
        is_told = block.is_function or not canvas.is_itself(self.block)
        value = canvas.numbers.value(self.block) if is_told else None
        if value is not None:
            step, ghost = canvas.moment.step, canvas.findings.ghost
            is_new = step is not None and step.block == self.block and not canvas.moment.is_backward
            with paint.faded(painter, canvas.fade if is_new else 1.0):
                rise = self._paint_value(painter, at, value, backward=False, lit=is_new)
            above = at - QPointF(0, rise - paint.NUMBER_HEIGHT / 2)
            before = None if ghost is None else ghost.value(self.block)
            lift = GHOST + (20 if self._uses or self._is_covered() else 0)
            self._paint_ghost(painter, above - QPointF(0, lift), before, value, backward=False)
        if is_told and (self._uses or self._is_covered()):
            lift = rise + 20 if value is not None else 26
            self._paint_name(painter, QPointF(at.x(), at.y() - lift + 9), block.name, value, c)

    def _paint_gradient(self, painter: QPainter, at: QPointF, block: Block, c: Theme) -> None:
        """Gradient, below the line, and what it should be where a wrong walk is shown."""
        canvas = self.canvas
        gradient = canvas.numbers.gradient(block.id)
        if gradient is None:
            return
        lit, ghost = canvas.changed_now(block.id), canvas.findings.ghost
        with paint.faded(painter, canvas.fade if lit else 1.0):
            fall = self._paint_value(painter, at, gradient, backward=True, lit=lit)
        below = at + QPointF(0, fall - paint.NUMBER_HEIGHT / 2)
        before = None if ghost is None else ghost.gradient(block.id)
        self._paint_ghost(painter, below + QPointF(0, GHOST), before, gradient, backward=True)
        wrong = canvas.findings.wrong_gradient(block.id)
        if wrong is not None:
            words = f"≠ {paint.fitting(wrong, self._room - SIGN)}"
            x = clear_of_rings(below.x(), paint.number_width(words), self._gap, block.is_function)
            spot = QPointF(x, below.y() + paint.NUMBER_HEIGHT + 3)
            paint.number(painter, spot, words, c.bad, c.bad_bg, lit=True)

    def _paint_value(
        self, painter: QPainter, at: QPointF, value: Array, *, backward: bool, lit: bool
    ) -> float:
        """Paint a value above the line, or a gradient below; give how far that reaches."""
        c, side = theme(), 1 if backward else -1
        if is_pictured(value, self._room):
            size = picture_size(value.shape, QSizeF(self._room, geometry.PICTURE))
            middle = at + QPointF(0, side * (geometry.LABEL_GAP + size.height() / 2))
            area = QRectF(middle - QPointF(size.width() / 2, size.height() / 2), size)
            paint_picture(painter, area, value, backward=backward, lit=lit)
            return geometry.LABEL_GAP + size.height()
        words = paint.fitting(value, self._room)
        half = geometry.LABEL_GAP + paint.NUMBER_HEIGHT / 2
        ink, ground = (c.orange, c.orange_bg) if backward else (c.blue, c.blue_bg)
        paint.number(painter, at + QPointF(0, side * half), words, ink, ground, lit=lit)
        return half + paint.NUMBER_HEIGHT / 2

    def _paint_name(
        self, painter: QPainter, middle: QPointF, name: str, value: Array | None, c: Theme
    ) -> None:
        """Paint the name of the Variable, and beside it the shape of what is a picture."""
        face, small = font(14, italic=True), font(11, code=True)
        line = QRectF(middle.x() - 60, middle.y() - 9, 120, 18)
        if value is None or not is_pictured(value, self._room):
            wide = width_of(name, face) + 6
            paint.box(painter, QRectF(middle.x() - wide / 2, line.top() + 1, wide, 16), 6, c.bg)
            paint.text(painter, line, name, face, c.dim)
            return
        shape, wide = shape_text(value), width_of(name, face)
        left = middle.x() - (wide + 8 + width_of(shape, small)) / 2
        start = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        paint.text(painter, QRectF(left, line.top(), 120, 18), name, face, c.dim, start)
        rest = QRectF(left + wide + 8, line.top() + 1, 160, 18)
        paint.text(painter, rest, shape, small, c.dim, start)

    def _paint_ghost(
        self,
        painter: QPainter,
        centre: QPointF,
        before: Array | None,
        now: Array,
        *,
        backward: bool,
    ) -> None:
        """What a number was before it was slid, if it was another."""
        if before is None:
            return
        if is_pictured(before, self._room):
            self._paint_picture_before(painter, centre, before, now, backward=backward)
            return
        words = paint.fitting(before, self._room)
        if words != paint.fitting(now, self._room):
            line = QRectF(centre.x() - 60, centre.y() - 9, 120, 18)
            paint.text(painter, line, f"was {words}", font(11, code=True), theme().dim)

    def _paint_picture_before(
        self, painter: QPainter, centre: QPointF, before: Array, now: Array, *, backward: bool
    ) -> None:
        """Paint faintly the picture of what an array was, if it was another."""
        if np.array_equal(before, now, equal_nan=True):
            return
        size = picture_size(before.shape, QSizeF(self._room, GHOST_PICTURE))
        centre += QPointF(0, (size.height() / 2 - 6) * (1 if backward else -1))
        area = QRectF(centre - QPointF(size.width() / 2, size.height() / 2), size)
        face = font(11, code=True)
        wide = width_of("was", face)
        line = QRectF(area.left() - wide - 6, centre.y() - 9, wide + 2, 18)
        paint.text(painter, line, "was", face, theme().dim)
        with paint.faded(painter, FAINT):
            paint_picture(painter, area, before, backward=backward)

    def _paint_contributions(self, painter: QPainter, c: Theme, seen: QRectF) -> None:
        canvas = self.canvas
        travelling, wide = canvas.travelling(), paint.WIDEST
        in_sight = seen.adjusted(-wide, -wide, wide, wide)
        near = in_sight.marginsAdded(FAR_ARRIVAL).translated(self.pos())
        for item in canvas.made_wires_from(self.block):
            wire = item.wire
            at = canvas.labels.arrival(wire)
            if at is None and near.contains(QPointF(*item.line.end)):
                at = item.arrival
            if at is None or not in_sight.contains(at - self.pos()):
                continue  # of the hundred uses that a Variable may have, few are near
            came_back = canvas.came_back(wire)
            if came_back is not None:
                lit = wire in travelling
                with paint.faded(painter, canvas.fade if lit else 1.0):
                    self._paint_arrival(painter, at - self.pos(), came_back, c, lit=lit)

    def _paint_arrival(
        self, painter: QPainter, spot: QPointF, value: Array, c: Theme, *, lit: bool
    ) -> None:
        """Paint what has come back along a wire, with the sign that says that it is added."""
        if not is_pictured(value, self._room):
            words = added(paint.fitting(value, addend_room(value, self._room)))
            paint.number(painter, spot, words, c.orange, c.orange_bg, lit=lit)
            return
        size = picture_size(value.shape, QSizeF(ARRIVAL, geometry.PICTURE * 0.75))
        area = QRectF(spot - QPointF(size.width() / 2, size.height() / 2), size)
        paint_picture(painter, area, value, backward=True, lit=lit)
        paint.number(painter, QPointF(area.left() - 6, spot.y()), "+", c.orange, c.orange_bg)

    def _is_covered(self) -> bool:
        """Tell whether another block stands where the pill at the end would be."""
        pill = QRectF(self.tail, -24, geometry.END, 48).translated(self.pos())
        return not self._uses and bool(self.canvas.where.blocks_touching(pill).any())

    def _paint_end(self, painter: QPainter, c: Theme, block: Block) -> None:
        canvas = self.canvas
        is_target = canvas.recording.target == self.block
        known = canvas.numbers.value(self.block) is not None
        painter.setPen(paint.pen(paint.pale(c.dim, c.bg, 1.0 if known else 0.45), 1.8))
        if self._is_covered():
            painter.drawLine(QPointF(geometry.PORT_RADIUS, 0), QPointF(STUB, 0))
            return
        painter.drawLine(QPointF(geometry.PORT_RADIUS, 0), QPointF(self.tail, 0))
        pill = QRectF(self.tail, -24, geometry.END, 48)
        edge = paint.pen(c.orange, 1.8) if is_target else paint.pen(c.line, 1.4)
        paint.box(painter, pill, 24, c.card, edge)
        ink = c.ink if is_target else c.dim
        type_face = font(15, bold=True, italic=True)
        paint.text(painter, pill.adjusted(8, 0, -8, 0), block.name, type_face, ink)
