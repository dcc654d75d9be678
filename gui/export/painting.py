"""The canvas on anything that Qt can paint on, as it is in the window."""

from __future__ import annotations

from collections.abc import Generator, Iterator
from contextlib import contextmanager

from PySide6.QtGui import QPaintDevice, QPainter

from gui.canvas.far import Frame, paint_far
from gui.canvas.framing import Framing
from gui.canvas.item import FAR
from gui.canvas.near import paint_elements, paint_items
from gui.canvas.overlay import paint_ground, paint_legend
from gui.canvas.scene import CanvasScene
from gui.export.pieces import between
from gui.theme import theme

HINTS = QPainter.RenderHint.Antialiasing | QPainter.RenderHint.TextAntialiasing

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
        items = canvas.painted_far_in(part) if is_far else canvas.painted_in(part)
        painter.setTransform(before)
        for share in paint_items(painter, items, framing):
            yield MAKING + (1 - MAKING) * share
        if not is_far:
            paint_elements(painter, canvas, framing)
        if is_far:
            yield from paint_far(painter, canvas, Frame(framing.zoom, part, canvas.version, c))
        paint_legend(painter, c)
    finally:
        painter.restore()
