"""The arrays of a step, as they are shown as pictures."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

import numpy as np

from engine.asking.feeding import LARGEST, can_follow
from engine.asking.multiplying import multiplier
from engine.errors import CodeError
from engine.pulled_rule import rule_along
from engine.recording import BackwardStep, Contribution, ForwardStep, Recording, SeedStep, Step
from engine.variable import Array
from engine.wording import text_fraction

Role = Literal["given", "made", "above", "to", "times"]


@dataclass(frozen=True, slots=True)
class Picture:
    """One array of a step.

    Attributes
    ----------
    head
        What it is.
    array
        The array.
    role
        What it does in the step: a value that is given or made; a gradient that comes from above
        or goes to an input; or what that one is multiplied by on its way.
    port
        The input it belongs to, or on the way to which it multiplies; -1 for the output.
    rule
        On the way back, how it comes about, as a line of NumPy; empty if that goes element by
        element, or cannot be written down.
    other
        The input whose value multiplies; None where a local derivative does.
    source
        Id of the block whose value it shows; empty if it shows none.
    """

    head: str
    array: Array
    role: Role
    port: int = -1
    rule: str = ""
    other: int | None = None
    source: str = ""

    @property
    def is_gradient(self) -> bool:
        """Whether it is a gradient."""
        return self.role in ("above", "to")

    @property
    def name(self) -> str:
        """Name of what it shows: the last word of its head."""
        return self.head.rpartition(" ")[2]


def pictures_of(recording: Recording, step: Step | None) -> tuple[Picture, ...]:
    """List the arrays of a step: what comes in first, and then what comes of it.

    Examples
    --------
    >>> from engine.expression import parse_expression
    >>> from engine.recording import record
    >>> graph, y = parse_expression("sum(x @ w)", {"x": np.ones((3, 2)), "w": np.ones((2, 1))})
    >>> run = record(graph, y)
    >>> [picture.head for picture in pictures_of(run, run.steps[-1])]
    ['from above ∂y/∂a', 'to ∂y/∂x', 'times w', 'to ∂y/∂w', 'times x']
    """
    if step is None:
        return ()
    block, names = recording.blocks[step.block], recording.blocks
    match step:
        case ForwardStep():
            inputs = [
                Picture(names[w.source].name, value, "given", w.port, source=w.source)
                for w in step.inputs
                if (value := recording.value(w.source)) is not None
            ]
            return (*inputs, Picture(block.name, step.value, "made", source=step.block))
        case SeedStep():
            return (Picture(text_fraction(block.name, block.name), step.gradient, "above"),)
    target = names[recording.target or step.block].name
    above = Picture(f"from above {text_fraction(target, block.name)}", step.upstream, "above")
    return (above, *(each for part in step.contributions for each in _back(recording, step, part)))


def _back(recording: Recording, step: BackwardStep, part: Contribution) -> Iterator[Picture]:
    """Give what goes back to one input, and what it is multiplied by on its way."""
    target, source = recording.target or step.block, part.wire.source
    way = "to" if part.before is None else "added to"
    name = text_fraction(recording.blocks[target].name, recording.blocks[source].name)
    small = max(part.value.size, step.upstream.size) <= LARGEST
    rule = _rule(recording, step, part) if small else ""
    yield Picture(f"{way} {name}", part.value, "to", part.wire.port, rule)
    if can_follow(recording, step.block) and (part.value.ndim or step.upstream.ndim):
        yield from _times(recording, step, part)


def _rule(recording: Recording, step: BackwardStep, part: Contribution) -> str:
    if part.local is not None and part.value.shape == step.upstream.shape:
        return ""
    try:
        return rule_along(recording, part.wire, step.upstream, "gy")
    except CodeError:
        return ""


def _times(recording: Recording, step: BackwardStep, part: Contribution) -> Iterator[Picture]:
    port, names = part.wire.port, recording.blocks
    other = multiplier(recording, step.block, port)
    if other is not None:
        source = recording.wires_into(step.block)[other].source
        value = recording.value(source)
        assert value is not None  # noqa: S101 - it has been multiplied by
        head = f"times {names[source].name}"
        yield Picture(head, value, "times", port, other=other, source=source)
    elif part.local is not None and part.local.ndim:
        name = text_fraction(names[step.block].name, names[part.wire.source].name)
        local = np.broadcast_to(part.local, step.upstream.shape)
        yield Picture(f"times {name}", local, "times", port)
