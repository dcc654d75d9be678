"""The same elements in another arrangement."""

from __future__ import annotations

from typing import Any

import numpy as np

from engine.arrays import sum_to
from engine.function import Function


class SumTo(Function):
    """The sum along the axes that broadcasting from a shape would copy along."""

    symbol = "Σ→"
    group = "Shape"

    def forward(self, x: Any, *, shape: Any) -> Any:
        return sum_to(x, tuple(shape))

    def pull(self, port: int, gy: Any, y: Any, *xs: Any, **settings: Any) -> Any:
        return np.broadcast_to(gy, xs[0].shape)


class BroadcastTo(Function):
    """The input copied along axes until it has another shape."""

    symbol = "→"
    group = "Shape"
    numpy = (np.broadcast_to,)

    def forward(self, x: Any, *, shape: Any) -> Any:
        return np.broadcast_to(x, shape)

    def pull(self, port: int, gy: Any, y: Any, *xs: Any, **settings: Any) -> Any:
        return sum_to(gy, xs[0].shape)


class Reshape(Function):
    """The same elements in another shape."""

    symbol = "⊞"
    group = "Shape"
    numpy = (np.reshape,)

    def forward(self, x: Any, *, shape: Any) -> Any:
        return np.reshape(x, shape)

    def pull(self, port: int, gy: Any, y: Any, *xs: Any, **settings: Any) -> Any:
        return gy.reshape(xs[0].shape)


class Transpose(Function):
    """The input with its axes in another order, by default the other way round."""

    symbol = "xᵀ"
    group = "Shape"
    numpy = (np.transpose,)

    def forward(self, x: Any, *, axes: Any = None) -> Any:
        return np.transpose(x, axes)

    def pull(self, port: int, gy: Any, y: Any, *xs: Any, **settings: Any) -> Any:
        axes = settings["axes"]
        if axes is None:
            return gy.transpose()
        back = np.argsort([axis % len(axes) for axis in axes])
        return gy.transpose(tuple(int(axis) for axis in back))
