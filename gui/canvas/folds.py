"""What of a document stands on the canvas: the level that is looked at, and what is folded there.

It answers for every block where it is seen: as itself, as the folded group around it, or outside
what is looked at.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from engine.document import AddWire, Change, RemoveWire, ReplaceBlock
from engine.graph import Wire
from engine.group_room import Grouped, seen_inside
from engine.order import age
from engine.visible import Link, Ports, link_of, links, open_groups, ports_of_group


@dataclass(frozen=True)
class Face:
    """The ports of a folded group, and which of them leads to what.

    Attributes
    ----------
    ports
        What `ports_of_group` tells.
    blocks
        Ids of the blocks in it, at any depth, in their order.
    into, leaving
        The wires that come in from outside, and those that go there.
    """

    ports: Ports
    blocks: tuple[str, ...]
    into: tuple[Wire, ...]
    leaving: tuple[Wire, ...]

    @property
    def count(self) -> int:
        """How many blocks are in it."""
        return len(self.blocks)

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

    def __init__(self, document: Grouped) -> None:
        self._document = document
        self.entered: str | None = None
        self._faces: dict[str, Face] = {}
        self._lines: dict[Link, tuple[Wire, ...]] | None = None
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
        self._lines = None

    def still_inside(self) -> str | None:
        """Give the innermost group on the way here that there still is."""
        left = [group for group in self._path if group in self._document.groups]
        return left[-1] if left else None

    def touch(self, member: str) -> None:
        """Forget the ports of a group, or of those around a block: something there has changed."""
        self._lines = None
        for group in (member, *self._document.groups.around(member)):
            self._faces.pop(group, None)

    def forget(self) -> None:
        """Forget all that was worked out."""
        self._lines = None
        self._faces = {}

    def take(self, other: Folds) -> None:
        """Take over what was worked out of the same level."""
        self._lines, self._faces = other._lines, other._faces

    def touch_all(self, changes: Iterable[Change]) -> None:
        """Forget what many changes may have made untrue; of groups themselves it is told apart."""
        self._lines = None
        touched: set[str] = set()
        for change in changes if self._faces else ():
            match change:
                case AddWire(wire=wire) | RemoveWire(wire=wire):
                    touched.update(wire[:2])
                case ReplaceBlock(after=block) if block.is_function:  # it may have other ports now
                    touched.add(block.id)
        for member in touched:
            self.touch(member)

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
        if self.is_plain:
            return frozenset(self._document.graph.blocks)
        return frozenset(seen_inside(self._document, self.entered))

    def opened(self) -> tuple[str, ...]:
        """List the groups that are seen open, the outer ones first."""
        if self.is_plain:
            return ()
        return open_groups(self._document.groups, self.entered)

    def lines(self) -> dict[Link, tuple[Wire, ...]]:
        """Give the lines that are seen, each with the wires along it; the first is drawn."""
        if self._lines is not None:
            return self._lines
        found = self._lines_now()
        if not self.is_plain:
            self._lines = found
        return found

    def _lines_now(self) -> dict[Link, tuple[Wire, ...]]:
        graph, groups = self._document.graph, self._document.groups
        wires: dict[Wire, None] = {}
        for item in sorted(self.items(), key=age):
            at = self.face(item) if item in groups else None
            into = graph.wires_into(item) if at is None else at.into
            leaving = graph.wires_from(item) if at is None else at.leaving
            wires.update((wire, None) for wire in (*into, *leaving) if wire is not None)
        found = links(groups, wires, self.entered)
        return {link: self._in_order(link, along) for link, along in found.items()}

    def _in_order(self, link: Link, along: tuple[Wire, ...]) -> tuple[Wire, ...]:
        """Order the wires along a line as they leave their source."""
        if len(along) == 1:
            return along
        among = {*along}
        return tuple(w for w in self._document.graph.wires_from(link.source) if w in among)

    def face(self, group: str) -> Face:
        """Tell the ports of a folded group."""
        if group not in self._faces:
            graph, groups = self._document.graph, self._document.groups
            ports, inside = ports_of_group(graph, groups, group), groups.blocks(group)
            into = (w for b in inside for w in graph.wires_into(b) if w and w.source not in inside)
            out = (w for b in inside for w in graph.wires_from(b) if w.target not in inside)
            self._faces[group] = Face(ports, tuple(sorted(inside)), tuple(into), tuple(out))
        return self._faces[group]

    def blocks_of(self, item: str) -> Sequence[str]:
        """List the blocks that an item stands for: itself, or all that is in the group."""
        groups = self._document.groups
        if item not in groups:
            return (item,)
        known = self._faces.get(item)
        return known.blocks if known is not None else sorted(groups.blocks(item))
