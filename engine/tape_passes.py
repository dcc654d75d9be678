"""What a tape can do without: operations twice, operations for nothing, and factors of ±2ᵏ."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

import numpy as np

from engine.graph_tape import GraphTape
from engine.tape import UFUNCS, VIEWS, Op, Ref, Tape

HALF = 0.5

LARGEST = 2.0**60
"""How far a factor may grow before it is applied, lest what it is taken out of vanish."""


def unrepeated(
    tape: Tape, results: Sequence[int], seed: int | None = None
) -> tuple[list[Op], list[int]]:
    """Leave out what nobody needs, what has been computed before, and what changes nothing.

    Parameters
    ----------
    tape, results
        The operations, and the numbers of the values that are asked for.
    seed
        The number of a value that is one everywhere at every run.

    Returns
    -------
    tuple
        The operations that stay, and the numbers the results have now.
    """
    samples = tape.samples
    same: dict[int, int] = {}
    known: dict[Any, int] = {}
    constant = {seed}  # with all that is made of it alone: the sample is the value
    ops = []
    for op in tape.ops:
        args = tuple(Ref(same.get(x.id, x.id)) if isinstance(x, Ref) else x for x in op.args)
        key = op.name, tuple(map(_key, args)), repr(op.told), id(op.function)
        first = args[0].id if isinstance(args[0], Ref) else None
        if key in known:
            same[op.out] = known[key]
        elif first is not None and _changes_nothing(op, args, samples[first], samples[op.out]):
            same[op.out] = first
        elif all(not isinstance(x, Ref) or x.id in constant for x in args):
            constant.add(op.out)
        else:
            known[key] = op.out
            ops.append(op._replace(args=args))
    results = [same.get(result, result) for result in results]
    return _needed(ops, results), results


def _changes_nothing(op: Op, args: tuple[Any, ...], x: Any, y: Any) -> bool:
    if x.shape != y.shape or x.dtype != y.dtype:
        return False
    one = op.name in ("mul", "div") and not isinstance(args[1], Ref)
    return op.name in ("reshape", "broadcast_to") or (
        one and np.ndim(args[1]) == 0 and args[1] == 1
    )


def _key(x: Any) -> Any:
    return ("v", x.id) if isinstance(x, Ref) else (id(x) if isinstance(x, np.ndarray) else x)


def _needed(ops: list[Op], results: Iterable[int]) -> list[Op]:
    needed, kept = set(results), []
    for op in reversed(ops):
        if op.out in needed:
            kept.append(op)
            needed.update(x.id for x in op.args if isinstance(x, Ref))
    return kept[::-1]


def reduced(graph: GraphTape, results: Sequence[int]) -> tuple[list[Op], list[int]]:
    """Leave out all that can be, for an answer of which only the results are seen.

    Returns
    -------
    tuple
        The operations that stay, and the numbers the results have now.
    """
    ops, results = unrepeated(graph.tape, results, graph.seed)
    ops = _needed(without_broadcasts(graph.tape, ops), results)
    late, renamed = with_late_factors(graph, ops, results)
    cheaper = _cost(graph.tape, late) < _cost(graph.tape, ops)
    return (late, renamed) if cheaper else (ops, results)


CALL = 2000
"""What it costs to call NumPy, in elements that it could work on meanwhile."""


def _cost(tape: Tape, ops: Iterable[Op]) -> int:
    return sum(CALL + tape.samples[op.out].size for op in ops if op.name not in VIEWS)


def without_broadcasts(tape: Tape, ops: list[Op]) -> list[Op]:
    """Leave broadcasting to the operations that do it by themselves."""
    source = {op.out: op.args[0] for op in ops if op.name == "broadcast_to"}
    made = []
    for op in ops:
        args = list(op.args)
        for at, x in enumerate(args if op.name in UFUNCS and op.name != "matmul" else ()):
            if isinstance(x, Ref) and x.id in source:
                others = [y for other, y in enumerate(args) if other != at] + [source[x.id]]
                shapes = [tape.samples[y.id].shape for y in others if isinstance(y, Ref)]
                if np.broadcast_shapes(*shapes) == tape.samples[op.out].shape:
                    args[at] = source[x.id]
        made.append(op._replace(args=tuple(args)))
    return made


def with_late_factors(
    graph: GraphTape, ops: list[Op], results: Sequence[int]
) -> tuple[list[Op], list[int]]:
    """Take signs and powers of 2 out of products and sums, and apply them where they matter.

    A factor of ±2ᵏ changes no digit, so it makes no difference when it is applied.

    Returns
    -------
    tuple
        As `unrepeated` does.
    """
    factors = _Factors(graph)
    for op in ops:
        factors.take(op)
    results = [factors.applied(Ref(result)).id for result in results]
    return _needed(factors.ops, results), results


Waiting = tuple[float, str, tuple[Any, ...]]
"""A factor, and the operation that what is left comes down to."""


class _Factors:
    """Rewrites operations one by one; what each value is, is a factor times another value."""

    def __init__(self, graph: GraphTape) -> None:
        self._samples = graph.tape.samples
        self._seed = graph.seed
        self._late: dict[int, tuple[float, Ref]] = {}
        self.ops: list[Op] = []

    def take(self, op: Op) -> None:
        """Put an operation behind the others, without the factors that can wait."""
        told = self._waiting(op)
        if told is None:
            self.ops.append(op._replace(args=tuple(map(self.applied, op.args))))
            return
        factor, name, args = told
        if len(args) == 1 and name in ("mul", "div", "neg"):
            self._late[op.out] = (factor, args[0])
        elif factor == 1.0:
            self.ops.append(op._replace(name=name, args=args))
        else:
            rest = Ref(len(self._samples))
            self._samples.append(self._samples[op.out])  # of its shape and type
            self.ops.append(op._replace(out=rest.id, name=name, args=args))
            self._late[op.out] = (factor, rest)
        if not 1 / LARGEST < abs(factor) < LARGEST:
            self.applied(Ref(op.out))

    def applied(self, x: Any) -> Any:
        """Give what stands for an operand with its factor applied."""
        if not isinstance(x, Ref) or x.id not in self._late:
            return x
        factor, rest = self._late[x.id]
        if factor == 1.0:
            return rest
        del self._late[x.id]
        name, args = ("neg", (rest,)) if factor == -1.0 else ("mul", (rest, factor))
        self.ops.append(Op(x.id, name, args))
        return x

    def _waiting(self, op: Op) -> Waiting | None:
        """Give the factor of an operation, and what it does without; None if none can wait."""
        if self._samples[op.out].dtype.kind != "f":
            return None
        parts = [
            self._late.get(x.id, (1.0, x)) if isinstance(x, Ref) else (1.0, x) for x in op.args
        ]
        if op.name == "mul":
            return self._product(op, *parts)
        rule = RULES.get(op.name)
        return None if rule is None else rule(op.name, *parts)

    def _product(self, op: Op, one: tuple[float, Any], other: tuple[float, Any]) -> Waiting:
        shape = self._samples[op.out].shape
        for (a, left), (b, right) in ((one, other), (other, one)):
            power = _power(right)
            if power is None and isinstance(right, Ref) and right.id == self._seed:
                power = 1.0
            same = isinstance(left, Ref) and self._samples[left.id].shape == shape
            if power is not None and same:
                return a * b * power, "mul", (left,)
        return one[0] * other[0], "mul", (one[1], other[1])


def _quotient(name: str, one: tuple[float, Any], other: tuple[float, Any]) -> Waiting:
    power = _power(other[1])
    if power is not None:
        return one[0] / other[0] / power, name, (one[1],)
    return one[0] / other[0], name, (one[1], other[1])


def _total(name: str, one: tuple[float, Any], other: tuple[float, Any]) -> Waiting | None:
    (a, left), (b, right) = one, other
    if abs(a) != abs(b):
        return None
    if a == b:
        return a, name, (left, right)
    return a, {"add": "sub", "sub": "add"}[name], (left, right)


def _alone(name: str, one: tuple[float, Any]) -> Waiting:
    return one[0], name, (one[1],)


def _negated(name: str, one: tuple[float, Any]) -> Waiting:
    return -one[0], name, (one[1],)


def _matrices(name: str, one: tuple[float, Any], other: tuple[float, Any]) -> Waiting:
    return one[0] * other[0], name, (one[1], other[1])


RULES: Mapping[str, Callable[..., Waiting | None]] = {
    "add": _total,
    "broadcast_to": _alone,
    "div": _quotient,
    "matmul": _matrices,
    "neg": _negated,
    "reshape": _alone,
    "sub": _total,
    "sum": _alone,
    "transpose": _alone,
}
"""How a factor passes through an operation, for those that it passes through."""


def _power(x: Any) -> float | None:
    """Give a number that is ±2ᵏ."""
    if isinstance(x, Ref) or np.ndim(x) or not np.isfinite(x) or x == 0:
        return None
    return float(x) if math.frexp(abs(float(x)))[0] == HALF else None
