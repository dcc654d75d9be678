"""Documents that are opened and closed leave nothing behind."""

from __future__ import annotations

import gc
import subprocess
import sys
import weakref

import pytest
from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QApplication

from engine.storage import save
from tests.gui.builders import document_of

NAME = QAccessible.Text.Name

FIRST = 30
"""Opens that fill what is kept on purpose, up to a bound: widths of texts, pens, formulas."""

MANY = 20
"""Opens over which is counted."""

FEW = 22.0
"""Objects a document that may still be such filling. Of each connection that Qt does not give back
stay two, and a document has a dozen that could be."""


@pytest.fixture
def path(tmp_path):
    """A file that is opened anew each time."""
    file = tmp_path / "long.gradwalk"
    save(document_of("sin(x) * exp(x) + sin(x)", x=1).kept(), file)
    return file


def open_and_close(window, path, times):
    for _ in range(times):
        window.open_path(path)
        QApplication.processEvents()
        window.close_tab(window.document)
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        QApplication.processEvents()
    gc.unfreeze()
    gc.collect()


def qt_objects(window):
    """Count what Qt holds: the parts of the app and of the window, and all widgets anywhere."""
    app = QApplication.instance()
    parts = [len(each.findChildren(QObject)) for each in (app, window.window())]
    return *parts, len(QApplication.allWidgets())


def test_opening_and_closing_takes_no_memory(window, path):
    open_and_close(window, path, 2)
    held = qt_objects(window)
    open_and_close(window, path, FIRST)
    before = sys.getallocatedblocks()
    open_and_close(window, path, MANY)
    assert (sys.getallocatedblocks() - before) / MANY < FEW
    assert qt_objects(window) == held


def test_a_canvas_that_a_screen_reader_has_asked_for_is_let_go(window, path):
    gone = []

    def ask():
        spoken = QAccessible.queryAccessibleInterface(window.view)
        blocks = [spoken.child(at) for at in range(spoken.childCount())]
        assert "x" in [block.text(NAME) for block in blocks]
        canvas = window.view.canvas
        gone.extend(weakref.ref(each) for each in (canvas, canvas.document, window.view, *blocks))
        return [QAccessible.uniqueId(each) for each in (spoken, *blocks)]

    for _ in range(10):
        window.open_path(path)
        ids = ask()
        assert all(map(QAccessible.accessibleInterface, ids))
        window.close_tab(window.document)
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        assert not any(map(QAccessible.accessibleInterface, ids))
    gc.unfreeze()
    gc.collect()
    assert [ref() for ref in gone if ref() is not None] == []


# Whoever holds an edit while Python looks for garbage puts it before its document in Python's list,
# and so among the first to be taken down, before the stack that points at it.
AN_EDIT_FIRST = """
import gc
from PySide6.QtWidgets import QApplication
from engine.document import Place
from gui.document import OpenDocument

app = QApplication(["gradwalk"])
gc.disable()
gc.freeze()  # what there is already need not be looked at each time
for _ in range(20):
    document = OpenDocument()
    for at in range(4):
        document.add_block("square", Place(at, 0))
    edit = document.undo_stack.command(0)
    gc.collect()
    del document
    gc.collect()
    del edit
    gc.collect()
    app.processEvents()
assert not [thing for thing in gc.get_objects() if isinstance(thing, OpenDocument)]
print("survived")
"""


def test_a_document_that_nobody_closed_is_taken_down_whole():
    told = subprocess.run(
        [sys.executable, "-c", AN_EDIT_FIRST],
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    assert (told.returncode, told.stdout) == (0, "survived\n")
