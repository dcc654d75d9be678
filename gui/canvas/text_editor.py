"""The field in which a note is edited, at its place on the canvas."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QPoint, QRect, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from gui.theme import font, theme

SMALLEST = 140, 64
"""Pixels of the field at least, however far away the note is."""


class TextEditor(QPlainTextEdit):
    """Several lines over a note. Ctrl and Enter takes them, as a click elsewhere does; Escape not.

    Parameters
    ----------
    parent
        The canvas.
    label
        What is edited, for a screen reader.
    text
        What it holds at first, all of it selected.
    around
        Where the note is, in pixels of the parent.
    commit
        Takes the text; returns why it cannot, or None if it did.

    Signals
    -------
    finished
        It is done, either way.
    complained
        The text was not taken: the reason, and where to say it.
    """

    finished = Signal()
    complained = Signal(str, QPoint)

    def __init__(
        self,
        parent: QWidget,
        label: str,
        text: str,
        around: QRect,
        commit: Callable[[str], str | None],
    ) -> None:
        super().__init__(parent)
        self._commit = commit
        self._done = False
        self.setAccessibleName(label)
        self.setToolTip("Ctrl+Enter takes the text, Escape gives it up")
        self.setPlaceholderText("A note…")
        self.setFont(font(13))
        self.setTabChangesFocus(True)
        c = theme()
        self.setStyleSheet(
            f"QPlainTextEdit {{ background: {c.card.name()}; color: {c.ink.name()};"
            f"border: 2px solid {c.blue.name()}; border-radius: 8px; padding: 4px 6px; }}"
        )
        self.setPlainText(text)
        self.selectAll()
        room = parent.rect().adjusted(4, 4, -4, -4)
        width, height = max(around.width(), SMALLEST[0]), max(around.height(), SMALLEST[1])
        box = QRect(0, 0, min(width, room.width()), min(height, room.height()))
        box.moveTopLeft(around.topLeft())
        box.moveLeft(max(min(box.left(), room.right() - box.width()), room.left()))
        box.moveTop(max(min(box.top(), room.bottom() - box.height()), room.top()))
        self.setGeometry(box)
        self.show()
        self.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Take Ctrl and Enter, and Escape."""
        held = event.modifiers() & Qt.KeyboardModifier.ControlModifier
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and held:
            self._try()
        elif event.key() == Qt.Key.Key_Escape:
            self._close()
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Take the text when the person goes elsewhere."""
        super().focusOutEvent(event)
        if event.reason() is not Qt.FocusReason.PopupFocusReason:
            self.take()

    def take(self) -> None:
        """Take the text if it can be taken, and close either way."""
        if not self._done:
            self._commit(self.toPlainText())
            self._close()

    def _try(self) -> None:
        reason = self._commit(self.toPlainText())
        if reason is None:
            self._close()
        else:
            self.complained.emit(reason, self.geometry().center() + QPoint(0, self.height() // 2))

    def _close(self) -> None:
        if not self._done:
            self._done = True
            self.finished.emit()
            self.hide()
            self.deleteLater()
