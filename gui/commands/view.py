"""What the View menu does."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSettings

from gui.commands.base import Verbs
from gui.parts import go_on

ZOOM_STEP = 1.25


class ViewVerbs(Verbs):
    """Seeing more, or less, or otherwise."""

    def fit(self) -> None:
        """Show all blocks."""
        self._view.fit()

    def fit_selection(self) -> None:
        """Show the selected blocks."""
        around = QRectF()
        for block in self._canvas.selection.items():
            around |= self._canvas.block_rect(block)
        self._view.fit(around if not around.isEmpty() else None)

    def zoom_in(self) -> None:
        """Come nearer."""
        self._view.set_zoom(self._view.zoom * ZOOM_STEP)

    def zoom_out(self) -> None:
        """Go farther away."""
        self._view.set_zoom(self._view.zoom / ZOOM_STEP)

    def life_size(self) -> None:
        """Show blocks at their own size."""
        self._view.set_zoom(1.0)

    def next_tab(self) -> None:
        """Bring the document in the next tab to the front."""
        self._bench.documents.turn(1)

    def previous_tab(self) -> None:
        """Bring the document in the tab before to the front."""
        self._bench.documents.turn(-1)

    def move_tab_right(self) -> None:
        """Let the tab in front change places with the next."""
        self._move_tab(1)

    def move_tab_left(self) -> None:
        """Let the tab in front change places with the one before."""
        self._move_tab(-1)

    def _move_tab(self, by: int) -> None:
        documents = self._bench.documents
        at = documents.index(documents.front)
        if 0 <= at + by < len(documents):
            documents.move(at, at + by)

    def show_all(self, on: bool) -> None:  # noqa: FBT001 - what a checkable action sends
        """Show every number, or only those that the walk has reached."""
        self._canvas.set_show_all(on)

    def heat(self, on: bool) -> None:  # noqa: FBT001 - what a checkable action sends
        """Colour each block by the size of its gradient, or as the walk has it."""
        self._canvas.findings.set_heat(on)

    def lens(self, on: bool) -> None:  # noqa: FBT001 - what a checkable action sends
        """Show the step from near where the canvas is too far away to be read, or never."""
        self._view.lens.want(on)
        QSettings().setValue("lens", on)

    def canvas_alone(self, on: bool) -> None:  # noqa: FBT001 - what a checkable action sends
        """Hide what stands beside the canvas, or show it again."""
        if on:
            self._view.setFocus()  # nothing hidden may keep the keyboard
        self._bench.palette_panel.setHidden(on)
        self._bench.side.setHidden(on)

    def reduced_motion(self, on: bool) -> None:  # noqa: FBT001 - what a checkable action sends
        """Let steps travel, or show each at once."""
        self._player.reduced_motion = on
        QSettings().setValue("reduced_motion", on)

    def next_part(self) -> None:
        """Put the keyboard into the next part of the window."""
        go_on(self._bench.parts, 1)

    def previous_part(self) -> None:
        """Put the keyboard into the part before."""
        go_on(self._bench.parts, -1)
