"""An order carried out while the window goes on: a little at a time, given up at once."""

from __future__ import annotations

from collections.abc import Generator
from typing import Protocol

from PySide6.QtCore import QObject, QTimer, Signal

from engine.errors import GradwalkError
from gui.export.progress import Progress

BROKEN = "Something went wrong that should not have: nothing was made."


class Making(Protocol):
    """What is made a little at a time.

    Attributes
    ----------
    total, words
        What it will have told in the end, and how that is said.
    """

    @property
    def total(self) -> int: ...  # noqa: D102 - told above

    @property
    def words(self) -> str: ...  # noqa: D102 - told above

    def __iter__(self) -> Generator[int]: ...


class Filming(QObject):
    """Makes something, with room for the window in between.

    Signals
    -------
    went_on
        What the work tells, and how far that is in words.
    finished
        It is there.
    failed
        It cannot be made; the sentence says why.
    """

    went_on = Signal(int, str)
    finished = Signal()
    failed = Signal(str)

    def __init__(self, work: Making, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._progress = Progress(work.total, work.words)
        self._frames: Generator[int] | None = iter(work)
        self._next = QTimer(self, interval=0)
        self._next.timeout.connect(self._go_on)
        self._next.start()

    def give_up(self) -> None:
        """Make no file: the old one stays as it was."""
        self._next.stop()
        frames, self._frames = self._frames, None
        if frames is not None:
            frames.close()

    def _go_on(self) -> None:
        if self._frames is None:
            return
        try:
            done = next(self._frames, None)
        except GradwalkError as error:
            self.give_up()
            self.failed.emit(error.sentence)
            return
        except Exception:
            self.give_up()
            self.failed.emit(BROKEN)
            raise
        if done is None:
            self._next.stop()
            self.finished.emit()
        else:
            self.went_on.emit(done, self._progress.words(done))
