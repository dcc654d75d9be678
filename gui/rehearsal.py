"""A verb that is tried on a copy of a document, on any thread, and what that has come to."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from engine.document import Change, Document
from engine.errors import GradwalkError
from engine.membership import followed
from engine.reconcile import reconcile
from engine.recording import Recording
from engine.sheet import Sheet
from engine.verbs import Changes
from gui.canvas.level import LevelAhead
from gui.canvas.seen import Seen, look_ahead
from gui.edits import TYPED
from gui.held import Held, laid_out


@dataclass(frozen=True, slots=True)
class Ahead:
    """What a document is going to be after one edit.

    Attributes
    ----------
    text, changes
        What the edit is called, and what it comes down to.
    document
        What it holds then.
    seen
        What is seen of it then; good for one canvas, which goes on with it.
    """

    text: str
    changes: tuple[Change, ...]
    document: Document
    seen: Seen


class Rehearsal(Held):
    """A copy of a document that verbs are tried on, and what each has come to.

    It touches nothing of Qt's widgets, so a large verb can be tried beside the window.

    Parameters
    ----------
    document
        The copy, which nobody else changes.
    recording
        The last run of it.
    level
        Id of the group whose inside is looked at.
    within
        Id of the group that new blocks are put into.

    Attributes
    ----------
    edits
        What each verb that was done has come to.
    refusal
        Why the last verb may not be done; None if none was refused.
    """

    def __init__(
        self,
        document: Document,
        recording: Recording,
        level: str | None,
        within: str | None,
    ) -> None:
        self.hold(document, within)
        self._recording, self._level = recording, level
        self.edits: list[Ahead] = []
        self.refusal: GradwalkError | None = None

    def make(self, text: str, changes: tuple[Change, ...]) -> None:
        """Make changes that are known, as of an edit that is taken back or done again."""
        after = LevelAhead(self, self._level, self._recording)
        self._document.apply(changes)
        if after.folds.still_inside() != self._level:
            self._level = after.folds.still_inside()
            after.folds.enter(self._level)
        self.edits.append(Ahead(text, changes, self._document, look_ahead(after)))
        after.let_go()

    def rewrite(self, sheet: Sheet) -> Mapping[str, str]:
        """Let the graph be what a text says; give the id of each block of the text."""
        found = reconcile(self._document, sheet, laid_out)
        changes = followed(self._document, found.changes, self.within)
        if changes:
            self.make(TYPED, changes)
        return found.ids

    def go_on(self) -> None:
        """Leave what the last verb has come to as it is, and go on with a copy of it."""
        self.hold(self._document.copy(), self.within)

    def let_go(self) -> None:
        """Hold nothing in a circle any more: nobody asks it anything."""
        del self.drawing, self.edits

    def _do(self, text: str, verb: Callable[[], Changes]) -> bool:
        try:
            changes = followed(self._document, verb(), self.within)
        except GradwalkError as error:
            self.refusal = error
            return False
        if changes:
            self.make(text, changes)
        return bool(changes)
