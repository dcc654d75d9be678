"""Keeps what is not saved for the case that the app ends without warning, and gives it back."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, QStandardPaths, QTimer, Signal

from engine.document import Document
from engine.drafts import Draft, DraftFolder, Head, left_behind
from engine.errors import DocumentError, GradwalkError
from gui.background import beside
from gui.document import OpenDocument
from gui.documents import Documents
from gui.garbage import collecting_waits
from gui.links import Links

SOON = 1_500
"""Milliseconds from an edit until it is kept: with the writing, well below five seconds."""

PAUSE = 0.002
"""Seconds that the writing rests now and then, so that the window goes on."""

LISTED = 3
"""Titles that are told before it is only said how many more there are."""


def root() -> Path:
    """Give the folder in which every window has its own."""
    data = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.AppDataLocation)
    return Path(data) / "recovery"


class Recovery(QObject):
    """Follows the open documents, and keeps a draft of each that has unsaved changes.

    A document is copied at once, which takes a few milliseconds even of the largest, and written
    on a thread of its own.

    Parameters
    ----------
    documents
        What is open.

    Signals
    -------
    failed
        What is not saved cannot be kept: why. Told once, until it can be kept again.
    """

    failed = Signal(str)
    _went = Signal(str)

    def __init__(self, documents: Documents, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._documents = documents
        self._numbers: dict[OpenDocument, int] = {}
        self._links: dict[OpenDocument, Links] = {}
        self._last = 0
        self._stale: dict[OpenDocument, None] = {}
        self._kept: set[OpenDocument] = set()
        self._last_work: Future[None] | None = None
        self._folder: DraftFolder | None = None
        self._found: list[DraftFolder] = []
        self._writer = ThreadPoolExecutor(1, "gradwalk-drafts")
        self._is_failing = False
        self._soon = QTimer(self, singleShot=True, interval=SOON)
        self._soon.timeout.connect(self.keep_now)
        self._went.connect(self._on_went)
        self._of_row = Links(
            (documents.opened, self._follow),
            (documents.closed, self._forget),
        )
        for document in documents:
            self._follow(document)

    # Keeping

    def keep_now(self) -> None:
        """Begin to write down what has changed since it was last written down."""
        self._soon.stop()
        stale, self._stale = self._stale, {}
        is_busy = self._last_work is not None and not self._last_work.done()
        for document in stale:
            if not document.is_modified:
                self._drop(document)
            elif is_busy:
                self._stale[document] = None
                self._soon.start()
            else:
                self._kept.add(document)
                head = Head(document.path, document.title, document.digest)
                number = self._numbers[document]
                self._write(partial(self._keep, number, document.kept(), head))

    def wait(self) -> None:
        """Wait until all that is stale is written."""
        while self._stale:
            self.keep_now()
            self._write(_nothing).result()
        self._write(_nothing).result()

    def end(self) -> None:
        """Keep nothing more, and leave nothing behind: all was saved or is not wanted."""
        self._stop()
        if self._folder is not None:
            self._folder.remove()
            self._folder = None

    def let_go(self) -> None:
        """Keep what there is, and leave it to the next window."""
        if self._links:
            self.wait()
        self._stop()
        if self._folder is not None:
            self._folder.leave()
            self._folder = None

    def _stop(self) -> None:
        self._soon.stop()
        self._of_row.cut()
        for links in self._links.values():
            links.cut()
        self._links.clear()
        self._writer.shutdown(wait=True)
        self.leave()

    def _follow(self, document: OpenDocument) -> None:
        self._last += 1
        self._numbers[document] = self._last
        note = partial(self._note, document)
        self._links[document] = Links(
            (document.edited, note),
            (document.score_changed, note),
            (document.path_changed, note),
            (document.undo_stack.cleanChanged, note),
        )
        if document.is_modified:
            self._note(document)

    def _forget(self, document: OpenDocument) -> None:
        self._links.pop(document).cut()
        self._stale.pop(document, None)
        self._drop(document)
        del self._numbers[document]

    def _drop(self, document: OpenDocument) -> None:
        """Take the draft of a document away, once it is written."""
        if document in self._kept:
            self._kept.remove(document)
            number = self._numbers[document]
            self._write(lambda: self._folder.drop(number) if self._folder else None)

    def _note(self, document: OpenDocument, *_: object) -> None:
        self._stale[document] = None
        if not document.is_modified:
            self.keep_now()  # it is saved: a draft of it would be older than its file
        elif not self._soon.isActive():
            self._soon.start()

    def _write(self, work: Callable[[], None]) -> Future[None]:
        self._last_work = beside(work, self._writer)
        return self._last_work

    def _keep(self, number: int, document: Document, head: Head) -> None:
        """Write a draft, on the thread."""
        try:
            if self._folder is None:
                self._folder = DraftFolder.make(root())
            with collecting_waits():
                self._folder.keep(number, document, head, PAUSE)
        except DocumentError as error:
            self._went.emit(error.sentence)
        except OSError as error:
            self._went.emit(f"The folder for it cannot be made: {error.strerror}.")
        else:
            self._went.emit("")

    def _on_went(self, wrong: str) -> None:
        if wrong and not self._is_failing:
            self.failed.emit(f"Unsaved changes would be lost if the app ended now. {wrong}")
        self._is_failing = bool(wrong)

    # Giving back

    def found(self) -> list[Draft]:
        """List what windows have left behind that ended without warning."""
        self._found += left_behind(root())
        return [draft for folder in self._found for draft in folder.drafts()]

    def restore(self) -> tuple[list[OpenDocument], list[str]]:
        """Open what was left behind; give the documents, and what is wrong with the others."""
        opened, wrong = [], []
        for draft in self.found():
            try:
                document = draft.read()
            except GradwalkError as error:
                wrong.append(error.sentence)
                continue
            head = draft.head
            again = OpenDocument(document, head.path, head.title, digest=head.digest)
            again.undo_stack.resetClean()
            opened.append(again)
        return opened, wrong

    def discard(self) -> None:
        """Take away what was left behind; what has just been restored is kept anew before."""
        self.wait()
        folders, self._found = self._found, []
        for folder in folders:
            self._write(folder.remove)

    def leave(self) -> None:
        """Leave what was left behind to the next window."""
        for folder in self._found:
            folder.leave()
        self._found.clear()


def _nothing() -> None:
    """Be waited for."""


def told(drafts: list[Draft]) -> str:
    """Say what was left behind, in a sentence."""
    names = [f"“{draft.head.title}”" for draft in drafts]
    if len(names) > LISTED:
        names = [*names[: LISTED - 1], f"{len(names) - LISTED + 1} more"]
    listed = names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"
    return f"Gradwalk ended suddenly. It kept unsaved changes of {listed}."
