"""What a hand does on the canvas in widget tests."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt, QTimer
from PySide6.QtTest import QTest

from gui.canvas import paint

LEFT = Qt.MouseButton.LeftButton
NONE = Qt.KeyboardModifier.NoModifier


def at_block(view, block):
    return view.mapFromScene(view.canvas.block_item(block).pos())


def at_port(view, port):
    return view.mapFromScene(view.canvas.lines.port(port))


def drag(view, start, end, *, release=True, keys=NONE):
    """Drag with the left button, in small steps as a hand does."""
    viewport = view.viewport()
    QTest.mousePress(viewport, LEFT, keys, pos=start)
    for step in range(1, 9):
        QTest.mouseMove(viewport, start + (end - start) * step / 8)
    if release:
        QTest.mouseRelease(viewport, LEFT, keys, pos=end)


def empty_spot(view):
    """A point of the canvas below everything."""
    content = view.mapFromScene(view.canvas.content_rect()).boundingRect()
    return QPoint(content.center().x(), content.bottom() + 60)


def next_turn(qtbot):
    """Let all be done that was put off until what happens now has happened."""
    done = []
    QTimer.singleShot(0, lambda: done.append(True))
    qtbot.waitUntil(lambda: bool(done))


def written_in(widget, monkeypatch):
    """All texts that are written on the canvas when a widget is painted."""
    words, real = [], paint.text
    with monkeypatch.context() as patched:
        patched.setattr(
            paint,
            "text",
            lambda painter, area, said, *more: (
                words.append(said) or real(painter, area, said, *more)
            ),
        )
        widget.grab()
    return words
