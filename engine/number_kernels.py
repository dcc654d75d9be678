"""What is done at every call and every step back, compiled for one Function on single numbers.

A chain of a hundred thousand Functions is a hundred thousand of these calls, so each does by hand
what `Function.__call__` and `Function.gradients` do in general, with the formula of the Function
in its midst. Whatever it cannot do, such as an array or a division by 0, is left to those.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Any

from engine.array_calls import call_on_arrays, greatest
from engine.arrays import as_array
from engine.config import Config
from engine.function import Function
from engine.kernel import LEFT_TO_NUMPY, OUT_OF_RANGE, Kernel
from engine.scalars import NAMES, Rules, rules_of, scalar_text
from engine.symbols import Symbol
from engine.variable import Variable, held

VALUE = "lambda {numbers}: {value}"

SLOPES = "({slopes},)"

SLOPE = "lambda y, {numbers}: {slope}"

CALL = """
def call(*args):
    try:
        ({inputs},) = args
{read_or_call}
        number = {value}
    except OUT_OF_RANGE:
        y = otherwise(*args)
        if y.maker is not None:
            y.maker.compiled = compiled  # which may know the way back
        return y
    except LEFT_TO_NUMPY:
        return otherwise(*args)
    if not Config.enable_backprop:
        return otherwise(*args)
    made = new(function)
    made.inputs = args
    made.compiled = compiled
    y = new(Variable)
    y.raw = number
    y.raw_grad = y.name = None
    y.maker = made
    y.generation = {generation} + 1
    return y
"""

STEP_BACK = """
def pass_on(g, output, function):
    if type(g) is not float:
        g = held(g)
        if type(g) is not float:
            return False
    ({inputs},) = function.inputs
    try:
{read_or_leave}
        {contributions}
    except LEFT_TO_NUMPY:
        return False
    {add}
    return True
"""

ADD = """
    if not {input}.is_constant:
        before = {input}.raw_grad
        if before is None:
            {input}.raw_grad = {gradient}
        else:
            total = before + {gradient}
            {input}.raw_grad = total if type(total) is float else as_array(total)
"""

READ = """
{indent}{number} = {input}.raw
{indent}if type({number}) is not float:
{indent}    if {number}.ndim:
{indent}        return {otherwise}
{indent}    {number} = {input}.number
{indent}    if {number} is None:
{indent}        return {otherwise}
"""


def kernel_of(
    function: type[Function], settings: Mapping[str, Any] = MappingProxyType({})
) -> Kernel | None:
    """Compile a Function for single numbers; None if that cannot be.

    What is to be called in its place is for one without settings.

    Examples
    --------
    >>> from engine.functions import FUNCTIONS
    >>> kernel_of(FUNCTIONS["square"]).value(3.0)
    9.0
    >>> kernel_of(FUNCTIONS["leaky_relu"], {"slope": 0.5}).value(-3.0)
    -1.5
    """
    rules = rules_of(function, settings)
    if rules is None:
        return None
    pieces = _pieces(rules)
    names: dict[str, Any] = {
        **NAMES,
        "Config": Config,
        "LEFT_TO_NUMPY": LEFT_TO_NUMPY,
        "OUT_OF_RANGE": OUT_OF_RANGE,
        "Variable": Variable,
        "as_array": as_array,
        "otherwise": call_on_arrays(function),
        "function": function,
        "held": held,
        "new": object.__new__,
    }
    # What is compiled is written here from formulas, and holds no text of anybody's.
    exec(CALL.format(**pieces) + STEP_BACK.format(**pieces), names)  # noqa: S102
    names["compiled"] = (names["pass_on"],)
    value = eval(VALUE.format(**pieces), names)  # noqa: S307
    slopes = eval(SLOPES.format(**pieces), names)  # noqa: S307
    return Kernel(value, names["call"], names["pass_on"], slopes)


def _reads(pairs: Iterable[tuple[str, str]], depth: int, otherwise: str) -> str:
    """Write how numbers are read out of Variables, or what is done if one holds none."""
    indent = "    " * depth
    return "".join(
        READ.format(indent=indent, number=number, input=x, otherwise=otherwise)
        for number, x in pairs
    )


def _pieces(rules: Rules) -> dict[str, str]:
    count = range(len(rules.inputs))
    inputs, numbers = [f"v{at}" for at in count], [f"x{at}" for at in count]
    gradients = [f"g{at}" for at in count]
    upstream = Symbol("g")
    parts = [scalar_text(upstream * slope, {}) for slope in rules.slopes]
    ages = [f"{x}.generation" for x in inputs]
    listed = ", ".join(numbers)
    # Of the output's value most rules make no use.
    output = [("y", "output")] if any(re.search(r"\by\b", part) for part in parts) else []
    return {
        "inputs": ", ".join(inputs),
        "numbers": listed,
        "slopes": ", ".join(
            SLOPE.format(numbers=listed, slope=scalar_text(slope, {})) for slope in rules.slopes
        ),
        "value": scalar_text(rules.value, {}),
        "read_or_call": _reads(zip(numbers, inputs, strict=True), 2, "otherwise(*args)"),
        "read_or_leave": _reads([*zip(numbers, inputs, strict=True), *output], 2, "False"),
        "generation": greatest(ages),
        "contributions": "; ".join(
            f"{gradient} = {part}"
            if len(parts) == 1
            else f"{gradient} = None if {x}.is_constant else {part}"
            for gradient, x, part in zip(gradients, inputs, parts, strict=True)
        ),
        "add": "".join(
            ADD.format(input=x, gradient=gradient)
            for x, gradient in zip(inputs, gradients, strict=True)
        ),
    }
