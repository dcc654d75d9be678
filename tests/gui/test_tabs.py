"""Several documents in tabs: each with its own undo, canvas and place in the walk."""

from __future__ import annotations

import gc
import weakref

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QMessageBox, QTabBar

from gui import files
from gui.closed import MOST_CLOSED
from gui.document import OpenDocument
from tests.gui.builders import document_of

ANSWERS = QMessageBox.StandardButton


@pytest.fixture
def answers(monkeypatch):
    """Answer the questions about unsaved changes; without an answer, a question is a failure."""
    given = []
    monkeypatch.setattr(QMessageBox, "exec", lambda _: given.pop(0))
    return given


@pytest.fixture
def pair(window):
    """Two documents: the tutorial, changed, and behind it in the row a sine, in front."""
    first = window.document
    change(first)
    second = document_of("sin(x)", x=1)
    window.show_document(second)
    return first, second


def change(document, value=2.0):
    document.set_value(document.inputs()[0], value)


def tabs_of(window):
    return next(bar for bar in window.findChildren(QTabBar) if bar.accessibleName() == "Documents")


def press(qtbot, window, key, held):
    """Press a key in the window once it has the keyboard: shortcuts are of the active window."""
    window.window().activateWindow()
    qtbot.waitUntil(window.window().isActiveWindow)
    QTest.keyClick(window.view, key, held)


def titles(window):
    tabs = tabs_of(window)
    return [tabs.tabText(at) for at in range(tabs.count())]


def saved(tmp_path, name, expression="sin(x)"):
    path = tmp_path / f"{name}.gradwalk"
    path.parent.mkdir(exist_ok=True)
    document_of(expression, x=1).save_to(path)
    return path


class TestOpening:
    def test_a_document_takes_the_place_of_the_tutorial_that_nobody_touched(self, window):
        first, second = window.document, document_of("sin(x)", x=1)
        window.show_document(second)
        assert list(window.documents) == [second]
        assert window.document is second
        assert first not in window.documents
        assert not tabs_of(window).isVisible()

    def test_a_tutorial_that_was_changed_stays_in_a_tab(self, window, pair):
        assert list(window.documents) == list(pair)
        assert window.document is pair[1]
        assert tabs_of(window).isVisible()

    def test_what_somebody_asked_for_stays_too(self, window, tmp_path):
        window.open_example(saved(tmp_path, "one"))
        window.open_example(saved(tmp_path, "two"))
        assert titles(window) == ["One", "Two"]

    def test_a_new_document_is_empty_and_gives_way_to_a_file(self, window, tmp_path):
        window.open_example(saved(tmp_path, "one"))
        window.commands.new()
        assert titles(window) == ["One", "Untitled"]
        window.commands.new()
        assert titles(window) == ["One", "Untitled", "Untitled 2"]
        window.open_path(saved(tmp_path, "notes"))
        assert titles(window) == ["One", "Untitled", "notes"]

    def test_a_file_that_is_open_comes_to_the_front(self, window, pair, tmp_path):
        path = saved(tmp_path, "notes")
        window.open_path(path)
        opened = window.document
        window.documents.bring_to_front(pair[0])
        window.open_path(tmp_path / "." / "notes.gradwalk")
        assert window.document is opened
        assert len(window.documents) == 3

    def test_a_file_that_cannot_be_read_changes_nothing(self, window, answers, tmp_path):
        answers.append(ANSWERS.Ok)
        before = list(window.documents)
        window.open_path(tmp_path / "missing.gradwalk")
        assert list(window.documents) == before

    def test_files_of_the_same_name_are_told_apart_by_their_folder(self, window, tmp_path):
        for folder in ("a", "b"):
            window.open_path(saved(tmp_path / folder, "notes"))
        assert titles(window) == ["notes · a", "notes · b"]

    def test_it_opens_beside_the_one_in_front(self, window, pair):
        window.documents.bring_to_front(pair[0])
        third = document_of("cos(x)", x=1)
        window.show_document(third)
        assert list(window.documents) == [pair[0], third, pair[1]]


