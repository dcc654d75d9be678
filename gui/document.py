"""The open document: what it is called, the file it came from, and what of it is saved."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal

from engine.document import Change, Document, Score, inverse
from engine.files import digest_on_disk
from engine.folding import LARGE
from engine.recording import Recording
from engine.storage import load, load_with_digest, save
from gui.changing import Changing
from gui.edits import Edit
from gui.origin import Origin

if TYPE_CHECKING:
    from gui.opening import Read
    from gui.rehearsal import Rehearsal

UNTITLED = "Untitled"

FOLDED = "fold what was opened"
"""Text of the edit that folds a large graph when it is opened."""


class OpenDocument(Changing):
    """A document that changes, with its file and its name.

    Attributes
    ----------
    digest
        What its file held when it was last read or saved; None where that is not known.
    digest_written
        What its file is going to hold, or may hold already, while it is being written beside the
        window.
    writing
        Held by whoever writes a file of it: the window, or a thread beside it.
    saves_on_the_way
        How many times it is to be written beside the window, and is not yet.
    origin
        Where it came from, if it is the derivative of another; None for any other.
    errands, undo_stack, version, within, drawing, seen_read
        As `Changing` has them.

    Signals
    -------
    path_changed
        It has another file.
    score_changed
        One more number was told before it was shown, or was not.
    Those of `Changing`
        Tell of changes.
    """

    path_changed = Signal()
    score_changed = Signal()

    def __init__(
        self,
        document: Document | None = None,
        path: Path | None = None,
        title: str = UNTITLED,
        recording: Recording | None = None,
        digest: str | None = None,
    ) -> None:
        super().__init__(document or Document(), recording)
        self._path = path
        self.digest = digest
        self.digest_written: str | None = None
        self.writing = Lock()
        self.saves_on_the_way = 0
        self._written: tuple[Path, int] | None = None
        self._title = title
        self._saved_score = self._document.score
        self.origin: Origin | None = None

    @property
    def path(self) -> Path | None:
        """The file it was read from or saved to."""
        return self._path

    @property
    def title(self) -> str:
        """What a person calls it."""
        return self._path.stem if self._path is not None else self._title

    @property
    def is_modified(self) -> bool:
        """Whether something would be lost without saving."""
        return not self.undo_stack.isClean() or self.score != self._saved_score

    @property
    def score(self) -> Score:
        """How well its numbers have been told before they were shown."""
        return self._document.score

    def count_answer(self, *, right: bool) -> None:
        """Count a number that was asked for; an answer is kept, and cannot be taken back."""
        score = self._document.score
        self._document.score = Score(score.asked + 1, score.right + right)
        self.score_changed.emit()

    # Files

    @classmethod
    def read(cls, path: Path) -> OpenDocument:
        """Open a file.

        Raises
        ------
        DocumentError
            If it cannot be read; the sentence says why.
        """
        document, digest = load_with_digest(path)
        opened = cls(document, path, digest=digest)
        opened.fold_large()
        return opened

    @classmethod
    def of_read(cls, found: Read, path: Path | None = None, title: str = UNTITLED) -> OpenDocument:
        """Open what has been got ready beside the window."""
        opened = cls(found.document, path, title, found.recording, found.digest)
        opened.seen_read = found.seen
        opened._take_folding(found.folding, made=True)
        return opened

    @classmethod
    def example(cls, path: Path) -> OpenDocument:
        """Open a file as a new document, so that saving asks where to."""
        return cls(load(path), title=title_of(path))

    @property
    def is_untouched(self) -> bool:
        """Whether it has no file, and nobody has ever changed it."""
        is_new = self._path is None and not self.undo_stack.count() and not self.is_modified
        return is_new and not self.is_at_work

    @property
    def is_at_work(self) -> bool:
        """Whether closing it would leave undone, without a word, what somebody has asked for."""
        is_saved = self.saves_on_the_way and not self.is_modified
        return self.is_changing or bool(is_saved)

    def as_it_is(self) -> OpenDocument:
        """Give another one that is as this is now, and stays so."""
        made = OpenDocument(self.kept(), title=self._title, recording=self.recording)
        made.within = self.within
        return made

    def fold_large(self) -> None:
        """Fold a graph that is too large to be seen as a whole; it can be undone."""
        if len(self.graph) < LARGE or self.groups:
            return
        from gui.levels import fold_large  # noqa: PLC0415 - networkx, only for a large graph

        self._take_folding(fold_large(self._document))

    def _take_folding(self, changes: tuple[Change, ...], *, made: bool = False) -> None:
        """Make the changes that fold it, if any; or only keep them, if they have been made."""
        if changes:
            self.undo_stack.push(Edit(self, FOLDED, changes, made=made))
            # The file has all that a person made: closing it loses nothing.
            self.undo_stack.setClean()

    @property
    def was_folded(self) -> bool:
        """Whether it was folded when it was opened, and that has not been undone."""
        return self.undo_stack.index() > 0 and self.undo_stack.text(0) == FOLDED

    def save_to(self, path: Path) -> None:
        """Write the file.

        Raises
        ------
        DocumentError
            If it cannot be written; the old file is as it was.
        """
        with self.writing:
            digest = save(self._document, path)
            self._written = path, self.version
        self.take_as_saved(path, digest, self._document, self.version)

    def has_written(self, path: Path, version: int) -> bool:
        """Tell whether the window has written something newer than a version to a file."""
        return self._written is not None and self._written[0] == path and self._written[1] > version

    def take_as_saved(self, path: Path, digest: str, document: Document, version: int) -> None:
        """Take note that a file was written, which holds what the document was at a version."""
        self.digest, self.digest_written, self._path = digest, None, path
        self._saved_score = document.score
        if version == self.version:
            self.undo_stack.setClean()
        else:
            self.undo_stack.resetClean()  # it has changed meanwhile, and what was saved is gone
        self.path_changed.emit()

    def is_changed_on_disk(self) -> bool:
        """Tell whether its file holds something else than when it was last read or saved."""
        if self._path is None or self.digest is None:
            return False
        return digest_on_disk(self._path) not in (self.digest, self.digest_written, None)

    def is_gone(self) -> bool:
        """Tell whether it had a file that is not there any more."""
        return self._path is not None and self.digest is not None and not self._path.exists()

    def reload(self) -> None:
        """Take in what the file holds now; that can be undone.

        Raises
        ------
        DocumentError
            If it cannot be read; nothing has changed then.
        """
        assert self._path is not None  # noqa: S101 - only a document with a file is offered this
        document, digest = load_with_digest(self._path)
        self.swap(document, "reload")
        self._keep_with(document.score, digest)
        self.fold_large()

    def reload_read(self, found: Read, then: Callable[[], None]) -> None:
        """Take in what the file holds now, which was got ready beside the window.

        Parameters
        ----------
        then
            Called when that is done.
        """
        read = found.document

        def swap(rehearsal: Rehearsal) -> None:
            unfolded = read.copy()  # it may be tried several times
            unfolded.apply(inverse(found.folding))  # folding it is an edit of its own
            rehearsal.swap(unfolded, "reload")
            if found.folding:
                rehearsal.go_on()
                rehearsal.make(FOLDED, found.folding)

        def take(_: None) -> None:
            self._keep_with(read.score, found.digest)
            then()

        self.rehearse(len(read.graph), "Reloading", swap, take)

    def _keep_with(self, score: Score, digest: str | None) -> None:
        """Take note that it is what its file holds."""
        self.digest, self.digest_written = digest, None
        self._document.score = score
        self.score_changed.emit()
        self.mark_saved()

    def keep_mine(self) -> None:
        """Take note of what the file holds, and go on without it: saving replaces it."""
        if self._path is not None:
            self.digest, self.digest_written = digest_on_disk(self._path), None
        self.undo_stack.resetClean()

    def mark_saved(self) -> None:
        """Take what there is now for what is kept elsewhere."""
        self._saved_score = self._document.score
        self.undo_stack.setClean()


def title_of(path: Path) -> str:
    """Name a document after its file."""
    return path.stem.replace("-", " ").capitalize()
