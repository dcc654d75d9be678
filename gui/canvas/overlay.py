"""What is painted over the items: a wire being drawn, a block being placed, a rubber band."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPen

from engine.writing import notation_of
from gui.canvas import paint
from gui.canvas.drafting import Port
from gui.canvas.group_geometry import HEIGHT, RADIUS, WIDTH
from gui.canvas.guide_painting import paint_guides
from gui.canvas.hit import Hit
from gui.canvas.interactions.cutting import CutWires
from gui.canvas.interactions.joining import ChooseGroup
from gui.canvas.interactions.moving import MoveBlocks
from gui.canvas.interactions.placing import PlaceBlock
from gui.canvas.tips import tip
from gui.ground import DOTS, paint_dots
from gui.measuring import width_of
from gui.mime import OWN, is_own
from gui.theme import Theme, font

if TYPE_CHECKING:
    from gui.canvas.stage import Stage

CLOSEST = 16.0
"""Pixels between the dots of the ground; closer ones would be grey."""


BELOW = 24.0
"""Pixels from a point to the sentence about it."""


def paint_overlay(painter: QPainter, view: Stage, c: Theme) -> None:
    """Paint the gesture under way, in scene units."""
    _draft(painter, view, c)
    if isinstance(view.interaction, PlaceBlock):
        _ghost(painter, view.interaction, c)
    if isinstance(view.interaction, MoveBlocks):
        paint_guides(painter, view.interaction.snap, view.zoom, c)
    if isinstance(view.interaction, MoveBlocks | ChooseGroup):
        _home(painter, view, view.interaction, c)
    if isinstance(view.interaction, CutWires):
        _cut(painter, view.interaction, view.zoom, c)
    ring = view.canvas.selection.ring
    if ring is not None and view.hasFocus():
        _ring(painter, view, ring, c)
    if view.band is not None:
        fill = QColor(c.blue)
        fill.setAlpha(26)
        paint.box(painter, view.band, 4, fill, paint.pen(c.blue, 1.2 / view.zoom))


def paint_legend(painter: QPainter, c: Theme) -> None:
    """Paint which colour runs which way, in the corner, in pixels."""
    type_face = font(12, bold=True)
    left = 20.0
    ground = QColor(c.bg)
    ground.setAlpha(215)
    for words, colour in (("→ values forward", c.blue), ("← gradients backward", c.orange)):
        width = width_of(words, type_face)
        paint.box(painter, QRectF(left - 6, 12, width + 13, 24), 7, ground)
        paint.text(painter, QRectF(left, 14, width + 1, 20), words, type_face, colour)
        left += width + 20


def _draft(painter: QPainter, view: Stage, c: Theme) -> None:
    draft = view.canvas.plugging.draft
    if draft is None:
        return
    end = draft.end
    colour = c.bad if draft.reason else (c.ok if draft.aimed else c.blue)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(paint.dashes(c.bad, 2.4) if draft.warning else paint.pen(colour, 2.4))
    painter.drawPath(view.canvas.lines.of_draft(draft))
    if draft.aimed is None:
        painter.setBrush(colour)
        painter.drawEllipse(end, 4, 4)
    if draft.reason:
        bubble(painter, view, end, draft.reason, (c.bad, c.bad_bg, c.bad))
    elif draft.warning:
        bubble(painter, view, end, f"It may be, but: {draft.warning}", (c.ink, c.card, c.bad))


def _home(painter: QPainter, view: Stage, moving: MoveBlocks | ChooseGroup, c: Theme) -> None:
    """Tell into which group what is dragged would go, or out of which."""
    groups, homes = view.canvas.document.groups, view.canvas.open_groups.homes
    if not homes:
        return
    member = moving.held if moving.held in homes else next(iter(homes))
    home, old = homes[member], view.canvas.open_groups.home(member)
    below = QPointF(moving.pointer.x(), view.canvas.block_rect(moving.held).bottom())
    if home is not None and home != view.canvas.folds.entered:
        words, colours = f"Into {groups.group(home).name}", (c.ok, c.ok_bg, c.ok)
    else:
        left = groups.group(old).name if old is not None else ""
        words, colours = f"Out of {left}", (c.ink, c.card, c.dim)
    bubble(painter, view, below, words, colours)


def _cut(painter: QPainter, cutting: CutWires, zoom: float, c: Theme) -> None:
    painter.setBrush(Qt.BrushStyle.NoBrush)
    # Thick on what will be gone: not told by the colour alone.
    painter.setPen(paint.pen(c.bad, 4.0 / zoom))
    for path in cutting.paths:
        painter.drawPath(path)
    painter.setPen(paint.dashes(c.bad, 2.0 / zoom))
    painter.drawPolyline(cutting.line)


def _ring(painter: QPainter, view: Stage, ring: Port, c: Theme) -> None:
    """Paint where the keyboard is, with the name of the port beside it."""
    at = view.canvas.lines.port(ring)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(paint.pen(c.blue, 2.4))
    painter.drawEllipse(at, 11, 11)
    if view.canvas.plugging.draft is None:
        words = tip(view.canvas, Hit(port=ring)).partition(":")[0]
        # Below the block, so that its own name can still be read.
        below = QPointF(at.x(), view.canvas.block_rect(ring.block).bottom() - BELOW / 2 / view.zoom)
        bubble(painter, view, below, words, (c.blue, c.blue_bg, c.blue))


def bubble(
    painter: QPainter, view: Stage, at: QPointF, words: str, colours: tuple[QColor, QColor, QColor]
) -> None:
    """Paint a sentence in a box below a point of the scene, in pixels, so that it can be read."""
    ink, fill, edge = colours
    painter.save()
    painter.resetTransform()
    type_face, spot = font(13), QPointF(view.mapFromScene(at))
    metrics = QFontMetricsF(type_face)
    flags = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
    rect = metrics.boundingRect(QRectF(0, 0, 300, 400), flags, words).adjusted(-12, -8, 12, 8)
    room = QRectF(view.viewport().rect()).adjusted(8, 8, -8, -8)
    rect.moveTopLeft(spot + QPointF(-rect.width() / 2, BELOW))
    if rect.bottom() > room.bottom():
        rect.moveBottom(spot.y() - BELOW)
    rect.moveLeft(min(max(rect.left(), room.left()), max(room.right() - rect.width(), 0)))
    paint.box(painter, rect, 9, fill, paint.pen(edge, 1.2))
    painter.setFont(type_face)
    painter.setPen(ink)
    painter.drawText(rect.adjusted(12, 8, -12, -8), flags, words)
    painter.restore()


def _ghost(painter: QPainter, placing: PlaceBlock, c: Theme) -> None:
    """Paint the block that is carried, where it would stand."""
    for start, end in placing.ghost_wires:
        painter.setPen(paint.pen(c.ok, 2.2))
        painter.drawLine(start, end)
    is_function = placing.is_function
    width, height = (96.0, 88.0) if is_function else (60.0, 52.0)
    at = placing.place
    rect = QRectF(at.x - width / 2, at.y - height / 2, width, height)
    dashed = QPen(c.blue, 1.6, Qt.PenStyle.DashLine)
    words = notation_of(placing.kind).symbol if is_function else "x"
    if is_own(placing.kind):
        rect = QRectF(at.x - WIDTH / 2, at.y - HEIGHT / 2, WIDTH, HEIGHT)
        paint.box(painter, rect, RADIUS, c.card, dashed)
        name = placing.kind.removeprefix(OWN)
        paint.text(painter, rect.adjusted(8, 0, -8, 0), name, font(15, bold=True), c.ink)
        return
    paint.box(painter, rect, 10 if is_function else height / 2, c.card, dashed)
    paint.text(painter, rect, words, font(24, bold=True), c.ink)


def paint_ground(painter: QPainter, visible: QRectF, zoom: float, c: Theme) -> None:
    """Paint the ground with its dots."""
    gap = DOTS
    while gap * zoom < CLOSEST:
        gap *= 4
    paint_dots(painter, visible, gap, zoom, c)
