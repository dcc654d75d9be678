"""Parts that widget tests share: the app with its fonts, and documents to open."""

from __future__ import annotations

import gc
import threading
import weakref

import pytest
from PySide6.QtCore import QEvent
from PySide6.QtGui import QCursor
from PySide6.QtWidgets import QMessageBox
from shiboken6 import isValid

import gui.rehearsal
from engine.marks import Box
from gui.answer import THREAD
from gui.background import beside
from gui.document import OpenDocument
from gui.garbage import Collector
from gui.main_window import MainWindow
from gui.theme import themes
from tests.gui.builders import document_of

TUTORIAL = "square(exp(square(x)))"


@pytest.fixture(scope="session")
def qapp_args():
    return ["gradwalk"]


@pytest.fixture(autouse=True)
def _style(qapp):
    gc.disable()  # as the app does; a test of the engine may have turned it on again
    qapp.setApplicationName("Gradwalk")
    qapp.setOrganizationName("Gradwalk")
    if not qapp.property("dressed"):
        qapp.setProperty("dressed", 1)
        qapp.setStyle("Fusion")
        if not qapp.findChildren(Collector):  # a command may have made the app
            Collector(qapp)
        themes().choose("light")
        themes().dress()
    if themes().choice != "light":
        themes().choose("light")


@pytest.fixture(autouse=True)
def _pointer_nowhere(qapp):
    """Begin with the pointer beside all windows: what is pasted goes where it was left."""
    QCursor.setPos(-9_000, -9_000)


@pytest.fixture(autouse=True)
def _no_widgets_left_behind(qapp):
    """Delete what a test has closed: no event loop runs that would, and each theme dresses all."""
    yield
    qapp.sendPostedEvents(None, QEvent.Type.DeferredDelete)


@pytest.fixture(autouse=True)
def _documents_are_let_go(qapp, monkeypatch):
    """Let go of every document that a test has opened, as the window does when it closes one."""
    opened, make = weakref.WeakSet(), OpenDocument.__init__

    def noted(document, *args, **more):
        make(document, *args, **more)
        opened.add(document)

    monkeypatch.setattr(OpenDocument, "__init__", noted)
    yield
    for document in opened:
        if isValid(document):
            document.let_go()


@pytest.fixture(autouse=True)
def _empty_clipboard(qapp):
    """Leave nothing on the clipboard: offscreen, Qt would let go of it after Python has ended."""
    yield
    qapp.clipboard().clear()


@pytest.fixture
def threads_of(monkeypatch):
    """Note, from then on, on which threads a function of a module is called."""

    def watch(module, name):
        real, threads = getattr(module, name), set()

        def noted(*args, **more):
            threads.add(threading.current_thread().name)
            return real(*args, **more)

        monkeypatch.setattr(module, name, noted)
        return threads

    return watch


@pytest.fixture
def held_answers():
    """A gate that lets no answer be worked out until it is opened."""
    gate = threading.Event()
    beside(gate.wait, THREAD)
    yield gate
    gate.set()


@pytest.fixture
def held(monkeypatch):
    """A gate that lets nothing that is worked out beside the window end until it is opened."""
    gate, real = threading.Event(), gui.rehearsal.look_ahead

    def wait(level):
        gate.wait()
        return real(level)

    monkeypatch.setattr(gui.rehearsal, "look_ahead", wait)
    yield gate
    gate.set()


@pytest.fixture
def tutorial(qapp):
    return document_of(TUTORIAL, x=0.5)


def _forget_changes(shown):
    for document in shown.bench.documents:
        document.mark_saved()


@pytest.fixture
def window(qtbot, tutorial):
    """The workbench of a shown window, with the tutorial on it."""
    shown = MainWindow(lambda: tutorial)
    qtbot.addWidget(shown, before_close_func=_forget_changes)
    shown.resize(1280, 800)
    shown.show()
    qtbot.waitExposed(shown)
    return shown.furnish()


@pytest.fixture
def view(window):
    """The canvas in front, with the keyboard in it."""
    window.view.setFocus()
    return window.view


@pytest.fixture
def canvas(view):
    return view.canvas


@pytest.fixture
def blocks(window):
    """The tutorial's blocks by the name of their Variable: x → a → b → y."""
    return {block.name: block.id for block in window.document.graph.blocks.values()}


@pytest.fixture
def marks(window):
    return window.document.drawing.marks


@pytest.fixture
def frame(window, canvas, blocks):
    """A frame around a and b."""
    around = canvas.block_rect(blocks["a"]) | canvas.block_rect(blocks["b"])
    rect = around.adjusted(-20, -60, 20, 20)
    box = Box(rect.x(), rect.y(), rect.width(), rect.height())
    return window.document.drawing.add_frame(box, "Inner part", None)


@pytest.fixture
def answer(monkeypatch):
    """Answers each question with the button of these words; notes what was asked."""
    asked = []

    def answer_with(words):
        def click(box):
            asked.append(box.text())
            chosen = next(button for button in box.buttons() if button.text() == words)
            return box.standardButton(chosen)

        monkeypatch.setattr(QMessageBox, "exec", click)
        return asked

    return answer_with
