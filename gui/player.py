"""The player: a cursor over a recording. It moves in time and paints nothing."""

from __future__ import annotations

import math
import time
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject, Qt, QTimer, Signal

from engine.moment import Moment
from engine.recording import Recording

FRAME = 16
"""Milliseconds between two frames while something moves."""

SPEEDS = (0.25, 0.5, 1.0, 2.0, 4.0, 8.0, 16.0, 32.0, float("inf"))
"""Steps a second that can be chosen; the last is at once."""

ONE_STEP = 0.7
"""Seconds that a single step takes to be shown, if playing would not be quicker."""


class Player(QObject):
    """Where the walk is, and how it goes on.

    Parameters
    ----------
    recording
        The first recording to stand in.
    clock
        Seconds that only grow; tests bring their own.

    Attributes
    ----------
    reduced_motion
        Whether a step is shown at once instead of letting it travel.
    waits_before
        Tells of a step whether the walk waits before it is shown; None if it never does.
    stops_at
        Gives the steps, in order, that stepping and playing stop at; None if that is all of them.

    Signals
    -------
    moved
        The moment is another one.
    recording_changed
        There is another recording; `moved` follows.
    playing_changed
        It started or stopped to play.
    speed_changed
        Another speed was chosen.
    """

    moved = Signal()
    recording_changed = Signal()
    playing_changed = Signal(bool)
    speed_changed = Signal(float)

    def __init__(
        self, recording: Recording, clock: Callable[[], float] = time.perf_counter
    ) -> None:
        super().__init__()
        self._moment = Moment(recording)
        self._clock = clock
        self._last = 0.0
        self._speed = 1.0
        self._elapsed = 1.0
        self._until: int | None = None
        self.reduced_motion = False
        self.waits_before: Callable[[Moment], bool] | None = None
        self.stops_at: Callable[[], Sequence[int] | None] | None = None
        self._timer = QTimer(self, interval=FRAME)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self.advance)

    @property
    def moment(self) -> Moment:
        """What is to be seen."""
        return self._moment

    @property
    def recording(self) -> Recording:
        """What is being walked."""
        return self._moment.recording

    @property
    def last(self) -> int:
        """The last place of the cursor."""
        return max(len(self.recording) - 1, 0)

    @property
    def playing(self) -> bool:
        """Whether it plays on by itself."""
        return self._timer.isActive() and self._until is None

    @property
    def waiting(self) -> bool:
        """Whether the step under the cursor is still hidden, until somebody reveals it."""
        return self.waits_before is not None and self._moment.phase == 0 and not self.moving

    @property
    def moving(self) -> bool:
        """Whether time moves it on, to the next step or to the end."""
        return self._timer.isActive()

    @property
    def at_end(self) -> bool:
        """Whether everything has been shown."""
        return self._moment.cursor >= self.last and self._moment.phase >= 1

    @property
    def speed(self) -> float:
        """Steps a second; infinite for at once."""
        return self._speed

    def set_speed(self, speed: float) -> None:
        """Choose how many steps a second are played."""
        self._speed = speed
        self.speed_changed.emit(speed)

    def set_recording(self, recording: Recording) -> None:
        """Stand in another recording, at the same place of the walk if it has one."""
        cursor = _same_place(self._moment, recording)
        self._moment = Moment(recording, cursor, self._moment.phase)
        if self._until is not None:
            self._until = cursor
        self.recording_changed.emit()
        self.moved.emit()

    def stand_in(self, moment: Moment) -> None:
        """Go to a moment of another recording, that of another document."""
        self._stop()
        self._moment = moment
        self.recording_changed.emit()
        self.moved.emit()

    def toggle(self) -> None:
        """Play, or stop where it is."""
        if self.playing:
            self.pause()
        else:
            self.play()

    def play(self) -> None:
        """Play from here; from the start if the end was reached."""
        if not self.recording.steps:
            return
        if self.waiting:
            self.reveal()
            return
        if self.at_end:
            self._go(0, 0.0)
        self._run(None)

    def pause(self) -> None:
        """Stop; a step that was on its way is shown whole."""
        self._stop()
        self._go(self._moment.cursor, 1.0)

    def step_on(self) -> None:
        """Show the next step; one that was on its way is shown whole first."""
        if self.waiting:
            self.reveal()
            return
        self._stop()
        cursor = next(iter(self._stops_after()), self.last + 1)
        if cursor > self.last:
            self._go(self.last, 1.0)
        elif self._waits_at(cursor):
            self._go(cursor, 0.0)
        elif self.reduced_motion:
            self._go(cursor, 1.0)
        else:
            self._go(cursor, 0.0)
            self._run(cursor)

    def reveal(self) -> None:
        """Show the step that is waiting."""
        if self.reduced_motion:
            self._go(self._moment.cursor, 1.0)
        else:
            self._run(self._moment.cursor)

    def step_back(self) -> None:
        """Go back to the step before, or to the stop before where not every step is one."""
        stops = self._stops()
        before = bisect_left(stops, self._moment.cursor) - 1
        self.seek(stops[before] if before >= 0 else 0)

    def to_start(self) -> None:
        """Go to the first step."""
        self.seek(0)

    def to_end(self) -> None:
        """Go to the last step."""
        self.seek(self.last)

    def seek(self, cursor: int) -> None:
        """Go to a step and show it whole."""
        self._stop()
        self._go(min(max(cursor, 0), self.last), 1.0)

    def advance(self) -> None:
        """Let the time pass that has passed, if anything moves."""
        if not self._timer.isActive():
            return
        now = self._clock()
        passed, self._last = now - self._last, now
        if self._until is not None:
            rate = max(self._speed, 1 / ONE_STEP)
            self._pass(passed * rate, self._until)
        else:
            at_once = math.isinf(self._speed)
            self._pass(math.inf if at_once else passed * self._speed, self.last)

    def _pass(self, steps: float, until: int) -> None:
        # With reduced motion a step is shown whole at once, and yet stays for its time.
        stops, cursor = self._stops(), self._moment.cursor
        at, end = bisect_right(stops, cursor) - 1, bisect_right(stops, until) - 1
        elapsed = self._elapsed if at >= 0 and stops[at] == cursor else 1.0
        place = min(at + elapsed + steps, end + 1.0)
        coming = stops[at + 1 : int(min(place, end)) + 1]
        wait = next((stop for stop in coming if self._waits_at(stop)), None)
        if wait is not None:
            self._stop()
            self._go(wait, 0.0)
            return
        if place >= end + 1:
            self._stop()
            self._go(until, 1.0)
            return
        whole = int(place)
        self._elapsed = place - whole
        self._go(stops[whole], 1.0 if self.reduced_motion else self._elapsed)

    def _stops(self) -> Sequence[int]:
        """Give the steps that it stops at: all, unless it steps over some."""
        stops = self.stops_at() if self.stops_at is not None else None
        return range(self.last + 1) if stops is None else stops

    def _stops_after(self) -> Sequence[int]:
        stops = self._stops()
        return stops[bisect_right(stops, self._moment.cursor) :]

    def _waits_at(self, cursor: int) -> bool:
        return self.waits_before is not None and self.waits_before(Moment(self.recording, cursor))

    def _run(self, until: int | None) -> None:
        was_playing = self.playing
        self._until = until
        self._elapsed = self._moment.phase
        self._last = self._clock()
        self._timer.start()
        if self.playing != was_playing:
            self.playing_changed.emit(self.playing)

    def _stop(self) -> None:
        was_playing = self.playing
        self._timer.stop()
        self._until = None
        if was_playing:
            self.playing_changed.emit(False)  # noqa: FBT003 - a signal takes no keywords

    def _go(self, cursor: int, phase: float) -> None:
        if (cursor, phase) != (self._moment.cursor, self._moment.phase):
            self._moment = Moment(self.recording, cursor, phase)
            self.moved.emit()


def _same_place(moment: Moment, recording: Recording) -> int:
    """Find the step of a new recording that stands where an old one's cursor stood."""
    step, last = moment.step, max(len(recording) - 1, 0)
    if step is None:
        return 0
    for cursor, other in enumerate(recording.steps):
        if other.block == step.block and type(other) is type(step):
            return cursor
    return min(moment.cursor, last)
