"""One level of a document as it is drawn: that of a canvas, or of what it is going to be."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.graph import Wire
from engine.recording import Recording
from gui.canvas import geometry
from gui.canvas.folds import Folds
from gui.canvas.lines import Lines

if TYPE_CHECKING:
    from gui.held import Held


class Level:
    """What is asked of a level to tell where everything on it is.

    Attributes
    ----------
    document
        Whose level it is.
    folds
        Which level of the document is shown, and what is folded there.
    lines
        Where ports are and wires run.
    """

    document: Held
    folds: Folds
    lines: Lines

    @property
    def recording(self) -> Recording:
        """The run that is walked."""
        raise NotImplementedError

    def follow_bends(self, wire: Wire) -> None:
        """Draw a wire through the places that it is led through now, if it is drawn at all."""

    def results_of(self, item: str) -> list[str]:
        """List the blocks whose Variables an item gives: itself, or those of a group."""
        if item in self.document.groups:
            return list(self.folds.face(item).ports.outlets)
        return [item]

    def tail(self, block: str) -> float:
        """Length of the short wire that leads to the end of a block that nothing uses."""
        return geometry.ARRAY_TAIL if self.recording.is_array(block) else geometry.TAIL


class LevelAhead(Level):
    """The level of a document that no canvas shows yet; it touches nothing of Qt's widgets.

    Parameters
    ----------
    document
        Whose level it is.
    entered
        Id of the group whose inside is looked at; None for the whole document.
    recording
        The last run there is.
    """

    def __init__(self, document: Held, entered: str | None, recording: Recording) -> None:
        self.document = document
        self.folds = Folds(document)
        self.folds.enter(entered)
        self.lines = Lines(self)
        self._recording = recording

    def let_go(self) -> None:
        """Hold nothing in a circle any more: all is found."""
        del self.lines

    @property
    def recording(self) -> Recording:
        """The run that is walked."""
        return self._recording
