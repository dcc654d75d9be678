"""What went wrong in a run, calmly, with a way to the place."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QVBoxLayout, QWidget

from engine.recording import Recording
from gui.measuring import width_of
from gui.panels.labels import Ink, Prose, ink_of
from gui.panels.painting import fill, focus_ring, smooth, write
from gui.panels.visibility import show_if
from gui.theme import font, mixed, theme, themes


class LinkButton(QAbstractButton):
    """A button that looks like a word to be followed."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._ink: Ink = "blue"
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)  # painted anew when the mouse comes and goes
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        themes().changed.connect(self.update)

    def show_link(self, text: str, ink: Ink) -> None:
        """Become the link to something else."""
        self._ink = ink
        self.setText(text)
        self.setAccessibleName(text)
        self.setToolTip(text)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """Leave room for the focus ring."""
        return QSize(round(width_of(self.text(), self._face())) + 20, 28)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - it is small: paint all
        """Paint the word on its ground."""
        painter, area = smooth(QPainter(self)), QRectF(self.rect())
        fill(painter, area, 7, self._ground())
        write(painter, area, self.text(), self._face(), ink_of(theme(), self._ink))
        if self.hasFocus():
            focus_ring(painter, area, 7)
        painter.end()

    def _face(self) -> QFont:
        return font(12, bold=True)

    def _ground(self) -> QColor:
        hot = self.underMouse() or self.isDown()
        return mixed(theme().panel, ink_of(theme(), self._ink), 0.1) if hot else theme().panel


class WarningCard(QWidget):
    """The card.

    Signals
    -------
    step_wanted
        The index of the step that a person wants to see.
    block_pointed
        The id of the block that a person wants to see.
    """

    step_wanted = Signal(int)
    block_pointed = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._step: int | None = None
        self._block = ""
        self._sentence = Prose(font(13), "ink")
        self._button = LinkButton()
        self._button.clicked.connect(self._go)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 10, 12, 10)
        column.setSpacing(8)
        column.addWidget(self._sentence)
        column.addWidget(self._button, 0, Qt.AlignmentFlag.AlignLeft)
        themes().changed.connect(self.update)

    def show_recording(self, recording: Recording) -> None:
        """Tell what went wrong in a run; hide if nothing did."""
        sentences = [problem.sentence for problem in recording.problems[:1]]
        self._step, self._block = None, recording.problems[0].block if sentences else ""
        bad = recording.first_bad
        if bad is not None:
            sentences.append(bad.sentence)
            self._step, self._block = bad.step, bad.block
        show_if(self, bool(sentences))
        if not sentences:
            return
        more = len(recording.problems) - 1
        if more > 0:
            sentences[0] += f" (and {more} more)"
        self._sentence.show_text("\n".join(sentences))
        self.setAccessibleName("Warning")
        self.setAccessibleDescription(" ".join(sentences))
        text = f"Go to step {self._step + 1}" if self._step is not None else "Show the block"
        self._button.show_link(text, "bad" if bad is not None else "blue")
        self.update()

    def _go(self) -> None:
        if self._step is not None:
            self.step_wanted.emit(self._step)
        if self._block:
            self.block_pointed.emit(self._block)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - a few strokes
        """Paint the ground and the bar at the left.

        It alarms only where a number went wrong: while a graph is being built, something is
        always missing.
        """
        painter, colours = smooth(QPainter(self)), theme()
        area, bad = QRectF(self.rect()), self._step is not None
        fill(painter, area, 10, colours.bad_bg if bad else colours.blue_bg)
        bar = QRectF(0, 10, 3, area.height() - 20)
        fill(painter, bar, 1.5, colours.bad if bad else colours.blue)
        painter.end()
