"""What a walk repaints of a canvas: what its steps touch, and no more."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.moment import Moment

if TYPE_CHECKING:
    from gui.canvas.scene import CanvasScene

FEW = 8
"""Steps that are looked at one by one; what more of them touch may be most of what is in sight."""


class Repainting:
    """Has painted anew what the steps touch that the walk comes over.

    Each item is painted from the moment alone, so this decides what is painted, never how.

    Parameters
    ----------
    canvas
        The scene.
    """

    def __init__(self, canvas: CanvasScene) -> None:
        self._canvas = canvas

    def follow(self, before: Moment, now: Moment) -> None:
        """Repaint what is otherwise at one moment than at another."""
        canvas = self._canvas
        if before.recording is not now.recording or not self._is_walk_alone():
            canvas.update()
            return
        first, last = sorted((before.cursor, now.cursor))
        if last - first > FEW:
            canvas.update()
            return
        for cursor in range(first, last + 1):
            self._repaint(now, cursor)

    def repaint_step(self) -> None:
        """Repaint what the step under the cursor touches."""
        moment = self._canvas.moment
        if moment.step is not None:
            self._repaint(moment, moment.cursor)

    def _is_walk_alone(self) -> bool:
        """Whether nothing is seen but what single steps tell, of items that are there."""
        canvas = self._canvas
        is_told = canvas.findings.ghost is None and canvas.findings.wrong is None
        return is_told and canvas.folds.is_plain and canvas.shown.has_items

    def _repaint(self, moment: Moment, cursor: int) -> None:
        canvas, course, shown = self._canvas, moment.recording.course, self._canvas.shown
        block = course.block_at(cursor)
        if block is None:
            return
        # Where its step is one of a folded group, lines into the group are seen to travel.
        wires = {*course.wires_at(cursor), *canvas.travelling()}
        seat = canvas.folds.stand_in(block) or block
        sources = (wire.source for wire in wires)
        variables = [shown.variables.get(source) for source in (block, *sources)]
        item = shown.blocks.get(seat)
        if item is not None:
            item.update()
        for variable in variables:
            if variable is not None:
                variable.touch(wires)
        # The wires that go on from a block tell that it has a value.
        on = course.wires_from.get(block, ()) if cursor < course.turn else ()
        for wire in (*wires, *on):
            line = shown.wires.get(wire)
            if line is not None:
                line.touch()
