"""Pictures: convolution and pooling, over the patches that an image is unfolded into.

An image has the shape (cases, channels, height, width); its patches have the shape (cases,
channels, height and width of a patch, rows and columns of patches).
"""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from engine.arrays import plain
from engine.errors import RunError
from engine.function import Function
from engine.functions.neural import WITH_BIAS, check_inputs

AXES = 4
"""Axes of an image, and of the weights of a convolution."""

PATCH = (2, 3)
"""Axes of the height and width within one patch."""


def pair(told: Any, name: str, least: int) -> tuple[int, int]:
    """Read a setting that is one number for height and width, or one each.

    Raises
    ------
    RunError
        If it is neither.
    """
    both = tuple(told) if isinstance(told, list | tuple) else (told, told)
    if len(both) != 2 or any(type(one) is not int or one < least for one in both):  # noqa: PLR2004 - two of them
        raise RunError(f"{name}={told!r} is neither a whole number from {least} nor two of them.")
    return both[0], both[1]


def _counts(shape: tuple[int, ...], size: Any, stride: Any, pad: Any) -> tuple[int, int]:
    """Count the rows and columns of patches."""
    if len(shape) != AXES:
        raise RunError(
            f"An image has the shape (cases, channels, height, width), not the shape {shape}."
        )
    height, width = pair(size, "size", 1)
    (down, right), (above, beside) = pair(stride, "stride", 1), pair(pad, "pad", 0)
    room = shape[2] + 2 * above, shape[3] + 2 * beside
    if height > room[0] or width > room[1]:
        raise RunError(
            f"A patch of {height} by {width} is larger than an image of {shape[2]} by {shape[3]} "
            f"with pad={pad!r}, which is {room[0]} by {room[1]}."
        )
    return (room[0] - height) // down + 1, (room[1] - width) // right + 1


def _patches(x: Any, size: Any, stride: Any, pad: Any, fill: float = 0.0) -> Any:
    """Show the patches of an array, without copying them."""
    (above, beside), (down, right) = pair(pad, "pad", 0), pair(stride, "stride", 1)
    edges = ((0, 0), (0, 0), (above, above), (beside, beside))
    padded = np.pad(x, edges, constant_values=fill) if above or beside else x
    windows = np.lib.stride_tricks.sliding_window_view(padded, pair(size, "size", 1), axis=PATCH)
    return windows[:, :, ::down, ::right].transpose(0, 1, 4, 5, 2, 3)


class Unfold(Function):
    """The patches of an image."""

    symbol = "▦"
    group = "Neural"
    inner = True

    def forward(self, x: Any, *, size: Any, stride: Any = 1, pad: Any = 0) -> Any:
        _counts(x.shape, size, stride, pad)
        return _patches(x, size, stride, pad).copy()

    def pull(self, port: int, gy: Any, y: Any, *xs: Any, **settings: Any) -> Any:
        return folded(gy, xs[0].shape, **settings)


class Fold(Function):
    """Patches added up to an image of a shape: the way back of unfold."""

    symbol = "▣"
    group = "Neural"
    inner = True

    def forward(self, x: Any, *, shape: Any, size: Any, stride: Any = 1, pad: Any = 0) -> Any:
        shape = tuple(shape) if isinstance(shape, list | tuple) else (shape,)
        rows, columns = _counts(shape, size, stride, pad)
        wanted = (*shape[:2], *pair(size, "size", 1), rows, columns)
        if x.shape != wanted:
            raise RunError(
                f"The patches of an image of the shape {shape} have the shape {wanted}, "
                f"not {x.shape}."
            )
        (above, beside), (down, right) = pair(pad, "pad", 0), pair(stride, "stride", 1)
        room = (*shape[:2], shape[2] + 2 * above, shape[3] + 2 * beside)
        padded = np.zeros_like(x, shape=room)
        for at in range(wanted[2]):
            for beyond in range(wanted[3]):
                vertical = slice(at, at + down * rows, down)
                across = slice(beyond, beyond + right * columns, right)
                padded[:, :, vertical, across] += x[:, :, at, beyond]
        return padded[:, :, above : above + shape[2], beside : beside + shape[3]]

    def pull(self, port: int, gy: Any, y: Any, *xs: Any, **settings: Any) -> Any:
        return unfolded(gy, **{name: settings[name] for name in ("size", "stride", "pad")})


def unfolded(x: Any, **settings: Any) -> Any:
    """Unfold an array, or a Variable."""
    if isinstance(x, np.ndarray):
        return Unfold(**settings).forward(x, **settings)
    return x._operate("unfold", x, **settings)  # noqa: SLF001 - the way of Operators


