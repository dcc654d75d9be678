"""What every gesture has in common."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, Qt

if TYPE_CHECKING:
    from engine.document import Document
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
    is_led_by_keys
        Whether it is led with the arrow keys, and Enter finishes it.
    drifts
        Whether the canvas drifts along where it is led beyond the edge.
    """

    cursor = Qt.CursorShape.ArrowCursor
    keys = Qt.KeyboardModifier.NoModifier
    is_led_by_keys = False
    drifts = True

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

    def may_go_on_in(self, document: Document) -> bool:
        """Tell whether all that it is about is still there in what the document is about to be."""
        del document
        return True

    def step(self, by: int) -> None:
        """An arrow key leads it on, or back."""

    def finish(self, at: QPointF) -> None:
        """The button was let go."""

    def cancel(self) -> None:
        """Escape was pressed, or the gesture lost the pointer."""
