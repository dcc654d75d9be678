"""Verbs that bear on very many blocks are worked out beside the window, and come to the same."""

from __future__ import annotations

import gc
import threading

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt, QTimer
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel

from engine.arranging import aligned
from engine.document import Place
from engine.graph import Graph
from engine.storage import load, save
from gui.canvas.drafting import OUT, Port
from gui.canvas.geometry import size
from gui.canvas.interactions.placing import PlaceBlock
from gui.canvas.level import LevelAhead
from gui.canvas.scene import CanvasScene
from gui.canvas.seen import look
from gui.document import OpenDocument
from gui.errand_card import ErrandCard
from gui.export.dialog import ExportDialog
from gui.export.studio import Studio
from gui.on_the_way import OVERTAKEN
from gui.opening import got_ready, opening
from gui.player import Player
from gui.rehearsal import Rehearsal
from tests.gui.hands import LEFT, NONE, drag
from tests.gui.test_large_graphs import grid, look_at
from tests.gui.test_large_pictures import choose

MANY = 900
ALT = Qt.KeyboardModifier.AltModifier


@pytest.fixture
def bench(window):
    window.show_document(OpenDocument(grid(MANY + 1)))
    window.view.fit()
    return window


def ended(qtbot, window):
    qtbot.waitUntil(lambda: not window.errands.busy, timeout=20_000)


def said(window):
    labels = window.view.findChildren(QLabel)
    return next(label.text() for label in labels if label.accessibleName() == "Message")


def facts(document):
    kept = document.kept()
    return kept.graph, kept.places, dict(kept.groups.all), kept.target, kept.bends, kept.marks


def is_drawn(canvas):
    """Whether the canvas has everything where the document has it, and nothing else."""
    there, wanted = canvas.where, look(canvas)
    for table, other in ((there.blocks, wanted.blocks), (there.wires, wanted.wires)):
        rows = {key: table[key].tolist() for key in table.keys}
        if rows != {key: other[key].tolist() for key in other.keys}:
            return False
    return set(canvas.selection.items()) <= set(there.blocks.keys)


def halves(document):
    """Two groups, of which one is in the other."""
    blocks = list(document.graph.blocks)
    inner = document.group(blocks[100:450])
    return inner, document.group([inner, *blocks[450:700]])


VERBS = {
    "duplicate": lambda c: c.duplicate(),
    "duplicate_fed": lambda c: c.duplicate_fed(),
    "delete": lambda c: c.delete(),
    "cut": lambda c: c.cut(),
    "group": lambda c: c.group(),
    "unfold_all": lambda c: c.unfold_all(),
    "ungroup": lambda c: c.ungroup(),
    "undo": lambda c: c.undo(),
    "unplug": lambda c: c.unplug(),
    "detach": lambda c: c.detach(),
    "nudge": lambda c: c._view._nudge(20.0, 0.0),
    "align": lambda c: c.align_top(),
}


def unplug(document, chosen):
    document.remove((), [wire for block in chosen for wire in document.graph.wires_into(block)])


def nudge(document, chosen):
    before = {block: document.place(block) for block in chosen}
    document.move({b: Place(at.x + 20, at.y) for b, at in before.items()}, "nudge")


def align(document, chosen):
    places = {block: document.place(block) for block in chosen}
    sizes = {block: size(document.graph.block(block)) for block in chosen}
    document.move(aligned(places, sizes, "top"), "align")


AT_ONCE = {
    "duplicate": lambda d, chosen: d.duplicate(chosen, Place(0.0, 130.0)),
    "duplicate_fed": lambda d, chosen: d.duplicate_fed(chosen, Place(0.0, 130.0)),
    "delete": lambda d, chosen: d.remove(chosen),
    "cut": lambda d, chosen: d.remove(chosen, text="cut"),
    "group": lambda d, chosen: d.group(chosen),
    "unfold_all": lambda d, _: d.unfold_all(),
    "ungroup": lambda d, chosen: d.ungroup(chosen),
    "undo": lambda d, _: d.undo_stack.undo(),
    "unplug": unplug,
    "detach": lambda d, chosen: d.detach(chosen),
    "nudge": nudge,
    "align": align,
}
"""The same, done to a document that no window shows."""


