"""What the View menu does."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSettings

from gui.commands.base import Verbs

ZOOM_STEP = 1.25


class ViewVerbs(Verbs):
    """Seeing more, or less, or otherwise."""

    def fit(self) -> None:
        """Show all blocks."""
        self._view.fit()

    def fit_selection(self) -> None:
        """Show the selected blocks."""
        around = QRectF()
        for block in self._canvas.selected_items():
            item = self._canvas.block_item(block)
            around |= item.outline.translated(item.pos())
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

    def show_all(self, on: bool) -> None:  # noqa: FBT001 - what a checkable action sends
        """Show every number, or only those that the walk has reached."""
        self._canvas.set_show_all(on)

    def heat(self, on: bool) -> None:  # noqa: FBT001 - what a checkable action sends
        """Colour each block by the size of its gradient, or as the walk has it."""
        self._canvas.set_heat(on)

    def reduced_motion(self, on: bool) -> None:  # noqa: FBT001 - what a checkable action sends
        """Let steps travel, or show each at once."""
        self._player.reduced_motion = on
        QSettings().setValue("reduced_motion", on)
