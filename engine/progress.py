"""How far long work is: told to whoever wants to know, who may end it by raising an exception."""

from __future__ import annotations

from collections.abc import Callable

Progress = Callable[[float], None]
"""Takes how much is done, from 0 to 1."""


Watch = Callable[[int], None]
"""Takes the number of elements of each value of a run, as soon as there is one, and 0 for each step
back."""


def unheeded(_share: float) -> None:
    """Take no note of it."""


def part(progress: Progress, start: float, stop: float) -> Progress:
    """Give the progress of a part, which goes from one share of the whole to another.

    Examples
    --------
    >>> part(print, 0.25, 0.75)(0.5)
    0.5
    """

    def told(share: float) -> None:
        progress(start + (stop - start) * share)

    return told
