"""Sizes of values and gradients by depth, as SVG: a dot for each Variable, inputs at the left."""

from __future__ import annotations

from collections.abc import Callable

from engine.asking.size_dots import AXES, LEGEND, Dots, Picture
from engine.picture.plot import Plot

LABEL = "Sizes of values and gradients by depth"


def sizes_svg(picture: Picture, link: Callable[[str], str]) -> str:
    """Draw them.

    Parameters
    ----------
    link
        Gives what is written into the group of a dot, such as where it leads, by block.
    """
    plot = Plot(picture.across, picture.up, AXES, LABEL, width=680.0)
    kinds = (picture.values, picture.gradients, picture.zeros)
    drawn = []
    for (sign, colour, _), dots in zip(LEGEND, kinds, strict=True):
        drawn += _dots(plot, dots, sign, f"spot {colour}", link)
    return plot.svg(*drawn)


def _dots(plot: Plot, dots: Dots, sign: str, kind: str, link: Callable[[str], str]) -> list[str]:
    if not dots.blocks:
        return []
    size = 4.5 if sign == "✕" else 5.5
    found = zip(dots.blocks, plot.dots(dots.places, kind, size, sign), strict=True)
    return [f"<g{told}>{dot}</g>" if (told := link(block)) else dot for block, dot in found]
