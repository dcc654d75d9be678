"""A graph walked back by a wrong rule, told by the same steps as a right walk."""

from __future__ import annotations

import math
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from types import MappingProxyType
from typing import Any

import numpy as np

from engine.asking.mistakes import Mistake
from engine.errors import RunError
from engine.graph import title
from engine.recording import Recording
from engine.steps import BackwardStep, Contribution, SeedStep, kept
from engine.variable import Array, held

MOST_POPPED = 2_000
"""Blocks that a wrong walk takes off its list at most, unless the right one takes more: a plain
stack may serve one block again and again, twice as often with every Variable that is used twice."""


@dataclass(frozen=True, eq=False)
class WrongWalk:
    """What comes of a wrong rule.

    Attributes
    ----------
    mistake
        The rule.
    recording
        The run with the right rule.
    steps
        The steps back by the wrong rule, beginning with the seed.
    gradients
        What each block has got in the end, by id.
    parted
        Index of the first of the steps that is another one than by the right rule; None if none
        is.
    stopped
        Why it could not go on to the end; "" if it could.
    sentence
        What went wrong, where the two part; or why it makes no difference here.
    """

    mistake: Mistake
    recording: Recording
    steps: tuple[SeedStep | BackwardStep, ...]
    gradients: Mapping[str, Array]
    parted: int | None
    stopped: str
    sentence: str

    def right_step(self, index: int) -> SeedStep | BackwardStep | None:
        """Give the step of the right walk that stands at the same place; None past its end."""
        at = self.recording.turn + index
        step = self.recording.steps[at] if at < len(self.recording) else None
        return step if isinstance(step, SeedStep | BackwardStep) else None

    def parts_at(self, at: int) -> bool:
        """Tell whether a step is another one than at the same place of the right walk."""
        wrong, right = self.steps[at], self.right_step(at)
        if right is None or wrong.block != right.block:
            return True
        if isinstance(wrong, SeedStep) or isinstance(right, SeedStep):
            return False
        pairs = zip(wrong.contributions, right.contributions, strict=True)
        return not _same(wrong.raw, right.raw) or any(
            not _same(mine.raw_after, theirs.raw_after) for mine, theirs in pairs
        )

    def is_as_right(self, at: int) -> bool:
        """Tell whether every number of a step is that of the right one at the same place."""
        wrong, right = self.steps[at], self.right_step(at)
        if right is None or self.parts_at(at):
            return False
        return all(
            _same(mine.raw, theirs.raw) and _same(mine.raw_before, theirs.raw_before)
            for mine, theirs in zip(parts_of(wrong), parts_of(right), strict=True)
        )

    def differing(self) -> tuple[str, ...]:
        """List the ids of the blocks that end with another gradient than by the right rule."""
        return tuple(
            block
            for block, gradient in self.gradients.items()
            if not _same(gradient, self.recording.gradient(block))
        )

    def gradient_at(self, block: str, cursor: int) -> Array | None:
        """Give what a block has got by the wrong rule when the right walk stands at a step.

        At the last step of the right walk, the wrong one counts as finished, too: it may take more
        steps than the right one, or fewer.

        Parameters
        ----------
        cursor
            Index of a step of the recording.

        Returns
        -------
        ndarray or None
            None as long as it has got nothing.
        """
        if cursor >= len(self.recording) - 1:
            return self.gradients.get(block)
        steps, after = self._got.get(block, ([], []))
        count = bisect_right(steps, cursor - self.recording.turn)
        return after[count - 1] if count else None

    @cached_property
    def _got(self) -> Mapping[str, tuple[list[int], list[Array]]]:
        """The steps that changed each gradient, and what it was after each of them."""
        found: dict[str, tuple[list[int], list[Array]]] = {}
        for at, step in enumerate(self.steps):
            changed = [(part.wire.source, part.after) for part in parts_of(step)]
            if isinstance(step, SeedStep):
                changed = [(step.block, step.gradient)]
            for block, after in changed:
                steps, values = found.setdefault(block, ([], []))
                steps.append(at)
                values.append(after)
        return found

    @cached_property
    def ends_otherwise(self) -> frozenset[str]:
        """The ids of the blocks that `differing` lists."""
        return frozenset(self.differing())


