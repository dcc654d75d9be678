"""A plot as SVG: its ground, two axes with round numbers, and the lines and dots on it."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from html import escape

import numpy as np

from engine.asking.scales import Scale
from engine.variable import Array

LEFT, TOP, RIGHT, BOTTOM = 66.0, 30.0, 18.0, 46.0
"""Room around the area: for numbers, and for the names of the axes."""

APART = 92.0, 40.0
"""Pixels from one number to the next, at least, across and up."""

BEYOND = 3.0
"""How far beyond the area a line is drawn, times its height: a number may be as large as it
likes."""


@dataclass(frozen=True, slots=True)
class Plot:
    """The ground of a plot.

    Attributes
    ----------
    across, up
        Its axes.
    names
        What they are called.
    words
        What is to be seen, for those who do not see it.
    width, height
        Of the area.
    """

    across: Scale
    up: Scale
    names: tuple[str, str]
    words: str
    width: float = 560.0
    height: float = 240.0

    def places(self, points: Array) -> Array:
        """Give where points stand in the area, a row each."""
        x, y = self.across.share(points[:, 0]), self.up.share(points[:, 1])
        y = np.clip(1 - y, -BEYOND, 1 + BEYOND)
        return np.stack((x * self.width, y * self.height), axis=1)

    def line(self, points: Array, kind: str) -> str:
        """Draw a line through points; it has gaps where they are not finite."""
        drawn, pen = [], "M"
        for x, y in self.places(points).tolist():
            if not (math.isfinite(x) and math.isfinite(y)):
                pen = "M"
                continue
            drawn.append(f"{pen}{_short(x)} {_short(y)}")
            pen = "L"
        return f'<path d="{"".join(drawn)}" class="{kind}"/>' if drawn else ""

    def dots(self, points: Array, kind: str, size: float, sign: str = "●") -> Iterable[str]:
        """Draw a dot at each point: a disc, a triangle or a cross."""
        for x, y in self.places(points).tolist():
            if math.isfinite(x) and math.isfinite(y):
                yield _dot(x, y, size, kind, sign)

    def svg(self, *drawn: str) -> str:
        """Put it together: what is drawn is cut off at the edges of the area."""
        wide, high = LEFT + self.width + RIGHT, TOP + self.height + BOTTOM
        area = f'x="{LEFT:g}" y="{TOP:g}" width="{self.width:g}" height="{self.height:g}"'
        return (
            f'<svg class="plot" viewBox="0 0 {wide:g} {high:g}" role="img" '
            f'style="max-width:{wide:g}px"><title>{escape(self.words)}</title>'
            f'<rect {area} rx="6" class="area"/>{"".join(self._marks())}'
            f"<svg {area}>{''.join(drawn)}</svg>"
            f'<text x="4" y="16" class="name">{escape(self.names[1])}</text>'
            f'<text x="{LEFT + self.width:g}" y="{high - 6:g}" class="name end">'
            f"{escape(self.names[0])}</text></svg>"
        )

    def _marks(self) -> Iterable[str]:
        """Write round numbers along both axes, each with a line of the grid."""
        bottom = TOP + self.height
        for place, text in self.across.marks(int(self.width / APART[0])):
            x = LEFT + float(self.across.share(place)) * self.width
            yield f'<path d="M{_short(x)} {TOP:g}V{bottom:g}" class="grid"/>'
            yield f'<text x="{_short(x)}" y="{bottom + 18:g}" class="middle">{escape(text)}</text>'
        for place, text in self.up.marks(int(self.height / APART[1])):
            y = bottom - float(self.up.share(place)) * self.height
            yield f'<path d="M{LEFT:g} {_short(y)}h{self.width:g}" class="grid"/>'
            yield f'<text x="{LEFT - 8:g}" y="{_short(y + 4)}" class="end">{escape(text)}</text>'


def _dot(x: float, y: float, size: float, kind: str, sign: str) -> str:
    if sign == "▲":
        path = f"M{_short(x)} {_short(y - size)}l{size:g} {1.8 * size:g}h{-2 * size:g}z"
        return f'<path d="{path}" class="{kind}"/>'
    if sign == "✕":
        path = (
            f"M{_short(x - size)} {_short(y - size)}l{2 * size:g} {2 * size:g}"
            f"m{-2 * size:g} 0l{2 * size:g} {-2 * size:g}"
        )
        return f'<path d="{path}" class="{kind}"/>'
    return f'<circle cx="{_short(x)}" cy="{_short(y)}" r="{size:g}" class="{kind}"/>'


def _short(number: float) -> str:
    """Write a place with a tenth of a pixel."""
    return f"{number:.1f}".removesuffix(".0")
