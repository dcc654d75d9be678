"""What is put on the undo stack: verbs, and which of them are undone as one."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtGui import QUndoCommand, QUndoStack
from shiboken6 import isValid

from engine.bending import SetBends
from engine.document import Change, MoveBlock, ReplaceBlock, inverse
from engine.marking import ReplaceMark

if TYPE_CHECKING:
    from gui.large_verbs import LargeVerbs


NUDGE, SLIDE = "nudge", "slide"
"""Texts of the edits that a held key makes, which are undone as one."""

Moving = MoveBlock | SetBends | ReplaceMark
Moves = tuple[Moving, ...]
"""Changes that only move what is there."""

HELD = {NUDGE: 1, SLIDE: 2}
"""The ids of edits that a held key makes."""


class UndoStack(QUndoStack):
    """The edits of a document, in order.

    Python sees a document, its stack and its edits hold each other in a circle. Of one that nobody
    has closed, it may take an edit down before the stack, which would then follow a pointer to
    nothing. So the stack lets go of all edits first: Python calls `__del__` before it takes any
    part of a circle down.
    """

    def forget(self) -> None:
        """Let go of every edit, and tell nobody."""
        self.blockSignals(True)  # noqa: FBT003 - Qt takes no keyword here
        self.clear()

    def __del__(self) -> None:
        """Let go of every edit, unless Qt has taken the stack down already."""
        if isValid(self):
            self.forget()


class Edit(QUndoCommand):
    """One verb on the undo stack: the changes it came down to, and the same turned round."""

    def __init__(
        self,
        document: LargeVerbs,
        text: str,
        changes: tuple[Change, ...],
        *,
        made: bool = False,
    ) -> None:
        super().__init__(text)
        self._document = document
        self._is_made = made
        self.changes = changes

    def redo(self) -> None:
        """Make the changes, unless they have been made, or are about to be with others."""
        if self._is_made:
            self._is_made = False
            return
        ahead = self._document.ahead
        self._document.perform(self.changes if ahead is None else ahead.changes)

    def undo(self) -> None:
        """Take them back."""
        ahead = self._document.ahead
        self._document.perform(inverse(self.changes) if ahead is None else ahead.changes)

    def id(self) -> int:
        """Say which edits may become one: those that a held key makes."""
        return HELD.get(self.text(), -1)

    def mergeWith(self, other: QUndoCommand) -> bool:
        """Take the next edit of the same key and the same blocks into this one."""
        if not isinstance(other, Edit):
            return False
        match self.changes, other.changes:
            case (ReplaceBlock(first), *rest), (ReplaceBlock(_, last), *more):
                if rest or more or first.id != last.id:
                    return False
                self.changes = (ReplaceBlock(first, last),)
                return True
        merged = _one_after_the_other(self.changes, other.changes)
        if merged is not None:
            self.changes = merged
        return merged is not None


def _one_after_the_other(first: tuple[Change, ...], then: tuple[Change, ...]) -> Moves | None:
    """Make one row of moves of two that move the same; None if they do not."""
    before, after = ({_what(change): change for change in row} for row in (first, then))
    if before.keys() != after.keys() or None in before:
        return None
    return tuple(_both(change, after[what]) for what, change in before.items())


def _both(first: Change, then: Change) -> Moving:
    """Make one of two moves of the same."""
    match first, then:
        case MoveBlock(), MoveBlock():
            return replace(first, after=then.after)
        case SetBends(), SetBends():
            return replace(first, after=then.after)
        case ReplaceMark(), ReplaceMark():
            return replace(first, after=then.after)
    raise AssertionError(first, then)


def _what(change: Change) -> tuple[str, object] | None:
    """Tell what a change moves; None if it does something else."""
    match change:
        case MoveBlock(block=block):
            return "block", block
        case SetBends(wire=wire):
            return "bends", wire
        case ReplaceMark(after=mark):
            return "mark", mark.id
    return None


TYPED = "edit expression"
"""Text of what is typed into the expression."""

TYPING_ID = 1 + max(HELD.values())


class TypedEdit(Edit):
    """What a person types into the expression, which is undone as one until they pause.

    Parameters
    ----------
    stretch
        The number of the stretch of typing between two pauses.
    """

    def __init__(self, document: LargeVerbs, changes: tuple[Change, ...], stretch: int) -> None:
        super().__init__(document, TYPED, changes)
        self.stretch = stretch

    def id(self) -> int:
        """Say that what is typed may become one edit."""
        return TYPING_ID

    def mergeWith(self, other: QUndoCommand) -> bool:
        """Take what was typed next into this one, unless there was a pause."""
        if not isinstance(other, TypedEdit) or other.stretch != self.stretch:
            return False
        self.changes += other.changes
        return True
