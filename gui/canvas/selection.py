"""What is selected on a canvas, and where on it the keyboard is."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING

import numpy as np

from engine.graph import Wire
from gui.canvas.drafting import BendAt, Port

if TYPE_CHECKING:
    from gui.canvas.scene import CanvasScene


class Selection:
    """What is selected, in the order in which it was.

    Items may be let go while they are out of sight, so it is kept here and not with them. Whatever
    it becomes, the scene's `selectionChanged` tells.
    """

    def __init__(self, canvas: CanvasScene) -> None:
        self._canvas = canvas
        self._chosen: dict[str | Wire, None] = {}
        self._ring: Port | None = None
        self._bend: BendAt | None = None
        self._number: tuple[str, tuple[int, ...]] | None = None

    def __bool__(self) -> bool:
        return bool(self._chosen)

    def __contains__(self, what: object) -> bool:
        """Tell whether a block, a folded group, a mark or a wire is selected."""
        return what in self._chosen

    # What it is

    def items(self) -> list[str]:
        """List the ids of the selected blocks and folded groups."""
        marks = self._canvas.marks.items
        # Each frame asks, and all of a large graph may be selected: this is several times quicker.
        return [found for found in self._chosen if type(found) is str and found not in marks]

    def marks(self) -> list[str]:
        """List the ids of the selected frames and notes."""
        marks = self._canvas.marks
        return [found for found in self._chosen if isinstance(found, str) and found in marks]

    def groups(self) -> list[str]:
        """List the ids of the selected folded groups."""
        groups = self._canvas.document.groups
        return [item for item in self.items() if item in groups]

    def blocks(self) -> list[str]:
        """List the ids of the selected blocks, with all that are in selected groups."""
        items, folds = self.items(), self._canvas.folds
        if folds.is_plain:
            return items
        return [block for item in items for block in folds.blocks_of(item)]

    def drawn(self) -> list[Wire]:
        """List the selected wires as they are drawn, each once."""
        return [found for found in self._chosen if type(found) is Wire]

    def wires(self) -> list[Wire]:
        """List the selected wires, each with those that are seen as one with it."""
        return [wire for first in self.drawn() for wire in self._canvas.wires_along(first)]

    # What it becomes

    def set(self, what: str | Wire, *, on: bool) -> None:
        """Select a block or a wire besides what is selected, or leave it out."""
        if on != (what in self._chosen):
            if on:
                self._chosen[what] = None
            else:
                del self._chosen[what]
            self._tell()

    def clear(self) -> None:
        """Select nothing."""
        self._take({})

    def choose(self, blocks: Collection[str]) -> None:
        """Select these blocks and groups, or the groups around them, and marks; nothing else."""
        canvas = self._canvas
        marks, folds, shown = canvas.marks.items, canvas.folds, canvas.where.blocks
        seats = blocks
        if not folds.is_plain:
            seats = [b if b in marks else folds.stand_in(b) or b for b in blocks]
        self._take(dict.fromkeys(seat for seat in seats if seat in shown or seat in marks))

    def keep_to_what_is_seen(self) -> None:
        """Leave out what is not drawn any more."""
        blocks, wires = self._canvas.where.blocks, self._canvas.where.wires
        marks = self._canvas.marks
        self._take({c: None for c in self._chosen if c in blocks or c in wires or c in marks})

    def _take(self, chosen: dict[str | Wire, None]) -> None:
        if chosen != self._chosen:
            self._chosen = chosen
            self._tell()

    def _tell(self) -> None:
        if self._ring is not None and self.ring is None:
            self._ring = None  # else it would be back when its block is selected the next time
        self._canvas.update()
        self._canvas.selectionChanged.emit()

    # Where the keyboard is

    @property
    def ring(self) -> Port | None:
        """The port that the keyboard is at; None while it is at a block, or nowhere."""
        ring = self._ring
        items = [] if ring is None else self.items()
        if ring is None or len(items) != 1 or ring not in self._canvas.ports_at(items[0]):
            return None
        return ring

    def set_ring(self, ring: Port | None) -> None:
        """Lead the keyboard to a port, or away from it."""
        self._ring = ring
        self._tell()

    @property
    def bend(self) -> BendAt | None:
        """The bend that is held or that the keyboard is at; None while its wire is not selected."""
        bend = self._bend
        if bend is None or bend.wire not in self._chosen or len(self._chosen) != 1:
            return None
        return bend if bend.number < len(self._canvas.lines.bends(bend.wire)) else None

    def set_bend(self, bend: BendAt | None) -> None:
        """Select a bend, and its wire with it; or none."""
        self._bend = bend
        if bend is not None:
            self._chosen = {bend.wire: None}
        self._tell()

    def number(self, block: str) -> tuple[int, ...] | None:
        """Give the index of the number in the array of an input that is slid.

        None while nothing of it was chosen, it is not selected alone, or it is not there any more.
        """
        if self._number is None or self._number[0] != block or set(self._chosen) != {block}:
            return None
        value, index = self._canvas.document.graph.block(block).value, self._number[1]
        if value is None or len(index) != value.ndim or not np.all(np.less(index, value.shape)):
            return None
        return index

    def set_number(self, block: str, index: tuple[int, ...]) -> None:
        """Choose a number in the array of an input."""
        self._number = block, index
        self._canvas.update()
