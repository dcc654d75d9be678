"""Opening a large file: it is read beside the window, which goes on to answer."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from engine.document import Change, Document
from engine.files import size_on_disk
from engine.recording import Recording
from engine.storage import load_with_digest
from gui.canvas.level import LevelAhead
from gui.canvas.seen import Seen, look
from gui.errands import Errand, Reach
from gui.garbage import collecting_waits
from gui.recorder import run_of
from gui.rehearsal import Rehearsal

LARGE_FILE = 200_000
"""Bytes from which a file is read beside the window; smaller ones are there within a blink."""


def is_large(path: Path) -> bool:
    """Tell whether reading a file would keep the window from answering."""
    return size_on_disk(path) >= LARGE_FILE


@dataclass(frozen=True, slots=True)
class Read:
    """All that is known of a document that was got ready beside the window.

    Attributes
    ----------
    document, recording
        What it holds, and the run of it.
    folding
        The changes that folded a graph too large to be seen as a whole.
    seen
        What of it is seen then; good for one canvas, which goes on with it.
    digest
        What its file can be known again by, if it has one.
    """

    document: Document
    recording: Recording
    folding: tuple[Change, ...]
    seen: Seen
    digest: str | None = None


def opening(
    path: Path,
    take: Callable[[Read], None],
    fail: Callable[[str], None],
    given_up: Callable[[], None],
) -> Errand[Read]:
    """Give the errand that opens a file."""
    stages = tuple(f"{stage} {path.name} …" for stage in ("Reading", "Folding", "Running"))
    return Errand("Opening a file", stages, partial(_read, path), take, fail, given_up)


def _read(path: Path, reach: Reach) -> Read:
    with collecting_waits():
        document, digest = load_with_digest(path)
    return got_ready(document, reach, 1, digest)


def got_ready(document: Document, reach: Reach, stage: int, digest: str | None = None) -> Read:
    """Fold and run a document, and work out what is seen of it: all that opening it takes.

    Parameters
    ----------
    stage
        The number of the stage in which it is folded; in the next one it is run.
    """
    reach(stage, 0.0)
    from gui.levels import fold_large  # noqa: PLC0415 - networkx, only for a large graph

    folding = fold_large(document)
    reach(stage + 1, 0.0)
    recording = run_of(document)
    reach(stage + 1, 0.8)
    document.apply(folding)
    held = Rehearsal(document, recording, None, None)
    level = LevelAhead(held, None, recording)
    seen = look(level)
    for each in (level, held):
        each.let_go()
    return Read(document, recording, folding, seen, digest)
