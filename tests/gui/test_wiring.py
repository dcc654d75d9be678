"""Wires under the hand: click by click, from either end, replaced, cut, and blocks put on them."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QEvent, QObject, QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel

from engine.document import Place
from engine.graph import Wire
from gui.canvas.drafting import OUT, Port
from tests.gui.builders import document_of
from tests.gui.hands import LEFT, at_block, at_port, drag, empty_spot

SHIFT, ALT = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.AltModifier


def wires(window):
    return set(window.document.graph.wires())


def between(view, source, target):
    """The middle of a wire, as it is seen."""
    return (at_port(view, Port(source, OUT)) + at_port(view, Port(target, 0))) / 2


def test_a_wire_is_drawn_click_by_click(view, window, blocks):
    new = window.document.add_block("sin", Place(0, 220))
    QTest.mouseClick(view.viewport(), LEFT, pos=at_port(view, Port(blocks["a"], OUT)))
    assert view.canvas.plugging.draft is not None
    end = at_port(view, Port(new, 0))
    QTest.mouseMove(view.viewport(), end + QPoint(60, 40))
    QTest.mouseMove(view.viewport(), end)
    QTest.mouseClick(view.viewport(), LEFT, pos=end)
    assert Wire(blocks["a"], new, 0) in wires(window)
    assert view.canvas.plugging.draft is None


def test_a_wire_that_hangs_on_the_pointer_is_given_up_with_escape(view, window, blocks):
    QTest.mouseClick(view.viewport(), LEFT, pos=at_port(view, Port(blocks["a"], OUT)))
    QTest.mouseMove(view.viewport(), empty_spot(view))
    QTest.keyClick(view, Qt.Key.Key_Escape)
    assert view.canvas.plugging.draft is None
    assert view.interaction is None
    assert window.document.undo_stack.count() == 0


def test_the_source_of_a_wire_is_moved_by_its_line(view, window, blocks):
    a, b, y = (blocks[name] for name in ("a", "b", "y"))
    start, end = (at_port(view, port) for port in (Port(b, OUT), Port(y, 0)))
    near_the_source = start + (end - start) / 4
    drag(view, near_the_source, at_port(view, Port(a, OUT)))
    assert Wire(a, y, 0) in wires(window)
    assert Wire(b, y, 0) not in wires(window)
    window.document.undo_stack.undo()
    assert Wire(b, y, 0) in wires(window)
    assert window.document.undo_stack.index() == 0


def test_a_click_on_a_wire_selects_it_and_leaves_it_where_it_is(view, window, blocks):
    QTest.mouseClick(view.viewport(), LEFT, pos=between(view, blocks["a"], blocks["b"]))
    assert view.canvas.selection.wires() == [Wire(blocks["a"], blocks["b"], 0)]
    assert window.document.undo_stack.count() == 0


def test_a_taken_port_says_how_it_is_taken_over_and_shift_does_it(view, window, blocks):
    x, b, a = (blocks[name] for name in ("x", "b", "a"))
    start, end = at_port(view, Port(x, OUT)), at_port(view, Port(b, 0))
    drag(view, start, end, release=False)
    assert view.canvas.plugging.state(Port(b, 0)) == "refused"
    assert "taken by a" in view.canvas.plugging.draft.reason
    assert "Shift" in view.canvas.plugging.draft.reason
    QTest.keyPress(view, Qt.Key.Key_Shift)
    assert view.canvas.plugging.state(Port(b, 0)) == "aimed"
    QTest.mouseRelease(view.viewport(), LEFT, SHIFT, pos=end)
    assert Wire(x, b, 0) in wires(window)
    assert Wire(a, b, 0) not in wires(window)
    window.document.undo_stack.undo()
    assert Wire(a, b, 0) in wires(window)
    assert window.document.undo_stack.index() == 0


def test_a_circle_is_refused_also_with_shift(view, window, blocks):
    start, end = at_port(view, Port(blocks["y"], OUT)), at_port(view, Port(blocks["a"], 0))
    drag(view, start, end, release=False, keys=SHIFT)
    assert "circle" in view.canvas.plugging.draft.reason
    QTest.mouseRelease(view.viewport(), LEFT, SHIFT, pos=end)
    assert window.document.undo_stack.count() == 0


def test_a_wire_that_is_let_go_on_a_block_goes_to_its_nearest_free_port(view, window, blocks):
    total = window.document.add_block("add", Place(0, 260))
    start, body = at_port(view, Port(blocks["a"], OUT)), at_block(view, total)
    drag(view, start, body + QPoint(4, 12), release=False)
    assert view.canvas.plugging.draft.aimed == Port(total, 1), "the lower one is nearer"
    QTest.mouseRelease(view.viewport(), LEFT, pos=body + QPoint(4, 12))
    drag(view, start, body + QPoint(4, 12))
    assert {Wire(blocks["a"], total, 1), Wire(blocks["a"], total, 0)} <= wires(window)
    count = window.document.undo_stack.count()
    drag(view, start, body, release=False)
    assert "taken" in view.canvas.plugging.draft.reason
    QTest.mouseRelease(view.viewport(), LEFT, pos=body)
    assert window.document.undo_stack.count() == count


def test_a_wire_that_is_pulled_off_over_its_own_block_is_unplugged(view, window, blocks):
    drag(view, at_port(view, Port(blocks["b"], 0)), at_block(view, blocks["b"]))
    assert Wire(blocks["a"], blocks["b"], 0) not in wires(window)


def test_shapes_that_do_not_fit_are_refused_and_taken_with_shift(window):
    window.show_document(document_of("exp(x) + sin(w)", x=[1, 2, 3], w=[1, 2, 3, 4]))
    view, graph = window.view, window.document.graph
    by_name = {block.name: block.id for block in graph.blocks.values()}
    new = window.document.add_block("add", Place(0, 300))
    window.document.connect_wire(Wire(by_name["x"], new, 0))
    start, end = at_port(view, Port(by_name["w"], OUT)), at_port(view, Port(new, 1))
    drag(view, start, end - QPoint(60, -60), release=False)
    assert view.canvas.plugging.state(Port(new, 1)) == "illegal"
    QTest.mouseRelease(view.viewport(), LEFT, pos=start)
    count = window.document.undo_stack.count()

    drag(view, start, end, release=False)
    assert view.canvas.plugging.state(Port(new, 1)) == "refused"
    assert "(3,) and (4,)" in view.canvas.plugging.draft.reason
    assert "Shift" in view.canvas.plugging.draft.reason
    QTest.mouseRelease(view.viewport(), LEFT, pos=end)
    assert Wire(by_name["w"], new, 1) not in wires(window)
    assert window.document.undo_stack.count() == count

    drag(view, start, end, release=False)
    QTest.keyPress(view, Qt.Key.Key_Shift)
    assert view.canvas.plugging.state(Port(new, 1)) == "doubtful"
    assert view.canvas.plugging.draft.reason is None
    assert not view.grab().isNull()
    QTest.mouseRelease(view.viewport(), LEFT, SHIFT, pos=end)
    assert Wire(by_name["w"], new, 1) in wires(window)


def test_alt_and_a_drag_cut_the_wires_that_are_crossed_in_one_undo(view, window, blocks):
    middle = between(view, blocks["a"], blocks["b"])
    start, end = middle - QPoint(0, 90), middle + QPoint(0, 90)
    drag(view, start, end, release=False, keys=ALT)
    assert view.canvas.plugging.doomed == {Wire(blocks["a"], blocks["b"], 0)}
    assert not view.grab().isNull()
    assert window.document.undo_stack.count() == 0
    QTest.mouseRelease(view.viewport(), LEFT, ALT, pos=end)
    assert Wire(blocks["a"], blocks["b"], 0) not in wires(window)
    assert len(wires(window)) == 2
    window.document.undo_stack.undo()
    assert len(wires(window)) == 3


def test_the_knife_is_taken_by_key_too_and_put_away_with_escape(view, window, blocks):
    middle = between(view, blocks["b"], blocks["y"])
    window.commands.cut_wires()
    QTest.keyClick(view, Qt.Key.Key_Escape)
    assert view.interaction is None
    window.commands.cut_wires()
    drag(view, middle - QPoint(0, 90), middle + QPoint(0, 90))
    assert Wire(blocks["b"], blocks["y"], 0) not in wires(window)
    assert view.interaction is None


def test_escape_leaves_wires_whole_that_were_about_to_be_cut(view, window, blocks):
    middle = between(view, blocks["a"], blocks["b"])
    drag(view, middle - QPoint(0, 90), middle + QPoint(0, 90), release=False, keys=ALT)
    QTest.keyClick(view, Qt.Key.Key_Escape)
    assert view.canvas.plugging.doomed == frozenset()
    assert len(wires(window)) == 3


def test_a_loose_block_dragged_onto_a_wire_goes_in_between(view, window, blocks):
    a, b = blocks["a"], blocks["b"]
    new = window.document.add_block("sin", Place(0, 260))
    before = window.document.place(new)
    drag(view, at_block(view, new), between(view, a, b), release=False)
    assert view.canvas.plugging.aimed == Wire(a, b, 0)
    QTest.mouseRelease(view.viewport(), LEFT, pos=between(view, a, b))
    assert {Wire(a, new, 0), Wire(new, b, 0)} <= wires(window)
    assert window.document.place(b).x - window.document.place(new).x >= 150
    window.document.undo_stack.undo()
    assert window.document.place(new) == before
    assert Wire(a, b, 0) in wires(window)


def test_a_block_that_is_in_use_is_only_moved(view, window, blocks):
    a, b, y = (blocks[name] for name in ("a", "b", "y"))
    drag(view, at_block(view, y), between(view, a, b))
    assert Wire(a, b, 0) in wires(window)
    assert Wire(b, y, 0) in wires(window)


def test_space_plays_when_it_is_let_go_and_pulls_the_canvas_while_it_is_held(view, window):
    player = window.player
    QTest.keyPress(view, Qt.Key.Key_Space)
    assert not player.playing
    QTest.keyRelease(view, Qt.Key.Key_Space)
    assert player.playing
    player.pause()
    spot = empty_spot(view)
    before = view.mapToScene(spot)
    QTest.keyPress(view, Qt.Key.Key_Space)
    drag(view, spot, spot + QPoint(80, -30))
    QTest.keyRelease(view, Qt.Key.Key_Space)
    assert not player.playing
    assert (view.mapFromScene(before) - spot - QPoint(80, -30)).manhattanLength() <= 3


def test_what_a_wire_may_go_to_is_found_once_and_not_at_each_move(
    view, window, blocks, monkeypatch
):
    window.document.add_block("sin", Place(0, 220))
    asked = []
    graph = window.document.graph
    monkeypatch.setattr(graph, "depends", lambda *_, **__: asked.append(1))
    monkeypatch.setattr(graph, "copy", lambda: asked.append(1))
    start, end = at_port(view, Port(blocks["y"], OUT)), at_port(view, Port(blocks["a"], 0))
    drag(view, start, end, release=False)
    assert "circle" in view.canvas.plugging.draft.reason
    assert asked == []
    QTest.keyClick(view, Qt.Key.Key_Escape)


def test_shift_while_the_canvas_is_pulled_does_not_make_it_jump(view):
    middle, spot = Qt.MouseButton.MiddleButton, empty_spot(view)
    QTest.mousePress(view.viewport(), middle, pos=spot)
    QTest.mouseMove(view.viewport(), spot + QPoint(60, 20))
    before = view.visible_rect()
    QTest.keyPress(view, Qt.Key.Key_Shift)
    assert view.visible_rect() == before
    QTest.keyRelease(view, Qt.Key.Key_Shift)
    QTest.mouseRelease(view.viewport(), middle, pos=spot + QPoint(60, 20))


# Detaching


def test_a_block_dragged_with_alt_leaves_its_chain_which_closes(view, window, blocks):
    x, a, b, y = (blocks[name] for name in "xaby")
    before, start = window.document.place(a), at_block(view, a)
    drag(view, start, start + QPoint(0, 150), release=False, keys=ALT)
    assert view.canvas.plugging.doomed == {Wire(x, a, 0), Wire(a, b, 0)}
    QTest.mouseRelease(view.viewport(), LEFT, ALT, pos=start + QPoint(0, 150))
    assert wires(window) == {Wire(x, b, 0), Wire(b, y, 0)}
    assert window.document.place(a).y > before.y + 100
    assert not view.canvas.plugging.doomed
    window.commands.undo()
    assert wires(window) == {Wire(x, a, 0), Wire(a, b, 0), Wire(b, y, 0)}
    assert window.document.place(a) == before


def test_escape_leaves_a_block_in_its_chain(view, window, blocks):
    start = at_block(view, blocks["a"])
    drag(view, start, start + QPoint(0, 150), release=False, keys=ALT)
    QTest.keyClick(view, Qt.Key.Key_Escape)
    assert not view.canvas.plugging.doomed
    assert window.document.undo_stack.count() == 0


def test_several_blocks_are_detached_by_keyboard_with_the_wires_among_them(view, window, blocks):
    x, a, b, y = (blocks[name] for name in "xaby")
    view.canvas.selection.choose([a, b])
    QTest.keyClick(view, Qt.Key.Key_D, ALT)
    assert wires(window) == {Wire(x, y, 0), Wire(a, b, 0)}
    window.commands.detach()
    assert "no other block" in view._bubble.text()
    assert window.document.undo_stack.count() == 1


def test_while_the_end_of_a_wire_moves_little_is_repainted(view, window, blocks, qtbot):
    class Painted(QObject):
        def __init__(self):
            super().__init__()
            self.areas = []

        def eventFilter(self, _, event):  # noqa: N802 - Qt's name
            if event.type() is QEvent.Type.Paint:
                self.areas.append(sum(r.width() * r.height() for r in event.region()))
            return False

    start, painted = at_port(view, Port(blocks["y"], OUT)), Painted()
    drag(view, start, start + QPoint(80, 160), release=False)
    view.viewport().installEventFilter(painted)
    for step in range(6):
        known = len(painted.areas)
        QTest.mouseMove(view.viewport(), start + QPoint(84 + step, 164))
        qtbot.waitUntil(lambda known=known: len(painted.areas) > known)
    view.viewport().removeEventFilter(painted)
    # The first may still be the whole, for what began the wire.
    assert painted.areas[-1] < view.viewport().width() * view.viewport().height() / 6


def test_only_the_wire_at_the_port_under_the_pointer_is_lit(view, window, blocks):
    a = blocks["a"]
    for port, lit in ((0, Wire(blocks["x"], a, 0)), (OUT, Wire(a, blocks["b"], 0))):
        QTest.mouseMove(view.viewport(), at_port(view, Port(a, port)))
        assert view.canvas.hovered == {lit}


def test_the_wire_key_connects_several_blocks_to_the_one_on_the_right_in_one_undo(window, view):
    document = window.document
    upper, lower = (document.add_block("input", Place(300, y), np.array(1.0)) for y in (200, 300))
    total = document.add_block("add", Place(500, 250))
    count = document.undo_stack.count()
    view.canvas.selection.choose([total, lower, upper])
    window.commands.connect()
    assert {Wire(upper, total, 0), Wire(lower, total, 1)} <= set(wires(window))
    assert document.undo_stack.count() == count + 1


def test_the_wire_key_says_why_several_blocks_cannot_be_connected(window, view):
    document = window.document
    given = [
        document.add_block("input", Place(300, y), np.ones(n)) for y, n in ((200, 2), (300, 3))
    ]
    total, square = (
        document.add_block("add", Place(500, 250)),
        document.add_block("exp", Place(600, 0)),
    )
    count = document.undo_stack.count()
    view.canvas.selection.choose([*given, square])
    window.commands.connect()
    assert said(view) == "Exp has 1 free input, and 2 are needed."
    document.connect_wire(Wire(given[0], total, 0))
    view.canvas.selection.choose([given[1], total])
    window.commands.connect()
    assert "(2,) and (3,)" in said(view)
    assert document.undo_stack.count() == count + 1


def said(view):
    """The sentence on the canvas."""
    return next(x.text() for x in view.findChildren(QLabel) if x.accessibleName() == "Message")
