"""Works in a window whose files, settings and drafts all lie on a disk that is full.

    python -m tests.gui.filled notes.gradwalk

It writes what it can, by every action that writes a file, and prints what a person was told of it.
Dialogs are answered with what they propose.
"""

from __future__ import annotations

import json
import os
import sys
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog, QMessageBox

from engine.code import languages as code
from gui import code_files
from gui.app import make_app
from gui.document import OpenDocument
from gui.export.dialog import ExportDialog
from gui.main_window import MainWindow
from gui.workbench import Workbench

WRITING = ("save", "save_as", "export_page", "export_block", "keep_block")
LANGUAGES = ("numpy", "notebook", "latex")
FORMATS = {
    "export_picture": ("PNG picture", "SVG drawing", "PDF page", "PDF, a page a step"),
    "export_film": ("GIF film", "WebP film", "APNG film", "MP4 film"),
}
PATIENCE = 60.0
"""Seconds."""


def wait(condition: Callable[[], bool]) -> None:
    """Let the window go on until something is so."""
    until = time.monotonic() + PATIENCE
    while not condition():
        assert time.monotonic() < until
        QTest.qWait(5)


def dialog_says(bench: Workbench, action: str, form: str) -> str:
    """Make a picture or a film; give what its dialog says in the end."""
    bench.actions_by_name[action].trigger()
    dialog = next(d for d in bench.window().findChildren(ExportDialog) if d.isVisible())
    dialog.choices.format.setCurrentText(form)
    dialog.choices.speed.setValue(20)
    ended: list[bool] = []
    dialog.finished.connect(lambda: ended.append(True))
    dialog._ask()
    assert dialog._filming is not None
    wait(lambda: bool(ended) or dialog._filming is None)
    said = "made" if ended else dialog._said.accessibleName()
    dialog.close()
    return said


def work_on(path: Path) -> dict[str, str]:
    """Edit a document, write it in every way, and give what was told."""
    told: list[str] = []
    QMessageBox.exec = lambda box: told.append(box.text())
    QFileDialog.exec = lambda _: True
    window = MainWindow(lambda: OpenDocument.read(path))
    window.show()
    bench = window.furnish()
    document = bench.document
    found: dict[str, str] = {}
    bench.recovery.failed.connect(lambda sentence: found.update(draft=sentence))
    (x,) = document.inputs()
    document.set_value(x, np.array(2.0))
    wait(lambda: "draft" in found)
    group = document.group(list(document.graph.blocks)[1:3], "Both")
    bench.view.canvas.selection.choose([group])

    def said(action: str) -> str:
        told.clear()
        bench.actions_by_name[action].trigger()
        return told[0] if told else "written"

    for action in WRITING:
        found[action] = said(action)
    for language in LANGUAGES:
        code_files.chosen_language = lambda name=language: code.LANGUAGES[name]
        found[language] = said("export_code")
    for action, forms in FORMATS.items():
        for form in forms:
            found[form] = dialog_says(bench, action, form)
    found["value"] = str(document.graph.block(x).value)
    found["is modified"] = str(document.is_modified)
    return found


if __name__ == "__main__":
    app = make_app(["gradwalk"])
    print(json.dumps(work_on(Path(sys.argv[1]))), flush=True)  # noqa: T201 - it is asked for
    os._exit(0)  # nobody is to be asked about what is not saved
