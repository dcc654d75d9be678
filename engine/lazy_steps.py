"""The steps of a run, each put together when somebody looks at it.

A run knows every value and every gradient; what one step shows is worked out of these again. A
slider over a large graph makes a recording at every move, of which only a few steps are seen.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, overload

import numpy as np

from engine.course import Course
from engine.graph import Wire
from engine.steps import BackwardStep, Contribution, ForwardStep, SeedStep, Step, kept
from engine.variable import Array
from engine.walking import Pulled

Before = tuple[Array | None, Array]
"""A gradient before and after something was added to it."""


class Steps(Sequence[Step]):
    """All steps of a run.

    Parameters
    ----------
    course
        Their order.
    values, gradients
        What each block has and got, complete, by id; floats or arrays.
    pull
        Gives what each input of a block gets, and the local derivative by it.
    """

    def __init__(
        self,
        course: Course,
        values: Mapping[str, Any],
        gradients: Mapping[str, Any],
        pull: Callable[[str, Array], Pulled],
    ) -> None:
        self._course = course
        self._values = values
        self._gradients = gradients
        self._pull = pull
        self._made: dict[int, Step] = {}
        self._pulled: dict[str, Pulled] = {}
        self._histories: dict[str, list[Before]] = {}
        self._kept_values: dict[str, Array] = {}
        self._kept_gradients: dict[str, Array] = {}

    def __len__(self) -> int:
        return len(self._course)

    @overload
    def __getitem__(self, index: int) -> Step: ...

    @overload
    def __getitem__(self, index: slice) -> tuple[Step, ...]: ...

    def __getitem__(self, index: int | slice) -> Step | tuple[Step, ...]:
        if isinstance(index, slice):
            return tuple([self[at] for at in range(*index.indices(len(self)))])
        at = index + len(self) if index < 0 else index
        if not 0 <= at < len(self):
            raise IndexError(index)
        step = self._made.get(at)
        if step is None:
            step = self._made[at] = self._make(at)
        return step

    def value(self, block: str) -> Array:
        """Give the value of a block; an array is copied when it is first asked for."""
        return _kept_once(self._values[block], block, self._kept_values)

    def gradient(self, block: str) -> Array:
        """Give the gradient of a block, complete; copied once, as values are."""
        return _kept_once(self._gradients[block], block, self._kept_gradients)

    def history(self, block: str, count: int | None = None) -> Sequence[Before]:
        """Tell what the gradient of a block was before and after each contribution to it.

        Parameters
        ----------
        count
            How many are wanted, the first ones; all of them if it is not told. A block that
            thousands use gets as many contributions, of which a walk has brought only some.
        """
        known = self._histories.setdefault(block, [])
        if block == self._course.target and not known:
            known.append((None, self.gradient(block)))
        givers = self._course.givers.get(block, ())
        for wire in givers[len(known) : count]:
            after = self.sent_back(wire)
            before = known[-1][1] if known else None
            if before is not None:
                with np.errstate(all="ignore"):
                    after = kept(before + after)
            known.append((before, after))
        return known

    def sent_back(self, wire: Wire) -> Array:
        """Give what comes back along a wire that a gradient is passed on along."""
        added = self._values_of(wire.target)[0][wire.port]
        assert added is not None  # noqa: S101 - what receives gets a value
        return added

    def pulled(self, block: str, upstream: Array) -> Pulled:
        """Give what each input of a block gets from any upstream gradient, and the local ones."""
        with np.errstate(all="ignore"):
            values, local = self._pull(block, kept(upstream))
        return tuple(map(_kept, values)), tuple(map(_kept, local))

    def _values_of(self, block: str) -> Pulled:
        if block not in self._pulled:
            self._pulled[block] = self.pulled(block, self.gradient(block))
        return self._pulled[block]

    def _make(self, at: int) -> Step:
        course, turn = self._course, self._course.turn
        if at < turn:
            block = course.order[at]
            return ForwardStep(block, course.inputs[block], self.value(block))
        pushed = course.pushed[at - turn]
        if at == turn:
            assert course.target is not None  # noqa: S101 - a seed has one
            return SeedStep(course.target, self.gradient(course.target), pushed)
        block = course.popped[at - turn - 1]
        values, local = self._values_of(block)
        parts = tuple(
            Contribution(wire, local[wire.port], values[wire.port], *self._change(wire))  # type: ignore[arg-type] # what receives gets a value
            for wire in course.receiving[block]
        )
        return BackwardStep(block, self.gradient(block), parts, pushed)

    def _change(self, wire: Wire) -> Before:
        at = self._course.givers[wire.source].index(wire)
        return self.history(wire.source, at + 1)[at]


def _kept_once(value: Any, block: str, known: dict[str, Array]) -> Array:
    if not isinstance(value, np.ndarray):
        return kept(value)
    if block not in known:
        known[block] = kept(value)
    return known[block]


def _kept(value: Array | None) -> Array | None:
    return None if value is None else kept(value)
