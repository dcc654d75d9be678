"""Going into open groups and out of them: by dragging, by placing, and by keyboard."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtTest import QTest

from engine.document import Place
from gui.canvas.interactions.joining import ChooseGroup
from gui.canvas.open_groups import OpenGroups
from gui.document import OpenDocument
from tests.gui.hands import LEFT, at_block, drag

SHIFT = Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def view(window):
    window.view.set_zoom(0.8, QPointF(400.0, 0.0))
    return window.view


@pytest.fixture
def blocks(window):
    """The tutorial's blocks by the name of their Variable, with y far below the others."""
    found = {block.name: block.id for block in window.document.graph.blocks.values()}
    window.document.move({found["y"]: Place(window.document.place(found["b"]).x, 330.0)})
    return found


@pytest.fixture
def made(window, canvas, blocks):
    """The open group of the first Square and of Exp."""
    made = window.document.group([blocks["a"], blocks["b"]], "Wave")
    window.document.unfold([made])
    window.view.fit()
    return made


def members(window, group):
    return window.document.groups.group(group).members


def inside(view, group):
    """A point of the outline, at its left below what is in it."""
    (outline,) = (o for o in view.canvas.open_groups.outlines() if o.goes_around == group)
    rect = outline.rect
    return view.mapFromScene(QPointF(rect.center().x(), rect.bottom() - 12))


def outside(view, by=170):
    """A point below everything that stands at the top."""
    (outline,) = view.canvas.open_groups.outlines()
    rect = outline.rect
    return view.mapFromScene(QPointF(rect.center().x() - 40, rect.bottom() + by))


def test_what_is_let_go_in_the_outline_of_an_open_group_is_in_it(
    window, view, canvas, blocks, made
):
    before = window.document.place(blocks["y"])
    (outline,) = canvas.open_groups.outlines()
    to = inside(view, made)
    drag(view, at_block(view, blocks["y"]), to, release=False)
    assert canvas.open_groups.homes == {blocks["y"]: made}
    assert outline.rect.contains(canvas.block_rect(blocks["y"])), "it is shown in it"
    QTest.mouseRelease(view.viewport(), LEFT, pos=to)
    assert members(window, made) == {blocks["a"], blocks["b"], blocks["y"]}
    assert not canvas.open_groups.homes
    window.commands.undo()
    assert members(window, made) == {blocks["a"], blocks["b"]}
    assert window.document.place(blocks["y"]) == before


def test_what_is_let_go_outside_is_in_it_no_longer(window, view, canvas, blocks, made):
    (outline,) = canvas.open_groups.outlines()
    to = outside(view)
    drag(view, at_block(view, blocks["b"]), to, release=False)
    assert canvas.open_groups.homes == {blocks["b"]: None}
    assert not outline.rect.intersects(canvas.block_rect(blocks["b"])), "it is shown outside"
    QTest.mouseRelease(view.viewport(), LEFT, pos=to)
    assert members(window, made) == {blocks["a"]}
    assert window.document.undo_stack.undoText() == "move"
    window.commands.undo()
    assert members(window, made) == {blocks["a"], blocks["b"]}


def test_with_shift_held_the_outline_follows_instead(window, view, canvas, blocks, made):
    to = outside(view)
    drag(view, at_block(view, blocks["b"]), to, release=False)
    view.setFocus()
    QTest.keyPress(view, Qt.Key.Key_Shift)
    assert not canvas.open_groups.homes
    QTest.mouseRelease(view.viewport(), LEFT, SHIFT, pos=to)
    assert members(window, made) == {blocks["a"], blocks["b"]}
    (outline,) = canvas.open_groups.outlines()
    assert outline.rect.contains(canvas.block_rect(blocks["b"]))


def test_escape_leaves_it_where_it_was_and_in_what_it_was(window, view, canvas, blocks, made):
    (outline,) = canvas.open_groups.outlines()
    before, count = QPointF(outline.rect.center()), window.document.undo_stack.count()
    drag(view, at_block(view, blocks["b"]), outside(view), release=False)
    QTest.keyClick(view, Qt.Key.Key_Escape)
    QTest.mouseRelease(view.viewport(), LEFT)
    assert outline.rect.center() == before
    assert window.document.undo_stack.count() == count


def test_a_small_move_inside_changes_no_group(window, view, canvas, blocks, made):
    start = at_block(view, blocks["b"])
    drag(view, start, start + QPoint(20, 14), release=False)
    assert not canvas.open_groups.homes
    QTest.mouseRelease(view.viewport(), LEFT, pos=start + QPoint(20, 14))
    assert members(window, made) == {blocks["a"], blocks["b"]}


def test_all_of_a_group_goes_as_a_whole_into_another(window, view, canvas, blocks, made):
    other = window.document.group([blocks["y"]], "Outer")
    window.document.unfold([other])
    window.document.move({blocks["y"]: Place(400.0, 700.0)})
    view.fit()
    (outline,) = (o for o in canvas.open_groups.outlines() if o.goes_around == made)
    tab = view.mapFromScene(outline.tab.center())
    by = view.mapFromScene(QPointF(400.0, 760.0)) - view.mapFromScene(outline.rect.center())
    drag(view, tab, tab + by)
    assert window.document.groups.around(blocks["a"]) == (other, made)
    assert members(window, other) == {blocks["y"], made}


def test_a_block_that_goes_into_a_wire_inside_is_in_the_group(window, view, canvas, blocks, made):
    tanh = window.document.add_block("tanh", Place(700.0, 330.0))
    a, b = (canvas.block_rect(blocks[name]).center() for name in "ab")
    view.fit()
    drag(view, at_block(view, tanh), view.mapFromScene((a + b) / 2))
    assert members(window, made) == {blocks["a"], blocks["b"], tanh}
    assert window.document.graph.wires_into(tanh)[0].source == blocks["a"]
    window.commands.undo()
    assert members(window, made) == {blocks["a"], blocks["b"]}
    assert window.document.graph.wires_into(tanh) == (None,)


