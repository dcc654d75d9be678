"""What stands in a graph: a block, and a wire between two of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any, NamedTuple

import numpy as np

from engine.errors import RunError, UnknownFunctionError
from engine.function import Function
from engine.functions import FUNCTIONS
from engine.signatures import check_settings, is_variadic, port_names
from engine.values import frozen
from engine.variable import Array

INPUT, CONSTANT = "input", "constant"
"""The kinds of block that have a value of their own; every other kind is a Function's name."""


class Wire(NamedTuple):
    """What joins two blocks: the output of `source` enters `target` at `port`, counted from 0."""

    source: str
    target: str
    port: int


NONE: Mapping[str, Any] = {}
"""No settings: one mapping for the thousands of blocks that have none."""


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
    settings
        What a Function is told apart from its inputs, such as the axis of a sum; only what
        differs from the default. `inputs` is the number of inputs of one that takes any number.
    """

    id: str
    kind: str
    name: str
    value: Array | None = None
    settings: Mapping[str, Any] = field(default_factory=lambda: NONE)

    def __post_init__(self) -> None:
        value = self.value
        if value is not None and (value.flags.writeable or value.dtype != np.float64):
            object.__setattr__(self, "value", frozen(value))
        settings = MappingProxyType(unchangeable(self.settings)) if self.settings else NONE
        object.__setattr__(self, "settings", settings)

    @property
    def is_function(self) -> bool:
        """Whether it computes its value."""
        return self.kind not in (INPUT, CONSTANT)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Block):
            return NotImplemented
        return self._facts() == other._facts() and _same(self.value, other.value)

    def __hash__(self) -> int:
        return hash(self.id)

    def _facts(self) -> tuple[object, ...]:
        return self.id, self.kind, self.name, repr(sorted(self.settings.items()))


def _same(one: Array | None, other: Array | None) -> bool:
    """Compare values by bytes, so that 0 differs from -0; any NaN equals any other."""
    if one is other:
        return True  # as after most changes, and there may be ten million numbers in it
    if one is None or other is None or one.shape != other.shape:
        return False
    return _told(one) == _told(other)


def _told(value: Array) -> bytes:
    return np.where(np.isnan(value), np.nan, value).tobytes()


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


FEWEST, MOST = 1, 64
"""Inputs of a Function that takes any number."""


def ports_of(block: Block) -> tuple[str, ...]:
    """Name the input ports of a block."""
    if not block.is_function:
        return ()
    function = function_of(block)
    if is_variadic(function):
        return tuple(f"x{at}" for at in range(block.settings.get("inputs", 2)))
    return port_names(function)


def instance_of(block: Block) -> Function:
    """Make the Function that a block stands for, with its settings.

    Raises
    ------
    UnknownFunctionError, RunError
        If there is none of that name, or none with such settings.
    """
    function = function_of(block)
    settings = dict(block.settings)
    if is_variadic(function):
        settings.pop("inputs", None)
    return function(**function.settled(settings, block.id))


def check_block(block: Block) -> None:
    """Raise the reason why there can be no such block; return if there can.

    Raises
    ------
    UnknownFunctionError, RunError
        If there is no Function of that name, or it has no such settings.
    """
    if not block.is_function:
        if block.settings:
            raise RunError(f"{block.name} is a value, which has no settings.", block=block.id)
        return
    function = function_of(block)
    if not block.settings:
        return
    settings = dict(block.settings)
    if is_variadic(function):
        count = settings.pop("inputs", 2)
        if type(count) is not int or not FEWEST <= count <= MOST:
            sentence = f"{function.__name__} takes from {FEWEST} to {MOST} inputs."
            raise RunError(sentence, block=block.id)
    check_settings(function, settings)


def unchangeable(settings: Mapping[str, Any]) -> dict[str, Any]:
    """Copy settings, with tuples in place of lists."""
    return {name: _unchangeable(value) for name, value in sorted(settings.items())}


def _unchangeable(value: Any) -> Any:
    return tuple(map(_unchangeable, value)) if isinstance(value, list | tuple) else value


def title(block: Block) -> str:
    """Name a block to a person: its Function, or the Variable of an input."""
    return function_of(block).__name__ if block.is_function else block.name
