"""A line above the canvas that tells of something calmly and offers what can be done about it."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QRectF, Qt, QTimer
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QWidget

from gui.panels.painting import fill, smooth
from gui.panels.warning_card import LinkButton
from gui.theme import font, theme, themes

Offer = tuple[str, Callable[[], object]]
"""What a button says, and what it does."""


class NoticeBar(QWidget):
    """The line; it is not there while there is nothing to tell.

    Parameters
    ----------
    name
        What a screen reader calls it.
    """

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self._words = QLabel()
        self._words.setFont(font(13))
        self._words.setTextFormat(Qt.TextFormat.PlainText)
        self._words.setWordWrap(True)
        self._words.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(18, 6, 10, 6)
        self._row.setSpacing(4)
        self._row.addWidget(self._words, 1)
        self._buttons: list[LinkButton] = []
        self._later: Callable[[], object] | None = None
        themes().changed.connect(self._dress)
        self._dress()
        self.hide()

    @property
    def words(self) -> str:
        """What it tells; "" while there is nothing to tell."""
        return "" if self.isHidden() else self._words.text()

    def tell(
        self,
        words: str,
        offers: Sequence[Offer],
        later: Callable[[], object] | None = None,
        *,
        asks: bool = False,
    ) -> None:
        """Tell something, in place of what was told before.

        Parameters
        ----------
        offers
            What can be done about it: a button each. Each of them ends the notice.
        later
            What Escape in the line does, besides ending the notice.
        asks
            Whether the keyboard goes to the first button.
        """
        self.end()
        self._words.setText(words)
        self.setAccessibleDescription(words)
        self._later = later
        for text, do in offers:
            button = LinkButton()
            button.show_link(text, "blue")
            button.clicked.connect(lambda _=False, do=do: self._take(do))
            self._row.addWidget(button)
            self._buttons.append(button)
        self.show()
        if asks:
            # Once all is in sight: before, the keyboard would go to whatever comes into sight last.
            QTimer.singleShot(0, self._buttons[0], self._buttons[0].setFocus)

    def end(self) -> None:
        """Tell nothing."""
        for button in self._buttons:
            self._row.removeWidget(button)
            button.hide()
            button.deleteLater()
        self._buttons.clear()
        self._later = None
        self.hide()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leave it for later with Escape."""
        if event.key() == Qt.Key.Key_Escape:
            self._take(self._later or (lambda: None))
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - a few strokes
        """Paint its ground, and a bar at the left as on any card that tells something."""
        painter, area = smooth(QPainter(self)), QRectF(self.rect())
        painter.fillRect(area, theme().blue_bg)
        fill(painter, QRectF(0, 8, 3, area.height() - 16), 1.5, theme().blue)
        painter.end()

    def _take(self, do: Callable[[], object]) -> None:
        self.end()
        do()

    def _dress(self) -> None:
        self._words.setStyleSheet(f"color: {theme().ink.name()};")
        self.update()
