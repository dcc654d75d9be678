"""What is under the pointer, and what a thing that is being dragged would snap to."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPainterPath, QPainterPathStroker

from engine.graph import Wire
from gui.canvas.block_item import BlockItem
from gui.canvas.drafting import BendAt, Port
from gui.canvas.group_outline import GroupOutline
from gui.canvas.item import FAR
from gui.canvas.scene import CanvasScene

SNAP = 20.0
"""How near the pointer must come to a port, in screen pixels."""

PORT_REACH = 10.0
"""How near the pointer must come to a port to take hold of it, in screen pixels."""

WIDEST_REACH = 16.0
"""The same in scene units: no more than this of a block belongs to its ports."""

EDGE_REACH = 6.0
"""How near the pointer must come to the edge of a frame or a note, in screen pixels."""

WIRE_REACH = 8.0
"""How near the pointer must come to a wire, in screen pixels."""


@dataclass(frozen=True, slots=True)
class Hit:
    """What is at a point: a port before a block, a block before an outline or a wire.

    Attributes
    ----------
    port, block, outline, bend, wire, mark
        The first of them that is not None was hit; `block` may be a folded group, `outline` is
        that of an open one, by its tab, and `mark` is the id of a frame or a note.
    """

    port: Port | None = None
    block: str | None = None
    wire: Wire | None = None
    outline: GroupOutline | None = None
    bend: BendAt | None = None
    mark: str | None = None


def hit(scene: CanvasScene, at: QPointF, zoom: float) -> Hit:
    """Find what is at a point of the scene."""
    # Far away, ports are not drawn, and would leave nothing of a block to take hold of.
    reach = min(PORT_REACH / zoom, WIDEST_REACH)
    port = nearest_port(scene, at, reach) if zoom >= FAR else None
    if port is not None:
        return Hit(port=port)
    for item in scene.items(at):
        if isinstance(item, BlockItem) and item.outline.contains(at - item.pos()):
            return Hit(block=item.block)
        if isinstance(item, GroupOutline) and item.tab.contains(at):
            return Hit(outline=item)
    bend = bend_at(scene, at, PORT_REACH / zoom) if zoom >= FAR else None
    if bend is not None:
        return Hit(bend=bend)
    wire = wire_at(scene, at, WIRE_REACH / zoom)
    return Hit(wire=wire) if wire is not None else Hit(mark=scene.marks.at(at, EDGE_REACH / zoom))


def bend_at(scene: CanvasScene, at: QPointF, reach: float) -> BendAt | None:
    """Find the bend nearest to a point, at most `reach` scene units away."""
    best, found = reach, None
    around = QRectF(at.x() - reach, at.y() - reach, 2 * reach, 2 * reach)
    for wire in scene.where.led_in(around):
        for number, (x, y) in enumerate(scene.lines.bends(wire)):
            distance = ((x - at.x()) ** 2 + (y - at.y()) ** 2) ** 0.5
            if distance <= best:
                best, found = distance, BendAt(wire, number)
    return found


def block_at(scene: CanvasScene, at: QPointF) -> str | None:
    """Find the block that covers a point."""
    for item in scene.items(at):
        if isinstance(item, BlockItem) and item.outline.contains(at - item.pos()):
            return item.block
    return None


def items_near(scene: CanvasScene, area: QRectF) -> list[BlockItem]:
    """List the blocks and folded groups in an area, and some just outside it."""
    return [item for item in scene.items(area) if isinstance(item, BlockItem)]


def nearest_port(scene: CanvasScene, at: QPointF, reach: float) -> Port | None:
    """Find the port nearest to a point, at most `reach` scene units away."""
    best, found = reach, None
    around = QRectF(at.x() - reach, at.y() - reach, 2 * reach, 2 * reach)
    for item in scene.where.blocks_in(around):
        for port in scene.ports_at(item):
            gap = scene.lines.port(port) - at
            distance = (gap.x() ** 2 + gap.y() ** 2) ** 0.5
            if distance <= best:
                best, found = distance, port
    return found


def wire_at(scene: CanvasScene, at: QPointF, reach: float) -> Wire | None:
    """Find the wire that passes a point nearest, at most `reach` scene units away."""
    for wire in scene.where.wires_near(at, reach):
        item = scene.wire_item(wire)
        if item.effectiveOpacity() > 0 and _stroke(item.path, 2 * reach).contains(at):
            return wire
    return None


def _stroke(path: QPainterPath, width: float) -> QPainterPath:
    stroker = QPainterPathStroker()
    stroker.setWidth(width)
    return stroker.createStroke(path)
