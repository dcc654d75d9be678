"""The page of code: it follows the walk, the document and the theme, and leads to the blocks."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QSettings, Qt
from PySide6.QtGui import QTextCursor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog, QMessageBox, QWidget

from gui.document import OpenDocument
from gui.panels import code_page
from gui.theme import theme, themes
from tests.gui.builders import document_of


def named(page, name):
    return next(w for w in page.findChildren(QWidget) if w.accessibleName() == name)


@pytest.fixture
def page(qtbot, window):
    """The page of a shown window, with the tutorial as NumPy."""
    window.actions_by_name["ask_code"].trigger()
    shown = window.side.page("code")
    qtbot.waitUntil(shown.isVisible)
    shown.window = window
    return shown


@pytest.fixture
def view(page):
    return named(page, "Program")


def lit(view):
    return [view.document().findBlockByNumber(at).text() for at in view.lit]


def choose(page, title):
    choice = named(page, "Language")
    choice.setCurrentIndex(choice.findText(title))


def seek(page, step):
    page.window.player.seek(step)


def click(view, text):
    at = next(n for n, line in enumerate(view.toPlainText().split("\n")) if line == text)
    view.setTextCursor(QTextCursor(view.document().findBlockByNumber(at)))
    spot = view.cursorRect().center() + QPoint(10, 0)
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=spot)


def test_an_action_brings_the_page_to_the_front(page, view):
    assert page.window.side.front == "code"
    assert "grad_a = grad_b * b\n" in view.toPlainText()


@pytest.mark.parametrize(
    ("step", "lines"),
    [
        (0, ["x = 0.5"]),
        (2, ["b = math.exp(a)"]),
        (4, ["grad_y = 1.0"]),
        (5, ["grad_b = grad_y * (2 * b)"]),
        (7, ["grad_x = grad_a * (2 * x)"]),
    ],
)
def test_the_line_that_does_the_step_is_lit(page, view, step, lines):
    seek(page, step)
    assert lit(view) == lines
    assert view.accessibleDescription() == f"Running: {lines[0]}"


def test_forward_is_lit_in_blue_and_backward_in_orange(page, view):
    for name in ("light", "dark"):
        themes().choose(name)
        for step, colour in ((2, theme().blue_bg), (6, theme().orange_bg)):
            seek(page, step)
            (mark,) = view.extraSelections()
            assert mark.format.background().color() == colour


def test_in_the_tutorials_style_the_class_and_the_loop_are_lit_and_in_sight(page, view):
    choose(page, "Tutorial")
    seek(page, 6)
    assert lit(view) == [
        "    def backward(self, gy):",
        "        y = self.output.data",
        "        return gy * y",
        "y.backward()",
    ]
    last = QTextCursor(view.document().findBlockByNumber(view.lit[-1]))
    assert view.viewport().rect().contains(view.cursorRect(last).center())


def test_a_walk_that_went_on_unseen_is_caught_up_with(qtbot, page, view):
    page.window.side.turn_to("step")
    seek(page, 6)
    page.window.side.turn_to("code")
    qtbot.waitUntil(page.isVisible)
    assert lit(view) == ["grad_a = grad_b * b"]


def test_an_edit_is_followed(qtbot, page, view):
    document = page.window.document
    document.set_value(document.graph.named("x").id, np.array(2.0))
    qtbot.waitUntil(lambda: "x = 2.0" in view.toPlainText())


def test_another_document_is_followed(qtbot, page, view):
    page.window.show_document(document_of("sin(w)", w=1.0))
    qtbot.waitUntil(lambda: "math.sin(w)" in view.toPlainText())


def test_a_click_on_a_line_selects_its_block(page, view):
    click(view, "grad_a = grad_b * b")
    graph = page.window.document.graph
    assert page.window.view.canvas.selection.blocks() == [graph.named("b").id]


def test_enter_on_a_line_selects_its_block(page, view):
    view.setFocus()
    view.moveCursor(QTextCursor.MoveOperation.Start)
    while view.textCursor().block().text() != "a = x * x":
        QTest.keyClick(view, Qt.Key.Key_Down)
    QTest.keyClick(view, Qt.Key.Key_Return)
    graph = page.window.document.graph
    assert page.window.view.canvas.selection.blocks() == [graph.named("a").id]


def test_a_line_that_is_about_no_block_changes_nothing(page, view):
    click(view, "import math")
    assert page.window.view.canvas.selection.blocks() == []


def test_the_whole_is_copied(qapp, page, view):
    QTest.mouseClick(named(page, "Copy the code"), Qt.MouseButton.LeftButton)
    assert qapp.clipboard().text() == view.toPlainText() + "\n"


def test_numbers_are_offered_where_there_are_any(page, view):
    numbers = next(w for w in page.findChildren(QWidget) if w.property("text") == "Numbers")
    assert numbers.isHidden()
    choose(page, "LaTeX")
    assert not numbers.isHidden()
    assert "1.2840254" not in view.toPlainText()
    numbers.setFocus()
    QTest.keyClick(numbers, Qt.Key.Key_Space)
    assert "1.2840254" in view.toPlainText()


def test_the_language_is_kept(page):
    choose(page, "PyTorch")
    assert QSettings().value("code_language") == "pytorch"


def test_what_cannot_be_written_is_told_in_its_place(qtbot, page, view):
    page.window.show_document(OpenDocument())
    sentence = "There is nothing to write out: no function is in this graph."
    qtbot.waitUntil(lambda: any(w.accessibleName() == sentence for w in page.findChildren(QWidget)))
    assert view.isHidden()
    assert not named(page, "Copy the code").isEnabled()


def test_a_program_is_copied_from_the_menu(qapp, window):
    window.actions_by_name["copy_as_code"].trigger()
    assert "grad_x = grad_a * (2 * x)" in qapp.clipboard().text()


@pytest.fixture
def answer(monkeypatch, tmp_path):
    """Answer the dialog for a file: with a kind of file, and the name that it proposes."""
    asked = []

    def say(kind):
        def run(dialog):
            asked.append(dialog)
            if kind:
                dialog.selectNameFilter(kind)
                dialog.filterSelected.emit(kind)
            return True

        monkeypatch.setattr(QFileDialog, "exec", run)
        monkeypatch.setattr("gui.files.folder", lambda: str(tmp_path))
        return asked

    return say


@pytest.mark.parametrize(
    ("kind", "name", "held"),
    [
        ("", "untitled.py", "math.exp"),
        ("NumPy (*.py)", "untitled.py", "np.exp"),
        ("PyTorch (*.py)", "untitled.py", "torch.exp"),
        ("Notebook (*.ipynb)", "untitled.ipynb", '"nbformat": 4'),
        ("LaTeX (*.tex)", "untitled.tex", r"\begin{document}"),
    ],
)
def test_the_kind_of_file_says_in_which_language(window, answer, tmp_path, kind, name, held):
    answer(kind)
    window.actions_by_name["export_code"].trigger()
    assert held in (tmp_path / name).read_text("utf-8")


def test_what_cannot_be_written_is_told_before_a_file_is_asked_for(window, answer, monkeypatch):
    told = []
    monkeypatch.setattr(QMessageBox, "exec", lambda box: told.append(box.text()))
    window.show_document(OpenDocument())
    asked = answer("")
    window.actions_by_name["export_code"].trigger()
    assert asked == []
    assert told == ["There is nothing to write out: no function is in this graph."]


def test_what_tells_the_numbers_of_a_huge_array_is_written_while_the_window_goes_on(
    qtbot, page, view, threads_of
):
    wrote = threads_of(code_page, "written")
    choose(page, "LaTeX")
    text = "sum(square(broadcast_to(x, shape=(300_000,))))"
    page.window.show_document(document_of(text, x=2.0))
    wrote.clear()
    page._numbers.setChecked(True)
    qtbot.waitUntil(lambda: "Going over" in page._why_not.accessibleName())
    assert view.isHidden()
    qtbot.waitUntil(view.isVisible)
    assert "1200000" in view.toPlainText()
    assert wrote == {"gradwalk-answers_0"}


def test_code_that_is_still_being_written_is_copied_whole(qapp, qtbot, page, held_answers):
    document = document_of("sum(square(broadcast_to(x, shape=(300_000,))))", x=2.0)
    page.window.show_document(document)
    qtbot.waitUntil(lambda: page._answer.is_awaited)
    page.copy()
    assert "np.broadcast_to" in qapp.clipboard().text()
    assert not page._answer.is_awaited


def test_a_page_that_is_left_while_it_is_written_is_written_when_it_is_come_back_to(
    qtbot, page, view, held_answers
):
    page.window.show_document(document_of("sum(broadcast_to(x, shape=(300_000,)))", x=2.0))
    qtbot.waitUntil(lambda: page._answer.is_awaited)
    page.window.actions_by_name["ask_step"].trigger()
    assert not page._answer.is_awaited
    held_answers.set()
    page.window.actions_by_name["ask_code"].trigger()
    qtbot.waitUntil(view.isVisible)
    assert "np.broadcast_to" in view.toPlainText()
