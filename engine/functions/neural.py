"""What a neural net is made of: layers, tables, normalisation, and noise while it learns."""

from __future__ import annotations

import random
import zlib
from collections.abc import Mapping
from typing import Any

import numpy as np

from engine.arrays import plain, sum_to
from engine.config import Config
from engine.errors import RunError
from engine.function import Function
from engine.functions.indexing import put_back
from engine.functions.linear_algebra import turned

WITH_BIAS = 3
"""Inputs of a layer that is given a bias, too."""


def check_inputs(name: str, xs: tuple[Any, ...]) -> None:
    """Raise the reason why a layer cannot take so many inputs; return if it can.

    Raises
    ------
    RunError
        If there are not two or three.
    """
    if len(xs) not in (WITH_BIAS - 1, WITH_BIAS):
        raise RunError(
            f"{name} takes an input, weights and, if wanted, a bias: two or three, not {len(xs)}."
        )


class Linear(Function):
    """The input times a matrix of weights, plus a bias if there is one: a layer."""

    symbol = "xW+b"
    group = "Neural"

    def forward(self, *xs: Any) -> Any:
        check_inputs("linear", xs)
        x, w = xs[:2]
        if not x.ndim or w.ndim != 2 or x.shape[-1] != w.shape[0]:  # noqa: PLR2004 - a matrix
            raise RunError(
                f"linear takes an input of the shape (…, n) and weights of the shape (n, m), "
                f"not {x.shape} and {w.shape}."
            )
        y = x @ w
        if len(xs) < WITH_BIAS:
            return y
        if xs[2].shape != w.shape[1:]:
            raise RunError(
                f"The bias of a layer with weights of the shape {w.shape} has the shape "
                f"{w.shape[1:]}, not {xs[2].shape}."
            )
        return y + xs[2]

    def pull(self, port: int, gy: Any, y: Any, *xs: Any, **settings: Any) -> Any:
        x, w = xs[:2]
        if port == 0:
            return gy @ w.T
        if port == WITH_BIAS - 1:
            return sum_to(gy, xs[port].shape)
        if x.ndim == 1:
            return np.outer(x, gy)
        rows, columns = x.size // x.shape[-1] if x.size else 0, w.shape
        if x.ndim > 2:  # noqa: PLR2004 - a stack of matrices
            x, gy = x.reshape((rows, columns[0])), gy.reshape((rows, columns[1]))
        return turned(x) @ gy


class Embedding(Function):
    """The rows of a table that whole numbers point at; a row taken twice gets both shares."""

    symbol = "W[i]"
    group = "Neural"

    def forward(self, ids: Any, table: Any) -> Any:
        if table.ndim != 2:  # noqa: PLR2004 - a row an id
            raise RunError(f"A table has rows and columns, not the shape {table.shape}.")
        if (ids != np.trunc(ids)).any() or (ids < 0).any() or (ids >= len(table)).any():
            there = f"from 0 to {len(table) - 1}" if len(table) else "of a row, and there is none"
            raise RunError(
                f"An id is a whole number {there}: it counts the rows of the table, of the shape "
                f"{table.shape}."
            )
        return table[ids.astype(int)]

    def pull(self, port: int, gy: Any, y: Any, *xs: Any, **settings: Any) -> Any:
        ids, table = xs
        if port == 0:
            return np.zeros(ids.shape, gy.dtype) * gy.sum()
        return put_back(gy, plain(ids).astype(int), table.shape)


class LayerNorm(Function):
    """The last axis brought to the mean 0 and the variance 1, then scaled and moved."""

    symbol = "norm"
    group = "Neural"

    def forward(self, x: Any, gamma: Any, beta: Any, *, eps: float = 1e-5) -> Any:
        if not x.ndim or gamma.shape != x.shape[-1:] or beta.shape != x.shape[-1:]:
            raise RunError(
                f"layer_norm takes an input of the shape (…, n), and gamma and beta of the shape "
                f"(n,), not {x.shape}, {gamma.shape} and {beta.shape}."
            )
        return _normal(x, -1, _eps(eps)) * gamma + beta

    def pull(self, port: int, gy: Any, y: Any, *xs: Any, **settings: Any) -> Any:
        x, gamma, _ = xs
        if port == 0:
            return _normal_back(gy * gamma, x, -1, settings["eps"])
        return sum_to(gy * _normal(x, -1, settings["eps"]) if port == 1 else gy, gamma.shape)


