"""What of a document stands on the canvas: the level that is looked at, and what is folded there.

It answers for every block where it is seen: as itself, as the folded group around it, or outside
what is looked at.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from engine.graph import Wire
from engine.visible import Link, Ports, link_of, links, open_groups, ports_of_group
from gui.document import OpenDocument


@dataclass(frozen=True)
class Face:
    """The ports of a folded group, and which of them leads to what.

    Attributes
    ----------
    ports
        What `ports_of_group` tells.
    count
        How many blocks are in it, at any depth.
    """

    ports: Ports
    count: int

    @cached_property
    def inlet_of(self) -> dict[tuple[str, int], int]:
        """Number of the inlet that leads to each port inside."""
        inlets = enumerate(self.ports.inlets)
        return {end: number for number, inlet in inlets for end in inlet.ends}

    @cached_property
    def outlet_of(self) -> dict[str, int]:
        """Number of the outlet of each block inside that is used outside."""
        return {block: number for number, block in enumerate(self.ports.outlets)}


class Folds:
    """What is shown of a document.

    Attributes
    ----------
    entered
        Id of the group whose inside is looked at; None for the whole document.
    """

    def __init__(self, document: OpenDocument) -> None:
        self._document = document
        self.entered: str | None = None
        self._faces: dict[str, Face] = {}
        self._path: tuple[str, ...] = ()

    @property
    def is_plain(self) -> bool:
        """Whether every block is seen as itself."""
        return not self._document.groups

    @property
    def path(self) -> tuple[str, ...]:
        """The groups that were entered to get here, the outermost first."""
        return self._path

    def enter(self, group: str | None) -> None:
        """Look at the inside of a group; at the whole document with None."""
        self.entered = group
        self._path = () if group is None else (*self._document.groups.around(group), group)

    def still_inside(self) -> str | None:
        """Give the innermost group on the way here that there still is."""
        left = [group for group in self._path if group in self._document.groups]
        return left[-1] if left else None

    def forget(self) -> None:
        """Forget the ports of all groups, because wires or groups have changed."""
        self._faces.clear()

    def stand_in(self, item: str) -> str | None:
        """Tell what is seen in place of a block or a group; None if it is outside."""
        if self.is_plain:
            return item
        return self._document.groups.stand_in(item, self.entered)

    def link(self, wire: Wire) -> Link | None:
        """Tell along which line a wire is seen; None if it is not."""
        if self.is_plain:
            return Link(wire.source, wire.source, wire.target, wire.port)
        return link_of(self._document.groups, wire, self.entered)

    def items(self) -> frozenset[str]:
        """Give the ids of the blocks and the folded groups that are seen."""
        blocks = self._document.graph.blocks
        if self.is_plain:
            return frozenset(blocks)
        seen = {self.stand_in(block) for block in blocks}
        return frozenset(item for item in seen if item is not None)

    def frames(self) -> tuple[str, ...]:
        """List the groups that are seen open, the outer ones first."""
        if self.is_plain:
            return ()
        return open_groups(self._document.groups, self.entered)

    def lines(self) -> dict[Link, tuple[Wire, ...]]:
        """Give the lines that are seen, each with the wires along it; the first is drawn."""
        graph, groups = self._document.graph, self._document.groups
        return links(groups, graph.wires(), self.entered)

    def face(self, group: str) -> Face:
        """Tell the ports of a folded group."""
        if group not in self._faces:
            graph, groups = self._document.graph, self._document.groups
            ports = ports_of_group(graph, groups, group)
            self._faces[group] = Face(ports, len(groups.blocks(group)))
        return self._faces[group]

    def blocks_of(self, item: str) -> list[str]:
        """List the blocks that an item stands for: itself, or all that is in the group."""
        groups = self._document.groups
        return sorted(groups.blocks(item)) if item in groups else [item]
