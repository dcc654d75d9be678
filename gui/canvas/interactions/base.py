"""What every gesture has in common."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, Qt

if TYPE_CHECKING:
    from gui.canvas.stage import Stage


class Interaction:
    """One gesture, from the press of a button to its release.

    The document changes at most once, in `finish`; whatever is shown before that, `cancel` takes
    back.

    Parameters
    ----------
    view
        Where it happens.
    at
        Where it began, in scene units.
    """

    cursor = Qt.CursorShape.ArrowCursor

    def __init__(self, view: Stage, at: QPointF) -> None:
        self.view = view
        self.scene = view.canvas
        self.document = view.canvas.document
        self.start = at

    def move(self, at: QPointF) -> None:
        """The pointer is somewhere else."""

    def finish(self, at: QPointF) -> None:
        """The button was let go."""

    def cancel(self) -> None:
        """Escape was pressed, or the gesture lost the pointer."""
