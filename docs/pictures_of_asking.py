"""Pictures of the walk, and of what can be asked beside it."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox

from docs.camera import (
    close,
    example,
    opened,
    part_of,
    settle,
    take,
    without_explanation,
    written,
)
from engine.asking.seats import Element, Seat
from gui.pages.beside_view import BesideView
from gui.pages.heat_grid import HeatGrid
from gui.pages.plot_page import PlotPage
from gui.pages.rule_choice import RuleButton
from gui.panels.panel_scroll import PanelScroll


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


def predict_element() -> None:
    """An element of the gradient of a matrix that is asked for, after one product was told."""
    numbers = np.random.default_rng(1).normal
    given = {"x": (2, 3), "w": (3, 4), "b": (4,), "v": (4, 1)}
    values = {name: numbers(size=shape).round(1) for name, shape in given.items()}
    window, bench = opened(lambda: written("sum(matmul(tanh(matmul(x, w) + b), v))", **values))
    bench.player.seek(bench.player.last - 1)
    bench.actions_by_name["predict"].setChecked(True)
    bench.player.step_on()
    bench.prediction.give_up()
    question = bench.prediction.question
    assert question is not None  # noqa: S101 - the gradient of w follows that of x
    bench.prediction.answer(f"{float(question.traps[0][0]):.6f}")
    take(window, "predict-element")
    bench.actions_by_name["predict"].setChecked(False)
    close(window, bench)


def element_on_canvas() -> None:
    """An element of a gradient that is pointed at, on the canvas and on the page of arrays."""
    numbers = np.random.default_rng(1).normal
    given = {"x": (2, 3), "w": (3, 4), "b": (4,)}
    values = {name: numbers(size=shape).round(1) for name, shape in given.items()}
    window, bench = opened(lambda: written("sum(tanh(matmul(x, w) + b))", **values))
    bench.player.to_end()
    bench.commands.ask_arrays()
    x = bench.document.graph.named("x")
    assert x is not None  # noqa: S101 - as it was written
    block = x.id
    bench.view.set_zoom(1.72)
    bench.view.canvas.selection.choose([block])
    bench.actions_by_name["point_element"].trigger()
    element = Element(Seat(block, is_gradient=True), (1, 1))
    bench.player.pointed.point(element, by_keys=True)
    bench.view.hush()
    take(window, "element-on-canvas")
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
    grids = bench.side.findChildren(HeatGrid)
    grid = next(each for each in grids if each.accessibleName().startswith("to ∂y/∂w"))
    for _ in range(2):  # the first one comes to the corner
        QTest.keyClick(grid, Qt.Key.Key_Down)
    take(window, "arrays")
    close(window, bench)


def what_if() -> None:
    """The number of the tutorial's input in the middle of a slide."""
    window, bench = opened()
    bench.player.to_end()
    x = bench.document.inputs()[0]
    at = bench.view.mapFromScene(bench.view.canvas.block_item(x).number_area().center())
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


def lens() -> None:
    """A net with broadcasting and two products of matrices, and one of its steps from near."""
    numbers = np.random.default_rng(2).normal
    given = {"x": (4, 3), "w": (3, 5), "b": (5,), "v": (5, 2), "t": (4, 2)}
    values = {name: numbers(size=shape).round(2) for name, shape in given.items()}
    net = "sum(square(matmul(tanh(matmul(x, w) + b), v) - t))"
    window, bench = opened(lambda: written(net, **values))
    bench.player.seek(bench.player.recording.turn + 4)
    take(window, "lens")
    close(window, bench)


def code() -> None:
    """The tutorial in Python, at the step of the exponential."""
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
