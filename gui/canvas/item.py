"""What the items of the canvas have in common.

Plain items that paint their own text: widgets, child items and effects are many times slower.
What they show is read from the scene's document and moment each time they paint; they keep
nothing of it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from PySide6.QtWidgets import QGraphicsItem

if TYPE_CHECKING:
    from gui.canvas.scene import CanvasScene

FAR, VERY_FAR = 0.32, 0.14
"""Zoom below which nothing can be read, so that the far picture stands in for blocks and wires; and
below which frames are mere ground."""


def rank(item: str) -> float:
    """Tell how far above others of its kind a block lies, from 0 to 1: the later made, the higher.

    Items are made when they come into sight; what covers what must not depend on that.
    """
    number = int("".join(sign for sign in item if "0" <= sign <= "9")[:9] or "0")
    return number / (number + 1000)


class CanvasItem(QGraphicsItem):
    """What block, wire and tail have in common: they belong to a CanvasScene."""

    @property
    def canvas(self) -> CanvasScene:
        """The scene, which knows the document and the moment."""
        return cast("CanvasScene", self.scene())
