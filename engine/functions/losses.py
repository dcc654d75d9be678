"""How far a net is from what it should have said: one number, and the smaller the better."""

from __future__ import annotations

from typing import Any

import numpy as np

from engine.arrays import plain
from engine.errors import RunError
from engine.function import Function
from engine.functions.reductions import count


class _Loss(Function):
    """What its subclasses share: equal shapes, and a mean over all elements."""

    group = "Losses"

    def forward(self, x0: Any, x1: Any) -> Any:
        return self.mean(x0, x1)

    def mean(self, x0: Any, x1: Any, **settings: Any) -> Any:
        """Give the mean of the losses of all elements."""
        if x0.shape != x1.shape:
            raise RunError(
                f"A loss compares like with like, and the shapes {x0.shape} and {x1.shape} are "
                "not the same; reshape one of them."
            )
        if not x0.size:
            raise RunError(f"The shape {x0.shape} has no elements, and so no mean.")
        return self.each(x0, x1, **settings).mean()

    def pull(self, port: int, gy: Any, y: Any, *xs: Any, **settings: Any) -> Any:
        share = count(xs[0], tuple(range(xs[0].ndim)))
        return gy / share * self.slopes(*xs, **settings)[port]

    def each(self, x0: Any, x1: Any, **settings: Any) -> Any:
        """Give the loss of each element."""
        raise NotImplementedError

    def slopes(self, x0: Any, x1: Any, **settings: Any) -> tuple[Any, Any]:
        """Give the derivative of each by the first and by the second input."""
        raise NotImplementedError


class MeanSquaredError(_Loss):
    """The mean of the squared differences."""

    symbol = "MSE"

    def each(self, x0: Any, x1: Any, **settings: Any) -> Any:
        return (x0 - x1) ** 2

    def slopes(self, x0: Any, x1: Any, **settings: Any) -> tuple[Any, Any]:
        return 2 * (x0 - x1), 2 * (x1 - x0)


class MeanAbsoluteError(_Loss):
    """The mean of the differences without their signs; where there is none, a derivative of 0."""

    symbol = "MAE"

    def each(self, x0: Any, x1: Any, **settings: Any) -> Any:
        return np.abs(x0 - x1)

    def slopes(self, x0: Any, x1: Any, **settings: Any) -> tuple[Any, Any]:
        return np.sign(x0 - x1), np.sign(x1 - x0)


class Huber(_Loss):
    """Half the squared difference up to delta, and a straight line from there on."""

    symbol = "Huber"

    def forward(self, x0: Any, x1: Any, *, delta: float = 1.0) -> Any:
        if isinstance(delta, bool) or not isinstance(delta, int | float) or not delta > 0:
            raise RunError(f"delta={delta!r} is no bend for a loss; it is a number above 0.")
        return self.mean(x0, x1, delta=delta)

    def each(self, x0: Any, x1: Any, **settings: Any) -> Any:
        apart, delta = np.abs(x0 - x1), settings["delta"]
        near = np.minimum(apart, delta)
        return near * (apart - near / 2)

    def slopes(self, x0: Any, x1: Any, **settings: Any) -> tuple[Any, Any]:
        delta = settings["delta"]
        slope = np.clip(x0 - x1, -delta, delta)
        return slope, -slope


LEAST_LOG, LEAST_SPREAD = -100.0, 1e-12
"""Of a probability, and of it times its opposite: what keeps a surprise at 0 and 1 finite."""


class BinaryCrossEntropy(_Loss):
    """The surprise at yes or no, from probabilities; no logarithm counts for less than −100."""

    symbol = "H(p)"

    def forward(self, x0: Any, x1: Any) -> Any:
        if ((x0 < 0) | (x0 > 1)).any():
            raise RunError(
                "A probability is a number from 0 to 1; use binary_cross_entropy_with_logits for "
                f"scores, which here go from {x0.min():g} to {x0.max():g}."
            )
        return self.mean(x0, x1)

    def each(self, x0: Any, x1: Any, **settings: Any) -> Any:
        return -(x1 * _log(x0) + (1 - x1) * _log(1 - x0))

    def slopes(self, x0: Any, x1: Any, **settings: Any) -> tuple[Any, Any]:
        return (x0 - x1) / np.maximum(x0 * (1 - x0), LEAST_SPREAD), _log(1 - x0) - _log(x0)


def _log(x: Any) -> Any:
    return np.maximum(np.log(x), LEAST_LOG)


class BinaryCrossEntropyWithLogits(_Loss):
    """The surprise at yes or no, from scores before the sigmoid; no score makes it overflow."""

    symbol = "BCE"

    def each(self, x0: Any, x1: Any, **settings: Any) -> Any:
        return np.maximum(x0, 0.0) - x0 * x1 + np.log1p(np.exp(-np.abs(x0)))

    def slopes(self, x0: Any, x1: Any, **settings: Any) -> tuple[Any, Any]:
        return (np.tanh(x0 / 2) + 1) / 2 - x1, -x0


class SoftmaxCrossEntropy(Function):
    """The mean surprise at the right class: a row of scores a case, and the number of its class."""

    symbol = "CE"
    group = "Losses"

    def forward(self, x: Any, t: Any) -> Any:
        if x.ndim != 2 or t.shape != x.shape[:1]:  # noqa: PLR2004 - a row a case
            raise RunError(
                f"Scores of the shape (cases, classes) and one class a case are wanted, "
                f"not the shapes {x.shape} and {t.shape}."
            )
        if not x.size:
            raise RunError(f"Scores of the shape {x.shape} are none, and so have no mean.")
        if (t != np.trunc(t)).any() or (t < 0).any() or (t >= x.shape[1]).any():
            raise RunError(
                f"A class is the whole number of a column of the scores, from 0 to "
                f"{x.shape[1] - 1} in the shape {x.shape}."
            )
        below = x - x.max(axis=1, keepdims=True)
        logs = below - np.log(np.exp(below).sum(axis=1, keepdims=True))
        return -np.mean(logs[np.arange(len(x)), t.astype(int)])

    def pull(self, port: int, gy: Any, y: Any, *xs: Any, **settings: Any) -> Any:
        x, t = xs
        if port == 1:
            return np.zeros(t.shape, gy.dtype) * gy
        below = np.exp(x - plain(x).max(axis=1, keepdims=True))
        shares = below / below.sum(1, keepdims=True)
        right = (np.arange(x.shape[1]) == plain(t)[:, None]).astype(x.dtype)
        return gy / x.shape[0] * (shares - right)
