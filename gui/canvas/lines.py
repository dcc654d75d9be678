"""Where the ports of a canvas are, and how its wires run between them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF
from PySide6.QtGui import QPainterPath

from engine.document import Bends, Place
from engine.graph import Wire
from engine.picture.lines import Line
from engine.picture.stretches import Lanes
from gui.canvas import geometry, group_geometry
from gui.canvas.drafting import OUT, Draft, Port

if TYPE_CHECKING:
    from gui.canvas.level import Level


class Lines:
    """Where lines begin, run and end, as the document has it or as it is shown meanwhile.

    Attributes
    ----------
    dragged
        Where the blocks are shown that are being dragged.
    gates
        Where the wires come in and go out that begin or end outside of what is looked at.
    laned
        The lanes of each wire that has any.
    """

    def __init__(self, canvas: Level) -> None:
        self._canvas = canvas
        self.dragged: Mapping[str, Place] = {}
        self.gates: Mapping[Port, QPointF] = {}
        self.laned: Mapping[Wire, Lanes] = {}
        self._led: tuple[Wire, Bends] | None = None

    def place(self, block: str) -> Place:
        """Where a block stands; while it is dragged, where it is dragged to."""
        return self.dragged.get(block) or self._canvas.document.place(block)

    def port(self, port: Port) -> QPointF:
        """Where a port is; one inside a folded group is where the group has it."""
        canvas = self._canvas
        seat = canvas.folds.stand_in(port.block)
        if seat == port.block:
            block, place = canvas.document.graph.block(port.block), self.place(port.block)
            if port.number == OUT:
                return geometry.output_port(block, place)
            return geometry.input_port(block, place, port.number)
        if seat is None:
            return self.gates.get(port, QPointF())
        face, place = canvas.folds.face(seat), self.place(seat)
        if port.number == OUT:
            return group_geometry.outlet(face.ports, place, face.outlet_of.get(port.block, 0))
        number = face.inlet_of.get((port.block, port.number), 0)
        return group_geometry.inlet(face.ports, place, number)

    def variable(self, block: str) -> QPointF:
        """Where the Variable of a block begins: at its output."""
        return self.port(Port(block, OUT))

    def start(self, wire: Wire) -> QPointF:
        """Where a wire leaves its source."""
        return self.port(Port(wire.source, OUT))

    def end(self, wire: Wire) -> QPointF:
        """Where a wire enters its target."""
        return self.port(Port(wire.target, wire.port))

    def bends(self, wire: Wire) -> Bends:
        """Give the bends of a wire that is seen; while something is dragged, where they go."""
        if self._led is not None and self._led[0] == wire:
            return self._led[1]
        canvas = self._canvas
        led = canvas.document.drawing.bends(wire)
        if not led:
            return led
        source, target = canvas.folds.stand_in(wire.source), canvas.folds.stand_in(wire.target)
        if source is None or target is None:
            return ()
        to = self.dragged.get(source)
        if to is None or target not in self.dragged:
            return led
        at = canvas.document.place(source)
        return tuple(Place(x + to.x - at.x, y + to.y - at.y) for x, y in led)

    def way(self, wire: Wire) -> list[QPointF]:
        """Give where a wire starts, the places that it is led through, and where it ends."""
        bends = (QPointF(x, y) for x, y in self.bends(wire))
        return [self.start(wire), *bends, self.end(wire)]

    def stops(self, wire: Wire) -> list[QPointF]:
        """Give where a wire starts, its bends or where its lanes begin and end, and where it ends.

        To lead it through these leads it very nearly as it runs.
        """
        line = self.line(wire)
        return [QPointF(*at) for at in (line.start, *line.through, line.end)]

    def line(self, wire: Wire) -> Line:
        """Give the line of a wire."""
        start, end = self.start(wire), self.end(wire)
        return self.line_between(wire, start.x(), start.y(), end.x(), end.y())

    def line_between(self, wire: Wire, x: float, y: float, to_x: float, to_y: float) -> Line:
        """Give the line of a wire of which it is known where it starts and ends."""
        bends = self.bends(wire)
        lanes = () if bends else self.laned.get(wire, ())
        return Line(Place(x, y), Place(to_x, to_y), bends, lanes)

    def lead(self, wire: Wire, bends: Bends) -> None:
        """Show a wire led through other places than the document has it."""
        self._led = wire, bends
        self._canvas.follow_bends(wire)

    def lead_back(self) -> None:
        """Show it as the document has it."""
        if self._led is not None:
            (wire, _), self._led = self._led, None
            self._canvas.follow_bends(wire)

    def of_draft(self, draft: Draft) -> QPainterPath:
        """The line of a wire that is being drawn."""
        start, end = self.port(draft.start), draft.end
        return geometry.wire_path(*((start, end) if draft.start.number == OUT else (end, start)))
