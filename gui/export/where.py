"""Asking where a picture or a film is to go."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget

from gui import files
from gui.document import OpenDocument
from gui.export.formats import Format


def ask_where(parent: QWidget, document: OpenDocument, form: Format) -> Path | None:
    """Ask for a file, beside that of the document and called like it; None if there is none."""
    folder = files.folder() if document.path is None else str(document.path.parent)
    stem = document.path.stem if document.path is not None else document.title.lower()
    dialog = QFileDialog(parent, parent.windowTitle(), folder)
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setNameFilters([f"{form.title} (*{form.suffix})"])
    dialog.setDefaultSuffix(form.name)
    dialog.selectFile(stem + form.suffix)
    return Path(dialog.selectedFiles()[0]) if dialog.exec() else None
