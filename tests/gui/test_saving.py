"""A large document is saved beside the window, as it was when that was asked for."""

from __future__ import annotations

import threading

import numpy as np
import pytest
from PySide6.QtWidgets import QMessageBox

import gui.background
import gui.saving
from engine.document import Place
from engine.storage import dumps, load
from gui.document import OpenDocument
from tests.gui.test_large_graphs import grid

SAVE = QMessageBox.StandardButton.Save


@pytest.fixture
def large(window, tmp_path, qtbot):
    """A document of thousands of blocks with a file and unsaved changes."""
    document = OpenDocument(grid(1_700))
    document.save_to(tmp_path / "large.gradwalk")
    window.show_document(document)
    document.rename("b7", "seventh")
    return document


@pytest.fixture
def held(monkeypatch):
    """A gate that lets nothing be written until it is opened; notes who writes."""
    gate, real = threading.Event(), gui.saving.write_whole
    gate.threads = set()

    def wait(path, content):
        gate.threads.add(threading.current_thread())
        gate.wait()
        real(path, content)

    monkeypatch.setattr(gui.saving, "write_whole", wait)
    yield gate
    gate.set()


def ended(qtbot, window):
    qtbot.waitUntil(lambda: not window.errands.busy, timeout=20_000)


def test_it_is_written_on_another_thread_and_is_saved_then(window, qtbot, large, held):
    assert large.is_modified
    window.actions_by_name["save"].trigger()
    assert large.is_modified
    held.set()
    ended(qtbot, window)
    assert held.threads
    assert threading.main_thread() not in held.threads
    assert not large.is_modified
    assert dumps(load(large.path)) == dumps(large.kept())
    assert not large.is_changed_on_disk()


def test_what_is_changed_meanwhile_is_not_saved_and_the_title_says_so(window, qtbot, large, held):
    wanted = dumps(large.kept())
    window.actions_by_name["save"].trigger()
    qtbot.waitUntil(lambda: bool(held.threads))
    large.move({"b9": Place(9.0, 9_999.0)})
    held.set()
    ended(qtbot, window)
    assert large.path.read_text("utf-8") == wanted
    assert large.is_modified
    large.undo_stack.setIndex(0)  # what was saved once is not what the file holds now
    assert large.is_modified
    assert not large.is_changed_on_disk()


def test_saving_that_is_given_up_too_late_is_not_taken_for_somebody_else_s(
    window, qtbot, large, held
):
    window.actions_by_name["save"].trigger()
    qtbot.waitUntil(lambda: bool(held.threads))
    window.errands.give_up()
    held.set()
    qtbot.waitUntil(lambda: "seventh" in large.path.read_text("utf-8"))
    assert large.is_modified
    assert not large.is_changed_on_disk()
    large.path.write_text(dumps(grid(5)), "utf-8")
    assert large.is_changed_on_disk()


def test_a_file_that_cannot_be_written_is_told_and_nothing_is_saved(
    window, qtbot, large, monkeypatch
):
    told = []
    monkeypatch.setattr("gui.files.complain", lambda *words: told.append(words[1:]))
    large.path.unlink()
    large.path.mkdir()
    large.digest = None
    window.actions_by_name["save"].trigger()
    ended(qtbot, window)
    ((title, sentence),) = told
    assert title == "Not saved"
    assert "folder" in sentence
    assert large.is_modified


def test_few_blocks_with_a_huge_array_are_long_to_write_and_others_are_not(tutorial):
    assert not gui.saving.is_long(tutorial.graph)
    tutorial.set_value("b1", np.zeros(30_000))
    assert gui.saving.is_long(tutorial.graph)


@pytest.fixture
def answers(monkeypatch):
    """Answers the questions about unsaved changes, in order; one without an answer is a failure."""
    given = []
    monkeypatch.setattr(QMessageBox, "exec", lambda _: given.pop(0))
    return given


def test_a_large_document_that_is_saved_on_closing_is_closed_when_it_is_written(
    window, qtbot, large, held, answers
):
    answers.append(SAVE)
    assert not window.close_tab(large)
    qtbot.waitUntil(lambda: bool(held.threads))
    assert large in window.documents  # and the window goes on meanwhile
    held.set()
    qtbot.waitUntil(lambda: large not in window.documents)
    assert threading.main_thread() not in held.threads
    assert "seventh" in large.path.read_text("utf-8")


