"""The graph of a document as code: to a file, and to the clipboard."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog, QWidget

from engine.code.languages import LANGUAGES, Language, written
from engine.errors import GradwalkError
from engine.files import write_whole
from gui import files
from gui.document import OpenDocument
from gui.panels.code_page import chosen_language


def export(parent: QWidget, document: OpenDocument) -> None:
    """Ask where to, and write the graph there; the kind of file says in which language."""
    language = chosen_language()
    try:
        _written(document, language)  # so that nobody is asked for a file that cannot be
    except GradwalkError as error:
        files.complain(parent, "Not exported", error.sentence)
        return
    chosen = _ask(parent, document, language)
    if chosen is None:
        return
    path, language = chosen
    try:
        write_whole(path, _written(document, language).encode())
    except GradwalkError as error:
        files.complain(parent, "Not exported", error.sentence)


def copy(document: OpenDocument) -> str:
    """Put the graph on the clipboard, in the language chosen last; give the reason if it fails."""
    try:
        QGuiApplication.clipboard().setText(_written(document, chosen_language()))
    except GradwalkError as error:
        return error.sentence
    return ""


def _written(document: OpenDocument, language: Language) -> str:
    return written(document.graph, document.end, language, numbers=True)


def _ask(
    parent: QWidget, document: OpenDocument, language: Language
) -> tuple[Path, Language] | None:
    """Ask for a file and a language, which is what the dialog takes for the kind of file."""
    kinds = {f"{one.title} (*{one.suffix})": one for one in LANGUAGES.values()}
    folder = files.folder() if document.path is None else str(document.path.parent)
    dialog = QFileDialog(parent, "Export Code", folder)
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setNameFilters(list(kinds))

    def fit_suffix(kind: str) -> None:
        dialog.setDefaultSuffix(kinds[kind].suffix.lstrip("."))
        stem = Path(dialog.selectedFiles()[0]).stem if dialog.selectedFiles() else ""
        dialog.selectFile((stem or _stem(document)) + kinds[kind].suffix)

    first = next(kind for kind, one in kinds.items() if one.name == language.name)
    dialog.selectNameFilter(first)
    dialog.selectFile(_stem(document) + language.suffix)
    dialog.setDefaultSuffix(language.suffix.lstrip("."))
    dialog.filterSelected.connect(fit_suffix)
    if not dialog.exec():
        return None
    return Path(dialog.selectedFiles()[0]), kinds[dialog.selectedNameFilter()]


def _stem(document: OpenDocument) -> str:
    return document.path.stem if document.path is not None else document.title.lower()
