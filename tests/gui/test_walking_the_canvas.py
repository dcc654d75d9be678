"""The keyboard on the canvas: from block to block, from port to port, and out again."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit

from engine.document import Place
from engine.graph import Wire
from gui.canvas.drafting import OUT, Port
from gui.main_window import MainWindow
from tests.gui.builders import document_of

KEY = Qt.Key
ALT, SHIFT = Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.ShiftModifier


def names(window):
    graph = window.document.graph
    return [graph.block(block).name for block in window.view.canvas.selection.blocks()]


def walk(window, *keys):
    """Press Alt and arrow keys; give the blocks they lead to."""
    walked = []
    for key in keys:
        QTest.keyClick(window.view, key, ALT)
        walked += names(window)
    return walked


def test_alt_and_arrows_follow_the_wires(window, view):
    assert walk(window, *[KEY.Key_Right] * 5) == ["x", "a", "b", "y", "y"]
    assert walk(window, *[KEY.Key_Left] * 3) == ["b", "a", "x"]


def test_up_and_down_go_to_what_stands_there(window):
    window.show_document(document_of("sin(x) * cos(x)", x=1))
    view = window.view
    assert walk(window, KEY.Key_Right) == ["x"]
    (first,) = walk(window, KEY.Key_Right)
    (second,) = walk(window, KEY.Key_Down) if first == "a" else walk(window, KEY.Key_Up)
    assert {first, second} == {"a", "b"}
    places = window.document.places()
    upper, lower = sorted((first, second), key=lambda n: places[view_block(window, n)].y)
    assert walk(window, KEY.Key_Up) == [upper]
    assert walk(window, KEY.Key_Down) == [lower]
    assert view.canvas.selection.ring is None


def view_block(window, name):
    return window.document.graph.named(name).id


def test_a_ring_that_was_left_does_not_come_back_with_its_block(window, view):
    (adder, other) = (window.document.add_block("add", Place(x, 260)) for x in (0, 200))
    view.canvas.selection.choose([adder])
    QTest.keyClick(view, KEY.Key_Down)
    view.canvas.selection.choose([other])
    view.canvas.selection.choose([adder])
    assert view.canvas.selection.ring is None


def test_escape_takes_a_refusal_away(window, view):
    view.say("It may not be.")
    message = next(x for x in view.findChildren(QLabel) if x.accessibleName() == "Message")
    assert not message.isHidden()
    QTest.keyClick(view, KEY.Key_Escape)
    assert message.isHidden()


def test_up_and_down_without_alt_go_round_the_ports_of_a_block(window, view):
    adder = window.document.add_block("add", Place(0, 260))
    view.canvas.selection.choose([adder])
    rings = []
    for _ in range(4):
        QTest.keyClick(view, KEY.Key_Down)
        rings.append(view.canvas.selection.ring)
    assert rings == [Port(adder, 0), Port(adder, 1), Port(adder, OUT), None]
    QTest.keyClick(view, KEY.Key_Up)
    assert view.canvas.selection.ring == Port(adder, OUT)
    assert not view.grab().isNull()
    QTest.keyClick(view, KEY.Key_Escape)
    assert view.canvas.selection.ring is None
    assert view.canvas.selection.blocks() == [adder]


def test_enter_on_a_port_draws_a_wire_from_it(window, view, blocks):
    adder = window.document.add_block("add", Place(0, 260))
    view.canvas.selection.choose([adder])
    QTest.keyClick(view, KEY.Key_Down)
    QTest.keyClick(view, KEY.Key_Down)
    QTest.keyClick(view, KEY.Key_Return)
    aimed = view.canvas.plugging.draft.aimed
    assert aimed.number == OUT
    QTest.keyClick(view, KEY.Key_Return)
    assert Wire(aimed.block, adder, 1) in set(window.document.graph.wires())


def test_enter_on_a_taken_input_takes_up_its_wire_and_delete_unplugs_it(window, view, blocks):
    new = window.document.add_block("sin", Place(200, 260))
    view.canvas.selection.choose([blocks["b"]])
    QTest.keyClick(view, KEY.Key_Down)
    QTest.keyClick(view, KEY.Key_Return)
    assert view.canvas.plugging.draft.unplugged == Wire(blocks["a"], blocks["b"], 0)
    while view.canvas.plugging.draft.aimed != Port(new, 0):
        QTest.keyClick(view, KEY.Key_Down)
    QTest.keyClick(view, KEY.Key_Return)
    assert Wire(blocks["a"], new, 0) in set(window.document.graph.wires())
    window.document.undo_stack.undo()
    window.commands.delete()
    assert window.document.graph.wires_into(blocks["b"]) == (None,)
    assert blocks["b"] in window.document.graph


def test_shift_and_an_arrow_reach_ports_that_are_taken(window, view, blocks):
    view.canvas.selection.choose([blocks["x"]])
    window.commands.connect()
    assert view.canvas.plugging.draft is None, "no port is free"
    window.document.add_block("sin", Place(0, 260))
    window.commands.connect()
    seen = []
    while view.canvas.plugging.draft.aimed not in seen:
        seen.append(view.canvas.plugging.draft.aimed)
        QTest.keyClick(view, KEY.Key_Down, SHIFT)
    assert Port(blocks["y"], 0) in seen
    while view.canvas.plugging.draft.aimed != Port(blocks["y"], 0):
        QTest.keyClick(view, KEY.Key_Down, SHIFT)
    QTest.keyClick(view, KEY.Key_Return)
    assert window.document.graph.wires_into(blocks["y"]) == (Wire(blocks["x"], blocks["y"], 0),)


def test_left_and_right_lead_a_wire_that_is_being_drawn_and_not_the_walk(window, view, blocks):
    adder = window.document.add_block("add", Place(0, 260))
    view.canvas.selection.choose([blocks["a"]])
    window.commands.connect()
    cursor, first = window.player.moment.cursor, view.canvas.plugging.draft.aimed
    QTest.keyClick(view, KEY.Key_Right)
    assert view.canvas.plugging.draft.aimed != first
    assert {view.canvas.plugging.draft.aimed, first} == {Port(adder, 0), Port(adder, 1)}
    assert window.player.moment.cursor == cursor


def test_tab_while_a_wire_is_drawn_asks_what_it_is_to_lead_to(window, view, blocks):
    window.document.add_block("sin", Place(0, 260))
    view.canvas.selection.choose([blocks["a"]])
    window.commands.connect()
    QTest.keyClick(view, KEY.Key_Tab)
    field = QApplication.focusWidget()
    assert isinstance(field, QLineEdit)
    QTest.keyClicks(field, "tanh")
    QTest.keyClick(field, KEY.Key_Return)
    (new,) = view.canvas.selection.blocks()
    assert Wire(blocks["a"], new, 0) in set(window.document.graph.wires())


def test_tab_at_an_input_asks_what_is_to_feed_it(window, view):
    adder = window.document.add_block("add", Place(0, 260))
    view.canvas.selection.choose([adder])
    QTest.keyClick(view, KEY.Key_Down)
    QTest.keyClick(view, KEY.Key_Tab)
    QTest.keyClicks(QApplication.focusWidget(), "2")
    QTest.keyClick(QApplication.focusWidget(), KEY.Key_Return)
    wire = window.document.graph.wires_into(adder)[0]
    assert window.document.graph.block(wire.source).value == 2.0


def test_the_canvas_is_no_trap(window, view):
    QTest.keyClick(view, KEY.Key_Backtab, SHIFT)
    assert not view.hasFocus()
    view.setFocus()
    seen = []
    for _ in range(4):
        window.commands.next_part()
        seen.append(QApplication.focusWidget())
    assert seen[-1] is view
    assert len(set(seen)) == 4
    window.commands.previous_part()
    assert QApplication.focusWidget() is not view


def test_keys_reach_the_same_with_a_block_that_goes_away(window, view, blocks):
    view.canvas.selection.choose([blocks["y"]])
    QTest.keyClick(view, KEY.Key_Down)
    window.document.remove([blocks["y"]])
    assert view.canvas.selection.ring is None
    assert not view.grab().isNull()
    assert walk(window, KEY.Key_Left) == ["b"]


def test_the_canvas_can_be_given_the_keyboard_as_soon_as_it_is_there(qtbot):
    shown = MainWindow(lambda: document_of("sin(x)", x=1))
    qtbot.addWidget(shown)
    shown.centralWidget().painted.disconnect(shown.furnish)  # the first frame is late
    shown.show()
    qtbot.waitExposed(shown)
    bench = shown.furnish()
    # A window that becomes active gives the keyboard to nothing that is hidden.
    assert bench.view.isVisible()
    assert shown.focusWidget() is bench.view
    bench.let_go()
