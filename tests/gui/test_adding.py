"""Adding where a person points: a search box at the pointer, at the end of a wire, by keyboard."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit

from engine.document import Place
from engine.graph import Wire
from gui.canvas.drafting import OUT, Port
from gui.document import OpenDocument
from gui.panels.add_box import AddBox
from gui.panels.add_offers import AddModel, Offer, values_of
from gui.panels.palette_entries import Entry
from tests.gui.hands import LEFT, at_block, at_port, drag, empty_spot

KEY = Qt.Key


def field(view):
    """The field of the box that is open."""
    (box,) = [box for box in view.findChildren(AddBox) if box.isVisible()]
    return box.findChild(QLineEdit)


def is_open(view):
    return any(box.isVisible() for box in view.findChildren(AddBox))


def add(view, words, key=KEY.Key_Return, keys=Qt.KeyboardModifier.NoModifier):
    """Type into the box and press a key."""
    QTest.keyClicks(field(view), words)
    QTest.keyClick(field(view), key, keys)


def offered(words, may=lambda _: True):
    graph = OpenDocument().graph
    return [(entry.kind, entry.name) for entry in AddModel(graph, may).found(words)]


@pytest.mark.parametrize(
    ("words", "first"),
    [
        ("sq", "square"),
        ("SQRT", "sqrt"),
        ("+", "add"),
        ("mse", "mean_squared_error"),
        ("matm", "matmul"),
        ("lsm", "log_softmax"),
    ],
)
def test_what_a_few_letters_are_nearest_to_is_offered_first(words, first):
    assert offered(words)[0][0] == first


def test_a_value_is_offered_as_an_input_and_as_a_constant():
    assert [kind for kind, _ in offered("0.5")[:2]] == ["input", "constant"]
    given = values_of("w = [1, 2]")[0]
    assert (given.called, given.value.tolist()) == ("w", [1.0, 2.0])
    assert values_of("square") == []
    # e is a number, and the beginning of the name of a Function.
    assert offered("e")[0][0] == "exp"
    assert ("input", "Input") in offered("e")


@pytest.mark.parametrize("digits", ["0", "1", "2", "3", "10"])
def test_who_types_digits_means_that_value_and_not_an_entry_with_such_a_symbol(digits):
    first = AddModel(OpenDocument().graph, lambda _: True).found(digits)[0]
    assert isinstance(first, Offer)
    assert (first.kind, float(first.value)) == ("input", float(digits))


def test_where_a_wire_begins_at_an_output_no_values_are_offered():
    kinds = {kind for kind, _ in offered("", Entry.is_function.fget)}
    assert "square" in kinds
    assert kinds.isdisjoint({"input", "constant"})


def test_a_wire_let_go_in_the_open_asks_what_to_add_and_is_taken_back_with_it(view, window, blocks):
    spot = empty_spot(view)
    drag(view, at_port(view, Port(blocks["a"], OUT)), spot)
    assert view.canvas.plugging.draft is not None, "the pending wire stays in sight"
    add(view, "sq")
    assert view.canvas.plugging.draft is None
    (new,) = view.canvas.selection.blocks()
    assert window.document.graph.block(new).kind == "square"
    assert Wire(blocks["a"], new, 0) in window.document.graph.wires_from(blocks["a"])
    port = at_port(view, Port(new, 0))
    assert abs((port - spot).x()) <= 2
    assert view.hasFocus()
    window.document.undo_stack.undo()
    assert new not in window.document.graph
    assert window.document.undo_stack.index() == 0


def test_tab_adds_beside_the_block_under_the_mouse_and_does_not_cover_it(view, window, blocks):
    QTest.mouseClick(view.viewport(), LEFT, pos=at_block(view, blocks["y"]))
    for kind in ("tanh", "sum"):
        QTest.keyClick(view, Qt.Key.Key_Tab)
        add(view, kind)
    cards = [view.canvas.block_rect(block) for block in window.document.graph.blocks]
    pairs = ((one, two) for at, one in enumerate(cards) for two in cards[at + 1 :])
    assert not any(one.intersects(two) for one, two in pairs)
    assert len(cards) == 6


def test_escape_closes_the_box_and_nothing_has_changed(view, window, blocks):
    drag(view, at_port(view, Port(blocks["a"], OUT)), empty_spot(view))
    add(view, "sq", KEY.Key_Escape)
    assert not is_open(view)
    assert view.canvas.plugging.draft is None
    assert view.interaction is None
    assert window.document.undo_stack.count() == 0
    assert view.hasFocus()


def test_dragged_back_from_an_input_it_offers_what_could_feed_it(view, window, blocks):
    adder = window.document.add_block("add", Place(200, 260))
    drag(view, at_port(view, Port(adder, 1)), at_port(view, Port(adder, 1)) + QPoint(-90, 60))
    add(view, "w = 3")
    wire = window.document.graph.wires_into(adder)[1]
    given = window.document.graph.block(wire.source)
    assert (given.name, given.value) == ("w", np.array(3.0))


def test_a_variable_that_is_there_already_can_feed_it(view, window, blocks):
    adder = window.document.add_block("add", Place(200, 260))
    drag(view, at_port(view, Port(adder, 0)), at_port(view, Port(adder, 0)) + QPoint(-90, 60))
    add(view, "x")
    assert window.document.graph.wires_into(adder)[0] == Wire(blocks["x"], adder, 0)


def test_what_is_unknown_says_so_and_enter_changes_nothing(view, window):
    QTest.mouseDClick(view.viewport(), Qt.MouseButton.LeftButton, pos=empty_spot(view))
    add(view, "fourier")
    assert is_open(view)
    assert "fourier" in field(view).parent().findChild(type(field(view).parent()._list)).nothing
    QTest.keyClick(field(view), KEY.Key_Escape)
    assert window.document.undo_stack.count() == 0


def test_a_double_click_on_empty_ground_adds_there_without_a_wire(view, window):
    spot = empty_spot(view)
    QTest.mouseDClick(view.viewport(), Qt.MouseButton.LeftButton, pos=spot)
    add(view, "[1, 2, 3]")
    (new,) = view.canvas.selection.blocks()
    assert window.document.graph.block(new).value.tolist() == [1, 2, 3]
    assert window.document.graph.wires_at(new) == ()
    there = view.mapFromScene(view.canvas.block_item(new).pos())
    assert (there - spot).manhattanLength() <= 4


def test_shift_and_enter_places_it_without_the_wire(view, window, blocks):
    drag(view, at_port(view, Port(blocks["a"], OUT)), empty_spot(view))
    add(view, "exp", keys=Qt.KeyboardModifier.ShiftModifier)
    (new,) = view.canvas.selection.blocks()
    assert window.document.graph.wires_at(new) == ()


def test_going_elsewhere_closes_the_box(view, window):
    QTest.keyClick(view, KEY.Key_Tab)
    assert is_open(view)
    window.commands.add_block()
    assert not is_open(view)
    assert view.interaction is None
    assert not view.hasFocus()


def test_from_an_empty_document_to_the_last_step_with_keys_alone(qtbot, window):
    window.show_document(OpenDocument())
    view = window.view
    for words in ("0.5", "sq", "exp", "sq"):
        QTest.keyClick(view, KEY.Key_Tab)
        add(view, words)
    QTest.keyClick(view, KEY.Key_End)
    window.commands.to_end()
    graph = window.document.graph
    (given,) = window.document.inputs()
    assert [block.kind for block in graph.blocks.values()] == ["input", "square", "exp", "square"]
    assert window.player.moment.gradient(given) == pytest.approx(3.297442541400256, abs=0)
    places = window.document.places()
    assert len({place.y for place in places.values()}) == 1
    assert len(set(places.values())) == 4
