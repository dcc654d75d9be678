"""What has been found out so far: a pure function of the moment."""

from __future__ import annotations

import pytest

from engine.graph import Graph
from engine.moment import Moment
from engine.narration import narrate
from engine.recording import record
from gui.panels.so_far import so_far
from gui.panels.so_far_view import SoFarView
from tests.gui.builders import document_of


def gathered(recording, cursor):
    moment = Moment(recording, cursor)
    return so_far(moment, narrate(moment).chain)


def rows(found):
    return [(face.text, face.number, face.look) for face in found.faces]


def test_values_on_the_way_forward(tutorial):
    found = gathered(tutorial.recording, 1)
    assert (found.head, found.sign) == ("Values so far", "→")
    assert rows(found) == [
        ("x", "0.5", "done"),
        ("a", "0.25", "active"),
        ("b", "?", "quiet"),
        ("y", "?", "quiet"),
    ]


def test_no_arrow_leads_to_a_value_that_is_not_made_of_the_one_before():
    unfinished = document_of("(square(x) + exp(x)) * _", x=1).recording
    found = gathered(unfinished, 0)
    assert [face.text for face in found.faces] == ["x", "a", "b", "c"]
    assert found.sign == ""


def test_factors_on_the_way_back_along_a_chain(tutorial):
    found = gathered(tutorial.recording, 6)
    assert (found.head, found.sign) == ("Chain so far", "·")
    assert rows(found) == [
        ("∂y/∂b", "2.5681", "done"),
        ("∂b/∂a", "1.2840", "active"),
        ("∂a/∂x", "?", "quiet"),
    ]


def test_gradients_on_the_way_back_through_any_other_graph():
    recording = document_of("x * square(x)", x=3).recording
    found = gathered(recording, 4)
    assert found.head == "Gradients so far"
    assert rows(found) == [
        ("∂y/∂y", "1", "done"),
        ("∂y/∂x", "9 + …", "active"),
        ("∂y/∂a", "3", "active"),
    ]
    assert rows(gathered(recording, 5))[1] == ("∂y/∂x", "27", "active")


def test_it_does_not_depend_on_how_far_the_pulse_is(tutorial):
    recording = tutorial.recording
    for cursor in range(len(recording)):
        moments = [Moment(recording, cursor, phase) for phase in (0.0, 0.5, 1.0)]
        assert len({so_far(moment, narrate(moment).chain) for moment in moments}) == 1


def test_of_many_those_around_the_cursor_are_shown():
    expression = "x"
    for _ in range(20):
        expression = f"sin({expression})"
    recording = document_of(expression, x=0.5).recording
    found = gathered(recording, recording.turn + 11)
    assert found.place == "8 to 13 of 20"
    assert [face.look for face in found.faces] == ["done"] * 3 + ["active"] + ["quiet"] * 2


def test_there_is_nothing_without_steps():
    assert so_far(Moment(record(Graph())), ()) is None


@pytest.mark.parametrize(("width", "columns"), [(200, 2), (260, 2), (324, 4)])
def test_the_cards_stand_in_as_many_columns_as_fit(qtbot, tutorial, width, columns):
    view = SoFarView()
    qtbot.addWidget(view)
    view.show_moment(Moment(tutorial.recording, 3), ())
    view.set_shape("rows")
    view.resize(width, view.heightForWidth(width))
    cards = [card for card in view._grid._cards if not card.isHidden()]
    view.show()
    assert len({card.x() for card in cards}) == columns
    assert all(card.geometry().right() < width for card in cards)
    assert cards[-1].geometry().bottom() < view._grid.height()


def test_in_a_line_the_shape_of_an_array_stands_for_it():
    document = document_of("sum(matmul(x, w))", x=[[0.1] * 3] * 4, w=[[0.3] * 3] * 3)
    recording = document.recording
    moment = Moment(recording, len(recording) - 1)
    found = so_far(moment, narrate(moment).chain)
    assert found.lines[0] == "∂y/∂x = 4×3   ∂y/∂w = 3×3"
