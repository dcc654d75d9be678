"""Typesetting the rules of the steps to come while nobody waits for anything."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import Future
from functools import partial

from PySide6.QtCore import QObject, QTimer

from engine.asking.too_large import too_large
from engine.at_hand import work_out
from engine.moment import Moment
from engine.narration import Narration, narrate
from gui.background import beside
from gui.panels.formula import SIZE
from gui.panels.tex import Setting
from gui.panels.typesetting import typesetter

STEPS = 12
"""How many steps ahead; then playing never waits for a formula."""

PAUSE = 16
"""Milliseconds before each step, for a frame to be painted."""


class LookAhead(QObject):
    """Prepares the formulas of the next steps, one step each time there is nothing else to do.

    Steps of very large arrays are put together on the thread beside the window.
    """

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._coming: Iterator[Moment] = iter(())
        self._work: Future[Narration] | None = None
        self._idle = QTimer(self, interval=PAUSE)
        self._idle.timeout.connect(self._prepare)

    def look_from(self, moment: Moment) -> None:
        """Prepare what comes after a moment, and forget what was to be prepared."""
        recording, first = moment.recording, moment.cursor + 1
        last = min(first + STEPS, len(recording))
        self._coming = (Moment(recording, cursor) for cursor in range(first, last))
        self._idle.start()

    def _prepare(self) -> None:
        if self._work is not None and not self._work.done():
            return
        work, self._work = self._work, None  # first, or what went wrong would be told for ever
        told = None if work is None else work.result()
        moment = next(self._coming, None)
        if moment is None:
            self._idle.stop()
        elif too_large(moment.recording):
            # To put such a step together takes longer than a frame.
            self._work = beside(partial(_worked_out, moment))
        else:
            told = narrate(moment)
        for line in told.lines if told is not None else ():
            typesetter().prepare(Setting(line.tex, SIZE))


def _worked_out(moment: Moment) -> Narration:
    work_out(moment)
    return narrate(moment)
