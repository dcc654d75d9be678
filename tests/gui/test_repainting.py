"""Only what a step touches is painted anew, and nothing is left standing as it was."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QObject, QPoint
from PySide6.QtWidgets import QApplication

from tests.gui.builders import document_of

GRAPHS = {
    "square(exp(square(x)))": {"x": 0.5},
    "square(square(x)) + square(square(x))": {"x": 2.0},
    "a * a * b / (a + b) - log(a * b)": {"a": 1e-5, "b": -2.25},
    "sum(tanh(x @ w + b) ** 2, axis=0)": {
        "x": np.linspace(-1, 1, 6).reshape(3, 2),
        "w": np.linspace(2, -1, 4).reshape(2, 2),
        "b": [0.5, -0.25],
    },
    "where(a, b * c, b / c) + a * b * c": {"a": 1.0, "b": 1234.5678, "c": -0.00012345},
    "log(x - x) + exp(900 * x)": {"x": 1.0},
}
PHASES = (0.2, 0.5, 1.0)


def on_screen(view):
    """What stands on the screen, without anything being painted for it."""
    viewport, window = view.viewport(), view.window()
    corner, size = viewport.mapTo(window, QPoint()), viewport.size()
    area = corner.x(), corner.y(), size.width(), size.height()
    return view.screen().grabWindow(window.winId(), *area).toImage()


def stands_as_painted_anew(view):
    QApplication.processEvents()
    before = on_screen(view)
    view.viewport().update()
    QApplication.processEvents()
    return before == on_screen(view)


class Painted(QObject):
    """How many pixels of a widget are painted anew."""

    def __init__(self, widget):
        super().__init__(widget)
        self.pixels = 0
        widget.installEventFilter(self)

    def eventFilter(self, watched, event):  # noqa: N802 - as Qt has it
        if event.type() == QEvent.Type.Paint:
            size = event.rect()
            self.pixels += size.width() * size.height()
        return super().eventFilter(watched, event)


@pytest.mark.parametrize("expression", GRAPHS)
def test_all_stands_on_the_screen_as_if_it_had_been_painted_anew(window, expression):
    window.show_document(document_of(expression, **GRAPHS[expression]))
    player, view = window.player, window.view
    last = len(player.recording) - 1
    on = [(cursor, phase) for cursor in range(last + 1) for phase in PHASES]
    back = [(cursor, 1.0) for cursor in range(last, -1, -1)]
    leaps = [(cursor, 1.0) for cursor in (0, 2, last, last - 2, last // 2, 0, last)]
    for cursor, phase in (*on, *back, *leaps):
        player.show(cursor, phase)
        assert stands_as_painted_anew(view), (cursor, phase)


def test_where_every_number_is_shown_the_light_goes_on(window, view):
    view.canvas.set_show_all(True)
    for cursor in range(len(window.player.recording)):
        window.player.seek(cursor)
        assert stands_as_painted_anew(view), cursor


def test_a_step_paints_little_of_a_large_picture(window):
    window.show_document(document_of("+".join(["sin(exp(square(x)))"] * 6), x=0.5))
    window.view.lens.want(wanted=False)
    player, viewport = window.player, window.view.viewport()
    for cursor in range(15):
        player.seek(cursor)
        QApplication.processEvents()
    painted = Painted(viewport)
    player.seek(15)
    QApplication.processEvents()
    assert 0 < painted.pixels < viewport.width() * viewport.height() / 4
