"""Work that is element by element, done a stretch of large arrays at a time.

An array that does not fit in the cache is waited for. Where no operation looks at other elements
than its own, one stretch of the inputs is led through all operations, there and back, before the
next is begun.
"""

from __future__ import annotations

import functools
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from contextvars import ContextVar

import numpy as np

from engine.array_plan import Coder, Value
from engine.numpy_text import compiled
from engine.tape import UFUNCS, Op, Ref, Tape

CACHE = 1 << 20
"""Bytes that the kept arrays of one stretch may take, so that they stay in the cache."""

SHORT, LONG = 1 << 12, 1 << 15
"""Elements of a stretch: fewer cost more in calls than they save, more do not fit."""

FITTING = 1 << 14
"""Elements up to which whole arrays stay in the cache anyway."""

PARALLEL = 1 << 17
"""Elements from which a second thread pays."""


class Stretches:
    """Work that is element by element, done a stretch at a time, on two threads where it pays.

    Parameters
    ----------
    tape, ops, inputs, results
        As `compiled_whole` takes them; every value has one shape.
    """

    def __init__(
        self, tape: Tape, ops: Sequence[Op], inputs: Sequence[int], results: Sequence[int]
    ) -> None:
        fixed = _fixed(ops, inputs, results)
        coder = Coder(tape, ops, (*inputs, *fixed), results, stretch=True)
        self._made = {op.out for op in ops}
        self._fixed = [np.ascontiguousarray(tape.samples[number]).ravel() for number in fixed]
        self._sources = {number: at for at, number in enumerate((*inputs, *fixed))}
        self._types = {number: tape.samples[number].dtype for number in results}
        self._results = results
        self._shape = tape.samples[results[0]].shape
        self._size = tape.samples[results[0]].size
        threads = 2 if self._size >= PARALLEL else 1
        # Threads take turns at what is not NumPy's, so theirs are to be few.
        room = CACHE // (8 * (len(coder.kept) + len(results) + len(inputs)))
        self._length = (
            LONG if threads > 1 else min(max(SHORT, 1 << max(room, 1).bit_length() - 1), LONG)
        )
        self._kept = [
            [np.empty(self._length, kept.dtype) for kept in coder.kept] for _ in range(threads)
        ]
        arguments = [f"x{at}" for at in range(len(inputs) + len(fixed))]
        arguments += [name for number, name in coder.results.items() if number in self._made]
        arguments += [f"b{at}" for at in range(len(coder.kept))]
        self._run = compiled(arguments, coder.lines or ["pass"], coder.known)

    def __call__(self, *inputs: Value) -> tuple[Value, ...]:
        """Give the results, new arrays."""
        flat = [np.ravel(x) for x in inputs] + self._fixed
        made = {
            number: np.empty(self._size, self._types[number])
            for number in dict.fromkeys(self._results)
            if number in self._made
        }
        arrays = [*flat, *made.values()]
        if len(self._kept) == 1 or not _THREADS.get():
            self._over(0, self._size, arrays, self._kept[0])
        else:
            half = self._size // 2
            other = _worker().submit(self._over, half, self._size, arrays, self._kept[1])
            self._over(0, half, arrays, self._kept[0])
            other.result()
        # A result that is no operation's is an input, or a one that never changes.
        found = (
            made.pop(number) if number in made else arrays[self._sources[number]].copy()
            for number in self._results
        )
        return tuple(value.reshape(self._shape) for value in found)

    def _over(self, start: int, stop: int, arrays: list[Value], kept: list[Value]) -> None:
        length, run = self._length, self._run
        with np.errstate(all="ignore"):  # which holds for one thread alone
            for at in range(start, stop, length):
                end = min(at + length, stop)
                if end - at < length:
                    kept = [place[: end - at] for place in kept]
                run(*[x[at:end] for x in arrays], *kept)


def _fixed(ops: Sequence[Op], inputs: Iterable[int], results: Iterable[int]) -> list[int]:
    """Find the values that no operation makes and nobody gives: what is one everywhere."""
    known = {op.out for op in ops} | set(inputs)
    used = [x.id for op in ops for x in op.args if isinstance(x, Ref)]
    return [number for number in dict.fromkeys((*used, *results)) if number not in known]


def is_stretchable(tape: Tape, ops: Sequence[Op], numbers: Iterable[int]) -> bool:
    """Tell whether all work is element by element, on large arrays of one shape."""
    values = [*numbers, *(op.out for op in ops)]
    values += [x.id for op in ops for x in op.args if isinstance(x, Ref)]
    shapes = {tape.samples[number].shape for number in values}
    if tape.samples[values[0]].size <= FITTING:
        return False
    plain = all(op.name in UFUNCS and op.name != "matmul" for op in ops)
    single = all(np.ndim(x) == 0 for op in ops for x in op.args if not isinstance(x, Ref))
    return plain and single and len(shapes) == 1


_THREADS: ContextVar[bool] = ContextVar("threads", default=True)


@contextmanager
def one_thread() -> Iterator[None]:
    """Keep plans to the calling thread for the length of a `with` block."""
    before = _THREADS.set(False)
    try:
        yield
    finally:
        _THREADS.reset(before)


@functools.cache
def _worker() -> ThreadPoolExecutor:
    return ThreadPoolExecutor(1, "gradwalk-plan")
