"""What the palette lists: the entries that match, and a head before each group."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import (
    QAbstractListModel,
    QMimeData,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
)

from gui.mime import BLOCK_MIME, block_mime
from gui.own_blocks import OWN_BLOCKS
from gui.panels.palette_entries import Entry, entries

Index = QModelIndex | QPersistentModelIndex


class PaletteModel(QAbstractListModel):
    """The entries that match what is searched for, and a head before each group."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._offered: tuple[Entry, ...] = ()
        self._rows: list[Entry | str] = []
        self._sought = ""
        self.reload()
        OWN_BLOCKS.changed.connect(self.reload)

    def reload(self) -> None:
        """Offer what there is now: a block of a person's own may have come or gone."""
        self._offered = tuple(entries())
        self.search(self._sought)

    def search(self, text: str) -> None:
        """Show the entries that match a text."""
        self._sought = text
        self.beginResetModel()
        self._rows = self.found(text)
        self.endResetModel()

    def found(self, text: str) -> list[Entry | str]:
        """Give the rows for a text."""
        rows: list[Entry | str] = []
        group = ""
        for entry in self._offered:
            if not entry.matches(text):
                continue
            if entry.group != group:
                group = entry.group
                rows.append(group)
            rows.append(entry)
        return rows

    def entry(self, index: Index) -> Entry | None:
        """Give the entry at an index; None for a head."""
        row = self._rows[index.row()] if index.isValid() else None
        return row if isinstance(row, Entry) else None

    def first(self) -> QModelIndex:
        """Give the index of the first entry."""
        rows = (row for row, told in enumerate(self._rows) if isinstance(told, Entry))
        return self.index(next(rows, -1), 0)

    def rowCount(self, parent: Index | None = None) -> int:
        """Count the rows."""
        return 0 if parent is not None and parent.isValid() else len(self._rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Tell of one row."""
        if not index.isValid():
            return None
        row = self._rows[index.row()]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return row if isinstance(row, str) else row.name
            case Qt.ItemDataRole.AccessibleTextRole:
                return row if isinstance(row, str) else row.spoken
            case Qt.ItemDataRole.ToolTipRole | Qt.ItemDataRole.AccessibleDescriptionRole:
                return None if isinstance(row, str) else row.tool_tip
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Let entries be selected and dragged, and heads only be seen."""
        if self.entry(index) is None:
            return Qt.ItemFlag.NoItemFlags
        flag = Qt.ItemFlag
        return flag.ItemIsSelectable | flag.ItemIsEnabled | flag.ItemIsDragEnabled

    def mimeTypes(self) -> list[str]:
        """Say what a drag carries."""
        return [BLOCK_MIME]

    def mimeData(self, indexes: Sequence[QModelIndex]) -> QMimeData:
        """Carry the kind of the block."""
        found = [entry for index in indexes if (entry := self.entry(index)) is not None]
        return block_mime(found[0].kind) if found else QMimeData()
