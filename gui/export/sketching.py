"""The preview of a picture, painted a little at a time where it is large."""

from __future__ import annotations

from PySide6.QtCore import QObject

from engine.moment import Moment
from gui.errands import Piecework, RunningHere
from gui.export.preview import Preview
from gui.export.studio import Studio

ENOUGH = 1200
"""Dots along the shorter side of what is large: more would not be seen."""


class Sketching(QObject):
    """Paints what a preview shows.

    Parameters
    ----------
    preview
        What is painted for.
    """

    def __init__(self, preview: Preview) -> None:
        super().__init__(preview)
        self._preview = preview
        self._running: RunningHere | None = None

    @property
    def is_busy(self) -> bool:
        """Whether there is more to paint."""
        return self._running is not None

    def show(self, studio: Studio, moment: Moment) -> None:
        """Show a moment: at once, or as soon as it is painted."""
        self.stop()
        if not studio.is_large:
            self._preview.show_image(studio.image(moment))
            return
        few = max(ENOUGH / studio.size.width(), ENOUGH / studio.size.height())
        pieces = studio.developed(moment, min(studio.look.scale, few))
        work = Piecework("Preview", "", lambda: pieces, self._preview.show_image)
        self._running = RunningHere(work, self)
        self._running.ended.connect(self._forget)

    def stop(self) -> None:
        """Paint nothing more."""
        if self._running is not None:
            self._running.give_up()

    def _forget(self) -> None:
        if self._running is not None:
            self._running.deleteLater()
            self._running = None
