"""What every group of verbs works on: the document that the workbench shows, and its views."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gui.canvas.scene import CanvasScene
from gui.canvas.view import CanvasView
from gui.document import OpenDocument
from gui.player import Player

if TYPE_CHECKING:
    from gui.workbench import Workbench


class Verbs:
    """Some of the verbs of a workbench, on whatever document it shows."""

    def __init__(self, bench: Workbench) -> None:
        self._bench = bench

    @property
    def _document(self) -> OpenDocument:
        return self._bench.document

    @property
    def _view(self) -> CanvasView:
        return self._bench.view

    @property
    def _canvas(self) -> CanvasScene:
        return self._bench.view.canvas

    @property
    def _player(self) -> Player:
        return self._bench.player

    def _show_beside(self) -> None:
        """Show what stands beside the canvas, if it is hidden."""
        self._bench.actions_by_name["canvas_alone"].setChecked(False)

    def _complain(self, sentence: str) -> None:
        """Say why long work came to nothing, wherever a person is by now."""
        self._view.say(sentence)

    def _one_block(self) -> str | None:
        """Give the selected block, or the one whose result a selected group gives.

        If there is not one, say what is missing.
        """
        selected = self._canvas.selection.items()
        if len(selected) == 1:
            results = self._canvas.results_of(selected[0])
            if len(results) == 1:
                return results[0]
            name = self._document.groups.group(selected[0]).name
            self._view.say(f"{name} gives several results; enter it and select one.")
            return None
        self._view.say("Select one block first: click it, or walk there with Alt and an arrow.")
        return None
