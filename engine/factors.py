"""The chain rule along a chain, as far as the walk has come."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import overload

from engine.moment import Moment
from engine.recording import BackwardStep
from engine.variable import Array


@dataclass(frozen=True, slots=True)
class Factor:
    """One factor of the chain rule along a chain.

    Attributes
    ----------
    top, bottom
        Names of the Variables: ∂top/∂bottom.
    value
        The local derivative; None until the walk reaches it.
    active
        Whether the cursor stands on it.
    """

    top: str
    bottom: str
    value: Array | None
    active: bool


class Factors(Sequence[Factor]):
    """The factors of the chain rule along a chain, each put together when it is looked at."""

    def __init__(self, moment: Moment) -> None:
        self._moment = moment
        course = moment.recording.course
        # Only the last of a chain can have nobody to pass its gradient on to.
        self._length = len(course.popped)
        while self._length and not course.receiving[course.popped[self._length - 1]]:
            self._length -= 1

    def __len__(self) -> int:
        return self._length

    @overload
    def __getitem__(self, index: int) -> Factor: ...

    @overload
    def __getitem__(self, index: slice) -> tuple[Factor, ...]: ...

    def __getitem__(self, index: int | slice) -> Factor | tuple[Factor, ...]:
        if isinstance(index, slice):
            return tuple(self[at] for at in range(*index.indices(len(self))))
        at = range(len(self))[index]
        recording, cursor = self._moment.recording, self._moment.cursor
        place = recording.turn + 1 + at
        step = recording.steps[place]
        assert isinstance(step, BackwardStep)  # noqa: S101 - as the course has it
        (part,) = step.contributions
        return Factor(
            recording.blocks[step.block].name,
            recording.blocks[part.wire.source].name,
            part.local if place <= cursor else None,
            place == cursor,
        )
