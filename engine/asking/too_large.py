"""Which recordings are too large for a question that runs a graph again while a person waits."""

from __future__ import annotations

from engine.recording import Recording
from engine.wording import WAITING

MOST = 300_000
"""Elements of all values together up to which a page runs a graph again at once."""


def too_large(recording: Recording) -> str | None:
    """Say that a run is too large to be run again at once, or not there yet; None if neither."""
    if recording.is_waiting:
        return WAITING
    count = recording.elements
    if count <= MOST:
        return None
    return (
        f"The arrays of this graph have {count:,} elements in all. To answer this it is run again "
        f"and again, and that is done up to {MOST:,}: try it on smaller arrays first."
    )
