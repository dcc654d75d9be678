"""A large verb on its way: worked out on a copy of the document, and taken in if nothing came."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Generic, TypeVar

from gui.errands import Errand, Reach
from gui.rehearsal import Rehearsal

if TYPE_CHECKING:
    from gui.large_verbs import LargeVerbs

TRIES = 3
"""How often a verb is tried while a person goes on to change the document."""

OVERTAKEN = "The document has changed meanwhile, so nothing was done. Try it again."

Result = TypeVar("Result")


def _nothing() -> None:
    """Do nothing about it."""


@dataclass(frozen=True, slots=True)
class Wish(Generic[Result]):
    """What a person wants to have done.

    Attributes
    ----------
    name, words
        What a screen reader calls it, and what is said while it is done.
    verb
        Gives, when its turn has come, what is to be done to a copy; None if that is not to be done
        any more.
    take
        Called in the window with the copy and with what the verb gave.
    home
        Id of the group that new blocks are put into; without one, the one that is looked at.
    lost
        Called in the window if nothing comes of it.
    wanted
        Whether it is still to be done.
    """

    name: str
    words: str
    verb: Callable[[], Callable[[Rehearsal], Result] | None]
    take: Callable[[Rehearsal, Result], None]
    home: str | None = None
    lost: Callable[[], None] = _nothing
    wanted: Callable[[], bool] = lambda: True


class OnTheWay(Generic[Result]):
    """A wish that is being worked out.

    Parameters
    ----------
    document
        Whose wish it is.
    """

    def __init__(self, document: LargeVerbs, wish: Wish[Result]) -> None:
        self._document, self._wish = document, wish
        self._tries = 0
        self._errand = Errand(
            wish.name,
            (wish.words,),
            self._work,
            self._take,
            self._fail,
            self._drop,
            self._begin,
        )

    def send(self) -> None:
        """Have it worked out; here, where nobody runs errands."""
        self._document.set_off()
        if self._document.errands is not None:
            self._document.errands.send(self._errand)
            return
        self._begin()
        self._take(self._work(lambda *_: None))

    def _begin(self) -> None:
        """Copy the document as it is now."""
        document = self._document
        self._version, self._do = document.version, self._wish.verb()
        home = self._wish.home if self._wish.home in document.groups else document.within
        self._rehearsal = Rehearsal(document.kept(), document.latest, document.within, home)

    def _work(self, reach: Reach) -> list[Result]:
        """Do it to the copy, on the thread; give what the verb gives, if it was to be done."""
        reach(0, 0.0)
        done = [] if self._do is None else [self._do(self._rehearsal)]
        reach(0, 1.0)
        return done

    def _take(self, done: list[Result]) -> None:
        document, errands = self._document, self._document.errands
        self._tries += 1
        is_wanted = not document.is_let_go and self._wish.wanted()
        if is_wanted and document.version == self._version and self._rehearsal.edits:
            document.announce(self._rehearsal.edits[-1].document)
        is_overtaken = document.version != self._version
        if not is_wanted:
            self._drop()
        elif is_overtaken and self._tries < TRIES and errands is not None:
            errands.send_again(self._errand)
        elif is_overtaken or not done:
            document.refuse(OVERTAKEN)
            self._drop()
        else:
            document.arrive()
            self._wish.take(self._rehearsal, *done)
            self._let_go()

    def _let_go(self) -> None:
        """Hold nothing in a circle: only a look at all objects would find a copy so large."""
        self._rehearsal.let_go()
        del self._rehearsal, self._errand

    def _fail(self, sentence: str) -> None:
        self._document.refuse(sentence)
        self._drop()

    def _drop(self) -> None:
        self._document.arrive()
        self._wish.lost()
