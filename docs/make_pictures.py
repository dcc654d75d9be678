"""The pictures of README.md and docs/guide.md, taken of the real window.

Run with `script/pictures`, which takes all, or those that are named.
The window is opened without a screen, at twice the pixels, led through
the app's own signals and mouse events, and grabbed. Nothing is painted over afterwards; the only
thing done to a picture is to store its colours in a palette, which makes the file small.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Callable
from functools import partial

import numpy as np
from PySide6.QtCore import QPoint, QPointF, QRect, QSettings, Qt
from PySide6.QtGui import QDragEnterEvent, QDragMoveEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox

from docs.camera import (
    PICTURES,
    close,
    example,
    keep,
    opened,
    part_of,
    settle,
    take,
    tell,
    without_explanation,
    written,
)
from engine.document import Place
from engine.marks import Box
from gui.app import make_app
from gui.canvas.drafting import OUT, Port
from gui.export.dialog import ExportDialog
from gui.mime import block_mime
from gui.pages.beside_view import BesideView
from gui.pages.heat_grid import HeatGrid
from gui.pages.plot_page import PlotPage
from gui.pages.rule_choice import RuleButton
from gui.panels.panel_scroll import PanelScroll
from gui.theme import RESOURCES, Choice, themes

LARGEST_FILM = 400_000
"""Bytes of the largest film."""


def walk(name: str, theme: Choice) -> None:
    """The tutorial in the middle of the backward pass."""
    themes().choose(theme)
    window, bench = opened()
    bench.player.seek(6)
    take(window, name)
    close(window, bench)


def film(name: str, theme: Choice) -> None:
    """The walk through the tutorial, as anybody would film it."""
    path = PICTURES / f"{name}.gif"
    source = str(RESOURCES / "examples" / "tutorial.gradwalk")
    look = ["--strip", "--theme", theme, "--size", "800x400", "--scale", "2", "--speed", "0.7"]
    subprocess.run(
        [sys.executable, "main.py", "render", source, "--output", path, *look], check=True
    )
    tell(path, LARGEST_FILM)


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


def fan_out() -> None:
    """A Variable that is used twice, at the step that adds the second contribution."""
    window, bench = opened(lambda: example("fan-out"))
    bench.player.seek(bench.player.last - 1)
    take(window, "fan-out")
    close(window, bench)


def check() -> None:
    """The explanation with the numerical check on."""
    window, bench = opened()
    bench.player.to_end()
    bench.commands.check()
    settle()
    panel = bench.explanation
    take(window, "check", QRect(panel.mapTo(window, QPoint()), panel.size()))
    close(window, bench)


def badges() -> None:
    """Every gradient of a small net held against a trial, with its arrays as pictures."""
    numbers = np.random.default_rng(1).normal
    given = {"x": (4, 3), "w": (3, 5), "b": (5,), "v": (5, 1)}
    values = {name: numbers(size=shape) for name, shape in given.items()}
    window, bench = opened(lambda: written("sum(matmul(tanh(matmul(x, w) + b), v))", **values))
    bench.player.to_end()
    bench.actions_by_name["check_all"].trigger()
    settle()
    take(window, "badges", without_explanation(window))
    close(window, bench)


def bad_number() -> None:
    """A number that is too large, and the block that made it."""
    window, bench = opened(lambda: example("overflow"))
    bench.player.seek(2)
    take(window, "bad-number")
    close(window, bench)


def wrong_rule() -> None:
    """The same graph walked by a rule that serves a function too early."""
    window, bench = opened(lambda: written("a = square(x); square(a) + square(a)", x=2.0))
    bench.commands.ask_mistakes()
    part_of(bench.side, RuleButton, "stack").click()
    bench.player.to_end()
    take(window, "wrong-rule")
    close(window, bench)


def predict() -> None:
    """The card that asks for a number, after an answer that was wrong."""
    window, bench = opened()
    bench.player.seek(5)
    bench.actions_by_name["predict"].setChecked(True)
    bench.player.step_on()
    bench.prediction.answer("1.284")
    bench.prediction.answer("1.284")
    take(window, "predict")
    bench.actions_by_name["predict"].setChecked(False)
    close(window, bench)


def plot() -> None:
    """The plot of the tutorial, with tangent, secant, and the valley of the error."""
    window, bench = opened()
    bench.player.to_end()
    bench.commands.ask_plot()
    take(window, "plot")
    close(window, bench)


def plane() -> None:
    """A function of two inputs, with its gradient as an arrow."""
    window, bench = opened(lambda: written("100 * (x1 - x0**2)**2 + (x0 - 1)**2", x0=-0.5, x1=1.0))
    bench.player.to_end()
    bench.commands.ask_plot()
    page = bench.side.page("plot")
    assert isinstance(page, PlotPage)  # noqa: S101 - what the table of pages says
    page.choose("x0", "x1")
    settle()
    take(window, "plane", QRect(page.mapTo(window, QPoint()), page.size()))
    close(window, bench)


def vanishing() -> None:
    """Fifty sigmoids, coloured by their gradients."""
    window, bench = opened(lambda: example("fifty-sigmoids"))
    bench.player.to_end()
    bench.actions_by_name["heat"].setChecked(True)
    bench.commands.ask_map()
    take(window, "vanishing")
    bench.actions_by_name["heat"].setChecked(False)
    close(window, bench)


def forward() -> None:
    """The tutorial in forward mode."""
    window, bench = opened()
    bench.player.seek(2)
    bench.commands.ask_forward()
    take(window, "forward")
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


def arrays() -> None:
    """One weight of a linear layer, and the elements that its gradient comes from."""
    window, bench = opened(
        lambda: written(
            "mean_squared_error(linear(x, w, b), t)",
            x=[[1.0, -2.0, 0.5], [0.0, 1.0, 2.0], [3.0, 0.5, -1.0], [-0.5, 1.5, 1.0]],
            w=[[0.5, -1.0], [1.5, 0.2], [-0.3, 0.8]],
            b=[0.1, -0.2],
            t=[[1.0, 0.0], [0.0, 1.0], [1.0, 1.0], [0.5, 0.0]],
        )
    )
    bench.player.to_end()
    bench.commands.ask_arrays()
    settle()
    grid = bench.side.findChildren(HeatGrid)[2]
    for _ in range(2):  # the first one comes to the corner
        QTest.keyClick(grid, Qt.Key.Key_Down)
    take(window, "arrays")
    close(window, bench)


def what_if() -> None:
    """The number of the tutorial's input in the middle of a slide."""
    window, bench = opened()
    bench.player.to_end()
    x = bench.document.inputs()[0]
    at = bench.view.mapFromScene(bench.view.canvas.block_item(x).number_area.center())
    QTest.mousePress(bench.view.viewport(), Qt.MouseButton.LeftButton, pos=at)
    for step in (5, 15, 25):
        QTest.mouseMove(bench.view.viewport(), at + QPoint(step, 0))
    take(window, "what-if")
    close(window, bench)


