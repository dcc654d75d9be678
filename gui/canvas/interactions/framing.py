"""Drawing a frame, and giving frames and notes another size."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, Qt

from engine.marks import SMALLEST, Box
from gui.canvas.interactions.base import Interaction

if TYPE_CHECKING:
    from engine.document import Document
    from gui.canvas.stage import Stage


class DrawFrame(Interaction):
    """Draw a frame from corner to corner, with the next drag."""

    cursor = Qt.CursorShape.CrossCursor

    def press(self, at: QPointF) -> None:
        """Begin the frame here."""
        self.start = at

    def move(self, at: QPointF) -> None:
        """Show it."""
        if self.view.is_held:
            self.view.show_band(QRectF(self.start, at).normalized())

    def finish(self, at: QPointF) -> None:
        """Draw it, and ask for its title; one that is too small to be seen is none."""
        self.view.show_band(None)
        drawn = QRectF(self.start, at).normalized()
        if min(drawn.width(), drawn.height()) >= SMALLEST:
            self.view.add_frame(Box(drawn.x(), drawn.y(), drawn.width(), drawn.height()))

    def cancel(self) -> None:
        """Draw none."""
        self.view.show_band(None)


class ResizeMark(Interaction):
    """Drag one or two edges of a frame or a note.

    Parameters
    ----------
    grip
        Which edges: -1 for left or top, 1 for right or bottom, else 0.
    """

    def __init__(self, view: Stage, at: QPointF, mark: str, grip: tuple[int, int]) -> None:
        super().__init__(view, at)
        self._mark, self._grip = mark, grip
        self.cursor = shape_of(grip)
        self._first = self.scene.marks.box(mark)

    def move(self, at: QPointF) -> None:
        """Show it as large as it would be."""
        self.scene.drag({}, {self._mark: self._box(at)})

    def finish(self, at: QPointF) -> None:
        """Let it be so large."""
        box = self._box(at)
        self.cancel()
        self.document.drawing.resize(self._mark, box)

    def may_go_on_in(self, document: Document) -> bool:
        """Tell whether the mark is still there."""
        return self._mark in document.marks

    def cancel(self) -> None:
        """Show it as it is."""
        self.scene.drag({})

    def _box(self, at: QPointF) -> Box:
        by = at - self.start
        return resized(self._first, self._grip, by.x(), by.y())


def resized(box: Box, grip: tuple[int, int], x: float, y: float) -> Box:
    """Give a box with one or two edges moved, but never smaller than a mark can be.

    Examples
    --------
    >>> resized(Box(0, 0, 100, 100), (-1, 1), 10, 20)
    Box(x=10, y=0, width=90, height=120)
    >>> resized(Box(0, 0, 100, 100), (-1, 0), 500, 0)
    Box(x=60.0, y=0, width=40.0, height=100)
    """
    left, width = _stretched(box.x, box.width, grip[0], x)
    top, height = _stretched(box.y, box.height, grip[1], y)
    return Box(left, top, width, height)


def _stretched(begin: float, length: float, grip: int, by: float) -> tuple[float, float]:
    if grip == 0:
        return begin, length
    after = max(length + grip * by, SMALLEST)
    return (begin + length - after if grip < 0 else begin), after


def shape_of(grip: tuple[int, int]) -> Qt.CursorShape:
    """Give the pointer over the edges of a frame or a note."""
    across, down = grip
    if across and down:
        falls = across == down
        return Qt.CursorShape.SizeFDiagCursor if falls else Qt.CursorShape.SizeBDiagCursor
    if across:
        return Qt.CursorShape.SizeHorCursor
    return Qt.CursorShape.SizeVerCursor if down else Qt.CursorShape.OpenHandCursor
