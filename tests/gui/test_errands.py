"""Long work that was asked for is done beside the window, and can be given up."""

from __future__ import annotations

import threading
import time

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel

from engine.asking import differentiating
from engine.document import Place
from engine.errors import GradwalkError
from engine.progress import unheeded
from engine.storage import dumps, save
from gui.canvas.interactions.selecting import RubberBand
from gui.document import OpenDocument
from gui.errand_card import ErrandCard
from gui.errands import Errand
from gui.panels.warning_card import LinkButton
from tests.gui.test_large_graphs import grid

MANY = 1_200

LEFT, ALT = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.AltModifier


@pytest.fixture
def bench(window):
    window.show_document(OpenDocument(grid(MANY)))
    return window


@pytest.fixture
def held(monkeypatch):
    """A gate that lets no layout end until it is opened."""
    import gui.layout  # noqa: PLC0415 - only where layouts are held

    gate, real = threading.Event(), gui.layout.places_for

    def wait(graph, progress=unheeded):
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


def test_a_document_that_was_closed_meanwhile_is_let_alone(bench, qtbot, held, answer):
    document = bench.document
    before = document.places()
    bench.actions_by_name["tidy"].trigger()
    asked = answer("Wait")
    assert not bench.close_tab(document)
    assert asked == ["“Untitled” is still being worked on."]
    answer("Close Without It")
    assert bench.close_tab(document)
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


def expression(lines):
    return "\n".join(f"a{at} = sin(a{at - 1})" for at in range(1, lines + 1))


def test_a_large_expression_is_pasted_beside_the_window_and_undone_as_one(window, qtbot, qapp):
    before = window.document.kept()
    qapp.clipboard().setText(expression(300))
    window.actions_by_name["paste"].trigger()
    assert card(window).accessibleName() == "Pasting"
    assert len(window.document.graph) == 4
    ended(qtbot, window)
    assert len(window.document.graph) == 305
    assert len(window.view.canvas.selection.blocks()) == 301
    window.document.undo_stack.undo()
    assert window.document.kept().graph == before.graph


def test_a_large_paste_can_be_given_up(window, qtbot, qapp, held):
    qapp.clipboard().setText(expression(300))
    window.actions_by_name["paste"].trigger()
    window.actions_by_name["give_up"].trigger()
    ended(qtbot, window)
    assert len(window.document.graph) == 4
    assert not window.document.undo_stack.count()


@pytest.mark.parametrize(("name", "called"), [("paste", "Pasting"), ("tidy", "Tidying up")])
def test_what_was_asked_for_last_is_given_up_where_it_would_be_undone(
    bench, qtbot, qapp, held, name, called
):
    qapp.clipboard().setText(expression(300))
    document, undo = bench.document, bench.actions_by_name["undo"]
    bench.actions_by_name[name].trigger()
    assert undo.isEnabled()  # though there is nothing yet that could be taken back
    document.move({"b7": Place(77, 7_777)})
    bench.actions_by_name[name].trigger()  # once more
    undo.trigger()
    assert said(bench) == f"{called} was given up."
    assert document.place("b7") == Place(77, 7_777)
    undo.trigger()  # what was done after the first
    assert document.place("b7") == grid(MANY).places["b7"]
    bench.actions_by_name["redo"].trigger()
    before = document.kept()
    held.set()
    ended(qtbot, bench)
    assert document.undo_stack.undoText() == {"paste": "paste", "tidy": "tidy up"}[name]
    undo.trigger()
    ended(qtbot, bench)
    assert document.kept().graph == before.graph
    assert document.places() == before.places
    assert not document.is_at_work


def test_several_that_were_asked_for_in_a_row_are_given_up_one_by_one(window, qtbot, qapp, held):
    qapp.clipboard().setText(expression(300))
    undo = window.actions_by_name["undo"]
    for _ in range(2):
        window.actions_by_name["paste"].trigger()
    for left in (1, 0):
        undo.trigger()
        assert len(window.document.in_preparation) == left
    assert not undo.isEnabled()
    ended(qtbot, window)
    assert not window.document.undo_stack.count()


def test_a_large_paste_that_cannot_be_read_is_refused_with_a_sentence(window, qtbot, qapp):
    qapp.clipboard().setText(expression(300) + "\nb = sin(")
    window.actions_by_name["paste"].trigger()
    ended(qtbot, window)
    assert "makes no blocks" in said(window)
    assert not window.document.undo_stack.count()


def test_a_large_paste_goes_into_the_document_that_it_was_asked_for_in(window, qtbot, qapp, held):
    document = window.document
    document.move({"b1": Place(0, 500)})  # else it would make room for the new one
    qapp.clipboard().setText(expression(300))
    window.actions_by_name["paste"].trigger()
    window.actions_by_name["new"].trigger()
    front = window.document
    held.set()
    ended(qtbot, window)
    assert window.document is front
    assert not len(front.graph)
    assert len(document.graph) == 305


