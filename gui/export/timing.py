"""Which moments a film shows, and each for how long."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from engine.asking.predicting import questions
from engine.errors import PictureError
from engine.moment import Moment
from engine.phases import Grain, rests
from engine.recording import Recording

HOLD = 1.5
"""Seconds that the last frame stays."""

MOST_RATE, MOST_SPEED = 120.0, 100.0
MOST_FRAMES = 100_000


@dataclass(frozen=True, slots=True)
class Pace:
    """How fast a film goes.

    Attributes
    ----------
    rate
        Frames a second.
    speed
        Steps a second.
    """

    rate: float = 20.0
    speed: float = 1.0


class Part(NamedTuple):
    """A part of a step.

    Attributes
    ----------
    cursor
        The step.
    start, end
        From which phase of it to which.
    """

    cursor: int
    start: float
    end: float


@dataclass(frozen=True, slots=True)
class Timing:
    """The frames of a film, worked out as they are asked for.

    Attributes
    ----------
    recording
        The walk.
    parts
        What is shown in the time of a step, one after the other.
    pace
        How fast.
    """

    recording: Recording
    parts: Sequence[Part | int]
    pace: Pace

    def __post_init__(self) -> None:
        """Refuse what cannot be shown.

        Raises
        ------
        PictureError
            With the reason.
        """
        if not 0 < self.pace.rate <= MOST_RATE:
            raise PictureError(f"A film has more than 0 and at most {MOST_RATE:g} frames a second.")
        if not 0 < self.pace.speed <= MOST_SPEED:
            raise PictureError(
                f"A film goes more than 0 and at most {MOST_SPEED:g} steps a second."
            )
        if not self.parts:
            raise PictureError("There is no walk to film yet: place a function first.")
        if len(self) > MOST_FRAMES:
            raise PictureError(
                f"That would be {len(self):,} frames, and {MOST_FRAMES:,} is the most; "
                "take fewer steps, fewer frames a second, or more steps a second."
            )

    def __len__(self) -> int:
        return max(math.ceil(len(self.parts) * self.pace.rate / self.pace.speed - 1e-9), 1)

    @property
    def seconds(self) -> float:
        """How long the film is, with the time that its last frame stays."""
        return len(self) / self.pace.rate + HOLD

    def moment(self, frame: int) -> Moment:
        """Give what one frame shows: what has happened by its end."""
        place = (frame + 1) * self.pace.speed / self.pace.rate
        at = min(math.ceil(place - 1e-9) - 1, len(self.parts) - 1)
        part, share = self.parts[at], min(place - at, 1.0)
        if isinstance(part, int):
            return Moment(self.recording, part, share)
        phase = part.start + (part.end - part.start) * share
        return Moment(self.recording, part.cursor, phase)

    def __iter__(self) -> Iterator[tuple[Moment, float]]:
        """Go through the frames: what each shows, and the seconds that it stays."""
        last = len(self) - 1
        for frame in range(last):
            yield self.moment(frame), 1 / self.pace.rate
        yield self.moment(last), 1 / self.pace.rate + HOLD


def parts_of(
    recording: Recording, stops: Sequence[int], grain: Grain, *, predict: bool = False
) -> Sequence[Part | int]:
    """Give what a film shows in the time of a step: steps whole, or their parts one by one.

    Parameters
    ----------
    predict
        Whether a step that has something to ask stands at its beginning before it is shown.
    """
    if grain == "block" and not predict:
        return stops
    chain, parts = recording.course.is_chain, list[Part | int]()
    for stop in stops:
        start = 0.0
        if predict and questions(Moment(recording, stop)):
            parts.append(Part(stop, 0.0, 0.0))
        for rest in rests(recording.steps[stop], grain, chain=chain):
            parts.append(Part(stop, start, rest))
            start = rest
    *before, last = parts
    return [*before, last._replace(end=1.0) if isinstance(last, Part) else last]


def steps_between(count: int, first: int, last: int) -> range:
    """Give the cursors of a part of a walk, of steps as people count them.

    Raises
    ------
    PictureError
        If the walk has no such steps.
    """
    if not count:
        raise PictureError("There is no walk to show yet: place a function first.")
    if not 1 <= first <= last <= count:
        wanted = f"step {first}" if first == last else f"steps {first} to {last}"
        raise PictureError(f"The walk has no {wanted}: its steps are 1 to {count}.")
    return range(first - 1, last)