def prepared(document, what):
    """Get a document ready for a verb; give what is to be selected for it."""
    if what in ("unfold_all", "ungroup", "undo"):
        outer = halves(document)[1]
        return [outer]
    return list(document.graph.blocks)[200:800]


@pytest.mark.parametrize("is_given_up", [False, True])
@pytest.mark.parametrize("way", ["in", "out"])
def test_what_goes_into_a_group_or_out_of_it_is_shown_there_until_it_is(
    bench, held, qtbot, way, is_given_up
):
    document, canvas = bench.document, bench.view.canvas
    group = document.group(["b5", "b6", "b7"])
    document.unfold([group])
    block = "b300" if way == "in" else "b6"
    held.set()
    qtbot.waitUntil(lambda: not document.is_behind)
    held.clear()
    canvas.selection.choose([block])
    place, home = document.place(block), document.groups.holder(block)
    move = bench.commands.move_in if way == "in" else bench.commands.move_out
    move()
    shown = canvas.block_rect(block).center()
    assert (document.place(block), document.groups.holder(block)) == (place, home)
    assert shown != QPointF(*place)
    assert canvas.open_groups.homes
    if is_given_up:
        bench.commands.give_up()
        assert canvas.block_rect(block).center() == QPointF(*place)
        held.set()
        ended(qtbot, bench)
    else:
        held.set()
        ended(qtbot, bench)
        assert canvas.block_rect(block).center() == shown == QPointF(*document.place(block))
        assert document.groups.holder(block) == (group if way == "in" else None)
        bench.commands.undo()
        ended(qtbot, bench)
    assert (document.place(block), document.groups.holder(block)) == (place, home)
    assert not canvas.lines.dragged
    assert not canvas.open_groups.homes
    assert is_drawn(canvas)


def test_what_is_taken_out_of_a_group_that_was_entered_is_so_beside_the_window(bench, held, qtbot):
    document = bench.document
    group = document.group(["b5", "b6", "b7"])
    bench.view.enter_group(group)
    bench.view.canvas.selection.choose(["b6"])
    bench.commands.move_out()
    assert document.groups.holder("b6") == group
    held.set()
    ended(qtbot, bench)
    assert document.groups.holder("b6") is None
    assert "it stands beside it now" in said(bench)


def copies():
    """All documents and canvases ahead of what is shown, also those that were set aside."""
    gc.unfreeze()
    # By its type alone: some object of another library may warn when it is asked for its class.
    return [each for each in gc.get_objects() if type(each) in (Rehearsal, LevelAhead)]


def test_a_large_verb_leaves_no_copy_that_only_a_look_at_all_objects_would_find(bench, qtbot):
    before = {id(each): each for each in copies()}  # what other tests have left
    bench.commands.select_all()
    bench.commands.duplicate()
    ended(qtbot, bench)
    bench.commands.undo()
    ended(qtbot, bench)
    # The thread that worked it out may still be on its way out.
    qtbot.waitUntil(lambda: all(id(each) in before for each in copies()))


def test_where_wires_are_led_is_found_beside_the_window_too(bench, qtbot, monkeypatch):
    bench.show_document(OpenDocument(grid(480)))
    document, canvas, asked = bench.document, bench.view.canvas, []
    document.group(list(document.graph.blocks)[:300])
    qtbot.waitUntil(lambda: not document.is_behind)
    canvas.follow_lanes(canvas.lanes.find_rest())
    real = canvas.lanes._lead_some
    monkeypatch.setattr(canvas.lanes, "_lead_some", lambda most: asked.append(most) or real(most))
    bench.commands.undo()
    ended(qtbot, bench)
    led = dict(canvas.lines.laned)
    assert not asked
    twin = OpenDocument(document.kept())
    fresh = CanvasScene(twin, Player(twin.recording))
    fresh.follow_lanes(fresh.lanes.find_rest())
    assert led == fresh.lines.laned
    assert led
    assert {wire: canvas.where.led[wire].tolist() for wire in led} == {
        wire: fresh.where.led[wire].tolist() for wire in led
    }


