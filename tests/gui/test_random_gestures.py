"""Whatever mouse and keyboard do, in whatever order: no error, and undo leads back to the start."""

from __future__ import annotations

import gc

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from engine.visible import visible
from gui.panels.expression_editor import ExpressionEditor
from tests.gui.builders import document_of
from tests.gui.hands import LEFT
from tests.gui.test_random_edits import check_whereabouts, facts, sequences

KEY, HELD = Qt.Key, Qt.KeyboardModifier

DOCUMENTS = (
    ("square(exp(square(x)))", {"x": 0.5}),
    ("a = x ** 2\nb = sin(a) * w + exp(a)\ny = b / (a + w)", {"x": 0.5, "w": 2.0}),
    ("sum(W @ x + b)", {"W": [[1.0, 2.0], [3.0, 4.0]], "x": [1.0, 2.0], "b": [0.5, 0.5]}),
)

DEEDS = (
    "undo", "redo", "cut", "copy", "copy_as_json", "paste", "paste_fed", "duplicate",
    "duplicate_fed", "delete", "select_all", "search_to_add", "connect", "cut_wires", "unplug",
    "detach", "edit_value", "slide_up", "slide_next", "rename", "differentiate", "group", "ungroup",
    "move_in", "move_out", "fold", "fold_all", "unfold_all", "enter_group", "leave_group",
    "keep_block", "add_bend", "next_bend", "straighten", "add_frame", "add_note", "next_mark",
    "recolour", "tidy", "tidy_selection", "align_left", "align_middle", "distribute_across", "fit",
    "zoom_out", "life_size", "show_all", "heat", "next_tab", "find", "light_neighbours", "isolate",
    "show_everything", "step_on", "step_back", "to_start", "to_end", "step_into", "ask_paths",
    "derive", "show_origin", "new", "give_up",
)  # fmt: skip
"""Names of actions, but for those that ask in a dialog of their own."""

BUILDING = (
    "undo", "redo", "group", "group", "fold", "fold", "enter_group", "leave_group", "ungroup",
    "add_note", "add_frame", "paste", "copy", "cut", "delete", "detach", "duplicate", "tidy",
    "move_in", "move_out",
)  # fmt: skip
"""Those that are done to some blocks that were clicked before."""

SPOTS = ("block", "block", "port", "port", "wire", "tab", "mark", "corner", "bend", "ground")
KEYS = (
    HELD.NoModifier,
    HELD.NoModifier,
    HELD.ShiftModifier,
    HELD.AltModifier,
    HELD.ControlModifier,
)
TEXTS = ("y = x + 1", "square(x)", "a = x**2\nb = a + 3*x", "y = x +", "sum(x, axis=0)", "")
CLIPS = ("exp(x) * w", "[1, 2, 3]", "def f(x): return x * x", "no such thing(", "0.5", "1\t2\n3\t4")
WORDS = ("sq", "0.5", "add", "zz", "[1, 2]", "x")
ENDINGS = (KEY.Key_Return, KEY.Key_Escape, KEY.Key_Tab)

numbers = st.integers(0, 99)
spots = st.tuples(st.sampled_from(SPOTS), numbers, numbers)
gestures = st.one_of(
    st.tuples(st.just("drag"), spots, spots, st.sampled_from(KEYS), st.booleans()),
    st.tuples(st.just("drag"), spots, spots, st.just(HELD.NoModifier), st.sampled_from((True,))),
    st.tuples(st.just("click"), spots, st.sampled_from(KEYS)),
    st.tuples(st.just("double"), spots),
    st.tuples(st.just("do"), st.sampled_from(DEEDS)),
    st.tuples(st.just("with"), numbers, st.integers(1, 4), st.sampled_from(BUILDING)),
    st.tuples(st.just("with"), numbers, st.integers(1, 4), st.sampled_from(BUILDING)),
    st.tuples(st.just("type"), st.sampled_from(TEXTS)),
    st.tuples(st.just("hold"), st.sampled_from(CLIPS)),
)
endings = st.tuples(st.sampled_from(WORDS), st.sampled_from(ENDINGS))


