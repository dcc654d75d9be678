"""The scene: items that follow a document and a player, and never lead."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtWidgets import QGraphicsScene

from engine.document import Place
from engine.gradient_map import GradientMap
from engine.graph import Block, Wire
from engine.moment import Moment
from engine.recording import BackwardStep, Recording, SeedStep
from gui.canvas import geometry
from gui.canvas.block_item import BlockItem
from gui.canvas.drafting import OUT, Draft, Port, PortState
from gui.canvas.variable_item import VariableItem
from gui.canvas.wire_item import WireItem
from gui.document import OpenDocument
from gui.links import Links
from gui.player import Player


class CanvasScene(QGraphicsScene):
    """What is drawn of a document at the player's moment.

    Attributes
    ----------
    draft
        The wire that is being drawn.
    aimed_wire
        The wire that a dragged block would go into.
    show_all
        Show every number at once, also those that the walk has not reached.
    heat
        Sizes of gradients that the blocks are coloured by; None if they are not.
    """

    def __init__(self, document: OpenDocument, player: Player) -> None:
        super().__init__()
        self.setItemIndexMethod(QGraphicsScene.ItemIndexMethod.BspTreeIndex)
        self.document = document
        self.player = player
        self.draft: Draft | None = None
        self.aimed_wire: Wire | None = None
        self.show_all = False
        self.heat: GradientMap | None = None
        self.faulty: frozenset[str] = frozenset()
        self._content: QRectF | None = None
        self._is_far = False
        self._dragged: dict[str, Place] = {}
        self._blocks: dict[str, BlockItem] = {}
        self._variables: dict[str, VariableItem] = {}
        self._wires: dict[Wire, WireItem] = {}
        self._shown = player.moment
        for block in document.graph.blocks:
            self._add_block(block)
        for wire in document.graph.wires():
            self._add_wire(wire)
        self._links = Links(
            (document.block_added, self._add_block),
            (document.block_removed, self._remove_block),
            (document.block_changed, self.follow_block),
            (document.block_moved, self.follow_block),
            (document.wire_added, self._add_wire),
            (document.wire_removed, self._remove_wire),
            (player.recording_changed, self._on_recording),
            (player.moved, self._on_moved),
        )
        self._on_recording()

    def let_go(self) -> None:
        """Stop listening, because the window shows another document."""
        self._links.cut()

    # What items ask

    @property
    def moment(self) -> Moment:
        """Where the walk is."""
        return self.player.moment

    @property
    def recording(self) -> Recording:
        """The run that is walked."""
        return self.player.recording

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
        """Where a port is."""
        block, place = self.document.graph.block(port.block), self.place(port.block)
        if port.number == OUT:
            return geometry.output_port(block, place)
        return geometry.input_port(block, place, port.number)

    def wire_end(self, wire: Wire) -> QPointF:
        """Where a wire enters its target."""
        return self.port_position(Port(wire.target, wire.port))

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
        """Give the item of a block."""
        return self._blocks[block]

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

    def selected_blocks(self) -> list[str]:
        """List the ids of the selected blocks."""
        items = self.selectedItems()
        return [item.block for item in items if isinstance(item, BlockItem)]

    def selected_wires(self) -> list[Wire]:
        """List the selected wires."""
        items = self.selectedItems()
        return [item.wire for item in items if isinstance(item, WireItem)]

    def select(self, blocks: list[str]) -> None:
        """Select these blocks and nothing else."""
        self.clearSelection()
        for block in blocks:
            self._blocks[block].setSelected(True)

    def drag(self, places: dict[str, Place]) -> None:
        """Show blocks at other places than the document has them; `{}` ends that."""
        touched = set(places) | set(self._dragged)
        self._dragged = places
        for block in touched:
            if block in self._blocks:
                self.follow_block(block)

    def follow_block(self, block: str) -> None:
        """Draw a block, and all that hangs on it, where and as the document has it."""
        graph = self.document.graph
        before = self.extent(block)
        self._blocks[block].follow()
        self._variables[block].follow()
        for wire in graph.wires_at(block):
            if wire in self._wires:
                self._wires[wire].follow()
                self._variables[wire.source].follow()
        self._blocks[block].update()
        self._variables[block].update()
        if self.extent(block) != before:
            self._content = None

    def set_draft(self, draft: Draft | None) -> None:
        """Show a wire being drawn, or none."""
        self.draft = draft
        self.update()

    def set_aimed_wire(self, wire: Wire | None) -> None:
        """Show the wire that a dragged block would go into."""
        if wire != self.aimed_wire:
            self.aimed_wire = wire
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
        return self._content

    def set_far(self, far: bool) -> None:  # noqa: FBT001 - a state, not a choice between two acts
        """Leave the Variables out while they are too small to be read."""
        if far != self._is_far:
            self._is_far = far
            for variable in self._variables.values():
                variable.setVisible(not far)

    def block_rect(self, block: str) -> QRectF:
        """The outline of a block where it is drawn."""
        card = self._blocks[block]
        return card.outline.translated(card.pos())

    def extent(self, block: str) -> QRectF:
        """The smallest rectangle around a block and the end of its Variable."""
        variable = self._variables[block]
        return self.block_rect(block) | variable.outline.translated(variable.pos())

    def _add_block(self, block: str) -> None:
        card, variable = BlockItem(block), VariableItem(block)
        self._blocks[block], self._variables[block] = card, variable
        for item in (card, variable):
            self.addItem(item)
            item.follow()
        variable.setVisible(not self._is_far)
        self._content = None

    def _remove_block(self, block: str) -> None:
        self._content = None
        self._take(self._blocks.pop(block))
        self._take(self._variables.pop(block))

    def _add_wire(self, wire: Wire) -> None:
        item = self._wires[wire] = WireItem(wire)
        self.addItem(item)
        item.follow()
        self._follow_variable(wire.source)

    def _follow_variable(self, block: str) -> None:
        self._content = None
        self._variables[block].follow()
        self._variables[block].update()

    def _remove_wire(self, wire: Wire) -> None:
        self._take(self._wires.pop(wire))
        if wire.source in self._variables:
            self._follow_variable(wire.source)

    def _take(self, item: BlockItem | VariableItem | WireItem) -> None:
        item.setSelected(False)
        self.removeItem(item)

    def _on_recording(self) -> None:
        recording = self.recording
        found = {problem.block for problem in recording.problems if problem.failed}
        if recording.first_bad is not None:
            found.add(recording.first_bad.block)
        self.faulty = frozenset(found & set(self._blocks))
        if self.heat is not None:
            self.heat = GradientMap(self.recording)
        for sink in self.document.graph.sinks():
            if self._variables[sink].tail != self._variables[sink].tail_now:
                self._follow_variable(sink)
        self.update()

    def _on_moved(self) -> None:
        """Repaint what the step touches; all that is in view if the cursor moved."""
        before, self._shown = self._shown, self.moment
        if before.recording is not self.moment.recording or before.cursor != self.moment.cursor:
            self.update()
            return
        step = self.moment.step
        if step is None or step.block not in self._blocks:
            return
        self._blocks[step.block].update()
        self._variables[step.block].update()
        for wire in self.moment.travelling():
            if wire in self._wires:
                self._wires[wire].update()
                self._variables[wire.source].update()
