"""Searching for what to add, at the place and at the end of the wire where it is to be."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, Qt

from engine.document import Document, Place
from engine.graph import Wire
from gui.canvas import geometry
from gui.canvas.drafting import OUT, Draft, Port
from gui.canvas.homes import put_in
from gui.canvas.interactions.base import Interaction
from gui.mime import is_own
from gui.panels.add_box import AddBox
from gui.panels.add_offers import AddModel, Offer
from gui.panels.palette_entries import Entry

if TYPE_CHECKING:
    from gui.canvas.stage import Stage

LEVEL = 30.0
"""How near to the row of the block it is wired to a new block is put onto that row."""


class SearchToAdd(Interaction):
    """A search box at a point of the canvas; what is chosen is placed there and connected.

    Parameters
    ----------
    port
        The port from which a wire is pending, which stays in sight meanwhile; None without one.
    centred
        Whether the new block stands around the point, and not with its port at it.
    """

    def __init__(
        self, view: Stage, at: QPointF, port: Port | None = None, *, centred: bool = False
    ) -> None:
        super().__init__(view, at)
        self._port, self._centred = port, centred or port is None
        self._chosen: tuple[Entry, bool] | None = None
        label, hint, may_feed = "Add a block", "Function or value", None
        if port is not None:
            self.scene.plugging.set_draft(Draft(port, at, closed=self.scene.plugging.closing(port)))
            name = self.document.graph.block(port.block).name
            label, hint = f"Add a function of {name}", f"Function of {name}"
            if port.number != OUT:
                label = hint = "What is to feed this input"
                may_feed = self._may_feed
        model = AddModel(self.document.graph, self._may, may_feed)
        self._box = AddBox(view.viewport(), view.mapFromScene(at), model, label, hint)
        self._box.taken.connect(self._take)
        self._box.given_up.connect(view.cancel)

    def finish(self, at: QPointF) -> None:
        """Place what was chosen, and connect it."""
        del at
        self._close()
        if self._chosen is None:
            return
        entry, connected = self._chosen
        offer = entry if isinstance(entry, Offer) else None
        port = self._port if connected else None
        if offer is not None and offer.block is not None:
            if self._port is not None:
                self.document.connect_wire(Wire(offer.block, self._port.block, self._port.number))
            return
        value, name = (offer.value, offer.called) if offer is not None else (None, None)
        place = self._place(entry)
        with put_in(self.scene, self.start):
            if is_own(entry.kind):
                after = port.block if port is not None else None
                block = self.view.place_own(entry.kind, place, after)
            elif port is None:
                block = self.document.add_block(entry.kind, place, value, name)
            else:
                block = self.document.add_connected(
                    entry.kind, place, port.block, port.number, value, name
                )
        if block is not None:
            self.scene.selection.choose([block])
            self.view.show_more(block)

    def may_go_on_in(self, document: Document) -> bool:
        """Tell whether the block that the wire is pulled from is still there."""
        return self._port is None or self._port.block in document.graph

    def cancel(self) -> None:
        """Leave everything as it was."""
        self._close()

    def _take(self, entry: Entry, connected: bool) -> None:  # noqa: FBT001 - what the signal sends
        self._chosen = entry, connected
        self.view.complete(self.start)

    def _close(self) -> None:
        if self._box.isAncestorOf(self.view.window().focusWidget() or self.view):
            self.view.setFocus(Qt.FocusReason.PopupFocusReason)
        self._box.close_box()
        self.scene.plugging.set_draft(None)

    def _may(self, entry: Entry) -> bool:
        """Tell whether an entry has the port that the wire needs."""
        if is_own(entry.kind):
            return self._port is None or self._port.number == OUT
        return entry.is_function or self._port is None or self._port.number != OUT

    def _may_feed(self, block: str) -> bool:
        return self.scene.plugging.may_take(Port(block, OUT))

    def _place(self, entry: Entry) -> Place:
        if self._centred or self._port is None:
            return Place(self.start.x(), self.start.y())
        half = (geometry.CARD_WIDTH if entry.is_function else geometry.PILL_MIN) / 2
        side = 1 if self._port.number == OUT else -1
        seat = self.scene.folds.stand_in(self._port.block) or self._port.block
        row = self.scene.lines.place(seat).y
        y = row if abs(row - self.start.y()) < LEVEL else self.start.y()
        return Place(self.start.x() + side * half, y)
