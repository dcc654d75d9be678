"""Work that would keep the window from answering, done on a thread beside it."""

from __future__ import annotations

import gc
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


def beside(work: Callable[[], Result]) -> Future[Result]:
    """Begin a piece of work on the thread; it may touch nothing of Qt."""
    return RUNNER.submit(uncollected, work)


def uncollected(work: Callable[[], Result]) -> Result:
    """Work in short turns, without collecting garbage.

    What Qt holds must not be taken down on this thread. The length of a turn stays set: it counts
    only while two threads want to run.
    """
    sys.setswitchinterval(SHORT_TURN)
    was_on = gc.isenabled()
    gc.disable()
    try:
        return work()
    finally:
        if was_on:
            gc.enable()
