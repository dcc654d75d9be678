"""Functions on Python's own floats: on a single number NumPy is mostly overhead.

What a Function tells about itself in NumPy's words is read with Symbols and written in Python's.
`math.exp` and `np.exp` differ in the last place now and then.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any, NamedTuple

from engine.errors import GradwalkError
from engine.function import Function
from engine.functions import FUNCTIONS
from engine.signatures import port_names, settings_of
from engine.symbols import Symbol, as_symbol

OPERATORS = {
    "add": "({0} + {1})",
    "sub": "({0} - {1})",
    "mul": "({0} * {1})",
    "div": "({0} / {1})",
    "neg": "(-{0})",
}


def _sign(x: float) -> float:
    return 1.0 if x > 0 else -1.0 if x < 0 else x * 0.0


def _heaviside(x: float, at_zero: float) -> float:
    return 1.0 if x > 0 else 0.0 if x < 0 else at_zero if x == 0 else x


def _maximum(a: float, b: float) -> float:
    return a if a >= b or a != a else b  # noqa: PLR0124 - NaN is what differs from itself


def _minimum(a: float, b: float) -> float:
    return a if a <= b or a != a else b  # noqa: PLR0124 - NaN is what differs from itself


def _clip(x: float, low: float, high: float) -> float:
    return _minimum(_maximum(x, low), high)


def _where(condition: float, a: float, b: float) -> float:
    return a if condition else b


CALLS: Mapping[str, Callable[..., float]] = {
    "abs": abs,
    "arccos": math.acos,
    "arcsin": math.asin,
    "arctan": math.atan,
    "arctan2": math.atan2,
    "clip": _clip,
    "cos": math.cos,
    "cosh": math.cosh,
    "erf": math.erf,
    "exp": math.exp,
    "expm1": math.expm1,
    "heaviside": _heaviside,
    "log": math.log,
    "log10": math.log10,
    "log1p": math.log1p,
    "log2": math.log2,
    "maximum": _maximum,
    "minimum": _minimum,
    "pow": math.pow,  # of a negative number Python's ** makes a complex one
    "sign": _sign,
    "sin": math.sin,
    "sinh": math.sinh,
    "sqrt": math.sqrt,
    "tan": math.tan,
    "tanh": math.tanh,
    "where": _where,
}
"""What stands for NumPy; a Function that is missing here is written with these and operators."""

UNREADABLE = (GradwalkError, ArithmeticError, AttributeError, LookupError, TypeError, ValueError)
"""What a Function may raise when it is given formulas where it wants arrays."""

NAMES: Mapping[str, Any] = {**CALLS, "inf": math.inf, "nan": math.nan}


class Rules(NamedTuple):
    """A Function as formulas of its inputs.

    Attributes
    ----------
    inputs
        A Symbol an input.
    output
        The Symbol that stands for the output in `slopes`.
    value
        The output in terms of the inputs.
    slopes
        The local derivative by each input in terms of output and inputs.
    """

    inputs: tuple[Symbol, ...]
    output: Symbol
    value: Symbol
    slopes: tuple[Symbol, ...]


def rules_of(
    function: type[Function], settings: Mapping[str, Any] = MappingProxyType({})
) -> Rules | None:
    """Read a Function as formulas of inputs called x0, x1 and so on; see `formulas_of`."""
    ports = port_names(function)
    return formulas_of(function, settings, tuple(Symbol(f"x{at}") for at in range(len(ports))))


def formulas_of(
    function: type[Function], settings: Mapping[str, Any], inputs: tuple[Symbol, ...]
) -> Rules | None:
    """Read a Function as formulas; None for one that cannot be read so.

    That is one that does not work element by element, that is in the tutorial's style, or that
    asks for more than operators and functions can tell, such as the value itself.
    """
    known = function.is_elementwise() and function.backward is Function.backward
    if not known or function.__init__ is not Function.__init__:
        return None
    told = {**settings_of(function), **settings}
    output = Symbol("y")
    try:
        value = as_symbol(function(**settings).forward(*inputs, **told))
        slopes = tuple(as_symbol(rule(output, *inputs, **told)) for rule in function.local)
        for formula in (value, *slopes):
            scalar_text(formula, {})
    except UNREADABLE:
        return None
    return Rules(inputs, output, value, slopes) if len(slopes) == len(inputs) else None


def scalar_text(formula: Symbol, terms: Mapping[str, str]) -> str:
    """Write a formula in Python that computes it on floats.

    Parameters
    ----------
    formula
        The formula.
    terms
        What to write in place of a name.

    Examples
    --------
    >>> scalar_text(1 / (2 * Symbol("y") ** 2), {"y": "v7"})
    '(1.0 / (2.0 * (v7 * v7)))'
    """
    if formula.number is not None:
        return number_text(formula.number)
    if not formula.operands:
        return terms.get(str(formula.head), str(formula.head))
    name = str(formula.head)
    parts = [scalar_text(part, terms) for part in formula.operands]
    if name == "pow" and parts[1] == "2.0" and parts[0].isidentifier():
        return f"({parts[0]} * {parts[0]})"
    if name in OPERATORS:
        return OPERATORS[name].format(*parts)
    if name in CALLS:
        return f"{name}({', '.join(parts)})"
    inner = FUNCTIONS[name]().forward(*formula.operands)
    return scalar_text(as_symbol(inner), terms)


def number_text(number: float) -> str:
    """Write a number in Python so that it can stand anywhere in a formula."""
    text = repr(float(number))
    return f"({text})" if text.startswith("-") else text
