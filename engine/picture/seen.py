"""What is seen of a graph in a picture, and where: blocks, folded groups, lines between them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cached_property

from engine.document import Place
from engine.graph import Block, Graph, Wire, ports_of
from engine.marks import Box
from engine.picture import group_sizes, sizes
from engine.picture.label_spots import Giver
from engine.picture.lanes import lanes
from engine.picture.lines import Line
from engine.picture.places import Standing
from engine.picture.stretches import Lanes, Run
from engine.visible import Ports, links, open_groups, ports_of_group


class Seen:
    """A graph as it stands, with groups that are folded seen as one block.

    Parameters
    ----------
    graph
        The graph.
    stand
        Where it stands.
    arrays
        Ids of the blocks that give an array: their labels need more room.

    Attributes
    ----------
    graph
        The graph.
    along
        The wires that are drawn, each with all those that are seen as one with it.
    folded
        The ports of each group that is seen folded, by id.
    """

    def __init__(self, graph: Graph, stand: Standing, arrays: frozenset[str] = frozenset()) -> None:
        self.graph, self._stand, self._arrays = graph, stand, arrays
        groups = stand.groups
        self._seats = {block: groups.stand_in(block) or block for block in graph.blocks}
        bundles = links(groups, graph.wires()).values() if groups else ((w,) for w in graph.wires())
        self.along = {wires[0]: wires for wires in bundles}
        self._uses: dict[str, list[Wire]] = {block: [] for block in graph.blocks}
        for wire in self.along:
            self._uses[wire.source].append(wire)
        self._ends = frozenset(block for block, wires in graph.out().items() if not wires)
        folded = {seat: None for block, seat in self._seats.items() if seat != block}
        self.folded: dict[str, Ports] = {
            group: ports_of_group(graph, groups, group) for group in folded
        }
        self._outlets = {
            block: (group, at)
            for group, ports in self.folded.items()
            for at, block in enumerate(ports.outlets)
        }
        self._inlets = {
            end: at
            for ports in self.folded.values()
            for at, inlet in enumerate(ports.inlets)
            for end in inlet.ends
        }
        self._sizes = {b.id: sizes.size(b) for b in graph.blocks.values() if self.is_itself(b.id)}
        self._sizes |= {group: group_sizes.size(ports) for group, ports in self.folded.items()}

    # What is seen

    def is_itself(self, block: str) -> bool:
        """Tell whether a block is seen as itself, and not as the group around it."""
        return self._seats[block] == block

    def seat(self, block: str) -> str:
        """Give the id of what a block is seen as: itself, or the folded group around it."""
        return self._seats[block]

    def blocks(self) -> list[Block]:
        """List the blocks that are seen as themselves."""
        return [block for block in self.graph.blocks.values() if self.is_itself(block.id)]

    def variables(self) -> list[Block]:
        """List the blocks whose Variables are seen: those, and what comes out of folded groups."""
        every = self.graph.blocks.values()
        return [block for block in every if self.is_itself(block.id) or block.id in self._outlets]

    def members(self, group: str) -> frozenset[str]:
        """Give the ids of the blocks in a group, at any depth."""
        return self._stand.groups.blocks(group)

    def name(self, group: str) -> str:
        """Give the name of a group."""
        return self._stand.groups.group(group).name

    def uses(self, block: str) -> list[Wire]:
        """List the wires that are drawn from the output of a block."""
        return self._uses[block]

    def has_end(self, block: Block) -> bool:
        """Tell whether a short wire leads from a block to a pill with the name of its Variable."""
        return block.is_function and block.id in self._ends

    def is_covered(self, block: Block) -> bool:
        """Tell whether another block stands where the pill at the end of one would be."""
        x, y = self.output(block.id)
        left = x + self.tail(block.id)
        for item, (width, height) in self._sizes.items():
            at = self.place(item)
            across = left < at.x + width / 2 and at.x - width / 2 < left + sizes.END
            if across and abs(at.y - y) < height / 2 + sizes.END / 2:
                return True
        return False

    # Where it is

    def place(self, item: str) -> Place:
        """Give the middle of a block or a folded group."""
        return self._stand.places[item]

    def size(self, item: str) -> tuple[float, float]:
        """Give its width and height."""
        return self._sizes[item]

    def output(self, block: str) -> Place:
        """Where wires leave a block, or the group that it is folded into."""
        if not self.is_itself(block):
            group, at = self._outlets[block]
            return group_sizes.outlet(self.folded[group], self.place(group), at)
        x, y = self.place(block)
        return Place(x + self._sizes[block][0] / 2, y)

    def input(self, block: Block, port: int) -> Place:
        """Where a wire enters a block, or the group that it is folded into."""
        seat = self._seats[block.id]
        if seat != block.id:
            at = self._inlets[block.id, port]
            return group_sizes.inlet(self.folded[seat], self.place(seat), at)
        x, y = self.place(block.id)
        width, height = self._sizes[block.id]
        count = len(ports_of(block)) or 1
        return Place(x - width / 2, y + height * ((port + 1) / (count + 1) - 0.5))

    def ports(self, item: str) -> list[Place]:
        """List where the ports of a block or a folded group are."""
        if item in self.folded:
            ports, place = self.folded[item], self.place(item)
            inlets = [group_sizes.inlet(ports, place, at) for at in range(len(ports.inlets))]
            return inlets + [self.output(block) for block in ports.outlets]
        block = self.graph.block(item)
        return [*(self.input(block, at) for at in range(len(ports_of(block)))), self.output(item)]

    def line(self, wire: Wire) -> Line:
        """The line of a wire."""
        bends = tuple(self._stand.bends.get(wire, ()))
        return Line(*self._run(wire), bends, () if bends else self._lanes.get(wire, ()))

    def _run(self, wire: Wire) -> Run:
        end = self.input(self.graph.block(wire.target), wire.port)
        return Run(self.output(wire.source), end)

    @cached_property
    def _lanes(self) -> Mapping[Wire, Lanes]:
        return lanes(self.boxes(), self.runs())

    def runs(self) -> dict[Wire, Run]:
        """Give where the wires begin and end that are drawn without bends."""
        free = (wire for wire in self.along if not self._stand.bends.get(wire))
        return {wire: self._run(wire) for wire in free}

    def tail(self, block: str) -> float:
        """Length of the short wire that leads to the end of a block that nothing uses."""
        return sizes.ARRAY_TAIL if block in self._arrays else sizes.TAIL

    def giver(self, block: Block) -> Giver:
        """Give what the labels of a Variable need to know."""
        lines = tuple((wire, self.line(wire)) for wire in self.uses(block.id))
        shows_itself = not block.is_function and self.is_itself(block.id)
        pill = self._sizes[block.id] if shows_itself else None
        tail = self.tail(block.id) if block.is_function else sizes.TAIL
        return Giver(block.id, self.output(block.id), lines, pill, tail, block.id in self._arrays)

    def boxes(self) -> list[Box]:
        """List the outlines of all blocks and folded groups, and of the pills at their ends."""
        found = []
        for item, (width, height) in self._sizes.items():
            x, y = self.place(item)
            found.append(Box(x - width / 2, y - height / 2, width, height))
            reach = self.box(item).width - width
            if reach:
                found.append(Box(x + width / 2 + reach - sizes.END, y - 24, sizes.END, 48.0))
        return found

    def chips(self) -> list[Box]:
        """List where local derivatives stand below their blocks; those of arrays are not shown."""
        blocks = (block for block in self.blocks() if block.id not in self._arrays)
        every = (block for block in blocks if block.is_function)
        return [sizes.chips(block, self.place(block.id)) for block in every]

    def box(self, item: str) -> Box:
        """Give the room that a block or a folded group takes with the pills at its end."""
        (x, y), (width, height) = self.place(item), self._sizes[item]
        gives = self.folded[item].outlets if item in self.folded else (item,)
        ends = [b for b in gives if self.has_end(self.graph.block(b))]
        end = max((self.tail(block) + sizes.END for block in ends), default=0.0)
        return Box(x - width / 2, y - height / 2, width + end, height)

    def outlines(self) -> dict[str, Box]:
        """Give the outline of each group that is seen open, the outer ones first."""
        groups = self._stand.groups
        found: dict[str, Box] = {}
        for group in reversed(open_groups(groups)):
            members = sorted(groups.group(group).members)
            inside = [found[m] for m in members if m in found]
            inside += [self.box(m) for m in members if m in self._sizes]
            inside += [mark.box for mark in self._stand.marks if mark.within == group]
            if inside:
                x, y, width, height = around(inside)
                room = 2 * group_sizes.PADDING
                found[group] = Box(
                    x - group_sizes.PADDING,
                    y - group_sizes.PADDING - group_sizes.HEAD,
                    width + room,
                    height + room + group_sizes.HEAD,
                )
        return dict(reversed(found.items()))

    def extent(self) -> Box:
        """Give the box around everything."""
        found = [self.box(item) for item in self._sizes]
        found += self.outlines().values()
        found += [mark.box for mark in self._stand.marks]
        for wire in self.along:
            line = self.line(wire)
            # One that turns back or is led elsewhere leaves the row of the blocks.
            if line.bends or line.lanes or line.end.x < line.start.x:
                found += [Box(x, y, 0.0, 0.0) for x, y in line.points()]
                found.append(Box(*line.label, sizes.ARRIVAL / 2, 0.0))
        return around(found or [Box(0.0, 0.0, 0.0, 0.0)])


def around(boxes: Iterable[Box]) -> Box:
    """Give the smallest box around some.

    Examples
    --------
    >>> around([Box(0, 0, 10, 10), Box(5, 5, 10, 20)])
    Box(x=0, y=0, width=15, height=25)
    """
    corners = [(box.x, box.y, box.x + box.width, box.y + box.height) for box in boxes]
    left, top = min(c[0] for c in corners), min(c[1] for c in corners)
    return Box(left, top, max(c[2] for c in corners) - left, max(c[3] for c in corners) - top)
