"""What if the rule were wrong? The same graph walked by a wrong rule beside the right one."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from engine.asking.mistakes import MISTAKES
from engine.asking.wrong_rules import walk_wrong
from engine.asking.wrong_text import beside, endings
from engine.asking.wrong_walk import WrongWalk
from engine.recording import Recording
from gui.pages.beside_view import BesideView
from gui.pages.rule_choice import RuleButton
from gui.pages.verdict_card import VerdictCard
from gui.panels.labels import Prose, head
from gui.panels.panel_scroll import PanelScroll
from gui.panels.visibility import show_if
from gui.player import Player
from gui.theme import font


class MistakesPage(QWidget):
    """The page.

    Parameters
    ----------
    player
        What is walked by the right rule; the row at its cursor is lit.

    Signals
    -------
    block_pointed
        The id of the block of a row that was clicked.
    """

    block_pointed = Signal(str)

    def __init__(self, player: Player, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._player = player
        self._walk: WrongWalk | None = None
        self._walked: tuple[Recording, str] | None = None
        self.setAccessibleName("Wrong rules")
        self._buttons = [RuleButton(mistake) for mistake in MISTAKES.values()]
        self._verdict = VerdictCard()
        self._beside = BesideView(
            "Right and wrong rule, step by step", ("Right rule", "Wrong rule")
        )
        self._ends = Prose(font(12, code=True), "ink")
        self._ends_head = head("In the end")
        self._steps_head = head("Step by step")
        self._nothing = Prose(font(13), "dim")
        self._assemble()
        for button in self._buttons:
            button.toggled.connect(self._follow)
        self._beside.chosen.connect(self._choose)
        player.moved.connect(self._follow)
        player.recording_changed.connect(self._follow)
        self._buttons[0].setChecked(True)

    @property
    def rule(self) -> str:
        """Name of the chosen rule."""
        return next(button.mistake.name for button in self._buttons if button.isChecked())

    @property
    def walk(self) -> WrongWalk | None:
        """What comes of the chosen rule; None while there is nothing to walk back."""
        return self._walk

    def choose(self, name: str) -> None:
        """Choose a rule."""
        next(button for button in self._buttons if button.mistake.name == name).setChecked(True)

    def showEvent(self, event: QShowEvent) -> None:
        """Catch up with what has changed while nobody looked."""
        super().showEvent(event)
        self._follow()

    def _assemble(self) -> None:
        title = Prose(font(19, bold=True), "ink")
        title.show_text("What if the rule were wrong?")
        content = QWidget()
        column = QVBoxLayout(content)
        column.setSpacing(8)
        column.addWidget(title)
        for button in self._buttons:
            column.addWidget(button)
        column.addSpacing(4)
        column.addWidget(self._nothing)
        column.addWidget(self._verdict)
        column.addSpacing(6)
        column.addWidget(self._ends_head)
        column.addWidget(self._ends)
        column.addSpacing(6)
        column.addWidget(self._steps_head)
        column.addWidget(self._beside)
        column.addStretch(1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        self._scroll = PanelScroll(content)
        whole.addWidget(self._scroll)

    def _follow(self) -> None:
        if not self.isVisible():
            return
        recording = self._player.recording
        if (recording, self.rule) != self._walked:
            self._walked = (recording, self.rule)
            self._show(recording)
        self._light()

    def _show(self, recording: Recording) -> None:
        has_some = recording.turn < len(recording)
        self._walk = walk_wrong(recording, self.rule) if has_some else None
        for part in (self._verdict, self._beside, self._steps_head):
            show_if(part, has_some)
        show_if(self._nothing, not has_some)
        self._nothing.show_text("There is nothing to walk back yet: build a function first.")
        ends = endings(self._walk) if self._walk is not None else ()
        show_if(self._ends_head, bool(ends))
        show_if(self._ends, bool(ends))
        if self._walk is None:
            return
        sentences = (self._walk.sentence, self._walk.stopped)
        self._verdict.show_verdict(
            " ".join(filter(None, sentences)), good=self._walk.parted is None
        )
        lines = [f"{name}: {wrong}  ≠  {right}, which is right" for name, right, wrong in ends]
        self._ends.show_text("\n".join(lines))
        self._beside.show_rows(beside(self._walk))

    def _light(self) -> None:
        moment = self._player.moment
        at = moment.cursor - moment.recording.turn
        self._beside.light(at if moment.is_backward else -1)

    def _choose(self, at: int) -> None:
        recording = self._player.recording
        if recording.turn + at < len(recording):
            self._player.seek(recording.turn + at)
        if self._walk is not None and at < len(self._walk.steps):
            self.block_pointed.emit(self._walk.steps[at].block)
            self._beside.light(at)
        area = self._beside.row_area(at).toRect().translated(self._beside.pos())
        self._scroll.ensureVisible(area.x(), area.center().y(), 0, area.height())
