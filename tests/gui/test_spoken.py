"""The canvas as a screen reader has it: names and numbers of blocks, ports and wires."""

from __future__ import annotations

import gc

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest

from engine.document import Place
from gui.canvas.scene import CanvasScene
from gui.canvas.view import CanvasView

NAME, VALUE = QAccessible.Text.Name, QAccessible.Text.Value
ALT = Qt.KeyboardModifier.AltModifier


@pytest.fixture
def spoken(window):
    window.view.setFocus()
    return QAccessible.queryAccessibleInterface(window.view)


def children(part):
    return [part.child(index) for index in range(part.childCount())]


def test_blocks_ports_and_wires_have_names_in_reading_order(spoken):
    assert spoken.role() is QAccessible.Role.Canvas
    blocks = children(spoken)
    assert [block.text(NAME) for block in blocks] == [
        "x", "Square → a", "Exp → b", "Square → y",
    ]  # fmt: skip
    ports = children(blocks[1])
    assert [port.text(NAME) for port in ports] == ["Input x of Square, takes x", "a"]
    (wire,) = children(ports[0])
    assert wire.text(NAME) == "Wire from x to a"
    assert wire.parent().text(NAME) == ports[0].text(NAME)
    assert spoken.indexOfChild(blocks[2]) == 2


def test_values_and_gradients_are_told_as_the_walk_reaches_them(spoken, window):
    given, *_, result = children(spoken)
    window.player.to_start()
    assert "∂" not in given.text(VALUE)
    assert result.text(VALUE) == ""
    window.player.to_end()
    assert "x = 0.5" in given.text(VALUE)
    assert "∂y/∂x = 3.297442541400256" in given.text(VALUE)
    port = children(children(spoken)[1])[0]
    assert "contribution 3.297442541400256" in children(port)[0].text(VALUE)


def test_the_focus_follows_the_keyboard_to_blocks_and_ports(spoken, window):
    assert spoken.focusChild() is None
    for _ in range(2):
        QTest.keyClick(window.view, Qt.Key.Key_Right, ALT)
    assert spoken.focusChild().text(NAME) == "Square → a"
    assert spoken.focusChild().state().focused
    QTest.keyClick(window.view, Qt.Key.Key_Down)
    assert spoken.focusChild().text(NAME) == "Input x of Square, takes x"
    assert spoken.focusChild().parent().text(NAME) == "Square → a"


def test_a_listening_screen_reader_is_told_where_the_keyboard_goes(spoken, window, monkeypatch):
    told = []
    monkeypatch.setattr(QAccessible, "updateAccessibility", lambda event: told.append(event.type()))
    monkeypatch.setattr(QAccessible, "isActive", lambda: True)
    QTest.keyClick(window.view, Qt.Key.Key_Right, ALT)
    assert told[-1] is QAccessible.Event.Focus
    told.clear()
    QTest.keyClick(window.view, Qt.Key.Key_Down)
    assert told == [QAccessible.Event.Focus]


def test_a_block_can_be_found_by_where_it_is_on_the_screen(spoken, window):
    view = window.view
    block = children(spoken)[2]
    there = view.viewport().mapToGlobal(
        view.mapFromScene(view.canvas.block_rect(window.document.graph.named("b").id).center())
    )
    assert block.rect().contains(there)
    assert spoken.childAt(there.x(), there.y()).text(NAME) == "Exp → b"
    assert spoken.childAt(*(there + QPoint(0, 3000)).toTuple()) is None


def test_what_is_gone_is_no_longer_valid_and_says_nothing(spoken, window):
    added = window.document.add_block("add", Place(0, 300))
    names = [part.text(NAME) for part in children(spoken)]
    at = names.index("Add → c")
    part = spoken.child(at)
    port = part.child(0)
    window.document.remove([added])
    assert not part.isValid()
    assert not port.isValid()
    assert part.text(NAME) == ""
    assert part.childCount() == 0


def test_canvases_come_and_go_while_somebody_listens(qapp, window):
    for _ in range(20):
        view = CanvasView(CanvasScene(window.document, window.player))
        spoken = QAccessible.queryAccessibleInterface(view)
        assert children(children(spoken)[1])
        view.let_go()
        view.deleteLater()
        del view, spoken
        qapp.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        gc.unfreeze()
        gc.collect()
