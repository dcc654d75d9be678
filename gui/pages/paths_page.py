"""Why do they add up? Every path back to an input, one to choose, and its product."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QVBoxLayout, QWidget

from engine.asking.paths import BackPath, Paths
from engine.asking.side_by_side import Cell, Row
from engine.recording import Recording
from gui.pages.beside_view import BesideView
from gui.panels.labels import Prose, Text
from gui.panels.panel_scroll import PanelScroll
from gui.panels.visibility import show_if
from gui.player import Player
from gui.theme import font


class PathsPage(QWidget):
    """The page.

    Parameters
    ----------
    player
        Whose recording is looked at.

    Signals
    -------
    path_chosen
        A path to be lit on the canvas; None for none.
    """

    path_chosen = Signal(object)

    def __init__(self, player: Player, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._player = player
        self._shown: Recording | None = None
        self._sources: tuple[str, ...] = ()
        self._paths: Paths | None = None
        self.setAccessibleName("Paths")
        self._source = QComboBox()
        self._source.setAccessibleName("Input that the paths lead to")
        self._said, self._nothing = Prose(font(13), "ink"), Prose(font(13), "dim")
        self._view = BesideView("Paths and their products", ("Path", "Product"))
        self._view.setObjectName("paths")
        self._assemble()
        self._source.currentIndexChanged.connect(self._show)
        self._view.chosen.connect(self._choose)
        player.recording_changed.connect(self._follow)

    @property
    def paths(self) -> Paths | None:
        """What is shown; None while there is nothing to walk back."""
        return self._paths

    def showEvent(self, event: QShowEvent) -> None:
        """Catch up with what has changed while nobody looked."""
        super().showEvent(event)
        self._follow()

    def _assemble(self) -> None:
        title = Prose(font(19, bold=True), "ink")
        title.show_text("Why do they add up?")
        row = QHBoxLayout()
        row.setSpacing(8)
        word = Text(font(13), "dim")
        word.show_text("back to")
        row.addWidget(word)
        row.addWidget(self._source, 1)
        content = QWidget()
        column = QVBoxLayout(content)
        column.setSpacing(10)
        column.addWidget(title)
        column.addLayout(row)
        for part in (self._nothing, self._said, self._view):
            column.addWidget(part)
        column.addStretch(1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(PanelScroll(content))

    def _follow(self) -> None:
        recording = self._player.recording
        if not self.isVisible() or recording is self._shown:
            return
        self._shown = recording
        blocks = recording.blocks
        sources = tuple(b for b in recording.course.givers if not blocks[b].is_function)
        if sources != self._sources:
            before = self._source.currentText()
            self._sources = sources
            self._source.blockSignals(True)  # noqa: FBT003 - Qt takes no keyword here
            self._source.clear()
            self._source.addItems([blocks[source].name for source in sources])
            self._source.setCurrentIndex(max(self._source.findText(before), 0))
            self._source.blockSignals(False)  # noqa: FBT003 - Qt takes no keyword here
        self._show()

    def _show(self) -> None:
        at, recording = self._source.currentIndex(), self._player.recording
        there = 0 <= at < len(self._sources)
        self._paths = Paths(recording, self._sources[at]) if there else None
        for part in (self._said, self._view):
            show_if(part, there)
        show_if(self._nothing, not there)
        self._nothing.show_text("There is nothing to walk back yet: build a function first.")
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
    return Row(
        Cell(block, names, (path.text(recording),)),
        Cell(block, "", (path.numbers() or "matrices",)),
    )
