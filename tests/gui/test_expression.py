"""The expression above the canvas: two views of one document, each of which follows the other."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPlainTextEdit

from engine.document import Place
from gui import expression
from gui.canvas import bubble
from gui.canvas.bubble import Bubble
from tests.gui.builders import document_of
from tests.gui.hands import next_turn

RETURN, ESCAPE = Qt.Key.Key_Return, Qt.Key.Key_Escape
CONTROL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def field(qtbot, window):
    """The field of the expression, with the keyboard in it and everything selected."""
    window.window().activateWindow()
    qtbot.waitUntil(window.window().isActiveWindow)
    window.actions_by_name["edit_expression"].trigger()
    found = field_of(window)
    qtbot.waitUntil(found.hasFocus)
    return found


def field_of(window):
    fields = window.findChildren(QPlainTextEdit)
    return next(field for field in fields if field.accessibleName() == "Expression")


def kinds(window):
    return sorted(block.kind for block in window.document.graph.blocks.values())


def named(window, name):
    return window.document.graph.named(name)


def type_text(field, text):
    for at, line in enumerate(text.split("\n")):
        if at:
            QTest.keyClick(field, RETURN, SHIFT)
        QTest.keyClicks(field, line)


def selected(window):
    graph = window.document.graph
    return {graph.block(block).kind for block in window.view.canvas.selection.blocks()}


def lit(field):
    return {piece.cursor.selectedText() for piece in field.extraSelections()}


class TestTyping:
    def test_the_graph_follows_before_enter_is_pressed(self, qtbot, window, field):
        type_text(field, "y = square(sin(square(x)))")
        qtbot.waitUntil(lambda: kinds(window) == ["input", "sin", "square", "square"])
        assert field.hasFocus()

    def test_what_stays_keeps_its_place_and_its_value(self, qtbot, window, field):
        before = {b.id: window.document.place(b.id) for b in window.document.graph.blocks.values()}
        type_text(field, "y = square(sin(square(x)))")
        QTest.keyClick(field, RETURN)
        assert named(window, "x").value == 0.5
        stay = [block for block in window.document.graph.blocks if block in before]
        assert len(stay) == 3
        assert all(window.document.place(block) == before[block] for block in stay)

    def test_several_lines_with_names_and_values(self, window, field):
        type_text(field, "x = [1, 2]\na = x**2\nb = a + 3*x\nsum(b, axis=0)")
        QTest.keyClick(field, RETURN)
        assert named(window, "x").value.tolist() == [1, 2]
        assert named(window, "b").kind == "add"
        target = window.document.graph.block(window.document.recording.target)
        assert (target.kind, dict(target.settings)) == ("sum", {"axis": 0})
        assert field.toPlainText() == "x = [1, 2]\na = x**2\nb = a + 3 * x\ny = sum(b, axis=0)"
        assert window.view.hasFocus()

    def test_enter_takes_it_and_goes_back_to_the_canvas(self, window, field):
        type_text(field, "y=exp( x )")
        QTest.keyClick(field, RETURN)
        assert kinds(window) == ["exp", "input"]
        assert field.toPlainText() == "y = exp(x)"
        assert window.view.hasFocus()

    def test_escape_takes_back_what_was_typed(self, qtbot, window, field):
        before = window.document.kept()
        type_text(field, "x = 3\ny = exp(x)")
        qtbot.waitUntil(lambda: kinds(window) == ["exp", "input"])
        QTest.keyClick(field, ESCAPE)
        assert window.document.kept() == before
        assert field.toPlainText() == "y = square(exp(square(x)))"
        assert window.view.hasFocus()

    def test_what_is_typed_in_one_go_is_undone_as_one(self, qtbot, window, field):
        before = window.document.kept()
        type_text(field, "y = sin(x)")
        qtbot.waitUntil(lambda: kinds(window) == ["input", "sin"])
        type_text(field, " + exp(x)")
        QTest.keyClick(field, RETURN)
        assert kinds(window) == ["add", "exp", "input", "sin"]
        assert window.document.undo_stack.count() == 1
        window.actions_by_name["undo"].trigger()
        assert window.document.kept() == before
        assert field.toPlainText() == "y = square(exp(square(x)))"

    def test_after_a_pause_it_is_undone_apart(self, qtbot, window, field, monkeypatch):
        type_text(field, "y = sin(x)")
        qtbot.waitUntil(lambda: kinds(window) == ["input", "sin"])
        window.expression._pause.timeout.emit()
        type_text(field, " + exp(x)")
        QTest.keyClick(field, RETURN)
        assert window.document.undo_stack.count() == 2

    def test_undo_in_the_field_is_of_the_text(self, qtbot, window, field):
        type_text(field, "y = sin(x)")
        qtbot.waitUntil(lambda: kinds(window) == ["input", "sin"])
        QTest.keyClick(field, Qt.Key.Key_Z, CONTROL)
        assert field.toPlainText() != "y = sin(x)"
        assert kinds(window) == ["input", "sin"]

    def test_letters_are_text_and_no_shortcuts(self, window, field):
        type_text(field, "f = a + w")
        assert field.toPlainText() == "f = a + w"

    def test_an_empty_document_is_built_from_text(self, qtbot, window):
        window.commands.new()
        window.actions_by_name["edit_expression"].trigger()
        type_text(field_of(window), "y = exp(x) * z")
        QTest.keyClick(field_of(window), RETURN)
        assert kinds(window) == ["exp", "input", "input", "mul"]
        assert window.view.visible_rect().contains(window.view.canvas.content_rect())


class TestMistakes:
    def test_what_is_wrong_is_told_as_long_as_it_is_underlined(
        self, qtbot, window, field, monkeypatch
    ):
        monkeypatch.setattr(bubble, "SHORTEST", 0)
        monkeypatch.setattr(bubble, "A_CHARACTER", 0)
        (said,) = (b for b in window.findChildren(Bubble) if b.parent() is window)
        type_text(field, "y = squar(x)")
        QTest.keyClick(field, RETURN)
        assert said.isVisible()
        window.view.say("What goes away by itself")
        (other,) = (b for b in window.findChildren(Bubble) if b.text().startswith("What goes"))
        qtbot.waitUntil(other.isHidden)
        assert said.isVisible()
        QTest.keyClick(field, ESCAPE)
        assert said.isHidden()

    def test_a_mistake_is_underlined_and_told_and_the_last_good_graph_stays(
        self, qtbot, window, field
    ):
        type_text(field, "y = sinn(x)")
        QTest.keyClick(field, RETURN)
        assert kinds(window) == ["exp", "input", "square", "square"]
        assert "sinn(x)"[0:4] in lit(field)
        told = [b for b in window.findChildren(Bubble) if b.isVisible()]
        sentence = "There is no function called sinn. Did you mean sin or sinh or sign?"
        assert [b.text() for b in told] == [sentence]
        assert field.hasFocus()
        for _ in range(4):
            QTest.keyClick(field, Qt.Key.Key_Left)
        QTest.keyClick(field, Qt.Key.Key_Backspace)
        assert not any(b.isVisible() for b in window.findChildren(Bubble))
        QTest.keyClick(field, RETURN)
        assert kinds(window) == ["input", "sin"]

    def test_it_is_told_after_a_while_without_enter(self, qtbot, window, field):
        type_text(field, "y = exp(")
        qtbot.waitUntil(lambda: any(b.isVisible() for b in window.findChildren(Bubble)))

    def test_whoever_goes_away_leaves_the_last_good_text(self, window, field):
        type_text(field, "y = exp(")
        window.view.setFocus()
        assert field.toPlainText() == "y = square(exp(square(x)))"

    def test_an_empty_text_says_nothing(self, window, field):
        QTest.keyClick(field, Qt.Key.Key_Backspace)
        QTest.keyClick(field, RETURN)
        assert kinds(window) == ["exp", "input", "square", "square"]
        assert field.toPlainText() == "y = square(exp(square(x)))"


class TestBuilding:
    def test_the_text_follows_the_graph(self, window):
        field, document = field_of(window), window.document
        document.append("sin", document.recording.target)
        assert field.toPlainText().endswith("sin(square(exp(square(x))))")
        document.rename(document.inputs()[0], "time")
        assert "square(time)" in field.toPlainText()
        window.commands.undo()
        assert "square(x)" in field.toPlainText()

    def test_lines_that_were_typed_stay_lines(self, window, field):
        type_text(field, "x = 0.5\na = square(x)\ny = exp(a)")
        QTest.keyClick(field, RETURN)
        window.document.set_value(named(window, "x").id, 7.0)
        assert field.toPlainText() == "x = 7\na = square(x)\ny = exp(a)"

    def test_what_is_not_finished_is_written_with_a_gap(self, window):
        window.document.add_block("mul", window.document.place(named(window, "x").id))
        assert "_ * _" in field_of(window).toPlainText()

    def test_each_document_has_its_own(self, window):
        window.document.append("sin", window.document.recording.target)
        window.show_document(document_of("a = tanh(z); a * a", z=1))
        assert field_of(window).toPlainText() == "a = tanh(z)\ny = a * a"
        window.documents.turn(-1)
        assert "square" in field_of(window).toPlainText()

    def test_a_number_that_is_slid_is_not_read_again_at_each_move(self, window, monkeypatch):
        read = []
        monkeypatch.setattr(expression, "read_sheet", read.append)
        (x,) = window.document.inputs()
        for number in (0.6, 0.7, 0.8):
            window.document.slide(x, np.array(number))
        assert read == []


class TestLight:
    def test_the_step_of_the_walk_is_lit(self, window):
        window.player.seek(2)
        assert lit(field_of(window)) == {"exp(square(x))"}
        window.player.seek(0)
        assert lit(field_of(window)) == {"x"}

    def test_what_is_selected_on_the_canvas_is_lit(self, window):
        window.player.seek(0)
        exp = next(b.id for b in window.document.graph.blocks.values() if b.kind == "exp")
        window.view.canvas.selection.choose([exp])
        assert lit(field_of(window)) == {"x", "exp(square(x))"}
        window.view.canvas.selection.clear()
        assert lit(field_of(window)) == {"x"}

    def test_what_the_caret_has_selected_is_lit_once_the_keyboard_has_left(self, window, field):
        window.player.seek(0)
        QTest.keyClick(field, Qt.Key.Key_Home)
        for _ in range(len("y = square(e")):
            QTest.keyClick(field, Qt.Key.Key_Right)
        assert lit(field) == {"x"}
        QTest.keyClick(field, Qt.Key.Key_Escape)
        assert lit(field) == {"x", "exp(square(x))"}

    def test_the_caret_selects_on_the_canvas(self, window, field):
        QTest.keyClick(field, Qt.Key.Key_Home)
        for _ in range(len("y = square(e")):
            QTest.keyClick(field, Qt.Key.Key_Right)
        assert selected(window) == {"exp"}
        for _ in range(len("xp(square(x")):
            QTest.keyClick(field, Qt.Key.Key_Right)
        assert selected(window) == {"input"}

    def test_a_stretch_of_text_selects_all_that_is_in_it(self, window, field):
        QTest.keyClick(field, Qt.Key.Key_A, CONTROL)
        QTest.keyClick(field, Qt.Key.Key_End)
        for _ in range(2 + len("exp(square(x))")):
            QTest.keyClick(field, Qt.Key.Key_Left, SHIFT)
        assert selected(window) == {"exp", "square", "input"}


class TestPasting:
    def test_a_python_function_becomes_the_graph(self, window, field):
        QApplication.clipboard().setText(
            "import numpy as np\n\ndef loss(x, w=2.0):\n    a = np.exp(x)\n    return a * w\n"
        )
        QTest.keyClick(field, Qt.Key.Key_V, CONTROL)
        QTest.keyClick(field, RETURN)
        assert kinds(window) == ["exp", "input", "input", "mul"]
        assert named(window, "w").value == 2
        assert field.toPlainText() == "w = 2\na = exp(x)\nloss = a * w"

    def test_one_that_cannot_be_says_where(self, window, field):
        QApplication.clipboard().setText("def f(x):\n    return open(x)")
        QTest.keyClick(field, Qt.Key.Key_V, CONTROL)
        QTest.keyClick(field, RETURN)
        told = [b.text() for b in window.findChildren(Bubble) if b.isVisible()]
        assert told == ["Line 2: There is no function called open."]
        assert kinds(window) == ["exp", "input", "square", "square"]


class TestSize:
    def test_it_is_as_high_as_its_lines_while_the_keyboard_is_in_it(self, window, field):
        one, canvas = field.height(), window.view.geometry()
        type_text(field, "a = x**2\nb = a + x\ny = exp(b)")
        assert field.height() > 2 * one
        QTest.keyClick(field, RETURN)
        assert field.height() == one
        assert window.view.geometry() == canvas, "the canvas stays where it is"

    def test_it_can_be_pinned_to_show_all_lines(self, window, field):
        one = field.height()
        type_text(field, "a = x**2\nb = a + x\ny = exp(b)")
        QTest.keyClick(field, RETURN)
        QTest.mouseClick(window.header._fold, Qt.MouseButton.LeftButton)
        assert field.height() > 2 * one
        QTest.mouseClick(window.header._fold, Qt.MouseButton.LeftButton)
        assert field.height() == one

    def test_the_one_line_is_that_of_the_step(self, window, field):
        type_text(field, "a = x**2\nb = a + x\ny = exp(b)")
        QTest.keyClick(field, RETURN)
        lines = set()
        for cursor in range(window.player.last + 1):
            window.player.seek(cursor)
            block = window.player.moment.step.block
            facts = window.document.graph.block(block)
            if facts.name in "aby":
                lines.add((facts.name, field.firstVisibleBlock().text()))
        assert lines == {("a", "a = x**2"), ("b", "b = a + x"), ("y", "y = exp(b)")}

    def test_building_does_not_move_the_canvas(self, window):
        before = window.view.geometry()
        window.document.add_block("mul", window.document.place(named(window, "x").id))
        assert "\n" in field_of(window).toPlainText()
        assert window.view.geometry() == before

    def test_many_lines_are_scrolled(self, window, field):
        type_text(field, "\n".join(f"a{n} = x + {n}" for n in range(9)))
        tall = field.height()
        QTest.keyClick(field, RETURN, SHIFT)
        assert field.height() == tall

    def test_a_block_that_is_moved_leaves_the_text_as_it_is(self, window, monkeypatch):
        monkeypatch.setattr(expression, "write_sheet", lambda *_: pytest.fail("it is written"))
        block = window.document.inputs()[0]
        window.document.move({block: Place(1, 2)})
        assert window.document.place(block) == Place(1, 2)

    def test_a_large_graph_is_told_of_and_not_written(self, window, monkeypatch):
        terms = " + ".join("x" for _ in range(expression.MOST_BLOCKS + 1))
        monkeypatch.setattr(expression, "write_sheet", lambda *_: pytest.fail("it is written"))
        window.show_document(document_of(f"y = {terms}", x=1))
        field = field_of(window)
        assert field.toPlainText().startswith(f"{expression.MOST_BLOCKS + 1:,} blocks")
        assert field.isReadOnly()

    def test_it_is_written_when_somebody_asks(self, window):
        terms = " + ".join("x" for _ in range(expression.MOST_BLOCKS + 1))
        window.show_document(document_of(f"y = {terms}", x=1))
        window.actions_by_name["edit_expression"].trigger()
        assert not field_of(window).isReadOnly()
        assert field_of(window).toPlainText().count("x") >= expression.MOST_BLOCKS


class TestOneLine:
    LONG = "sin(" * 40 + "x" + ")" * 40

    def test_a_long_line_is_not_broken_while_one_line_is_shown(self, window):
        window.show_document(document_of(self.LONG, x=0.5))
        assert field_of(window).firstVisibleBlock().layout().lineCount() == 1

    def test_what_the_walk_stands_on_is_scrolled_into_sight(self, qtbot, window):
        window.show_document(document_of(self.LONG, x=0.5))
        field = field_of(window)
        window.player.seek(0)
        qtbot.waitUntil(lambda: lit(field) == {"x"})
        pieces = field.extraSelections()  # kept: they own the cursors
        assert field.viewport().rect().contains(field.cursorRect(pieces[0].cursor))

    def test_no_other_line_peeks_in(self, window):
        window.show_document(document_of("a = sin(x); b = a * a; y = b * b", x=0.5))
        field = field_of(window)
        block = field.firstVisibleBlock()
        line = field.blockBoundingGeometry(block).translated(field.contentOffset())
        assert (line.top(), line.bottom()) == (0, field.viewport().height())

    def test_all_of_it_is_broken_into_lines_to_be_edited(self, qtbot, window):
        window.show_document(document_of(self.LONG, x=0.5))
        window.window().activateWindow()
        window.actions_by_name["edit_expression"].trigger()
        field = field_of(window)
        qtbot.waitUntil(field.hasFocus)
        assert field.firstVisibleBlock().layout().lineCount() > 1

    def test_there_is_room_to_type_in_a_narrow_window(self, qtbot, window, field):
        whole = window.window()
        window.actions_by_name["canvas_alone"].trigger()
        whole.setMinimumSize(640, 400)
        whole.resize(640, 400)
        window.actions_by_name["edit_expression"].trigger()
        qtbot.waitUntil(lambda: field.width() >= 300)
        assert field.mapTo(whole, field.rect().topRight()).x() < whole.width()


def test_what_was_just_typed_stays_in_its_document_when_another_comes_to_the_front(window, field):
    first = window.document
    first.set_value(first.inputs()[0], 2.0)  # an untouched one would make way for the second
    second = document_of("sin(x)", x=1)
    window.show_document(second)
    window.documents.bring_to_front(first)
    field.setFocus()
    field.replace_all("y = cos(x)")
    window.documents.bring_to_front(second)
    assert "cos" in {block.kind for block in first.graph.blocks.values()}
    assert "sin" in {block.kind for block in second.graph.blocks.values()}
    assert second.undo_stack.count() == 0


def test_blocks_that_come_in_by_typing_leave_room_for_what_is_written_under_others(window, field):
    type_text(field, "y = log(x) * sqrt(x - 3)")
    QTest.keyClick(field, RETURN)
    places = list(window.document.places().values())
    beside = [
        abs(one.y - other.y)
        for at, one in enumerate(places)
        for other in places[:at]
        if abs(one.x - other.x) < 96
    ]
    assert beside
    assert min(beside) >= 88 + 40


def test_the_walk_is_followed_in_a_text_that_cannot_be_edited_too(window):
    window.show_document(document_of("tanh(x)", x=0.5))
    for _ in range(3):
        window.commands.derive()
    field, player = field_of(window), window.player
    assert field.isReadOnly(), "two of its blocks share a constant"
    recording = player.recording
    steps = {recording.blocks[step.block].name: at for at, step in enumerate(recording.steps)}
    seen = {}
    for name in ("y", "gb", "gx"):
        player.seek(steps[name])
        seen[name] = lit(field)
    assert seen["y"] == {"y = tanh(x)"}
    assert seen["gb"] == {"1 * 1"}, "a piece of a line"
    assert seen["gx"] == {field.toPlainText().splitlines()[-1]}


def test_a_graph_that_is_only_counted_is_seen_after_a_text_of_many_lines(window, qtbot):
    window.show_document(document_of("tanh(x)", x=1.0))
    for count in (2, 3, 4, 5, 6):
        window.commands.derive()
        qtbot.waitUntil(lambda n=count: len(window.documents) >= n, timeout=20_000)
        next_turn(qtbot)
    assert field_of(window).toPlainText().startswith("139 blocks")
    assert field_of(window).verticalScrollBar().value() == 0