def spot_of(view, spot):
    """A point of the viewport; on the ground, where there is nothing of the kind."""
    (kind, i, j), canvas = spot, view.canvas
    room = view.viewport().rect()
    blocks, wires = list(canvas.where.blocks.keys), list(canvas.where.wires.keys)
    marks, outlines = list(canvas.marks.items), canvas.open_groups.outlines()
    bends = [(wire, at) for wire in wires for at in canvas.lines.bends(wire)]
    at = None
    if kind in ("block", "port") and blocks:
        block = blocks[i % len(blocks)]
        ports = canvas.ports_at(block)
        at = canvas.block_rect(block).center() + QPointF(j % 30 - 15, j % 20 - 10)
        if kind == "port" and ports:
            at = canvas.lines.port(ports[j % len(ports)])
    elif kind == "wire" and wires:
        at = canvas.wire_item(wires[i % len(wires)]).path.pointAtPercent(j / 99)
    elif kind == "tab" and outlines:
        tab = outlines[i % len(outlines)].tab
        at = tab.topLeft() + QPointF(j / 99 * tab.width(), tab.height() / 2)
    elif kind in ("mark", "corner") and marks:
        item = canvas.marks.items[marks[i % len(marks)]]
        at = item.head.center() if kind == "mark" else canvas.marks.rect(item.mark).bottomRight()
    elif kind == "bend" and bends:
        at = QPointF(*bends[i % len(bends)][1])
    if at is None:
        return QPoint(room.width() * i // 100, room.height() * j // 100)
    found = view.mapFromScene(at)
    return QPoint(
        min(max(found.x(), 1), room.width() - 2), min(max(found.y(), 1), room.height() - 2)
    )


def make(window, gesture):  # noqa: C901 - a case a kind of gesture
    """Make one gesture, with mouse or keyboard."""
    view, viewport = window.view, window.view.viewport()
    match gesture:
        case "drag", start, end, keys, lets_go:
            here = spot_of(view, start)
            QTest.mousePress(viewport, LEFT, keys, here)
            there = spot_of(view, end)
            for step in range(1, 4):
                QTest.mouseMove(viewport, here + (there - here) * step / 3)
            if not lets_go:
                QTest.keyClick(view, KEY.Key_Escape)
            QTest.mouseRelease(viewport, LEFT, keys, there)
        case "click", spot, keys:
            QTest.mouseClick(viewport, LEFT, keys, spot_of(view, spot))
        case "double", spot:
            QTest.mouseDClick(viewport, LEFT, HELD.NoModifier, spot_of(view, spot))
        case "do", name:
            window.actions_by_name[name].trigger()
        case "with", first, count, name:
            blocks = list(view.canvas.where.blocks.keys)
            for at in range(min(count, len(blocks))):
                spot = spot_of(view, ("block", first + at, 45))
                QTest.mouseClick(viewport, LEFT, HELD.ShiftModifier if at else KEYS[0], spot)
            window.actions_by_name[name].trigger()
        case "type", text:
            window.commands.edit_expression()
            editor = QApplication.focusWidget()
            if isinstance(editor, ExpressionEditor) and not editor.isReadOnly():
                editor.selectAll()
                editor.insertPlainText(text)
                QTest.keyClick(editor, KEY.Key_Return)
        case "hold", text:
            QApplication.clipboard().setText(text)


def end(window, ending):
    """Type into whatever asks for something, and wait for all that is under way."""
    words, key = ending
    field = QApplication.focusWidget()
    if field is not None and field is not window.view and window.view.isAncestorOf(field):
        QTest.keyClicks(field, words)
        if field.isVisible():
            QTest.keyClick(field, key)
    window.view.settle()
    window.view.setFocus()
    while window.errands.busy or window.document.is_changing:
        QApplication.processEvents()
    QApplication.processEvents()


def check(window):
    """The canvas shows the document."""
    document, canvas = window.document, window.view.canvas
    check_whereabouts(canvas)
    seen = visible(document.kept(), canvas.folds.entered)
    assert set(canvas.where.blocks.keys) == seen.items
    assert set(canvas.where.wires.keys) == {along[0] for along in seen.links.values()}
    assert {each.goes_around for each in canvas.open_groups.outlines()} == set(seen.opened)


def close(window, keep):
    """Close all documents but one."""
    for document in [each for each in window.documents if each is not keep]:
        document.mark_saved()
        window.close_tab(document)
    keep.undo_stack.setIndex(0)
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


@pytest.fixture
def first(window):
    """The document that is always open; nothing glides, so that all is seen where it is at once."""
    window.actions_by_name["reduced_motion"].setChecked(True)
    return window.document


@settings(
    max_examples=sequences(25),
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(st.sampled_from(DOCUMENTS), st.lists(st.tuples(gestures, endings), min_size=12, max_size=40))
def test_whatever_hands_do_the_canvas_shows_the_document_and_undo_leads_back(
    window, first, start, made
):
    text, values = start
    window.documents.open(document_of(text, **values))
    before = {document: facts(document) for document in window.documents}
    try:
        for gesture, ending in made:
            make(window, gesture)
            end(window, ending)
            for document in window.documents:
                before.setdefault(document, facts(document))
            check(window)
        for document in window.documents:
            now, index = facts(document), document.undo_stack.index()
            document.undo_stack.setIndex(0)
            assert facts(document) == before[document]
            document.undo_stack.setIndex(index)
            assert facts(document) == now
    finally:
        close(window, first)
        gc.collect(1)
