"""What a person is told above the canvas: what was left behind, and what others do to files."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from engine.errors import GradwalkError
from gui import files
from gui.document import OpenDocument
from gui.opening import Read, is_large, opening
from gui.panels.notice_bar import NoticeBar
from gui.recovery import told
from gui.watching import Watching, said

if TYPE_CHECKING:
    from gui.workbench import Workbench


class Notices(QObject):
    """Two lines above the canvas, and what can be done about what they tell.

    Parameters
    ----------
    bench
        Its documents are told of.
    watching
        Notices when others change their files.

    Attributes
    ----------
    left_behind
        The line that offers what windows left behind that ended without warning.
    on_disk
        The line about the file of the document in front.
    """

    def __init__(self, bench: Workbench, watching: Watching) -> None:
        super().__init__(bench)
        self._bench, self._watching = bench, watching
        self.left_behind = NoticeBar("What was left behind")
        self.on_disk = NoticeBar("The file on the disk")
        bench.recovery.failed.connect(self._on_not_kept)
        watching.looked.connect(self.tell_of_disk)

    def offer_left_behind(self) -> None:
        """Offer what windows have left behind that ended without warning, if any have."""
        drafts = self._bench.recovery.found()
        if drafts:
            offers = (("Restore", self._restore), ("Discard", self._bench.recovery.discard))
            self.left_behind.tell(told(drafts), offers, self._back_to_canvas, asks=True)

    def tell_of_disk(self) -> None:
        """Tell of the file of the document in front, if others have changed it."""
        document = self._bench.document
        gone = document in self._watching.gone
        if document.path is None or not (gone or document in self._watching.changed):
            self.on_disk.end()
            return
        words = said(document.path, gone=gone)
        if words == self.on_disk.words:
            return
        keep = ("Keep Mine" if not gone else "Close", self._keep_mine)
        offers = (keep,) if gone else (("Reload", self._reload), keep)
        self.on_disk.tell(words, offers)

    def _back_to_canvas(self) -> None:
        self._bench.view.setFocus()

    def _restore(self) -> None:
        documents, recovery = self._bench.documents, self._bench.recovery
        opened, wrong = recovery.restore()
        for document in opened:
            known = None if document.path is None else documents.at_path(document.path)
            self._bench.show_document(document)
            if known is not None and not known.is_modified:
                documents.close(known)
        if wrong:
            files.complain(self._bench, "Not restored", "\n".join(wrong))
        else:
            recovery.discard()

    def _reload(self) -> None:
        """Take in what the file holds now; what is large is read beside the window."""
        self._bench.view.settle()
        document = self._bench.document
        path = document.path
        if path is not None and is_large(path):
            take = partial(self._take, document, path)
            look = self._watching.look
            self._bench.errands.send(opening(path, take, self._not_reloaded, look))
            return
        try:
            document.reload()
        except GradwalkError as error:
            self._not_reloaded(error.sentence)
        self._watching.look()

    def _take(self, document: OpenDocument, path: Path, found: Read) -> None:
        if document in self._bench.documents and document.path == path:
            document.reload_read(found, self._watching.look)
        else:
            self._watching.look()

    def _not_reloaded(self, sentence: str) -> None:
        files.complain(self._bench, "Not reloaded", sentence)
        self._watching.look()

    def _keep_mine(self) -> None:
        self._bench.document.keep_mine()
        self._watching.look()

    def _on_not_kept(self, sentence: str) -> None:
        self._bench.view.say(sentence)
