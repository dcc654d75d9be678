"""The recording of a large document follows its changes, and no edit waits for it."""

from __future__ import annotations

import threading
import time
from functools import partial

import numpy as np
import pytest

from engine.document import Place
from engine.graph import Wire
from engine.recording import record
from gui import recorder
from gui.background import beside
from gui.document import OpenDocument
from gui.recorder import AT_ONCE
from tests.gui.test_large_graphs import grid


@pytest.fixture
def large(qapp):
    return OpenDocument(grid(AT_ONCE + 500))


@pytest.fixture
def other_work(qapp):
    """Other work on the thread beside the window, which goes on for as long as a test does."""
    gate = threading.Event()
    work = beside(partial(gate.wait, 5))
    yield work
    gate.set()
    work.result()


def caught_up(qtbot, document):
    qtbot.waitUntil(lambda: not document.is_behind)
    return document.latest


def same(one, other):
    return one.values == other.values and one.gradients == other.gradients


def test_a_large_document_is_run_after_the_edit(large, qtbot):
    before = large.latest
    large.set_value("b1", np.array(0.7))
    assert large.latest is before
    assert large.is_behind
    after = caught_up(qtbot, large)
    assert after.value("b1") == 0.7
    assert same(after, record(large.graph, large.target))


def test_edits_of_every_kind_reach_the_recording(large, qtbot):
    last = f"b{AT_ONCE + 499}"
    told = []
    large.recording_changed.connect(lambda: told.append(large.latest))
    new = large.append("exp", last)
    large.insert_on_wire("neg", Place(5, 5), Wire("b10", "b11", 0))
    large.remove(["b20"])
    large.rename("b30", "middle")
    large.move({"b40": Place(1, 1)})
    large.set_target(new)
    large.undo_stack.undo()
    found = caught_up(qtbot, large)
    assert same(found, record(large.graph, large.target))
    assert found.blocks["b30"].name == "middle"
    assert "b20" not in found.blocks
    assert len(told) < 7  # what comes together is run together
    large.undo_stack.setIndex(0)
    assert same(caught_up(qtbot, large), record(large.graph, large.target))


def test_what_only_moves_leaves_the_recording_as_it_is_and_reaches_the_next(large, qtbot):
    large.set_value("b1", np.array(0.7))
    before = caught_up(qtbot, large)
    large.move({"b40": Place(1, 1)})
    assert not large.is_behind
    assert large.recording is before, "nothing is run anew"
    large.set_value("b1", np.array(0.8))
    large.move({"b41": Place(2, 2)})
    found = caught_up(qtbot, large)
    assert same(found, record(large.graph, large.target))
    assert not large.is_running


def test_whoever_asks_for_the_recording_of_now_gets_it(large):
    large.set_value("b1", np.array(-0.3))
    assert large.recording.value("b1") == -0.3
    assert not large.is_behind


def test_the_walk_keeps_its_place_when_a_late_recording_comes(window, qtbot):
    window.show_document(OpenDocument(grid(AT_ONCE + 500)))
    window.player.seek(window.player.recording.course.backward_steps["b700"])
    window.document.remove(["b100"])
    before = window.player.recording
    qtbot.waitUntil(lambda: window.player.recording is not before)
    assert window.player.moment.step.block == "b700"
    assert window.player.moment.is_backward
    window.document.undo_stack.setClean()


def test_what_an_edit_costs_does_not_grow_with_the_document(qapp, qtbot):
    def cost(length):
        document = OpenDocument(grid(length))
        best = []
        for at in range(12):
            began = time.process_time()
            block = document.add_block("sin", Place(at, -300))
            document.connect_wire(Wire("b50", block, 0))
            document.move({block: Place(at, -400)})
            document.rename(block, f"name{at}")
            document.remove([block])
            best.append(time.process_time() - began)
        qtbot.waitUntil(lambda: not document.is_behind)
        return min(best)

    assert cost(12_000) < 6 * cost(1_200)


def test_a_document_without_blocks_has_its_recording_at_once(qapp):
    document = OpenDocument()
    assert not document.is_behind
    assert not document.latest.is_waiting


def test_whoever_needs_the_run_does_not_wait_for_other_work(large, qapp, other_work):
    large.set_value("b1", np.array(0.7))
    qapp.processEvents()  # it is sent to the thread now, where it stands behind the other work
    assert same(large.recording, record(large.graph, large.target))
    assert not large.is_behind
    assert not other_work.done()


def test_what_was_closed_while_its_run_was_to_begin_can_still_be_run(large, qapp, other_work):
    large.set_value("b1", np.array(0.7))
    qapp.processEvents()
    large.let_go()
    assert same(large.recording, record(large.graph, large.target))


def test_a_run_that_breaks_is_told_and_what_there_was_before_is_not_taken_for_it(
    large, qtbot, monkeypatch
):
    def broken(*_):
        raise RuntimeError("broken")

    with monkeypatch.context() as breaking, qtbot.captureExceptions() as told:
        breaking.setattr(recorder, "run_of", broken)
        large.set_value("b1", np.array(0.7))
        qtbot.waitUntil(lambda: bool(told))
    assert [str(error) for _, error, _ in told] == ["broken"]
    assert large.is_behind
    assert large.recording.value("b1") == 0.7
    assert not large.is_behind
    large.set_value("b1", np.array(0.8))
    assert same(caught_up(qtbot, large), record(large.graph, large.target))


def test_what_has_come_back_from_nothing_is_waited_for_and_not_taken_for_nothing(window, qtbot):
    document = OpenDocument(grid(AT_ONCE + 500))
    window.show_document(document)
    caught_up(qtbot, document)
    document.remove(list(document.graph.blocks))
    caught_up(qtbot, document)
    assert "Place a block" in window.explanation.copy_text()
    document.undo_stack.undo()
    assert document.is_behind
    assert "One moment" in window.explanation.copy_text()
    caught_up(qtbot, document)
    assert window.player.moment.step is not None
    assert same(document.latest, record(document.graph, document.target))
