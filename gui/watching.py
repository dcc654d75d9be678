"""Notices when the file of an open document is changed by somebody else."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QFileSystemWatcher, QObject, QTimer, Signal

from gui.document import OpenDocument
from gui.documents import Documents
from gui.links import Links

SETTLED = 200
"""Milliseconds without a change after which a file is looked at."""


class Watching(QObject):
    """Watches the files of the open documents.

    Programs save by writing, or by putting another file in the place: so the folders are watched,
    too. What counts in the end is what a file holds, not that somebody touched it.

    Parameters
    ----------
    documents
        What is open.

    Attributes
    ----------
    changed, gone
        The documents whose files hold something else, or are not there any more.

    Signals
    -------
    looked
        The files have been looked at again: some may be changed, or gone, or back.
    """

    looked = Signal()

    def __init__(self, documents: Documents, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._documents = documents
        self.changed: set[OpenDocument] = set()
        self.gone: set[OpenDocument] = set()
        self._seen: dict[OpenDocument, tuple[object, ...]] = {}
        self._links: dict[OpenDocument, Links] = {}
        self._watcher = QFileSystemWatcher(self)
        self._settled = QTimer(self, singleShot=True, interval=SETTLED)
        self._settled.timeout.connect(self.look)
        self._watcher.fileChanged.connect(self._on_change)
        self._watcher.directoryChanged.connect(self._on_change)
        self._of_row = Links(
            (documents.opened, self._follow),
            (documents.closed, self._forget),
        )
        for document in documents:
            self._follow(document)

    def look(self) -> None:
        """Look at every file that is open; what nobody has touched since is not read again."""
        for document in self._documents:
            facts = (document.digest, _facts(document.path))
            if self._seen.get(document) == facts:
                continue
            self._seen[document] = facts
            for found, is_so in (
                (self.changed, document.is_changed_on_disk()),
                (self.gone, document.is_gone()),
            ):
                (found.add if is_so else found.discard)(document)
        self._watch()
        self.looked.emit()

    def let_go(self) -> None:
        """Watch nothing more."""
        self._settled.stop()
        self._of_row.cut()
        for links in self._links.values():
            links.cut()
        self._links.clear()

    def _follow(self, document: OpenDocument) -> None:
        self._links[document] = Links((document.path_changed, self.look))
        if document.is_modified and document.is_changed_on_disk():
            self.changed.add(document)  # it is given back after a crash, and its file went on
        self._watch()

    def _forget(self, document: OpenDocument) -> None:
        self._links.pop(document).cut()
        self.changed.discard(document)
        self.gone.discard(document)
        self._seen.pop(document, None)
        self._watch()

    def _on_change(self, _: str) -> None:
        self._settled.start()

    def _watch(self) -> None:
        """Watch what is open now, and nothing else."""
        files = [document.path.resolve() for document in self._documents if document.path]
        wanted = {str(path) for path in files if path.exists()}
        wanted |= {str(path.parent) for path in files if path.parent.is_dir()}
        watched = {*self._watcher.files(), *self._watcher.directories()}
        if watched - wanted:
            self._watcher.removePaths([*(watched - wanted)])
        if wanted - watched:
            self._watcher.addPaths([*(wanted - watched)])


def _facts(path: Path | None) -> tuple[int, ...] | None:
    """Give what changes whenever a file is written to or replaced."""
    try:
        found = None if path is None else path.stat()
    except OSError:
        return None
    return None if found is None else (found.st_ino, found.st_size, found.st_mtime_ns)


def said(path: Path, *, gone: bool) -> str:
    """Say what has become of a file."""
    if gone:
        return f"“{path.name}” is not there any more. Saving writes it again."
    return f"“{path.name}” was changed by another program."
