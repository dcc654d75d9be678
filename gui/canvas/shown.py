"""The items of what is in sight: made when it comes into view, let go when it is far out of it."""

from __future__ import annotations

from collections.abc import Generator, Iterable, Iterator
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, QSizeF

from engine.graph import Wire
from gui.canvas import geometry
from gui.canvas.block_item import BlockItem
from gui.canvas.covering import Covering
from gui.canvas.item import FAR
from gui.canvas.items import Items
from gui.canvas.seen import Seen, box, ends_of, led
from gui.canvas.variable_item import VariableItem
from gui.canvas.whereabouts import Whereabouts

if TYPE_CHECKING:
    from gui.canvas.scene import CanvasScene

A_SLICE = 100
"""Blocks that items are made for at a time."""

LABEL = 130.0
"""How far a label reaches from the spot where it stands, in scene units."""


class Shown(Items):
    """The items of a canvas.

    Of a large graph only a small part can be in sight, and an item costs more than all that is
    known about a block. So the whereabouts tell what is in sight, and only that has items; whoever
    asks for the item of anything else gets it made.

    Parameters
    ----------
    canvas
        The scene that the items belong to.

    Attributes
    ----------
    where
        Where everything at the level that is looked at is, in sight or not.
    covering
        Which part of the scene has items.
    """

    def __init__(self, canvas: CanvasScene) -> None:
        super().__init__(canvas)
        self._sinks: dict[str, None] = {}
        self.where = Whereabouts()
        self.covering = Covering(canvas)

    @property
    def has_items(self) -> bool:
        """Whether what is in sight has items, or is seen from too far away for that."""
        return not self.covering.part.isEmpty()

    # What comes into sight

    def make(self, part: QRectF) -> None:
        """Make the items of all that a part of the scene touches."""
        for _ in self.making(part):
            pass

    def making(self, part: QRectF) -> Iterator[None]:
        """Make them, and pause after each that was not there, while anything may happen."""
        where, graph = self.where, self._canvas.document.graph
        for wire in where.wires_in(part):
            if wire not in self.wires and wire in where.wires:
                self._make_wire(wire)
                yield
        around = part.adjusted(-LABEL, -LABEL, LABEL, LABEL)
        results: set[str] = set()
        for item in where.blocks_in(around):
            if item not in where.blocks:
                continue
            results.update(self._canvas.results_of(item))
            if item not in self.blocks:
                self._make_block(item)
                yield
        results |= where.labelled_in(around)
        for block in results:
            if block in self.seen and block not in self.variables and block in graph:
                self._make_variable(block)
                yield
        for block in results:
            variable = self.variables.get(block)
            if variable is not None and variable.is_stale:
                variable.catch_up()
                yield

    def made_in(self, part: QRectF) -> Generator[float]:
        """Make the same a slice at a time; tell each time what share is made."""
        count = max(len(self.where.blocks_in(part)) // A_SLICE, 1)
        is_wide = part.width() > part.height()
        wide = part.width() / count if is_wide else 0.0
        high = 0.0 if is_wide else part.height() / count
        size = QSizeF(wide or part.width(), high or part.height())
        for number in range(count):
            corner = part.topLeft() + QPointF(wide, high) * number
            self.make(QRectF(corner, size))
            yield (number + 1) / count

    def show_part(self, part: QRectF, zoom: float) -> None:
        """Have items for a part of the scene, and for nothing far away from it."""
        if zoom < FAR:
            self.covering.end()
            self._keep((), (), ())
            return
        room = self.covering.move_to(part)
        if room is None:
            return
        near = room.adjusted(-LABEL, -LABEL, LABEL, LABEL)
        items = self.where.blocks_in(near)
        variables = self.where.labelled_in(near)
        variables.update(block for item in items for block in self._canvas.results_of(item))
        self._keep(set(items), variables, set(self.where.wires_in(near)))

    # Following

    def take_up(self, seen: Seen) -> None:
        """Have what is seen at the level that is looked at, and nothing else."""
        self.seen, self._sinks = seen.variables, seen.sinks
        self.where.blocks, self.where.wires, self.where.led = seen.blocks, seen.wires, seen.led
        self._keep(seen.blocks, seen.variables, seen.wires)
        self.lines.reach(self.where.content())
        lanes = self._canvas.lanes
        if seen.lanes is None:
            lanes.find()
            for wire in lanes.led:
                self._lead(wire)
        else:
            lanes.take_up(seen.lanes)
        # Folding may have put another item in the place of one that is kept.
        made: list[BlockItem | VariableItem] = [*self.blocks.values(), *self.variables.values()]
        for item in made:
            item.follow()
        # Those that run elsewhere are made anew where they are in sight.
        for wire in [wire for wire, item in self.wires.items() if item.is_elsewhere]:
            self._let_go(wire)
        self.covering.begin_anew()

    def follow(self, item: str) -> None:
        """Take in what a block or a group, and all that hangs on it, is like now."""
        canvas, made = self._canvas, self.blocks.get(item)
        stood = None if made is None else made.stands
        self.where.blocks.put(item, self._box(item))
        if made is not None or self._is_near(self.where.blocks[item]):
            made = self.block(item)
            made.follow()
            made.update()
            for block in canvas.results_of(item):
                self.variable(block)
        touched = dict.fromkeys(canvas.results_of(item))
        # Of one that has another name, say, the wires stay where they are.
        if made is None or made.stands != stood:
            touched.update((wire.source, None) for wire in self._wires_followed(item))
        for source in touched:
            self._follow_variable(source)

    def _wires_followed(self, item: str) -> Iterator[Wire]:
        """Take in where the wires at a block or a group run now."""
        for block in self._canvas.folds.blocks_of(item):
            for wire in self._canvas.document.graph.wires_at(block):
                if wire in self.where.wires:
                    self._follow_wire(wire)
                    yield wire

    def follow_end(self, block: str) -> None:
        """Take in that other wires go on from a block, or that its end is longer."""
        graph, seat = self._canvas.document.graph, self._canvas.folds.stand_in(block)
        if graph.block(block).is_function and not graph.use_count(block):
            self._sinks[block] = None
        else:
            self._sinks.pop(block, None)
        if seat is not None and seat in self.where.blocks:
            self.where.blocks.put(seat, self._box(seat))
        self._follow_variable(block)

    def follow_recording(self) -> None:
        """Let the ends be as long as the labels of their new values need."""
        changed = [block for block in self._sinks if self._tail(block) != self._canvas.tail(block)]
        for block in changed:
            self.follow_end(block)

    def _tail(self, block: str) -> float | None:
        """Tell how long the end of a block is drawn; None where that is not known."""
        item = self.variables.get(block)
        if item is not None:
            return item.tail
        if block not in self.where.blocks:
            return None  # it is in a folded group, which may have several
        _, _, right, _, end = self.where.blocks[block].tolist()
        return float(round(end - right - geometry.END, 3))

    def add_block(self, block: str) -> None:
        """Take in a new block."""
        self.where.blocks.put(block, self._box(block))
        if not self._canvas.folds.is_plain:
            self.seen = {*self.seen, block}
        self.follow_end(block)
        if self._is_near(self.where.blocks[block]):
            self.block(block)
            self.variable(block)

    def remove_block(self, block: str) -> None:
        """Forget a block."""
        self._sinks.pop(block, None)
        if block in self.where.blocks:
            self.where.blocks.drop(block)
        for item in (self.blocks.pop(block, None), self.variables.pop(block, None)):
            if item is not None:
                self._canvas.removeItem(item)

    def add_wire(self, wire: Wire) -> None:
        """Take in a new wire."""
        self._follow_wire(wire)
        self.follow_end(wire.source)

    def remove_wire(self, wire: Wire) -> None:
        """Forget a wire."""
        self.where.led.pop(wire, None)
        if wire in self.where.wires:
            self.where.wires.drop(wire)
        if wire in self.wires:
            self.wires[wire].touch()
            self._let_go(wire)
        if wire.source in self._canvas.document.graph:
            self.follow_end(wire.source)

    # Inside

    def _box(self, item: str) -> tuple[float, ...]:
        return box(self._canvas, item, self._sinks)

    def _is_near(self, box: Iterable[float]) -> bool:
        left, top, _, bottom, end = box
        whole = QRectF(left, top, end - left, bottom - top)
        return self.covering.part.intersects(whole.adjusted(-LABEL, -LABEL, LABEL, LABEL))

    def _follow_wire(self, wire: Wire) -> None:
        x, y, to_x, to_y = ends = ends_of(self._canvas, wire)
        self.where.wires.put(wire, ends)
        self._lead(wire)
        item = self.wires.get(wire)
        if item is not None:
            item.follow()
            return
        around = QRectF(QPointF(x, y), QPointF(to_x, to_y)).normalized().adjusted(-99, -9, 99, 9)
        if self.covering.part.intersects(around) or self.where.is_led_into(
            self.covering.part, wire
        ):
            self._make_wire(wire)

    def follow_bends(self, wire: Wire) -> None:
        """Take in that a wire is led elsewhere."""
        if wire in self.where.wires:
            self._follow_wire(wire)
            self._follow_variable(wire.source)

    def _lead(self, wire: Wire) -> None:
        """Note where a wire with bends or lanes runs."""
        self.where.led.pop(wire, None)
        way = led(self._canvas, wire, self.where.wires[wire])
        if way is not None:
            self.where.led[wire] = way

    def _follow_variable(self, block: str) -> None:
        item = self.variables.get(block)
        if item is not None:
            item.follow()
            item.update()
