"""What the File menu does."""

from __future__ import annotations

import time
from collections.abc import Callable, Generator

from gui import files
from gui.commands.base import Verbs
from gui.errands import Piecework

BREATH = 0.004
"""Seconds between two looks whether a run is done."""


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
        self._once_run(lambda: page_files.export(self._bench, self._document))

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
        self._export(moves=True)

    def copy_as_picture(self) -> None:
        """Copy a picture of what is selected, or of the whole graph."""
        self._view.settle()
        self._player.pause()
        self._once_run(self._copy_picture)

    def _copy_picture(self) -> None:
        from gui.export.carrying import Carried, pictured, studio_for_copying  # noqa: PLC0415
        from gui.export.pieces import at_once  # noqa: PLC0415

        studio, moment = studio_for_copying(self._view), self._player.moment

        def pieces() -> Generator[float, None, Carried]:
            try:
                return (yield from pictured(studio, moment))
            finally:
                studio.let_go()

        def take(picture: Carried) -> None:
            picture.copy()
            self._view.tell("Copied as a picture.")

        if studio.is_large:
            words = "Painting the picture that is copied …"
            self._bench.errands.send(
                Piecework("Copying a picture", words, pieces, take, self._view.say)
            )
        else:
            take(at_once(pieces()))

    def _once_run(self, act: Callable[[], None]) -> None:
        """Do what asks for the run of the document in front, once a large one is there."""
        document = self._document

        def pieces() -> Generator[float, None, None]:
            while document.is_running:
                time.sleep(BREATH)
                yield 0.5

        def take(_: None) -> None:
            if document is self._document:  # else a person has gone elsewhere by now
                act()

        if document.is_running:
            self._bench.errands.send(Piecework("Running", "Running the graph …", pieces, take))
        else:
            act()

    def _export(self, *, moves: bool) -> None:
        def show() -> None:
            from gui.export.dialog import ExportDialog  # noqa: PLC0415 - a start does not wait
            from gui.export.looked_at import looked_at  # noqa: PLC0415 - see above

            if moves and not self._player.recording.steps:
                self._view.say("There is no walk to film yet: place a function first.")
            else:
                seen = looked_at(self._bench)
                ExportDialog(self._view, self._player, seen, moves=moves).open()

        self._view.settle()
        self._player.pause()
        self._once_run(show)

    def quit(self) -> None:
        """Close the window, which ends the app."""
        self._bench.window().close()
