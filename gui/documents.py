"""The open documents: a row of them, of which one is in front."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from gui.document import UNTITLED, OpenDocument


class Documents(QObject):
    """A row of open documents; there is always one in front.

    Parameters
    ----------
    first
        What is open at the start.

    Attributes
    ----------
    front
        The document in front.

    Signals
    -------
    opened
        A document has come into the row: it, and where.
    fronted
        Another document is in front: it.
    moved
        A document stands elsewhere in the row: where it was, and where it is.
    closed
        A document has left the row: it, and where it was.
    """

    opened = Signal(object, int)
    fronted = Signal(object)
    moved = Signal(int, int)
    closed = Signal(object, int)

    def __init__(self, first: OpenDocument) -> None:
        super().__init__()
        self._row = [first]
        self.front = first

    def __len__(self) -> int:
        return len(self._row)

    def __iter__(self) -> Iterator[OpenDocument]:
        return iter(tuple(self._row))

    def __getitem__(self, at: int) -> OpenDocument:
        return self._row[at]

    def index(self, document: OpenDocument) -> int:
        """Say where a document stands in the row."""
        return self._row.index(document)

    def at_path(self, path: Path) -> OpenDocument | None:
        """Give the document that has this file, if one of them is open."""
        wanted = path.resolve()
        return next((d for d in self._row if d.path and d.path.resolve() == wanted), None)

    def new(self, instead_of: OpenDocument | None = None) -> OpenDocument:
        """Make an empty document with a title of its own; it is not in the row yet."""
        taken = {document.title for document in self._row if document is not instead_of}
        titles = (UNTITLED if at == 1 else f"{UNTITLED} {at}" for at in count(1))
        return OpenDocument(title=next(title for title in titles if title not in taken))

    def open(self, document: OpenDocument) -> None:
        """Put a document behind the one in front, and bring it to the front."""
        at = self.index(self.front) + 1
        self._row.insert(at, document)
        self.opened.emit(document, at)
        self.bring_to_front(document)

    def bring_to_front(self, document: OpenDocument) -> None:
        """Let another document be in front."""
        if document is not self.front:
            self.front = document
            self.fronted.emit(document)

    def turn(self, by: int) -> None:
        """Bring the document to the front that stands so many places on; the row is a circle."""
        self.bring_to_front(self._row[(self.index(self.front) + by) % len(self)])

    def move(self, at: int, to: int) -> None:
        """Let a document stand elsewhere in the row."""
        self._row.insert(to, self._row.pop(at))
        self.moved.emit(at, to)

    def close(self, document: OpenDocument) -> None:
        """Take a document out of the row; of the last, an empty one takes the place."""
        if len(self) == 1:
            self.open(self.new(instead_of=document))
        at = self.index(document)
        if document is self.front:
            self.bring_to_front(self._row[at + 1 if at + 1 < len(self) else at - 1])
        self._row.remove(document)
        self.closed.emit(document, at)
