"""Why do they add up? Every path back to an input, one to choose, and its product."""

from __future__ import annotations

from PySide6.QtCore import Signal

from engine.asking.back_path import BackPath
from engine.asking.paths import Paths
from engine.asking.side_by_side import Cell, Row
from engine.recording import Recording
from engine.wording import WAITING
from gui.pages.beside_view import BesideView
from gui.pages.path_view import PathView
from gui.pages.recording_page import NOTHING_TO_WALK_BACK, Choice, RecordingPage, row_of
from gui.panels.labels import Prose
from gui.panels.visibility import show_if
from gui.player import Player
from gui.theme import font

HINT = "Choose a path to see its product grow, factor by factor."


class PathsPage(RecordingPage):
    """The page.

    Signals
    -------
    path_chosen
        A path to be lit on the canvas.
    block_pointed
        The id of the block of a factor that was clicked.
    """

    path_chosen = Signal(object)
    block_pointed = Signal(str)

    def __init__(self, player: Player) -> None:
        super().__init__(player, "Paths", "Why do they add up?")
        self._sources: tuple[str, ...] = ()
        self._paths: Paths | None = None
        self._chosen: BackPath | None = None
        self._source = Choice("Input that the paths lead to")
        self._said = Prose(font(13), "ink")
        self._view = BesideView("Paths and their products", ("Path", "Product"))
        self._view.setObjectName("paths")
        self._source.setObjectName("back to")
        self._hint, self._path = Prose(font(13), "dim"), PathView()
        self._hint.show_text(HINT)
        self._path.block_pointed.connect(self.block_pointed)
        self.add(row_of("back to", self._source), self.nothing, self._said, self._view)
        self.add(self._hint, self._path)
        self._source.currentIndexChanged.connect(self._show)
        self._view.chosen.connect(self._choose)
        player.moved.connect(self._light)

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
        why_not = WAITING if recording.is_waiting else NOTHING_TO_WALK_BACK
        self.show_nothing("" if there else why_not, self._said, self._view)
        listed = () if self._paths is None else self._paths.listed
        if self._paths is not None:
            self._said.show_text(self._paths.sentence)
            self._view.show_rows(tuple(_row(recording, path) for path in listed))
        # A path stays chosen while the numbers on it change; a single one needs no choice.
        wires = None if self._chosen is None else self._chosen.wires
        same = next((at for at, path in enumerate(listed) if path.wires == wires), -1)
        self._view.light(same)
        self._show_path(0 if len(listed) == 1 else same)

    def _choose(self, at: int) -> None:
        if self._paths is not None:
            self._view.light(at)
            self._show_path(at)
            self.path_chosen.emit(self._paths.listed[at])

    def _show_path(self, at: int) -> None:
        """Show the factors of a path; of none, how to choose one."""
        paths = self._paths
        self._chosen = paths.listed[at] if paths is not None and at >= 0 else None
        show_if(self._hint, self._chosen is None and paths is not None and paths.count > 0)
        show_if(self._path, self._chosen is not None)
        if paths is None or self._chosen is None:
            return
        recording = self.player.recording
        self._path.show_path(recording, self._chosen)
        y, x = (recording.blocks[b].name for b in self._chosen.blocks[:: len(self._chosen.wires)])
        # Numbers are added up in the sentence above.
        total = paths.total if paths.count > 1 and any(self._chosen.shapes) else None
        self._path.show_sum(f"All {paths.count} paths added up: ∂{y}/∂{x}", total)
        self._light()

    def _light(self) -> None:
        """Light the factor of the block that the walk stands on."""
        moment = self.player.moment
        if self._chosen is not None and self.isVisible():
            step = moment.step if moment.is_backward else None
            self._path.light("" if step is None else step.block)


def _row(recording: Recording, path: BackPath) -> Row:
    names = " ← ".join(recording.blocks[block].name for block in path.blocks)
    block = path.blocks[0]
    # The product has a line of its own: however many factors there are, it can be read.
    factors, _, product = path.numbers().rpartition(" = ")
    numbers = (factors, f"= {product}") if factors else (product,)
    return Row(
        Cell(block, names, (path.text(recording),)),
        Cell(block, "", numbers),
    )
