"""Pictures of what is done on the canvas by hand, and of what leaves it."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QDragEnterEvent, QDragMoveEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from docs.camera import (
    close,
    keep,
    opened,
    settle,
    take,
    without_explanation,
    written,
)
from engine.document import Place
from engine.marks import Box
from gui.canvas.drafting import OUT, Port
from gui.export.dialog import ExportDialog
from gui.mime import block_mime


def wire() -> None:
    """A wire that is being drawn: open inputs are lit, and one that is taken says so."""
    window, bench = opened()
    *_, middle, last = bench.view.canvas.reading_order()
    at, below = bench.document.place(middle), bench.document.place(last)
    add = bench.document.add_block("add", Place(at.x - 85, at.y + 190))
    bench.document.add_block("mul", Place(below.x, below.y + 230))
    assert add is not None  # noqa: S101 - a block may be placed anywhere
    bench.view.fit()
    settle()
    canvas, viewport = bench.view.canvas, bench.view.viewport()
    ends = (canvas.lines.port(port) for port in (Port(add, OUT), Port(last, 0)))
    start, end = (bench.view.mapFromScene(point) for point in ends)
    QTest.mousePress(viewport, Qt.MouseButton.LeftButton, pos=start)
    for step in range(1, 9):
        QTest.mouseMove(viewport, start + (end - start) * step / 8)
    take(window, "build", without_explanation(window))
    close(window, bench)


def add() -> None:
    """A wire let go in the open, and the box that asks what to add there."""
    window, bench = opened(lambda: written("exp(square(x))", x=0.5))
    canvas, view = bench.view.canvas, bench.view
    *_, last = canvas.reading_order()
    start = view.mapFromScene(canvas.lines.port(Port(last, OUT)))
    end = start + QPoint(40, 30)
    QTest.mousePress(view.viewport(), Qt.MouseButton.LeftButton, pos=start)
    for step in range(1, 9):
        QTest.mouseMove(view.viewport(), start + (end - start) * step / 8)
    QTest.mouseRelease(view.viewport(), Qt.MouseButton.LeftButton, pos=end)
    box = QApplication.focusWidget()
    assert box is not None  # noqa: S101 - it has just come up
    QTest.keyClicks(box, "sq")
    take(window, "add", without_explanation(window))
    view.cancel()
    close(window, bench)


def snap() -> None:
    """A block that is dragged in beside a free port, before it is let go."""
    window, bench = opened(lambda: written("exp(square(x))", x=0.5))
    view, end = bench.view, bench.document.recording.target
    assert end is not None  # noqa: S101 - an expression has a result
    free = view.canvas.lines.port(Port(end, OUT))
    bench.view.set_zoom(1.0)
    at = view.mapFromScene(free + QPointF(108, 34))
    data, copy = block_mime("square"), Qt.DropAction.CopyAction
    held = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    QApplication.sendEvent(view.viewport(), QDragEnterEvent(at, copy, data, *held))
    QApplication.sendEvent(view.viewport(), QDragMoveEvent(at, copy, data, *held))
    take(window, "snap", without_explanation(window))
    close(window, bench)


def groups() -> None:
    """A graph with one group folded and one open, on its way back."""
    text = "log(sigmoid(w*x + c)) + square(exp(x)*sin(z))"
    window, bench = opened(lambda: written(text, x=0.5, w=2.0, c=-1.0, z=1.0))
    document, canvas = bench.document, bench.view.canvas
    named = {block.kind: block.id for block in document.graph.blocks.values()}
    inner = document.graph.wires_into(named["square"])[0]
    assert inner is not None  # noqa: S101 - the expression says so
    open_one = document.group([named["sigmoid"], named["log"]], "Log-likelihood")
    folded = document.group([named["exp"], named["sin"], named["square"], inner.source], "Wave")
    assert open_one is not None  # noqa: S101 - these blocks can be grouped
    assert folded is not None  # noqa: S101 - and these
    document.unfold([open_one])
    bench.player.to_end()
    canvas.selection.choose([folded])
    bench.view.fit()
    take(window, "groups", without_explanation(window))
    close(window, bench)


def marks() -> None:
    """A wire that is led around, a frame and two notes."""
    document = written("square(exp(square(x))) + x * 3", x=0.5)
    window, bench = opened(lambda: document)
    canvas, drawing = bench.view.canvas, document.drawing
    named = {block.name: block.id for block in document.graph.blocks.values()}
    around = canvas.block_rect(named["a"]) | canvas.block_rect(named["b"])
    around.adjust(-26, -64, 26, 40)
    inner = Box(around.x(), around.y(), around.width(), around.height())
    drawing.add_frame(inner, "The inner part", None)
    (wire,) = document.graph.wires_from(named["d"])
    start, end = canvas.lines.start(wire), canvas.lines.end(wire)
    for number, x in enumerate((start.x() + 150, end.x() - 110)):
        drawing.bend(wire, number, Place(x, start.y() + 70))
    canvas.selection.set(wire, on=True)
    content = canvas.content_rect()
    words = "Two ways lead from x to y.\nWhere they meet, contributions are added up."
    drawing.add_note(Box(content.left(), content.bottom() + 24, 240.0, 92.0), words, None)
    bench.player.seek(len(document.recording) - 2)
    bench.view.fit()
    take(window, "marks", without_explanation(window))
    close(window, bench)


def export() -> None:
    """The dialog that makes a film, in the middle of its preview."""
    window, bench = opened()
    bench.commands.export_film()
    dialog = window.findChild(ExportDialog)
    assert dialog is not None  # noqa: S101 - it has just been opened
    dialog.playing.show_frame(128)
    keep(dialog.grab(), "export")
    dialog.close()
    close(window, bench)
