"""How the timeline is painted; what it costs depends on its width, not on the number of steps."""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from engine.moment import Moment
from engine.recording import Recording
from gui.measuring import width_of
from gui.panels.painting import handle, smooth, walk_colours, write
from gui.panels.step_label import step_labels
from gui.theme import Theme, font, mixed, theme

MARGIN = 26.0
"""Pixels left of the first step and right of the last, so that their labels fit."""

TRACK, HEAD, LABEL = 40.0, 16.0, 66.0
"""Heights of the track, the heads and the labels."""

LOOP = 13.0
"""From the track to the ends of the brackets around what is played over and over."""

ROOM = 46.0
"""Least pixels from label to label."""

CLOSEST = 9.0
"""Least pixels from tick to tick; closer ones are left out."""


@dataclass(frozen=True, slots=True)
class Scale:
    """Where each step stands.

    Attributes
    ----------
    width
        Of the whole timeline, in pixels.
    steps
        How many there are.
    turn
        Index of the first backward step.
    """

    width: float
    steps: int
    turn: int

    @property
    def spacing(self) -> float:
        """Pixels from one step to the next."""
        return (self.width - 2 * MARGIN) / max(self.steps - 1, 1)

    def x(self, place: float) -> float:
        """Give the pixel of a step, or of a place between two."""
        return MARGIN + place * self.spacing

    def step_at(self, x: float) -> int:
        """Give the step nearest to a pixel."""
        return min(max(round((x - MARGIN) / self.spacing), 0), max(self.steps - 1, 0))

    def handle(self, moment: Moment) -> float:
        """Give the pixel of the handle: on its way from the step before while the pulse travels."""
        return self.x(max(moment.cursor - 1 + moment.phase, 0))

    @property
    def border(self) -> float:
        """Pixel where blue ends and orange begins, half-way to the seed."""
        if self.turn >= self.steps:
            return self.x(max(self.steps - 1, 1))
        return self.x(max(self.turn - 0.5, 0))


def paint_timeline(
    painter: QPainter, scale: Scale, moment: Moment, hovered: int | None, *, focused: bool
) -> None:
    """Paint all of it, within the clip that is set."""
    smooth(painter)
    colours = theme()
    _paint_track(painter, scale, moment, colours)
    if not scale.steps:
        return
    _paint_heads(painter, scale, colours)
    _paint_ticks(painter, scale, moment, colours)
    _paint_labels(painter, scale, moment, colours)
    at = QPointF(scale.handle(moment), TRACK)
    if hovered is not None:
        strong, _ = walk_colours(colours, backward=hovered >= scale.turn)
        painter.setPen(QPen(strong, 1.5))
        painter.setBrush(colours.panel)
        painter.drawEllipse(QPointF(scale.x(hovered), TRACK), 5.5, 5.5)
    strong = colours.glow if at.x() > scale.border else colours.blue
    handle(painter, at, 8.5, strong, colours.panel)
    if focused:
        painter.setPen(QPen(colours.blue, 2))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawEllipse(at, 12, 12)


def paint_loop(painter: QPainter, scale: Scale, loop: tuple[int, int] | None) -> None:
    """Paint what is played over and over: a band behind the track, with a bracket at each end."""
    if loop is None or not scale.steps:
        return
    smooth(painter)
    colours = theme()
    left, right = scale.x(loop[0]) - 11, scale.x(loop[1]) + 11
    band = QRectF(left, TRACK - LOOP, right - left, 2 * LOOP)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colours.sel)
    painter.drawRoundedRect(band, 5, 5)
    painter.setPen(QPen(colours.ink, 1.6))
    for x, inwards in ((left, 4), (right, -4)):
        for y in (TRACK - LOOP, TRACK + LOOP):
            painter.drawLine(QPointF(x, y), QPointF(x + inwards, y))
        painter.drawLine(QPointF(x, TRACK - LOOP), QPointF(x, TRACK + LOOP))


