"""Many elements made into few: sums, means and extremes along axes."""

from __future__ import annotations

from typing import Any

import numpy as np

from engine.function import Function


def spread(gy: Any, x: Any, axis: Any, *, keepdims: bool) -> Any:
    """Copy what was reduced along axes back to the shape that it was reduced from."""
    if not keepdims:
        axes = range(x.ndim) if axis is None else np.atleast_1d(np.asarray(axis, int)) % x.ndim
        gy = gy.reshape(tuple(1 if at in axes else size for at, size in enumerate(x.shape)))
    return np.broadcast_to(gy, x.shape)


class Sum(Function):
    """The sum of the elements along axes, or of all."""

    group = "Reductions"
    numpy = (np.sum,)

    def forward(self, x: Any, *, axis: Any = None, keepdims: bool = False) -> Any:
        return np.sum(
            x,
            axis=axis if axis is None or isinstance(axis, int) else tuple(axis),
            keepdims=keepdims,
        )

    def pull(self, port: int, gy: Any, y: Any, *xs: Any, **settings: Any) -> Any:
        return spread(gy, xs[0], settings["axis"], keepdims=settings["keepdims"])
