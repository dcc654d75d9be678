"""A number slid on the canvas, up to the painted pixels, with each page open beside it.

    python -m benchmarks.slide                     every graph, with every page
    python -m benchmarks.slide --graphs net 128    some graphs
    python -m benchmarks.slide --pages plot        some pages; of two inputs is plotted, too

Done to the real window, with the mouse. A frame is what one value costs the thread of the window:
the run, the recording, what the page works out, and all painting; it is told by that thread's
clock, which stands still while other programs run. The floor, which turns are taken with, is the
painting of the same canvas alone. A frame at 60 Hz is 16.7 ms.
"""

from __future__ import annotations

import argparse
import os
import statistics
import time
from collections.abc import Callable

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import numpy as np
from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QApplication

from benchmarks.screen import Screen
from engine.asking.differentiating import differentiate_by
from engine.expression import parse_expression
from engine.graph import Graph
from gui.app import make_app
from gui.document import OpenDocument
from gui.layout import laid_out
from gui.main_window import MainWindow
from gui.pages.plot_page import PlotPage

FRAME = 1000 / 60

WIDE = 150
"""Pixels that the hand moves before it turns round."""

FIRST = 8
"""Values that are slid to before it is measured: a graph is compiled at its third run."""


def wide(terms: int) -> tuple[Graph, str]:
    """Give a sum of so many products, each of a tanh and a sine of the same input."""
    text = " + ".join(f"tanh(x * {at}) * sin(x * {at})" for at in range(1, terms + 1))
    return parse_expression(text, {"x": np.array(0.5)})


def net() -> tuple[Graph, str]:
    """Give a layer with broadcasting and a product of matrices, and a number to be slid."""
    given = {
        "x": np.array([[1.0, -0.4], [0.3, 0.8]]),
        "w": np.array([[0.5, -1.0], [0.7, 0.2]]),
        "b": np.array([0.1, 0.2]),
        "k": np.array(2.0),
    }
    return parse_expression("h = tanh(matmul(x, w) + b); sum(square(h)) * k", given)


def third_derivative() -> tuple[Graph, str]:
    """Give the third derivative of tanh."""
    graph, target = parse_expression("tanh(x)", {"x": np.array(0.5)})
    for _ in range(3):
        made = differentiate_by(graph, target, "x")
        graph, target = made.graph, made.target
    return graph, target


def written(text: str) -> tuple[Graph, str]:
    """Give the graph of an expression of x."""
    return parse_expression(text, {"x": np.array(0.5)})


GRAPHS: dict[str, Callable[[], tuple[Graph, str]]] = {
    "tutorial": lambda: written("square(exp(square(x)))"),
    "fan-out": lambda: written("a = square(x); square(a) + square(a)"),
    "net": net,
    "tanh3": third_derivative,
    "40": lambda: wide(5),
    "128": lambda: wide(16),
}

PAGES = ("step", "arrays", "plot", "plane", "map", "paths", "forward", "mistakes")


class Slide:
    """One graph in the real window, whose first number is slid.

    Parameters
    ----------
    make
        Makes the graph.
    """

    def __init__(self, make: Callable[[], tuple[Graph, str]]) -> None:
        self.window = MainWindow(lambda: OpenDocument(laid_out(*make())))
        self.window.resize(1280, 800)
        self.window.show()
        self.bench = self.window.furnish()
        self.screen = Screen(self.window)
        self.document = self.bench.document
        self.bench.player.to_end()
        self.screen.settle()
        self._steps = 0

    def turn_to(self, page: str) -> bool:
        """Bring a page to the front; False if there is nothing that it could show."""
        plotted = page in {"plot", "plane"}
        self.bench.side.turn_to("plot" if plotted else page)
        shown = self.bench.side.page(self.bench.side.front)
        self.screen.settle()
        if isinstance(shown, PlotPage):
            axes = shown.choices()
            if len(axes) < (2 if page == "plane" else 1):
                return False
            shown.choose(*axes[: 2 if page == "plane" else 1])
            self.screen.settle()
        return True

    def measure(self, frames: int) -> tuple[list[float], list[float]]:
        """Milliseconds of the thread of the window for each value, and for the canvas alone."""
        graph, view = self.document.graph, self.bench.view
        values = {x: graph.block(x).value for x in self.document.inputs()}
        number = next(x for x, value in values.items() if value is not None and not value.ndim)
        view.fit()
        view.reveal(number)
        self.screen.settle()
        at = QPointF(view.mapFromScene(view.canvas.block_item(number).number_area().center()))
        self._mouse(QEvent.Type.MouseButtonPress, at)
        slid, painted = [], []
        for step in range(FIRST + frames):
            off = QPointF(10 + WIDE - abs(step % (2 * WIDE) - WIDE), 0)
            took = self.screen.frame(lambda: self._mouse(QEvent.Type.MouseMove, at + off))  # noqa: B023 - called at once
            alone = self.screen.frame(view.viewport().update)
            if step >= FIRST:
                slid.append(took)
                painted.append(alone)
        self._mouse(QEvent.Type.MouseButtonRelease, at)
        self.screen.settle()
        self.document.undo_stack.undo()
        self.screen.settle()
        return slid, painted

    def _mouse(self, kind: QEvent.Type, at: QPointF) -> None:
        left, none = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
        event = QMouseEvent(kind, at, at, left, left, none)
        QApplication.sendEvent(self.bench.view.viewport(), event)

    def close(self) -> None:
        """Close the window without a question."""
        self.document.mark_saved()
        self.window.close()
        self.window.deleteLater()


def main() -> None:
    """Measure and print."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--graphs", nargs="+", choices=GRAPHS, default=list(GRAPHS))
    options.add_argument("--pages", nargs="+", choices=PAGES, default=list(PAGES))
    options.add_argument("--frames", type=int, default=60)
    asked = options.parse_args()
    Screen.clock = staticmethod(time.thread_time)
    make_app(["gradwalk"])
    print(f"{'graph':10}{'page':10}{'ms, median':>11}{'90 %':>7}{'frames':>8}{'of the canvas':>15}")
    for name in asked.graphs:
        slide = Slide(GRAPHS[name])
        for page in asked.pages:
            if not slide.turn_to(page):
                continue
            slid, painted = slide.measure(asked.frames)
            median, most = statistics.median(slid), statistics.quantiles(slid, n=10)[-1]
            ratio = median / statistics.median(painted)
            print(
                f"{name:10}{page:10}{median:11.1f}{most:7.1f}{median / FRAME:8.2f}{ratio:15.2f}",
                flush=True,
            )
        slide.close()


if __name__ == "__main__":
    main()
