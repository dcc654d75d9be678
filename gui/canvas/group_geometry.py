"""Where things are on a folded group: its size and its ports, in scene units."""

from __future__ import annotations

from PySide6.QtCore import QPointF

from engine.document import Place
from engine.picture import group_sizes
from engine.visible import Ports

# What a picture that is drawn without a screen has, too.
WIDTH, HEIGHT, RADIUS = group_sizes.WIDTH, group_sizes.HEIGHT, group_sizes.RADIUS
STACK, size = group_sizes.STACK, group_sizes.size


def inlet(ports: Ports, place: Place, number: int) -> QPointF:
    """Where an input port is."""
    return QPointF(*group_sizes.inlet(ports, place, number))


def outlet(ports: Ports, place: Place, number: int) -> QPointF:
    """Where an output port is."""
    return QPointF(*group_sizes.outlet(ports, place, number))
