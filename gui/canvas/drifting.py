"""The canvas drifts along while something is dragged beyond its edge."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QPoint, QRect, QTimer

EDGE = 6
"""Pixels inside the edge at which it begins: at the edge of a screen, nothing is beyond."""

FARTHEST = 120
"""Pixels beyond at which it drifts no faster."""

FASTEST = 9.0
"""Pixels a tick, at most."""

TICK = 16
"""Milliseconds."""


class Drift(QObject):
    """Pulls a view along, the faster the farther the pointer is beyond the edge.

    Parameters
    ----------
    pull
        Moves what is seen by so many pixels, and lets the gesture go on there.
    """

    def __init__(self, parent: QObject, pull: Callable[[QPoint], None]) -> None:
        super().__init__(parent)
        self._pull = pull
        self._by = QPoint()
        self._timer = QTimer(self, interval=TICK)
        self._timer.timeout.connect(self._on_tick)

    def lead(self, at: QPoint, ground: QRect) -> None:
        """Drift as a pointer at a point of the view asks for, or stand still where it is inside."""
        self._by = QPoint(
            _pace(at.x(), ground.left(), ground.right()),
            _pace(at.y(), ground.top(), ground.bottom()),
        )
        if self._by.isNull():
            self._timer.stop()
        elif not self._timer.isActive():
            self._timer.start()

    @property
    def is_under_way(self) -> bool:
        """Whether it pulls."""
        return self._timer.isActive()

    def stop(self) -> None:
        """Stand still."""
        self._timer.stop()

    def _on_tick(self) -> None:
        self._pull(self._by)


def _pace(at: int, low: int, high: int) -> int:
    """Give the pixels a tick along one axis: none inside, and more the farther beyond."""
    beyond = max(at - (high - EDGE), 0) - max(low + EDGE - at, 0)
    return round(FASTEST * min(max(beyond / FARTHEST, -1.0), 1.0))
