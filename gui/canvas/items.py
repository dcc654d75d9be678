"""The items of a canvas that have been made: of blocks and groups, of Variables, and of wires."""

from __future__ import annotations

from collections.abc import Collection, Container
from typing import TYPE_CHECKING

from engine.graph import Wire
from gui.canvas.block_item import BlockItem
from gui.canvas.group_item import GroupItem
from gui.canvas.variable_item import VariableItem
from gui.canvas.wire_item import WireItem
from gui.canvas.wires_item import WiresItem

if TYPE_CHECKING:
    from gui.canvas.scene import CanvasScene


class Items:
    """What has been made; whoever asks for the item of anything else gets it made.

    Parameters
    ----------
    canvas
        The scene that the items belong to.

    Attributes
    ----------
    blocks, variables, wires
        The items, by what they show: those of blocks and folded groups, of Variables, of wires.
    lines
        What paints the wires.
    seen
        Ids of the blocks whose Variables are seen.
    """

    def __init__(self, canvas: CanvasScene) -> None:
        self._canvas = canvas
        self.seen: Collection[str] = frozenset()
        self.blocks: dict[str, BlockItem] = {}
        self.variables: dict[str, VariableItem] = {}
        self.wires: dict[Wire, WireItem] = {}
        self.lines = WiresItem()
        canvas.addItem(self.lines)

    def block(self, item: str) -> BlockItem:
        """Give the item of a block or a folded group."""
        return self.blocks.get(item) or self._make_block(item)

    def variable(self, block: str) -> VariableItem | None:
        """Give the item of a block's Variable; None if it is not seen at this level."""
        if block not in self.seen:
            return None
        return self.variables.get(block) or self._make_variable(block)

    def wire(self, wire: Wire) -> WireItem:
        """Give the item of a wire."""
        return self.wires.get(wire) or self._make_wire(wire)

    def relight(self) -> None:
        """Paint all items as strongly as what is lit now wants it."""
        lighting = self._canvas.lighting
        for block, item in self.blocks.items():
            item.setOpacity(lighting.of_block(block))
        for block, variable in self.variables.items():
            variable.setOpacity(lighting.of_block(block))
        for wire, line in self.wires.items():
            line.setOpacity(lighting.of_wire(wire))

    # Inside

    def _make_block(self, item: str) -> BlockItem:
        is_group = item in self._canvas.document.groups
        made = self.blocks[item] = GroupItem(item) if is_group else BlockItem(item)
        self._canvas.addItem(made)
        made.setOpacity(self._canvas.lighting.of_block(item))
        made.follow()
        return made

    def _make_variable(self, block: str) -> VariableItem:
        item = self.variables[block] = VariableItem(block)
        self._canvas.addItem(item)
        item.setOpacity(self._canvas.lighting.of_block(block))
        item.follow()
        return item

    def _make_wire(self, wire: Wire) -> WireItem:
        item = self.wires[wire] = WireItem(wire)
        self.lines.forget()
        self._canvas.addItem(item)
        item.setOpacity(self._canvas.lighting.of_wire(wire))
        item.follow()
        return item

    def _keep(
        self, blocks: Container[str], variables: Container[str], wires: Container[Wire]
    ) -> None:
        """Let all other items go."""
        for block in [block for block in self.blocks if block not in blocks]:
            self._canvas.removeItem(self.blocks.pop(block))
        for block in [block for block in self.variables if block not in variables]:
            self._canvas.removeItem(self.variables.pop(block))
        for wire in [wire for wire in self.wires if wire not in wires]:
            self._let_go(wire)

    def _let_go(self, wire: Wire) -> None:
        self._canvas.removeItem(self.wires.pop(wire))
        self.lines.forget()
