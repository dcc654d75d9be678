"""Frames and notes that belong to groups: grouped, dragged in and out, drawn there, and kept."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtTest import QTest

from engine.marks import Box
from gui.document import OpenDocument
from tests.gui.hands import LEFT, at_block, drag
from tests.gui.test_large_graphs import grid

CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
ALT = Qt.KeyboardModifier.AltModifier


@pytest.fixture
def note(window, canvas):
    """A note below everything."""
    content = canvas.content_rect()
    box = Box(content.center().x() - 60, content.bottom() + 130, 120.0, 60.0)
    made = window.document.drawing.add_note(box, "Mind this", None)
    window.view.set_zoom(0.7)
    window.view.centerOn(content.center())
    return made


@pytest.fixture
def made(window, canvas, blocks, frame, note):
    """The folded group of a, b, the frame around them, and the note."""
    canvas.selection.choose([blocks["a"], blocks["b"], note])
    window.commands.group()
    (group,) = canvas.selection.items()
    return group


@pytest.fixture
def opened(window, made):
    window.document.unfold([made])
    window.view.set_zoom(0.55, QPointF(300.0, 100.0))
    return made


def homes(marks):
    return {mark.text: mark.within for mark in marks.values()}


def head(view, mark):
    return view.mapFromScene(view.canvas.marks.items[mark].head.center())


def outline(canvas, group):
    return canvas.open_groups[group].rect


def test_what_is_grouped_with_blocks_is_folded_opened_and_entered_with_them(
    view, canvas, marks, frame, note, made
):
    assert homes(marks) == {"Inner part": made, "Mind this": made}
    assert not canvas.marks.items, "they are inside the folded group"
    QTest.keyClick(view, Qt.Key.Key_O)
    assert {*canvas.marks.items} == {frame, note}
    for mark in (frame, note):
        assert outline(canvas, made).contains(canvas.marks.rect(mark))
        assert canvas.marks.items[mark].zValue() > canvas.open_groups[made].zValue()
    QTest.keyClick(view, Qt.Key.Key_O)
    assert not canvas.marks.items
    QTest.keyClick(view, Qt.Key.Key_PageDown)
    assert {*canvas.marks.items} == {frame, note}


def test_one_undo_puts_all_of_it_back(window, canvas, marks, frame, note, made):
    window.commands.undo()
    assert homes(marks) == {"Inner part": None, "Mind this": None}
    assert {*canvas.marks.items} == {frame, note}
    window.commands.redo()
    assert not canvas.marks.items


def test_ungrouping_leaves_them_where_they_are_seen(view, canvas, marks, frame, note, made):
    QTest.keyClick(view, Qt.Key.Key_G, CTRL | SHIFT)
    assert homes(marks) == {"Inner part": None, "Mind this": None}
    assert {*canvas.marks.items} == {frame, note}


def test_a_frame_that_is_selected_is_grouped_with_what_stands_in_it(
    window, view, canvas, blocks, marks, frame
):
    canvas.selection.choose([frame])
    QTest.keyClick(view, Qt.Key.Key_G, CTRL)
    (group,) = canvas.selection.items()
    assert window.document.groups.group(group).members == {blocks["a"], blocks["b"]}
    assert homes(marks) == {"Inner part": group}


def test_a_group_takes_what_is_drawn_in_it_along(window, view, canvas, marks, note, opened):
    before = marks[note].box
    tab = canvas.open_groups[opened].tab
    start = view.mapFromScene(QPointF(tab.right() - 8, tab.center().y()))
    drag(view, start, start + QPoint(40, 60), release=False)
    assert canvas.marks.box(note) != before, "it is seen on its way"
    assert outline(canvas, opened).contains(canvas.marks.rect(note))
    QTest.mouseRelease(view.viewport(), LEFT, pos=start + QPoint(40, 60))
    assert marks[note].box.y > before.y + 40
    assert marks[note].within == opened
    window.commands.undo()
    assert marks[note].box == before


def test_a_note_is_dragged_out_of_an_open_group_and_into_it(
    window, view, canvas, marks, note, opened
):
    rect = outline(canvas, opened)
    out = view.mapFromScene(QPointF(rect.center().x(), rect.bottom() + 120))
    drag(view, head(view, note), out, release=False)
    assert canvas.open_groups.homes == {note: None}
    assert not outline(canvas, opened).intersects(canvas.marks.rect(note)), "it is shown outside"
    QTest.mouseRelease(view.viewport(), LEFT, pos=out)
    assert marks[note].within is None
    inside = view.mapFromScene(outline(canvas, opened).center() + QPointF(0, 70))
    drag(view, head(view, note), inside)
    assert marks[note].within == opened
    assert window.document.undo_stack.undoText() == "move"
    window.commands.undo()
    assert marks[note].within is None


def test_a_frame_around_all_of_an_open_group_stays_outside(
    window, view, canvas, marks, frame, opened
):
    rect = outline(canvas, opened).adjusted(-40, -80, 40, 40)
    view.add_frame(Box(rect.x(), rect.y(), rect.width(), rect.height()))
    view.settle()
    (around,) = canvas.selection.marks()
    assert marks[around].within is None
    before = outline(canvas, opened).topLeft()
    start = head(view, around)
    drag(view, start, start + QPoint(30, 40))
    assert marks[around].within is None
    assert marks[frame].within == opened
    assert outline(canvas, opened).top() > before.y(), "all that stands in it has moved"


def test_what_is_drawn_in_the_outline_of_a_group_belongs_to_it(
    window, view, canvas, blocks, marks, opened
):
    spot = outline(canvas, opened).center()
    view.add_note(Box(spot.x() - 50, spot.y() + 20, 100.0, 50.0))
    view.settle()
    (note,) = canvas.selection.marks()
    assert marks[note].within == opened
    canvas.selection.choose([blocks["b"]])
    QTest.keyClick(view, Qt.Key.Key_G, SHIFT)
    view.settle()
    (frame,) = canvas.selection.marks()
    assert marks[frame].within == opened


def test_what_is_drawn_in_a_group_that_was_entered_belongs_to_it(window, view, canvas, marks, made):
    QTest.keyClick(view, Qt.Key.Key_PageDown)
    QTest.keyClick(view, Qt.Key.Key_N, SHIFT)
    view.settle()
    (note,) = canvas.selection.marks()
    assert marks[note].within == made
    QTest.keyClick(view, Qt.Key.Key_PageUp, SHIFT)
    assert marks[note].within is None, "it is taken out by keyboard"


def test_by_keyboard_a_note_goes_out_of_an_open_group_and_into_it(
    window, view, canvas, marks, note, opened
):
    canvas.selection.choose([note])
    QTest.keyClick(view, Qt.Key.Key_PageUp, SHIFT)
    assert marks[note].within is None
    assert not outline(canvas, opened).intersects(canvas.marks.rect(note))
    QTest.keyClick(view, Qt.Key.Key_PageDown, SHIFT)
    assert marks[note].within == opened


def test_a_copy_of_a_group_has_its_own(window, view, canvas, blocks, marks, made):
    QTest.keyClick(view, Qt.Key.Key_D, CTRL)
    (twin,) = canvas.selection.items()
    assert sorted(mark.within for mark in marks.values()) == sorted([made, twin] * 2)
    QTest.keyClick(view, Qt.Key.Key_Delete)
    assert {mark.within for mark in marks.values()} == {made}


def test_blocks_that_are_pulled_out_of_their_chain_take_their_frame_along(
    window, view, canvas, blocks, marks, frame
):
    box = marks[frame].box
    canvas.selection.choose([blocks["a"], frame])
    start = at_block(view, blocks["a"])
    drag(view, start, start + QPoint(0, 120), keys=ALT)
    assert marks[frame].box.y > box.y + 50
    assert window.document.undo_stack.undoText() == "detach"


def test_a_frame_goes_into_the_group_that_its_blocks_are_folded_into(qapp):
    document = OpenDocument(grid(900))
    place, last = document.place("b3"), document.place("b899")
    inner = document.drawing.add_frame(Box(place.x - 60, place.y - 60, 120, 120), "Inner", None)
    note = document.drawing.add_note(Box(place.x - 50, place.y + 5, 80, 45), "Mind this", None)
    box = Box(-200, -200, last.x + 9000, last.y + 9000)
    outer = document.drawing.add_frame(box, "Outer", None)
    before = document.kept()
    document.fold_large()
    marks, groups = document.drawing.marks, document.groups
    (home,) = {marks[inner].within, marks[note].within}
    assert "b3" in groups.blocks(home)
    assert home == groups.holder("b3"), "the innermost"
    assert marks[outer].within is None
    document.unfold_all()
    assert marks[inner].box.has(*document.place("b3"))
    assert marks[inner].box.holds(marks[note].box)
    document.undo_stack.undo()
    document.undo_stack.undo()
    assert document.kept() == before
