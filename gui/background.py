"""Work that would keep the window from answering, done on a thread beside it."""

from __future__ import annotations

import gc
import sys
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TypeVar

from PySide6.QtCore import QTimer

Result = TypeVar("Result")

RUNNER = ThreadPoolExecutor(1, "gradwalk-work")
"""One piece of work at a time: two would only slow each other and the window down."""


SHORT_TURN = 0.0005
"""Seconds after which work lets the window's thread go on.

A frame asks for its turn many times, and Python's own 5 ms for each would add up to a window that
stands still.
"""

REST = 20
"""Milliseconds between two looks whether all work is done."""

MUCH = 50_000
"""New objects from which garbage is collected while work goes on."""

_at_work: list[Future] = []  # type: ignore[type-arg] # of any result


def beside(work: Callable[[], Result], thread: ThreadPoolExecutor = RUNNER) -> Future[Result]:
    """Begin a piece of work on a thread; it may touch nothing of Qt.

    Python collects garbage on whatever thread happens to make an object, and what Qt holds must
    not be taken down but on the window's. So as long as there is work, garbage is collected
    nowhere else; not even at the end of the work, which is still on its thread.
    """
    if not _at_work and gc.isenabled():
        gc.disable()
        QTimer.singleShot(REST, _collect_again)
    future = thread.submit(_in_short_turns, work)
    _at_work.append(future)
    return future


def _collect_again() -> None:
    """Let Python collect garbage as it likes, once the threads have rested for a while."""
    if not _at_work:
        gc.enable()
        return
    _at_work[:] = [future for future in _at_work if not future.done()]
    if gc.get_count()[0] > MUCH:
        gc.collect(1)
    QTimer.singleShot(REST, _collect_again)


def _in_short_turns(work: Callable[[], Result]) -> Result:
    """Work; the length of a turn stays set, since it counts only while two threads want to run."""
    sys.setswitchinterval(SHORT_TURN)
    return work()
