"""How far something is, and how long it will still take, in words."""

from __future__ import annotations

import time
from collections.abc import Callable

LEAST = 0.4
"""Seconds after which there is enough to go by for an estimate."""


FRAMES = "Frame {done:,} of {total:,}"
PAGES = "Page {done:,} of {total:,}"
PERCENT = "{done} percent"


class Progress:
    """Tells how far a picture is, or a film, or a row of pages.

    Parameters
    ----------
    total
        How many frames there will be.
    words
        What is said of it, with `{done}` and `{total}` in it.
    clock
        Seconds that only grow; tests bring their own.

    Examples
    --------
    >>> seconds = iter([0.0, 10.0])
    >>> Progress(60, clock=lambda: next(seconds)).words(20)
    'Frame 20 of 60, about 20 s left'
    """

    def __init__(
        self, total: int, words: str = FRAMES, clock: Callable[[], float] = time.perf_counter
    ) -> None:
        self.total = total
        self._words = words
        self._clock = clock
        self._began = clock()

    def words(self, done: int) -> str:
        """Say how far it is after so many frames."""
        said = self._words.format(done=done, total=self.total)
        passed = self._clock() - self._began
        if passed < LEAST or not 0 < done < self.total:
            return said
        left = passed / done * (self.total - done)
        return f"{said}, about {duration(left)} left"


def duration(seconds: float) -> str:
    """Write a time as a person would.

    Examples
    --------
    >>> duration(0.2), duration(59.6), duration(125), duration(7260)
    ('1 s', '1 min', '2 min', '2 h 1 min')
    """
    whole = max(round(seconds), 1)
    if whole < 60:  # noqa: PLR2004 - a minute
        return f"{whole} s"
    minutes = round(seconds / 60)
    if minutes < 60:  # noqa: PLR2004 - an hour
        return f"{minutes} min"
    return f"{minutes // 60} h {minutes % 60} min"
