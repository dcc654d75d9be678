"""A walk in forward mode, for people and for programs."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator

from engine.asking.plot_axes import axis_name
from engine.asking.tangents import TangentWalk
from engine.tints import BLUE, BOLD, GLUE, NARROWEST, Paint
from engine.values import json_line, plain_value


def tangent_lines(walk: TangentWalk, width: int, paint: Paint) -> Iterator[str]:
    r"""Write a walk in forward mode line by line, and what it costs.

    Parameters
    ----------
    width
        Columns of the terminal.
    paint
        Sets a text in a colour, given by its escape sequence, or leaves it.

    Examples
    --------
    >>> import numpy as np
    >>> from engine.asking.tangents import walk_forward_by
    >>> from engine.expression import parse_expression
    >>> from engine.recording import record
    >>> graph, y = parse_expression("square(x)", {"x": np.array(3.0)})
    >>> lines = tangent_lines(walk_forward_by(record(graph, y), "x"), 80, lambda text, _: text)
    >>> print("\n".join(line for line in lines if line[:1].isdigit()))
    1 →  x           x = 3  ∂x/∂x = 1
    2 →  Square → y  y = 9  ∂y/∂x = 6 · 1 = 6
    """
    rows = [walk.row(step) for step in walk.steps]
    number = len(str(len(rows)))
    head = max(len(row.left.head) for row in rows)
    value = max(len(" ".join(row.left.numbers)) for row in rows)
    yield ""
    yield paint(f"Forwards from {axis_name(walk.recording.blocks, walk.axis)}", BOLD + BLUE)
    indent = " " * (number + len(" →  ") + head + 2 + value + 4)
    for at, (step, row) in enumerate(zip(walk.steps, rows, strict=True), start=1):
        left = paint(f"{at:>{number}} →  {row.left.head:<{head}}", BLUE)
        said = " ".join(row.left.numbers)
        lines = _wrapped(walk.line(step), max(width - len(indent) + 2, NARROWEST))
        for count, line in enumerate(lines):
            before = f"{left}  {said:<{value}}  " if count == 0 else indent[:-2]
            yield f"{before}{line}"
    yield ""
    yield from textwrap.wrap(walk.cost, width)


def _wrapped(line: str, width: int) -> list[str]:
    """Break a line before its signs, and nowhere else."""
    glued = line.replace(" ", GLUE)
    for sign in "=+":
        glued = glued.replace(f"{GLUE}{sign}{GLUE}", f" {sign}{GLUE}")
    wrapped = textwrap.wrap(
        glued, width, subsequent_indent="  ", break_on_hyphens=False, break_long_words=False
    )
    return [part.replace(GLUE, " ") for part in wrapped]


def tangent_json(walk: TangentWalk) -> Iterator[str]:
    """Write a walk in forward mode as JSON: an object a step, and one that says what it costs."""
    recording = walk.recording
    for at, step in enumerate(walk.steps, start=1):
        value = recording.value(step.block)
        facts = {
            "step": at,
            "direction": "forward mode",
            "block": step.block,
            "name": recording.blocks[step.block].name,
            "value": None if value is None else plain_value(value),
            "parts": [
                {
                    "port": part.wire.port,
                    "name": recording.blocks[part.wire.source].name,
                    "local": None if part.local is None else plain_value(part.local),
                    "tangent": plain_value(part.tangent),
                }
                for part in step.parts
            ],
            "tangent": plain_value(step.tangent),
        }
        yield json_line(facts)
    ending = {
        "by": axis_name(recording.blocks, walk.axis),
        "passes": walk.passes,
        "blocks_a_pass": walk.visits,
        "sentence": walk.cost,
    }
    yield json_line(ending)
