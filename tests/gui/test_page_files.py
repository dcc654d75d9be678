"""The walk as a web page, from the window."""

import re

import numpy as np
import pytest
from PySide6.QtWidgets import QFileDialog, QMessageBox, QProgressDialog

from engine.expression import parse_expression
from engine.marks import Box
from engine.picture.places import standing
from engine.picture.seen import Seen
from gui.document import OpenDocument
from gui.layout import laid_out
from tests.gui.builders import document_of

STEP = re.compile(r'<input type="radio" name="[^"]*" class="r\d+ ')
"""A step of the walk: a page has other things to choose, too."""


@pytest.fixture
def asked(monkeypatch, tmp_path):
    """Say yes to the file that is proposed, and tell what was proposed."""
    dialogs = []
    monkeypatch.setattr(QFileDialog, "exec", lambda dialog: dialogs.append(dialog) or True)
    monkeypatch.setattr("gui.files.folder", lambda: str(tmp_path))
    return dialogs


@pytest.fixture
def told(monkeypatch):
    sentences = []
    monkeypatch.setattr(QMessageBox, "exec", lambda box: sentences.append(box.text()))
    return sentences


def test_the_walk_is_written_as_a_page_with_the_places_of_the_canvas(window, asked, tmp_path):
    document = window.document
    window.actions_by_name["export_page"].trigger()
    text = (tmp_path / "untitled.html").read_text("utf-8")
    assert text.startswith("<!DOCTYPE html>")
    assert text.endswith("</html>\n")
    y = max(document.places().values()).y
    assert f'cy="{y:g}"' in text
    assert len(STEP.findall(text)) == len(document.recording)


def test_all_on_the_page_is_where_it_is_on_the_canvas(window, qtbot):
    text = "a = square(x); b = sin(a); c = b * a; d = exp(c); f = c + d; mean(f)"
    window.show_document(document_of(text, x=[1.0, 2.0, 3.0, 4.0, 5.0, 6.0]))
    document, canvas = window.document, window.view.canvas
    ids = {block.name: block.id for block in document.graph.blocks.values()}
    for names in (("b", "c"), ("d", "f")):
        canvas.selection.choose([ids[name] for name in names])
        window.commands.group()
    (opened,) = canvas.selection.items()
    document.unfold([opened])
    seen = Seen(document.graph, standing(document.kept()), frozenset(document.graph.blocks))
    assert len(seen.folded) == 1
    for item in canvas.block_items():
        rect = canvas.block_rect(item.block)
        assert tuple(seen.place(item.block)) == (rect.center().x(), rect.center().y())
        if item.block not in ids.values() or document.graph.block(item.block).is_function:
            assert seen.size(item.block) == (rect.width(), rect.height())
    assert len(seen.along) == len(canvas.wire_items())
    for item in canvas.wire_items():
        way, line = canvas.lines.way(item.wire), seen.line(item.wire)
        assert [(at.x(), at.y()) for at in way] == [tuple(line.start), tuple(line.end)]
    ((group, outline),) = seen.outlines().items()
    (shown,) = (each.rect for each in canvas.open_groups.outlines() if each.goes_around == group)
    assert tuple(outline) == (shown.x(), shown.y(), shown.width(), shown.height())


def test_what_is_done_while_it_is_asked_where_to_is_not_on_the_page(window, monkeypatch, tmp_path):
    document = window.document
    steps = len(document.recording)

    def ask(_dialog):
        document.remove(list(document.graph.blocks)[1:])  # as one that was on its way
        return True

    monkeypatch.setattr(QFileDialog, "exec", ask)
    monkeypatch.setattr("gui.files.folder", lambda: str(tmp_path))
    window.actions_by_name["export_page"].trigger()
    text = (tmp_path / "untitled.html").read_text("utf-8")
    assert len(STEP.findall(text)) == steps


def test_frames_and_notes_are_on_the_page(window, asked, tmp_path):
    drawing = window.document.drawing
    drawing.tint([drawing.add_note(Box(0, 200, 200, 80), "Read this first", None)], "rose")
    window.actions_by_name["export_page"].trigger()
    text = (tmp_path / "untitled.html").read_text("utf-8")
    assert ">Read this first</text>" in text
    assert 'class="rose mark"' in text


def test_it_can_be_reached_by_keyboard(window):
    assert window.actions_by_name["export_page"].shortcut().toString() == "Ctrl+Alt+H"


def test_where_there_is_nothing_to_walk_nobody_is_asked_for_a_file(window, asked, told):
    window.show_document(OpenDocument())
    window.actions_by_name["export_page"].trigger()
    assert asked == []
    assert told == ["There is nothing to walk yet, so there is no page of it."]


def test_a_file_that_cannot_be_written_is_told(window, asked, told, tmp_path):
    (tmp_path / "untitled.html").mkdir()
    window.actions_by_name["export_page"].trigger()
    assert told == ["untitled.html cannot be saved: it is a folder."]


def test_a_page_that_is_given_up_leaves_the_old_file_alone(window, asked, monkeypatch, tmp_path):
    graph, target = parse_expression("x" + " + x" * 50, {"x": np.array(1.0)})
    window.show_document(OpenDocument(laid_out(graph, target)))
    file = tmp_path / "untitled.html"
    file.write_text("old", "utf-8")
    shown = []

    def cancel_at_ten(dialog, value):
        shown.append(value)
        if value == 10:
            dialog.cancel()

    monkeypatch.setattr(QProgressDialog, "setValue", cancel_at_ten)
    monkeypatch.setattr(QProgressDialog, "value", lambda dialog: len(shown))
    window.actions_by_name["export_page"].trigger()
    assert shown == [*range(1, 11)]
    assert file.read_text("utf-8") == "old"
    assert [path.name for path in tmp_path.iterdir()] == ["untitled.html"]
