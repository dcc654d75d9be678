"""The canvas as a widget: which gesture a button of the mouse begins."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QPoint, QPointF, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QHelpEvent, QMouseEvent, QNativeGestureEvent
from PySide6.QtWidgets import QApplication, QToolTip

from gui.canvas.drifting import Drift
from gui.canvas.group_outline import GroupOutline
from gui.canvas.hit import EDGE_REACH, hit
from gui.canvas.interactions.adding import SearchToAdd
from gui.canvas.interactions.bending import MoveBend, bend_wire
from gui.canvas.interactions.cutting import CutWires
from gui.canvas.interactions.framing import ResizeMark, shape_of
from gui.canvas.interactions.moving import MoveBlocks
from gui.canvas.interactions.selecting import Pan, RubberBand
from gui.canvas.interactions.sliding import SlideValue, number_to_slide
from gui.canvas.interactions.wiring import DrawWire
from gui.canvas.item import FAR
from gui.canvas.keys import ALT, CTRL, SHIFT, KeyStage
from gui.canvas.scene import CanvasScene
from gui.canvas.spoken import Voice
from gui.canvas.tips import tip

LEFT = Qt.MouseButton.LeftButton


class CanvasView(KeyStage):
    """The canvas as a widget.

    Attributes
    ----------
    voice
        What a screen reader is told.

    Signals
    -------
    menu_wanted
        A menu is wanted for a block or a mark (its id, or "") at a point of the screen.
    """

    menu_wanted = Signal(str, QPoint)

    def __init__(self, canvas: CanvasScene) -> None:
        super().__init__(canvas)
        # First, for Qt keeps the interface that it makes when a screen reader is told the name.
        self.voice = Voice(self)
        self.setAccessibleName("Canvas")
        self.setAccessibleDescription(
            "Alt and arrow keys walk the blocks, Up and Down their ports, Tab adds, F6 leaves."
        )
        self._drift, self._drifted = Drift(self, self._on_drift), QPoint()
        self._clicked: tuple[QPointF, list[str]] | None = None
        self.setMouseTracking(True)
        self.viewport().installEventFilter(self)

    def let_go(self) -> None:
        """Stop listening, because the window shows another document."""
        self.voice.let_go()
        super().let_go()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Begin the gesture that the place and the button ask for."""
        button, at = event.button(), self._point(event)
        self.leave_array()
        under_way = self.interaction
        if under_way is not None and under_way.is_led_by_keys:
            self.complete(under_way.start)
        elif under_way is not None and button is LEFT and self._waits:
            self.go_on(button)
            under_way.press(at)
            return
        elif under_way is not None and self._held not in (button, Qt.MouseButton.NoButton):
            return  # One gesture at a time: the button that began it ends it.
        self.cancel()
        if button is Qt.MouseButton.MiddleButton or (self._is_space_down and button is LEFT):
            self._was_pulled = True
            self.begin(Pan(self, at), button)
        elif button is LEFT:
            self._take_hold(event, at)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Go on with the gesture."""
        at = self._point(event)
        if self.interaction is not None:
            self.interaction.keys = event.modifiers()
            if self.interaction.drifts and self.is_held:
                self._drift.lead(event.position().toPoint(), self.viewport().rect())
            self.interaction.move(at)
            return
        found = hit(self.canvas, at, self.zoom)
        self.canvas.hover(found.block, found.wire, found.port)
        self.canvas.elements.hover(at if self.zoom >= FAR else None)
        shape = Qt.CursorShape.ArrowCursor
        if self._is_space_down:
            shape = Qt.CursorShape.OpenHandCursor
        elif found.port is not None:
            shape = Qt.CursorShape.CrossCursor
        elif found.block is not None and number_to_slide(self.canvas, found.block, at) is not None:
            shape = SlideValue.cursor
        elif found.outline is not None and found.outline.button.contains(at):
            shape = Qt.CursorShape.PointingHandCursor
        elif found.bend is not None:
            shape = MoveBend.cursor
        elif found.mark is not None:
            shape = shape_of(self._grip(found.mark, at))
        elif found.block is not None or found.outline is not None:
            shape = Qt.CursorShape.OpenHandCursor
        self.viewport().setCursor(shape)

    def leaveEvent(self, event: QEvent) -> None:
        """Light nothing that the pointer has left."""
        super().leaveEvent(event)
        self.canvas.hover(None)
        self.canvas.elements.hover(None)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Finish the gesture, unless it goes on without a button."""
        interaction = self.interaction
        if interaction is not None and event.button() is self._held:
            at = self._point(event)
            self._drift.stop()
            self._drifted = QPoint()
            interaction.keys = event.modifiers()
            if interaction.goes_on(at):
                self.go_on()
            else:
                self.complete(at)
            self._end_click(event.position())

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Edit what is under the pointer, fold a group, or bend a wire; else ask what to add."""
        at = self._point(event)
        found = hit(self.canvas, at, self.zoom)
        is_chosen = Qt.KeyboardModifier.ControlModifier in event.modifiers()  # twice, one by one
        if event.button() is not LEFT or self._waits or is_chosen or found.port is not None:
            self.mousePressEvent(event)
        elif found.block is not None:
            self.cancel()
            self.edit(found.block)
        elif found.outline is not None:
            self.cancel()
            self.fold(found.outline.goes_around)
        elif found.bend is not None:
            self.mousePressEvent(event)
        elif found.wire is not None:
            self.cancel()
            bend = bend_wire(self, found.wire, at)
            if bend is not None:
                self.begin(MoveBend(self, at, bend), LEFT)
        elif found.mark is not None:
            self.cancel()
            self.edit(found.mark)
        else:
            self.cancel()
            self.begin(SearchToAdd(self, at))

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Ask for the menu of the block under the pointer, or of the selected one."""
        self.cancel()
        if event.reason() is QContextMenuEvent.Reason.Keyboard:
            self._ask_for_menu()
            return
        found = hit(self.canvas, self.mapToScene(event.pos()), self.zoom)
        block = found.block or (found.port.block if found.port is not None else "")
        if found.outline is not None:
            self.canvas.selection.choose(
                self.canvas.open_groups.items_inside(found.outline.goes_around)
            )
            block = found.outline.goes_around
        elif found.mark is not None:
            block = found.mark
            if block not in self.canvas.selection.marks():
                self.canvas.selection.choose([block])
        elif found.bend is not None:
            self.canvas.selection.set_bend(found.bend)
        elif block and block not in self.canvas.selection.items():
            self.canvas.selection.choose([block])
        elif not block:
            # The menu is about what is under the pointer: a wire, or the ground.
            wires = self.canvas.selection.wires()
            if found.wire not in wires and (wires or found.wire is not None):
                self.canvas.selection.clear()
            if found.wire is not None:
                self.canvas.selection.set(found.wire, on=True)
        self.menu_wanted.emit(block, event.globalPos())

    def _ask_for_menu(self) -> None:
        """Ask for the menu of what the keyboard is at."""
        selected = self.canvas.selection.items() or self.canvas.selection.marks()
        block = selected[0] if selected else ""
        at = self.viewport().rect().center()
        if block:
            at = self.mapFromScene(self.canvas.block_rect(block).center())
        self.menu_wanted.emit(block, self.viewport().mapToGlobal(at))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Tell about what the pointer rests on, and zoom with two fingers.

        In an override of `viewportEvent`, all painting would be within a call from Python, where
        PySide keeps errors for later; and a second one ends the app without a word.
        """
        if isinstance(event, QHelpEvent) and event.type() is QEvent.Type.ToolTip:
            found = hit(self.canvas, self.mapToScene(event.pos()), self.zoom)
            told = "\n".join(filter(None, (self.canvas.elements.told(), tip(self.canvas, found))))
            QToolTip.showText(event.globalPos(), told, self.viewport())
            return True
        pinched = Qt.NativeGestureType.ZoomNativeGesture
        if isinstance(event, QNativeGestureEvent) and event.gestureType() is pinched:
            about = self.mapToScene(event.position().toPoint())
            self.set_zoom(self.zoom * (1.0 + event.value()), about)
            return True
        return super().eventFilter(watched, event)

    def _press_block(self, block: str, at: QPointF, *, add: bool, detaches: bool) -> None:
        """Select a block and take hold of it, or of its number."""
        self._select(block, add=add)
        number = None if add else number_to_slide(self.canvas, block, at)
        if detaches and block in self.canvas.selection.items():
            self.begin(MoveBlocks(self, at, block, detaches=True), LEFT)
        elif number is not None:
            self.begin(SlideValue(self, at, block, number), LEFT)
        elif block in self.canvas.selection.items():
            self.begin(MoveBlocks(self, at, block), LEFT)

    def _press_mark(self, mark: str, at: QPointF, *, add: bool) -> None:
        """Take hold of a frame or a note, or of its edges."""
        grip = self._grip(mark, at)
        self._select(mark, add=add)
        if grip != (0, 0):
            self.begin(ResizeMark(self, at, mark, grip), LEFT)
        elif mark in self.canvas.selection.marks():
            self.begin(MoveBlocks(self, at, mark), LEFT)

    def _grip(self, mark: str, at: QPointF) -> tuple[int, int]:
        return self.canvas.marks.items[mark].grip(at, EDGE_REACH / self.zoom)

    def _press_outline(self, outline: GroupOutline, at: QPointF) -> None:
        """Fold an open group by the button on its tab, or take hold of all that is in it."""
        if outline.button.contains(at):
            self.fold(outline.goes_around)
            return
        self.canvas.selection.choose(self.canvas.open_groups.items_inside(outline.goes_around))
        self.begin(MoveBlocks(self, at, outline.goes_around), LEFT)

    def _point(self, event: QMouseEvent) -> QPointF:
        """Tell where the pointer is, and keep it in mind."""
        self._points, self._pointer = True, self.mapToScene(event.position().toPoint())
        return self._pointer

    def _on_drift(self, pixels: QPoint) -> None:
        """Let the gesture go on where the pointer is over what has come into sight."""
        if self.interaction is None or not self.is_held:
            self._drift.stop()
            return
        self.scroll_by(pixels)
        self._drifted += pixels
        self._pointer += QPointF(pixels) / self.zoom
        self.interaction.move(self._pointer)

    def cancel(self) -> None:
        """Give up the gesture under way, and go back to where it began if the canvas drifted."""
        super().cancel()
        if not self._drifted.isNull():
            back, self._drifted = -self._drifted, QPoint()
            self.scroll_by(back)

    def _end_click(self, at: QPointF) -> None:
        """Select what was clicked alone; with Ctrl held, besides the others, or leave it out."""
        if self._clicked is not None:
            (start, chosen), self._clicked = self._clicked, None
            if (at - start).manhattanLength() < QApplication.startDragDistance():
                self.canvas.selection.choose(chosen)

    def _take_hold(self, event: QMouseEvent, at: QPointF) -> None:
        """Begin a gesture with what is under the pointer."""
        add, cut, control = (bool(event.modifiers() & key) for key in (SHIFT, ALT, CTRL))
        found = hit(self.canvas, at, self.zoom)
        what = found.block or found.mark
        self._clicked = None
        if what is not None and not (add or cut):
            # A drag moves all that is selected, and with Ctrl exactly where it goes.
            before = [*self.canvas.selection.items(), *self.canvas.selection.marks()]
            others = [item for item in before if item != what] if control else []
            chosen = others if control and what in before else [*others, what]
            self._clicked = event.position(), chosen
        if found.port is not None:
            self.begin(DrawWire.from_port(self, at, found.port), LEFT)
        elif found.block is not None:
            self._press_block(found.block, at, add=add, detaches=cut)
        elif found.outline is not None:
            self._press_outline(found.outline, at)
        elif cut:
            self.begin(CutWires(self, at), LEFT)
        elif found.bend is not None:
            self.begin(MoveBend(self, at, found.bend), LEFT)
        elif found.mark is not None:
            self._press_mark(found.mark, at, add=add)
        elif found.wire is not None:
            if not (add or control):
                self.canvas.selection.clear()
            self.canvas.selection.set(found.wire, on=True)
            self.begin(DrawWire.from_wire(self, at, found.wire), LEFT)
        else:
            self.begin(RubberBand(self, at, add=add or control), LEFT)

    def _select(self, block: str, *, add: bool) -> None:
        selected = [*self.canvas.selection.items(), *self.canvas.selection.marks()]
        if add:
            self.canvas.selection.set(block, on=block not in selected)
        elif block not in selected:
            self.canvas.selection.choose([block])
