"""Steps of huge arrays are worked out beside the window, which stays where it is and says so."""

from __future__ import annotations

import threading

import numpy as np
import pytest
from PySide6.QtWidgets import QLabel

from engine import at_hand
from engine.asking import asked_element
from engine.lazy_steps import Steps
from gui import working_out
from gui.panels import look_ahead
from tests.gui.builders import document_of

TEXT, SIZE = "sum(tanh(x * x) * x)", 50


@pytest.fixture
def held(monkeypatch):
    """A gate that lets no step be worked out until it is opened; arrays are huge from 10 on."""
    gate, real = threading.Event(), at_hand.work_out

    def wait(moment):
        gate.wait(10)
        real(moment)

    monkeypatch.setattr(at_hand, "LARGE", 10)
    monkeypatch.setattr(working_out, "work_out", wait)
    monkeypatch.setattr(working_out, "SOON", 0)
    monkeypatch.setattr(look_ahead, "STEPS", 0)  # it takes steps of this size for small ones
    yield gate
    gate.set()


@pytest.fixture
def walk(window, qtbot, held):
    held.set()
    window.show_document(document_of(TEXT, x=np.linspace(-1, 1, SIZE)))
    qtbot.waitUntil(lambda: window.player.awaited is None)
    held.clear()
    return window


def message(window):
    found = (label for label in window.view.findChildren(QLabel) if label.isVisible())
    return next((x.text() for x in found if x.accessibleName() == "Message"), "")


def test_a_jump_waits_where_it_is_and_the_canvas_says_so(walk, qtbot, held):
    player = walk.player
    player.to_end()
    assert player.moment.cursor == 0
    qtbot.waitUntil(lambda: message(walk).startswith("Working out step 10 of 10: 201 numbers"))
    held.set()
    qtbot.waitUntil(lambda: player.moment.cursor == player.last)
    assert not message(walk)
    gradient = player.moment.gradient(walk.document.graph.named("x").id)
    x = np.linspace(-1, 1, SIZE)
    squares = np.tanh(x * x)
    assert gradient == pytest.approx(squares + x * (1 - squares**2) * 2 * x)


def test_no_step_is_put_together_on_the_thread_of_the_window(walk, qtbot, held, monkeypatch):
    made, real = [], Steps._backward

    def note(steps, block, pushed):
        made.append(threading.current_thread())
        return real(steps, block, pushed)

    monkeypatch.setattr(Steps, "_backward", note)
    held.set()
    for goal in (9, 7, 8):
        walk.player.seek(goal)
        qtbot.waitUntil(lambda goal=goal: walk.player.moment.cursor == goal)
    walk.grab()
    assert made
    assert threading.main_thread() not in made


def test_another_jump_meanwhile_is_the_one_that_counts(walk, qtbot, held):
    player = walk.player
    player.to_end()
    player.seek(6)
    held.set()
    qtbot.waitUntil(lambda: player.moment.cursor == 6)
    assert player.awaited is None


def test_to_go_back_to_what_is_there_waits_for_nothing(walk, qtbot, held):
    player = walk.player
    player.to_end()
    qtbot.waitUntil(lambda: bool(message(walk)))
    player.seek(0)
    assert player.awaited is None
    assert not message(walk)


def test_an_edit_keeps_the_place_of_the_walk(walk, qtbot, held):
    player, document = walk.player, walk.document
    held.set()
    player.to_end()
    qtbot.waitUntil(lambda: player.at_end)
    held.clear()
    before = player.recording
    document.set_value(document.graph.named("x").id, np.ones(SIZE))
    assert player.recording is before
    held.set()
    qtbot.waitUntil(lambda: player.recording is document.latest)
    assert player.at_end


def test_playing_goes_on_once_a_step_is_there(walk, qtbot, held):
    player, seen = walk.player, []
    player.set_speed(50)
    player.moved.connect(lambda: seen.append(player.moment.cursor))
    player.play()
    qtbot.waitUntil(lambda: player.awaited is not None)
    assert player.playing
    held.set()
    qtbot.waitUntil(lambda: player.at_end)
    assert seen == sorted(seen)


def test_another_document_that_comes_to_the_front_is_not_told_to_wait(walk, qtbot, held):
    walk.player.to_end()
    qtbot.waitUntil(lambda: bool(message(walk)))
    behind = walk.view
    walk.show_document(document_of("square(y)", y=2.0))
    assert walk.player.awaited is None
    assert not message(walk)
    walk.documents.bring_to_front(behind.canvas.document)
    assert not message(walk)


@pytest.fixture
def predicted(walk, monkeypatch):
    """The walk while it is asked what comes next, which is not done of arrays so large."""
    monkeypatch.setattr(asked_element, "LARGEST", 10)
    walk.actions_by_name["predict"].trigger()
    return walk


@pytest.mark.parametrize("is_still", [False, True])
def test_a_step_of_which_nothing_is_asked_is_shown_once_it_is_there(
    predicted, qtbot, held, is_still
):
    player = predicted.player
    player.reduced_motion = is_still
    player.step_on()
    assert player.moment.cursor == 0
    held.set()
    qtbot.waitUntil(lambda: player.moment.cursor == 1 and player.moment.phase == 1)


@pytest.mark.parametrize("is_still", [False, True])
def test_playing_stops_only_where_something_is_asked(predicted, qtbot, held, is_still):
    player = predicted.player
    player.reduced_motion = is_still
    player.set_speed(50.0)
    player.play()
    held.set()
    qtbot.waitUntil(lambda: predicted.prediction.question is not None)
    assert (player.moment.cursor, player.moment.phase) == (4, 0.0)
    assert not player.moving
