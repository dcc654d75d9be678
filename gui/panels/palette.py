"""The palette: what can be placed, to be searched, dragged or entered."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from gui.mime import BLOCK_MIME
from gui.panels.palette_list import PaletteList
from gui.theme import font, theme, themes

__all__ = ["BLOCK_MIME", "Palette"]


class Palette(QWidget):
    """The panel on the left.

    Signals
    -------
    chosen
        The kind of a block that is to be appended: Enter or a double-click on its entry.
    found
        A search has ended with a block being chosen, and needs the keyboard no more.
    given_up
        The kind of a block of a person's own that is to be kept no longer.
    """

    chosen = Signal(str)
    found = Signal()
    given_up = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName("Palette")
        self.setMinimumWidth(160)
        self._search = QLineEdit()
        self._search.setAccessibleName("Search functions")
        self._search.setPlaceholderText("Search functions")
        self._search.setToolTip(
            "Search by name, symbol or formula; Enter takes the first, Down goes to the list"
        )
        self._search.setFont(font(13))
        self._search.setMinimumHeight(32)
        self._search.installEventFilter(self)
        self._list = PaletteList()
        self._search.textChanged.connect(self._list.entries.search)
        self._list.chosen.connect(self.chosen)
        self._list.given_up.connect(self.given_up)
        self._list.left_upwards.connect(self.search)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 14, 1, 0)  # the line stays free
        column.setSpacing(4)
        box = QVBoxLayout()
        box.setContentsMargins(14, 0, 14, 0)
        box.addWidget(self._search)
        column.addLayout(box)
        column.addWidget(self._list, 1)
        themes().changed.connect(self.update)

    def sizeHint(self) -> QSize:
        """Be as wide as the sketch has it."""
        return QSize(200, 600)

    def search(self) -> None:
        """Put the keyboard into the search field."""
        self._search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._search.selectAll()

    def show_all(self) -> None:
        """Show every entry again, now that what was searched for has been placed."""
        self._search.clear()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Let the search field hand the keyboard on to the list, and be cleared by Escape."""
        if isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress:
            match event.key():
                case Qt.Key.Key_Return | Qt.Key.Key_Enter if self._search.text():
                    if self._list.choose_first():
                        self.show_all()
                        self.found.emit()
                    return True
                case Qt.Key.Key_Down | Qt.Key.Key_Return | Qt.Key.Key_Enter:
                    self._list.enter()
                    return True
                case Qt.Key.Key_Escape if self._search.text():
                    self._search.clear()
                    return True
        return super().eventFilter(watched, event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the ground and the line to the right."""
        painter, colours = QPainter(self), theme()
        painter.fillRect(event.rect(), colours.panel)
        painter.fillRect(self.width() - 1, 0, 1, self.height(), colours.line)
        painter.end()
