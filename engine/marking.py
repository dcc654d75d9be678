"""What a person can do with frames and notes, each verb as the changes it comes down to.

As in `verbs`, a verb changes nothing: it raises a typed error, or gives the changes.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType

from engine.document import Change, Document, Place
from engine.errors import MarkError
from engine.marks import COLOURS, Box, Frame, Mark, Note, check_mark, check_text
from engine.syntax import shown

Changes = tuple[Change, ...]

NO_HOMES: Mapping[str, str | None] = MappingProxyType({})
"""Each belongs to what it belongs to."""


@dataclass(frozen=True, slots=True)
class AddMark:
    """A frame or a note is drawn."""

    mark: Mark

    def apply(self, document: Document) -> None:
        """Draw it."""
        check_mark(self.mark)
        if self.mark.id in document.marks or self.mark.id in document.graph:
            raise MarkError(f"There is already something with the id “{self.mark.id}”.")
        if self.mark.within is not None:
            document.groups.group(self.mark.within)
        document.marks[self.mark.id] = self.mark

    def inverse(self) -> Change:
        """Take it away."""
        return RemoveMark(self.mark)


@dataclass(frozen=True, slots=True)
class RemoveMark:
    """A frame or a note goes away."""

    mark: Mark

    def apply(self, document: Document) -> None:
        """Take it away."""
        del document.marks[marked(document, self.mark.id).id]

    def inverse(self) -> Change:
        """Draw it again."""
        return AddMark(self.mark)


@dataclass(frozen=True, slots=True)
class ReplaceMark:
    """A frame or a note is moved, or looks or says something else."""

    before: Mark
    after: Mark

    def apply(self, document: Document) -> None:
        """Put the new facts in place."""
        marked(document, self.after.id)
        check_mark(self.after)
        if self.after.within is not None:
            document.groups.group(self.after.within)
        document.marks[self.after.id] = self.after

    def inverse(self) -> Change:
        """Put the old facts back."""
        return ReplaceMark(self.after, self.before)


def marked(document: Document, mark: str) -> Mark:
    """Give the frame or the note of this id.

    Raises
    ------
    MarkError
        If there is none.
    """
    try:
        return document.marks[mark]
    except KeyError:
        raise MarkError(f"There is no frame and no note “{shown(mark)}”.") from None


def next_mark_id(document: Document) -> str:
    """Give an id that no frame, no note and no block has."""
    number = max((int(mark[1:]) for mark in document.marks), default=0) + 1
    taken = (int(b[1:]) for b in document.graph.blocks if re.fullmatch(r"m[0-9]{1,8}", b))
    return f"m{max(number, max(taken, default=0) + 1)}"


def frame(document: Document, box: Box, title: str, within: str | None) -> tuple[Changes, str]:
    """Draw a frame; give the changes, and its id."""
    return _added(Frame(next_mark_id(document), title, box, COLOURS[1], within))


def note(document: Document, box: Box, text: str, within: str | None) -> tuple[Changes, str]:
    """Put a note on the canvas; give the changes, and its id."""
    return _added(Note(next_mark_id(document), text, box, COLOURS[3], within))


def _added(mark: Mark) -> tuple[Changes, str]:
    check_mark(mark)
    return (AddMark(mark),), mark.id


def move_marks(
    document: Document, boxes: Mapping[str, Box], homes: Mapping[str, str | None] = NO_HOMES
) -> Changes:
    """Let frames and notes be somewhere else, of another size, or in other groups.

    Parameters
    ----------
    homes
        For some the id of the group that they are to belong to; None for the whole document.

    Raises
    ------
    MarkError, GroupError
        If one of them is not there, or cannot be where it is to be.
    """
    after = {}
    for mark in {**boxes, **homes}:
        known = marked(document, mark)
        home = homes.get(mark, known.within)
        if home is not None:
            document.groups.group(home)
        after[mark] = replace(known, box=boxes.get(mark, known.box), within=home)
    return _replaced(document, after)


def say(document: Document, mark: str, text: str) -> Changes:
    """Give a frame another title, or let a note say something else."""
    after = replace(marked(document, mark), text=text)
    check_text(after)
    return _replaced(document, {mark: after})


def tint(document: Document, marks: Iterable[str], colour: str) -> Changes:
    """Give frames and notes another colour."""
    return _replaced(document, {m: replace(marked(document, m), colour=colour) for m in marks})


def remove_marks(document: Document, marks: Iterable[str]) -> Changes:
    """Take frames and notes away; what stands in a frame stays."""
    return tuple(RemoveMark(marked(document, mark)) for mark in marks)


def _replaced(document: Document, after: Mapping[str, Mark]) -> Changes:
    for mark in after.values():
        check_mark(mark)
    before = document.marks
    return tuple(ReplaceMark(before[m], mark) for m, mark in after.items() if mark != before[m])


def copied_marks(
    document: Document,
    marks: Iterable[Mark],
    by: Place,
    groups: Mapping[str, str],
    within: str | None,
) -> tuple[Changes, list[str]]:
    """Draw copies of frames and notes.

    Parameters
    ----------
    by
        How far from the originals.
    groups
        The id of the copy of each group that was copied.
    within
        Where the copies of those belong whose group was not copied.

    Returns
    -------
    tuple
        The changes, and the ids of the copies.
    """
    number = int(next_mark_id(document)[1:])
    changes = []
    for at, mark in enumerate(marks):
        home = within if mark.within is None else groups.get(mark.within, within)
        box = mark.box.moved(by.x, by.y)
        changes.append(AddMark(replace(mark, id=f"m{number + at}", box=box, within=home)))
    return tuple(changes), [change.mark.id for change in changes]
