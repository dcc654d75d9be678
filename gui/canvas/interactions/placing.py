"""Placing a block that is dragged in from the palette."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF

from engine.document import Document, Place
from engine.functions import FUNCTIONS
from engine.graph import Wire
from engine.placing import STEP
from gui.canvas import geometry
from gui.canvas.drafting import OUT, Port
from gui.canvas.hit import items_near, wire_at
from gui.canvas.homes import group_at, put_in
from gui.canvas.interactions.base import Interaction
from gui.mime import is_own

if TYPE_CHECKING:
    from gui.canvas.stage import Stage

NEW = ""
"""Stands for the id of a block that has none yet."""

BESIDE = 96.0
"""How near to a free port a block must be dropped to snap on to it, in scene units."""

ONTO = 22.0
"""How near to a wire a block must be dropped to go in between, in scene units."""


class PlaceBlock(Interaction):
    """Carry a new block over the canvas; it snaps on to a free port or goes into a wire.

    Attributes
    ----------
    kind
        What is being placed.
    place
        Where it would stand.
    """

    def __init__(self, view: Stage, at: QPointF, kind: str) -> None:
        super().__init__(view, at)
        self.kind = kind
        self.place = Place(self.start.x(), self.start.y())
        self._wire: Wire | None = None
        self._port: Port | None = None
        self._home: str | None = None

    @property
    def is_function(self) -> bool:
        """Whether it takes inputs."""
        return self.kind in FUNCTIONS

    @property
    def ghost_wires(self) -> list[tuple[QPointF, QPointF]]:
        """Ends of the wires that letting go would make."""
        if self._port is None:
            return []
        at = self.scene.lines.port(self._port)
        side = -1 if self._port.number == OUT else 1
        mine = QPointF(self.place.x + side * 48, self.place.y)
        return [(at, mine)]

    def move(self, at: QPointF) -> None:
        """Look for a wire or a port to go to."""
        self.place = Place(at.x(), at.y())
        home = self._home = group_at(self.scene, at)
        self.scene.drag({}, homes={} if home is None else {NEW: home})
        if is_own(self.kind):
            return
        self._wire = wire_at(self.scene, at, ONTO) if self.is_function else None
        self._port = None if self._wire is not None else self._port_beside(at)
        if self._port is not None:
            self.place = self._beside(self._port)
        self.scene.plugging.set_aimed(self._wire)
        self.scene.update()

    def finish(self, at: QPointF) -> None:
        """Place it."""
        self.move(at)
        self.cancel()
        with put_in(self.scene, at):
            block = self._placed()
        if block is not None:
            self.scene.selection.choose([block])
            self.view.show_more(block)

    def _placed(self) -> str | None:
        if is_own(self.kind):
            return self.view.place_own(self.kind, self.place)
        if self._wire is not None:
            return self.document.insert_on_wire(self.kind, self.place, self._wire)
        if self._port is not None:
            port = self._port
            return self.document.add_connected(self.kind, self.place, port.block, port.number)
        return self.document.add_block(self.kind, self.place)

    def may_go_on_in(self, document: Document) -> bool:
        """Tell whether what it would snap on to, and what it would go into, is still there."""
        graph, port, wire = document.graph, self._port, self._wire
        if wire is not None and not (wire.target in graph and wire in graph.wires_at(wire.target)):
            return False
        is_home = self._home is None or self._home in document.groups
        return is_home and (port is None or port.block in graph)

    def cancel(self) -> None:
        """Leave everything as it was."""
        self.scene.drag({})
        self.scene.plugging.set_aimed(None)
        self.scene.update()

    def _port_beside(self, at: QPointF) -> Port | None:
        """Find the free port that is nearest to the new block's own port facing it."""
        left, right = at - QPointF(48, 0), at + QPointF(48, 0)
        best, found = BESIDE, None
        tail = geometry.TAIL + geometry.END
        area = QRectF(left, right).adjusted(-BESIDE - tail, -BESIDE, BESIDE, BESIDE)
        for item in items_near(self.scene, area):
            for port in filter(self._is_free, item.ports()):
                distance = self._distance(port, left if port.number == OUT else right)
                if distance < best:
                    best, found = distance, port
        return found

    def _is_free(self, port: Port) -> bool:
        """Tell whether the new block could snap on to a port."""
        graph = self.document.graph
        if port.number == OUT:
            return self.is_function and not graph.wires_from(port.block)
        return graph.wires_into(port.block)[port.number] is None

    def _distance(self, port: Port, mine: QPointF) -> float:
        """How far a port is; the end pill of a block is as good a place as its port."""
        at = self.scene.lines.port(port)
        reach = geometry.TAIL + geometry.END if port.number == OUT else 0.0
        nearest = min(max(mine.x(), at.x()), at.x() + reach)
        return float(((mine.x() - nearest) ** 2 + (mine.y() - at.y()) ** 2) ** 0.5)

    def _beside(self, port: Port) -> Place:
        other, at = self.scene.lines.place(port.block), self.scene.lines.port(port)
        single = port.number == OUT or len(self.document.graph.ports(port.block)) == 1
        y = other.y if single else at.y()
        return Place(at.x() + (STEP - 48 if port.number == OUT else 48 - STEP), y)
