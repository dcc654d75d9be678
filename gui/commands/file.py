"""What the File menu does."""

from __future__ import annotations

from gui import files
from gui.commands.base import Verbs
from gui.errands import Piecework


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
        front, documents = self._document, self._bench.documents

        def go_on() -> None:
            if front not in documents:
                return
            others = (document for document in documents if document is not front)
            if all(self._bench.close_tab(document, go_on) for document in others):
                documents.bring_to_front(front)

        go_on()

    def reopen_tab(self) -> None:
        """Open what was closed last."""
        self._bench.reopen()

    def export_code(self) -> None:
        """Write the graph to a file as code or text."""
        from gui import code_files  # noqa: PLC0415 - a start does not wait for it

        self._view.settle()
        code_files.export(self._bench, self._document)

    def export_page(self) -> None:
        """Write the walk to a file as a web page."""
        from gui import page_files  # noqa: PLC0415 - a start does not wait for it

        self._view.settle()
        page_files.export(self._bench, self._document)

    def copy_as_code(self) -> None:
        """Copy the graph as code or text."""
        from gui import code_files  # noqa: PLC0415 - a start does not wait for it

        self._view.settle()
        sentence = code_files.copy(self._document)
        if sentence:
            self._view.say(sentence)

    def export_picture(self) -> None:
        """Make a picture of the graph at a step."""
        self._export(moves=False)

    def export_film(self) -> None:
        """Make a film of the walk."""
        if not self._player.recording.steps:
            self._view.say("There is no walk to film yet: place a function first.")
            return
        self._export(moves=True)

    def copy_as_picture(self) -> None:
        """Copy a picture of what is selected, or of the whole graph."""
        from gui.export.carrying import Carried, pictured, studio_for_copying  # noqa: PLC0415
        from gui.export.pieces import at_once  # noqa: PLC0415

        self._view.settle()
        self._player.pause()
        studio = studio_for_copying(self._view)

        def take(picture: Carried) -> None:
            studio.let_go()
            picture.copy()
            self._view.tell("Copied as a picture.")

        pieces = pictured(studio, self._player.moment)
        if studio.is_large:
            words = "Painting the picture that is copied …"
            work = Piecework("Copying a picture", words, lambda: pieces, take, self._view.say)
            self._bench.errands.send(work)
        else:
            take(at_once(pieces))

    def _export(self, *, moves: bool) -> None:
        from gui.export.dialog import ExportDialog  # noqa: PLC0415 - a start does not wait for it

        self._view.settle()
        self._player.pause()
        ExportDialog(self._view, self._player, moves=moves).open()

    def quit(self) -> None:
        """Close the window, which ends the app."""
        self._bench.window().close()