def test_what_is_added_or_pasted_in_an_outline_is_in_the_group(
    window, view, canvas, blocks, made, qtbot
):
    spot = inside(view, made) + QPoint(0, 4)
    QTest.mouseDClick(view.viewport(), LEFT, pos=spot)
    QTest.keyClicks(window.focusWidget(), "tanh")
    QTest.keyClick(window.focusWidget(), Qt.Key.Key_Return)
    (new,) = canvas.selection.items()
    assert window.document.groups.holder(new) == made
    window.commands.undo()
    assert members(window, made) == {blocks["a"], blocks["b"]}
    canvas.selection.choose([blocks["y"]])
    window.commands.copy()
    window.menu_at = view.viewport().mapToGlobal(spot)
    window.commands.paste()
    (copy,) = canvas.selection.items()
    assert window.document.groups.holder(copy) == made
    assert window.document.within is None


# By keyboard


def test_by_keyboard_a_block_goes_into_the_open_group_and_stands_there(
    window, view, canvas, blocks, made
):
    canvas.selection.choose([blocks["y"]])
    window.commands.move_in()
    assert members(window, made) == {blocks["a"], blocks["b"], blocks["y"]}
    rects = [canvas.block_rect(blocks[name]) for name in "aby"]
    assert not any(one.intersects(two) for one in rects for two in rects if one is not two)
    assert window.document.undo_stack.undoText() == "move into group"
    window.commands.undo()
    assert members(window, made) == {blocks["a"], blocks["b"]}


def test_by_keyboard_a_block_comes_out_and_stands_clear_of_the_outline(
    window, view, canvas, blocks, made
):
    canvas.selection.choose([blocks["b"]])
    window.commands.move_out()
    assert members(window, made) == {blocks["a"]}
    (outline,) = canvas.open_groups.outlines()
    assert not outline.rect.intersects(canvas.block_rect(blocks["b"]))
    window.commands.undo()
    assert members(window, made) == {blocks["a"], blocks["b"]}


def test_among_several_groups_the_arrow_keys_choose(window, view, canvas, blocks, made):
    other = window.document.group([blocks["y"]], "Other")
    window.document.unfold([other])
    sin = window.document.add_block("sin", Place(window.document.place(blocks["y"]).x, 560.0))
    canvas.selection.choose([sin])
    window.commands.move_in()
    assert isinstance(view.interaction, ChooseGroup)
    assert canvas.open_groups.homes == {sin: other}, "the nearest comes first"
    QTest.keyClick(view, Qt.Key.Key_Right)
    assert canvas.open_groups.homes == {sin: made}
    QTest.keyClick(view, Qt.Key.Key_Escape)
    assert window.document.groups.holder(sin) is None
    assert not canvas.open_groups.homes
    window.commands.move_in()
    QTest.keyClick(view, Qt.Key.Key_Down)
    QTest.keyClick(view, Qt.Key.Key_Return)
    assert window.document.groups.holder(sin) == made


def test_what_is_taken_out_of_a_group_that_was_entered_stands_beside_it(
    window, view, canvas, blocks, made
):
    window.document.fold([made])
    view.enter_group(made)
    canvas.selection.choose([blocks["b"]])
    window.commands.move_out()
    assert members(window, made) == {blocks["a"]}
    assert "Out of Wave" in view._bubble.text()
    view.leave_group()
    apart = canvas.block_rect(blocks["b"]).center() - canvas.block_rect(made).center()
    assert 100 < abs(apart.y()) < 400
    assert abs(apart.x()) < 1


def test_where_there_is_nothing_to_do_a_sentence_says_so(window, view, canvas, blocks):
    canvas.selection.choose([blocks["a"]])
    window.commands.move_in()
    assert "no open group" in view._bubble.text()
    window.commands.move_out()
    assert "inside an open group" in view._bubble.text()
    canvas.selection.clear()
    window.commands.move_in()
    assert "Select what is to go" in view._bubble.text()


def test_who_is_in_which_group_is_kept_in_the_file(window, view, blocks, made, tmp_path):
    drag(view, at_block(view, blocks["y"]), inside(view, made))
    window.document.save_to(tmp_path / "moved.gradwalk")
    again = OpenDocument.read(tmp_path / "moved.gradwalk")
    assert again.groups.group(made).members == {blocks["a"], blocks["b"], blocks["y"]}


def test_an_outline_behind_another_that_fills_the_view_is_not_painted_and_not_missed(
    window, view, canvas, blocks, made, monkeypatch
):
    x, y = window.document.place(blocks["b"])
    window.document.move({blocks["b"]: Place(x, y + 220)})
    outer = window.document.group([made, blocks["y"]], "Sea")
    window.document.unfold([outer])
    names, real = [], OpenGroups.is_hidden
    (inner,) = (o for o in canvas.open_groups.outlines() if o.goes_around == made)
    for zoom, hidden in ((1.0, False), (4.0, True)):
        view.set_zoom(zoom)
        view.shift(view.visible_rect().center() - inner.rect.center())
        assert inner.solid.contains(view.visible_rect()) is hidden
        picture = view.grab().toImage()
        with monkeypatch.context() as patch:
            patch.setattr(OpenGroups, "is_hidden", lambda *_: False)
            assert view.grab().toImage() == picture
            patch.setattr(
                OpenGroups,
                "is_hidden",
                lambda groups, group, part: real(groups, group, part) and not names.append(group),
            )
            view.grab()
        assert names == ([outer] if hidden else [])
