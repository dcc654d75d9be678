"""Blocks that glide to where they stand now, so that the eye can follow them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import QEasingCurve, QVariantAnimation

from engine.document import Place
from gui.links import Links

if TYPE_CHECKING:
    from gui.canvas.stage import Stage

DURATION = 220
"""Milliseconds."""

MOST = 400
"""Blocks that glide; of more than that nobody could follow any."""


class Glide(QVariantAnimation):
    """Show blocks on their way from where they stood to where the document has them.

    The document has moved them already. Whatever a person does next ends the way at once.

    Parameters
    ----------
    view
        Where they are seen.
    before
        Where they stood.
    """

    def __init__(self, view: Stage, before: Mapping[str, Place]) -> None:
        super().__init__(view)
        self._view = view
        self._before = before
        self.setDuration(DURATION)
        self.setStartValue(0.0)
        self.setEndValue(1.0)
        self.setEasingCurve(QEasingCurve.Type.OutCubic)
        self.valueChanged.connect(self._show)
        self.finished.connect(self.end)
        document = view.canvas.document
        self._links = Links(
            (document.block_moved, self._on_edited),
            (document.block_removed, self._on_edited),
            (document.many_changed, self._on_edited),
            (document.regrouped, self.end),
        )

    def end(self) -> None:
        """Show the blocks where they stand."""
        if self._before:
            self._before = {}
            self._links.cut()
            self._view.canvas.drag({})
            self.stop()
            self.deleteLater()

    def _on_edited(self, _what: object) -> None:
        self.end()

    def _show(self, share: float) -> None:
        if not self._before:
            return
        if self._view.interaction is not None:
            self.end()
            return
        document = self._view.canvas.document
        self._view.canvas.drag(
            {
                block: Place(old.x + (new.x - old.x) * share, old.y + (new.y - old.y) * share)
                for block, old in self._before.items()
                for new in (document.place(block),)
            }
        )


def glide(view: Stage, before: Mapping[str, Place]) -> None:
    """Let blocks glide, unless they stay, are many, or the person wants no motion."""
    now = view.canvas.document.places()
    moved = {block: old for block, old in before.items() if now.get(block, old) != old}
    if moved and len(moved) <= MOST and not view.canvas.player.reduced_motion:
        Glide(view, moved).start()
