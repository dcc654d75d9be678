"""The paths back to an input, for people and for programs."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator
from typing import Any

from engine.asking.path_factors import PathFactor, factors_of
from engine.asking.paths import Paths
from engine.errors import RunError
from engine.recording import Recording
from engine.syntax import shown
from engine.tints import BOLD, NARROWEST, ORANGE, Paint
from engine.values import json_line, plain_value, value_text
from engine.variable import Array
from engine.wording import shape_text, text_fraction

LONGEST = 12
"""Elements of an array that is written out in a line."""


def paths_by(recording: Recording, name: str) -> Paths:
    """Find the paths back to an input that is told by its name.

    Raises
    ------
    RunError
        If no path leads back to an input of that name.
    """
    blocks = recording.blocks
    inputs = [b for b in recording.course.givers if not blocks[b].is_function]
    names = [blocks[block].name for block in inputs]
    if name.strip() in names:
        return Paths(recording, inputs[names.index(name.strip())])
    sentence = f"No path leads back to an input called {shown(name)}"
    raise RunError(f"{sentence}; there are: {', '.join(names)}." if names else f"{sentence}.")


def path_lines(paths: Paths, width: int, paint: Paint) -> Iterator[str]:
    r"""Write all paths that are listed, factor by factor, and what they add up to.

    Parameters
    ----------
    width
        Columns of the terminal.
    paint
        Sets a text in a colour, given by its escape sequence, or leaves it.

    Examples
    --------
    >>> import numpy as np
    >>> from engine.expression import parse_expression
    >>> from engine.recording import record
    >>> graph, y = parse_expression("x * square(x)", {"x": np.array(3.0)})
    >>> paths = paths_by(record(graph, y), "x")
    >>> print("\n".join(path_lines(paths, 80, lambda text, _: text)))
    <BLANKLINE>
    Paths from y back to x
    2 paths lead from y back to x. Along each the local derivatives are multiplied,
    and the products add up: 9 + 18 = 27.
    <BLANKLINE>
    1  y ← x
       ∂y/∂x  Mul     gy * a        local derivative 9; so far 9
    <BLANKLINE>
    2  y ← a ← x
       ∂y/∂a  Mul     gy * x        local derivative 3; so far 3
       ∂a/∂x  Square  gy * (2 * x)  local derivative 6; so far 18
    <BLANKLINE>
    ∂y/∂x = 27
    """
    recording, names = paths.recording, paths.recording.blocks
    y, x = (names[block].name for block in paths.ends)
    yield ""
    yield paint(f"Paths from {y} back to {x}", BOLD + ORANGE)
    yield from textwrap.wrap(paths.sentence, width)
    every = [tuple(factors_of(recording, path)) for path in paths.listed]
    table = _Columns([factor for factors in every for factor in factors])
    digits = len(str(len(every)))
    for number, (path, factors) in enumerate(zip(paths.listed, every, strict=True), start=1):
        way = " ← ".join(names[block].name for block in path.blocks)
        indent = " " * (digits + 2)
        yield ""
        yield from textwrap.wrap(f"{number:>{digits}}  {way}", width, subsequent_indent=indent)
        for factor in factors:
            tinted, *lines = table.lines(factor, width - len(indent))
            yield f"{indent}{paint(tinted, ORANGE)}{lines[0]}"
            yield from (indent + line for line in lines[1:])
    yield ""
    if paths.count > len(every):
        yield f"… and {paths.count - len(every):,} more"
    yield f"{text_fraction(y, x)} = {_value(paths.gradient)}"


class _Columns:
    """The factors of all paths in columns: name, block and rule, and the numbers where they fit."""

    def __init__(self, factors: list[PathFactor]) -> None:
        self._name = max((len(factor.text) for factor in factors), default=0)
        self._block = max((len(factor.block) for factor in factors), default=0)
        self._rule = max((len(factor.rule) for factor in factors), default=0)

    def lines(self, factor: PathFactor, width: int) -> list[str]:
        """Write a factor: its name, what follows it, and more lines where it is long."""
        name = f"{factor.text:<{self._name}}"
        block = f"  {factor.block:<{self._block}}  "
        room = max(width - len(name + block), NARROWEST)
        numbers = _numbers(factor)
        below = [f"{factor.rule:<{self._rule}}  {'; '.join(numbers)}"]
        if len(below[0]) > room:
            below = [line for text in (factor.rule, *numbers) for line in textwrap.wrap(text, room)]
        return [name, block + below[0], *(" " * len(name + block) + line for line in below[1:])]


def _numbers(factor: PathFactor) -> list[str]:
    told = [] if factor.local is None else [f"local derivative {_value(factor.local)}"]
    so_far = shape_text(factor.shape) if factor.so_far is None else _value(factor.so_far)
    return [*told, f"so far {so_far}"]


def _value(value: Array) -> str:
    return value_text(value, longest=LONGEST)


def path_json(paths: Paths) -> Iterator[str]:
    """Write the paths as JSON: an object a path, and one with what they add up to."""
    names = paths.recording.blocks
    for number, path in enumerate(paths.listed, start=1):
        facts = {
            "path": number,
            "blocks": [names[block].name for block in path.blocks],
            "factors": [_facts(paths, factor) for factor in factors_of(paths.recording, path)],
            "product": None if path.product is None else plain_value(path.product),
        }
        yield json_line(facts)
    ending = {
        "by": names[paths.ends[1]].name,
        "paths": paths.count,
        "gradient": plain_value(paths.gradient),
        "sentence": paths.sentence,
    }
    yield json_line(ending)


def _facts(paths: Paths, factor: PathFactor) -> dict[str, Any]:
    names = paths.recording.blocks
    return {
        "of": names[factor.wire.target].name,
        "by": names[factor.wire.source].name,
        "block": factor.block,
        "rule": factor.rule,
        "local": None if factor.local is None else plain_value(factor.local),
        "shape": list(factor.shape),
        "so_far": None if factor.so_far is None else plain_value(factor.so_far),
    }
