"""The open document: the only door to a change, and the signals that tell of one."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import replace
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QObject, Signal

from engine import verbs
from engine.bending import SetBends
from engine.document import (
    AddBlock,
    AddGroup,
    AddWire,
    Change,
    Document,
    MoveBlock,
    RemoveBlock,
    RemoveGroup,
    RemoveWire,
    ReplaceBlock,
    ReplaceGroup,
    Score,
    inverse,
)
from engine.errors import GradwalkError
from engine.execution import misfit
from engine.files import digest_on_disk
from engine.folding import LARGE
from engine.graph import Wire
from engine.marking import AddMark, RemoveMark, ReplaceMark
from engine.membership import followed
from engine.reconcile import reconcile
from engine.recording import Recording
from engine.sheet import Sheet
from engine.storage import load, load_with_digest, save
from engine.variable import Array
from gui.edits import Edit, TypedEdit, UndoStack
from gui.held import laid_out
from gui.large_verbs import OF_GROUPS, LargeVerbs, Preparation
from gui.origin import Origin
from gui.recorder import Recorder

if TYPE_CHECKING:
    from gui.canvas.seen import Seen
    from gui.errands import Errands
    from gui.opening import Read
    from gui.rehearsal import Ahead, Rehearsal

UNTITLED = "Untitled"

FEW, SHARE = 100, 10
"""Changes up to which each is told of by itself: so many, and one more for so many blocks. It costs
as much to look at that many blocks anew, all of them at once, as to follow one change."""

SEEN_ONLY = OF_GROUPS | {MoveBlock, SetBends, ReplaceMark, AddMark, RemoveMark}
"""The changes that no run knows anything of."""

FOLDED = "fold what was opened"
"""Text of the edit that folds a large graph when it is opened."""


class OpenDocument(LargeVerbs, QObject):
    """A document with its undo stack, its file and its recording.

    A verb that may not be done emits `refused` and changes nothing.

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
    undo_stack
        Every verb, in order; its clean state is the saved one.
    errands, ahead, version, large_on_the_way, in_preparation, asked, is_let_go
        As `LargeVerbs` has them.
    seen_read
        What is seen of it, where that was found when it was read, for the canvas that is made then.
    within, drawing
        As `Held` has them.

    Signals
    -------
    block_added, block_removed, block_changed, block_moved
        Carry the id of the block.
    wire_added, wire_removed
        Carry the wire.
    bent
        A wire is led through other places; carries the wire.
    marks_changed
        A frame or a note was drawn, taken away or changed; carries its id.
    many_changed
        So many changes were made at once that they are told of together, and none by a signal of
        those above; carries them. It follows `regrouped`.
    regrouped
        Groups were added, removed or changed; carries their ids.
    edited
        A verb has been done, or taken back, whole.
    rewritten
        It was one that is more than places, groups or drawings; follows `edited`.
    recording_changed
        There is another recording; of a large document some time after the change.
    path_changed
        It has another file.
    coming
        It is about to become something else, worked out beside the window; carries that.
    work_changed
        More or less is on its way than before.
    score_changed
        One more number was told before it was shown, or was not.
    refused
        A verb may not be done: the sentence, and the id of the block concerned or "".
    """

    block_added = Signal(str)
    block_removed = Signal(str)
    block_changed = Signal(str)
    block_moved = Signal(str)
    wire_added = Signal(object)
    wire_removed = Signal(object)
    bent = Signal(object)
    marks_changed = Signal(str)
    many_changed = Signal(object)
    regrouped = Signal(object)
    edited = Signal()
    rewritten = Signal()
    recording_changed = Signal()
    path_changed = Signal()
    coming = Signal(object)
    work_changed = Signal()
    score_changed = Signal()
    refused = Signal(str, str)

    def __init__(
        self,
        document: Document | None = None,
        path: Path | None = None,
        title: str = UNTITLED,
        recording: Recording | None = None,
        digest: str | None = None,
    ) -> None:
        super().__init__()
        self.hold(document or Document())
        self._path = path
        self.digest = digest
        self.digest_written: str | None = None
        self.writing = Lock()
        self._written: tuple[Path, int] | None = None
        self._title = title
        self._saved_score = self._document.score
        self.origin: Origin | None = None
        self.seen_read: Seen | None = None
        self.ahead: Ahead | None = None
        self.errands: Errands | None = None
        self.version = self.asked = 0
        self.saves_on_the_way = self.large_on_the_way = 0
        self.in_preparation: list[Preparation] = []
        self.is_let_go = False
        self.undo_stack = UndoStack(self)
        self._recorder = Recorder(self._document, self, recording)
        self._recorder.recorded.connect(self.recording_changed)

    # Looking

    @property
    def recording(self) -> Recording:
        """The run of the document as it is now; of a large one that takes its time."""
        return self._recorder.recording

    @property
    def latest(self) -> Recording:
        """The last run there is: of a large document, perhaps that of a moment ago."""
        return self._recorder.latest

    @property
    def is_behind(self) -> bool:
        """Whether a large document is still being run, after a change."""
        return self._recorder.is_behind

    @property
    def is_running(self) -> bool:
        """Whether it is being run beside the window, or is about to be."""
        return self._recorder.is_running

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

    def why_not(
        self, wire: Wire, without: Collection[Wire] = (), *, closes: bool | None = None
    ) -> str | None:
        """Give the reason why a wire may not be, once some others are gone; None if it may.

        Whether it would close a circle need not be found out again where it is known.
        """
        try:
            self.graph.check_connect(wire, without, closes=closes)
        except GradwalkError as error:
            return error.sentence
        return None

    def misfit(self, wire: Wire) -> str | None:
        """Tell why the target of a wire that may be could not run with it, if that is known."""
        return misfit(self.graph, self.latest.value, wire)

    # Verbs of the whole

    def rewrite(self, sheet: Sheet, stretch: int) -> Mapping[str, str]:
        """Let the graph be what a text says; give the id of each block of the text.

        Parameters
        ----------
        stretch
            What is typed in one stretch is undone as one.
        """
        found = reconcile(self._document, sheet, laid_out)
        changes = followed(self._document, found.changes, self.within)
        if changes:
            self.undo_stack.push(TypedEdit(self, changes, stretch))
        return found.ids

    def ids_of(self, sheet: Sheet) -> Mapping[str, str] | None:
        """Give the id of each block of a text; None if it says something else than the graph."""
        found = reconcile(self._document, sheet)
        return None if found.changes else found.ids

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

    @property
    def is_changing(self) -> bool:
        """Whether a change has been asked for that is not done yet."""
        return bool(self.large_on_the_way or self.in_preparation)

    def as_it_is(self) -> OpenDocument:
        """Give another one that is as this is now, and stays so."""
        made = OpenDocument(self.kept(), title=self._title, recording=self.recording)
        made.within = self.within
        return made

    def let_go(self) -> None:
        """Run nothing more and forget what could be undone: it is closed."""
        self.is_let_go = True
        self._recorder.let_go()
        self.undo_stack.forget()

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

    # Changing

    def perform(self, changes: tuple[Change, ...]) -> None:
        """Make changes, tell of them, and run the graph anew unless things only moved.

        Only an `Edit` calls this: a change that is not on the undo stack could not be undone.
        """
        self.seen_read, ahead = None, self.ahead
        are_many = ahead is not None or len(changes) > FEW + len(self.graph) // SHARE
        self.version += 1
        self.asked += ahead is None  # else it was counted when it was asked for
        if ahead is not None:
            self._document.become(ahead.document)
        elif are_many:
            self._document.apply(changes)
        else:
            for change in changes:
                change.apply(self._document)
                self._tell(change)
        kinds = {type(change) for change in changes}
        if not kinds.isdisjoint(OF_GROUPS):
            self.regrouped.emit(_groups_of(changes))
        if are_many:
            self.many_changed.emit(changes)
        self.ahead = None
        self.edited.emit()
        if not kinds <= SEEN_ONLY:
            self.rewritten.emit()
            self._recorder.follow(changes)
        else:
            self._recorder.pass_over(changes)

    def slide(self, block: str, value: Array) -> None:
        """Show a value while it is being slid; `end_slide` keeps it, another slide puts it back."""
        self.perform(verbs.set_value(self._document, block, value))

    def end_slide(self, block: str, first: Array, text: str = "change value") -> bool:
        """Keep the value that was slid to as one edit; say whether it is another than the first."""
        last = self.graph.block(block)
        if last.value is None or np.array_equal(last.value, first):
            return False
        change = ReplaceBlock(replace(last, value=first), last)
        self.undo_stack.push(Edit(self, text, (change,)))
        return True

    def announce(self, document: Document) -> None:
        """Tell what it is about to be, so that whoever is busy with it can make way."""
        self.coming.emit(document)

    def tell_of_work(self) -> None:
        """Tell that more or less is on its way than before."""
        self.work_changed.emit()

    def refuse(self, sentence: str, block: str = "") -> None:
        """Say why a verb may not be done."""
        self.refused.emit(sentence, block)

    def _do(self, text: str, verb: Callable[[], verbs.Changes]) -> bool:
        try:
            changes = followed(self._document, verb(), self.within)
        except GradwalkError as error:
            self.refuse(error.sentence, error.block or "")
            return False
        if changes:
            self.undo_stack.push(Edit(self, text, changes))
        return bool(changes)

    def _tell(self, change: Change) -> None:
        match change:
            case AddBlock(block=block):
                self.block_added.emit(block.id)
            case RemoveBlock(block=block):
                self.block_removed.emit(block.id)
            case AddWire(wire=wire):
                self.wire_added.emit(wire)
            case RemoveWire(wire=wire):
                self.wire_removed.emit(wire)
            case ReplaceBlock(after=block):
                self.block_changed.emit(block.id)
            case MoveBlock(block=moved):
                self.block_moved.emit(moved)
            case SetBends(wire=wire):
                self.bent.emit(wire)
            case AddMark(mark=mark) | RemoveMark(mark=mark) | ReplaceMark(after=mark):
                self.marks_changed.emit(mark.id)


def _groups_of(changes: Iterable[Change]) -> frozenset[str]:
    """Find the groups that are changed."""
    found: set[str] = set()
    for change in changes:
        match change:
            case AddGroup(group=group) | RemoveGroup(group=group) | ReplaceGroup(after=group):
                found.add(group.id)
    return frozenset(found)


def title_of(path: Path) -> str:
    """Name a document after its file."""
    return path.stem.replace("-", " ").capitalize()
