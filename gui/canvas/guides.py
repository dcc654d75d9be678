"""Guides: where what is moved lines up with other things, or has gaps as they have.

Pure functions on boxes. They are sorted once, when a gesture begins; a move of the mouse looks only
at the few that are near.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

EXACT = 0.01
"""Scene units that two boxes may be apart and still be in line."""

MOST_APART = 4
"""Boxes that are looked at to either side, for equal gaps."""


class Box(NamedTuple):
    """The outline of a block, a mark or an open group, in scene units."""

    left: float
    top: float
    right: float
    bottom: float

    def moved(self, x: float, y: float) -> Box:
        """Give the same box elsewhere."""
        return Box(self.left + x, self.top + y, self.right + x, self.bottom + y)

    def turned(self) -> Box:
        """Swap the axes, so that what is known of rows holds for columns."""
        return Box(self.top, self.left, self.bottom, self.right)


class Line(NamedTuple):
    """A line through boxes that are in line, from the first to the last of them."""

    x1: float
    y1: float
    x2: float
    y2: float

    def turned(self) -> Line:
        """Swap the axes."""
        return Line(self.y1, self.x1, self.y2, self.x2)


class Snap(NamedTuple):
    """Where a moved box falls into place.

    Attributes
    ----------
    x, y
        How far it must still be moved for that.
    lines
        What it is in line with then.
    gaps
        Gaps beside it that are equally wide then.
    """

    x: float = 0.0
    y: float = 0.0
    lines: tuple[Line, ...] = ()
    gaps: tuple[Line, ...] = ()


def _width(box: Box) -> float:
    return box.right - box.left


def _centre(box: Box) -> float:
    return (box.left + box.right) / 2


def _left(box: Box) -> float:
    return box.left


def _right(box: Box) -> float:
    return box.right


EDGES = (_centre, _left, _right)
"""By what two boxes may be in line: their middles, or an edge."""


class Guides:
    """The boxes that a moved one may line up with.

    Parameters
    ----------
    boxes
        All but those that are moved.
    around
        Boxes around others: something may be in line with them, but there is no gap beside them.

    Examples
    --------
    >>> guides = Guides([Box(0, 0, 100, 80), Box(200, 0, 300, 80)])
    >>> guides.snap(Box(397, 3, 497, 83), 6.0)[:2]
    (3, -3.0)
    """

    def __init__(self, boxes: Iterable[Box], around: Iterable[Box] = ()) -> None:
        found, wide = list(boxes), list(around)
        self._columns = _Axis(found, wide)
        self._rows = _Axis([box.turned() for box in found], [box.turned() for box in wide])

    def snap(self, box: Box, reach: float, level: Sequence[float] = ()) -> Snap:
        """Find where a box falls into place.

        Parameters
        ----------
        box
            Where it would stand.
        reach
            How far it may be drawn, in scene units.
        level
            How far up or down it would have to go for each of its wires to be straight.
        """
        x = self._columns.pull(box, reach)
        y = self._rows.pull(box.turned(), reach, level)
        there = box.moved(x, y)
        lines = [line.turned() for line in self._rows.lines(there.turned())]
        gaps = [line.turned() for line in self._rows.gaps(there.turned())]
        return Snap(
            x,
            y,
            (*self._columns.lines(there), *lines),
            (*self._columns.gaps(there), *gaps),
        )


class _Axis:
    """Boxes by their left edge, middle and right edge; and by their upper edge, for gaps."""

    def __init__(self, boxes: list[Box], around: list[Box]) -> None:
        self._edges = [sorted((edge(box), box) for box in (*boxes, *around)) for edge in EDGES]
        self._by_top = sorted((box.top, box) for box in boxes)
        self._tallest = max((box.bottom - box.top for box in boxes), default=0.0)

    def pull(self, box: Box, reach: float, level: Sequence[float] = ()) -> float:
        """Give the shortest way along the axis to where the box is in line, or has equal gaps."""
        first = [*level, *self._ways_into_line(box, 0), *self._ways_between(box)]
        # Wires run from middle to middle; edges count where nothing better is near.
        for ways in (first, [*self._ways_into_line(box, 1), *self._ways_into_line(box, 2)]):
            best = min(ways, key=abs, default=reach + 1)
            if abs(best) <= reach:
                return best
        return 0.0

    def _ways_into_line(self, box: Box, edge: int) -> Iterator[float]:
        mine, known = EDGES[edge](box), self._edges[edge]
        at = bisect_left(known, (mine,))
        yield from (other - mine for other, _ in known[max(at - 1, 0) : at + 1])

    def _ways_between(self, box: Box) -> Iterator[float]:
        before, after = self._beside(box)
        if before and after:
            spare = after[0].left - before[0].right - _width(box)
            if spare > 0:
                yield before[0].right + spare / 2 - box.left
        if len(before) > 1:
            yield 2 * before[0].left - before[1].right - box.left + _width(before[0])
        if len(after) > 1:
            yield 2 * after[0].right - after[1].left - box.right - _width(after[0])

    def _beside(self, box: Box) -> tuple[list[Box], list[Box]]:
        """Find the nearest boxes in the row of a box: those before it, and those after it."""
        start = bisect_left(self._by_top, (box.top - self._tallest,))
        end = bisect_right(self._by_top, (box.bottom,))
        before: list[Box] = []
        after: list[Box] = []
        middle = _centre(box)
        for _, other in self._by_top[start:end]:
            if _share_a_row(box, other):
                (before if _centre(other) < middle else after).append(other)
        before.sort(key=_right, reverse=True)
        after.sort(key=_left)
        return _in_a_row(before[:MOST_APART]), _in_a_row(after[:MOST_APART])

    def lines(self, box: Box) -> Iterator[Line]:
        """Go through the lines that a box is on."""
        told: set[float] = set()
        for edge, known in zip(EDGES, self._edges, strict=True):
            at = edge(box)
            start = bisect_left(known, (at - EXACT,))
            end = bisect_right(known, (at + EXACT, box))
            others = [other for _, other in known[start:end]]
            # Blocks of one width are in line with all three edges, and that is one fact.
            if others and _centre(box) not in told:
                told.add(at)
                boxes = [box, *others]
                top, bottom = min(b.top for b in boxes), max(b.bottom for b in boxes)
                yield Line(at, top, at, bottom)

    def gaps(self, box: Box) -> Iterator[Line]:
        """Go through the gaps beside a box that are as wide as the one next to them."""
        before, after = self._beside(box)
        pairs = []
        if before and after:
            pairs.append((_gap(before[0], box), _gap(box, after[0])))
        if len(before) > 1:
            pairs.append((_gap(before[1], before[0]), _gap(before[0], box)))
        if len(after) > 1:
            pairs.append((_gap(box, after[0]), _gap(after[0], after[1])))
        yield from dict.fromkeys(gap for pair in pairs if _are_equal(*pair) for gap in pair)


def _share_a_row(one: Box, two: Box) -> bool:
    """Tell whether two boxes stand beside each other for half of the height of the lower one."""
    shared = min(one.bottom, two.bottom) - max(one.top, two.top)
    return shared > 0 and 2 * shared >= min(one.bottom - one.top, two.bottom - two.top)


def _in_a_row(boxes: list[Box]) -> list[Box]:
    """Leave out boxes that stand above or below one that is nearer."""
    kept: list[Box] = []
    for box in boxes:
        if not kept or box.right <= kept[-1].left or box.left >= kept[-1].right:
            kept.append(box)
    return kept


def _gap(one: Box, two: Box) -> Line:
    """Give the line across the gap between two boxes, half way up what they share."""
    y = (max(one.top, two.top) + min(one.bottom, two.bottom)) / 2
    return Line(one.right, y, two.left, y)


def _are_equal(one: Line, two: Line) -> bool:
    width, other = one.x2 - one.x1, two.x2 - two.x1
    return width > 0 and abs(width - other) < EXACT
