"""Long work that was asked for is done beside the window, and can be given up."""

from __future__ import annotations

import threading
import time

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QLabel

from engine.document import Place
from engine.errors import GradwalkError
from gui.document import OpenDocument
from gui.errand_card import ErrandCard
from gui.errands import Errand
from gui.panels.warning_card import LinkButton
from tests.gui.test_large_graphs import grid

MANY = 1_200


@pytest.fixture
def bench(window):
    window.show_document(OpenDocument(grid(MANY)))
    return window


@pytest.fixture
def held(monkeypatch):
    """A gate that lets no layout end until it is opened."""
    import gui.layout  # noqa: PLC0415 - only where layouts are held

    gate, real = threading.Event(), gui.layout.places_for

    def wait(graph, progress):
        while not gate.wait(0.002):
            progress(0.5)
        return real(graph, progress)

    monkeypatch.setattr(gui.layout, "places_for", wait)
    yield gate
    gate.set()


def card(window):
    return next((c for c in window.findChildren(ErrandCard) if c.isVisible()), None)


def words(window):
    found = card(window)
    return "" if found is None else found.findChild(QLabel).text()


def said(window):
    labels = window.view.findChildren(QLabel)
    return next(label.text() for label in labels if label.accessibleName() == "Message")


def ended(qtbot, window):
    qtbot.waitUntil(lambda: not window.errands.busy, timeout=20_000)


def test_the_window_answers_while_a_large_graph_is_tidied_up(bench, qtbot, held):
    bench.actions_by_name["tidy"].trigger()
    assert not bench.document.undo_stack.count()
    assert card(bench).accessibleName() == "Tidying up"
    answered = []
    clock = QTimer(interval=2)
    clock.timeout.connect(lambda: answered.append(time.monotonic()))
    clock.start()
    qtbot.waitUntil(lambda: len(answered) > 3)
    clock.stop()
    held.set()
    ended(qtbot, bench)
    places = bench.document.places()
    assert len({place.y for place in places.values()}) == 1
    assert card(bench) is None


def test_tidying_up_is_undone_as_one(bench, qtbot):
    before = bench.document.places()
    bench.actions_by_name["tidy"].trigger()
    ended(qtbot, bench)
    assert bench.document.undo_stack.count() == 1
    bench.document.undo_stack.undo()
    assert bench.document.places() == before


def test_a_small_graph_is_tidied_up_at_once(window):
    window.document.move({"b1": Place(500, 500)})
    window.actions_by_name["tidy"].trigger()
    assert not window.errands.busy
    assert window.document.undo_stack.undoText() == "tidy up"


@pytest.mark.parametrize("by", ["mouse", "keyboard"])
def test_tidying_up_can_be_given_up(bench, qtbot, held, by):
    before = bench.document.places()
    bench.actions_by_name["tidy"].trigger()
    if by == "mouse":
        card(bench).findChild(LinkButton).click()
    else:
        bench.actions_by_name["give_up"].trigger()
    assert card(bench) is None
    ended(qtbot, bench)
    assert bench.document.places() == before
    assert not bench.document.undo_stack.count()


def test_what_was_given_up_ends_on_its_thread_too(bench, qtbot, held):
    bench.actions_by_name["tidy"].trigger()
    bench.actions_by_name["give_up"].trigger()
    done = []
    bench.errands.send(Errand("Counting", ("Counting …",), lambda _: 7, done.append))
    qtbot.waitUntil(lambda: done == [7])  # there is one thread, and nobody has opened the gate
    assert not held.is_set()


def test_what_a_person_does_meanwhile_stays(bench, qtbot, held):
    document = bench.document
    bench.actions_by_name["tidy"].trigger()
    document.move({"b7": Place(77, 7_777)})
    document.remove(["b9"])
    new = document.add_block("exp", Place(-50, 9_999))
    held.set()
    ended(qtbot, bench)
    places = document.places()
    assert places["b7"] == Place(77, 7_777)
    assert places[new] == Place(-50, 9_999)
    assert "b9" not in places
    assert len({place.y for block, place in places.items() if block not in ("b7", new)}) == 1
    document.undo_stack.undo()
    assert document.places()["b100"] == grid(MANY).places["b100"]


def test_nothing_is_moved_if_groups_have_changed_meanwhile(bench, qtbot, held):
    document = bench.document
    bench.actions_by_name["tidy"].trigger()
    document.group(["b5", "b6"])
    before = document.places()
    held.set()
    ended(qtbot, bench)
    assert document.places() == before
    assert "Groups have changed" in said(bench)


def test_a_document_that_was_closed_meanwhile_is_let_alone(bench, qtbot, held):
    document = bench.document
    before = document.places()
    bench.actions_by_name["tidy"].trigger()
    bench.close_tab(document)
    held.set()
    ended(qtbot, bench)
    assert document.places() == before


def test_a_document_behind_is_tidied_up_as_well(bench, qtbot, held):
    document = bench.document
    bench.actions_by_name["tidy"].trigger()
    bench.actions_by_name["new"].trigger()
    front = bench.document
    held.set()
    ended(qtbot, bench)
    assert bench.document is front
    assert document.undo_stack.undoText() == "tidy up"


def test_errands_are_run_one_after_the_other_and_say_how_far_they_are(window, qtbot):
    told, gates = [], [threading.Event(), threading.Event()]

    def work(at, reach):
        reach(1, 0.5)
        gates[at].wait()
        return at

    for at in (0, 1):
        stages = (f"Before {at}", f"In {at}")
        window.errands.send(Errand("Testing", stages, lambda r, at=at: work(at, r), told.append))
    qtbot.waitUntil(lambda: words(window) == "In 0")
    gates[0].set()
    qtbot.waitUntil(lambda: told == [0])
    qtbot.waitUntil(lambda: words(window) == "In 1")
    gates[1].set()
    qtbot.waitUntil(lambda: told == [0, 1])


def test_an_errand_that_fails_says_why_and_the_next_one_begins(window, qtbot):
    said = []

    def work(_):
        raise GradwalkError("It cannot be.")

    window.errands.send(Errand("Testing", ("Trying",), work, said.append, said.append))
    window.errands.send(Errand("Testing", ("Trying",), lambda _: "done", said.append))
    qtbot.waitUntil(lambda: len(said) == 2)
    assert said == ["It cannot be.", "done"]


def test_there_is_a_word_where_nothing_can_be_given_up(window):
    window.actions_by_name["give_up"].trigger()
    assert said(window) == "Nothing is being worked on."
