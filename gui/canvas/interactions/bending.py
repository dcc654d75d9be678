"""Leading a wire through places: one bend dragged."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, Qt
from PySide6.QtWidgets import QApplication

from engine.document import Place
from engine.graph import Wire
from gui.canvas import geometry
from gui.canvas.drafting import BendAt
from gui.canvas.interactions.base import Interaction

if TYPE_CHECKING:
    from engine.document import Document
    from gui.canvas.stage import Stage


class MoveBend(Interaction):
    """Drag a bend of a wire; with Shift, level with the bends or ports beside it."""

    cursor = Qt.CursorShape.SizeAllCursor

    def __init__(self, view: Stage, at: QPointF, bend: BendAt) -> None:
        super().__init__(view, at)
        self._bend = bend
        self._moved = False
        self.scene.selection.set_bend(bend)

    def move(self, at: QPointF) -> None:
        """Show the wire as it would be led."""
        far = ((at - self.start) * self.view.zoom).manhattanLength()
        self._moved = self._moved or far >= QApplication.startDragDistance()
        if self._moved:
            wire, number = self._bend.wire, self._bend.number
            led = list(self.document.drawing.bends(wire))
            led[number] = self._place(at)
            self.scene.lines.lead(wire, tuple(led))

    def finish(self, at: QPointF) -> None:
        """Move it for good."""
        self.cancel()
        if self._moved:
            place = self._place(at)
            self.document.drawing.move_bend(self._bend.wire, self._bend.number, place)

    def may_go_on_in(self, document: Document) -> bool:
        """Tell whether the wire still has the bend."""
        return self._bend.number < len(document.bends.get(self._bend.wire, ()))

    def cancel(self) -> None:
        """Show the wire as it is."""
        self.scene.lines.lead_back()

    def _place(self, at: QPointF) -> Place:
        if not self.keys & Qt.KeyboardModifier.ShiftModifier:
            return Place(at.x(), at.y())
        # The scene may show the bend dragged already; those beside it stay.
        way = self.scene.lines.way(self._bend.wire)
        before, after = way[self._bend.number], way[self._bend.number + 2]
        level = min((before.y(), after.y()), key=lambda y: abs(y - at.y()))
        return Place(at.x(), level)


def bend_wire(view: Stage, wire: Wire, at: QPointF) -> BendAt | None:
    """Lead a wire through a point on it; give the new bend.

    Its lanes become bends with it: elsewhere it goes on to run between blocks.
    """
    canvas = view.canvas
    stops = canvas.lines.stops(wire)
    number = geometry.nearest_leg(stops, at)
    through = tuple(Place(stop.x(), stop.y()) for stop in stops[1:-1])
    if not canvas.document.drawing.bend(wire, number, Place(at.x(), at.y()), through):
        return None
    bend = BendAt(wire, number)
    canvas.selection.set_bend(bend)
    return bend
