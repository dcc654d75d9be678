"""Work that would keep the window from answering, done on a thread beside it."""

from __future__ import annotations

import gc
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TypeVar

Result = TypeVar("Result")

RUNNER = ThreadPoolExecutor(1, "gradwalk-work")
"""One piece of work at a time: two would only slow each other and the window down."""


def beside(work: Callable[[], Result]) -> Future[Result]:
    """Begin a piece of work on the thread; it may touch nothing of Qt."""
    return RUNNER.submit(uncollected, work)


def uncollected(work: Callable[[], Result]) -> Result:
    """Work without collecting garbage: what Qt holds must not be taken down on this thread."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        return work()
    finally:
        if was_on:
            gc.enable()
