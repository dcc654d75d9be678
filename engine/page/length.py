"""How long a walk may be that is put on a page."""

from __future__ import annotations

from engine.errors import CodeError
from engine.recording import Recording

MOST_STEPS = 2000
"""Steps of a page; with more of them a browser would take long over each."""


def check_length(recording: Recording) -> None:
    """Raise the reason why there can be no page of a walk; return if there can.

    Raises
    ------
    CodeError
        If the walk has no steps, or more than a page can hold.
    """
    count = len(recording)
    if not count:
        raise CodeError("There is nothing to walk yet, so there is no page of it.")
    if count > MOST_STEPS:
        raise CodeError(f"This walk has {count:,} steps; {MOST_STEPS:,} is the most for a page.")
