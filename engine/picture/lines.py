"""The lines of wires in a picture, and where labels stand on them."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from engine.document import Bends, Place
from engine.picture.sizes import BOW, LEVEL, STEM, arrival_gap
from engine.picture.stretches import Lanes
from engine.picture.turning import TURN

SOFT = 20.0
"""How far a wire bows on its way to a lane where there is little room, so as to have no corner."""

SAMPLES = 24
"""Points that each curve is measured by."""

_ALONG = np.arange(1, SAMPLES + 1)[:, None] / SAMPLES

_WEIGHTS = (1 - _ALONG) ** (3, 2, 1, 0) * _ALONG ** (0, 1, 2, 3) * (1, 3, 3, 1)
"""How much of each corner of a curve there is in each of its points."""

Curve = tuple[Place, Place, Place, Place]


@dataclass(frozen=True, slots=True)
class Line:
    """The line of a wire: straight where it can be, else curves that leave and enter level.

    Attributes
    ----------
    start, end
        Where it leaves a block, and where it enters the next.
    bends
        Where it is led through.
    lanes
        Where it is level between blocks that it would run behind; without bends alone.
    """

    start: Place
    end: Place
    bends: Bends = ()
    lanes: Lanes = ()

    @property
    def is_straight(self) -> bool:
        """Whether it runs level all the way."""
        level = abs(self.start.y - self.end.y) < 0.5 and self.end.x >= self.start.x  # noqa: PLR2004 - half a pixel
        return level and not self.bends and not self.lanes

    def curves(self) -> Iterator[Curve]:
        """Give the curves that it is made of, each with its ends and what it bows towards."""
        if self.lanes:
            yield from self._curves_of_lanes()
            return
        if not self.bends:
            reach = max(abs(self.end.x - self.start.x) * 0.5, 40.0)
            near = Place(self.start.x + reach, self.start.y)
            yield self.start, near, Place(self.end.x - reach, self.end.y), self.end
            return
        points = (self.start, *self.bends, self.end)
        ways = [Place(1, 0), *map(_way, points, points[2:]), Place(1, 0)]
        for at, (a, b) in enumerate(pairwise(points)):
            reach = math.dist(a, b) * BOW
            level = min(reach, max(abs(b.x - a.x) * 0.5, LEVEL))
            leaves = reach if at else level
            enters = reach if at < len(points) - 2 else level
            near = Place(a.x + ways[at].x * leaves, a.y + ways[at].y * leaves)
            far = Place(b.x - ways[at + 1].x * enters, b.y - ways[at + 1].y * enters)
            yield a, near, far, b

    def _curves_of_lanes(self) -> Iterator[Curve]:
        """Give curves from lane to lane, and the lanes themselves."""
        points = (self.start, *self.through, self.end)
        ways = [1, *[-1 if self._turns_back else 1] * (len(points) - 2), 1]
        for at, (a, b) in enumerate(pairwise(points)):
            across = abs(b.x - a.x)
            turns = ways[at] != ways[at + 1]
            reach = TURN if turns else max(across / 2, min(across, SOFT))
            if reach:
                near = Place(a.x + ways[at] * reach, a.y)
                yield a, near, Place(b.x - ways[at + 1] * reach, b.y), b

    @property
    def _turns_back(self) -> bool:
        return self.end.x < self.start.x

    @property
    def through(self) -> Bends:
        """What it is led through: its bends, or where its lanes begin and end."""
        if self.bends:
            return self.bends
        ends = [Place(x, lane.y) for lane in self.lanes for x in (lane.left, lane.right)]
        return tuple(reversed(ends) if self._turns_back else ends)

    @property
    def stop(self) -> Place:
        """Up to where its labels may stand: its first bend or lane, else its end."""
        near = self.start.x + STEM if self.lanes else -math.inf
        return next((at for at in self.through if at.x >= near), self.end)

    @property
    def path(self) -> str:
        """The line as SVG writes it."""
        x, y = self.start
        if self.is_straight:
            return f"M{x:g} {y:g}H{self.end.x:g}"
        drawn = "".join(
            f"C{near.x:g} {near.y:g} {far.x:g} {far.y:g} {end.x:g} {end.y:g}"
            for _, near, far, end in self.curves()
        )
        return f"M{x:g} {y:g}{drawn}"

    def points(self) -> list[Place]:
        """Give some points along the line, the ends among them."""
        found = [self.start]
        for curve in self.curves():
            found += [Place(x, y) for x, y in (_WEIGHTS @ curve).tolist()]
        return found

    @property
    def arrival(self) -> Place:
        """Where a contribution that comes back stands: shortly before the block it comes from."""
        points = self.points()
        lengths = [math.dist(a, b) for a, b in pairwise(points)]
        wanted = arrival_gap(sum(lengths))
        for (a, b), length in zip(reversed(list(pairwise(points))), reversed(lengths), strict=True):
            if length >= wanted and length:
                share = wanted / length
                return Place(b.x + (a.x - b.x) * share, b.y + (a.y - b.y) * share)
            wanted -= length
        return self.start

    @property
    def label(self) -> Place:
        """Where the labels of the wire stand: half way, nearer in height to where it comes from.

        Half way is meant to the first bend or lane, if there is one.
        Those of a wire that turns back stand where it sets out: half way, other blocks may be.
        """
        (x, y), (to_x, to_y) = self.start, self.stop
        if to_x < x:
            return Place(x + STEM, y)
        return Place((x + to_x) / 2, y + (to_y - y) * 0.2)


def _way(before: Place, after: Place) -> Place:
    """Point from one place to another."""
    length = math.dist(before, after) or 1.0
    return Place((after.x - before.x) / length, (after.y - before.y) / length)
