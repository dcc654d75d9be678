"""Forward mode beside the values, row by row, with what it costs."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox

from engine.expression import parse_expression
from gui.document import OpenDocument
from gui.layout import laid_out
from gui.pages import forward_page
from gui.pages.forward_page import ForwardPage
from tests.gui.builders import document_of, long_chain
from tests.gui.pages import named, show_page


@pytest.fixture
def shown(qtbot):
    return lambda document: show_page(qtbot, ForwardPage, document)


def test_the_last_row_ends_with_the_gradient(shown, tutorial):
    page = shown(tutorial)
    rows = named(page, "Forward mode, step by step").accessibleDescription()
    assert rows.endswith("Square → y, y = 1.6487, ∂y/∂x, 2.5681 · 1.2840, = 3.2974")
    assert named(page, "One pass forward").isVisible()


def test_another_input_is_chosen_from_the_list(shown):
    page = shown(document_of("x * exp(w)", x=2.0, w=0.0))
    box = named(page, "Input that changes", QComboBox)
    box.setFocus()
    QTest.keyClick(box, Qt.Key.Key_Down)
    assert page.walk.source == page.player.recording.blocks[page._axes[1][0]].id
    assert float(page.walk.steps[-1].tangent) == 2.0


def test_another_value_is_walked_at_once(shown, tutorial):
    page = shown(tutorial)
    tutorial.set_value(tutorial.graph.named("x").id, 1.0)
    assert float(page.walk.steps[1].tangent) == 2.0


def test_a_row_leads_to_its_step_and_is_lit(qtbot, shown, tutorial):
    page = shown(tutorial)
    rows = named(page, "Forward mode, step by step")
    rows.setFocus()
    rows.light(0)
    with qtbot.waitSignal(page.block_pointed):
        QTest.keyClick(rows, Qt.Key.Key_Down)
    assert page.player.moment.cursor == 1
    assert rows._at == 1


@pytest.mark.parametrize(("question", "back"), [("ask_forward", 0), ("ask_mistakes", 1)])
def test_a_page_that_comes_back_to_the_front_lights_the_row_where_the_walk_is(
    window, question, back
):
    window.actions_by_name[question].trigger()
    rows = window.side.page(window.side.front).beside
    window.actions_by_name["ask_step"].trigger()
    window.player.seek(back * window.player.recording.turn + 2)
    window.actions_by_name[question].trigger()
    assert rows._at == 2


def test_an_empty_document_says_what_it_takes(shown):
    assert named(shown(OpenDocument()), "There is nothing to walk yet").isVisible()


def test_an_input_that_is_renamed_is_offered_by_its_new_name_and_stays_chosen(shown):
    document = document_of("x * exp(w)", x=2.0, w=0.0)
    page = shown(document)
    box = named(page, "Input that changes", QComboBox)
    box.setCurrentIndex(1)
    source = page.walk.source
    name = document.graph.block(source).name
    document.rename(source, "renamed")
    assert box.currentText() == "renamed"
    assert name not in [box.itemText(at) for at in range(box.count())]
    assert page.walk.source == source


def test_a_long_chain_is_walked_while_the_window_goes_on(qtbot, threads_of):
    walked = threads_of(forward_page, "walk_forward")
    document = OpenDocument(long_chain())
    page = show_page(qtbot, ForwardPage, document)
    assert named(page, "Going over 1,500 numbers …").isVisible()
    rows = named(page, "Forward mode, step by step")
    assert rows.isHidden()
    qtbot.waitUntil(lambda: len(rows._broken) == 1_500)
    assert rows.isVisible()
    assert page.nothing.isHidden()
    assert float(page.walk.steps[1].tangent) == pytest.approx(1 - np.tanh(0.5) ** 2)
    page.player.seek(700)
    assert page.beside._at == 700
    assert walked == {"gradwalk-answers_0"}


def test_a_long_walk_is_not_shown_once_another_input_is_chosen(qtbot, held_answers):
    lines = ["a0 = x * w", *(f"a{at + 1} = sin(a{at})" for at in range(500))]
    values = {"x": np.array(0.5), "w": np.array(2.0)}
    graph, target = parse_expression("; ".join(lines), values)
    page = show_page(qtbot, ForwardPage, OpenDocument(laid_out(graph, target)))
    page._source.setCurrentText("w")
    held_answers.set()
    qtbot.waitUntil(lambda: page.walk is not None)
    assert page.walk.source == graph.named("w").id
