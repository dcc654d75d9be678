"""Symbols: what a derivative rule is fed with when a formula is wanted and not a number.

A Symbol answers the same operators and NumPy functions as a Variable does, and writes down what
was asked of it. So a rule that is told once, for numbers, also tells its own formula.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

import numpy as np

from engine.errors import RunError
from engine.function import Function
from engine.functions import FUNCTIONS, name_of
from engine.operators import Operators
from engine.signatures import bound, settings_of
from engine.writing import Dialect, Term, compose, number_term


class Symbol(Operators):
    """A formula: a name, a number, or a Function applied to formulas.

    Attributes
    ----------
    head
        The name, the number, or the name of the Function.
    operands
        The formulas it is applied to; empty for a name and a number.

    Examples
    --------
    >>> x = Symbol("x")
    >>> print(2 * x**2 + 1)
    2x² + 1
    """

    __slots__ = ("head", "operands")

    is_formula = True

    def __init__(self, head: str | float, operands: tuple[Symbol, ...] = ()) -> None:
        self.head = head
        self.operands = operands

    @classmethod
    def _operate(cls, name: str, *operands: Any, **settings: Any) -> Symbol:
        inputs, settings = bound(FUNCTIONS[name], operands, settings)
        if settings:
            sentence = f"A formula cannot hold the settings of {name}."
            raise RunError(sentence)
        return _simplified(name, tuple(as_symbol(operand) for operand in inputs))

    def __bool__(self) -> bool:
        raise TypeError("a formula is neither true nor false")

    def __eq__(self, other: object) -> bool:
        # Without this, a rule that asks whether x is 0 would be read as if it never were.
        raise TypeError("two formulas cannot be compared")

    __hash__ = object.__hash__

    @property
    def number(self) -> float | None:
        """The number it is, if it is one."""
        return None if isinstance(self.head, str) else self.head

    def write(self, dialect: Dialect, terms: Mapping[str, Term] | None = None) -> Term:
        """Write the formula down.

        Parameters
        ----------
        dialect
            What to write it in.
        terms
            What to put in place of a name: another spelling, or its number.
        """
        if not isinstance(self.head, str):
            return number_term(self.head, dialect)
        if not self.operands:
            return (terms or {}).get(self.head, Term(self.head))
        return compose(self.head, [part.write(dialect, terms) for part in self.operands], dialect)

    def __str__(self) -> str:
        return self.write("text").text


def as_symbol(x: Any) -> Symbol:
    """Leave a Symbol alone and make one of a number."""
    return x if isinstance(x, Symbol) else Symbol(float(x))


def _simplified(name: str, operands: tuple[Symbol, ...]) -> Symbol:
    """Apply a Function, leaving out what a person would leave out: 1·x, x¹, x + 0."""
    numbers = [operand.number for operand in operands]
    if all(number is not None for number in numbers):
        with np.errstate(all="ignore"):
            # NumPy's numbers, because Python's raise an error for 1/0.
            value = float(FUNCTIONS[name]().forward(*map(np.float64, numbers)))
        if math.isfinite(value):
            return Symbol(value)
    match name, numbers:
        case ("mul", [1.0, _]) | ("add", [0.0, _]):
            return operands[1]
        case ("mul", [_, 1.0]) | ("div", [_, 1.0]) | ("add" | "sub", [_, 0.0]) | ("pow", [_, 1.0]):
            return operands[0]
        case ("mul", [_, -1.0]):
            return _simplified("neg", operands[:1])
        case ("mul", [-1.0, _]):
            return _simplified("neg", operands[1:])
    if name == "mul" and operands[0] is operands[1]:
        name, operands = "pow", (operands[0], Symbol(2.0))  # as a person writes it
    return Symbol(name, operands)


def value_formula(function: type[Function], inputs: tuple[Symbol, ...]) -> Symbol:
    """Write the output of a Function in terms of its inputs."""
    return Symbol(name_of(function), inputs)


def local_formula(
    function: type[Function],
    port: int,
    inputs: tuple[Symbol, ...],
    settings: Mapping[str, Any] = MappingProxyType({}),
) -> Symbol | None:
    """Write the local derivative of a Function by one of its inputs.

    Returns
    -------
    Symbol or None
        None for a Function whose rule is written in the tutorial's style, on arrays alone.

    Examples
    --------
    >>> print(local_formula(FUNCTIONS["exp"], 0, (Symbol("a"),)))
    e^a
    """
    if port >= len(function.local) or not function.is_elementwise():
        return None
    told = {**settings_of(function), **settings}
    return as_symbol(function.local[port](value_formula(function, inputs), *inputs, **told))
