"""Shares of a whole, and their logarithms."""

from __future__ import annotations

from typing import Any

import numpy as np

from engine.function import Function
from engine.functions.reductions import axes_of


class Softmax(Function):
    """Positive shares that add up to 1 along an axis; the largest input gets the largest."""

    symbol = "soft"
    group = "Activations"

    def forward(self, x: Any, *, axis: int = -1) -> Any:
        return _shares(x, axis)

    def pull(self, port: int, gy: Any, y: Any, *xs: Any, **settings: Any) -> Any:
        return y * (gy - (gy * y).sum(settings["axis"], keepdims=True))


class LogSoftmax(Function):
    """The logarithms of the shares that softmax gives, without overflow."""

    symbol = "lnS"
    group = "Activations"

    def forward(self, x: Any, *, axis: int = -1) -> Any:
        axes = axes_of(x, axis)
        if not x.size:
            return x
        below = x - x.max(axis=axes, keepdims=True)
        return below - np.log(np.exp(below).sum(axis=axes, keepdims=True))

    def pull(self, port: int, gy: Any, y: Any, *xs: Any, **settings: Any) -> Any:
        return gy - np.exp(y) * gy.sum(settings["axis"], keepdims=True)


def _shares(x: Any, axis: int) -> Any:
    axes = axes_of(x, axis)
    if not x.size:
        return x
    grown = np.exp(x - x.max(axis=axes, keepdims=True))
    return grown / grown.sum(axis=axes, keepdims=True)
