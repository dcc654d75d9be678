"""The card that asks for the next number, takes an answer, and says what became of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QKeySequence, QPainter, QPaintEvent, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from engine.asking.element_names import unbroken
from engine.asking.question import STEP_ON
from gui.panels.labels import Ink, Prose, Text, head
from gui.panels.painting import fill, smooth
from gui.panels.visibility import keep_away, show_if
from gui.panels.warning_card import LinkButton
from gui.prediction import Prediction
from gui.theme import font, theme, themes

if TYPE_CHECKING:
    from engine.asking.question import Question
    from gui.panels.asked_arrays import AskedArrays

SAID: dict[bool | None, tuple[Ink, str]] = {
    True: ("ok", "✓"),
    False: ("bad", "✗"),
    None: ("dim", "→"),
}
"""Colour and sign of what is said to an answer: a right one, a wrong one, and none."""


class PredictCard(QWidget):
    """The card; it is there while numbers are asked for, and as long as there is something to say.

    Parameters
    ----------
    prediction
        What is asked, and how it goes.
    """

    def __init__(self, prediction: Prediction, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._prediction = prediction
        self._is_pictured = False
        self._head = head("Can you tell before?", "orange")
        self._score = Text(font(12), "dim")
        self._prompt = Prose(font(14), "ink")
        self._symbol = Text(font(14, bold=True, italic=True), "orange")
        self._line = QLineEdit()
        self._line.setAccessibleName("Your answer")
        self._line.setPlaceholderText("number")
        self._line.setFont(font(14, code=True))
        self._said = Prose(font(13), "ink")
        self._arrays: AskedArrays | None = None
        self._give_up = LinkButton()
        self._give_up.show_link("Show me", "blue")
        self._assemble()
        self._line.returnPressed.connect(self._answer)
        leave = QShortcut(QKeySequence(Qt.Key.Key_Escape), self._line)
        leave.setContext(Qt.ShortcutContext.WidgetShortcut)
        leave.activated.connect(self._line.clearFocus)  # letters are keys of the window again
        self._give_up.clicked.connect(prediction.give_up)
        prediction.changed.connect(self._follow)
        themes().changed.connect(self.update)
        self.hide()  # said outright: what has no parent yet only seems to be hidden
        self._follow()

    def be_pictured(self) -> None:
        """Leave away where an answer is typed: in a picture it stays open, or is shown."""
        self._is_pictured = True
        keep_away(self._line, self._give_up, self._score)

    def _assemble(self) -> None:
        top = QHBoxLayout()
        top.addWidget(self._head, 1)
        top.addWidget(self._score)
        answer = QHBoxLayout()
        answer.setSpacing(8)
        answer.addWidget(self._symbol)
        answer.addWidget(self._line, 1)
        answer.addWidget(self._give_up)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 12, 14)
        column.setSpacing(9)
        column.addLayout(top)
        column.addWidget(self._said)
        column.addWidget(self._prompt)
        column.addLayout(answer)

    def _answer(self) -> None:
        judged = self._prediction.answer(self._line.text())
        if judged is not None and judged.right:
            self._line.clear()
        else:
            self._line.selectAll()

    def _follow(self) -> None:
        prediction, question = self._prediction, self._prediction.question
        show_if(self, prediction.is_on and (question is not None or not self._is_pictured))
        score = prediction.score
        self._score.show_text(f"{score.right} of {score.asked} right" if score.asked else "")
        for part in (self._symbol, self._line, self._give_up):
            if question is None and part.hasFocus():
                part.clearFocus()  # Qt would put the keyboard on the next button: space is to play
            show_if(part, question is not None)
        self._show_arrays(question)
        if question is None:
            self._prompt.show_text(STEP_ON)
        else:
            self._prompt.show_text(unbroken(question.prompt))
            open_end = " ?" if self._is_pictured else ""
            self._symbol.show_text(f"{question.symbol} ={open_end}")
            self._line.setAccessibleDescription(question.prompt)
            if not self._line.hasFocus() and self._line.isVisible():
                self._line.setFocus(Qt.FocusReason.OtherFocusReason)
        self._say()
        self.update()

    def _show_arrays(self, question: Question | None) -> None:
        """Show what an element is asked for of, below the question."""
        if self._arrays is None and question is not None and question.arrays:
            from gui.panels.asked_arrays import AskedArrays  # noqa: PLC0415 - made when first shown

            self._arrays = AskedArrays()
            column = self.layout()
            assert isinstance(column, QVBoxLayout)  # noqa: S101 - as it was assembled
            column.insertWidget(column.indexOf(self._prompt) + 1, self._arrays)
        if self._arrays is not None:
            self._arrays.show_question(question)

    def _say(self) -> None:
        last = self._prediction.last
        show_if(self._said, last is not None)
        if last is not None:
            ink, sign = SAID[last.right]
            self._said.set_ink(ink)
            self._said.show_text(f"{sign} {unbroken(last.sentence)}")

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - a few strokes
        """Paint the ground."""
        painter, c = smooth(QPainter(self)), theme()
        fill(painter, QRectF(self.rect()), 12, c.sel, c.glow)
        painter.end()
