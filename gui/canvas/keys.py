"""The keys of the canvas that are no actions: walking the blocks, and what Escape gives up."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QFocusEvent, QKeyEvent

from engine.document import Place
from gui.canvas.dropping import DropStage
from gui.canvas.interactions.wiring import KeyboardWire
from gui.document import NUDGE
from gui.ground import DOTS

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


class KeyStage(DropStage):
    """A stage that can be worked on by keyboard."""

    def start_wire(self, block: str) -> None:
        """Draw a wire from a block by keyboard."""
        self.cancel()
        wiring = KeyboardWire(self, block)
        if wiring.has_choice:
            self.begin(wiring)
        else:
            wiring.cancel()
            at = self.canvas.block_rect(block).center()
            self.say("No input is free to take this; add a block first, or unplug a wire.", at)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Cancel, walk the blocks, and choose the end of a wire."""
        key, wiring = event.key(), self.interaction
        if key == Qt.Key.Key_Escape:
            if self.interaction is not None:
                self.cancel()
            elif self.canvas.ghost is not None:
                self.canvas.set_ghost(None)
            elif self.canvas.selectedItems():
                self.canvas.clearSelection()
            else:
                self.leave_group()
        elif isinstance(wiring, KeyboardWire) and key in STEPS:
            wiring.step(STEPS[Qt.Key(key)])
        elif isinstance(wiring, KeyboardWire) and key in ENTER:
            self._finish_keyboard_wire()
        elif key in ARROWS and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self._nudge(*ARROWS[Qt.Key(key)])
        elif key in ENTER and len(self.canvas.selected_items()) == 1:
            self.edit(self.canvas.selected_items()[0])
        else:
            event.ignore()

    def focusNextPrevChild(self, next_child: bool) -> bool:  # noqa: FBT001 - Qt's signature
        """Let Tab walk the blocks; past the last one it leaves the canvas."""
        if isinstance(self.interaction, KeyboardWire):
            self.interaction.step(1 if next_child else -1)
            return True
        order = self.canvas.reading_order()
        selected = self.canvas.selected_items()
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

    def _finish_keyboard_wire(self) -> None:
        if isinstance(self.interaction, KeyboardWire):
            self.complete(self.interaction.start)

    def _nudge(self, x: int, y: int) -> None:
        """Move the selected blocks a little."""
        document = self.canvas.document
        old = {block: document.place(block) for block in self.canvas.selected_items()}
        moved = {b: Place(p.x + x * DOTS, p.y + y * DOTS) for b, p in old.items()}
        document.move(moved, NUDGE)
