"""What stands in a graph: a block, and a wire between two of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from engine.errors import UnknownFunctionError
from engine.functions import FUNCTIONS
from engine.values import frozen
from engine.variable import Array, Function

INPUT, CONSTANT = "input", "constant"
"""The kinds of block that have a value of their own; every other kind is a Function's name."""


class Wire(NamedTuple):
    """What joins two blocks: the output of `source` enters `target` at `port`, counted from 0."""

    source: str
    target: str
    port: int


@dataclass(frozen=True, slots=True, eq=False)
class Block:
    """What a person places.

    Attributes
    ----------
    id
        Its name inside the graph, never shown.
    kind
        "input", "constant", or the name of a Function.
    name
        Name of the Variable it gives.
    value
        The value of an input or a constant, a float64 copy that cannot be written to; None for
        a Function, and for an input whose value is still to come.
    """

    id: str
    kind: str
    name: str
    value: Array | None = None

    def __post_init__(self) -> None:
        value = self.value
        if value is not None and (value.flags.writeable or value.dtype != np.float64):
            object.__setattr__(self, "value", frozen(value))

    @property
    def is_function(self) -> bool:
        """Whether it computes its value."""
        return self.kind not in (INPUT, CONSTANT)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Block):
            return NotImplemented
        return self._facts() == other._facts()

    def __hash__(self) -> int:
        return hash(self.id)

    def _facts(self) -> tuple[object, ...]:
        # By bytes, so that a NaN equals itself and 0 differs from -0.
        value = None if self.value is None else (self.value.shape, self.value.tobytes())
        return self.id, self.kind, self.name, value


def function_of(block: Block) -> type[Function]:
    """Give the class of the Function that a block stands for.

    Raises
    ------
    UnknownFunctionError
        If there is no Function of that name.
    """
    try:
        return FUNCTIONS[block.kind]
    except KeyError:
        sentence = f"There is no function called “{block.kind}”."
        raise UnknownFunctionError(sentence, block=block.id) from None


def title(block: Block) -> str:
    """Name a block to a person: its Function, or the Variable of an input."""
    return function_of(block).__name__ if block.is_function else block.name
