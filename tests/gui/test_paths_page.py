"""Every path back to an input, one to be lit on the canvas."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox

from gui.document import OpenDocument
from gui.pages.paths_page import PathsPage
from tests.gui.builders import document_of
from tests.gui.pages import named, show_page


@pytest.fixture
def shown(qtbot):
    return lambda document: show_page(qtbot, PathsPage, document)


def test_the_sum_over_the_paths_is_told(shown):
    page = shown(document_of("x * square(x) * x", x=3.0))
    assert named(page, "3 paths lead from y back to x").isVisible()
    assert page.paths.count == 3


def test_a_path_is_chosen_with_the_arrow_keys(qtbot, shown):
    page = shown(document_of("x + x", x=3.0))
    rows = named(page, "Paths and their products")
    rows.setFocus()
    with qtbot.waitSignal(page.path_chosen) as chosen:
        QTest.keyClick(rows, Qt.Key.Key_Down)
    assert chosen.args == [page.paths.listed[0]]


def test_another_input_has_other_paths(shown):
    page = shown(document_of("x * exp(w) + w", x=2.0, w=0.0))
    box = named(page, "Input that the paths lead to", QComboBox)
    box.setCurrentText("w")
    assert page.paths.count == 2


def test_the_canvas_lights_the_path_that_is_chosen(window):
    window.show_document(document_of("x * square(x) * x", x=3.0))
    window.actions_by_name["ask_paths"].trigger()
    page = window.side.page("paths")
    rows = named(page, "Paths and their products")
    QTest.mouseClick(rows, Qt.MouseButton.LeftButton, pos=rows.row_area(1).center().toPoint())
    light = window.view.canvas.lighting.light
    assert light.wires == frozenset(page.paths.listed[1].wires)


def test_an_empty_document_has_none(shown):
    assert named(shown(OpenDocument()), "There is nothing to walk back yet").isVisible()


def test_every_factor_and_the_product_can_be_read(shown):
    page = shown(document_of("exp(exp(square(square(x))))", x=0.5))
    page.resize(320, 500)
    rows = named(page, "Paths and their products")
    path = page.paths.listed[0]
    left, right = ([*heads, *numbers] for heads, numbers in rows._broken[0][:2])
    assert " ".join(left) == f"y ← c ← b ← a ← x {path.text(page.player.recording)}"
    assert " ".join(right[1:]) == path.numbers()
    assert right[-1] == "= 1.5432"
    assert len(right) > 3
