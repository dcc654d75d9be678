"""Gradients held against trials, on the thread beside the window: asked for, and told of later."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from concurrent.futures import Future
from dataclasses import dataclass
from functools import partial
from threading import Event

from PySide6.QtCore import QObject, QTimer, Signal

from engine.checking import Checker
from engine.recording import Recording
from engine.values import value_text
from gui.background import beside

DIGITS = 8

BREATH = 0.03
"""Seconds that are checked at a time, so that an edit need not wait long for its run."""

LOOK = 4
"""Milliseconds between two looks whether some are checked."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a check says of one gradient.

    Attributes
    ----------
    agrees
        Whether it agrees with the derivative found by trial; None if that cannot be told.
    numeric
        That derivative; "" if there is none.
    words
        The verdict.
    """

    agrees: bool | None
    numeric: str
    words: str


GoesOn = Callable[[], bool]
"""Asked again and again while something is worked out: whether anybody still wants it."""

Judge = Callable[[str, GoesOn], Verdict | None]
"""From the id of a block, the verdict on its gradient; None if it was not wanted to the end."""


def judge_of(recording: Recording) -> Judge:
    """Give what checks the gradients of a recording; it may be called on any thread."""
    return partial(_judge, Checker(recording))


def _judge(checker: Checker, block: str, goes_on: GoesOn) -> Verdict | None:
    found = checker.check(block, goes_on)
    if found is None:
        return None
    if found.numeric is None:
        return Verdict(None, "", found.sentence)
    numeric, agreement = value_text(found.numeric, DIGITS), found.agreement
    if agreement.agrees is None:
        words = "cannot tell"
    elif not agreement.agrees:
        words = "differs"
    else:
        words = f"agrees to {agreement.digits} digit{'s' * (agreement.digits != 1)}"
    return Verdict(agreement.agrees, numeric, words)


class Checks(QObject):
    """The verdicts on the gradients of one recording, as far as they are known.

    Parameters
    ----------
    judges
        Gives what checks the gradients of a recording.

    Signals
    -------
    judged
        More verdicts are known.
    """

    judged = Signal()

    def __init__(
        self, judges: Callable[[Recording], Judge] = judge_of, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._judges = judges
        self._recording: Recording | None = None
        self._judge: Judge | None = None
        self._known: dict[str, Verdict] = {}
        self._wanted: dict[str, None] = {}
        self._work: Future[dict[str, Verdict]] | None = None
        self._stop = Event()
        self._look = QTimer(self, interval=LOOK)
        self._look.timeout.connect(self._take_if_done)

    @property
    def busy(self) -> bool:
        """Whether some that are wanted are not known yet."""
        return bool(self._wanted)

    def take(self, recording: Recording) -> None:
        """Check another recording from now on; what is known of the last is forgotten."""
        if recording is not self._recording:
            self.let_go()
            self._recording, self._judge = recording, None
            self._known = {}

    def verdict(self, block: str) -> Verdict | None:
        """Give the verdict on the gradient of a block; None as long as it is not known."""
        return self._known.get(block)

    def want(self, blocks: Iterable[str]) -> None:
        """Ask for verdicts; these come before all that were asked for earlier."""
        first = {block: None for block in blocks if block not in self._known}
        self._wanted = {**first, **self._wanted}
        if self._wanted and self._work is None:
            self._begin()

    def let_go(self) -> None:
        """Want nothing more."""
        self._wanted = {}
        self.make_way()
        self._look.stop()
        self._work = None

    def make_way(self) -> None:
        """Let other work that waits for the thread come first."""
        self._stop.set()

    def _begin(self) -> None:
        recording = self._recording
        if recording is None:
            return
        self._judge = self._judge or self._judges(recording)
        self._stop = Event()
        self._work = beside(partial(_some, self._judge, tuple(self._wanted), self._stop))
        self._look.start()

    def _take_if_done(self) -> None:
        if self._work is None or not self._work.done():
            return
        self._look.stop()
        found, self._work = self._work.result(), None
        self._known |= found
        for block in found:
            self._wanted.pop(block, None)
        if self._wanted:
            self._begin()
        if found:
            self.judged.emit()


def _some(judge: Judge, blocks: Iterable[str], stop: Event) -> dict[str, Verdict]:
    """Check for a moment, at least one; fewer if it is stopped."""
    found: dict[str, Verdict] = {}
    until = time.perf_counter() + BREATH
    for block in blocks:
        verdict = judge(block, lambda: not stop.is_set())
        if verdict is None:
            break
        found[block] = verdict
        if time.perf_counter() > until or stop.is_set():
            break
    return found
