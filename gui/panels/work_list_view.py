"""The work list: what was taken off it in this step, what was put on, and what stands on it."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from engine.graph import title
from engine.moment import Moment
from engine.recording import BackwardStep, SeedStep
from gui.panels.cards import LOW, Card, Face, Look
from gui.panels.flow import FlowLayout
from gui.panels.labels import Text, code_label, head, section
from gui.panels.visibility import show_if
from gui.theme import font

MOST = 5
"""How many Functions that wait are shown."""


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
        row.setSpacing(7)
        row.addWidget(self.card)
        row.addWidget(self._caption)

    def show_face(self, face: Face, caption: str) -> None:
        """Become the place of another Function."""
        self.card.show_face(face)
        self._caption.setText(caption)
        show_if(self._caption, bool(caption))


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
        name = code_label()
        name.setText("funcs")
        self._row = FlowLayout(10, 6)
        section(self, head("Work list"), name).addLayout(self._row)
        self._popped = self._place()
        self._waiting = [self._place() for _ in range(MOST)]
        self._rest = Text(font(12), "dim", self)
        self._rest.setMinimumHeight(LOW)
        self._row.addWidget(self._rest)

    def show_list(self, moment: Moment) -> None:
        """Show the work list after the step under the cursor; hide on the way forward."""
        step = moment.step
        show_if(self, isinstance(step, SeedStep | BackwardStep))
        if not isinstance(step, SeedStep | BackwardStep):
            return
        popped = isinstance(step, BackwardStep)
        show_if(self._popped, popped)
        if popped:
            face = _face(moment, step.block, "popped in this step", "active")
            self._popped.show_face(face, "popped")
        # The next to be popped stands last on the list, and is read first.
        waiting = moment.next_popped(MOST)
        for at, place in enumerate(self._waiting):
            show_if(place, at < len(waiting))
            if at < len(waiting):
                words = _words(at, pushed=waiting[at] in step.pushed)
                place.show_face(_face(moment, waiting[at], words or "waiting"), words)
        more = moment.waiting - MOST
        self._rest.setText(f"+ {more:,} more" if more > 0 else "empty: the walk is over")
        show_if(self._rest, more > 0 or not waiting)

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
