"""Moving blocks about."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, Qt
from PySide6.QtWidgets import QApplication

from engine.document import Place
from gui.canvas.interactions.base import Interaction

if TYPE_CHECKING:
    from gui.canvas.stage import Stage

ALIGN = 6.0
"""How near to another block's row or column a block must come to jump onto it, in pixels."""


class MoveBlocks(Interaction):
    """Drag the selected blocks; the one under the pointer falls into line with its neighbours."""

    cursor = Qt.CursorShape.ClosedHandCursor

    def __init__(self, view: Stage, at: QPointF, block: str) -> None:
        super().__init__(view, at)
        self._held = block
        self._from = {item: self.document.place(item) for item in self.scene.selected_items()}
        self._moved = False

    def move(self, at: QPointF) -> None:
        """Show the blocks where they would be."""
        offset = at - self.start
        far = (offset * self.view.zoom).manhattanLength()
        if not self._moved and far < QApplication.startDragDistance():
            return
        self._moved = True
        self.scene.drag(self._places(offset))

    def finish(self, at: QPointF) -> None:
        """Move them for good."""
        places = self._places(at - self.start) if self._moved else {}
        self.scene.drag({})
        if places:
            self.document.move(places)

    def cancel(self) -> None:
        """Show them where they are."""
        self.scene.drag({})

    def _places(self, offset: QPointF) -> dict[str, Place]:
        held = self._from[self._held]
        wanted = Place(held.x + offset.x(), held.y + offset.y())
        aligned = self._aligned(wanted)
        by = Place(aligned.x - held.x, aligned.y - held.y)
        return {block: Place(p.x + by.x, p.y + by.y) for block, p in self._from.items()}

    def _aligned(self, wanted: Place) -> Place:
        """Pull a place onto the row and the column of blocks that are near it."""
        reach = ALIGN / self.view.zoom
        others = [
            self.scene.place(item.block)
            for item in self.scene.block_items()
            if item.block not in self._from
        ]
        x = min((p.x for p in others), key=lambda x: abs(x - wanted.x), default=wanted.x)
        y = min((p.y for p in others), key=lambda y: abs(y - wanted.y), default=wanted.y)
        return Place(
            x if abs(x - wanted.x) <= reach else wanted.x,
            y if abs(y - wanted.y) <= reach else wanted.y,
        )
