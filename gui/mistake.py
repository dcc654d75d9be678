"""The mistake in a text that is being typed: underlined where it is, with a sentence below."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint, QTimer

from engine.errors import ExpressionError
from gui.canvas.bubble import Bubble
from gui.panels.expression_editor import ExpressionEditor
from gui.theme import theme

if TYPE_CHECKING:
    from gui.workbench import Workbench

PATIENCE = 700
"""Milliseconds after a key until it is pointed at: who is in the middle of a word makes none."""


class Mistake(QObject):
    """What is wrong with a text, if anything is.

    Parameters
    ----------
    bench
        What the sentence stands over.
    editor
        The field of the text.

    Attributes
    ----------
    error
        What is wrong; None if nothing is.
    """

    def __init__(self, bench: Workbench, editor: ExpressionEditor) -> None:
        super().__init__(bench)
        self._bench, self._editor = bench, editor
        self.error: ExpressionError | None = None
        self._bubble = Bubble(bench)
        self._soon = QTimer(self, singleShot=True, interval=PATIENCE)
        self._soon.timeout.connect(self.point)

    @property
    def is_awaited(self) -> bool:
        """Whether it would be pointed at in a moment."""
        return self._soon.isActive()

    def wait(self) -> None:
        """Point at it in a moment, if there is one then."""
        self.forget()
        self._soon.start()

    def forget(self) -> None:
        """Let the text be right."""
        self.error = None
        self._soon.stop()
        self._editor.underline(None)
        self._bubble.hide()

    def point(self) -> None:
        """Underline what is wrong, and say why."""
        if self.error is None:
            return
        text, at = self._editor.toPlainText(), self.error.at
        start = min(at, max(len(text) - 1, 0))
        end = start + 1
        while end < len(text) and (text[end].isalnum() or text[end] == "_"):
            end += 1
        self._editor.underline((start, end))
        below = self._editor.mapTo(self._bench, QPoint(min(self._editor.width() // 2, 170), 0))
        spot = below + QPoint(0, self._editor.height() + 6)
        self._bubble.say(self.error.sentence, spot, theme().bad, theme().bad_bg)
        self._bubble.keep()  # as long as what it is about is underlined
