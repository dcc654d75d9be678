"""Collecting garbage on the window's thread alone.

Python collects garbage on whatever thread happens to make an object. What Qt holds must be taken
down on the window's: a timer that another thread deletes stays in the list of timers, and the next
tick goes to where it was. So Python is told not to collect by itself, and this does it, between
two frames.
"""

from __future__ import annotations

import gc
from time import monotonic

from PySide6.QtCore import QCoreApplication, QObject, QTimer

OFTEN = 50
"""Milliseconds between two looks."""

SELDOM = 20.0
"""Seconds at least between two looks at all objects there are, which costs a frame or more."""


OLDEST = 2
"""The generation that is all objects there are."""


class Collector(QObject):
    """Collects as often as Python would, as long as it lives and there is an event loop."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        gc.disable()
        self._full_at = monotonic()
        self._clock = QTimer(self, interval=OFTEN)
        self._clock.timeout.connect(self.collect)
        self._clock.start()

    def collect(self) -> None:
        """Collect what is due."""
        generation = self._due()
        if generation is not None:
            gc.collect(generation)
        if generation == OLDEST:
            self._full_at = monotonic()

    def _due(self) -> int | None:
        """Tell which generation is to be collected; None if there is too little to be found."""
        counts, limits = gc.get_count(), gc.get_threshold()
        if counts[0] <= limits[0]:
            return None
        if counts[1] <= limits[1]:
            return 0
        return OLDEST if counts[2] > limits[2] and monotonic() - self._full_at > SELDOM else 1


def collect_due() -> None:
    """Collect what is due, in long work on the window's thread that no event loop interrupts."""
    app = QCoreApplication.instance()
    for collector in app.findChildren(Collector) if app is not None else ():
        collector.collect()
