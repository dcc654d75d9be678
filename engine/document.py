"""A document: a graph, where its blocks stand, what is grouped, and what is differentiated.

It changes only by the small reversible changes below. A verb of the app is a tuple of them, so
undoing is the same tuple, each change turned round, from the last to the first.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import NamedTuple, Protocol

from engine.errors import BendError, DuplicateBlockError, GroupError
from engine.graph import Block, Graph, Wire
from engine.groups import Group, Groups
from engine.marks import Mark


class Place(NamedTuple):
    """Where the centre of a block stands, in scene units; x to the right, y down."""

    x: float
    y: float


Bends = tuple[Place, ...]
"""The places that a wire is led through, from its source to its target."""


@dataclass(frozen=True, slots=True)
class Score:
    """How well a person has told numbers before they were shown.

    Attributes
    ----------
    asked
        Numbers that were asked for.
    right
        Those that were told at the first try.
    """

    asked: int = 0
    right: int = 0


@dataclass(slots=True)
class Document:
    """What a person edits and what a file holds.

    Attributes
    ----------
    graph
        The blocks and wires.
    places
        Where each block stands, and each group while it is folded, by id. What is inside a folded
        group keeps its places among itself, and is moved to where the group stands when it opens.
    target
        Id of the block to differentiate; None leaves the choice to `default_target`.
    groups
        What is seen as one.
    score
        How well its numbers have been told before they were shown.
    bends
        The places that wires are led through; wires that are in no need of any are left out.
    marks
        Frames and notes, by id.
    """

    graph: Graph = field(default_factory=Graph)
    places: dict[str, Place] = field(default_factory=dict)
    target: str | None = None
    groups: Groups = field(default_factory=Groups)
    score: Score = Score()
    bends: dict[Wire, Bends] = field(default_factory=dict)
    marks: dict[str, Mark] = field(default_factory=dict)

    def copy(self) -> Document:
        """Copy the document, so that either can change without the other."""
        return replace(
            self,
            graph=self.graph.copy(),
            places=dict(self.places),
            groups=self.groups.copy(),
            bends=dict(self.bends),
            marks=dict(self.marks),
        )

    def become(self, other: Document) -> None:
        """Hold what a copy holds that changes were made to; the score stays, which none changes.

        The copy is given up: what either of them does from then on, both would see.
        """
        self.graph.become(other.graph)
        self.places, self.target = other.places, other.target
        self.groups, self.bends, self.marks = other.groups, other.bends, other.marks

    def apply(self, changes: Iterable[Change]) -> None:
        """Make changes, one after the other."""
        for change in changes:
            change.apply(self)


class Change(Protocol):
    """One reversible step of editing."""

    def apply(self, document: Document) -> None:
        """Do it; raise a typed error before anything changed if it may not be done."""

    def inverse(self) -> Change:
        """Give the change that takes this one back."""


@dataclass(frozen=True, slots=True)
class AddBlock:
    """A block comes to stand at a place."""

    block: Block
    place: Place

    def apply(self, document: Document) -> None:
        """Add it."""
        if self.block.id in document.groups or self.block.id in document.marks:
            sentence = f"There is already something with the id “{self.block.id}”."
            raise DuplicateBlockError(sentence, block=self.block.id)
        document.graph.add(self.block)
        document.places[self.block.id] = self.place

    def inverse(self) -> Change:
        """Remove it."""
        return RemoveBlock(self.block, self.place)


@dataclass(frozen=True, slots=True)
class RemoveBlock:
    """A block without wires goes away."""

    block: Block
    place: Place

    def apply(self, document: Document) -> None:
        """Remove it."""
        holder = document.groups.holder(self.block.id)
        if holder is not None:
            name = document.groups.group(holder).name
            raise GroupError(f"{self.block.name} is still in {name}.", block=self.block.id)
        document.graph.remove(self.block.id)
        del document.places[self.block.id]

    def inverse(self) -> Change:
        """Add it again."""
        return AddBlock(self.block, self.place)


@dataclass(frozen=True, slots=True)
class AddWire:
    """A wire is connected."""

    wire: Wire

    def apply(self, document: Document) -> None:
        """Connect it."""
        document.graph.connect(self.wire)

    def inverse(self) -> Change:
        """Disconnect it."""
        return RemoveWire(self.wire)


@dataclass(frozen=True, slots=True)
class RemoveWire:
    """A wire is disconnected."""

    wire: Wire

    def apply(self, document: Document) -> None:
        """Disconnect it."""
        if self.wire in document.bends:
            raise BendError("The wire still has bends.", block=self.wire.target)
        document.graph.disconnect(self.wire)

    def inverse(self) -> Change:
        """Connect it again."""
        return AddWire(self.wire)


@dataclass(frozen=True, slots=True)
class ReplaceBlock:
    """A block gets another name or value."""

    before: Block
    after: Block

    def apply(self, document: Document) -> None:
        """Put the new facts in place."""
        document.graph.replace(self.after)

    def inverse(self) -> Change:
        """Put the old facts back."""
        return ReplaceBlock(self.after, self.before)


@dataclass(frozen=True, slots=True)
class MoveBlock:
    """A block moves, or a group that is folded."""

    block: str
    before: Place
    after: Place

    def apply(self, document: Document) -> None:
        """Let it stand at the new place."""
        document.places[self.block] = self.after

    def inverse(self) -> Change:
        """Let it stand where it was."""
        return MoveBlock(self.block, self.after, self.before)


@dataclass(frozen=True, slots=True)
class SetTarget:
    """Another block is differentiated."""

    before: str | None
    after: str | None

    def apply(self, document: Document) -> None:
        """Take the new one."""
        document.target = self.after

    def inverse(self) -> Change:
        """Take the old one."""
        return SetTarget(self.after, self.before)


@dataclass(frozen=True, slots=True)
class AddGroup:
    """Some blocks are grouped; the group comes to stand at a place."""

    group: Group
    place: Place

    def apply(self, document: Document) -> None:
        """Group them."""
        for member in (self.group.id, *sorted(self.group.members)):
            check_member(document, member, self.group.id)
        document.groups.add(self.group)
        document.places[self.group.id] = self.place

    def inverse(self) -> Change:
        """Ungroup them."""
        return RemoveGroup(self.group, self.place)


@dataclass(frozen=True, slots=True)
class RemoveGroup:
    """A group that is in no other is dissolved; what was in it stays."""

    group: Group
    place: Place

    def apply(self, document: Document) -> None:
        """Ungroup them."""
        document.groups.remove(self.group.id)
        del document.places[self.group.id]

    def inverse(self) -> Change:
        """Group them again."""
        return AddGroup(self.group, self.place)


@dataclass(frozen=True, slots=True)
class ReplaceGroup:
    """A group gets another name or other members, or is folded or unfolded."""

    before: Group
    after: Group

    def apply(self, document: Document) -> None:
        """Put the new facts in place."""
        for member in sorted(self.after.members - self.before.members):
            check_member(document, member, self.after.id)
        document.groups.replace(self.after)

    def inverse(self) -> Change:
        """Put the old facts back."""
        return ReplaceGroup(self.after, self.before)


def check_member(document: Document, member: str, group: str) -> None:
    """Raise the reason why a group cannot have this member; return if it can.

    Raises
    ------
    UnknownBlockError, GroupError
        If there is no such block, or the group would go by the id of a block.
    """
    if member == group and member in document.graph:
        raise GroupError(f"There is already a block with the id “{member}”.", block=member)
    if member != group and member not in document.groups:
        document.graph.block(member)


def inverse(changes: tuple[Change, ...]) -> tuple[Change, ...]:
    """Give the changes that take these back."""
    return tuple(change.inverse() for change in reversed(changes))
