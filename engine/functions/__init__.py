"""Every Function there is, each beside its derivative rule, one module a family.

`FUNCTIONS` maps the name of a Function in the expression language to its class. A class is found
because it stands in a module of this package; `register` adds one from elsewhere.
"""

from __future__ import annotations

import functools
import importlib
import inspect
import pkgutil
import re
from collections.abc import Callable
from typing import Any, TypeVar

from engine.array_calls import call_on_arrays
from engine.function import Function
from engine.kernel import kernel_for
from engine.operators import Operators
from engine.signatures import settings_of
from engine.variable import Variable

FUNCTIONS: dict[str, type[Function]] = Variable.functions

DIRECT = {
    "add": "__add__",
    "div": "__truediv__",
    "matmul": "__matmul__",
    "mul": "__mul__",
    "neg": "__neg__",
    "sub": "__sub__",
}
"""The Functions that a Variable calls for an operator, and the method it does so by."""

Kind = TypeVar("Kind", bound=type[Function])


def own_name(function: type[Function]) -> str:
    """Make the name of a Function out of that of its class.

    Examples
    --------
    >>> own_name(type("LeakyRelu", (Function,), {}))
    'leaky_relu'
    """
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", function.__name__).lower()


def register(function: Kind, name: str | None = None) -> Kind:
    """Make a Function known, by its own name in lower case or another; usable as a decorator.

    Examples
    --------
    >>> @register
    ... class Half(Function):
    ...     local = (lambda y, x: 0.5,)
    ...     def forward(self, x):
    ...         return x / 2
    >>> FUNCTIONS.pop("half").__name__
    'Half'
    """
    name = name or own_name(function)
    FUNCTIONS[name] = function
    Variable.calls[name] = _at_first(name)
    if DIRECT.get(name) in vars(Variable):
        delattr(Variable, DIRECT[name])
    # Only its own: what a subclass inherits goes on to mean the Function that it inherits from.
    for ufunc in (vars(function).get("ufunc"), *vars(function).get("numpy", ())):
        if ufunc is not None:
            Operators.ufuncs[ufunc] = name
    return function


def name_of(function: type[Function]) -> str:
    """Give the name that a Function is known by, which may not be that of its class.

    Examples
    --------
    >>> name_of(FUNCTIONS["square"])
    'square'
    """
    own = own_name(function)
    if FUNCTIONS.get(own) is function:
        return own
    return next((name for name, known in FUNCTIONS.items() if known is function), own)


def caller(name: str) -> Callable[..., Any]:
    """Make something to call on Variables out of the name of a Function.

    Examples
    --------
    >>> import numpy as np
    >>> caller("square")(Variable(np.array(3.0)))
    variable(9.0)
    """
    function: Any = FUNCTIONS[name]  # a class, which mypy takes for no key of a cache
    return _caller(name, function)


@functools.cache
def _caller(name: str, function: Any) -> Callable[..., Any]:
    # What has settings is called through its class, which keeps them.
    kernel = None if settings_of(function) else kernel_for(function)
    call = call_on_arrays(function) if kernel is None else kernel.call
    call.__name__ = call.__qualname__ = name
    call.__doc__ = function.__doc__
    return call


def _at_first(name: str) -> Callable[..., Any]:
    """Put off what is needed to call a Function until it is called."""

    def call(*inputs: Any, **settings: Any) -> Any:
        Variable.calls[name] = caller(name)
        if name in DIRECT:
            # Most of a long formula is made of these, so nothing is to stand in between.
            setattr(Variable, DIRECT[name], Variable.calls[name])
        return Variable.calls[name](*inputs, **settings)

    return call


def _discover() -> None:
    for module in sorted(pkgutil.iter_modules(__path__), key=lambda found: found.name):
        family = importlib.import_module(f"{__name__}.{module.name}")
        for member in vars(family).values():
            if (
                inspect.isclass(member)
                and issubclass(member, Function)
                and member.__module__ == family.__name__
                and not member.__name__.startswith("_")  # what several share
            ):
                register(member)


_discover()
