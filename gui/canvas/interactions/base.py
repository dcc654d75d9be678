"""What every gesture has in common."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, Qt

if TYPE_CHECKING:
    from gui.canvas.stage import Stage


class Interaction:
    """One gesture, mostly from the press of a button to its release.

    The document changes at most once, in `finish`; whatever is shown before that, `cancel` takes
    back.

    Parameters
    ----------
    view
        Where it happens.
    at
        Where it began, in scene units.

    Attributes
    ----------
    keys
        The keys, such as Shift, that are held with it.
    """

    cursor = Qt.CursorShape.ArrowCursor
    keys = Qt.KeyboardModifier.NoModifier

    def __init__(self, view: Stage, at: QPointF) -> None:
        self.view = view
        self.scene = view.canvas
        self.document = view.canvas.document
        self.start = at

    def press(self, at: QPointF) -> None:
        """A button was pressed while the gesture went on without one."""

    def goes_on(self, at: QPointF) -> bool:
        """Tell whether the gesture goes on although the button was let go."""
        del at
        return False

    def move(self, at: QPointF) -> None:
        """The pointer is somewhere else."""

    def finish(self, at: QPointF) -> None:
        """The button was let go."""

    def cancel(self) -> None:
        """Escape was pressed, or the gesture lost the pointer."""
