"""The scene: items that follow a document and a player, and never lead."""

from __future__ import annotations

from collections.abc import Generator, Iterable, Mapping

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtWidgets import QGraphicsItem, QGraphicsScene

from engine.document import Place
from engine.graph import Wire
from engine.marks import Box
from engine.moment import Moment
from gui.build_verbs import AT_HOME, NO_BOXES, Homes
from gui.canvas.block_item import BlockItem
from gui.canvas.carrying import Carrying
from gui.canvas.drafting import OUT, Port
from gui.canvas.elements import CanvasElements
from gui.canvas.fading import Fading
from gui.canvas.findings import Findings
from gui.canvas.folded_walk import FoldedWalk
from gui.canvas.folds import Folds
from gui.canvas.keeping_up import KeepingUp
from gui.canvas.labels import Labels
from gui.canvas.lanes import CanvasLanes
from gui.canvas.lighting import Light, Lighting
from gui.canvas.lines import Lines
from gui.canvas.open_groups import OpenGroups
from gui.canvas.plugging import Plugging
from gui.canvas.repainting import Repainting
from gui.canvas.selection import Selection
from gui.canvas.shown import Shown
from gui.canvas.shown_marks import ShownMarks
from gui.canvas.variable_item import VariableItem
from gui.canvas.walked_level import WalkedLevel
from gui.canvas.wire_item import WireItem
from gui.document import OpenDocument
from gui.links import Links
from gui.player import Player


