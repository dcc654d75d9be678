"""The documents that were closed lately: what it takes to open each of them again."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from engine.document import Document
from gui.document import OpenDocument

MOST_CLOSED = 10
"""Documents that are kept."""


@dataclass(frozen=True, slots=True)
class Closed:
    """One document that was closed.

    Attributes
    ----------
    path
        Its file, if it has one.
    title
        What it was called.
    held
        What it held, where no file holds the same.
    unsaved
        Whether something of it was never saved.
    cursor
        Where its walk was.
    digest
        What its file held when it was last read or saved.
    """

    path: Path | None
    title: str
    held: Document | None
    unsaved: bool
    cursor: int
    digest: str | None = None

    @classmethod
    def of(cls, document: OpenDocument, cursor: int) -> Closed:
        """Keep what it takes to open a document again."""
        is_in_file = document.path is not None and not document.is_modified
        held = None if is_in_file else document.kept()
        unsaved = document.is_modified
        return cls(document.path, document.title, held, unsaved, cursor, document.digest)

    def open(self) -> OpenDocument:
        """Open it again, with what was not saved, even if that was not to be kept.

        Raises
        ------
        DocumentError
            If all there was is in a file, and that cannot be read any more.
        """
        if self.held is None and self.path is not None:
            return OpenDocument.read(self.path)
        document = OpenDocument(self.held, self.path, self.title, digest=self.digest)
        if self.unsaved:
            document.undo_stack.resetClean()
        return document


class ClosedDocuments:
    """What was closed, the last on top, and no more than a few."""

    def __init__(self) -> None:
        self._pile: list[Closed] = []

    def __bool__(self) -> bool:
        return bool(self._pile)

    def put(self, closed: Closed) -> None:
        """Put one on top; an empty one is not worth it."""
        if closed.held is None or len(closed.held.graph):
            self._pile.append(closed)
            del self._pile[:-MOST_CLOSED]

    def take(self) -> Closed:
        """Take the one on top."""
        return self._pile.pop()
