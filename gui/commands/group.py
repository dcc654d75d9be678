"""What the Group menu does."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from engine.errors import GradwalkError
from engine.own_blocks import write_own_block
from gui import files
from gui.canvas.interactions.joining import take_out
from gui.commands.base import Verbs
from gui.held import Held
from gui.mime import OWN
from gui.own_blocks import OWN_BLOCKS

Result = TypeVar("Result")


class GroupVerbs(Verbs):
    """Making one block of several, and looking into it."""

    def group(self) -> None:
        """Group what is selected, and select the group."""
        self._view.settle()
        marks = self._canvas.selection.marks()
        inside, _ = self._canvas.marks.inside(marks)
        chosen = [*dict.fromkeys((*self._canvas.selection.items(), *sorted(inside)))]

        def choose(made: str | None) -> None:
            if made is not None:
                self._choose([made])

        self._do("Grouping", lambda held: held.group(chosen, marks=marks), choose)

    def ungroup(self) -> None:
        """Dissolve the selected groups, or the open one around what is selected."""
        self._view.settle()
        groups = self._canvas.selection.groups() or self._open_group()
        if not groups:
            self._view.say("Select a group first: click it, or walk there with Tab.")
            return
        inside = [member for group in groups for member in self._document.groups.inside(group)]
        self._do("Ungrouping", lambda held: held.ungroup(groups), self._then_choose(inside))

    def move_in(self) -> None:
        """Put what is selected into an open group."""
        self._view.settle()
        self._view.setFocus()
        if not (self._canvas.selection.items() or self._canvas.selection.marks()):
            self._view.say("Select what is to go into a group first.")
        elif not self._view.move_into_group():
            self._view.say("There is no open group to go into: select one, and open it with O.")

    def move_out(self) -> None:
        """Take what is selected out of the open group around it, or of the one that was entered."""
        self._view.settle()
        items, marks = self._canvas.selection.items(), self._canvas.selection.marks()
        around = self._open_group()
        group = around[0] if around else self._canvas.folds.entered
        if not (items or marks) or group is None:
            self._view.say("Select a block inside an open group first.")
            return
        name = self._document.groups.group(group).name

        def tell(done: bool) -> None:  # noqa: FBT001 - what a verb gives
            if done:
                self._view.tell(f"Out of {name}: it stands beside it now.")

        if around:
            take_out(self._view, group)
        else:
            self._do("Moving", lambda held: held.take_out(items, group, marks), tell)

    def fold(self) -> None:
        """Open the selected groups; if none is selected, fold the open one around the selection."""
        self._view.settle()
        folded = self._canvas.selection.groups()
        around = self._open_group()
        if folded:
            inside = [m for group in folded for m in self._document.groups.group(group).members]
            self._do("Unfolding", lambda held: held.unfold(folded), self._then_choose(inside))
        elif around:
            self._view.fold(around[0])
        else:
            self._view.say("Select a group to open it, or a block inside an open group to fold it.")

    def fold_all(self) -> None:
        """Fold every group."""
        self._view.settle()
        opened = [g.id for g in self._document.groups.inner_first() if not g.folded]
        if opened:
            self._do("Folding", lambda held: held.fold(opened))
        else:
            self._view.say("There is no open group.")

    def unfold_all(self) -> None:
        """Open every group in place."""
        self._view.settle()
        self._view.unfold_all(
            lambda done: None if done else self._view.say("There is no folded group.")
        )

    def enter_group(self) -> None:
        """Look at the inside of the selected group, or of the open one around the selection."""
        group = self._one_group()
        if group is not None:
            self._view.enter_group(group)

    def leave_group(self) -> None:
        """Look at what is around the group that was entered."""
        if self._canvas.folds.path:
            self._view.leave_group()
        else:
            self._view.say("This is the whole document: there is nothing around it.")

    def keep_block(self) -> None:
        """Keep the selected group in the palette."""
        group = self._one_group()
        if group is None:
            return
        try:
            OWN_BLOCKS.keep(self._document.own_block(group))
        except GradwalkError as error:
            files.complain(self._bench, "Not kept", error.sentence)
            return
        name = self._document.groups.group(group).name
        self._view.tell(f"{name} stands in the palette now, under “Your own”.")

    def import_block(self) -> None:
        """Keep a block that comes from a file."""
        path = files.ask_block(self._bench)
        if path is None:
            return
        try:
            OWN_BLOCKS.take_in(path)
        except GradwalkError as error:
            files.complain(self._bench, "Not imported", error.sentence)

    def export_block(self) -> None:
        """Write the selected group to a file."""
        group = self._one_group()
        if group is None:
            return
        own = self._document.own_block(group)
        path = files.ask_block_to_write(self._bench, own.name)
        if path is None:
            return
        try:
            write_own_block(own, path)
        except GradwalkError as error:
            files.complain(self._bench, "Not exported", error.sentence)

    def give_up_block(self, kind: str) -> None:
        """Keep a block of a person's own no longer, after asking."""
        if files.may_give_up(self._bench, kind.removeprefix(OWN)):
            OWN_BLOCKS.take_away(kind)

    def _do(
        self,
        name: str,
        verb: Callable[[Held], Result],
        then: Callable[[Result], None] = lambda _: None,
    ) -> None:
        """Do a verb that bears on all that is seen, in the document in front."""
        document = self._document

        def go_on(result: Result) -> None:
            if document is self._document:  # else a person has gone elsewhere by now
                then(result)

        document.do(len(document.graph), name, verb, go_on)

    def _then_choose(self, items: list[str]) -> Callable[[bool], None]:
        """Give what selects items once a verb is done."""
        return lambda done: self._choose(items) if done else None

    def _choose(self, items: list[str]) -> None:
        """Select items, unless a person does something else with the canvas by now."""
        if not self._view.is_busy:
            self._canvas.selection.choose(items)

    def _one_group(self) -> str | None:
        chosen = self._canvas.selection.groups() or self._open_group()
        if len(chosen) == 1:
            return chosen[0]
        self._view.say("Select one group first: click it, or walk there with Tab.")
        return None

    def _open_group(self) -> list[str]:
        """Give the innermost open group that all that is selected is in, as a list of one."""
        selection = self._canvas.selection
        found = self._canvas.open_groups.around([*selection.items(), *selection.marks()])
        return [] if found is None else [found]
