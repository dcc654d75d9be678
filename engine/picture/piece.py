"""Some marks of the picture of a walk, and when they are seen."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from engine.picture.arrivals import Arrival


class Piece(NamedTuple):
    """Some marks of the picture of a walk.

    Attributes
    ----------
    svg
        The marks.
    first
        Index of the first step that they are seen in.
    until
        Index of the first step after it in which they are not; None if they stay.
    part, gone
        How many contributions must have arrived in those two steps for them to be seen, and not to
        be; 0 where they are from the beginning of the step on.
    """

    svg: str
    first: int = 0
    until: int | None = None
    part: int = 0
    gone: int = 0

    @classmethod
    def during(cls, svg: str, since: Arrival, until: Arrival | None) -> Piece:
        """Make marks that are seen since something has arrived, until something else has."""
        if until is None:
            return cls(svg, since.step, None, since.part)
        return cls(svg, since.step, until.step, since.part, until.part)

    @classmethod
    def as_it_comes(cls, svg: str, since: Arrival, until: Arrival | None = None) -> Piece:
        """Make marks that are seen for the rest of the step, or until something else arrives."""
        ends = until is not None and until.step == since.step
        return cls.during(svg, since, until if ends else Arrival(since.step + 1))

    def is_seen(self, step: int) -> bool:
        """Tell whether the marks are seen in a step, once all of it has been shown."""
        return self.first <= step and (self.until is None or step < self.until)


def merged(pieces: Iterator[Piece]) -> Iterator[Piece]:
    """Put neighbours together that are seen in the same steps."""
    held: Piece | None = None
    for piece in pieces:
        if held is not None and held[1:] == piece[1:]:
            held = held._replace(svg=held.svg + piece.svg)
            continue
        if held is not None:
            yield held
        held = piece
    if held is not None:
        yield held
