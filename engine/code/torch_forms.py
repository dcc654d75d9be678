"""What PyTorch calls the Functions, so that it gives the same values and the same gradients.

What is not told here is read off the Function and translated word by word. What is told here is
told because PyTorch has a word of its own for it, or because the translation would be another
where inputs are equally large or lie on a limit.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np

from engine.code.torch_layers import LAYERS
from engine.code.torch_reductions import REDUCTIONS
from engine.code.torch_shapes import SHAPES, getitem, is_shared
from engine.code.torch_words import Form, Use, literal, reshaped, told
from engine.indices import index_of
from engine.reading.literals import number_piece
from engine.reading.pieces import Piece, called, infix, keyword, name

OWN_NAMES = {
    "abs": "torch.abs",
    "arccos": "torch.arccos",
    "arcsin": "torch.arcsin",
    "arctan": "torch.arctan",
    "arctan2": "torch.arctan2",
    "binary_cross_entropy": "F.binary_cross_entropy",
    "binary_cross_entropy_with_logits": "F.binary_cross_entropy_with_logits",
    "cos": "torch.cos",
    "cosh": "torch.cosh",
    "erf": "torch.erf",
    "exp": "torch.exp",
    "expm1": "torch.expm1",
    "gelu": "F.gelu",
    "inv": "torch.linalg.inv",
    "log": "torch.log",
    "log10": "torch.log10",
    "log1p": "torch.log1p",
    "log2": "torch.log2",
    "maximum": "torch.maximum",
    "mean_absolute_error": "F.l1_loss",
    "mean_squared_error": "F.mse_loss",
    "minimum": "torch.minimum",
    "outer": "torch.outer",
    "relu": "torch.relu",
    "sigmoid": "torch.sigmoid",
    "sign": "torch.sign",
    "silu": "F.silu",
    "sin": "torch.sin",
    "sinh": "torch.sinh",
    "sqrt": "torch.sqrt",
    "tan": "torch.tan",
    "tanh": "torch.tanh",
    "trace": "torch.trace",
}
"""The Functions that PyTorch has a function for, of the same inputs in the same order."""

CHOSEN_OTHERWISE: Mapping[str, tuple[Callable[..., Any], str]] = {
    "arctan2": (
        lambda y, x: (y == 0) & (x == 0),
        "Where both are 0 there is no slope, and the engine gives NaN; PyTorch takes 0.",
    ),
}
"""Where PyTorch chooses other derivatives than the engine, given the inputs, and what to say."""

NOT_DIFFERENTIATED = {
    "embedding": (0,),
    "heaviside": (0,),
    "softmax_cross_entropy": (1,),
    "where": (0,),
}
"""The inputs that only choose; PyTorch gives them no gradient where ours is 0."""

FAR = number_piece(50)
"""From where on a softplus counts as a straight line; by itself PyTorch says 20."""


def _softplus(use: Use) -> Piece:
    return called("F.softplus", [*use.xs, keyword("threshold", FAR)])


def _clip(use: Use) -> Piece:
    x, low, high = use.xs
    return called("torch.minimum", [called("torch.maximum", [x, low]), high])


def _where(use: Use) -> Piece:
    condition, one, other = use.xs
    return called("torch.where", [infix("not_equal", condition, number_piece(0)), one, other])


def _heaviside(use: Use) -> Piece:
    x, middle = use.xs
    zero = name("0.0")
    left = called("torch.where", [infix("less", x, name("0")), zero, middle])
    return called("torch.where", [infix("greater", x, name("0")), name("1.0"), left])


def _leaky_relu(use: Use) -> Piece:
    return called("F.leaky_relu", [*use.xs, literal(use.settings["slope"])])


def _elu(use: Use) -> Piece:
    return called("F.elu", [*use.xs, *told(alpha=use.settings["alpha"])])


def _huber(use: Use) -> Piece:
    return called("F.huber_loss", [*use.xs, *told(delta=use.settings["delta"])])


def _dot(use: Use) -> Piece:
    (a, b), (one, other) = use.arrays, use.xs
    if not (a.ndim and b.ndim):
        return infix("multiply", one, other)
    if b.ndim <= 2:  # noqa: PLR2004 - up to a matrix, the two products are the same
        return infix("matmul", one, other)
    dims = name(f"([{a.ndim - 1}], [{b.ndim - 2}])")
    return called("torch.tensordot", [one, other, keyword("dims", dims)])


def _solve(use: Use) -> Piece:
    (a, b), (one, other) = use.arrays, use.xs
    if 1 < b.ndim < a.ndim:  # which PyTorch might take for several vectors
        other = reshaped(other, (*(1,) * (a.ndim - b.ndim), *b.shape))
    return called("torch.linalg.solve", [one, other])


FORMS: Mapping[str, Form] = {
    **REDUCTIONS,
    **SHAPES,
    **LAYERS,
    "clip": _clip,
    "dot": _dot,
    "elu": _elu,
    "heaviside": _heaviside,
    "huber": _huber,
    "leaky_relu": _leaky_relu,
    "softplus": _softplus,
    "solve": _solve,
    "where": _where,
}
"""The Functions that need to be told in another way."""


def form_of(kind: str, use: Use) -> Piece | None:
    """Write the use of a Function for PyTorch; None where it is to be translated."""
    if kind == "getitem":
        return None if is_shared(index_of(use.settings["index"])) else getitem(use)
    if kind in OWN_NAMES:
        return called(OWN_NAMES[kind], list(use.xs))
    form = FORMS.get(kind)
    return None if form is None else form(use)


def other_choice(kind: str, samples: Sequence[Any]) -> str | None:
    """Tell where PyTorch chooses other derivatives, if any of these inputs lies there."""
    where, said = CHOSEN_OTHERWISE.get(kind, (None, ""))
    return said if where is not None and np.any(where(*samples)) else None
