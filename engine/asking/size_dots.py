"""Sizes of values and gradients by depth, as dots that stand for Variables."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

import numpy as np

from engine.asking.gradient_map import Spot
from engine.asking.scales import Scale
from engine.variable import Array

LEGEND: tuple[tuple[str, Literal["blue", "orange", "bad"], str], ...] = (
    ("▲", "blue", "values"),
    ("●", "orange", "gradients"),
    ("✕", "bad", "gradients that are exactly 0"),
)
"""The marks of the plot, in their colours, and what they stand for."""

AXES = "blocks from an input", "size, power of ten"
"""What the axes are called."""

NOWHERE = "None becomes exactly 0, NaN or infinite."
"""What is said where no gradient ends."""

BELOW = 1.5
"""How far below the smallest, in powers of ten, a gradient of exactly 0 is drawn, if there is
one."""

CELLS = 100
"""Along each side of the plot, places of a dot that can be told apart."""


@dataclass(frozen=True, slots=True, eq=False)
class Dots:
    """Dots of one kind.

    Attributes
    ----------
    x, y
        Where they stand.
    blocks
        Ids of what they stand for.
    """

    x: Array
    y: Array
    blocks: list[str]

    @property
    def places(self) -> Array:
        """The same, a row each."""
        return np.stack((self.x, self.y), axis=1)


@dataclass(frozen=True, slots=True, eq=False)
class Picture:
    """What the plot shows.

    Attributes
    ----------
    values, gradients, zeros
        Sizes of values, of gradients, and gradients of exactly 0. Of dots that would hide each
        other, one.
    deepest
        Blocks from an input, at most.
    low, high
        Ends of the axis of sizes.
    """

    values: Dots
    gradients: Dots
    zeros: Dots
    deepest: int
    low: float
    high: float

    @property
    def across(self) -> Scale:
        """The axis of depths."""
        # Blocks are counted: there is nothing at half of one.
        return Scale(-0.5, self.deepest + 0.5, least=1.0)

    @property
    def up(self) -> Scale:
        """The axis of sizes."""
        return Scale(self.low, self.high)


def picture_of(spots: Iterable[Spot]) -> Picture:
    """Find where the dots of all Variables stand; it may be called on any thread."""
    blocks = [spot.block for spot in spots]
    x = np.array([spot.depth for spot in spots], dtype=np.float64)
    values = np.array([spot.value for spot in spots])
    gradients = np.array([spot.gradient for spot in spots])
    sizes = np.concatenate([values, gradients])
    sizes = sizes[np.isfinite(sizes)]
    low, high = (float(sizes.min()), float(sizes.max())) if sizes.size else (0.0, 0.0)
    bottom = np.full(len(blocks), low - BELOW)
    area = max(float(x.max(initial=1.0)), 1.0), low - BELOW, high

    def dots(y: Array, there: Array) -> Dots:
        at = _told_apart(x, y, np.flatnonzero(there), area)
        return Dots(x[at], y[at], [blocks[each] for each in at])

    return Picture(
        dots(values, np.isfinite(values)),
        dots(gradients, np.isfinite(gradients)),
        dots(bottom, gradients == -math.inf),
        int(x.max(initial=0.0)) if blocks else 1,
        low - (BELOW + 0.5 if (gradients == -math.inf).any() else 1.0),
        high + 1.0,
    )


def _told_apart(x: Array, y: Array, at: Array, area: tuple[float, float, float]) -> Array:
    """Choose one of the dots of each cell, where there are more of them than cells along a side."""
    if at.size <= CELLS:
        return at
    deepest, low, high = area
    columns = np.round(x[at] / deepest * 2 * CELLS)
    rows = np.round((y[at] - low) / (high - low) * CELLS)
    _, first = np.unique(columns * (CELLS + 1) + rows, return_index=True)
    found: Array = at[np.sort(first)]
    return found
