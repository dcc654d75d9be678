"""Where does it die? Sizes of values and gradients by depth, and every place where one ends."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from engine.asking.ask import Ask
from engine.asking.gradient_map import GradientMap
from engine.asking.headings import HEADINGS
from engine.asking.size_dots import LEGEND, NOWHERE, Picture, picture_of
from engine.recording import Recording
from gui.pages.recording_page import RecordingPage
from gui.pages.size_plot import SizePlot
from gui.pages.verdict_card import VerdictCard
from gui.panels.labels import APART, Prose, Wrapping, head, ink_of
from gui.panels.visibility import show_if
from gui.panels.warning_card import LinkButton
from gui.player import Player
from gui.theme import font, theme, themes

MOST = 12
"""Places that are listed."""

CLICK = "Click one to see its block."


class MapPage(RecordingPage):
    """The page.

    Signals
    -------
    block_pointed
        The id of a block that a person wants to see.
    """

    block_pointed = Signal(str)

    def __init__(self, player: Player) -> None:
        super().__init__(player, "Gradient map", HEADINGS["map"].title)
        self._verdict = VerdictCard()
        self._plot = SizePlot()
        self._plot.block_pointed.connect(self.block_pointed)
        self._legend = Legend()
        self._is_pictured = False
        self._none = Prose(font(13), "dim")
        self._places = QVBoxLayout()
        self._places.setSpacing(8)
        self._places_head = head("Where a gradient ends")
        self.add(self.nothing, self._verdict, self._plot, self._legend)
        self.add(self._places_head, self._none, self._places)

    @property
    def asked(self) -> Ask:
        """The sizes of all there is."""
        return Ask("sizes")

    def be_pictured(self) -> None:
        """Say nothing of what can be clicked."""
        super().be_pictured()
        self._legend.be_pictured()
        self._is_pictured = True

    def show_recording(self, recording: Recording) -> None:
        """Show its sizes, and list where a gradient ends."""
        self._clear()
        parts = self._verdict, self._plot, self._legend, self._places_head, self._none
        self.work_out(partial(found_in, recording), self._show, *parts)

    def _show(self, found: Found) -> None:
        self._verdict.show_verdict(found.sentence, good=found.good)
        for part in (self._plot, self._legend):
            show_if(part, found.picture is not None)
        if found.picture is not None:
            self._plot.show_picture(found.picture)
        self._list(found.places)

    def _list(self, places: list[tuple[int, str, str]]) -> None:
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
        said, link = Prose(font(13), "ink"), LinkButton(flush=Qt.AlignmentFlag.AlignLeft)
        said.show_text(sentence)
        link.show_link(f"{'Step' if self._is_pictured else 'Go to step'} {step + 1}", "blue")
        link.clicked.connect(partial(self.player.seek, step))
        link.clicked.connect(partial(self.block_pointed.emit, block))
        column = QVBoxLayout(place)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(said)
        column.addWidget(link, 0, Qt.AlignmentFlag.AlignLeft)
        return place


class Legend(Wrapping):
    """What the marks stand for, each in its colour."""

    def __init__(self) -> None:
        super().__init__(font(12))
        self._click = f"<br>{CLICK}"
        said = ", ".join(f"{sign} {what}" for sign, _, what in LEGEND)
        self.setAccessibleName(f"{said}. {CLICK}")
        themes().changed.connect(self._write)
        self._write()

    def be_pictured(self) -> None:
        """Say nothing of what can be clicked."""
        self._click = ""
        self._write()

    def _write(self) -> None:
        c = theme()
        marks = (
            f'<span style="color:{ink_of(c, ink).name()}">{sign}</span>&nbsp;'
            + what.replace(" ", "&nbsp;")
            for sign, ink, what in LEGEND
        )
        style = f"line-height:{APART}%; color:{c.dim.name()}"
        self.setText(f'<p style="{style}">{" &nbsp; ".join(marks)}{self._click}</p>')


@dataclass(frozen=True, slots=True)
class Found:
    """What there is to show of a recording.

    Attributes
    ----------
    sentence, good
        What there is to say of the whole, and whether all is well.
    picture
        Sizes of all values and gradients; None if there are none.
    places
        Steps at which something ends, each with its block and what there is to say.
    """

    sentence: str
    good: bool
    picture: Picture | None
    places: list[tuple[int, str, str]]


def found_in(recording: Recording) -> Found:
    """Go over all numbers of a recording; it may be called on any thread."""
    found, bad = GradientMap(recording), recording.first_bad
    places = [(death.step, death.block, death.sentence) for death in found.deaths]
    if bad is not None:
        places.append((bad.step, bad.block, bad.sentence))
    picture = picture_of(found.spots) if found.spots else None
    return Found(found.sentence, found.is_well and bad is None, picture, sorted(places))