class WalkBack:
    """A walk back; each wrong rule is this one with a single method done otherwise."""

    def __init__(self, recording: Recording, earlier: Recording | None) -> None:
        self.recording = recording
        self.course = recording.course
        self.earlier = earlier or recording
        self.gradients: dict[str, Any] = {}
        self.right = {step.block: step for step in recording.steps[recording.turn + 1 :]}
        self.steps: list[SeedStep | BackwardStep] = []

    def result(self, mistake: Mistake) -> WrongWalk:
        """Walk, and hold every step against the right one."""
        stopped = ""
        with np.errstate(all="ignore"):
            try:
                self._walk()
            except RunError as error:
                stopped = error.sentence
        found = WrongWalk(
            mistake,
            self.recording,
            tuple(self.steps),
            MappingProxyType({block: kept(found) for block, found in self.gradients.items()}),
            None,
            stopped,
            "",
        )
        parted = next((at for at in range(len(self.steps)) if found.parts_at(at)), None)
        sentence = self.same if parted is None else self.why(found.steps[parted])
        return replace(found, parted=parted, sentence=sentence)

    def _walk(self) -> None:
        target = self.course.target
        assert target is not None  # noqa: S101 - a recording with a seed has one
        seed = self.recording.gradient(target)
        assert seed is not None  # noqa: S101 - the seed is its gradient
        self.gradients |= {**self.left_over(), target: seed}
        self.steps.append(SeedStep(target, seed, (target,)))
        most = max(MOST_POPPED, len(self.course.popped))
        for block, pushed in self.served():
            if len(self.steps) > most:
                raise RunError(
                    f"It was stopped after {most:,} steps: this rule serves "
                    f"{self.name(block)} again and again, where the right one needs "
                    f"{len(self.course.popped):,} in all."
                )
            upstream = self.gradients[block]
            parts = tuple(self._given(block, upstream))
            self.steps.append(BackwardStep(block, upstream, parts, pushed))

    def _given(self, block: str, upstream: Array) -> Iterator[Contribution]:
        values, local = self.passed_on(block, upstream)
        for wire in self.course.receiving[block]:
            value = values[wire.port]
            assert value is not None  # noqa: S101 - what receives gets a value
            before = self.gradients.get(wire.source)
            after = value if before is None else self.added(before, value, wire.source)
            self.gradients[wire.source] = after = _owned(after)
            yield Contribution(wire, local[wire.port], _owned(value), before, after)

    def name(self, block: str) -> str:
        """Name a block as sentences do; there may be several of a kind."""
        found = self.recording.blocks[block]
        return f"{title(found)} (which gives {found.name})"

    def variable(self, block: str) -> str:
        """Name what a block gives."""
        return self.recording.blocks[block].name

    # What a wrong rule does otherwise

    same = ""
    """Why it makes no difference, where it makes none."""

    def left_over(self) -> dict[str, Array]:
        """Give the gradients that are there before the walk begins."""
        return {}

    def served(self) -> Iterator[tuple[str, tuple[str, ...]]]:
        """Go through the blocks in the order they are served, with what each puts on the list."""
        return zip(self.course.popped, self.course.pushed[1:], strict=True)

    def added(self, before: Any, value: Any, block: str) -> Any:
        """Make the gradient of a block that has one already and gets more."""
        del block
        return before + value

    def passed_on(self, block: str, upstream: Any) -> tuple[Sequence[Any], Sequence[Any]]:
        """Give what each input gets, and the local derivative by it: floats or arrays.

        Where nothing else comes from above than by the right rule, nothing else is passed on.
        """
        right = self.right.get(block)
        if not isinstance(right, BackwardStep) or not _same(upstream, right.raw):
            return self.recording.pulled(block, kept(upstream))
        count = len(self.course.inputs[block])
        values, local = [None] * count, [None] * count
        for part in right.contributions:
            values[part.wire.port], local[part.wire.port] = part.raw, part.raw_local
        return values, local

    def why(self, step: SeedStep | BackwardStep) -> str:
        """Say what went wrong at the step where the two walks part."""
        raise NotImplementedError


def parts_of(step: SeedStep | BackwardStep) -> tuple[Contribution, ...]:
    """Give what a step adds to gradients; a seed adds nothing."""
    return step.contributions if isinstance(step, BackwardStep) else ()


def _number(value: Any) -> Any:
    return value if type(value) is float else held(value)


def _owned(value: Any) -> Any:
    return value if type(value) is float else held(kept(value))


def _same(one: Any, other: Any) -> bool:
    """Compare what two steps hold, floats or arrays or nothing; NaN is the same as NaN."""
    if one is other:
        return True
    one, other = _number(one), _number(other)
    if type(one) is float and type(other) is float:
        return one == other or (math.isnan(one) and math.isnan(other))
    if one is None or other is None:
        return False
    return np.array_equal(one, other, equal_nan=True)
