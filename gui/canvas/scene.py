"""The scene: items that follow a document and a player, and never lead."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Signal
from PySide6.QtWidgets import QGraphicsScene

from engine.course import Course
from engine.document import Place
from engine.gradient_map import GradientMap
from engine.graph import Block, Wire
from engine.moment import Moment
from engine.order import age
from engine.recording import BackwardStep, Recording, SeedStep
from engine.stops import stops
from engine.variable import Array
from engine.visible import Link
from gui.canvas import geometry, group_geometry
from gui.canvas.block_item import BlockItem
from gui.canvas.drafting import OUT, Draft, Port, PortState
from gui.canvas.folds import Folds
from gui.canvas.frame_item import FrameItem
from gui.canvas.gate_item import GateItem
from gui.canvas.gates import gates
from gui.canvas.group_item import GroupItem
from gui.canvas.variable_item import VariableItem
from gui.canvas.wire_item import WireItem
from gui.document import OpenDocument
from gui.links import Links
from gui.player import Player


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
    show_all
        Show every number at once, also those that the walk has not reached.
    ghost
        The run before a number was slid, to compare with; None if there is none.
    heat
        Sizes of gradients that the blocks are coloured by; None if they are not.
    folds
        Which level of the document is shown, and what is folded there.

    Signals
    -------
    level_changed
        A group was entered or left.
    """

    level_changed = Signal()

    def __init__(self, document: OpenDocument, player: Player) -> None:
        super().__init__()
        self.setItemIndexMethod(QGraphicsScene.ItemIndexMethod.BspTreeIndex)
        self.document = document
        self.player = player
        self.draft: Draft | None = None
        self.aimed_wire: Wire | None = None
        self.show_all = False
        self.ghost: Recording | None = None
        self.heat: GradientMap | None = None
        self.faulty: frozenset[str] = frozenset()
        self._content: QRectF | None = None
        self._is_far = False
        self._dragged: dict[str, Place] = {}
        self._blocks: dict[str, BlockItem] = {}
        self._variables: dict[str, VariableItem] = {}
        self._wires: dict[Wire, WireItem] = {}
        self._left_at: Moment | None = Moment(document.recording)
        self._shown = self._left_at
        self.folds = Folds(document)
        self._is_stale = False
        self._gates: dict[Port, QPointF] = {}
        self._lines: dict[Wire, Link] = {}
        self._stops: tuple[Course, tuple[int, ...]] | None = None
        self._gate_items: list[GateItem] = []
        self._frames: dict[str, FrameItem] = {}
        self._bundles: dict[Wire, tuple[Wire, ...]] = {}
        if self.folds.is_plain:
            for block in document.graph.blocks:
                self._add_block(block)
            for wire in document.graph.wires():
                self._add_wire(wire)
        else:
            self.refold()
        self._links = Links(
            (document.block_added, self._add_block),
            (document.block_removed, self._remove_block),
            (document.block_changed, self.follow_block),
            (document.block_moved, self.follow_block),
            (document.wire_added, self._add_wire),
            (document.wire_removed, self._remove_wire),
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

    def wires_shown_from(self, block: str) -> list[Wire]:
        """List the wires that are drawn from the output of a block."""
        return [wire for wire in self.document.graph.wires_from(block) if wire in self._wires]

    def wires_along(self, wire: Wire) -> tuple[Wire, ...]:
        """List the wires that are seen as the one that is drawn."""
        return self._bundles.get(wire, (wire,))

    def is_itself(self, block: str) -> bool:
        """Whether a block is seen as itself, and not as the group around it."""
        return self.folds.stand_in(block) == block

    def stops(self) -> tuple[int, ...] | None:
        """List the steps that a walk over the folded groups stops at; None if that is all."""
        if self.folds.is_plain:
            return None
        course = self.recording.course
        if self._stops is None or self._stops[0] is not course:
            self._stops = course, stops(course, self.document.groups, self.folds.entered)
        return self._stops[1]

    def is_active(self, item: str) -> bool:
        """Whether the walk stands on a block, or in a folded group."""
        step = self.moment.step
        return step is not None and self.folds.stand_in(step.block) == item

    def travelling(self) -> Collection[Wire]:
        """List the wires that are drawn and that the step sends a pulse along.

        A folded group is one stop of the walk, so a pulse runs along all its lines.
        """
        step, moved = self.moment.step, self.moment.travelling()
        if step is None or self.folds.is_plain:
            return moved
        seat = self.folds.stand_in(step.block)
        if seat is None or seat == step.block:
            return {
                drawn for drawn, along in self._bundles.items() if not {*along}.isdisjoint(moved)
            }
        course = self.recording.course
        inside = self.document.groups.blocks(seat)
        return {
            drawn
            for drawn in self._bundles
            if drawn.target in inside
            and drawn.source not in inside
            and not (self.moment.is_backward and drawn.source in course.constants)
        }

    def came_back(self, wire: Wire) -> Array | None:
        """What has come back along a wire that is drawn; the sum, where it stands for several."""
        parts = [self.numbers.contribution(along) for along in self.wires_along(wire)]
        values = [part.value for part in parts if part is not None]
        return np.asarray(sum(values[1:], values[0])) if values else None

    def ports_of(self, block: Block) -> Iterator[tuple[QPointF, PortState]]:
        """Go through the ports of a block: where each is and how it looks now."""
        numbers = [*range(len(self.document.graph.ports(block.id))), OUT]
        for number in numbers:
            port = Port(block.id, number)
            yield self.port_position(port), self.port_state(port)

    def port_state(self, port: Port) -> PortState:
        """Tell how a port looks: while a wire is drawn, whether it may take that wire."""
        draft = self.draft
        if draft is None:
            return "quiet"
        if port == draft.aimed:
            return "refused" if draft.reason else "aimed"
        if port == draft.start:
            return "aimed"
        return "legal" if self.may_take(port) else "illegal"

    def may_take(self, port: Port) -> bool:
        """Whether a port may take the wire that is being drawn."""
        draft = self.draft
        wire = None if draft is None else draft.start.wire_to(port)
        if draft is None or wire is None or port.block in draft.closed:
            return False
        taken = self.document.graph.wires_into(wire.target)[wire.port]
        return taken is None or taken == draft.unplugged

    # Following

    def block_item(self, block: str) -> BlockItem:
        """Give the item of a block, or of the folded group around it."""
        return self._blocks[self.folds.stand_in(block) or block]

    def has_item(self, block: str) -> bool:
        """Whether a block is seen at this level, as itself or as the group around it."""
        return (self.folds.stand_in(block) or block) in self._blocks

    def block_items(self) -> list[BlockItem]:
        """Give the items of all blocks."""
        return list(self._blocks.values())

    def wire_item(self, wire: Wire) -> WireItem:
        """Give the item of a wire."""
        return self._wires[wire]

    def reading_order(self) -> list[str]:
        """List the blocks as a person reads them: from the left, and down each column."""
        return sorted(self._blocks, key=lambda block: (self.place(block).x, self.place(block).y))

    def wire_items(self) -> list[WireItem]:
        """Give the items of all wires."""
        return list(self._wires.values())

    def selected_items(self) -> list[str]:
        """List the ids of the selected blocks and folded groups."""
        items = self.selectedItems()
        return [item.block for item in items if isinstance(item, BlockItem)]

    def selected_groups(self) -> list[str]:
        """List the ids of the selected folded groups."""
        return [item for item in self.selected_items() if item in self.document.groups]

    def selected_blocks(self) -> list[str]:
        """List the ids of the selected blocks, with all that are in selected groups."""
        items = self.selected_items()
        return [block for item in items for block in self.folds.blocks_of(item)]

    def selected_wires(self) -> list[Wire]:
        """List the selected wires, each with those that are seen as one with it."""
        items = self.selectedItems()
        drawn = [item.wire for item in items if isinstance(item, WireItem)]
        return [wire for first in drawn for wire in self.wires_along(first)]

    def select(self, blocks: Collection[str]) -> None:
        """Select these blocks and groups, or the groups around them, and nothing else."""
        self.clearSelection()
        for block in blocks:
            if self.has_item(block):
                self.block_item(block).setSelected(True)

    def drag(self, places: dict[str, Place]) -> None:
        """Show blocks at other places than the document has them; `{}` ends that."""
        touched = set(places) | set(self._dragged)
        self._dragged = places
        for block in touched:
            if block in self._blocks:
                self.follow_block(block)

    def follow_block(self, block: str) -> None:
        """Draw a block or a group, and all that hangs on it, where and as the document has it."""
        if block not in self._blocks:
            return
        before = self.extent(block)
        self._blocks[block].follow()
        for hanging in self._hanging_on(block):
            self._variables[hanging].follow()
            self._variables[hanging].update()
        self._blocks[block].update()
        for group in self.document.groups.around(block) if self._frames else ():
            if group in self._frames:
                self._frames[group].follow()
        if self.extent(block) != before:
            self._content = None

    def _hanging_on(self, item: str) -> dict[str, None]:
        """Move the wires at a block or a group; give the blocks whose Variables go with them."""
        found = dict.fromkeys(block for block in self._variables_of(item))
        for block in self.folds.blocks_of(item):
            for wire in self.document.graph.wires_at(block):
                if wire in self._wires:
                    self._wires[wire].follow()
                    found[wire.source] = None
        return found

    def results_of(self, item: str) -> list[str]:
        """List the blocks whose Variables an item gives: itself, or those of a group."""
        if item in self.document.groups:
            return list(self.folds.face(item).ports.outlets)
        return [item]

    def _variables_of(self, item: str) -> list[str]:
        """List the blocks whose Variables are seen at an item."""
        return [block for block in self.results_of(item) if block in self._variables]

    def set_draft(self, draft: Draft | None) -> None:
        """Show a wire being drawn, or none."""
        self.draft = draft
        self.update()

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
            self._content = QRectF()
            for block in self._blocks:
                self._content |= self.extent(block)
            for frame in self._frames.values():
                self._content |= frame.outline
            for gate in self._gate_items:
                self._content |= gate.outline.translated(gate.pos())
        return self._content

    def set_far(self, far: bool) -> None:  # noqa: FBT001 - a state, not a choice between two acts
        """Leave the Variables out while they are too small to be read."""
        if far != self._is_far:
            self._is_far = far
            for variable in self._variables.values():
                variable.setVisible(not far)

    def block_rect(self, block: str) -> QRectF:
        """The outline of a block or a folded group where it is drawn, or the tab of an open one."""
        if block in self._frames:
            return self._frames[block].tab
        if not self.has_item(block):
            return QRectF()
        card = self.block_item(block)
        return card.outline.translated(card.pos())

    def extent(self, block: str) -> QRectF:
        """The smallest rectangle around a block and the end of its Variable."""
        around = self.block_rect(block)
        for hanging in self._variables_of(block):
            variable = self._variables[hanging]
            around |= variable.outline.translated(variable.pos())
        return around

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
        self._stops = None
        self.folds.forget()
        items, lines = self.folds.items(), self.folds.lines()
        shown = self._variables_seen(items, lines)
        self._bundles = {along[0]: along for along in lines.values()}
        self._take_all_but(items, shown)
        self._gates = gates(self, lines)
        for item in sorted(items - self._blocks.keys(), key=age):
            self._put_block(item)
        for block in sorted(shown - self._variables.keys(), key=age):
            self._put_variable(block)
        for item in items & self.document.groups.all.keys():
            self.follow_block(item)
        self._put_lines(lines)
        for block in shown:
            self._variables[block].follow()
        self._put_frames()
        self._put_gates()
        self._content = None
        self.update()

    def _take_all_but(self, items: Collection[str], shown: Collection[str]) -> None:
        """Take away what is not seen any more: items, Variables and wires."""
        for wire in [wire for wire in self._wires if wire not in self._bundles]:
            self._take(self._wires.pop(wire))
        for item in [item for item in self._blocks if item not in items]:
            self._take(self._blocks.pop(item))
        for block in [block for block in self._variables if block not in shown]:
            self._take(self._variables.pop(block))

    def _put_lines(self, lines: Mapping[Link, tuple[Wire, ...]]) -> None:
        """Draw the lines that are new or end elsewhere than before."""
        before = self._lines
        self._lines = {along[0]: link for link, along in lines.items()}
        for wire, link in self._lines.items():
            if wire not in self._wires:
                self._put_wire(wire)
            elif before.get(wire) != link or link.start is None or link.end is None:
                self._wires[wire].follow()

    def _put_frames(self) -> None:
        """Draw a frame around each open group, anew."""
        for old in self._frames.values():
            self.removeItem(old)
        self._frames = {
            group: FrameItem(group, len(self.document.groups.around(group)))
            for group in self.folds.frames()
        }
        for frame in self._frames.values():
            self.addItem(frame)

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

    def frame_items(self) -> list[FrameItem]:
        """Give the frames of all groups that are open."""
        return list(self._frames.values())

    def rect_inside(self, group: str) -> QRectF:
        """The smallest rectangle around what is seen of an open group."""
        around = QRectF()
        for member in self.document.groups.group(group).members:
            if member in self._frames:
                around |= self._frames[member].outline
            elif member in self._blocks:
                around |= self.extent(member)
        return around

    def open_group_of(self, items: Iterable[str]) -> str | None:
        """Give the innermost open group that all of these are in."""
        around = [self.document.groups.around(item) for item in items]
        shared = [g for g in around[0] if all(g in other for other in around)] if around else []
        return next((group for group in reversed(shared) if group in self._frames), None)

    def items_inside(self, group: str) -> list[str]:
        """List the blocks and the folded groups that are seen in an open group."""
        groups = self.document.groups
        return [item for item in self._blocks if group in groups.around(item)]

    def _variables_seen(self, items: frozenset[str], lines: Iterable[Link]) -> set[str]:
        """Find the blocks whose Variables are seen: of blocks, at lines, and at groups."""
        groups = self.document.groups
        shown = {link.source for link in lines} | {item for item in items if item not in groups}
        for group in items & groups.all.keys():
            shown.update(self.folds.face(group).ports.outlets)
        return shown

    def _on_regrouped(self) -> None:
        self._is_stale = True

    def _on_edited(self) -> None:
        if self._is_stale:
            before = self.folds.entered
            if self.folds.still_inside() != before:
                self.enter(self.folds.still_inside())
            else:
                self.refold()

    def _put_block(self, item: str) -> None:
        made = GroupItem(item) if item in self.document.groups else BlockItem(item)
        self._blocks[item] = made
        self.addItem(made)
        made.follow()

    def _put_variable(self, block: str) -> None:
        variable = self._variables[block] = VariableItem(block)
        self.addItem(variable)
        variable.follow()
        variable.setVisible(not self._is_far)

    def _put_wire(self, wire: Wire) -> None:
        item = self._wires[wire] = WireItem(wire)
        self.addItem(item)
        item.follow()

    # Following the document

    def _add_block(self, block: str) -> None:
        self._content = None
        if self.is_itself(block):
            self._put_block(block)
            self._put_variable(block)
        else:
            self._is_stale = True

    def _remove_block(self, block: str) -> None:
        self._content = None
        if block not in self._blocks:
            self._is_stale = True
        for items in (self._blocks, self._variables):
            if block in items:
                self._take(items.pop(block))

    def _add_wire(self, wire: Wire) -> None:
        if self.is_itself(wire.source) and self.is_itself(wire.target):
            self._bundles[wire] = (wire,)
            self._put_wire(wire)
            self._follow_variable(wire.source)
        else:
            self._is_stale = True

    def _follow_variable(self, block: str) -> None:
        self._content = None
        if block in self._variables:
            self._variables[block].follow()
            self._variables[block].update()

    def _remove_wire(self, wire: Wire) -> None:
        self._bundles.pop(wire, None)
        if wire in self._wires:
            self._take(self._wires.pop(wire))
        if not (self.is_itself(wire.source) and self.is_itself(wire.target)):
            self._is_stale = True
        self._follow_variable(wire.source)

    def _take(self, item: BlockItem | VariableItem | WireItem) -> None:
        item.setSelected(False)
        self.removeItem(item)

    def _on_recording(self) -> None:
        recording = self.recording
        found = {problem.block for problem in recording.problems if problem.failed}
        if recording.first_bad is not None:
            found.add(recording.first_bad.block)
        seen = {self.folds.stand_in(block) for block in found if block in self.document.graph}
        self.faulty = frozenset(item for item in seen if item is not None)
        if self.heat is not None:
            self.heat = GradientMap(self.recording)
        for sink in self.document.graph.sinks():
            if (
                sink in self._variables
                and self._variables[sink].tail != self._variables[sink].tail_now
            ):
                self._follow_variable(sink)
        self.update()

    def _on_moved(self) -> None:
        """Repaint what the step touches; all that is in view if the cursor moved."""
        before, self._shown = self._shown, self.moment
        if before.recording is self.moment.recording and before.cursor != self.moment.cursor:
            self.ghost = None  # who walks on has compared
        if before.recording is not self.moment.recording or before.cursor != self.moment.cursor:
            self.update()
            return
        step = self.moment.step
        if step is None or not self.has_item(step.block):
            return
        self.block_item(step.block).update()
        if step.block in self._variables:
            self._variables[step.block].update()
        for wire in self.travelling():
            if wire in self._wires:
                self._wires[wire].update()
                self._variables[wire.source].update()
