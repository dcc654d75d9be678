"""The list in the palette: one list of entries and heads, painted, and dragged from."""

from __future__ import annotations

from PySide6.QtCore import (
    QEvent,
    QModelIndex,
    QPoint,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QDrag, QKeyEvent, QPainter, QPaintEvent, QPixmap
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from gui.measuring import width_of
from gui.mime import is_own
from gui.panels.painting import fill, focus_ring, head_font, smooth, write
from gui.panels.palette_entries import Entry
from gui.panels.palette_model import Index, PaletteModel
from gui.theme import font, mixed, theme, themes

ROW, HEAD = 42, 32
"""Heights of an entry and a head."""

CARD = QSize(108, 92)
"""Size of the card that is dragged."""

LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter


class EntryDelegate(QStyledItemDelegate):
    """Paints a row: the symbol on a small card, the name, the formula."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:  # noqa: ARG002
        """Give a row its height; the list gives it its width."""
        return QSize(120, ROW if _entry(index) is not None else HEAD)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint one row."""
        area = QRectF(option.rect)
        state = option.state
        painter.save()
        smooth(painter)
        entry = _entry(index)
        if entry is None:
            head = area.adjusted(16, 8, -8, 0)
            write(painter, head, str(index.data()), head_font(), theme().dim, LEFT)
        else:
            self._paint_entry(painter, area, entry, state)
        painter.restore()

    def _paint_entry(
        self, painter: QPainter, area: QRectF, entry: Entry, state: QStyle.StateFlag
    ) -> None:
        colours, flag = theme(), QStyle.StateFlag
        ground = area.adjusted(10, 1, -10, -1)
        chosen = bool(state & flag.State_Selected)
        focused = chosen and bool(state & flag.State_HasFocus)
        if chosen or state & flag.State_MouseOver:
            fill(painter, ground, 7, colours.blue_bg if focused else colours.sel)
        if focused:
            focus_ring(painter, ground, 7)
        card = QRectF(ground.left() + 5, ground.center().y() - 15, 38, 30)
        fill(painter, card, 7, colours.card, mixed(colours.line, colours.dim, 0.15))
        size = 13 if len(entry.symbol) <= 3 else 12  # noqa: PLR2004 - three letters fit at 13
        write(painter, card, entry.symbol, font(size, bold=True), colours.ink)
        left = card.right() + 10
        text = QRectF(left, ground.top(), ground.right() - 4 - left, ground.height() / 2)
        upper, lower = text.adjusted(0, 3, 0, 1), text.translated(0, text.height() - 1)
        write(painter, upper, entry.name, font(13), colours.ink, LEFT)
        write(painter, lower, entry.formula, font(11, code=True), colours.dim, LEFT)


def _entry(index: Index) -> Entry | None:
    model = index.model()
    return model.entry(index) if isinstance(model, PaletteModel) else None


class PaletteList(QListView):
    """The list.

    Attributes
    ----------
    nothing
        What it says when nothing matches.

    Signals
    -------
    chosen
        The kind of the entry that was entered or double-clicked.
    left_upwards
        The keyboard goes up from the first entry.
    given_up
        The kind of a block of a person's own that is to be kept no longer.
    """

    chosen = Signal(str)
    left_upwards = Signal()
    nothing = "No function matches. Escape shows all of them."
    given_up = Signal(str)

    def __init__(self, parent: QWidget | None = None, model: PaletteModel | None = None) -> None:
        super().__init__(parent)
        self.entries = model or PaletteModel()
        self.entries.setParent(self)
        self.setModel(self.entries)
        self.setItemDelegate(EntryDelegate(self))
        self.setAccessibleName("Functions")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setMouseTracking(True)
        self.setDragEnabled(True)
        self.setDragDropMode(QAbstractItemView.DragDropMode.DragOnly)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.doubleClicked.connect(self._choose)
        # The panel behind it shines through.
        self.viewport().setAutoFillBackground(False)
        themes().changed.connect(self.viewport().update)

    def sizeHint(self) -> QSize:
        """Be as wide as the panel."""
        return QSize(200, 480)

    def enter(self) -> None:
        """Take the keyboard, on the entry it had or the first."""
        if not self.currentIndex().isValid():
            self.setCurrentIndex(self.entries.first())
        self.setFocus(Qt.FocusReason.TabFocusReason)

    def choose_first(self) -> bool:
        """Choose the first entry that is shown; say whether there was one."""
        first = self.entries.first()
        self._choose(first)
        return first.isValid()

    def currentChanged(self, current: Index, previous: Index) -> None:
        """Show the head above the first entry too."""
        super().currentChanged(current, previous)
        if current == self.entries.first():
            self.scrollToTop()

    def event(self, event: QEvent) -> bool:
        """Keep Delete from the canvas while it is about an entry here."""
        is_override = event.type() is QEvent.Type.ShortcutOverride
        if is_override and isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Delete:
            event.setAccepted(self._own is not None)
            return True
        return super().event(event)

    @property
    def _own(self) -> str | None:
        """The kind of the entry that the keyboard is on, if it is a person's own."""
        entry = self.entries.entry(self.currentIndex())
        return entry.kind if entry is not None and is_own(entry.kind) else None

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Choose with Enter; leave upwards from the first entry."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._choose(self.currentIndex())
        elif event.key() == Qt.Key.Key_Delete and self._own is not None:
            self.given_up.emit(self._own)
        elif event.key() == Qt.Key.Key_Up and self.currentIndex() == self.entries.first():
            self.left_upwards.emit()
        else:
            super().keyPressEvent(event)

    def startDrag(self, supportedActions: Qt.DropAction) -> None:  # noqa: ARG002, N803 - Qt's name
        """Drag the card of a block."""
        drag = self.drag()
        if drag is not None:
            drag.exec(Qt.DropAction.CopyAction)

    def drag(self) -> QDrag | None:
        """Make the drag of the entry that is selected."""
        index = self.currentIndex()
        entry = self.entries.entry(index)
        if entry is None:
            return None
        made = QDrag(self)
        made.setMimeData(self.entries.mimeData([index]))
        made.setPixmap(card_pixmap(entry, self.devicePixelRatioF()))
        made.setHotSpot(QPoint(CARD.width() // 2, CARD.height() // 2))
        return made

    def paintEvent(self, event: QPaintEvent) -> None:
        """Say so when nothing matches."""
        super().paintEvent(event)
        if not self.entries.rowCount():
            painter = QPainter(self.viewport())
            area = QRectF(16, 12, self.viewport().width() - 32, 60)
            painter.setFont(font(13))
            painter.setPen(theme().dim)
            wrap = Qt.TextFlag.TextWordWrap
            painter.drawText(area, wrap | LEFT, self.nothing)
            painter.end()

    def _choose(self, index: QModelIndex) -> None:
        entry = self.entries.entry(index)
        if entry is not None:
            self.chosen.emit(entry.kind)


def card_pixmap(entry: Entry, ratio: float) -> QPixmap:
    """Paint the card of a block, as the canvas will show it."""
    pixmap = QPixmap(CARD * ratio)
    pixmap.setDevicePixelRatio(ratio)
    pixmap.fill(Qt.GlobalColor.transparent)
    colours = theme()
    painter = smooth(QPainter(pixmap))
    area = QRectF(2, 2, CARD.width() - 4, CARD.height() - 4)
    fill(painter, area, 12, colours.card, colours.blue)
    size = 28 if width_of(entry.symbol, font(28, bold=True)) < area.width() - 12 else 18
    upper = area.adjusted(6, 8, -6, -32)
    write(painter, upper, entry.symbol, font(size, bold=True), colours.ink)
    lower = area.adjusted(6, area.height() - 32, -6, -10)
    write(painter, lower, entry.name, font(12), colours.dim)
    painter.end()
    return pixmap
