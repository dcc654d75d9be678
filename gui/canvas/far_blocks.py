"""The blocks from far away, each in the colour of what the walk has done with it."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from itertools import repeat
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter

from engine.graph import INPUT, Block, Wire
from engine.values import value_text
from engine.writing import notation_of
from gui.canvas import geometry, paint
from gui.canvas.badge import badge
from gui.canvas.dots import Dots
from gui.canvas.heat import Colours, heat_shade
from gui.canvas.table import Bools, Floats, Ints
from gui.contrast import ink_on
from gui.measuring import width_of
from gui.theme import Theme, font

if TYPE_CHECKING:
    from engine.asking.gradient_map import GradientMap
    from engine.course import Course
    from gui.canvas.scene import CanvasScene

DOT = 5.0
"""Pixels up to which a block is a dot in a strong colour; a larger one is a card with an edge."""

LEAST, MARK = 2.0, 9.0
"""Pixels that a dot takes at least, and the block at work."""

LEGIBLE, NARROWEST, BESIDE = 11, 16.0, 7.0
"""Pixels of the name of a folded group, of the narrowest group that has one, and how far the name
may reach beyond it."""

SMALLEST, LARGEST, SHARE = 8, 14, 0.5
"""Pixels of the symbol on a card, at least and at most, and its part of the height of the card."""

BADGE = 0.6
"""How large a badge is, compared with one that is seen from near."""

MOST_SYMBOLS = 150
"""Blocks in sight up to which they have symbols: more would be many to read, and slow to write."""

NEVER = np.iinfo(np.int64).max

WAITING, FORWARD, BACKWARD, BAD, CHOSEN, HEAT = range(6)
"""How a block looks; from HEAT on, by the size of its gradient. The later goes before the earlier
where dots fall together."""

SHADES = 15
"""Shades of the map of gradients, apart from the palest."""


class FarBlocks:
    """Paints blocks out of the whereabouts of a scene.

    Parameters
    ----------
    canvas
        The scene.
    """

    def __init__(self, canvas: CanvasScene) -> None:
        self._canvas = canvas
        self._steps: tuple[Course, list[str], int | None, Ints, Ints] | None = None
        self._heat: tuple[GradientMap, int, Ints] | None = None
        self._dots = Dots()

    def paint(self, painter: QPainter, part: QRectF, zoom: float, c: Theme) -> None:
        """Paint the blocks in a part of the scene, in pixels from its corner."""
        seen, light = self._canvas.where.blocks_touching(part), self._canvas.lighting.light
        if light is None:
            self.paint_some(painter, part, zoom, c, seen)
        else:
            lit, ends = self._canvas.lighting.lit()
            painter.setOpacity(light.rest)
            self.paint_some(painter, part, zoom, c, seen & ~lit)
            painter.setOpacity(1.0)
            corner = np.array([part.left(), part.top()] * 2)
            painter.setPen(paint.pen(c.dim, 1.4))
            painter.drawLines([QLineF(*line) for line in ((ends - corner) * zoom).tolist()])
            self.paint_some(painter, part, zoom, c, seen & lit)
        self._paint_chosen_wires(painter, part, zoom, c)
        self._paint_active(painter, part, zoom, c)
        self._paint_names(painter, part, zoom, c)

    def _paint_names(self, painter: QPainter, part: QRectF, zoom: float, c: Theme) -> None:
        """Paint the names of folded groups below them, or the last word where there is no room."""
        table = self._canvas.where.blocks
        type_face = font(LEGIBLE, bold=True)
        metrics = QFontMetricsF(type_face)
        for group in self._canvas.document.groups.all.values():
            if group.id not in table:
                continue
            left, top, right, bottom = table[group.id][:4].tolist()
            box = QRectF(left, top, right - left, bottom - top)
            room = QRectF((box.topLeft() - part.topLeft()) * zoom, box.size() * zoom)
            if box.intersects(part) and room.width() >= NARROWEST:
                below = QRectF(
                    room.left() - BESIDE, room.bottom() + 3, room.width() + 2 * BESIDE, 15
                )
                fits = metrics.horizontalAdvance(group.name) <= below.width()
                words = group.name if fits else group.name.split()[-1]
                paint.text(painter, below, words, type_face, c.ink)

    def paint_some(
        self, painter: QPainter, part: QRectF, zoom: float, c: Theme, seen: Bools
    ) -> None:
        """Paint some of the blocks, chosen by a mask, in pixels from the corner of a part."""
        where = self._canvas.where
        looks = self._looks()[seen]
        corner = np.array([part.left(), part.top()] * 2)
        boxes = (where.blocks.numbers[seen, :4] - corner) * zoom
        if geometry.CARD_WIDTH * zoom < DOT:
            order = np.argsort(looks, kind="stable")
            tints = np.array([colour.rgba() for colour in _strong(c)], dtype=np.uint32)
            size = round(part.width() * zoom), round(part.height() * zoom)
            ratio = painter.device().devicePixelRatioF()
            picture = self._dots.drawn(boxes[order], tints[looks[order]], size, ratio, LEAST)
            painter.drawImage(QPointF(0, 0), picture)
        else:
            _paint_cards(painter, boxes, looks, c)
            if self._has_symbols(len(boxes), zoom):
                rows, faces = np.flatnonzero(seen).tolist(), _faces(c)
                for row, box, look in zip(rows, boxes.tolist(), looks.tolist(), strict=True):
                    area = QRectF(QPointF(*box[:2]), QPointF(*box[2:]))
                    ink = c.ink if look < HEAT else ink_on(faces[look][0], c)
                    self._paint_symbol(painter, where.blocks.keys[row], area, c, ink)

    def _paint_symbol(
        self, painter: QPainter, item: str, box: QRectF, c: Theme, ink: QColor
    ) -> None:
        """Paint what a block computes, or how an input is called, and what was found of it."""
        graph = self._canvas.document.graph
        if item not in graph or box.height() < SMALLEST:
            return  # a group has its name below it
        words, italic = _symbol(graph.block(item))
        size = _size_of(words, round(box.width()), round(box.height()), italic)
        if size:
            paint.text(painter, box, words, font(size, bold=True, italic=italic), ink)
        self._paint_findings(painter, item, box, c)

    def _paint_findings(self, painter: QPainter, item: str, box: QRectF, c: Theme) -> None:
        """Paint the badge of a check, and where a wrong walk parts and ends otherwise."""
        findings = self._canvas.findings
        verdict = findings.verdict(item)
        if verdict is not None:
            painter.save()
            painter.translate(box.topLeft())
            painter.scale(BADGE, BADGE)
            badge(painter, QRectF(QPointF(), box.size()), verdict, c)
            painter.restore()
        if findings.parting == item:
            paint.box(painter, box.adjusted(-4, -4, 4, 4), 6, None, paint.dashes(c.bad, 1.6))
        if findings.wrong_gradient(item) is not None:
            below = QRectF(box.left() - 3, box.bottom() - 4, LEGIBLE, LEGIBLE)
            paint.box(painter, below, LEGIBLE / 2, c.bad_bg)
            paint.text(painter, below, "≠", font(LEGIBLE, bold=True), c.bad)

    def _has_symbols(self, count: int, zoom: float) -> bool:
        return count <= MOST_SYMBOLS and geometry.CARD_HEIGHT * zoom * SHARE >= SMALLEST

    def _looks(self) -> Ints:
        """Tell how each block looks, in the order of the whereabouts."""
        canvas, table = self._canvas, self._canvas.where.blocks
        if canvas.findings.heat is not None:
            looks = self._heat_of_each(canvas.findings.heat)
        else:
            value_at, back_at = self._step_of_each()
            cursor = canvas.numbers.cursor
            looks = np.where(value_at <= cursor, FORWARD, WAITING)
            looks[back_at <= cursor] = BACKWARD
        looks[table.rows(canvas.faulty)] = BAD
        looks[table.rows(canvas.selection.items())] = CHOSEN
        return looks

    def _step_of_each(self) -> tuple[Ints, Ints]:
        """Tell in which step each block gets its value, and in which it passes its gradient on."""
        canvas = self._canvas
        course, table, groups = canvas.recording.course, canvas.where.blocks, canvas.document.groups
        # Neither a number nor a place decides it; what is in a folded group may.
        inside = canvas.version if any(group in table for group in groups.all) else None
        asked = course, table.keys, inside
        if self._steps is None or self._steps[:3] != asked:
            at = [self._steps_in(steps) for steps in (course.value_steps, course.backward_steps)]
            self._steps = course, list(table.keys), inside, at[0], at[1]
        return self._steps[3:]

    def _steps_in(self, steps: Mapping[str, int]) -> Ints:
        """Tell the step of each block; of a folded group, that of the last block in it."""
        keys, folds = self._canvas.where.blocks.keys, self._canvas.folds
        found = np.array([steps.get(key, NEVER) for key in keys], dtype=np.int64)
        table = self._canvas.where.blocks
        for group in self._canvas.document.groups.all:
            if group in table:
                last = max(map(steps.get, folds.blocks_of(group), repeat(NEVER)))
                found[table.row(group)] = last
        return found

    def _heat_of_each(self, heat: GradientMap) -> Ints:
        """Tell how large the gradient of each block is, as a look."""
        version = self._canvas.version
        if self._heat is None or self._heat[:2] != (heat, version):
            shares = [heat.share(key) for key in self._canvas.where.blocks.keys]
            looks = [_look_of(share) for share in shares]
            self._heat = heat, version, np.array(looks, dtype=np.int64)
        return self._heat[2].copy()

    def _paint_chosen_wires(self, painter: QPainter, part: QRectF, zoom: float, c: Theme) -> None:
        canvas = self._canvas
        wires = set(canvas.selection.wires())
        if isinstance(canvas.plugging.aimed, Wire):
            wires.add(canvas.plugging.aimed)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(paint.pen(c.blue, 2.0))
        for wire in wires:
            painter.drawPath(geometry.line_path(canvas.lines.line(wire), part.topLeft(), zoom))

    def _paint_active(self, painter: QPainter, part: QRectF, zoom: float, c: Theme) -> None:
        """Mark the block at work, large enough to be found."""
        canvas = self._canvas
        step = canvas.moment.step
        if step is None or not canvas.has_item(step.block):
            return
        box = canvas.block_rect(step.block)
        corner = (box.topLeft() - part.topLeft()) * zoom
        mark = QRectF(corner, box.size() * zoom)
        grow = max(MARK - mark.width(), MARK - mark.height(), 0.0) / 2
        mark.adjust(-grow, -grow, grow, grow)
        light = c.glow if canvas.moment.is_backward else c.blue
        radius = min(mark.width(), mark.height()) * 0.2
        paint.glow(painter, mark, radius, light)
        edge = c.orange if canvas.moment.is_backward else c.blue
        fill = light if mark.width() <= 2 * MARK else c.card
        paint.box(painter, mark, radius, fill, paint.pen(edge, 1.6))
        if self._has_symbols(int(self._canvas.where.blocks_touching(part).sum()), zoom):
            self._paint_symbol(painter, step.block, mark, c, c.ink)


BESIDE_LETTERS = 3
"""Pixels that stay free to both sides of what stands on a small card."""


@lru_cache(maxsize=512)
def _size_of(words: str, width: int, height: int, italic: bool) -> int:  # noqa: FBT001
    """Choose the size of letters for words on a small card; 0 if they do not fit in any."""
    most = max(min(round(height * SHARE), LARGEST), SMALLEST)
    sizes = range(most, SMALLEST - 1, -1)
    faces = ((size, font(size, bold=True, italic=italic)) for size in sizes)
    return next(
        (size for size, face in faces if width_of(words, face) <= width - 2 * BESIDE_LETTERS), 0
    )


def _symbol(block: Block) -> tuple[str, bool]:
    """Say what stands on a small card, and whether it is a name."""
    if block.is_function:
        return notation_of(block.kind).symbol, False
    if block.kind == INPUT or block.value is None:
        return block.name, True
    return value_text(block.value, 3), False


def _look_of(share: float | None) -> int:
    """Give the look of a block on the map of gradients."""
    if share is None:
        return WAITING
    return BAD if share < 0 else HEAT + round(share * SHADES)


def _strong(c: Theme) -> tuple[QColor, ...]:
    """Colours of dots, by look."""
    grey, blue = paint.pale(c.dim, c.bg, 0.6), paint.pale(c.blue, c.bg, 0.75)
    return (grey, blue, c.orange, c.bad, c.ink, *(ground for ground, *_ in _heated(c)))


def _faces(c: Theme) -> tuple[Colours, ...]:
    """Ground and edge of cards, by look."""
    tinted = paint.pale(c.orange_bg, c.card, 0.55 if c.dark else 0.5)
    return (
        (paint.pale(c.card, c.bg, 0.6), c.line, 1.0),
        (c.card, paint.pale(c.blue, c.line, 0.35), 1.0),
        (tinted, paint.pale(c.orange, c.line, 0.45), 1.0),
        (c.bad_bg, c.bad, 1.6),
        (c.card, c.blue, 2.0),
        *_heated(c),
    )


def _heated(c: Theme) -> tuple[Colours, ...]:
    return tuple(heat_shade(shade / SHADES, c) for shade in range(SHADES + 1))


def _paint_cards(painter: QPainter, boxes: Floats, looks: Ints, c: Theme) -> None:
    """Paint each block as a small card."""
    faces = _faces(c)
    sizes = boxes.copy()
    sizes[:, 2:] -= boxes[:, :2]
    for look in np.unique(looks).tolist():
        fill, edge, width = faces[look]
        which: Bools = looks == look
        painter.setBrush(fill)
        painter.setPen(paint.pen(edge, width))
        painter.drawRects([QRectF(*box) for box in sizes[which].tolist()])
