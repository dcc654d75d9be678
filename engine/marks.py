"""Frames and notes: what is drawn on the canvas to explain it, and is no part of the graph.

A mark belongs to the whole document or to a group, and is seen wherever the inside of that is.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from typing import Final, NamedTuple

from engine.errors import MarkError
from engine.syntax import shown

COLOURS: Final = ("grey", "teal", "violet", "sand", "rose")
"""What a frame or a note can be tinted with: never the blue and the orange of the walk."""

SMALLEST, LARGEST = 40.0, 1e6
"""Least and greatest width and height of a mark, in scene units."""

LONGEST_TITLE, LONGEST_TEXT = 80, 10_000
"""Characters of the title of a frame, and of a note."""


class Box(NamedTuple):
    """Where a mark is, in scene units: its left upper corner, and its size."""

    x: float
    y: float
    width: float
    height: float

    def moved(self, x: float, y: float) -> Box:
        """Give the same box somewhere else."""
        return Box(self.x + x, self.y + y, self.width, self.height)

    @property
    def middle(self) -> tuple[float, float]:
        """Where its middle is."""
        return self.x + self.width / 2, self.y + self.height / 2

    def has(self, x: float, y: float) -> bool:
        """Tell whether a place lies in it."""
        across = self.x <= x <= self.x + self.width
        return across and self.y <= y <= self.y + self.height

    def holds(self, other: Box) -> bool:
        """Tell whether another box lies wholly in this one."""
        across = self.x <= other.x and other.x + other.width <= self.x + self.width
        return across and self.y <= other.y and other.y + other.height <= self.y + self.height


@dataclass(frozen=True, slots=True)
class Mark:
    """What a frame and a note have in common.

    Attributes
    ----------
    id
        Its name inside the document, never shown: `m` and a number.
    text
        The title of a frame, one line; what a note says, in several lines.
    box
        Where it is.
    colour
        One of `COLOURS`.
    within
        Id of the group that it belongs to; None for the whole document.
    """

    id: str
    text: str
    box: Box
    colour: str = COLOURS[0]
    within: str | None = None


@dataclass(frozen=True, slots=True)
class Frame(Mark):
    """A titled rectangle behind blocks; what stands in it moves with it."""


@dataclass(frozen=True, slots=True)
class Note(Mark):
    """Text on the canvas."""


def check_mark(mark: Mark) -> None:
    """Raise the reason why there can be no such mark; return if there can.

    Raises
    ------
    MarkError
        With a sentence that says why.
    """
    if not re.fullmatch(r"m[1-9][0-9]{0,8}", mark.id):
        sentence = f"“{shown(mark.id)}” cannot be the id of a frame or a note: m and a number can."
        raise MarkError(sentence)
    if mark.colour not in COLOURS:
        sentence = f"There is no colour “{shown(mark.colour)}” for it; there is {_listed(COLOURS)}."
        raise MarkError(sentence)
    if not all(math.isfinite(number) and abs(number) <= 1e9 for number in mark.box[:2]):  # noqa: PLR2004
        raise MarkError("It is too far away to be found again.")
    if not all(SMALLEST <= length <= LARGEST for length in mark.box[2:]):
        raise MarkError(f"It is {SMALLEST:.0f} to {LARGEST:,.0f} wide and high.")
    check_text(mark)


def check_text(mark: Mark) -> None:
    """Raise the reason why a mark cannot say this; return if it can.

    Raises
    ------
    MarkError
        With a sentence that says why.
    """
    is_frame = isinstance(mark, Frame)
    most = LONGEST_TITLE if is_frame else LONGEST_TEXT
    if len(mark.text) > most:
        what = "A title" if is_frame else "A note"
        raise MarkError(f"{what} has {most:,} characters at most; this has {len(mark.text):,}.")
    lines = [mark.text] if is_frame else mark.text.split("\n")
    odd = next((c for line in lines for c in line if not (c.isprintable() or c == "\t")), None)
    if odd is not None and is_frame:
        raise MarkError("A title is one line of text.")
    if odd is not None:
        raise MarkError(f"A note is plain text; U+{ord(odd):04X} cannot be seen.")


def _listed(words: tuple[str, ...]) -> str:
    return f"{', '.join(words[:-1])} and {words[-1]}"
