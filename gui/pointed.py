"""The element of an array that is pointed at: one for the canvas, the pages and the keyboard."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QObject, Signal

from engine.asking.seats import Element
from engine.recording import Recording


class PointedElement(QObject):
    """Which element is pointed at.

    It is a place in the recording that is walked, as the cursor is; whoever shows arrays lights
    what the element has to do with.

    Attributes
    ----------
    element
        The element; None if none is pointed at.
    by_keys
        Whether the keyboard is at it, so that a pointer that goes away leaves it.

    Signals
    -------
    changed
        Another element is pointed at, or none any more.
    """

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.element: Element | None = None
        self.by_keys = False

    def point(self, element: Element | None, *, by_keys: bool = False) -> None:
        """Point at an element, or at none."""
        self.by_keys = by_keys and element is not None
        if element != self.element:
            self.element = element
            self.changed.emit()

    def in_recording(self, recording: Recording) -> Element | None:
        """Give the element if it is in a recording; an edit may have taken it away."""
        return None if self.element is None else in_recording(self.element, recording)


def in_recording(element: Element, recording: Recording) -> Element | None:
    """Give an element if it is in a recording."""
    if element.seat.block not in recording.values:
        return None
    shape = np.shape(recording.values[element.seat.block])
    fits = len(element.at) == len(shape) and all(map(int.__lt__, element.at, shape))
    return element if fits else None
