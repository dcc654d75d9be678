"""An operation of a tape, done at many positions at once: they stand along an axis in front."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np

from engine.function import Function
from engine.functions.indexing import Getitem
from engine.functions.joining import Concatenate, Stack
from engine.functions.reductions import Logsumexp, Max, Prod, Std, Var
from engine.tape import UFUNCS, Op
from engine.variable import Array

REDUCTIONS = (Logsumexp, Max, Prod, Std, Var)
"""What stays a call of a Function, and yet can be told along which axes."""

MOVES = (Concatenate, Getitem, Stack)
"""What stays a call, and puts elements at other places without looking at them."""

MATRIX = 2
"""Axes of a matrix."""

Operation = Callable[[Sequence[Any], Array], Any]
"""Takes the operands, those that run with the positions in front, and where the run has failed so
far, which it may add to; gives the result, with the positions in front."""


class Case(NamedTuple):
    """An operation, of which at least one operand runs.

    Attributes
    ----------
    op
        The operation.
    parts, made
        Its operands and what it made of them, at one position.
    runs
        Which of the operands run.
    """

    op: Op
    parts: Sequence[Array]
    made: Array
    runs: Sequence[bool]

    @property
    def function(self) -> Function:
        """The Function of a call."""
        assert isinstance(self.op.function, Function)  # noqa: S101 - a call here has one
        return self.op.function


def together(case: Case) -> Operation:
    """Give what does an operation at all positions."""
    rule = RULES.get(case.op.name)
    if rule is not None:
        return rule(case)
    if case.op.name in UFUNCS:
        ufunc, lifted = getattr(np, UFUNCS[case.op.name]), _lifting(case)
        return lambda xs, _: ufunc(*lifted(xs))
    function, told = case.function, case.op.told
    if isinstance(function, REDUCTIONS):
        told = {**told, "axis": _moved(told.get("axis"), case.parts[0].ndim)}
        return lambda xs, _: function.forward(*xs, **told)
    if isinstance(function, MOVES):
        return _moves(case)
    return _Whole(case) if function.is_elementwise() else Each(case)


def _sum(case: Case) -> Operation:
    axes, keepdims = case.op.told
    along = _moved(axes, case.parts[0].ndim)
    return lambda xs, _: np.add.reduce(xs[0], axis=along, keepdims=keepdims)


def _reshape(case: Case) -> Operation:
    return lambda xs, failed: np.reshape(xs[0], (len(failed), *case.made.shape))


def _transpose(case: Case) -> Operation:
    axes = case.parts[0].ndim
    told = range(axes)[::-1] if case.op.told is None else case.op.told
    order = 0, *_moved(told, axes)
    return lambda xs, _: np.transpose(xs[0], order)


def _broadcast_to(case: Case) -> Operation:
    lifted = _lifting(case)
    return lambda xs, failed: np.broadcast_to(lifted(xs)[0], (len(failed), *case.made.shape))


def _matmul(case: Case) -> Operation:
    """Multiply matrices; of a vector, a matrix of one row or one column is made."""
    left, right = (part.shape for part in case.parts)
    gone = tuple(at for at, shape in ((-2, left), (-1, right)) if len(shape) < MATRIX)
    shapes = [left if len(left) >= MATRIX else (1, *left)]
    shapes.append(right if len(right) >= MATRIX else (*right, 1))
    axes = max(map(len, shapes))
    shapes = [(*(1,) * (axes - len(shape)), *shape) for shape in shapes]

    def product(xs: Sequence[Any], failed: Array) -> Any:
        a, b = (
            np.reshape(x, (len(failed), *shape) if runs else shape)
            for x, shape, runs in zip(xs, shapes, case.runs, strict=True)
        )
        return np.squeeze(np.matmul(a, b), axis=gone)

    return product


RULES: Mapping[str, Callable[[Case], Operation]] = {
    "broadcast_to": _broadcast_to,
    "matmul": _matmul,
    "reshape": _reshape,
    "sum": _sum,
    "transpose": _transpose,
}
"""How the operations that know axes do without the one in front."""


def _moved(axes: Any, count: int) -> tuple[int, ...]:
    """Name axes as they are counted with one in front; None means all."""
    if axes is None:
        axes = range(count)
    return tuple(axis % count + 1 for axis in (axes if isinstance(axes, Iterable) else (axes,)))


def _lifting(case: Case) -> Callable[[Sequence[Any]], list[Any]]:
    """Give what lets operands be broadcast against each other behind the positions."""
    axes = case.made.ndim
    shapes = [
        (*(1,) * (axes - part.ndim), *part.shape) if runs and part.ndim < axes else None
        for part, runs in zip(case.parts, case.runs, strict=True)
    ]

    def lifted(xs: Sequence[Any]) -> list[Any]:
        return [
            x if shape is None else x.reshape(len(x), *shape)
            for x, shape in zip(xs, shapes, strict=True)
        ]

    return lifted


def _moves(case: Case) -> Operation:
    """Take each element from where the Function takes it: that is found once."""
    sizes = [part.size for part in case.parts]
    numbers = np.split(np.arange(sum(sizes)), np.cumsum(sizes)[:-1])
    shaped = [at.reshape(part.shape) for at, part in zip(numbers, case.parts, strict=True)]
    taken = case.function.forward(*shaped, **case.op.told)

    def moved(xs: Sequence[Any], failed: Array) -> Any:
        rows = [
            np.broadcast_to(x, (len(failed), *part.shape)).reshape(len(failed), part.size)
            for x, part in zip(xs, case.parts, strict=True)
        ]
        return (rows[0] if len(rows) == 1 else np.concatenate(rows, axis=1))[:, taken]

    return moved


class Each:
    """A call of a Function, once for each position."""

    def __init__(self, case: Case) -> None:
        self._case = case

    def __call__(self, xs: Sequence[Any], failed: Array) -> Array:
        """Call it at all positions; where it raises an error, the run has failed."""
        made = np.zeros((len(failed), *self._case.made.shape), self._case.made.dtype)
        for at in np.flatnonzero(~failed):
            place = [x[at] if runs else x for x, runs in zip(xs, self._case.runs, strict=True)]
            try:
                made[at] = self.forward(*place)
            except Exception:  # noqa: BLE001 - a reader's own Function may raise anything
                failed[at] = True
        return made

    def forward(self, *xs: Any) -> Any:
        """Call it once."""
        return self._case.function.forward(*map(np.asarray, xs), **self._case.op.told)


class _Whole:
    """A call of a Function that works element by element, once for all positions."""

    def __init__(self, case: Case) -> None:
        self._each = Each(case)
        self._lifted = _lifting(case)
        self._shape = case.made.shape

    def __call__(self, xs: Sequence[Any], failed: Array) -> Any:
        """Call it; a reader's own may take nothing but numbers, and is called on each."""
        try:
            made = np.asarray(self._each.forward(*self._lifted(xs)))
        except Exception:  # noqa: BLE001 - as above
            return self._each(xs, failed)
        fits = made.shape == (len(failed), *self._shape)
        return made if fits else self._each(xs, failed)
