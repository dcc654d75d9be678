"""The canvas as a place to drop on what is dragged in from the palette."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDragMoveEvent, QDropEvent

from gui.canvas.interactions.placing import PlaceBlock
from gui.canvas.scene import CanvasScene
from gui.canvas.stage import Stage
from gui.mime import BLOCK_MIME, kind_of


class DropStage(Stage):
    """A stage that takes blocks from the palette.

    Signals
    -------
    placed
        A block that was dragged in has been placed.
    """

    placed = Signal()

    def __init__(self, canvas: CanvasScene) -> None:
        super().__init__(canvas)
        self.setAcceptDrops(True)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take a block from the palette."""
        kind = kind_of(event.mimeData())
        if kind is None:
            event.ignore()
            return
        self.cancel()
        self.begin(PlaceBlock(self, self.mapToScene(event.position().toPoint()), kind))
        event.acceptProposedAction()

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        """Carry it on."""
        if isinstance(self.interaction, PlaceBlock):
            self.interaction.move(self.mapToScene(event.position().toPoint()))
            self.viewport().update()
            event.acceptProposedAction()

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        """Let it go again."""
        del event
        self.cancel()

    def dropEvent(self, event: QDropEvent) -> None:
        """Place it."""
        if isinstance(self.interaction, PlaceBlock) and event.mimeData().hasFormat(BLOCK_MIME):
            self.complete(self.mapToScene(event.position().toPoint()))
            self.placed.emit()
            event.acceptProposedAction()
            self.setFocus()
