"""The canvas from far away: everything that is too small to be read, painted without items."""

from __future__ import annotations

import time
from collections.abc import Generator, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QLineF, QObject, QRectF, Qt, QTimer
from PySide6.QtGui import QPainter, QPen, QPixmap

from gui.canvas import paint
from gui.canvas.far_blocks import FarBlocks
from gui.canvas.table import Floats
from gui.canvas.whereabouts import curves, sampled
from gui.theme import Theme, theme

if TYPE_CHECKING:
    from gui.canvas.scene import CanvasScene
    from gui.canvas.sight import Sight

BEYOND = 0.3
"""How far beyond the view wires are drawn, so that pulling it about shows them at once."""

BREATH = 0.007
"""Seconds that are drawn at a time; then the window may answer."""

LINES = 600
"""Lines that are drawn between two looks at the clock."""

WIRES = 2_000
"""Wires whose lines are found at a time."""

BENT, PARTS = 20.0, 8
"""Pixels from which a wire is drawn as a curve, and the straight pieces of it."""

SHORTEST = 0.7
"""Pixels below which a line would not be seen."""


@dataclass(frozen=True, slots=True)
class Frame:
    """What a picture of wires shows.

    Attributes
    ----------
    zoom
        Pixels a scene unit.
    part
        The part of the scene.
    version
        Which state of the scene.
    colours
        The theme.
    """

    zoom: float
    part: QRectF
    version: int
    colours: Theme

    def suits(self, wanted: Frame) -> bool:
        """Tell whether it shows all that another one wants to show."""
        same = (self.zoom, self.version, self.colours) == (
            wanted.zoom,
            wanted.version,
            wanted.colours,
        )
        return same and self.part.contains(wanted.part)


class FarPicture(QObject):
    """Wires from a picture that is drawn a little at a time, and blocks as they are now.

    As long as there is no new picture of the wires, the last one is shown, moved and scaled.

    Parameters
    ----------
    view
        What it is painted on.
    """

    def __init__(self, view: Sight) -> None:
        super().__init__(view)
        self._view = view
        self._blocks = FarBlocks(view.canvas)
        self._shown: tuple[Frame, QPixmap] | None = None
        self._drawing: Iterator[tuple[Frame, QPixmap] | None] | None = None
        self._soon = QTimer(self, interval=0)
        self._soon.timeout.connect(self._go_on)

    def paint(self, painter: QPainter) -> None:
        """Paint what is in sight, in pixels."""
        view, c = self._view, theme()
        wanted = Frame(view.zoom, view.visible_rect(), view.canvas.version, c)
        if self._shown is None or not self._shown[0].suits(wanted):
            self._draw(wanted)
        painter.save()
        painter.resetTransform()
        if self._shown is not None:
            frame, picture = self._shown
            zoom = wanted.zoom
            corner = (frame.part.topLeft() - wanted.part.topLeft()) * zoom
            size = frame.part.size() * zoom
            light = view.canvas.lighting.light
            painter.setOpacity(1.0 if light is None else light.rest)
            painter.drawPixmap(QRectF(corner, size), picture, QRectF(picture.rect()))
            painter.setOpacity(1.0)
        self._blocks.paint(painter, wanted.part, wanted.zoom, c)
        painter.restore()

    @property
    def is_drawing(self) -> bool:
        """Whether wires are being drawn."""
        return self._drawing is not None

    def forget(self) -> None:
        """Draw nothing more."""
        self._soon.stop()
        self._drawing = None
        self._shown = None

    def _draw(self, wanted: Frame) -> None:
        if self._drawing is None:
            x, y = wanted.part.width() * BEYOND, wanted.part.height() * BEYOND
            part = wanted.part.adjusted(-x, -y, x, y)
            frame = Frame(wanted.zoom, part, wanted.version, wanted.colours)
            self._drawing = self._pictures(frame)
            self._soon.start()
            if self._shown is None:
                self._work()

    def _go_on(self) -> None:
        if self._work():
            self._view.viewport().update()

    def _work(self) -> bool:
        """Draw for a moment; tell whether a picture is finished."""
        until = time.perf_counter() + BREATH
        while self._drawing is not None and time.perf_counter() < until:
            done = next(self._drawing)
            if done is not None:
                self._shown, self._drawing = done, None
                self._soon.stop()
                return True
        return False

    def _pictures(self, frame: Frame) -> Iterator[tuple[Frame, QPixmap] | None]:
        """Draw the wires of a frame; give None as long as there is more to draw."""
        ratio = self._view.devicePixelRatioF()
        picture = QPixmap((frame.part.size() * (frame.zoom * ratio)).toSize())
        picture.fill(Qt.GlobalColor.transparent)
        yield None
        pen = _pen(frame)
        for _, pieces in _pieces(self._view.canvas, frame):
            painter = QPainter(picture)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(pen)
            painter.drawLines([QLineF(*piece) for piece in (pieces * ratio).tolist()])
            painter.end()
            yield None
        yield frame, picture


