"""What a plot of a function shows, worked out; all of it may be done on any thread."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from engine.asking.curves import (
    AT_A_FRAME,
    STEPS,
    WORK,
    Landscape,
    Secant,
    curve_and_secants,
    errors_of_trials,
    secant,
)
from engine.asking.plot_axes import Axis
from engine.recording import Recording
from engine.variable import Array

POSITIONS, ALONG_SIDE, MOVING = 401, 121, 61
"""Points of a curve, along each side of a plane, and there while a number is slid."""

TIMES = 10
"""How often a plot works all numbers of a recording out at least, as far as they depend on what
runs along it: less often than there are positions, as most of a large one does not."""

Window = tuple[float, float]
"""Ends of an axis."""


@dataclass(frozen=True, slots=True)
class Question:
    """What is to be plotted.

    Attributes
    ----------
    recording
        Whose target is looked at.
    axes, windows
        The inputs that run, and from where to where.
    slopes
        The gradient by each of them.
    moving
        Whether a number is being slid, and the picture is to be there at once.
    """

    recording: Recording
    axes: tuple[Axis, ...]
    windows: tuple[Window, ...]
    slopes: tuple[float, ...]
    moving: bool

    def positions(self, landscape: Landscape, wanted: int) -> int:
        """Say how many positions are to be run, of those wanted."""
        return landscape.positions(wanted, AT_A_FRAME if self.moving else WORK)


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


def curve_of(asked: Question, nudge: float, most: int = POSITIONS) -> Curve:
    """Work out a curve.

    Parameters
    ----------
    nudge
        How far the trial that is shown steps to each side.
    most
        Points of the curve.
    """
    landscape = Landscape(asked.recording, asked.axes)
    (at,), (slope,) = landscape.here(), asked.slopes
    x = np.linspace(*asked.windows[0], asked.positions(landscape, most))
    y, secants = curve_and_secants(landscape, np.append(x, at), (*STEPS, nudge))
    errors = errors_of_trials(secants[:-1], slope)
    return Curve(landscape, x, y[:-1], at, float(y[-1]), errors, Trial(nudge, secants[-1]))


def plane_of(asked: Question, most: int = ALONG_SIDE) -> Plane:
    """Work out a plane.

    Parameters
    ----------
    most
        Places along each side.
    """
    landscape = Landscape(asked.recording, asked.axes)
    side = MOVING if asked.moving else most
    count = math.isqrt(asked.positions(landscape, side**2))
    x, y = (np.linspace(*window, count) for window in asked.windows)
    across, up = landscape.here()
    return Plane(x, y, landscape.along(x[:, None], y[None, :]), (across, up))


def trial_of(landscape: Landscape, nudge: float) -> Trial:
    """Take the numerical derivative."""
    return Trial(nudge, secant(landscape, nudge))
