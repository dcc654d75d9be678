"""What a lens shows of a step that is drawn too small to be read, and where it finds room."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from PySide6.QtCore import QLineF, QPointF, QRect, QRectF, QSize

from gui.canvas.framing import Framing
from gui.canvas.item import FAR

if TYPE_CHECKING:
    from gui.canvas.scene import CanvasScene

LEGIBLE = 0.6
"""Zoom below which the numbers of the canvas are smaller than anybody likes to read."""

LEAST, MOST = 0.68, 1.2
"""Zooms within a lens."""

WIDE, HIGH = 760, 270
WIDEST, HIGHEST = 0.72, 0.36
NARROWEST, LOWEST = 300, 170
"""Pixels of a lens; how much of a large view it may take, and how little it can do with."""

GAP, LEGEND = 16, 44
"""Pixels around a lens, and those that the legend takes above it."""

BEFORE, BEHIND = 44.0, 150.0
"""Room in scene units to the left of what feeds the step, and for the label at its right."""

CHIP = 36.0
"""Scene units below a block that its local derivative takes."""

EDGE = 44.0
"""Scene units that a lens shows beyond the first and the last block: labels are wider than they."""

ABOVE, BELOW = 62.0, 48.0
"""Room in scene units for pictures and numbers above the blocks, and for those below them."""


def block_of(canvas: CanvasScene) -> str | None:
    """Give the block of the step under the cursor, if it is seen at this level."""
    step = canvas.moment.step
    if step is None or canvas.block_rect(step.block).isEmpty():
        return None
    return step.block


def framed(canvas: CanvasScene, size: QSize) -> Framing | None:
    """Give what a lens of a size shows: the block of the step, and what is wired to it, if it fits.

    Returns
    -------
    Framing or None
        None if the walk stands on no block that is seen.
    """
    block = block_of(canvas)
    if block is None:
        return None
    box, wide, high = canvas.block_rect(block), size.width() / LEAST, size.height() / LEAST
    wanted = box.adjusted(-BEFORE, -ABOVE, BEHIND, BELOW)
    near = wanted
    beside = [_fed_by(canvas, block)]
    if not canvas.moment.is_backward:
        beside.append(_fed_from(canvas, block))
    # The nearest first: a far one makes the picture small.
    for others in beside:
        for other in sorted(others, key=lambda each: _distance(each, box)):
            more = near.united(other.adjusted(-BEFORE, -ABOVE, 0, BELOW))
            if more.width() <= wide and more.height() <= high:
                near = more
    zoom = min(max(min(size.width() / near.width(), size.height() / near.height()), LEAST), MOST)
    around = canvas.content_rect().adjusted(-EDGE, -ABOVE, EDGE, BELOW)
    x = _inside(near.center().x(), size.width() / zoom / 2, around.left(), around.right())
    y = _inside(near.center().y(), size.height() / zoom / 2, around.top(), around.bottom())
    corner = QPointF(x, y) * zoom - QPointF(size.width() / 2, size.height() / 2)
    return Framing(size, zoom, round(corner.x()), round(corner.y()))


def _inside(middle: float, half: float, low: float, high: float) -> float:
    """Shift a stretch so that it does not reach out of another, where it is no longer than that."""
    if 2 * half > high - low:
        return middle
    return min(max(middle, low + half), high - half)


def _fed_by(canvas: CanvasScene, block: str) -> Iterator[QRectF]:
    for wire in canvas.document.graph.wires_into(block):
        outline = canvas.extent(wire.source) if wire is not None else QRectF()
        if not outline.isEmpty():
            yield outline


def _fed_from(canvas: CanvasScene, block: str) -> Iterator[QRectF]:
    for wire in canvas.document.graph.wires_from(block):
        outline = canvas.block_rect(wire.target)
        if not outline.isEmpty():
            yield outline


def _distance(outline: QRectF, box: QRectF) -> float:
    between = outline.center() - box.center()
    return abs(between.x()) + abs(between.y())


def room_for(
    canvas: CanvasScene, view: Framing, kept: QRect, *, covering: bool = True
) -> QRect | None:
    """Find room for a lens on a view: below all blocks, above them, or where it covers the fewest.

    It stays where it is while the walk goes on, so that the eye does not have to look for it.

    Parameters
    ----------
    view
        What the view shows.
    kept
        What is to stay free at the right lower corner, in pixels; empty if nothing is.
    covering
        Whether it may cover blocks.

    Returns
    -------
    QRect or None
        In pixels; None if there is no room, or if the numbers of the view itself can be read.
    """
    if view.zoom >= LEGIBLE:
        return None
    room = QRect(GAP, LEGEND, view.size.width() - 2 * GAP, view.size.height() - LEGEND - GAP)
    width = min(room.width() - kept.width(), max(WIDE, round(WIDEST * view.size.width())))
    if width < NARROWEST or room.height() < LOWEST:
        return None
    content = view.transform.mapRect(_with_labels(canvas.content_rect(), view))
    middle = min(max(round(content.center().x()) - width // 2, GAP), GAP + room.width() - width)
    if not kept.isEmpty():
        middle = GAP
    below = room.bottom() - max(round(content.bottom()) + GAP, room.top())
    above = min(round(content.top()) - GAP, room.bottom()) - room.top()
    found = []
    for free, is_below in ((below, True), (above, False)):
        height = min(max(free, LOWEST), _highest(view), room.height())
        top = room.bottom() - height if is_below else room.top()
        spot = QRect(middle, top, width, height)
        found.append((_covered(canvas, view, spot), spot))
    covered, spot = min(found, key=lambda each: each[0])
    return spot if covering or not covered else None


def lifted(content: QRectF, view: Framing) -> int:
    """Tell by how many pixels what was fitted into a view has to go up so that a lens finds room.

    It never goes up so far that the legend covers it, and not at all where no lens is needed.
    """
    if view.zoom >= LEGIBLE:
        return 0
    shown = view.transform.mapRect(_with_labels(content, view))
    missing = _highest(view) + 2 * GAP - (view.size.height() - shown.bottom())
    return max(round(min(missing, shown.top() - LEGEND - GAP)), 0)


def _highest(view: Framing) -> int:
    return max(HIGH, round(HIGHEST * view.size.height()))


def _with_labels(content: QRectF, view: Framing) -> QRectF:
    """Add what stands above and below blocks, where that is drawn."""
    return content if view.zoom < FAR else content.adjusted(0, -CHIP, 0, CHIP)


def _covered(canvas: CanvasScene, view: Framing, spot: QRect) -> int:
    """Count the blocks behind a spot."""
    back, _ = view.transform.inverted()
    return len(canvas.where.blocks_in(back.mapRect(QRectF(spot))))


def tied(shown: QRectF, lens: QRectF) -> tuple[QLineF, QLineF]:
    """Give two lines that join what a lens shows to the lens that shows it."""
    ends = (
        (shown.bottomLeft(), lens.topLeft(), shown.bottomRight(), lens.topRight())
        if lens.top() >= shown.center().y()
        else (shown.topLeft(), lens.bottomLeft(), shown.topRight(), lens.bottomRight())
    )
    return QLineF(ends[0], ends[1]), QLineF(ends[2], ends[3])
