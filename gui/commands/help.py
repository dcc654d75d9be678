"""What the Help menu does."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMessageBox

from engine import __version__
from gui.commands.base import Verbs


class HelpVerbs(Verbs):
    """Telling about the app."""

    def search_actions(self) -> None:
        """Search everything that can be done."""
        from gui.command_search import CommandSearch  # noqa: PLC0415 - not needed for a first frame

        search = CommandSearch(self._bench)
        search.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        search.show()

    def shortcuts(self) -> None:
        """Show every action and its keys."""
        from gui.cheat_sheet import CheatSheet  # noqa: PLC0415 - not needed for a first frame

        CheatSheet(self._bench).exec()

    def about(self) -> None:
        """Say what this is."""
        box = QMessageBox(self._bench)
        box.setWindowTitle("About Gradwalk")
        box.setTextFormat(Qt.TextFormat.RichText)
        box.setText(
            f"<h3>Gradwalk {__version__}</h3>"
            "<p>Build a graph of functions by hand, run it forward, and walk the gradient back, "
            "one block at a time.</p>"
            "<p>MIT licence. Fonts: Inter (SIL OFL 1.1) and JetBrains Mono (Apache 2.0).</p>"
        )
        box.exec()
