"""An answer that takes long: worked out on the thread beside the window, and told later."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future

from PySide6.QtCore import QObject, QTimer, Signal

from gui.background import beside

LOOK = 4
"""Milliseconds between two looks whether it is there."""


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

    def ask(self, work: Callable[[], object]) -> None:
        """Work something out; it may touch nothing of Qt."""
        self.forget()
        self._work = beside(work)
        self._look.start()

    def forget(self) -> None:
        """Want no answer any more."""
        self._look.stop()
        if self._work is not None:
            self._work.cancel()
        self._work = None

    def _take_if_done(self) -> None:
        if self._work is not None and self._work.done():
            work, self._work = self._work, None
            self._look.stop()
            self.known.emit(work.result())
