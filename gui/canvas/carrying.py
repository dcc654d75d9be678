"""What is carried about: each block where it goes; of very many a picture, and they stay."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPixmap, QTransform
from PySide6.QtWidgets import QStyleOptionGraphicsItem

from engine.document import Place
from engine.marks import Box
from gui.build_verbs import AT_HOME, NO_BOXES, Homes
from gui.canvas import paint
from gui.canvas.far import BEYOND, Frame
from gui.canvas.far_blocks import FarBlocks
from gui.canvas.item import FAR
from gui.canvas.table import Bools
from gui.theme import Theme, theme

if TYPE_CHECKING:
    from gui.canvas.scene import CanvasScene
    from gui.canvas.sight import Sight

MANY = 80
"""Blocks up to which each is seen on its way with all that hangs on it."""

MOST_LINES = 2_000
"""Wires in sight up to which they travel along."""

MOST_CARDS = 80
"""Blocks in sight up to which each is painted as it is seen near by."""

SHARE = 0.85
"""How much the picture covers what it passes."""


class Carrying:
    """What is shown so far from where it stands, until it is there or let be.

    The picture of very many blocks has the wires between them. It is drawn once, somewhat larger
    than the view, and then moved.

    Parameters
    ----------
    canvas
        The scene that it is in.

    Attributes
    ----------
    items
        The blocks and folded groups, just as they were told.
    """

    def __init__(self, canvas: CanvasScene) -> None:
        self._canvas = canvas
        self._blocks = FarBlocks(canvas)
        self._by = QPointF()
        self._shown: tuple[Frame, QPixmap] | None = None
        self.items: Collection[str] = ()

    @property
    def is_picture(self) -> bool:
        """Whether a picture is carried, and the blocks stay where they are."""
        return len(self.items) > MANY

    def show(
        self,
        items: Collection[str],
        by: QPointF,
        boxes: Mapping[str, Box] = NO_BOXES,
        homes: Homes = AT_HOME,
    ) -> None:
        """Show blocks so far from where they stand, and marks elsewhere.

        Parameters
        ----------
        items
            Ids of blocks and folded groups.
        boxes
            Where marks are shown.
        homes
            The groups in which something is shown that is not in them.
        """
        canvas = self._canvas
        if len(items) <= MANY:
            x, y = by.toTuple()
            there = ((item, canvas.document.place(item)) for item in items)
            canvas.drag({item: Place(at.x + x, at.y + y) for item, at in there}, boxes, homes)
            self.items = items
            return
        if items is not self.items:
            self.items, self._shown = items, None
        self._by = by
        canvas.marks.drag(boxes)
        canvas.open_groups.set_homes(homes)
        self._update()

    def end(self) -> None:
        """Show it where it stands."""
        if self.is_picture:
            self._update()
        self.items, self._shown = (), None

    def _update(self) -> None:
        for view in self._canvas.views():
            view.viewport().update()

    def paint(self, painter: QPainter, view: Sight) -> None:
        """Paint the picture over a view, in pixels."""
        if not self.is_picture:
            return
        part = view.visible_rect().translated(-self._by)
        wanted = Frame(view.zoom, part, self._canvas.version, theme())
        if self._shown is None or not self._shown[0].suits(wanted):
            x, y = part.width() * BEYOND, part.height() * BEYOND
            frame = Frame(wanted.zoom, part.adjusted(-x, -y, x, y), wanted.version, wanted.colours)
            self._shown = frame, self._drawn(frame, view.devicePixelRatioF())
        frame, picture = self._shown
        painter.save()
        painter.resetTransform()
        painter.setOpacity(SHARE)
        painter.drawPixmap((frame.part.topLeft() - part.topLeft()) * frame.zoom, picture)
        painter.restore()

    def _drawn(self, frame: Frame, ratio: float) -> QPixmap:
        picture = QPixmap((frame.part.size() * (frame.zoom * ratio)).toSize())
        picture.setDevicePixelRatio(ratio)
        picture.fill(Qt.GlobalColor.transparent)
        painter = QPainter(picture)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_outlines(painter, frame, frame.colours)
        table = self._canvas.where.blocks
        going: Bools = np.zeros(len(table), dtype=np.bool_)
        going[table.rows(self.items)] = True
        going &= self._canvas.where.blocks_touching(frame.part)
        self._paint_wires(painter, frame)
        if frame.zoom >= FAR and going.sum() <= MOST_CARDS:
            self._paint_items(painter, frame, table.chosen(going))
        else:
            self._blocks.paint_some(painter, frame.part, frame.zoom, frame.colours, going)
        painter.end()
        return picture

    def _paint_items(self, painter: QPainter, frame: Frame, blocks: Sequence[str]) -> None:
        """Paint blocks as they are seen where they stand."""
        option, before = QStyleOptionGraphicsItem(), painter.transform()
        corner = frame.part.topLeft()
        there = QTransform.fromScale(frame.zoom, frame.zoom).translate(-corner.x(), -corner.y())
        for block in blocks:
            item = self._canvas.block_item(block)
            painter.setTransform(item.sceneTransform() * there * before)
            item.paint(painter, option)
        painter.setTransform(before)

    def _paint_outlines(self, painter: QPainter, frame: Frame, c: Theme) -> None:
        """Paint the outlines of the open groups all of which are on their way."""
        outlines = self._canvas.open_groups
        for group in outlines.going(self.items):
            rect = outlines[group].rect
            room = QRectF((rect.topLeft() - frame.part.topLeft()) * frame.zoom, rect.size())
            room.setSize(rect.size() * frame.zoom)
            paint.box(painter, room, 4.0, None, paint.pen(c.dim, 1.4))

    def _paint_wires(self, painter: QPainter, frame: Frame) -> None:
        """Paint the wires between them that are in sight, unless these are very many."""
        where, c = self._canvas.where, frame.colours
        ends = where.wires.numbers
        rows = np.flatnonzero(where.wires_touching(frame.part))
        if not 0 < len(rows) <= MOST_LINES:
            return
        keys, folds, items = where.wires.keys, self._canvas.folds, set(self.items)
        inner = [
            row
            for row in rows.tolist()
            if folds.stand_in(keys[row].source) in items
            and folds.stand_in(keys[row].target) in items
        ]
        corner = np.array([frame.part.left(), frame.part.top()] * 2)
        painter.setPen(paint.pen(paint.pale(c.dim, c.bg, 0.7), 1.0))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)  # ten times as fast
        lines = (ends[inner] - corner) * frame.zoom
        painter.drawLines([QLineF(*line) for line in lines.tolist()])
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
