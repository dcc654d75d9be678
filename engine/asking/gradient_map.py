"""Where does it die? How large values and gradients are over the whole graph, and where they end.

Sizes are told as powers of ten, because a gradient that shrinks by a factor at every block is a
straight line there. The size of an array is its root mean square.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from engine.block import title
from engine.recording import Recording
from engine.steps import BackwardStep, Contribution
from engine.values import value_text
from engine.variable import Array
from engine.wording import WAITING, listed
from engine.writing import number_term

VANISHED, EXPLODED = -6.0, 6.0
"""Powers of ten by which a gradient must have changed on its way to be called vanishing or not."""

WELL = "The gradient neither vanishes nor explodes"

LEAST_STEPS = 3
"""Blocks on the way from the target that it takes to speak of a rate."""


@dataclass(frozen=True, slots=True)
class Spot:
    """One Variable on the map.

    Attributes
    ----------
    block
        Id of the block that gives it.
    depth
        Blocks on the longest way from an input, 0 for an input.
    value, gradient
        Power of ten of its size; minus infinity for exactly 0, NaN where it is not finite or
        there is none.
    """

    block: str
    depth: int
    value: float
    gradient: float


@dataclass(frozen=True, slots=True)
class Death:
    """A place where a gradient becomes exactly 0.

    Attributes
    ----------
    block
        Id of the block that lets nothing through.
    step
        Index of its step.
    sentence
        Where and why.
    """

    block: str
    step: int
    sentence: str


class GradientMap:
    """Sizes over a whole recording.

    Parameters
    ----------
    recording
        The run.

    Attributes
    ----------
    recording
        The same.

    Examples
    --------
    >>> from engine.expression import parse_expression
    >>> from engine.recording import record
    >>> graph, y = parse_expression("exp(relu(x))", {"x": np.array(-2.0)})
    >>> print(GradientMap(record(graph, y)).deaths[0].sentence)
    Relu lets nothing through to x: at x = −2 its local derivative is 0, it is flat there.
    """

    def __init__(self, recording: Recording) -> None:
        self.recording = recording

    @cached_property
    def spots(self) -> tuple[Spot, ...]:
        """Every Variable that has a gradient, in the order of the forward steps."""
        recording, depths = self.recording, self._depths
        return tuple(
            Spot(
                block,
                depths[block],
                size_of(recording.values[block]),
                size_of(recording.gradients[block]),
            )
            for block in recording.course.order
            if block in recording.gradients
        )

    @cached_property
    def by_block(self) -> dict[str, Spot]:
        """The same, by id."""
        return {spot.block: spot for spot in self.spots}

    @cached_property
    def range(self) -> tuple[float, float]:
        """Smallest and largest power of ten of a gradient that is finite and not 0."""
        sizes = [spot.gradient for spot in self.spots if math.isfinite(spot.gradient)]
        return (min(sizes), max(sizes)) if sizes else (0.0, 0.0)

    def share(self, block: str) -> float | None:
        """Tell where the size of a block's gradient lies between the smallest and the largest.

        Returns
        -------
        float or None
            From 0 to 1; -1 for a gradient of exactly 0, None where there is none to be told.
        """
        spot = self.by_block.get(block)
        if spot is None or math.isnan(spot.gradient):
            return None
        if math.isinf(spot.gradient):
            return -1.0 if spot.gradient < 0 else 1.0
        low, high = self.range
        return 1.0 if high == low else (spot.gradient - low) / (high - low)

    @cached_property
    def deaths(self) -> tuple[Death, ...]:
        """Every place where a gradient becomes exactly 0, in the order of the walk."""
        found = []
        for block, index in self.recording.course.backward_steps.items():
            if not _might_die(self.recording, block):
                continue
            step = self.recording.steps[index]
            assert isinstance(step, BackwardStep)  # noqa: S101 - as the course has it
            if not np.any(step.upstream):
                continue
            found += [
                Death(block, index, self._why(step, part))
                for part in step.contributions
                if part.value.size and not np.any(part.value)
            ]
        return tuple(found)

    @property
    def is_well(self) -> bool:
        """Whether the gradient neither vanishes nor explodes."""
        return self.sentence.startswith(WELL)

    @cached_property
    def sentence(self) -> str:
        """What there is to say of the whole: vanishing, exploding, or neither."""
        recording = self.recording
        if recording.is_waiting:
            return WAITING
        inputs = [spot for spot in self.spots if not recording.blocks[spot.block].is_function]
        if recording.target is None or not inputs:
            return NO_GRADIENT
        sizes = [spot.gradient for spot in inputs if math.isfinite(spot.gradient)]
        dead = [spot for spot in inputs if spot.gradient == -math.inf]
        lost = [spot for spot in inputs if self._is_lost(spot)]
        if not sizes:
            return NO_SIZE
        if lost or dead:
            how = "that is no finite number" if lost else "of exactly 0"
            return self._ended(lost or dead, len(inputs), how)
        return self._on_the_way(recording.target, sizes)

    def _on_the_way(self, target: str, sizes: list[float]) -> str:
        """Say what becomes of the gradient from the target to inputs of these sizes."""
        recording, first = self.recording, self.by_block[target].gradient
        steps = max(self._depths[target], 1)
        smallest, largest = min(sizes) - first, max(sizes) - first
        name = recording.blocks[target].name
        if steps >= LEAST_STEPS and largest >= EXPLODED:
            return self._rate("explodes", "grows", largest, steps, name)
        if steps >= LEAST_STEPS and smallest <= VANISHED:
            return self._rate("vanishes", "shrinks", smallest, steps, name)
        low, high = (_written(10.0**size) for size in (min(sizes), max(sizes)))
        told = f"the size {low}" if low == high else f"sizes from {low} to {high}"
        return f"{WELL}: the inputs get {told}."

    def _is_lost(self, spot: Spot) -> bool:
        """Whether its gradient is infinite or NaN; that of an empty array has no size either."""
        return math.isnan(spot.gradient) and np.size(self.recording.gradients[spot.block]) > 0

    def _ended(self, ends: list[Spot], among: int, how: str) -> str:
        names = [self.recording.blocks[spot.block].name for spot in ends]
        several = names if len(names) <= SEVERAL else [*names[: SEVERAL - 1], "others"]
        get = "gets" if len(names) == 1 else "get"
        share = f"{len(names):,} of {among:,} inputs"
        return f"{share} {get} a gradient {how}: {listed(several)}."

    def _rate(self, word: str, does: str, change: float, steps: int, name: str) -> str:
        each = 10.0 ** (change / steps)
        return (
            f"The gradient {word}: from {name} back to the inputs it {does} by a factor of "
            f"{_written(10.0**change)} over {steps} blocks, {_written(each)} a block."
        )

    @cached_property
    def _depths(self) -> dict[str, int]:
        depths: dict[str, int] = {}
        for block in self.recording.course.order:
            wires = self.recording.course.inputs[block]
            depths[block] = max((depths.get(wire.source, 0) + 1 for wire in wires), default=0)
        return depths

    def _why(self, step: BackwardStep, part: Contribution) -> str:
        recording = self.recording
        block, x = recording.blocks[step.block], recording.blocks[part.wire.source]
        head = f"{title(block)} lets nothing through to {x.name}"
        if part.local is None:
            return f"{head}: nothing of what it gives depends on {x.name} here."
        if not np.any(part.local):
            wires = recording.wires_into(step.block)
            at = listed([self._named(wire.source) for wire in wires])
            flat = ", it is flat there" if len(wires) == 1 else ""
            return f"{head}: at {at} its local derivative is 0{flat}."
        if not np.any(np.where(step.upstream != 0, part.local, 0.0)):
            return f"{head}: it is flat wherever a gradient comes in from above."
        return f"{head}: the product is not 0, but too small for a float64."

    def _named(self, block: str) -> str:
        value = self.recording.value(block)
        name = self.recording.blocks[block].name
        return name if value is None else f"{name} = {value_text(value)}"


NO_GRADIENT = "There are no gradients to look at yet."
NO_SIZE = "No input gets a gradient that is finite and not 0."
"""What is said where there is nothing to compare."""

SEVERAL = 4
"""Names of inputs that are listed, at most."""


def _written(size: float) -> str:
    """Write a size as a book does."""
    return number_term(size, "text", 2).text


SAFE = 1e-200
"""Sum of squares from which none that matters was too small for a float64."""


def size_of(value: Array | float) -> float:
    """Tell the size of a value as a power of ten.

    Examples
    --------
    >>> size_of(np.array([3.0, -4.0, 0.0, 0.0])), size_of(0.0), size_of(float("inf"))
    (0.3979400086720376, -inf, nan)
    """
    if not getattr(value, "ndim", 0):
        return _size_of_number(abs(float(value)))
    array = np.asarray(value, dtype=np.float64)
    if not array.size:
        return math.nan
    flat = array.reshape(-1)
    squares = float(np.vdot(flat, flat))
    if SAFE < squares < 1 / SAFE:  # as nearly always: no array is made on the way
        return 0.5 * math.log10(squares / array.size)
    if not np.isfinite(array).all():
        return math.nan
    largest = float(np.abs(array).max())
    if largest == 0.0:
        return -math.inf
    # Scaled first: the square of 1e-200 is 0.
    return math.log10(largest) + 0.5 * math.log10(float(np.mean((array / largest) ** 2)))


def _size_of_number(size: float) -> float:
    if not math.isfinite(size):
        return math.nan
    return math.log10(size) if size else -math.inf


def _might_die(recording: Recording, block: str) -> bool:
    """Tell whether any input of a block has a gradient with a 0 in it, before looking closer."""
    wires = recording.course.receiving[block]
    return any(_has_zero(recording.gradients[wire.source]) for wire in wires) or any(
        len(recording.course.givers[wire.source]) > 1 for wire in wires
    )


def _has_zero(gradient: Array | float) -> bool:
    return not np.all(gradient) if getattr(gradient, "ndim", 0) else not gradient
