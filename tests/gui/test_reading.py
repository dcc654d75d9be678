"""A long text in the expression bar is read beside the window, and the graph follows it."""

from __future__ import annotations

import threading

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QMessageBox

import gui.reading
from engine.document import Place
from gui.canvas.bubble import Bubble
from gui.document import OpenDocument
from gui.panels.expression_editor import LONGEST
from tests.gui.builders import document_of
from tests.gui.test_expression import field_of

RETURN, ESCAPE = Qt.Key.Key_Return, Qt.Key.Key_Escape


def long_text(lines=200, extra=""):
    return "\n".join(f"a{at} = sin(a{at - 1})" for at in range(1, lines + 1)) + extra


@pytest.fixture
def field(qtbot, window):
    """The field of the expression, with the keyboard in it and everything selected."""
    window.window().activateWindow()
    qtbot.waitUntil(window.window().isActiveWindow)
    window.actions_by_name["edit_expression"].trigger()
    found = field_of(window)
    qtbot.waitUntil(found.hasFocus)
    return found


@pytest.fixture
def held(monkeypatch):
    """A gate that lets no text be read until it is opened; notes on which threads that is done."""
    gate, real = threading.Event(), gui.reading.read_sheet
    gate.threads = []

    def wait(text):
        gate.threads.append(threading.current_thread())
        gate.wait()
        return real(text)

    monkeypatch.setattr(gui.reading, "read_sheet", wait)
    yield gate
    gate.set()


def paste(field, text, qapp):
    qapp.clipboard().setText(text)
    field.paste()


def kinds(document):
    return [block.kind for block in document.graph.blocks.values()]


def begun(qtbot, held):
    qtbot.waitUntil(lambda: bool(held.threads))


def ended(qtbot, window):
    qtbot.waitUntil(lambda: not window.errands.busy, timeout=20_000)


def follows(qtbot, document, count):
    qtbot.waitUntil(lambda: kinds(document).count("sin") == count, timeout=20_000)


def test_the_window_goes_on_and_then_the_graph_follows_as_one_edit(
    window, field, held, qtbot, qapp
):
    before = window.document.kept()
    paste(field, long_text(), qapp)
    begun(qtbot, held)
    assert window.document.kept() == before
    held.set()
    follows(qtbot, window.document, 200)
    assert set(held.threads).isdisjoint({threading.main_thread()})
    assert field.toPlainText() == long_text()
    twin = OpenDocument(before.copy())
    twin.rewrite(gui.reading.parsed(long_text())[1], 0)
    assert window.document.kept() == twin.kept()
    assert window.document.undo_stack.undoText() == "edit expression"
    window.document.undo_stack.undo()
    assert window.document.kept() == before


def test_what_is_typed_meanwhile_is_read_as_well(window, field, held, qtbot, qapp):
    paste(field, long_text(), qapp)
    begun(qtbot, held)
    paste(field, "\na201 = sin(a200)", qapp)
    held.set()
    follows(qtbot, window.document, 201)
    assert window.document.undo_stack.count() == 1


def test_a_mistake_in_a_long_text_is_pointed_at_where_it_is(window, field, qtbot, qapp):
    text = long_text(extra="\nb = sin(a7")
    before = window.document.kept()
    paste(field, text, qapp)
    bubble = next(b for b in window.findChildren(Bubble) if b.parent() is window)
    qtbot.waitUntil(bubble.isVisible, timeout=20_000)
    assert window.document.kept() == before
    assert field.toPlainText() == text


def test_enter_leaves_the_field_once_the_text_is_read(window, field, held, qtbot, qapp):
    paste(field, long_text(), qapp)
    QTest.keyClick(field, RETURN)
    begun(qtbot, held)
    assert field.hasFocus()
    held.set()
    qtbot.waitUntil(window.view.hasFocus, timeout=20_000)
    assert kinds(window.document).count("sin") == 200
    assert field.toPlainText().startswith("201 blocks")


