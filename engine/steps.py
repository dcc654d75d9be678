"""The steps of a run: what happened at one block, frozen.

A step holds its numbers as the run does, a single one as a float; whoever asks for arrays is given
them. A graph of thousands of single numbers has thousands of steps, and an array for each number
would cost more than all the rest.
"""

from __future__ import annotations

from typing import Any, NamedTuple, TypeVar

import numpy as np

from engine.graph import Wire
from engine.variable import Array

Row = TypeVar("Row")


def by_identity(row: type[Row]) -> type[Row]:
    """Let each row equal itself alone, for what it holds may be arrays."""
    for name in ("__eq__", "__ne__", "__hash__"):
        setattr(row, name, getattr(object, name))
    return row


@by_identity
class ForwardStep(NamedTuple):
    """A block got its value.

    Attributes
    ----------
    block
        Its id.
    inputs
        The wires it took its inputs from; empty for an input.
    raw
        The value, of any shape; a float or an array.
    """

    block: str
    inputs: tuple[Wire, ...]
    raw: Any

    @property
    def value(self) -> Array:
        """The value, an array."""
        return kept(self.raw)


@by_identity
class SeedStep(NamedTuple):
    """The walk back begins: the gradient of the target by itself is one.

    Attributes
    ----------
    block
        Id of the target.
    raw
        Ones, of the shape of the target's value; a float or an array.
    pushed
        Ids of the blocks put on the work list.
    """

    block: str
    raw: Any
    pushed: tuple[str, ...]

    @property
    def gradient(self) -> Array:
        """Ones, an array."""
        return kept(self.raw)


@by_identity
class Contribution(NamedTuple):
    """What one input of a block gets from one backward step.

    Attributes
    ----------
    wire
        The wire it travels along, against its direction.
    raw_local, raw, raw_before, raw_after
        What `local`, `value`, `before` and `after` give, floats or arrays.
    """

    wire: Wire
    raw_local: Any
    raw: Any
    raw_before: Any
    raw_after: Any

    @property
    def local(self) -> Array | None:
        """Local derivative of the block by this input.

        None where the Function only tells the product: one in the tutorial's style that works on
        arrays.
        """
        return None if self.raw_local is None else kept(self.raw_local)

    @property
    def value(self) -> Array:
        """Upstream gradient times local derivative, of the shape of the input."""
        return kept(self.raw)

    @property
    def before(self) -> Array | None:
        """Gradient of the input before this was added; None the first time."""
        return None if self.raw_before is None else kept(self.raw_before)

    @property
    def after(self) -> Array:
        """Gradient of the input after this was added."""
        return kept(self.raw_after)


@by_identity
class BackwardStep(NamedTuple):
    """A block was taken off the work list and passed its gradient on.

    Attributes
    ----------
    block
        Its id; also what was popped.
    raw
        What `upstream` gives, a float or an array.
    contributions
        One for each input that is no constant, in the order of the ports.
    pushed
        Ids of the blocks put on the work list.
    """

    block: str
    raw: Any
    contributions: tuple[Contribution, ...]
    pushed: tuple[str, ...]

    @property
    def upstream(self) -> Array:
        """Gradient of its output, complete."""
        return kept(self.raw)


Step = ForwardStep | SeedStep | BackwardStep


def kept(value: Any) -> Array:
    """Copy a value, because code written by hand may change its own in place.

    What owns its numbers and cannot be written to is kept as it is: copying ten million numbers
    each time that somebody looks would take longer than all the rest.
    """
    if isinstance(value, np.ndarray) and value.base is None and not value.flags.writeable:
        return value
    copy = np.array(value)
    copy.setflags(write=False)
    return copy
