"""The canvas follows the document, and gestures with the mouse come down to verbs."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, QRect, Qt
from PySide6.QtGui import QDragEnterEvent, QDragMoveEvent, QDropEvent, QTextLayout
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit

from engine.document import Place
from engine.graph import Wire
from gui.canvas import far_blocks, labels, paint
from gui.canvas.bubble import Bubble
from gui.canvas.drafting import OUT, Port
from gui.canvas.drifting import Drift
from gui.document import OpenDocument
from gui.mime import block_mime
from tests.gui.builders import document_of, long_chain
from tests.gui.hands import at_block, at_port, drag, written_in

LEFT = Qt.MouseButton.LeftButton


def drop(view, kind, at, mime=None):
    """Drag a block in from the palette with real drag and drop events."""
    mime = mime or block_mime(kind)
    spot, copy = QPointF(at), Qt.DropAction.CopyAction
    none = Qt.KeyboardModifier.NoModifier
    enter = QDragEnterEvent(at, copy, mime, LEFT, none)
    QApplication.sendEvent(view.viewport(), enter)
    if not enter.isAccepted():
        return
    QApplication.sendEvent(view.viewport(), QDragMoveEvent(at, copy, mime, LEFT, none))
    QApplication.sendEvent(view.viewport(), QDropEvent(spot, copy, mime, LEFT, none))


def test_the_whole_tutorial_is_in_view_at_the_start(view):
    assert view.visible_rect().contains(view.canvas.content_rect())
    assert not view.minimap.isVisible()


def test_a_block_stays_where_it_is_dropped(view, window):
    drop(view, "sin", QPoint(350, 100))
    (sin,) = view.canvas.selection.blocks()
    place = window.document.place(sin)
    there = view.mapToScene(QPoint(350, 100))
    assert (place.x, place.y) == pytest.approx((there.x(), there.y()), abs=0.01)
    assert window.document.graph.wires_into(sin) == (None,)


def test_a_block_dropped_beside_a_free_port_snaps_on(qtbot, view, window, blocks):
    window.document.remove([blocks["y"]])
    beside = at_port(view, Port(blocks["b"], OUT)) + QPoint(70, 12)
    drop(view, "square", beside)
    (new,) = view.canvas.selection.blocks()
    assert Wire(blocks["b"], new, 0) in set(window.document.graph.wires())
    assert window.document.place(new).y == window.document.place(blocks["b"]).y


def test_a_block_dropped_on_a_wire_goes_in_between_and_makes_room(view, window, blocks):
    a, b = blocks["a"], blocks["b"]
    middle = (at_port(view, Port(a, OUT)) + at_port(view, Port(b, 0))) / 2
    drop(view, "sin", middle)
    (sin,) = view.canvas.selection.blocks()
    wires = set(window.document.graph.wires())
    assert {Wire(a, sin, 0), Wire(sin, b, 0)} <= wires
    assert Wire(a, b, 0) not in wires
    left, mid, right = (window.document.place(block).x for block in (a, sin, b))
    assert mid - left >= 150
    assert right - mid >= 150
    window.document.undo_stack.undo()
    assert Wire(a, b, 0) in set(window.document.graph.wires())
    assert sin not in window.document.graph


def test_an_input_dropped_before_a_free_input_feeds_it(view, window):
    adder = window.document.add_block("add", Place(300, 250))
    port = at_port(view, Port(adder, 1))
    drop(view, "input", port - QPoint(60, 0))
    assert window.document.graph.wires_into(adder)[1] is not None


def test_what_is_no_block_cannot_be_dropped(view, window):
    count = len(window.document.graph)
    for mime in (QMimeData(), block_mime("no such function")):
        drop(view, "", QPoint(300, 100), mime)
    assert len(window.document.graph) == count


def test_a_wire_is_drawn_from_port_to_port(view, window, blocks):
    new = window.document.add_block("sin", Place(0, 200))
    drag(view, at_port(view, Port(blocks["a"], OUT)), at_port(view, Port(new, 0)))
    assert Wire(blocks["a"], new, 0) in set(window.document.graph.wires())


def test_a_wire_can_be_drawn_backwards_from_an_input(view, window, blocks):
    new = window.document.add_block("sin", Place(0, 200))
    drag(view, at_port(view, Port(new, 0)), at_port(view, Port(blocks["b"], OUT)))
    assert Wire(blocks["b"], new, 0) in set(window.document.graph.wires())


def test_a_wire_being_drawn_lights_legal_ports_and_says_why_others_refuse(view, window, blocks):
    new = window.document.add_block("add", Place(0, 220))
    start, end = at_port(view, Port(blocks["b"], OUT)), at_port(view, Port(blocks["a"], 0))
    drag(view, start, end, release=False)
    canvas = view.canvas
    assert canvas.plugging.state(Port(new, 0)) == "legal"
    assert canvas.plugging.state(Port(blocks["a"], 0)) == "refused"
    assert canvas.plugging.draft.reason
    QTest.mouseRelease(view.viewport(), LEFT, pos=end)
    assert not window.document.undo_stack.canUndo() or window.document.undo_stack.count() == 1
    assert canvas.plugging.draft is None


def test_escape_gives_up_a_wire(view, window, blocks):
    start = at_port(view, Port(blocks["a"], OUT))
    drag(view, start, start + QPoint(40, 90), release=False)
    QTest.keyClick(view, Qt.Key.Key_Escape)
    assert view.canvas.plugging.draft is None
    QTest.mouseRelease(view.viewport(), LEFT, pos=start + QPoint(40, 90))
    assert window.document.undo_stack.count() == 0


def test_a_wire_dragged_off_an_input_is_unplugged(view, window, blocks):
    start = at_port(view, Port(blocks["b"], 0))
    drag(view, start, start + QPoint(-30, 120))
    assert window.document.graph.wires_into(blocks["b"]) == (None,)


def test_a_wire_dragged_off_can_be_plugged_in_elsewhere_in_one_undo(view, window, blocks):
    new = window.document.add_block("sin", Place(100, 220))
    drag(view, at_port(view, Port(blocks["b"], 0)), at_port(view, Port(new, 0)))
    assert Wire(blocks["a"], new, 0) in set(window.document.graph.wires())
    window.document.undo_stack.undo()
    assert Wire(blocks["a"], blocks["b"], 0) in set(window.document.graph.wires())


def test_blocks_are_moved_and_wires_follow(view, window, blocks):
    b = blocks["b"]
    before = window.document.place(b)
    start = at_block(view, b)
    drag(view, start, start + QPoint(0, 80))
    after = window.document.place(b)
    assert after.x == pytest.approx(before.x, abs=0.01)
    assert after.y == pytest.approx(before.y + 80 / view.zoom, abs=2)
    wire = view.canvas.wire_item(Wire(blocks["a"], b, 0))
    assert wire.path.pointAtPercent(1).y() == pytest.approx(after.y)
    window.document.undo_stack.undo()
    assert window.document.place(b) == before


def test_the_end_of_what_was_unplugged_does_not_cover_the_block_that_it_was_plugged_into(
    view, window, blocks
):
    symbol = QRect(0, 0, 30, 24)
    symbol.moveCenter(at_block(view, blocks["b"]) - QPoint(0, 8))
    before = view.grab(symbol).toImage()
    window.document.unplug([Wire(blocks["a"], blocks["b"], 0)])
    assert view.canvas.extent(blocks["a"]).intersects(view.canvas.block_rect(blocks["b"]))
    assert view.grab(symbol).toImage() == before


def test_a_click_does_not_move_a_block(view, window, blocks):
    QTest.mouseClick(view.viewport(), LEFT, pos=at_block(view, blocks["b"]))
    assert window.document.undo_stack.count() == 0
    assert view.canvas.selection.blocks() == [blocks["b"]]


def test_a_rubber_band_selects_what_it_touches(view, blocks):
    drag(view, QPoint(5, 5), at_block(view, blocks["a"]) + QPoint(5, 60))
    assert set(view.canvas.selection.blocks()) == {blocks["x"], blocks["a"]}


def test_a_rubber_band_that_is_given_up_leaves_selected_what_was(view, blocks):
    view.canvas.selection.choose([blocks["b"]])
    start, end = QPoint(5, 5), at_block(view, blocks["a"]) + QPoint(5, 60)
    QTest.mousePress(view.viewport(), LEFT, pos=start)
    QTest.mouseMove(view.viewport(), (start + end) / 2)
    QTest.mouseMove(view.viewport(), end)
    QTest.keyClick(view, Qt.Key.Key_Escape)
    QTest.mouseRelease(view.viewport(), LEFT, pos=end)
    assert view.canvas.selection.blocks() == [blocks["b"]]


def test_ctrl_and_a_click_select_one_more_or_one_less_and_a_drag_moves_it_alone(
    view, window, blocks
):
    a, b = (at_block(view, blocks[name]) for name in ("a", "b"))
    QTest.mouseClick(view.viewport(), LEFT, pos=a)
    QTest.mouseClick(view.viewport(), LEFT, Qt.KeyboardModifier.ControlModifier, pos=b)
    assert set(view.canvas.selection.blocks()) == {blocks["a"], blocks["b"]}
    QTest.mouseClick(view.viewport(), LEFT, Qt.KeyboardModifier.ControlModifier, pos=a)
    assert view.canvas.selection.blocks() == [blocks["b"]]
    QTest.mouseClick(view.viewport(), LEFT, Qt.KeyboardModifier.ControlModifier, pos=a)
    QTest.mouseClick(view.viewport(), LEFT, pos=a)
    assert view.canvas.selection.blocks() == [blocks["a"]], "a click alone selects it alone"
    before = window.document.places()
    drag(view, a, a + QPoint(0, 60))
    assert window.document.places()[blocks["b"]] == before[blocks["b"]]


def test_two_quick_clicks_with_ctrl_select_it_and_leave_it_out_again(view, blocks):
    held, at = Qt.KeyboardModifier.ControlModifier, at_block(view, blocks["a"])
    QTest.mouseClick(view.viewport(), LEFT, held, pos=at)
    QTest.mouseDClick(view.viewport(), LEFT, held, pos=at)
    QTest.mouseRelease(view.viewport(), LEFT, held, pos=at)
    assert not view.canvas.selection.blocks()
    assert not view.findChildren(QLineEdit), "no name is edited"


def test_the_canvas_drifts_along_while_a_block_is_dragged_beyond_its_edge(
    qtbot, view, window, blocks
):
    ground, y = view.viewport().rect(), blocks["y"]
    start = at_block(view, y)
    seen, before = view.visible_rect(), window.document.place(y).x
    QTest.mousePress(view.viewport(), LEFT, pos=start)
    QTest.mouseMove(view.viewport(), start + QPoint(30, 0))
    QTest.mouseMove(view.viewport(), QPoint(ground.right() + 60, start.y()))
    qtbot.waitUntil(lambda: view.visible_rect().left() > seen.left() + 100)
    QTest.mouseMove(view.viewport(), QPoint(ground.right() - 60, start.y()))
    assert not view.findChild(Drift).is_under_way, "it stands still while the pointer is inside"
    QTest.mouseRelease(view.viewport(), LEFT, pos=QPoint(ground.right() - 60, start.y()))
    assert window.document.place(y).x > before + 100
    middle = view.mapFromScene(view.canvas.block_rect(y).center())
    assert abs(middle.x() - (ground.right() - 60)) < 12, "it is under the pointer"
    window.document.undo_stack.undo()
    assert window.document.place(y).x == before


def test_the_canvas_goes_back_where_a_gesture_that_made_it_drift_is_given_up(qtbot, view, blocks):
    ground, start = view.viewport().rect(), at_block(view, blocks["y"])
    seen = view.visible_rect()
    QTest.mousePress(view.viewport(), LEFT, pos=start)
    QTest.mouseMove(view.viewport(), start + QPoint(0, 30))
    QTest.mouseMove(view.viewport(), QPoint(start.x(), ground.bottom() + 90))
    qtbot.waitUntil(lambda: view.visible_rect().top() > seen.top() + 40)
    QTest.keyClick(view, Qt.Key.Key_Escape)
    assert view.visible_rect() == seen
    QTest.mouseRelease(view.viewport(), LEFT, pos=start)
    assert view.visible_rect() == seen


def test_delete_removes_the_selection_and_closes_the_chain(view, window, blocks):
    view.canvas.selection.choose([blocks["b"]])
    window.commands.delete()
    assert Wire(blocks["a"], blocks["y"], 0) in set(window.document.graph.wires())


def test_a_value_is_edited_in_place(view, window, blocks):
    QTest.mouseDClick(view.viewport(), LEFT, pos=at_block(view, blocks["x"]))
    editor = view.findChild(QLineEdit)
    assert editor.text() == "0.5"
    editor.selectAll()
    QTest.keyClicks(editor, "[1, 2]")
    QTest.keyClick(editor, Qt.Key.Key_Return)
    assert np.array_equal(window.document.graph.block(blocks["x"]).value, [1, 2])


@pytest.mark.parametrize("text", ["abc", "", "[1, [2]]", "1+j", "__import__('os')", "[1, 2"])
def test_a_bad_value_is_refused_with_a_sentence_and_the_old_one_stays(view, window, blocks, text):
    view.edit(blocks["x"])
    editor = view.findChild(QLineEdit)
    editor.setText(text)
    said = []
    editor.complained.connect(lambda sentence, at: said.append(sentence))
    QTest.keyClick(editor, Qt.Key.Key_Return)
    assert len(said) == 1
    assert said[0].endswith(".")
    QTest.keyClick(editor, Qt.Key.Key_Escape)
    assert window.document.graph.block(blocks["x"]).value == 0.5
    assert window.document.undo_stack.count() == 0


def test_zooming_keeps_the_point_under_the_pointer(view):
    point = view.mapToScene(QPoint(200, 150))
    view.set_zoom(view.zoom * 2, point)
    there = view.mapFromScene(point)
    assert abs(there.x() - 200) <= 1
    assert abs(there.y() - 150) <= 1


def test_a_wire_is_drawn_with_the_keyboard_alone(view, window, blocks):
    new = window.document.add_block("add", Place(100, 220))
    view.canvas.selection.choose([blocks["a"]])
    window.commands.connect()
    QTest.keyClick(view, Qt.Key.Key_Down)
    QTest.keyClick(view, Qt.Key.Key_Return)
    assert Wire(blocks["a"], new, 1) in set(window.document.graph.wires())


def test_numbers_appear_when_the_walk_reaches_them(view, window, blocks):
    player, canvas = window.player, view.canvas
    player.to_start()
    assert canvas.numbers.value(blocks["y"]) is None
    player.to_end()
    assert canvas.numbers.gradient(blocks["x"]) == pytest.approx(3.297442541400256)
    player.to_start()
    canvas.set_show_all(True)
    assert canvas.numbers.gradient(blocks["x"]) == pytest.approx(3.297442541400256)


def test_items_and_document_stay_the_same_through_undo_and_redo(view, window, blocks):
    document, canvas = window.document, view.canvas
    document.duplicate(list(blocks.values()), Place(0, 150))
    document.remove([blocks["a"], blocks["y"]])
    document.insert_on_wire("log", Place(0, 0), next(iter(document.graph.wires())))
    for index in (0, 3, 1, 2, 0, 3):
        document.undo_stack.setIndex(index)
        assert {item.block for item in canvas.block_items()} == set(document.graph.blocks)
        assert {item.wire for item in canvas.wire_items()} == set(document.graph.wires())


def test_a_block_that_overflows_is_pointed_at(qtbot, window):
    window.show_document(document_of("exp(x)", x=1000.0))
    canvas = window.view.canvas
    assert [canvas.document.graph.block(b).name for b in canvas.faulty] == ["y"]


def test_every_look_can_be_painted(qtbot, window, blocks):
    view = window.view
    view.canvas.selection.choose([blocks["a"]])
    for expression, values in (
        ("x*x + 3*x - x/w", {"x": 2, "w": -4}),
        ("x + w", {"x": [1, 2, 3], "w": 10}),
        ("exp(x)", {"x": 1000}),
    ):
        window.show_document(document_of(expression, **values))
        for cursor in range(window.player.last + 1):
            window.player.seek(cursor)
            for zoom in (1.0, 0.3, 0.1):
                window.view.set_zoom(zoom)
                assert not window.view.grab().isNull()


def test_ctrl_and_an_arrow_moves_the_selected_blocks(view, window, blocks):
    before = window.document.place(blocks["a"])
    view.canvas.selection.choose([blocks["a"]])
    QTest.keyClick(view, Qt.Key.Key_Down, Qt.KeyboardModifier.ControlModifier)
    assert window.document.place(blocks["a"]) == Place(before.x, before.y + 24)


def test_inputs_are_unplugged_by_keyboard(view, window, blocks):
    view.canvas.selection.choose([blocks["b"]])
    window.commands.unplug()
    assert window.document.graph.wires_into(blocks["b"]) == (None,)
    window.document.undo_stack.undo()
    assert window.document.graph.wires_into(blocks["b"]) != (None,)


def test_edit_value_opens_the_only_input_also_with_a_function_selected(view, window, blocks):
    view.canvas.selection.choose([blocks["y"]])
    window.commands.edit_value()
    assert view.findChild(QLineEdit).text() == "0.5"


def test_the_settings_of_a_function_are_edited_in_place_and_undone(view, window, blocks):
    added = window.document.append("sum", blocks["y"])
    view.canvas.selection.choose([added])
    before = dict(window.document.graph.block(added).settings)
    window.commands.edit_value()
    editor = view.findChild(QLineEdit)
    assert editor.text() == "axis=None, keepdims=False"
    editor.setText("axes=0")
    QTest.keyClick(editor, Qt.Key.Key_Return)
    assert window.document.graph.block(added).settings == before
    editor.setText("keepdims=True")
    QTest.keyClick(editor, Qt.Key.Key_Return)
    assert window.document.graph.block(added).settings == {"keepdims": True}
    window.document.undo_stack.undo()
    assert window.document.graph.block(added).settings == before


def test_a_label_that_does_not_fit_between_two_blocks_is_shortened():
    array = np.array([0.123456, 1.5, 2.25])
    assert paint.fitting(array, 1000) == "[0.12346, 1.5, 2.25]"
    assert paint.fitting(array, 70) == "(3,)"
    assert paint.fitting(np.array(0.5), 70) == "0.5"


def test_a_held_arrow_key_is_undone_as_one(view, window, blocks):
    before = window.document.place(blocks["a"])
    view.canvas.selection.choose([blocks["a"]])
    for _ in range(5):
        QTest.keyClick(view, Qt.Key.Key_Down, Qt.KeyboardModifier.ControlModifier)
    assert window.document.place(blocks["a"]) == Place(before.x, before.y + 120)
    window.document.undo_stack.undo()
    assert window.document.place(blocks["a"]) == before


def written_far_away(view, monkeypatch):
    """All that is written on the canvas itself when it is painted."""
    view.lens.want(wanted=False)
    return written_in(view, monkeypatch)


def test_far_away_blocks_say_what_they_compute_as_long_as_that_can_be_read(
    view, window, monkeypatch
):
    window.show_document(document_of("2 * tanh(square(x)) + x", x=0.5))
    view = window.view
    view.set_zoom(0.25)
    written = written_far_away(view, monkeypatch)
    assert {"+", "2", "tanh", "x", "x²", "×"} <= set(written)
    view.set_zoom(0.1)
    assert "tanh" not in written_far_away(view, monkeypatch)


def test_of_very_many_blocks_far_away_none_says_what_it_computes(window, monkeypatch):
    window.show_document(OpenDocument(long_chain(60)))
    window.view.set_zoom(0.2)
    chain = window.view.canvas
    window.view.centerOn(chain.block_rect("b5").center())
    assert "sin" in written_far_away(window.view, monkeypatch)
    monkeypatch.setattr(far_blocks, "MOST_SYMBOLS", 2)
    assert "sin" not in written_far_away(window.view, monkeypatch)


def test_the_order_of_the_walk_is_looked_up_far_away_when_blocks_come_or_go(
    view, tutorial, monkeypatch
):
    asked, real = [], far_blocks.FarBlocks._steps_in
    monkeypatch.setattr(
        far_blocks.FarBlocks, "_steps_in", lambda *given: (asked.append(1), real(*given))[1]
    )
    view.set_zoom(0.1)
    view.grab()
    asked.clear()
    tutorial.move({"b2": Place(40, 90)})
    tutorial.set_value("b1", 0.75)
    view.grab()
    assert not asked
    tutorial.add_block("sin", Place(300, 300))
    view.grab()
    assert asked


def test_far_away_a_block_can_still_be_taken_hold_of(view, window, blocks):
    view.set_zoom(0.2)
    QTest.mouseClick(view.viewport(), LEFT, pos=at_block(view, blocks["b"]))
    assert view.canvas.selection.blocks() == [blocks["b"]]


def test_a_new_block_is_younger_than_all_others_also_after_a_removal(window):
    document = window.document
    made = [document.add_block("sin", Place(0, 300 + 100 * n)) for n in range(3)]
    document.remove(made[:2])
    assert int(document.add_block("cos", Place(0, 700))[1:]) > int(made[2][1:])


def test_labels_make_way_for_a_block_that_is_moved_there(window):
    window.show_document(document_of("x * sin(x) + x", x=0.5))
    document, canvas = window.document, window.view.canvas
    (x,) = document.inputs()
    wires = document.graph.wires_from(x)
    before = {wire: canvas.labels.arrival(wire) for wire in wires}
    *_, product, last = canvas.reading_order()
    at = before[next(wire for wire in wires if wire.target == last)]
    document.move({product: Place(at.x(), at.y())})
    there = canvas.block_rect(product)
    assert not any(there.contains(canvas.labels.arrival(wire)) for wire in wires)
    document.undo_stack.undo()
    assert {wire: canvas.labels.arrival(wire) for wire in wires} == before


def test_spots_are_looked_for_once_a_block_is_let_go_and_not_while_it_is_dragged(
    window, monkeypatch, qtbot
):
    view, found, held = window.view, [], []
    look, around = labels.spots, labels.Labels._around
    monkeypatch.setattr(labels.Labels, "_around", lambda *given: held.append(1) or around(*given))
    window.player.to_end()
    view.viewport().repaint()
    monkeypatch.setattr(labels, "spots", lambda *seen: found.append(1) or look(*seen))
    block = window.document.graph.named("a").id
    start = at_block(view, block)
    for by in (20, 40, 60):
        drag(view, start, start + QPoint(by, by), release=False)
        view.viewport().repaint()
    assert found == []
    assert len(held) <= 2 * 3, "once a move, and not once a label"
    QTest.mouseRelease(view.viewport(), Qt.MouseButton.LeftButton, pos=start + QPoint(60, 60))
    view.viewport().repaint()
    assert found == [1]


def test_spots_are_looked_for_once_for_each_width_of_a_number_that_is_slid(window, monkeypatch):
    window.show_document(document_of("x * sin(x) + x", x=0.5))
    document, canvas = window.document, window.view.canvas
    (x,) = document.inputs()
    window.view.viewport().repaint()
    look, found, stood = labels.spots, [], {}
    monkeypatch.setattr(labels, "spots", lambda *seen: found.append(1) or look(*seen))
    for value in (0.123456, 0.5, 0.23456, 0.5, 0.34567, 0.5):
        document.set_value(x, value)
        window.view.viewport().repaint()
        at = [canvas.labels.arrival(wire) for wire in document.graph.wires_from(x)]
        assert stood.setdefault(value == 0.5, at) == at
    assert found == [1], "that of the narrow one was found before"


def test_why_something_could_not_be_done_goes_once_something_is_done(view, window, blocks):
    message = next(x for x in view.findChildren(QLabel) if x.accessibleName() == "Message")
    document = window.document
    assert not document.connect_wire(Wire(blocks["y"], blocks["a"], 0))
    assert message.isVisible()
    document.rename(blocks["a"], "other")
    assert not message.isVisible()
    view.tell("It stands in the palette now.")
    document.rename(blocks["a"], "another")
    assert message.isVisible()


def test_a_tiny_number_has_few_digits_where_more_would_cover_the_blocks_beside_it(window):
    window.show_document(document_of("sigmoid(" * 50 + "x" + ")" * 50, x=0.5))
    window.player.to_end()
    canvas = window.view.canvas
    inner = [block for block in canvas.document.graph.blocks if canvas.variable_item(block)]
    for block in inner:
        item = canvas.variable_item(block)
        item.catch_up()
        words = paint.fitting(canvas.numbers.gradient(block), item._room)
        assert paint.number_width(words) <= item._room + 1
        assert float(words.replace("−", "-")) == pytest.approx(
            float(canvas.recording.gradient(block)), rel=0.05
        )


def test_what_is_said_leaves_no_word_for_a_line_of_its_own(view):
    message = next(each for each in view.findChildren(Bubble))
    for end in ("x.", "of x.", "gradients.", "and 12 others of it all."):
        view.note(f"3 gradients agree with what a trial finds; 1 differs: {end}")
        text = QTextLayout(message.text(), message.font())
        text.beginLayout()
        while (line := text.createLine()).isValid():
            line.setLineWidth(message.width() - 26)
        text.endLayout()
        last = text.lineAt(text.lineCount() - 1)
        assert text.lineCount() == 1 or last.naturalTextWidth() > message.width() / 3, end
