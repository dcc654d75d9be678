"""Elements of the arrays on a canvas: which one is pointed at, and what it has to do with."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QGraphicsScene

from engine.asking.seats import Element, Seat
from engine.values import value_text
from gui.canvas import geometry
from gui.canvas.array_cells import Focus, frame, index_at, paint_focus
from gui.canvas.block_item import BlockItem
from gui.canvas.pill_numbers import in_text, numbers_line, picture_area
from gui.canvas.variable_item import VariableItem
from gui.canvas.variable_labels import Label
from gui.pointed import in_recording

Index = tuple[int, ...]

if TYPE_CHECKING:
    from engine.recording import Recording
    from gui.canvas.scene import CanvasScene

AROUND = 3.0
"""Scene units that a frame may reach beyond an array."""


class Seen(NamedTuple):
    """An array as it is seen.

    Attributes
    ----------
    seat
        Which one it is.
    shape
        Its shape.
    area
        Where its picture stands, or the words that it is written in.
    words
        These words; empty for a picture.
    """

    seat: Seat
    shape: tuple[int, ...]
    area: QRectF
    words: str = ""

    def index_at(self, at: QPointF) -> Index | None:
        """Find the element at a point; None if there is none, or not each can be told there."""
        if not self.words:
            return index_at(self.area, self.shape, at)
        if not self.shape:
            return () if self.area.contains(at) else None
        numbers = in_text(self.area, self.words, self.shape)
        return next((index for index, area in numbers if area.contains(at)), None)

    def area_of(self, index: Index) -> QRectF:
        """Give where an element of what is written stands."""
        return dict(in_text(self.area, self.words, self.shape)).get(index, self.area)

    def paint(self, painter: QPainter, focus: Focus) -> None:
        """Light some elements."""
        if not self.words:
            paint_focus(painter, self.area, self.shape, focus)
            return
        lit = focus.some.mask
        places = list(in_text(self.area, self.words, self.shape)) if self.shape else []
        for index, area in places or [(focus.at or (), self.area)]:
            if not self.shape or lit[index]:
                inner = area.adjusted(0, 2, 0, -2) if self.shape else area
                frame(painter, inner, is_here=focus.at == index)


class CanvasElements:
    """The elements that are lit on a canvas.

    Parameters
    ----------
    canvas
        The scene, whose player knows which element is pointed at.
    """

    def __init__(self, canvas: CanvasScene) -> None:
        self._canvas = canvas
        self._found: dict[Seat, Focus] = {}
        self._found_for: tuple[Recording, Element, int] | None = None
        self._painted: dict[Seat, QRectF] = {}
        self._pictured: Element | None = None

    @property
    def element(self) -> Element | None:
        """The element that is pointed at."""
        canvas = self._canvas
        if self._pictured is not None:
            return in_recording(self._pictured, canvas.recording)
        if canvas.left_at is not None:
            return None  # another document is in front, and the player is there
        return canvas.player.pointed.in_recording(canvas.recording)

    def picture(self, element: Element | None) -> None:
        """Light what an element has to do with in a picture, where nobody points."""
        self._pictured = element

    def arrays(self, block: str) -> Iterator[Seen]:
        """List the arrays of a block as they are seen: the value first, and then the gradient."""
        canvas = self._canvas
        if block not in canvas.document.graph:
            return
        facts, item = canvas.document.graph.block(block), canvas.shown.blocks.get(block)
        if not facts.is_function and facts.value is not None and item is not None:
            box, value = item.outline.translated(item.pos()), facts.value
            if value.ndim and geometry.has_picture(facts):
                yield Seen(Seat(block), value.shape, picture_area(box, value))
            elif value.ndim:
                line = numbers_line(facts, box)
                yield Seen(Seat(block), value.shape, line, value_text(value))
        variable = canvas.shown.variables.get(block)
        for label in variable.labels() if variable is not None else ():
            yield _seen(block, label)

    def at(self, point: QPointF) -> Element | None:
        """Find the element that stands at a point of the scene."""
        canvas = self._canvas
        if canvas.recording.largest <= 1:
            return None
        near = QRectF(point.x() - 1, point.y() - 1, 2, 2)
        mode = Qt.ItemSelectionMode.IntersectsItemBoundingRect
        for item in QGraphicsScene.items(canvas, near, mode):
            if isinstance(item, VariableItem | BlockItem):
                for seen in self.arrays(item.block):
                    index = seen.index_at(point) if seen.area.contains(point) else None
                    if index is not None:
                        return Element(seen.seat, index)
        return None

    def hover(self, point: QPointF | None) -> None:
        """Point at the element under the pointer; one that the keyboard is at stays."""
        pointed = self._canvas.player.pointed
        element = None if point is None else self.at(point)
        if element is not None or not pointed.by_keys:
            pointed.point(element)

    def follow_recording(self) -> None:
        """Forget what was found in the run before, which may be very large."""
        self._found, self._found_for = {}, None

    def follow(self) -> None:
        """Have painted anew what was lit and what is lit now."""
        for area in self._painted.values():
            self._canvas.update(area)
        self._painted.clear()
        if self.element is not None:
            for seen, _ in self._lit():
                self._canvas.update(_around(seen.area))

    def paint(self, painter: QPainter) -> None:
        """Light the elements, over all that is painted."""
        if self.element is None:
            return
        for seen, focus in self._lit():
            seen.paint(painter, focus)
            self._painted[seen.seat] = _around(seen.area)

    def area(self) -> QRectF | None:
        """Give where the array stands that is pointed into; None if it is not seen."""
        element = self.element
        if element is None:
            return None
        found = (s.area for s in self.arrays(element.seat.block) if s.seat == element.seat)
        return next(found, None)

    def told(self) -> str:
        """Tell of the element under the pointer, if there is one."""
        element, canvas = self.element, self._canvas
        if element is None or canvas.player.pointed.by_keys:
            return ""
        from engine.asking.around import told_of  # noqa: PLC0415 - nobody points at first

        return told_of(canvas.numbers, element)

    def _lit(self) -> Iterator[tuple[Seen, Focus]]:
        focuses = self._focuses()
        for block in {seat.block: None for seat in focuses}:
            for seen in self.arrays(block):
                if seen.seat in focuses:
                    yield seen, focuses[seen.seat]

    def _focuses(self) -> dict[Seat, Focus]:
        """Find what is lit, or remember it."""
        element, canvas = self.element, self._canvas
        assert element is not None  # noqa: S101 - each caller has looked
        now = canvas.recording, element, len(canvas.shown.variables)
        if self._found_for is None or self._found_for != now:
            from engine.asking.around import around  # noqa: PLC0415 - none is pointed at first

            some = around(canvas.recording, element, canvas.shown.variables.__contains__)
            self._found = {
                seat: Focus(each, element.at if seat == element.seat else None)
                for seat, each in some.items()
            }
            self._found_for = now
        return self._found


def _seen(block: str, label: Label) -> Seen:
    words = "" if label.is_pictured else label.words
    return Seen(Seat(block, label.is_gradient), label.value.shape, label.area, words)


def _around(area: QRectF) -> QRectF:
    return area.adjusted(-AROUND, -AROUND, AROUND, AROUND)
