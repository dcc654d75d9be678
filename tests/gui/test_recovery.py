"""Recovery: what was not saved when the app ended without warning is there at the next start."""

from __future__ import annotations

import gc
import subprocess
import sys
import time
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMessageBox

from engine.drafts import DraftFolder, Head, left_behind
from engine.storage import load
from gui.document import OpenDocument
from gui.main_window import MainWindow
from gui.panels.notice_bar import NoticeBar
from gui.panels.warning_card import LinkButton
from gui.recovery import SOON, Recovery, root, told
from tests.gui.builders import document_of
from tests.gui.test_large_graphs import grid

ROOT = Path(__file__).parents[2]


def change(document, value=2.0):
    document.set_value(document.inputs()[0], np.array(value))


def value_of(document):
    return document.graph.block(document.inputs()[0]).value.item()


def drafts_of(folder):
    return [draft.head.title for draft in folder.drafts()]


def kept(window):
    """List what is kept of a window, once all of it is."""
    window.recovery.wait()
    (folder,) = root().iterdir()
    return sorted(folder.glob("*.draft"))


def leave_behind(*documents):
    """Leave documents behind as a window does that dies."""
    folder = DraftFolder.make(root())
    for number, document in enumerate(documents, start=1):
        head = Head(document.path, document.title, document.digest)
        folder.keep(number, document.kept(), head)
    folder.leave()


def notice(window, name="What was left behind"):
    bars = window.findChildren(NoticeBar)
    return next(bar for bar in bars if bar.accessibleName() == name)


def button(bar, name):
    return next(b for b in bar.findChildren(LinkButton) if b.accessibleName() == name)


@pytest.fixture
def start(qtbot):
    """Start the app, on the tutorial."""

    def start_it():
        shown = MainWindow(lambda: document_of("square(exp(square(x)))", x=0.5))
        qtbot.addWidget(shown, before_close_func=forget)
        shown.resize(1280, 800)
        shown.show()
        qtbot.waitExposed(shown)
        return shown.furnish()

    def forget(shown):
        for document in shown.bench.documents:
            document.mark_saved()

    return start_it


class TestKeeping:
    def test_nothing_is_kept_while_nothing_was_changed(self, window):
        window.recovery.wait()
        assert not root().exists()

    def test_an_edit_is_kept_within_five_seconds(self, window, qtbot):
        change(window.document, 7.0)
        begin = time.monotonic()
        qtbot.waitUntil(lambda: list(root().glob("*/*.draft")) != [], timeout=10_000)
        assert time.monotonic() - begin < 5
        assert SOON / 1000 < 5

    def test_edits_that_go_on_and_on_do_not_put_it_off(self, window, qtbot):
        window.recovery._soon.setInterval(100)
        for at in range(40):
            change(window.document, float(at))
            qtbot.wait(10)  # as a person who never pauses
            if list(root().glob("*/*.draft")):
                return
        pytest.fail("nothing was kept while somebody edited on")

    def test_what_is_kept_holds_the_last_edit(self, window):
        change(window.document, 3.0)
        change(window.document, 4.0)
        (draft,) = kept(window)
        assert b'"value": 4.0' in draft.read_bytes()

    def test_what_is_saved_is_kept_no_longer(self, window, tmp_path):
        change(window.document)
        assert len(kept(window)) == 1
        window.document.save_to(tmp_path / "a.gradwalk")
        assert kept(window) == []

    def test_what_is_undone_is_kept_no_longer(self, window):
        change(window.document)
        assert len(kept(window)) == 1
        window.document.undo_stack.undo()
        assert kept(window) == []

    def test_each_document_is_kept_for_itself(self, window):
        change(window.document)
        second = document_of("sin(x)", x=1)
        window.show_document(second)
        change(second)
        assert len(kept(window)) == 2
        window.documents.close(second)
        assert len(kept(window)) == 1

    def test_a_number_that_was_told_is_kept_too(self, window):
        window.document.count_answer(right=True)
        (draft,) = kept(window)
        assert b'"score": {"asked": 1, "right": 1}' in draft.read_bytes()

    def test_a_window_that_is_closed_leaves_nothing_behind(self, window, monkeypatch):
        discard = QMessageBox.StandardButton.Discard
        monkeypatch.setattr(QMessageBox, "exec", lambda _: discard)
        change(window.document)
        kept(window)
        assert window.window().close()
        assert list(root().iterdir()) == []

    def test_what_is_not_asked_about_stays(self, window):
        change(window.document, 9.0)
        window.let_go()  # as when the session is ended from outside
        (folder,) = left_behind(root())
        assert len(folder.drafts()) == 1
        folder.remove()

    def test_a_folder_that_cannot_be_made_is_told_once(self, window, qtbot):
        root().parent.mkdir(parents=True, exist_ok=True)
        root().write_text("in the way")
        said = []
        window.recovery.failed.connect(said.append)
        for value in (2.0, 3.0):
            change(window.document, value)
            window.recovery.wait()
        qtbot.waitUntil(lambda: said != [])
        (sentence,) = said
        assert sentence.startswith("Unsaved changes would be lost if the app ended now.")
        root().unlink()


