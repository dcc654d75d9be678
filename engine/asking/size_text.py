"""Where a gradient dies, for people and for programs: a row a Variable, and each place it ends."""

from __future__ import annotations

import math
import textwrap
from collections.abc import Iterator

from engine.asking.gradient_map import GradientMap, Spot
from engine.tints import BLUE, BOLD, ORANGE, RED, Paint
from engine.values import json_line, number_text

BAR = 24
"""Columns of the longest bar."""


def places_of(found: GradientMap) -> list[tuple[int, str]]:
    """List where a gradient ends: the step, and why, those that are not finite among them."""
    places = [(death.step, death.sentence) for death in found.deaths]
    bad = found.recording.first_bad
    if bad is not None:
        places.append((bad.step, bad.sentence))
    return sorted(places)


def size_lines(found: GradientMap, width: int, paint: Paint) -> Iterator[str]:
    r"""Write sizes line by line, each gradient with a bar that grows with its power of ten.

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
    >>> graph, y = parse_expression("relu(x) * w", {"x": np.array(-2.0), "w": np.array(10.0)})
    >>> lines = size_lines(GradientMap(record(graph, y)), 80, lambda text, _: text)
    >>> print("\n".join(line for line in lines if line[:1].isdigit()))
    0       x         2      0
    0       w         10     0
    1       a         0      10        ████████████████████████
    2       y         0      1         ████████████
    """
    yield ""
    yield paint("Where does it die?", BOLD + BLUE)
    yield from textwrap.wrap(found.sentence, width)
    yield ""
    rows = [_row(found, spot) for spot in found.spots]
    heads = ("blocks", "Variable", "value", "gradient")
    wide = [max(len(row[at]) for row in (heads, *rows)) for at in range(len(heads))]
    yield "  ".join(f"{head:<{room}}" for head, room in zip(heads, wide, strict=True)).rstrip()
    for spot, row in zip(found.spots, rows, strict=True):
        left = "  ".join(f"{cell:<{room}}" for cell, room in zip(row, wide, strict=True))
        share = found.share(spot.block)
        # The smallest has half a bar: none would say that it is 0.
        bar = "" if share is None or share < 0 else "█" * round((1 + share) * BAR / 2)
        yield f"{left}  {paint(bar, ORANGE)}".rstrip()
    places = places_of(found)
    if places:
        yield ""
    for step, sentence in places:
        said = f"step {step + 1}: {sentence}"
        yield from (paint(line, RED) for line in textwrap.wrap(said, width, subsequent_indent="  "))


def size_json(found: GradientMap) -> Iterator[str]:
    """Write sizes as JSON: an object a Variable, and one that says where the gradient ends."""
    for spot in found.spots:
        facts = {
            "block": spot.block,
            "name": found.recording.blocks[spot.block].name,
            "blocks_from_an_input": spot.depth,
            "value": _finite(spot.value),
            "gradient": _finite(spot.gradient),
        }
        yield json_line(facts)
    ends = [{"step": step + 1, "sentence": sentence} for step, sentence in places_of(found)]
    yield json_line({"sentence": found.sentence, "ends": ends})


def _row(found: GradientMap, spot: Spot) -> tuple[str, str, str, str]:
    name = found.recording.blocks[spot.block].name
    return str(spot.depth), name, _size(spot.value), _size(spot.gradient)


def _size(power: float) -> str:
    if math.isnan(power):
        return "not finite"
    return "0" if math.isinf(power) else number_text(10.0**power, 2)


def _finite(power: float) -> float | str:
    """Give a power of ten as JSON can hold it."""
    return power if math.isfinite(power) else str(power)
