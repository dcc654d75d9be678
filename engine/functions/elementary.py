"""Powers of e, roots, logarithms and the circular functions."""

from __future__ import annotations

from typing import Any

import numpy as np

from engine.notation import ATOM, POWER, SUM, Notation, call
from engine.variable import Function


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
    local = (lambda y, x: 1 - y**2,)

    def forward(self, x: Any) -> Any:
        return np.tanh(x)
