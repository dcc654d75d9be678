"""All wires of a canvas, painted as one."""

from __future__ import annotations

from collections.abc import Generator, Iterator
from contextlib import contextmanager

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPainterPath
from PySide6.QtWidgets import QGraphicsItem, QStyleOptionGraphicsItem, QWidget

from gui.canvas import paint
from gui.canvas.item import FAR, CanvasItem
from gui.canvas.wire_item import WireItem, line_pen, passed
from gui.theme import theme

TOGETHER = 300
"""Wires that are painted in one go: of many more, each would cost several times as much."""


BEYOND = 1000.0
"""How much more room there is made than is needed at once, in scene units."""


class WiresItem(CanvasItem):
    """What paints the wires that have items: those that look alike in one go, the others over them.

    Some hundred may be in sight near by, and to be called for each costs several times what
    painting it does.
    """

    def __init__(self) -> None:
        super().__init__()
        self.setFlag(QGraphicsItem.GraphicsItemFlag.ItemUsesExtendedStyleOption)
        self._bounds = QRectF()
        self._is_unseen = False
        self._found: tuple[QRectF, list[WireItem]] | None = None
        self._by_source: dict[str, list[WireItem]] = {}

    def boundingRect(self) -> QRectF:
        """Room for all of them."""
        return self._bounds

    def shape(self) -> QPainterPath:
        """Wires are hit one by one."""
        return QPainterPath()

    def touch(self, part: QRectF) -> None:
        """Paint a part anew, in which a wire is or was."""
        self.forget()
        if not self._bounds.contains(part):
            self.reach(part.adjusted(-BEYOND, -BEYOND, BEYOND, BEYOND))
        if not self._is_unseen:
            self.update(part)

    def wires_in(self, part: QRectF) -> list[WireItem]:
        """List the wires in a part of the scene, what lies below first.

        A walk has the same part painted again and again, in which they are the same.
        """
        if self._found is None or self._found[0] != part:
            made = self.canvas.shown.wires.values()
            found = sorted((each for each in made if each.runs_through(part)), key=WireItem.zValue)
            self._found = QRectF(part), found
        return self._found[1]

    def wires_from(self, block: str) -> list[WireItem]:
        """List the wires from a block; of a Variable that is used far and wide, few have items."""
        if not self._by_source:
            for item in sorted(self.canvas.shown.wires.values(), key=WireItem.zValue):
                self._by_source.setdefault(item.wire.source, []).append(item)
        return self._by_source.get(block, [])

    def forget(self) -> None:
        """Forget which wires are where: one of them has come or gone, or runs otherwise."""
        self._found = None
        self._by_source.clear()

    @contextmanager
    def unseen(self) -> Iterator[None]:
        """Have nothing painted anew meanwhile: what is done to wires is not to be seen.

        They run out of sight, though the rectangles around them may well reach into it.
        """
        self._is_unseen = True
        try:
            yield
        finally:
            self._is_unseen = False

    def reach(self, part: QRectF) -> None:
        """Have room for the wires in a part, and go on to have it: more room has all painted anew.

        So there should be enough before wires come that are out of sight.
        """
        whole = self._bounds.united(part)
        if whole != self._bounds:
            self.prepareGeometryChange()
            self._bounds = whole

    def paint(
        self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None
    ) -> None:
        """Paint the wires in sight as they are at this moment."""
        del widget
        for _ in self.pieces(painter, option):
            pass

    def pieces(self, painter: QPainter, option: QStyleOptionGraphicsItem) -> Generator[None]:
        """Paint the same, and pause after some of them."""
        zoom = option.levelOfDetailFromTransform(painter.worldTransform())
        if zoom < FAR:
            return  # the far picture shows them
        canvas, c, seen = self.canvas, theme(), paint.exposed(painter, option)
        alike: dict[tuple[int, bool, float], list[QPainterPath]] = {}
        alone, numbers, marked = [], canvas.numbers, canvas.marked_wires()
        # What lies over what does not depend on which was made first.
        for item in self.wires_in(seen):
            if item.is_led or item.wire in marked:
                alone.append(item)
                continue
            look = passed(numbers, item.wire), item.goes_far, item.opacity()
            alike.setdefault(look, []).append(item.piece)
        strength = painter.opacity()
        for (how_far, goes_far, opacity), paths in sorted(alike.items(), key=lambda each: each[0]):
            for at in range(0, len(paths), TOGETHER):
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.setOpacity(strength * opacity)
                painter.setPen(line_pen(c, how_far, zoom, goes_far=goes_far))
                together = paths[at : at + TOGETHER]
                # Faint wires must not add up where they cross. The others are painted one by one:
                # twenty that part at one port take four times as long as one path.
                for path in [_joined(together)] if opacity < 1 else together:
                    painter.drawPath(path)
                yield
        for at, item in enumerate(alone, start=1):
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setOpacity(strength * item.opacity())
            item.paint(painter, option)
            if not at % TOGETHER:
                yield
        painter.setOpacity(strength)


def _joined(paths: list[QPainterPath]) -> QPainterPath:
    whole = QPainterPath()
    for path in paths:
        whole.addPath(path)
    return whole
