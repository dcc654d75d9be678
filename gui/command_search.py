"""The search for everything that can be done: actions, examples and the files of late."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QRectF, QSettings, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QKeyEvent, QKeySequence, QPainter
from PySide6.QtWidgets import (
    QDialog,
    QFrame,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
)

from gui import files
from gui.actions import ACTIONS
from gui.document import title_of
from gui.fuzzy import fit
from gui.panels.painting import fill, smooth, write
from gui.panels.palette_list import LEFT
from gui.panels.palette_model import Index
from gui.theme import font, theme

if TYPE_CHECKING:
    from gui.workbench import Workbench

WIDTH, ROW, MOST_ROWS = 560, 36, 11
AROUND = 66
"""Height of the field, and of what is free around it and the list."""

MOST_REMEMBERED = 12
RECENT_FIRST = 6
"""Points for what was done last, one less for each that was done since."""

ROLE = Qt.ItemDataRole.UserRole
STEPS = {
    Qt.Key.Key_Down: 1,
    Qt.Key.Key_Up: -1,
    Qt.Key.Key_PageDown: MOST_ROWS - 1,
    Qt.Key.Key_PageUp: 1 - MOST_ROWS,
}
RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing that can be done.

    Attributes
    ----------
    name
        What it is remembered by.
    text
        What it is called.
    group
        Where else it is found: its menu.
    tip
        What it does, in a sentence.
    keys
        Its shortcut.
    do
        Does it.
    enabled
        Whether it can be done now.
    """

    name: str
    text: str
    group: str
    tip: str
    keys: str
    do: Callable[[], object]
    enabled: bool = True


def entries(bench: Workbench) -> list[Entry]:
    """List everything that can be done."""
    native = QKeySequence.SequenceFormat.NativeText
    found = [
        Entry(
            spec.name,
            action.text().rstrip("…"),
            spec.menu,
            spec.tip,
            QKeySequence(spec.keys[0]).toString(native) if spec.keys else "",
            action.trigger,
            action.isEnabled(),
        )
        for spec in ACTIONS
        if (action := bench.actions_by_name.get(spec.name)) is not None
        and spec.name != "search_actions"
    ]
    for path in files.examples():
        do = partial(bench.open_example, path)
        found.append(Entry(str(path), title_of(path), "Example", "Open this example", "", do))
    for path in files.recent():
        do = partial(bench.open_path, path)
        found.append(Entry(str(path), path.stem, "Recent file", str(path), "", do))
    return found


def used() -> list[str]:
    """List what was done through the search, the last first."""
    stored = QSettings().value("searched", [])
    names = stored if isinstance(stored, list) else [stored]
    return [name for name in names if isinstance(name, str)]


def remember(name: str) -> None:
    """Put what was done first."""
    names = [name, *(other for other in used() if other != name)]
    QSettings().setValue("searched", names[:MOST_REMEMBERED])


def found(letters: str, offered: list[Entry], lately: list[str]) -> list[Entry]:
    """Choose what fits the letters, the best first; what was done lately is better."""
    ranked: list[tuple[int, int, Entry]] = []
    for at, entry in enumerate(offered):
        by_text, by_group = fit(letters, entry.text), fit(letters, f"{entry.group} {entry.text}")
        scores = [score for score in (by_text, by_group) if score is not None]
        if not scores:
            continue
        bonus = RECENT_FIRST - lately.index(entry.name) if entry.name in lately else 0
        ranked.append((-max(scores) - max(bonus, 0) - (by_text is not None), at, entry))
    return [entry for *_, entry in sorted(ranked, key=lambda each: each[:2])]


