"""Verbs that bear on very many blocks: tried on a copy beside the window, and then taken in."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Generic, TypeVar

from engine.document import AddGroup, Change, RemoveGroup, ReplaceGroup, inverse
from engine.recording import Recording
from gui.edits import Edit, UndoStack
from gui.errands import Errand, Errands, Reach
from gui.held import Held
from gui.rehearsal import Ahead, Rehearsal

AT_ONCE = 300
"""Blocks up to which a verb is done within a frame or two."""

TRIES = 3
"""How often a verb is tried while a person goes on to change the document."""

OF_GROUPS = frozenset((AddGroup, RemoveGroup, ReplaceGroup))
"""The changes of groups themselves."""

OVERTAKEN = "The document has changed meanwhile, so nothing was done. Try it again."

Result = TypeVar("Result")


def _nothing(_result: object) -> None:
    """Do nothing about it."""


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
    is_let_go
        Whether it was closed.
    """

    errands: Errands | None
    ahead: Ahead | None
    version: int
    large_on_the_way: int
    is_let_go: bool
    undo_stack: UndoStack

    @property
    def latest(self) -> Recording:
        """The last run there is."""
        raise NotImplementedError

    def refuse(self, sentence: str, block: str = "") -> None:
        """Say why a verb may not be done; the document does that."""
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
        """
        if count > AT_ONCE or self.large_on_the_way:
            self.rehearse(count, name, verb, then, home)
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
    ) -> None:
        """Do a verb beside the window, however much it bears on; see `do`."""

        def take(rehearsal: Rehearsal, result: Result) -> None:
            for ahead in rehearsal.edits:
                self.take_in(ahead)
            if rehearsal.refusal is not None:
                self.refuse(rehearsal.refusal.sentence, rehearsal.refusal.block or "")
            then(result)

        words = f"{name} {count:,} blocks …"
        _Large(self, name, words, lambda: verb, take, home).send()

    def take_in(self, ahead: Ahead) -> None:
        """Push an edit whose outcome is known."""
        self._make(ahead, partial(self.undo_stack.push, Edit(self, ahead.text, ahead.changes)))

    def undo(self, then: Callable[[], None] = lambda: None) -> None:
        """Take the last edit back, a large one beside the window, and then do something else."""
        self._turn("Undoing", -1, then)

    def redo(self) -> None:
        """Make the edit again that was taken back, a large one beside the window."""
        self._turn("Redoing", 0, lambda: None)

    def _turn(self, name: str, at: int, then: Callable[[], None]) -> None:
        stack = self.undo_stack
        turn = stack.undo if at else stack.redo

        def edit() -> Edit | None:
            found = stack.command(stack.index() + at)
            return found if isinstance(found, Edit) else None

        wanted = edit()
        if wanted is None or not (self.large_on_the_way or self._is_large(wanted.changes)):
            turn()
            then()
            return
        asked: list[Edit] = []

        def verb() -> Callable[[Rehearsal], None] | None:
            found = edit()
            asked[:] = asked or ([found] if found is not None else [])
            if found is None or found is not asked[0]:
                return None
            changes = found.changes
            return lambda r: r.make(name, inverse(changes) if at else changes)

        def take(rehearsal: Rehearsal, _: None) -> None:
            self._make(rehearsal.edits[0], turn)
            then()

        _Large(self, name, f"{name} “{wanted.text()}” …", verb, take).send()

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


class _Large(Generic[Result]):
    """A large verb on its way.

    Parameters
    ----------
    name, home
        As `LargeVerbs.do` has them.
    words
        What a person is told meanwhile.
    verb
        Gives, when its turn has come, what is to be done to a copy; None if that is not to be done
        any more.
    take
        Called in the window with the copy and with what the verb gave.
    """

    def __init__(
        self,
        document: LargeVerbs,
        name: str,
        words: str,
        verb: Callable[[], Callable[[Rehearsal], Result] | None],
        take: Callable[[Rehearsal, Result], None],
        home: str | None = None,
    ) -> None:
        self._document, self._verb, self._taken, self._home = document, verb, take, home
        self._tries = 0
        self._errand = Errand(
            name, (words,), self._work, self._take, self._fail, self._end, self._begin
        )

    def send(self) -> None:
        """Have it done, here where nobody runs errands."""
        self._document.large_on_the_way += 1
        if self._document.errands is not None:
            self._document.errands.send(self._errand)
            return
        self._begin()
        self._take(self._work(lambda *_: None))

    def _begin(self) -> None:
        document = self._document
        self._version, self._do = document.version, self._verb()
        home = self._home if self._home in document.groups else document.within
        self._rehearsal = Rehearsal(document.kept(), document.latest, document.within, home)

    def _work(self, reach: Reach) -> list[Result]:
        reach(0, 0.0)
        done = [] if self._do is None else [self._do(self._rehearsal)]
        reach(0, 1.0)
        return done

    def _take(self, done: list[Result]) -> None:
        document = self._document
        if document.is_let_go:
            return
        self._tries += 1
        is_overtaken, errands = document.version != self._version, document.errands
        if is_overtaken and self._tries < TRIES and errands is not None:
            errands.send_again(self._errand)
            return
        self._end()
        if is_overtaken or not done:
            document.refuse(OVERTAKEN)
        else:
            self._taken(self._rehearsal, *done)

    def _fail(self, sentence: str) -> None:
        self._end()
        self._document.refuse(sentence)

    def _end(self) -> None:
        self._document.large_on_the_way -= 1
