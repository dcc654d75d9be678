"""The work list: what was taken off it in this step, what was put on, and what stands on it."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from engine.graph import title
from engine.moment import Moment
from engine.recording import BackwardStep, SeedStep
from gui.measuring import width_of
from gui.panels.cards import LOW, Card, Face, Look, card_width
from gui.panels.flow import FlowLayout, rows_of
from gui.panels.labels import Text, code_label, head, section, tallest
from gui.panels.visibility import show_if
from gui.theme import font

MOST = 5
"""How many Functions that wait are shown."""

NAME = "funcs"
"""What it is called in the code."""

ROWS = 3
"""How many rows they take, unless there is less room."""

GAP, ROW_GAP, BESIDE = 10, 6, 7
"""Pixels between two of them, between two rows, and between a card and what is said of it."""


class Place(QWidget):
    """One Function on the list: its card, and what became of it in this step.

    Attributes
    ----------
    card
        The card.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.card = Card()
        self._caption = Text(font(12), "dim")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(BESIDE)
        row.addWidget(self.card)
        row.addWidget(self._caption)

    def show_face(self, face: Face, caption: str) -> None:
        """Become the place of another Function."""
        self.card.show_face(face)
        self._caption.setText(caption)
        show_if(self._caption, bool(caption))

    @property
    def wide(self) -> int:
        """Its width, reckoned anew: a layout remembers that of before."""
        caption = self._caption.text()
        beside = BESIDE + self._caption.sizeHint().width() if caption else 0
        return card_width(self.card.face) + beside


@dataclass(frozen=True, slots=True)
class Listed:
    """What is on the list, as far as it matters for the room that it takes.

    Attributes
    ----------
    popped
        Width of the one that was taken off; none for the seed.
    waiting
        Widths of those that are popped next.
    pushed
        Of each of these, whether this step has put it on.
    count, new
        How many wait, and how many of all were put on by this step.
    named
        What the one that was taken off is called, if there is one, and the next, if there is one.
    """

    popped: tuple[int, ...] = ()
    waiting: tuple[int, ...] = ()
    pushed: tuple[bool, ...] = ()
    count: int = 0
    new: int = 0
    named: tuple[str, ...] = ()

    @property
    def line(self) -> str:
        """Say it on one line: what was taken off, what is next, and how many more wait."""
        said = [f"popped {name}" for name in self.named[: len(self.popped)]]
        said += [f"next {name}" for name in self.named[len(self.popped) :]]
        more = self.count - 1
        return " · ".join((*said, *((f"+ {more:,}",) if more > 0 else ())))

    def rest(self, shown: int) -> str:
        """Say what is not shown, if so many are; nothing where all are."""
        if not self.count:
            return "empty: the walk is over"
        more, unseen = self.count - shown, self.new - sum(self.pushed[:shown])
        if not more:
            return ""
        return f"+ {more:,} more" + (f", {unseen} pushed" if unseen else "")

    def fit(self, rows: int, width: int) -> tuple[int, int]:
        """Say how many of those that wait fit into some rows, and how many rows that takes."""
        count = len(self.waiting)
        while True:
            rest = self.rest(count)
            last = (
                (round(width_of(rest, font(12))) + 1,)
                if rest and (rows > 1 or not self.count)
                else ()
            )
            taken = rows_of((*self.popped, *self.waiting[:count], *last), width, GAP)
            if taken <= rows or count <= 1:
                return count, taken
            count -= 1


class WorkListView(QWidget):
    """The section.

    Signals
    -------
    block_pointed
        The id of the block whose card was clicked.
    """

    block_pointed = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._name = code_label()
        self._name.setMinimumWidth(1)  # it is shortened before it makes the panel wider
        self._row = FlowLayout(GAP, ROW_GAP)
        self._head = head("Work list")
        self._column = section(self, self._head, self._name)
        self._column.addLayout(self._row)
        self._popped = self._place()
        self._waiting = [self._place() for _ in range(MOST)]
        self._rest = Text(font(12), "dim", self)
        self._rest.setMinimumHeight(LOW)
        self._row.addWidget(self._rest)
        self._listed = Listed()
        self._rows = ROWS
        self._name.setText(NAME)

    def height_in(self, rows: int, width: int) -> int:
        """Say how high it would be with at most so many rows, of a width; 0 are a line of text."""
        edges = self._column.contentsMargins()
        line = edges.top() + tallest(self._head, self._name) + edges.bottom()
        if not rows:
            return line
        taken = self._listed.fit(rows, width)[1]
        return line + self._column.spacing() + taken * (LOW + ROW_GAP) - ROW_GAP

    def set_rows(self, rows: int) -> None:
        """Take at most so many rows; 0 are a line of text."""
        if rows != self._rows:
            self._rows = rows
            self._arrange()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Show as many as fit now."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._arrange()

    def show_list(self, moment: Moment) -> None:
        """Show the work list after the step under the cursor; hide on the way forward."""
        step = moment.step
        show_if(self, isinstance(step, SeedStep | BackwardStep))
        if not isinstance(step, SeedStep | BackwardStep):
            return
        popped = [step.block] if isinstance(step, BackwardStep) else []
        for block in popped:
            face = _face(moment, block, "popped in this step", "active")
            self._popped.show_face(face, "popped")
        # The next to be popped stands last on the list, and is read first.
        waiting, pushed = moment.next_popped(MOST), set(step.pushed)
        for at, block in enumerate(waiting):
            words = _words(at, pushed=block in pushed)
            self._waiting[at].show_face(_face(moment, block, words or "waiting"), words)
        before = tuple(self._popped.wide for _ in popped)
        wide = tuple(place.wide for place in self._waiting[: len(waiting)])
        lit = tuple(block in pushed for block in waiting)
        first = [place.card.face.text for place in (self._popped, self._waiting[0])]
        named = (*first[: len(popped)], *first[1 : 1 + len(waiting)])
        self._listed = Listed(before, wide, lit, moment.waiting, len(pushed), named)
        self._arrange()

    def _arrange(self) -> None:
        """Show as many as the rows hold, and count the others."""
        listed = self._listed
        show_if(self._popped, bool(listed.popped and self._rows))
        count = listed.fit(self._rows, self.width())[0] if self._rows else 0
        for at, place in enumerate(self._waiting):
            show_if(place, at < count)
        if not self._rows:
            self._name.show_text(listed.line)
            show_if(self._rest, wanted=False)
            return
        rest, one = listed.rest(count), self._rows == 1 and bool(listed.count)
        # Where there is one row, it stands above it.
        self._name.show_text(f"{rest}  {NAME}" if rest and one else NAME)
        self._rest.show_text("" if one else rest)
        show_if(self._rest, bool(rest) and not one)

    def _place(self) -> Place:
        place = Place(self)
        place.card.clicked.connect(lambda: self.block_pointed.emit(place.card.face.block))
        self._row.addWidget(place)
        return place


def _words(at: int, *, pushed: bool) -> str:
    said = ["pushed"] if pushed else []
    if at == 0:
        said.append("next")
    return ", ".join(said)


def _face(moment: Moment, block: str, about: str, look: Look = "quiet") -> Face:
    """Name a Function by what it gives."""
    found = moment.recording.blocks[block]
    text = f"{title(found)} → {found.name}"
    return Face(text, f"{title(found)}, which gives {found.name}: {about}", block, look)
