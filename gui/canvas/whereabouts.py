"""Where everything on the canvas is, in arrays: what is in sight is found without asking each."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import compress

import numpy as np
from PySide6.QtCore import QPointF, QRectF

from engine.graph import Wire
from gui.canvas.table import Bools, Floats, Table

ROUGHLY = 8
"""Pieces that a curve is cut into to tell how far it reaches."""

ASIDE = 24.0
"""Room beside wires that are led around blocks: a number on one is wider than the line."""

PARTS = 16
"""Pieces that a long wire is cut into to tell whether it passes through a part of the scene."""


STRAYS = 8.0
"""How far a piece of a wire that is led through bends or lanes may be from where it is drawn."""


class Whereabouts:
    """Where blocks stand and wires run.

    Attributes
    ----------
    blocks
        Left, top, right and bottom of each block, and how far its end reaches to the right.
    wires
        Start and end of each wire: x, y, x, y.
    led
        The curves of each wire that has bends or lanes: x, y of four corners, shape (curves, 8).
    """

    def __init__(self) -> None:
        self.blocks: Table[str] = Table(5)
        self.wires: Table[Wire] = Table(4)
        self.led: dict[Wire, Floats] = {}

    def content(self) -> QRectF:
        """The smallest rectangle around all blocks and their ends, and wires led around them."""
        if not len(self.blocks):
            return QRectF()
        left, top, _, bottom, end = self.blocks.numbers.T  # one by one: many times as fast
        start = QPointF(left.min(), top.min())
        found = QRectF(start, QPointF(end.max(), bottom.max()))
        if self.led:
            points = sampled(np.concatenate(list(self.led.values())), ROUGHLY)
            (left, top), (right, bottom) = points.min(axis=(0, 2)), points.max(axis=(0, 2))
            found |= QRectF(left - ASIDE, top, right - left + 2 * ASIDE, bottom - top)
        return found

    def around(self, items: Iterable[str]) -> QRectF:
        """The smallest rectangle around those of some items that are seen, and their ends."""
        rows = self.blocks.rows(items)
        if not rows:
            return QRectF()
        boxes = self.blocks.numbers[rows]
        low, high = boxes.min(axis=0).tolist(), boxes.max(axis=0).tolist()
        return QRectF(low[0], low[1], high[4] - low[0], high[3] - low[1])

    def ends(self, wires: Iterable[Wire]) -> Floats:
        """Tell where some wires that are drawn end; shape (wires, 2)."""
        found: Floats = self.wires.numbers[self.wires.rows(wires), 2:]
        return found

    def blocks_in(self, part: QRectF) -> list[str]:
        """List the blocks that a part of the scene touches."""
        return self.blocks.chosen(self.blocks_touching(part))

    def blocks_touching(self, part: QRectF) -> Bools:
        """Tell of each block whether a part of the scene touches it."""
        return _touching(self.blocks.numbers, part)

    def is_any_touched(self, blocks: Iterable[str], part: QRectF) -> bool:
        """Tell whether a part of the scene touches any of a few blocks."""
        return bool(_touching(self.blocks.numbers[self.blocks.rows(blocks)], part).any())

    def wires_in(self, part: QRectF) -> list[Wire]:
        """List the wires that pass through a part of the scene, or come very near it."""
        return [wire for wire, *_ in self.stretches_in(part)]

    def stretches_in(self, part: QRectF) -> list[tuple[Wire, float, float]]:
        """List those wires, and from where to where along each, from 0 to 1, they do so."""
        rows = np.flatnonzero(self.wires_touching(part))
        passed = _passes(self.wires.numbers[rows], part)
        seen = passed.any(axis=0)
        rows, passed = rows[seen], passed[:, seen]
        begin = passed.argmax(axis=0) / PARTS
        end = 1 - passed[::-1].argmax(axis=0) / PARTS
        keys = self.wires.keys
        found = [
            (keys[row], first, last)
            for row, first, last in zip(rows.tolist(), begin.tolist(), end.tolist(), strict=True)
        ]
        return [*found, *((wire, 0.0, 1.0) for wire in self.led_in(part))]

    def wires_near(self, at: QPointF, reach: float) -> list[Wire]:
        """List the wires that may pass a point at most so far away, the nearest first."""
        part = QRectF(at.x() - reach, at.y() - reach, 2 * reach, 2 * reach)
        rows = np.flatnonzero(self.wires_touching(part))
        ends = self.wires.numbers[rows]
        gaps = _gaps(curves(ends, PARTS), at)
        near, keys = np.flatnonzero(gaps - _stray(ends) <= reach), self.wires.keys
        found = {keys[rows[row]]: float(gaps[row]) for row in near.tolist()}
        for wire in self.led_in(part):
            gap = float(_gaps(sampled(self.led[wire], PARTS), at).min())
            if gap - STRAYS <= reach:
                found[wire] = gap
        return sorted(found, key=found.__getitem__)

    def led_in(self, part: QRectF) -> list[Wire]:
        """List the wires with bends or lanes that may touch a part of the scene."""
        if not self.led:
            return []
        ways = list(self.led.values())
        firsts = np.cumsum([0, *map(len, ways[:-1])])
        whole = np.concatenate(ways)
        x, y = whole[:, ::2], whole[:, 1::2]
        least, most = np.minimum.reduceat, np.maximum.reduceat
        found: Bools = least(x.min(axis=1), firsts) <= part.right()
        found &= most(x.max(axis=1), firsts) >= part.left()
        found &= least(y.min(axis=1), firsts) <= part.bottom()
        found &= most(y.max(axis=1), firsts) >= part.top()
        return list(compress(self.led, found.tolist()))

    def is_led_into(self, part: QRectF, wire: Wire) -> bool:
        """Tell whether a wire has bends or lanes, and may touch a part of the scene."""
        curved = self.led.get(wire)
        if curved is None:
            return False
        x, y = curved[:, ::2], curved[:, 1::2]
        across = x.min() <= part.right() and x.max() >= part.left()
        return bool(across and y.min() <= part.bottom() and y.max() >= part.top())

    def wires_touching(self, part: QRectF) -> Bools:
        """Tell of each wire without bends and lanes whether it may touch a part of the scene."""
        x, y, to_x, to_y = self.wires.numbers.T
        reach = bend(x, to_x)
        found: Bools = np.minimum(x, to_x - reach) <= part.right()
        found &= np.maximum(to_x, x + reach) >= part.left()
        found &= np.minimum(y, to_y) <= part.bottom()
        found &= np.maximum(y, to_y) >= part.top()
        found[[self.wires.row(wire) for wire in self.led]] = False
        return found

    def labelled_in(self, part: QRectF) -> set[str]:
        """Find the blocks whose numbers stand on a wire in a part of the scene."""
        x, y, to_x, to_y = self.wires.numbers.T
        middle = _within((x + to_x) / 2, y + (to_y - y) * 0.2, part)
        ends = _within(x, y, part) | _within(to_x, to_y, part)
        near = {wire.source for wire in self.wires.chosen(middle | ends)}
        return near | {wire.source for wire in self.led_in(part)}


def bend(x: Floats, to_x: Floats) -> Floats:
    """Tell how far wires run level before they bend, as `geometry.wire_path` draws them."""
    reach: Floats = np.maximum(np.abs(to_x - x) * 0.5, 40.0)
    return reach


def curves(ends: Floats, parts: int) -> Floats:
    """Give points along wires, as `geometry.wire_path` draws them; shape (parts + 1, 2, wires)."""
    x, y, to_x, to_y = ends.T
    reach = bend(x, to_x)
    t = np.linspace(0.0, 1.0, parts + 1)[:, np.newaxis]
    u = 1 - t
    first, middle, near, last = u**3, 3 * u * u * t, 3 * u * t * t, t**3
    across = first * x + middle * (x + reach) + near * (to_x - reach) + last * to_x
    down = (first + middle) * y + (near + last) * to_y
    return np.stack((across, down), axis=1)


def sampled(curved: Floats, parts: int) -> Floats:
    """Give points along curves, each given by its corners; shape (parts + 1, 2, curves)."""
    t = np.linspace(0.0, 1.0, parts + 1)[:, np.newaxis]
    u = 1 - t
    shares = u**3, 3 * u * u * t, 3 * u * t * t, t**3
    corners = curved.reshape(-1, 4, 2).transpose(1, 2, 0)
    made: Floats = np.einsum("cts,cnk->tnk", np.array(shares), corners)
    return made


def _passes(ends: Floats, part: QRectF) -> Bools:
    """Tell of each piece of each wire whether it comes into a part of the scene."""
    points = curves(ends, PARTS)
    stray = _stray(ends)
    low, high = np.minimum(points[:-1], points[1:]), np.maximum(points[:-1], points[1:])
    found: Bools = (low[:, 0] - stray <= part.right()) & (high[:, 0] + stray >= part.left())
    found &= (low[:, 1] - stray <= part.bottom()) & (high[:, 1] + stray >= part.top())
    return found


def _stray(ends: Floats) -> Floats:
    """Tell how far a piece of each wire can stray from the straight line between its ends."""
    spread = np.abs(ends[:, 2:] - ends[:, :2]).max(axis=1, initial=0.0) + 80
    found: Floats = spread * 6 * 1.5 / (8 * PARTS**2)
    return found


def _gaps(points: Floats, at: QPointF) -> Floats:
    """Tell how far a point is from each of some curves, given by points along them."""
    here = points[:-1]
    way, to = points[1:] - here, np.array(at.toTuple())[:, np.newaxis] - here
    length = (way**2).sum(axis=1)
    share = (way * to).sum(axis=1) / np.where(length > 0, length, 1.0)
    off = to - np.clip(share, 0.0, 1.0)[:, np.newaxis] * way
    found: Floats = np.sqrt((off**2).sum(axis=1).min(axis=0, initial=np.inf))
    return found


def _within(x: Floats, y: Floats, part: QRectF) -> Bools:
    found: Bools = (x >= part.left()) & (x <= part.right())
    found &= (y >= part.top()) & (y <= part.bottom())
    return found


def _touching(boxes: Floats, part: QRectF) -> Bools:
    """Tell of each box whether a part of the scene touches it."""
    left, top, right, bottom, _ = boxes.T
    found: Bools = (left <= part.right()) & (right >= part.left())
    found &= (top <= part.bottom()) & (bottom >= part.top())
    return found
