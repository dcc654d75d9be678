"""The work list: which Function passes its gradient on next."""

from __future__ import annotations

import heapq
from collections.abc import Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from engine.variable import Function, Variable


class WorkList:
    """The Functions still to be served, youngest generation first, each only once.

    A plain stack serves a Function before all that use its output have added their
    contribution; ordered by generation, that cannot happen.
    """

    def __init__(self) -> None:
        self._heap: list[tuple[int, int, Function]] = []
        self._seen: set[int] = set()

    def push(self, function: Function) -> bool:
        """Put a Function on the list unless it was there before; say whether it was put."""
        if id(function) in self._seen:
            return False
        # Among equals the last in is the first out, as with `list.pop`.
        heapq.heappush(self._heap, (-function.generation, -len(self._seen), function))
        self._seen.add(id(function))
        return True

    def pop(self) -> Function:
        """Take the Function to be served next."""
        return heapq.heappop(self._heap)[2]

    def __bool__(self) -> bool:
        return bool(self._heap)


def walk_back(y: Variable) -> Iterator[Function]:
    """Yield the Functions that `y` depends on, each after all that use its output."""
    work_list = WorkList()
    if y.creator is not None:
        work_list.push(y.creator)
    while work_list:
        function = work_list.pop()
        yield function
        for x in function.inputs:
            if x.creator is not None:
                work_list.push(x.creator)