def test_a_file_that_is_taken_in_again_and_folded_is_drawn_once(bench, qtbot, tmp_path):
    document, told = bench.document, []
    path = tmp_path / "a.gradwalk"
    save(grid(MANY), path)
    document.save_to(path.with_name("b.gradwalk"))
    document.many_changed.connect(told.append)
    before = facts(document)
    errand = opening(path, lambda found: document.reload_read(found, lambda: None), print, list)
    bench.errands.send(errand)
    ended(qtbot, bench)
    assert len(told) == 1
    assert document.groups
    assert is_drawn(bench.view.canvas)
    bench.commands.undo()
    ended(qtbot, bench)
    assert not document.groups
    assert len(document.graph) == MANY - 1
    bench.commands.undo()
    ended(qtbot, bench)
    assert facts(document) == before
    bench.commands.redo()
    bench.commands.redo()
    ended(qtbot, bench)
    assert document.groups
    assert is_drawn(bench.view.canvas)


@pytest.mark.parametrize("what", VERBS)
def test_a_large_verb_is_worked_out_beside_the_window_and_comes_to_the_same(
    bench, qtbot, what, held, monkeypatch
):
    document, canvas = bench.document, bench.view.canvas
    twin = OpenDocument(document.kept())
    chosen = prepared(document, what)
    assert prepared(twin, what) == chosen
    canvas.selection.choose(chosen)
    before, stack = facts(document), document.undo_stack
    index, threads = stack.index(), set()

    def noted(name):
        real = getattr(Graph, name)

        def note(*args, **more):
            threads.add(threading.current_thread())
            return real(*args, **more)

        monkeypatch.setattr(Graph, name, note)

    for name in ("add", "remove", "connect", "disconnect"):
        noted(name)
    VERBS[what](bench.commands)
    answered = []
    clock = QTimer(interval=1)
    clock.timeout.connect(lambda: answered.append(1))
    clock.start()
    qtbot.waitUntil(lambda: len(answered) > 3)
    clock.stop()
    assert facts(document) == before
    held.set()
    ended(qtbot, bench)
    assert threading.main_thread() not in threads
    AT_ONCE[what](twin, chosen)
    assert facts(document) == facts(twin)
    assert stack.index() == index + (-1 if what == "undo" else 1)
    assert is_drawn(canvas)
    if what != "undo":
        assert stack.undoText() == twin.undo_stack.undoText()
        stack.undo()
        assert facts(document) == before
        assert is_drawn(canvas)
        stack.redo()
        assert facts(document) == facts(twin)
        assert is_drawn(canvas)


def test_the_card_tells_what_is_being_done(bench, qtbot, held):
    bench.commands.select_all()
    bench.commands.duplicate()
    (card,) = (card for card in bench.findChildren(ErrandCard) if card.isVisible())
    assert card.accessibleName() == "Duplicating"
    assert card.findChild(QLabel).text() == "Duplicating 900 blocks …"
    held.set()
    ended(qtbot, bench)
    bench.commands.undo()
    (card,) = (card for card in bench.findChildren(ErrandCard) if card.isVisible())
    assert card.findChild(QLabel).text() == "Undoing “duplicate” …"


def test_few_blocks_are_dealt_with_at_once(bench):
    bench.view.canvas.selection.choose(["b5", "b6"])
    bench.commands.duplicate()
    assert not bench.errands.busy
    assert len(bench.document.graph) == MANY + 2


def test_what_is_selected_afterwards_are_the_copies(bench, qtbot):
    bench.commands.select_all()
    bench.commands.duplicate()
    ended(qtbot, bench)
    chosen = bench.view.canvas.selection.blocks()
    assert len(chosen) == MANY
    assert not {f"b{at}" for at in range(1, MANY + 1)} & set(chosen)


def test_a_large_verb_can_be_given_up_and_leaves_no_trace(bench, qtbot, held):
    document = bench.document
    before = facts(document)
    bench.commands.select_all()
    bench.commands.delete()
    bench.commands.give_up()
    held.set()
    ended(qtbot, bench)
    assert facts(document) == before
    assert not document.undo_stack.count()
    bench.view.canvas.selection.choose(["b5"])
    bench.commands.delete()
    assert "b5" not in document.graph


def test_what_a_person_changes_meanwhile_stays_and_the_verb_is_worked_out_anew(bench, qtbot, held):
    document = bench.document
    bench.commands.select_all()
    bench.commands.duplicate()
    document.move({"b7": Place(77.0, 7_777.0)})
    held.set()
    ended(qtbot, bench)
    assert len(document.graph) == 2 * MANY
    assert document.place("b7") == Place(77.0, 7_777.0)
    assert [document.undo_stack.text(at) for at in range(2)] == ["move", "duplicate"]
    assert list(document.places().values()).count(Place(77.0, 7_907.0)) == 1
    assert is_drawn(bench.view.canvas)