class CanvasScene(WalkedLevel, QGraphicsScene):
    """What is drawn of a document at the player's moment.

    It begins at rest, at the start of its walk, and follows the player from `wake` to `rest`: the
    player is with the document in front.

    Attributes
    ----------
    left_at, player, show_all, walk_over, shown, selection, plugging, hovered
        As `WalkedLevel` has them.
    lines
        Where ports are and wires run.
    lanes
        Where wires are led between blocks.
    open_groups
        The outlines of groups that are open.
    findings
        What is shown besides the numbers of the walk.
    fade
        How much is seen of what the last step has brought, where nothing travels.
    version
        Grows whenever anything is elsewhere than it was.
    folds
        Which level of the document is shown, and what is folded there.
    lighting
        What is lit while the rest is dimmed or hidden.
    marks
        The frames and notes that are seen.
    carrying
        What is shown so far from where it stands.
    elements
        What is lit of its arrays while an element is pointed at.

    Signals
    -------
    light_changed
        Something else is lit.
    level_changed
        A group was entered or left.
    painting_waits
        Much of what is in sight is still being made, or it is there: until then, what was painted
        before stays.
    """

    document: OpenDocument

    level_changed = Signal()
    painting_waits = Signal(bool)
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
        self.left_at: Moment | None = Moment(document.latest)
        self._last_seen = self.left_at
        self.folds = Folds(document)
        self.walk_over = FoldedWalk(document, self.folds)
        self.lighting = Lighting(self)
        self.labels = Labels(self)
        self.hovered: frozenset[Wire] = frozenset()
        self.shown = Shown(self)
        self.marks = ShownMarks(self)
        self.carrying = Carrying(self)
        self._repainting = Repainting(self)
        self._keeping_up = KeepingUp(self)
        self._keeping_up.refold()
        self.elements = CanvasElements(self)
        self._walk = Links()

    def wake(self) -> None:
        """Follow the player, which stands in the recording of the document now."""
        self.left_at = None
        self._walk = Links(
            (self.player.recording_changed, self._on_recording),
            (self.player.moved, self._on_moved),
            (self.player.pointed.changed, self.elements.follow),
        )
        self._last_seen = self.moment
        self._on_recording()

    def rest(self) -> None:
        """Stay where the walk is, because the player goes to another document."""
        self.left_at = self.moment
        self._walk.cut()

    def let_go(self) -> None:
        """Stop listening, because the document is closed."""
        self._walk.cut()
        self._keeping_up.let_go()
        self.lanes.let_go()

    # Where things are

    def show_part(self, part: QRectF, zoom: float) -> None:
        """Have items for what is in sight, near enough to be read."""
        self.shown.show_part(part, zoom)

    def items(self, at: QPointF | QRectF) -> list[QGraphicsItem]:  # type: ignore[override] # of all that Qt offers, these two
        """Give the items at a point or in a rectangle, the topmost first."""
        self.shown.make(at if isinstance(at, QRectF) else QRectF(at.x() - 1, at.y() - 1, 2, 2))
        return super().items(at)

    def made_in(self, part: QRectF) -> Generator[float]:
        """Have items for a part of the scene, some at a time; tell what share there is."""
        return self.shown.made_in(part)

    def painted_in(self, part: QRectF) -> list[QGraphicsItem]:
        """Give all that is painted in a rectangle, also what cannot be hit; the lowest first."""
        self.shown.make(part)
        mode, order = Qt.ItemSelectionMode.IntersectsItemBoundingRect, Qt.SortOrder.AscendingOrder
        found = super().items(part, mode, order)
        return [item for item in found if not isinstance(item, WireItem)]  # painted all at once

    def painted_far_in(self, part: QRectF) -> list[QGraphicsItem]:
        """Give what is painted besides the far picture: frames and notes; the lowest first."""
        drawn = [*self.open_groups.outlines(), *self.marks.items.values()]
        seen = (item for item in drawn if item.boundingRect().intersects(part))
        return sorted(seen, key=lambda item: item.zValue())

    def block_items(self) -> list[BlockItem]:
        """Give the items of all blocks; of a large graph that takes its time."""
        return [self.shown.block(item) for item in list(self.where.blocks.keys)]

    def show_block(self, block: str) -> None:
        """Have the items of a block, in sight or not."""
        if block in self.where.blocks:
            self.shown.block(block)
        self.variable_item(block)

    def variable_item(self, block: str) -> VariableItem | None:
        """Give the item of a block's Variable; None if it is not seen at this level."""
        return self.shown.variable(block)

    def wire_item(self, wire: Wire) -> WireItem:
        """Give the item of a wire."""
        return self.shown.wire(wire)

    def wire_items(self) -> list[WireItem]:
        """Give the items of all wires; of a large graph that takes its time."""
        return [self.shown.wire(wire) for wire in list(self.where.wires.keys)]

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
        self.carrying.end()
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

    def follow_bends(self, wire: Wire) -> None:
        """Draw a wire through the places that it is led through now."""
        drawn = self.drawn_for(wire)
        if drawn is not None:
            self.shown.follow_bends(drawn)
        self.touch()

    def follow_block(self, block: str) -> None:
        """Draw a block or a group, and all that hangs on it, where and as the document has it."""
        if block not in self.where.blocks:
            return
        self.shown.follow(block)
        self.open_groups.follow(block)
        self.touch()

    def set_fade(self, share: float) -> None:
        """Show so much of what the last step has brought."""
        self.fade = share
        self._repainting.repaint_step()

    def set_light(self, light: Light | None) -> None:
        """Light some blocks and wires, and dim or hide the rest; None ends that."""
        if light != self.lighting.light:
            self.lighting.light = light
            self.shown.relight()
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
            if each in self.shown.wires:
                self.shown.wires[each].touch()

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

    def touch(self) -> None:
        """Forget what was worked out from where things are."""
        self._content = None
        self.version += 1

    # Folding

    def enter(self, group: str | None) -> None:
        """Look at the inside of a group alone; at the whole document with None."""
        self.folds.enter(group)
        self.document.within = group
        self._keeping_up.refold()
        self.level_changed.emit()

    def _on_recording(self) -> None:
        recording = self.recording
        found = {problem.block for problem in recording.problems if problem.failed}
        if recording.first_bad is not None:
            found.add(recording.first_bad.block)
        seen = {self.folds.stand_in(block) for block in found if block in self.document.graph}
        self.faulty = frozenset(item for item in seen if item is not None)
        self.findings.follow_recording()
        self.elements.follow_recording()
        self.shown.follow_recording()
        self.follow_lanes(self.lanes.find())
        self._content = None
        self.update()

    def _on_moved(self) -> None:
        before, self._last_seen = self._last_seen, self.moment
        if before.recording is self.moment.recording and before.cursor == self.moment.cursor:
            self._repainting.repaint_step()
            return
        self._repainting.follow(before, self.moment)
        if before.recording is self.moment.recording:
            self.findings.ghost = None  # who walks on has compared
        self._fading.follow(before, self.moment)
