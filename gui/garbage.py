"""Collecting garbage on the window's thread alone.

Python collects garbage on whatever thread happens to make an object. What Qt holds must be taken
down on the window's: a timer that another thread deletes stays in the list of timers, and the next
tick goes to where it was. So Python is told not to collect by itself, and this does it, between
two frames. Young objects are looked at whenever there are many. To look at all there are takes as
long as ten frames where a large graph is open, and waits until nobody would notice.
"""

from __future__ import annotations

import gc
from collections.abc import Callable
from time import monotonic

from PySide6.QtCore import QCoreApplication, QEvent, QObject, QTimer
from PySide6.QtGui import QGuiApplication, QWindow

OFTEN = 50
"""Milliseconds between two looks."""

SELDOM = 20.0
"""Seconds at least between two looks at all objects there are."""

REST, STILL = 3.0, 0.1
"""Seconds without a touch of mouse or keys, and without a frame, after which nobody would notice
such a look: who reads, or is away."""

PATIENCE = 300.0
"""Seconds after which there is one even so, for the sake of memory."""

OLDEST = 2
"""The generation that is all objects there are."""

TOUCHES = frozenset(
    (
        QEvent.Type.MouseMove,
        QEvent.Type.MouseButtonPress,
        QEvent.Type.MouseButtonRelease,
        QEvent.Type.Wheel,
        QEvent.Type.KeyPress,
        QEvent.Type.KeyRelease,
        QEvent.Type.TouchUpdate,
        QEvent.Type.NativeGesture,
    )
)


class Collector(QObject):
    """Collects as often as Python would, as long as it lives and there is an event loop.

    Parameters
    ----------
    parent
        What it lives as long as.
    clock
        Seconds that only grow; tests bring their own.
    """

    def __init__(self, parent: QObject, clock: Callable[[], float] = monotonic) -> None:
        super().__init__(parent)
        gc.disable()
        self._clock = clock
        self._full_at = clock()
        self._touched_at = self._painted_at = float("-inf")
        self._often = QTimer(self, interval=OFTEN)
        self._often.timeout.connect(self.collect)
        self._often.start()
        app = QGuiApplication.instance()
        if isinstance(app, QGuiApplication):
            app.focusWindowChanged.connect(self._follow)

    def collect(self) -> None:
        """Collect what is due."""
        generation = self._due()
        if generation is not None:
            gc.collect(generation)
        if generation == OLDEST:
            self._full_at = self._clock()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take note of when the window was touched and painted last."""
        if event.type() in TOUCHES:
            self._touched_at = self._clock()
        elif event.type() is QEvent.Type.UpdateRequest:
            self._painted_at = self._clock()
        return super().eventFilter(watched, event)

    def _follow(self, window: QWindow | None) -> None:
        """Watch the window that has the keyboard now, besides those that had it before."""
        if window is not None:
            window.installEventFilter(self)

    def _due(self) -> int | None:
        """Tell which generation is to be collected; None if there is too little to be found."""
        counts, limits = gc.get_count(), gc.get_threshold()
        if counts[0] <= limits[0]:
            return None
        if counts[1] <= limits[1]:
            return 0
        return OLDEST if counts[2] > limits[2] and self._may_take_long() else 1

    def _may_take_long(self) -> bool:
        now = self._clock()
        since = now - self._full_at
        if since > PATIENCE:
            return True
        is_at_rest = now - self._touched_at > REST and now - self._painted_at > STILL
        return since > SELDOM and is_at_rest


def collect_due() -> None:
    """Collect what is due, in long work on the window's thread that no event loop interrupts."""
    app = QCoreApplication.instance()
    for collector in app.findChildren(Collector) if app is not None else ():
        collector.collect()
