"""The desk: documents are opened on it, saved, closed, and opened again."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QWidget

from engine.document import Document
from engine.errors import GradwalkError
from gui import files
from gui.canvas.view import CanvasView
from gui.canvases import Canvases
from gui.closed import Closed, ClosedDocuments
from gui.closing import Closing
from gui.document import OpenDocument
from gui.documents import Documents
from gui.errands import Errands
from gui.opening import Read, is_large, opening
from gui.player import Player
from gui.saving import is_long, saving


class Desk(QWidget):
    """Where documents lie. What is large is read and written beside the window.

    Attributes
    ----------
    documents
        What is open.
    player
        The walk through the recording of the document in front.
    errands
        Long work that somebody asked for.
    """

    def __init__(self, document: OpenDocument) -> None:
        super().__init__()
        self.documents = Documents(document)
        self._unasked = document
        self.errands = Errands(self)
        document.errands = self.errands
        self.player = Player(document.latest)
        self._canvases = Canvases(self.player, document)
        self._closed, self._closing = ClosedDocuments(), Closing(self)

    @property
    def document(self) -> OpenDocument:
        """The document in front."""
        return self.documents.front

    @property
    def view(self) -> CanvasView:
        """The canvas of the document in front."""
        return self._canvases.view

    # Opening

    def show_document(self, document: OpenDocument) -> None:
        """Open a document in a tab of its own, or in that of one that nobody needs."""
        self.view.settle()
        front = self.document
        is_empty = not len(front.graph) and bool(len(document.graph))
        spare = front.is_untouched and (front is self._unasked or is_empty)
        self.documents.open(document)
        if spare:
            self.documents.close(front)

    def show_new(self, document: Document) -> None:
        """Open what has no file; what has no places is laid out."""
        from gui.layout import laid_out  # noqa: PLC0415 - a start does not wait for it

        placed = document if document.places else laid_out(document.graph, document.target)
        opened = OpenDocument(placed)
        opened.fold_large()
        self.show_document(opened)

    def open_path(self, path: Path) -> None:
        """Open a file in a tab, or bring its tab to the front; say so if it cannot be read."""
        if self._is_open(path):
            return
        if is_large(path):
            self._open_beside(path)
            return
        try:
            document = OpenDocument.read(path)
        except GradwalkError as error:
            files.complain(self, "Not opened", error.sentence)
            return
        files.remember(path)
        self.show_document(document)

    def _is_open(self, path: Path | None) -> bool:
        """Tell whether a file has a tab, which is brought to the front then."""
        known = None if path is None else self.documents.at_path(path)
        if known is not None:
            self.documents.bring_to_front(known)
        return known is not None

    def _open_beside(self, path: Path, closed: Closed | None = None) -> None:
        """Open a large file, perhaps again, while the window goes on to answer."""

        def show(found: Read) -> None:
            if self._is_open(path):  # it was asked for twice, or saved under this name meanwhile
                return
            document = OpenDocument.of_read(found, path)
            if closed is not None:
                self._show_again(document, closed.cursor)
                return
            files.remember(path)
            self.show_document(document)

        def keep() -> None:
            if closed is not None:
                self._closed.put(closed)  # to be asked for again

        fail = partial(files.complain, self, "Not opened")
        self.errands.send(opening(path, show, fail, keep))

    def open_example(self, path: Path) -> None:
        """Open an example as a new document."""
        self.show_document(OpenDocument.example(path))

    # Saving

    def save(self, document: OpenDocument, *, elsewhere: bool = False) -> bool:
        """Save a document, but not over one that is open in another tab; say whether it may be.

        A large one is written beside the window, and after what is still being done to it.
        """
        self.view.settle()
        waits = document.large_on_the_way or is_long(document.graph)
        write = partial(self.save_beside, document) if waits else None
        others = self.paths_but(document)
        return files.save(self, document, others, elsewhere=elsewhere, write=write)

    def save_beside(
        self, document: OpenDocument, path: Path, then: Callable[[], None] = lambda: None
    ) -> None:
        """Write a document to a file beside the window, and then do something else."""

        def take() -> None:
            files.remember(path)
            then()

        self.errands.send(saving(document, path, take, partial(files.complain, self, "Not saved")))

    def paths_but(self, document: OpenDocument) -> list[Path]:
        """List the files of all documents but one."""
        paths = (other.path for other in self.documents if other is not document)
        return [path for path in paths if path is not None]

    # Closing, and opening again

    def close_tab(self, document: OpenDocument, then: Callable[[], None] = lambda: None) -> bool:
        """Close a document, asking about unsaved changes; say whether it is closed.

        A large one that is to be saved is closed later.

        Parameters
        ----------
        then
            Called when it has been closed later.
        """

        def again() -> None:
            if document in self.documents and self.close_tab(document, then):
                then()

        if not self._closing.may_close(document, again):
            return False
        is_last = len(self.documents) == 1
        if not (is_last and document.is_untouched and not len(document.graph)):
            self._closed.put(Closed.of(document, self._canvases.cursor_of(document)))
            self.documents.close(document)
        return True

    def reopen(self) -> None:
        """Open what was closed last; say so if it cannot be read any more."""
        if not self._closed:
            self.view.say("No tab was closed yet.")
            return
        closed = self._closed.take()
        if self._is_open(closed.path):
            return
        if closed.held is None and closed.path is not None and is_large(closed.path):
            self._open_beside(closed.path, closed)
            return
        try:
            document = closed.open()
        except GradwalkError as error:
            files.complain(self, "Not opened", error.sentence)
            return
        self._show_again(document, closed.cursor)

    def _show_again(self, document: OpenDocument, cursor: int) -> None:
        """Show a document where its walk was."""
        self.show_document(document)
        self.player.seek(cursor)
