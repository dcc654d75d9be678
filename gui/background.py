"""Work that would keep the window from answering, done on a thread beside it."""

from __future__ import annotations

import sys
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TypeVar

Result = TypeVar("Result")

RUNNER = ThreadPoolExecutor(1, "gradwalk-work")
"""One piece of work at a time: two would only slow each other and the window down."""


SHORT_TURN = 0.0005
"""Seconds after which work lets the window's thread go on.

A frame asks for its turn many times, and Python's own 5 ms for each would add up to a window that
stands still.
"""


def beside(work: Callable[[], Result], thread: ThreadPoolExecutor = RUNNER) -> Future[Result]:
    """Begin a piece of work on a thread; it may touch nothing of Qt."""
    return thread.submit(_in_short_turns, work)


def _in_short_turns(work: Callable[[], Result]) -> Result:
    """Work; the length of a turn stays set, since it counts only while two threads want to run."""
    sys.setswitchinterval(SHORT_TURN)
    return work()
