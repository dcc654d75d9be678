"""What if? A number dragged like a slider, while everything that depends on it follows."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QPointF, Qt
from PySide6.QtWidgets import QApplication

from engine.values import frozen
from engine.variable import Array
from gui.canvas.interactions.base import Interaction
from gui.canvas.pill_numbers import Index

if TYPE_CHECKING:
    from engine.document import Document
    from gui.canvas.scene import CanvasScene
    from gui.canvas.view import CanvasView

PIXELS = 100.0
"""How far to drag for a change as large as the number itself, or as 1 for a small one."""

FINE, COARSE = 0.1, 10.0
"""How much less and more it changes with Shift and with Ctrl held."""

DIGITS = 2
"""Digits after the leading one of the step that a slid number is rounded to."""


class SlideValue(Interaction):
    """Drag the number of an input, or one of its array, to the left or to the right.

    Nothing is put on the undo stack before the button is let go; then it is one edit. What every
    number was before stays to be seen as a ghost.
    """

    cursor = Qt.CursorShape.SizeHorCursor
    drifts = False

    def __init__(self, view: CanvasView, at: QPointF, block: str, index: Index) -> None:
        super().__init__(view, at)
        self._block = block
        self._index = index
        self._first = self.document.graph.block(block).value
        self._slid = False
        self._last = at
        self._travelled = 0.0

    def move(self, at: QPointF) -> None:
        """Give the input the value that belongs to this place."""
        assert self._first is not None  # noqa: S101 - `number_to_slide` has asked
        step = (at.x() - self._last.x()) * self.view.zoom
        self._last = at
        keys = QApplication.keyboardModifiers()
        if keys & Qt.KeyboardModifier.ShiftModifier:
            step *= FINE
        elif keys & Qt.KeyboardModifier.ControlModifier:
            step *= COARSE
        self._travelled += step
        if not self._slid and abs(self._travelled) < QApplication.startDragDistance():
            return
        if not self._slid:
            self._slid = True
            self.scene.selection.set_number(self._block, self._index)
            self.scene.findings.set_ghost(self.scene.recording)
        number = slid(float(self._first[self._index]), self._travelled)
        self.document.slide(self._block, with_number(self._first, self._index, number))

    def finish(self, at: QPointF) -> None:
        """Keep the value; a click that did not slide leaves the block selected."""
        del at
        if self._slid and self._first is not None:
            self.document.end_slide(self._block, self._first)

    def may_go_on_in(self, document: Document) -> bool:
        """Tell whether the input is still there."""
        return self._block in document.graph

    def cancel(self) -> None:
        """Put the first value back."""
        if self._slid and self._first is not None:
            self.document.slide(self._block, self._first)
            self.scene.findings.set_ghost(None)


def slid(first: float, pixels: float) -> float:
    """Give the number that a slide of so many pixels leads to, rounded as a person would say it.

    Examples
    --------
    >>> slid(0.5, 50), slid(200.0, -25), slid(0.0, 12)
    (1.0, 150.0, 0.12)
    """
    scale = max(abs(first), 1.0)
    value = first + pixels / PIXELS * scale
    places = DIGITS - math.floor(math.log10(scale))
    return round(value, places)


def with_number(value: Array, index: Index, number: float) -> Array:
    """Give a value with another number at one place, frozen.

    Examples
    --------
    >>> with_number(np.array([1.0, 2.0]), (1,), 5.0)
    array([1., 5.])
    """
    changed = np.array(value, dtype=np.float64)
    changed[index] = number
    return frozen(changed)


def number_to_slide(scene: CanvasScene, block: str, at: QPointF) -> Index | None:
    """Find the finite number of an input at a point: its index, which is () for a single one."""
    if block not in scene.document.graph:
        return None
    facts = scene.document.graph.block(block)
    return None if facts.is_function else scene.block_item(block).number_at(at)
