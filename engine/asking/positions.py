"""What lies between some inputs and a target, run at many positions of these at once.

It is written down once for each structure, as a tape of NumPy's operations, and each of these then
takes all positions together.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any
from weakref import WeakKeyDictionary

import numpy as np

from engine.asking.together import Case, Each, together
from engine.config import Config
from engine.course import Course
from engine.function import Function
from engine.graph import CONSTANT, function_of, instance_of
from engine.recording import Recording
from engine.tape import Op, Ref, Tape, Traced, run
from engine.tape_passes import unrepeated
from engine.variable import Array

TOGETHER = 1 << 20
"""Elements that one value may have at all positions that are run together."""

CALL = 10_000
"""What a call of a Function costs, in elements that NumPy could work on meanwhile."""

_KEPT: WeakKeyDictionary[Course, dict[Any, Positions]] = WeakKeyDictionary()
"""What was written down of the runs of each structure, by target and inputs."""


def positions_of(recording: Recording, moving: tuple[str, ...]) -> Positions:
    """Give what runs a recording at many positions, from the last time if it still fits.

    Raises
    ------
    KeyError
        As `Positions` does.
    """
    kept = _KEPT.setdefault(recording.course, {})
    key = recording.target, moving
    found = kept.get(key)
    if found is None or not found.fits(recording):
        found = kept[key] = Positions(recording, moving)
    return found


class Positions:
    """What lies between some inputs and the target of a recording.

    Parameters
    ----------
    recording
        A run of it.
    moving
        Ids of the inputs that run.

    Attributes
    ----------
    cost
        What one position costs, in elements that NumPy works on.

    Raises
    ------
    KeyError
        If the target, or something that it is made of, has no value.
    """

    def __init__(self, recording: Recording, moving: Iterable[str]) -> None:
        self._train = Config.train
        tape = Tape()
        self._moving = {block: tape.given(_number(recording, block)) for block in moving}
        self._held: dict[str, Traced] = {}
        with np.errstate(all="ignore"):
            target = self._written(recording, tape)
        ops, (self._target,) = unrepeated(tape, [target.id])
        self._samples = tape.samples
        self._fixed = self._fixed_among(ops)
        self._running = {value.id for value in self._moving.values()}
        self._steps = [(op.out, op.args, self._step(op)) for op in ops]
        self._largest = max([self._samples[out].size for out, _, _ in self._steps], default=1)
        calls = sum(isinstance(step, Each) for _, _, step in self._steps)
        self.cost = CALL * calls + sum(self._samples[out].size for out, _, _ in self._steps)

    def _written(self, recording: Recording, tape: Tape) -> Traced:
        """Run once what depends on the inputs that run, and write it down; give the target."""
        course, blocks, values = recording.course, recording.blocks, dict(self._moving)
        inside = course.leading_to(frozenset(values))
        needed = {recording.target}
        for block in reversed(course.order):
            if block in needed and block in inside:
                needed.update(wire.source for wire in course.inputs[block])
        for block in course.order:
            if block not in needed or block not in inside or block in values:
                continue
            sources = [wire.source for wire in course.inputs[block]]
            xs = [values[s] if s in values else self._given(recording, tape, s) for s in sources]
            function = instance_of(blocks[block])
            told = dict(function.settings)
            if function_of(blocks[block]).backward is Function.backward:
                values[block] = tape.call(function, tuple(xs), told)
            else:  # a reader's own, which may look at its numbers
                values[block] = tape.put("forward", tuple(xs), told, function)
        return values[recording.target or ""]

    def _given(self, recording: Recording, tape: Tape, block: str) -> Any:
        """Give a value that does not run; a constant stays what it is as long as the structure."""
        value = _value(recording, block)
        if recording.blocks[block].kind == CONSTANT:
            return value
        if block not in self._held:
            self._held[block] = tape.given(value)
        return self._held[block]

    def _fixed_among(self, ops: Iterable[Op]) -> dict[int, Array]:
        """Give what is made of constants alone."""
        known = {value.id for value in (*self._moving.values(), *self._held.values())}
        known.update(op.out for op in ops)
        used = [x.id for op in ops for x in op.args if isinstance(x, Ref)]
        return {number: self._samples[number] for number in used if number not in known}

    def _step(self, op: Op) -> Any:
        runs = [isinstance(x, Ref) and x.id in self._running for x in op.args]
        if not any(runs):
            return lambda xs, _: run(op, xs)
        self._running.add(op.out)
        parts = [self._samples[x.id] if isinstance(x, Ref) else np.asarray(x) for x in op.args]
        return together(Case(op, parts, self._samples[op.out], runs))

    def fits(self, recording: Recording) -> bool:
        """Tell whether another run of the structure has values of the same shapes and types."""
        held = ((_value(recording, block), x) for block, x in self._held.items())
        moving = ((_number(recording, block), x) for block, x in self._moving.items())
        return self._train == Config.train and all(
            value.shape == x.shape and value.dtype == x.dtype
            for values in (held, moving)
            for value, x in values
        )

    def along(self, recording: Recording, places: Mapping[tuple[str, int], Array]) -> Array:
        """Give the target at many positions, the sum of an array; NaN where it cannot run.

        Parameters
        ----------
        recording
            Gives the values that do not run.
        places
            Positions, as many of each number that runs: of an input, and the flat index of one of
            its elements.
        """
        values = {value.id: _value(recording, block) for block, value in self._held.items()}
        values |= self._fixed
        count = len(next(iter(places.values())))
        length = max(TOGETHER // self._largest, 1)
        found = np.empty(count)
        for at in range(0, count, length):
            stop = min(at + length, count)
            for block, moving in self._moving.items():
                values[moving.id] = _repeated(_number(recording, block), stop - at)
            for (block, index), x in places.items():
                values[self._moving[block].id].reshape(stop - at, -1)[:, index] = x[at:stop]
            with np.errstate(all="ignore"):
                found[at:stop] = self._run(values, stop - at)
        return found

    def _run(self, values: dict[int, Any], count: int) -> Array:
        failed = np.zeros(count, dtype=bool)
        values = dict(values)
        for out, args, step in self._steps:
            xs = [values[x.id] if isinstance(x, Ref) else x for x in args]
            values[out] = step(xs, failed)
        value = values[self._target]
        if self._target not in self._running:
            value = np.broadcast_to(value, (count, *value.shape))
        total = value.reshape(count, value[0].size).sum(axis=1)
        return np.where(failed, np.nan, total)


def _repeated(value: Array, count: int) -> Array:
    """Copy an array for each position."""
    made: Array = np.empty((count, *value.shape))
    made[:] = value
    return made


def _value(recording: Recording, block: str) -> Array:
    value = recording.value(block)
    if value is None:
        raise KeyError(block)
    return value


def _number(recording: Recording, block: str) -> Array:
    return np.asarray(_value(recording, block), dtype=np.float64)
