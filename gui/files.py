"""Opening and saving, with the questions that go with it."""

from __future__ import annotations

import os
from collections.abc import Callable, Collection
from pathlib import Path

from PySide6.QtCore import QSettings, Qt
from PySide6.QtWidgets import QFileDialog, QMessageBox, QWidget

from engine.errors import DocumentError
from engine.own_blocks import SUFFIX as BLOCK_SUFFIX
from engine.storage import SUFFIX
from gui.document import OpenDocument
from gui.theme import RESOURCES

BLOCK_FILTER = f"Gradwalk blocks (*{BLOCK_SUFFIX});;All files (*)"
FILTER = "Gradwalk documents (*.gradwalk);;All files (*)"
MOST_RECENT = 10
TUTORIAL = "tutorial"


def examples() -> list[Path]:
    """List the examples, the tutorial first."""
    found = (RESOURCES / "examples").glob("*" + SUFFIX)
    return sorted(found, key=lambda path: (path.stem != TUTORIAL, path.stem))


def recent() -> list[Path]:
    """List the files that were open lately and are still there, the last first."""
    stored = QSettings().value("recent", [])
    # A list of one comes back as a text. Path.is_file raises where a name is too long.
    paths = stored if isinstance(stored, list) else [stored]
    return [Path(path) for path in paths if isinstance(path, str) and os.path.isfile(path)]  # noqa: PTH113


def remember(path: Path) -> None:
    """Put a file first among those that were open lately."""
    resolved = path.resolve()
    paths = [resolved, *(other for other in recent() if other != resolved)]
    QSettings().setValue("recent", [str(path) for path in paths[:MOST_RECENT]])


def forget_recent() -> None:
    """Forget which files were open."""
    QSettings().remove("recent")


def ask_open(parent: QWidget) -> list[Path]:
    """Ask which files to open."""
    names, _ = QFileDialog.getOpenFileNames(parent, "Open", folder(), FILTER)
    return [Path(name) for name in names]


def ask_save(parent: QWidget, document: OpenDocument) -> Path | None:
    """Ask where to save."""
    proposed = document.path or Path(folder()) / f"{document.title.lower()}{SUFFIX}"
    dialog = QFileDialog(parent, "Save As", str(proposed.parent), FILTER)
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    # Added by the dialog, so that its question about overwriting is about the right file.
    dialog.setDefaultSuffix(SUFFIX.lstrip("."))
    dialog.selectFile(proposed.name)
    return Path(dialog.selectedFiles()[0]) if dialog.exec() else None


def save(
    parent: QWidget,
    document: OpenDocument,
    others: Collection[Path] = (),
    *,
    elsewhere: bool = False,
    write: Callable[[Path], None] | None = None,
) -> bool:
    """Save a document, asking where to if it has no file; say whether it was saved.

    Parameters
    ----------
    others
        Files of other documents that are open, over which it may not be saved.
    write
        Sees to the writing itself, beside the window; without it that is done here.
    """
    path = document.path
    if path is None or elsewhere:
        path = ask_save(parent, document)
    if path is None:
        return False
    if path.resolve() in {other.resolve() for other in others}:
        sentence = f"“{path.name}” is open in another tab: close that tab first."
        complain(parent, "Not saved", sentence)
        return False
    if path == document.path and document.is_changed_on_disk():
        answer = ask_to_replace(parent, path)
        if answer == QMessageBox.ButtonRole.ActionRole:
            return save(parent, document, others, elsewhere=True, write=write)
        if answer != QMessageBox.ButtonRole.AcceptRole:
            return False
    try:
        if write is not None:
            write(path)
        else:
            document.save_to(path)
            remember(path)
    except DocumentError as error:
        complain(parent, "Not saved", error.sentence)
        return False
    return True


