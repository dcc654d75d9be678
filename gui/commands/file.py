"""What the File menu does."""

from __future__ import annotations

from gui import files
from gui.commands.base import Verbs


class FileVerbs(Verbs):
    """Opening, saving, ending."""

    def new(self) -> None:
        """Begin an empty document."""
        self._bench.show_document(self._bench.documents.new())

    def open(self) -> None:
        """Open files."""
        for path in files.ask_open(self._bench):
            self._bench.open_path(path)

    def save(self) -> None:
        """Save."""
        self._bench.save(self._document)

    def save_as(self) -> None:
        """Save to another file."""
        self._bench.save(self._document, elsewhere=True)

    def close_tab(self) -> None:
        """Close the document in front."""
        self._bench.close_tab(self._document)

    def close_others(self) -> None:
        """Close all documents but the one in front, until one is to stay."""
        front = self._document
        others = (document for document in self._bench.documents if document is not front)
        if all(self._bench.close_tab(document) for document in others):
            self._bench.documents.bring_to_front(front)

    def reopen_tab(self) -> None:
        """Open what was closed last."""
        self._bench.reopen()

    def export_code(self) -> None:
        """Write the graph to a file as code or text."""
        from gui import code_files  # noqa: PLC0415 - a start does not wait for it

        self._view.settle()
        code_files.export(self._bench, self._document)

    def copy_as_code(self) -> None:
        """Copy the graph as code or text."""
        from gui import code_files  # noqa: PLC0415 - a start does not wait for it

        self._view.settle()
        sentence = code_files.copy(self._document)
        if sentence:
            self._view.say(sentence)

    def quit(self) -> None:
        """Close the window, which ends the app."""
        self._bench.window().close()
