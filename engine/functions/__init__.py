"""Every Function there is, each beside its derivative rule, one module a family.

`FUNCTIONS` maps the name of a Function in the expression language to its class. A class is found
because it stands in a module of this package; `register` adds one from elsewhere.
"""

from __future__ import annotations

import functools
import importlib
import inspect
import pkgutil
from collections.abc import Callable
from typing import Any, TypeVar

from engine.operators import Operators
from engine.variable import Function, Variable

FUNCTIONS: dict[str, type[Function]] = Variable.functions

Kind = TypeVar("Kind", bound=type[Function])


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
    name = name or function.__name__.lower()
    FUNCTIONS[name] = function
    # Only its own: what a subclass inherits goes on to mean the Function that it inherits from.
    ufunc = vars(function).get("ufunc")
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
    own = function.__name__.lower()
    if FUNCTIONS.get(own) is function:
        return own
    return next((name for name, known in FUNCTIONS.items() if known is function), own)


@functools.cache
def caller(name: str) -> Callable[..., Variable]:
    """Make something to call on Variables out of the name of a Function.

    Examples
    --------
    >>> import numpy as np
    >>> caller("square")(Variable(np.array(3.0)))
    variable(9.0)
    """

    def call(*inputs: Any) -> Variable:
        return FUNCTIONS[name]()(*inputs)

    call.__name__ = call.__qualname__ = name
    call.__doc__ = FUNCTIONS[name].__doc__
    return call


def arity(function: type[Function]) -> int:
    """Count the inputs that a Function takes, which are its block's input ports."""
    return len(port_names(function))


_PORTS: dict[type[Function], tuple[str, ...]] = {}


def port_names(function: type[Function]) -> tuple[str, ...]:
    """Name the inputs of a Function as its `forward` names them; one with a default is no input."""
    if function not in _PORTS:
        _, *parameters = inspect.signature(function.forward).parameters.values()
        _PORTS[function] = tuple(p.name for p in parameters if p.default is p.empty)
    return _PORTS[function]


def _discover() -> None:
    for module in sorted(pkgutil.iter_modules(__path__), key=lambda found: found.name):
        family = importlib.import_module(f"{__name__}.{module.name}")
        for member in vars(family).values():
            if (
                inspect.isclass(member)
                and issubclass(member, Function)
                and member.__module__ == family.__name__
            ):
                register(member)


_discover()
