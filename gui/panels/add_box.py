"""A small search box over the canvas: type what is to be added, and Enter adds it."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QPoint, QRectF, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QFrame,
    QLineEdit,
    QStyle,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from gui.panels.add_offers import AddModel
from gui.panels.painting import fill, smooth
from gui.panels.palette_entries import Entry
from gui.panels.palette_list import ROW, EntryDelegate, PaletteList
from gui.panels.palette_model import Index
from gui.theme import font, mixed, theme

WIDTH, ROWS, EDGE = 304, 5, 8
DOWN = (Qt.Key.Key_Down, Qt.Key.Key_Tab)
UP = (Qt.Key.Key_Up, Qt.Key.Key_Backtab)
ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class LedDelegate(EntryDelegate):
    """Paints the entry that the field leads to as if the list itself had the keyboard."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint one row."""
        led = QStyleOptionViewItem(option)
        led.state |= QStyle.StateFlag.State_HasFocus
        super().paint(painter, led, index)


class AddBox(QFrame):
    """The box. Up and Down choose, Enter takes, Escape gives up.

    Parameters
    ----------
    parent
        The canvas.
    at
        Where the pointer is, in pixels of the parent; the box stands just below.
    model
        What may be added.
    label
        What the box is for, for a screen reader.
    hint
        What stands in the field while it is empty.

    Signals
    -------
    taken
        The entry that was chosen, and whether it is to be connected.
    given_up
        Nothing is to be added.
    """

    taken = Signal(object, bool)
    given_up = Signal()

    def __init__(self, parent: QWidget, at: QPoint, model: AddModel, label: str, hint: str) -> None:
        super().__init__(parent)
        self._canvas = parent
        self._is_done = False
        self.setAccessibleName(label)
        self._field = QLineEdit()
        self._field.setAccessibleName(label)
        self._field.setPlaceholderText(hint)
        self._field.setFont(font(14))
        self._field.setMinimumHeight(34)
        self._field.installEventFilter(self)
        self._list = PaletteList(model=model)
        self._list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._list.setDragEnabled(False)
        self._list.setItemDelegate(LedDelegate(self._list))
        # A click takes an entry, as Enter does.
        self._list.doubleClicked.disconnect()
        self._list.clicked.connect(self._take_current)
        self._field.textChanged.connect(self._search)
        column = QVBoxLayout(self)
        column.setContentsMargins(EDGE, EDGE, EDGE, EDGE)
        column.setSpacing(6)
        column.addWidget(self._field)
        column.addWidget(self._list)
        self.setFixedWidth(WIDTH)
        self._at = at
        self._search("")
        self.show()
        self.raise_()
        self._field.setFocus(Qt.FocusReason.PopupFocusReason)

    def close_box(self) -> None:
        """Go away, without telling anybody."""
        if not self._is_done:
            self._is_done = True
            self.hide()
            self.deleteLater()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Lead the list with the keys of the field."""
        if isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress:
            key = event.key()
            if key in DOWN or key in UP:
                self._step(1 if key in DOWN else -1)
                return True
            if key in ENTER:
                self._take(connected=not event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
                return True
            if key == Qt.Key.Key_Escape:
                self.given_up.emit()
                return True
        if isinstance(event, QFocusEvent) and event.type() is QEvent.Type.FocusOut:
            self._on_left(event.reason())
        return super().eventFilter(watched, event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint a card with a rim."""
        del event
        painter, c = smooth(QPainter(self)), theme()
        fill(painter, QRectF(self.rect()), 12, c.panel, mixed(c.line, c.dim, 0.4))
        painter.end()

    def _search(self, text: str) -> None:
        model = self._list.entries
        model.search(text)
        self._list.setCurrentIndex(model.first())
        self._list.nothing = f"There is nothing called “{text.strip()}”, and it is no value."
        rows = min(max(model.rowCount(), 1), ROWS)
        self._list.setFixedHeight(rows * ROW + 2)
        self._place(self._at)

    def _on_left(self, reason: Qt.FocusReason) -> None:
        """Give up when the person goes elsewhere; not for the menu of the field."""
        if not self._is_done and reason is not Qt.FocusReason.PopupFocusReason:
            self.given_up.emit()

    def _step(self, by: int) -> None:
        rows = self._list.entries.rowCount()
        if rows:
            row = (self._list.currentIndex().row() + by) % rows
            self._list.setCurrentIndex(self._list.entries.index(row, 0))

    def _take_current(self) -> None:
        self._take(connected=True)

    def _take(self, *, connected: bool) -> None:
        entry: Entry | None = self._list.entries.entry(self._list.currentIndex())
        if entry is not None:
            self.taken.emit(entry, connected)

    def _place(self, at: QPoint) -> None:
        self.adjustSize()
        room = self._canvas.rect().adjusted(6, 6, -6, -6)
        below, above = at.y() + 14, at.y() - 14 - self.height()
        y = below if below + self.height() <= room.bottom() or above < room.top() else above
        x = min(max(at.x() - 24, room.left()), max(room.right() - self.width(), room.left()))
        y = min(max(y, room.top()), max(room.bottom() - self.height(), room.top()))
        self.move(x, y)
