"""The lines of wires in a picture, and where labels stand on them."""

from __future__ import annotations

import math
from dataclasses import dataclass
from itertools import pairwise

from engine.document import Place
from engine.picture.sizes import STEM, arrival_gap

SAMPLES = 24


@dataclass(frozen=True, slots=True)
class Line:
    """The line of a wire: straight where it can be, else a curve that leaves and enters level.

    Attributes
    ----------
    start, end
        Where it leaves a block, and where it enters the next.
    """

    start: Place
    end: Place

    @property
    def is_straight(self) -> bool:
        """Whether it runs level all the way."""
        return abs(self.start.y - self.end.y) < 0.5 and self.end.x >= self.start.x  # noqa: PLR2004 - half a pixel

    @property
    def reach(self) -> float:
        """How far the line keeps to the level that it leaves or enters at."""
        return max(abs(self.end.x - self.start.x) * 0.5, 40.0)

    @property
    def path(self) -> str:
        """The line as SVG writes it."""
        (x, y), (to_x, to_y) = self.start, self.end
        if self.is_straight:
            return f"M{x:g} {y:g}H{to_x:g}"
        near, far = x + self.reach, to_x - self.reach
        return f"M{x:g} {y:g}C{near:g} {y:g} {far:g} {to_y:g} {to_x:g} {to_y:g}"

    def at(self, share: float) -> Place:
        """A point of the line, by the parameter of its curve from 0 to 1."""
        (x, y), (to_x, to_y), reach = self.start, self.end, self.reach
        if self.is_straight:
            return Place(x + (to_x - x) * share, y)
        rest = 1 - share
        a, b, c, d = rest**3, 3 * rest**2 * share, 3 * rest * share**2, share**3
        return Place(
            a * x + b * (x + reach) + c * (to_x - reach) + d * to_x,
            (a + b) * y + (c + d) * to_y,
        )

    def points(self) -> list[Place]:
        """Some points along the line, the ends among them."""
        return [self.at(step / SAMPLES) for step in range(SAMPLES + 1)]

    @property
    def arrival(self) -> Place:
        """Where a contribution that comes back stands: shortly before the block it comes from."""
        lengths = [math.dist(a, b) for a, b in pairwise(self.points())]
        wanted = arrival_gap(sum(lengths))
        for back, length in enumerate(reversed(lengths)):
            if length >= wanted:
                return self.at(1 - (back + wanted / length) / SAMPLES)
            wanted -= length
        return self.start

    @property
    def label(self) -> Place:
        """Where the labels of the wire stand: half way, nearer in height to where it comes from.

        Those of a wire that turns back stand where it sets out: half way, other blocks may be.
        """
        (x, y), (to_x, to_y) = self.start, self.end
        if to_x < x:
            return Place(x + STEM, y)
        return Place((x + to_x) / 2, y + (to_y - y) * 0.2)
