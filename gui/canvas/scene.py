"""The scene: items that follow a document and a player, and never lead."""

from __future__ import annotations

from collections.abc import Collection, Generator, Iterable, Mapping

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtWidgets import QGraphicsItem, QGraphicsScene

from engine.document import Change, Place
from engine.graph import Wire
from engine.marks import Box
from engine.moment import Moment
from engine.recording import BackwardStep, Recording, SeedStep
from engine.variable import Array
from gui.build_verbs import AT_HOME, NO_BOXES, Homes
from gui.canvas.block_item import BlockItem
from gui.canvas.drafting import OUT, Port
from gui.canvas.fading import Fading
from gui.canvas.findings import Findings
from gui.canvas.folded_walk import FoldedWalk
from gui.canvas.folds import Folds
from gui.canvas.labels import Labels
from gui.canvas.lanes import CanvasLanes
from gui.canvas.level import Level
from gui.canvas.lighting import Light, Lighting
from gui.canvas.lines import Lines
from gui.canvas.open_groups import OpenGroups
from gui.canvas.plugging import Plugging
from gui.canvas.seen import Seen, look
from gui.canvas.selection import Selection
from gui.canvas.shown import Shown
from gui.canvas.shown_marks import ShownMarks
from gui.canvas.variable_item import VariableItem
from gui.canvas.whereabouts import Whereabouts
from gui.canvas.wire_item import WireItem
from gui.document import OpenDocument
from gui.links import Links
from gui.player import Player


