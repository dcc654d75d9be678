"""Groups on the canvas: made, folded, opened, entered, and wired like a block."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QLineEdit, QPushButton

from engine.document import Document, Place
from engine.graph import Block, Graph, Wire
from engine.storage import save
from engine.visible import visible
from gui.canvas.drafting import OUT, Port
from gui.canvas.hit import hit
from gui.canvas.lighting import Light
from gui.document import OpenDocument
from tests.gui.builders import document_of

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def made(window, canvas, blocks):
    """The group of the first Square and of Exp."""
    canvas.selection.choose([blocks["a"], blocks["b"]])
    window.commands.group()
    (group,) = canvas.selection.items()
    return group


def seen(canvas):
    return {item.block for item in canvas.block_items()}


def at_item(view, item):
    return view.mapFromScene(view.canvas.block_item(item).pos())


def press(view, key, held=Qt.KeyboardModifier.NoModifier):
    view.setFocus()
    QTest.keyClick(view, key, held)


def breadcrumb(view):
    buttons = view.breadcrumb.findChildren(QPushButton)
    return {button.accessibleName(): button for button in buttons if button.isVisibleTo(view)}


def test_a_group_stands_in_place_of_its_blocks(canvas, blocks, made):
    assert seen(canvas) == {blocks["x"], made, blocks["y"]}
    lines = {(wire.source, wire.target) for wire in (i.wire for i in canvas.wire_items())}
    assert lines == {(blocks["x"], blocks["a"]), (blocks["b"], blocks["y"])}


def test_its_wires_end_at_its_own_ports(canvas, blocks, made):
    box = canvas.block_rect(made)
    into = canvas.wire_item(Wire(blocks["x"], blocks["a"], 0)).path
    out = canvas.wire_item(Wire(blocks["b"], blocks["y"], 0)).path
    assert into.pointAtPercent(1).x() == box.left()
    assert out.pointAtPercent(0).x() == box.right()


def test_undo_brings_the_blocks_back_as_they_were(window, canvas, blocks, made):
    window.commands.undo()
    assert seen(canvas) == set(window.document.graph.blocks)
    window.commands.redo()
    assert seen(canvas) == {blocks["x"], made, blocks["y"]}


def test_grouping_changes_no_number_and_makes_no_new_recording(window, canvas, blocks):
    recording = window.document.recording
    canvas.selection.choose([blocks["a"], blocks["b"]])
    window.commands.group()
    assert window.document.recording is recording


def test_a_group_is_kept_with_the_document(window, made, blocks, tmp_path):
    window.document.save_to(tmp_path / "grouped.gradwalk")
    again = OpenDocument.read(tmp_path / "grouped.gradwalk")
    window.show_document(again)
    assert seen(window.view.canvas) == {blocks["x"], made, blocks["y"]}


def test_nothing_selected_is_nothing_to_group_and_a_sentence_says_so(window, view):
    view.canvas.selection.clear()
    window.commands.group()
    assert "Nothing is selected" in view._bubble.text()
    assert not window.document.undo_stack.canUndo()


# Moving, copying, deleting


def test_dragging_a_group_moves_it_as_one(window, view, made, blocks):
    before = window.document.place(made)
    start = at_item(view, made)
    QTest.mousePress(view.viewport(), LEFT, pos=start)
    for step in range(1, 9):
        QTest.mouseMove(view.viewport(), start + QPoint(0, 10 * step))
    QTest.mouseRelease(view.viewport(), LEFT, pos=start + QPoint(0, 80))
    assert window.document.place(made).y > before.y + 40
    assert window.document.undo_stack.undoText() == "move"
    window.commands.fold()
    assert window.document.place(blocks["a"]).y == window.document.place(made).y


def test_deleting_a_group_closes_the_chain(window, canvas, made, blocks):
    canvas.selection.choose([made])
    window.commands.delete()
    assert seen(canvas) == {blocks["x"], blocks["y"]}
    assert list(window.document.graph.wires()) == [Wire(blocks["x"], blocks["y"], 0)]
    window.commands.undo()
    assert seen(canvas) == {blocks["x"], made, blocks["y"]}


def test_a_copy_of_a_group_is_a_group(window, canvas, made):
    canvas.selection.choose([made])
    window.commands.duplicate()
    (copy,) = canvas.selection.items()
    assert copy != made
    assert len(window.document.groups.blocks(copy)) == 2


def test_unplugging_a_group_leaves_the_wires_inside(window, canvas, made, blocks):
    canvas.selection.choose([made])
    window.commands.unplug()
    wires = set(window.document.graph.wires())
    assert wires == {Wire(blocks["a"], blocks["b"], 0), Wire(blocks["b"], blocks["y"], 0)}


def test_a_wire_can_be_drawn_to_an_open_port_of_a_group(window, view, canvas, made, blocks):
    canvas.selection.choose([made])
    window.commands.unplug()
    start = view.mapFromScene(canvas.lines.port(Port(blocks["x"], OUT)))
    end = view.mapFromScene(canvas.lines.port(Port(blocks["a"], 0)))
    QTest.mousePress(view.viewport(), LEFT, pos=start)
    for step in range(1, 9):
        QTest.mouseMove(view.viewport(), start + (end - start) * step / 8)
    QTest.mouseRelease(view.viewport(), LEFT, pos=end)
    assert Wire(blocks["x"], blocks["a"], 0) in set(window.document.graph.wires())


def test_a_wire_that_stands_for_two_is_dragged_off_and_plugged_in_as_one(qtbot, window, view):
    document = window.document
    x, first, second, _ = (block.id for block in document.graph.blocks.values())
    document.connect_wire(Wire(x, second, 0), [Wire(first, second, 0)])
    made = document.group([first, second])
    view.fit()
    canvas = view.canvas
    at = canvas.lines.port(Port(first, 0))
    assert at == canvas.lines.port(Port(second, 0))

    def drag_to(end):
        begin, there = view.mapFromScene(at), view.mapFromScene(end)
        QTest.mousePress(view.viewport(), LEFT, pos=begin)
        for step in range(1, 9):
            QTest.mouseMove(view.viewport(), begin + (there - begin) * step / 8)
        QTest.mouseRelease(view.viewport(), LEFT, pos=there)

    drag_to(at - QPointF(40, 130))
    assert not document.graph.wires_from(x)
    assert len(canvas.folds.face(made).ports.inlets) == 1
    drag_to(canvas.lines.port(Port(x, OUT)))
    assert {wire.target for wire in document.graph.wires_from(x)} == {first, second}


def test_a_block_appended_to_a_group_continues_its_result(window, canvas, blocks, made):
    canvas.selection.choose([blocks["y"]])
    window.commands.delete()
    canvas.selection.choose([made])
    window.commands.append("sin")
    (sin,) = canvas.selection.items()
    assert window.document.graph.wires_into(sin) == (Wire(blocks["b"], sin, 0),)


# Opening in place


def test_a_group_opens_in_an_outline_and_folds_again(window, canvas, view, made, blocks):
    window.commands.fold()
    assert seen(canvas) == set(blocks.values())
    (outline,) = canvas.open_groups.outlines()
    for name in "ab":
        assert outline.rect.contains(canvas.block_rect(blocks[name]))
    canvas.selection.choose([blocks["a"]])
    window.commands.fold()
    assert seen(canvas) == {blocks["x"], made, blocks["y"]}
    assert canvas.selection.items() == [made]


def test_the_tab_of_an_outline_moves_what_is_inside_and_its_arrow_folds(
    window, canvas, view, made, blocks
):
    window.commands.fold()
    (outline,) = canvas.open_groups.outlines()
    before = {name: window.document.place(blocks[name]) for name in blocks}
    start = view.mapFromScene(outline.tab.center())
    QTest.mousePress(view.viewport(), LEFT, pos=start)
    for step in range(1, 9):
        QTest.mouseMove(view.viewport(), start - QPoint(0, 10 * step))
    QTest.mouseRelease(view.viewport(), LEFT, pos=start - QPoint(0, 80))
    moved = {name for name in blocks if window.document.place(blocks[name]) != before[name]}
    assert moved == {"a", "b"}
    assert outline.rect.contains(canvas.block_rect(blocks["a"]))
    QTest.mouseClick(view.viewport(), LEFT, pos=view.mapFromScene(outline.button.center()))
    assert made in seen(canvas)


def test_a_rubber_band_selects_through_an_outline(window, canvas, made):
    window.commands.fold()
    (outline,) = canvas.open_groups.outlines()
    inside = outline.rect.bottomLeft()
    inside.setX(inside.x() + 8)
    inside.setY(inside.y() - 8)
    found = hit(canvas, inside, 1.0)
    assert (found.port, found.block, found.wire, found.outline) == (None, None, None, None)


# Entering


def test_a_double_click_enters_and_the_path_leads_out_again(qtbot, canvas, view, made, blocks):
    QTest.mouseDClick(view.viewport(), LEFT, pos=at_item(view, made))
    assert seen(canvas) == {blocks["a"], blocks["b"]}
    (out,) = breadcrumb(view).values()
    assert out.accessibleName() == "Go out to Untitled"
    QTest.mouseClick(out, LEFT)
    assert seen(canvas) == {blocks["x"], made, blocks["y"]}
    assert canvas.selection.items() == [made]
    assert not view.breadcrumb.isVisible()


def test_enter_and_escape_go_in_and_out(canvas, view, made, blocks):
    press(view, Qt.Key.Key_Return)
    assert seen(canvas) == {blocks["a"], blocks["b"]}
    press(view, Qt.Key.Key_Escape)
    assert made in seen(canvas)


def test_backspace_leaves_when_there_is_nothing_to_delete(window, canvas, view, made):
    window.commands.enter_group()
    canvas.selection.clear()
    window.commands.delete()
    assert made in seen(canvas)


def test_what_is_added_inside_is_in_the_group(window, canvas, made):
    window.commands.enter_group()
    new = window.document.add_block("sin", Place(0.0, 300.0))
    assert new in seen(canvas)
    assert window.document.groups.holder(new) == made
    window.commands.leave_group()
    assert new not in seen(canvas)


def test_where_wires_come_into_an_entered_group_stays_beside_what_is_moved_there(
    window, canvas, blocks, made
):
    window.commands.enter_group()
    coming = Port(blocks["x"], OUT)
    before = canvas.lines.gates[coming]
    at = window.document.place(blocks["a"])
    window.document.move({blocks["a"]: Place(at.x - 300, at.y)})
    assert canvas.lines.gates[coming].x() == before.x() - 300
    window.commands.undo()
    assert canvas.lines.gates[coming] == before


def test_undoing_the_group_that_was_entered_leads_out_of_it(window, canvas, view, made, blocks):
    window.commands.enter_group()
    window.commands.undo()
    assert seen(canvas) == set(blocks.values())
    assert not view.breadcrumb.isVisible()


def test_groups_nest_and_each_level_can_be_left(window, canvas, view, made, blocks):
    canvas.selection.choose([made, blocks["y"]])
    window.commands.group()
    (outer,) = canvas.selection.items()
    window.document.rename_group(outer, "All of it")
    window.commands.enter_group()
    canvas.selection.choose([made])
    window.commands.enter_group()
    assert list(breadcrumb(view)) == ["Go out to Untitled", "Go out to All of it"]
    window.commands.leave_group()
    assert seen(canvas) == {made, blocks["y"]}
    window.commands.leave_group()
    assert seen(canvas) == {blocks["x"], outer}


def test_a_group_is_renamed_where_it_stands(window, view, made):
    window.commands.rename()
    editor = view.findChild(QLineEdit)
    assert editor.accessibleName() == "Name of this group"
    QTest.keyClicks(editor, "Middle")
    QTest.keyClick(editor, Qt.Key.Key_Return)
    assert window.document.groups.group(made).name == "Middle"
    assert window.document.undo_stack.undoText() == "rename"


def test_the_walk_shows_its_numbers_at_the_ports_of_a_group(window, canvas, made, blocks):
    window.player.to_end()
    result = canvas.variable_item(blocks["b"])
    assert result.pos() == canvas.lines.port(Port(blocks["b"], OUT))
    assert canvas.variable_item(blocks["a"]) is None


def test_fold_all_and_unfold_all(window, canvas, made, blocks):
    window.commands.unfold_all()
    assert seen(canvas) == set(blocks.values())
    window.commands.fold_all()
    assert made in seen(canvas)
    assert visible(window.document._document).items == seen(canvas)


# Walking


def walked(window):
    """Step from the start to the end, and name the block of each stop."""
    window.player.reduced_motion = True
    window.player.to_start()
    found = [window.player.moment.step.block]
    while not window.player.at_end:
        window.player.step_on()
        found.append(window.player.moment.step.block)
    return found


def test_the_walk_steps_over_a_folded_group(window, made, blocks):
    x, a, b, y = (blocks[name] for name in "xaby")
    assert walked(window) == [x, b, y, y, y, a]
    window.player.step_back()
    assert window.player.moment.step.block == y
    window.commands.fold()
    assert walked(window) == [x, a, b, y, y, y, b, a]


def test_playing_stops_at_a_folded_group_once(window, made, blocks):
    seconds = [0.0]
    player = window.player
    player._clock = lambda: seconds[0]
    player.to_start()
    player.play()
    found = [player.moment.cursor]
    while player.playing:
        seconds[0] += 0.25
        player.advance()
        if player.moment.cursor != found[-1]:
            found.append(player.moment.cursor)
    assert found == [0, 2, 3, 4, 5, 7]
    assert seconds[0] <= 6.0


def test_a_group_lights_up_with_all_its_wires_while_the_walk_is_in_it(window, canvas, made, blocks):
    window.player.seek(2)
    assert canvas.is_active(made)
    assert set(canvas.travelling()) == {Wire(blocks["x"], blocks["a"], 0)}
    window.player.seek(window.player.last)
    assert canvas.is_active(made)
    assert set(canvas.travelling()) == {Wire(blocks["x"], blocks["a"], 0)}


def test_the_walk_can_step_into_groups_and_out_again(window, canvas, made, blocks):
    window.actions_by_name["step_into"].setChecked(True)
    window.player.to_start()
    levels = []
    for _ in range(len(window.player.recording)):
        levels.append(canvas.folds.entered)
        window.player.reduced_motion = True
        window.player.step_on()
    assert levels == [None, made, made, None, None, None, made, made]


def test_seeking_into_the_middle_of_a_group_and_on_stops_where_it_is_done(window, made, blocks):
    window.player.reduced_motion = True
    window.player.seek(1)
    window.player.step_on()
    assert window.player.moment.cursor == 2


# Large graphs


@pytest.fixture
def large(window, tmp_path):
    """A file with a chain of 1,000, opened."""
    blocks = [Block("b1", "input", "x", np.array(0.5))]
    blocks += [Block(f"b{n}", ("sin", "cos")[n % 2], f"v{n}") for n in range(2, 1001)]
    wires = [Wire(a.id, b.id, 0) for a, b in itertools.pairwise(blocks)]
    places = {block.id: Place(170.0 * n, 0.0) for n, block in enumerate(blocks)}
    save(Document(Graph.build(blocks, wires), places, "b1000"), tmp_path / "large.gradwalk")
    window.open_path(tmp_path / "large.gradwalk")
    return window


def test_a_large_graph_folds_itself_when_it_is_opened_and_says_so(large):
    canvas = large.view.canvas
    assert len(seen(canvas)) <= 60
    notice = large.view.notice
    assert notice.isVisible()
    words = " ".join(label.text() for label in notice.findChildren(QLabel))
    assert "1,000 blocks" in words
    assert not large.document.is_modified
    places = [item.pos() for item in canvas.block_items()]
    assert len({(at.x(), at.y()) for at in places}) == len(places)


def test_every_block_of_a_large_graph_can_be_shown_by_one_click(large, qtbot):
    (button,) = (b for b in large.view.notice.findChildren(QPushButton) if "Every" in b.text())
    QTest.mouseClick(button, LEFT)
    qtbot.waitUntil(lambda: len(seen(large.view.canvas)) == 1000)
    assert large.document.place("b1000") == Place(170.0 * 999, 0.0)
    assert not large.view.notice.isVisible()
    large.commands.redo()
    qtbot.waitUntil(lambda: len(seen(large.view.canvas)) <= 60)


def test_the_notice_goes_with_the_last_group(large, qtbot):
    large.commands.select_all()
    large.commands.delete()
    qtbot.waitUntil(lambda: not large.document.graph)
    assert not large.view.notice.isVisible()
    large.commands.undo()
    qtbot.waitUntil(lambda: len(large.document.graph) == 1000)
    assert large.view.notice.isVisible()


def test_the_notice_can_be_closed_and_the_graph_stays_folded(large):
    (button,) = (b for b in large.view.notice.findChildren(QPushButton) if b.text() == "Close")
    QTest.mouseClick(button, LEFT)
    assert not large.view.notice.isVisible()
    assert len(seen(large.view.canvas)) <= 60


def test_a_large_graph_that_somebody_has_grouped_stays_as_it_is(large, tmp_path):
    large.document.save_to(tmp_path / "again.gradwalk")
    again = OpenDocument.read(tmp_path / "again.gradwalk")
    assert not again.undo_stack.canUndo()
    assert not again.was_folded
    assert dict(again.groups.all) == dict(large.document.groups.all)


def test_the_walk_over_a_folded_large_graph_is_short(large):
    assert len(large.view.canvas.stops()) <= 130


def test_tidying_up_sees_groups_as_they_are_shown(window, canvas, made, blocks):
    window.commands.tidy()
    xs = [window.document.place(item).x for item in (blocks["x"], made, blocks["y"])]
    assert xs == sorted(xs)
    canvas.selection.choose([made])
    window.commands.fold()
    window.commands.tidy()
    (outline,) = canvas.open_groups.outlines()
    for name in "xy":
        assert not outline.rect.intersects(canvas.block_rect(blocks[name]))
    assert window.document.place(blocks["a"]).x < window.document.place(blocks["b"]).x


def test_folded_groups_are_told_by_name_from_far_away(window, view, made):
    window.document.rename_group(made, "Wave")
    view.canvas.selection.clear()
    view.set_zoom(0.25)
    with_name = view.grab().toImage()
    window.document.rename_group(made, "—")
    assert view.grab().toImage() != with_name


@pytest.mark.parametrize("at", [0, 1])
def test_a_light_stays_true_when_its_wire_becomes_one_with_others(window, at):
    document = document_of("sin(x) * cos(x)", x=1)
    window.show_document(document)
    canvas, x = window.view.canvas, document.inputs()[0]
    canvas.selection.choose([block for block in document.graph.blocks if block != x])
    window.commands.group()
    if canvas.folds.is_plain:
        window.commands.fold()
    wires = list(document.graph.wires_from(x))
    canvas.set_light(Light(frozenset([wires[at].target]), frozenset([wires[at]]), hides=True))
    for _ in range(2):
        window.commands.unfold_all()
        check_light(canvas, wires, wires[at])
        window.commands.fold_all()
        check_light(canvas, wires, wires[at])


def check_light(canvas, wires, lit):
    drawn = [wire for wire in wires if canvas.drawn_for(wire) == wire]
    assert drawn
    for wire in drawn:
        assert canvas.shown.wire(wire).opacity() == (lit in canvas.wires_along(wire))