def test_who_leaves_the_field_loses_nothing_that_was_typed(window, field, held, qtbot, qapp):
    paste(field, long_text(), qapp)
    window.view.setFocus()
    begun(qtbot, held)
    assert field.toPlainText() == long_text()
    held.set()
    follows(qtbot, window.document, 200)
    qtbot.waitUntil(lambda: field.toPlainText().startswith("201 blocks"))


def test_escape_gives_up_what_is_being_read(window, field, held, qtbot, qapp):
    before = window.document.kept()
    was = field.toPlainText()
    paste(field, long_text(), qapp)
    begun(qtbot, held)
    QTest.keyClick(field, ESCAPE)
    held.set()
    ended(qtbot, window)
    assert window.document.kept() == before
    assert not window.document.undo_stack.count()
    assert field.toPlainText() == was


def test_another_document_that_comes_to_the_front_is_not_written_into(
    window, field, held, qtbot, qapp
):
    document = window.document
    document.move({"b1": Place(-7.0, 777.0)})  # else it would make room for the other
    paste(field, long_text(), qapp)
    begun(qtbot, held)
    other = document_of("exp(t)", t=2)
    window.show_document(other)
    held.set()
    follows(qtbot, document, 200)
    ended(qtbot, window)
    assert kinds(other) == ["input", "exp"]
    assert "exp(t)" in field.toPlainText()


def test_what_is_moved_meanwhile_stays_where_it_was_put(window, field, held, qtbot, qapp):
    document = window.document
    paste(field, long_text(extra="\ny = square(exp(square(x)))"), qapp)
    begun(qtbot, held)
    document.move({"b1": Place(-7.0, 777.0)})
    held.set()
    follows(qtbot, document, 200)
    assert document.place("b1") == Place(-7.0, 777.0)


def test_a_text_that_nobody_could_edit_is_refused_with_a_sentence(window, field, qapp):
    was = field.toPlainText()
    paste(field, "x + " * (LONGEST // 4 + 1), qapp)
    assert field.toPlainText() == was
    labels = window.view.findChildren(QLabel)
    (said,) = (label.text() for label in labels if label.accessibleName() == "Message")
    assert "100,004 characters" in said


def test_what_is_given_up_is_not_read_again_until_more_is_typed(window, field, held, qtbot, qapp):
    before = window.document.kept()
    paste(field, long_text(), qapp)
    begun(qtbot, held)
    window.actions_by_name["give_up"].trigger()
    assert field.hasFocus()
    held.set()
    ended(qtbot, window)
    assert window.document.kept() == before
    assert field.toPlainText() == long_text()
    paste(field, "\na201 = sin(a200)", qapp)
    follows(qtbot, window.document, 201)


def test_a_tab_that_is_closed_while_its_text_is_read_leaves_the_field_to_the_others(
    window, field, held, qtbot, qapp, monkeypatch
):
    monkeypatch.setattr(QMessageBox, "exec", lambda _: QMessageBox.StandardButton.Discard)
    document = window.document
    document.move({"b1": Place(-7.0, 777.0)})  # else it would make room for the other
    window.show_document(document_of("exp(t)", t=2))
    window.documents.bring_to_front(document)
    window.actions_by_name["edit_expression"].trigger()
    qtbot.waitUntil(field.hasFocus)
    paste(field, long_text(), qapp)
    begun(qtbot, held)
    assert window.close_tab(document)
    held.set()
    ended(qtbot, window)
    window.actions_by_name["edit_expression"].trigger()
    qtbot.waitUntil(field.hasFocus)
    paste(field, long_text(150), qapp)
    follows(qtbot, window.document, 150)


def test_escape_takes_a_long_text_back_beside_the_window(window, field, qtbot, qapp):
    document = window.document
    before, shown = document.kept(), field.toPlainText()
    paste(field, long_text(), qapp)
    follows(qtbot, document, 200)
    ended(qtbot, window)
    QTest.keyClick(field, ESCAPE)
    assert window.view.hasFocus()
    assert kinds(document).count("sin") == 200  # the window waits for nothing
    qtbot.waitUntil(lambda: document.undo_stack.index() == 0, timeout=20_000)
    ended(qtbot, window)
    assert document.kept() == before
    assert field.toPlainText() == shown
