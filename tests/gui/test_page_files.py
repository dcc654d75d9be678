"""The walk as a web page, from the window."""

import numpy as np
import pytest
from PySide6.QtWidgets import QFileDialog, QMessageBox, QProgressDialog

from engine.expression import parse_expression
from gui.document import OpenDocument
from gui.layout import laid_out


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
    assert text.count('type="radio"') == len(document.recording)


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
