"""The flow layout sets widgets in rows."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QLabel, QWidget

from gui.panels.flow import FlowLayout


@pytest.fixture
def box(qtbot):
    made = QWidget()
    qtbot.addWidget(made)
    layout = FlowLayout(10, 5, made)
    for _ in range(4):
        label = QLabel()
        label.setFixedSize(100, 20)
        layout.addWidget(label)
    return made


def places(box, width):
    box.resize(width, box.layout().heightForWidth(width))
    box.show()
    return [(w.x(), w.y()) for w in box.findChildren(QLabel) if not w.isHidden()]


def test_one_row_where_there_is_room(box):
    assert places(box, 430) == [(0, 0), (110, 0), (220, 0), (330, 0)]


def test_a_row_breaks_where_the_width_ends(box):
    assert places(box, 429) == [(0, 0), (110, 0), (220, 0), (0, 25)]
    assert box.layout().heightForWidth(429) == 45


def test_a_widget_wider_than_everything_is_narrowed(box):
    box.findChildren(QLabel)[0].setMinimumWidth(60)
    assert places(box, 100) == [(0, 0), (0, 25), (0, 50), (0, 75)]


def test_hidden_widgets_take_no_room(box):
    box.findChildren(QLabel)[1].hide()
    assert places(box, 330) == [(0, 0), (110, 0), (220, 0)]
