"""The walk of a document as a web page, in a file."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QProgressDialog, QWidget

from engine.document import Document
from engine.errors import GradwalkError
from engine.files import whole_file
from engine.page.length import check_length
from engine.page.whole import page
from engine.picture.places import standing
from engine.recording import Recording
from gui import files
from gui.document import OpenDocument

SUFFIX = ".html"

PATIENCE = 600
"""Milliseconds after which a page that is still being written shows how far it is."""


class _GivenUpError(Exception):
    """Somebody does not want the page any more."""


def export(parent: QWidget, document: OpenDocument) -> None:
    """Ask where to, and write the page there; a long one can be given up, and leaves nothing."""
    recording, kept = document.recording, document.kept()
    try:
        check_length(recording)  # so that nobody is asked for a file that cannot be
        path = _ask(parent, document)
        if path is not None:
            with suppress(_GivenUpError):
                _write(parent, kept, recording, path)
    except GradwalkError as error:
        files.complain(parent, "Not exported", error.sentence)


def _write(parent: QWidget, document: Document, recording: Recording, path: Path) -> None:
    progress = QProgressDialog("Writing the page…", "Cancel", 0, len(recording), parent)
    progress.setWindowTitle("Export as Web Page")
    progress.setWindowModality(Qt.WindowModality.WindowModal)
    progress.setMinimumDuration(PATIENCE)
    try:
        with whole_file(path) as file:
            for piece in page(recording, standing(document)):
                file.write(piece.encode())
                if piece.startswith("<section"):  # one a step
                    progress.setValue(progress.value() + 1)
                if progress.wasCanceled():
                    raise _GivenUpError
    finally:
        progress.close()
        progress.deleteLater()


def _ask(parent: QWidget, document: OpenDocument) -> Path | None:
    folder = files.folder() if document.path is None else str(document.path.parent)
    dialog = QFileDialog(parent, "Export as Web Page", folder, f"Web page (*{SUFFIX})")
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setDefaultSuffix(SUFFIX.lstrip("."))
    stem = document.path.stem if document.path is not None else document.title.lower()
    dialog.selectFile(stem + SUFFIX)
    return Path(dialog.selectedFiles()[0]) if dialog.exec() else None
