"""A window whose frames are timed, and a bare QGraphicsScene to set it beside."""

from __future__ import annotations

import time
from collections.abc import Callable

from PySide6.QtCore import QEvent, QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPen, QTransform
from PySide6.QtWidgets import QApplication, QGraphicsScene, QGraphicsView, QWidget

from engine.document import Document
from gui.garbage import Collector

FRAMES = 120
"""Frames of each kind that are measured."""

Call = Callable[[int], object]


class Screen:
    """A window whose frames are timed, while somebody is at mouse or keys all the time."""

    clock = staticmethod(time.perf_counter)
    all_clocks = staticmethod(time.perf_counter)

    def __init__(self, window: QWidget) -> None:
        self.window = window
        self._collectors = QApplication.instance().findChildren(Collector)  # type: ignore[union-attr]

    def frame(self, change: Callable[[], object]) -> float:
        """Milliseconds of a change, until all it touches is painted."""
        for collector in self._collectors:
            collector.touch()
        began = self.clock()
        change()
        self._paint()
        return (self.clock() - began) * 1000

    def frames(self, change: Call, count: int = FRAMES) -> list[float]:
        """Milliseconds of each of many changes; between them, everything else is finished."""
        self.settle()
        times = [self.frame(lambda at=at: change(at)) for at in range(count)]  # type: ignore[misc]
        self.settle()
        return times

    def settle(self, seconds: float = 0.3) -> float:
        """Let everything that is still to come happen; give the longest that it took at a time."""
        longest, until = 0.0, time.perf_counter() + seconds
        while time.perf_counter() < until:
            took = self.frame(lambda: None)
            longest = max(longest, took)
            if took > 1:
                until = time.perf_counter() + seconds
            else:
                time.sleep(0.002)
        return longest

    def _paint(self) -> None:
        QApplication.processEvents()
        QApplication.sendEvent(self.window, QEvent(QEvent.Type.UpdateRequest))


class Bare:
    """As many rectangles and lines as the graph has blocks and wires, and nothing else."""

    def __init__(self, document: Document, size: QRectF) -> None:
        began = time.perf_counter()
        self.scene = QGraphicsScene()
        pen, places = QPen(Qt.GlobalColor.gray, 1.8), document.places
        self.rects = [
            self.scene.addRect(p.x - 48, p.y - 44, 96, 88, pen, Qt.GlobalColor.white)
            for p in places.values()
        ]
        for wire in document.graph.wires():
            a, b = places[wire.source], places[wire.target]
            self.scene.addLine(a.x + 48, a.y, b.x - 48, b.y, pen)
        self.scene.setSceneRect(QRectF(-1e7, -1e7, 2e7, 2e7))
        self.view = QGraphicsView(self.scene)
        self.view.setRenderHint(QPainter.RenderHint.Antialiasing)
        self.view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.view.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.view.setTransformationAnchor(QGraphicsView.ViewportAnchor.NoAnchor)
        self.view.resize(size.size().toSize())
        self.view.show()
        QApplication.processEvents()
        self.look(1.0, QPointF(0, 0))
        self.screen = Screen(self.view)
        self.screen.frame(lambda: None)
        self.opened = time.perf_counter() - began

    def look(self, zoom: float, at: QPointF) -> None:
        """Look at a point."""
        self.view.setTransform(QTransform.fromScale(zoom, zoom))
        self.view.centerOn(at)

    def light(self, at: int) -> None:
        """Colour one block, as a step of a walk does."""
        self.rects[at % len(self.rects)].setBrush(Qt.GlobalColor.blue)
        self.view.viewport().update()
