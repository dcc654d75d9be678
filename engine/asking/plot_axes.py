"""What of a recording can run along an axis of a plot: every number of every input."""

from __future__ import annotations

import re
from collections.abc import Mapping

import numpy as np

from engine.errors import RunError
from engine.graph import Block
from engine.recording import Recording
from engine.syntax import shown

Axis = tuple[str, int]
"""Id of a block, and the flat index of one of its elements."""

MOST = 200
"""Numbers that a person is given to choose from."""

MOST_NAMES = 20
"""Names that a sentence lists before it says no more."""


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


def some_axes(recording: Recording, most: int) -> tuple[Axis, ...]:
    """Choose some numbers to plot along: of each input the first ones, in the order of `axes_of`.

    Examples
    --------
    >>> from engine.expression import parse_expression
    >>> from engine.recording import record
    >>> graph, y = parse_expression("sum(x * w)", {"x": np.ones(100), "w": np.array(3.0)})
    >>> [axis_name(graph.blocks, axis) for axis in some_axes(record(graph, y), 3)]
    ['x[0]', 'x[1]', 'w']
    """
    axes = axes_of(recording)
    chosen = sorted(range(len(axes)), key=lambda at: axes[at][1])[:most]
    return tuple(axes[at] for at in sorted(chosen))


def axis_by(recording: Recording, name: str, what: str) -> Axis:
    """Find a number by its name, such as x or x[1, 0].

    Parameters
    ----------
    what
        What it is wanted for, to be said where there is none.

    Raises
    ------
    RunError
        If there is no such number that the target depends on.
    """
    axes = axes_of(recording)
    names = [axis_name(recording.blocks, axis) for axis in axes]
    wanted = re.sub(r"\s*([\[\],])\s*", r"\1", name.strip()).replace(",", ", ")
    if wanted in names:
        return axes[names.index(wanted)]
    known = ", ".join(names[:MOST_NAMES]) + (" …" if len(names) > MOST_NAMES else "")
    sentence = f"There is no number called {shown(name)} {what}"
    raise RunError(f"{sentence}; there are: {known}." if names else f"{sentence}.")


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
