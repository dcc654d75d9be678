"""One path back from a target to an input: what is led back along it, and what arrives."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby

import numpy as np

from engine.graph import Wire
from engine.recording import Recording
from engine.values import value_text
from engine.variable import Array
from engine.wording import shape_text, signed, text_fraction

BUDGET, EACH = 3_000_000, 500
"""Elements that are gone over while a person waits, and how many a block counts at the least."""

Shape = tuple[int, ...]


@dataclass(frozen=True, slots=True, eq=False)
class BackPath:
    """One way back.

    Attributes
    ----------
    wires
        The wires along it, from the target to the input.
    shapes
        Shapes of what is led back: of the target, and after each wire.
    factors
        Local derivative at each of the wires; None where they are no single numbers.
    product
        What arrives, of the shape of the input: its part of the gradient. None where there are too
        many numbers to go over them for each path.
    """

    wires: tuple[Wire, ...]
    shapes: tuple[Shape, ...]
    factors: tuple[float, ...] | None
    product: Array | None

    @property
    def blocks(self) -> tuple[str, ...]:
        """Ids of the blocks along it, from the target to the input."""
        return (self.wires[0].target, *(wire.source for wire in self.wires))

    @property
    def ends(self) -> tuple[str, str]:
        """Ids of the target and of the input."""
        return self.wires[0].target, self.wires[-1].source

    def text(self, recording: Recording, most: int | None = None) -> str:
        """Write the factors by name, such as `∂y/∂b · ∂b/∂a`.

        Parameters
        ----------
        most
            How many are written; all of them if it is not told.
        """
        factors = [factor_text(recording, wire) for wire in self.wires[:most]]
        return " · ".join([*factors, *(["…"] if len(factors) < len(self.wires) else [])])

    def numbers(self, most: int | None = None) -> str:
        """Write them with their numbers, such as `8 · 4 = 32`; of arrays, with their shapes.

        Parameters
        ----------
        most
            How many factors are written; all of them if it is not told.
        """
        if self.factors is None:
            way = " → ".join(shape_text(shape) for shape, _ in groupby(self.shapes))
            return way if self.product is None else f"{way} = {value_text(self.product)}"
        product = value_text(np.asarray(self.product))
        if len(self.factors) == 1:
            return product
        factors = [value_text(np.asarray(factor)) for factor in self.factors[:most]]
        if len(factors) < len(self.factors):
            factors.append("…")
        return f"{' · '.join([factors[0], *map(signed, factors[1:])])} = {product}"


class Trail:
    """Leads the gradient back along one path after the other, as long as the budget lasts.

    Paths that begin alike are gone along once as far as they do.
    """

    def __init__(self, recording: Recording, budget: int) -> None:
        self._recording = recording
        self._budget = budget
        self._wires: list[Wire] = []
        self._so_far: list[Array] = []

    def follow(self, wires: tuple[Wire, ...]) -> Array | None:
        """Give what arrives at the end of a path; None if that would take too long."""
        same = 0
        while same < min(len(self._wires), len(wires) - 1) and self._wires[same] == wires[same]:
            same += 1
        cost = sum(cost_of(self._recording, wire) for wire in wires[same:])
        if cost > self._budget:
            return None
        self._budget -= cost
        del self._wires[same:], self._so_far[same:]
        for wire in wires[same:]:
            so_far = self._so_far[-1] if self._so_far else seed_of(self._recording)
            self._wires.append(wire)
            self._so_far.append(led_back(self._recording, wire, so_far)[0])
        return self._so_far[-1]


def factor_text(recording: Recording, wire: Wire) -> str:
    """Write a factor by name, such as `∂b/∂a`."""
    blocks = recording.blocks
    return text_fraction(blocks[wire.target].name, blocks[wire.source].name)


def seed_of(recording: Recording) -> Array:
    """Give the gradient of the target by itself, which every path begins with."""
    target = recording.course.target
    return np.ones(() if target is None else np.shape(recording.values[target]))


def led_back(recording: Recording, wire: Wire, so_far: Array) -> tuple[Array, Array | None]:
    """Lead what has come so far back along one wire; and give the local derivative, if any."""
    values, local = recording.pulled(wire.target, so_far)
    value = values[wire.port]
    assert value is not None  # noqa: S101 - a gradient goes back along it
    return value, local[wire.port]


def cost_of(recording: Recording, wire: Wire) -> int:
    """Tell how many elements it goes over to lead back along a wire, at the least."""
    values = recording.values
    return EACH + int(np.size(values[wire.target])) + int(np.size(values[wire.source]))
