"""What a plot of a function shows, worked out; all of it may be done on any thread."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from engine.asking.curves import Landscape, Secant, errors_of_trial, secant
from engine.asking.plot_axes import Axis
from engine.graph import Graph
from engine.recording import Recording
from engine.variable import Array

POSITIONS, ALONG_SIDE = 401, 61
"""Points of a curve, and along each side of a plane."""

ONE_BY_ONE = 24
"""How many times as long it takes where positions are run one by one and not as an array."""

Window = tuple[float, float]
"""Ends of an axis."""


@dataclass(frozen=True, slots=True)
class Question:
    """What is to be plotted.

    Attributes
    ----------
    graph, target
        What is run, and the id of what is looked at.
    axes, windows
        The inputs that run, and from where to where.
    slopes
        The gradient by each of them.
    """

    graph: Graph
    target: str
    axes: tuple[Axis, ...]
    windows: tuple[Window, ...]
    slopes: tuple[float, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Trial:
    """What a numerical derivative finds.

    Attributes
    ----------
    nudge
        How far it steps to each side.
    found
        The secant.
    """

    nudge: float
    found: Secant


@dataclass(frozen=True, slots=True, eq=False)
class Curve:
    """The target along one input.

    Attributes
    ----------
    landscape
        What it was taken from.
    x, y
        Points along it.
    at, value
        Where the input stands, and the target there.
    errors
        How far a trial is off, for each nudge.
    trial
        The trial at the nudge that was chosen.
    """

    landscape: Landscape
    x: Array
    y: Array
    at: float
    value: float
    errors: tuple[tuple[float, float], ...]
    trial: Trial


@dataclass(frozen=True, slots=True, eq=False)
class Plane:
    """The target along two inputs.

    Attributes
    ----------
    x, y
        Positions along its sides.
    height
        The target at each pair of them.
    at
        Where the inputs stand.
    """

    x: Array
    y: Array
    height: Array
    at: tuple[float, float]


def curve_of(asked: Question, nudge: float) -> Curve | None:
    """Work out a curve; None if the graph has changed so that there is none."""
    landscape = _landscape(asked)
    if landscape is None:
        return None
    (at,), (slope,) = landscape.here(), asked.slopes
    x = np.linspace(*asked.windows[0], landscape.positions(POSITIONS))
    y, value = landscape.along(x), float(landscape.along(np.array([at]))[0])
    errors = errors_of_trial(landscape, slope)
    return Curve(landscape, x, y, at, value, errors, trial_of(landscape, nudge))


def plane_of(asked: Question) -> Plane | None:
    """Work out a plane; None if the graph has changed so that there is none."""
    landscape = _landscape(asked)
    if landscape is None:
        return None
    count = int(math.sqrt(landscape.positions(ALONG_SIDE**2)))
    x, y = (np.linspace(*window, count) for window in asked.windows)
    across, up = landscape.here()
    return Plane(x, y, landscape.along(x[:, None], y[None, :]), (across, up))


def trial_of(landscape: Landscape, nudge: float) -> Trial:
    """Take the numerical derivative."""
    return Trial(nudge, secant(landscape, nudge))


def times_of(recording: Recording) -> int:
    """Tell how many times as long a plot takes as one of single numbers."""
    arrays = any(getattr(value, "ndim", 0) for value in recording.values.values())
    return ONE_BY_ONE if arrays else 1


def _landscape(asked: Question) -> Landscape | None:
    try:
        return Landscape(asked.graph, asked.target, asked.axes)
    except KeyError:  # a block that was there in the run
        return None
