"""The work list: which Function passes its gradient on next."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from engine.variable import Variable


class WorkList:
    """The Variables whose Functions are still to be served, youngest first, each only once.

    A plain stack serves a Function before all that use its output have added their
    contribution; ordered by generation, that cannot happen. A list of outputs and not of
    Functions, because a Function does not hold on to its output.

    Parameters
    ----------
    y
        Where the walk begins.
    """

    def __init__(self) -> None:
        # What is of one generation, in the order it came. The walk goes down the generations and
        # never back up, so what has been served cannot come again and need not be remembered.
        self._waiting: dict[int, dict[Variable, None]] = {}
        self._youngest = -1

    def push(self, output: Variable) -> bool:
        """Put what a Function made on the list unless it is there; say whether it was put."""
        generation = output.generation
        waiting = self._waiting.get(generation)
        if waiting is None:
            self._waiting[generation] = {output: None}
            self._youngest = max(self._youngest, generation)
        elif output in waiting:
            return False
        else:
            waiting[output] = None
        return True

    def pop(self) -> Variable:
        """Take the Variable whose Function is to be served next."""
        while (waiting := self._waiting.get(self._youngest)) is None:
            self._youngest -= 1
        # Among equals the last in is the first out, as with `list.pop`.
        output, _ = waiting.popitem()
        if not waiting:
            del self._waiting[self._youngest]
        return output

    def comes_after(self, output: Variable) -> bool:
        """Tell whether all that waits here is older than a Variable."""
        return output.generation > self._youngest

    def __bool__(self) -> bool:
        return bool(self._waiting)


def walk_back(y: Variable) -> Iterator[Variable]:
    """Yield `y` and what it was made of, as far as Functions made it, each after all its users."""
    if y.maker is None:
        return
    work_list = WorkList()
    output = y
    while True:
        yield output
        following: Variable | None = None
        for x in output.maker.inputs:  # type: ignore[union-attr] # only what was made gets here
            if x.maker is not None and x is not following:
                if following is None:
                    following = x
                elif x.generation >= following.generation:
                    work_list.push(following)
                    following = x
                else:
                    work_list.push(x)
        # The youngest of all need not be put on the list to be taken off it again.
        if following is None or not work_list.comes_after(following):
            if following is not None:
                work_list.push(following)
            if not work_list:
                return
            following = work_list.pop()
        output = following
