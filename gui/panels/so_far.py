"""What the walk has found out so far: values on the way forward, factors or gradients back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np

from engine.course import Course
from engine.factors import Factor
from engine.moment import Moment
from engine.recording import BackwardStep, Recording, SeedStep
from engine.values import value_text
from engine.wording import ARRAY
from gui.panels.cards import Face, Look

ALL, MOST = 9, 6
"""Up to how many are all shown; how many of more, those around the cursor."""

ROW, FULL_ROW = 3, 4
"""How many stand in one row; where there are just one more, they fit too."""


@dataclass(frozen=True, slots=True)
class SoFar:
    """A row of findings.

    Attributes
    ----------
    head
        What they are.
    faces
        One a finding.
    sign
        What stands between two.
    first, total
        Index of the first that is shown, and how many there are.
    active
        Index of the one that the step is about.
    """

    head: str
    faces: tuple[Face, ...]
    sign: str
    first: int
    total: int
    active: int = 0

    def in_a_row(self) -> SoFar:
        """Give those of them that have room in one row: they are among the others."""
        shown = window(self.active, self.total, one_row=True)
        begin = shown.start - self.first
        return replace(self, faces=self.faces[begin : begin + len(shown)], first=shown.start)

    @property
    def place(self) -> str:
        """Which ones are shown, if not all."""
        if self.total <= len(self.faces):
            return ""
        return f"{self.first + 1:,} to {self.first + len(self.faces):,} of {self.total:,}"

    @property
    def lines(self) -> tuple[str, ...]:
        """What the step itself has found, as a line of text; the longest wording first.

        Examples
        --------
        >>> faces = [Face(f"∂gx/∂{x}", "", "b1", "active", "−0.71869") for x in "ab"]
        >>> for line in SoFar("", tuple(faces), "", 0, 2).lines:
        ...     print(line)
        ∂gx/∂a = −0.71869   ∂gx/∂b = −0.71869
        ∂gx/∂a = −0.719   ∂gx/∂b = −0.719
        ∂a = −0.719   ∂b = −0.719
        """
        lit = [face for face in self.faces if face.look == "active"]
        numbers = [face.number.removesuffix(ARRAY) for face in lit]
        names, brief = [face.text for face in lit], [_in_brief(number) for number in numbers]
        below = [name.rpartition("/")[2] for name in names]
        return tuple(
            "   ".join(f"{name} = {number}" for name, number in zip(*wording, strict=True))
            for wording in ((names, numbers), (names, brief), (below, brief))
        )


def _in_brief(number: str) -> str:
    """Write a number with three digits, as far as it is one."""
    first, plus, rest = number.partition(" + ")
    try:
        return value_text(np.asarray(float(first.replace("−", "-"))), 3) + plus + rest
    except ValueError:
        return number


NOTHING = SoFar("", (), "", 0, 0)
"""Before there is anything."""


def so_far(moment: Moment, chain: Sequence[Factor]) -> SoFar | None:
    """Gather what is known at a moment, and what is still to be found out.

    Parameters
    ----------
    moment
        The moment; its step is taken as done.
    chain
        The factors of the chain rule; empty if the graph is no chain.
    """
    if moment.step is None:
        return None
    moment = replace(moment, phase=1.0)
    if not moment.is_backward:
        return _values(moment)
    return _factors(moment, chain) if chain else _gradients(moment)


def window(active: int, total: int, *, one_row: bool = False) -> range:
    """Choose which of many are shown: those around the active one.

    Examples
    --------
    >>> window(0, 8), window(50, 100), window(99, 100)
    (range(0, 8), range(47, 53), range(94, 100))
    >>> window(4, 8, one_row=True)
    range(3, 6)
    """
    every, most = (FULL_ROW, ROW) if one_row else (ALL, MOST)
    if total <= every:
        return range(total)
    first = min(max(active - most // 2, 0), max(total - most, 0))
    return range(first, min(first + most, total))


def _values(moment: Moment) -> SoFar:
    recording, total = moment.recording, moment.recording.turn
    shown = window(moment.cursor, total)
    faces = []
    for index in shown:
        block = recording.blocks[recording.course.order[index]]
        value = recording.value(block.id) if index <= moment.cursor else None
        number = "?" if value is None else value_text(value)
        look = _look(known=value is not None, active=index == moment.cursor)
        about = f"{block.name} {_is(number)}"
        faces.append(Face(block.name, about, block.id, look, number, backward=False))
    sign = "→" if recording.course.is_chain and _is_linked(recording.course, shown) else ""
    return SoFar("Values so far", tuple(faces), sign, shown.start, total, moment.cursor)


def _is_linked(course: Course, shown: range) -> bool:
    """Tell whether each of the shown is made of the one before: beside a target, there is more."""
    return all(
        any(wire.source == before for wire in course.inputs[block])
        for before, block in pairwise(course.order[index] for index in shown)
    )


def _factors(moment: Moment, chain: Sequence[Factor]) -> SoFar:
    recording = moment.recording
    # A chain walks back one block a step, so its factors stand behind the seed in order.
    at = moment.cursor - recording.turn - 1
    shown = window(at, len(chain))
    faces = []
    for index in shown:
        factor = chain[index]
        text = f"∂{factor.top}/∂{factor.bottom}"
        number = "?" if factor.value is None else value_text(factor.value)
        look = _look(known=factor.value is not None, active=factor.active)
        block = recording.steps[recording.turn + 1 + index].block
        faces.append(Face(text, f"{text} {_is(number)}", block, look, number))
    return SoFar("Chain so far", tuple(faces), "·", shown.start, len(chain), at)


def _gradients(moment: Moment) -> SoFar:
    recording, standing = moment.recording, _receiving(moment)
    blocks, ranks = recording.course.received, recording.course.ranks
    active = max((ranks[block] for block in standing), default=0)
    shown = window(active, len(blocks))
    faces = [
        _gradient(moment, recording, blocks[index], active=blocks[index] in standing)
        for index in shown
    ]
    return SoFar("Gradients so far", tuple(faces), "", shown.start, len(blocks), active)


def _receiving(moment: Moment) -> list[str]:
    match moment.step:
        case SeedStep(block=block):
            return [block]
        case BackwardStep(contributions=parts):
            return [part.wire.source for part in parts]
    return []


def _gradient(moment: Moment, recording: Recording, block: str, *, active: bool) -> Face:
    target = recording.blocks[recording.target or block].name
    text = f"∂{target}/∂{recording.blocks[block].name}"
    value = moment.gradient(block)
    number = "?" if value is None else value_text(value)
    about = f"{text} {_is(number)}"
    more = recording.completed(block) > moment.cursor
    if value is not None and more:
        number, about = f"{number} + …", f"{about} so far, and more will be added"
    return Face(text, about, block, _look(known=value is not None, active=active), number)


def _look(*, known: bool, active: bool) -> Look:
    if active and known:
        return "active"
    return "done" if known else "quiet"


def _is(number: str) -> str:
    return "is not known yet" if number == "?" else f"is {number}"
