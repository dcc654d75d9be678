"""Files that others change while they are open here: noticed, and not written over unasked."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtWidgets import QFileDialog, QMessageBox

from engine.document import Score
from engine.storage import dumps, load, save
from gui.panels.notice_bar import NoticeBar
from gui.panels.warning_card import LinkButton
from tests.gui.builders import document_of
from tests.gui.test_large_graphs import grid

VERSIONS = sorted((Path(__file__).parents[1] / "data" / "versions").glob("*.gradwalk"))


def change(document, value=2.0):
    document.set_value(document.inputs()[0], np.array(value))


def value_of(document):
    return document.graph.block(document.inputs()[0]).value.item()


@pytest.fixture
def path(tmp_path):
    return tmp_path / "notes.gradwalk"


@pytest.fixture
def notes(window, path):
    """A document in front that has a file."""
    document_of("sin(x)", x=1).save_to(path)
    window.open_path(path)
    return window.document


@pytest.fixture
def bar(window):
    bars = window.findChildren(NoticeBar)
    return next(bar for bar in bars if bar.accessibleName() == "The file on the disk")


def by_another_program(path, value=9.0):
    """Save a file as another program does."""
    other = document_of("sin(x)", x=value)
    other.count_answer(right=True)
    save(other.kept(), path)


def press(bar, name):
    next(b for b in bar.findChildren(LinkButton) if b.accessibleName() == name).click()


def offers(bar):
    return [b.accessibleName() for b in bar.findChildren(LinkButton) if not b.isHidden()]


@pytest.fixture
def answer(monkeypatch):
    """Answer the next question by the text of a button."""
    asked = []

    def give(text):
        def answered(box):
            asked.append(box.text())
            for button in box.buttons():
                if button.text().replace("&", "") == text:
                    button.click()

        monkeypatch.setattr(QMessageBox, "exec", answered)
        return asked

    return give


class TestNoticing:
    def test_a_change_by_another_program_is_told(self, notes, path, bar, qtbot):
        assert bar.words == ""
        by_another_program(path)
        qtbot.waitUntil(lambda: bar.words != "")
        assert bar.words == "“notes.gradwalk” was changed by another program."
        assert offers(bar) == ["Reload", "Keep Mine"]

    def test_so_is_one_that_writes_into_the_file(self, notes, path, bar, qtbot):
        path.write_text(path.read_text("utf-8").replace("1.0", "8.0"), "utf-8")
        qtbot.waitUntil(lambda: bar.words != "")

    def test_and_the_next_change_after_it(self, notes, path, bar, qtbot):
        for value in (5.0, 6.0):
            by_another_program(path, value)
            qtbot.waitUntil(lambda: bar.words != "")
            press(bar, "Reload")
            assert value_of(notes) == value
            assert bar.words == ""

    def test_a_file_that_was_only_touched_is_not_told_of(self, window, notes, path, bar, qtbot):
        os.utime(path, (1, 1))
        with qtbot.waitSignal(window._watching.looked):
            path.touch()
        assert bar.words == ""

    def test_a_folder_where_much_goes_on_does_not_have_the_file_read_again(
        self, window, notes, tmp_path, qtbot, monkeypatch
    ):
        window._watching.look()
        monkeypatch.setattr("gui.document.digest_on_disk", lambda _: pytest.fail("it is read"))
        with qtbot.waitSignal(window._watching.looked):
            (tmp_path / "something else").touch()

    def test_saving_here_is_not_told_of(self, window, notes, bar, qtbot):
        change(notes)
        with qtbot.waitSignal(window._watching.looked):
            window.save(notes)
        with qtbot.waitSignal(window._watching.looked):
            pass  # the watcher has seen it
        assert bar.words == ""

    def test_a_file_that_is_gone_is_told_and_saved_again(self, window, notes, path, bar, qtbot):
        path.unlink()
        qtbot.waitUntil(lambda: bar.words != "")
        assert bar.words == "“notes.gradwalk” is not there any more. Saving writes it again."
        assert window.save(notes)
        assert load(path).graph == notes.graph
        assert bar.words == ""

    def test_a_file_that_is_gone_counts_as_unsaved(self, notes, path, bar, qtbot):
        path.unlink()
        qtbot.waitUntil(lambda: bar.words != "")
        press(bar, "Close")
        assert notes.is_modified
        assert bar.words == ""

    def test_it_is_told_of_the_document_in_front(self, window, notes, path, bar, qtbot):
        window.show_document(document_of("cos(x)", x=1))
        by_another_program(path)
        with qtbot.waitSignal(window._watching.looked):
            pass
        assert bar.words == ""
        window.documents.bring_to_front(notes)
        assert bar.words != ""


class TestReloading:
    def test_it_takes_in_what_the_file_holds(self, notes, path, bar, qtbot):
        by_another_program(path)
        qtbot.waitUntil(lambda: bar.words != "")
        press(bar, "Reload")
        assert value_of(notes) == 9.0
        assert notes.score == Score(1, 1)
        assert not notes.is_modified
        assert bar.words == ""

    @pytest.mark.parametrize("kept", VERSIONS, ids=lambda kept: kept.stem)
    def test_it_takes_in_all_that_a_file_can_hold(self, notes, path, kept):
        shutil.copy(kept, path)
        notes.reload()
        assert dumps(notes.kept()) == kept.read_text("utf-8")

    def test_a_large_graph_is_folded_as_when_it_is_opened(self, notes, path):
        save(grid(600), path)
        notes.reload()
        assert notes.groups.all
        assert not notes.is_modified

    def test_a_large_file_is_read_beside_the_window(self, window, notes, path, bar, qtbot):
        before = dumps(notes.kept())
        save(grid(4000), path)
        qtbot.waitUntil(lambda: bar.words != "")
        press(bar, "Reload")
        assert dumps(notes.kept()) == before
        qtbot.waitUntil(lambda: len(notes.graph) == 3999, timeout=20_000)
        assert notes.groups.all
        assert not notes.is_modified
        assert bar.words == ""
        notes.undo_stack.undo()
        assert dumps(notes.kept()) == path.read_text("utf-8")
        notes.undo_stack.undo()
        assert dumps(notes.kept()) == before

    def test_it_can_be_undone(self, notes, path, bar, qtbot):
        change(notes, 4.0)
        by_another_program(path)
        qtbot.waitUntil(lambda: bar.words != "")
        press(bar, "Reload")
        notes.undo_stack.undo()
        assert value_of(notes) == 4.0
        assert notes.is_modified

    def test_a_file_that_was_broken_is_told_and_nothing_is_lost(
        self, notes, path, bar, qtbot, answer
    ):
        path.write_text("{")
        qtbot.waitUntil(lambda: bar.words != "")
        asked = answer("OK")
        press(bar, "Reload")
        assert asked[0].startswith("notes.gradwalk cannot be opened: it is not JSON")
        assert value_of(notes) == 1.0
        assert bar.words != ""  # it still holds something else


class TestKeeping:
    def test_what_is_here_goes_on_and_counts_as_unsaved(self, window, notes, path, bar, qtbot):
        by_another_program(path)
        qtbot.waitUntil(lambda: bar.words != "")
        press(bar, "Keep Mine")
        assert value_of(notes) == 1.0
        assert notes.is_modified
        assert bar.words == ""
        assert window.save(notes)  # and is not asked about again
        assert load(path).graph.named("x").value == 1.0


class TestSavingOver:
    @pytest.fixture(autouse=True)
    def _changed(self, notes, path):
        change(notes, 4.0)
        by_another_program(path)

    def test_a_changed_file_is_asked_about(self, window, notes, path, answer):
        asked = answer("Cancel")
        assert not window.save(notes)
        assert asked == [
            "“notes.gradwalk” was changed by another program since it was opened here."
        ]
        assert load(path).graph.named("x").value == 9.0
        assert notes.is_modified

    def test_it_can_be_replaced(self, window, notes, path, answer, bar):
        answer("Replace It")
        assert window.save(notes)
        assert load(path).graph.named("x").value == 4.0
        assert not notes.is_modified
        assert bar.words == ""

    def test_it_can_be_saved_elsewhere(self, window, notes, path, tmp_path, answer, monkeypatch):
        answer("Save As…")
        elsewhere = tmp_path / "mine.gradwalk"
        monkeypatch.setattr(QFileDialog, "exec", lambda _: True)
        monkeypatch.setattr(QFileDialog, "selectedFiles", lambda _: [str(elsewhere)])
        assert window.save(notes)
        assert load(elsewhere).graph.named("x").value == 4.0
        assert load(path).graph.named("x").value == 9.0
        assert notes.path == elsewhere
