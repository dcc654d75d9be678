"""An answer that takes long: worked out on a thread beside the window, and told later."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor, wait

from PySide6.QtCore import QObject, QTimer, Signal

from engine.recording import Recording
from gui.background import beside

LOOK = 4
"""Milliseconds between two looks whether it is there."""

AT_ONCE, AT_ONCE_ELEMENTS = 400, 200_000
"""Blocks, and elements of all values together, up to which a question about a recording is answered
within a blink."""

THREAD = ThreadPoolExecutor(1, "gradwalk-answers")
"""One of their own: no run of a document, which an edit waits for, waits for an answer."""


class Answer(QObject):
    """The answer to the last question; of earlier ones nothing is told any more.

    Signals
    -------
    known
        The answer.
    """

    known = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._work: Future[object] | None = None
        self._look = QTimer(self, interval=LOOK)
        self._look.timeout.connect(self._take_if_done)

    @property
    def is_awaited(self) -> bool:
        """Whether there is a question that has not been answered yet."""
        return self._work is not None

    def ask(self, work: Callable[[], object]) -> None:
        """Work something out; it may touch nothing of Qt."""
        self.forget()
        self._work = beside(work, THREAD)
        self._look.start()

    def forget(self) -> None:
        """Want no answer any more."""
        self._look.stop()
        if self._work is not None:
            self._work.cancel()
        self._work = None

    def wait(self, seconds: float) -> None:
        """Wait a little for the answer, and tell it here and now if it is there."""
        self._look.stop()
        if self._work is not None:
            wait([self._work], seconds)
        self._take_if_done()

    def _take_if_done(self) -> None:
        if self._work is not None and self._work.done():
            work, self._work = self._work, None
            self._look.stop()
            self.known.emit(work.result())


def going_over(recording: Recording) -> str:
    """Say what is being done while the answer to a question about a recording is awaited."""
    return f"Going over {recording.elements:,} numbers …"


def takes_long(recording: Recording, times: int = 1) -> bool:
    """Tell whether going over a run, and so many times over its numbers, would take long."""
    if recording.is_waiting:
        return False
    blocks, elements = len(recording.blocks), recording.elements
    return blocks > AT_ONCE or elements * times > AT_ONCE_ELEMENTS
