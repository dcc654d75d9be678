"""What a canvas shows besides the numbers of the walk: answers to questions that were asked."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import numpy as np

from engine.asking.gradient_map import GradientMap
from engine.asking.wrong_walk import WrongWalk
from engine.recording import Recording
from engine.variable import Array
from gui.answer import Answer, takes_long
from gui.checking import Checks, Verdict

if TYPE_CHECKING:
    from gui.canvas.scene import CanvasScene

BADNESS: dict[bool | None, int] = {False: 0, None: 1, True: 2}
"""Which of several verdicts counts: the smallest."""


class Findings:
    """What else is shown of values and gradients.

    Attributes
    ----------
    ghost
        The run before a number was slid, to compare with; None if there is none.
    is_heated
        Whether blocks are to be coloured by the size of their gradients.
    heat
        The sizes, once they are known: those of a large run are found beside the window. None while
        no block is coloured.
    checks
        What is known of whether gradients are true, while that is shown; None while it is not.
    wrong
        The walk by a wrong rule that is looked at; None if none is.
    """

    def __init__(self, canvas: CanvasScene) -> None:
        self._canvas = canvas
        self.ghost: Recording | None = None
        self.is_heated = False
        self.heat: GradientMap | None = None
        self._answer = Answer(canvas)
        self._answer.known.connect(self.take_heat)
        self.checks: Checks | None = None
        self.wrong: WrongWalk | None = None

    def set_ghost(self, before: Recording | None) -> None:
        """Show what every number was in another run, faintly, or no longer."""
        self.ghost = before
        self._canvas.update()

    def set_heat(self, on: bool) -> None:  # noqa: FBT001 - what a checkable action sends
        """Colour the blocks by the size of their gradients, or as the walk has it."""
        self.is_heated = on
        self._answer.forget()
        if on:
            self._find_heat()
        else:
            self.take_heat(None)

    def take_heat(self, found: GradientMap | None) -> None:
        """Colour the blocks by sizes that are known."""
        self.heat = found
        self._canvas.update()

    def _find_heat(self) -> None:
        recording = self._canvas.recording
        if takes_long(recording):
            self._answer.ask(partial(sizes_in, recording))
        else:
            self._answer.forget()
            self.take_heat(GradientMap(recording))

    def set_wrong(self, walk: WrongWalk | None) -> None:
        """Mark what a wrong rule makes otherwise, or no longer."""
        if walk is not self.wrong:
            self.wrong = walk
            self._canvas.update()

    def set_checks(self, checks: Checks | None) -> None:
        """Show on each block whether its gradient is true, or no longer."""
        self.checks = checks
        self._canvas.update()

    def follow_recording(self) -> None:
        """Take in another run."""
        if self.is_heated:
            self._find_heat()

    def wrong_gradient(self, block: str) -> Array | None:
        """Give the wrong gradient of a Variable that ends with one; None while it has the right."""
        walk, numbers = self.wrong, self._canvas.numbers
        if walk is None or walk.recording is not self._canvas.recording:
            return None
        right = numbers.gradient(block)
        if right is None or block not in walk.ends_otherwise:
            return None
        found = walk.gradient_at(block, numbers.cursor)
        is_same = found is not None and np.array_equal(found, right, equal_nan=True)
        return None if is_same else found

    @property
    def parting(self) -> str | None:
        """The block at which the wrong walk and the right one have parted, once they have."""
        walk, recording = self.wrong, self._canvas.recording
        if walk is None or walk.parted is None or walk.recording is not recording:
            return None
        if self._canvas.numbers.cursor < recording.turn + walk.parted:
            return None
        return walk.steps[walk.parted].block

    def verdict(self, item: str) -> Verdict | None:
        """Give the verdict on the gradient of a block, or the worst of a folded group's results."""
        if self.checks is None:
            return None
        found = [self.checks.verdict(block) for block in self._canvas.results_of(item)]
        known = [verdict for verdict in found if verdict is not None]
        return min(known, key=lambda verdict: BADNESS[verdict.agrees], default=None)


def sizes_in(recording: Recording) -> GradientMap:
    """Find the sizes of all gradients; it may be called on any thread."""
    found = GradientMap(recording)
    _ = found.by_block, found.range
    return found
