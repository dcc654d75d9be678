"""How large groups are: folded into one block, and open within an outline."""

from __future__ import annotations

from engine.document import Place
from engine.visible import Ports

WIDTH, HEIGHT, RADIUS = 132.0, 104.0, 12.0

INLET_GAP, OUTLET_GAP = 26.0, 96.0
"""From a port to the next; outputs need room for the numbers beside them."""

TALLEST = 640.0
"""Height beyond which the ports of a group stand closer instead."""

STACK = 5.0
"""How far the cards behind the first look out."""

PADDING, HEAD = 26.0, 34.0
"""Room between the outline and what is in it: at the sides, and in addition at the top."""

TAB_HEIGHT, LONGEST_TAB = 28.0, 280.0
"""Height of the tab with the name on an outline, and its width at most."""


def size(ports: Ports) -> tuple[float, float]:
    """Width and height of a folded group."""
    wanted = max(INLET_GAP * (len(ports.inlets) + 1), OUTLET_GAP * len(ports.outlets))
    return WIDTH, min(max(HEIGHT, wanted), TALLEST)


def inlet(ports: Ports, place: Place, number: int) -> Place:
    """Where an input port is."""
    return Place(place.x - WIDTH / 2, place.y + _down(ports, number, len(ports.inlets)))


def outlet(ports: Ports, place: Place, number: int) -> Place:
    """Where an output port is."""
    return Place(place.x + WIDTH / 2, place.y + _down(ports, number, len(ports.outlets)))


def _down(ports: Ports, number: int, count: int) -> float:
    return size(ports)[1] * ((number + 1) / (count + 1) - 0.5)
