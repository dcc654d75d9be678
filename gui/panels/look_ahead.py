"""Typesetting the rules of the steps to come while nobody waits for anything."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import QObject, QTimer

from engine.moment import Moment
from engine.narration import narrate
from gui.panels.formula import SIZE
from gui.panels.tex import Setting
from gui.panels.typesetting import typesetter

STEPS = 12
"""How many steps ahead; then playing never waits for a formula."""

PAUSE = 6
"""Milliseconds between two steps, for a frame to be painted."""


class LookAhead(QObject):
    """Prepares the formulas of the next steps, one step each time there is nothing else to do."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._coming: Iterator[Moment] = iter(())
        self._idle = QTimer(self, interval=PAUSE)
        self._idle.timeout.connect(self._prepare)

    def look_from(self, moment: Moment) -> None:
        """Prepare what comes after a moment, and forget what was to be prepared."""
        recording, first = moment.recording, moment.cursor + 1
        last = min(first + STEPS, len(recording))
        self._coming = (Moment(recording, cursor) for cursor in range(first, last))
        self._idle.start()

    def _prepare(self) -> None:
        moment = next(self._coming, None)
        if moment is None:
            self._idle.stop()
            return
        for line in narrate(moment).lines:
            typesetter().prepare(Setting(line.tex, SIZE))
