"""What a function looks like along one number, and the valley of a trial's error, as text."""

from __future__ import annotations

import math
import textwrap
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from engine.asking.curves import STEPS, Landscape, curve_and_secants, errors_of_trials, reach
from engine.asking.plot_axes import Axis, axis_by, axis_name
from engine.asking.plot_words import curve_sentence
from engine.asking.too_large import too_large
from engine.errors import RunError
from engine.recording import Recording
from engine.tints import BLUE, BOLD, ORANGE, Paint
from engine.values import json_line, number_text, plain_value
from engine.variable import Array

POSITIONS = 13
"""Rows of the table; the middle one is where the input stands."""

BAR = 24
"""Columns of the longest bar."""


@dataclass(frozen=True, slots=True, eq=False)
class PlotTable:
    """The target along one number.

    Attributes
    ----------
    names
        What the target and the number are called.
    at, slope
        Where the number stands, and the gradient there.
    x, y
        Positions along it, and the target at each.
    errors
        How far a trial is off, for each nudge, relative to the gradient.
    """

    names: tuple[str, str]
    at: float
    slope: float
    x: Array
    y: Array
    errors: tuple[tuple[float, float], ...]

    @property
    def tangent(self) -> Array:
        """The tangent at each position."""
        value = float(self.y[len(self.x) // 2])
        with np.errstate(all="ignore"):  # what is not finite is a result
            return np.asarray(value + self.slope * (self.x - self.at))

    @property
    def sentence(self) -> str:
        """What the slope is."""
        value = float(self.y[len(self.x) // 2])
        return curve_sentence(self.names, self.at, value, self.slope)


def plot_by(recording: Recording, name: str) -> PlotTable:
    """Work out what is plotted along a number that is told by its name, such as x or x[1, 0].

    Raises
    ------
    RunError
        If there is no such number that the target depends on, or the arrays are too large.
    """
    refused = too_large(recording)
    if refused is not None:
        raise RunError(refused)
    axis: Axis = axis_by(recording, name, "to plot along")
    assert recording.target is not None  # noqa: S101 - it has an axis
    landscape = Landscape(recording, (axis,))
    gradient = recording.gradient(axis[0])
    assert gradient is not None  # noqa: S101 - that is what an axis is
    (at,), slope = landscape.here(), float(gradient.flat[axis[1]])
    x = np.linspace(*reach(at), POSITIONS)
    y, secants = curve_and_secants(landscape, x, STEPS)
    errors = errors_of_trials(secants, slope)
    names = recording.blocks[recording.target].name, axis_name(recording.blocks, axis)
    return PlotTable(names, at, slope, x, y, errors)


def plot_lines(found: PlotTable, width: int, paint: Paint) -> Iterator[str]:
    """Write the curve, its tangent and the valley of the error line by line.

    Parameters
    ----------
    width
        Columns of the terminal.
    paint
        Sets a text in a colour, given by its escape sequence, or leaves it.
    """
    target, number = found.names
    yield ""
    yield paint(f"{target} along {number}", BOLD + BLUE)
    yield from textwrap.wrap(found.sentence, width)
    yield ""
    columns = [
        (number, *map(number_text, found.x.tolist())),
        (target, *map(number_text, found.y.tolist())),
        ("tangent", *map(number_text, found.tangent.tolist())),
    ]
    wide = [max(map(len, column)) for column in columns]
    for row, cells in enumerate(zip(*columns, strict=True)):
        line = "  ".join(f"{cell:<{room}}" for cell, room in zip(cells, wide, strict=True)).rstrip()
        yield paint(line, ORANGE) if row == 1 + len(found.x) // 2 else line
    yield ""
    yield paint("Is it true?", BOLD + BLUE)
    about = (
        "How far a trial is off, as a part of the gradient: a coarse nudge h cuts across the bend; "
        "a fine one is lost in rounding."
    )
    yield from textwrap.wrap(about, width)
    yield ""
    yield f"{'h':<6}  error"
    for nudge, error in found.errors:
        told = number_text(error, 2) if math.isfinite(error) else "tells nothing"
        depth = 17 + math.log10(max(error, 1e-17)) if math.isfinite(error) else 0.0
        bar = "█" * min(max(round(depth * BAR / 17), 0), BAR)
        yield f"{number_text(nudge, 2):<6}  {told:<9}  {paint(bar, ORANGE)}".rstrip()


def plot_json(found: PlotTable) -> Iterator[str]:
    """Write the same as JSON: an object a position, one a nudge, and one about the slope."""
    target, number = found.names
    for x, y, tangent in zip(found.x, found.y, found.tangent, strict=True):
        facts = {"at": plain_value(x), "value": plain_value(y), "tangent": plain_value(tangent)}
        yield json_line(facts)
    for nudge, error in found.errors:
        yield json_line({"nudge": nudge, "error": plain_value(np.array(error))})
    ending = {
        "by": number,
        "of": target,
        "at": found.at,
        "gradient": plain_value(np.array(found.slope)),
        "sentence": found.sentence,
    }
    yield json_line(ending)
