"""What lies in the way of a block at a place: wires that it hides, blocks and labels that it meets.

It is asked of many places of one block after the other, so what does not move is kept in arrays.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from engine.document import Bends, Place
from engine.graph import Graph, Wire
from engine.picture import sizes
from engine.picture.lines import SAMPLES, Line
from engine.placing import ROW, free_place

Floats: TypeAlias = NDArray[np.float64]
Bools: TypeAlias = NDArray[np.bool_]
Rect: TypeAlias = tuple[float, float, float, float]
"""Left, top, right and bottom."""

FARTHEST, NOTCH = 12, ROW / 4
"""How many notches up and down a place is looked for, and how far each is, in scene units."""

CLEAR = 6.0
"""Room that is wished for between a wire and a block, in scene units."""

HIDDEN, MET = 1000.0, 400.0
"""How many scene units a place may be farther away to hide no wire, and to part two labels."""

RIM = 6.0

HALF_LABEL = sizes.number_width("0.12345") / 2, sizes.LABEL_GAP + sizes.NUMBER_HEIGHT
"""Half the width and height of what stands at a wire: the value above it, the gradient below."""


class Drawn:
    """How large everything is, and how wires run and where labels stand for given places.

    Parameters
    ----------
    graph
        All blocks and wires.
    bends
        What wires are led through.

    Attributes
    ----------
    graph
        The same.
    lines, has_line
        Points along each wire, shape (wires, points, 2), and which have any: those whose ends have
        places.
    rects, owners
        The outline of each block, and behind all of them the pills at their ends; and the number
        of the block that each belongs to. Not a number where there is none.
    labels
        The box of what stands at the wire of each block's Variable; not a number without any.
    """

    def __init__(self, graph: Graph, bends: Mapping[Wire, Bends]) -> None:
        self.graph = graph
        self._bends = bends
        self._sizes = {block.id: sizes.size(block) for block in graph.blocks.values()}
        self._numbers = {block: number for number, block in enumerate(graph.blocks)}
        self._rows = {wire: row for row, wire in enumerate(graph.wires())}
        self._here: dict[str, Place] = {}
        count, most = len(self._numbers), max(map(len, bends.values()), default=0)
        self.lines: Floats = np.full((len(self._rows), SAMPLES * (most + 1) + 1, 2), np.nan)
        self.has_line: Bools = np.zeros(len(self._rows), dtype=bool)
        self.rects: Floats = np.full((2 * count, 4), np.nan)
        self.owners = np.tile(np.arange(count), 2)
        self.labels: Floats = np.full((count, 4), np.nan)

    def number(self, block: str) -> int:
        """Give the number of a block."""
        return self._numbers[block]

    def row(self, wire: Wire) -> int:
        """Give the row of a wire."""
        return self._rows[wire]

    def take(self, here: Mapping[str, Place]) -> None:
        """Let everything stand at other places: only what moves is drawn anew."""
        before, count = self._here, len(self._numbers)
        moved = [block for block, at in here.items() if before.get(block) != at]
        moved += [block for block in before if block not in here]
        self._here = dict(here)
        wires = dict.fromkeys(wire for block in moved for wire in self.graph.wires_at(block))
        drawn = [wire for wire in wires if wire.source in here and wire.target in here]
        self.has_line[[self._rows[wire] for wire in wires]] = False
        if drawn:
            rows = [self._rows[wire] for wire in drawn]
            self.lines[rows] = self.points([self.line(wire, here) for wire in drawn])
            self.has_line[rows] = True
        for block in moved:
            number = self._numbers[block]
            outlines = self.outlines(block, here) if block in here else []
            self.rects[[number, count + number]] = np.nan
            for at, outline in zip((number, count + number), outlines, strict=False):
                self.rects[at] = outline
        for block in dict.fromkeys((*moved, *(wire.source for wire in wires))):
            self.labels[self._numbers[block]] = self.label(block, here) or np.nan

    def points(self, lines: list[Line]) -> Floats:
        """Give points along some lines, as many for each; the last one again, where it has less."""
        found = np.empty((len(lines), *self.lines.shape[1:]))
        curved = _curves(lines)
        found[:, : SAMPLES + 1] = curved
        found[:, SAMPLES + 1 :] = curved[:, -1:]
        for at, line in enumerate(lines):
            if line.bends:
                points = line.points()
                found[at, : len(points)] = points
                found[at, len(points) :] = points[-1]
        return found

    def outlines(self, block: str, here: Mapping[str, Place]) -> list[Rect]:
        """Give the outline of a block; and of the pill at its end, where nothing uses it."""
        (x, y), (width, height) = here[block], self._sizes[block]
        found = [(x - width / 2, y - height / 2, x + width / 2, y + height / 2)]
        if self.graph.block(block).is_function and not self.graph.use_count(block):
            left = found[0][2] + sizes.TAIL
            found.append((left, y - sizes.END / 2, left + sizes.END, y + sizes.END / 2))
        return found

    def label(self, block: str, here: Mapping[str, Place]) -> Rect | None:
        """Give the box of what stands at the wire of a Variable; None where it is in a pill."""
        if block not in here or not self.graph.block(block).is_function:
            return None
        uses = self.graph.wires_from(block)
        if len(uses) == 1 and uses[0].target in here:
            x, y = self.line(uses[0], here).label
        else:
            at = self._output(block, here)
            x, y = at.x + sizes.STEM, at.y
        wide, high = HALF_LABEL
        return x - wide, y - high, x + wide, y + high

    def line(self, wire: Wire, here: Mapping[str, Place]) -> Line:
        """Give the line of a wire."""
        (x, y), (width, height) = here[wire.target], self._sizes[wire.target]
        share = (wire.port + 1) / (len(self.graph.wires_into(wire.target)) + 1) - 0.5
        end = Place(x - width / 2, y + height * share)
        return Line(self._output(wire.source, here), end, self._bends.get(wire, ()))

    def _output(self, block: str, here: Mapping[str, Place]) -> Place:
        """Tell where wires leave a block."""
        x, y = here[block]
        return Place(x + self._sizes[block][0] / 2, y)


class Spots:
    """The places that a block may have, while all others stay where they are.

    Parameters
    ----------
    block
        The block that is looked for a place for.
    here
        Where all blocks stand that have a place.
    """

    def __init__(self, drawn: Drawn, block: str, here: Mapping[str, Place]) -> None:
        self._drawn, self._block = drawn, block
        self._others = {each: place for each, place in here.items() if each != block}
        drawn.take(self._others)
        self._mine = [
            wire
            for wire in drawn.graph.wires_at(block)
            if all(end == block or end in self._others for end in wire[:2])
        ]
        self._near = {block, *(wire.source for wire in self._mine)}
        self._lines = drawn.lines[drawn.has_line]
        self._spans = _spans(self._lines)
        there = ~np.isnan(drawn.rects[:, 0])
        self._rects, owners = drawn.rects[there], drawn.owners[there]
        others = [w.target if w.source == block else w.source for w in self._mine]
        numbers = np.array([drawn.number(other) for other in others], dtype=np.intp)
        self._ends: Bools = numbers[:, np.newaxis] == owners
        near = [drawn.number(each) for each in self._near]
        labels = np.delete(drawn.labels, near, axis=0)
        self._labels = labels[~np.isnan(labels[:, 0])]
        self._narrow = _shrunk(self._labels)

    def best(self, wanted: Place, first: Place) -> Place:
        """Find the place nearest to the wanted one where nothing lies in the way."""
        found, least = first, self.cost(first) + _far(first, wanted)
        near = [at for at in _around(wanted) if _far(at, wanted) < least]
        free = [at for at in near if free_place(at, self._others) == at]
        for place, cost in zip(free, self._costs(free) if free else (), strict=True):
            if cost + _far(place, wanted) < least:
                found, least = place, cost + _far(place, wanted)
        return found

    def cost(self, place: Place) -> float:
        """Tell how much is hidden or meets if the block stands somewhere."""
        return self._costs([place])[0]

    def _costs(self, places: Sequence[Place]) -> list[float]:
        """Tell it of several places at one stroke."""
        drawn, here, count = self._drawn, self._others.copy(), len(places)
        outlines, ways, told = [], [], []
        for place in places:
            here[self._block] = place
            outlines.append(drawn.outlines(self._block, here))
            ways += [drawn.line(wire, here) for wire in self._mine]
            told.append([label for b in self._near if (label := drawn.label(b, here))])
        mine, ours = np.array(outlines), np.array(told).reshape(count, -1, 4)
        all_mine, all_ours = mine.reshape(-1, 4), ours.reshape(-1, 4)
        lines = drawn.points(ways)
        spans = _spans(lines)
        hides = _passed(self._lines, self._spans, all_mine, CLEAR).sum(axis=0)
        hidden = hides.reshape(count, -1).sum(axis=1)
        behind = _passed(lines, spans, self._rects, CLEAR).reshape(count, *self._ends.shape)
        hidden += (behind & ~self._ends).sum(axis=(1, 2))
        for at in np.flatnonzero(lines[:, -1, 0] < lines[:, 0, 0]).tolist():
            # One that turns back passes behind its own blocks.
            number, wire = divmod(at, len(self._mine))
            own = np.vstack((self._rects[self._ends[wire]], mine[number]))
            hidden[number] += _passed(lines[[at]], spans[[at]], own, -1.0).sum()
        met = _meeting(all_ours, self._labels).sum(axis=1).reshape(count, -1).sum(axis=1)
        met += (_meeting(ours, ours).sum(axis=(1, 2)) - ours.shape[1]) // 2
        narrow = _shrunk(ours)
        met += _meeting(narrow.reshape(-1, 4), self._rects).sum(axis=1).reshape(count, -1).sum(1)
        met += _meeting(narrow, mine).sum(axis=(1, 2))
        met += _meeting(self._narrow, all_mine).sum(axis=0).reshape(count, -1).sum(axis=1)
        # To hide a wire is always worse than that labels meet.
        found: list[float] = (HIDDEN * hidden + np.minimum(MET * met, HIDDEN - 1)).tolist()
        return found


def _curves(lines: list[Line]) -> Floats:
    """Give points along wires without bends, all of them at once."""
    ends = np.array([(*line.start, *line.end) for line in lines]).reshape(-1, 4)
    start, end = ends[:, np.newaxis, :2], ends[:, np.newaxis, 2:]
    reach = np.maximum(np.abs(end - start)[..., :1] * 0.5, 40.0) * np.array((1.0, 0.0))
    t = np.linspace(0.0, 1.0, SAMPLES + 1)[:, np.newaxis]
    near, far = start + reach, end - reach
    rest = 1.0 - t
    found: Floats = rest**3 * start + 3 * rest * t * (rest * near + t * far) + t**3 * end
    return found


def _around(wanted: Place) -> Iterator[Place]:
    """Go through the places above and below a wanted one, the nearest first."""
    yield wanted
    for notch in range(1, FARTHEST + 1):
        for way in (1, -1):
            yield Place(wanted.x, wanted.y + way * notch * NOTCH)


def _far(place: Place, wanted: Place) -> float:
    return abs(place.x - wanted.x) + abs(place.y - wanted.y)


def _spans(lines: Floats) -> Floats:
    """Give the smallest rectangle around each line."""
    return np.concatenate((lines.min(axis=1), lines.max(axis=1)), axis=1)


def _passed(lines: Floats, spans: Floats, rects: Floats, room: float) -> Bools:
    """Tell of each line which rectangles it passes through, or by with less room than this.

    Parameters
    ----------
    spans
        The rectangles around the lines: most are not looked at any closer.
    """
    left, top, right, bottom = (rects + np.array((-room, -room, room, room))).T
    found: Bools = (spans[:, :1] < right) & (left < spans[:, 2:3])
    found &= (spans[:, 1:2] < bottom) & (top < spans[:, 3:])
    line, rect = np.nonzero(found)
    x, y = lines[line, :, 0], lines[line, :, 1]
    inside = (left[rect, np.newaxis] < x) & (x < right[rect, np.newaxis])
    inside &= (top[rect, np.newaxis] < y) & (y < bottom[rect, np.newaxis])
    found[line, rect] = inside.any(axis=1)
    return found


def _shrunk(boxes: Floats) -> Floats:
    """Leave out the rim of labels: next to their own blocks it is narrow."""
    rim: Floats = np.array((RIM, RIM, -RIM, -RIM))
    return boxes + rim


def _meeting(one: Floats, two: Floats) -> Bools:
    """Tell of each of some boxes which others it overlaps; shape (..., boxes, others)."""
    a, b = one[..., :, np.newaxis, :], two[..., np.newaxis, :, :]
    found: Bools = (a[..., 0] < b[..., 2]) & (b[..., 0] < a[..., 2])
    found &= (a[..., 1] < b[..., 3]) & (b[..., 1] < a[..., 3])
    return found
