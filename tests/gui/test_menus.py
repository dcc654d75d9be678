"""The menus: everything stands once, where one looks for it, and a menu is about what is there."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, QTimer
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtWidgets import QApplication, QMenu, QMenuBar

from gui.canvas.drafting import OUT, Port
from tests.gui.builders import document_of

TALLEST = 18
"""Entries of the longest menu: a longer one is a list to be searched, and there is a search."""


def listed(menu):
    return [action.text() for action in menu.actions() if not action.isSeparator()]


def menus(window):
    bar = window.findChild(QMenuBar)
    return {action.text().replace("&", ""): action.menu() for action in bar.actions()}


@pytest.fixture
def opened(window):
    """Give what the menu at a point of the canvas lists; "" is a line."""
    found = []

    def look():
        menu = QApplication.activePopupWidget()
        assert isinstance(menu, QMenu)
        found.append([action.text() for action in menu.actions()])
        menu.close()

    def open_at(point):
        at = window.view.mapFromScene(point)
        reason = QContextMenuEvent.Reason.Mouse
        event = QContextMenuEvent(reason, at, window.view.viewport().mapToGlobal(at))
        QTimer.singleShot(0, look)
        QApplication.sendEvent(window.view.viewport(), event)
        return found[-1]

    return open_at


def middle(window, name):
    block = window.document.graph.named(name).id
    return window.view.canvas.block_rect(block).center()


def test_the_edit_menu_begins_as_everywhere(window):
    assert listed(menus(window)["Edit"])[:4] == ["Undo", "Redo", "Cut", "Copy"]


def test_what_builds_a_graph_has_a_menu(window):
    assert {"Add Here…", "Draw a Wire", "Rename", "Differentiate This"} <= set(
        listed(menus(window)["Build"])
    )


def test_no_menu_is_too_long_to_be_read(window):
    assert {
        name: n for name, menu in menus(window).items() if (n := len(listed(menu))) > TALLEST
    } == {}


def test_a_function_without_settings_offers_none(window, opened):
    window.show_document(document_of("sum(exp(x))", x=0.5))
    graph = window.document.graph
    exp, total = (
        next(b for b in graph.blocks.values() if b.kind == kind) for kind in ("exp", "sum")
    )
    assert "Edit Value or Settings" not in opened(middle(window, exp.name))
    assert "Edit Value or Settings" in opened(middle(window, total.name))


def test_the_menu_on_a_wire_is_about_the_wire(window, opened):
    (wire,) = window.document.graph.wires_into(window.document.graph.named("a").id)
    canvas = window.view.canvas
    ends = canvas.lines.port(Port(wire.source, OUT)), canvas.lines.port(Port(wire.target, 0))
    texts = opened((ends[0] + ends[1]) / 2)
    assert texts == ["Bend the Wire", "Straighten", "", "Delete", "Cut Wires"]
    assert canvas.selection.wires() == [wire]


def test_the_menu_on_the_ground_forgets_a_selected_wire(window, opened):
    (wire,) = window.document.graph.wires_into(window.document.graph.named("a").id)
    window.view.canvas.selection.set(wire, on=True)
    assert opened(window.view.mapToScene(QPoint(20, 300)))[0] == "Add Here…"
    assert window.view.canvas.selection.wires() == []


def test_the_menu_on_several_puts_what_arranges_into_a_menu_of_its_own(window, opened):
    window.view.canvas.selection.choose(list(window.document.graph.blocks))
    texts = opened(middle(window, "a"))
    assert "Arrange" in texts
    assert "Align Left" not in texts
    assert "" in texts
