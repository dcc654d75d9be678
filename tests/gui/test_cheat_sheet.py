"""The page of all shortcuts."""

from __future__ import annotations

from PySide6.QtWidgets import QLabel, QScrollArea

from gui.actions import ACTIONS
from gui.cheat_sheet import CANVAS_KEYS, COLUMNS, CheatSheet


def test_it_tells_every_action_with_a_key_and_fits_on_a_small_screen(window):
    sheet = CheatSheet(window)
    told = {label.text() for label in sheet.findChildren(QLabel)}
    assert {spec.text.rstrip("…") for spec in ACTIONS if spec.keys} <= told
    assert {what for _, what in CANVAS_KEYS} <= told
    sheet.show()
    assert sheet.width() <= window.window().width()
    assert sheet.height() <= window.window().height()
    area = sheet.findChild(QScrollArea)
    assert area.horizontalScrollBar().maximum() == 0
    sheet.close()
    sheet.deleteLater()


def test_its_heads_stand_in_the_order_of_the_menus(window):
    sheet = CheatSheet(window)
    heads = [label.text() for label in sheet.findChildren(QLabel) if label.text().isupper()]
    menus = list(dict.fromkeys(spec.menu.upper() for spec in ACTIONS))
    assert [head for head in heads if head in menus] == menus
    sheet.deleteLater()


def test_what_keys_do_begins_in_one_line_in_each_column(window):
    sheet = CheatSheet(window)
    sheet.show()
    words = {spec.text.rstrip("…") for spec in ACTIONS if spec.keys}
    labels = [label for label in sheet.findChildren(QLabel) if label.text() in words]
    begins = {label.mapTo(sheet, label.rect().topLeft()).x() for label in labels}
    assert len(begins) == COLUMNS
    sheet.close()
    sheet.deleteLater()
