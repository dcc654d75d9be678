"""The walk as it is seen over what is folded: where it stops, what travels, what is done."""

from __future__ import annotations

from collections.abc import Collection

from engine.course import Course
from engine.graph import Wire
from engine.moment import Moment
from engine.recording import Recording
from engine.stops import stops
from gui.canvas.folds import Folds
from gui.document import OpenDocument


class FoldedWalk:
    """A walk over groups of which each is one stop.

    Everything is worked out from the moment and from what is folded, and kept until one of them
    is another.
    """

    def __init__(self, document: OpenDocument, folds: Folds) -> None:
        self._document, self._folds = document, folds
        self._drawn: dict[Wire, tuple[Wire, ...]] = {}
        self._drawn_for: dict[Wire, tuple[Wire, ...]] = {}
        self._course: Course | None = None
        self._stops: tuple[int, ...] = ()
        self._last: dict[str, int] = {}
        self._travelling: tuple[Recording, int, Collection[Wire]] | None = None

    def take(self, drawn: dict[Wire, tuple[Wire, ...]]) -> None:
        """Take what is drawn now: each wire, with all that are seen as one with it."""
        self._drawn = drawn
        self._drawn_for = {w: along for along in drawn.values() if len(along) > 1 for w in along}
        self._course = self._travelling = None

    def add(self, wire: Wire) -> None:
        """Take in one more wire that is drawn by itself."""
        if not self._folds.is_plain:
            self._drawn[wire] = (wire,)

    def drop(self, wire: Wire) -> None:
        """Forget a wire."""
        self._drawn.pop(wire, None)

    def along(self, wire: Wire) -> tuple[Wire, ...]:
        """List the wires that are seen as one with a wire, itself among them."""
        return self._drawn_for.get(wire, (wire,))

    def stops(self, course: Course) -> tuple[int, ...] | None:
        """List the steps that the walk stops at; None if that is all of them."""
        if self._folds.is_plain:
            return None
        self._keep_up(course)
        return self._stops

    def is_past(self, group: str, moment: Moment) -> bool:
        """Whether all in a group that gradients come back through have passed theirs on."""
        course = moment.recording.course
        self._keep_up(course)
        if group not in self._last:
            back = course.backward_steps
            inside = self._document.groups.blocks(group)
            self._last[group] = max((back.get(block, -1) for block in inside), default=-1)
        return 0 <= self._last[group] < moment.cursor

    def travelling(self, moment: Moment) -> Collection[Wire]:
        """List the wires that are drawn and that the step sends a pulse along.

        Where the step is one of a folded group, that is all lines into the group.
        """
        known = self._travelling
        if known is None or known[0] is not moment.recording or known[1] != moment.cursor:
            found = moment.travelling() if self._folds.is_plain else self._found(moment)
            self._travelling = known = moment.recording, moment.cursor, found
        return known[2]

    def _found(self, moment: Moment) -> Collection[Wire]:
        step = moment.step
        seat = self._folds.stand_in(step.block) if step is not None else None
        if step is None or seat is None or seat == step.block:
            return {self.along(wire)[0] for wire in moment.travelling()}
        constants = moment.recording.course.constants if moment.is_backward else frozenset[str]()
        inlets = self._folds.face(seat).ports.inlets
        ends = {end for i in inlets if i.source is not None for end in i.ends}
        return {
            wire
            for wire in self._drawn
            if (wire.target, wire.port) in ends and wire.source not in constants
        }

    def _keep_up(self, course: Course) -> None:
        if self._course is not course:
            self._course = course
            self._stops = stops(course, self._document.groups, self._folds.entered)
            self._last = {}
