"""Sums, products and powers."""

from __future__ import annotations

from typing import Any

import numpy as np

from engine.notation import ATOM, POWER, PRODUCT, SIGN, SUM, Notation
from engine.variable import Function


class Add(Function):
    """The sum of two inputs."""

    notation = Notation("+", "{0} + {1}", "{0} + {1}", SUM, (SUM, SUM))
    group = "Arithmetic"
    ufunc = np.add
    local = (lambda y, x0, x1: 1.0, lambda y, x0, x1: 1.0)

    def forward(self, x0: Any, x1: Any) -> Any:
        return x0 + x1


class Sub(Function):
    """The first input less the second."""

    notation = Notation("−", "{0} − {1}", "{0} - {1}", SUM, (SUM, PRODUCT))
    group = "Arithmetic"
    ufunc = np.subtract
    local = (lambda y, x0, x1: 1.0, lambda y, x0, x1: -1.0)

    def forward(self, x0: Any, x1: Any) -> Any:
        return x0 - x1


class Mul(Function):
    """The product of two inputs."""

    notation = Notation("×", "{0} · {1}", r"{0} \cdot {1}", PRODUCT, (PRODUCT, PRODUCT))
    group = "Arithmetic"
    ufunc = np.multiply
    local = (lambda y, x0, x1: x1, lambda y, x0, x1: x0)

    def forward(self, x0: Any, x1: Any) -> Any:
        return x0 * x1


class Div(Function):
    """The first input divided by the second."""

    notation = Notation(
        "÷", "{0} / {1}", r"\frac{{{0}}}{{{1}}}", PRODUCT, (PRODUCT, SIGN), (SUM, SUM)
    )
    group = "Arithmetic"
    ufunc = np.divide
    local = (lambda y, x0, x1: 1 / x1, lambda y, x0, x1: -x0 / x1**2)

    def forward(self, x0: Any, x1: Any) -> Any:
        return x0 / x1


class Neg(Function):
    """The input with its sign turned."""

    notation = Notation("−x", "−{0}", "-{0}", SIGN, (POWER,))
    group = "Arithmetic"
    ufunc = np.negative
    local = (lambda y, x: -1.0,)

    def forward(self, x: Any) -> Any:
        return -x


class Pow(Function):
    """The first input to the power of the second."""

    notation = Notation("xⁿ", "{0}^{1}", "{0}^{{{1}}}", POWER, (ATOM, ATOM), (ATOM, SUM))
    group = "Arithmetic"
    ufunc = np.power
    local = (
        lambda y, x, n: n * x ** (n - 1),
        lambda y, x, n: y * np.log(x),
    )

    def forward(self, x: Any, n: Any) -> Any:
        return x**n
