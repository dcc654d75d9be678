"""What the open document can do with groups, and with blocks of a person's own."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from engine import grouping, verbs
from engine.document import Change, Document, Place, ReplaceGroup
from engine.membership import taken_out
from engine.own_blocks import (
    OwnBlock,
    own_block,
    parameters_text,
    parse_parameters,
    placed,
    set_parameters,
)
from engine.variable import Array

if TYPE_CHECKING:
    from gui.layout import LayOut

MOST_IN_PLACE = 60
"""Groups that are opened one after the other, each making room for itself."""


class GroupVerbs:
    """The part of an open document that is about groups."""

    _document: Document

    def _do(self, text: str, verb: Callable[[], verbs.Changes]) -> bool:
        """Put a verb on the undo stack; the document does that."""
        raise NotImplementedError

    # Groups

    def group(
        self, chosen: Collection[str], name: str = "", marks: Collection[str] = ()
    ) -> str | None:
        """Make one block of several, and what is drawn with them; give the id of the group."""
        made: list[str] = []

        def changes() -> verbs.Changes:
            found, group = grouping.group(self._document, chosen, name, marks)
            made.append(group)
            return found

        return made[0] if self._do("group", changes) else None

    def ungroup(self, groups: Collection[str]) -> bool:
        """Dissolve groups; say whether it was done."""
        return self._do("ungroup", lambda: self._each(groups, grouping.ungroup))

    def fold(self, groups: Collection[str]) -> bool:
        """Show groups as one block each; say whether it was done."""
        return self._do("fold", lambda: self._each(groups, grouping.fold))

    def unfold(self, groups: Collection[str]) -> bool:
        """Show what is in groups, where they stand; say whether it was done."""
        return self._do("unfold", lambda: self._each(groups, grouping.unfold))

    def rename_group(self, group: str, name: str) -> bool:
        """Give a group another name; say whether it was done."""
        return self._do("rename", lambda: grouping.rename_group(self._document, group, name))

    def take_out(self, items: Collection[str], group: str, marks: Collection[str] = ()) -> bool:
        """Take what is in a group that was entered out of it; say whether it was done."""
        return self._do("take out of group", lambda: taken_out(self._document, items, group, marks))

    def _each(
        self, groups: Collection[str], verb: Callable[[Document, str], verbs.Changes]
    ) -> verbs.Changes:
        """Do the same to several groups, one after the other, as one verb."""
        trial = self._document.copy() if len(groups) > 1 else self._document
        changes: list[Change] = []
        for group in groups:
            found = verb(trial, group)
            if trial is not self._document:
                trial.apply(found)
            changes += found
        return tuple(changes)

    def unfold_all(self) -> bool:
        """Open every group in place; if there are very many, lay all blocks out anew.

        Say whether it was done.
        """
        folded = [group for group in reversed(self._document.groups.inner_first()) if group.folded]
        if len(folded) <= MOST_IN_PLACE:
            return self.unfold([group.id for group in folded])
        from gui.layout import places_for  # noqa: PLC0415 - networkx, only for a large graph

        def changes() -> verbs.Changes:
            opened = (ReplaceGroup(group, replace(group, folded=False)) for group in folded)
            return (*opened, *verbs.move(self._document, places_for(self._document.graph)))

        return self._do("unfold", changes)

    def tidying(self, level: str | None) -> LayOut:
        """Give what lays out all that is seen at a level; edits that come later do not reach it."""
        from gui.levels import tidy  # noqa: PLC0415 - networkx, not needed for a start

        return partial(tidy, self._document.copy(), level)

    # Blocks of a person's own

    def own_block(self, group: str) -> OwnBlock:
        """Make a block of a person's own out of a group."""
        return own_block(self._document, group)

    def place_behind(self, block: str | None) -> Place:
        """Find a free place to the right of a block, or of everything."""
        return verbs.place_behind(self._document, block)

    def add_own(self, own: OwnBlock, place: Place, after: str | None = None) -> str | None:
        """Place a block of a person's own, continuing another one if it can; give its id."""
        made: list[str] = []

        def changes() -> verbs.Changes:
            found, group = placed(self._document, own, place, after)
            made.append(group)
            return found

        return made[0] if self._do(f"add {own.name}", changes) else None

    def set_parameters(self, values: Mapping[str, Array]) -> bool:
        """Give several inputs and constants other values; say whether it was done."""
        return self._do("change parameters", lambda: set_parameters(self._document, values))

    def parameters_text(self, group: str) -> str:
        """Write the parameters of a group as a line to be edited."""
        return parameters_text(self._document, group)

    def parse_parameters(self, group: str, text: str) -> dict[str, Array]:
        """Read the parameters of a group from a line.

        Raises
        ------
        ValueTextError
            If it is anything else than parameters with numbers or arrays.
        """
        return parse_parameters(self._document, group, text)
