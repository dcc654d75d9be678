"""Why do they add up? Every path back to an input, one to choose, and its product."""

from __future__ import annotations

from PySide6.QtCore import Signal

from engine.asking.paths import BackPath, Paths
from engine.asking.side_by_side import Cell, Row
from engine.recording import Recording
from gui.pages.beside_view import BesideView
from gui.pages.recording_page import NOTHING_TO_WALK_BACK, Choice, RecordingPage, row_of
from gui.panels.labels import Prose
from gui.player import Player
from gui.theme import font


class PathsPage(RecordingPage):
    """The page.

    Signals
    -------
    path_chosen
        A path to be lit on the canvas.
    """

    path_chosen = Signal(object)

    def __init__(self, player: Player) -> None:
        super().__init__(player, "Paths", "Why do they add up?")
        self._sources: tuple[str, ...] = ()
        self._paths: Paths | None = None
        self._source = Choice("Input that the paths lead to")
        self._said = Prose(font(13), "ink")
        self._view = BesideView("Paths and their products", ("Path", "Product"))
        self._view.setObjectName("paths")
        self.add(row_of("back to", self._source), self.nothing, self._said, self._view)
        self._source.currentIndexChanged.connect(self._show)
        self._view.chosen.connect(self._choose)

    @property
    def paths(self) -> Paths | None:
        """What is shown; None while there is nothing to walk back."""
        return self._paths

    def show_recording(self, recording: Recording) -> None:
        """Offer its inputs, and list the paths to the one that is chosen."""
        blocks = recording.blocks
        self._sources = tuple(b for b in recording.course.givers if not blocks[b].is_function)
        self._source.offer([blocks[source].name for source in self._sources])
        self._show()

    def _show(self) -> None:
        at, recording = self._source.currentIndex(), self.player.recording
        there = 0 <= at < len(self._sources)
        self._paths = Paths(recording, self._sources[at]) if there else None
        self.show_nothing("" if there else NOTHING_TO_WALK_BACK, self._said, self._view)
        self._view.light(-1)
        if self._paths is not None:
            self._said.show_text(self._paths.sentence)
            self._view.show_rows(tuple(_row(recording, path) for path in self._paths.listed))

    def _choose(self, at: int) -> None:
        if self._paths is not None:
            self._view.light(at)
            self.path_chosen.emit(self._paths.listed[at])


def _row(recording: Recording, path: BackPath) -> Row:
    names = " ← ".join(recording.blocks[block].name for block in path.blocks)
    block = path.blocks[0]
    # The product has a line of its own: however many factors there are, it can be read.
    factors, _, product = path.numbers().rpartition(" = ")
    numbers = (factors, f"= {product}") if factors else (product or "matrices",)
    return Row(
        Cell(block, names, (path.text(recording),)),
        Cell(block, "", numbers),
    )
