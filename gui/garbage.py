"""Collecting garbage on the window's thread alone.

Python collects garbage on whatever thread happens to make an object. What Qt holds must be taken
down on the window's: a timer that another thread deletes stays in the list of timers, and the next
tick goes to where it was. So Python is told not to collect by itself, and this does it, between
two frames. Young objects are looked at whenever there are many. To look at all there are takes as
long as four frames where a large graph is open, though next to nothing of it is garbage as long as
it is open. So what large work makes, and what a look has left, is set aside, and looked at again
only once a document has gone, or much has been set aside, and nobody would notice.
"""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from time import monotonic

from PySide6.QtCore import QCoreApplication, QEvent, QObject, QTimer
from PySide6.QtGui import QGuiApplication, QWindow

OFTEN = 50
"""Milliseconds between two looks."""

SELDOM = 60.0
"""Seconds at least between two looks at all objects that are not set aside."""

REST, STILL = 3.0, 0.1
"""Seconds without a touch of mouse or keys, and without a frame, after which nobody would notice
such a look: who reads, or is away."""

PATIENCE = 300.0
"""Seconds after which there is one even so, for the sake of memory."""

AWAY = 20.0
"""Seconds without a touch after which nobody is there, and what is set aside may be looked at."""

MANY = 20_000
"""Young objects that only large work makes, nearly all of which stay: to look at so many takes as
long as a frame or more, so they are set aside at once."""

MUCH = 1_000_000
"""Objects set aside after which some of them must be garbage."""

OLDEST = 2
"""The generation that is all objects there are, but for those that are set aside."""

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
        self._aside, self._is_to_thaw = 0, False
        self._often = QTimer(self, interval=OFTEN)
        self._often.timeout.connect(self.collect)
        self._often.start()
        app = QGuiApplication.instance()
        if isinstance(app, QGuiApplication):
            app.focusWindowChanged.connect(self._follow)

    def collect(self) -> None:
        """Collect what is due, unless that has to wait."""
        generation = None if _HOLDS else self._due()
        if generation is None:
            return
        if self._is_to_thaw_now():
            gc.unfreeze()
            self._aside, self._is_to_thaw = 0, False
            generation = OLDEST
        elif gc.get_count()[0] > MANY:
            self._set_aside()
            return
        gc.collect(generation)
        if generation == OLDEST:
            self._full_at = self._clock()
            gc.freeze()

    def thaw(self) -> None:
        """Look at what is set aside, too, when nobody is there: much of it may be garbage now."""
        self._is_to_thaw = True

    def _set_aside(self) -> None:
        """Look at no object that there is now until a look at all."""
        self._aside += gc.get_count()[0]
        self._is_to_thaw |= self._aside > MUCH
        gc.freeze()

    def _is_to_thaw_now(self) -> bool:
        since = self._clock() - self._full_at
        return self._is_to_thaw and (
            since > PATIENCE or (since > SELDOM and self._is_at_rest(AWAY))
        )

    def touch(self) -> None:
        """Take note that somebody is at mouse or keys."""
        self._touched_at = self._clock()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take note of when the window was touched and painted last."""
        if event.type() in TOUCHES:
            self.touch()
        elif event.type() is QEvent.Type.UpdateRequest:
            self._painted_at = self._clock()
        return super().eventFilter(watched, event)

    def _follow(self, window: QWindow | None) -> None:
        """Watch the window that has the keyboard now, besides those that had it before."""
        if window is not None:
            window.installEventFilter(self)

    def _due(self) -> int | None:
        """Tell which generation is to be collected; None if there is too little to be found."""
        over = [
            count > limit for count, limit in zip(gc.get_count(), gc.get_threshold(), strict=True)
        ]
        if self._is_to_thaw_now() or (all(over) and self._may_take_long()):
            return OLDEST
        if not over[0]:
            return None
        return 1 if over[1] else 0

    def _may_take_long(self) -> bool:
        since = self._clock() - self._full_at
        return since > PATIENCE or (since > SELDOM and self._is_at_rest())

    def _is_at_rest(self, rest: float = REST) -> bool:
        """Whether nobody would notice that the window is held up for a moment."""
        now = self._clock()
        return now - self._touched_at > rest and now - self._painted_at > STILL


_HOLDS: set[object] = set()
"""One for each piece of work that collecting waits for."""


@contextmanager
def collecting_waits() -> Iterator[None]:
    """Collect nothing meanwhile, on whatever thread this is.

    What reads or writes ten million numbers has a list of them for a moment, and to look through
    that for garbage, of which there is none, would hold the window up for several frames.
    """
    hold = object()
    _HOLDS.add(hold)
    try:
        yield
    finally:
        _HOLDS.discard(hold)


def thaw() -> None:
    """Tell that something large has gone, such as a document."""
    app = QCoreApplication.instance()
    for collector in app.findChildren(Collector) if app is not None else ():
        collector.thaw()


def collect_due() -> None:
    """Collect what is due, in long work on the window's thread that no event loop interrupts."""
    app = QCoreApplication.instance()
    for collector in app.findChildren(Collector) if app is not None else ():
        collector.collect()
