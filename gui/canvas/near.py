"""Items of the canvas on anything that Qt can paint on, as a view would show them."""

from __future__ import annotations

from collections.abc import Generator, Sequence
from typing import TYPE_CHECKING

from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QGraphicsItem, QStyleOptionGraphicsItem

from gui.canvas.framing import Framing
from gui.canvas.wires_item import WiresItem

if TYPE_CHECKING:
    from gui.canvas.scene import CanvasScene

AT_A_TIME = 40
"""Items that are painted at a time."""


def paint_items(
    painter: QPainter, items: Sequence[QGraphicsItem], framing: Framing
) -> Generator[float]:
    """Paint items from where the painter is, a little at a time; tell each time what share is."""
    option, before = QStyleOptionGraphicsItem(), painter.transform()
    for number, item in enumerate(items, start=1):
        opacity = item.effectiveOpacity()
        if opacity > 0:
            painter.setOpacity(opacity)
            painter.setTransform(item.sceneTransform() * framing.transform * before)
            if isinstance(item, WiresItem):
                for _ in item.pieces(painter, option):
                    yield number / len(items)
            else:
                item.paint(painter, option)
        if not number % AT_A_TIME:
            yield number / len(items)
    painter.setOpacity(1.0)
    painter.setTransform(before)


def paint_elements(painter: QPainter, canvas: CanvasScene, framing: Framing) -> None:
    """Light elements of arrays over the items, from where the painter is."""
    before = painter.transform()
    painter.setTransform(framing.transform * before)
    canvas.elements.paint(painter)
    painter.setTransform(before)