def test_an_undo_that_is_overtaken_by_an_edit_takes_back_nothing_and_says_so(bench, qtbot, held):
    document = bench.document
    blocks = list(document.graph.blocks)
    document.remove(blocks[:500])
    bench.commands.undo()
    document.rename(blocks[600], "other")
    held.set()
    ended(qtbot, bench)
    assert said(bench) == OVERTAKEN
    assert document.undo_stack.undoText() == "rename"
    assert document.graph.block(blocks[600]).name == "other"
    assert len(document.graph) == MANY - 500


def test_several_undos_in_haste_take_back_one_edit_each_in_order(bench, qtbot, held):
    document = bench.document
    start = facts(document)
    blocks = list(document.graph.blocks)
    document.rename("b3", "first")
    document.remove(blocks[500:])
    document.rename("b4", "last")
    for _ in range(3):
        bench.commands.undo()
    held.set()
    ended(qtbot, bench)
    assert document.undo_stack.index() == 0
    assert facts(document) == start
    bench.commands.redo()
    bench.commands.redo()
    ended(qtbot, bench)
    assert len(document.graph) == 500
    assert document.graph.block("b3").name == "first"


def test_a_document_that_was_closed_meanwhile_is_let_alone(bench, qtbot, held, answer):
    document = bench.document
    before = facts(document)
    answer("Close Without It")
    bench.commands.select_all()
    bench.commands.delete()
    assert bench.close_tab(document)
    held.set()
    ended(qtbot, bench)
    assert facts(document) == before


@pytest.mark.parametrize("closes", ["tab", "window"])
def test_nobody_closes_what_is_not_done_yet_without_being_asked(
    bench, qtbot, held, answer, closes, tmp_path
):
    document = bench.document
    document.save_to(tmp_path / "grid.gradwalk")
    asked = answer("Wait")
    bench.commands.select_all()
    bench.commands.duplicate()
    bench.commands.save()
    assert not document.is_modified
    assert not (bench.close_tab(document) if closes == "tab" else bench.may_quit())
    assert asked == ["“grid” is still being worked on."]
    held.set()
    ended(qtbot, bench)
    assert len(load(document.path).graph) == 2 * MANY
    assert bench.close_tab(document)
    assert len(asked) == 1


def test_a_new_document_that_something_large_is_put_into_is_not_given_up_for_another(
    bench, qtbot, held
):
    bench.commands.select_all()
    bench.commands.copy()
    held.set()
    ended(qtbot, bench)
    held.clear()
    bench.commands.new()
    new = bench.document
    bench.commands.paste()
    bench.show_document(OpenDocument(grid(50)))
    held.set()
    ended(qtbot, bench)
    assert new in bench.documents
    assert len(new.graph) == MANY
    assert not new.is_at_work
    qtbot.waitUntil(lambda: not new.is_behind, timeout=20_000)


@pytest.mark.parametrize("is_given_up", [True, False])
def test_a_paste_that_comes_to_nothing_leaves_nothing_to_wait_for(bench, qtbot, qapp, is_given_up):
    qapp.clipboard().setText("x + " * 999)
    bench.commands.paste()
    assert bench.document.is_at_work
    if is_given_up:
        bench.commands.give_up()
    ended(qtbot, bench)
    assert not bench.document.is_at_work
    assert not bench.document.undo_stack.count()


def pulled(view, block):
    """Take hold of the number of an input, and of the wire beside it; where, and to where."""
    number = view.mapFromScene(view.canvas.block_item(block).number_area().center())
    port = view.mapFromScene(view.canvas.lines.port(Port(block, OUT)))
    return {"number": number, "wire": port}


