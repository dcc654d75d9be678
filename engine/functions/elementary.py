"""Powers of e, roots, logarithms and the circular functions."""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from engine.arrays import erf
from engine.function import Function
from engine.notation import ATOM, POWER, SUM, Notation, call


class Square(Function):
    """The input times itself."""

    notation = Notation("x²", "{0}²", "{0}^{{2}}", POWER, (ATOM,))
    group = "Elementary"
    ufunc = np.square
    local = (lambda y, x: 2 * x,)

    def forward(self, x: Any) -> Any:
        return x**2


class Exp(Function):
    """The number e to the power of the input."""

    notation = Notation("eˣ", "e^{0}", "e^{{{0}}}", POWER, (ATOM,), (SUM,))
    group = "Elementary"
    ufunc = np.exp
    local = (lambda y, x: y,)

    def forward(self, x: Any) -> Any:
        return np.exp(x)


class Sqrt(Function):
    """The square root. At 0 its derivative is infinite."""

    notation = Notation("√x", "√{0}", r"\sqrt{{{0}}}", ATOM, (ATOM,), (SUM,))
    group = "Elementary"
    ufunc = np.sqrt
    local = (lambda y, x: 1 / (2 * y),)

    def forward(self, x: Any) -> Any:
        return np.sqrt(x)


class Log(Function):
    """The natural logarithm."""

    notation = Notation("ln", "ln({0})", r"\ln\left({0}\right)")
    group = "Elementary"
    ufunc = np.log
    local = (lambda y, x: 1 / x,)

    def forward(self, x: Any) -> Any:
        return np.log(x)


class Sin(Function):
    """The sine of an angle in radians."""

    notation = call("sin")
    group = "Elementary"
    ufunc = np.sin
    local = (lambda y, x: np.cos(x),)

    def forward(self, x: Any) -> Any:
        return np.sin(x)


class Cos(Function):
    """The cosine of an angle in radians."""

    notation = call("cos")
    group = "Elementary"
    ufunc = np.cos
    local = (lambda y, x: -np.sin(x),)

    def forward(self, x: Any) -> Any:
        return np.cos(x)


class Tanh(Function):
    """The hyperbolic tangent, which squeezes every number between -1 and 1."""

    notation = call("tanh")
    group = "Elementary"
    ufunc = np.tanh
    local = (lambda y, x: 1 - y * y,)

    def forward(self, x: Any) -> Any:
        return np.tanh(x)


class Expm1(Function):
    """The exponential less one, exact near 0."""

    notation = Notation("eˣ−1", "e^{0} − 1", "e^{{{0}}} - 1", SUM, (ATOM,), (SUM,))
    group = "Elementary"
    ufunc = np.expm1
    local = (lambda y, x: np.exp(x),)

    def forward(self, x: Any) -> Any:
        return np.expm1(x)


class Log1p(Function):
    """The natural logarithm of one more than the input, exact near 0."""

    notation = Notation("ln1p", "ln(1 + {0})", r"\ln\left(1 + {0}\right)")
    group = "Elementary"
    ufunc = np.log1p
    local = (lambda y, x: 1 / (x + 1),)

    def forward(self, x: Any) -> Any:
        return np.log1p(x)


class Log2(Function):
    """The logarithm to the base 2."""

    notation = Notation("log₂", "log₂({0})", r"\log_{{2}}\left({0}\right)")
    group = "Elementary"
    ufunc = np.log2
    local = (lambda y, x: 1 / (x * math.log(2)),)

    def forward(self, x: Any) -> Any:
        return np.log2(x)


class Log10(Function):
    """The logarithm to the base 10."""

    notation = Notation("lg", "log₁₀({0})", r"\log_{{10}}\left({0}\right)")
    group = "Elementary"
    ufunc = np.log10
    local = (lambda y, x: 1 / (x * math.log(10)),)

    def forward(self, x: Any) -> Any:
        return np.log10(x)


class Tan(Function):
    """The tangent of an angle in radians."""

    notation = call("tan")
    group = "Elementary"
    ufunc = np.tan
    local = (lambda y, x: 1 + y**2,)

    def forward(self, x: Any) -> Any:
        return np.tan(x)


class Arcsin(Function):
    """The angle from -π/2 to π/2 whose sine the input is."""

    notation = Notation("asin", "arcsin({0})", r"\arcsin\left({0}\right)")
    group = "Elementary"
    ufunc = np.arcsin
    local = (lambda y, x: 1 / np.sqrt(1 - x**2),)

    def forward(self, x: Any) -> Any:
        return np.arcsin(x)


class Arccos(Function):
    """The angle from 0 to π whose cosine the input is."""

    notation = Notation("acos", "arccos({0})", r"\arccos\left({0}\right)")
    group = "Elementary"
    ufunc = np.arccos
    local = (lambda y, x: -1 / np.sqrt(1 - x**2),)

    def forward(self, x: Any) -> Any:
        return np.arccos(x)


class Arctan(Function):
    """The angle from -π/2 to π/2 whose tangent the input is."""

    notation = Notation("atan", "arctan({0})", r"\arctan\left({0}\right)")
    group = "Elementary"
    ufunc = np.arctan
    local = (lambda y, x: 1 / (1 + x**2),)

    def forward(self, x: Any) -> Any:
        return np.arctan(x)


class Sinh(Function):
    """The hyperbolic sine."""

    notation = call("sinh")
    group = "Elementary"
    ufunc = np.sinh
    local = (lambda y, x: np.cosh(x),)

    def forward(self, x: Any) -> Any:
        return np.sinh(x)


class Cosh(Function):
    """The hyperbolic cosine."""

    notation = call("cosh")
    group = "Elementary"
    ufunc = np.cosh
    local = (lambda y, x: np.sinh(x),)

    def forward(self, x: Any) -> Any:
        return np.cosh(x)


class Arctan2(Function):
    """The angle of the point whose height is the first input and whose width is the second."""

    notation = Notation("atan2", "atan2({0}, {1})", r"\operatorname{{atan2}}\left({0}, {1}\right)")
    group = "Elementary"
    ufunc = np.arctan2
    local = (
        lambda y, x0, x1: x1 / (x0**2 + x1**2),
        lambda y, x0, x1: -x0 / (x0**2 + x1**2),
    )

    def forward(self, x0: Any, x1: Any) -> Any:
        return np.arctan2(x0, x1)


class Erf(Function):
    """The error function: how much of a bell curve lies within the input of its middle."""

    notation = Notation("erf", "erf({0})", r"\operatorname{{erf}}\left({0}\right)")
    group = "Elementary"
    local = (lambda y, x: 2 / math.sqrt(math.pi) * np.exp(-(x**2)),)

    def forward(self, x: Any) -> Any:
        return erf(x)
