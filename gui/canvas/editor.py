"""The line in which a value or a name is edited, at its place on the canvas."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QPoint, QRect, Qt, Signal
from PySide6.QtGui import QFocusEvent, QFontMetrics, QKeyEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from gui.theme import font, theme

LONGEST = 1_000_000
"""Characters that can be pasted; Qt would cut them off at 32,767."""


class InlineEditor(QLineEdit):
    """A line of text over a block. Enter takes it, Escape gives it up.

    Parameters
    ----------
    parent
        The canvas.
    label
        What is edited, for a screen reader.
    text
        What it holds at first, all of it selected.
    around
        Where the block is, in pixels of the parent.
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
        self._canvas = parent
        self._commit = commit
        self._around = around
        self._done = False
        self.setMaxLength(LONGEST)
        self.setText(text)
        self.setAccessibleName(label)
        self.setFont(font(14, code=True))
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.textChanged.connect(self._fit)
        self._fit()
        self.selectAll()
        self.show()
        self.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Take Enter and Escape."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._try()
        elif event.key() == Qt.Key.Key_Escape:
            self._close()
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Take the text when the person goes elsewhere; give it up if it cannot be taken."""
        super().focusOutEvent(event)
        if event.reason() is not Qt.FocusReason.PopupFocusReason:
            self.take()

    def take(self) -> None:
        """Take the text if it can be taken, and close either way."""
        if not self._done:
            self._commit(self.text())
            self._close()

    def _try(self) -> None:
        reason = self._commit(self.text())
        if reason is None:
            self._close()
            return
        bad = theme().bad.name()
        self.setStyleSheet(f"border: 2px solid {bad}; border-radius: 8px; padding: 4px 8px;")
        self.selectAll()
        self.complained.emit(reason, self.geometry().center() + QPoint(0, self.height()))

    def _close(self) -> None:
        if not self._done:
            self._done = True
            self.finished.emit()
            self.hide()
            self.deleteLater()

    def _fit(self) -> None:
        width = QFontMetrics(self.font()).horizontalAdvance(self.text()) + 44
        width = min(max(width, self._around.width() + 24, 96), 420)
        box = QRect(0, 0, width, 36)
        box.moveCenter(self._around.center())
        room = self._canvas.rect().adjusted(4, 4, -4, -4)
        box.moveLeft(max(min(box.left(), room.right() - box.width()), room.left()))
        self.setGeometry(box)
