"""Gradients held against trials, on the thread beside the window: asked for, and told of later."""

from __future__ import annotations

import time
from collections.abc import Callable, Container, Iterable
from concurrent.futures import Future, wait
from dataclasses import dataclass
from functools import partial
from itertools import chain

from PySide6.QtCore import QObject, QTimer, Signal

from engine.checking import Checker
from engine.directions import SEED
from engine.recording import Recording
from engine.values import value_text
from gui.background import beside

DIGITS = 8

BREATH = 0.03
"""Seconds after which no other is begun, so that an edit need not wait long for its run."""

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
        That derivative, or along what it was found; "" if there is none.
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
    agrees, along = found.agreement.agrees, found.along
    if along is not None:
        how = f": {along.reason}" if along.reason else f" (random directions, seed {SEED})"
        return Verdict(agrees, f"along {len(along.numeric)} directions", found.verdict + how)
    if found.numeric is None:
        return Verdict(None, "", found.sentence)
    return Verdict(agrees, value_text(found.numeric, DIGITS), found.verdict)


class _Batch:
    """Some gradients that are checked on the thread; what is not wanted any more is given up.

    Parameters
    ----------
    judge
        Checks one.
    wanted
        Ids of their blocks. May be replaced while they are checked.
    """

    def __init__(self, judge: Judge, wanted: dict[str, None]) -> None:
        self._judge = judge
        self._blocks = tuple(wanted)
        self.wanted: Container[str] = wanted

    def stop(self) -> None:
        """Give up all of them."""
        self.wanted = ()

    def check(self) -> dict[str, Verdict]:
        """Check for a moment, at least one that is not given up."""
        found: dict[str, Verdict] = {}
        until = time.perf_counter() + BREATH
        for block in filter(self._wants, self._blocks):
            verdict = self._judge(block, partial(self._wants, block))
            if verdict is not None:
                found[block] = verdict
            if time.perf_counter() > until:
                break
        return found

    def _wants(self, block: str) -> bool:
        return block in self.wanted


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
        self._asked: dict[str, dict[str, None]] = {}
        self._batch: _Batch | None = None
        self._work: Future[dict[str, Verdict]] | None = None
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

    def want(self, asker: str, blocks: Iterable[str]) -> None:
        """Ask for verdicts, in place of those that the same asker has wanted up to now.

        They come before those that others want. What nobody wants any more is given up.
        """
        others = {other: told for other, told in self._asked.items() if other != asker}
        self._asked = {asker: dict.fromkeys(blocks), **others}
        wanted = self._wanted
        if self._batch is not None:
            self._batch.wanted = wanted
        if wanted and self._work is None:
            self._begin()

    def wait(self, seconds: float) -> None:
        """Wait a little for verdicts, and tell here and now of those that are there."""
        if self._work is not None:
            wait([self._work], seconds)
        self._take_if_done()

    def let_go(self) -> None:
        """Want nothing more."""
        self._asked = {}
        self.make_way()
        self._look.stop()
        self._work = None

    def make_way(self) -> None:
        """Let other work that waits for the thread come first."""
        if self._batch is not None:
            self._batch.stop()

    @property
    def _wanted(self) -> dict[str, None]:
        """What is not known yet, first what was asked for last."""
        blocks = chain.from_iterable(self._asked.values())
        return {block: None for block in blocks if block not in self._known}

    def _begin(self) -> None:
        recording = self._recording
        if recording is None:
            return
        self._judge = self._judge or self._judges(recording)
        self._batch = _Batch(self._judge, self._wanted)
        self._work = beside(self._batch.check)
        self._look.start()

    def _take_if_done(self) -> None:
        if self._work is None or not self._work.done():
            return
        self._look.stop()
        work, self._work = self._work, None
        try:
            found = work.result()
        except Exception:
            self._asked = {}  # else it would go wrong again and again
            raise
        self._known |= found
        if self._wanted:
            self._begin()
        if found:
            self.judged.emit()
