"""What if the rule were wrong? The same graph walked by a wrong rule beside the right one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QVBoxLayout

from engine.asking.ask import Ask
from engine.asking.headings import HEADINGS
from engine.asking.mistakes import MISTAKES, Mistake
from engine.asking.side_by_side import Row
from engine.asking.too_large import too_large
from engine.asking.wrong_rules import walk_wrong
from engine.asking.wrong_text import Beside, beside, endings
from engine.asking.wrong_walk import WrongWalk
from engine.course import Course
from engine.recording import Recording
from engine.wording import NOTHING_TO_WALK_BACK
from gui.answer import takes_long
from gui.pages.beside_view import BesideView
from gui.pages.rows_page import RowsPage
from gui.pages.rule_choice import RuleButton
from gui.pages.verdict_card import VerdictCard
from gui.panels.labels import Prose, head
from gui.panels.visibility import keep_away, show_if
from gui.player import Player
from gui.theme import font

MOST_ENDS = 6
"""Gradients that are listed which end otherwise; all are marked on the canvas."""


class MistakesPage(RowsPage):
    """The page; the row of the step that the walk stands on is lit.

    Signals
    -------
    block_pointed
        The id of the block of a row that was clicked.
    walked
        There is another wrong walk to be seen, or none any more.
    """

    block_pointed = Signal(str)
    walked = Signal()

    def __init__(self, player: Player) -> None:
        beside = BesideView("Right and wrong rule, step by step", ("Right rule", "Wrong rule"))
        super().__init__(player, "Wrong rules", HEADINGS["mistakes"].title, beside)
        self._walk: WrongWalk | None = None
        self._of: tuple[Course, Mistake] | None = None
        self._buttons = [RuleButton(mistake) for mistake in MISTAKES.values()]
        self._verdict = VerdictCard()
        self._ends = Prose(font(12, code=True), "ink")
        self._ends_head = head("In the end")
        self._steps_head = head("Step by step")
        rules = QVBoxLayout()
        rules.setSpacing(6)
        for button in self._buttons:
            rules.addWidget(button)
        self.add(rules, self.nothing, self._verdict, self._ends_head, self._ends)
        self.add(self._steps_head, self.beside)
        self._buttons[0].setChecked(True)
        for button in self._buttons:
            button.toggled.connect(self._choose_rule)
        self.beside.chosen.connect(self._choose)

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

    @property
    def asked(self) -> Ask:
        """By which rule."""
        return Ask("wrong", self.rule)

    def ask(self, ask: Ask) -> None:
        """Choose another rule."""
        if ask.about:
            self.choose(ask.about)

    def be_pictured(self) -> None:
        """Leave away the rules that are not chosen."""
        super().be_pictured()
        keep_away(*(button for button in self._buttons if not button.isChecked()))

    def show_recording(self, recording: Recording) -> None:
        """Walk by the chosen rule, and set it beside the right one."""
        there = recording.turn < len(recording)
        said = too_large(recording) or ("" if there else NOTHING_TO_WALK_BACK)
        self._walk = None
        self.walked.emit()
        parts = self._verdict, self.beside, self._steps_head, self._ends_head, self._ends
        if said:
            self.show_nothing(said, *parts)
        else:
            self.work_out(partial(walked_wrong, recording, self.rule), self._show_walked, *parts)

    def _show_walked(self, found: Walked) -> None:
        walk = self._walk = found.walk
        before, self._of = self._of, (walk.recording.course, walk.mistake)
        self.walked.emit()
        show_if(self._ends_head, bool(found.ends))
        show_if(self._ends, bool(found.ends))
        sentences = (walk.sentence, walk.stopped)
        self._verdict.show_verdict(" ".join(filter(None, sentences)), good=walk.parted is None)
        self._ends.show_text(found.ends)
        self.beside.show_rows(found.rows, alike=self._of == before)
        self.light()

    @property
    def shown(self) -> WrongWalk | None:
        """The wrong walk that is looked at; None while another page is in front."""
        return self._walk if self.isVisible() else None

    def showEvent(self, event: QShowEvent) -> None:
        """Let the canvas mark what ends otherwise."""
        super().showEvent(event)
        self.walked.emit()

    def hideEvent(self, event: QHideEvent) -> None:
        """Let the canvas mark nothing more."""
        super().hideEvent(event)
        self.walked.emit()

    def _choose_rule(self, chosen: bool) -> None:  # noqa: FBT001 - what the signal sends
        if chosen and self.isVisible():
            self.show_recording(self.player.recording)

    @property
    def row_at_work(self) -> int:
        """The row of the step that the walk stands on; -1 for none."""
        moment = self.player.moment
        return moment.cursor - moment.recording.turn if moment.is_backward else -1

    def _choose(self, at: int) -> None:
        recording = self.player.recording
        if recording.turn + at < len(recording):
            self.player.seek(recording.turn + at)
        if self._walk is not None and at < len(self._walk.steps):
            self.block_pointed.emit(self._walk.steps[at].block)
            self.beside.light(at)
        self.keep_in_sight(self.beside, self.beside.row_area(at))


@dataclass(frozen=True, slots=True)
class Walked:
    """What there is to show of a wrong rule.

    Attributes
    ----------
    walk
        What comes of it.
    ends
        The gradients that end otherwise, a line each; as many as anybody reads.
    rows
        Its steps beside the right ones; written when they are looked at, unless that takes long.
    """

    walk: WrongWalk
    ends: str
    rows: Sequence[Row]


def walked_wrong(recording: Recording, rule: str) -> Walked:
    """Walk by a wrong rule; it may be called on any thread."""
    walk = walk_wrong(recording, rule)
    ends = endings(walk)
    lines = [f"{name} gets {wrong} instead of {right}" for name, right, wrong in ends]
    if len(lines) > MOST_ENDS:
        lines[MOST_ENDS:] = [f"… and {len(lines) - MOST_ENDS:,} more, marked on the canvas"]
    _ = walk.ends_otherwise  # which the canvas asks for while it paints
    rows = beside(walk) if takes_long(recording) else Beside(walk)
    return Walked(walk, "\n".join(lines), rows)
