"""And forwards? The walk in forward mode from an input, and what it costs beside the way back."""

from __future__ import annotations

from PySide6.QtCore import Signal

from engine.asking.plot_axes import Axis, axes_of, axis_name
from engine.asking.tangents import TangentWalk, walk_forward
from engine.asking.too_large import too_large
from engine.errors import RunError
from engine.recording import Recording
from gui.pages.beside_view import BesideView
from gui.pages.recording_page import Choice, RecordingPage, row_of
from gui.panels.labels import Prose, head
from gui.player import Player
from gui.theme import font

ABOUT = (
    "Forward mode starts at one input and asks how fast everything after it changes. It multiplies "
    "the same local derivatives as the way back, from the other end."
)
NOTHING = "There is nothing to walk yet: it takes a function of an input that has a value."


class ForwardPage(RecordingPage):
    """The page.

    Signals
    -------
    block_pointed
        The id of the block of a row that was clicked.
    """

    block_pointed = Signal(str)

    def __init__(self, player: Player) -> None:
        super().__init__(player, "Forward mode", "And forwards?")
        self._axes: tuple[Axis, ...] = ()
        self._walk: TangentWalk | None = None
        self._source = Choice("Input that changes")
        self._beside = BesideView(
            "Forward mode, step by step", ("Value", "How fast it changes"), backward=False
        )
        about, self._cost = Prose(font(13), "dim"), Prose(font(13), "ink")
        about.show_text(ABOUT)
        self._cost_head = head("What it costs")
        self.add(about, row_of("from", self._source), self.nothing)
        self.add(self._beside, self._cost_head, self._cost)
        self._source.currentIndexChanged.connect(self._show)
        self._beside.chosen.connect(self._choose)
        player.moved.connect(self._light)

    @property
    def walk(self) -> TangentWalk | None:
        """What is shown; None while there is nothing to walk."""
        return self._walk

    def show_recording(self, recording: Recording) -> None:
        """Offer its inputs, and walk from the one that is chosen."""
        # Looking whether the numbers of large arrays are finite would take long, for nothing.
        self._axes = () if too_large(recording) else axes_of(recording)
        self._source.offer([axis_name(recording.blocks, axis) for axis in self._axes])
        self._show()

    def _show(self) -> None:
        at, self._walk = self._source.currentIndex(), None
        refused = too_large(self.player.recording)
        said = refused or NOTHING
        if refused is None and 0 <= at < len(self._axes):
            try:
                self._walk, said = walk_forward(self.player.recording, *self._axes[at]), ""
            except RunError as error:
                said = error.sentence
        self.show_nothing(said, self._beside, self._cost_head, self._cost)
        if self._walk is not None:
            self._beside.show_rows(tuple(self._walk.row(step) for step in self._walk.steps))
            self._cost.show_text(self._walk.cost)
            self._light()

    def _light(self) -> None:
        moment = self.player.moment
        step = None if moment.is_backward else moment.step
        if self._walk is not None and self.isVisible():
            blocks = [walked.block for walked in self._walk.steps]
            there = step is not None and step.block in blocks
            self._beside.light(blocks.index(step.block) if there and step is not None else -1)

    def _choose(self, at: int) -> None:
        if self._walk is not None:
            block = self._walk.steps[at].block
            self.player.seek(self.player.recording.course.value_steps[block])
            self.block_pointed.emit(block)
