"""The section that shows what the walk has found out so far, one card a finding."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from PySide6.QtCore import QRectF, QSize, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from engine.factors import Factor
from engine.moment import Moment
from gui.measuring import width_of
from gui.panels.cards import TALL, Card, card_width
from gui.panels.labels import Text, head, section, tallest
from gui.panels.painting import smooth, write
from gui.panels.so_far import ALL, NOTHING, SoFar, so_far
from gui.panels.visibility import show_if
from gui.theme import font, theme, themes

GAP, SIGN_GAP, ROW_GAP = 8, 16, 8
"""Pixels between two cards, between two with a sign in between, and between two rows."""

WIDE = 264
"""Pixels from which three cards stand in a row."""


FOURS = (4, 7, 8)
"""Numbers of cards that look better in rows of four."""

Shape = Literal["rows", "row", "line", "nothing"]
"""As cards in rows, as cards in one row, as a line of text, or not at all."""

SQUEEZE = 10
"""Pixels of air around the text that a card can do without."""


class CardGrid(QWidget):
    """Cards of equal width, with a sign between each two.

    Signals
    -------
    block_pointed
        The id of the block whose card was clicked.
    """

    block_pointed = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._found = NOTHING
        self._shown: list[Card] = []
        self._cards = [self._card() for _ in range(ALL)]
        policy = QSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        themes().changed.connect(self.update)

    def show_findings(self, found: SoFar) -> None:
        """Show other cards."""
        for at, card in enumerate(self._cards):
            show_if(card, at < len(found.faces))
            if at < len(found.faces):
                card.show_face(found.faces[at])
        self._shown = self._cards[: len(found.faces)]
        self._found = found
        self.updateGeometry()
        self._arrange()
        self.update()

    def sizeHint(self) -> QSize:
        """Be as high as the rows."""
        return QSize(300, self.heightForWidth(max(self.width(), WIDE)))

    def minimumSizeHint(self) -> QSize:
        """Let the panel be narrow."""
        return QSize(120, TALL)

    def hasHeightForWidth(self) -> bool:
        """The narrower, the higher."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Say how high all rows are at a width."""
        return grid_height(self._found, width)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Set the cards anew."""
        super().resizeEvent(event)
        self._arrange()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - a few strokes
        """Paint the signs between the cards."""
        if not self._found.sign:
            return
        painter = smooth(QPainter(self))
        for card in self._shown[:-1]:
            place = card.geometry()
            area = QRectF(place.right() + 1, place.top(), SIGN_GAP, TALL)
            write(painter, area, self._found.sign, font(14, bold=True), theme().dim)
        painter.end()

    def _card(self) -> Card:
        card = Card(self)
        card.clicked.connect(lambda: self.block_pointed.emit(card.face.block))
        return card

    def _arrange(self) -> None:
        columns, sign = _columns(self._found, self.width()), self._found.sign
        # Room for a sign behind the last card of a row too, if the next row goes on with it.
        gap = SIGN_GAP if sign else GAP
        signs = columns if sign and len(self._shown) > columns else columns - 1
        wide = (self.width() - signs * gap) / columns
        for at, card in enumerate(self._shown):
            row, column = divmod(at, columns)
            left = round(column * (wide + gap))
            right = round(column * (wide + gap) + wide)
            card.setGeometry(left, row * (TALL + ROW_GAP), right - left, TALL)


def grid_height(found: SoFar, width: int) -> int:
    """Say how high the cards of some findings stand at a width."""
    rows = -(-len(found.faces) // _columns(found, width))
    return max(rows * (TALL + ROW_GAP) - ROW_GAP, 0)


def _columns(found: SoFar, width: int) -> int:
    """Choose how many stand in a row: four rather than three and one more, if they fit."""
    if len(found.faces) in FOURS:
        gap = SIGN_GAP if found.sign else GAP
        if max(map(card_width, found.faces)) - SQUEEZE <= (width - 3 * gap) / 4:
            return 4
    return 3 if width >= WIDE else 2


class AsLong(Text):
    """A line of text in the longest wording that has room."""

    def __init__(self) -> None:
        super().__init__(font(12), "dim")
        self._wordings: tuple[str, ...] = ("",)
        self.setMinimumWidth(1)  # it is shortened before it makes the panel wider

    def show_wordings(self, *wordings: str) -> None:
        """Show one of these, of which the longest comes first."""
        self._wordings = wordings
        self.show_text(wordings[0])
        self.update()

    @property
    def shown(self) -> str:
        """The wording that is seen."""
        room = self.contentsRect().width()
        fits = (each for each in self._wordings if width_of(each, self.font()) <= room)
        return next(fits, self._wordings[-1])

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - it is small: paint all
        """Write the text."""
        painter = QPainter(self)
        area = QRectF(self.contentsRect())
        write(painter, area, self.shown, self.font(), theme().dim, self.alignment())
        painter.end()


class SoFarView(QWidget):
    """The section.

    Signals
    -------
    block_pointed
        The id of the block whose card was clicked.
    """

    block_pointed = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._head = head()
        self._place = AsLong()
        self._grid = CardGrid()
        self._grid.block_pointed.connect(self.block_pointed)
        self._column = section(self, self._head, self._place)
        self._column.addWidget(self._grid)
        self._ways: dict[Shape, SoFar | None] = {}
        self._shape: Shape | None = None

    def show_moment(self, moment: Moment, chain: Sequence[Factor]) -> None:
        """Tell what is known at another moment; it is seen once it is said in which shape."""
        in_rows = so_far(moment, chain)
        in_a_row = None if in_rows is None else in_rows.in_a_row()
        self._ways = {"rows": in_rows, "row": in_a_row, "line": in_a_row}
        self._shape = None

    def height_as(self, shape: Shape, width: int) -> int:
        """Say how high it would be."""
        found, top = self._ways.get(shape), tallest(self._head, self._place)
        if found is None:
            return 0
        edges = self._column.contentsMargins()
        height = edges.top() + edges.bottom() + top
        return (
            height
            if shape == "line"
            else height + self._column.spacing() + grid_height(found, width)
        )

    def set_shape(self, shape: Shape) -> None:
        """Take more room, or less."""
        if shape != self._shape:
            self._shape = shape
            self._show(shape)

    def _show(self, shape: Shape) -> None:
        found = self._ways.get(shape)
        show_if(self, found is not None)
        if found is None:
            return
        self._head.show_text(found.head)
        show_if(self._grid, shape != "line")
        if shape == "line":
            self._place.show_wordings(*found.lines)
        else:
            self._place.show_wordings(found.place)
            self._grid.show_findings(found)
