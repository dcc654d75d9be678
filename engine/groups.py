"""Groups: blocks that are seen as one, by id, and which group holds which.

The graph stays flat: a run, a plan, an export know nothing of groups. A group only says which
blocks, and which groups, belong together, and whether they are folded into one.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType

from engine.errors import GroupError
from engine.naming import LONGEST_NAME
from engine.order import age
from engine.syntax import shown

End = tuple[str, int]
"""A block, and the number of one of its input ports."""


@dataclass(frozen=True, slots=True)
class Group:
    """Some blocks with a name.

    Attributes
    ----------
    id
        Its name inside the document, never shown; no block has it too.
    name
        What a person calls it: any text of one line.
    members
        Ids of the blocks and of the groups directly in it; at least one, but for the middle of a
        verb that moves them elsewhere.
    folded
        Whether it is shown as one block.
    joint
        Open ports inside that one port of the group feeds together, each a block and the number
        of its port: what a block of a person's own uses several times is plugged in once.
    """

    id: str
    name: str
    members: frozenset[str]
    folded: bool = True
    joint: tuple[tuple[End, ...], ...] = ()

    def with_members(self, members: frozenset[str]) -> Group:
        """Give the same group with other members."""
        return replace(self, members=members)


class Groups:
    """The groups of a document: a forest, where each block and group is in one group at most.

    Attributes
    ----------
    all
        Read-only view of the groups by id.

    Examples
    --------
    >>> groups = Groups()
    >>> groups.add(Group("g1", "inner", frozenset({"A", "B"})))
    >>> groups.add(Group("g2", "outer", frozenset({"g1", "C"})))
    >>> groups.around("A"), sorted(groups.blocks("g2"))
    (('g2', 'g1'), ['A', 'B', 'C'])
    """

    __hash__ = None  # type: ignore[assignment] # groups can change

    def __init__(self) -> None:
        self._groups: dict[str, Group] = {}
        self._holder: dict[str, str] = {}
        self.all: Mapping[str, Group] = MappingProxyType(self._groups)

    def __contains__(self, group: object) -> bool:
        return group in self._groups

    def __len__(self) -> int:
        return len(self._groups)

    def __eq__(self, other: object) -> bool:
        return self._groups == other._groups if isinstance(other, Groups) else NotImplemented

    def copy(self) -> Groups:
        """Copy them, so that either can change without the other."""
        twin = Groups()
        twin._groups.update(self._groups)
        twin._holder.update(self._holder)
        return twin

    # Asking

    def group(self, group: str) -> Group:
        """Give the group of this id.

        Raises
        ------
        GroupError
            If there is none.
        """
        try:
            return self._groups[group]
        except KeyError:
            raise GroupError(f"There is no group “{shown(group)}”.") from None

    def holder(self, member: str) -> str | None:
        """Give the id of the group that a block or a group is directly in."""
        return self._holder.get(member)

    def around(self, member: str) -> tuple[str, ...]:
        """List the ids of all groups that a block or a group is in, the outermost first."""
        found: list[str] = []
        holder = self._holder.get(member)
        while holder is not None:
            found.append(holder)
            holder = self._holder.get(holder)
        return tuple(reversed(found))

    def inside(self, group: str) -> Iterator[str]:
        """Go through all that is in a group, at any depth: the ids of blocks and of groups."""
        todo = [group]
        while todo:
            for member in self.group(todo.pop()).members:
                yield member
                if member in self._groups:
                    todo.append(member)

    def blocks(self, group: str) -> frozenset[str]:
        """Give the ids of the blocks in a group, at any depth."""
        return frozenset(member for member in self.inside(group) if member not in self._groups)

    def inner_first(self) -> list[Group]:
        """List all groups, each after those that are in it."""
        return sorted(self._groups.values(), key=lambda g: (-len(self.around(g.id)), age(g.id)))

    def stand_in(self, block: str, entered: str | None = None) -> str | None:
        """Tell what is seen in place of a block.

        Parameters
        ----------
        block
            Id of a block or a group.
        entered
            Id of the group whose inside is looked at; None for the whole document.

        Returns
        -------
        str or None
            The id of the outermost folded group around it, else its own; None if it is not
            inside the group that was entered.
        """
        holder = self._holder.get(block)
        seen = block
        while holder is not None and holder != entered:
            if self._groups[holder].folded:
                seen = holder
            holder = self._holder.get(holder)
        return seen if holder == entered else None

    def stand_ins(self, blocks: Iterable[str], entered: str | None = None) -> Iterator[str | None]:
        """Tell what is seen in place of each of many blocks, as `stand_in` does of one.

        All that are directly in the same group share what is found out about it.
        """
        hidden: dict[str, str | None] = {}
        for block in blocks:
            holder = self._holder.get(block)
            if holder == entered:
                yield block
                continue
            if holder is None:
                yield None
                continue
            if holder not in hidden:
                hidden[holder] = self.stand_in(block, entered)
            seen = hidden[holder]
            yield seen if seen in self._groups or seen is None else block

    # What may be done, and doing it

    def check_add(self, group: Group) -> None:
        """Raise the reason why this group may not be added; return if it may.

        Raises
        ------
        GroupError
            With a sentence that says why.
        """
        if not re.fullmatch(r"g[1-9][0-9]{0,8}", group.id):
            sentence = f"“{shown(group.id)}” cannot be the id of a group: g and a number can."
            raise GroupError(sentence)
        if group.id in self._groups:
            raise GroupError(f"There is already a group with the id “{group.id}”.")
        self._check_members(group)

    def _check_members(self, group: Group) -> None:
        check_group_name(group.name)
        if group.id in group.members or not group.members.isdisjoint(self.around(group.id)):
            raise GroupError(f"{group.name} cannot be inside itself.")
        for member in group.members:
            other = self._holder.get(member)
            if other is not None and other != group.id:
                sentence = f"A block is in {self._groups[other].name} already; it is in one only."
                raise GroupError(sentence, block=member)

    def add(self, group: Group) -> None:
        """Add a group; see `check_add` for what it raises."""
        self.check_add(group)
        self._groups[group.id] = group
        self._holder.update(dict.fromkeys(group.members, group.id))

    def remove(self, group: str) -> None:
        """Take a group away that is in no other; what was in it is in none.

        Raises
        ------
        GroupError
            If there is no such group, or it is in another.
        """
        holder = self._holder.get(self.group(group).id)
        if holder is not None:
            raise GroupError(f"{self._groups[group].name} is in {self._groups[holder].name}.")
        for member in self.group(group).members:
            del self._holder[member]
        del self._groups[group]

    def replace(self, group: Group) -> None:
        """Give a group another name or other members, or fold it.

        Raises
        ------
        GroupError
            If there is no such group, or it may not have these members.
        """
        before = self.group(group.id)
        self._check_members(group)
        for member in before.members - group.members:
            del self._holder[member]
        self._holder.update(dict.fromkeys(group.members - before.members, group.id))
        self._groups[group.id] = group


def check_group_name(name: str) -> None:
    """Raise the reason why no group can have this name; return if one can.

    Raises
    ------
    GroupError
        With a sentence that says why.
    """
    if not name.strip() or name != name.strip():
        raise GroupError("A group needs a name: type one.")
    if not name.isprintable() or len(name) > LONGEST_NAME:
        sentence = (
            f"“{shown(name)}” cannot name a group: use one line of {LONGEST_NAME} characters."
        )
        raise GroupError(sentence)
