"""Long work that a person asked for: done beside the window, which says how far it is."""

from __future__ import annotations

from collections.abc import Callable, Generator
from concurrent.futures import CancelledError, Future
from dataclasses import dataclass
from functools import partial
from threading import Event
from typing import Generic, TypeVar

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QWidget

from engine.errors import GradwalkError
from gui.background import beside
from gui.errand_card import ErrandCard

LOOK = 10
"""Milliseconds between two looks how far it is."""

Result = TypeVar("Result")

Reach = Callable[[int, float], None]
"""Called on the other thread: the stage that the work has come to, and how much of it is done."""


class GivenUp(Exception):  # noqa: N818 - it is no error
    """A person has thought better of it."""


def _nothing(_sentence: str = "") -> None:
    """Do nothing about it."""


@dataclass(frozen=True, slots=True)
class Errand(Generic[Result]):
    """One piece of long work.

    Attributes
    ----------
    name
        What a screen reader calls it.
    stages
        What is done, in order: each as it is said while it is being done.
    work
        Does it, on the other thread: it may touch nothing of Qt. Where it tells how far it is, it
        is ended if it is not wanted any more.
    take
        Called in the window with what came of it.
    fail
        Called in the window with the sentence, if it cannot be done.
    given_up
        Called in the window if it is given up.
    begin
        Called in the window when its turn has come, right before the work.
    """

    name: str
    stages: tuple[str, ...]
    work: Callable[[Reach], Result]
    take: Callable[[Result], None]
    fail: Callable[[str], None] = _nothing
    given_up: Callable[[], None] = _nothing
    begin: Callable[[], None] = _nothing


@dataclass(frozen=True, slots=True)
class Piecework(Generic[Result]):
    """One piece of long work that only the window's own thread can do, such as painting.

    Attributes
    ----------
    name, take, fail
        As of an `Errand`.
    words
        What is said while it is being done.
    pieces
        Does it, a little at a time, and tells each time what share is done; gives what came of it.
    """

    name: str
    words: str
    pieces: Callable[[], Generator[float, None, Result]]
    take: Callable[[Result], None]
    fail: Callable[[str], None] = _nothing

    @property
    def stages(self) -> tuple[str, ...]:
        """All that is done."""
        return (self.words,)


class Running(QObject):
    """Long work that is being done.

    Attributes
    ----------
    stage, share
        Which of its stages it has come to, and how much of that is done, from 0 to 1.

    Signals
    -------
    went_on
        It is farther than before.
    ended
        It is done, has failed or was given up.
    """

    went_on = Signal()
    ended = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.stage, self.share = 0, 0.0

    def give_up(self) -> None:
        """End it; nothing comes of it."""
        raise NotImplementedError


class RunningBeside(Running):
    """An errand that is being run on the other thread."""

    def __init__(self, errand: Errand[Result], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._errand = errand
        self._reached = (0, 0.0)
        self._stop = Event()
        errand.begin()
        self._work: Future[Result] = beside(partial(errand.work, self._reach))
        self._look = QTimer(self, interval=LOOK)
        self._look.timeout.connect(self._follow)
        self._look.start()

    def give_up(self) -> None:
        """End it; nothing comes of it."""
        self._stop.set()
        self._work.cancel()
        self._look.stop()
        self.ended.emit()
        self._errand.given_up()

    def _reach(self, stage: int, share: float = 0.0) -> None:
        """Take note, on the other thread, of how far it is."""
        if self._stop.is_set():
            raise GivenUp
        self._reached = stage, share

    def _follow(self) -> None:
        if (self.stage, self.share) != self._reached:
            self.stage, self.share = self._reached
            self.went_on.emit()
        if not self._work.done():
            return
        self._look.stop()
        self.ended.emit()
        try:
            found = self._work.result()
        except GradwalkError as error:
            self._errand.fail(error.sentence)
        except CancelledError:
            return
        except Exception:
            self._errand.given_up()  # nothing comes of it
            raise
        else:
            self._errand.take(found)


class RunningHere(Running):
    """Piecework that is being done, with room for the window between the pieces."""

    def __init__(self, work: Piecework[Result], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._work = work
        self._pieces = work.pieces()
        self._next = QTimer(self, interval=0)
        self._next.timeout.connect(self._go_on)
        self._next.start()

    def give_up(self) -> None:
        """End it; nothing comes of it."""
        self._next.stop()
        self._pieces.close()
        self.ended.emit()

    def _go_on(self) -> None:
        try:
            self.share = next(self._pieces)
        except StopIteration as end:
            self._next.stop()
            self.ended.emit()
            self._work.take(end.value)
        except GradwalkError as error:
            self._next.stop()
            self.ended.emit()
            self._work.fail(error.sentence)
        except Exception:
            self.give_up()  # nothing comes of it
            raise
        else:
            self.went_on.emit()


class Errands(QObject):
    """The errands of a window, run one after the other.

    Parameters
    ----------
    over
        The window, over which a card tells of the one that is being run.
    """

    def __init__(self, over: QWidget) -> None:
        super().__init__(over)
        self._over = over
        self._running: Running | None = None
        self._begun: object = None
        self._waiting: list[Errand | Piecework] = []  # type: ignore[type-arg] # of any result

    @property
    def busy(self) -> bool:
        """Whether one is being run or waits for it."""
        return self._running is not None or bool(self._waiting)

    def send(self, errand: Errand[Result] | Piecework[Result]) -> None:
        """Run an errand, once those that were sent before are done."""
        self._waiting.append(errand)
        if self._running is None:
            self._begin()

    def send_again(self, errand: Errand[Result]) -> None:
        """Run an errand once more, before all others that wait."""
        self._waiting.insert(0, errand)

    def give_up(self) -> None:
        """Give up the one that is being run; the next one begins."""
        if self._running is not None:
            self._running.give_up()

    def withdraw(self, errand: Errand[Result]) -> None:
        """Give one up, whether it is being run or waits for it."""
        if errand in self._waiting:
            self._waiting.remove(errand)
            errand.given_up()
        elif errand is self._begun:
            self.give_up()

    def let_go(self) -> None:
        """Give all of them up."""
        self._waiting.clear()
        self.give_up()

    def _begin(self) -> None:
        if self._running is not None or not self._waiting:
            return
        errand = self._waiting.pop(0)
        running: Running
        if isinstance(errand, Errand):
            running = RunningBeside(errand, self)
        else:
            running = RunningHere(errand, self)
        self._running, self._begun = running, errand
        card = ErrandCard(errand.name, errand.stages, self._over)
        running.went_on.connect(lambda: card.follow(running.stage, running.share))
        card.given_up.connect(running.give_up)

        def end() -> None:
            self._running = self._begun = None
            card.hide()  # at once: a message may hold up what is to be deleted later
            card.deleteLater()
            running.deleteLater()
            QTimer.singleShot(0, self, self._begin)

        running.ended.connect(end)
