"""What a wire that is being drawn, moved or cut makes of ports and wires."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.graph import Wire
from gui.canvas import geometry
from gui.canvas.drafting import OUT, Draft, Port, PortState

if TYPE_CHECKING:
    from gui.canvas.scene import CanvasScene


class Plugging:
    """What is about to be connected or taken apart on a canvas, and how its ports show that.

    Attributes
    ----------
    draft
        The wire that is being drawn.
    aimed
        The wire that a dragged block would go into.
    doomed
        The wires that are about to be cut.
    """

    def __init__(self, canvas: CanvasScene) -> None:
        self._canvas = canvas
        self.draft: Draft | None = None
        self.aimed: Wire | None = None
        self.doomed: frozenset[Wire] = frozenset()
        self._misfits: dict[Wire, bool] = {}

    def set_draft(self, draft: Draft | None) -> None:
        """Show a wire being drawn, or none; while only its end moves, nothing else is repainted."""
        before, self.draft = self.draft, draft
        if before is None or draft is None:
            self._misfits = {}
        if before is None or draft is None or draft.changes_ports(before):
            self._canvas.update()
        elif draft != before:
            for each in (before, draft):
                for piece in geometry.pieces(self._canvas.lines.of_draft(each)):
                    self._canvas.update(piece)

    def set_aimed(self, wire: Wire | None) -> None:
        """Show the wire that a dragged block would go into."""
        if wire != self.aimed:
            self.aimed = wire
            self._canvas.update()

    def set_doomed(self, wires: frozenset[Wire]) -> None:
        """Show the wires that are about to be cut."""
        if wires != self.doomed:
            self.doomed = wires
            self._canvas.update()

    def wires(self) -> set[Wire]:
        """List the wires that something would happen to."""
        unplugged = None if self.draft is None else self.draft.unplugged
        return {*self.doomed, *(wire for wire in (self.aimed, unplugged) if wire is not None)}

    def state(self, port: Port) -> PortState:
        """Tell how a port looks: while a wire is drawn, whether it may take that wire."""
        draft = self.draft
        if draft is None:
            return "quiet"
        if port == draft.aimed:
            return "refused" if draft.reason else "doubtful" if draft.warning else "aimed"
        if port == draft.start:
            return "held"
        return "legal" if self.may_take(port) else "illegal"

    def may_take(self, port: Port) -> bool:
        """Whether a port may take the wire that is being drawn."""
        draft = self.draft
        wire = None if draft is None else draft.start.wire_to(port)
        if draft is None or wire is None or port.block in draft.closed:
            return False
        taken = self._canvas.document.graph.wires_into(wire.target)[wire.port]
        if draft.replacing or taken == wire == draft.unplugged:
            return True
        return (taken is None or taken == draft.unplugged) and not self._is_misfit(wire)

    def _is_misfit(self, wire: Wire) -> bool:
        """Tell whether a block could not run with a wire; each is tried once while one is drawn."""
        if wire not in self._misfits:
            self._misfits[wire] = self._canvas.document.misfit(wire) is not None
        return self._misfits[wire]

    def closing(self, port: Port) -> frozenset[str]:
        """Find the blocks to which a wire from this port would close a circle."""
        graph = self._canvas.document.graph
        reach = graph.ancestors if port.number == OUT else graph.descendants
        return frozenset(reach(port.block) | {port.block})
