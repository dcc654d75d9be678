"""Functions on Python's own floats: on a single number NumPy is mostly overhead.

What a Function tells about itself in NumPy's words is read with Symbols and written in Python's.
`math.exp` and `np.exp` differ in the last place now and then.
"""

from __future__ import annotations

import contextlib
import math
import operator
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any, NamedTuple

from engine.errors import GradwalkError
from engine.function import Function
from engine.functions import FUNCTIONS
from engine.signatures import port_names, settings_of
from engine.symbols import Symbol, as_symbol

SQUARE = 2

ARITHMETIC: Mapping[str, Callable[..., float]] = {
    "add": operator.add,
    "div": operator.truediv,
    "mul": operator.mul,
    "neg": operator.neg,
    "sub": operator.sub,
}

OPERATORS = {
    "add": "({0} + {1})",
    "sub": "({0} - {1})",
    "mul": "({0} * {1})",
    "div": "({0} / {1})",
    "neg": "(-{0})",
}


# These six stand in exported programs as they are here (`engine.code.python_code`).


def sign(x: float) -> float:
    """Give -1, 0 or 1; NaN of NaN."""
    return 1.0 if x > 0 else -1.0 if x < 0 else x * 0.0


def heaviside(x: float, at_zero: float) -> float:
    """Give 0 left of 0 and 1 right of it; NaN of NaN."""
    return 1.0 if x > 0 else 0.0 if x < 0 else at_zero if x == 0 else x


def maximum(a: float, b: float) -> float:
    """Give the larger number, or NaN if one is."""
    return a if a >= b or math.isnan(a) else b


def minimum(a: float, b: float) -> float:
    """Give the smaller number, or NaN if one is."""
    return a if a <= b or math.isnan(a) else b


def clip(x: float, low: float, high: float) -> float:
    """Hold a number between two limits; the upper one wins if they cross."""
    return minimum(maximum(x, low), high)


def where(condition: float, a: float, b: float) -> float:
    """Give the first number where the condition is not 0, and else the second."""
    return a if condition else b


CALLS: Mapping[str, Callable[..., float]] = {
    "abs": abs,
    "arccos": math.acos,
    "arcsin": math.asin,
    "arctan": math.atan,
    "arctan2": math.atan2,
    "clip": clip,
    "cos": math.cos,
    "cosh": math.cosh,
    "erf": math.erf,
    "exp": math.exp,
    "expm1": math.expm1,
    "heaviside": heaviside,
    "log": math.log,
    "log10": math.log10,
    "log1p": math.log1p,
    "log2": math.log2,
    "maximum": maximum,
    "minimum": minimum,
    "pow": math.pow,  # of a negative number Python's ** makes a complex one
    "sign": sign,
    "sin": math.sin,
    "sinh": math.sinh,
    "sqrt": math.sqrt,
    "tan": math.tan,
    "tanh": math.tanh,
    "where": where,
}
"""What stands for NumPy; any other Function is spelled out with these and operators."""

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
    """Read a Function as formulas of inputs called x0, x1 and so on, and of an output called y.

    None for one that cannot be read so.

    That is one that does not work element by element, that is in the tutorial's style, or that
    asks for more than operators and functions can tell, such as the value itself.
    """
    known = function.is_elementwise() and function.backward is Function.backward
    if not known or function.__init__ is not Function.__init__:
        return None
    told = {**settings_of(function), **settings}
    inputs = tuple(Symbol(f"x{at}") for at in range(len(port_names(function))))
    output = Symbol("y")
    try:
        made = as_symbol(function(**settings).forward(*inputs, **told))
        found = [as_symbol(rule(output, *inputs, **told)) for rule in function.local]
        value, *slopes = map(_spelled_out, (made, *found))
    except UNREADABLE:
        return None
    fit = len(slopes) == len(inputs)
    return Rules(inputs, output, value, tuple(slopes)) if fit else None


def _spelled_out(formula: Symbol) -> Symbol:
    """Write a formula with what Python has, and x² as x·x where x has a name.

    That is quicker than a power, and the nearest float there is.
    """
    name = str(formula.head)
    if not formula.operands:
        return formula
    if name not in OPERATORS and name not in CALLS:
        return _spelled_out(as_symbol(FUNCTIONS[name]().forward(*formula.operands)))
    parts = tuple(map(_spelled_out, formula.operands))
    base = parts[0]
    if name == "pow" and parts[1].number == SQUARE and base.number is None and not base.operands:
        return Symbol("mul", (base, base))
    return Symbol(name, parts)


def with_numbers(formula: Symbol, numbers: Mapping[str, float]) -> Symbol:
    """Put numbers in place of names, and leave out what that makes superfluous.

    Nothing is left out that would change a digit: a sum of numbers is one, and 1·x is x, but the
    logarithm of a number is still to be taken.

    Examples
    --------
    >>> x, n = Symbol("x"), Symbol("n")
    >>> scalar_text(with_numbers(n * x ** (n - 1), {"n": 3.0}), {})
    '(3.0 * pow(x, 2.0))'
    """
    if not formula.operands:
        number = numbers.get(str(formula.head))
        return formula if number is None else Symbol(number)
    return exactly(
        str(formula.head), tuple(with_numbers(part, numbers) for part in formula.operands)
    )


def exactly(name: str, operands: tuple[Symbol, ...]) -> Symbol:
    """Apply a Function, leaving out only what changes no digit."""
    numbers = [operand.number for operand in operands]
    if name in ARITHMETIC and None not in numbers:
        with contextlib.suppress(ZeroDivisionError):
            return Symbol(ARITHMETIC[name](*numbers))
    # Zero by its text: a number less -0 is another if it is -0 itself.
    match name, [str(number) for number in numbers]:
        case ("mul", ["1.0", _]):
            return operands[1]
        case ("mul" | "div" | "pow", [_, "1.0"]) | ("sub", [_, "0.0"]):
            return operands[0]
        case ("mul", [_, "-1.0"]):
            return exactly("neg", operands[:1])
        case ("mul", ["-1.0", _]):
            return exactly("neg", operands[1:])
    return Symbol(name, operands)


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
    >>> scalar_text(1 / (2 * Symbol("y")), {"y": "v7"})
    '(1.0 / (2.0 * v7))'
    """
    if formula.number is not None:
        return number_text(formula.number)
    if not formula.operands:
        return terms.get(str(formula.head), str(formula.head))
    name = str(formula.head)
    parts = [scalar_text(part, terms) for part in formula.operands]
    if name in OPERATORS:
        return OPERATORS[name].format(*parts)
    return f"{name}({', '.join(parts)})"


def number_text(number: float) -> str:
    """Write a number in Python so that it can stand anywhere in a formula."""
    text = repr(float(number))
    return f"({text})" if text.startswith("-") else text
