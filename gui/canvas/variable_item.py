"""The Variable that a block gives: its name and its numbers on the canvas."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from PySide6.QtCore import QMarginsF, QPointF, QRectF
from PySide6.QtGui import QPainter, QPainterPath
from PySide6.QtWidgets import QGraphicsItem, QStyleOptionGraphicsItem, QWidget

from engine.graph import Block, Wire
from engine.picture.label_spots import STRAY
from engine.picture.sizes import FURTHEST_ARRIVAL, STUB
from gui.canvas import geometry, paint
from gui.canvas.item import FAR, CanvasItem, rank
from gui.canvas.variable_labels import (
    Label,
    clear_of_rings,
    paint_arrival,
    paint_before,
    paint_name,
    paint_value,
    rise_of_name,
)
from gui.theme import font, theme

GHOST = 21.0
"""From the middle of a number to that of what it was before."""

SIGN = 16.0
"""Width of the sign before a number that is wrong."""

ROOM = QRectF(-100, -92, 200, 164)
"""What a name and a number above the line, or one below it, take up around their spot at most."""

ABOVE, BELOW = 2.0, 0.6
"""How high it lies: above blocks; and below them, but above wires, where it ends in a pill."""

FAR_ARRIVAL = QMarginsF(*(FURTHEST_ARRIVAL,) * 4)
"""How far from the end of a wire what came back along it may stand."""


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

    def labels(self) -> Iterator[Label]:
        """List the value and the gradient as they are seen at this moment, in scene coordinates."""
        self.catch_up()
        canvas = self.canvas
        block = canvas.document.graph.block(self.block)
        usual = self.pos() + (self._anchor if self._uses else QPointF(self.tail / 2 + 2, 0))
        value = canvas.numbers.value(self.block)
        if value is not None and (block.is_function or not canvas.is_itself(self.block)):
            yield Label(canvas.labels.value(self.block) or usual, value, self._room)
        gradient = canvas.numbers.gradient(self.block)
        if gradient is not None:
            yield Label(
                canvas.labels.gradient(self.block) or usual, gradient, self._room, is_gradient=True
            )

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
        for item in canvas.shown.lines.wires_from(self.block):
            if item.wire in served:
                spot = canvas.labels.arrival(item.wire) or item.arrival
                canvas.update(QRectF(spot, spot).marginsAdded(reach))

    def paint(
        self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None
    ) -> None:
        """Paint the Variable as it is at this moment."""
        del widget
        canvas = self.canvas
        if option.levelOfDetailFromTransform(painter.worldTransform()) < FAR:
            return
        self.catch_up()
        block = canvas.document.graph.block(self.block)
        # Most of one that is used far and wide may be out of it.
        seen = paint.exposed(painter, option)
        if block.is_function and not self._uses:
            self._paint_end(painter, block)
        elif self._uses > 1 and canvas.numbers.has_gradient(self.block):
            self._paint_contributions(painter, seen)
        usual = self._anchor if self._uses else QPointF(self.tail / 2 + 2, 0)
        for spot, paint_label in (
            (canvas.labels.value(self.block), self._paint_named_value),
            (canvas.labels.gradient(self.block), self._paint_gradient),
        ):
            at = usual if spot is None else spot - self.pos()
            if seen.intersects(ROOM.translated(at)):
                paint_label(painter, at, block)

    def _paint_named_value(self, painter: QPainter, at: QPointF, block: Block) -> None:
        """Name and value, above the line."""
        canvas, rise = self.canvas, 0.0
        # A pill shows its value itself, unless it is hidden in a group.
        is_told = block.is_function or not canvas.is_itself(self.block)
        value = canvas.numbers.value(self.block) if is_told else None
        if value is not None:
            step, ghost = canvas.moment.step, canvas.findings.ghost
            is_new = step is not None and step.block == self.block and not canvas.moment.is_backward
            with paint.faded(painter, canvas.fade if is_new else 1.0):
                rise = paint_value(painter, at, value, self._room, backward=False, lit=is_new)
            above = at - QPointF(0, rise - paint.NUMBER_HEIGHT / 2)
            before = None if ghost is None else ghost.value(self.block)
            is_named = self._uses or self._is_covered()
            lift = GHOST + (20 + rise_of_name(block.name, self._uses) if is_named else 0)
            paint_before(
                painter, above - QPointF(0, lift), before, value, self._room, backward=False
            )
        if is_told and (self._uses or self._is_covered()):
            lift = rise + 20 if value is not None else 26
            if value is None or not value.ndim:
                lift += rise_of_name(block.name, self._uses)
            middle = QPointF(at.x(), at.y() - lift + 9)
            paint_name(painter, middle, block.name, value, self._room, self._uses)

    def _paint_gradient(self, painter: QPainter, at: QPointF, block: Block) -> None:
        """Gradient, below the line, and what it should be where a wrong walk is shown."""
        canvas, c = self.canvas, theme()
        gradient = canvas.numbers.gradient(block.id)
        if gradient is None:
            return
        lit, ghost = canvas.changed_now(block.id), canvas.findings.ghost
        with paint.faded(painter, canvas.fade if lit else 1.0):
            fall = paint_value(painter, at, gradient, self._room, backward=True, lit=lit)
        below = at + QPointF(0, fall - paint.NUMBER_HEIGHT / 2)
        before = None if ghost is None else ghost.gradient(block.id)
        paint_before(
            painter, below + QPointF(0, GHOST), before, gradient, self._room, backward=True
        )
        wrong = canvas.findings.wrong_gradient(block.id)
        if wrong is not None:
            words = f"≠ {paint.fitting(wrong, self._room - SIGN)}"
            x = clear_of_rings(below.x(), paint.number_width(words), self._gap, block.is_function)
            spot = QPointF(x, below.y() + paint.NUMBER_HEIGHT + 3)
            paint.number(painter, spot, words, c.bad, c.bad_bg, lit=True)

    def _paint_contributions(self, painter: QPainter, seen: QRectF) -> None:
        canvas, wide = self.canvas, paint.WIDEST
        in_sight = seen.adjusted(-wide, -wide, wide, wide)
        near = in_sight.marginsAdded(FAR_ARRIVAL).translated(self.pos())
        left, top, right, bottom = near.left(), near.top(), near.right(), near.bottom()
        spots = canvas.labels.arrivals_of(self.block)
        for item in canvas.shown.lines.wires_from(self.block):
            wire, (x, y) = item.wire, item.line.end
            spot = spots.get(wire)
            if spot is None and not (left <= x <= right and top <= y <= bottom):
                continue  # of the hundred uses that a Variable may have, few are near
            at = (item.arrival if spot is None else QPointF(*spot)) - self.pos()
            if not in_sight.contains(at):
                continue
            came_back = canvas.came_back(wire)
            if came_back is not None:
                lit = wire in canvas.travelling()
                with paint.faded(painter, canvas.fade if lit else 1.0):
                    paint_arrival(painter, at, came_back, self._room, lit=lit)

    def _is_covered(self) -> bool:
        """Tell whether another block stands where the pill at the end would be."""
        if self._uses:
            return False
        pill = QRectF(self.tail, -24, geometry.END, 48).translated(self.pos())
        # What stands so near is in sight, too, and has an item; of all there are, it takes long.
        return self.canvas.where.is_any_touched(self.canvas.shown.blocks, pill)

    def _paint_end(self, painter: QPainter, block: Block) -> None:
        canvas, c = self.canvas, theme()
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
