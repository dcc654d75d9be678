"""Documents that are empty, open, broken or huge: every page shows something, and none fails."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtWidgets import QWidget

from engine.asking import too_large
from engine.asking.positions import positions_of
from engine.document import Place
from engine.recording import record
from gui.document import OpenDocument
from gui.pages.pages import PAGES
from tests.gui.builders import document_of

HUGE = 2_000_000


def open_port():
    document = document_of("exp(square(x))", x=0.5)
    document.add_block("add", Place(800, 0))
    return document


def misfit():
    return document_of("exp(square(x)) + w * x", x=[1, 2, 3], w=[[1, 2], [3, 4]])


def doublings():
    lines = ["a0 = x + x", *(f"a{n} = a{n - 1} + a{n - 1}" for n in range(1, 63)), "a62 + a62"]
    return document_of("; ".join(lines), x=1)


def chain():
    lines = ["a0 = sin(x)", *(f"a{n} = sin(a{n - 1})" for n in range(1, 299)), "sin(a298)"]
    return document_of("; ".join(lines), x=0.5)


ODD = {
    "empty": OpenDocument,
    "open port": open_port,
    "misfit": misfit,
    "NaN": lambda: document_of("exp(log(x)) * w", x=-1, w=2),
    "infinite": lambda: document_of("exp(x) * w", x=800, w=2),
    "no elements": lambda: document_of("sum(exp(x) * w)", x=np.zeros(0), w=2),
    "no columns": lambda: document_of("exp(x)", x=np.zeros((3, 0))),
    "one element in two axes": lambda: document_of("exp(x) * w", x=[[0.5]], w=2),
    "huge": lambda: document_of("sum(exp(x) * w)", x=np.linspace(-1, 1, HUGE), w=2),
    "constants only": lambda: document_of("exp(2.0) + 3"),
    "64 doublings": doublings,
    "chain of 300": chain,
    "three axes": lambda: document_of(
        "sum(tanh(x) * w)", x=np.arange(24.0).reshape(2, 3, 4), w=np.ones(4)
    ),
}


@pytest.mark.parametrize("make", ODD.values(), ids=ODD)
def test_every_page_shows_every_document_at_every_kind_of_step(window, qtbot, make):
    window.show_document(make())
    qtbot.waitUntil(lambda: not window.document.is_behind, timeout=20_000)
    last, turn = window.player.last, min(window.player.recording.turn, window.player.last)
    for page in PAGES:
        window.side.turn_to(page.name)
        for cursor in sorted({0, min(turn + 1, last), last}):
            window.player.seek(cursor)
            assert not window.side.grab().isNull()
        qtbot.waitUntil(window.side.page(page.name).isVisible, timeout=20_000)
    assert not window.view.grab().isNull()


def said(page):
    return {w.accessibleName() for w in page.findChildren(QWidget) if w.isVisible()}


@pytest.mark.parametrize("page", ["plot", "forward", "mistakes"])
def test_a_page_that_would_run_huge_arrays_again_says_so_and_runs_nothing(
    window, qtbot, page, monkeypatch
):
    window.show_document(ODD["huge"]())
    qtbot.waitUntil(lambda: not window.document.is_behind, timeout=20_000)
    ran = []

    def counted(*args):
        ran.append(args)
        return positions_of(*args)

    monkeypatch.setattr("engine.asking.curves.positions_of", counted)
    window.side.turn_to(page)
    shown = window.side.page(page)
    qtbot.waitUntil(lambda: any("elements in all" in words for words in said(shown)))
    assert ran == []


def test_a_page_goes_on_as_before_up_to_the_limit(window, monkeypatch):
    window.show_document(document_of("sum(exp(x))", x=np.ones(10)))
    monkeypatch.setattr(too_large, "MOST", 20)
    window.side.turn_to("mistakes")
    assert any("elements in all" in words for words in said(window.side.page("mistakes")))
    window.show_document(document_of("sum(exp(x))", x=np.ones(5)))
    assert window.side.page("mistakes").walk is not None


def test_looking_at_a_value_again_copies_nothing(qapp):
    recording = ODD["three axes"]().recording
    for block in recording.values:
        assert recording.value(block) is recording.value(block)
        assert not recording.value(block).flags.writeable
    for block in recording.gradients:
        assert recording.gradient(block) is recording.gradient(block)


def test_an_edit_of_a_huge_array_does_not_wait_for_its_run(qtbot, window):
    document = ODD["huge"]()
    window.show_document(document)
    qtbot.waitUntil(lambda: not document.is_behind, timeout=20_000)
    before = document.latest
    document.set_value(document.graph.named("w").id, np.array(3.0))
    assert document.latest is before
    qtbot.waitUntil(lambda: not document.is_behind, timeout=20_000)
    after = record(document.graph, document.target)
    assert document.latest.value(document.target) == after.value(document.target)


@pytest.mark.parametrize(
    ("make", "kind", "told", "kept"),
    [
        (open_port, "add", "The input x0 of Add is open.", 3),
        (misfit, "mul", "Mul cannot run", 4),
    ],
    ids=["open port", "misfit"],
)
def test_what_cannot_run_says_so_and_all_before_it_keeps_its_numbers(
    window, make, kind, told, kept
):
    document = make()
    window.show_document(document)
    window.player.to_end()
    recording = window.player.recording
    (problem,) = recording.problems
    assert document.graph.block(problem.block).kind == kind
    assert told in problem.sentence
    assert problem.sentence in "\n".join(said(window.side.page("step")))
    assert len(recording.values) == kept
    shown = window.view.canvas.moment
    assert all(shown.value(block) is not None for block in recording.values)


@pytest.mark.parametrize(
    ("given", "kept"), [([1, 2], [1.0, 2.0]), ([True, False], [1.0, 0.0]), (7, 7.0)]
)
def test_integers_and_booleans_are_taken_as_numbers(window, given, kept):
    document = window.document
    document.set_value(document.graph.named("x").id, np.array(given))
    value = document.recording.value(document.graph.named("x").id)
    assert value.dtype == np.float64
    assert value.tolist() == kept


def test_complex_numbers_are_refused_with_a_sentence_and_nothing_changes(qtbot, window):
    document, block = window.document, window.document.graph.named("x").id
    with qtbot.waitSignal(document.refused) as refused:
        document.set_value(block, np.array(1 + 2j))
    assert "real numbers" in refused.args[0]
    assert document.graph.block(block).value == 0.5
    assert not document.undo_stack.canUndo()
