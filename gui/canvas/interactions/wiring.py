"""Drawing a wire from port to port with the mouse: pulled, or click by click."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, Qt
from PySide6.QtWidgets import QApplication

from engine.graph import Wire, title
from gui.canvas.drafting import OUT, Draft, Port
from gui.canvas.hit import SNAP, block_at, nearest_port
from gui.canvas.interactions.adding import SearchToAdd
from gui.canvas.interactions.base import Interaction

if TYPE_CHECKING:
    from engine.document import Document
    from gui.canvas.stage import Stage


class DrawWire(Interaction):
    """Draw a wire out of a port, or move an end of one that is there.

    While it is being drawn, every port shows whether it may take the wire, and the one that is
    aimed at says why not. After a click without a drag, the wire hangs on the pointer until the
    next click.

    Parameters
    ----------
    port
        The port at which the wire stays plugged in.
    unplugged
        The wire whose other end is held.
    """

    cursor = Qt.CursorShape.CrossCursor

    def __init__(self, view: Stage, at: QPointF, port: Port, unplugged: Wire | None = None) -> None:
        super().__init__(view, at)
        self._unplugged = unplugged
        self._hangs = False
        self._moved = False
        self._came_off = None if unplugged is None else self._far_end(port, unplugged)
        closed = self.scene.plugging.closing(port)
        self._first = Draft(port, at, unplugged=unplugged, closed=closed)
        if unplugged is None:
            self.scene.plugging.set_draft(self._first)

    @classmethod
    def from_port(cls, view: Stage, at: QPointF, port: Port) -> DrawWire:
        """Take hold of a port: of the wire that is plugged in there, or of a new one."""
        wire = None
        if port.number != OUT:
            wire = view.canvas.document.graph.wires_into(port.block)[port.number]
        return cls(view, at, port) if wire is None else cls(view, at, Port(wire.source, OUT), wire)

    @classmethod
    def from_wire(cls, view: Stage, at: QPointF, wire: Wire) -> DrawWire:
        """Take hold of a wire at the end that is nearer."""
        source, target = Port(wire.source, OUT), Port(wire.target, wire.port)
        start, end = (view.canvas.lines.port(port) for port in (source, target))
        is_begin = (at - start).manhattanLength() < (at - end).manhattanLength()
        return cls(view, at, target if is_begin else source, wire)

    def goes_on(self, at: QPointF) -> bool:
        """Let a new wire hang on the pointer after a click that did not drag."""
        self._hangs = not self._hangs and self._unplugged is None and not self._has_moved(at)
        return self._hangs

    def move(self, at: QPointF) -> None:
        """Aim at the nearest port within reach."""
        if not (self._moved or self._has_moved(at)):
            return
        self._moved = True
        port = nearest_port(self.scene, at, SNAP / self.view.zoom) or self._port_inside(at)
        self.aim(port if port != self._first.start else None, at)

    def _far_end(self, kept: Port, unplugged: Wire) -> str:
        """Give the block or folded group that the held end of a wire was plugged into."""
        block = unplugged.target if kept.number == OUT else unplugged.source
        return self.scene.folds.stand_in(block) or block

    def _port_inside(self, at: QPointF) -> Port | None:
        """Find the port that is meant by a whole block: the nearest that may take the wire."""
        block, start = block_at(self.scene, at), self._first.start
        if block is None or block == (self.scene.folds.stand_in(start.block) or start.block):
            return None
        if block == self._came_off:
            return None  # it is being pulled off that, which may lead over it
        ports = [port for port in self.scene.ports_at(block) if start.wire_to(port) is not None]
        ports.sort(key=lambda port: (self.scene.lines.port(port) - at).manhattanLength())
        return next(filter(self.scene.plugging.may_take, ports), ports[0] if ports else None)

    def aim(self, port: Port | None, at: QPointF) -> None:
        """Show the wire as it would be at a port, with what stands against it."""
        draft = self._first
        replacing = bool(self.keys & Qt.KeyboardModifier.ShiftModifier)
        draft = replace(draft, end=at, aimed=port, reason=None, warning=None, replacing=replacing)
        if port is not None:
            wire, reason = draft.start.wire_to(port), self._refusal(draft, port)
            warned = wire is not None and reason is None and wire != self._unplugged
            warning = self.document.misfit(wire) if wire is not None and warned else None
            if warning is not None and not replacing:
                reason, warning = f"{warning} Hold Shift to plug it in all the same.", None
            end = self.scene.lines.port(port)
            draft = replace(draft, end=end, reason=reason, warning=warning)
        self.scene.plugging.set_draft(draft)

    def finish(self, at: QPointF) -> None:
        """Connect or plug in elsewhere; in the open, unplug, or ask what to add."""
        if self._moved:
            self.move(at)
        draft = self.scene.plugging.draft
        self.scene.plugging.set_draft(None)
        if draft is None or not self._moved:
            return
        wire = draft.start.wire_to(draft.aimed) if draft.aimed is not None else None
        if draft.reason is not None:
            self.view.say(draft.reason, draft.end)
        elif wire is not None:
            if wire != self._unplugged:
                self.document.connect_wire(wire, self._gives_way(draft, wire))
        elif self._unplugged is not None:
            self.document.unplug(self.scene.wires_along(self._unplugged))
        elif self._is_in_the_open(draft, at):
            self.view.begin(SearchToAdd(self.view, at, draft.start))

    def may_go_on_in(self, document: Document) -> bool:
        """Tell whether the block is still there, and what was unplugged is still plugged in."""
        graph, block = document.graph, self._first.start.block
        held = self._unplugged
        return block in graph and (held is None or held in graph.wires_at(block))

    def cancel(self) -> None:
        """Leave everything as it was."""
        self.scene.plugging.set_draft(None)

    def _has_moved(self, at: QPointF) -> bool:
        far = ((at - self.start) * self.view.zoom).manhattanLength()
        return bool(far >= QApplication.startDragDistance())

    def _is_in_the_open(self, draft: Draft, at: QPointF) -> bool:
        """Tell whether no block is meant, and not the port that the wire comes from either."""
        if block_at(self.scene, at) is not None:
            return False
        away = (self.scene.lines.port(draft.start) - at) * self.view.zoom
        return bool(away.manhattanLength() > SNAP)

    def _gives_way(self, draft: Draft, wire: Wire) -> list[Wire]:
        """List the wires that this one takes the place of."""
        found: list[Wire] = []
        if self._unplugged is not None:
            found += self.scene.wires_along(self._unplugged)
        taken = self._taken(wire)
        if draft.replacing and taken is not None and taken not in found:
            found.append(taken)
        return found

    def _taken(self, wire: Wire) -> Wire | None:
        return self.document.graph.wires_into(wire.target)[wire.port]

    def _refusal(self, draft: Draft, port: Port) -> str | None:
        wire = draft.start.wire_to(port)
        if wire is None:
            kind = "outputs" if port.number == OUT else "inputs"
            return f"Both ends are {kind}: a wire goes from an output to an input."
        if wire == self._unplugged:
            return None
        away = self._gives_way(draft, wire)
        # All that would close a circle was found when the wire was taken hold of.
        closes = port.block in draft.closed
        reason, taken = self.document.why_not(wire, away, closes=closes), self._taken(wire)
        if reason is None or taken is None or taken in away:
            return reason
        deeper = self.document.why_not(wire, [*away, taken], closes=closes)
        if deeper is not None:
            return deeper
        graph = self.document.graph
        by, to = graph.block(taken.source).name, title(graph.block(taken.target))
        return f"This input of {to} is taken by {by}. Hold Shift to put this wire in its place."


class KeyboardWire(DrawWire):
    """Choose the other end of a wire with the arrow keys; Enter connects, Escape gives up.

    The arrow keys go through the ports that may take the wire, the nearest first; with Shift, also
    through those that are taken, whose wire then gives way.
    """

    is_led_by_keys = True

    def __init__(self, view: Stage, port: Port, unplugged: Wire | None = None) -> None:
        super().__init__(view, view.canvas.lines.port(port), port, unplugged)
        self._moved = True
        self.step(1)

    @property
    def has_choice(self) -> bool:
        """Whether there is any port that may take the wire."""
        draft = self.scene.plugging.draft
        return draft is not None and draft.aimed is not None

    def step(self, by: int) -> None:
        """Aim at the next port that may take the wire, or the one before."""
        draft = self.scene.plugging.draft or self._first
        replacing = bool(self.keys & Qt.KeyboardModifier.ShiftModifier)
        self.scene.plugging.set_draft(replace(draft, replacing=replacing))
        ports = self._ports()
        if ports:
            at = ports.index(draft.aimed) + by if draft.aimed in ports else min(by, 0)
            port = ports[at % len(ports)]
            self.aim(port, self.scene.lines.port(port))

    def move(self, at: QPointF) -> None:
        """Stay where the keys have led; the mouse has no part in it."""

    def _ports(self) -> list[Port]:
        graph, here = self.document.graph, self.start
        ports = [
            port
            for block in graph.blocks
            for number in (*range(len(graph.ports(block))), OUT)
            if self.scene.plugging.may_take(port := Port(block, number))
        ]
        return sorted(ports, key=lambda p: (self.scene.lines.port(p) - here).manhattanLength())
