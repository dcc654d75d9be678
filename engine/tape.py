"""Work on arrays as a list of NumPy's own operations, found by running it once.

The Functions are fed with `Traced` arrays, which compute as all arrays do and write down what was
asked of them. So the rules, told once for numbers, also tell the operations they come down to.
What cannot be read so, because it looks at its numbers, stays a call of the Function.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

import numpy as np

from engine.arrays import as_array
from engine.function import Function
from engine.functions import FUNCTIONS
from engine.on_numbers import OnNumbers
from engine.operators import Operators
from engine.sampled import Sampled
from engine.scalars import UNREADABLE
from engine.signatures import bound

UFUNCS: Mapping[str, str] = {
    "abs": "absolute",
    "add": "add",
    "arccos": "arccos",
    "arcsin": "arcsin",
    "arctan": "arctan",
    "arctan2": "arctan2",
    "cos": "cos",
    "cosh": "cosh",
    "div": "divide",
    "exp": "exp",
    "expm1": "expm1",
    "heaviside": "heaviside",
    "log": "log",
    "log10": "log10",
    "log1p": "log1p",
    "log2": "log2",
    "matmul": "matmul",
    "maximum": "maximum",
    "minimum": "minimum",
    "mul": "multiply",
    "neg": "negative",
    "sign": "sign",
    "sin": "sin",
    "sinh": "sinh",
    "sqrt": "sqrt",
    "square": "square",
    "sub": "subtract",
    "tan": "tan",
    "tanh": "tanh",
}
"""The operations that are one ufunc of NumPy, which can write to a given place."""

OPERATORS = {"add": "+", "div": "/", "matmul": "@", "mul": "*", "sub": "-"}
"""Those of them that Python has an operator for."""

VIEWS = ("broadcast_to", "reshape", "transpose")
"""The operations that move no number."""

SQUARE = 2

CALLS = ("forward", "pull")
"""What stays a call of a method of a Function."""


class Op(NamedTuple):
    """One operation.

    Attributes
    ----------
    out
        Number of the value it makes.
    name
        One of UFUNCS, VIEWS or CALLS, or "sum".
    args
        Its operands: the numbers of values, or floats and arrays that never change.
    told
        What it is told: a shape, axes, or the port of a pull.
    function
        The Function of a call.
    """

    out: int
    name: str
    args: tuple[Ref | float | np.ndarray[Any, Any], ...]
    told: Any = None
    function: Function | OnNumbers | None = None


class Ref(NamedTuple):
    """A value of a tape, by its number."""

    id: int


class Tape:
    """Operations in order.

    Attributes
    ----------
    ops
        The operations.
    samples
        The value of each number, in the run that was traced.
    """

    def __init__(self) -> None:
        self.ops: list[Op] = []
        self.samples: list[np.ndarray[Any, Any]] = []
        self._busy: set[str] = set()

    def given(self, value: np.ndarray[Any, Any]) -> Traced:
        """Take in a value that no operation makes."""
        self.samples.append(value)
        return Traced(self, len(self.samples) - 1)

    def put(
        self,
        name: str,
        args: tuple[Any, ...],
        told: Any = None,
        function: Function | OnNumbers | None = None,
    ) -> Traced:
        """Do an operation and write it down."""
        held = tuple(Ref(x.id) if isinstance(x, Traced) else x for x in args)
        op = Op(len(self.samples), name, held, told, function)
        value = run(op, [sample_of(x) for x in args])
        self.ops.append(op)
        return self.given(value)

    def apply(self, name: str, operands: tuple[Any, ...], settings: dict[str, Any]) -> Traced:
        """Do what a Function does, in operations or by its `forward`."""
        inputs, settings = bound(FUNCTIONS[name], operands, settings)
        if name in UFUNCS:
            return self.put(name, inputs)
        function = FUNCTIONS[name](**settings)
        reader = READERS.get(name)
        if reader is not None:
            return reader(self, inputs[0], **function.settings)
        if name == "pow" and _is_two(inputs[1]):
            return self.put("square", inputs[:1])  # as NumPy has it, too
        return self.call(function, inputs, dict(function.settings))

    def call(self, function: Function, inputs: tuple[Any, ...], settings: dict[str, Any]) -> Traced:
        """Read the `forward` of a Function as operations, or keep it as a call."""
        name = type(function).__name__
        if name not in self._busy:
            self._busy.add(name)
            length, values = len(self.ops), len(self.samples)
            try:
                made = function.forward(*inputs, **settings)
                if isinstance(made, Traced):
                    return made
            except UNREADABLE:
                pass
            finally:
                self._busy.discard(name)
            del self.ops[length:], self.samples[values:]
        return self.put("forward", inputs, settings, function)

    def pull(self, function: Function, port: int, args: tuple[Any, ...]) -> Any:
        """Read the `pull` of a Function as operations, or keep it as a call."""
        length, values = len(self.ops), len(self.samples)
        settings = dict(function.settings)
        try:
            made = function.pull(port, *args, **settings)
            if isinstance(made, Traced):
                return made
        except UNREADABLE:
            pass
        del self.ops[length:], self.samples[values:]
        return self.put("pull", args, (port, settings), function)


def _sum(tape: Tape, x: Any, *, axis: Any, keepdims: bool) -> Traced:
    every = tuple(range(x.ndim)) if axis is None else axis
    return tape.put("sum", (x,), (every, keepdims))


def _sum_to(tape: Tape, x: Any, *, shape: Any) -> Traced:
    shape = tuple(shape)
    added = x.ndim - len(shape)
    kept = tuple(at for at, n in enumerate(shape, start=added) if n == 1 and x.shape[at] != 1)
    if not kept:
        return _sum(tape, x, axis=tuple(range(added)), keepdims=False)
    total = _sum(tape, x, axis=(*range(added), *kept), keepdims=True)
    return total if total.shape == shape else tape.put("reshape", (total,), shape)


def _reshape(tape: Tape, x: Any, *, shape: Any) -> Traced:
    return tape.put("reshape", (x,), np.reshape(sample_of(x), shape).shape)


def _broadcast_to(tape: Tape, x: Any, *, shape: Any) -> Traced:
    return tape.put("broadcast_to", (x,), tuple(shape))


def _transpose(tape: Tape, x: Any, *, axes: Any) -> Traced:
    return tape.put("transpose", (x,), axes)


READERS: Mapping[str, Callable[..., Traced]] = {
    "broadcast_to": _broadcast_to,
    "reshape": _reshape,
    "sum": _sum,
    "sum_to": _sum_to,
    "transpose": _transpose,
}
"""The Functions with settings that are one operation, or two."""


def run(op: Op, args: list[Any]) -> np.ndarray[Any, Any]:
    """Do one operation on arrays."""
    match op.name:
        case "sum":
            axes, keepdims = op.told
            value = np.add.reduce(args[0], axis=axes, keepdims=keepdims)
        case "broadcast_to":
            value = np.broadcast_to(args[0], op.told)
        case "reshape" | "transpose":
            value = getattr(args[0], op.name)(op.told)
        case "forward":
            value = op.function.forward(*args, **op.told)  # type: ignore[union-attr] # a call has one
        case "pull":
            port, settings = op.told
            value = op.function.pull(port, *args, **settings)  # type: ignore[union-attr] # as above
        case _:
            value = getattr(np, UFUNCS[op.name])(*args)
    made: np.ndarray[Any, Any] = as_array(value)
    return made


def _is_two(x: Any) -> bool:
    return not isinstance(x, Traced) and np.ndim(x) == 0 and x == SQUARE


def sample_of(x: Any) -> Any:
    """Give the array that a Traced one stands for."""
    return x.sample if isinstance(x, Traced) else x


class Traced(Sampled, Operators):
    """An array that writes down what is done with it."""

    __slots__ = ("id", "tape")

    def __init__(self, tape: Tape, number: int) -> None:
        self.tape = tape
        self.id = number

    @classmethod
    def _operate(cls, name: str, *operands: Any, **settings: Any) -> Traced:
        flat = (part for x in operands for part in (x if isinstance(x, list | tuple) else (x,)))
        tape = next(x.tape for x in flat if isinstance(x, Traced))
        return tape.apply(name, operands, settings)

    @property
    def sample(self) -> np.ndarray[Any, Any]:
        """The value in the run that is traced; a rule may look at its shape alone."""
        return self.tape.samples[self.id]

    @property
    def data(self) -> Any:
        """What a Variable would hold, and what nobody may look at here."""
        raise TypeError("what is written down must hold for all numbers")

    def __bool__(self) -> bool:
        raise TypeError("what is written down must hold for all numbers")

    def __eq__(self, other: object) -> Any:
        raise TypeError("what is written down must hold for all numbers")

    __hash__ = object.__hash__
