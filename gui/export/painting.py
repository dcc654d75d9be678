"""The canvas on anything that Qt can paint on, as it is in the window."""

from __future__ import annotations

from collections.abc import Generator, Iterator
from contextlib import contextmanager

from PySide6.QtGui import QPaintDevice, QPainter
from PySide6.QtWidgets import QStyleOptionGraphicsItem

from gui.canvas.far import Frame, paint_far
from gui.canvas.framing import Framing
from gui.canvas.item import FAR
from gui.canvas.overlay import paint_ground, paint_legend
from gui.canvas.scene import CanvasScene
from gui.canvas.wires_item import WiresItem
from gui.export.pieces import between
from gui.theme import theme

HINTS = QPainter.RenderHint.Antialiasing | QPainter.RenderHint.TextAntialiasing

AT_A_TIME = 40
"""Items that are painted at a time."""

MAKING = 0.2
"""Share of the time that it takes to make the items of what has not been in sight yet."""


@contextmanager
def painting(device: QPaintDevice) -> Iterator[QPainter]:
    """Give a painter that is gone before its device, whatever happens meanwhile."""
    painter = QPainter(device)
    try:
        yield painter
    finally:
        painter.end()


def paint_canvas(
    painter: QPainter, canvas: CanvasScene, framing: Framing, *, ground: bool = True
) -> Generator[float]:
    """Paint what a view of this size would show, but for what only a person at work needs.

    It is painted a little at a time, and each time told what share is done. What reaches over the
    edges is not cut off: whatever has its place there is painted after it. (With a clip, Qt rounds
    colours otherwise than in a view.)

    Parameters
    ----------
    ground
        Whether the ground is painted; without it, what is not painted shows through.
    """
    c, part, before = theme(), framing.part, painter.transform()
    is_far = framing.zoom < FAR
    if not is_far:
        yield from between(0.0, MAKING, canvas.made_in(part))
    canvas.show_part(part, framing.zoom)
    painter.save()
    try:
        painter.setTransform(framing.transform * before)
        if ground:
            # Without smooth edges: Qt paints the ground of a view so, to keep it.
            painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)
            paint_ground(painter, part, framing.zoom, c)
        painter.setRenderHints(HINTS)
        yield MAKING
        option = QStyleOptionGraphicsItem()
        items = canvas.painted_far_in(part) if is_far else canvas.painted_in(part)
        for number, item in enumerate(items, start=1):
            opacity = item.effectiveOpacity()
            if opacity > 0:
                painter.setOpacity(opacity)
                painter.setTransform(item.sceneTransform() * framing.transform * before)
                if isinstance(item, WiresItem):
                    for _ in item.pieces(painter, option):
                        yield MAKING + (1 - MAKING) * number / len(items)
                else:
                    item.paint(painter, option)
            if not number % AT_A_TIME:
                yield MAKING + (1 - MAKING) * number / len(items)
        painter.setOpacity(1.0)
        painter.setTransform(before)
        if is_far:
            yield from paint_far(painter, canvas, Frame(framing.zoom, part, canvas.version, c))
        paint_legend(painter, c)
    finally:
        painter.restore()
