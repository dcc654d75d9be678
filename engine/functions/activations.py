"""What stands between the layers of a net: each bends a line in its own way."""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from engine.arrays import erf
from engine.function import Function
from engine.notation import Notation


def _share(x: Any) -> Any:
    return np.exp(np.minimum(x, 0.0)) / (np.exp(-np.abs(x)) + 1)


class Sigmoid(Function):
    """An S between 0 and 1. No input makes it overflow, and what is near 0 keeps its digits."""

    notation = Notation("σ", "σ({0})", r"\sigma\left({0}\right)")
    group = "Activations"
    local = (lambda y, x: y * (1 - y),)

    def forward(self, x: Any) -> Any:
        return _share(x)


class Relu(Function):
    """The input where it is positive, and 0 elsewhere. At 0 its derivative is taken to be 0."""

    notation = Notation("relu", "relu({0})", r"\operatorname{{relu}}\left({0}\right)")
    group = "Activations"
    local = (lambda y, x: np.heaviside(x, 0.0),)

    def forward(self, x: Any) -> Any:
        return np.maximum(x, 0.0)


class LeakyRelu(Function):
    """The input, made small where it is negative. At 0 its derivative is that of the left."""

    symbol = "lrelu"
    group = "Activations"
    local = (lambda y, x, *, slope: slope + (1 - slope) * np.heaviside(x, 0.0),)

    def forward(self, x: Any, *, slope: float = 0.01) -> Any:
        return np.maximum(x, 0.0) + slope * np.minimum(x, 0.0)


class Elu(Function):
    """The input where it is positive, and an exponential that levels off elsewhere."""

    symbol = "elu"
    group = "Activations"
    local = (
        lambda y, x, *, alpha: (
            np.heaviside(x, 0.0) + (1 - np.heaviside(x, 0.0)) * alpha * np.exp(np.minimum(x, 0.0))
        ),
    )

    def forward(self, x: Any, *, alpha: float = 1.0) -> Any:
        return np.maximum(x, 0.0) + alpha * np.expm1(np.minimum(x, 0.0))


class Gelu(Function):
    """The input times the share of a bell curve that lies below it; the exact form, with erf."""

    notation = Notation("gelu", "gelu({0})", r"\operatorname{{gelu}}\left({0}\right)")
    group = "Activations"
    local = (
        lambda y, x: (
            (erf(x / math.sqrt(2)) + 1) / 2 + x * np.exp(-(x**2) / 2) / math.sqrt(2 * math.pi)
        ),
    )

    def forward(self, x: Any) -> Any:
        return x * (erf(x / math.sqrt(2)) + 1) / 2


class Silu(Function):
    """The input times its own sigmoid."""

    notation = Notation("silu", "silu({0})", r"\operatorname{{silu}}\left({0}\right)")
    group = "Activations"
    local = (lambda y, x: (np.tanh(x / 2) + 1) / 2 * (1 + x * (1 - np.tanh(x / 2)) / 2),)

    def forward(self, x: Any) -> Any:
        return x * _share(x)


class Softplus(Function):
    """A relu with its corner rounded off: ln(1 + eˣ), which no input makes overflow."""

    notation = Notation("soft+", "softplus({0})", r"\operatorname{{softplus}}\left({0}\right)")
    group = "Activations"
    local = (lambda y, x: (np.tanh(x / 2) + 1) / 2,)

    def forward(self, x: Any) -> Any:
        return np.maximum(x, 0.0) + np.log1p(np.exp(-np.abs(x)))
