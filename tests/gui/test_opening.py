"""A large file is opened beside the window, which goes on to answer and can give it up."""

from __future__ import annotations

import time

import numpy as np
import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QMessageBox

from engine.document import Document
from engine.expression import parse_expression
from engine.recording import record
from engine.storage import save
from gui.canvas import keeping_up
from gui.canvas.folds import Folds
from gui.canvas.seen import look
from gui.errand_card import ErrandCard
from gui.opening import LARGE_FILE, is_large
from gui.panels.warning_card import LinkButton
from tests.gui.test_large_graphs import grid


@pytest.fixture
def large_file(tmp_path):
    path = tmp_path / "large.gradwalk"
    save(grid(4000), path)
    assert is_large(path)
    return path


def is_open(window, path):
    return window.document.path == path


def test_the_window_answers_while_a_large_file_is_opened(window, qtbot, large_file):
    window.open_path(large_file)
    assert not is_open(window, large_file)
    card = window.findChild(ErrandCard)
    assert card.isVisible()
    answered = []
    clock = QTimer(interval=5)
    clock.timeout.connect(lambda: answered.append(time.monotonic()))
    clock.start()
    qtbot.waitUntil(lambda: is_open(window, large_file), timeout=20_000)
    clock.stop()
    assert len(answered) > 3
    qtbot.waitUntil(lambda: window.findChild(ErrandCard) is None)
    assert len(window.document.graph) == 3999
    assert window.document.latest.values == record(window.document.graph).values
    assert not window.document.is_modified


def test_what_was_folded_beside_the_window_can_be_unfolded_and_folded_again(
    window, qtbot, large_file
):
    window.open_path(large_file)
    qtbot.waitUntil(lambda: is_open(window, large_file), timeout=20_000)
    document, canvas = window.document, window.view.canvas
    folded, known = {**document.groups.all}, canvas.folds.lines()
    assert document.was_folded
    assert known == Folds(document).lines()
    assert set(canvas.where.blocks.keys) == Folds(document).items()
    document.undo_stack.undo()
    assert not document.groups.all
    assert len(canvas.where.blocks) == 3999
    assert document.places() == grid(4000).places
    document.undo_stack.redo()
    assert {**document.groups.all} == folded
    assert set(canvas.where.wires.keys) == {along[0] for along in known.values()}


def test_what_is_seen_of_a_large_file_is_found_beside_the_window(
    window, qtbot, large_file, monkeypatch
):
    looked = []
    monkeypatch.setattr(keeping_up, "look", lambda level: looked.append(level) or look(level))
    window.open_path(large_file)
    qtbot.waitUntil(lambda: is_open(window, large_file), timeout=20_000)
    assert not looked
    made = list(window.view.canvas.document.groups.all)
    window.document.unfold(made[:1])
    assert len(looked) == 1  # what was found is true of what was read alone
    fresh = look(looked[0])
    where = window.view.canvas.where
    assert where.blocks.keys == fresh.blocks.keys
    assert np.array_equal(where.wires.numbers, fresh.wires.numbers)


def test_a_large_file_can_be_given_up(window, qtbot, large_file):
    before = window.document
    window.open_path(large_file)
    window.findChild(ErrandCard).findChild(LinkButton).click()
    qtbot.waitUntil(lambda: window.findChild(ErrandCard) is None)
    assert window.document is before


def test_an_expression_is_opened_in_a_tab_of_its_own_and_laid_out(window, tmp_path):
    path = tmp_path / "grid.gradwalk"
    save(grid(40), path)
    graph, target = parse_expression("a = x * w; exp(a) + a", {"x": np.array(2.0)})
    window.window().open_all([path, Document(graph, {}, target)])
    assert window.document.path is None
    assert [document.path for document in window.documents] == [path, None]
    places = [window.document.place(block) for block in graph.blocks]
    assert len(set(places)) == len(graph)


def test_several_large_files_are_opened_one_after_the_other(window, qtbot, large_file, tmp_path):
    others = [tmp_path / f"{name}.gradwalk" for name in "ab"]
    for path in others:
        save(grid(4000), path)
    window.window().open_all([large_file, *others])
    window.findChild(ErrandCard).findChild(LinkButton).click()  # one of them is given up
    qtbot.waitUntil(lambda: is_open(window, others[1]), timeout=20_000)
    assert [document.path for document in window.documents] == others


def test_a_large_file_that_is_broken_is_refused_with_a_sentence(
    window, qtbot, tmp_path, monkeypatch
):
    said = []
    monkeypatch.setattr(QMessageBox, "exec", lambda box: said.append(box.text()))
    path = tmp_path / "broken.gradwalk"
    path.write_text("{" + " " * LARGE_FILE)
    before = window.document
    window.open_path(path)
    qtbot.waitUntil(lambda: window.findChild(ErrandCard) is None)
    assert window.document is before
    assert said