def paint_far(painter: QPainter, canvas: CanvasScene, frame: Frame) -> Generator[float]:
    """Paint wires and blocks in pixels from the corner of a part of the scene.

    Lines are painted some at a time, and each time told what share of them is.
    """
    light = canvas.lighting.light
    painter.setPen(_pen(frame))
    painter.setOpacity(1.0 if light is None else light.rest)
    for share, pieces in _pieces(canvas, frame):
        painter.drawLines([QLineF(*piece) for piece in pieces.tolist()])
        yield share
    painter.setOpacity(1.0)
    FarBlocks(canvas).paint(painter, frame.part, frame.zoom, frame.colours)


def _pen(frame: Frame) -> QPen:
    c = frame.colours
    return paint.pen(paint.pale(c.dim, c.bg, 0.3 + 0.8 * frame.zoom))


def _pieces(canvas: CanvasScene, frame: Frame) -> Iterator[tuple[float, Floats]]:
    """Give the straight lines that wires are drawn with, in pixels of the picture, some at a time.

    With them comes what share of all has been given before.
    """
    where = canvas.where
    # As they are now: between two of these, wires may come and go.
    ends = where.wires.numbers[where.wires_touching(frame.part)]
    led = [where.led[wire] for wire in where.led_in(frame.part)]
    for at in range(0, len(ends), WIRES):
        found = _lines_of(frame, ends[at : at + WIRES])
        for first in range(0, len(found), LINES):
            share = (at + WIRES * first / len(found)) / len(ends)
            yield min(share, 1.0), found[first : first + LINES]
    if led:
        found = _joined(frame, sampled(np.concatenate(led), PARTS))
        for first in range(0, len(found), LINES):
            yield 1.0, found[first : first + LINES]


def _lines_of(frame: Frame, ends: Floats) -> Floats:
    """Give the straight lines of wires without bends of which any is in the picture."""
    corner = np.array([frame.part.left(), frame.part.top()] * 2)
    pixels = (ends - corner) * frame.zoom
    across, down = np.abs(pixels[:, 2] - pixels[:, 0]), np.abs(pixels[:, 3] - pixels[:, 1])
    is_bent = (down >= 1) & (across + down > BENT)
    straight = pixels[~is_bent & (across + down > SHORTEST)]
    bent = _joined(frame, curves(ends[is_bent], PARTS))
    return np.concatenate((_seen(frame, straight), bent))


def _joined(frame: Frame, points: Floats) -> Floats:
    """Give the straight lines between points along curves, shape (points, 2, curves)."""
    corner = np.array([frame.part.left(), frame.part.top()])
    points = (points - corner[np.newaxis, :, np.newaxis]) * frame.zoom
    lines = np.concatenate((points[:-1], points[1:]), axis=1).transpose(0, 2, 1).reshape(-1, 4)
    return _seen(frame, lines)


def _seen(frame: Frame, lines: Floats) -> Floats:
    """Leave out the lines that do not touch the picture."""
    low, high = np.minimum(lines[:, :2], lines[:, 2:]), np.maximum(lines[:, :2], lines[:, 2:])
    size = np.array([frame.part.width(), frame.part.height()]) * frame.zoom
    found: Floats = lines[((high >= 0) & (low <= size)).all(axis=1)]
    return found
