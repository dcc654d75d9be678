"""The canvas as a widget: which gesture a button or a key begins."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPoint, QPointF, QRect, QRectF, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QDragEnterEvent,
    QDragLeaveEvent,
    QDragMoveEvent,
    QDropEvent,
    QFocusEvent,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
)
from PySide6.QtWidgets import QToolTip

from engine.document import Place
from engine.graph import CONSTANT, INPUT
from engine.settings import all_settings
from gui.canvas.bubble import Bubble
from gui.canvas.editing import edit_name, edit_settings, edit_value
from gui.canvas.editor import InlineEditor
from gui.canvas.hit import hit
from gui.canvas.interactions.base import Interaction
from gui.canvas.interactions.moving import MoveBlocks
from gui.canvas.interactions.placing import PlaceBlock
from gui.canvas.interactions.selecting import Pan, RubberBand
from gui.canvas.interactions.wiring import DrawWire, KeyboardWire
from gui.canvas.item import FAR
from gui.canvas.minimap import Minimap
from gui.canvas.overlay import paint_legend, paint_overlay
from gui.canvas.scene import CanvasScene
from gui.canvas.sight import Sight
from gui.canvas.tips import tip
from gui.document import NUDGE
from gui.ground import DOTS
from gui.links import Links
from gui.mime import BLOCK_MIME, kind_of
from gui.theme import theme


class CanvasView(Sight):
    """The canvas as a widget.

    Attributes
    ----------
    interaction
        The gesture under way.
    editor
        The line in which a value or a name is being edited.
    band
        The rubber band, in scene units.

    Signals
    -------
    menu_wanted
        A menu is wanted for a block (its id, or "") at a point of the screen.
    placed
        A block that was dragged in has been placed.
    """

    menu_wanted = Signal(str, QPoint)
    placed = Signal()

    def __init__(self, canvas: CanvasScene) -> None:
        super().__init__(canvas)
        self.interaction: Interaction | None = None
        self.editor: InlineEditor | None = None
        self._held = Qt.MouseButton.NoButton
        self.band: QRectF | None = None
        self.setAccessibleName("Canvas")
        self.setAcceptDrops(True)
        self.setMouseTracking(True)
        self._bubble = Bubble(self.viewport())
        self.minimap = Minimap(self)
        self.viewed.connect(self._on_viewed)
        self._links = Links((canvas.document.refused, self._on_refused))

    def let_go(self) -> None:
        """Stop listening, because the window shows another document."""
        self.cancel()
        self._links.cut()
        self.minimap.let_go()
        self.canvas.let_go()

    # Saying and editing

    def say(self, sentence: str, at: QPointF | None = None) -> None:
        """Say why something could not be done, at a point of the scene or in the middle."""
        middle = self.viewport().rect().center()
        spot = middle if at is None else self.mapFromScene(at) + QPoint(0, 18)
        self._bubble.say(sentence, spot)

    def hush(self) -> None:
        """Take away what was said: it is settled."""
        self._bubble.hide()

    def show_band(self, band: QRectF | None) -> None:
        """Show a rubber band, or none."""
        self.band = band
        self.viewport().update()

    def edit(self, block: str) -> None:
        """Edit what a block has to edit: a value, else its settings, else the name of a result."""
        facts = self.canvas.document.graph.block(block)
        self.reveal(block)
        if facts.kind in (INPUT, CONSTANT):
            edit_value(self, block)
        elif all_settings(facts):
            edit_settings(self, block)
        else:
            edit_name(self, block)

    def rename(self, block: str) -> None:
        """Edit the name of a block's Variable."""
        self.reveal(block)
        edit_name(self, block)

    def start_wire(self, block: str) -> None:
        """Draw a wire from a block by keyboard."""
        self.cancel()
        wiring = KeyboardWire(self, block)
        if wiring.has_choice:
            self._begin(wiring)
        else:
            wiring.cancel()
            at = self.canvas.block_item(block).pos()
            self.say("No input is free to take this; add a block first, or unplug a wire.", at)

    # Gestures

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Begin the gesture that the place and the button ask for."""
        self._finish_keyboard_wire()
        button = event.button()
        if self.interaction is not None and self._held not in (button, Qt.MouseButton.NoButton):
            return  # One gesture at a time: the button that began it ends it.
        self.cancel()
        at = self.mapToScene(event.position().toPoint())
        if button is Qt.MouseButton.MiddleButton:
            self._begin(Pan(self, at), button)
        if button is not Qt.MouseButton.LeftButton:
            return
        add = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        found = hit(self.canvas, at, self.zoom)
        if found.port is not None:
            self._begin(DrawWire(self, at, found.port), button)
        elif found.block is not None:
            self._select(found.block, add=add)
            if found.block in self.canvas.selected_blocks():
                self._begin(MoveBlocks(self, at, found.block), button)
        elif found.wire is not None:
            if not add:
                self.canvas.clearSelection()
            self.canvas.wire_item(found.wire).setSelected(True)
        else:
            self._begin(RubberBand(self, at, add=add), button)

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
        elif found.block is not None:
            shape = Qt.CursorShape.OpenHandCursor
        self.viewport().setCursor(shape)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Finish the gesture."""
        if self.interaction is not None and event.button() is self._held:
            interaction, self.interaction = self.interaction, None
            interaction.finish(self.mapToScene(event.position().toPoint()))
            self.viewport().setCursor(Qt.CursorShape.ArrowCursor)
            self.viewport().update()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Edit the block under the pointer."""
        found = hit(self.canvas, self.mapToScene(event.position().toPoint()), self.zoom)
        if found.block is not None and event.button() is Qt.MouseButton.LeftButton:
            self.cancel()
            self.edit(found.block)
        else:
            self.mousePressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Ask for the menu of the block under the pointer, or of the selected one."""
        self.cancel()
        if event.reason() is QContextMenuEvent.Reason.Keyboard:
            selected = self.canvas.selected_blocks()
            block = selected[0] if selected else ""
            at = self.viewport().rect().center()
            if block:
                at = self.mapFromScene(self.canvas.block_item(block).pos())
            self.menu_wanted.emit(block, self.viewport().mapToGlobal(at))
            return
        found = hit(self.canvas, self.mapToScene(event.pos()), self.zoom)
        block = found.block or (found.port.block if found.port is not None else "")
        if block and block not in self.canvas.selected_blocks():
            self.canvas.select([block])
        self.menu_wanted.emit(block, event.globalPos())

    # Dragging in

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take a block from the palette."""
        kind = kind_of(event.mimeData())
        if kind is None:
            event.ignore()
            return
        self.cancel()
        self._begin(PlaceBlock(self, self.mapToScene(event.position().toPoint()), kind))
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
            placing, self.interaction = self.interaction, None
            placing.finish(self.mapToScene(event.position().toPoint()))
            self.placed.emit()
            event.acceptProposedAction()
            self.setFocus()

    # Keys

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Cancel, walk the blocks, and choose the end of a wire."""
        key, wiring = event.key(), self.interaction
        if key == Qt.Key.Key_Escape:
            if self.interaction is not None:
                self.cancel()
            else:
                self.canvas.clearSelection()
        elif isinstance(wiring, KeyboardWire) and key in STEPS:
            wiring.step(STEPS[Qt.Key(key)])
        elif isinstance(wiring, KeyboardWire) and key in ENTER:
            self._finish_keyboard_wire()
        elif key in ARROWS and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self._nudge(*ARROWS[Qt.Key(key)])
        elif key in ENTER and len(self.canvas.selected_blocks()) == 1:
            self.edit(self.canvas.selected_blocks()[0])
        else:
            event.ignore()

    def focusNextPrevChild(self, next_child: bool) -> bool:  # noqa: FBT001 - Qt's signature
        """Let Tab walk the blocks; past the last one it leaves the canvas."""
        if isinstance(self.interaction, KeyboardWire):
            self.interaction.step(1 if next_child else -1)
            return True
        order = self.canvas.reading_order()
        selected = self.canvas.selected_blocks()
        at = order.index(selected[-1]) if selected else (-1 if next_child else len(order))
        at += 1 if next_child else -1
        if not 0 <= at < len(order):
            self.canvas.clearSelection()
            return super().focusNextPrevChild(next_child)
        self.canvas.select([order[at]])
        self.reveal(order[at])
        return True

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Give up a wire that is being drawn by keyboard."""
        super().focusOutEvent(event)
        if isinstance(self.interaction, KeyboardWire):
            self.cancel()

    def viewportEvent(self, event: QEvent) -> bool:
        """Tell about what the pointer rests on."""
        if isinstance(event, QHelpEvent) and event.type() is QEvent.Type.ToolTip:
            found = hit(self.canvas, self.mapToScene(event.pos()), self.zoom)
            QToolTip.showText(event.globalPos(), tip(self.canvas, found), self.viewport())
            return True
        return super().viewportEvent(event)

    def cancel(self) -> None:
        """Give up the gesture under way."""
        if self.interaction is not None:
            self.interaction.cancel()
            self.interaction = None
            self.viewport().setCursor(Qt.CursorShape.ArrowCursor)
            self.viewport().update()

    def settle(self) -> None:
        """Give up the gesture under way, and take what is being edited."""
        self.cancel()
        if self.editor is not None:
            self.editor.take()

    # Painting

    def drawForeground(self, painter: QPainter, rect: QRectF | QRect) -> None:
        """Paint the gesture under way, and the legend."""
        del rect
        paint_overlay(painter, self, theme())
        paint_legend(painter, theme())

    # Inside

    def _begin(
        self, interaction: Interaction, held: Qt.MouseButton = Qt.MouseButton.NoButton
    ) -> None:
        self.interaction, self._held = interaction, held
        self.viewport().setCursor(interaction.cursor)

    def _select(self, block: str, *, add: bool) -> None:
        selected = self.canvas.selected_blocks()
        if add:
            self.canvas.block_item(block).setSelected(block not in selected)
        elif block not in selected:
            self.canvas.select([block])

    def _on_viewed(self) -> None:
        self.canvas.set_far(self.zoom < FAR)

    def _nudge(self, x: int, y: int) -> None:
        """Move the selected blocks a little."""
        document = self.canvas.document
        old = {block: document.place(block) for block in self.canvas.selected_blocks()}
        moved = {b: Place(p.x + x * DOTS, p.y + y * DOTS) for b, p in old.items()}
        document.move(moved, NUDGE)

    def _finish_keyboard_wire(self) -> None:
        if isinstance(self.interaction, KeyboardWire):
            wiring, self.interaction = self.interaction, None
            wiring.finish(wiring.start)
            self.viewport().setCursor(Qt.CursorShape.ArrowCursor)

    def _on_refused(self, sentence: str, block: str) -> None:
        known = block in self.canvas.document.graph
        self.say(sentence, self.canvas.block_item(block).pos() if known else None)


STEPS = {
    Qt.Key.Key_Down: 1,
    Qt.Key.Key_Right: 1,
    Qt.Key.Key_Tab: 1,
    Qt.Key.Key_Up: -1,
    Qt.Key.Key_Left: -1,
    Qt.Key.Key_Backtab: -1,
}
ARROWS = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, -1),
    Qt.Key.Key_Down: (0, 1),
}
ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
