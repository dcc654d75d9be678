"""Faults that were found by trying to break the window, each with what brought it out."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QPoint, QPointF, QSettings, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMessageBox

from engine.document import Place
from engine.picture.lines import Line
from gui import files
from gui.canvas.drafting import OUT, Port
from gui.canvas.interactions.wiring import KeyboardWire
from gui.canvas.minimap import Minimap
from gui.document import OpenDocument
from gui.main_window import MainWindow
from gui.player import Player
from tests.gui.builders import document_of

LEFT, MIDDLE = Qt.MouseButton.LeftButton, Qt.MouseButton.MiddleButton
PRESS = QEvent.Type.MouseButtonPress
RELEASE = QEvent.Type.MouseButtonRelease
MOVE = QEvent.Type.MouseMove
SHIFT, PLAIN = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.NoModifier
SETTINGS = (
    ("geometry", "junk"),
    ("recent", 5),
    ("recent", ["\0", "", "a" * 5000, 7]),
    ("theme", "purple"),
)


def send(bench, kind, at, button=LEFT, modifier=PLAIN):
    """Send one event of the mouse; QTest knows no second button and no moving with one held."""
    port = bench.view.viewport()
    which = Qt.MouseButton.NoButton if kind is MOVE else button
    event = QMouseEvent(kind, QPointF(at), QPointF(port.mapToGlobal(at)), which, button, modifier)
    QApplication.sendEvent(port, event)


def middle_of(bench, block):
    return bench.view.mapFromScene(bench.view.canvas.block_item(block).pos())


def last_block(bench):
    return list(bench.document.graph.blocks)[-1]


def first_input(bench):
    return bench.document.inputs()[0]


def open_editor(bench, text):
    bench.view.edit(first_input(bench))
    assert bench.view.editor is not None
    bench.view.editor.setText(text)
    return bench.view.editor


class TestOneGestureAtATime:
    def test_another_button_does_not_end_the_drawing_of_a_wire(self, window):
        view, block = window.view, last_block(window)
        at = view.mapFromScene(view.canvas.lines.port(Port(block, OUT)))
        send(window, PRESS, at)
        drawing = view.interaction
        send(window, PRESS, at + QPoint(40, 40), MIDDLE)
        send(window, RELEASE, at + QPoint(40, 40), MIDDLE)
        assert view.interaction is drawing
        send(window, RELEASE, at + QPoint(40, 40))
        assert view.interaction is None
        assert view.canvas.plugging.draft is None

    def test_a_wire_by_keyboard_gives_up_a_drag_and_is_not_ended_by_its_release(self, window):
        view, block = window.view, first_input(window)
        target = window.document.append("square", None)
        view.canvas.selection.choose([block])
        at = middle_of(window, block)
        send(window, PRESS, at)
        send(window, MOVE, at + QPoint(40, 30))
        window.commands.connect()
        place = window.document.place(block)
        assert target is not None
        assert view.canvas.block_item(block).pos() == QPointF(place.x, place.y)
        assert isinstance(view.interaction, KeyboardWire)
        send(window, RELEASE, at + QPoint(40, 30))
        assert isinstance(view.interaction, KeyboardWire)

    def test_dragging_a_block_that_shift_has_just_deselected_moves_nothing(self, window):
        block = last_block(window)
        window.view.canvas.selection.choose([block])
        at, before = middle_of(window, block), window.document.place(block)
        send(window, PRESS, at, modifier=SHIFT)
        send(window, MOVE, at + QPoint(40, 30), modifier=SHIFT)
        send(window, RELEASE, at + QPoint(40, 30), modifier=SHIFT)
        assert window.document.place(block) == before
        assert window.view.canvas.selection.blocks() == []


class TestWhatIsBeingEditedIsNotLost:
    def test_saving_takes_it(self, window, tmp_path):
        document = window.document
        document.save_to(tmp_path / "kept.gradwalk")
        open_editor(window, "3")
        window.commands.save()
        assert not document.is_modified
        kept = OpenDocument.read(tmp_path / "kept.gradwalk")
        assert kept.graph.block(kept.inputs()[0]).value == 3

    @pytest.mark.parametrize("leaving", ["close", "quit"])
    def test_leaving_asks_about_it(self, window, monkeypatch, leaving):
        asked = []

        def refuse(_, document, *__):
            asked.append(document.is_modified)
            return False

        monkeypatch.setattr(files, "may_close", refuse)
        open_editor(window, "3")
        {"close": window.commands.close_tab, "quit": window.may_quit}[leaving]()
        assert asked == [True]
        window.let_go()

    @pytest.mark.parametrize("leaving", ["new", "open_example", "open_path"])
    def test_another_tab_takes_it(self, window, tmp_path, leaving):
        path = tmp_path / "other.gradwalk"
        document_of("sin(x)", x=1).save_to(path)
        edited, block = window.document, first_input(window)
        open_editor(window, "3")
        {
            "new": window.commands.new,
            "open_example": lambda: window.open_example(path),
            "open_path": lambda: window.open_path(path),
        }[leaving]()
        assert window.document is not edited
        assert edited.graph.block(block).value == 3

    def test_undo_from_the_menu_takes_it_back(self, window):
        document, block = window.document, first_input(window)
        open_editor(window, "3")
        window.commands.undo()
        assert document.graph.block(block).value == 0.5
        assert document.undo_stack.redoText() == "change value"

    def test_the_editor_does_not_steal_the_focus_from_where_the_person_went(self, window):
        open_editor(window, "3")
        window.commands.add_block()
        assert QApplication.focusWidget() is not window.view
        assert window.view.editor is None

    def test_editing_again_leaves_an_editor_open(self, window):
        for _ in range(3):
            window.view.edit(first_input(window))
            QCoreApplication.processEvents()
        assert window.view.editor is not None
        assert window.view.editor.isVisible()

    def test_a_long_array_can_be_pasted(self, window):
        long = ", ".join(["0.123456789"] * 8000)
        editor = open_editor(window, "")
        editor.insert(f"[{long}]")
        QTest.keyClick(editor, Qt.Key.Key_Return)
        value = window.document.graph.block(first_input(window)).value
        assert value is not None
        assert value.size == 8000


class TestPlaying:
    def test_a_step_on_its_way_ends_inside_a_recording_that_became_shorter(self, tutorial):
        now = [0.0]
        player = Player(tutorial.recording, lambda: now[0])
        tutorial.recording_changed.connect(lambda: player.set_recording(tutorial.recording))
        player.seek(3)
        player.step_on()
        tutorial.remove(list(tutorial.graph.blocks))
        now[0] = 60.0
        player.advance()
        assert 0 <= player.moment.cursor <= player.last
        assert player.moment.phase == 1


class TestManyBlocks:
    def test_the_overview_is_settled_once_for_a_verb(self, window, monkeypatch):
        settled = []
        monkeypatch.setattr(Minimap, "settle", lambda _: settled.append(1))
        document = document_of("sin(cos(sin(cos(sin(cos(x))))))", x=1)
        window.show_document(document)
        QCoreApplication.processEvents()
        settled.clear()
        document.move(
            {block: Place(7.0 * at, 9.0) for at, block in enumerate(document.graph.blocks)}
        )
        assert not settled
        window.view.minimap._soon.timeout.emit()
        assert len(settled) <= 1

    def test_a_wide_fan_finds_the_places_of_its_labels_once(self, window, monkeypatch):
        asked = []
        spot = Line.arrival
        count = property(lambda line: asked.append(1) or spot.fget(line))
        monkeypatch.setattr(Line, "arrival", count)
        wide = 60
        document = document_of(" + ".join(["sin(x)"] * wide), x=1)
        window.show_document(document)
        wires = len(list(document.graph.wires()))
        assert len(asked) <= 3 * wires
        asked.clear()
        document.remove(document.inputs())
        window.grab()
        assert len(asked) <= 3 * wires


class TestHostileSurroundings:
    @pytest.mark.parametrize(("key", "value"), SETTINGS)
    def test_settings_that_are_junk_do_not_keep_it_from_opening(self, qtbot, qapp, key, value):
        QSettings().setValue(key, value)
        try:
            opened = MainWindow(lambda: document_of("sin(x)", x=1))
            qtbot.addWidget(opened)
            bench = opened.furnish()
            files.remember(Path(__file__))
            assert files.recent()[0] == Path(__file__)
            bench.let_go()
        finally:
            QSettings().clear()

    def test_a_long_file_name_does_not_make_the_window_wider(self, window, tmp_path):
        document = document_of("sin(x)", x=1)
        document.save_to(tmp_path / f"{'w' * 200}.gradwalk")
        window.show_document(document)
        assert window.header.minimumSizeHint().width() <= 880
        assert window.header._title.toolTip() == "w" * 200

    def test_a_file_name_is_shown_as_it_is(self, window, tmp_path):
        document = document_of("sin(x)", x=1)
        document.save_to(tmp_path / "a[*]<b>b.gradwalk")
        window.show_document(document)
        assert "[*][*]" in window.window().windowTitle()
        assert window.header._title.textFormat() is Qt.TextFormat.PlainText

    def test_what_is_said_is_no_markup(self, window, monkeypatch):
        formats = []
        monkeypatch.setattr(QMessageBox, "exec", lambda box: formats.append(box.textFormat()))
        files.complain(window, "Not opened", "<b>x</b> cannot be opened")
        assert formats == [Qt.TextFormat.PlainText]
        assert window.view._bubble.textFormat() is Qt.TextFormat.PlainText


def test_values_that_are_not_finite_or_have_no_elements_survive_being_edited(window):
    document, block = window.document, first_input(window)
    for value in (
        np.nan,
        np.inf,
        -np.inf,
        1e308,
        np.zeros(0),
        np.zeros((2, 0)),
        np.ones((2, 1, 2)),
    ):
        document.set_value(block, np.asarray(value, float))
        steps = document.undo_stack.count()
        window.view.edit(block)
        QTest.keyClick(window.view.editor, Qt.Key.Key_Return)
        window.grab()
        assert document.undo_stack.count() == steps


def test_the_overview_follows_a_note_that_comes_and_goes(window):
    window.actions_by_name["add_note"].trigger()
    QCoreApplication.processEvents()
    assert not window.view.minimap._soon.isActive()
    window.document.undo_stack.undo()
    assert window.view.minimap._soon.isActive()


def test_errors_while_it_is_painted_do_not_end_the_app():
    program = """
import sys
from PySide6.QtCore import QTimer
from gui.app import make_app, tutorial
from gui.canvas.block_item import BlockItem
from gui.main_window import MainWindow

def fails(*_):
    raise ValueError("cannot be painted")

BlockItem.paint = fails
app = make_app(["gradwalk"])
window = MainWindow(tutorial)
window.show()
window.furnish()
QTimer.singleShot(500, app.quit)
app.exec()
print("alive", flush=True)
"""
    run = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=False, timeout=120
    )
    assert "alive" in run.stdout
    assert "cannot be painted" in run.stderr
