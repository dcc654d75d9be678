"""The work list: which Function passes its gradient on next."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from engine.variable import Variable


def walk_back(y: Variable) -> Iterator[Variable]:  # noqa: C901, PLR0912 - what every walk spends its time in
    """Yield `y` and what it was made of, as far as Functions made it, each after all its users.

    A plain stack serves a Function before all that use its output have added their contribution;
    ordered by generation, that cannot happen. The list holds outputs and not Functions, because a
    Function does not hold on to its output.
    """
    if y.maker is None:
        return
    # What is of one generation, in the order it came; among equals the last in is the first out,
    # as with `list.pop`. The walk goes down the generations and never back up, so what has been
    # served cannot come again and need not be remembered.
    waiting: dict[int, dict[Variable, None]] = {}
    youngest = -1
    output = y
    while True:
        yield output
        following: Variable | None = None
        for x in output.maker.inputs:  # type: ignore[union-attr] # only what was made gets here
            if x.maker is None or x is following:
                continue
            if following is None or x.generation >= following.generation:
                x, following = following, x  # noqa: PLW2901 - whichever of them is to wait
            if x is not None:
                generation = x.generation
                equals = waiting.get(generation)
                if equals is not None:
                    equals[x] = None
                else:
                    waiting[generation] = {x: None}
                    youngest = max(youngest, generation)
        if following is not None:
            # The youngest of all need not be put on the list to be taken off it again.
            if following.generation > youngest:
                output = following
                continue
            waiting.setdefault(following.generation, {})[following] = None
        elif not waiting:
            return
        while (equals := waiting.get(youngest)) is None:
            youngest -= 1
        output, _ = equals.popitem()
        if not equals:
            del waiting[youngest]
