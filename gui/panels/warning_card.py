"""What went wrong in a run, calmly, with a way to the place."""

from __future__ import annotations

import math

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QVBoxLayout, QWidget

from engine.recording import Recording
from gui.measuring import width_of
from gui.panels.labels import Ink, Prose, Text, ink_of
from gui.panels.painting import fill, focus_ring, smooth, write
from gui.panels.visibility import keep_away, show_if
from gui.theme import font, mixed, theme, themes

EDGES, LOW_EDGES = (16, 10, 12, 10), (16, 5, 8, 5)
"""Pixels around what is said: left, above, right and below; and on one line."""


AIR = 10
"""Pixels beside the word of a link."""


class LinkButton(QAbstractButton):
    """A button that looks like a word to be followed.

    Parameters
    ----------
    flush
        The side at which the word stands in line with what is above and below; with air around it
        if there is none.
    """

    def __init__(
        self, parent: QWidget | None = None, *, flush: Qt.AlignmentFlag | None = None
    ) -> None:
        super().__init__(parent)
        self._ink: Ink = "blue"
        self._flush = flush
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
        sides = 2 if self._flush is None else 1
        return QSize(math.ceil(width_of(self.text(), self._face())) + sides * AIR, 28)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - it is small: paint all
        """Paint the word on its ground."""
        painter, area = smooth(QPainter(self)), QRectF(self.rect())
        ink, face = ink_of(theme(), self._ink), self._face()
        if self._flush is None:
            fill(painter, area, 7, self._ground())
            write(painter, area, self.text(), face, ink)
        else:  # a ground would end where the word does
            if self._is_hot:
                face = QFont(face)
                face.setUnderline(True)
            write(
                painter, area, self.text(), face, ink, self._flush | Qt.AlignmentFlag.AlignVCenter
            )
        if self.hasFocus():
            focus_ring(painter, area, 7)
        painter.end()

    def _face(self) -> QFont:
        return font(12, bold=True)

    @property
    def _is_hot(self) -> bool:
        return self.underMouse() or self.isDown()

    def _ground(self) -> QColor:
        panel = theme().panel
        return mixed(panel, ink_of(theme(), self._ink), 0.1) if self._is_hot else panel


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
        self._brief = Text(font(13), "ink")
        self._brief.setMinimumWidth(1)  # it is shortened before it makes the panel wider
        self._button = LinkButton()
        self._button.clicked.connect(self._go)
        self._last = QHBoxLayout()
        self._last.addWidget(self._brief, 1)
        self._last.addWidget(self._button, 0)
        self._last.addStretch()
        self._column = QVBoxLayout(self)
        self._column.setSpacing(8)
        self._column.addWidget(self._sentence)
        self._column.addLayout(self._last)
        self._low = True
        self.set_low(False)
        themes().changed.connect(self.update)

    @property
    def is_of_number(self) -> bool:
        """Whether it tells of a number, of which steps tell, too, and not of what cannot run."""
        return self._step is not None

    def height_as(self, *, low: bool, width: int) -> int:
        """Say how high it would be, on one line or with the whole sentence."""
        left, top, right, bottom = LOW_EDGES if low else EDGES
        height = top + self._button.sizeHint().height() + bottom
        if low:
            return height
        return height + self._column.spacing() + self._sentence.heightForWidth(width - left - right)

    def set_low(self, low: bool) -> None:  # noqa: FBT001 - it is the question
        """Say it in brief on one line, or in a whole sentence."""
        if low == self._low:
            return
        self._low = low
        self._column.setContentsMargins(*(LOW_EDGES if low else EDGES))
        show_if(self._sentence, not low)
        show_if(self._brief, low)
        self.setToolTip(self.accessibleDescription() if low else "")
        self.update()

    def be_pictured(self) -> None:
        """Leave away where to go: nobody can go anywhere in a picture."""
        keep_away(self._button)

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
        self._brief.show_text(bad.brief if bad is not None else sentences[0])
        self._brief.setAccessibleName(" ".join(sentences))
        self.setAccessibleName("Warning")
        self.setAccessibleDescription(" ".join(sentences))
        self.setToolTip(" ".join(sentences) if self._low else "")
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
        inset = 7 if self._low else 10
        bar = QRectF(0, inset, 3, area.height() - 2 * inset)
        fill(painter, bar, 1.5, colours.bad if bad else colours.blue)
        painter.end()