class TestEachHasItsOwn:
    def test_undo(self, window, pair):
        first, second = pair
        change(second)
        window.documents.bring_to_front(first)
        window.commands.undo()
        assert first.graph.block(first.inputs()[0]).value == 0.5
        assert second.graph.block(second.inputs()[0]).value == 2
        assert second.undo_stack.canUndo()
        assert not window.actions_by_name["undo"].isEnabled()
        window.documents.bring_to_front(second)
        assert window.actions_by_name["undo"].isEnabled()

    def test_place_in_the_walk(self, window, pair):
        first, second = pair
        window.player.seek(3)
        window.documents.bring_to_front(first)
        assert window.player.recording is first.recording
        assert window.player.moment.cursor == 0
        window.player.seek(5)
        window.documents.bring_to_front(second)
        assert window.player.recording is second.recording
        assert window.player.moment.cursor == 3
        window.documents.bring_to_front(first)
        assert window.player.moment.cursor == 5

    def test_zoom_and_selection(self, window, pair):
        first, second = pair
        window.view.canvas.selection.choose(second.inputs())
        window.view.set_zoom(0.5)
        window.view.shift(window.view.mapToScene(QPoint(40, 30)))
        seen = window.view.visible_rect()
        window.documents.bring_to_front(first)
        assert window.view.canvas.selection.blocks() == []
        assert window.view.zoom != 0.5
        window.documents.bring_to_front(second)
        assert window.view.canvas.selection.blocks() == second.inputs()
        assert window.view.zoom == 0.5
        assert window.view.visible_rect() == seen

    def test_what_is_behind_shows_its_own_walk_and_does_not_follow_the_other(self, window, pair):
        first, second = pair
        canvas = window.view.canvas
        window.player.seek(2)
        window.documents.bring_to_front(first)
        window.player.seek(6)
        assert canvas.moment.recording is second.recording
        assert canvas.moment.cursor == 2

    def test_a_walk_that_is_left_stops_where_it_is(self, window, pair):
        window.player.play()
        window.documents.bring_to_front(pair[0])
        assert not window.player.playing
        assert window.actions_by_name["play"].text() == "Play"

    def test_a_change_behind_is_walked_when_it_comes_to_the_front(self, window, pair):
        first, second = pair
        window.player.to_end()
        window.documents.bring_to_front(first)
        change(second, 3.0)
        assert window.player.recording is first.recording
        window.documents.bring_to_front(second)
        assert window.player.recording is second.recording
        assert window.player.moment.cursor == window.player.last

    def test_show_all_numbers_holds_for_every_canvas(self, window, pair):
        window.actions_by_name["show_all"].setChecked(True)
        window.documents.bring_to_front(pair[0])
        assert window.view.canvas.show_all


