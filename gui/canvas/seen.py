"""All that is seen at a level of a document, and where it is, found at one stroke.

It asks the document and no item, so it can be found on any thread before a canvas takes it up.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain

import numpy as np
from PySide6.QtCore import QPointF

from engine.graph import Wire
from engine.recording import Recording
from engine.visible import Link
from gui.canvas import geometry, group_geometry
from gui.canvas.drafting import Port
from gui.canvas.folds import Folds
from gui.canvas.gates import gates
from gui.canvas.lanes_found import Led, lead
from gui.canvas.level import Level
from gui.canvas.table import Floats, Table
from gui.canvas.whereabouts import Whereabouts


@dataclass(frozen=True, slots=True)
class Seen:
    """What is seen at a level; whoever takes it up may change the tables.

    Attributes
    ----------
    folds
        What is folded there.
    bundles
        Where something is folded, the wires that are drawn, each with all that are seen as one
        with it.
    gates
        Where wires come in and go out that begin or end outside.
    variables
        Ids of the blocks whose Variables are seen.
    sinks
        The Functions whose output nothing uses, which have an end of their own.
    blocks, wires, led
        Where all of it is, as `Whereabouts` has it.
    recording
        The run whose values the ends are as long as.
    lanes
        Where wires are led between blocks; None where that is still to be found.
    """

    folds: Folds
    bundles: dict[Wire, tuple[Wire, ...]]
    gates: dict[Port, QPointF]
    variables: Collection[str]
    sinks: dict[str, None]
    blocks: Table[str]
    wires: Table[Wire]
    led: dict[Wire, Floats]
    recording: Recording
    lanes: Led | None = None


def look_ahead(level: Level) -> Seen:
    """Find all that is going to be seen at a level, and where wires are led between blocks."""
    seen = look(level)
    where = Whereabouts()
    where.blocks, where.wires = seen.blocks, seen.wires
    lanes = lead(where, frozenset(level.document.drawing.led))
    if lanes is None:
        return seen
    level.lines.laned = lanes.laned
    ways = ((wire, led(level, wire, seen.wires[wire])) for wire in lanes.laned)
    return replace(
        seen, lanes=lanes, led=seen.led | {wire: way for wire, way in ways if way is not None}
    )


def look(level: Level) -> Seen:
    """Find all that is seen at a level."""
    graph, folds = level.document.graph, level.folds
    sinks = dict.fromkeys(graph.sinks())
    items: Collection[str] = graph.blocks.keys()
    variables: Collection[str] = graph.blocks
    bundles: dict[Wire, tuple[Wire, ...]] = {}
    drawn, gate_places = list(graph.wires()), {}
    if not folds.is_plain:
        items, lines = folds.items(), folds.lines()
        bundles = {along[0]: along for along in lines.values()}
        drawn, gate_places = list(bundles), gates(level, lines)
        variables = _variables_seen(level, items, lines)
    level.lines.gates = gate_places
    blocks: Table[str] = Table(5)
    wires: Table[Wire] = Table(4)
    boxes, ends = boxes_and_ends(level, items, drawn, sinks)
    blocks.put_all(items, boxes)
    wires.put_all(drawn, ends)
    bent = level.document.drawing.led
    ways = ((wire, led(level, wire, wires[wire])) for wire in drawn if wire in bent) if bent else ()
    ways_led = {wire: way for wire, way in ways if way is not None}
    return Seen(
        folds, bundles, gate_places, variables, sinks, blocks, wires, ways_led, level.recording
    )


def _variables_seen(level: Level, items: Collection[str], lines: Iterable[Link]) -> set[str]:
    """Find the blocks whose Variables are seen: of blocks, at lines, and at groups."""
    groups = level.document.groups
    shown = {link.source for link in lines} | {item for item in items if item not in groups}
    for group in groups.all.keys() & items:
        shown.update(level.folds.face(group).ports.outlets)
    return shown


def box(level: Level, item: str, sinks: Mapping[str, None]) -> tuple[float, ...]:
    """Tell where a block or a folded group stands, as a row of `Whereabouts.blocks`."""
    place = level.lines.place(item)
    width, height, _ = _shape(level, item, geometry.Shapes())
    left, top = place.x - width / 2, place.y - height / 2
    right = left + width
    return left, top, right, top + height, right + _reach(level, item, sinks)


def ends_of(level: Level, wire: Wire) -> tuple[float, ...]:
    """Tell where a wire starts and ends, as a row of `Whereabouts.wires`."""
    start, end = level.lines.start(wire), level.lines.end(wire)
    return start.x(), start.y(), end.x(), end.y()


def led(level: Level, wire: Wire, ends: Floats) -> Floats | None:
    """Give the curves of a wire with bends or lanes; None where it is seen without any.

    Parameters
    ----------
    ends
        Where it starts and ends, a row of `Whereabouts.wires`.
    """
    line = level.lines.line_between(wire, *ends.tolist())
    if not line.bends and not line.lanes:
        return None
    return np.array(list(line.curves())).reshape(-1, 8)


def boxes_and_ends(
    level: Level, items: Iterable[str], wires: Sequence[Wire], sinks: Mapping[str, None]
) -> tuple[Floats, Floats]:
    """Tell where all items stand and all wires run.

    Parameters
    ----------
    sinks
        Ids of the blocks that nothing uses, which have an end of their own.

    Returns
    -------
    boxes, ends
        The rows of `Whereabouts.blocks` and `Whereabouts.wires`.
    """
    rows = {item: row for row, item in enumerate(items)}
    places = {**level.document.places(), **level.lines.dragged}
    x, y = _table((places[item] for item in rows), 2).T
    shapes, groups = geometry.Shapes(), level.document.groups
    width, height, ports = _table((_shape(level, item, shapes) for item in rows), 3).T
    reach = np.zeros(len(rows))
    for item in (*(sinks.keys() & rows.keys()), *(groups.all.keys() & rows.keys())):
        reach[rows[item]] = _reach(level, item, sinks)
    left, right = x - width / 2, x + width / 2
    boxes = np.stack((left, y - height / 2, right, y + height / 2, right + reach), axis=1)
    joins = [(rows.get(source, -1), rows.get(target, -1), port) for source, target, port in wires]
    start, end, port = _table(joins, 3).T.astype(np.int64)
    down = height[end] * ((port + 1) / (ports[end] + 1) - 0.5) if rows else height[:0]
    ends = np.stack((right[start], y[start], left[end], y[end] + down), axis=1)
    for row in np.flatnonzero((start < 0) | (end < 0)).tolist():
        ends[row] = ends_of(level, wires[row])  # it begins or ends at a group, or outside
    return boxes, ends


def _shape(level: Level, item: str, shapes: geometry.Shapes) -> tuple[float, float, int]:
    """Give the width, the height and the number of ports of an item; of a group, none is asked."""
    block = level.document.graph.blocks.get(item)
    if block is None:
        return (*group_geometry.size(level.folds.face(item).ports), 1)
    return shapes[block]


def _reach(level: Level, item: str, sinks: Mapping[str, None]) -> float:
    """Tell how far the ends of the Variables of an item reach beyond it."""
    ends = (block for block in level.results_of(item) if block in sinks)
    return max((level.tail(block) + geometry.END for block in ends), default=0.0)


def _table(rows: Iterable[tuple[float, ...]], columns: int) -> Floats:
    return np.fromiter(chain.from_iterable(rows), np.float64).reshape(-1, columns)
