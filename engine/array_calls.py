"""Calling a Function on arrays of shapes that it has met before, without asking all over again.

Around a small array a call spends more time than on it: refusals that carry a sentence, warnings,
rules that look at shapes. All of this depends on types and shapes alone. So what a Function comes
down to is compiled when it meets the same for the third time; a net that learns meets nothing else.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from engine.config import Config
from engine.function import Function
from engine.kernel import ARRAY_COMPILERS, ArrayKernel
from engine.quiet import QUIET
from engine.signatures import is_variadic, port_names, settings_of
from engine.variable import Variable

RUNS = 2
"""Calls after which a Function is compiled for the shapes it was called on."""

MOST = 1000
"""Kinds of calls of one Function that are remembered; beyond, it begins anew."""


class _Learning:
    """Calls a Function as always, and compiles it for what it is called on again and again.

    Attributes
    ----------
    kernels
        What has been compiled, by what is told of the inputs.
    """

    def __init__(self, function: type[Function]) -> None:
        self._function = function
        self._calls: dict[Any, int] = {}
        self.kernels: dict[Any, ArrayKernel] = {}

    def call(self, key: tuple[Any, ...], args: tuple[Any, ...]) -> Any:
        """Call it on what has not been met as often as that."""
        y = self._function.apply(*args)  # raises the reason if these do not fit
        times = self._calls[key] = self._calls.get(key, 0) + 1
        if times == RUNS and all(isinstance(x, Variable) for x in args):
            for compiler in ARRAY_COMPILERS:
                kernel = compiler(self._function, args)
                if kernel is not None:
                    self.kernels[key] = kernel
        if len(self._calls) > MOST:
            self._calls.clear()
            self.kernels.clear()
        return y


def call_on_arrays(function: type[Function]) -> Callable[..., Any]:
    """Give what calls a Function on Variables that hold arrays, or on anything else.

    Examples
    --------
    >>> import numpy as np
    >>> from engine.functions import FUNCTIONS
    >>> call = call_on_arrays(FUNCTIONS["linear"])
    >>> x, w = Variable(np.ones((2, 3))), Variable(np.ones((3, 1)))
    >>> [call(x, w).shape for _ in range(4)]
    [(2, 1), (2, 1), (2, 1), (2, 1)]
    """

    def apply(*args: Any, **settings: Any) -> Any:
        return function.apply(*args, **settings)

    return _with_kernels(function, apply) if _is_ours(function) else apply


CALL = """
def call(*args, **settings):
    try:
        {inputs} = args
        {arrays} = {raws}
        kernel = kernels.get(({facts}))
    except (AttributeError, ValueError):  # there are more or fewer, or one holds no array
        return apply(*args, **settings)
    if settings:
        return apply(*args, **settings)  # raises the reason
    if kernel is None:
        return learn(({facts}), args)
    y = new(Variable)
    y.raw = value = QUIET.run(kernel.value, {arrays})
    y.raw_grad = y.name = None
    if not Config.enable_backprop:
        y.maker, y.generation = None, 0
        return y
    made = new(function)
    made.inputs = args
    made.compiled = kernel.pass_on, {arrays}, value
    y.maker = made
    y.generation = {generation} + 1
    return y
"""


def _with_kernels(function: type[Function], apply: Callable[..., Any]) -> Callable[..., Any]:
    if is_variadic(function):
        calls = _ByCount(function, apply)
        return lambda *args, **settings: calls[len(args)](*args, **settings)
    return _call(function, apply, len(port_names(function)))


class _ByCount(dict[int, Callable[..., Any]]):
    """Calls of one Function that takes any number of inputs, by how many there are."""

    def __init__(self, function: type[Function], apply: Callable[..., Any]) -> None:
        super().__init__({0: apply})
        self._function = function
        self._apply = apply

    def __missing__(self, count: int) -> Callable[..., Any]:
        self[count] = _call(self._function, self._apply, count)
        return self[count]


def _call(function: type[Function], apply: Callable[..., Any], count: int) -> Callable[..., Any]:
    """Write out what is done at each call; a loop over the inputs would take twice as long."""
    learning = _Learning(function)
    inputs, arrays = [f"v{at}" for at in range(count)], [f"x{at}" for at in range(count)]
    facts = "type({0}), {1}.shape, {1}.strides, {1}.dtype".format
    text = CALL.format(
        inputs=f"{', '.join(inputs)},",
        arrays=", ".join(arrays),
        raws=", ".join(f"{x}.raw" for x in inputs),
        facts=", ".join(map(facts, inputs, arrays)),
        generation=greatest([f"{x}.generation" for x in inputs]),
    )
    names: dict[str, Any] = {
        "Config": Config,
        "QUIET": QUIET,
        "Variable": Variable,
        "apply": apply,
        "function": function,
        "kernels": learning.kernels,
        "learn": learning.call,
        "new": object.__new__,
    }
    exec(text, names)  # noqa: S102 - it holds no text of anybody's
    call: Callable[..., Any] = names["call"]
    return call


PAIR = 2


def greatest(terms: list[str]) -> str:
    """Write which of some numbers is the greatest; of two, without a call."""
    if len(terms) == PAIR:
        return "({0} if {0} > {1} else {1})".format(*terms)
    return terms[0] if len(terms) == 1 else f"max({', '.join(terms)})"


def _is_ours(function: type[Function]) -> bool:
    """Tell whether the shapes of its inputs are all that the work of a Function depends on.

    One that a reader wrote may count its calls, or print.
    """
    return (
        function.__module__.startswith("engine.functions.")
        and function.backward is Function.backward
        and function.__init__ is Function.__init__
        and function.__call__ is Function.__call__
        and not settings_of(function)
    )
