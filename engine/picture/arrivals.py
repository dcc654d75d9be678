"""When what comes back is there: in which step, and after how many contributions of it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from engine.graph import Wire
from engine.recording import Recording
from engine.variable import Array


class Arrival(NamedTuple):
    """A moment at which a contribution has arrived.

    Attributes
    ----------
    step
        Index of the step.
    part
        How many contributions of that step are there then; 0 for its beginning.
    """

    step: int
    part: int = 0


class Change(NamedTuple):
    """A gradient, as long as it is what a block has.

    Attributes
    ----------
    value
        The gradient.
    since, until
        When it is there, and when it is gone; None if it stays.
    """

    value: Array
    since: Arrival
    until: Arrival | None


def arrival_along(recording: Recording, wire: Wire) -> Arrival:
    """Tell when the contribution along a wire arrives."""
    course = recording.course
    wires = course.receiving[wire.target]
    return Arrival(course.backward_steps[wire.target], wires.index(wire) + 1)


def changes_of(recording: Recording, block: str) -> list[Change]:
    """List the gradients of a block, one after the other.

    Examples
    --------
    >>> import numpy as np
    >>> from engine.expression import parse_expression
    >>> from engine.recording import record
    >>> graph, y = parse_expression("x * x", {"x": np.array(3.0)})
    >>> for change in changes_of(record(graph, y), graph.named("x").id):
    ...     print(change.value, tuple(change.since), change.until)
    3.0 (3, 1) Arrival(step=3, part=2)
    6.0 (3, 2) None
    """
    course, history = recording.course, recording.gradient_history(block)
    if block == course.target:
        came = [Arrival(at) for at, _ in history]
    else:
        came = [arrival_along(recording, wire) for wire in course.givers.get(block, ())]
    ends: list[Arrival | None] = [*came[1:], None][: len(came)]
    values = (value for _, value in history)
    return [Change(*found) for found in zip(values, came, ends, strict=True)]


def added_up(parts: Iterable[tuple[Arrival, Array]]) -> list[Change]:
    """List what has come back along some wires that are seen as one, as it adds up."""
    came = sorted(parts, key=lambda each: each[0])
    found, whole = list[Change](), None
    for at, (since, value) in enumerate(came):
        whole = value if whole is None else whole + value
        until = came[at + 1][0] if at + 1 < len(came) else None
        found.append(Change(whole, since, until))
    return found
