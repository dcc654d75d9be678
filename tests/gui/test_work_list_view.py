"""The work list shows what was popped, what was pushed, and what waits, next one first."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QAbstractButton, QLabel

from engine.moment import Moment
from gui.panels.work_list_view import WorkListView
from tests.gui.builders import document_of


@pytest.fixture
def view(qtbot):
    made = WorkListView()
    qtbot.addWidget(made)
    made.resize(324, 120)
    return made


def read(view, recording, cursor):
    view.show_list(Moment(recording, cursor))
    if not view.isHidden():
        view.show()
    cards = [b.accessibleName() for b in view.findChildren(QAbstractButton) if b.isVisible()]
    words = [label.text() for label in view.findChildren(QLabel) if label.isVisible()]
    return cards, words


def test_nothing_is_shown_on_the_way_forward(view, tutorial):
    assert read(view, tutorial.recording, 2) == ([], [])


def test_the_seed_pushes_the_creator_of_the_target(view, tutorial):
    cards, words = read(view, tutorial.recording, 4)
    assert cards == ["Square, which gives y: pushed, next"]
    assert "popped" not in words


def test_a_step_pops_one_and_pushes_the_next(view, tutorial):
    cards, words = read(view, tutorial.recording, 6)
    assert cards == [
        "Exp, which gives b: popped in this step",
        "Square, which gives a: pushed, next",
    ]
    assert "popped" in words


def test_in_the_end_it_is_empty(view, tutorial):
    cards, words = read(view, tutorial.recording, 7)
    assert len(cards) == 1
    assert "empty: the walk is over" in words


def test_what_waits_is_in_the_order_in_which_it_will_be_popped(view):
    recording = document_of("x*x + 3*x - x/w", x=0.5, w=2).recording
    for cursor in range(recording.turn, len(recording)):
        moment = Moment(recording, cursor)
        cards, _ = read(view, recording, cursor)
        waiting = moment.work_list()[::-1]
        names = [recording.blocks[block].name for block in waiting]
        shown = [card.split("gives ")[1].split(":")[0] for card in cards if "popped" not in card]
        assert shown == names
        if waiting:
            popped_next = recording.steps[cursor + 1].block
            assert waiting[0] == popped_next


def test_of_a_long_list_the_rest_is_counted(view):
    expression = " + ".join(f"square(x{at}) * sin(x{at})" for at in range(10))
    values = {f"x{at}": 1.0 for at in range(10)}
    recording = document_of(expression, **values).recording
    longest = max(
        range(recording.turn, len(recording)), key=lambda at: len(Moment(recording, at).work_list())
    )
    length = len(Moment(recording, longest).work_list())
    cards, words = read(view, recording, longest)
    assert length > 5
    assert len(cards) == 1 + 5
    assert f"+ {length - 5} more" in words


def test_in_one_row_what_does_not_fit_is_counted_in_the_head(view):
    recording = document_of("(x*x + 3*x) * (x*w - x/w)", x=0.5, w=2).recording
    view.set_rows(1)
    step = recording.turn + 1  # the product pushes both factors
    cards, words = read(view, recording, step)
    assert len(recording.steps[step].pushed) == 2
    assert [card.split(": ")[1] for card in cards] == ["popped in this step", "pushed, next"]
    assert "+ 1 more, 1 pushed  funcs" in words
    assert view.height_in(1, 324) < view.height_in(2, 324)
    view.set_rows(2)
    assert len(read(view, recording, step)[0]) == 3
