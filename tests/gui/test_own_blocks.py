"""A group is kept in the palette, placed from there, exported and imported."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QDragEnterEvent, QDragMoveEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QListView, QMessageBox

from gui import files
from gui.document import OpenDocument
from gui.mime import block_mime
from gui.own_blocks import OWN_BLOCKS

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def kept(window):
    """Exp and the Square after it, kept as “Wave”."""
    blocks = {block.name: block.id for block in window.document.graph.blocks.values()}
    group = window.document.group([blocks["b"], blocks["y"]], "Wave")
    window.view.canvas.selection.choose([group])
    window.commands.keep_block()
    return group


def listed(window):
    palette = window.palette_panel.findChild(QListView)
    model = palette.model()
    return [str(model.index(row, 0).data()) for row in range(model.rowCount())]


def test_a_group_that_is_kept_stands_first_in_the_palette(window, kept):
    assert listed(window)[:2] == ["Your own", "Wave"]
    assert "stands in the palette now" in window.view._bubble.text()
    assert [path.name for path in OWN_BLOCKS.folder.iterdir()] == ["Wave.gradblock"]


def test_it_is_appended_behind_the_selected_block_and_undone_as_one(window, kept):
    before = window.document.undo_stack.index()
    (x,) = window.document.inputs()
    window.view.canvas.selection.choose([x])
    window.commands.append("own:Wave")
    (group,) = window.view.canvas.selection.items()
    assert window.document.groups.group(group).name == "Wave 2"
    assert [
        wire.target in window.document.groups.blocks(group)
        for wire in window.document.graph.wires_from(x)
    ] == [False, True]
    assert window.document.undo_stack.index() == before + 1
    assert window.document.undo_stack.undoText() == "add Wave"
    window.commands.undo()
    assert group not in window.document.groups


def test_it_is_dropped_where_the_pointer_is(window, kept):
    view, mime = window.view, block_mime("own:Wave")
    at, copy = QPoint(320, 120), Qt.DropAction.CopyAction
    none = Qt.KeyboardModifier.NoModifier
    for event in (
        QDragEnterEvent(at, copy, mime, LEFT, none),
        QDragMoveEvent(at, copy, mime, LEFT, none),
        QDropEvent(QPointF(at), copy, mime, LEFT, none),
    ):
        QApplication.sendEvent(view.viewport(), event)
    (group,) = view.canvas.selection.items()
    there = view.mapToScene(at)
    place = window.document.place(group)
    assert (place.x, place.y) == pytest.approx((there.x(), there.y()), abs=60)
    assert len(window.document.groups.blocks(group)) == 2


def test_what_is_placed_while_a_group_is_entered_is_in_it(window, kept):
    window.commands.enter_group()
    window.commands.append("own:Wave")
    (group,) = window.view.canvas.selection.items()
    assert window.document.groups.holder(group) == kept


def test_the_parameters_of_a_group_are_edited_in_a_line(window):
    everything = window.document.group(list(window.document.graph.blocks), "All")
    window.view.canvas.selection.choose([everything])
    window.commands.edit_value()
    editor = window.view.findChild(QLineEdit)
    assert editor.accessibleName() == "Parameters of All"
    assert editor.text() == "x=0.5"
    editor.selectAll()
    QTest.keyClicks(editor, "x=2")
    QTest.keyClick(editor, Qt.Key.Key_Return)
    (x,) = window.document.inputs()
    assert window.document.graph.block(x).value == 2
    assert window.document.undo_stack.undoText() == "change parameters"


def test_a_block_goes_to_a_file_and_comes_from_one(window, kept, tmp_path, monkeypatch):
    shared = tmp_path / "shared.gradblock"
    monkeypatch.setattr(files, "ask_block_to_write", lambda *_: shared)
    monkeypatch.setattr(files, "ask_block", lambda *_: shared)
    window.commands.export_block()
    assert OpenDocument.read(shared).groups  # a document like any other
    window.commands.import_block()
    assert listed(window)[:3] == ["Your own", "Wave", "Wave"]


def test_a_file_that_holds_no_block_is_refused_with_a_sentence(window, tmp_path, monkeypatch):
    said = []
    broken = tmp_path / "broken.gradblock"
    broken.write_text("{}", encoding="utf-8")
    monkeypatch.setattr(files, "ask_block", lambda *_: broken)
    monkeypatch.setattr(files, "complain", lambda _, title, sentence: said.append(sentence))
    window.commands.import_block()
    assert said
    assert said[0].startswith("broken.gradblock cannot be opened")
    assert "Your own" not in listed(window)


def test_a_broken_file_in_the_palette_leaves_the_others(window, kept):
    (OWN_BLOCKS.folder / "a.gradblock").write_text("nonsense", encoding="utf-8")
    OWN_BLOCKS.changed.emit()
    assert listed(window)[:2] == ["Your own", "Wave"]


def test_delete_in_the_palette_asks_and_removes(window, kept, monkeypatch):
    palette = window.palette_panel.findChild(QListView)
    palette.setCurrentIndex(palette.model().index(1, 0))
    monkeypatch.setattr(QMessageBox, "exec", lambda _: QMessageBox.StandardButton.Cancel)
    QTest.keyClick(palette, Qt.Key.Key_Delete)
    assert "Wave" in listed(window)
    monkeypatch.setattr(QMessageBox, "exec", lambda _: QMessageBox.StandardButton.Yes)
    QTest.keyClick(palette, Qt.Key.Key_Delete)
    assert "Wave" not in listed(window)
