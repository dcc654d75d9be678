"""Predicting: the walk waits before it shows a number, and a person says what it will be."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from engine.document import Score
from engine.moment import Moment
from engine.recording import Recording
from gui.document import OpenDocument
from gui.player import Player

if TYPE_CHECKING:
    from engine.asking.question import Judgement, Question


class Prediction(QObject):
    """Which number is asked for, and how it goes.

    Parameters
    ----------
    player
        What walks; while this is on, it waits before each step that has something to ask.
    document
        Gives the document that is walked, which keeps the score.

    Attributes
    ----------
    is_on
        Whether it asks.
    last
        What there was to say to the last answer; None before there is one.

    Signals
    -------
    changed
        Another question, another judgement, another score, or it is turned on or off.
    """

    changed = Signal()

    def __init__(self, player: Player, document: Callable[[], OpenDocument]) -> None:
        super().__init__()
        self._player = player
        self._document = document
        self._asked: tuple[Question, ...] = ()
        self._at = 0
        self._tried = False
        self._moment: Moment | None = None
        self.is_on = False
        self.last: Judgement | None = None
        self._judged_at: tuple[Recording, int] | None = None
        player.moved.connect(self._follow)

    @property
    def question(self) -> Question | None:
        """The number that is asked for; None if nothing is."""
        return self._asked[self._at] if self._at < len(self._asked) else None

    @property
    def score(self) -> Score:
        """How many numbers of the document were told, and how many at the first try."""
        return self._document().score

    def turn(self, *, on: bool) -> None:
        """Begin to ask, or stop asking; what was hidden is shown then."""
        self.is_on = on
        self._player.waits_before = _has_something_to_ask if on else None
        if not on and self.question is not None:
            self._player.reveal()
        self.last = None
        self._follow()
        self.changed.emit()

    def answer(self, text: str) -> Judgement | None:
        """Take an answer; a right one asks for the next number, and the last one shows the step.

        Returns
        -------
        Judgement or None
            None if nothing is asked.
        """
        from engine.asking.question import judge  # noqa: PLC0415 - nobody answers at the start

        question = self.question
        if question is None:
            return None
        self._say(judge(question, text))
        if self.last is not None and self.last.right:
            self._next(right=not self._tried)
        else:
            self._tried = True
        self.changed.emit()
        return self.last

    def give_up(self) -> None:
        """Be told the number; it counts as asked, and not as right."""
        from engine.asking.question import Judgement  # noqa: PLC0415 - nobody answers at the start

        question = self.question
        if question is not None:
            self._say(Judgement(right=None, sentence=question.explanation))
            self._next(right=False)
            self.changed.emit()

    def _say(self, judged: Judgement) -> None:
        moment = self._player.moment
        self.last, self._judged_at = judged, (moment.recording, moment.cursor)

    def _next(self, *, right: bool) -> None:
        self._document().count_answer(right=right)
        self._at += 1
        self._tried = False
        if self.question is None:
            self._player.reveal()

    def _follow(self) -> None:
        """Ask about the step under the cursor, if it is waiting to be shown."""
        moment = self._player.moment
        waits = self.is_on and self._player.waiting
        place = moment if waits else None
        is_past = self.last is not None and self._judged_at != (moment.recording, moment.cursor)
        if is_past:
            self.last = None  # what was said belongs to another step
        if place is self._moment and not is_past:
            return
        asked = bool(self._asked) or is_past
        self._moment = place
        self._asked = _questions(moment) if waits else ()
        self._at, self._tried = 0, False
        if waits:
            self.last = None
        if asked or self._asked:
            self.changed.emit()


def _questions(moment: Moment) -> tuple[Question, ...]:
    from engine.asking.predicting import questions  # noqa: PLC0415 - nothing is asked at the start

    return questions(moment)


def _has_something_to_ask(moment: Moment) -> bool:
    return bool(_questions(moment))