class BatchNorm(Function):
    """Each channel of a batch brought to the mean 0 and the variance 1, then scaled and moved."""

    symbol = "batch"
    group = "Neural"

    # While a net is used and not taught, the mean and the variance it is told take the place of
    # those of the batch.

    def forward(
        self,
        x: Any,
        gamma: Any,
        beta: Any,
        *,
        mean: Any = None,
        variance: Any = None,
        eps: float = 1e-5,
    ) -> Any:
        if x.ndim < 2 or gamma.shape != x.shape[1:2] or beta.shape != x.shape[1:2]:  # noqa: PLR2004 - cases and channels
            raise RunError(
                f"batch_norm takes an input of the shape (cases, channels, …), and gamma and beta "
                f"of the shape (channels,), not {x.shape}, {gamma.shape} and {beta.shape}."
            )
        normal = _told_normal(x, mean, variance, _eps(eps)) if not Config.train else None
        if normal is None:
            if not x.size:
                raise RunError(f"A batch of the shape {x.shape} has no mean.")
            normal = _normal(x, _but_channels(x), eps)
        return normal * _in_channels(gamma, x) + _in_channels(beta, x)

    def pull(self, port: int, gy: Any, y: Any, *xs: Any, **settings: Any) -> Any:
        (x, gamma, _), eps = xs, settings["eps"]
        axes = _but_channels(x)
        if port == 2:  # noqa: PLR2004 - beta
            return gy.sum(axis=axes)
        if Config.train:
            if port == 1:
                return (gy * _normal(x, axes, eps)).sum(axis=axes)
            return _normal_back(gy * _in_channels(gamma, x), x, axes, eps)
        if port == 1:
            told = _told_normal(x, settings["mean"], settings["variance"], eps)
            return (gy * told).sum(axis=axes)
        spread = np.sqrt(np.asarray(settings["variance"], gy.dtype) + eps)
        return gy * _in_channels(gamma / spread, x)


class Dropout(Function):
    """While a net learns: some elements, drawn by the seed, made 0, and the others larger."""

    symbol = "drop"
    group = "Neural"

    def __init__(self, **settings: Any) -> None:
        super().__init__(**settings)
        if self.settings["seed"] is None:
            # Drawn once, so that what has been dropped stays dropped on the way back.
            drawn = random.getrandbits(32)
            super().__init__(**{**self.settings, "seed": drawn})

    @classmethod
    def settled(cls, settings: Mapping[str, Any], block: str) -> Mapping[str, Any]:
        # A block that is told no seed has one of its own, the same at every run.
        return {"seed": zlib.crc32(block.encode()), **settings}

    def forward(self, x: Any, *, ratio: float = 0.5, seed: Any = None) -> Any:
        return x * _mask(x, ratio, seed)

    def pull(self, port: int, gy: Any, y: Any, *xs: Any, **settings: Any) -> Any:
        return gy * _mask(xs[0], settings["ratio"], settings["seed"])


def _mask(x: Any, ratio: Any, seed: Any) -> Any:
    if isinstance(ratio, bool) or not isinstance(ratio, int | float) or not 0 <= ratio < 1:
        raise RunError(f"ratio={ratio!r} is no share to drop; it is a number from 0 to below 1.")
    if type(seed) is not int or seed < 0:
        raise RunError(f"seed={seed!r} is no whole number from 0.")
    if not Config.train:
        return np.ones((), x.dtype)
    stay = np.random.default_rng(seed).random(x.shape) >= ratio
    return stay.astype(x.dtype) / (1 - ratio)


def _eps(eps: Any) -> float:
    if isinstance(eps, bool) or not isinstance(eps, int | float) or not eps > 0:
        raise RunError(f"eps={eps!r} keeps no division from 0; it is a small number above 0.")
    return float(eps)


def _normal(x: Any, axes: Any, eps: float) -> Any:
    """Bring to the mean 0 and the variance 1."""
    if not x.size:
        return x
    apart = x - x.mean(axis=axes, keepdims=True)
    return apart / np.sqrt((apart * apart).mean(axis=axes, keepdims=True) + eps)


def _normal_back(gy: Any, x: Any, axes: Any, eps: float) -> Any:
    if not x.size:
        return gy
    apart = x - x.mean(axis=axes, keepdims=True)
    spread = np.sqrt((apart * apart).mean(axis=axes, keepdims=True) + eps)
    normal = apart / spread
    along = (gy * normal).mean(axis=axes, keepdims=True)
    return (gy - gy.mean(axis=axes, keepdims=True) - normal * along) / spread


def _told_normal(x: Any, mean: Any, variance: Any, eps: float) -> Any:
    if mean is None or variance is None:
        raise RunError(
            "batch_norm is in use and not learning: it needs to be told its mean and variance, "
            "a number a channel each."
        )
    real = x.dtype if x.dtype.kind == "f" else None  # a Variable of whole numbers is promoted
    centre, spread = np.asarray(mean, real), np.asarray(variance, real)
    if centre.shape != x.shape[1:2] or spread.shape != x.shape[1:2]:
        raise RunError(
            f"mean and variance have a number a channel, {x.shape[1]}, "
            f"not the shapes {centre.shape} and {spread.shape}."
        )
    return (x - _in_channels(centre, x)) / np.sqrt(_in_channels(spread, x) + eps)


def _but_channels(x: Any) -> tuple[int, ...]:
    return (0, *range(2, x.ndim))


def _in_channels(per_channel: Any, x: Any) -> Any:
    return per_channel.reshape((1, x.shape[1], *(1,) * (x.ndim - 2)))