class TestTurning:
    def test_keys_go_round_the_row(self, qtbot, window, pair):
        control, shift = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
        press(qtbot, window, Qt.Key.Key_Tab, control)
        assert window.document is pair[0]
        press(qtbot, window, Qt.Key.Key_Tab, control)
        assert window.document is pair[1]
        press(qtbot, window, Qt.Key.Key_Backtab, control | shift)
        assert window.document is pair[0]
        press(qtbot, window, Qt.Key.Key_PageDown, control)
        assert window.document is pair[1]
        press(qtbot, window, Qt.Key.Key_PageUp, control)
        assert window.document is pair[0]

    def test_a_click_on_a_tab_brings_it_to_the_front(self, qtbot, window, pair):
        tabs = tabs_of(window)
        with qtbot.waitSignal(window.fronted):
            QTest.mouseClick(tabs, Qt.MouseButton.LeftButton, pos=tabs.tabRect(0).center())
        assert window.document is pair[0]
        assert window.header._title.text() == pair[0].title

    def test_everything_in_the_window_is_about_the_one_in_front(self, window, pair):
        window.documents.bring_to_front(pair[0])
        assert "exp" in window.header.expression.toPlainText()
        window.documents.bring_to_front(pair[1])
        assert "sin" in window.header.expression.toPlainText()
        assert "exp" not in window.header.expression.toPlainText()
        assert window.explanation._player.recording is pair[1].recording

    def test_tabs_change_places_by_keyboard(self, window, pair):
        window.actions_by_name["move_tab_left"].trigger()
        assert list(window.documents) == [pair[1], pair[0]]
        assert titles(window) == [pair[1].title, pair[0].title]
        assert window.document is pair[1]
        window.actions_by_name["move_tab_left"].trigger()
        window.actions_by_name["move_tab_right"].trigger()
        assert list(window.documents) == list(pair)

    def test_tabs_change_places_by_mouse(self, window, pair):
        tabs_of(window).moveTab(0, 1)
        assert list(window.documents) == [pair[1], pair[0]]
        assert window.document is pair[1]
        assert tabs_of(window).currentIndex() == 0

    def test_a_tab_says_whether_something_is_unsaved(self, window, pair):
        tabs = tabs_of(window)
        assert "unsaved" in tabs.accessibleTabName(0)
        assert "unsaved" not in tabs.accessibleTabName(1)
        pair[0].undo_stack.undo()
        assert "unsaved" not in tabs.accessibleTabName(0)


class TestClosing:
    def test_the_cross_the_middle_button_and_the_key_close(self, qtbot, window, pair):
        third, fourth = document_of("cos(x)", x=1), document_of("exp(x)", x=1)
        window.show_document(third)
        window.show_document(fourth)
        tabs = tabs_of(window)
        QTest.mouseClick(tabs, Qt.MouseButton.MiddleButton, pos=tabs.tabRect(2).center())
        assert list(window.documents) == [*pair, fourth]
        press(qtbot, window, Qt.Key.Key_W, Qt.KeyboardModifier.ControlModifier)
        assert list(window.documents) == list(pair)
        cross = tabs.tabButton(1, QTabBar.ButtonPosition.RightSide)
        QTest.mouseClick(cross, Qt.MouseButton.LeftButton)
        assert list(window.documents) == [pair[0]]
        assert window.document is pair[0]

    def test_unsaved_changes_are_asked_about_in_sight_of_them(self, window, pair, answers):
        first, second = pair
        answers.append(ANSWERS.Cancel)
        assert not window.close_tab(first)
        assert window.document is first
        answers.append(ANSWERS.Discard)
        assert window.close_tab(first)
        assert list(window.documents) == [second]
        assert window.document is second

    def test_the_last_one_leaves_an_empty_document(self, window):
        window.commands.close_tab()
        assert titles(window) == ["Untitled"]
        assert len(window.document.graph) == 0
        empty = window.document
        window.commands.close_tab()
        assert window.document is empty

    def test_quitting_asks_about_each_and_stops_where_it_is_told_to(self, window, pair, answers):
        change(pair[1])
        third = document_of("cos(x)", x=1)
        window.show_document(third)
        answers += [ANSWERS.Discard, ANSWERS.Cancel]
        assert not window.window().close()
        assert window.document is pair[1]
        assert list(window.documents) == [*pair, third]
        answers += [ANSWERS.Discard, ANSWERS.Discard]
        assert window.window().close()
        assert not answers

    def test_all_but_the_one_in_front_are_closed_at_once(self, window, pair, answers):
        answers.append(ANSWERS.Discard)
        window.actions_by_name["close_others"].trigger()
        assert list(window.documents) == [pair[1]]

    def test_nothing_more_is_closed_once_one_is_to_stay(self, window, pair, answers):
        third = document_of("cos(x)", x=1)
        window.show_document(third)
        answers.append(ANSWERS.Cancel)
        window.actions_by_name["close_others"].trigger()
        assert list(window.documents) == [*pair, third]
        assert window.document is pair[0]


