"""The lanes of a canvas: where wires are led between blocks; found again when something moves."""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping
from collections.abc import Set as AbstractSet
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QTimer

from engine.graph import Wire
from engine.picture.apart import apart
from engine.picture.lanes import found_anew, hidden_by, way
from engine.picture.stretches import NEAR, Bools, Floats, Lanes, Run, legs, struck
from gui.canvas.lanes_found import (
    NO_BOXES,
    NOTHING,
    Found,
    Led,
    SeenThen,
    alike,
    are_many,
    boxes_of,
    run_of,
    runs_of,
    seen_now,
    with_pills,
)

if TYPE_CHECKING:
    from gui.canvas.scene import CanvasScene

AT_ONCE = 400
"""Wires times blocks up to which wires are led around blocks anew between two frames."""

SOME = 8
"""How many times as many may be hidden, most of them led as before, for any to be led at once."""

FEW = 40
"""Blocks that may come, go or move, so that only the wires at them are looked at."""


class CanvasLanes:
    """The lanes of the wires of a canvas.

    Where many are to be found anew, that is done a little at a time; until it is done, wires run as
    they would without.

    Parameters
    ----------
    canvas
        The scene that they are seen on.
    """

    def __init__(self, canvas: CanvasScene) -> None:
        self._canvas = canvas
        self._seen: SeenThen | None = None
        self._moving: frozenset[Wire] = frozenset()
        self._ways: Mapping[Wire, Lanes] = {}
        self._runs: Mapping[Wire, Run] = {}
        self._known = NOTHING
        self._rest: Found | None = None
        self._soon = QTimer(canvas, interval=0)
        self._soon.timeout.connect(self._go_on)

    def __getitem__(self, wire: Wire) -> Lanes:
        return self._canvas.lines.laned.get(wire, ())

    @property
    def led(self) -> AbstractSet[Wire]:
        """The wires that have any."""
        return self._canvas.lines.laned.keys()

    def find(self) -> set[Wire]:
        """Find all lanes; give the wires that are led elsewhere than before."""
        if are_many(self._canvas.where):
            self._seen, self._moving, self._known = None, frozenset(), NOTHING
            self.let_go()
            return self._take({}, {}, NO_BOXES) if self.led else set()
        where = self._canvas.where
        bent = frozenset(self._canvas.document.drawing.led)
        seen = seen_now(where, bent)
        if self._seen is not None and alike(seen, self._seen):
            return set()
        self._seen, self._moving = seen, frozenset()
        runs = runs_of(where, bent)
        boxes = boxes_of(where)
        asked = self._asked(runs, boxes)
        kept = {w for w in self._known.hidden if w in runs and w not in asked}
        ways = {w: led for w in kept if (led := self._known.ways.get(w))}
        hidden = hidden_by(boxes, asked)
        self._rest = Found(runs, boxes, kept.union(hidden), ways, hidden)
        most = self._at_once(boxes)
        # Of very many none is led yet: there are other things to do before the next frame.
        if len(hidden) <= SOME * most and self._lead_some(most):
            return self._finish()
        self._soon.start()
        same = (w for w, led in self._ways.items() if led and runs.get(w) == self._runs.get(w))
        return self._take({wire: self._ways[wire] for wire in same}, runs, boxes)

    def take_up(self, led: Led) -> None:
        """Have the lanes that were found before the canvas shows what they are for."""
        self.let_go()
        self._seen, self._moving, self._known = led.seen, frozenset(), led.found
        self._ways, self._runs = led.found.ways, led.found.runs
        self._canvas.lines.laned = led.laned

    def find_rest(self) -> set[Wire]:
        """Find at once what would be found a little later; give what is led elsewhere."""
        if self._rest is None:
            return set()
        self._lead_some(math.inf)
        return self._finish()

    def let_go(self) -> None:
        """Find nothing more."""
        self._rest = None
        self._soon.stop()

    def _go_on(self) -> None:
        if self._rest is None or self._lead_some(self._at_once(self._rest.boxes)):
            self._canvas.follow_lanes(self._finish())
            self._canvas.update()  # from far away, wires have no items that would ask for it

    def _lead_some(self, most: float) -> bool:
        """Lead wires around blocks, so many of them anew; tell whether that was the last."""
        rest = self._rest
        if rest is None:
            return True
        most += found_anew()
        while rest.left and found_anew() < most:
            wire = rest.left.pop()
            led = way(rest.runs[wire], rest.boxes)
            if led:
                rest.ways[wire] = led
        return not rest.left

    def _at_once(self, boxes: Floats) -> int:
        """Tell how many wires are led anew at a time."""
        return max(AT_ONCE // max(len(boxes), 1), 1)

    def _asked(self, runs: Mapping[Wire, Run], boxes: Floats) -> dict[Wire, Run]:
        """Choose the wires that may be led otherwise than they were when all lanes were found."""
        known = self._known
        rows, before = set(map(tuple, boxes.tolist())), set(map(tuple, known.boxes.tolist()))
        changed = np.array(sorted(rows ^ before)).reshape(-1, 4)
        if len(changed) > FEW:
            return dict(runs)
        ends = np.array([(*run.start, *run.end) for run in runs.values()]).reshape(-1, 4)
        x, to_x = ends[:, :1], ends[:, 2:3]
        beside: Bools = np.any((changed[:, 0] < to_x) & (changed[:, 2] > x), axis=1)
        met: Bools = np.any(struck(ends, changed, NEAR), axis=1) | (ends[:, 2] <= ends[:, 0])
        return {
            wire: run
            for (wire, run), is_beside, is_met in zip(
                runs.items(), beside.tolist(), met.tolist(), strict=True
            )
            if is_met or (is_beside and wire in known.hidden) or known.runs.get(wire) != run
        }

    def _finish(self) -> set[Wire]:
        rest = self._rest
        self.let_go()
        if rest is None:
            return set()
        self._known = rest
        return self._take(rest.ways, rest.runs, rest.boxes)

    def drag(self, items: Collection[str]) -> set[Wire]:
        """Find the lanes of what is dragged, and of what it comes upon; others stay as they are.

        Returns
        -------
        set
            The wires that are led elsewhere than before, so far.
        """
        self._seen = None
        self.let_go()
        where = self._canvas.where
        if are_many(where):
            return set()
        boxes = boxes_of(where)
        runs = {wire: run_of(where, wire) for wire in self._touched(items)}
        hidden = hidden_by(boxes, runs)
        kept = {w: led for w, led in self._ways.items() if w not in runs and w in where.wires}
        if len(hidden) <= self._at_once(boxes):
            kept |= {wire: led for wire in hidden if (led := way(runs[wire], boxes))}
        return self._take(kept, {wire: run_of(where, wire) for wire in kept}, boxes)

    def _take(
        self, led: Mapping[Wire, Lanes], runs: Mapping[Wire, Run], boxes: Floats
    ) -> set[Wire]:
        lines, self._ways, self._runs = self._canvas.lines, led, runs
        before, lines.laned = lines.laned, apart(boxes, runs, led)
        both = before.keys() | lines.laned.keys()
        return {wire for wire in both if before.get(wire) != lines.laned.get(wire)}

    def _touched(self, items: Collection[str]) -> frozenset[Wire]:
        """Find the wires at some items, those that these come upon, and those that they let go."""
        canvas, where = self._canvas, self._canvas.where
        items = [item for item in items if item in where.blocks]
        here = np.array([where.blocks[item] for item in items]).reshape(-1, 5)
        stood = np.array([canvas.document.place(item) for item in items]).reshape(-1, 2)
        stand = np.array([canvas.lines.place(item) for item in items]).reshape(-1, 2)
        x, y = (stood - stand).T
        both = with_pills(np.concatenate((here, here + np.stack((x, y, x, y, x), axis=1))))
        upon: Bools = np.any(struck(where.wires.numbers, both, NEAR), axis=1)
        met = set(where.wires.chosen(upon))
        table = where.wires
        met.update(table.chosen(table.numbers[:, 2] < table.numbers[:, 0]))  # those that turn back
        for wire, lanes in self._canvas.lines.laned.items():
            if wire in where.wires and struck(legs(run_of(where, wire), lanes), both, NEAR).any():
                met.add(wire)
        blocks = (block for item in items for block in canvas.folds.blocks_of(item))
        met.update(wire for block in blocks for wire in canvas.document.graph.wires_at(block))
        led, before = canvas.document.drawing.led, self._moving
        self._moving = frozenset(wire for wire in met if wire in where.wires and wire not in led)
        return self._moving | frozenset(wire for wire in before if wire in where.wires)
