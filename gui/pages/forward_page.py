"""And forwards? The walk in forward mode from an input, and what it costs beside the way back."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QVBoxLayout, QWidget

from engine.asking.plot_axes import Axis, axes_of, axis_name
from engine.asking.tangents import TangentWalk, walk_forward
from engine.errors import RunError
from engine.recording import Recording
from gui.pages.beside_view import BesideView
from gui.panels.labels import Prose, Text, head
from gui.panels.panel_scroll import PanelScroll
from gui.panels.visibility import show_if
from gui.player import Player
from gui.theme import font

ABOUT = (
    "Forward mode starts at one input and asks how fast everything after it changes. It multiplies "
    "the same local derivatives as the way back, from the other end."
)


class ForwardPage(QWidget):
    """The page.

    Parameters
    ----------
    player
        What is walked; the row of the step at its cursor is lit.

    Signals
    -------
    block_pointed
        The id of the block of a row that was clicked.
    """

    block_pointed = Signal(str)

    def __init__(self, player: Player, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._player = player
        self._axes: tuple[Axis, ...] = ()
        self._shown: Recording | None = None
        self._walk: TangentWalk | None = None
        self.setAccessibleName("Forward mode")
        self._source = QComboBox()
        self._source.setAccessibleName("Input that changes")
        self._beside = BesideView(
            "Forward mode, step by step", ("Value", "How fast it changes"), backward=False
        )
        self._about, self._cost = Prose(font(13), "dim"), Prose(font(13), "ink")
        self._cost_head = head("What it costs")
        self._nothing = Prose(font(13), "dim")
        self._assemble()
        self._source.currentIndexChanged.connect(self._show)
        self._beside.chosen.connect(self._choose)
        player.moved.connect(self._light)
        player.recording_changed.connect(self._follow)

    @property
    def walk(self) -> TangentWalk | None:
        """What is shown; None while there is nothing to walk."""
        return self._walk

    def showEvent(self, event: QShowEvent) -> None:
        """Catch up with what has changed while nobody looked."""
        super().showEvent(event)
        self._follow()

    def _assemble(self) -> None:
        title = Prose(font(19, bold=True), "ink")
        title.show_text("And forwards?")
        self._about.show_text(ABOUT)
        row = QHBoxLayout()
        row.setSpacing(8)
        word = Text(font(13), "dim")
        word.show_text("from")
        row.addWidget(word)
        row.addWidget(self._source, 1)
        content = QWidget()
        column = QVBoxLayout(content)
        column.setSpacing(10)
        column.addWidget(title)
        column.addWidget(self._about)
        column.addLayout(row)
        for part in (self._nothing, self._beside, self._cost_head, self._cost):
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
        axes = axes_of(recording)
        if axes != self._axes:
            before = self._source.currentText()
            self._axes = axes
            self._source.blockSignals(True)  # noqa: FBT003 - Qt takes no keyword here
            self._source.clear()
            self._source.addItems([axis_name(recording.blocks, axis) for axis in axes])
            self._source.setCurrentIndex(max(self._source.findText(before), 0))
            self._source.blockSignals(False)  # noqa: FBT003 - Qt takes no keyword here
        self._show()

    def _show(self) -> None:
        at, self._walk = self._source.currentIndex(), None
        said = "There is nothing to walk yet: it takes a function of an input that has a value."
        if 0 <= at < len(self._axes):
            try:
                self._walk = walk_forward(self._player.recording, *self._axes[at])
            except RunError as error:
                said = error.sentence
        self._nothing.show_text(said)
        show_if(self._nothing, self._walk is None)
        for part in (self._beside, self._cost_head, self._cost):
            show_if(part, self._walk is not None)
        if self._walk is not None:
            self._beside.show_rows(tuple(self._walk.row(step) for step in self._walk.steps))
            self._cost.show_text(self._walk.cost)
            self._light()

    def _light(self) -> None:
        step = self._player.moment.step
        if self._walk is None or step is None or not self.isVisible():
            return
        blocks = [step.block for step in self._walk.steps]
        forward = not self._player.moment.is_backward
        self._beside.light(blocks.index(step.block) if forward and step.block in blocks else -1)

    def _choose(self, at: int) -> None:
        if self._walk is not None:
            block = self._walk.steps[at].block
            self._player.seek(self._player.recording.course.value_steps[block])
            self.block_pointed.emit(block)
