"""Where the labels of a canvas stand: worked out when one is painted, after something has moved."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, TypeAlias

from PySide6.QtCore import QPointF, QRectF

from engine.document import Place
from engine.graph import Block, Wire
from engine.marks import Box
from engine.picture import sizes
from engine.picture.label_spots import Giver
from engine.picture.labels import LARGEST, USUAL, Spots, spots
from gui.canvas import geometry

if TYPE_CHECKING:
    from engine.recording import Recording
    from gui.canvas.scene import CanvasScene

ACROSS, ABOVE = 100.0, 92.0
"""How far the labels at a spot reach from it."""


LATELY = 6
"""Pictures of which it is remembered where the labels stood."""

Seen: TypeAlias = tuple[list[Box], list[Box], list[Giver]]
"""What `spots` is told: outlines, where chips stand, and Variables."""


class Labels:
    """Where the labels of a canvas stand that make way for blocks and for each other.

    Parameters
    ----------
    canvas
        The scene that they are seen on.
    """

    def __init__(self, canvas: CanvasScene) -> None:
        self._canvas = canvas
        self._version = -1
        self._recording: Recording | None = None
        self._seen: Seen | None = None
        self._lately: deque[tuple[Seen, Spots]] = deque(maxlen=LATELY)
        self._spots = USUAL
        self._told: tuple[object, ...] | None = None
        self._dragged: Mapping[str, Place] | None = None
        self._held: frozenset[str] = frozenset()

    def value(self, block: str) -> QPointF | None:
        """Give the point that a value stands above; None for the usual one."""
        self._catch_up()
        return None if block in self._held else _point(self._spots.values.get(block))

    def gradient(self, block: str) -> QPointF | None:
        """Give the point that a gradient stands below; None for the usual one."""
        self._catch_up()
        return None if block in self._held else _point(self._spots.gradients.get(block))

    def arrival(self, wire: Wire) -> QPointF | None:
        """Give the spot of what came back along a wire; None for the usual one."""
        self._catch_up()
        return None if wire.source in self._held else _point(self._spots.arrivals.get(wire))

    def arrivals_of(self, block: str) -> Mapping[Wire, Place]:
        """Give those spots that are not the usual ones, among them all along wires from a block."""
        self._catch_up()
        return {} if block in self._held else self._spots.arrivals

    def _catch_up(self) -> None:
        canvas = self._canvas
        if self._version == canvas.version and self._recording is canvas.recording:
            return
        if canvas.lines.dragged:
            # While a hand moves blocks, what hangs on them stands where it usually does, and the
            # rest stays: to find all spots anew at each move would take longer than a frame.
            if self._dragged is not canvas.lines.dragged:
                self._dragged = canvas.lines.dragged
                self._held = self._around(self._dragged)
            return
        self._dragged, self._held = None, frozenset()
        self._version, self._recording = canvas.version, canvas.recording
        where = canvas.where
        if len(where.blocks.keys) + len(where.wires.keys) > LARGEST:
            self._seen, self._told, self._spots = None, None, USUAL
            return
        # A number that is slid changes the version and nothing that labels make way for.
        before_told, self._told = self._told, self._telling()
        if before_told == self._told:
            return
        boxes, chips = self._boxes()
        seen = boxes, chips, list(self._givers())
        if seen == self._seen:
            return
        before, self._seen = self._spots, seen
        self._spots = self._found(seen)
        for _, (x, y) in _all(before) ^ _all(self._spots):
            canvas.update(QRectF(x - ACROSS, y - ABOVE, 2 * ACROSS, 2 * ABOVE))

    def _found(self, seen: Seen) -> Spots:
        """Find where they stand, or remember it: a pill has few widths while its number is slid."""
        for known, found in self._lately:
            if known == seen:
                return found
        found = spots(*seen)
        self._lately.append((seen, found))
        return found

    def _telling(self) -> tuple[object, ...]:
        """Tell what all that labels make way for is made of, so far as that may change."""
        canvas, where = self._canvas, self._canvas.where
        seen, values = self._seen_blocks(), canvas.recording.values
        return (
            tuple(block for block in seen if block.is_function),
            tuple(where.blocks.keys),
            where.blocks.numbers.tobytes(),
            tuple(where.wires.keys),
            where.wires.numbers.tobytes(),
            tuple((wire, points.tobytes()) for wire, points in where.led.items()),
            tuple(canvas.lines.laned.items()),
            frozenset(b.id for b in seen if getattr(values.get(b.id), "ndim", 0)),
        )

    def _around(self, items: Iterable[str]) -> frozenset[str]:
        """Find the blocks whose labels hang on some items: themselves, and what feeds them."""
        graph, folds = self._canvas.document.graph, self._canvas.folds
        blocks = {block for item in items for block in folds.blocks_of(item)}
        wires = (wire for block in blocks for wire in graph.wires_into(block))
        return frozenset(blocks | {wire.source for wire in wires if wire is not None})

    def _boxes(self) -> tuple[list[Box], list[Box]]:
        """List the outlines of all that labels make way for, and where chips stand."""
        blocks, graph = self._canvas.where.blocks, self._canvas.document.graph
        found, chips = [], []
        for item, row in zip(blocks.keys, blocks.numbers.tolist(), strict=True):
            left, top, right, bottom, end = row
            found.append(Box(left, top, right - left, bottom - top))
            middle = Place((left + right) / 2, (top + bottom) / 2)
            if end > right:
                found.append(Box(end - geometry.END, middle.y - 24, geometry.END, 48.0))
            is_function = item in graph and graph.block(item).is_function
            if is_function and not self._canvas.recording.is_array(item):
                chips.append(sizes.chips(graph.block(item), middle))
        return found, chips

    def _seen_blocks(self) -> list[Block]:
        """List the blocks whose Variables are seen: of what is folded, those at its ports."""
        graph = self._canvas.document.graph
        return [graph.block(block) for block in graph.blocks if block in self._canvas.shown.seen]

    def _givers(self) -> Iterator[Giver]:
        canvas = self._canvas
        for facts in self._seen_blocks():
            block = facts.id
            wires = canvas.wires_shown_from(block)
            is_itself = canvas.is_itself(block)
            if not (wires or (is_itself and facts.is_function)):
                continue
            at = Place(*canvas.lines.variable(block).toTuple())
            lines = tuple((wire, canvas.lines.line(wire)) for wire in wires)
            pill = geometry.size(facts) if is_itself and not facts.is_function else None
            yield Giver(
                block, at, lines, pill, canvas.tail(block), self._canvas.recording.is_array(block)
            )


def _point(at: Place | None) -> QPointF | None:
    return None if at is None else QPointF(*at)


def _all(spots: Spots) -> set[tuple[object, Place]]:
    """Tell all that stands somewhere, and where."""
    values = ((("value", block), at) for block, at in spots.values.items())
    gradients = ((("gradient", block), at) for block, at in spots.gradients.items())
    return {*values, *gradients, *spots.arrivals.items()}