def ask_to_replace(parent: QWidget, path: Path) -> QMessageBox.ButtonRole:
    """Ask about a file that somebody else has changed; give the role of the answer."""
    text = f"“{path.name}” was changed by another program since it was opened here."
    box = _question(parent, "Changed on disk", text, "Saving replaces what is in the file now.")
    roles = QMessageBox.ButtonRole
    elsewhere = box.addButton("Save As…", roles.ActionRole)
    box.addButton("Replace It", roles.AcceptRole)
    cancel = box.addButton(QMessageBox.StandardButton.Cancel)
    box.setDefaultButton(elsewhere)
    box.setEscapeButton(cancel)
    box.exec()
    return box.buttonRole(box.clickedButton())


def may_close(
    parent: QWidget,
    document: OpenDocument,
    others: Collection[Path] = (),
    write: Callable[[Path], None] | None = None,
) -> bool:
    """Ask about changes that would be lost; say whether the document may be closed now.

    Parameters
    ----------
    others
        Files of other documents that are open, over which it may not be saved.
    write
        Sees to the writing, and to the closing after it, beside the window; without it the document
        is written here.
    """
    if not document.is_modified:
        return True
    text = f"Save the changes to “{document.title}”?"
    box = _question(parent, "Unsaved changes", text, "They are lost if you do not save them.")
    kinds = QMessageBox.StandardButton
    box.setStandardButtons(kinds.Save | kinds.Discard | kinds.Cancel)
    box.setDefaultButton(kinds.Save)
    answer = box.exec()
    if answer == kinds.Save:
        return save(parent, document, others, write=write) and write is None
    return answer == kinds.Discard


def may_leave_undone(parent: QWidget, document: OpenDocument) -> bool:
    """Ask about what is not done yet; say whether the document may be closed all the same."""
    text = f"“{document.title}” is still being worked on."
    more = "What you asked for is not done yet. Closed now, it goes without that."
    box = _question(parent, "Not done yet", text, more)
    kinds = QMessageBox.StandardButton
    box.addButton(kinds.Discard).setText("Close Without It")
    wait = box.addButton(kinds.Cancel)
    wait.setText("Wait")
    box.setDefaultButton(wait)
    return bool(box.exec() == kinds.Discard)


def ask_block(parent: QWidget) -> Path | None:
    """Ask which block of a person's own to take in."""
    name, _ = QFileDialog.getOpenFileName(parent, "Import a Block", folder(), BLOCK_FILTER)
    return Path(name) if name else None


def ask_block_to_write(parent: QWidget, name: str) -> Path | None:
    """Ask where to write a block of a person's own."""
    dialog = QFileDialog(parent, "Export as a Block", folder(), BLOCK_FILTER)
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setDefaultSuffix(BLOCK_SUFFIX.lstrip("."))
    dialog.selectFile(f"{name.replace('/', ' ')}{BLOCK_SUFFIX}")
    return Path(dialog.selectedFiles()[0]) if dialog.exec() else None


def may_give_up(parent: QWidget, name: str) -> bool:
    """Ask whether a block of a person's own may go out of the palette."""
    text = f"Remove “{name}” from the palette?"
    more = "Documents in which it was placed stay as they are."
    box = _question(parent, "Remove from the palette", text, more)
    kinds = QMessageBox.StandardButton
    box.setStandardButtons(kinds.Yes | kinds.Cancel)
    return bool(box.exec() == kinds.Yes)


def _question(parent: QWidget, title: str, text: str, more: str) -> QMessageBox:
    """Make the box of a question; what it says is never taken for HTML."""
    box = QMessageBox(parent)
    box.setWindowTitle(title)
    box.setTextFormat(Qt.TextFormat.PlainText)
    box.setText(text)
    box.setInformativeText(more)
    return box


def complain(parent: QWidget, title: str, sentence: str) -> None:
    """Say why something about a file could not be done."""
    box = QMessageBox(QMessageBox.Icon.Warning, title, sentence, parent=parent)
    box.setTextFormat(Qt.TextFormat.PlainText)
    box.exec()


def folder() -> str:
    """Give the folder that was worked in last."""
    last = recent()
    return str(last[0].parent if last else Path.home())
