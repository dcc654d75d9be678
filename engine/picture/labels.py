"""Where labels stand in a small graph: on their wires, clear of blocks and of each other.

A function of where blocks and wires are, and of nothing else: so nothing moves while the walk goes
on. Each label has some spots that it may stand at, and takes the usual one if that is free. They
choose one after another, and then once more, when all others stand.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from engine.document import Place
from engine.graph import Wire
from engine.marks import Box
from engine.picture.label_spots import (
    Floats,
    Giver,
    Label,
    arrival_label,
    gradient_label,
    spaced,
    value_label,
)

LARGEST = 120
"""Variables and wires up to which labels make way for each other: it takes about 15 ms then, and of
a larger graph only a part can be in sight that is near enough to be read."""

CLEAR = 3.0
"""Room between a label and what it keeps clear of."""

ROUNDS = 2
"""How often each label chooses."""

HIDES, COVERS, DISTURBS, CROSSES = 6.0, 3.0, 0.3, 30.0
"""What it costs: a unit of area shared with a block, with another label, or with a chip; and a
point of the wire of another Variable that runs through."""

Ints: TypeAlias = npt.NDArray[np.int64]

ROOM_AROUND = np.array((-CLEAR, -CLEAR, CLEAR, CLEAR))


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
    values = {giver.block: value_label(giver) for giver in order if giver.pill is None}
    gradients = {giver.block: gradient_label(giver) for giver in order}
    arrivals = {
        wire: arrival_label(giver, line)
        for giver in order
        if len(giver.lines) > 1
        for wire, line in giver.lines
    }
    labels = [*gradients.values(), *values.values(), *arrivals.values()]
    # First those that cannot move.
    labels.sort(key=lambda label: len(label.spots) > 1)
    numbers = {giver.block: number for number, giver in enumerate(givers)}
    _choose(labels, _edges(blocks), _edges(chips), _points(givers), numbers)
    return Spots(
        {block: label.place for block, label in values.items()},
        {block: label.place for block, label in gradients.items()},
        {wire: label.place for wire, label in arrivals.items()},
    )


def _edges(blocks: Iterable[Box]) -> Floats:
    rows = [(x, y, x + width, y + height) for x, y, width, height in blocks]
    return np.array(rows, dtype=float).reshape(-1, 4)


def _points(givers: Iterable[Giver]) -> tuple[Floats, Ints]:
    """Give points along all wires from the left to the right, and of whose wire each is."""
    found, owners = [np.zeros((0, 2))], [-1]
    for number, giver in enumerate(givers):
        for _, line in giver.lines:
            found.append(spaced(line)[0])
            owners.append(number)
    at, whose = np.concatenate(found), np.repeat(owners, [len(each) for each in found])
    order = np.argsort(at[:, 0])
    return at[order], whose[order]


def _choose(
    labels: Sequence[Label],
    blocks: Floats,
    chips: Floats,
    points: tuple[Floats, Ints],
    numbers: Mapping[str, int],
) -> None:
    """Let each label choose the spot that costs least, those before it first."""
    around = blocks + ROOM_AROUND
    at, owners = points
    fixed: dict[int, Floats] = {}
    usual = np.array([label.every[0] for label in labels]).reshape(-1, 4)
    hindered = _shared(usual, around) + _shared(usual, chips) > 0
    standing = np.full((len(labels), 4), np.inf)  # each with room around it
    for _ in range(ROUNDS):
        for number, label in enumerate(labels):
            standing[number] = np.inf
            if number not in fixed:
                # Of wires that go far there are very many points, few of them near any one label.
                ends = label.every[:, 0].min(), label.every[:, 2].max()
                near = slice(*np.searchsorted(at[:, 0], ends))
                foreign = at[near][owners[near] != numbers.get(label.source, -1)]
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
