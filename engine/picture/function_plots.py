"""Plots of a function as SVG: along one number, along two, and how far a trial is off."""

from __future__ import annotations

import math

import numpy as np

from engine.asking.plot_frames import (
    ERROR_AXES,
    NOTHING,
    NUDGES,
    arrow_tip,
    errors_shown,
    heights_shown,
    powers,
    straight,
)
from engine.asking.plotted import Curve, Plane, Trial
from engine.asking.scales import Scale
from engine.picture.plot import Plot
from engine.variable import Array

SIDE = 340.0
"""Pixels along each side of a plane."""

HEAD, SPREAD = 13.0, math.radians(17)
"""Length of the head of the arrow, and half the angle at its tip."""


Pairs = tuple[tuple[float, float], ...]
"""Nudges, each with an error."""


class CurvePicture:
    """The target along one number, with the tangent where it stands.

    Parameters
    ----------
    curve
        What is drawn.
    slope
        The gradient there.
    names
        What the target and the number are called.
    """

    def __init__(self, curve: Curve, slope: float, names: tuple[str, str]) -> None:
        across = Scale(float(curve.x[0]), float(curve.x[-1]))
        shown = heights_shown(curve.x, curve.y, curve.at, curve.value, slope)
        self._curve, self._slope = curve, slope
        words = f"{names[0]} along {names[1]}, with the tangent at {names[1]}"
        self._plot = Plot(across, shown or Scale(0.0, 1.0), (names[1], names[0]), words)

    def svg(self, *over: str) -> str:
        """Draw it, and what lies over it."""
        found, plot = self._curve, self._plot
        at = np.array([[found.at, found.value]])
        tangent = straight(plot.across, plot.up, (found.at, found.value), self._slope)
        return plot.svg(
            plot.line(np.stack((found.x, found.y), axis=1), "curve"),
            *over,
            plot.line(tangent, "tangent"),
            *plot.dots(at, "point", 6.5),
        )

    def secant(self, trial: Trial) -> str:
        """Draw the secant of a trial, with the two points that it leads through."""
        found, plot = trial.found, self._plot
        there = bool(np.isfinite(found.y).all())
        ends = np.stack((found.x, found.y), axis=1) if there else NOTHING
        through = float(found.x[0]), float(found.y[0])
        line = plot.line(straight(plot.across, plot.up, through, found.slope), "secant")
        return line + "".join(plot.dots(ends, "end", 4.5))


def valley_svg(
    errors: tuple[tuple[float, float], ...], here: tuple[tuple[float, float], ...]
) -> str:
    """Draw how far a trial is off, for each nudge.

    Parameters
    ----------
    errors
        Pairs of a nudge and an error.
    here
        Those that a slider goes over; each is a group of its own, of which one is seen.
    """
    found = powers(errors)
    words = "Error of the numerical derivative against the nudge: a valley"
    shown = errors_shown(powers((*errors, *here)))
    plot = Plot(NUDGES, shown, ERROR_AXES, words, width=380.0, height=150.0)
    dots = plot.dots(found, "end", 3.5)
    marks = ("".join(plot.dots(powers((pair,)), "here", 6)) for pair in here)
    marked = (of_nudge(mark, at) for at, mark in enumerate(marks))
    return plot.svg(plot.line(found, "valley"), *dots, *marked)


def of_nudge(drawn: str, at: int) -> str:
    """Put into a group what belongs to one of several nudges; the first is seen."""
    return f'<g class="h h{at}{" x" if at else ""}">{drawn}</g>'


def plane_svg(plane: Plane, slopes: tuple[float, float], names: tuple[str, str, str]) -> str:
    """Draw the target along two numbers, from above, with the gradient as an arrow.

    Parameters
    ----------
    slopes
        The gradient by the two.
    names
        What the target and the two are called.
    """
    across = Scale(float(plane.x[0]), float(plane.x[-1]))
    up = Scale(float(plane.y[0]), float(plane.y[-1]))
    words = f"{names[0]} along {names[1]} and {names[2]}, from above, with the gradient as an arrow"
    plot = Plot(across, up, (names[1], names[2]), words, SIDE, SIDE)
    point = np.array([plane.at])
    tip = arrow_tip(across, up, plane.at, slopes)
    return plot.svg(*_bands(plane), _arrow(plot, point, tip), *plot.dots(point, "point", 6.5))


def _bands(plane: Plane) -> list[str]:
    """Fill what lies above each of some heights, so that high ground is darker, and draw lines."""
    from engine.asking.heights import Heights  # noqa: PLC0415 - it loads a library

    heights = Heights(plane.height.T)
    bands, lines = heights.bands(), heights.lines
    return [
        *(f'<path d="{"".join(map(_ring, band))}" class="band"/>' for band in bands if band),
        *(f'<path d="{_ring(line).removesuffix("z")}" class="level"/>' for line in lines),
    ]


def _ring(points: Array) -> str:
    """Write a line of points from 0 to 1 along both sides."""
    places = [f"{SIDE * x:.0f} {SIDE * (1 - y):.0f}" for x, y in points.tolist()]
    # What lies on one place of the screen is drawn once.
    kept = [place for at, place in enumerate(places) if not at or place != places[at - 1]]
    return f"M{'L'.join(kept)}z"


def _arrow(plot: Plot, point: Array, tip: Array) -> str:
    if not tip.size:
        return ""
    start, end = (each[0] for each in map(plot.places, (point, tip)))
    across, down = end - start
    angle = math.atan2(down, across)
    sides = angle + math.pi - SPREAD, angle + math.pi + SPREAD
    ends = [end + HEAD * np.array([math.cos(side), math.sin(side)]) for side in sides]
    corners = [end, *ends]
    head = "L".join(f"{x:.1f} {y:.1f}" for x, y in (corner.tolist() for corner in corners))
    back = end - (HEAD - 2) * np.array([math.cos(angle), math.sin(angle)])
    return (
        f'<path d="M{start[0]:.1f} {start[1]:.1f}L{back[0]:.1f} {back[1]:.1f}" class="arrow"/>'
        f'<path d="M{head}z" class="head"/>'
    )
