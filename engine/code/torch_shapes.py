"""What moves elements and takes some of them, as PyTorch calls it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from engine.code.torch_words import Form, Use, axes_in, flat, literal, reshaped, told
from engine.functions.shape import new_axes
from engine.indices import index_of
from engine.reading.literals import array_piece
from engine.reading.pieces import Piece, called, item, listed, method, name


def _in_shape(use: Use) -> Piece:
    return reshaped(use.xs[0], use.value.shape)


def _sum_to(use: Use) -> Piece:
    return method(use.xs[0], "sum_to_size", [literal(use.value.shape)])


def _broadcast_to(use: Use) -> Piece:
    return called("torch.broadcast_to", [use.xs[0], literal(use.value.shape)])


def _transpose(use: Use) -> Piece:
    order = use.settings["axes"] or tuple(reversed(range(use.value.ndim)))
    return method(use.xs[0], "permute", [literal(tuple(order))])


def _flip(use: Use) -> Piece:
    return called("torch.flip", [use.xs[0], literal(axes_in(use))])


def _pad(use: Use) -> Piece:
    widths = np.broadcast_to(np.asarray(use.settings["pad_width"]), (use.value.ndim, 2))
    ends = tuple(int(n) for pair_ in widths[::-1] for n in pair_)
    value = use.settings["constant_values"]
    options = told(value=float(value)) if value else []
    return called("F.pad", [use.xs[0], literal(ends), *options])


def _concatenate(use: Use) -> Piece:
    axis = use.settings["axis"]
    if axis is None:
        return called("torch.cat", [listed([flat(x) for x in use.xs], "[", "]")])
    return called("torch.cat", [listed(list(use.xs), "[", "]"), *told(dim=axis)])


def _stack(use: Use) -> Piece:
    (axis,) = new_axes(use.arrays[0], use.settings["axis"])
    return called("torch.stack", [listed(list(use.xs), "[", "]"), *told(dim=axis)])


def _places(shape: Any, index: Any) -> np.ndarray[Any, Any]:
    """Give the number of each element that an index points at, counted along all axes."""
    size = int(np.prod(shape, dtype=int))
    return np.asarray(np.arange(size).reshape(shape)[index_of(index)])


def is_shared(index: Any) -> bool:
    """Tell whether NumPy and PyTorch understand an index in the same way."""
    if isinstance(index, np.ndarray):
        return index.dtype.kind in "iu" and index.ndim > 0
    parts = index if isinstance(index, tuple) else (index,)
    if any(isinstance(part, np.ndarray | bool) for part in parts):
        return False
    return not any(isinstance(part, slice) and (part.step or 1) < 0 for part in parts)


def getitem(use: Use) -> Piece:
    """Take elements by their numbers, where PyTorch understands the index in another way."""
    places = array_piece(_places(use.arrays[0].shape, use.settings["index"]).ravel(), "torch")
    if not use.value.size:
        places = name("[]")
    return reshaped(item(flat(use.xs[0]), places), use.value.shape)


def _scatter(use: Use) -> Piece:
    places = _places(use.settings["shape"], use.settings["index"]).ravel()
    zeros = called("torch.zeros", [name(str(use.value.size))])
    at = array_piece(places, "torch") if places.size else name("torch.tensor([], dtype=torch.long)")
    added = method(zeros, "index_add", [name("0"), at, flat(use.xs[0])])
    return reshaped(added, use.value.shape)


SHAPES: Mapping[str, Form] = {
    "broadcast_to": _broadcast_to,
    "concatenate": _concatenate,
    "expand_dims": _in_shape,
    "flip": _flip,
    "pad": _pad,
    "reshape": _in_shape,
    "scatter": _scatter,
    "squeeze": _in_shape,
    "stack": _stack,
    "sum_to": _sum_to,
    "transpose": _transpose,
}
"""The Functions that move elements or take some."""
