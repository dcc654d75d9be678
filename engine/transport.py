"""A function run once, and numbers carried through what it did: back, and forward.

A run is opened with Variables of its own in place of the arguments, so that what is carried goes to
these alone: derivatives can be nested, and none mistakes the Variable of another for its own.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any

import numpy as np

from engine.arrays import as_array, operands
from engine.config import using_config
from engine.errors import RunError
from engine.function import Function
from engine.variable import Constant, Variable, as_variable, walk_back

_DEPTH: ContextVar[int] = ContextVar("depth", default=0)
"""How many runs are open around this place."""


class _Same(Function):
    """Its input, as a Variable of its own."""

    local = (lambda _y, _x: 1.0,)

    def forward(self, x: Any) -> Any:
        return x


@dataclass(frozen=True, slots=True, eq=False)
class Opened:
    """A function that has been run.

    Attributes
    ----------
    y
        What it gave.
    xs
        The Variables it was run on, of those arguments that it is differentiated by.
    between
        What lies between, `y` among it, each before all that it was made of.
    live
        Whether what is carried can be differentiated in turn.
    """

    y: Variable
    xs: tuple[Variable, ...]
    between: tuple[Variable, ...]
    live: bool

    @property
    def goes_forward(self) -> bool:
        """Whether each Function knows its way forward, too."""
        return all(_goes_forward(output.maker) for output in self.between)


def is_live(x: Any) -> bool:
    """Tell whether something can be differentiated in turn."""
    return isinstance(x, Variable)


def opened(f: Callable[..., Any], args: tuple[Any, ...], at: tuple[int, ...]) -> Opened:
    """Run a function on Variables of its own.

    Raises
    ------
    RunError
        If an argument cannot be differentiated by, or the function gives no array.
    """
    live = _DEPTH.get() > 0 or any(map(is_live, args))
    with using_config("enable_backprop", value=True), np.errstate(all="ignore"):
        own = {place: _own(args[place]) for place in at}
        with _deeper():
            given = f(*(own.get(place, x) for place, x in enumerate(args)))
    value = as_array(given)
    if not isinstance(value, np.ndarray | Variable):
        sentence = f"A function that gives {type(given).__name__} cannot be differentiated."
        raise RunError(sentence)
    y = as_variable(value)
    xs = tuple(own[place] for place in at)
    return Opened(y, xs, tuple(_between(y, xs)), live)


@contextmanager
def _deeper() -> Iterator[None]:
    before = _DEPTH.set(_DEPTH.get() + 1)
    try:
        yield
    finally:
        _DEPTH.reset(before)


def _own(x: Any) -> Variable:
    if is_live(x):
        own: Variable = _Same()(x)
        return own
    value = np.asarray(x)
    if value.dtype.kind in "biu":
        value = value.astype(np.float64)
    if value.dtype.kind != "f":
        raise RunError(f"A value of type {value.dtype} cannot be differentiated by.")
    return Variable(value)


def _between(y: Variable, xs: tuple[Variable, ...]) -> list[Variable]:
    """List what depends on `xs`, as far as from `y`."""
    order = list(walk_back(y))
    known = set(map(id, xs))
    found = []
    for output in reversed(order):
        if id(output) not in known and any(id(x) in known for x in output.made_of):
            known.add(id(output))
            found.append(output)
    return found[::-1]


def plain_if(run: Opened, x: Any) -> Any:
    """Give an array, or a Variable where it can be differentiated in turn."""
    if run.live:
        return as_variable(x)
    return x.data if is_live(x) else x


def carried_back(run: Opened, gy: Any) -> tuple[Any, ...]:
    """Carry an upstream gradient back to each of the arguments."""
    gradients: dict[int, Any] = {id(run.y): as_variable(gy) if run.live else _array(gy)}
    known = {id(x) for x in (*run.between, *run.xs)}
    with _carrying(live=run.live):
        for output in run.between:
            upstream = gradients.pop(id(output), None)
            if upstream is None:
                continue
            function: Any = output.maker
            for x, gx in zip(function.inputs, function.gradients(upstream, output), strict=True):
                if gx is not None and id(x) in known:
                    before = gradients.get(id(x))
                    gradients[id(x)] = gx if before is None else as_array(before + gx)
        zeros = [np.zeros(x.shape, x.dtype) for x in run.xs]
        return tuple(
            plain_if(run, gradients.get(id(x), zero)) for x, zero in zip(run.xs, zeros, strict=True)
        )


def carried_on(run: Opened, directions: tuple[Any, ...]) -> Any:
    """Carry a direction of the arguments forward to the value.

    Raises
    ------
    RunError
        If a Function knows the way back alone.
    """
    held = map(as_variable, directions) if run.live else map(_array, directions)
    tangents: dict[int, Any] = {id(x): t for x, t in zip(run.xs, held, strict=True)}
    with _carrying(live=run.live):
        for output in reversed(run.between):
            function: Any = output.maker
            if not _goes_forward(function):
                name = type(function).__name__
                raise RunError(f"{name} knows the way back alone, and no way forward.")
            parts = [
                _pushed(function, output, port, tangents[id(x)], live=run.live)
                for port, x in enumerate(function.inputs)
                if id(x) in tangents
            ]
            tangents[id(output)] = as_array(sum(parts[1:], start=parts[0]))
        zero = np.zeros(run.y.shape, run.y.dtype)
        return plain_if(run, tangents.get(id(run.y), zero))


def _goes_forward(function: Any) -> bool:
    return type(function).backward is Function.backward


def _pushed(function: Any, output: Variable, port: int, tangent: Any, *, live: bool) -> Any:
    """Carry the direction of one input over a Function."""
    settings = function.settings
    if function.is_elementwise():
        y = output if live else output.data
        xs = function.inputs if live else operands(function.inputs)
        pushed = as_array(tangent * function.local[port](y, *xs, **settings))
        return pushed if pushed.shape == output.shape else np.broadcast_to(pushed, output.shape)
    # The way back is linear in the upstream gradient; its transpose is the way forward.
    upstream = Variable(np.zeros(output.shape, output.dtype))
    y = output if live else Constant(output.data)
    xs = function.inputs if live else list(map(Constant, operands(function.inputs)))
    with using_config("enable_backprop", value=True):
        back = as_variable(function.pull(port, upstream, y, *xs, **settings))
        along = (back * tangent).sum()
    run = Opened(along, (upstream,), tuple(_between(along, (upstream,))), live)
    return carried_back(run, np.ones((), along.dtype))[0]


def _array(x: Any) -> Any:
    return x.data if is_live(x) else np.asarray(x)


@contextmanager
def _carrying(*, live: bool) -> Iterator[None]:
    with np.errstate(all="ignore"), using_config("enable_backprop", live):
        yield
