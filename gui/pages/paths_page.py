"""Why do they add up? Every path back to an input, one to choose, and its product."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import Signal

from engine.asking.ask import Ask
from engine.asking.back_path import BackPath
from engine.asking.headings import HEADINGS
from engine.asking.path_factors import PathFactor
from engine.asking.paths import Paths
from engine.asking.side_by_side import Cell, Row
from engine.graph import Wire
from engine.recording import Recording
from engine.wording import NOTHING_TO_WALK_BACK, WAITING
from gui.pages.beside_view import BesideView
from gui.pages.path_view import PathView, ends_of
from gui.pages.recording_page import Choice, RecordingPage, row_of
from gui.panels.labels import Prose
from gui.panels.visibility import keep_away, show_if
from gui.player import Player
from gui.theme import font

HINT = "Choose a path to see its product grow, factor by factor."

FEW = 3
"""Paths of which all are listed above one that is told, in a picture."""

MOST = 100
"""Blocks and factors of a path that are told in its row."""


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
        super().__init__(player, "Paths", HEADINGS["paths"].title)
        self._sources: tuple[str, ...] = ()
        self._paths: Paths | None = None
        self._chosen: BackPath | None = None
        self._wires: tuple[Wire, ...] | None = None
        self._preferred, self._is_pictured = 0, False
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

    @property
    def asked(self) -> Ask:
        """To which input the paths lead, and which of several was chosen."""
        return Ask("paths", self._source.currentText(), self._number)

    def ask(self, ask: Ask) -> None:
        """Show the paths back to another input, one of them chosen as soon as they are there."""
        self._source.prefer(ask.about)
        self._preferred = ask.path

    @property
    def chosen(self) -> BackPath | None:
        """The path whose factors are shown."""
        return self._chosen

    @property
    def _number(self) -> int:
        """Which of several paths was chosen, counted from 1; 0 for none."""
        paths, chosen = self._paths, self._chosen
        if paths is None or chosen is None or len(paths.listed) == 1:
            return 0
        return paths.listed.index(chosen) + 1

    def reveal(self) -> None:
        """Bring the factor of the step into sight."""
        self.keep_in_sight(self._path, self._path.lit_area)

    def be_pictured(self) -> None:
        """Leave away how to choose a path."""
        super().be_pictured()
        keep_away(self._hint)
        self._is_pictured = True

    def _part(self) -> None:
        """Keep what the paths come to in sight: the path that is told scrolls alone, or the list.

        Beside such a path there is no room for a long list.
        """
        self._is_pictured = False
        self.let_scroll_alone(self._view if self._chosen is None else self._path)
        if self._chosen is not None and self._paths is not None and self._paths.count > FEW:
            self._view.show_rows((_row(self._paths.recording, self._chosen),))
            self._view.light(0)

    def show_recording(self, recording: Recording) -> None:
        """Offer its inputs, and list the paths to the one that is chosen."""
        blocks, course = recording.blocks, recording.course
        given = (block for block in course.order if not blocks[block].is_function)
        self._sources = tuple(block for block in given if block in course.givers)
        self._source.offer([blocks[source].name for source in self._sources])
        self._show()

    def _show(self) -> None:
        at, recording = self._source.currentIndex(), self.player.recording
        self._paths = self._chosen = None
        parts = self._said, self._view, self._hint, self._path
        if 0 <= at < len(self._sources):
            # A path stays chosen while the numbers on it change.
            find = partial(found_in, recording, self._sources[at], self._wires)
            self.work_out(find, self._show_found_paths, *parts)
        else:
            why_not = WAITING if recording.is_waiting else NOTHING_TO_WALK_BACK
            self.show_nothing(why_not, *parts)

    def _show_found_paths(self, found: Found) -> None:
        self._paths = found.paths
        self._said.show_text(found.paths.sentence)
        self._view.show_rows(found.rows)
        self._view.light(found.same)
        self._show_path(found.chosen, found.factors)
        if self._preferred:
            at, self._preferred = self._preferred - 1, 0
            self._choose(at)
        if self._is_pictured:
            self._part()

    def _choose(self, at: int) -> None:
        if self._paths is not None:
            path = self._paths.listed[at]
            self._view.light(at)
            self._show_path(path, ends_of(self._paths.recording, path))
            self.path_chosen.emit(path)

    def _show_path(self, path: BackPath | None, factors: tuple[PathFactor, ...]) -> None:
        """Show the factors of a path; of none, how to choose one."""
        paths, self._chosen = self._paths, path
        self._wires = None if path is None else path.wires
        show_if(self._hint, self._chosen is None and paths is not None and paths.count > 0)
        show_if(self._path, self._chosen is not None)
        if paths is None or self._chosen is None:
            return
        recording = paths.recording
        self._path.show_path(recording, self._chosen, factors)
        y, x = (recording.blocks[block].name for block in self._chosen.ends)
        # Numbers are added up in the sentence above.
        total = paths.total if paths.count > 1 and any(self._chosen.shapes) else None
        every = "Both" if paths.count == 2 else f"All {paths.count}"  # noqa: PLR2004 - as one says
        self._path.show_sum(f"{every} paths added up: ∂{y}/∂{x}", total)
        self._light()

    def _light(self) -> None:
        """Light the factor of the block that the walk stands on."""
        moment = self.player.moment
        if self._chosen is not None and self.isVisible():
            step = moment.step if moment.is_backward else None
            self._path.light("" if step is None else step.block)


@dataclass(frozen=True, slots=True)
class Found:
    """What there is to show of an input.

    Attributes
    ----------
    paths
        The paths that lead back to it.
    rows
        Those that are listed, as they are shown.
    same
        Which of them was chosen before; -1 for none.
    chosen, factors
        The path whose factors are shown, and these: a single one needs no choice.
    """

    paths: Paths
    rows: tuple[Row, ...]
    same: int
    chosen: BackPath | None
    factors: tuple[PathFactor, ...]


def found_in(recording: Recording, source: str, wires: tuple[Wire, ...] | None) -> Found:
    """Find the paths back to an input; it may be called on any thread.

    Parameters
    ----------
    wires
        Those of the path that was chosen before.
    """
    paths = Paths(recording, source)
    listed = paths.listed
    same = next((at for at, path in enumerate(listed) if path.wires == wires), -1)
    chosen = listed[0] if len(listed) == 1 else listed[same] if same >= 0 else None
    factors = () if chosen is None else ends_of(recording, chosen)
    return Found(paths, tuple(_row(recording, path) for path in listed), same, chosen, factors)


def _row(recording: Recording, path: BackPath) -> Row:
    block = path.ends[0]
    sources = [wire.source for wire in path.wires[:MOST]]
    names = " ← ".join(recording.blocks[each].name for each in (block, *sources))
    if len(path.wires) > MOST:
        names += " ← …"
    # The product has a line of its own: however many factors there are, it can be read.
    factors, _, product = path.numbers(MOST).rpartition(" = ")
    numbers = (factors, f"= {product}") if factors else (product,)
    return Row(
        Cell(block, names, (path.text(recording, MOST),)),
        Cell(block, "", numbers),
    )
