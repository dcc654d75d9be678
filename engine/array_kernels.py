"""A Function compiled for arrays of some shapes: NumPy's operations and nothing around them.

What it comes down to is found as for a plan, by a tape. The same operations are done on the same
arrays as without a kernel, so no digit differs; only what was refused or decided by shape is not
asked again, and what is made on the way is written over where it may be.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from engine.arrays import FLOAT64, as_array
from engine.function import Function
from engine.kernel import LEFT_TO_NUMPY, ArrayKernel
from engine.numpy_text import compiled, is_plain_product, sum_text, ufunc_text, view_text
from engine.scalars import UNREADABLE
from engine.tape import CALLS, OPERATORS, UFUNCS, VIEWS, Op, Ref, Tape, Traced
from engine.tape_passes import unrepeated
from engine.variable import Variable, held

READABLE = (np.dtype(np.float32), FLOAT64)
"""Types of which NumPy's functions come down to the operations that a tape tells."""

KNOWN: Mapping[str, Any] = {
    **{name: getattr(np, name) for name in UFUNCS.values()},
    "LEFT_TO_NUMPY": LEFT_TO_NUMPY,
    "array": np.array,
    "as_array": as_array,
    "broadcast_to": np.broadcast_to,
    "dot": np.dot,
    "held": held,
    "ndarray": np.ndarray,
    "total": np.add.reduce,
}
"""What lines may need."""

ADD = """
before = {input}.raw_grad
{input}.raw_grad = {gradient} if before is None else as_array(before + {gradient})
"""


def array_kernel_of(function: type[Function], inputs: tuple[Variable, ...]) -> ArrayKernel | None:
    """Compile a Function without settings for Variables like these; None if that cannot be.

    Examples
    --------
    >>> from engine.functions import FUNCTIONS
    >>> x = Variable(np.array([0.0, 1.0]))
    >>> print(array_kernel_of(FUNCTIONS["square"], (x,)).value(x.data))
    [0. 1.]
    """
    if any(x.dtype not in READABLE for x in inputs):
        return None
    tape = Tape()
    xs = tuple(tape.given(x.data) for x in inputs)
    try:
        with np.errstate(all="ignore"):
            y = tape.call(function(), xs, {})
            forward = _Writer(tape, (y,), {x.id: f"x{at}" for at, x in enumerate(xs)})
            back = _back(function(), inputs, y.sample)
    except UNREADABLE:
        return None
    if not (forward.is_whole and back.is_whole):
        return None
    value = compiled(
        [f"x{at}" for at in range(len(inputs))],
        [*forward.lines, f"return {forward.results[0]}"],
        forward.known,
    )
    pass_on = compiled(
        ["g", "output", "function"],
        _pass_on(inputs, y.sample, back),
        back.known,
    )
    return ArrayKernel(value, pass_on)


def _back(function: Function, inputs: tuple[Variable, ...], y: Any) -> _Writer:
    tape = Tape()
    upstream = tape.given(np.ones_like(y))
    args = (upstream, tape.given(y), *[tape.given(x.data) for x in inputs])
    names = {x.id: name for x, name in zip(args, ("g", "y"), strict=False)}
    names |= {x.id: f"x{at}" for at, x in enumerate(args[2:])}
    parts = tuple(
        tape.pull(function, port, args) for port, x in enumerate(inputs) if not x.is_constant
    )
    return _Writer(tape, parts, names)


def _pass_on(inputs: tuple[Variable, ...], y: Any, back: _Writer) -> list[str]:
    """Write the step back; what has been given other arrays since is left to the Function."""
    ports = range(len(inputs))
    single = y.shape == () and y.dtype == FLOAT64
    if single:
        fit = ["type(g) is float"]
    else:
        fit = ["type(g) is ndarray", f"g.shape == {y.shape}", f"g.strides == {y.strides}"]
        fit.append(f"g.dtype == {back.constant(y.dtype)}")
    fit += [f"v{at}.raw is x{at}" for at in ports]
    if "y" in back.used:
        fit.append("output.raw is y")
    asked = [at for at in ports if not inputs[at].is_constant]
    return [
        *(["g = held(g)"] if single else []),
        f"{''.join(f'v{at}, ' for at in ports)}= function.inputs",
        f"_, {''.join(f'x{at}, ' for at in ports)}y = function.compiled",
        f"if not ({' and '.join(fit)}):",
        "    return False",
        "try:",
        *[f"    {line}" for line in back.lines],
        *([f"    g{at} = {x}" for at, x in zip(asked, back.results, strict=True)] or ["    pass"]),
        "except LEFT_TO_NUMPY:",
        "    return False",
        *[
            line
            for at in asked
            for line in ADD.format(input=f"v{at}", gradient=f"g{at}").strip().splitlines()
        ],
        "return True",
    ]


