"""And forwards? The walk in forward mode from an input, and what it costs beside the way back."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from engine.asking.ask import Ask
from engine.asking.headings import HEADINGS
from engine.asking.plot_axes import Axis, axes_of, axis_name
from engine.asking.side_by_side import Row
from engine.asking.tangents import ABOUT, NOTHING, TangentWalk, walk_forward
from engine.asking.too_large import too_large
from engine.errors import RunError
from engine.recording import Recording
from gui.pages.beside_view import BesideView
from gui.pages.recording_page import Choice, row_of
from gui.pages.rows_page import RowsPage
from gui.panels.labels import Prose, head
from gui.player import Player
from gui.theme import font


class ForwardPage(RowsPage):
    """The page.

    Signals
    -------
    block_pointed
        The id of the block of a row that was clicked.
    """

    block_pointed = Signal(str)

    def __init__(self, player: Player) -> None:
        beside = BesideView(
            "Forward mode, step by step", ("Value", "How fast it changes"), backward=False
        )
        super().__init__(player, "Forward mode", HEADINGS["forward"].title, beside)
        self._axes: tuple[Axis, ...] = ()
        self._walk: TangentWalk | None = None
        self._places: dict[str, int] = {}
        self._source = Choice("Input that changes")
        about, self._cost = Prose(font(13), "dim"), Prose(font(13), "ink")
        about.show_text(ABOUT)
        self._cost_head = head("What it costs")
        self.add(about, row_of("from", self._source), self.nothing)
        self.add(self.beside, self._cost_head, self._cost)
        self._source.currentIndexChanged.connect(self._show)
        self.beside.chosen.connect(self._choose)

    @property
    def walk(self) -> TangentWalk | None:
        """What is shown; None while there is nothing to walk."""
        return self._walk

    @property
    def asked(self) -> Ask:
        """From which number."""
        return Ask("forward", self._source.currentText())

    def ask(self, ask: Ask) -> None:
        """Walk from another number."""
        self._source.prefer(ask.about)

    def show_recording(self, recording: Recording) -> None:
        """Offer its inputs, and walk from the one that is chosen."""
        # Looking whether the numbers of large arrays are finite would take long, for nothing.
        self._axes = () if too_large(recording) else axes_of(recording)
        self._source.offer([axis_name(recording.blocks, axis) for axis in self._axes])
        self._show()

    def _show(self) -> None:
        at, recording, parts = self._source.currentIndex(), self.player.recording, self._parts
        self._walk, self._places = None, {}
        refused = too_large(recording)
        if refused is not None or not 0 <= at < len(self._axes):
            self.show_nothing(refused or NOTHING, *parts)
            return
        self.work_out(partial(walked, recording, self._axes[at]), self._show_walked, *parts)

    @property
    def _parts(self) -> tuple[QWidget, ...]:
        return self.beside, self._cost_head, self._cost

    def _show_walked(self, found: Walked) -> None:
        self.show_nothing(found.why_not, *self._parts)
        self._walk, self._places = found.walk, found.places
        if found.walk is not None:
            self.beside.show_rows(found.rows)
            self._cost.show_text(found.walk.cost)
            self.light()

    @property
    def row_at_work(self) -> int:
        """The row of the step that the walk stands on; -1 for none."""
        moment = self.player.moment
        step = None if moment.is_backward or self._walk is None else moment.step
        return -1 if step is None else self._places.get(step.block, -1)

    def reveal(self) -> None:
        """Bring the row of the step into sight; on the way back, the last one."""
        super().reveal()
        if self._walk is not None and self.player.moment.is_backward:
            self.keep_in_sight(self.beside, self.beside.row_area(len(self._walk.steps) - 1))

    def _choose(self, at: int) -> None:
        if self._walk is not None:
            block = self._walk.steps[at].block
            self.player.seek(self.player.recording.course.value_steps[block])
            self.block_pointed.emit(block)


@dataclass(frozen=True, slots=True)
class Walked:
    """What there is to show of an input.

    Attributes
    ----------
    walk
        The walk from it; None if there can be none.
    why_not
        Why there can be none.
    rows
        Its steps, as they are shown.
    places
        Which row each block has, by id.
    """

    walk: TangentWalk | None
    why_not: str
    rows: tuple[Row, ...] = ()
    places: dict[str, int] = field(default_factory=dict)


def walked(recording: Recording, axis: Axis) -> Walked:
    """Walk forwards from an input; it may be called on any thread."""
    try:
        walk = walk_forward(recording, *axis)
    except RunError as error:
        return Walked(None, error.sentence)
    places = {step.block: at for at, step in enumerate(walk.steps)}
    return Walked(walk, "", tuple(walk.row(step) for step in walk.steps), places)