class TestReopening:
    def reopen(self, window):
        window.actions_by_name["reopen_tab"].trigger()

    def test_the_last_comes_first_with_its_place_in_the_walk(self, window, pair, tmp_path):
        one, two = saved(tmp_path, "one"), saved(tmp_path, "two", "exp(x)")
        for path in (one, two):
            window.open_path(path)
        window.player.seek(2)
        window.commands.close_tab()
        window.commands.close_tab()
        self.reopen(window)
        assert window.document.path == one
        self.reopen(window)
        assert window.document.path == two
        assert window.player.moment.cursor == 2
        assert not window.document.is_modified

    def test_what_was_not_to_be_saved_comes_back_and_still_asks(self, window, pair, answers):
        first, _ = pair
        answers.append(ANSWERS.Discard)
        window.close_tab(first)
        self.reopen(window)
        again = window.document
        assert again.graph.block(again.inputs()[0]).value == 2
        assert again.title == first.title
        assert again.is_modified
        answers.append(ANSWERS.Discard)
        window.close_tab(again)

    def test_changes_to_a_file_come_back_as_changes_to_that_file(self, window, tmp_path, answers):
        path = saved(tmp_path, "notes")
        window.open_path(path)
        change(window.document, 7.0)
        answers.append(ANSWERS.Discard)
        window.commands.close_tab()
        self.reopen(window)
        again = window.document
        assert again.path == path
        assert again.is_modified
        assert again.graph.block(again.inputs()[0]).value == 7
        again.save_to(path)
        assert not again.is_modified

    def test_a_file_that_is_gone_is_told_and_one_that_is_open_comes_to_the_front(
        self, window, pair, tmp_path, answers
    ):
        path = saved(tmp_path, "notes")
        window.open_path(path)
        window.commands.close_tab()
        path.unlink()
        answers.append(ANSWERS.Ok)
        self.reopen(window)
        assert not answers
        assert list(window.documents) == list(pair)

    def test_without_anything_closed_it_says_so(self, window):
        self.reopen(window)
        assert window.view._bubble.isVisible()
        assert len(window.documents) == 1


def test_a_document_is_not_saved_over_one_that_is_open(window, tmp_path, monkeypatch, answers):
    path = saved(tmp_path, "notes")
    window.open_path(path)
    kept = path.read_bytes()
    other = document_of("cos(x)", x=1)
    window.show_document(other)
    monkeypatch.setattr(QFileDialog, "exec", lambda _: True)
    monkeypatch.setattr(QFileDialog, "selectedFiles", lambda _: [str(path)])
    answers.append(ANSWERS.Ok)
    window.commands.save_as()
    assert not answers
    assert path.read_bytes() == kept
    assert other.path is None


def test_documents_that_are_closed_are_let_go(window, pair):
    """Dozens are opened and closed, and none of them stays, nor its canvas, nor its recording."""
    gone = []
    for _ in range(30):
        document = document_of("sin(x) * exp(x)", x=1)
        window.show_document(document)
        window.player.seek(2)
        gone += [weakref.ref(each) for each in (document, window.view, window.view.canvas)]
        gone.append(weakref.ref(document.recording))
        window.close_tab(document)
    del document
    window.player.seek(0)
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    QApplication.processEvents()
    gc.unfreeze()
    gc.collect()
    assert [ref() for ref in gone if ref() is not None] == []


def test_no_more_than_a_few_are_kept_to_be_opened_again(window, pair):
    for _ in range(MOST_CLOSED + 5):
        window.show_document(document_of("sin(x)", x=1))
        window.commands.close_tab()
    opened = 0
    while window._closed:
        window.reopen()
        opened += 1
    assert opened == MOST_CLOSED


def test_files_can_be_opened_several_at_once(window, tmp_path, monkeypatch):
    paths = [saved(tmp_path, name) for name in ("one", "two")]
    monkeypatch.setattr(files, "ask_open", lambda _: paths)
    window.commands.open()
    assert titles(window) == ["one", "two"]
    assert isinstance(window.document, OpenDocument)
    assert window.document.path == paths[1]
