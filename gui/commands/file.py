"""What the File menu does."""

from __future__ import annotations

from gui import files
from gui.commands.base import Verbs
from gui.document import OpenDocument


class FileVerbs(Verbs):
    """Opening, saving, ending."""

    def new(self) -> None:
        """Begin an empty document."""
        self._view.settle()
        if files.may_close(self._bench, self._document):
            self._bench.show_document(OpenDocument())

    def open(self) -> None:
        """Open a file."""
        path = files.ask_open(self._bench)
        if path is not None:
            self._bench.open_path(path)

    def save(self) -> None:
        """Save."""
        self._view.settle()
        files.save(self._bench, self._document)

    def save_as(self) -> None:
        """Save to another file."""
        self._view.settle()
        files.save(self._bench, self._document, elsewhere=True)

    def quit(self) -> None:
        """Close the window, which ends the app."""
        self._bench.window().close()
