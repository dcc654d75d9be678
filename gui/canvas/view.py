"""The canvas as a widget: which gesture a button of the mouse begins."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPoint, QPointF, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QHelpEvent, QMouseEvent
from PySide6.QtWidgets import QToolTip

from gui.canvas.frame_item import FrameItem
from gui.canvas.hit import hit
from gui.canvas.interactions.moving import MoveBlocks
from gui.canvas.interactions.selecting import Pan, RubberBand
from gui.canvas.interactions.sliding import SlideValue, can_slide
from gui.canvas.interactions.wiring import DrawWire
from gui.canvas.keys import KeyStage
from gui.canvas.scene import CanvasScene
from gui.canvas.tips import tip


class CanvasView(KeyStage):
    """The canvas as a widget.

    Signals
    -------
    menu_wanted
        A menu is wanted for a block (its id, or "") at a point of the screen.
    """

    menu_wanted = Signal(str, QPoint)

    def __init__(self, canvas: CanvasScene) -> None:
        super().__init__(canvas)
        self.setAccessibleName("Canvas")
        self.setMouseTracking(True)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Begin the gesture that the place and the button ask for."""
        self._finish_keyboard_wire()
        button = event.button()
        if self.interaction is not None and self._held not in (button, Qt.MouseButton.NoButton):
            return  # One gesture at a time: the button that began it ends it.
        self.cancel()
        at = self.mapToScene(event.position().toPoint())
        if button is Qt.MouseButton.MiddleButton:
            self.begin(Pan(self, at), button)
        if button is not Qt.MouseButton.LeftButton:
            return
        add = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        found = hit(self.canvas, at, self.zoom)
        if found.port is not None:
            self.begin(DrawWire(self, at, found.port), button)
        elif found.block is not None:
            self._press_block(found.block, at, add=add)
        elif found.frame is not None:
            self._press_frame(found.frame, at, button)
        elif found.wire is not None:
            if not add:
                self.canvas.clearSelection()
            self.canvas.set_selected(found.wire, on=True)
        else:
            self.begin(RubberBand(self, at, add=add), button)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Go on with the gesture."""
        at = self.mapToScene(event.position().toPoint())
        if self.interaction is not None:
            self.interaction.move(at)
            return
        found = hit(self.canvas, at, self.zoom)
        shape = Qt.CursorShape.ArrowCursor
        if found.port is not None:
            shape = Qt.CursorShape.CrossCursor
        elif found.block is not None and can_slide(self.canvas, found.block, at):
            shape = SlideValue.cursor
        elif found.frame is not None and found.frame.button.contains(at):
            shape = Qt.CursorShape.PointingHandCursor
        elif found.block is not None or found.frame is not None:
            shape = Qt.CursorShape.OpenHandCursor
        self.viewport().setCursor(shape)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Finish the gesture."""
        if self.interaction is not None and event.button() is self._held:
            self.complete(self.mapToScene(event.position().toPoint()))

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Edit the block under the pointer, enter a group, or fold one by its tab."""
        found = hit(self.canvas, self.mapToScene(event.position().toPoint()), self.zoom)
        if found.block is not None and event.button() is Qt.MouseButton.LeftButton:
            self.cancel()
            self.edit(found.block)
        elif found.frame is not None and event.button() is Qt.MouseButton.LeftButton:
            self.cancel()
            self.fold(found.frame.frame_of)
        else:
            self.mousePressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Ask for the menu of the block under the pointer, or of the selected one."""
        self.cancel()
        if event.reason() is QContextMenuEvent.Reason.Keyboard:
            selected = self.canvas.selected_items()
            block = selected[0] if selected else ""
            at = self.viewport().rect().center()
            if block:
                at = self.mapFromScene(self.canvas.block_rect(block).center())
            self.menu_wanted.emit(block, self.viewport().mapToGlobal(at))
            return
        found = hit(self.canvas, self.mapToScene(event.pos()), self.zoom)
        block = found.block or (found.port.block if found.port is not None else "")
        if found.frame is not None:
            self.canvas.select(self.canvas.items_inside(found.frame.frame_of))
            block = found.frame.frame_of
        elif block and block not in self.canvas.selected_items():
            self.canvas.select([block])
        self.menu_wanted.emit(block, event.globalPos())

    def viewportEvent(self, event: QEvent) -> bool:
        """Tell about what the pointer rests on."""
        if isinstance(event, QHelpEvent) and event.type() is QEvent.Type.ToolTip:
            found = hit(self.canvas, self.mapToScene(event.pos()), self.zoom)
            QToolTip.showText(event.globalPos(), tip(self.canvas, found), self.viewport())
            return True
        return super().viewportEvent(event)

    def _press_block(self, block: str, at: QPointF, *, add: bool) -> None:
        """Select a block and take hold of it, or of its number."""
        self._select(block, add=add)
        if not add and can_slide(self.canvas, block, at):
            self.begin(SlideValue(self, at, block), Qt.MouseButton.LeftButton)
        elif block in self.canvas.selected_items():
            self.begin(MoveBlocks(self, at, block), Qt.MouseButton.LeftButton)

    def _press_frame(self, frame: FrameItem, at: QPointF, button: Qt.MouseButton) -> None:
        """Fold an open group by the button on its tab, or take hold of all that is in it."""
        if frame.button.contains(at):
            self.fold(frame.frame_of)
            return
        inside = self.canvas.items_inside(frame.frame_of)
        self.canvas.select(inside)
        self.begin(MoveBlocks(self, at, inside[0]), button)

    def _select(self, block: str, *, add: bool) -> None:
        selected = self.canvas.selected_items()
        if add:
            self.canvas.set_selected(block, on=block not in selected)
        elif block not in selected:
            self.canvas.select([block])
