"""A moment of a walk: what can be seen at one cursor of a recording, and nothing else.

Every view is a function of a Moment. Nobody keeps an idea of their own of where the walk is.
"""

from __future__ import annotations

from bisect import insort
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from engine.graph import CONSTANT, Wire
from engine.phases import ARRIVAL, CALLED, DONE, moves
from engine.recording import BackwardStep, Contribution, ForwardStep, Recording, SeedStep, Step
from engine.variable import Array

Status = Literal["waiting", "forward", "active", "backward"]


@dataclass(frozen=True, slots=True)
class Moment:
    """One place in a recording.

    Attributes
    ----------
    recording
        The run.
    cursor
        Index of the step that is being explained; from 0 to the number of steps less one, and
        0 for a recording without steps.
    phase
        How much of that step has been shown, from 0 (its pulse sets out) to 1 (all of it).
    """

    recording: Recording
    cursor: int = 0
    phase: float = 1.0

    @property
    def step(self) -> Step | None:
        """The step under the cursor."""
        try:
            return self.recording.steps[self.cursor]
        except IndexError:
            return None

    @property
    def is_backward(self) -> bool:
        """Whether the walk has turned round."""
        return self.cursor >= self.recording.turn and bool(self.recording.steps)

    def status(self, block: str) -> Status:
        """Tell how far the walk is with a block.

        Returns
        -------
        str
            "waiting" before its value is known, "forward" after, "backward" once it has passed
            its gradient on, and "active" while the cursor stands on it.
        """
        step = self.step
        if step is not None and step.block == block:
            return "active"
        if self.recording.course.backward_steps.get(block, self.cursor) < self.cursor:
            return "backward"
        if self.recording.course.value_steps.get(block, self.cursor) < self.cursor:
            return "forward"
        return "waiting"

    def value(self, block: str) -> Array | None:
        """Value of a block's Variable, once the walk has reached it; a constant's at any time."""
        known = self.recording.blocks.get(block)
        if known is not None and known.kind == CONSTANT:
            return known.value
        return self.recording.value(block) if self._has_run(block) else None

    def has_value(self, block: str) -> bool:
        """Tell whether `value` gives one."""
        known = self.recording.blocks.get(block)
        return self._has_run(block) or (known is not None and known.kind == CONSTANT)

    def _has_run(self, block: str) -> bool:
        index = self.recording.course.value_steps.get(block)
        if index is None or index > self.cursor:
            return False
        return index < self.cursor or not self._on_its_way()

    def gradient(self, block: str) -> Array | None:
        """Gradient of a block's Variable as it stands at this moment, complete or not."""
        return self.recording.gradient_before(block, *self._got(block))

    def has_gradient(self, block: str) -> bool:
        """Tell whether `gradient` gives one, without adding it up."""
        return self.recording.contributions_before(block, *self._got(block)) > 0

    def _got(self, block: str) -> tuple[int, int]:
        """Say before which step all has been added to a gradient, and how much of that step."""
        if isinstance(self.step, SeedStep):
            return self.cursor + 1, 0
        return self.cursor, sum(part.wire.source == block for part in self._arrived())

    def contribution(self, wire: Wire) -> Contribution | None:
        """What has come back along a wire, if the walk has got there."""
        index = self.recording.course.backward_steps.get(wire.target)
        if index is None or index > self.cursor:
            return None
        step = self.recording.steps[index]
        parts = step.contributions if isinstance(step, BackwardStep) else ()
        if index == self.cursor:
            parts = self._arrived()
        return next((part for part in parts if part.wire == wire), None)

    def has_come_back(self, wire: Wire) -> bool:
        """Tell whether something has come back along a wire."""
        course = self.recording.course
        index = course.backward_steps.get(wire.target, self.cursor + 1)
        if index < self.cursor:
            return wire in course.receiving[wire.target]
        return index == self.cursor and any(part.wire == wire for part in self._arrived())

    def came_back(self, wire: Wire) -> Array | None:
        """Tell what has come back along a wire, if the walk has got there.

        It is what `contribution` gives the value of, without what it was added to.
        """
        return self.recording.sent_back(wire) if self.has_come_back(wire) else None

    def locals(self) -> tuple[Array, ...]:
        """Local derivatives of the block at work, in the order of its ports, once they are called.

        Empty on the way forward, and where a Function tells the product alone.
        """
        step = self.step
        if not isinstance(step, BackwardStep) or self.phase < CALLED:
            return ()
        return tuple(part.local for part in step.contributions if part.local is not None)

    def work_list(self) -> list[str]:
        """List what stands on the work list after this step, the next to be popped last."""
        recording, cursor = self.recording, self.cursor
        waiting = [
            block
            for block, pushed in recording.course.pushed_steps.items()
            if pushed <= cursor < recording.course.backward_steps.get(block, len(recording))
        ]
        order = recording.course.backward_steps
        return sorted(waiting, key=lambda block: -order.get(block, len(recording)))

    @property
    def waiting(self) -> int:
        """How many stand on the work list after this step."""
        counts, popped = self.recording.course.pushed_counts, self.cursor - self.recording.turn
        return counts[popped] - popped if 0 <= popped < len(counts) else 0

    def next_popped(self, most: int) -> list[str]:
        """List those on the work list that are popped next, the next one first.

        What it takes does not grow with the graph, other than that of `work_list`.
        """
        recording, cursor = self.recording, self.cursor
        if recording.problems:
            return self.work_list()[::-1][:most]  # some are never popped
        course, found = recording.course, list[str]()
        count = min(most, self.waiting)
        at = max(cursor - course.turn, 0)
        while len(found) < count:
            if course.pushed_steps[course.popped[at]] <= cursor:
                found.append(course.popped[at])
            at += 1
        return found

    def travelling(self) -> tuple[Wire, ...]:
        """Wires that the step under the cursor sends a pulse along."""
        match self.step:
            case ForwardStep(inputs=wires):
                return wires
            case BackwardStep(contributions=parts):
                return tuple(part.wire for part in parts)
        return ()

    def travel(self, wire: Wire) -> float | None:
        """Tell how far the pulse along a wire is, from 0 to 1; None if it has not set out.

        Contributions travel one after the other, so that they are seen to add up.
        """
        step = self.step
        if isinstance(step, BackwardStep):
            for part, move in zip(step.contributions, moves(len(step.contributions)), strict=True):
                if part.wire == wire:
                    way = (self.phase - move.start) / (move.arrival - move.start)
                    return min(way, 1.0) if way >= 0 else None
        return min(self.phase / ARRIVAL, 1.0)

    def _arrived(self) -> tuple[Contribution, ...]:
        """List the contributions of the step under the cursor that have been added."""
        step = self.step
        if not isinstance(step, BackwardStep):
            return ()
        parts = step.contributions
        if self.phase >= DONE:
            return parts
        return tuple(
            part
            for part, move in zip(parts, moves(len(parts)), strict=True)
            if move.arrival <= self.phase
        )

    def _on_its_way(self) -> bool:
        """Whether the value of this step is still travelling."""
        return self.phase < ARRIVAL and not isinstance(self.step, SeedStep)


def work_lists(recording: Recording) -> Iterator[list[str]]:
    """Give what stands on the work list after each step, the next to be popped last."""
    waiting: list[str] = []
    popped = recording.course.backward_steps
    for step in recording.steps:
        if isinstance(step, BackwardStep):
            waiting.remove(step.block)
        if not isinstance(step, ForwardStep):
            for block in step.pushed:
                insort(waiting, block, key=lambda found: -popped.get(found, len(recording)))
        yield list(waiting)
