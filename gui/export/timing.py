"""Which moments a film shows, and each for how long."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from engine.errors import PictureError
from engine.moment import Moment
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


@dataclass(frozen=True, slots=True)
class Timing:
    """The frames of a film, worked out as they are asked for.

    Attributes
    ----------
    recording
        The walk.
    stops
        The steps that it stops at, one after the other.
    pace
        How fast.
    """

    recording: Recording
    stops: Sequence[int]
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
        if not self.stops:
            raise PictureError("There is no walk to film yet: place a function first.")
        if len(self) > MOST_FRAMES:
            raise PictureError(
                f"That would be {len(self):,} frames, and {MOST_FRAMES:,} is the most; "
                "take fewer steps, fewer frames a second, or more steps a second."
            )

    def __len__(self) -> int:
        return max(math.ceil(len(self.stops) * self.pace.rate / self.pace.speed - 1e-9), 1)

    @property
    def seconds(self) -> float:
        """How long the film is, with the time that its last frame stays."""
        return len(self) / self.pace.rate + HOLD

    def moment(self, frame: int) -> Moment:
        """Give what one frame shows: what has happened by its end."""
        place = (frame + 1) * self.pace.speed / self.pace.rate
        step = min(math.ceil(place - 1e-9) - 1, len(self.stops) - 1)
        return Moment(self.recording, self.stops[step], min(place - step, 1.0))

    def __iter__(self) -> Iterator[tuple[Moment, float]]:
        """Go through the frames: what each shows, and the seconds that it stays."""
        last = len(self) - 1
        for frame in range(last):
            yield self.moment(frame), 1 / self.pace.rate
        yield self.moment(last), 1 / self.pace.rate + HOLD


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
