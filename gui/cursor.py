"""The cursor of a walk: which moment of which recording is to be seen."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject, Signal

from engine.at_hand import is_at_hand
from engine.moment import Moment
from engine.phases import Grain, rests
from engine.recording import BackwardStep, ForwardStep, Recording
from gui.pointed import PointedElement


class Cursor(QObject):
    """Where the walk is, and where it may stop.

    Parameters
    ----------
    recording
        The first recording to stand in.

    Attributes
    ----------
    works_out
        Whether somebody works out moments that are not at hand; until that is done, the walk stays
        where it is.
    awaited
        The moment that is being worked out; None if none is.
    grain
        How far one step on goes.
    waits_before
        Tells of a step whether the walk waits before it is shown; None if it never does.
    pointed
        Which element of an array is pointed at.
    stops_at
        Gives the steps, in order, that stepping and playing stop at; None if that is all of them.

    Signals
    -------
    moved
        The moment is another one.
    recording_changed
        There is another recording; `moved` follows.
    awaited_changed
        Another moment is waited for, or none any more.
    """

    moved = Signal()
    recording_changed = Signal()
    awaited_changed = Signal()

    def __init__(self, recording: Recording) -> None:
        super().__init__()
        self._moment = Moment(recording)
        self.works_out = False
        self.awaited: Moment | None = None
        self.grain: Grain = "block"
        self.waits_before: Callable[[Moment], bool] | None = None
        self.stops_at: Callable[[], Sequence[int] | None] | None = None
        self.pointed = PointedElement()

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
    def at_end(self) -> bool:
        """Whether everything has been shown."""
        return self._moment.cursor >= self.last and self._moment.phase >= 1

    # Where it may stop

    def _stops(self) -> Sequence[int]:
        """Give the steps that it stops at: all, unless it steps over some."""
        stops = self.stops_at() if self.stops_at is not None else None
        return range(self.last + 1) if stops is None else stops

    def _stops_after(self) -> Sequence[int]:
        stops = self._stops()
        return stops[bisect_right(stops, self._moment.cursor) :]

    def _waits_at(self, cursor: int) -> bool:
        if self.waits_before is None:
            return False
        # What is still to be worked out may have something to ask.
        return not self._is_at_hand(cursor) or self.waits_before(Moment(self.recording, cursor))

    def _rests(self, cursor: int, grain: Grain | None) -> tuple[float, ...]:
        steps, chain = self.recording.steps, self.recording.course.is_chain
        there = cursor < len(steps) and self._is_at_hand(cursor)
        return rests(steps[cursor] if there else None, grain or self.grain, chain=chain)

    def _is_at_hand(self, cursor: int) -> bool:
        return not self.works_out or is_at_hand(Moment(self.recording, cursor))

    # Going there

    def _go(self, cursor: int, phase: float) -> None:
        self._come_to(Moment(self.recording, cursor, phase))

    def _come_to(self, moment: Moment) -> None:
        """Show a moment, at once if it is at hand."""
        before = self._moment
        is_here = (before.recording, before.cursor) == (moment.recording, moment.cursor)
        if self.works_out and not is_here and not is_at_hand(moment):
            self._await(moment)
            return
        self._await(None)
        self._moment = moment
        if before.recording is not moment.recording:
            self.recording_changed.emit()
        if before != moment:
            self.moved.emit()

    def _await(self, moment: Moment | None) -> None:
        if moment != self.awaited:
            self.awaited = moment
            self.awaited_changed.emit()


def same_place(moment: Moment, recording: Recording) -> int:
    """Find the step of a new recording that stands where an old one's cursor stood."""
    step, last = moment.step, max(len(recording) - 1, 0)
    if step is None:
        return 0
    course, block = recording.course, step.block
    found: int | None
    match step:
        case ForwardStep():
            found = course.value_steps.get(block)
        case BackwardStep():
            found = course.backward_steps.get(block)
        case _:
            found = course.turn if course.target == block else None
    if found is not None:
        return found
    return min(moment.cursor, last)