class _Writer:
    """Writes what a tape comes down to as lines of Python.

    Parameters
    ----------
    tape, results, names
        The tape, what is asked of it, and what to call what it was given.

    Attributes
    ----------
    is_whole
        Whether all of it could be read.
    lines, results
        The lines, and what to write for the results, each an array or a float of its own.
    known
        What the lines need.
    used
        The names that they make use of.
    """

    def __init__(self, tape: Tape, results: Sequence[Traced], names: dict[int, str]) -> None:
        self._samples = tape.samples
        self._names = dict(names)
        self.known = dict(KNOWN)
        self.used: set[str] = set()
        self.lines: list[str] = []
        self._given_back: set[int] = set()
        ops, numbers = unrepeated(tape, [result.id for result in results])
        self.is_whole = not any(op.name in CALLS for op in ops)
        if not self.is_whole:
            return
        # What shows a part of something, or is shown in part, stays as it is.
        self._fixed = {*names, *numbers}
        for op in ops:
            if op.name in VIEWS:
                self._fixed |= {op.out, *[x.id for x in op.args if isinstance(x, Ref)]}
        self._uses = [x.id for op in ops for x in op.args if isinstance(x, Ref)]
        for op in ops:
            self._write(op)
        self.results = [self._result(number, names) for number in numbers]

    def _write(self, op: Op) -> None:
        terms = [self._term(x) for x in op.args]
        name = self._names[op.out] = f"t{op.out}"
        if op.name == "sum":
            text = sum_text(op, terms[0])
        elif op.name in VIEWS:
            text = view_text(op, terms[0])
        else:
            place = self._place(op)
            if is_plain_product(self._samples, op):
                text = f"dot({terms[0]}, {terms[1]})"
            elif place is None and op.name in OPERATORS:
                text = f"{terms[0]} {OPERATORS[op.name]} {terms[1]}"
            elif place is None and op.name == "neg":
                text = f"-{terms[0]}"
            else:
                text = ufunc_text(op, terms, place)
        for x in op.args:
            if isinstance(x, Ref):
                self._uses.remove(x.id)
        self.lines.append(f"{name} = {text}")

    def _place(self, op: Op) -> str | None:
        """Find an operand to write over: made here, not needed again, and laid out as the output.

        It matters how an array lies in memory: its elements are added up in that order.
        """
        if op.name == "matmul":
            return None
        out = self._samples[op.out]
        for x in op.args:
            if isinstance(x, Ref) and x.id not in self._fixed and self._uses.count(x.id) == 1:
                own = self._samples[x.id]
                if own.ndim and _layout(own) == _layout(out):
                    return self._names[x.id]
        return None

    def _term(self, x: Any) -> str:
        if isinstance(x, Ref):
            if x.id in self._names:
                self.used.add(self._names[x.id])
                return self._names[x.id]
            x = self._samples[x.id]
        if type(x) in (int, float) and np.isfinite(x):
            return f"({x!r})" if x < 0 else repr(x)
        return self.constant(x)

    def constant(self, value: Any) -> str:
        """Give a name to a value that never changes."""
        name = f"c{len(self.known)}"
        self.known[name] = value
        return name

    def _result(self, number: int, names: dict[int, str]) -> str:
        """Write a result; what is given or asked for twice is copied, so that each is its own."""
        term, sample = self._term(Ref(number)), self._samples[number]
        if sample.shape == ():
            return f"float({term})" if sample.dtype == FLOAT64 else f"as_array({term})"
        if number in names or number in self._given_back:
            return f"array({term})"
        self._given_back.add(number)
        return term


def _layout(x: np.ndarray[Any, Any]) -> tuple[Any, ...]:
    return x.shape, x.strides, x.dtype
