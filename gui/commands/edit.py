"""What the Edit menu does."""

from __future__ import annotations

from gui.canvas.drafting import OUT
from gui.commands.base import Verbs


class EditVerbs(Verbs):
    """Changing the document."""

    def undo(self) -> None:
        """Take the last verb back; one that is still being read or laid out is given up."""
        self._view.settle()
        given_up = self._document.give_up_last()
        if given_up is None:
            self._document.undo()
        else:
            self._view.tell(f"{given_up} was given up.")

    def redo(self) -> None:
        """Do it again."""
        self._view.settle()
        self._document.redo()

    def delete(self) -> None:
        """Remove what is selected."""
        self._view.settle()
        blocks, wires = self._canvas.selection.blocks(), self._canvas.selection.wires()
        marks, bend = self._canvas.selection.marks(), self._canvas.selection.bend
        if bend is not None:
            self._document.drawing.remove_bend(bend.wire, bend.number)
            return
        ring = self._canvas.selection.ring
        if ring is not None and ring.number != OUT:
            wire = self._document.graph.wires_into(ring.block)[ring.number]
            blocks, wires = [], [] if wire is None else [wire]
            if wire is None:
                self._view.say("No wire is plugged in here.", self._canvas.lines.port(ring))
        if blocks or wires or marks:
            self._document.do(
                len(blocks) + len(wires),
                "Deleting",
                lambda held: held.remove(blocks, wires, marks=marks),
            )
        else:
            self._view.leave_group()

    def select_all(self) -> None:
        """Select every block, every frame and every note."""
        blocks = self._canvas.lighting.seen(list(self._canvas.where.blocks.keys))
        self._canvas.selection.choose([*blocks, *self._canvas.marks.items])

    def give_up(self) -> None:
        """End the long work that a card tells of."""
        if self._bench.errands.busy:
            self._bench.errands.give_up()
        else:
            self._view.say("Nothing is being worked on.")
