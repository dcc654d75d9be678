"""Drawing a wire from port to port, with the mouse or with the keyboard."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, Qt

from engine.graph import Wire
from gui.canvas.drafting import OUT, Draft, Port
from gui.canvas.hit import SNAP, nearest_port
from gui.canvas.interactions.base import Interaction

if TYPE_CHECKING:
    from gui.canvas.stage import Stage


class DrawWire(Interaction):
    """Pull a wire out of a port, or an existing one off an input.

    While it is being drawn, every port shows whether it may take the wire, and the one that is
    aimed at says why not.
    """

    cursor = Qt.CursorShape.CrossCursor

    def __init__(self, view: Stage, at: QPointF, port: Port) -> None:
        super().__init__(view, at)
        self._unplugged = self._wire_at(port)
        start = port if self._unplugged is None else Port(self._unplugged.source, OUT)
        draft = Draft(start, at, unplugged=self._unplugged, closed=self.scene.closing(start))
        self.scene.set_draft(draft)

    def move(self, at: QPointF) -> None:
        """Aim at the nearest port within reach."""
        draft = self.scene.draft
        if draft is None:
            return
        port = nearest_port(self.scene, at, SNAP / self.view.zoom)
        self.aim(port if port != draft.start else None, at)

    def aim(self, port: Port | None, at: QPointF) -> None:
        """Show the wire as it would be at a port, with the reason if it may not be."""
        draft = self.scene.draft
        if draft is None:
            return
        end = self.scene.port_position(port) if port is not None else at
        reason = self._refusal(draft.start, port) if port is not None else None
        self.scene.set_draft(replace(draft, end=end, aimed=port, reason=reason))

    def finish(self, at: QPointF) -> None:
        """Connect, plug in elsewhere, or unplug where the wire is let go in the open."""
        del at
        draft = self.scene.draft
        self.scene.set_draft(None)
        if draft is None:
            return
        wire = draft.start.wire_to(draft.aimed) if draft.aimed is not None else None
        if draft.reason is not None:
            self.view.say(draft.reason, draft.end)
        elif wire is None or wire == self._unplugged:
            if self._unplugged is not None and draft.aimed is None:
                self.document.disconnect_wire(self._unplugged)
        elif self._unplugged is not None:
            self.document.connect_wire(wire, [self._unplugged])
        else:
            self.document.connect_wire(wire)

    def cancel(self) -> None:
        """Leave everything as it was."""
        self.scene.set_draft(None)

    def _wire_at(self, port: Port) -> Wire | None:
        if port.number == OUT:
            return None
        return self.document.graph.wires_into(port.block)[port.number]

    def _refusal(self, start: Port, port: Port) -> str | None:
        wire = start.wire_to(port)
        if wire is None:
            kind = "outputs" if start.number == OUT else "inputs"
            return f"Both ends are {kind}: a wire goes from an output to an input."
        if wire == self._unplugged:
            return None
        return self.document.why_not(wire, [self._unplugged] if self._unplugged else ())


class KeyboardWire(DrawWire):
    """Choose the other end of a wire with the arrow keys; Enter connects, Escape gives up."""

    def __init__(self, view: Stage, block: str) -> None:
        start = Port(block, OUT)
        super().__init__(view, view.canvas.port_position(start), start)
        self._candidates = self._free_ports()
        self._at = -1
        self.step(1)

    @property
    def has_choice(self) -> bool:
        """Whether there is any port that may take the wire."""
        return bool(self._candidates)

    def step(self, by: int) -> None:
        """Aim at the next port that may take the wire, or the one before."""
        if self._candidates:
            self._at = (self._at + by) % len(self._candidates)
            port = self._candidates[self._at]
            self.aim(port, self.scene.port_position(port))

    def _free_ports(self) -> list[Port]:
        graph = self.document.graph
        ports = [
            Port(block, number)
            for block in graph.blocks
            for number in range(len(graph.ports(block)))
            if self.scene.may_take(Port(block, number))
        ]
        here = self.start
        return sorted(ports, key=lambda p: (self.scene.port_position(p) - here).manhattanLength())
