"""Verbs that bear on very many blocks: tried on a copy beside the window, and then taken in."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import chain
from typing import TypeVar

from engine.document import AddGroup, Change, Document, RemoveGroup, ReplaceGroup, inverse
from engine.recording import Recording
from gui.edits import Edit, TypedEdit, UndoStack
from gui.errands import Errand, Errands
from gui.held import Held
from gui.on_the_way import OnTheWay, Wish
from gui.rehearsal import Ahead, Rehearsal

AT_ONCE = 300
"""Blocks up to which a verb is done within a frame or two."""

OF_GROUPS = frozenset((AddGroup, RemoveGroup, ReplaceGroup))
"""The changes of groups themselves."""

Result = TypeVar("Result")


def _nothing(_result: object) -> None:
    """Do nothing about it."""


@dataclass(frozen=True, slots=True)
class Preparation:
    """Long work that is going to end in a change: something is being read, or laid out.

    Attributes
    ----------
    name
        What it is called.
    asked
        How many changes had been asked for when it was.
    give_up
        Lets it be.
    """

    name: str
    asked: int
    give_up: Callable[[], None]


class LargeVerbs(Held):
    """The part of an open document that does large verbs while the window goes on to answer.

    What such a verb comes to is worked out on a copy: its changes, the document after them, and all
    that is seen of it. What is left for the window is to take that in, as one edit. If a person has
    changed something meanwhile, it is worked out anew.

    Attributes
    ----------
    errands
        Who runs them; None where nobody does, and all is done at once.
    ahead
        What the edit comes to that is being made, if that was worked out before.
    version
        Grows with each change.
    large_on_the_way
        How many of them have been asked for and are not done yet.
    in_preparation
        Long work that is going to end in a change, in the order in which it was asked for.
    asked
        How many changes have been asked for, done or not.
    is_let_go
        Whether it was closed.
    """

    errands: Errands | None
    ahead: Ahead | None
    version: int
    large_on_the_way: int
    in_preparation: list[Preparation]
    asked: int
    is_let_go: bool
    undo_stack: UndoStack

    @property
    def latest(self) -> Recording:
        """The last run there is."""
        raise NotImplementedError

    def refuse(self, sentence: str, block: str = "") -> None:
        """Say why a verb may not be done; the document does that."""
        raise NotImplementedError

    def announce(self, document: Document) -> None:
        """Tell what it is about to be, all at once; the document does that."""
        raise NotImplementedError

    def tell_of_work(self) -> None:
        """Tell that more or less is on its way than before; the document does that."""
        raise NotImplementedError

    def perform(self, changes: tuple[Change, ...]) -> None:
        """Make changes and tell of them; the document does that."""
        raise NotImplementedError

    def do(
        self,
        count: int,
        name: str,
        verb: Callable[[Held], Result],
        then: Callable[[Result], None] = _nothing,
        home: str | None = None,
        lost: Callable[[], None] = lambda: None,
    ) -> None:
        """Do a verb: at once if it bears on few blocks, else beside the window.

        Parameters
        ----------
        count
            How many blocks it bears on.
        name
            What is being done, as a person is told: “Duplicating”.
        verb
            Does it, to this document or, on another thread, to a copy.
        then
            Called in the window with what the verb gives, done or refused.
        home
            Id of the group that new blocks are put into; without one, the one that is looked at.
        lost
            Called in the window if nothing comes of it.
        """
        if count > AT_ONCE or self.large_on_the_way:
            self.rehearse(count, name, verb, then, home, lost)
            return
        home = home if home in self.groups else None
        then(verb(self) if home is None else self._do_in(home, verb))

    def _do_in(self, home: str, verb: Callable[[Held], Result]) -> Result:
        level = self.within
        self.within = home
        try:
            return verb(self)
        finally:
            self.within = level

    def rehearse(
        self,
        count: int,
        name: str,
        verb: Callable[[Rehearsal], Result],
        then: Callable[[Result], None] = _nothing,
        home: str | None = None,
        lost: Callable[[], None] = lambda: None,
    ) -> None:
        """Do a verb beside the window, however much it bears on; see `do`."""

        def take(rehearsal: Rehearsal, result: Result) -> None:
            self.take_in(rehearsal.edits)
            if rehearsal.refusal is not None:
                self.refuse(rehearsal.refusal.sentence, rehearsal.refusal.block or "")
            then(result)

        words = f"{name} {count:,} blocks …"
        OnTheWay(self, Wish(name, words, lambda: verb, take, home, lost)).send()

    def retype(
        self,
        verb: Callable[[Rehearsal], Result],
        stretch: int,
        wanted: Callable[[], bool],
        then: Callable[[Result | None], None],
    ) -> None:
        """Let the graph be what is typed, beside the window.

        Parameters
        ----------
        verb
            Does it to a copy.
        stretch
            What is typed in one stretch is undone as one.
        wanted
            Whether that is still what stands there.
        then
            Called in the window with what the verb gives; with None if nothing came of it.
        """

        def take(rehearsal: Rehearsal, result: Result) -> None:
            for ahead in rehearsal.edits:
                self._push(ahead, TypedEdit(self, ahead.changes, stretch))
            then(result)

        words, lost = "Reading the text …", partial(then, None)
        wish = Wish("Reading", words, lambda: verb, take, lost=lost, wanted=wanted)
        OnTheWay(self, wish).send()

    def take_in(self, edits: Sequence[Ahead]) -> None:
        """Push edits whose outcome is known; all of them come to what the last one comes to."""
        for ahead in edits[:-1]:
            self.undo_stack.push(Edit(self, ahead.text, ahead.changes, made=True))
        for ahead in edits[-1:]:
            told = tuple(chain.from_iterable(each.changes for each in edits))
            self._push(replace(ahead, changes=told), Edit(self, ahead.text, ahead.changes))

    def _push(self, ahead: Ahead, edit: Edit) -> None:
        self._make(ahead, partial(self.undo_stack.push, edit))

    def set_off(self) -> None:
        """Count a large verb that has been asked for."""
        self.asked += 1
        self.large_on_the_way += 1
        self.tell_of_work()

    def arrive(self) -> None:
        """Count one as done, or as lost."""
        self.large_on_the_way -= 1
        self.tell_of_work()

    def prepare(self, errands: Errands, errand: Errand[Result]) -> None:
        """Have long work done that is going to end in a change.

        Until it is done, it is the last change that was asked for, if none is asked for after it.
        """

        def last(act: Callable[..., None]) -> Callable[..., None]:
            def end(*given: object) -> None:
                self.in_preparation.remove(entry)
                self.tell_of_work()
                act(*given)

            return end

        counted = replace(
            errand,
            take=last(errand.take),
            fail=last(errand.fail),
            given_up=last(errand.given_up),
        )
        self.asked += 1
        entry = Preparation(errand.name, self.asked, partial(errands.withdraw, counted))
        self.in_preparation.append(entry)
        self.tell_of_work()
        errands.send(counted)

    def give_up_last(self) -> str | None:
        """Give up what was asked for last, if that is still in preparation; tell what it was."""
        if not self.in_preparation or self.in_preparation[-1].asked != self.asked:
            return None
        last = self.in_preparation[-1]
        self.asked -= 1
        last.give_up()
        return last.name

    def undo(self, then: Callable[[], None] = lambda: None) -> None:
        """Take the last edit back, a large one beside the window, and then do something else."""
        self._turn("Undoing", -1, then)

    def undo_to(self, index: int, then: Callable[[], None]) -> None:
        """Take back all edits but the first so many, large ones beside the window; then go on."""
        stack = self.undo_stack
        while stack.index() > index and self._turns_at_once(self._edit(-1)):
            stack.undo()
        if stack.index() > index:
            self.undo(partial(self.undo_to, index, then))
        else:
            then()

    def redo(self) -> None:
        """Make the edit again that was taken back, a large one beside the window."""
        self._turn("Redoing", 0, lambda: None)

    def _turn(self, name: str, at: int, then: Callable[[], None]) -> None:
        stack = self.undo_stack
        turn = stack.undo if at else stack.redo
        wanted = self._edit(at)
        if wanted is None or self._turns_at_once(wanted):
            turn()
            then()
            return
        asked: list[Edit | None] = []

        def verb() -> Callable[[Rehearsal], None] | None:
            found = self._edit(at)
            asked[:] = asked or [found]
            if found is not asked[0]:
                return None
            if found is None:
                return lambda _: None  # those before it have left nothing to be turned
            changes = found.changes
            return lambda r: r.make(name, inverse(changes) if at else changes)

        def take(rehearsal: Rehearsal, _: None) -> None:
            for ahead in rehearsal.edits:
                self._make(ahead, turn)
            then()

        OnTheWay(self, Wish(name, f"{name} “{wanted.text()}” …", verb, take)).send()

    def _edit(self, at: int) -> Edit | None:
        """Give the edit that would be taken back (-1), or made again (0)."""
        found = self.undo_stack.command(self.undo_stack.index() + at)
        return found if isinstance(found, Edit) else None

    def _turns_at_once(self, edit: Edit | None) -> bool:
        """Tell whether an edit is taken back, or made again, within a frame or two."""
        return edit is None or not (self.large_on_the_way or self._is_large(edit.changes))

    def _is_large(self, changes: tuple[Change, ...]) -> bool:
        """Tell whether to make changes takes longer than a frame or two."""
        if len(self.graph) > AT_ONCE and not OF_GROUPS.isdisjoint(map(type, changes)):
            return True  # all of it is looked at anew
        return len(changes) > AT_ONCE

    def _make(self, ahead: Ahead, act: Callable[[], None]) -> None:
        self.ahead = ahead
        try:
            act()
        finally:
            self.ahead = None
