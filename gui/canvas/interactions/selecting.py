"""Selecting with a rubber band, and pulling the canvas about."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, Qt

from gui.canvas.interactions.base import Interaction

if TYPE_CHECKING:
    from gui.canvas.stage import Stage


class RubberBand(Interaction):
    """Select the blocks that a frame touches; with Shift, besides those that were selected."""

    def __init__(self, view: Stage, at: QPointF, *, add: bool) -> None:
        super().__init__(view, at)
        self._first = [*self.scene.selection.items(), *self.scene.selection.marks()]
        self._before = self._first if add else []
        self.scene.selection.choose(self._before)

    def move(self, at: QPointF) -> None:
        """Show the frame, and what it selects."""
        band = QRectF(self.start, at).normalized()
        self.view.show_band(band)
        inside = self.scene.lighting.seen(self.scene.where.blocks_in(band))
        self.scene.selection.choose([*self._before, *inside, *self.scene.marks.touched_by(band)])

    def finish(self, at: QPointF) -> None:
        """Take the frame away; the selection stays."""
        del at
        self.view.show_band(None)

    def cancel(self) -> None:
        """Select what was selected at first."""
        self.view.show_band(None)
        self.scene.selection.choose(self._first)


class Pan(Interaction):
    """Pull the canvas about with the middle button."""

    cursor = Qt.CursorShape.ClosedHandCursor
    drifts = False

    def move(self, at: QPointF) -> None:
        """Keep the point that was taken hold of under the pointer."""
        self.view.shift(at - self.start)