def _paint_track(painter: QPainter, scale: Scale, moment: Moment, colours: Theme) -> None:
    left, right = scale.x(0), scale.x(max(scale.steps - 1, 1))
    if not scale.steps:
        _bar(painter, left, scale.width - MARGIN, colours.line)
        return
    at, border = scale.handle(moment), scale.border
    _bar(painter, left, border, _pale(colours, backward=False))
    _bar(painter, border, right, _pale(colours, backward=True))
    _bar(painter, left, min(at, border), colours.blue)
    _bar(painter, border, at, colours.glow)


def _pale(colours: Theme, *, backward: bool) -> QColor:
    strong, pale = walk_colours(colours, backward=backward)
    return mixed(pale, strong, 0.10)


def _bar(painter: QPainter, left: float, right: float, colour: QColor) -> None:
    if right > left:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour)
        painter.drawRoundedRect(QRectF(left, TRACK - 2.5, right - left, 5), 2.5, 2.5)


def _paint_heads(painter: QPainter, scale: Scale, colours: Theme) -> None:
    face = font(11, bold=True)
    forward = QRectF(scale.x(0) - 4, HEAD - 10, scale.border - scale.x(0), 20)
    left = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
    if scale.turn:
        write(painter, forward, "Forward", face, colours.blue, left)
    if scale.turn < scale.steps:
        room = max(scale.width - scale.border, 64)
        back = QRectF(min(scale.border, scale.width - room), HEAD - 10, room, 20)
        write(painter, back, "Backward", face, colours.orange, left)


def _paint_ticks(painter: QPainter, scale: Scale, moment: Moment, colours: Theme) -> None:
    if scale.spacing < CLOSEST:
        return
    radius = 4.0 if scale.spacing > 2 * CLOSEST else 2.5
    for index in range(scale.steps):
        backward = index >= scale.turn
        strong = colours.glow if backward else colours.blue
        done = index <= moment.cursor
        ink = strong if done else mixed(_pale(colours, backward=backward), strong, 0.55)
        painter.setPen(QPen(ink, 1.6))
        painter.setBrush(colours.panel)
        painter.drawEllipse(QPointF(scale.x(index), TRACK), radius, radius)


def _paint_labels(painter: QPainter, scale: Scale, moment: Moment, colours: Theme) -> None:
    clip = painter.clipBoundingRect()
    for index, text, room in labelled(scale, moment.recording, moment.cursor):
        area = QRectF(scale.x(index) - room / 2, LABEL - 9, room, 18)
        if not area.intersects(clip):
            continue
        strong, _ = walk_colours(colours, backward=index >= scale.turn)
        ink = strong if index <= moment.cursor else colours.dim
        if scale.spacing < CLOSEST:
            painter.setPen(QPen(mixed(colours.panel, ink, 0.5), 1))
            at = scale.x(index)
            painter.drawLine(QPointF(at, TRACK + 6), QPointF(at, TRACK + 12))
        face = font(12, italic=True, bold=index == moment.cursor)
        write(painter, area, text, face, ink)


def labelled(scale: Scale, recording: Recording, cursor: int) -> list[tuple[int, str, float]]:
    """Choose the steps that get a label, its wording, and the pixels that it may take.

    All of them if there is room; otherwise evenly many on either side of the turn, so that the
    first and the seed are among them, and always the one under the cursor.
    """
    if not scale.steps:
        return []
    every = max(ceil(ROOM / scale.spacing), 1)
    chosen = [*range(0, scale.turn, every), *range(scale.turn, scale.steps, every)]
    # Where two would meet, the cursor goes before the seed, and the seed before all others.
    for first in (scale.turn, cursor):
        if 0 <= first < scale.steps:
            chosen = [at for at in chosen if at == first or abs(at - first) >= every]
            chosen.append(first)
    labels = []
    for index in sorted(set(chosen)):
        edge = 2 * min(scale.x(index), scale.width - scale.x(index))
        room = min(every * scale.spacing - 6, edge)
        text, wanted = _wording(recording, index, room)
        labels.append((index, text, min(wanted, room)))
    return labels


def _wording(recording: Recording, index: int, room: float) -> tuple[str, float]:
    """Choose the longest wording that fits; the shortest if none does."""
    text, wanted = "", 0.0
    for text in step_labels(recording, index):
        wanted = width_of(text, font(12, italic=True, bold=True)) + 2
        if wanted <= room:
            break
    return text, wanted
