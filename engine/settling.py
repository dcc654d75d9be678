"""Where new blocks come to stand among others that stay where they are.

What comes in is placed beside what it is wired to, where its wires run behind no block, where it
hides no wire, and where no two labels meet. What stays makes room only where a new block comes in
between.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from engine.document import Bends, MoveBlock, Place
from engine.graph import Graph, Wire
from engine.order import forward_order
from engine.picture import sizes
from engine.picture.lines import SAMPLES, Line
from engine.placing import ROW, STEP, free_place

Floats: TypeAlias = NDArray[np.float64]
Rect: TypeAlias = tuple[float, float, float, float]
"""Left, top, right and bottom."""

MOST = 1000
"""New blocks times all blocks up to which it is looked at what lies in the way: it is to be done
between two keys that are pressed, and in a graph of thousands nobody sees a single wire."""

FARTHEST, NOTCH = 12, ROW / 4
"""How many notches up and down a place is looked for, and how far each is, in scene units."""

SWEEPS = 3
"""How often all new blocks are looked at again, once all of them have a place."""

CLEAR = 6.0
"""Room that is wished for between a wire and a block, in scene units."""

HIDDEN, MET = 1000.0, 400.0
"""How many scene units a place may be farther away to hide no wire, and to part two labels."""

RIM = 6.0

HALF_LABEL = sizes.number_width("0.12345") / 2, sizes.LABEL_GAP + sizes.NUMBER_HEIGHT
"""Half the width and height of what stands at a wire: the value above it, the gradient below."""


def settled(
    graph: Graph,
    places: Mapping[str, Place],
    instead: Mapping[str, Place],
    bends: Mapping[Wire, Bends],
) -> tuple[dict[str, Place], list[MoveBlock]]:
    """Place new blocks beside what they are wired to, and make room where they come in between.

    Parameters
    ----------
    graph
        All blocks, with their wires.
    places
        Where those stand that stay.
    instead
        Where those stood that some of the new ones come instead of: there these stand too, unless
        a wire would be hidden.
    bends
        What the wires are led through that stay.

    Returns
    -------
    tuple
        Where all of them stand, and the moves of what makes room.
    """
    here = {block: at for block in graph.blocks if (at := places.get(block) or instead.get(block))}
    new = [block for block in forward_order(graph) if block not in places]
    drawn = _Drawn.of(graph, bends)
    looks = len(new) * len(graph) <= MOST
    for block in _outwards(graph, [block for block in new if block not in here], here):
        wanted = _wanted(graph, block, here)
        _make_room(graph, block, wanted.x, here)
        here[block] = free_place(wanted, here)
        if looks:
            here[block] = _Spots(drawn, block, here).best(wanted, here[block])
    for _ in range(SWEEPS if looks else 0):
        asked = ((block, HIDDEN if block in instead else MET) for block in new)
        if not [block for block, least in asked if _mended(drawn, block, here, least)]:
            break
    pushed = (block for block in places if block in here and here[block] != places[block])
    return here, [MoveBlock(block, places[block], here[block]) for block in pushed]


def _outwards(graph: Graph, new: list[str], here: Mapping[str, Place]) -> Iterator[str]:
    """Go through new blocks so that each is wired to what has a place by then, if it can be."""
    left = dict.fromkeys(new)
    while left:
        found = next((b for b in left if graph.block(b).is_function and _fed(graph, b, here)), None)
        found = found or next((b for b in reversed(left) if _used(graph, b, here)), None)
        found = found or next(iter(left))
        del left[found]
        yield found


def _fed(graph: Graph, block: str, here: Mapping[str, Place]) -> list[Place]:
    """List the places of what feeds a block, as far as it has any."""
    return [here[w.source] for w in graph.wires_into(block) if w and w.source in here]


def _used(graph: Graph, block: str, here: Mapping[str, Place]) -> list[Place]:
    """List the places of what uses a block, as far as it has any."""
    return [here[wire.target] for wire in graph.wires_from(block) if wire.target in here]


def _wanted(graph: Graph, block: str, here: Mapping[str, Place]) -> Place:
    """Find where a block would stand best: behind what it uses, or before what uses it."""
    sources, uses = _fed(graph, block, here), _used(graph, block, here)
    if sources:
        return Place(max(place.x for place in sources) + STEP, sources[0].y)
    if uses:
        return Place(min(use.x for use in uses) - STEP, uses[0].y)
    if graph.block(block).is_function:
        return Place(max((place.x for place in here.values()), default=-STEP) + STEP, 0.0)
    others = [here[b.id] for b in graph.blocks.values() if not b.is_function and b.id in here]
    if not others:
        return Place(0.0, 0.0)
    return Place(min(p.x for p in others), max(p.y for p in others) + ROW)


def _make_room(graph: Graph, block: str, x: float, here: dict[str, Place]) -> None:
    """Push what uses a new block to the right, with all behind it, until that fits in."""
    uses = [wire.target for wire in graph.wires_from(block) if wire.target in here]
    missing = max((x + STEP - here[use].x for use in uses), default=0.0)
    if missing <= 0 or not graph.block(block).is_function:
        return
    pushed = {*uses}.union(*(graph.descendants(use) for use in uses))
    before = {each: here.pop(each) for each in sorted(pushed & here.keys())}
    for each, place in before.items():
        here[each] = free_place(Place(place.x + missing, place.y), here)


def _mended(drawn: _Drawn, block: str, here: dict[str, Place], least: float) -> bool:
    """Find a better place for a block if that much is in the way; tell whether it moved."""
    spots, before = _Spots(drawn, block, here), here[block]
    if spots.cost(before) >= least:
        here[block] = spots.best(_wanted(drawn.graph, block, here), before)
    return here[block] != before


@dataclass(frozen=True)
class _Drawn:
    """How large everything is, and how wires run and where labels stand for given places.

    Attributes
    ----------
    graph
        All blocks and wires.
    bends
        What wires are led through.
    sizes
        Width and height of each block.
    """

    graph: Graph
    bends: Mapping[Wire, Bends]
    sizes: Mapping[str, tuple[float, float]]

    @classmethod
    def of(cls, graph: Graph, bends: Mapping[Wire, Bends]) -> _Drawn:
        """Measure all blocks."""
        return cls(graph, bends, {b.id: sizes.size(b) for b in graph.blocks.values()})

    def line(self, wire: Wire, here: Mapping[str, Place]) -> Line:
        """Give the line of a wire."""
        (x, y), (width, height) = here[wire.target], self.sizes[wire.target]
        share = (wire.port + 1) / (len(self.graph.wires_into(wire.target)) + 1) - 0.5
        end = Place(x - width / 2, y + height * share)
        return Line(self.output(wire.source, here), end, self.bends.get(wire, ()))

    def output(self, block: str, here: Mapping[str, Place]) -> Place:
        """Tell where wires leave a block."""
        x, y = here[block]
        return Place(x + self.sizes[block][0] / 2, y)

    def rects(self, block: str, here: Mapping[str, Place]) -> list[Rect]:
        """Give the outline of a block; and of the pill at its end, where nothing uses it."""
        (x, y), (width, height) = here[block], self.sizes[block]
        found = [(x - width / 2, y - height / 2, x + width / 2, y + height / 2)]
        if self.graph.block(block).is_function and not self.graph.wires_from(block):
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
            at = self.output(block, here)
            x, y = at.x + sizes.STEM, at.y
        wide, high = HALF_LABEL
        return x - wide, y - high, x + wide, y + high


class _Spots:
    """The places that a block may have, while all others stay where they are.

    Parameters
    ----------
    block
        The block that is looked for a place for.
    here
        Where all blocks stand that have a place.
    """

    def __init__(self, drawn: _Drawn, block: str, here: Mapping[str, Place]) -> None:
        self._drawn, self._block = drawn, block
        self._others = {each: place for each, place in here.items() if each != block}
        there = {*here, block}
        wires = [w for w in drawn.graph.wires() if w.source in there and w.target in there]
        self._mine = [wire for wire in wires if block in (wire.source, wire.target)]
        self._near = {block, *(wire.source for wire in self._mine)}
        rest = [wire for wire in wires if wire not in self._mine]
        self._lines = self._points(rest, self._others)
        self._ends = [self._numbers(wire) for wire in self._mine]
        self._rects = _boxes(r for b in self._others for r in drawn.rects(b, self._others))
        labels = (drawn.label(b, self._others) for b in self._others if b not in self._near)
        self._labels = _boxes(label for label in labels if label is not None)

    def best(self, wanted: Place, first: Place) -> Place:
        """Find the place nearest to the wanted one where nothing lies in the way."""
        found, least = first, self.cost(first) + _far(first, wanted)
        for place in _around(wanted):
            if _far(place, wanted) >= least:
                break
            if free_place(place, self._others) == place:
                cost = self.cost(place) + _far(place, wanted)
                if cost < least:
                    found, least = place, cost
        return found

    def cost(self, place: Place) -> float:
        """Tell how much is hidden or meets if the block stands somewhere."""
        here = {**self._others, self._block: place}
        mine = np.array(self._drawn.rects(self._block, here))
        lines = self._points(self._mine, here)
        hidden = _hidden(self._lines, mine, CLEAR)
        for line, ends in zip(lines, self._ends, strict=True):
            others = np.delete(self._rects, ends, axis=0)
            hidden += _hidden(line[np.newaxis], others, CLEAR)
            if line[-1, 0] < line[0, 0]:  # one that turns back passes behind its own blocks
                own = np.vstack((self._rects[ends], mine))
                hidden += _hidden(line[np.newaxis], own, -1.0)
        ours = _boxes(label for b in self._near if (label := self._drawn.label(b, here)))
        met = _crossings(ours, self._labels) + (_crossings(ours, ours) - len(ours)) // 2
        met += _crossings(_shrunk(ours), np.vstack((self._rects, mine)))
        met += _crossings(_shrunk(self._labels), mine)
        return HIDDEN * hidden + min(MET * met, HIDDEN - 1)  # to hide a wire is always worse

    def _numbers(self, wire: Wire) -> list[int]:
        """Tell which rectangles are those of the other end of a wire of the block."""
        other = wire.target if wire.source == self._block else wire.source
        at = 0
        for block in self._others:
            count = len(self._drawn.rects(block, self._others))
            if block == other:
                return list(range(at, at + count))
            at += count
        return []

    def _points(self, wires: list[Wire], here: Mapping[str, Place]) -> Floats:
        """Give points along some wires, as many for each."""
        lines = [self._drawn.line(wire, here) for wire in wires]
        found = _curves([line for line in lines if not line.bends])
        led = [np.array(line.points()) for line in lines if line.bends]
        most = max((found.shape[1], *map(len, led)))
        padded = [np.vstack((p, np.repeat(p[-1:], most - len(p), axis=0))) for p in (*found, *led)]
        return np.array(padded).reshape(-1, most, 2)


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


def _hidden(lines: Floats, rects: Floats, room: float) -> int:
    """Count the lines that pass through a rectangle, or by it with less room than this."""
    if not lines.size or not rects.size:
        return 0
    x, y = lines[..., 0, np.newaxis], lines[..., 1, np.newaxis]
    left, top, right, bottom = rects.T
    across = (left - room < x) & (x < right + room)
    inside = across & (top - room < y) & (y < bottom + room)
    return int(inside.any(axis=1).sum())


def _boxes(found: Iterable[Rect]) -> Floats:
    return np.array(list(found)).reshape(-1, 4)


def _shrunk(boxes: Floats) -> Floats:
    """Leave out the rim of labels: next to their own blocks it is narrow."""
    rim: Floats = np.array((RIM, RIM, -RIM, -RIM))
    return boxes + rim


def _crossings(one: Floats, two: Floats) -> int:
    """Count the pairs of boxes that overlap."""
    a, b = one[:, np.newaxis], two[np.newaxis]
    across = (a[..., 0] < b[..., 2]) & (b[..., 0] < a[..., 2])
    return int((across & (a[..., 1] < b[..., 3]) & (b[..., 1] < a[..., 3])).sum())
