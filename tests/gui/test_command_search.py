"""The search for everything that can be done."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QListWidget

from gui import files
from gui.actions import ACTIONS, SUBMENUS
from gui.command_search import CommandSearch, entries, found
from gui.fuzzy import fit
from tests.gui.builders import document_of


@pytest.fixture
def search(window):
    """Open the search, as many times as is wanted."""

    def opened():
        window.actions_by_name["search_actions"].trigger()
        return next(d for d in window.findChildren(CommandSearch) if d.isVisible())

    return opened


def field_of(dialog):
    return dialog.findChild(QLineEdit)


def shown(dialog):
    rows = dialog.findChild(QListWidget)
    return [rows.item(at).text() for at in range(rows.count())]


def press(dialog, *keys):
    for key in keys:
        QTest.keyClick(field_of(dialog), key)


def test_every_action_of_the_table_is_offered(window):
    names = {entry.name for entry in entries(window)}
    wanted = {spec.name for spec in ACTIONS} - {*SUBMENUS, "search_actions"}
    assert wanted <= names


def test_a_few_letters_find_an_action_and_enter_does_it(window, search):
    dialog = search()
    QTest.keyClicks(field_of(dialog), "shall")
    assert shown(dialog)[0] == "Show All Numbers"
    press(dialog, Qt.Key.Key_Return)
    assert window.view.canvas.show_all
    assert not dialog.isVisible()


def test_arrow_keys_choose_another(window, search):
    window.player.seek(3)
    dialog = search()
    QTest.keyClicks(field_of(dialog), "to the")
    assert shown(dialog)[:2] == ["To the Start", "To the End"]
    press(dialog, Qt.Key.Key_Down, Qt.Key.Key_Return)
    assert window.player.at_end


def test_escape_closes_it(window, search):
    dialog = search()
    press(dialog, Qt.Key.Key_Escape)
    assert not dialog.isVisible()


def test_what_was_done_last_comes_first(window, search):
    for letters in ("fitall", "tidy"):
        dialog = search()
        QTest.keyClicks(field_of(dialog), letters)
        press(dialog, Qt.Key.Key_Return)
    assert shown(search())[:2] == ["Tidy Up", "Fit All"]


def test_what_cannot_be_done_now_is_shown_and_not_done(window, search):
    dialog = search()
    QTest.keyClicks(field_of(dialog), "undo")
    assert shown(dialog)[0] == "Undo"
    press(dialog, Qt.Key.Key_Return)
    assert dialog.isVisible()


def test_examples_and_recent_files_are_reached(window, search, tmp_path):
    path = tmp_path / "notes.gradwalk"
    document_of("sin(x)", x=1).save_to(path)
    files.remember(path)
    dialog = search()
    QTest.keyClicks(field_of(dialog), "notes")
    press(dialog, Qt.Key.Key_Return)
    assert window.document.path == path
    dialog = search()
    QTest.keyClicks(field_of(dialog), "rosen")
    press(dialog, Qt.Key.Key_Return)
    assert window.document.title == "Rosenbrock"


def test_nothing_that_fits_is_said(window, search):
    dialog = search()
    QTest.keyClicks(field_of(dialog), "qqqq")
    assert shown(dialog) == ["Nothing fits. Escape closes."]
    press(dialog, Qt.Key.Key_Return)
    assert dialog.isVisible()


def test_the_button_in_the_strip_opens_it(window):
    QTest.mouseClick(window.header._search, Qt.MouseButton.LeftButton)
    assert any(dialog.isVisible() for dialog in window.findChildren(CommandSearch))


def test_letters_that_begin_words_fit_best():
    texts = ["Differentiate This", "Duplicate", "Delete", "Draw a Wire"]
    assert max(texts, key=lambda text: fit("dt", text) or -99) == "Differentiate This"
    assert max(texts, key=lambda text: fit("daw", text) or -99) == "Draw a Wire"
    assert fit("wd", "Draw a Wire") is None


def test_the_menu_is_searched_too(window):
    assert any(entry.text == "New" for entry in found("file new", entries(window), []))


def test_it_is_no_higher_than_what_it_has_found(search):
    dialog = search()
    whole = dialog.height()
    field_of(dialog).setText("colour by grad")
    rows = len(shown(dialog))
    assert rows < 4
    assert dialog.height() < whole
    seen = dialog.findChild(QListWidget)
    assert seen.viewport().height() >= rows * seen.sizeHintForRow(0)
    field_of(dialog).clear()
    assert dialog.height() == whole
