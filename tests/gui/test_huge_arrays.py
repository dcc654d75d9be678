"""A document whose arrays are huge is run beside the window, from its first opening on."""

from __future__ import annotations

import threading

import numpy as np
import pytest

from engine import block, lazy_steps
from engine.expression import parse_expression
from engine.recording import record
from gui import recorder
from gui.document import OpenDocument
from gui.layout import laid_out
from gui.panels.explanation import ExplanationPanel
from gui.panels.labels import Prose
from tests.gui.builders import document_of

HUGE = 300_000


@pytest.fixture
def held(monkeypatch):
    """A gate that lets no run beside the window end until it is opened."""
    gate, real = threading.Event(), recorder.run_of

    def wait(document, watch):
        while not gate.wait(0.002):
            watch(0)
        return real(document, watch)

    monkeypatch.setattr(recorder, "run_of", wait)
    yield gate
    gate.set()


def huge(size=HUGE):
    """A small file: one number that becomes an array of many."""
    text = f"sum(sin(broadcast_to(x, shape=({size},))))"
    return laid_out(*parse_expression(text, {"x": np.array(0.5)}))


def caught_up(qtbot, document):
    qtbot.waitUntil(lambda: not document.is_behind)
    return document.latest


def same(one, other):
    blocks = other.blocks
    return all(
        np.array_equal(one.value(b), other.value(b))
        and np.array_equal(one.gradient(b), other.gradient(b))
        for b in blocks
    )


def test_the_first_run_of_huge_arrays_is_made_beside_the_window(qapp, qtbot):
    document = OpenDocument(huge())
    assert document.latest.is_waiting
    assert document.is_behind
    found = caught_up(qtbot, document)
    assert not found.is_waiting
    assert same(found, record(document.graph, document.target))


def test_whoever_needs_the_first_run_at_once_waits_for_it(qapp):
    document = OpenDocument(huge())
    assert document.recording.value(document.end) == pytest.approx(HUGE * np.sin(0.5))


def test_pages_say_that_they_wait_and_then_show_the_walk(window, qtbot, held):
    window.show_document(OpenDocument(huge()))
    explained = window.findChild(ExplanationPanel)
    assert "The graph is being run" in explained.copy_text()
    for page in ("ask_plot", "ask_forward", "ask_mistakes", "ask_arrays", "ask_map", "ask_paths"):
        window.actions_by_name[page].trigger()
        qtbot.waitUntil(window.side.page(page.removeprefix("ask_")).isVisible)
        texts = [label.text() for label in window.side.findChildren(Prose) if label.isVisible()]
        assert any("being run" in text for text in texts), page
    window.actions_by_name["ask_step"].trigger()
    held.set()
    caught_up(qtbot, window.document)
    window.player.to_end()
    assert "being run" not in explained.copy_text()
    assert window.player.moment.is_backward


def test_a_value_that_grows_an_array_does_not_hold_the_window_up(window, qtbot, held):
    window.show_document(document_of("sum(a * b)", a=np.ones((2, 1)), b=np.ones((1, 2))))
    document, before = window.document, window.document.latest
    a, b = (document.graph.named(name).id for name in "ab")
    document.set_value(a, np.ones((1_000, 1)))
    assert not document.is_behind
    document.set_value(b, np.ones((1, 1_000)))
    assert document.is_behind
    assert document.latest is not before
    held.set()
    assert caught_up(qtbot, document).value(document.end) == 1_000_000


def test_a_plan_is_not_taken_for_arrays_that_it_would_make_huge(qapp, qtbot, held):
    document = document_of("sum(a * b)", a=np.ones((2, 1)), b=np.ones((1, 2)))
    a, b = (document.graph.named(name).id for name in "ab")
    for at in range(4):
        document.set_value(a, np.full((2, 1), float(at)))
        assert not document.is_behind
    document.set_value(a, np.ones((90_000, 1)))
    document.set_value(b, np.ones((1, 90_000)))  # 8,100,000,000 products, if anybody made them
    assert document.is_behind
    document.undo_stack.undo()
    held.set()
    assert caught_up(qtbot, document).value(document.end) == 180_000


def test_a_run_that_is_overtaken_is_ended(qapp, qtbot, held, monkeypatch):
    monkeypatch.setattr(recorder, "PATIENCE", 0.0)
    document = OpenDocument(huge())
    qtbot.waitUntil(lambda: document._recorder._run is not None)
    first = document._recorder._run
    document.set_value(document.graph.named("x").id, np.array(0.25))
    qtbot.waitUntil(first.done)
    assert first.exception() is not None
    held.set()
    assert caught_up(qtbot, document).value(document.end) == pytest.approx(HUGE * np.sin(0.25))


def test_a_document_that_is_closed_while_it_is_run_leaves_no_run_behind(window, qtbot, held):
    window.show_document(OpenDocument(huge()))
    document = window.document
    qtbot.waitUntil(lambda: document._recorder._run is not None)
    run = document._recorder._run
    window.close_tab(document)
    qtbot.waitUntil(run.done)
    assert not held.is_set()


def test_huge_arrays_are_opened_and_walked_without_going_over_them_in_the_window(
    window, qtbot, monkeypatch
):
    gone_over, size = [], 10 * HUGE

    def watch(module, name):
        real = getattr(module, name)

        def noted(value, *args):
            if np.size(value) >= size and threading.current_thread() is threading.main_thread():
                copies = not (isinstance(value, np.ndarray) and not value.flags.writeable)
                gone_over.extend([name] if copies or name == "_told" else [])
            return real(value, *args)

        monkeypatch.setattr(module, name, noted)

    watch(block, "_told")
    watch(lazy_steps, "kept")
    window.show_document(document_of("sum(tanh(x) * b)", x=np.linspace(-1, 1, size), b=2.0))
    qtbot.waitUntil(lambda: not window.document.is_behind, timeout=20_000)
    window.view.grab()
    window.player.to_end()
    qtbot.waitUntil(lambda: window.player.at_end, timeout=20_000)
    window.view.grab()
    assert gone_over == []
