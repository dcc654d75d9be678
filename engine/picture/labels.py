"""Where labels stand in a small graph: on their wires, clear of blocks and of each other.

A function of where blocks and wires are, and of nothing else: so nothing moves while the walk goes
on. Each label has some spots that it may stand at, and takes the usual one if that is free. They
choose one after another, and then once more, when all others stand.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

import numpy as np
from numpy.typing import NDArray

from engine.document import Place
from engine.graph import Wire
from engine.marks import Box
from engine.picture import sizes
from engine.picture.lines import Line

LARGEST = 120
"""Variables and wires up to which labels make way for each other: it takes about 15 ms then, and of
a larger graph only a part can be in sight that is near enough to be read."""

NUMBER, CONTRIBUTION = 72.0, 80.0
"""Widths that are kept free for a number and for a contribution."""

NAME = 20.0
"""Height of the name above a value."""

CLEAR = 3.0
"""Room between a label and what it keeps clear of."""

ROUNDS = 2
"""How often each label chooses."""

STRAY = 90.0
"""How far labels stand from their usual spot at most."""

RISES, ASIDE = (0, 10, 24, -8, -20, -36, -52), (0, -10, 10, 22)
"""How far down and aside a value may move; a gradient moves up where a value moves down."""

SIDES = (-13, 13, -26, 26, -40, 40)
"""How far beside its wire a contribution may stand."""

HIDES, COVERS, DISTURBS, CROSSES, MOVES = 6.0, 3.0, 0.3, 30.0, 0.9
"""What it costs: a unit of area shared with a block, with another label, or with a chip; a point of
the wire of another Variable that runs through; and a unit of distance from the usual spot."""

ROOM_AROUND = np.array((-CLEAR, -CLEAR, CLEAR, CLEAR))

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


@dataclass(frozen=True, slots=True)
class Spots:
    """Where labels stand.

    Attributes
    ----------
    values, gradients
        For a block the point that the value of its Variable stands above, and that which the
        gradient stands below.
    arrivals
        For a wire the middle of what came back along it, where its Variable has several.
    """

    values: Mapping[str, Place]
    gradients: Mapping[str, Place]
    arrivals: Mapping[Wire, Place]


USUAL = Spots({}, {}, {})


@dataclass
class _Label:
    """One thing to be placed: its box around a spot, and the spots it may stand at."""

    source: str
    box: tuple[float, float, float, float]  # left, top, right, bottom, from the spot
    spots: Floats  # (spots, 2)
    losses: Floats  # (spots,)
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


def spots(blocks: Iterable[Box], chips: Iterable[Box], givers: Sequence[Giver]) -> Spots:
    """Tell where the labels of a graph stand.

    Parameters
    ----------
    blocks
        The outlines of all blocks and folded groups, and of the pills at their ends.
    chips
        Where local derivatives stand while the walk is at their block: better left free.
    givers
        The Variables that are seen.
    """
    if not 0 < sum(1 + len(giver.lines) for giver in givers) <= LARGEST:
        return USUAL
    order = sorted(givers, key=lambda giver: (not giver.is_pinned, giver.at, giver.block))
    values = {giver.block: _value(giver) for giver in order if giver.pill is None}
    gradients = {giver.block: _gradient(giver) for giver in order}
    arrivals = {
        wire: _arrival(giver, line)
        for giver in order
        if len(giver.lines) > 1
        for wire, line in giver.lines
    }
    labels = [*gradients.values(), *values.values(), *arrivals.values()]
    # First those that cannot move.
    labels.sort(key=lambda label: len(label.spots) > 1)
    _choose(labels, _edges(blocks), _edges(chips), _points(givers))
    return Spots(
        {block: label.place for block, label in values.items()},
        {block: label.place for block, label in gradients.items()},
        {wire: label.place for wire, label in arrivals.items()},
    )


def _edges(blocks: Iterable[Box]) -> Floats:
    rows = [(x, y, x + width, y + height) for x, y, width, height in blocks]
    return np.array(rows, dtype=float).reshape(-1, 4)


def _points(givers: Iterable[Giver]) -> tuple[Floats, list[str]]:
    """Give points along all wires, and of whose wire each is."""
    found = [np.zeros((0, 2))]
    owners: list[str] = []
    for giver in givers:
        for _, line in giver.lines:
            along = _spaced(line)[0]
            found.append(along)
            owners += [giver.block] * len(along)
    return np.concatenate(found), owners


@lru_cache(maxsize=1024)
def _spaced(line: Line) -> tuple[Floats, Place]:
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
    along = _spaced(line)[0][2:-1]
    near: Floats = along[np.hypot(*(along - usual).T) < STRAY]
    return near


def _beside(places: Floats, sides: Sequence[float]) -> Floats:
    """Give spots above and below some places."""
    shifts = np.array([(0.0, side) for side in sides])
    spots: Floats = (places[:, None] + shifts).reshape(-1, 2)
    return spots


# The spots that there are


def _value(giver: Giver) -> _Label:
    """A value stands above a point of the wire, and the name above it."""
    top = -sizes.LABEL_GAP - _height(giver) - (NAME if giver.lines else 0.0)
    half = _half(giver)
    return _label(giver, (-half, top, half, -sizes.LABEL_GAP), giver.anchor, RISES)


def _gradient(giver: Giver) -> _Label:
    """A gradient stands below a point of the wire."""
    top, half = sizes.LABEL_GAP, _half(giver)
    falls = [-rise for rise in RISES]
    return _label(giver, (-half, top, half, top + _height(giver)), giver.anchor, falls)


def _label(
    giver: Giver,
    box: tuple[float, float, float, float],
    anchor: Place,
    nudges: Sequence[float],
) -> _Label:
    """A number that may move along its wire, and a little up and down and aside."""
    usual = np.array([anchor])
    if giver.is_pinned:
        return _Label(giver.block, box, usual, np.zeros(1))
    found = [usual, *(_beside(usual + np.array((aside, 0)), nudges) for aside in ASIDE)]
    if len(giver.lines) == 1:
        found.append(_beside(_near(giver.lines[0][1], anchor), nudges[:3]))
    every = np.concatenate(found)
    return _Label(giver.block, box, every, _moved(every, usual))


def _moved(spots: Floats, usual: Floats) -> Floats:
    """Tell what it costs to stand away from the usual spot: far away, nobody sees whose it is."""
    distance: Floats = np.hypot(*(spots - usual).T)
    return distance * (1 + distance / FAR) * MOVES


def _half(giver: Giver) -> float:
    """Half the width that is kept free for a value or a gradient."""
    return min(giver.room() - 2, sizes.ARRAY_TAIL if giver.is_array else NUMBER) / 2


def _height(giver: Giver) -> float:
    return sizes.PICTURE if giver.is_array else sizes.NUMBER_HEIGHT


def _arrival(giver: Giver, line: Line) -> _Label:
    """What came back along a wire stands on it, not far from the block that it comes from."""
    height = sizes.PICTURE * 0.75 if giver.is_array else sizes.NUMBER_HEIGHT
    width = sizes.ARRIVAL + 16 if giver.is_array else CONTRIBUTION
    usual = _spaced(line)[1]
    on_it = np.concatenate(([usual], _near(line, usual)))
    some = on_it[::2]
    found = np.concatenate((on_it, _beside(some, SIDES)))
    losses = _moved(found, np.array(usual))
    # Beside its wire it is harder to see whose it is than further along.
    losses[len(on_it) :] += np.tile(np.abs(SIDES), len(some)) * MOVES
    box = (-width / 2, -height / 2, width / 2, height / 2)
    return _Label(giver.block, box, found, losses)


# Choosing


def _choose(
    labels: Sequence[_Label],
    blocks: Floats,
    chips: Floats,
    points: tuple[Floats, Sequence[str]],
) -> None:
    """Let each label choose the spot that costs least, those before it first."""
    around = blocks + ROOM_AROUND
    sources = {source: number for number, source in enumerate(dict.fromkeys(points[1]))}
    at, owners = points[0], np.array([sources[source] for source in points[1]], dtype=int)
    fixed: dict[int, Floats] = {}
    usual = np.array([label.every[0] for label in labels]).reshape(-1, 4)
    hindered = _shared(usual, around) + _shared(usual, chips) > 0
    standing = np.full((len(labels), 4), np.inf)  # each with room around it
    for _ in range(ROUNDS):
        for number, label in enumerate(labels):
            standing[number] = np.inf
            if number not in fixed:
                foreign = at[owners != sources.get(label.source, -1)]
                first = label.every[:1]
                if hindered[number] or _inside(first, foreign)[0] or _shared(first, standing)[0]:
                    fixed[number] = _lost(label.every, around, chips, foreign) + label.losses
            if number in fixed:
                costs = fixed[number] + _shared(label.every, standing) * COVERS
                label.chosen = int(costs.argmin())
            standing[number] = label.every[label.chosen] + ROOM_AROUND


def _lost(every: Floats, blocks: Floats, chips: Floats, points: Floats) -> Floats:
    """Tell what each spot costs for what does not move."""
    lost: Floats = _shared(every, blocks) * HIDES + _shared(every, chips) * DISTURBS
    return lost + _inside(every, points) * CROSSES


def _shared(every: Floats, others: Floats) -> Floats:
    """Tell the area that the box at each spot shares with others."""
    low, high = every[:, :2].min(axis=0), every[:, 2:].max(axis=0)
    near = (others[:, 0] < high[0]) & (others[:, 1] < high[1])
    others = others[near & (others[:, 2] > low[0]) & (others[:, 3] > low[1])]
    if not len(others):
        return np.zeros(len(every))
    across = np.minimum(every[:, 2:3], others[:, 2]) - np.maximum(every[:, :1], others[:, 0])
    down = np.minimum(every[:, 3:], others[:, 3]) - np.maximum(every[:, 1:2], others[:, 1])
    area: Floats = (across.clip(0.0) * down.clip(0.0)).sum(axis=1)
    return area


def _inside(every: Floats, points: Floats) -> Floats:
    """Count the points that lie in the box at each spot."""
    low, high = every[:, :2].min(axis=0), every[:, 2:].max(axis=0)
    x, y = points.T
    x, y = points[(x > low[0]) & (y > low[1]) & (x < high[0]) & (y < high[1])].T
    across = (x > every[:, :1]) & (x < every[:, 2:3])
    down = (y > every[:, 1:2]) & (y < every[:, 3:])
    count: Floats = (across & down).sum(axis=1).astype(float)
    return count
