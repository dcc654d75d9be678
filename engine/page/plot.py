"""Plots on a page: the target along each number, or along two, and how good a trial can be."""

from __future__ import annotations

import math
import textwrap
from collections.abc import Iterator
from html import escape
from itertools import combinations
from typing import NamedTuple

from engine.asking.curves import reach
from engine.asking.headings import HEADINGS
from engine.asking.plot_axes import Axis, axes_of, axis_name, some_axes
from engine.asking.plot_words import NOTHING, curve_sentence, plane_sentence, trial_sentence
from engine.asking.plotted import Plane, Question, Trial, curve_of, plane_of, trial_of
from engine.asking.too_large import too_large
from engine.page.parts import Asked, Choice, choices, said, some
from engine.picture.function_plots import CurvePicture, of_nudge, plane_svg, valley_svg
from engine.recording import Recording
from engine.tints import BLUE, BOLD, Paint
from engine.values import number_text

MOST_AXES, MOST_PLANES = 12, 3
"""Numbers, and pairs of them, along which the target is plotted."""

POSITIONS, ALONG_SIDE = 161, 41
"""Points of a curve, and along each side of a plane, at most."""

COARSE = 10.0**-0.5
"""The nudge that a secant is shown of at first: so coarse that it is seen to be off."""

FINER = (1e-1, 1e-2, 1e-3, 1e-5, 1e-7, 1e-9, 1e-11, 1e-13, 1e-15)
"""Others that a person may choose."""


def plot_panel(asked: Asked) -> Iterator[str]:
    """Write the target along each number, and along pairs of them, as far as there is room."""
    recording = asked.recording
    refused = too_large(recording)
    axes = axes_of(recording) if refused is None else ()
    if not axes:
        yield said(refused or NOTHING)
        return
    shown = some_axes(recording, MOST_AXES)
    yield some(len(shown), len(axes), "numbers")
    options = [Choice(axis_name(recording.blocks, axis), _along(asked, axis)) for axis in shown]
    for pair in _pairs(shown):
        name = " and ".join(axis_name(recording.blocks, axis) for axis in pair)
        options.append(Choice(name, plane_answer(plane_of_two(recording, pair))))
    yield from choices("along", options)


def _pairs(axes: tuple[Axis, ...]) -> list[tuple[Axis, Axis]]:
    """Choose pairs of numbers: those of different inputs first."""
    pairs = list(combinations(axes, 2))
    return sorted(pairs, key=lambda pair: (pair[0][0] == pair[1][0], pair[0][1] + pair[1][1]))[
        :MOST_PLANES
    ]


def _along(asked: Asked, axis: Axis) -> Iterator[str]:
    yield from curve_answer(asked.recording, axis)


def curve_answer(recording: Recording, axis: Axis) -> Iterator[str]:
    """Write the target along a number, with its tangent, and how far trials are off."""
    slope, names = _slope(recording, axis), _names(recording, axis)
    asked = Question(recording, (axis,), (_window(recording, axis),), (slope,), moving=False)
    found = curve_of(asked, COARSE, POSITIONS)
    trials = [found.trial, *(trial_of(found.landscape, nudge) for nudge in FINER)]
    picture = CurvePicture(found, slope, (names[0], names[1]))
    yield '<div class="plots"><figure>'
    secants = (of_nudge(picture.secant(trial), at) for at, trial in enumerate(trials))
    yield picture.svg(*secants)
    yield (
        '<figcaption><span><b class="blue">━</b> the function</span> '
        '<span><b class="orange">━</b> tangent</span> '
        '<span><b class="dim">╌</b> secant of the trial</span></figcaption></figure>\n'
    )
    yield '<div class="beside-plot">'
    yield said(curve_sentence((names[0], names[1]), found.at, found.value, slope))
    yield f"<h4>{HEADINGS['check'].title}</h4>\n"
    yield from _nudges(trials, slope)
    here = tuple((trial.nudge, _error(trial, slope)) for trial in trials)
    yield f"<figure>{valley_svg(found.errors, here)}</figure></div></div>\n"


def _error(trial: Trial, slope: float) -> float:
    return abs(trial.found.slope - slope) / (abs(slope) or 1.0)


def _nudges(trials: list[Trial], slope: float) -> Iterator[str]:
    """Write a slider over the nudges, and what the trial with each of them finds."""
    yield (
        '<p class="nudge" hidden><label>nudge h <input type="range" min="0" '
        f'max="{len(trials) - 1}" value="0" aria-label="Nudge of the numerical derivative" '
        f'data-words="{escape("|".join(number_text(trial.nudge, 2) for trial in trials))}">'
        "</label></p>\n"
    )
    yield '<div aria-live="polite">'
    for at, trial in enumerate(trials):
        words = escape(trial_sentence(trial.nudge, trial.found.slope, _error(trial, slope)))
        yield f'<p class="h h{at}{" x" if at else ""}">{words}</p>'
    yield "</div>\n"


class PlaneFound(NamedTuple):
    """The target along two numbers.

    Attributes
    ----------
    plane
        What was found.
    slopes
        The gradient by the two.
    names
        What the target and the two are called.
    """

    plane: Plane
    slopes: tuple[float, float]
    names: tuple[str, str, str]

    @property
    def sentence(self) -> str:
        """Where the gradient points."""
        return plane_sentence(self.names[0], self.plane.at, self.slopes)


def plane_of_two(recording: Recording, axes: tuple[Axis, Axis]) -> PlaneFound:
    """Work out the target along two numbers."""
    one, other = (_slope(recording, axis) for axis in axes)
    y, x, w = _names(recording, *axes)
    windows = tuple(_window(recording, axis) for axis in axes)
    asked = Question(recording, axes, windows, (one, other), moving=False)
    return PlaneFound(plane_of(asked, ALONG_SIDE), (one, other), (y, x, w))


def plane_answer(found: PlaneFound, _asked: Asked | None = None) -> Iterator[str]:
    """Write the target along two numbers, with the gradient as an arrow."""
    picture = plane_svg(found.plane, found.slopes, found.names)
    yield f'<div class="plots plane"><figure>{picture}</figure>'
    yield f"<div>{said(found.sentence)}</div></div>\n"


def plane_lines(found: PlaneFound, width: int, paint: Paint) -> Iterator[str]:
    """Write the same for a terminal, line by line: where the gradient points."""
    yield ""
    yield paint("{} along {} and {}".format(*found.names), BOLD + BLUE)
    yield from textwrap.wrap(found.sentence, width)


def _slope(recording: Recording, axis: Axis) -> float:
    gradient = recording.gradient(axis[0])
    return math.nan if gradient is None else float(gradient.flat[axis[1]])


def _names(recording: Recording, *axes: Axis) -> list[str]:
    blocks = recording.blocks
    return [blocks[recording.target or ""].name, *(axis_name(blocks, axis) for axis in axes)]


def _window(recording: Recording, axis: Axis) -> tuple[float, float]:
    value = recording.value(axis[0])
    return reach(math.nan if value is None else float(value.flat[axis[1]]))
