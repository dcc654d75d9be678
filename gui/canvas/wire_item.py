"""A wire on the canvas, and the pulse along it."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen
from PySide6.QtWidgets import QGraphicsItem, QStyleOptionGraphicsItem, QWidget

from engine.document import Place
from engine.graph import Wire
from engine.moment import Moment
from engine.picture.lines import Line
from gui.canvas import geometry, paint
from gui.canvas.drafting import BendAt
from gui.canvas.item import CanvasItem, rank
from gui.theme import Theme, theme

USUAL, THIN, LONG = 1.8, 0.99, 1200.0
"""Width of a wire, of one that goes far, and the distance between its ends from which it does: a
hundred such may be in sight, and a line of one pixel at most is painted ten times as fast as a
wider one, be that wider by no more than a rounding error."""

AROUND = 8
"""Room around a line, for its pen and for the head of an arrow."""

LINE_ELEMENTS = 2
"""Elements of a path that is one straight line."""

NOWHERE = Line(Place(0.0, 0.0), Place(0.0, 0.0))


class WireItem(CanvasItem):
    """A wire, with a pulse along it while the walk serves it.

    It is hit by itself, and painted with all others, by the WiresItem.

    Attributes
    ----------
    wire
        Which wire.
    line, path
        All of it, as it is worked out and as it is drawn.
    piece
        What is painted and hit of it.
    goes_far
        Whether its ends are far apart.
    """

    def __init__(self, wire: Wire) -> None:
        super().__init__()
        self.setFlag(QGraphicsItem.GraphicsItemFlag.ItemHasNoContents)
        self.wire = wire
        height = rank(wire.target) + rank(wire.source) / 1e4 + wire.port / 1e9
        self.setZValue(height / 2)
        self.path = QPainterPath()
        self.line = NOWHERE
        self.piece = QPainterPath()
        self.goes_far = False
        self._stretch = 0.0, 1.0
        self._bounds = QRectF()
        self._parts: list[tuple[float, float, float, float]] | None = None
        self._arrival: QPointF | None = None

    def follow(self) -> None:
        """Take both ends from the document."""
        line = self._line_now()
        if line == self.line:
            return
        self.prepareGeometryChange()
        self.line = line
        self.path = geometry.line_path(self.line)
        self._take(self.path)
        (x, y), (to_x, to_y) = self.line.start, self.line.end
        self.goes_far = abs(to_x - x) + abs(to_y - y) > LONG
        self._stretch = 0.0, 1.0
        self._arrival = None

    @property
    def is_elsewhere(self) -> bool:
        """Whether it runs otherwise than it is drawn."""
        return self._line_now() != self.line

    def _line_now(self) -> Line:
        canvas = self.canvas
        ends = canvas.where.wires[self.wire].tolist()
        return canvas.lines.line_between(self.wire, *ends)

    def cut(self, begin: float, end: float) -> bool:
        """Paint and hit only a part of a long wire, the part that can be in sight.

        Returns
        -------
        bool
            Whether that is another part than before.
        """
        if (begin, end) == self._stretch or self.path.elementCount() <= LINE_ELEMENTS:
            return False
        self._stretch = begin, end
        is_whole = (begin, end) == (0.0, 1.0)
        ends = QPointF(*self.line.start), QPointF(*self.line.end)
        self.prepareGeometryChange()
        self._take(self.path if is_whole else geometry.wire_piece(*ends, begin, end))
        return True

    def _take(self, piece: QPainterPath) -> None:
        self.touch()
        self.piece = piece
        self._bounds = piece.boundingRect().adjusted(-AROUND, -AROUND, AROUND, AROUND)
        self._parts = None
        self.touch()

    def touch(self) -> None:
        """Have it painted anew."""
        self.canvas.touch_wires(self._bounds)

    def runs_through(self, part: QRectF) -> bool:
        """Tell whether it may be seen in a part of the scene.

        Of those that go far and come near, half pass by.
        """
        if not self._bounds.intersects(part):
            return False
        if not self.goes_far or self.piece.elementCount() != geometry.CORNERS:
            return True
        if self._parts is None:
            self._parts = list(geometry.outlines(self.piece))
        left, right = part.left() - AROUND, part.right() + AROUND
        top, bottom = part.top() - AROUND, part.bottom() + AROUND
        return any(
            x <= right and to_x >= left and y <= bottom and to_y >= top
            for x, y, to_x, to_y in self._parts
        )

    @property
    def arrival(self) -> QPointF:
        """Where a contribution that comes back along it stands."""
        if self._arrival is None:
            self._arrival = QPointF(*self.line.arrival)
        return self._arrival

    def boundingRect(self) -> QRectF:
        """Room for the line and what travels along it."""
        return self._bounds

    def setSelected(self, on: bool) -> None:  # noqa: FBT001 - as Qt has it
        """Select the wire besides what is selected, or leave it out."""
        self.canvas.selection.set(self.wire, on=on)

    def isSelected(self) -> bool:
        """Tell whether it is selected."""
        return self.wire in self.canvas.selection

    def shape(self) -> QPainterPath:
        """The line alone can be hit; the view looks for it with a tolerance of its own."""
        return self.piece

    @property
    def is_led(self) -> bool:
        """Whether it is led through other places."""
        return bool(self.line.bends)

    def paint(
        self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None
    ) -> None:
        """Paint the wire as it is at this moment."""
        del widget
        canvas, c = self.canvas, theme()
        zoom = option.levelOfDetailFromTransform(painter.worldTransform())
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(line_pen(c, passed(canvas.numbers, self.wire), zoom, goes_far=self.goes_far))
        selected = self.isSelected() or canvas.plugging.aimed == self.wire
        if selected or self.wire in canvas.hovered:
            painter.setPen(paint.pen(c.blue, 3.0) if selected else paint.pen(c.ink, 2.6))
        colour = painter.pen().color()
        if canvas.plugging.draft is not None and canvas.plugging.draft.unplugged == self.wire:
            painter.setPen(paint.dashes(c.line, 1.8))
        elif self.wire in canvas.plugging.doomed:
            painter.setPen(paint.dashes(c.bad, 2.4))
        painter.drawPath(self.piece)
        self._paint_bends(painter, c, colour)
        moment = canvas.moment
        share = moment.travel(self.wire) if self.wire in canvas.travelling() else None
        if share is not None:
            light = c.glow if moment.is_backward else c.blue
            with paint.faded(painter, canvas.fade):
                paint.pulse(painter, self.path, share, light, back=moment.is_backward)

    def _paint_bends(self, painter: QPainter, c: Theme, colour: QColor) -> None:
        for number, at in enumerate(QPointF(*place) for place in self.line.bends):
            is_held = self.canvas.selection.bend == BendAt(self.wire, number)
            painter.setBrush(c.card if is_held else colour)
            painter.setPen(paint.pen(c.blue if is_held else colour, 2.4 if is_held else 1.0))
            radius = geometry.BEND_RADIUS + (3.0 if is_held else 0.0)
            painter.drawEllipse(at, radius, radius)


NOTHING, VALUE, GRADIENT = range(3)
"""What has passed along a wire last."""


def passed(numbers: Moment, wire: Wire) -> int:
    """Tell what has passed along a wire last."""
    if numbers.has_come_back(wire):
        return GRADIENT
    return VALUE if numbers.has_value(wire.source) else NOTHING


def line_pen(c: Theme, last: int, zoom: float, *, goes_far: bool) -> QPen:
    """Give the pen of a wire: tinted with what has passed along it last."""
    colour = {
        NOTHING: paint.pale(c.dim, c.bg, 0.45),
        VALUE: c.dim,
        GRADIENT: paint.pale(c.orange, c.dim, 0.45),
    }[last]
    # Seen from nearer it stays as thin: a wider line would be many times slower again.
    return paint.pen(colour, THIN / max(zoom, 1.0) if goes_far else USUAL)