class CommandSearch(QDialog):
    """A field, and below it what fits what is typed; Enter does the first, Escape closes."""

    def __init__(self, bench: Workbench) -> None:
        super().__init__(bench, Qt.WindowType.Popup)
        self._offered, self._lately = entries(bench), used()
        self.setAccessibleName("Find an action")
        self._field = QLineEdit()
        self._field.setAccessibleName("Search actions")
        self._field.setPlaceholderText("What do you want to do?")
        self._field.setFont(font(15))
        self._field.setMinimumHeight(38)
        self._field.installEventFilter(self)
        self._list = QListWidget()
        self._list.setAccessibleName("Actions")
        self._list.setFrameShape(QFrame.Shape.NoFrame)
        self._list.setItemDelegate(_Delegate(self._list))
        self._list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._list.setMouseTracking(True)
        self._list.viewport().setAutoFillBackground(False)
        column = QVBoxLayout(self)
        column.setContentsMargins(10, 10, 10, 10)
        column.setSpacing(8)
        column.addWidget(self._field)
        column.addWidget(self._list)
        c = theme()
        self.setStyleSheet(
            f"CommandSearch {{ background: {c.card.name()}; border: 1px solid {c.line.name()}; }}"
            "QListWidget { background: transparent; }"
        )
        self._field.textChanged.connect(self._search)
        self._list.itemClicked.connect(self._do)
        width = min(WIDTH, bench.width() - 40)
        self.setFixedWidth(width)
        self._search("")
        corner = bench.mapToGlobal(bench.rect().topLeft())
        self.move(corner.x() + (bench.width() - width) // 2, corner.y() + 52)
        self._field.setFocus()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Let the field walk the list with the arrow keys."""
        if isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress:
            key = Qt.Key(event.key())
            if key in STEPS and self._list.count():
                row = min(max(self._list.currentRow() + STEPS[key], 0), self._list.count() - 1)
                self._list.setCurrentRow(row)
                return True
            if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self._do(self._list.currentItem())
                return True
        return super().eventFilter(watched, event)

    def _search(self, letters: str) -> None:
        self._list.clear()
        for entry in found(letters, self._offered, self._lately):
            item = QListWidgetItem(entry.text)
            item.setData(ROLE, entry)
            item.setToolTip(entry.tip)
            item.setData(Qt.ItemDataRole.AccessibleTextRole, f"{entry.text}, {entry.keys}")
            self._list.addItem(item)
        if not self._list.count():
            item = QListWidgetItem("Nothing fits. Escape closes.")
            item.setFlags(Qt.ItemFlag.NoItemFlags)
            self._list.addItem(item)
        self._list.setCurrentRow(0)
        self.setFixedHeight(AROUND + min(self._list.count(), MOST_ROWS) * ROW)

    def _do(self, item: QListWidgetItem | None) -> None:
        entry = None if item is None else item.data(ROLE)
        if not isinstance(entry, Entry) or not entry.enabled:
            return
        remember(entry.name)
        self.accept()
        entry.do()


class _Delegate(QStyledItemDelegate):
    """Paints a row: what it is called, where it is found, and its keys."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:  # noqa: ARG002
        """Give a row its height."""
        return QSize(100, ROW)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint one row."""
        entry, c, state = index.data(ROLE), theme(), QStyle.StateFlag
        area = QRectF(option.rect).adjusted(0, 1, 0, -1)
        painter.save()
        smooth(painter)
        if option.state & (state.State_Selected | state.State_MouseOver):
            chosen = bool(option.state & state.State_Selected)
            fill(painter, area, 7, c.blue_bg if chosen else c.sel)
        text = area.adjusted(12, 0, -12, 0)
        if not isinstance(entry, Entry):
            write(painter, text, str(index.data()), font(13), c.dim, LEFT)
        else:
            write(painter, text, entry.text, font(14), c.ink if entry.enabled else c.dim, LEFT)
            width = QFontMetricsF(font(14)).horizontalAdvance(entry.text)
            write(
                painter, text.adjusted(width + 12, 0, -110, 0), entry.group, font(12), c.dim, LEFT
            )
            write(painter, text, entry.keys, font(12, code=True), c.blue, RIGHT)
        painter.restore()
