"""What of a recording can run along an axis of a plot: every number of every input."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from engine.graph import Block
from engine.recording import Recording

Axis = tuple[str, int]
"""Id of a block, and the flat index of one of its elements."""

MOST = 200
"""Numbers that a person is given to choose from."""


def axes_of(recording: Recording) -> tuple[Axis, ...]:
    """List the numbers that a target can be plotted against: those of inputs that it depends on.

    Examples
    --------
    >>> from engine.expression import parse_expression
    >>> from engine.recording import record
    >>> graph, y = parse_expression("x * w", {"x": np.array([1.0, 2.0]), "w": np.array(3.0)})
    >>> [axis_name(graph.blocks, axis) for axis in axes_of(record(graph, y))]
    ['x[0]', 'x[1]', 'w']
    """
    inputs = (block for block in recording.blocks.values() if not block.is_function)
    found: list[Axis] = []
    for block in inputs:
        gradient = recording.gradient(block.id)
        if gradient is not None and _is_finite(recording, block.id):
            found += [(block.id, index) for index in range(min(gradient.size, MOST))]
        if len(found) >= MOST:
            break
    return tuple(found[:MOST])


def axis_name(blocks: Mapping[str, Block], axis: Axis) -> str:
    """Name a number: x, or x[1, 0] for an element of an array."""
    block, index = blocks[axis[0]], axis[1]
    shape = () if block.value is None else block.value.shape
    if not shape:
        return block.name
    return f"{block.name}[{', '.join(str(at) for at in np.unravel_index(index, shape))}]"


def _is_finite(recording: Recording, block: str) -> bool:
    value = recording.value(block)
    return value is not None and bool(np.isfinite(value).all())
