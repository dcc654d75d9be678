"""Where things are on a folded group: its size and its ports, in scene units."""

from __future__ import annotations

from PySide6.QtCore import QPointF

from engine.document import Place
from engine.visible import Ports

WIDTH, HEIGHT, RADIUS = 132.0, 104.0, 12.0

INLET_GAP, OUTLET_GAP = 26.0, 96.0
"""From a port to the next; outputs need room for the numbers beside them."""

TALLEST = 640.0
"""Height beyond which the ports of a group stand closer instead."""

STACK = 5.0
"""How far the cards behind the first look out."""


def size(ports: Ports) -> tuple[float, float]:
    """Width and height of a folded group."""
    wanted = max(INLET_GAP * (len(ports.inlets) + 1), OUTLET_GAP * len(ports.outlets))
    return WIDTH, min(max(HEIGHT, wanted), TALLEST)


def inlet(ports: Ports, place: Place, number: int) -> QPointF:
    """Where an input port is."""
    return QPointF(place.x - WIDTH / 2, place.y + _down(ports, number, len(ports.inlets)))


def outlet(ports: Ports, place: Place, number: int) -> QPointF:
    """Where an output port is."""
    return QPointF(place.x + WIDTH / 2, place.y + _down(ports, number, len(ports.outlets)))


def _down(ports: Ports, number: int, count: int) -> float:
    return size(ports)[1] * ((number + 1) / (count + 1) - 0.5)
