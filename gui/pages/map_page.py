"""Where does it die? Sizes of values and gradients by depth, and every place where one ends."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from engine.asking.gradient_map import GradientMap, Spot
from engine.asking.too_large import elements_of, too_large
from engine.recording import Recording
from gui.answer import Answer
from gui.pages.recording_page import RecordingPage
from gui.pages.size_plot import SizePlot
from gui.pages.verdict_card import VerdictCard
from gui.panels.labels import Prose, head
from gui.panels.visibility import show_if
from gui.panels.warning_card import LinkButton
from gui.player import Player
from gui.theme import font

MOST = 12
"""Places that are listed."""

LEGEND = "▲ values, ● gradients, ✕ gradients that are exactly 0. Click one to see its block."
WAITS = "Looking at {:,} values and their gradients …"
NOWHERE = "None becomes exactly 0, NaN or infinite."


class MapPage(RecordingPage):
    """The page.

    Signals
    -------
    block_pointed
        The id of a block that a person wants to see.
    """

    block_pointed = Signal(str)

    def __init__(self, player: Player) -> None:
        super().__init__(player, "Gradient map", "Where does it die?")
        self._verdict = VerdictCard()
        self._plot = SizePlot()
        self._plot.block_pointed.connect(self.block_pointed)
        self._legend = Prose(font(12), "dim")
        self._legend.show_text(LEGEND)
        self._none = Prose(font(13), "dim")
        self._places = QVBoxLayout()
        self._places.setSpacing(8)
        self._answer = Answer(self)
        self._answer.known.connect(self._show)
        self.add(self.nothing, self._verdict, self._plot, self._legend)
        self.add(head("Where a gradient ends"), self._none, self._places)

    def show_recording(self, recording: Recording) -> None:
        """Show its sizes, and list where a gradient ends; of very large arrays, a moment later."""
        if recording.is_waiting or too_large(recording) is None:
            self._answer.forget()
            self._show(found_in(recording))
            return
        waits = WAITS.format(elements_of(recording))
        self.show_nothing(waits, self._verdict, self._plot, self._legend)
        self._none.hide()
        self._clear()
        self._answer.ask(partial(found_in, recording))

    def _show(self, found: Found) -> None:
        self.show_nothing("", self._verdict)
        self._verdict.show_verdict(found.sentence, good=found.good)
        for part in (self._plot, self._legend):
            show_if(part, bool(found.spots))
        self._plot.show_spots(found.spots)
        self._list(found.places)

    def _list(self, places: list[tuple[int, str, str]]) -> None:
        self._clear()
        for step, block, sentence in places[:MOST]:
            self._places.addWidget(self._place(step, block, sentence))
        show_if(self._none, len(places) > MOST or not places)
        self._none.show_text(f"{len(places):,} places; these are the first." if places else NOWHERE)

    def _clear(self) -> None:
        while (item := self._places.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.deleteLater()

    def _place(self, step: int, block: str, sentence: str) -> QWidget:
        place = QWidget()
        said, link = Prose(font(13), "ink"), LinkButton()
        said.show_text(sentence)
        link.show_link(f"Go to step {step + 1}", "blue")
        link.clicked.connect(partial(self.player.seek, step))
        link.clicked.connect(partial(self.block_pointed.emit, block))
        column = QVBoxLayout(place)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(said)
        column.addWidget(link)
        return place


@dataclass(frozen=True, slots=True)
class Found:
    """What there is to show of a recording.

    Attributes
    ----------
    sentence, good
        What there is to say of the whole, and whether all is well.
    spots
        Sizes of all values and gradients.
    places
        Steps at which something ends, each with its block and what there is to say.
    """

    sentence: str
    good: bool
    spots: tuple[Spot, ...]
    places: list[tuple[int, str, str]]


def found_in(recording: Recording) -> Found:
    """Go over all numbers of a recording; it may be called on any thread."""
    found, bad = GradientMap(recording), recording.first_bad
    places = [(death.step, death.block, death.sentence) for death in found.deaths]
    if bad is not None:
        places.append((bad.step, bad.block, bad.sentence))
    return Found(found.sentence, found.is_well and bad is None, found.spots, sorted(places))
