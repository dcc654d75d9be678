"""The preview of an order: a picture stands still, a film and pages play over and over."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer
from PySide6.QtGui import QImage

from gui.export.orders import Work
from gui.export.preview import Preview
from gui.export.sketching import Sketching
from gui.export.studio import Studio

SLOWEST, FASTEST = 200, 33
"""Milliseconds between two frames."""

A_PAGE = 1000
"""Milliseconds that a page is shown."""


class Playing(QObject):
    """Plays what will be made.

    Parameters
    ----------
    preview
        Where it is shown.
    still
        Whether what moves is shown at its end, and does not play.

    Attributes
    ----------
    frame
        Which frame of a film is shown, or which page.
    """

    def __init__(self, preview: Preview, *, still: bool) -> None:
        super().__init__(preview)
        self._preview, self._still = preview, still
        self._sketching = Sketching(preview)
        self._made: tuple[Studio, Work] | None = None
        self.frame = 0
        self._clock = QTimer(self)
        self._clock.timeout.connect(self._next_frame)

    @property
    def is_playing(self) -> bool:
        """Whether the frames follow each other."""
        return self._clock.isActive()

    def show(self, studio: Studio, work: Work) -> None:
        """Show what a studio will make, from where the last one was."""
        self._made = studio, work
        timing = work.timing
        if timing is None:
            self._clock.stop()
            self._show_frame()
        elif self._still:
            self.show_frame(len(timing) - 1)
        else:
            self.frame %= len(timing)
            self._show_frame()
            slowest = SLOWEST if work.film is not None else A_PAGE
            self._clock.start(round(min(max(1000 / timing.pace.rate, FASTEST), slowest)))

    def show_frame(self, frame: int) -> None:
        """Stand still at one of them."""
        self._clock.stop()
        self.frame = frame
        self._show_frame()

    def stop(self) -> None:
        """Stand still, and paint nothing more."""
        self._clock.stop()
        self._sketching.stop()

    def show_nothing(self) -> None:
        """Show that nothing can be made."""
        self.let_go()
        self._preview.show_image(QImage())

    def let_go(self) -> None:
        """Forget what was to be made."""
        self._sketching.stop()
        self._made = None

    def _next_frame(self) -> None:
        if self._made is not None and not self._sketching.is_busy:
            self.frame = (self.frame + 1) % self._made[1].total
            self._show_frame()

    def _show_frame(self) -> None:
        if self._made is not None:
            studio, work = self._made
            self._sketching.show(studio, work.moment(self.frame))
