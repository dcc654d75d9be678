"""Sums, products and powers."""

from __future__ import annotations

from typing import Any

import numpy as np

from engine.arrays import marked
from engine.function import Function
from engine.notation import ATOM, POWER, PRODUCT, SIGN, SUM, Notation


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


def _one_less(x: Any, n: Any) -> Any:
    if marked(lambda n: n == 0, n) is None:
        return n - 1
    marks = marked(lambda x, n: (x == 0) & (n == 0), x, n)
    return n - 1 if marks is None else n - 1 + marks


def _off_zero(x: Any, n: Any) -> Any:
    marks = marked(lambda x, n: (x == 0) & (n >= 0), x, n)
    return x if marks is None else x + marks


class Pow(Function):
    """The first input to the power of the second; 0 to the power 0 is 1, with derivatives of 0."""

    notation = Notation("xⁿ", "{0}^{1}", "{0}^{{{1}}}", POWER, (ATOM, ATOM), (ATOM, SUM))
    group = "Arithmetic"
    ufunc = np.power
    local = (
        lambda y, x, n: n * x ** _one_less(x, n),
        lambda y, x, n: y * np.log(_off_zero(x, n)),  # which goes to 0 with x
    )

    def forward(self, x: Any, n: Any) -> Any:
        return x**n


class Abs(Function):
    """The input without its sign. At 0 its derivative is taken to be 0."""

    notation = Notation("|x|", "|{0}|", r"\left|{0}\right|", ATOM, (SUM,))
    group = "Arithmetic"
    ufunc = np.absolute
    local = (lambda y, x: np.sign(x),)

    def forward(self, x: Any) -> Any:
        return np.abs(x)


class Maximum(Function):
    """The larger of two inputs. Where they are equal, each gets half of the gradient."""

    notation = Notation("max", "max({0}, {1})", r"\max\left({0}, {1}\right)")
    group = "Arithmetic"
    ufunc = np.maximum
    local = (
        lambda y, x0, x1: np.heaviside(x0 - x1, 0.5),
        lambda y, x0, x1: np.heaviside(x1 - x0, 0.5),
    )

    def forward(self, x0: Any, x1: Any) -> Any:
        return np.maximum(x0, x1)


class Minimum(Function):
    """The smaller of two inputs. Where they are equal, each gets half of the gradient."""

    notation = Notation("min", "min({0}, {1})", r"\min\left({0}, {1}\right)")
    group = "Arithmetic"
    ufunc = np.minimum
    local = (
        lambda y, x0, x1: np.heaviside(x1 - x0, 0.5),
        lambda y, x0, x1: np.heaviside(x0 - x1, 0.5),
    )

    def forward(self, x0: Any, x1: Any) -> Any:
        return np.minimum(x0, x1)


class Sign(Function):
    """-1, 0 or 1: the sign of the input. Its derivative is 0 everywhere."""

    notation = Notation("sgn", "sgn({0})", r"\operatorname{{sgn}}\left({0}\right)")
    group = "Arithmetic"
    ufunc = np.sign
    local = (lambda y, x: 0.0,)

    def forward(self, x: Any) -> Any:
        return np.sign(x)


class Heaviside(Function):
    """0 left of 0 and 1 right of it; at 0 the second input. Its derivative is taken to be 0."""

    notation = Notation("step", "step({0}, {1})", r"\operatorname{{step}}\left({0}, {1}\right)")
    group = "Arithmetic"
    ufunc = np.heaviside
    local = (lambda y, x0, x1: 0.0, lambda y, x0, x1: 1 - abs(np.sign(x0)))

    def forward(self, x0: Any, x1: Any) -> Any:
        return np.heaviside(x0, x1)


def _below(x: Any, low: Any, high: Any) -> Any:
    return np.heaviside(high - np.maximum(x, low), 0.5)  # the upper limit wins if they cross


class Clip(Function):
    """The first input, held between two limits; on a limit, both get half of the gradient."""

    notation = Notation(
        "clip", "clip({0}, {1}, {2})", r"\operatorname{{clip}}\left({0}, {1}, {2}\right)"
    )
    group = "Arithmetic"
    numpy = (np.clip,)
    local = (
        lambda y, x, low, high: np.heaviside(x - low, 0.5) * _below(x, low, high),
        lambda y, x, low, high: np.heaviside(low - x, 0.5) * _below(x, low, high),
        lambda y, x, low, high: np.heaviside(np.maximum(x, low) - high, 0.5),
    )

    def forward(self, x: Any, low: Any, high: Any) -> Any:
        return np.clip(x, low, high)


class Where(Function):
    """The second input where the first is not 0, and the third where it is."""

    notation = Notation(
        "where", "where({0}, {1}, {2})", r"\operatorname{{where}}\left({0}, {1}, {2}\right)"
    )
    group = "Arithmetic"
    numpy = (np.where,)
    local = (
        lambda y, condition, x0, x1: 0.0,
        lambda y, condition, x0, x1: abs(np.sign(condition)),
        lambda y, condition, x0, x1: 1 - abs(np.sign(condition)),
    )

    def forward(self, condition: Any, x0: Any, x1: Any) -> Any:
        return np.where(condition, x0, x1)
