"""A canvas without a block tells how to begin, and no longer than that."""

from __future__ import annotations

from PySide6.QtCore import QRectF
from PySide6.QtGui import QImage, QKeySequence, QPainter

from engine.document import Place
from engine.graph import INPUT
from gui.actions import ACTIONS
from gui.canvas.empty_ground import WAYS, paint_empty_ground
from gui.document import OpenDocument
from gui.theme import theme


def painted(width, height):
    """Tell whether anything is painted into a room."""
    image = QImage(width, height, QImage.Format.Format_ARGB32)
    image.fill(0)
    painter = QPainter(image)
    paint_empty_ground(painter, QRectF(0, 0, width, height), theme())
    painter.end()
    return any(image.pixel(x, y) for x in range(0, width, 3) for y in range(0, height, 3))


def test_it_is_told_until_the_first_block_stands(window):
    window.show_document(OpenDocument())
    assert window.view.says_how_to_begin
    block = window.document.append("square", None)
    assert not window.view.says_how_to_begin
    window.document.remove([block], [])
    assert window.view.says_how_to_begin


def test_a_value_that_is_placed_there_first_is_painted_with_no_label_to_make_room_for(window):
    window.show_document(OpenDocument())
    block = window.document.add_block(INPUT, Place(0.0, 0.0))
    assert window.view.canvas.labels.value(block) is None
    window.view.grab()


def test_it_is_told_in_a_small_window_too_and_not_where_it_would_be_cut():
    assert painted(312, 480)
    assert not painted(200, 480)
    assert not painted(312, 150)


def test_the_keys_are_those_of_the_table():
    known = {key for action in ACTIONS for key in action.keys} | {"Tab", "double-click", "drag"}
    assert {keys for keys, _ in WAYS} <= known
    assert all(not QKeySequence(keys).isEmpty() for keys, _ in WAYS if keys.startswith("Ctrl"))
