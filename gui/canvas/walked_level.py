"""A level at a moment of its walk: what the items on it ask before they paint themselves."""

from __future__ import annotations

from collections.abc import Collection

import numpy as np
from PySide6.QtCore import QRectF

from engine.graph import Wire
from engine.moment import Moment
from engine.recording import BackwardStep, Recording, SeedStep
from engine.variable import Array
from gui.canvas.block_item import BlockItem
from gui.canvas.drafting import OUT, Port
from gui.canvas.folded_walk import FoldedWalk
from gui.canvas.level import Level
from gui.canvas.plugging import Plugging
from gui.canvas.selection import Selection
from gui.canvas.shown import Shown
from gui.canvas.whereabouts import Whereabouts
from gui.player import Player


class WalkedLevel(Level):
    """What the items of a canvas ask.

    Attributes
    ----------
    player
        Where the walk is, of the document in front.
    left_at
        Where the walk was left, of one that is not in front.
    show_all
        Show every number at once, also those that the walk has not reached.
    walk_over
        The walk as it is seen over what is folded.
    shown
        The items that have been made.
    selection
        What is selected.
    plugging
        What is being connected or taken apart.
    hovered
        The wires at what the pointer is over.
    """

    player: Player
    left_at: Moment | None
    show_all: bool
    walk_over: FoldedWalk
    shown: Shown
    selection: Selection
    plugging: Plugging
    hovered: frozenset[Wire]

    @property
    def moment(self) -> Moment:
        """Where the walk is, or where it was left."""
        return self.left_at or self.player.moment

    @property
    def recording(self) -> Recording:
        """The run that is walked."""
        return self.moment.recording

    @property
    def numbers(self) -> Moment:
        """The moment whose numbers are shown: the walk's, or its end to show them all."""
        if self.show_all:
            return Moment(self.recording, max(len(self.recording) - 1, 0), 1.0)
        return self.moment

    def changed_now(self, block: str) -> bool:
        """Whether the step under the cursor changes the gradient of a block's Variable."""
        step = self.moment.step
        if isinstance(step, SeedStep):
            return step.block == block
        if isinstance(step, BackwardStep):
            return any(part.wire.source == block for part in step.contributions)
        return False

    def wires_shown_from(self, block: str) -> list[Wire]:
        """List the wires that are drawn from the output of a block."""
        wires, shown = self.document.graph.wires_from(block), self.where.wires
        return list(wires) if self.folds.is_plain else [wire for wire in wires if wire in shown]

    def marked_wires(self) -> set[Wire]:
        """List the wires that look otherwise than those that nothing happens to."""
        return {*self.travelling(), *self.hovered, *self.plugging.wires(), *self.selection.drawn()}

    def touch_wires(self, part: QRectF) -> None:
        """Have the wires in a part of the scene painted anew."""
        self.shown.lines.touch(part)

    def wires_along(self, wire: Wire) -> tuple[Wire, ...]:
        """List the wires that are seen as one with a wire, itself among them."""
        return self.walk_over.along(wire)

    def drawn_for(self, wire: Wire) -> Wire | None:
        """Give the wire that is drawn where a wire is seen; None if it is not seen."""
        if wire in self.where.wires:
            return wire
        first = self.wires_along(wire)[0]
        return first if first in self.where.wires else None

    def is_itself(self, block: str) -> bool:
        """Whether a block is seen as itself, and not as the group around it."""
        return self.folds.stand_in(block) == block

    def stops(self) -> tuple[int, ...] | None:
        """List the steps that a walk over the folded groups stops at; None if that is all."""
        return self.walk_over.stops(self.recording.course)

    def is_active(self, item: str) -> bool:
        """Whether the walk stands on a block, or in a folded group."""
        step = self.moment.step
        return step is not None and self.folds.stand_in(step.block) == item

    def is_past(self, group: str) -> bool:
        """Whether all in a group that the walk comes back through have passed their gradient on."""
        return self.walk_over.is_past(group, self.moment)

    def travelling(self) -> Collection[Wire]:
        """List the wires that are drawn and that the step sends a pulse along."""
        return self.walk_over.travelling(self.moment)

    def came_back(self, wire: Wire) -> Array | None:
        """What has come back along a wire that is drawn; the sum, where it stands for several."""
        parts = [self.numbers.came_back(along) for along in self.wires_along(wire)]
        values = [part for part in parts if part is not None]
        return np.asarray(sum(values[1:], values[0])) if values else None

    def ports_at(self, item: str) -> list[Port]:
        """List the ports of a block or a folded group, the inputs first."""
        if item in self.document.groups:
            return self.block_item(item).ports()
        count = len(self.document.graph.ports(item))
        return [*(Port(item, number) for number in range(count)), Port(item, OUT)]

    @property
    def where(self) -> Whereabouts:
        """Where everything at this level is, in sight or not."""
        return self.shown.where

    def block_item(self, block: str) -> BlockItem:
        """Give the item of a block, or of the folded group around it."""
        return self.shown.block(self.folds.stand_in(block) or block)

    def has_item(self, block: str) -> bool:
        """Whether a block is seen at this level, as itself or as the group around it."""
        return (self.folds.stand_in(block) or block) in self.where.blocks
