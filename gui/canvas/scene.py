"""The scene: items that follow a document and a player, and never lead."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QPainterPath
from PySide6.QtWidgets import QGraphicsItem, QGraphicsScene

from engine.asking.gradient_map import GradientMap
from engine.asking.wrong_walk import WrongWalk
from engine.document import Bends, Place
from engine.graph import Block, Wire
from engine.marks import Box
from engine.moment import Moment
from engine.recording import BackwardStep, Recording, SeedStep
from engine.variable import Array
from engine.visible import Link
from gui.canvas import geometry, group_geometry
from gui.canvas.block_item import BlockItem
from gui.canvas.drafting import OUT, BendAt, Draft, Port, PortState
from gui.canvas.fading import Fading
from gui.canvas.folded_walk import FoldedWalk
from gui.canvas.folds import Folds
from gui.canvas.gate_item import GateItem
from gui.canvas.gates import gates
from gui.canvas.group_outline import GroupOutline
from gui.canvas.labels import Labels
from gui.canvas.lighting import Light, Lighting
from gui.canvas.shown import Shown
from gui.canvas.shown_marks import ShownMarks
from gui.canvas.variable_item import VariableItem
from gui.canvas.whereabouts import Whereabouts
from gui.canvas.wire_item import WireItem
from gui.checking import Checks, Verdict
from gui.document import AT_HOME, NO_BOXES, Homes, OpenDocument
from gui.links import Links
from gui.player import Player

BADNESS: dict[bool | None, int] = {False: 0, None: 1, True: 2}
"""Which of several verdicts counts: the smallest."""


class CanvasScene(QGraphicsScene):
    """What is drawn of a document at the player's moment.

    It begins at rest, at the start of its walk, and follows the player from `wake` to `rest`: the
    player is with the document in front.

    Attributes
    ----------
    draft
        The wire that is being drawn.
    aimed_wire
        The wire that a dragged block would go into.
    doomed
        The wires that are about to be cut.
    show_all
        Show every number at once, also those that the walk has not reached.
    ghost
        The run before a number was slid, to compare with; None if there is none.
    heat
        Sizes of gradients that the blocks are coloured by; None if they are not.
    checks
        What is known of whether gradients are true, while that is shown; None while it is not.
    wrong
        The walk by a wrong rule that is looked at; None if none is.
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
    homes
        What is dragged and would be in another group if it were let go, and in which.

    Signals
    -------
    light_changed
        Something else is lit.
    level_changed
        A group was entered or left.
    """

    level_changed = Signal()
    light_changed = Signal()

    def __init__(self, document: OpenDocument, player: Player) -> None:
        super().__init__()
        self.setItemIndexMethod(QGraphicsScene.ItemIndexMethod.BspTreeIndex)
        self.document = document
        self.player = player
        self.draft: Draft | None = None
        self.aimed_wire: Wire | None = None
        self.doomed: frozenset[Wire] = frozenset()
        self._ring: Port | None = None
        self._bend: BendAt | None = None
        self._led: tuple[Wire, Bends] | None = None
        self.show_all = False
        self.ghost: Recording | None = None
        self.heat: GradientMap | None = None
        self.checks: Checks | None = None
        self.wrong: WrongWalk | None = None
        self.fade = 1.0
        self._fading = Fading(self)
        self.faulty: frozenset[str] = frozenset()
        self._content: QRectF | None = None
        self.version = 0
        self._dragged: dict[str, Place] = {}
        self.homes = AT_HOME
        self._chosen: dict[str | Wire, None] = {}
        self._left_at: Moment | None = Moment(document.latest)
        self._shown = self._left_at
        self.folds = (document.folds_read or Folds(document)).held_by(document)
        self._walk_over = FoldedWalk(document, self.folds)
        self._is_stale = False
        self._gates: dict[Port, QPointF] = {}
        self._gate_items: list[GateItem] = []
        self._outlines: dict[str, GroupOutline] = {}
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
            (document.bent, self._on_bent),
            (document.marks_changed, self._on_mark),
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

    def place(self, block: str) -> Place:
        """Where a block stands; while it is dragged, where it is dragged to."""
        return self._dragged.get(block) or self.document.place(block)

    def changed_now(self, block: str) -> bool:
        """Whether the step under the cursor changes the gradient of a block's Variable."""
        step = self.moment.step
        if isinstance(step, SeedStep):
            return step.block == block
        if isinstance(step, BackwardStep):
            return any(part.wire.source == block for part in step.contributions)
        return False

    def port_position(self, port: Port) -> QPointF:
        """Where a port is; one inside a folded group is where the group has it."""
        seat = self.folds.stand_in(port.block)
        if seat == port.block:
            block, place = self.document.graph.block(port.block), self.place(port.block)
            if port.number == OUT:
                return geometry.output_port(block, place)
            return geometry.input_port(block, place, port.number)
        if seat is None:
            return self._gates.get(port, QPointF())
        face, place = self.folds.face(seat), self.place(seat)
        if port.number == OUT:
            return group_geometry.outlet(face.ports, place, face.outlet_of.get(port.block, 0))
        number = face.inlet_of.get((port.block, port.number), 0)
        return group_geometry.inlet(face.ports, place, number)

    def variable_position(self, block: str) -> QPointF:
        """Where the Variable of a block begins: at its output."""
        return self.port_position(Port(block, OUT))

    def wire_start(self, wire: Wire) -> QPointF:
        """Where a wire leaves its source."""
        return self.port_position(Port(wire.source, OUT))

    def wire_end(self, wire: Wire) -> QPointF:
        """Where a wire enters its target."""
        return self.port_position(Port(wire.target, wire.port))

    def bends_of(self, wire: Wire) -> Bends:
        """Give the bends of a wire that is seen; while something is dragged, where they go."""
        if self._led is not None and self._led[0] == wire:
            return self._led[1]
        led = self.document.drawing.bends(wire)
        if not led:
            return led
        source, target = self.folds.stand_in(wire.source), self.folds.stand_in(wire.target)
        if source is None or target is None:
            return ()
        to = self._dragged.get(source)
        if to is None or target not in self._dragged:
            return led
        at = self.document.place(source)
        return tuple(Place(x + to.x - at.x, y + to.y - at.y) for x, y in led)

    def way_of(self, wire: Wire) -> list[QPointF]:
        """Give where a wire starts, the places that it is led through, and where it ends."""
        bends = (QPointF(x, y) for x, y in self.bends_of(wire))
        return [self.wire_start(wire), *bends, self.wire_end(wire)]

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

    def ports_of(self, block: Block) -> Iterator[tuple[QPointF, PortState]]:
        """Go through the ports of a block: where each is and how it looks now."""
        numbers = [*range(len(self.document.graph.ports(block.id))), OUT]
        for number in numbers:
            port = Port(block.id, number)
            yield self.port_position(port), self.port_state(port)

    def ports_at(self, item: str) -> list[Port]:
        """List the ports of a block or a folded group, the inputs first."""
        if item in self.document.groups:
            return self.block_item(item).ports()
        count = len(self.document.graph.ports(item))
        return [*(Port(item, number) for number in range(count)), Port(item, OUT)]

    def port_state(self, port: Port) -> PortState:
        """Tell how a port looks: while a wire is drawn, whether it may take that wire."""
        draft = self.draft
        if draft is None:
            return "quiet"
        if port == draft.aimed:
            return "refused" if draft.reason else "doubtful" if draft.warning else "aimed"
        if port == draft.start:
            return "held"
        return "legal" if self.may_take(port) else "illegal"

    def may_take(self, port: Port) -> bool:
        """Whether a port may take the wire that is being drawn."""
        draft = self.draft
        wire = None if draft is None else draft.start.wire_to(port)
        if draft is None or wire is None or port.block in draft.closed:
            return False
        taken = self.document.graph.wires_into(wire.target)[wire.port]
        return taken is None or draft.replacing or taken == draft.unplugged

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

    def painted_in(self, part: QRectF) -> list[QGraphicsItem]:
        """Give all that is painted in a rectangle, also what cannot be hit; the lowest first."""
        self._items.make(part)
        mode, order = Qt.ItemSelectionMode.IntersectsItemBoundingRect, Qt.SortOrder.AscendingOrder
        return super().items(part, mode, order)

    def painted_far_in(self, part: QRectF) -> list[QGraphicsItem]:
        """Give what is painted besides the far picture: frames and notes; the lowest first."""
        drawn = [*self._outlines.values(), *self.marks.items.values()]
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

    # Selecting

    def selected_items(self) -> list[str]:
        """List the ids of the selected blocks and folded groups."""
        marks = self.marks
        return [f for f in self._chosen if not isinstance(f, Wire) and f not in marks]

    def selected_marks(self) -> list[str]:
        """List the ids of the selected frames and notes."""
        return [found for found in self._chosen if isinstance(found, str) and found in self.marks]

    def selected_groups(self) -> list[str]:
        """List the ids of the selected folded groups."""
        return [item for item in self.selected_items() if item in self.document.groups]

    def selected_blocks(self) -> list[str]:
        """List the ids of the selected blocks, with all that are in selected groups."""
        items = self.selected_items()
        if self.folds.is_plain:
            return items
        return [block for item in items for block in self.folds.blocks_of(item)]

    def selected_wires(self) -> list[Wire]:
        """List the selected wires, each with those that are seen as one with it."""
        drawn = [found for found in self._chosen if isinstance(found, Wire)]
        return [wire for first in drawn for wire in self.wires_along(first)]

    @property
    def has_selection(self) -> bool:
        """Whether anything is selected."""
        return bool(self._chosen)

    def is_selected(self, what: str | Wire) -> bool:
        """Tell whether a block, a folded group or a wire is selected."""
        return what in self._chosen

    def set_selected(self, what: str | Wire, *, on: bool) -> None:
        """Select a block or a wire besides what is selected, or leave it out."""
        if on != (what in self._chosen):
            if on:
                self._chosen[what] = None
            else:
                del self._chosen[what]
            self._after_selecting()

    def clearSelection(self) -> None:
        """Select nothing."""
        self._choose({})

    def select(self, blocks: Collection[str]) -> None:
        """Select these blocks and groups, or the groups around them, and marks; nothing else."""
        seats = [b if b in self.marks else self.folds.stand_in(b) or b for b in blocks]
        self._choose(dict.fromkeys(s for s in seats if s in self.where.blocks or s in self.marks))

    def _choose(self, chosen: dict[str | Wire, None]) -> None:
        if chosen != self._chosen:
            self._chosen = chosen
            self._after_selecting()

    def _after_selecting(self) -> None:
        self.update()
        self.selectionChanged.emit()

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
        if homes or self.homes:
            self.homes = homes
            for outline in self._outlines.values():
                outline.follow()
        touched = set(places) | set(self._dragged)
        self._dragged = places
        for block in touched:
            if block in self.where.blocks:
                self.follow_block(block)

    def follow_block(self, block: str) -> None:
        """Draw a block or a group, and all that hangs on it, where and as the document has it."""
        if block not in self.where.blocks:
            return
        self._items.follow(block)
        for group in self.document.groups.around(block) if self._outlines else ():
            if group in self._outlines:
                self._outlines[group].follow()
        self._touch()

    def results_of(self, item: str) -> list[str]:
        """List the blocks whose Variables an item gives: itself, or those of a group."""
        if item in self.document.groups:
            return list(self.folds.face(item).ports.outlets)
        return [item]

    def set_draft(self, draft: Draft | None) -> None:
        """Show a wire being drawn, or none; while only its end moves, nothing else is repainted."""
        before, self.draft = self.draft, draft
        if before is None or draft is None or draft.changes_ports(before):
            self.update()
        elif draft != before:
            for each in (before, draft):
                for piece in geometry.pieces(self.draft_path(each)):
                    self.update(piece)

    def draft_path(self, draft: Draft) -> QPainterPath:
        """The line of a wire that is being drawn."""
        start, end = self.port_position(draft.start), draft.end
        return geometry.wire_path(*((start, end) if draft.start.number == OUT else (end, start)))

    def set_aimed_wire(self, wire: Wire | None) -> None:
        """Show the wire that a dragged block would go into."""
        if wire != self.aimed_wire:
            self.aimed_wire = wire
            self.update()

    def set_ghost(self, before: Recording | None) -> None:
        """Show what every number was in another run, faintly, or no longer."""
        self.ghost = before
        self.update()

    def set_heat(self, on: bool) -> None:  # noqa: FBT001 - what a checkable action sends
        """Colour the blocks by the size of their gradients, or as the walk has it."""
        self.heat = GradientMap(self.recording) if on else None
        self.update()

    def set_wrong(self, walk: WrongWalk | None) -> None:
        """Mark what a wrong rule makes otherwise, or no longer."""
        if walk is not self.wrong:
            self.wrong = walk
            self.update()

    def wrong_gradient(self, block: str) -> Array | None:
        """Give the wrong gradient of a Variable that ends with one; None while it has the right."""
        walk, numbers = self.wrong, self.numbers
        if walk is None or walk.recording is not self.recording:
            return None
        right = numbers.gradient(block)
        if right is None or block not in walk.ends_otherwise:
            return None
        found = walk.gradient_at(block, numbers.cursor)
        is_same = found is not None and np.array_equal(found, right, equal_nan=True)
        return None if is_same else found

    @property
    def parting(self) -> str | None:
        """The block at which the wrong walk and the right one have parted, once they have."""
        walk = self.wrong
        if walk is None or walk.parted is None or walk.recording is not self.recording:
            return None
        if self.numbers.cursor < self.recording.turn + walk.parted:
            return None
        return walk.steps[walk.parted].block

    def set_fade(self, share: float) -> None:
        """Show so much of what the last step has brought."""
        self.fade = share
        self._repaint_step()

    def set_checks(self, checks: Checks | None) -> None:
        """Show on each block whether its gradient is true, or no longer."""
        self.checks = checks
        self.update()

    def verdict(self, item: str) -> Verdict | None:
        """Give the verdict on the gradient of a block, or the worst of a folded group's results."""
        if self.checks is None:
            return None
        found = [self.checks.verdict(block) for block in self.results_of(item)]
        known = [verdict for verdict in found if verdict is not None]
        return min(known, key=lambda verdict: BADNESS[verdict.agrees], default=None)

    def set_doomed(self, wires: frozenset[Wire]) -> None:
        """Show the wires that are about to be cut."""
        if wires != self.doomed:
            self.doomed = wires
            self.update()

    @property
    def bend(self) -> BendAt | None:
        """The bend that is held or that the keyboard is at; None while its wire is not selected."""
        bend = self._bend
        if bend is None or bend.wire not in self._chosen or len(self._chosen) != 1:
            return None
        return bend if bend.number < len(self.bends_of(bend.wire)) else None

    def select_bend(self, bend: BendAt | None) -> None:
        """Select a bend, and its wire with it; or none."""
        self._bend = bend
        if bend is not None:
            self._chosen = {bend.wire: None}
        self._after_selecting()

    def lead(self, wire: Wire, bends: Bends) -> None:
        """Show a wire led through other places than the document has it."""
        self._led = wire, bends
        self._on_bent(wire)

    def lead_back(self) -> None:
        """Show it as the document has it."""
        if self._led is not None:
            (wire, _), self._led = self._led, None
            self._on_bent(wire)

    @property
    def ring(self) -> Port | None:
        """The port that the keyboard is at; None while it is at a block, or nowhere."""
        ring, items = self._ring, self.selected_items()
        if ring is None or len(items) != 1 or ring not in self.ports_at(items[0]):
            return None
        return ring

    def set_ring(self, ring: Port | None) -> None:
        """Lead the keyboard to a port, or away from it."""
        self._ring = ring
        self._after_selecting()

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
                self._items.wires[each].update()

    def set_show_all(self, show: bool) -> None:  # noqa: FBT001 - what a checkable action sends
        """Show every number, or only those that the walk has reached."""
        self.show_all = show
        self.update()

    def closing(self, port: Port) -> frozenset[str]:
        """Find the blocks to which a wire from this port would close a circle."""
        graph = self.document.graph
        reach = graph.ancestors if port.number == OUT else graph.descendants
        return frozenset(reach(port.block) | {port.block})

    def content_rect(self) -> QRectF:
        """The smallest rectangle around all blocks and the ends of the walk."""
        if self._content is None:
            self._content = self.where.content()
            for each in self._outlines.values():
                self._content |= each.rect
            for gate in self._gate_items:
                self._content |= gate.outline.translated(gate.pos())
            self._content |= self.marks.content()
        return self._content

    def block_rect(self, block: str) -> QRectF:
        """The outline of a block, a folded group or a mark, or the tab of an open group."""
        if block in self.marks:
            return self.marks.rect(block)
        if block in self._outlines:
            return self._outlines[block].tab
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
        for item in self.selected_items():
            whole |= self.extent(item)
        return None if whole.isEmpty() else whole

    def tail(self, block: str) -> float:
        """Length of the short wire that leads to the end of a block that nothing uses."""
        value = self.recording.value(block)
        return geometry.TAIL if value is None or not value.ndim else geometry.ARRAY_TAIL

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
        graph = self.document.graph
        if self.folds.is_plain:
            self._bundles, self._gates = {}, {}
            self._walk_over.take(self._bundles)
            self._items.take_up(graph.blocks, graph.blocks, graph.wires())
        else:
            items, lines = self.folds.items(), self.folds.lines()
            self._bundles = {along[0]: along for along in lines.values()}
            self._walk_over.take(self._bundles)
            self._gates = gates(self, lines)
            self._items.take_up(items, self._variables_seen(items, lines), self._bundles)
        if self.lighting.light is not None:
            self._items.relight()
        chosen = self._chosen
        self._put_outlines()
        self._put_gates()
        self.marks.refold()
        self._touch()
        here = (self.where.blocks, self.where.wires, self.marks)
        self._choose({c: None for c in chosen if any(c in seen for seen in here)})
        self.update()

    def _put_outlines(self) -> None:
        """Draw an outline around each open group, anew."""
        for old in self._outlines.values():
            self.removeItem(old)
        self._outlines = {
            group: GroupOutline(group, len(self.document.groups.around(group)))
            for group in self.folds.opened()
        }
        for each in self._outlines.values():
            self.addItem(each)

    def _put_gates(self) -> None:
        """Draw where wires come in and go out, anew."""
        for old in self._gate_items:
            self.removeItem(old)
        graph = self.document.graph
        made = {}
        for port, at in self._gates.items():
            name = graph.block(port.block).name
            made[at.x(), at.y()] = GateItem(name, at, comes_in=port.number == OUT)
        self._gate_items = list(made.values())
        for gate in self._gate_items:
            self.addItem(gate)

    def outlines(self) -> list[GroupOutline]:
        """Give the outlines of all groups that are open."""
        return list(self._outlines.values())

    def rect_inside(self, group: str) -> QRectF:
        """The smallest rectangle around what is seen of an open group."""
        around = QRectF()
        coming = {member for member, home in self.homes.items() if home == group}
        for member in (self.document.groups.group(group).members - self.homes.keys()) | coming:
            if member in self._outlines:
                around |= self._outlines[member].rect
            elif member in self.where.blocks:
                around |= self.extent(member)
        return around

    def open_group_of(self, items: Iterable[str]) -> str | None:
        """Give the innermost open group that all of these are in."""
        around = [self.document.groups.around(item) for item in items]
        shared = [g for g in around[0] if all(g in other for other in around)] if around else []
        return next((group for group in reversed(shared) if group in self._outlines), None)

    def items_inside(self, group: str) -> list[str]:
        """List the blocks and the folded groups that are seen in an open group."""
        groups = self.document.groups
        return [item for item in self.where.blocks.keys if group in groups.around(item)]

    def _variables_seen(self, items: frozenset[str], lines: Iterable[Link]) -> set[str]:
        """Find the blocks whose Variables are seen: of blocks, at lines, and at groups."""
        groups = self.document.groups
        shown = {link.source for link in lines} | {item for item in items if item not in groups}
        for group in items & groups.all.keys():
            shown.update(self.folds.face(group).ports.outlets)
        return shown

    def _on_regrouped(self, groups: Collection[str]) -> None:
        for group in groups:
            self.folds.touch(group)
        self._is_stale = True

    def _on_edited(self) -> None:
        if self._is_stale:
            before = self.folds.entered
            if self.folds.still_inside() != before:
                self.enter(self.folds.still_inside())
            else:
                self.refold()

    # Following the document

    def _on_bent(self, wire: Wire) -> None:
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
        self.set_selected(block, on=False)
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
        self.set_selected(wire, on=False)
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
        if self.heat is not None:
            self.heat = GradientMap(self.recording)
        self._items.follow_recording()
        self._content = None
        self.update()

    def _on_moved(self) -> None:
        """Repaint what the step touches; all that is in view if the cursor moved."""
        before, self._shown = self._shown, self.moment
        if before.recording is self.moment.recording and before.cursor != self.moment.cursor:
            self.ghost = None  # who walks on has compared
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
            *(shown.wires.get(wire) for wire in wires),
        ):
            if item is not None:
                item.update()
