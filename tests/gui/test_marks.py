"""Frames and notes on the canvas: drawn, edited, moved, resized, found, copied and told of."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit

from engine.marks import COLOURS, Box
from gui.canvas.hit import hit
from gui.canvas.mark_item import ground, wrapped
from gui.document import OpenDocument
from gui.theme import theme_named
from tests.gui.hands import LEFT, drag, empty_spot

CTRL = Qt.KeyboardModifier.ControlModifier
ALT, SHIFT = Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def note(window, canvas):
    content = canvas.content_rect()
    box = Box(content.left(), content.bottom() + 60, 200.0, 80.0)
    made = window.document.drawing.add_note(box, "Mind this,\nand that", None)
    window.view.fit()
    return made


def head(view, mark):
    return view.mapFromScene(view.canvas.marks.items[mark].head.center())


def corner(view, mark):
    return view.mapFromScene(view.canvas.marks.rect(mark).bottomRight())


def editor(view, kind, name):
    (found,) = (e for e in view.findChildren(kind) if e.accessibleName() == name)
    return found


# Drawing and editing


def test_a_frame_is_drawn_around_what_is_selected_and_titled_in_place(
    window, view, canvas, blocks, marks
):
    canvas.selection.choose([blocks["a"], blocks["b"]])
    QTest.keyClick(view, Qt.Key.Key_G, SHIFT)
    line = editor(view, QLineEdit, "Title of this frame")
    QTest.keyClicks(line, "The inner part")
    QTest.keyClick(line, Qt.Key.Key_Return)
    (mark,) = marks.values()
    assert mark.text == "The inner part"
    rect = canvas.marks.rect(mark.id)
    assert rect.contains(canvas.block_rect(blocks["a"]) | canvas.block_rect(blocks["b"]))
    assert canvas.selection.marks() == [mark.id]
    window.commands.undo()
    window.commands.undo()
    assert not marks
    assert not canvas.marks.items


def test_a_frame_is_drawn_by_dragging_where_nothing_is_selected(window, view, canvas, marks):
    canvas.selection.clear()
    window.commands.add_frame()
    start = empty_spot(view)
    drag(view, start, start + QPoint(160, 110))
    (mark,) = marks.values()
    width, height = mark.box[2:]
    assert (width * view.zoom, height * view.zoom) == pytest.approx((160, 110), abs=3)
    QTest.keyClick(editor(view, QLineEdit, "Title of this frame"), Qt.Key.Key_Escape)


def test_escape_puts_the_pen_away(window, view, canvas, marks):
    window.commands.add_frame()
    QTest.keyClick(view, Qt.Key.Key_Escape)
    assert view.interaction is None
    assert not marks


def test_a_note_is_written_in_place_in_several_lines(window, view, canvas, marks):
    QTest.keyClick(view, Qt.Key.Key_N, SHIFT)
    field = editor(view, QPlainTextEdit, "Text of this note")
    QTest.keyClicks(field, "one")
    QTest.keyClick(field, Qt.Key.Key_Return)
    QTest.keyClicks(field, "two")
    QTest.keyClick(field, Qt.Key.Key_Return, CTRL)
    (mark,) = marks.values()
    assert mark.text == "one\ntwo"
    assert view.hasFocus()


def test_a_double_click_or_enter_edits_a_note_and_escape_gives_it_up(
    window, view, canvas, note, marks
):
    QTest.mouseDClick(view.viewport(), LEFT, pos=head(view, note))
    field = editor(view, QPlainTextEdit, "Text of this note")
    QTest.keyClicks(field, "nothing of this")
    QTest.keyClick(field, Qt.Key.Key_Escape)
    assert marks[note].text == "Mind this,\nand that"
    canvas.selection.choose([note])
    QTest.keyClick(view, Qt.Key.Key_Return)
    assert view.editor is not None
    view.settle()


def test_a_title_that_is_too_long_is_refused_with_a_sentence(view, canvas, frame, marks):
    canvas.selection.choose([frame])
    QTest.keyClick(view, Qt.Key.Key_F2)
    line = editor(view, QLineEdit, "Title of this frame")
    line.setText("a" * 90)
    QTest.keyClick(line, Qt.Key.Key_Return)
    assert "80 characters at most" in view._bubble.text()
    QTest.keyClick(line, Qt.Key.Key_Escape)
    assert marks[frame].text == "Inner part"


def test_a_note_wraps_between_words_and_breaks_only_a_word_that_is_too_long(qapp):
    assert wrapped("one two three", 60.0) == ("one two", "three")
    assert wrapped("a\n\nb", 60.0) == ("a", "", "b")
    assert len(wrapped("W" * 20, 60.0)) > 3


# Moving and resizing


def test_what_stands_in_a_frame_moves_with_it(window, view, canvas, blocks, frame):
    before = {name: window.document.place(block) for name, block in blocks.items()}
    start = head(view, frame)
    drag(view, start, start + QPoint(0, 100), keys=CTRL)
    after = {name: window.document.place(block) for name, block in blocks.items()}
    gone = after["a"].y - before["a"].y
    assert gone > 50
    assert after["b"].y - before["b"].y == pytest.approx(gone)
    assert (after["x"], after["y"]) == (before["x"], before["y"])
    window.commands.undo()
    assert window.document.place(blocks["a"]) == before["a"]
    assert not canvas.marks._dragged


def test_a_frame_in_a_frame_moves_along_and_lies_in_front(window, canvas, frame, marks):
    inner = marks[frame].box.moved(10, 40)._replace(width=50, height=50)
    small = window.document.drawing.add_frame(inner, "", None)
    assert canvas.marks.inside([frame])[1] == {small}
    assert canvas.marks.items[small].zValue() > canvas.marks.items[frame].zValue()


def test_the_inside_of_a_frame_is_ground(window, view, canvas, frame):
    rect = canvas.marks.rect(frame)
    spot = QPointF(rect.center().x(), rect.bottom() - 12)
    found = hit(canvas, spot, view.zoom)
    assert (found.mark, found.block, found.wire) == (None, None, None)


def test_a_corner_is_dragged_to_resize_and_escape_takes_it_back(view, canvas, note, marks):
    before = marks[note].box
    drag(view, corner(view, note), corner(view, note) + QPoint(60, 40), release=False)
    assert canvas.marks.box(note).width > before.width + 20
    QTest.keyClick(view, Qt.Key.Key_Escape)
    assert canvas.marks.box(note) == before
    drag(view, corner(view, note), corner(view, note) + QPoint(60, 40))
    assert marks[note].box.width > before.width + 20
    assert marks[note].box[:2] == before[:2]


def test_marks_are_reached_moved_resized_tinted_and_deleted_by_keyboard(
    window, view, canvas, frame, note, marks
):
    order = canvas.marks.in_order()
    QTest.keyClick(view, Qt.Key.Key_M)
    QTest.keyClick(view, Qt.Key.Key_M)
    (chosen,) = canvas.selection.marks()
    assert chosen == order[1]
    canvas.selection.choose([note])
    before = marks[note]
    for _ in range(2):
        QTest.keyClick(view, Qt.Key.Key_Right, CTRL)
    QTest.keyClick(view, Qt.Key.Key_Down, ALT | SHIFT)
    after = marks[note].box
    assert after.x == before.box.x + 48
    assert after.height == before.box.height + 24
    QTest.keyClick(view, Qt.Key.Key_M, SHIFT)
    assert marks[note].colour == COLOURS[COLOURS.index(before.colour) + 1]
    QTest.keyClick(view, Qt.Key.Key_Delete)
    assert note not in marks
    window.commands.undo()
    assert note in marks


def test_a_rubber_band_takes_notes_it_touches_and_frames_it_holds(view, canvas, frame, note):
    around = view.mapFromScene(canvas.content_rect().adjusted(-20, -20, 20, 20)).boundingRect()
    drag(view, around.topLeft(), around.bottomRight())
    assert set(canvas.selection.marks()) == {frame, note}


# Kept, copied, found and told of


def test_marks_are_kept_in_the_file_and_change_no_recording(window, frame, note, tmp_path):
    recording = window.document.recording
    window.document.drawing.say(note, "Something else")
    assert window.document.recording is recording
    path = tmp_path / "marked.gradwalk"
    window.document.save_to(path)
    again = OpenDocument.read(path)
    assert again.drawing.marks == window.document.drawing.marks


def test_frames_and_notes_are_duplicated_cut_and_pasted(window, canvas, blocks, frame, note, marks):
    canvas.selection.choose([blocks["a"], frame])
    window.commands.duplicate()
    assert len(marks) == 3
    assert len(canvas.selection.marks()) == 1
    canvas.selection.choose([note])
    window.commands.cut()
    assert note not in marks
    window.commands.paste()
    (pasted,) = canvas.selection.marks()
    assert marks[pasted].text == "Mind this,\nand that"


def test_a_note_is_found_by_its_text(window, canvas, view, note):
    window.commands.find()
    (line,) = (e for e in view.findChildren(QLineEdit) if e.accessibleName() == "Find what")
    line.setText("mind")
    QTest.keyClick(line, Qt.Key.Key_Return)
    assert canvas.selection.marks() == [note]
    QTest.keyClick(line, Qt.Key.Key_Escape)


def test_a_screen_reader_is_told_of_frames_and_notes(view, canvas, frame, note):
    spoken = QAccessible.queryAccessibleInterface(view)
    names = [spoken.child(n).text(QAccessible.Text.Name) for n in range(spoken.childCount())]
    assert "Frame Inner part: 2 things in it; drag to move all of it" in names
    assert "Note: Mind this," in names
    canvas.selection.choose([note])
    assert spoken.focusChild().text(QAccessible.Text.Name) == "Note: Mind this,"
    assert spoken.focusChild().rect().isValid()


def test_what_is_drawn_inside_a_group_is_seen_there_alone(window, view, canvas, blocks, note):
    canvas.selection.choose([blocks["a"], blocks["b"]])
    window.commands.group()
    (group,) = canvas.selection.groups()
    view.enter_group(group)
    assert note not in canvas.marks
    inside = window.document.drawing.add_note(Box(0, 0, 90, 90), "inside", group)
    assert inside in canvas.marks
    view.leave_group()
    assert inside not in canvas.marks
    assert note in canvas.marks
    canvas.selection.choose([group])
    window.commands.fold()
    assert inside in canvas.marks


def contrast(a, b):
    def light(colour):
        parts = (p / 255 for p in (colour.red(), colour.green(), colour.blue()))
        linear = [p / 12.92 if p <= 0.03928 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    high, low = sorted((light(a), light(b)), reverse=True)
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("name", ["light", "dark"])
@pytest.mark.parametrize("colour", COLOURS)
def test_text_can_be_read_on_every_colour_and_edges_be_seen(name, colour):
    c = theme_named(name)
    for strong in (False, True):
        assert contrast(c.ink, ground(colour, c, strong=strong)) >= 7
    assert contrast(getattr(c, colour), c.bg) >= 4.5
