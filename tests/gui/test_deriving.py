"""The derivative opens as a graph in a tab of its own, and its blocks know where they come from."""

from __future__ import annotations

import pytest

from tests.gui.builders import document_of


def test_the_derivative_opens_in_a_tab_and_its_value_is_the_gradient(window):
    first = window.document
    window.actions_by_name["derive"].trigger()
    assert len(window.documents) == 2
    assert window.document is not first
    assert window.document.title == "Untitled′"
    recording = window.document.recording
    assert recording.value(recording.target) == 3.297442541400256


def test_it_is_derived_again_from_its_own_tab(window):
    window.commands.derive()
    window.commands.derive()
    recording = window.document.recording
    # f = exp(2 x**2): f'' = (4 + 16 x**2) f
    assert float(recording.value(recording.target)) == pytest.approx(8 * 1.648721270700128)


def test_a_block_leads_to_the_block_whose_rule_made_it(window):
    first = window.document
    window.commands.derive()
    derived = window.document
    window.view.canvas.selection.choose([derived.graph.named("ga").id])
    window.actions_by_name["show_origin"].trigger()
    assert window.document is first
    assert window.view.canvas.selection.blocks() == [first.graph.named("b").id]
    origin = derived.origin.sentence(derived.graph.named("ga").id)
    assert origin == "Made by the rule of Exp → b in Untitled."


def test_which_input_is_asked_for_where_there_are_several(window):
    window.show_document(document_of("x * exp(w)", x=2.0, w=0.0))
    window.commands.derive()
    assert len(window.documents) == 1  # nothing was selected, so nothing was opened
    window.view.canvas.selection.choose([window.document.graph.named("w").id])
    window.commands.derive()
    assert len(window.documents) == 2
    assert float(window.document.recording.value(window.document.recording.target)) == 2.0


def test_whoever_has_just_built_the_last_block_need_not_select_the_input(window):
    window.view.canvas.selection.choose([window.document.end])
    window.commands.derive()
    recording = window.document.recording
    assert recording.value(recording.target) == 3.297442541400256


def test_what_has_no_graph_of_its_derivative_says_so_and_opens_nothing(window, qtbot):
    window.show_document(document_of("x + 1", x=2.0))
    count = len(window.documents)
    window.commands.derive()
    assert len(window.documents) == count


def test_a_block_of_a_graph_that_was_built_comes_from_nowhere(window):
    window.view.canvas.selection.choose([window.document.graph.named("a").id])
    front = window.document
    window.commands.show_origin()
    assert window.document is front