class CanvasScene(Level, QGraphicsScene):
    """What is drawn of a document at the player's moment.

    It begins at rest, at the start of its walk, and follows the player from `wake` to `rest`: the
    player is with the document in front.

    Attributes
    ----------
    selection
        What is selected.
    lines
        Where ports are and wires run.
    lanes
        Where wires are led between blocks.
    plugging
        What is being connected or taken apart.
    open_groups
        The outlines of groups that are open.
    findings
        What is shown besides the numbers of the walk.
    show_all
        Show every number at once, also those that the walk has not reached.
    fade
        How much is seen of what the last step has brought, where nothing travels.
    version
        Grows whenever anything is elsewhere than it was.
    folds
        Which level of the document is shown, and what is folded there.
    lighting
        What is lit while the rest is dimmed or hidden.
    hovered
        The wires at what the pointer is over.
    marks
        The frames and notes that are seen.

    Signals
    -------
    light_changed
        Something else is lit.
    level_changed
        A group was entered or left.
    """

    document: OpenDocument

    level_changed = Signal()
    light_changed = Signal()

    def __init__(self, document: OpenDocument, player: Player) -> None:
        super().__init__()
        self.setItemIndexMethod(QGraphicsScene.ItemIndexMethod.BspTreeIndex)
        self.document = document
        self.player = player
        self.plugging = Plugging(self)
        self.open_groups = OpenGroups(self)
        self.lines = Lines(self)
        self.lanes = CanvasLanes(self)
        self.findings = Findings(self)
        self.show_all = False
        self.fade = 1.0
        self._fading = Fading(self)
        self.faulty: frozenset[str] = frozenset()
        self._content: QRectF | None = None
        self.version = 0
        self.selection = Selection(self)
        self._left_at: Moment | None = Moment(document.latest)
        self._shown = self._left_at
        self.folds = Folds(document)
        self._walk_over = FoldedWalk(document, self.folds)
        self._is_stale = False
        self._bundles: dict[Wire, tuple[Wire, ...]] = {}
        self.lighting = Lighting(self)
        self.labels = Labels(self)
        self.hovered: frozenset[Wire] = frozenset()
        self._items = Shown(self)
        self.marks = ShownMarks(self)
        self.refold()
        self._links = Links(
            (document.block_added, self._add_block),
            (document.block_removed, self._remove_block),
            (document.block_changed, self._on_block_changed),
            (document.block_moved, self.follow_block),
            (document.wire_added, self._add_wire),
            (document.wire_removed, self._remove_wire),
            (document.bent, self.follow_bends),
            (document.marks_changed, self._on_mark),
            (document.many_changed, self._on_many_changed),
            (document.regrouped, self._on_regrouped),
            (document.edited, self._on_edited),
        )
        self._walk = Links()

    def wake(self) -> None:
        """Follow the player, which stands in the recording of the document now."""
        self._left_at = None
        self._walk = Links(
            (self.player.recording_changed, self._on_recording),
            (self.player.moved, self._on_moved),
        )
        self._shown = self.moment
        self._on_recording()

    def rest(self) -> None:
        """Stay where the walk is, because the player goes to another document."""
        self._left_at = self.moment
        self._walk.cut()

    def let_go(self) -> None:
        """Stop listening, because the document is closed."""
        self._walk.cut()
        self._links.cut()
        self.lanes.let_go()

    # What items ask

    @property
    def moment(self) -> Moment:
        """Where the walk is, or where it was left."""
        return self._left_at or self.player.moment

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
        wires = self.document.graph.wires_from(block)
        return [wire for wire in wires if self.folds.is_plain or wire in self.where.wires]

    def made_wires_from(self, block: str) -> list[WireItem]:
        """Give those items of the wires from a block that have been made."""
        wires, made = self.document.graph.wires_from(block), self._items.wires
        if len(made) < len(wires):
            return [item for wire, item in made.items() if wire.source == block]
        return [made[wire] for wire in wires if wire in made]

    def made_wires_in(self, part: QRectF) -> list[WireItem]:
        """Give those items of the wires in a part of the scene that have been made."""
        made = self._items.wires.values()
        return [item for item in made if item.boundingRect().intersects(part)]

    def marked_wires(self) -> set[Wire]:
        """List the wires that look otherwise than those that nothing happens to."""
        return {*self.travelling(), *self.hovered, *self.plugging.wires(), *self.selection.drawn()}

    def touch_wires(self, part: QRectF) -> None:
        """Have the wires in a part of the scene painted anew."""
        self._items.lines.touch(part)

    def wires_along(self, wire: Wire) -> tuple[Wire, ...]:
        """List the wires that are seen as one with a wire, itself among them."""
        return self._walk_over.along(wire)

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
        return self._walk_over.stops(self.recording.course)

    def is_active(self, item: str) -> bool:
        """Whether the walk stands on a block, or in a folded group."""
        step = self.moment.step
        return step is not None and self.folds.stand_in(step.block) == item

    def is_past(self, group: str) -> bool:
        """Whether all in a group that the walk comes back through have passed their gradient on."""
        return self._walk_over.is_past(group, self.moment)

    def travelling(self) -> Collection[Wire]:
        """List the wires that are drawn and that the step sends a pulse along."""
        return self._walk_over.travelling(self.moment)

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

    # Where things are

    @property
    def where(self) -> Whereabouts:
        """Where everything at this level is, in sight or not."""
        return self._items.where

    def show_part(self, part: QRectF, zoom: float) -> None:
        """Have items for what is in sight, near enough to be read."""
        self._items.show_part(part, zoom)

    def items(self, at: QPointF | QRectF) -> list[QGraphicsItem]:  # type: ignore[override] # of all that Qt offers, these two
        """Give the items at a point or in a rectangle, the topmost first."""
        self._items.make(at if isinstance(at, QRectF) else QRectF(at.x() - 1, at.y() - 1, 2, 2))
        return super().items(at)

    def made_in(self, part: QRectF) -> Generator[float]:
        """Have items for a part of the scene, some at a time; tell what share there is."""
        return self._items.made_in(part)

    def painted_in(self, part: QRectF) -> list[QGraphicsItem]:
        """Give all that is painted in a rectangle, also what cannot be hit; the lowest first."""
        self._items.make(part)
        mode, order = Qt.ItemSelectionMode.IntersectsItemBoundingRect, Qt.SortOrder.AscendingOrder
        found = super().items(part, mode, order)
        return [item for item in found if not isinstance(item, WireItem)]  # painted all at once

    def painted_far_in(self, part: QRectF) -> list[QGraphicsItem]:
        """Give what is painted besides the far picture: frames and notes; the lowest first."""
        drawn = [*self.open_groups.outlines(), *self.marks.items.values()]
        seen = (item for item in drawn if item.boundingRect().intersects(part))
        return sorted(seen, key=lambda item: item.zValue())

    def block_item(self, block: str) -> BlockItem:
        """Give the item of a block, or of the folded group around it."""
        return self._items.block(self.folds.stand_in(block) or block)

    def has_item(self, block: str) -> bool:
        """Whether a block is seen at this level, as itself or as the group around it."""
        return (self.folds.stand_in(block) or block) in self.where.blocks

    def block_items(self) -> list[BlockItem]:
        """Give the items of all blocks; of a large graph that takes its time."""
        return [self._items.block(item) for item in list(self.where.blocks.keys)]

    def variable_item(self, block: str) -> VariableItem | None:
        """Give the item of a block's Variable; None if it is not seen at this level."""
        return self._items.variable(block)

    def wire_item(self, wire: Wire) -> WireItem:
        """Give the item of a wire."""
        return self._items.wire(wire)

    def wire_items(self) -> list[WireItem]:
        """Give the items of all wires; of a large graph that takes its time."""
        return [self._items.wire(wire) for wire in list(self.where.wires.keys)]

    def reading_order(self) -> list[str]:
        """List the blocks as a person reads them: from the left, and down each column."""
        table = self.where.blocks
        left, top, right, bottom, _ = table.numbers.T
        order = np.lexsort((top + bottom, left + right))
        return self.lighting.seen([table.keys[row] for row in order.tolist()])

    # Following

    def drag(
        self,
        places: dict[str, Place],
        boxes: Mapping[str, Box] = NO_BOXES,
        homes: Homes = AT_HOME,
    ) -> None:
        """Show blocks and marks at other places than the document has them; `{}` ends that.

        The outlines of groups are shown around what would be in them then.
        """
        self.marks.drag(boxes)
        self.open_groups.set_homes(homes)
        touched = set(places) | set(self.lines.dragged)
        self.lines.dragged = places
        for block in touched:
            if block in self.where.blocks:
                self.follow_block(block)
        self.follow_lanes(self.lanes.drag(touched) if places else self.lanes.find())

    def follow_lanes(self, wires: Iterable[Wire]) -> None:
        """Draw wires that are led elsewhere now."""
        for wire in wires:
            self.follow_bends(wire)

    def follow_block(self, block: str) -> None:
        """Draw a block or a group, and all that hangs on it, where and as the document has it."""
        if block not in self.where.blocks:
            return
        self._items.follow(block)
        self.open_groups.follow(block)
        self._touch()

    def set_fade(self, share: float) -> None:
        """Show so much of what the last step has brought."""
        self.fade = share
        self._repaint_step()

    def set_light(self, light: Light | None) -> None:
        """Light some blocks and wires, and dim or hide the rest; None ends that."""
        if light != self.lighting.light:
            self.lighting.light = light
            self._items.relight()
            self.update()
            self.light_changed.emit()

    def hover(self, item: str | None, wire: Wire | None = None, port: Port | None = None) -> None:
        """Light the wires at what the pointer is over; at a port, those that are plugged in."""
        graph = self.document.graph
        found = {wire} if wire is not None else set()
        if port is not None and port.number == OUT:
            found.update(graph.wires_from(port.block))
        elif port is not None:
            found.update(w for w in graph.wires_into(port.block)[port.number :][:1] if w)
        for block in self.folds.blocks_of(item) if item is not None else ():
            found.update(graph.wires_at(block))
        hovered = frozenset(along for wire in found for along in self.wires_along(wire))
        changed, self.hovered = hovered ^ self.hovered, hovered
        for each in changed:
            if each in self._items.wires:
                self._items.wires[each].touch()

    def set_show_all(self, show: bool) -> None:  # noqa: FBT001 - what a checkable action sends
        """Show every number, or only those that the walk has reached."""
        self.show_all = show
        self.update()

    def content_rect(self) -> QRectF:
        """The smallest rectangle around all blocks and the ends of the walk."""
        if self._content is None:
            self._content = self.where.content()
            self._content |= self.open_groups.content()
            self._content |= self.marks.content()
        return self._content

    def block_rect(self, block: str) -> QRectF:
        """The outline of a block, a folded group or a mark, or the tab of an open group."""
        if block in self.marks:
            return self.marks.rect(block)
        if block in self.open_groups:
            return self.open_groups[block].tab
        item = self.folds.stand_in(block) or block
        if item not in self.where.blocks:
            return QRectF()
        left, top, right, bottom, _ = self.where.blocks[item].tolist()
        return QRectF(left, top, right - left, bottom - top)

    def extent(self, block: str) -> QRectF:
        """The smallest rectangle around a block and the end of its Variable."""
        item = self.folds.stand_in(block) or block
        if item not in self.where.blocks:
            return QRectF()
        left, top, _, bottom, end = self.where.blocks[item].tolist()
        return QRectF(left, top, end - left, bottom - top)

    def selected_area(self) -> QRectF | None:
        """The smallest rectangle around the selected blocks and their ends; None without any."""
        whole = QRectF()
        for item in self.selection.items():
            whole |= self.extent(item)
        return None if whole.isEmpty() else whole

    def _touch(self) -> None:
        """Forget what was worked out from where things are."""
        self._content = None
        self.version += 1

    # Folding

    def enter(self, group: str | None) -> None:
        """Look at the inside of a group alone; at the whole document with None."""
        self.folds.enter(group)
        self.document.within = group
        self.refold()
        self.level_changed.emit()

    def refold(self) -> None:
        """Draw what is seen at this level, and take the rest away."""
        self._is_stale = False
        seen = self._seen_ahead() or look(self)
        self.folds.take(seen.folds)
        self._bundles, self.lines.gates = seen.bundles, seen.gates
        self._walk_over.take(self._bundles)
        self._items.take_up(seen)
        if seen.recording is not self.recording:
            self._items.follow_recording()
        if self.lighting.light is not None:
            self._items.relight()
        self.open_groups.refold()
        self.marks.refold()
        self._touch()
        self.selection.keep_to_what_is_seen()
        self.update()

    def _seen_ahead(self) -> Seen | None:
        """Give what is seen, where it was found beside the window and is what is looked at."""
        ahead, seen = self.document.ahead, self.document.seen_read
        seen = seen if ahead is None else ahead.seen
        if seen is None or self.lines.dragged or seen.folds.entered != self.folds.entered:
            return None
        return seen

    def _on_regrouped(self, groups: Collection[str]) -> None:
        for group in groups:
            self.folds.touch(group)
        self._is_stale = True

    def _on_many_changed(self, changes: Iterable[Change]) -> None:
        if self.document.ahead is None:
            self.folds.touch_all(changes)
        else:
            self.folds.forget()
        self._is_stale = True
        self._on_edited()  # at once: who else is told may ask for what is seen

    def _on_edited(self) -> None:
        if self._is_stale:
            before = self.folds.entered
            if self.folds.still_inside() != before:
                self.enter(self.folds.still_inside())
            else:
                self.refold()
        self.follow_lanes(self.lanes.find())

    # Following the document

    def follow_bends(self, wire: Wire) -> None:
        """Draw a wire through the places that it is led through now."""
        drawn = self.drawn_for(wire)
        if drawn is not None:
            self._items.follow_bends(drawn)
        self._touch()

    def _on_mark(self, mark: str) -> None:
        if not self._is_stale:
            self.marks.follow(mark)
        self._touch()

    def _on_block_changed(self, block: str) -> None:
        if self.is_itself(block):
            self.follow_block(block)
        elif self.document.graph.block(block).is_function:  # it may have other ports now
            self.folds.touch(block)
            self._is_stale = True

    def _add_block(self, block: str) -> None:
        if self.is_itself(block):
            self._items.add_block(block)
        else:
            self._is_stale = True
        self._touch()

    def _remove_block(self, block: str) -> None:
        self.selection.set(block, on=False)
        if block not in self.where.blocks:
            self._is_stale = True
        self._items.remove_block(block)
        self._touch()

    def _add_wire(self, wire: Wire) -> None:
        self.folds.touch(wire.source)
        self.folds.touch(wire.target)
        if self.is_itself(wire.source) and self.is_itself(wire.target):
            if not self.folds.is_plain:
                self._bundles[wire] = (wire,)
            self._items.add_wire(wire)
        else:
            self._is_stale = True
        self._touch()

    def _remove_wire(self, wire: Wire) -> None:
        self.folds.touch(wire.source)
        self.folds.touch(wire.target)
        self.selection.set(wire, on=False)
        self._bundles.pop(wire, None)
        if not (self.is_itself(wire.source) and self.is_itself(wire.target)):
            self._is_stale = True
        self._items.remove_wire(wire)
        self._touch()

    def _on_recording(self) -> None:
        recording = self.recording
        found = {problem.block for problem in recording.problems if problem.failed}
        if recording.first_bad is not None:
            found.add(recording.first_bad.block)
        seen = {self.folds.stand_in(block) for block in found if block in self.document.graph}
        self.faulty = frozenset(item for item in seen if item is not None)
        self.findings.follow_recording()
        self._items.follow_recording()
        self.follow_lanes(self.lanes.find())
        self._content = None
        self.update()

    def _on_moved(self) -> None:
        """Repaint what the step touches; all that is in view if the cursor moved."""
        before, self._shown = self._shown, self.moment
        if before.recording is self.moment.recording and before.cursor != self.moment.cursor:
            self.findings.ghost = None  # who walks on has compared
        if before.recording is not self.moment.recording or before.cursor != self.moment.cursor:
            self.update()
            self._fading.follow(before, self.moment)
            return
        self._repaint_step()

    def _repaint_step(self) -> None:
        """Repaint what the step touches."""
        step = self.moment.step
        if step is None:
            return
        shown, wires = self._items, self.travelling()
        seat = self.folds.stand_in(step.block) or step.block
        blocks = (step.block, *(wire.source for wire in wires))
        for item in (
            shown.blocks.get(seat),
            *(shown.variables.get(block) for block in blocks),
        ):
            if item is not None:
                item.update()
        for line in (shown.wires.get(wire) for wire in wires):
            if line is not None:
                line.touch()