class TestLargeDocuments:
    def test_keeping_the_largest_does_not_keep_the_window_from_answering(self, qtbot):
        from gui.documents import Documents  # noqa: PLC0415 - only here

        document = OpenDocument(grid(15_000))
        documents = Documents(document)
        recovery = Recovery(documents)
        document.undo_stack.resetClean()
        recovery._note(document)
        took = []
        for _ in range(5):
            gc.unfreeze()
            gc.collect()
            begin = time.thread_time()
            recovery.keep_now()
            took.append(time.thread_time() - begin)
            recovery.wait()
            recovery._note(document)
        assert min(took) < 0.05
        assert len(list(root().glob("*/*.draft"))) == 1
        recovery.wait()
        recovery.end()


class TestGivingBack:
    def test_a_start_after_a_good_end_offers_nothing(self, start):
        assert notice(start()).isHidden()

    def test_what_was_left_behind_is_offered_by_name(self, start, tmp_path):
        saved = tmp_path / "notes.gradwalk"
        document = document_of("sin(x)", x=1)
        document.save_to(saved)
        change(document, 5.0)
        leave_behind(document, document_of("cos(x)", x=2))
        bar = notice(start())
        assert not bar.isHidden()
        assert bar.words == (
            "Gradwalk ended suddenly. It kept unsaved changes of “notes” and “Untitled”."
        )
        assert bar.accessibleDescription() == bar.words

    def test_it_is_restored_in_tabs_as_changed(self, start, tmp_path):
        saved = tmp_path / "notes.gradwalk"
        document = document_of("sin(x)", x=1)
        document.save_to(saved)
        change(document, 5.0)
        leave_behind(document, document_of("cos(x)", x=2))
        window = start()
        button(notice(window), "Restore").click()
        notes, untitled = window.documents
        assert (notes.title, notes.path, value_of(notes)) == ("notes", saved, 5.0)
        assert (untitled.title, untitled.path, value_of(untitled)) == ("Untitled", None, 2.0)
        assert notes.is_modified
        assert untitled.is_modified
        assert load(saved).graph.blocks["b1"].value == 1.0
        assert notice(window).isHidden()
        assert len(kept(window)) == 2  # and it is kept on, for the next crash

    def test_restoring_goes_by_keyboard(self, start, qtbot):
        leave_behind(document_of("cos(x)", x=2))
        window = start()
        window.window().activateWindow()
        qtbot.waitUntil(lambda: button(notice(window), "Restore").hasFocus())
        QTest.keyClick(button(notice(window), "Restore"), Qt.Key.Key_Space)
        assert value_of(window.document) == 2.0

    def test_what_is_discarded_is_gone(self, start):
        leave_behind(document_of("cos(x)", x=2))
        window = start()
        button(notice(window), "Discard").click()
        window.recovery.wait()
        assert list(root().iterdir()) == []
        assert notice(window).isHidden()
        assert len(window.documents) == 1

    def test_escape_leaves_it_for_the_next_start(self, start):
        leave_behind(document_of("cos(x)", x=2))
        window = start()
        QTest.keyClick(button(notice(window), "Restore"), Qt.Key.Key_Escape)
        assert notice(window).isHidden()
        assert window.window().close()
        assert not notice(start()).isHidden()

    def test_escape_goes_to_the_canvas_in_front_whatever_was_closed_since(self, start, qapp):
        leave_behind(document_of("cos(x)", x=2))
        window = start()
        window.show_document(document_of("exp(x)", x=1))  # in place of that of the start
        qapp.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        notice(window).setFocus()
        QTest.keyClick(button(notice(window), "Restore"), Qt.Key.Key_Escape)
        assert window.window().focusWidget() is window.view

    def test_what_another_window_offers_is_not_offered_twice(self, start):
        leave_behind(document_of("cos(x)", x=2))
        first, second = start(), start()
        assert not notice(first).isHidden()
        assert notice(second).isHidden()

    def test_what_cannot_be_read_is_told_and_the_rest_is_given_back(self, start, monkeypatch):
        leave_behind(document_of("sin(x)", x=1), document_of("cos(x)", x=2))
        (broken, _) = sorted(root().glob("*/*.draft"))
        broken.write_bytes(broken.read_bytes()[:-20])
        told_ = []
        monkeypatch.setattr(QMessageBox, "exec", lambda box: told_.append(box.text()))
        window = start()
        button(notice(window), "Restore").click()
        assert told_[0].startswith("What was kept of “Untitled” is lost.")
        assert value_of(window.document) == 2.0
        assert broken.exists()

    def test_many_are_not_all_listed(self):
        leave_behind(*(document_of("sin(x)", x=1) for _ in range(5)))
        (folder,) = left_behind(root())
        assert told(folder.drafts()).endswith("of “Untitled”, “Untitled” and 3 more.")
        folder.remove()


def test_windows_that_are_killed_lose_nothing_older_than_five_seconds(tmp_path):
    # python -m tests.gui.killing does it as often as one likes.
    done = subprocess.run(
        [sys.executable, "-m", "tests.gui.killing", str(tmp_path), "--windows", "12"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, ""), done.stdout + done.stderr
    assert "12 windows were killed" in done.stdout
