"""A hand that drags on the canvas, each move of the mouse timed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QApplication

if TYPE_CHECKING:
    from benchmarks.screen import Screen
    from gui.canvas.view import CanvasView

HELD = Qt.MouseButton.LeftButton
NONE, ALT = Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.AltModifier


class Hand:
    """Takes hold of a block, moves it, and lets it go.

    Parameters
    ----------
    view
        Where it is seen.
    screen
        Tells what each move takes.
    keys
        What is held besides.
    """

    def __init__(self, view: CanvasView, screen: Screen, keys: Qt.KeyboardModifier = NONE) -> None:
        self._view, self._screen, self._keys = view, screen, keys
        self._at = QPointF()

    def take(self, block: str) -> float:
        """Press the button on a block; give the milliseconds."""
        place = self._view.canvas.document.place(block)
        self._at = QPointF(self._view.mapFromScene(QPointF(place.x, place.y)))
        return self._screen.frame(lambda: self._send(QEvent.Type.MouseButtonPress))

    def move(self, moves: int) -> list[float]:
        """Move it on; give the milliseconds of each move."""
        here = self._at

        def go(by: int) -> None:
            self._at = here + QPointF(30 + 2 * by, 10 + by)
            self._send(QEvent.Type.MouseMove)

        return self._screen.frames(go, moves)

    def let_go(self) -> None:
        """Let the button go."""
        self._send(QEvent.Type.MouseButtonRelease)

    def _send(self, kind: QEvent.Type) -> None:
        event = QMouseEvent(kind, self._at, self._at, HELD, HELD, self._keys)
        QApplication.sendEvent(self._view.viewport(), event)
