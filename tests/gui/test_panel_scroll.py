"""What scrolls in a panel: the bar stands over the edge, and takes no room from the content."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication, QScrollBar, QVBoxLayout, QWidget

from gui.panels.panel_scroll import SIDE, PanelScroll

WIDE, HIGH = 300, 200


class Contrary(QWidget):
    """Something that is too high where it is wide, and fits where a bar makes it narrower."""

    def __init__(self):
        super().__init__()
        self.resized = 0
        policy = self.sizePolicy()
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def heightForWidth(self, width):  # noqa: N802 - as Qt has it
        return 3 * HIGH if width >= WIDE - 2 * SIDE else HIGH // 2

    def resizeEvent(self, event):  # noqa: N802 - as Qt has it
        self.resized += 1
        assert self.resized < 50, "it comes and goes without end"
        super().resizeEvent(event)


@pytest.fixture
def scrolled(qtbot):
    content = QWidget()
    column = QVBoxLayout(content)
    content.contrary = Contrary()
    column.addWidget(content.contrary)
    scroll = PanelScroll(content)
    qtbot.addWidget(scroll)
    scroll.resize(WIDE, HIGH)
    scroll.show()
    QApplication.processEvents()
    return scroll


def shown_bar(scroll):
    (bar,) = (
        bar
        for bar in scroll.findChildren(QScrollBar)
        if bar.orientation() is Qt.Orientation.Vertical and bar is not scroll.verticalScrollBar()
    )
    return bar


def test_a_bar_that_comes_makes_nothing_narrower_so_it_need_not_go_again(scrolled):
    assert scrolled.viewport().width() == WIDE
    assert scrolled.widget().contrary.width() == WIDE - 2 * SIDE
    assert scrolled.widget().contrary.resized < 5
    assert shown_bar(scrolled).isVisible()
    assert shown_bar(scrolled).geometry().right() == scrolled.rect().right()


def test_the_bar_and_the_wheel_scroll_the_same(scrolled):
    bar, own = shown_bar(scrolled), scrolled.verticalScrollBar()
    bar.setValue(bar.maximum())
    assert own.value() == own.maximum() > 0
    middle = QPointF(WIDE / 2, HIGH / 2)
    none, up = Qt.MouseButton.NoButton, QPoint(0, 120)
    held, phase = Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase
    wheel = QWheelEvent(middle, middle, QPoint(), up, none, held, phase, False)  # noqa: FBT003
    QApplication.sendEvent(scrolled.viewport(), wheel)
    assert own.value() < own.maximum()
    assert bar.value() == own.value()


def test_where_all_is_seen_there_is_no_bar(scrolled):
    scrolled.resize(WIDE, 4 * HIGH)
    QApplication.processEvents()
    assert not shown_bar(scrolled).isVisible()
