"""A tape of NumPy's operations compiled to straight-line Python that writes into kept arrays.

Making a large array costs as much as filling it. So what lies between inputs and results is written
into arrays that are kept.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

import numpy as np

from engine.arrays import as_array
from engine.numpy_text import compiled, is_plain_product, sum_text, ufunc_text, view_text
from engine.tape import CALLS, OPERATORS, UFUNCS, VIEWS, Op, Ref, Tape, run

Value = np.ndarray[Any, Any]


class Coder:
    """Writes operations down as lines, and finds each value a place to stand.

    Parameters
    ----------
    tape, ops
        The operations, with samples of what they make.
    inputs, results
        The numbers of the values that are given at each run, and of those that are asked for.
    stretch
        Whether the lines are for a stretch of the inputs. Then the places of the results and all
        kept arrays are given at each run, too; otherwise the results are new at each run.
    """

    def __init__(
        self,
        tape: Tape,
        ops: Sequence[Op],
        inputs: Sequence[int],
        results: Sequence[int],
        *,
        stretch: bool,
    ) -> None:
        self._samples = tape.samples
        self._stretch = stretch
        self._names = {number: f"x{at}" for at, number in enumerate(inputs)}
        self.results = {number: f"r{at}" for at, number in enumerate(dict.fromkeys(results))}
        self.known: dict[str, Any] = {name: getattr(np, name) for name in UFUNCS.values()}
        self.known |= {"broadcast_to": np.broadcast_to, "dot": np.dot, "total": np.add.reduce}
        self.kept: list[Value] = []
        self.lines: list[str] = []
        self._free: dict[Any, list[int]] = {}
        self._kinds: list[Any] = []
        self._copied: set[int] = set()
        self._holds: dict[int, int] = {}
        self._fixed: dict[int, Value] = {}
        self._last = _last_uses(ops)
        for at, op in enumerate(ops):
            self._write(at, op)

    def _write(self, at: int, op: Op) -> None:
        terms = [self._term(x) for x in op.args]
        dying = [number for number in self._holds if self._last.get(number, at) <= at]
        if op.name in VIEWS:
            self._view(op, terms[0])
        elif op.name in CALLS:
            self.known[f"f{op.out}"] = _method(op)
            self._new(op, f"f{op.out}({', '.join(terms)})")
        elif op.name == "sum":
            if self._samples[op.out].ndim:
                self._line(op, sum_text(op, terms[0], self._place(op.out)))
            else:
                self._named(op, sum_text(op, terms[0]))
        elif op.name == "matmul":
            call = "dot" if is_plain_product(self._samples, op) else "matmul"
            place = self._place(op.out)
            self._line(op, f"{call}({terms[0]}, {terms[1]}, {place})")
        elif not self._samples[op.out].ndim and not self._stretch:
            # Of single numbers NumPy makes no arrays, and is quicker without.
            self._single(op, terms)
        else:
            # What works element by element may write over what it reads.
            self._release(dying)
            dying = []
            place = self._place(op.out)
            self._line(op, ufunc_text(op, terms, place))
        self._release(dying)

    def _single(self, op: Op, terms: list[str]) -> None:
        if op.name in OPERATORS:
            self._named(op, f"{terms[0]} {OPERATORS[op.name]} {terms[1]}")
        else:
            self._named(op, ufunc_text(op, terms))

    def _named(self, op: Op, text: str) -> None:
        """Write what makes a single number."""
        self._names[op.out] = self.results.get(op.out, f"w{op.out}")
        self.lines.append(f"{self._names[op.out]} = {text}")

    def _line(self, op: Op, text: str) -> None:
        new = op.out in self.results and not self._stretch
        self.lines.append(f"{self._names[op.out]} = {text}" if new else text)

    def _place(self, number: int) -> str:
        """Find an array to write a value to; None where it is to be new."""
        if number in self.results:
            self._names[number] = self.results[number]
            return self.results[number] if self._stretch else "None"
        sample = self._samples[number]
        # It matters how an array lies in memory: its elements are added up in that order.
        kind = sample.shape, sample.dtype, _axes(sample)
        free = self._free.setdefault(kind, [])
        if not free:
            free.append(len(self.kept))
            self._kinds.append(kind)
            self.kept.append(sample if self._stretch else _aligned(sample))
        at = self._holds[number] = free.pop()
        self._names[number] = f"b{at}"
        if not self._stretch:
            self._fixed[number] = self.known[f"b{at}"] = self.kept[at]
        return f"b{at}"

    def _release(self, numbers: list[int]) -> None:
        for number in numbers:
            at = self._holds.pop(number)
            self._free[self._kinds[at]].append(at)

    def _view(self, op: Op, text: str) -> None:
        base = self._fixed.get(getattr(op.args[0], "id", -1))
        if base is not None and op.out not in self.results:
            view = run(op, [base])
            if np.shares_memory(view, base):
                # A kept array stays where it is, and so do the views of it.
                self._fixed[op.out] = self.known[f"w{op.out}"] = view
                self._names[op.out] = f"w{op.out}"
                return
        self._new(op, view_text(op, text))

    def _new(self, op: Op, text: str) -> None:
        """Write what makes an array of its own or shows a part of another."""
        self._names[op.out] = f"w{op.out}"
        self.lines.append(f"w{op.out} = {text}")
        if op.out in self.results:
            # A copy may lie otherwise in memory, and is not what others go on with.
            self.lines.append(f"{self.results[op.out]} = copied(w{op.out})")
            self._copied.add(op.out)

    def _term(self, x: Any) -> str:
        if not isinstance(x, Ref):
            return repr(x) if type(x) in (int, float) and np.isfinite(x) else self._constant(x)
        if x.id not in self._names:
            self._names[x.id] = self._constant(self._samples[x.id])
        return self._names[x.id]

    def _constant(self, value: Any) -> str:
        name = f"c{len(self.known)}"
        self.known[name] = value
        return name

    def answer(self, results: Sequence[int]) -> str:
        """Write what is given back: results, which may be inputs, constants, or the same twice."""
        terms: list[str] = []
        given: set[str] = set()
        for number in results:
            term = self._term(Ref(number))
            term = self.results[number] if number in self._copied else term
            new = term == self.results[number] and term not in given
            single = not self._samples[number].ndim  # of which NumPy makes no array
            terms.append((f"as_array({term})" if single else term) if new else f"copied({term})")
            given.add(term)
        return f"return ({', '.join(terms)},)"


LINE = 64
"""Bytes that a cache takes in at a time."""


def _aligned(sample: Value) -> Value:
    """Make room for an array that lies like this, from the beginning of a line of the cache."""
    room = np.empty(sample.nbytes + LINE, np.uint8)
    start = -room.ctypes.data % LINE
    flat, axes = room[start : start + sample.nbytes].view(sample.dtype), _axes(sample)
    return flat.reshape([sample.shape[axis] for axis in axes]).transpose(np.argsort(axes))


def _axes(sample: Value) -> tuple[int, ...]:
    """Tell the axes of an array from the one along which it takes the longest strides in memory."""
    return tuple(sorted(range(sample.ndim), key=lambda axis: -abs(sample.strides[axis])))


def _copied(x: Value) -> Value:
    """Copy an array so that it lies in memory as it did; what shows a number often still does."""
    if 0 not in x.strides:
        return np.array(x)
    once = tuple([slice(None) if stride else slice(1) for stride in x.strides])
    return np.broadcast_to(np.array(x[once]), x.shape)


def _last_uses(ops: Sequence[Op]) -> dict[int, int]:
    """Find where each value is used last, itself or what shows a part of it."""
    last: dict[int, int] = {}
    for at in range(len(ops) - 1, -1, -1):
        op = ops[at]
        shown = last.get(op.out, at) if op.name in (*VIEWS, *CALLS) else at
        for x in op.args:
            if isinstance(x, Ref):
                last[x.id] = max(last.get(x.id, at), shown)
    return last


def _method(op: Op) -> Callable[..., Any]:
    function: Any = op.function
    if op.name == "forward":
        return partial(function.forward, **op.told)
    port, settings = op.told
    return partial(function.pull, port, **settings)


def compiled_whole(
    tape: Tape, ops: Sequence[Op], inputs: Sequence[int], results: Sequence[int]
) -> Callable[..., tuple[Value, ...]]:
    """Compile operations on whole arrays: inputs in, results out."""
    coder = Coder(tape, ops, inputs, results, stretch=False)
    lines = [*coder.lines, coder.answer(results)]
    arguments = [f"x{at}" for at in range(len(inputs))]
    return compiled(arguments, lines, {**coder.known, "as_array": as_array, "copied": _copied})
