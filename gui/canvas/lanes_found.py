"""The lanes of a level as they were found: for which blocks and wires, and how each is led."""

from __future__ import annotations

from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np

from engine.document import Place
from engine.graph import Wire
from engine.picture.apart import apart
from engine.picture.lanes import MOST, hidden_by, in_order, way
from engine.picture.stretches import Floats, Lanes, Run
from gui.canvas import geometry
from gui.canvas.whereabouts import Whereabouts

NO_BOXES: Floats = np.zeros((0, 4))

SeenThen: TypeAlias = tuple[Floats, Floats, frozenset[Wire], tuple[Wire, ...]]
"""Where blocks stand, where wires begin and end, which have bends, and which wires these are."""


@dataclass(frozen=True, slots=True)
class Found:
    """The ways that wires are led, each with no regard to the others.

    Attributes
    ----------
    runs
        Where all wires begin and end.
    boxes
        What they are led around.
    hidden
        The wires that would run behind a block.
    ways
        How those of them are led for which there is a way.
    left
        Those that have not been led yet.
    """

    runs: Mapping[Wire, Run]
    boxes: Floats
    hidden: AbstractSet[Wire]
    ways: dict[Wire, Lanes]
    left: list[Wire]


NOTHING = Found({}, NO_BOXES, frozenset(), {}, [])


@dataclass(frozen=True, slots=True)
class Led:
    """All lanes of a level, found before a canvas shows it.

    Attributes
    ----------
    seen
        What they were found for.
    found
        The ways that wires are led, each with no regard to the others.
    laned
        The lanes of each wire that has any.
    """

    seen: SeenThen
    found: Found
    laned: Mapping[Wire, Lanes]


def lead(where: Whereabouts, bent: frozenset[Wire]) -> Led | None:
    """Find all lanes of a level, on any thread; None where it has too many wires for any.

    Parameters
    ----------
    bent
        The wires that have bends.
    """
    if are_many(where):
        return None
    runs = runs_of(where, bent)
    boxes = boxes_of(where)
    hidden = hidden_by(boxes, runs)
    ways = {wire: led for wire in hidden if (led := way(runs[wire], boxes))}
    found = Found(runs, boxes, frozenset(hidden), ways, [])
    return Led(seen_now(where, bent), found, apart(boxes, runs, ways))


def are_many(where: Whereabouts) -> bool:
    """Tell whether there are too many wires for any to be led."""
    return len(where.blocks) * len(where.wires) > MOST


def run_of(where: Whereabouts, wire: Wire) -> Run:
    """Tell where a wire begins and ends."""
    x, y, to_x, to_y = where.wires[wire].tolist()
    return Run(Place(x, y), Place(to_x, to_y))


def runs_of(where: Whereabouts, bent: frozenset[Wire]) -> dict[Wire, Run]:
    """Tell where all wires without bends begin and end."""
    return {
        wire: Run(Place(x, y), Place(to_x, to_y))
        for wire, (x, y, to_x, to_y) in zip(
            where.wires.keys, where.wires.numbers.tolist(), strict=True
        )
        if wire not in bent
    }


def boxes_of(where: Whereabouts) -> Floats:
    """Give the outlines of all that wires are led around."""
    return in_order(with_pills(where.blocks.numbers))


def seen_now(where: Whereabouts, bent: frozenset[Wire]) -> SeenThen:
    """Note what lanes are found for."""
    wires = tuple(where.wires.keys)
    return where.blocks.numbers.copy(), where.wires.numbers.copy(), bent, wires


def with_pills(blocks: Floats) -> Floats:
    """Add the pills at the ends to the outlines of blocks."""
    _, top, _, bottom, end = blocks[blocks[:, 4] > blocks[:, 2]].T
    middle = (top + bottom) / 2
    half = geometry.END / 2
    pills = np.stack((end - geometry.END, middle - half, end, middle + half), axis=1)
    return np.concatenate((blocks[:, :4], pills))


def alike(one: SeenThen, other: SeenThen) -> bool:
    """Tell whether the lanes of one are the lanes of the other."""
    return one[2:] == other[2:] and all(map(np.array_equal, one[:2], other[:2]))
