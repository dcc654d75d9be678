"""Copying, cutting and pasting blocks, in one window, between two, and to and from text."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel

from engine.storage import dumps, loads
from gui.clipboard import CLIP_MIME, FEEDS_MIME, JSON_MIME, Written, content
from gui.document import OpenDocument
from gui.main_window import MainWindow
from tests.gui.builders import document_of


@pytest.fixture
def clipboard(qapp):
    return qapp.clipboard()


def act(window, name):
    window.actions_by_name[name].trigger()


def said(window):
    labels = window.view.findChildren(QLabel)
    return next(label.text() for label in labels if label.accessibleName() == "Message")


def kinds(window, blocks):
    return [window.document.graph.block(block).kind for block in blocks]


def test_what_is_copied_is_an_expression_and_json_and_the_blocks(window, clipboard):
    act(window, "select_all")
    act(window, "copy")
    data = clipboard.mimeData()
    assert data.text() == "x = 0.5\ny = square(exp(square(x)))"
    for form in (CLIP_MIME, JSON_MIME):
        document = loads(bytes(data.data(form).data()))
        assert document.graph == window.document.graph
        assert document.places == window.document.places()
    assert window.document.undo_stack.count() == 0


def test_copied_as_json_it_can_go_through_a_chat(window, clipboard):
    act(window, "select_all")
    act(window, "copy_as_json")
    text = clipboard.text()
    assert loads(text).graph == window.document.graph
    clipboard.setText(text)
    act(window, "paste")
    assert len(window.document.graph) == 8


def test_a_paste_is_selected_and_taken_back_as_one(window, blocks):
    window.view.canvas.selection.choose([blocks["a"], blocks["b"]])
    act(window, "copy")
    act(window, "paste")
    made = window.view.canvas.selection.blocks()
    assert sorted(kinds(window, made)) == ["exp", "square"]
    assert set(made).isdisjoint(blocks.values())
    assert len([w for w in window.document.graph.wires() if w.target in made]) == 1
    window.document.undo_stack.undo()
    assert set(window.document.graph.blocks) == set(blocks.values())
    assert not window.document.is_modified


def test_a_paste_comes_to_stand_in_the_middle_and_never_on_top_of_another(window, blocks):
    window.view.canvas.selection.choose([blocks["a"]])
    act(window, "copy")
    places = []
    for _ in range(3):
        act(window, "paste")
        (made,) = window.view.canvas.selection.blocks()
        places.append(window.document.place(made))
    middle = window.view.mapToScene(window.view.viewport().rect().center())
    assert places[0] == pytest.approx((middle.x(), middle.y()))
    assert len(set(places)) == 3


def test_a_paste_from_the_menu_goes_where_the_menu_was(window, blocks):
    window.view.canvas.selection.choose([blocks["a"]])
    act(window, "copy")
    spot = QPoint(120, 90)
    window.menu_at = window.view.viewport().mapToGlobal(spot)
    act(window, "paste")
    (made,) = window.view.canvas.selection.blocks()
    wanted = window.view.mapToScene(spot)
    assert window.document.place(made) == pytest.approx((wanted.x(), wanted.y()))


def test_wires_from_outside_are_kept_only_on_request(window, blocks):
    graph = window.document.graph
    window.view.canvas.selection.choose([blocks["b"]])
    act(window, "copy")
    act(window, "paste")
    assert graph.wires_into(window.view.canvas.selection.blocks()[0]) == (None,)
    act(window, "paste_fed")
    (wire,) = graph.wires_into(window.view.canvas.selection.blocks()[0])
    assert wire.source == blocks["a"]
    act(window, "duplicate")
    assert graph.wires_into(window.view.canvas.selection.blocks()[0]) == (None,)
    window.view.canvas.selection.choose([blocks["b"]])
    act(window, "duplicate_fed")
    (wire,) = graph.wires_into(window.view.canvas.selection.blocks()[0])
    assert wire.source == blocks["a"]


def test_cut_takes_away_in_one_go_what_can_be_put_down_elsewhere(qtbot, window, blocks):
    window.view.canvas.selection.choose([blocks["a"], blocks["b"]])
    act(window, "cut")
    assert len(window.document.graph) == 2
    assert window.document.undo_stack.undoText() == "cut"
    other = MainWindow(OpenDocument)
    qtbot.addWidget(other, before_close_func=lambda w: w.bench.document.undo_stack.setClean())
    other.show()
    bench = other.furnish()
    act(bench, "paste")
    assert sorted(b.kind for b in bench.document.graph.blocks.values()) == ["exp", "square"]
    window.document.undo_stack.undo()
    assert len(window.document.graph) == 4


def test_copying_nothing_says_what_to_do(window, clipboard):
    clipboard.setText("kept")
    for name in ("copy", "cut", "copy_as_json"):
        act(window, name)
        assert said(window).startswith("Select the blocks")
    assert clipboard.text() == "kept"
    assert window.document.undo_stack.count() == 0


def test_an_expression_is_laid_out_and_runs(window, clipboard):
    clipboard.setText("z = 3\nw = [1, 2]\nsin(z) * w + unknown")
    act(window, "paste")
    made = window.view.canvas.selection.blocks()
    assert sorted(kinds(window, made)) == ["add", "input", "input", "input", "mul", "sin"]
    places = [window.document.place(block) for block in made]
    assert len(set(places)) == len(made)
    graph, recording = window.document.graph, window.document.recording
    (total,) = (block for block in made if graph.block(block).kind == "add")
    np.testing.assert_allclose(recording.value(total), np.sin(3) * np.array([1, 2]) + 1)


def test_a_python_function_becomes_blocks(window, clipboard):
    clipboard.setText("def loss(x, t=1.0):\n    error = np.square(x - t)\n    return error / 2")
    act(window, "paste")
    made = window.view.canvas.selection.blocks()
    assert sorted(kinds(window, made)) == ["constant", "div", "input", "input", "square", "sub"]


def test_an_expression_can_be_fed_by_what_is_there(window, clipboard, blocks):
    clipboard.setText("x * 2")
    act(window, "paste_fed")
    graph = window.document.graph
    (product,) = (b for b in window.view.canvas.selection.blocks() if graph.block(b).kind == "mul")
    assert graph.wires_into(product)[0].source == blocks["x"]


@pytest.mark.parametrize(("text", "value"), [("2.5", 2.5), ("1\t2\n3\t4", [[1, 2], [3, 4]])])
def test_a_value_becomes_an_input(window, clipboard, text, value):
    clipboard.setText(text)
    act(window, "paste")
    (made,) = window.view.canvas.selection.blocks()
    np.testing.assert_array_equal(window.document.graph.block(made).value, value)


def _image():
    data = QMimeData()
    data.setImageData(QImage(8, 8, QImage.Format.Format_RGB32))
    return data


def _text(text):
    data = QMimeData()
    data.setText(text)
    return data


def _blocks(content, feeds=b""):
    data = QMimeData()
    data.setData(CLIP_MIME, content)
    data.setData(FEEDS_MIME, feeds)
    return data


def _file(name):
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(f"/{name}.gradwalk")])
    return data


def _other():
    data = QMimeData()
    data.setData("application/pdf", b"%PDF")
    return data


REFUSED = {
    "nothing": (QMimeData, "The clipboard is empty"),
    "an image": (_image, "holds an image"),
    "prose": (lambda: _text("The quick brown fox."), "makes no blocks"),
    "50 MB of text": (lambda: _text("x" * 50_000_000), "50,000,000 characters"),
    "half a document": (
        lambda: _text(dumps(document_of("exp(x)")._document)[:150]),
        "not JSON",
    ),
    "hostile JSON": (lambda: _text('{"a":' * 100_000), "nested too deeply"),
    "bytes that are no blocks": (lambda: _blocks(b"\xff\xfe\x00"), "makes no blocks"),
    "far too many bytes": (lambda: _blocks(b" " * 20_000_000), "too large"),
    "a file that is not there": (lambda: _file("nowhere"), "cannot be opened"),
    "a file that cannot be": (lambda: _file("x" * 300), "cannot be opened"),
    "something else": (_other, "nothing that can become blocks"),
}


@pytest.mark.parametrize("what", REFUSED)
def test_anything_else_is_refused_with_a_sentence_and_nothing_to_undo(
    window, qtbot, clipboard, what
):
    make, words = REFUSED[what]
    clipboard.setMimeData(make())
    act(window, "paste")
    qtbot.waitUntil(lambda: not window.errands.busy)
    assert words in said(window)
    assert len(window.document.graph) == 4
    assert window.document.undo_stack.count() == 0


def test_where_nothing_was_ever_copied_it_is_said_to_be_empty(window, clipboard):
    clipboard.clear()
    act(window, "paste")
    assert "The clipboard is empty" in said(window)


def test_lines_about_wires_that_make_no_sense_are_left_out(tutorial, clipboard):
    blocks = Written.of(tutorial.clip(list(tutorial.graph.blocks))).document
    clipboard.setMimeData(_blocks(blocks, b"a b\nx b1 99999999999\nx b1 -1\n\xff\nx b2 0\n"))
    clip = content().read()
    made = tutorial.paste(clip, clip.document.places["b1"])
    assert len(made) == 4


def test_a_file_on_the_clipboard_is_put_down(window, clipboard, tmp_path):
    path = tmp_path / "other.gradwalk"
    document_of("sin(z)").save_to(path)
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path))])
    clipboard.setMimeData(data)
    act(window, "paste")
    assert sorted(kinds(window, window.view.canvas.selection.blocks())) == ["input", "sin"]


def test_blocks_that_stand_nowhere_are_laid_out(window, clipboard):
    text = dumps(document_of("sin(z)")._document).replace('"x": ', '"x": 1e300, "x": ')
    clipboard.setText(text.replace('"y": 44.0', '"y": 1e300'))
    act(window, "paste")
    made = window.view.canvas.selection.blocks()
    assert len(made) == 2
    assert all(abs(window.document.place(block).y) < 1e5 for block in made)


def test_the_keys_reach_a_field_that_is_being_edited_and_not_the_canvas(window, blocks, clipboard):
    clipboard.setText("7.5")
    window.view.edit(blocks["x"])
    QTest.keySequence(window.view.editor, "Ctrl+A")
    QTest.keySequence(window.view.editor, "Ctrl+V")
    assert window.view.editor.text() == "7.5"
    assert len(window.document.graph) == 4
    QTest.keyClick(window.view.editor, Qt.Key.Key_Escape)


def test_a_paste_outside_of_what_is_seen_is_brought_into_view(window, blocks):
    window.view.canvas.selection.choose([blocks["a"]])
    act(window, "copy")
    view = window.view
    window.menu_at = view.viewport().mapToGlobal(view.mapFromScene(QPointF(5000, 5000)))
    act(window, "paste")
    (made,) = window.view.canvas.selection.blocks()
    assert window.view.visible_rect().contains(window.view.canvas.block_rect(made))