def test_a_document_whose_saving_on_closing_is_given_up_stays(window, qtbot, large, held, answers):
    answers.append(SAVE)
    assert not window.close_tab(large)
    qtbot.waitUntil(lambda: bool(held.threads))
    window.errands.give_up()
    held.set()
    ended(qtbot, window)
    assert large in window.documents


def test_what_is_changed_while_it_is_saved_to_be_closed_is_asked_about_again(
    window, qtbot, large, held, answers
):
    answers += [SAVE, QMessageBox.StandardButton.Cancel]
    assert not window.close_tab(large)
    qtbot.waitUntil(lambda: bool(held.threads))
    large.rename("b9", "ninth")
    held.set()
    qtbot.waitUntil(lambda: not answers)
    assert large in window.documents


def test_the_window_closes_when_all_is_written_and_asks_about_nothing_twice(
    window, qtbot, large, held, answers, tmp_path
):
    lost, other = (OpenDocument(grid(count)) for count in (5, 1_600))
    for document in (lost, other):
        window.documents.open(document)
        document.save_to(tmp_path / f"{document is other}.gradwalk")
        document.rename("b2", "second")
    window.documents.move(window.documents.index(lost), 0)
    discard = QMessageBox.StandardButton.Discard
    answers += [{lost: discard, large: SAVE, other: SAVE}[each] for each in window.documents]
    held.set()
    main = window.window()
    assert not main.close()
    qtbot.waitUntil(lambda: not main.isVisible(), timeout=20_000)
    assert not answers
    assert "second" not in lost.path.read_text("utf-8")
    for document, name in ((large, "seventh"), (other, "second")):
        assert name in document.path.read_text("utf-8")


def test_other_tabs_are_closed_one_after_the_other_as_they_are_written(
    window, qtbot, large, held, answers
):
    front = OpenDocument(grid(5))
    window.documents.open(front)
    held.set()
    answers.append(SAVE)
    window.actions_by_name["close_others"].trigger()
    qtbot.waitUntil(lambda: list(window.documents) == [front], timeout=20_000)
    assert window.document is front
    assert "seventh" in large.path.read_text("utf-8")


def test_what_is_saved_on_closing_is_not_written_over_by_an_older_save(
    window, qtbot, large, monkeypatch
):
    gate, begun, real = threading.Event(), threading.Event(), gui.saving.digest_of

    def wait(content):
        begun.set()
        gate.wait()
        return real(content)

    monkeypatch.setattr(gui.saving, "digest_of", wait)
    monkeypatch.setattr(QMessageBox, "exec", lambda _: QMessageBox.StandardButton.Save)
    window.actions_by_name["save"].trigger()
    qtbot.waitUntil(begun.is_set)
    large.rename("b9", "ninth")
    assert not window.close_tab(large)
    gate.set()
    qtbot.waitUntil(lambda: large not in window.documents, timeout=20_000)
    assert "ninth" in large.path.read_text("utf-8")


def test_an_older_save_that_ends_late_does_not_make_a_newer_one_look_changed(
    window, qtbot, large, held
):
    window.actions_by_name["save"].trigger()
    qtbot.waitUntil(lambda: bool(held.threads))
    held.set()
    gui.background.RUNNER.submit(lambda: None).result()  # it is written, and nobody knows yet
    large.rename("b9", "ninth")
    large.save_to(large.path)
    ended(qtbot, window)
    assert not large.is_modified
    assert not large.is_changed_on_disk()


def test_a_copy_that_is_still_being_written_is_not_lost_by_closing_without_a_question(
    window, qtbot, large, held, monkeypatch
):
    large.mark_saved()
    asked = []
    monkeypatch.setattr(QMessageBox, "exec", lambda box: asked.append(box.text()))
    window.actions_by_name["save"].trigger()
    assert not window.may_quit()
    assert asked == ["“large” is still being worked on."]
    held.set()
    ended(qtbot, window)
    assert not large.is_at_work
    window.actions_by_name["save"].trigger()
    window.errands.give_up()
    assert not large.is_at_work