def derivative() -> None:
    """The derivative of the tutorial in a tab of its own, in the middle of its walk."""
    window, bench = opened()
    bench.commands.derive()
    settle()
    bench.player.seek(bench.player.recording.turn + 3)
    take(window, "derivative")
    close(window, bench)


def export() -> None:
    """The dialog that makes a film, in the middle of its preview."""
    window, bench = opened()
    bench.commands.export_film()
    dialog = window.findChild(ExportDialog)
    assert dialog is not None  # noqa: S101 - it has just been opened
    dialog.show_frame(128)
    keep(dialog.grab(), "export")
    dialog.close()
    close(window, bench)


def code() -> None:
    """The tutorial in NumPy, at the step of the exponential."""
    window, bench = opened()
    bench.player.seek(6)
    bench.commands.ask_code()
    take(window, "code")
    close(window, bench)


def paths() -> None:
    """The three paths back to x, one of them lit."""
    window, bench = opened(lambda: written("x * square(x) * x", x=3.0))
    bench.player.to_end()
    bench.commands.ask_paths()
    settle()
    part_of(bench.side, BesideView, "paths").chosen.emit(1)
    take(window, "paths")
    close(window, bench)


def path_of_arrays() -> None:
    """A path back to the weights of a small net, factor by factor."""
    values = {"x": np.array([[1.0, -0.4], [0.3, 0.8]]), "w": np.array([[0.5, -1.0], [0.7, 0.2]])}
    window, bench = opened(lambda: written("h = tanh(matmul(x, w)); sum(square(h) * h)", **values))
    bench.player.to_end()
    bench.commands.ask_paths()
    settle()
    part_of(bench.side, QComboBox, "back to").setCurrentText("w")
    part_of(bench.side, BesideView, "paths").chosen.emit(1)
    settle()
    bar = part_of(bench.side.page("paths"), PanelScroll).verticalScrollBar()
    bar.setValue(bar.maximum())
    take(window, "path-of-arrays")
    close(window, bench)


TAKEN: dict[str, Callable[[], None]] = {
    "walk-dark": partial(film, "walk-dark", "dark"),
    "walk": partial(film, "walk", "light"),
    "window-dark": partial(walk, "window-dark", "dark"),
    "window-light": partial(walk, "window-light", "light"),
    "build": wire,
    "add": add,
    "snap": snap,
    "fan-out": fan_out,
    "check": check,
    "badges": badges,
    "bad-number": bad_number,
    "wrong-rule": wrong_rule,
    "predict": predict,
    "arrays": arrays,
    "paths": paths,
    "path-of-arrays": path_of_arrays,
    "plot": plot,
    "derivative": derivative,
    "what-if": what_if,
    "forward": forward,
    "vanishing": vanishing,
    "plane": plane,
    "code": code,
    "export": export,
    "groups": groups,
    "marks": marks,
}
"""How each picture is taken."""


def main() -> None:
    """Take the pictures that are named on the command line, or all of them."""
    os.environ |= {"QT_QPA_PLATFORM": "offscreen", "QT_SCALE_FACTOR": "2"}
    # Nobody's settings, drafts or blocks of their own are to be seen.
    with tempfile.TemporaryDirectory() as home:
        os.environ |= {f"XDG_{name}_HOME": home for name in ("CONFIG", "DATA", "STATE", "CACHE")}
        QSettings.setPath(QSettings.Format.NativeFormat, QSettings.Scope.UserScope, home)
        app = make_app(["gradwalk"])
        for name in sys.argv[1:] or TAKEN:
            themes().choose("light")
            TAKEN[name]()
        app.quit()


if __name__ == "__main__":
    main()
