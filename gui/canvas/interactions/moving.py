"""Moving blocks about."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from engine.document import Document
from engine.graph import Wire
from engine.marks import Box
from gui.canvas.guide_painting import reach_of
from gui.canvas.guides import Guides, Snap
from gui.canvas.guides_in_sight import edges, guides_of, rect_of
from gui.canvas.hit import wire_at
from gui.canvas.homes import Homes
from gui.canvas.interactions.base import Interaction
from gui.canvas.interactions.letting_be import let_be
from gui.canvas.interactions.placing import ONTO

if TYPE_CHECKING:
    from gui.canvas.stage import Stage

REACH = 6.0
"""How near to its place in line with others a block must come to jump there, in pixels."""

FREELY = Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.ControlModifier
"""Keys with which a block goes exactly where it is dragged."""


class MoveBlocks(Interaction):
    """Drag the selected blocks and marks, with what stands in selected frames.

    What is under the pointer falls into line with its neighbours. A single block that nothing uses
    goes into a wire on which it is let go. What is let go in the outline of an open group is in
    that group from then on, and what is let go outside is in it no longer; with Shift held, each
    stays in the group that it is in.

    Parameters
    ----------
    detaches
        Whether they are dragged out of their chain, which closes behind them.

    Attributes
    ----------
    snap
        What it is in line with.
    pointer
        Where the pointer is, in scene units.
    """

    cursor = Qt.CursorShape.ClosedHandCursor

    def __init__(self, view: Stage, at: QPointF, block: str, *, detaches: bool = False) -> None:
        super().__init__(view, at)
        self._held = block
        self.pointer = at
        self._detaches = detaches
        marks = self.scene.selection.marks()
        inside, drawn = self.scene.marks.inside(marks)
        moved = dict.fromkeys((*self.scene.selection.items(), *sorted(inside)))
        self._from = {item: self.document.place(item) for item in moved}
        drawn |= {*marks, *self.scene.marks.carried(moved)}
        self._boxes = {mark: self.scene.marks.box(mark) for mark in sorted(drawn)}
        self._moved = False
        self._box = edges(rect_of(self.scene, block))
        self._guides: Guides | None = None
        self._level: list[float] = []
        self.snap = Snap()
        self._may_insert = len(self._from) == 1 and not self._boxes and self._is_loose(block)
        self._onto: Wire | None = None
        self._homes: Homes | None = None

    @property
    def held(self) -> str:
        """Id of the block, the group or the mark that is under the pointer."""
        return self._held

    def move(self, at: QPointF) -> None:
        """Show the blocks where they would be."""
        offset = at - self.start
        far = (offset * self.view.zoom).manhattanLength()
        if not self._moved and far < QApplication.startDragDistance():
            return
        if self._detaches and not self._moved:
            self.scene.plugging.set_doomed(frozenset(self._cut_off()))
        self._moved, self.pointer = True, at
        by = self._way(offset)
        homes = self._homes_after(by)
        if homes or self.scene.open_groups.homes:
            self.view.viewport().update()  # what is said of it stands over the items
        self.scene.carrying.show(self._from, by, self._boxes_after(by), homes)
        if self._may_insert:
            self._onto = wire_at(self.scene, QPointF(*self._from[self._held]) + by, ONTO)
            self.scene.plugging.set_aimed(self._onto)

    def finish(self, at: QPointF) -> None:
        """Move them for good; with Alt held from the first, out of the chain that they are in."""
        if not self._moved:
            return
        by, onto = self._way(at - self.start), None if self._detaches else self._onto
        homes, boxes = self._homes_after(by), self._boxes_after(by)
        self.cancel()
        detached = self.scene.selection.blocks() if self._detaches else ()
        let_be(self.view, self._from, by, boxes=boxes, homes=homes, detached=detached, onto=onto)

    def may_go_on_in(self, document: Document) -> bool:
        """Tell whether all that is dragged is still there, and all that it may be dragged into."""
        there = document.places.keys() | document.marks.keys()
        gone = (self._from.keys() | self._boxes.keys()) - there
        return not gone and (self._homes is None or self._homes.are_in(document))

    def cancel(self) -> None:
        """Show them where they are."""
        self.scene.drag({})
        self._show(Snap())
        self.scene.plugging.set_aimed(None)
        self.scene.plugging.set_doomed(frozenset())

    def _cut_off(self) -> Iterator[Wire]:
        """Go through the wires from the blocks to others, which they are pulled off from."""
        graph, chosen = self.document.graph, {*self.scene.selection.blocks()}
        rest = graph.blocks.keys() - chosen if 2 * len(chosen) > len(graph) else chosen
        for block in rest:  # whichever is less, the wires between both are the same
            for wire in graph.wires_at(block):
                if (wire.source in chosen) != (wire.target in chosen):
                    yield wire

    def _is_loose(self, block: str) -> bool:
        """Tell whether a block could go into a wire: it has a free input, and nobody uses it."""
        graph = self.document.graph
        is_block = block in graph and None in graph.wires_into(block)
        return is_block and not graph.wires_from(block)

    def _way(self, offset: QPointF) -> QPointF:
        """Tell how far all goes with the pointer, and show what it falls into line with."""
        snap = self._snapped(offset)
        self._show(snap)
        return offset + QPointF(snap.x, snap.y)

    def _boxes_after(self, by: QPointF) -> dict[str, Box]:
        return {mark: box.moved(*by.toTuple()) for mark, box in self._boxes.items()}

    def _homes_after(self, by: QPointF) -> dict[str, str | None]:
        """Tell what would be in another group if it were let go now."""
        if self._homes is None:
            self._homes = Homes(self.scene, (*self._from, *self._boxes))
        if self.keys & Qt.KeyboardModifier.ShiftModifier:
            return {}
        return self._homes.after(by)

    def _snapped(self, by: QPointF) -> Snap:
        """Find where the block that is held falls into place; not while Alt or Ctrl is held."""
        if held_keys() & FREELY:
            return Snap()
        if self._guides is None:
            # When the first move asks for them, everything still stands where it stood.
            self._guides = guides_of(self.view, self._held, {*self._from, *self._boxes})
            self._level = list(self._wires_off_level())
        box = self._box.moved(by.x(), by.y())
        level = [way - by.y() for way in self._level]
        return self._guides.snap(box, REACH / self.view.zoom, level)

    def _wires_off_level(self) -> Iterator[float]:
        """Tell for each wire from a block that stays how far down it would be straight."""
        if self._held not in self.document.graph:
            return
        for wire in self.document.graph.wires_at(self._held):
            source, target = (self.scene.folds.stand_in(end) for end in (wire.source, wire.target))
            if (source in self._from) != (target in self._from):
                way = self.scene.lines.start(wire).y() - self.scene.lines.end(wire).y()
                yield way if wire.target == self._held else -way

    def _show(self, snap: Snap) -> None:
        """Show guides in place of those that were shown."""
        for line in (*self.snap.lines, *self.snap.gaps, *snap.lines, *snap.gaps):
            self.view.viewport().update(
                self.view.mapFromScene(reach_of(line, self.view.zoom)).boundingRect()
            )
        self.snap = snap


def held_keys() -> Qt.KeyboardModifier:
    """Give the keys, such as Shift, that are held."""
    return QGuiApplication.keyboardModifiers()