def test_what_lands_while_a_block_is_dragged_leaves_it_in_the_hand(window, qtbot, qapp, held):
    qapp.clipboard().setText(expression(300))
    window.actions_by_name["paste"].trigger()
    view = window.view
    at, part = view.mapFromScene(view.canvas.block_rect("b3").center()), view.visible_rect()
    QTest.mousePress(view.viewport(), LEFT, ALT, at)
    QTest.mouseMove(view.viewport(), at + QPoint(0, 90))
    held.set()
    ended(qtbot, window)
    assert len(window.document.graph) == 305
    assert view.visible_rect() == part
    assert view.canvas.selection.blocks() == ["b3"]
    QTest.mouseRelease(view.viewport(), LEFT, ALT, at + QPoint(0, 90))
    assert window.document.undo_stack.undoText() == "detach"
    assert not window.document.graph.wires_at("b3")
    assert part.contains(QPointF(*window.document.place("b3")))


def test_what_is_typed_goes_on_though_long_work_has_ended(window, qtbot, qapp, held):
    qapp.clipboard().setText(expression(300))
    window.actions_by_name["paste"].trigger()
    window.view.edit("b1")
    QTest.keyClicks(window.view.editor, "0.7")
    held.set()
    ended(qtbot, window)
    QTest.keyClicks(window.view.editor, "5")
    QTest.keyClick(window.view.editor, Qt.Key.Key_Return)
    assert window.document.graph.block("b1").value == 0.75


def test_tidying_up_leaves_the_view_to_who_is_dragging(bench, qtbot, held):
    view = bench.view
    bench.actions_by_name["tidy"].trigger()
    view.begin(RubberBand(view, QPointF(), add=False))
    part = view.visible_rect()
    held.set()
    ended(qtbot, bench)
    assert view.visible_rect() == part
    assert bench.document.undo_stack.undoText() == "tidy up"


def test_groups_that_stand_where_no_canvas_reaches_are_pasted_near(window, qtbot, qapp):
    other = OpenDocument(grid(400))
    group = other.group(["b5", "b6", "b7"])
    other.move({block: Place(9e6, 9e6) for block in other.places()})
    qapp.clipboard().setText(dumps(other.kept()))
    window.actions_by_name["paste"].trigger()
    ended(qtbot, window)
    assert len(window.document.graph) == 403
    (made,) = window.document.groups.all.values()
    assert len(made.members) == len(other.groups.group(group).members)
    assert abs(window.document.place(made.id).y) < 1e6


def test_a_large_graph_is_differentiated_beside_the_window(window, qtbot):
    window.show_document(OpenDocument(grid(80)))
    document = window.document
    window.actions_by_name["derive"].trigger()
    assert window.document is document
    assert card(window).accessibleName() == "Differentiating"
    ended(qtbot, window)
    derived = window.document
    assert derived.title == "Untitled′"
    assert derived.latest.value(derived.target) == document.latest.gradient("b1")
    assert derived.origin.document is document
    assert not derived.is_modified


def test_differentiating_a_large_graph_can_be_given_up(window, qtbot, held):
    window.show_document(OpenDocument(grid(80)))
    count = len(window.documents)
    window.actions_by_name["derive"].trigger()
    window.actions_by_name["give_up"].trigger()
    ended(qtbot, window)
    assert len(window.documents) == count


def test_why_a_graph_has_no_derivative_is_said_wherever_a_person_is_by_now(
    window, qtbot, qapp, monkeypatch
):
    gate = threading.Event()

    def refuse(*_):
        gate.wait()
        raise GradwalkError("There is none.")

    monkeypatch.setattr(differentiating, "differentiate", refuse)
    window.show_document(OpenDocument(grid(80)))
    window.actions_by_name["derive"].trigger()
    window.close_tab(window.document)
    qapp.sendPostedEvents(None, QEvent.Type.DeferredDelete)  # its canvas goes, too
    gate.set()
    ended(qtbot, window)
    assert said(window) == "There is none."


def test_a_large_file_that_is_asked_for_twice_gets_one_tab(window, qtbot, tmp_path):
    path = tmp_path / "large.gradwalk"
    save(grid(4_000), path)
    window.open_path(path)
    window.open_path(path)
    ended(qtbot, window)
    assert [document.path for document in window.documents].count(path) == 1
    assert window.document.path == path


def test_a_large_file_that_was_closed_is_opened_again_where_its_walk_was(window, qtbot, tmp_path):
    path = tmp_path / "large.gradwalk"
    save(grid(4_000), path)
    window.open_path(path)
    ended(qtbot, window)
    window.player.seek(1_234)
    window.close_tab(window.document)
    window.reopen()
    window.errands.give_up()  # and once more:
    window.reopen()
    assert window.document.path is None
    ended(qtbot, window)
    assert window.document.path == path
    assert window.player.moment.cursor == 1_234