@pytest.mark.parametrize("what", ["number", "wire"])
def test_what_is_held_by_the_mouse_is_let_go_before_it_is_taken_away(bench, qtbot, held, what):
    document, view = bench.document, bench.view
    before = facts(document)
    look_at(view, "b1")
    bench.commands.select_all()
    bench.commands.delete()
    start = pulled(view, "b1")[what]
    drag(view, start, start + QPoint(60, 50), release=False)
    assert view.is_busy
    held.set()
    ended(qtbot, bench)
    assert not view.is_busy
    assert not document.graph.blocks
    QTest.mouseMove(view.viewport(), start + QPoint(70, 50))
    QTest.mouseRelease(view.viewport(), LEFT, NONE, pos=start + QPoint(70, 50))
    document.undo_stack.undo()
    assert facts(document) == before
    assert is_drawn(view.canvas)


def test_the_knife_is_put_down_before_a_wire_that_it_has_crossed_is_taken_away(bench, qtbot, held):
    document, view = bench.document, bench.view
    look_at(view, "b1")
    bench.commands.select_all()
    bench.commands.delete()
    start = pulled(view, "b1")["wire"] + QPoint(30, -40)
    drag(view, start, start + QPoint(0, 80), release=False, keys=ALT)
    assert view.canvas.plugging.doomed
    held.set()
    ended(qtbot, bench)
    assert not view.is_busy
    assert not view.canvas.plugging.doomed
    view.grab()
    QTest.mouseRelease(view.viewport(), LEFT, ALT, pos=start + QPoint(0, 80))
    assert not document.graph.blocks
    assert document.undo_stack.count() == 1


def test_a_new_block_is_let_go_before_what_it_would_snap_on_to_is_taken_away(bench, qtbot, held):
    document, view = bench.document, bench.view
    last, *_ = document.graph.sinks()
    look_at(view, last)
    bench.commands.select_all()
    bench.commands.delete()
    at = view.canvas.lines.port(Port(last, OUT)) + QPointF(100, 10)
    placing = PlaceBlock(view, at, "square")
    view.begin(placing, LEFT)
    placing.move(at)
    assert placing.ghost_wires
    held.set()
    ended(qtbot, bench)
    assert not view.is_busy
    view.grab()
    assert not document.graph.blocks


def test_what_is_held_by_the_mouse_and_stays_is_held_on(bench, qtbot, held):
    document, view = bench.document, bench.view
    look_at(view, "b1")
    bench.commands.select_all()
    bench.commands.duplicate()
    start = pulled(view, "b1")["number"]
    drag(view, start, start + QPoint(50, 0), release=False)
    held.set()
    ended(qtbot, bench)
    assert view.is_busy
    QTest.mouseRelease(view.viewport(), LEFT, NONE, pos=start + QPoint(50, 0))
    assert float(document.graph.block("b1").value) == 1.0
    assert len(document.graph) == 2 * MANY


def test_what_is_aligned_and_was_taken_away_by_then_does_not_glide(bench, qtbot, held):
    bench.view.canvas.selection.choose(["b1", "b2", "b70"])
    before = bench.document.place("b70")
    bench.document.do(MANY, "Deleting", lambda held: held.remove(["b2"]))
    bench.commands.align_top()
    held.set()
    ended(qtbot, bench)
    assert "b2" not in bench.document.graph
    assert bench.document.place("b70") != before


@pytest.mark.parametrize("what", ["delete", "duplicate"])
def test_a_picture_is_of_what_there_was_when_it_was_asked_for(window, qtbot, held, tmp_path, what):
    window.show_document(OpenDocument(grid(400)))
    window.commands.select_all()
    VERBS[what](window.commands)
    window.actions_by_name["export_picture"].trigger()
    (dialog,) = window.window().findChildren(ExportDialog)
    choose(dialog, "Dots a pixel", "1")
    studio = Studio(window.document, dialog.order.look)
    wanted = studio.image(window.player.moment)
    studio.let_go()
    made = []
    dialog.finished.connect(made.append)
    dialog.make(tmp_path / "grid.png")
    held.set()
    ended(qtbot, window)
    qtbot.waitUntil(lambda: bool(made), timeout=20_000)
    assert QImage(str(tmp_path / "grid.png")).convertToFormat(wanted.format()) == wanted


def test_a_refusal_is_told_as_it_is_of_few_blocks(bench, qtbot):
    document = bench.document
    inner, outer = halves(document)
    document.unfold([outer])
    bench.view.canvas.selection.choose(["b1", inner])
    bench.commands.group()
    ended(qtbot, bench)
    assert "Some of these are inside a group" in said(bench)
    assert document.undo_stack.undoText() == "unfold"


