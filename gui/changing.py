"""A document that changes: by verbs that are kept to be undone, and told of to whoever shows it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import replace
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
)
from engine.errors import GradwalkError
from engine.execution import misfit
from engine.graph import Wire
from engine.marking import AddMark, RemoveMark, ReplaceMark
from engine.membership import followed
from engine.reconcile import reconcile
from engine.recording import Recording
from engine.sheet import Sheet
from engine.variable import Array
from gui.edits import Edit, TypedEdit, UndoStack
from gui.held import laid_out
from gui.large_verbs import OF_GROUPS, LargeVerbs, Preparation
from gui.recorder import Recorder

if TYPE_CHECKING:
    from gui.canvas.seen import Seen
    from gui.errands import Errands
    from gui.rehearsal import Ahead

FEW, SHARE = 100, 10
"""Changes up to which each is told of by itself: so many, and one more for so many blocks. It costs
as much to look at that many blocks anew, all of them at once, as to follow one change."""

SEEN_ONLY = OF_GROUPS | {MoveBlock, SetBends, ReplaceMark, AddMark, RemoveMark}
"""The changes that no run knows anything of."""


class Changing(LargeVerbs, QObject):
    """A document with its undo stack and its recording.

    A verb that may not be done emits `refused` and changes nothing.

    Attributes
    ----------
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
    coming
        It is about to become something else, worked out beside the window; carries that.
    work_changed
        More or less is on its way than before.
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
    coming = Signal(object)
    work_changed = Signal()
    refused = Signal(str, str)

    def __init__(self, document: Document, recording: Recording | None = None) -> None:
        super().__init__()
        self.hold(document)
        self.seen_read: Seen | None = None
        self.ahead: Ahead | None = None
        self.errands: Errands | None = None
        self.version = self.asked = self.large_on_the_way = 0
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
    def is_changing(self) -> bool:
        """Whether a change has been asked for that is not done yet."""
        return bool(self.large_on_the_way or self.in_preparation)

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

    def let_go(self) -> None:
        """Run nothing more and forget what could be undone: it is closed."""
        self.is_let_go = True
        self._recorder.let_go()
        self.undo_stack.forget()

    # Changing

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
    for change in (change for change in changes if type(change) in OF_GROUPS):
        match change:
            case AddGroup(group=group) | RemoveGroup(group=group) | ReplaceGroup(after=group):
                found.add(group.id)
    return frozenset(found)
