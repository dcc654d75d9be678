"""The layers of a network, as PyTorch calls them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from engine.code.torch_words import Form, Use, literal, reshaped, told
from engine.config import Config
from engine.functions.convolution import pair
from engine.reading.literals import array_piece
from engine.reading.pieces import Piece, called, infix, item, keyword, method, name


def _embedding(use: Use) -> Piece:
    return item(use.xs[1], method(use.xs[0], "long", []))


def _softmax_cross_entropy(use: Use) -> Piece:
    return called("F.cross_entropy", [use.xs[0], method(use.xs[1], "long", [])])


def _layer_norm(use: Use) -> Piece:
    x, gamma, beta = use.xs
    shape = literal((use.arrays[0].shape[-1],))
    return called("F.layer_norm", [x, shape, gamma, beta, *told(eps=use.settings["eps"])])


def _batch_norm(use: Use) -> Piece:
    (x, gamma, beta), eps = use.xs, told(eps=use.settings["eps"])
    if not Config.train:
        known = [
            array_piece(np.asarray(use.settings[k], float), "torch") for k in ("mean", "variance")
        ]
        return called("F.batch_norm", [x, *known, gamma, beta, *eps])
    shape = use.arrays[0].shape
    if use.arrays[0].size > shape[1]:
        learning = told(training=True)
        return called("F.batch_norm", [x, name("None"), name("None"), gamma, beta, *learning, *eps])
    # PyTorch refuses a single number a channel, of which nothing is left but beta.
    wide = (1, shape[1], *(1,) * (len(shape) - 2))
    apart = infix("multiply", infix("subtract", x, x), reshaped(gamma, wide))
    return infix("add", apart, reshaped(beta, wide))


def _windows(use: Use, fill: str) -> tuple[Piece, tuple[int, int]]:
    size = pair(use.settings["size"], "size", 1)
    stride = use.settings["stride"]
    down, right = pair(size if stride is None else stride, "stride", 1)
    above, beside = pair(use.settings["pad"], "pad", 0)
    x = use.xs[0]
    if above or beside:
        ends = literal((beside, beside, above, above))
        x = called("F.pad", [x, ends, keyword("value", name(fill))])
    rows = method(x, "unfold", [name("2"), name(str(size[0])), name(str(down))])
    return method(rows, "unfold", [name("3"), name(str(size[1])), name(str(right))]), size


def _max_pool(use: Use) -> Piece:
    return method(_windows(use, "-torch.inf")[0], "amax", told(dim=(4, 5)))


def _average_pool(use: Use) -> Piece:
    return method(_windows(use, "0.0")[0], "mean", told(dim=(4, 5)))


def _conv2d(use: Use) -> Piece:
    stride = pair(use.settings["stride"], "stride", 1)
    padding = pair(use.settings["pad"], "pad", 0)
    return called("F.conv2d", [*use.xs, *told(stride=stride, padding=padding)])


def _patches(use: Use) -> dict[str, Any]:
    return {
        "kernel_size": pair(use.settings["size"], "size", 1),
        "padding": pair(use.settings["pad"], "pad", 0),
        "stride": pair(use.settings["stride"], "stride", 1),
    }


def _unfold(use: Use) -> Piece:
    return reshaped(called("F.unfold", [use.xs[0], *told(**_patches(use))]), use.value.shape)


def _fold(use: Use) -> Piece:
    cases, channels, height, width, rows, columns = use.arrays[0].shape
    columns_of = reshaped(use.xs[0], (cases, channels * height * width, rows * columns))
    size = tuple(use.value.shape[2:])
    return called("F.fold", [columns_of, *told(output_size=size, **_patches(use))])


LAYERS: Mapping[str, Form] = {
    "average_pool": _average_pool,
    "batch_norm": _batch_norm,
    "conv2d": _conv2d,
    "embedding": _embedding,
    "fold": _fold,
    "layer_norm": _layer_norm,
    "max_pool": _max_pool,
    "softmax_cross_entropy": _softmax_cross_entropy,
    "unfold": _unfold,
}
"""The Functions that are layers of networks, and what those are made of."""
