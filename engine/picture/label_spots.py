"""The labels of a Variable, and the spots that each may stand at: most lie on its wires."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

import numpy as np
from numpy.typing import NDArray

from engine.document import Place
from engine.graph import Wire
from engine.picture import sizes
from engine.picture.lines import Line

NUMBER, CONTRIBUTION = 72.0, 80.0
"""Widths that are kept free for a number and for a contribution."""

NAME = 20.0
"""Height of the name above a value."""

STRAY = 90.0
"""How far labels stand from their usual spot at most."""

RISES, ASIDE = (0, 10, 24, -8, -20, -36, -52), (0, -10, 10, 22)
"""How far down and aside a value may move; a gradient moves up where a value moves down."""

SIDES = (-13, 13, -26, 26, -40, 40)
"""How far beside its wire a contribution may stand."""

MOVES = 0.9
"""What it costs to stand a unit of distance away from the usual spot."""

FAR = 80.0
"""Distance at which each further unit costs three times as much as the first."""

POINT = 12.0
"""From one point of a wire to the next, where the wires are looked at."""

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Giver:
    """A Variable with what its labels need to know.

    Attributes
    ----------
    block
        Id of the block that gives it.
    at
        Where its wires leave.
    lines
        The lines of its wires.
    pill
        Size of the pill of an input, which shows its value itself; None for all others.
    tail
        Length of the short wire of one that nothing uses.
    is_array
        Whether its value is a picture.
    """

    block: str
    at: Place
    lines: tuple[tuple[Wire, Line], ...]
    pill: tuple[float, float] | None
    tail: float
    is_array: bool = False

    @property
    def anchor(self) -> Place:
        """The usual point that its value stands above, and its gradient below."""
        x, y = self.at
        if not self.lines:
            return Place(x + self.tail / 2 + 2, y)
        if len(self.lines) == 1:
            return self.lines[0][1].label
        if self.pill is not None:
            # What comes back to an input is added up below it: its wires part right away.
            width, height = self.pill
            return Place(x - width / 2, y + height / 2 - sizes.LABEL_GAP + 6)
        return Place(x + sizes.STEM, y)

    @property
    def is_pinned(self) -> bool:
        """Whether there is one spot alone for its value and its gradient."""
        return not self.lines or (self.pill is not None and len(self.lines) > 1)

    def room(self) -> float:
        """Width that a label has."""
        gaps = [line.stop.x - self.at.x for _, line in self.lines]
        return max(min(gaps, default=self.tail), sizes.TAIL) - 4


@dataclass
class Label:
    """One thing to be placed: its box around a spot, and the spots it may stand at.

    Attributes
    ----------
    source
        Id of the block whose Variable it tells of.
    box
        Left, top, right and bottom, from the spot.
    spots, losses
        The spots it may stand at, the usual one first, shape (spots, 2), and what each costs.
    chosen
        Index of the spot it stands at.
    """

    source: str
    box: tuple[float, float, float, float]
    spots: Floats
    losses: Floats
    chosen: int = 0

    @cached_property
    def every(self) -> Floats:
        """Its box at each of its spots: (spots, 4)."""
        moved: Floats = np.tile(self.spots, 2) + self.box
        return moved

    @property
    def place(self) -> Place:
        """Where it stands."""
        return Place(*self.spots[self.chosen].tolist())


# What stands where


def value_label(giver: Giver) -> Label:
    """A value stands above a point of the wire, and the name above it."""
    top = -sizes.LABEL_GAP - _height(giver) - (NAME if giver.lines else 0.0)
    half = _half(giver)
    return _placed(giver, (-half, top, half, -sizes.LABEL_GAP), giver.anchor, RISES)


def gradient_label(giver: Giver) -> Label:
    """A gradient stands below a point of the wire."""
    top, half = sizes.LABEL_GAP, _half(giver)
    falls = [-rise for rise in RISES]
    return _placed(giver, (-half, top, half, top + _height(giver)), giver.anchor, falls)


def _placed(
    giver: Giver,
    box: tuple[float, float, float, float],
    anchor: Place,
    nudges: Sequence[float],
) -> Label:
    """A number that may move along its wire, and a little up and down and aside."""
    usual = np.array([anchor])
    if giver.is_pinned:
        return Label(giver.block, box, usual, np.zeros(1))
    found = [usual, *(_beside(usual + np.array((aside, 0)), nudges) for aside in ASIDE)]
    if len(giver.lines) == 1:
        found.append(_beside(_near(giver.lines[0][1], anchor), nudges[:3]))
    every = np.concatenate(found)
    return Label(giver.block, box, every, _moved(every, usual))


def _moved(spots: Floats, usual: Floats) -> Floats:
    """Tell what it costs to stand away from the usual spot: far away, nobody sees whose it is."""
    distance: Floats = np.hypot(*(spots - usual).T)
    return distance * (1 + distance / FAR) * MOVES


def _half(giver: Giver) -> float:
    """Half the width that is kept free for a value or a gradient."""
    return min(giver.room() - 2, sizes.ARRAY_TAIL if giver.is_array else NUMBER) / 2


def _height(giver: Giver) -> float:
    return sizes.PICTURE if giver.is_array else sizes.NUMBER_HEIGHT


def arrival_label(giver: Giver, line: Line) -> Label:
    """What came back along a wire stands on it, not far from the block that it comes from."""
    height = sizes.PICTURE * 0.75 if giver.is_array else sizes.NUMBER_HEIGHT
    width = sizes.ARRIVAL + 16 if giver.is_array else CONTRIBUTION
    usual = spaced(line)[1]
    on_it = np.concatenate(([usual], _near(line, usual)))
    some = on_it[::2]
    found = np.concatenate((on_it, _beside(some, SIDES)))
    losses = _moved(found, np.array(usual))
    # Beside its wire it is harder to see whose it is than further along.
    losses[len(on_it) :] += np.tile(np.abs(SIDES), len(some)) * MOVES
    box = (-width / 2, -height / 2, width / 2, height / 2)
    return Label(giver.block, box, found, losses)


# Along a wire


@lru_cache(maxsize=1024)
def spaced(line: Line) -> tuple[Floats, Place]:
    """Give points at equal distances along a line, and the usual spot of what comes back along it.

    While one block is moved, most lines are what they were.
    """
    points = np.array([line.start, line.end] if line.is_straight else line.points())
    lengths = np.hypot(*np.diff(points, axis=0).T).cumsum()
    ways = np.concatenate(([0.0], lengths))
    wanted = np.arange(0.0, ways[-1], POINT)
    spaced = np.stack([np.interp(wanted, ways, points[:, axis]) for axis in (0, 1)], axis=1)
    return spaced, line.arrival


def _near(line: Line, usual: Place) -> Floats:
    """Give the points of a line that labels with a usual spot may move to."""
    along = spaced(line)[0][2:-1]
    near: Floats = along[np.hypot(*(along - usual).T) < STRAY]
    return near


def _beside(places: Floats, sides: Sequence[float]) -> Floats:
    """Give spots above and below some places."""
    shifts = np.array([(0.0, side) for side in sides])
    spots: Floats = (places[:, None] + shifts).reshape(-1, 2)
    return spots
