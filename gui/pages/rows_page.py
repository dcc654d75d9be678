"""What the pages of two walks side by side have in common: the row that the walk stands on."""

from __future__ import annotations

from PySide6.QtGui import QShowEvent

from gui.pages.beside_view import BesideView
from gui.pages.recording_page import RecordingPage
from gui.player import Player


class RowsPage(RecordingPage):
    """A page whose rows follow the walk.

    Parameters
    ----------
    player, name, title
        As of any page about a recording.
    beside
        The rows.
    """

    def __init__(self, player: Player, name: str, title: str, beside: BesideView) -> None:
        super().__init__(player, name, title)
        self.beside = beside
        player.moved.connect(self.follow_walk)

    def be_pictured(self) -> None:
        """Let the rows alone scroll, where not all of them find room."""
        super().be_pictured()
        self.let_scroll_alone(self.beside)

    def showEvent(self, event: QShowEvent) -> None:
        """Catch up with where the walk has gone while nobody looked."""
        super().showEvent(event)
        self.follow_walk()

    @property
    def row_at_work(self) -> int:
        """The row of the step that the walk stands on; -1 for none."""
        raise NotImplementedError

    def reveal(self) -> None:
        """Bring the row of the step into sight, or what comes of all, once the rows are done."""
        self.follow_walk()

    def light(self) -> None:
        """Light that row."""
        if self.isVisible():
            self.beside.light(self.row_at_work)

    def follow_walk(self) -> None:
        """Light the row of the step that was gone to, and keep it in sight."""
        self.light()
        if self.isVisible():
            self.keep_in_sight(self.beside, self.beside.lit_area)
