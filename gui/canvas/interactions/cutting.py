"""Cutting wires: a line drawn across them, as with a knife."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QPainterPath, QPolygonF
from PySide6.QtWidgets import QApplication

from engine.graph import Wire
from gui.canvas.hit import WIRE_REACH, wire_at
from gui.canvas.interactions.base import Interaction
from gui.canvas.interactions.bending import bend_wire
from gui.canvas.wire_item import WireItem

if TYPE_CHECKING:
    from engine.document import Document
    from gui.canvas.stage import Stage

CROSSES = QLineF.IntersectionType.BoundedIntersection


class CutWires(Interaction):
    """Cut every wire that the pointer crosses; all of them come back with one undo.

    A click on a wire, without a drag, leads the wire through that point.

    Parameters
    ----------
    waits
        Whether the knife was taken by keyboard, and the button that draws it is still to come.

    Attributes
    ----------
    line
        The way of the knife so far, in scene units.
    """

    cursor = Qt.CursorShape.CrossCursor

    def __init__(self, view: Stage, at: QPointF, *, waits: bool = False) -> None:
        super().__init__(view, at)
        self._waits = waits
        self.line = QPolygonF([at])
        self._cut: set[Wire] = set()

    @property
    def paths(self) -> list[QPainterPath]:
        """The lines of the wires that are crossed."""
        return [self.scene.wire_item(wire).path for wire in self._cut]

    def press(self, at: QPointF) -> None:
        """Begin the cut here."""
        self._waits = False
        self.line = QPolygonF([at])

    def move(self, at: QPointF) -> None:
        """Draw the knife on, and show what it has crossed."""
        if self._waits:
            return
        stroke = QLineF(self.line.last(), at)
        self.line.append(at)
        around = QRectF(stroke.p1(), stroke.p2()).normalized().adjusted(-1, -1, 1, 1)
        for item in self.scene.items(around):
            if isinstance(item, WireItem) and _crosses(item, stroke):
                self._cut.add(item.wire)
        self.scene.plugging.set_doomed(frozenset(self._cut))
        self.view.viewport().update()

    def finish(self, at: QPointF) -> None:
        """Cut."""
        far = ((at - self.line.first()) * self.view.zoom).manhattanLength()
        wire = wire_at(self.scene, at, WIRE_REACH / self.view.zoom)
        self.scene.plugging.set_doomed(frozenset())
        if far < QApplication.startDragDistance() and wire is not None:
            bend_wire(self.view, wire, at)
            return
        self.move(at)
        self.scene.plugging.set_doomed(frozenset())
        if self._cut:
            self.document.remove((), sorted(self._cut), "cut")

    def may_go_on_in(self, document: Document) -> bool:
        """Tell whether all wires that are crossed are still there."""
        graph = document.graph
        return all(w.target in graph and w in graph.wires_into(w.target) for w in self._cut)

    def cancel(self) -> None:
        """Cut nothing."""
        self.scene.plugging.set_doomed(frozenset())


def _crosses(item: WireItem, stroke: QLineF) -> bool:
    corners = [corner for part in item.path.toSubpathPolygons() for corner in part.toList()]
    pieces = (QLineF(a, b) for a, b in pairwise(corners))
    return any(piece.intersects(stroke)[0] is CROSSES for piece in pieces)
