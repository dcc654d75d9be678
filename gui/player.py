"""The player: it moves the cursor of a walk, at once or in time, and paints nothing."""

from __future__ import annotations

import math
import time
from bisect import bisect_left, bisect_right
from collections.abc import Callable

from PySide6.QtCore import Qt, QTimer, Signal

from engine.moment import Moment
from engine.phases import Grain
from engine.recording import Recording
from gui.cursor import Cursor, same_place

FRAME = 16
"""Milliseconds between two frames while something moves."""

SPEEDS = (0.1, 0.25, 0.5, 1.0, 2.0, 4.0, 8.0, 16.0, 32.0, 50.0, float("inf"))
"""Steps a second that can be chosen; the last is at once."""

ONE_STEP = 0.7
"""Seconds that a single step takes to be shown, if playing would not be quicker."""


class Player(Cursor):
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

    Signals
    -------
    playing_changed
        It started or stopped to play.
    speed_changed
        Another speed was chosen.
    loop_changed
        Another part of the walk is played over and over, or none is any more.
    """

    playing_changed = Signal(bool)
    speed_changed = Signal(float)
    loop_changed = Signal()

    def __init__(
        self, recording: Recording, clock: Callable[[], float] = time.perf_counter
    ) -> None:
        super().__init__(recording)
        self._clock = clock
        self._last = 0.0
        self._speed = 1.0
        self._elapsed = 1.0
        self._until: int | None = None
        self._phase_wanted = 1.0
        self._loop: tuple[int, int] | None = None
        self.reduced_motion = False
        self._timer = QTimer(self, interval=FRAME)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self.advance)

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
    def speed(self) -> float:
        """Steps a second; infinite for at once."""
        return self._speed

    def set_speed(self, speed: float) -> None:
        """Choose how many steps a second are played."""
        self._speed = speed
        self.speed_changed.emit(speed)

    @property
    def loop(self) -> tuple[int, int] | None:
        """First and last step of what is played over and over; None if nothing is."""
        if self._loop is None:
            return None
        first, last = self._loop
        return min(first, self.last), min(last, self.last)

    def set_loop(self, loop: tuple[int, int] | None) -> None:
        """Play a part of the walk over and over, or no longer."""
        self._loop = None if loop is None else (min(loop), max(loop))
        self.loop_changed.emit()

    def set_recording(self, recording: Recording) -> None:
        """Stand in another recording, at the same place of the walk if it has one."""
        moment = self.awaited or self._moment
        cursor = same_place(moment, recording)
        if self._until is not None:
            self._until = cursor
        self._come_to(Moment(recording, cursor, moment.phase))

    def stand_in(self, moment: Moment) -> None:
        """Go to a moment of another recording, that of another document."""
        self._stop()
        self._await(None)
        self.pointed.point(None)
        self._moment = moment
        self.recording_changed.emit()
        self.moved.emit()

    def come(self) -> None:
        """Go to the moment that was waited for, which is at hand now."""
        moment = self.awaited
        if moment is None:
            return
        if moment.phase == 0 and self.waits_before is not None and self.waits_before(moment):
            self._stop()
        self._come_to(moment)

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
        loop = self.loop
        if loop is not None and not loop[0] <= self._moment.cursor <= loop[1]:
            self._go(loop[0], 0.0)
        elif self.at_end:
            self._go(0, 0.0)
        self._run(None)

    def pause(self) -> None:
        """Stop; a step that was on its way is shown whole."""
        self._stop()
        self._go(self._moment.cursor, 1.0)

    def step_on(self, grain: Grain | None = None) -> None:
        """Go on to where the next step ends; one that was on its way is shown whole first.

        Parameters
        ----------
        grain
            How far that is; without it, as `grain` of the player has it.
        """
        if self.waiting:
            self.reveal()
            return
        cursor, reached = self._moment.cursor, self._moment.phase
        if self.moving:  # what is on its way counts as shown
            reached = 1.0 if self._until is None else self._phase_wanted
        self._stop()
        within = [phase for phase in self._rests(cursor, grain) if phase > reached]
        if within:
            self._show(cursor, within[0])
            return
        cursor = next(iter(self._stops_after()), self.last + 1)
        if cursor > self.last:
            self._go(self.last, 1.0)
        elif self.waits_before is not None and not self._is_at_hand(cursor):
            # Whether it waits there is known once that is there.
            self._go(cursor, 0.0)
            self._run(cursor, self._rests(cursor, grain)[0])
        elif self._waits_at(cursor):
            self._go(cursor, 0.0)
        else:
            if not self.reduced_motion:
                self._go(cursor, 0.0)
            self._show(cursor, self._rests(cursor, grain)[0])

    def _show(self, cursor: int, phase: float) -> None:
        if self.reduced_motion or phase == 0:
            self._go(cursor, phase)
        else:
            self._run(cursor, phase)

    def reveal(self) -> None:
        """Show the step that is waiting."""
        if self.reduced_motion:
            self._go(self._moment.cursor, 1.0)
        else:
            self._run(self._moment.cursor)

    def step_back(self, grain: Grain | None = None) -> None:
        """Go back to where the step before ended; steps that are stepped over are no stop."""
        moment = self._moment
        within = [p for p in self._rests(moment.cursor, grain) if p < moment.phase]
        if within:
            self._stop()
            self._go(moment.cursor, within[-1])
            return
        stops = self._stops()
        before = bisect_left(stops, moment.cursor) - 1
        cursor = stops[before] if before >= 0 else 0
        self._stop()
        self._go(cursor, self._rests(cursor, grain)[-1] if cursor != moment.cursor else 1.0)

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

    def show(self, cursor: int, phase: float) -> None:
        """Go to a place within a step, from which it does not go on by itself."""
        self._stop()
        self._go(min(max(cursor, 0), self.last), phase)

    def advance(self) -> None:
        """Let the time pass that has passed, if anything moves."""
        if not self._timer.isActive():
            return
        now = self._clock()
        passed, self._last = now - self._last, now
        if self.awaited is not None:
            return
        if self._until is not None:
            rate = max(self._speed, 1 / ONE_STEP)
            self._pass(passed * rate, self._until)
        else:
            at_once = math.isinf(self._speed)
            until = self.last if self.loop is None else self.loop[1]
            self._pass(math.inf if at_once else passed * self._speed, until)

    def _pass(self, steps: float, until: int) -> None:
        # With reduced motion a step is shown whole at once, and yet stays for its time.
        stops, cursor = self._stops(), self._moment.cursor
        at, end = bisect_right(stops, cursor) - 1, bisect_right(stops, until) - 1
        elapsed = self._elapsed if at >= 0 and stops[at] == cursor else 1.0
        wanted = self._phase_wanted
        place = min(at + elapsed + steps, end + wanted)
        coming = stops[at + 1 : int(min(place, end)) + 1]
        wait = next((stop for stop in coming if self._waits_at(stop)), None)
        if wait is not None:
            if self._is_at_hand(wait):
                self._stop()
            self._elapsed = 0.0
            self._go(wait, 0.0)
            return
        if place >= end + wanted:
            self._arrive(until, wanted)
            return
        whole = int(place)
        self._elapsed = place - whole
        self._go(stops[whole], 1.0 if self.reduced_motion else self._elapsed)

    def _arrive(self, cursor: int, phase: float) -> None:
        """End where it was to go, or begin again where it is played over and over."""
        if self.loop is not None and self._until is None:
            self._elapsed = 0.0
            self._go(self.loop[0], 0.0)
            return
        self._stop()
        self._go(cursor, phase)

    def _run(self, until: int | None, phase: float = 1.0) -> None:
        was_playing = self.playing
        self._until, self._phase_wanted = until, phase
        self._elapsed = (self.awaited or self._moment).phase
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
