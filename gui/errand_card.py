"""The card over the window that says how far long work is, and lets a person give it up."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QRectF, Qt, Signal
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from gui.export.progress import PERCENT, Progress
from gui.panels.painting import fill, smooth
from gui.panels.warning_card import LinkButton
from gui.theme import font, theme

HUNDRED = 100


class ErrandCard(QWidget):
    """Says what is being done and how far that is.

    Parameters
    ----------
    name
        What a screen reader calls it.
    stages
        What is done, in order, each in words.
    over
        The window.

    Signals
    -------
    given_up
        The person wants it no more.
    """

    given_up = Signal()

    def __init__(self, name: str, stages: tuple[str, ...], over: QWidget) -> None:
        super().__init__(over)
        self._stages, self._over = stages, over
        self._share = 0.0
        self.setAccessibleName(name)
        self._words = QLabel()
        self._words.setFont(font(13))
        self._words.setTextFormat(Qt.TextFormat.PlainText)
        self._left = QLabel()
        self._left.setFont(font(13))
        self._progress = Progress(HUNDRED, PERCENT)
        button = LinkButton()
        button.show_link("Cancel", "blue")
        button.setToolTip("Give it up: nothing is changed (Ctrl+.)")
        button.clicked.connect(self.given_up)
        row = QHBoxLayout(self)
        row.setContentsMargins(18, 10, 10, 14)
        row.setSpacing(16)
        row.addWidget(self._words)
        row.addWidget(self._left)
        row.addWidget(button)
        over.installEventFilter(self)
        self.follow(0, 0.0)
        self.show()
        self.raise_()

    def follow(self, stage: int, share: float) -> None:
        """Say that the work has come to a stage, and how much of that is done."""
        words = self._stages[stage]
        if words != self._words.text():
            self._words.setText(words)
            self._stand()
            if QAccessible.isActive():
                QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, words))
        if len(self._stages) == 1 and share > 0:  # of several, one may take much longer
            self._tell_time(share)
        # Something is seen of a stage from its beginning.
        self._share = (stage + max(share, 0.1)) / len(self._stages)
        self.update()

    def _tell_time(self, share: float) -> None:
        """Say how long it will still take, once there is enough to go by."""
        said = self._progress.words(int(share * HUNDRED))
        if said != self._left.text():
            self._left.setText(said)
            self._left.setStyleSheet(f"color: {theme().dim.name()}")
            self._stand()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Stay in the middle while the window gets its size."""
        if event.type() is QEvent.Type.Resize:
            self._stand()
        return super().eventFilter(watched, event)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - it is small: paint all
        """Paint the ground, and how far it is."""
        painter, c = smooth(QPainter(self)), theme()
        area = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.setPen(c.line)
        painter.setBrush(c.panel)
        painter.drawRoundedRect(area, 10, 10)
        track = QRectF(18, self.height() - 10, self.width() - 36, 3)
        fill(painter, track, 1.5, c.line)
        done = QRectF(track.left(), track.top(), track.width() * self._share, 3)
        fill(painter, done, 1.5, c.blue)
        painter.end()

    def _stand(self) -> None:
        self.adjustSize()
        self.move((self._over.width() - self.width()) // 2, self._over.height() // 4)
