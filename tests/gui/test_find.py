"""Finding blocks and lighting some of them: a way of looking that changes nothing."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QLineEdit, QPushButton

from gui.answer import THREAD
from gui.background import beside
from gui.canvas import find_bar
from gui.canvas.interactions.selecting import RubberBand
from gui.canvas.lighting import DIMMED
from gui.document import OpenDocument
from tests.gui.test_large_graphs import grid


def act(window, name):
    window.actions_by_name[name].trigger()


def part(window, kind, name):
    return next(w for w in window.view.findChildren(kind) if w.accessibleName() == name)


def look_for(window, text):
    """Open the find bar and type; give its line."""
    act(window, "find")
    line = part(window, QLineEdit, "Find what")
    line.selectAll()
    QTest.keyClicks(line, text)
    return line


def lit(window, blocks):
    """Give the names of the blocks that are painted in full."""
    canvas = window.view.canvas
    return "".join(sorted(n for n, b in blocks.items() if canvas.block_item(b).opacity() == 1))


def said(window):
    return part(window, QLabel, "Message").text()


def test_what_is_found_is_lit_counted_and_gone_through(window, blocks):
    line = look_for(window, "square")
    found = part(window, QLabel, "Found")
    assert found.text() == "2 found"
    assert lit(window, blocks) == "ay"
    assert window.view.canvas.block_item(blocks["x"]).opacity() == DIMMED
    steps = []
    for key in (Qt.Key.Key_Return, Qt.Key.Key_Return, Qt.Key.Key_Return):
        QTest.keyClick(line, key)
        steps.append((window.view.canvas.selection.blocks(), found.text()))
    assert steps == [
        ([blocks["a"]], "1 of 2"), ([blocks["y"]], "2 of 2"), ([blocks["a"]], "1 of 2"),
    ]  # fmt: skip
    QTest.keyClick(line, Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    assert window.view.canvas.selection.blocks() == [blocks["y"]]
    QTest.keyClick(line, Qt.Key.Key_Escape)
    assert not line.isVisible()
    assert window.view.canvas.selection.blocks() == [blocks["y"]]
    assert lit(window, blocks) == "abxy"
    assert window.document.undo_stack.count() == 0


def test_what_is_found_follows_the_run(window, blocks):
    look_for(window, "> 1")
    assert lit(window, blocks) == "by"
    window.document.set_value(blocks["x"], np.array(3.0))
    assert lit(window, blocks) == "abxy"
    window.document.remove([blocks["b"]])
    assert part(window, QLabel, "Found").text() == "3 found"


@pytest.mark.parametrize(
    ("text", "words"), [("quux", "Nothing found"), ("grad >", "A number is missing")]
)
def test_nothing_found_dims_nothing_or_all_and_says_so(window, blocks, text, words):
    look_for(window, text)
    found = part(window, QLabel, "Found")
    assert found.toolTip().startswith(words)


def test_the_mouse_goes_through_what_was_found(window, blocks):
    look_for(window, "square")
    for name, wanted in (("Next", "a"), ("Next", "y"), ("Previous", "a")):
        QTest.mouseClick(part(window, QPushButton, name), Qt.MouseButton.LeftButton)
        assert window.view.canvas.selection.blocks() == [blocks[wanted]]
    QTest.mouseClick(part(window, QPushButton, "Close"), Qt.MouseButton.LeftButton)
    assert window.view.canvas.lighting.light is None


def test_a_block_far_away_is_brought_into_sight(window, blocks):
    window.view.shift(QPointF(9000, 9000))
    QTest.keyClick(look_for(window, "exp"), Qt.Key.Key_Return)
    rect = window.view.canvas.block_rect(blocks["b"])
    assert window.view.visible_rect().contains(rect)


@pytest.mark.parametrize(
    ("action", "names"),
    [
        ("light_neighbours", "aby"),
        ("light_ancestors", "abx"),
        ("light_descendants", "by"),
    ],
)
def test_kin_of_the_selection_is_lit_until_escape(window, blocks, action, names):
    window.view.canvas.selection.choose([blocks["b"]])
    act(window, action)
    assert lit(window, blocks) == names
    QTest.keyClick(window.view, Qt.Key.Key_Escape)
    assert lit(window, blocks) == "abxy"
    assert window.view.canvas.selection.blocks() == [blocks["b"]]
    assert window.document.undo_stack.count() == 0


def test_the_way_between_two_blocks_is_lit_with_its_wires(window, blocks):
    window.view.canvas.selection.choose([blocks["b"], blocks["x"]])
    act(window, "light_ways")
    assert lit(window, blocks) == "abx"
    canvas = window.view.canvas
    strong = [w for w in window.document.graph.wires() if canvas.wire_item(w).opacity() == 1]
    assert {wire.target for wire in strong} == {blocks["a"], blocks["b"]}
    act(window, "show_everything")
    assert lit(window, blocks) == "abxy"


def test_without_a_way_or_a_selection_a_sentence_says_so(window, blocks):
    act(window, "light_neighbours")
    assert said(window).startswith("Select the blocks")
    act(window, "isolate")
    assert said(window).startswith("Select the blocks")
    window.view.canvas.selection.choose([blocks["x"]])
    act(window, "light_ways")
    assert said(window).startswith("Select the two blocks")
    window.document.unplug(window.document.graph.wires_into(blocks["b"]))
    window.view.canvas.selection.choose([blocks["x"], blocks["y"]])
    act(window, "light_ways")
    assert said(window) == "There is no way between x and y."


def test_what_is_isolated_is_all_that_can_be_seen_hit_and_selected(window, blocks):
    canvas = window.view.canvas
    canvas.selection.choose([blocks["a"], blocks["b"]])
    act(window, "isolate")
    assert canvas.block_item(blocks["x"]).opacity() == 0
    assert not canvas.items(canvas.block_item(blocks["x"]).pos())
    act(window, "select_all")
    assert set(canvas.selection.blocks()) == {blocks["a"], blocks["b"]}
    band = RubberBand(window.view, canvas.content_rect().topLeft(), add=False)
    band.move(canvas.content_rect().bottomRight())
    assert set(canvas.selection.blocks()) == {blocks["a"], blocks["b"]}
    band.finish(QPointF())
    assert set(canvas.reading_order()) == {blocks["a"], blocks["b"]}
    act(window, "isolate")
    assert canvas.block_item(blocks["x"]).opacity() == DIMMED


def test_far_away_and_in_the_overview_what_is_lit_stands_out(window, blocks):
    def picture():
        image = window.view.grab().toImage()
        return bytes(image.constBits())

    window.view.set_zoom(0.1)
    plain = picture()
    window.view.canvas.selection.choose([blocks["b"]])
    window.view.canvas.selection.clear()
    look_for(window, "exp")
    part(window, QLineEdit, "Find what").parentWidget().hide()
    assert picture() != plain


@pytest.mark.parametrize("name", "xab")
def test_a_block_under_the_pointer_has_its_wires_lit(window, blocks, name):
    view, canvas = window.view, window.view.canvas
    spot = view.mapFromScene(canvas.block_rect(blocks[name]).center())
    QTest.mouseMove(view.viewport(), spot)
    assert canvas.hovered == frozenset(window.document.graph.wires_at(blocks[name]))
    corner = view.mapFromScene(canvas.content_rect().topLeft() - QPointF(0, 90))
    QTest.mouseMove(view.viewport(), corner)
    assert not canvas.hovered


def test_folded_groups_are_lit_if_anything_in_them_is(window, blocks):
    group = window.document.group([blocks["a"], blocks["b"]])
    look_for(window, "exp")
    canvas = window.view.canvas
    assert canvas.block_item(group).opacity() == 1
    assert canvas.block_item(blocks["x"]).opacity() == DIMMED


@pytest.fixture
def large(window):
    window.show_document(OpenDocument(grid(900)))
    return window


def is_found(window):
    return "found" in part(window, QLabel, "Found").text()


def test_in_a_large_graph_it_is_looked_for_beside_the_window(large, qtbot, threads_of):
    threads = threads_of(find_bar, "_found")
    look_for(large, "tanh")
    qtbot.waitUntil(lambda: is_found(large))
    assert part(large, QLabel, "Found").text() == "299 found"
    assert not any(name == "MainThread" for name in threads)
    graph, light = large.document.graph, large.view.canvas.lighting.light
    assert light.blocks == {b.id for b in graph.blocks.values() if b.kind == "tanh"}
    act(large, "show_everything")
    assert large.view.canvas.lighting.light is None


def test_enter_goes_to_what_is_going_to_be_found(large, qtbot, held_answers):
    line = look_for(large, "tanh")
    QTest.keyClick(line, Qt.Key.Key_Return)
    QTest.keyClick(line, Qt.Key.Key_Return)
    assert not large.view.canvas.selection.blocks()
    held_answers.set()
    qtbot.waitUntil(lambda: bool(large.view.canvas.selection.blocks()))
    assert part(large, QLabel, "Found").text() == "2 of 299"


def test_of_what_is_typed_quickly_the_last_is_found(large, qtbot, held_answers):
    line = look_for(large, "ta")
    QTest.keyClicks(line, "nh")
    held_answers.set()
    qtbot.waitUntil(lambda: is_found(large))
    assert part(large, QLabel, "Found").text() == "299 found"


def test_what_was_being_looked_for_lights_nothing_once_the_bar_is_closed(
    large, qtbot, held_answers
):
    line = look_for(large, "tanh")
    QTest.keyClick(line, Qt.Key.Key_Escape)
    held_answers.set()
    beside(list, THREAD).result()
    qtbot.wait(20)
    assert large.view.canvas.lighting.light is None


def test_in_a_group_that_was_entered_only_what_is_in_it_is_found(large, qtbot):
    document = large.document
    group = document.group([f"b{at}" for at in range(1, 301)])
    large.view.enter_group(group)
    look_for(large, "tanh")
    qtbot.waitUntil(lambda: is_found(large))
    assert part(large, QLabel, "Found").text() == "99 found"
