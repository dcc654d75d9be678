"""Where wires come in and go out while the inside of a group is looked at."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QPointF

from engine.graph import Wire
from engine.visible import Link
from gui.canvas.drafting import OUT, Port

if TYPE_CHECKING:
    from gui.canvas.level import Level

AWAY = 210.0
"""From the outermost block inside to where a wire comes from or goes to."""

APART = 76.0
"""From one of these to the next below it, at least."""


def gates(level: Level, lines: Mapping[Link, tuple[Wire, ...]]) -> dict[Port, QPointF]:
    """Place the ends of the wires that come from outside, and of those that go there.

    Returns
    -------
    dict
        A place for the output of each block outside that is used inside, and for each port
        outside that a wire from inside ends at.
    """
    if level.folds.entered is None:
        return {}
    places = [level.lines.place(item) for item in level.folds.items()]
    if not places:
        return {}
    left, right = min(p.x for p in places) - AWAY, max(p.x for p in places) + AWAY
    coming: dict[Port, list[float]] = {}
    going: list[tuple[float, tuple[Wire, ...]]] = []
    for link, along in lines.items():
        if link.start is None:
            heights = [level.lines.end(wire).y() for wire in along]
            coming.setdefault(Port(link.source, OUT), []).extend(heights)
        elif link.end is None:
            going.append((level.lines.start(along[0]).y(), along))
    found: dict[Port, QPointF] = {}
    wanted = [(sum(heights) / len(heights), port) for port, heights in coming.items()]
    for y, port in _spread(wanted):
        found[port] = QPointF(left, y)
    for y, along in _spread(going):
        found.update((Port(wire.target, wire.port), QPointF(right, y)) for wire in along)
    return found


def _spread(wanted: list[tuple[float, Any]]) -> list[tuple[float, Any]]:
    """Push heights apart until they are far enough from each other, around the same middle."""
    ordered = sorted(wanted, key=lambda item: item[0])
    spread: list[tuple[float, Any]] = []
    for y, what in ordered:
        least = spread[-1][0] + APART if spread else y
        spread.append((max(y, least), what))
    if not spread:
        return []
    drift = sum(y for y, _ in spread) / len(spread) - sum(y for y, _ in ordered) / len(ordered)
    return [(y - drift, what) for y, what in spread]