def folded(x: Any, shape: tuple[int, ...], **settings: Any) -> Any:
    """Fold an array, or a Variable."""
    if isinstance(x, np.ndarray):
        return Fold(shape=shape, **settings).forward(x, shape=shape, **settings)
    return x._operate("fold", x, shape=shape, **settings)  # noqa: SLF001 - the way of Operators


class Conv2d(Function):
    """Each patch of an image times weights, added up, plus a bias if there is one."""

    symbol = "conv"
    group = "Neural"

    def forward(self, *xs: Any, stride: Any = 1, pad: Any = 0) -> Any:
        check_inputs("conv2d", xs)
        x, w = xs[:2]
        if w.ndim != AXES or x.ndim != AXES or x.shape[1] != w.shape[1]:
            raise RunError(
                f"conv2d takes an image of the shape (cases, channels, height, width) and weights "
                f"of the shape (outputs, channels, height, width), not {x.shape} and {w.shape}."
            )
        if len(xs) == WITH_BIAS and xs[2].shape != w.shape[:1]:
            raise RunError(
                f"The bias of weights of the shape {w.shape} has the shape {w.shape[:1]}, "
                f"not {xs[2].shape}."
            )
        rows, columns = _counts(x.shape, w.shape[2:], stride, pad)
        flat = _flat(unfolded(x, size=w.shape[2:], stride=stride, pad=pad))
        y = (_rows(w) @ flat).reshape((x.shape[0], w.shape[0], rows, columns))
        return y if len(xs) < WITH_BIAS else y + xs[2].reshape((1, w.shape[0], 1, 1))

    def pull(self, port: int, gy: Any, y: Any, *xs: Any, **settings: Any) -> Any:
        x, w = xs[:2]
        if port == WITH_BIAS - 1:
            return gy.sum(axis=(0, 2, 3))
        told = {"size": w.shape[2:], "stride": settings["stride"], "pad": settings["pad"]}
        patches = (x.shape[0], *w.shape[1:], *gy.shape[2:])
        g = gy.reshape((x.shape[0], w.shape[0], math.prod(gy.shape[2:])))
        if port == 0:
            return folded((_rows(w).T @ g).reshape(patches), x.shape, **told)
        flat = _flat(unfolded(x, **told))
        return (g @ flat.transpose((0, 2, 1))).sum(axis=0).reshape(w.shape)


def _flat(patches: Any) -> Any:
    """Make of each patch a column."""
    shape = patches.shape
    return patches.reshape((shape[0], math.prod(shape[1:4]), math.prod(shape[4:])))


def _rows(w: Any) -> Any:
    return w.reshape((w.shape[0], math.prod(w.shape[1:])))


class MaxPool(Function):
    """The largest element of each patch. Elements that are equally large share the gradient."""

    symbol = "max▦"
    group = "Neural"

    def forward(self, x: Any, *, size: Any = 2, stride: Any = None, pad: Any = 0) -> Any:
        stride = size if stride is None else stride
        _counts(x.shape, size, stride, pad)
        return _patches(x, size, stride, pad, -np.inf).max(axis=PATCH)

    def pull(self, port: int, gy: Any, y: Any, *xs: Any, **settings: Any) -> Any:
        (x,), told = xs, _told(settings)
        patches = _patches(plain(x), **told, fill=-np.inf)
        hit = (patches == np.expand_dims(plain(y), PATCH)).astype(x.dtype)
        share = hit / hit.sum(axis=PATCH, keepdims=True)
        return folded(share * _at_patches(gy), x.shape, **told)


class AveragePool(Function):
    """The mean of each patch; the zeros around the image count."""

    symbol = "mean▦"
    group = "Neural"

    def forward(self, x: Any, *, size: Any = 2, stride: Any = None, pad: Any = 0) -> Any:
        stride = size if stride is None else stride
        _counts(x.shape, size, stride, pad)
        return _patches(x, size, stride, pad).mean(axis=PATCH)

    def pull(self, port: int, gy: Any, y: Any, *xs: Any, **settings: Any) -> Any:
        told = _told(settings)
        height, width = pair(settings["size"], "size", 1)
        rows, columns = gy.shape[2:]
        shape = (*xs[0].shape[:2], height, width, rows, columns)
        share = np.broadcast_to(_at_patches(gy / (height * width)), shape)
        return folded(share, xs[0].shape, **told)


def _told(settings: dict[str, Any]) -> dict[str, Any]:
    size, stride = settings["size"], settings["stride"]
    return {"size": size, "stride": size if stride is None else stride, "pad": settings["pad"]}


def _at_patches(gy: Any) -> Any:
    """Give each patch its one number."""
    return gy.reshape((*gy.shape[:2], 1, 1, *gy.shape[2:]))
