"""What is made for the screen after a large verb or a jump: a few items at a time."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QCoreApplication, QPointF

from gui.canvas import covering
from gui.document import OpenDocument
from tests.gui.test_large_graphs import grid, wait_for_items


@pytest.fixture
def view(window):
    window.show_document(OpenDocument(grid()))
    window.view.set_zoom(0.5)
    window.view.shift(QPointF(-4000, -1000))
    wait_for_items(window.view)
    return window.view


def is_whole(view):
    """Whether all that is in sight has items."""
    canvas, part = view.canvas, view.visible_rect()
    blocks, wires = set(canvas.where.blocks_in(part)), set(canvas.where.wires_in(part))
    assert blocks
    return blocks <= canvas.shown.blocks.keys() and wires <= canvas.shown.wires.keys()


def made(view):
    shown = view.canvas.shown
    return len(shown.blocks) + len(shown.variables) + len(shown.wires)


def waits(view):
    return not view.viewport().updatesEnabled()


def jump(view):
    view.shift(QPointF(4000, 0))


def test_after_a_jump_what_is_in_sight_is_made_over_several_turns(view):
    jump(view)
    turns = 0
    while waits(view):
        before = made(view)
        QCoreApplication.processEvents()
        assert made(view) - before <= covering.A_PIECE
        turns += 1
    assert turns > 1
    assert is_whole(view)


def test_who_goes_on_meanwhile_sees_where(view):
    jump(view)
    QCoreApplication.processEvents()
    assert waits(view)
    jump(view)
    assert not waits(view)
    assert is_whole(view)


def test_what_comes_and_goes_meanwhile_is_as_the_document_has_it(view):
    jump(view)
    assert waits(view)
    graph, canvas = view.canvas.document.graph, view.canvas
    gone = canvas.where.blocks_in(view.visible_rect())[-3:]
    view.canvas.document.remove(gone)
    wait_for_items(view)
    assert is_whole(view)
    assert canvas.shown.blocks.keys() <= graph.blocks.keys()
    assert canvas.shown.wires.keys() <= set(graph.wires())


def test_from_far_away_nothing_is_waited_for(view):
    jump(view)
    assert waits(view)
    view.set_zoom(0.1)
    assert not waits(view)
    assert not made(view)


def test_a_document_that_is_left_meanwhile_is_whole_when_it_is_seen_again(window, view):
    first = window.document
    jump(view)
    assert waits(view)
    window.documents.open(OpenDocument(grid(4)))
    window.documents.bring_to_front(first)
    wait_for_items(view)
    assert is_whole(view)
