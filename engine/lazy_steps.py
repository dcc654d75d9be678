"""The steps of a run, each put together when somebody looks at it.

A run knows every value and every gradient; what one step shows is worked out of these again. A
slider over a large graph makes a recording at every move, of which only a few steps are seen.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import repeat
from typing import Any, overload

import numpy as np

from engine.course import Course
from engine.functions import FUNCTIONS
from engine.graph import Block, Wire
from engine.kernel import LEFT_TO_NUMPY, kernel_for
from engine.steps import BackwardStep, Contribution, ForwardStep, SeedStep, Step, kept
from engine.variable import Array, held
from engine.walking import Pulled

Before = tuple[Any, Any]
"""A gradient before and after something was added to it; floats or arrays, and None at first."""

Part = tuple[Wire, Any, Any]
"""A wire that a gradient goes back along, the local derivative, and what comes back."""

new: Any = tuple.__new__
"""What makes a row without calling Python, for there are thousands."""


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
    blocks
        The blocks as they were, by id; none where they stand for Functions of a reader's, who may
        mean something else by a name.

    Attributes
    ----------
    at_hand
        Of which steps all is there that is seen at them, where that takes long to be worked out.
    """

    def __init__(
        self,
        course: Course,
        values: Mapping[str, Any],
        gradients: Mapping[str, Any],
        pull: Callable[[str, Array], Pulled],
        blocks: Mapping[str, Block],
    ) -> None:
        self._course = course
        self._values = values
        self._gradients = gradients
        self._pull = pull
        self._blocks = blocks
        self._made: dict[int, Step] = {}
        self.at_hand: set[int] = set()
        self._pulled: dict[str, Pulled] = {}
        self._histories: dict[str, list[Before]] = {}
        self._kept: dict[tuple[str, str], Array] = {}

    def __len__(self) -> int:
        return len(self._course)

    @overload
    def __getitem__(self, index: int) -> Step: ...

    @overload
    def __getitem__(self, index: slice) -> tuple[Step, ...]: ...

    def __getitem__(self, index: int | slice) -> Step | tuple[Step, ...]:
        if type(index) is int and (known := self._made.get(index)) is not None:
            return known  # what is painted asks for the same step very often
        if isinstance(index, slice):
            return tuple([self[at] for at in range(*index.indices(len(self)))])
        at = index + len(self) if index < 0 else index
        if not 0 <= at < len(self):
            raise IndexError(index)
        step = self._made.get(at)
        if step is None:
            step = self._made[at] = self._make(at)
        return step

    def __iter__(self) -> Iterator[Step]:
        course, order = self._course, self._course.order
        inputs = map(course.inputs.__getitem__, order)
        columns = zip(order, inputs, map(self._value, order), strict=True)
        yield from map(new, repeat(ForwardStep), columns)
        if course.target is not None:
            yield self._seed()
            yield from self._back()

    def value(self, block: str) -> Array:
        """Give the value of a block; an array is copied when it is first asked for."""
        return kept(self._value(block))

    def gradient(self, block: str) -> Array:
        """Give the gradient of a block, complete; copied once, as values are."""
        return kept(self._gradient(block))

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
            known[:1] = [(None, self._gradient(block))]
        givers, begin = self._course.givers.get(block, ()), len(known)
        for at, wire in enumerate(givers[begin:count], begin):
            after = self._sent_back(wire)
            before = known[at - 1][1] if at else None
            if before is not None:
                with np.errstate(all="ignore"):
                    after = _owned(before + after)
            # Put where it belongs and not at the end: another thread may be at the same.
            known[at : at + 1] = [(before, after)]
        return known

    def sent_back(self, wire: Wire) -> Array:
        """Give what comes back along a wire that a gradient is passed on along."""
        return kept(self._sent_back(wire))

    def _sent_back(self, wire: Wire) -> Any:
        return next(value for found, _, value in self._parts(wire.target) if found == wire)

    def pulled(self, block: str, upstream: Array) -> Pulled:
        """Give what each input of a block gets from any upstream gradient, and the local ones."""
        return self._pulled_by(block, kept(upstream))

    def _pulled_by(self, block: str, upstream: Array) -> Pulled:
        with np.errstate(all="ignore"):
            values, local = self._pull(block, upstream)
        return tuple(map(_kept, values)), tuple(map(_kept, local))

    def _value(self, block: str) -> Any:
        value = self._values[block]
        return value if type(value) is float else self._once("value", block, value)

    def _gradient(self, block: str) -> Any:
        value = self._gradients[block]
        return value if type(value) is float else self._once("gradient", block, value)

    def _once(self, what: str, block: str, value: Any) -> Array:
        found = self._kept.get((what, block))
        if found is None:
            found = self._kept[what, block] = kept(value)
        return found

    def _parts(self, block: str) -> list[Part]:
        found = self._on_numbers(block)
        if found is None:
            values, local = self._values_of(block)
            wires = self._course.receiving[block]
            found = [(wire, local[wire.port], values[wire.port]) for wire in wires]
        return found

    def _values_of(self, block: str) -> Pulled:
        found = self._pulled.get(block)
        if found is None:
            # The very array of the walk: one that lies otherwise in memory is added up otherwise.
            upstream = np.asarray(self._gradients[block])
            found = self._pulled[block] = self._pulled_by(block, upstream)
        return found

    def _on_numbers(self, block: str) -> list[Part] | None:
        """Do on floats what `pass_on` does with them; None where NumPy is needed."""
        slopes, course = self._slopes(block), self._course
        xs = [self._given(wire.source) for wire in course.inputs[block]] if slopes else []
        y, upstream = self._values[block], self._gradients[block]
        if not slopes or {type(number) for number in (y, upstream, *xs)} != {float}:
            return None
        try:
            local = [(wire, slopes[wire.port](y, *xs)) for wire in course.receiving[block]]
        except LEFT_TO_NUMPY:
            return None
        return [(wire, slope, upstream * slope) for wire, slope in local]

    def _slopes(self, block: str) -> tuple[Callable[..., float], ...]:
        """Give what computes local derivatives on floats; nothing where NumPy does."""
        known = self._blocks.get(block)
        kernel = None if known is None else kernel_for(FUNCTIONS[known.kind], known.settings)
        return () if kernel is None else kernel.slopes

    def _given(self, block: str) -> Any:
        return self._values[block] if block in self._values else held(self._blocks[block].value)

    def _make(self, at: int) -> Step:
        course, turn = self._course, self._course.turn
        if at < turn:
            block = course.order[at]
            return ForwardStep(block, course.inputs[block], self._value(block))
        if at == turn:
            return self._seed()
        return self._backward(course.popped[at - turn - 1], course.pushed[at - turn])

    def _seed(self) -> SeedStep:
        target = self._course.target
        assert target is not None  # noqa: S101 - a seed has one
        return SeedStep(target, self._gradient(target), self._course.pushed[0])

    def _back(self) -> Iterator[BackwardStep]:
        """Go through the steps back.

        Most are of a Function of one number that nothing else uses; these are put together here
        and now, in half the time that `_backward` takes.
        """
        course, values, gradients = self._course, self._values, self._gradients
        inputs, uses = course.inputs, course.wires_from
        for block, pushed in zip(course.popped, course.pushed[1:], strict=True):
            wires, y, upstream = inputs[block], values[block], gradients[block]
            if len(wires) == 1 and len(uses[wires[0].source]) == 1:
                x, slopes = values.get(wires[0].source), self._slopes(block)
                if slopes and type(x) is type(y) is type(upstream) is float:
                    try:
                        local = slopes[0](y, x)
                    except LEFT_TO_NUMPY:
                        pass
                    else:
                        value = upstream * local
                        part = new(Contribution, (wires[0], local, value, None, value))
                        yield new(BackwardStep, (block, upstream, (part,), pushed))
                        continue
            yield self._backward(block, pushed)

    def _backward(self, block: str, pushed: tuple[str, ...]) -> BackwardStep:
        parts = [
            Contribution(wire, local, value, *self._change(wire, value))
            for wire, local, value in self._parts(block)
        ]
        return BackwardStep(block, self._gradient(block), tuple(parts), pushed)

    def _change(self, wire: Wire, value: Any) -> Before:
        if len(self._course.wires_from[wire.source]) == 1:
            return None, value
        at = self._course.places[wire]
        return self.history(wire.source, at + 1)[at]


def _owned(value: Any) -> Any:
    return value if type(value) is float else kept(value)


def _kept(value: Array | None) -> Array | None:
    return None if value is None else kept(value)
