"""Waiting for something to be so, and never for time to pass."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TypeVar

Found = TypeVar("Found")

PATIENCE = 20.0
"""Seconds after which something will not be so any more, on the slowest machine."""

PAUSE = 0.02


def until(condition: Callable[[], Found], what: str, patience: float = PATIENCE) -> Found:
    """Ask again and again until the answer is true; give that answer."""
    deadline = time.monotonic() + patience
    while True:
        found = condition()
        if found:
            return found
        if time.monotonic() > deadline:
            raise AssertionError(f"waited {patience:g} s in vain until {what}")
        time.sleep(PAUSE)