def test_what_is_copied_is_pasted_though_it_is_still_being_copied(bench, qtbot, held, qapp):
    document = bench.document
    qapp.clipboard().setText("square(x)")
    bench.commands.select_all()
    bench.commands.copy()
    bench.commands.paste()
    held.set()
    ended(qtbot, bench)
    assert len(document.graph) == 2 * MANY
    assert is_drawn(bench.view.canvas)


def test_the_view_stays_where_a_large_paste_is_in_sight(bench, qtbot):
    view = bench.view
    view.set_zoom(1.0)
    bench.commands.select_all()
    bench.commands.copy()
    ended(qtbot, bench)
    middle = view.visible_rect().center()
    bench.commands.paste()
    ended(qtbot, bench)
    moved = view.visible_rect().center() - middle
    assert abs(moved.x()) < view.visible_rect().width() / 2
    assert set(view.canvas.selection.blocks()) & {*view.canvas.where.blocks_in(view.visible_rect())}


def test_a_group_that_is_emptied_while_it_is_looked_at_is_left(bench, qtbot):
    document, view = bench.document, bench.view
    (inner, _) = halves(document)
    view.enter_group(inner)
    assert view.canvas.folds.entered == inner
    bench.commands.select_all()
    bench.commands.delete()
    ended(qtbot, bench)
    assert inner not in document.groups
    assert view.canvas.folds.entered != inner
    assert document.within == view.canvas.folds.entered
    assert is_drawn(view.canvas)
    bench.commands.undo()
    ended(qtbot, bench)
    assert inner in document.groups
    assert is_drawn(view.canvas)


def test_a_large_paste_goes_into_the_group_that_it_was_aimed_at_though_it_is_behind_by_then(
    window, qtbot, qapp, monkeypatch
):
    document, canvas = window.document, window.view.canvas
    group = document.group(["b2", "b3"])
    document.unfold([group])
    inside = canvas.open_groups[group].rect.center()
    monkeypatch.setattr(type(window.commands), "_spot", lambda _: inside)
    before = set(document.graph.blocks)
    qapp.clipboard().setText("\n".join(f"a{at} = sin(a{at - 1})" for at in range(1, 400)))
    window.commands.paste()
    window.actions_by_name["new"].trigger()
    ended(qtbot, window)
    new = set(document.graph.blocks) - before
    assert len(new) == 400
    assert new <= document.groups.group(group).members
    assert not len(window.document.graph)


def test_the_level_that_a_rehearsal_finds_is_that_of_the_canvas_entered_or_not(bench, qtbot):
    document, view = bench.document, bench.view
    inner, outer = halves(document)
    document.unfold([outer])
    assert is_drawn(view.canvas)
    view.enter_group(outer)
    bench.commands.select_all()
    bench.commands.duplicate()
    ended(qtbot, bench)
    assert len(document.groups.blocks(outer)) == 1_200
    assert is_drawn(view.canvas)
    part = view.canvas.content_rect()
    assert part.contains(view.canvas.block_rect(inner).center())
    assert part.contains(QPointF(*document.place(inner)))


def test_a_file_is_taken_in_again_though_a_block_is_moved_meanwhile(bench, held, qtbot):
    document, taken = bench.document, []
    found = got_ready(grid(MANY + 40), lambda *_: None, 0)
    twin = OpenDocument(found.document.copy())
    document.reload_read(found, lambda: taken.append(True))
    document.move({"b7": Place(5.0, 5_000.0)})
    held.set()
    ended(qtbot, bench)
    assert taken
    assert found.folding
    assert facts(document) == facts(twin)
    document.undo_stack.undo()
    assert not document.groups
    document.undo_stack.undo()
    assert document.place("b7") == Place(5.0, 5_000.0)


def test_undoing_more_often_than_there_is_anything_to_undo_is_passed_over(bench, held, qtbot):
    before = bench.document.kept().graph
    held.set()
    bench.commands.select_all()
    bench.commands.delete()
    ended(qtbot, bench)
    held.clear()
    stack = bench.document.undo_stack
    for _ in range(stack.index() + 2):
        bench.commands.undo()
    held.set()
    ended(qtbot, bench)
    assert stack.index() == 0
    assert said(bench) != OVERTAKEN
    assert bench.document.graph == before
