"""Predicting: nothing gives a number away before it is told, and the walk goes on after it is."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QLineEdit

from engine.storage import load
from gui.pages.heat_grid import HeatGrid
from tests.four import gradient
from tests.gui.builders import document_of
from tests.three import NET, NUMBERS

EXP = 6
"""The backward step of Exp in the tutorial."""


@pytest.fixture
def asked(window):
    """The window, asking for the numbers of the backward step of Exp."""
    window.player.reduced_motion = True
    window.player.seek(EXP - 1)
    window.actions_by_name["predict"].setChecked(True)
    window.player.step_on()
    return window


def answer(window, text):
    line = next(w for w in window.findChildren(QLineEdit) if w.accessibleName() == "Your answer")
    assert line.isVisible()
    line.clear()
    QTest.keyClicks(line, text)
    QTest.keyClick(line, Qt.Key.Key_Return)


def said(window):
    """Everything that the explanation writes."""
    labels = window.explanation.findChildren(QLabel)
    return "\n".join(f"{x.text()} {x.accessibleName()}" for x in labels if x.isVisible())


def test_the_walk_waits_and_nothing_gives_the_number_away(asked):
    player = asked.player
    assert (player.moment.cursor, player.moment.phase, player.waiting) == (EXP, 0.0, True)
    assert "How steeply does Exp rise at a = 0.25?" in said(asked)
    assert player.moment.locals() == ()
    for number in ("3.297", "2.5680508 ·"):
        assert number not in said(asked)
    assert "3.297" not in asked.explanation.copy_text()


def test_right_answers_reveal_and_go_on(asked):
    answer(asked, "1.284")
    assert "What does it pass on to the gradient of a?" in said(asked)
    answer(asked, "3.2974")
    assert asked.player.moment.phase == 1.0
    assert "3.2974" in said(asked)
    assert (asked.document.score.asked, asked.document.score.right) == (2, 2)


def test_a_wrong_answer_gets_a_hint_and_no_point(asked):
    answer(asked, "1.284")
    answer(asked, "1.284")
    assert "local derivative alone" in said(asked)
    assert asked.player.waiting
    answer(asked, "3.2974")
    assert (asked.document.score.asked, asked.document.score.right) == (2, 1)
    assert "1 of 2 right" in said(asked)


def test_another_step_on_shows_the_number_without_a_point(asked):
    asked.player.step_on()
    assert (asked.player.moment.cursor, asked.player.moment.phase) == (EXP, 1.0)
    assert asked.document.score.right == 0


def test_playing_stops_at_the_next_number_that_is_asked(window, qtbot):
    window.player.set_speed(float("inf"))
    window.actions_by_name["predict"].setChecked(True)
    window.player.play()
    qtbot.waitUntil(lambda: window.player.waiting)
    assert window.player.moment.cursor == 1  # x itself is given


def test_what_was_said_is_gone_at_another_step_and_in_another_document(asked):
    answer(asked, "99")
    assert asked.prediction.last is not None
    asked.player.seek(2)
    assert asked.prediction.last is None
    assert "Not yet" not in said(asked)
    asked.player.seek(EXP - 1)
    asked.player.step_on()
    answer(asked, "99")
    asked.actions_by_name["derive"].trigger()
    assert asked.prediction.last is None


def test_escape_gives_the_keys_back_to_the_walk(asked, qtbot):
    line = next(w for w in asked.findChildren(QLineEdit) if w.accessibleName() == "Your answer")
    QTest.keyClicks(line, "p")
    assert line.text() == "p"
    QTest.keyClick(line, Qt.Key.Key_Escape)
    assert not line.hasFocus()
    qtbot.keyClick(asked.window(), Qt.Key.Key_P)
    qtbot.waitUntil(lambda: not asked.actions_by_name["predict"].isChecked())


def test_once_all_is_told_space_plays_on_and_presses_nothing(asked, qtbot):
    answer(asked, "1.284")
    answer(asked, "3.2974")
    focused = asked.window().focusWidget()
    assert focused is None or not asked.explanation.isAncestorOf(focused)
    QTest.keyClick(focused or asked.window(), Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: asked.player.moment.cursor == EXP + 1)
    assert "agrees to" not in said(asked)


def test_the_score_is_saved_with_the_document(asked, tmp_path):
    answer(asked, "1.284")
    assert asked.document.is_modified
    path = tmp_path / "told.gradwalk"
    asked.document.save_to(path)
    assert not asked.document.is_modified
    assert (load(path).score.asked, load(path).score.right) == (1, 1)


def test_turned_off_everything_is_shown_again(asked):
    asked.actions_by_name["predict"].setChecked(False)
    assert asked.player.moment.phase == 1.0
    assert "3.2974" in said(asked)


def test_another_value_asks_for_the_new_number(asked):
    x = asked.document.graph.named("x").id
    asked.document.set_value(x, 1.0)
    assert "How steeply does Exp rise at a = 1?" in said(asked)
    answer(asked, "2.718")
    assert asked.document.score.right == 1


@pytest.fixture
def net(window):
    """The window, asking for elements of the last gradients of a small net."""
    window.show_document(document_of(NET, **NUMBERS))
    window.player.reduced_motion = True
    window.player.to_end()
    window.player.step_back()
    window.actions_by_name["predict"].setChecked(True)
    window.player.step_on()
    return window


def pictures(widget):
    return {g.accessibleName().split(",")[0]: g for g in widget.findChildren(HeatGrid)}


def test_of_a_matrix_one_element_is_asked_for_beside_what_it_is_made_of(net):
    question = net.prediction.question
    shown = pictures(net.explanation)
    assert list(shown) == ["from above ∂y/∂a", "times w", "to ∂y/∂x"]
    text = shown["to ∂y/∂x"].copy_text()
    assert f"{float(question.answer):.6}"[:6] not in text
    assert text.count("nan") == 1
    assert "nan" not in shown["times w"].copy_text()
    answer(net, repr(float(gradient("net", NUMBERS, "x")[question.at])))
    assert net.prediction.question.symbol.startswith("∂y/∂w[")
    assert net.document.score.right == 1


def test_the_page_of_arrays_leaves_open_what_is_asked_for_until_it_is_told(net, qtbot):
    net.actions_by_name["ask_arrays"].trigger()
    page = net.side.page("arrays")
    made = ["to ∂y/∂x", "to ∂y/∂w"]
    assert [pictures(page)[name].copy_text().count("nan") for name in made] == [6, 12]
    assert "nan" not in pictures(page)["times w"].copy_text()
    assert page.said.startswith("Tell what is asked for first")
    net.prediction.give_up()
    net.prediction.give_up()
    qtbot.waitUntil(lambda: "nan" not in pictures(page)["to ∂y/∂x"].copy_text())
    assert "Point at an element" in page.said
