"""The open document: one door to a change, and signals that tell of it."""

from __future__ import annotations

import numpy as np
import pytest

from engine.document import Place
from engine.errors import DocumentError
from engine.graph import Wire
from gui.document import OpenDocument


@pytest.fixture
def empty(qapp):
    return OpenDocument()


def chain(document):
    """Build x -> Square -> Exp by appending; give the ids."""
    ids = [document.append("input", None)]
    for kind in ("square", "exp"):
        ids.append(document.append(kind, ids[-1]))
    return ids


def test_appending_connects_to_the_block_before(empty):
    x, square, exp = chain(empty)
    assert set(empty.graph.wires()) == {Wire(x, square, 0), Wire(square, exp, 0)}
    assert [empty.graph.block(b).name for b in (x, square, exp)] == ["x", "a", "b"]


def test_each_verb_is_one_entry_on_the_undo_stack_and_all_can_be_taken_back(empty):
    x, square, exp = chain(empty)
    empty.set_value(x, np.array(0.5))
    empty.rename(exp, "y")
    empty.move({square: Place(5.0, 7.0)})
    empty.set_target(square)
    empty.duplicate([square, exp], Place(10, 10))
    empty.insert_on_wire("sin", Place(0, 0), Wire(square, exp, 0))
    empty.remove([square])
    assert empty.undo_stack.count() == 10
    empty.undo_stack.setIndex(0)
    assert len(empty.graph) == 0
    assert not empty.is_modified
    empty.undo_stack.setIndex(10)
    assert empty.graph.named("y") is not None


def test_a_change_that_changes_nothing_is_not_on_the_stack(empty):
    x, *_ = chain(empty)
    before = empty.undo_stack.count()
    assert not empty.set_value(x, np.array(1.0))
    assert not empty.move({x: empty.place(x)})
    assert empty.undo_stack.count() == before


def test_a_refused_verb_says_why_and_changes_nothing(empty):
    x, square, exp = chain(empty)
    said = []
    empty.refused.connect(lambda sentence, block: said.append((sentence, block)))
    before = empty.undo_stack.count()
    assert not empty.connect_wire(Wire(exp, square, 0))
    assert not empty.connect_wire(Wire(exp, x, 0))
    assert not empty.rename(exp, "not a name")
    assert len(said) == 3
    assert "taken" in said[0][0]
    assert said[0][1] == square
    assert empty.undo_stack.count() == before


def test_signals_tell_of_each_change_with_its_id(empty):
    told = []
    for name in (
        "block_added",
        "block_removed",
        "block_changed",
        "block_moved",
        "wire_added",
        "wire_removed",
    ):
        getattr(empty, name).connect(lambda what, name=name: told.append((name, what)))
    x = empty.append("input", None)
    square = empty.append("square", x)
    empty.set_value(x, np.array(3.0))
    empty.remove([square])
    wire = Wire(x, square, 0)
    assert told == [
        ("block_added", x),
        ("block_added", square),
        ("wire_added", wire),
        ("block_changed", x),
        ("wire_removed", wire),
        ("block_removed", square),
    ]


def test_thousands_of_changes_are_told_of_by_one_signal_once_all_are_made(empty):
    x, square, exp = chain(empty)
    told = []
    for name in ("block_added", "wire_added", "block_removed", "wire_removed", "block_moved"):
        getattr(empty, name).connect(lambda what, name=name: told.append(name))
    empty.many_changed.connect(lambda changes: told.append((len(changes), len(empty.graph))))
    empty.edited.connect(lambda: told.append("edited"))
    copies = [x, square, exp]
    while len(empty.graph) < 300:
        copies += empty.duplicate(copies, Place(0.0, 300.0))
    assert told[:6] == ["block_added"] * 3 + ["wire_added"] * 2 + ["edited"]
    assert told[-2:] == [(320, 384), "edited"]
    empty.undo_stack.undo()
    assert told[-2:] == [(320, 192), "edited"]
    empty.move({block: Place(7.0, 7.0) for block in empty.graph.blocks})
    assert told[-2:] == [(192, 192), "edited"]


def test_a_value_makes_a_new_recording_and_a_move_does_not(empty):
    x, square, _ = chain(empty)
    first = empty.recording
    empty.move({square: Place(1, 2)})
    assert empty.recording is first
    empty.set_value(x, np.array(0.5))
    assert empty.recording is not first
    assert empty.recording.value(square) == 0.25


def test_only_what_is_more_than_places_rewrites_the_document(empty):
    x, square, _ = chain(empty)
    told = []
    empty.rewritten.connect(lambda: told.append(empty.undo_stack.undoText()))
    empty.move({square: Place(1, 2)})
    empty.group([square])
    empty.undo_stack.undo()
    assert told == []
    empty.set_value(x, np.array(0.5))
    empty.set_target(square)
    assert len(told) == 2


def test_deleting_a_link_closes_the_chain(empty):
    x, square, exp = chain(empty)
    empty.remove([square])
    assert set(empty.graph.wires()) == {Wire(x, exp, 0)}


def test_a_duplicate_has_the_inner_wires_and_names_of_its_own(empty):
    _, square, exp = chain(empty)
    copies = empty.duplicate([square, exp], Place(30, 30))
    assert Wire(copies[0], copies[1], 0) in set(empty.graph.wires())
    assert len({block.name for block in empty.graph.blocks.values()}) == 5


def test_saving_cleans_and_opening_gives_the_same(empty, tmp_path):
    chain(empty)
    path = tmp_path / "mine.gradwalk"
    empty.save_to(path)
    assert not empty.is_modified
    assert empty.title == "mine"
    again = OpenDocument.read(path)
    assert again.graph == empty.graph
    assert again.places() == empty.places()


def test_a_failed_save_leaves_the_document_modified(empty, tmp_path):
    chain(empty)
    with pytest.raises(DocumentError):
        empty.save_to(tmp_path / "nowhere" / "mine.gradwalk")
    assert empty.is_modified
    assert empty.path is None
