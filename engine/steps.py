"""The steps of a run: what happened at one block, frozen."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from engine.graph import Wire
from engine.variable import Array


@dataclass(frozen=True, slots=True, eq=False)
class ForwardStep:
    """A block got its value.

    Attributes
    ----------
    block
        Its id.
    inputs
        The wires it took its inputs from; empty for an input.
    value
        The value, of any shape.
    """

    block: str
    inputs: tuple[Wire, ...]
    value: Array


@dataclass(frozen=True, slots=True, eq=False)
class SeedStep:
    """The walk back begins: the gradient of the target by itself is one.

    Attributes
    ----------
    block
        Id of the target.
    gradient
        Ones, of the shape of the target's value.
    pushed
        Ids of the blocks put on the work list.
    """

    block: str
    gradient: Array
    pushed: tuple[str, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Contribution:
    """What one input of a block gets from one backward step.

    Attributes
    ----------
    wire
        The wire it travels along, against its direction.
    local
        Local derivative of the block by this input; None where the Function only tells the
        product (one in the tutorial's style that works on arrays).
    value
        Upstream gradient times local derivative, of the shape of the input.
    before, after
        Gradient of the input before and after this was added; `before` is None the first time.
    """

    wire: Wire
    local: Array | None
    value: Array
    before: Array | None
    after: Array


@dataclass(frozen=True, slots=True, eq=False)
class BackwardStep:
    """A block was taken off the work list and passed its gradient on.

    Attributes
    ----------
    block
        Its id; also what was popped.
    upstream
        Gradient of its output, complete.
    contributions
        One for each input that is no constant, in the order of the ports.
    pushed
        Ids of the blocks put on the work list.
    """

    block: str
    upstream: Array
    contributions: tuple[Contribution, ...]
    pushed: tuple[str, ...]


Step = ForwardStep | SeedStep | BackwardStep


def kept(value: Array) -> Array:
    """Copy a value, because code written by hand may change its own in place.

    What owns its numbers and cannot be written to is kept as it is: copying ten million numbers
    each time that somebody looks would take longer than all the rest.
    """
    if isinstance(value, np.ndarray) and value.base is None and not value.flags.writeable:
        return value
    copy = np.array(value)
    copy.setflags(write=False)
    return copy
