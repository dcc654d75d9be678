"""What PyTorch calls the Functions, so that it gives the same values and the same gradients.

What is not told here is read off the Function and translated word by word. What is told here is
told because PyTorch has a word of its own for it, or because the translation would be another
where inputs are equally large or lie on a limit.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np

from engine.config import Config
from engine.functions.convolution import pair
from engine.functions.reductions import axes_of
from engine.functions.shape import new_axes
from engine.indices import index_of
from engine.reading.literals import array_piece, number_piece
from engine.reading.pieces import Piece, called, infix, item, keyword, listed, method, name


class Use(NamedTuple):
    """One use of a Function.

    Attributes
    ----------
    xs
        Its inputs.
    arrays, value
        Their values and its own.
    settings
        What it is told.
    """

    xs: Sequence[Piece]
    arrays: Sequence[np.ndarray[Any, Any]]
    value: np.ndarray[Any, Any]
    settings: Mapping[str, Any]


Form = Callable[[Use], Piece]

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

NOT_DIFFERENTIATED = {
    "embedding": (0,),
    "heaviside": (0,),
    "softmax_cross_entropy": (1,),
    "where": (0,),
}
"""The inputs that only choose; PyTorch gives them no gradient where ours is 0."""

FAR = number_piece(50)
"""From where on a softplus counts as a straight line; by itself PyTorch says 20."""


def told(**options: Any) -> list[Piece]:
    """Write arguments that are given by name."""
    return [keyword(key, _literal(value)) for key, value in options.items()]


def _literal(value: Any) -> Piece:
    if isinstance(value, Piece):
        return value
    if isinstance(value, tuple):
        return listed(list(map(_literal, value)), "(", ",)" if len(value) == 1 else ")")
    return number_piece(value) if isinstance(value, float) else name(repr(value))


def _flat(x: Piece) -> Piece:
    return method(x, "flatten", [])


def _reshaped(x: Piece, shape: tuple[int, ...]) -> Piece:
    return method(x, "reshape", [_literal(tuple(shape))])


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
    return called("F.leaky_relu", [*use.xs, _literal(use.settings["slope"])])


def _elu(use: Use) -> Piece:
    return called("F.elu", [*use.xs, *told(alpha=use.settings["alpha"])])


def _huber(use: Use) -> Piece:
    return called("F.huber_loss", [*use.xs, *told(delta=use.settings["delta"])])


def _axes(use: Use) -> tuple[int, ...]:
    return axes_of(use.arrays[0], use.settings["axis"])


def _along(use: Use) -> dict[str, Any]:
    """Tell the axes of a reduction as PyTorch has them told."""
    axes, options = _axes(use), {}
    if use.settings["axis"] is not None or use.settings["keepdims"]:
        options["dim"] = axes[0] if len(axes) == 1 else axes
    if use.settings["keepdims"]:
        options["keepdim"] = True
    return options


def _reduction(function: str, **more: Any) -> Form:
    def form(use: Use) -> Piece:
        if not _axes(use):
            return use.xs[0]
        return called(function, [use.xs[0], *told(**_along(use), **more)])

    return form


def _prod(use: Use) -> Piece:
    made = use.xs[0]
    for axis in sorted(_axes(use), reverse=True):
        options: dict[str, Any] = {"keepdim": True} if use.settings["keepdims"] else {}
        made = method(made, "prod", told(dim=axis, **options))
    return made


def _spread(function: str) -> Form:
    form = _reduction(function, correction=0)

    def spread(use: Use) -> Piece:
        return form(use) if _axes(use) else infix("multiply", name("0"), use.xs[0])

    return spread


def _logsumexp(use: Use) -> Piece:
    axes = _axes(use)
    options = {**_along(use), "dim": axes[0] if len(axes) == 1 else axes}
    return called("torch.logsumexp", [use.xs[0], *told(**options)]) if axes else use.xs[0]


def _norm(use: Use) -> Piece:
    if not _axes(use):
        return called("torch.abs", [use.xs[0]])
    return called("torch.linalg.vector_norm", [use.xs[0], *told(**_along(use))])


def _softmax(use: Use) -> Piece:
    axes = _axes(use)
    if len(axes) == 1:
        return called("torch.softmax", [use.xs[0], *told(dim=use.settings["axis"])])
    return called("torch.exp", [_log_softmax(use)])


def _log_softmax(use: Use) -> Piece:
    axes, x = _axes(use), use.xs[0]
    if len(axes) == 1 and isinstance(use.settings["axis"], int):
        return called("torch.log_softmax", [x, *told(dim=use.settings["axis"])])
    return infix("subtract", x, called("torch.logsumexp", [x, *told(dim=axes, keepdim=True)]))


def _in_shape(use: Use) -> Piece:
    return _reshaped(use.xs[0], use.value.shape)


def _sum_to(use: Use) -> Piece:
    return method(use.xs[0], "sum_to_size", [_literal(use.value.shape)])


def _broadcast_to(use: Use) -> Piece:
    return called("torch.broadcast_to", [use.xs[0], _literal(use.value.shape)])


def _transpose(use: Use) -> Piece:
    order = use.settings["axes"] or tuple(reversed(range(use.value.ndim)))
    return method(use.xs[0], "permute", [_literal(tuple(order))])


def _flip(use: Use) -> Piece:
    return called("torch.flip", [use.xs[0], _literal(_axes(use))])


def _pad(use: Use) -> Piece:
    widths = np.broadcast_to(np.asarray(use.settings["pad_width"]), (use.value.ndim, 2))
    ends = tuple(int(n) for pair_ in widths[::-1] for n in pair_)
    value = use.settings["constant_values"]
    options = told(value=float(value)) if value else []
    return called("F.pad", [use.xs[0], _literal(ends), *options])


def _concatenate(use: Use) -> Piece:
    axis = use.settings["axis"]
    if axis is None:
        return called("torch.cat", [listed([_flat(x) for x in use.xs], "[", "]")])
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


def _getitem(use: Use) -> Piece:
    """Take elements by their numbers, where PyTorch understands the index in another way."""
    places = array_piece(_places(use.arrays[0].shape, use.settings["index"]).ravel(), "torch")
    if not use.value.size:
        places = name("[]")
    return _reshaped(item(_flat(use.xs[0]), places), use.value.shape)


def _scatter(use: Use) -> Piece:
    places = _places(use.settings["shape"], use.settings["index"]).ravel()
    zeros = called("torch.zeros", [name(str(use.value.size))])
    at = array_piece(places, "torch") if places.size else name("torch.tensor([], dtype=torch.long)")
    added = method(zeros, "index_add", [name("0"), at, _flat(use.xs[0])])
    return _reshaped(added, use.value.shape)


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
        other = _reshaped(other, (*(1,) * (a.ndim - b.ndim), *b.shape))
    return called("torch.linalg.solve", [one, other])


def _embedding(use: Use) -> Piece:
    return item(use.xs[1], method(use.xs[0], "long", []))


def _softmax_cross_entropy(use: Use) -> Piece:
    return called("F.cross_entropy", [use.xs[0], method(use.xs[1], "long", [])])


def _layer_norm(use: Use) -> Piece:
    x, gamma, beta = use.xs
    shape = _literal((use.arrays[0].shape[-1],))
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
    apart = infix("multiply", infix("subtract", x, x), _reshaped(gamma, wide))
    return infix("add", apart, _reshaped(beta, wide))


def _windows(use: Use, fill: str) -> tuple[Piece, tuple[int, int]]:
    size = pair(use.settings["size"], "size", 1)
    stride = use.settings["stride"]
    down, right = pair(size if stride is None else stride, "stride", 1)
    above, beside = pair(use.settings["pad"], "pad", 0)
    x = use.xs[0]
    if above or beside:
        ends = _literal((beside, beside, above, above))
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
    return _reshaped(called("F.unfold", [use.xs[0], *told(**_patches(use))]), use.value.shape)


def _fold(use: Use) -> Piece:
    cases, channels, height, width, rows, columns = use.arrays[0].shape
    columns_of = _reshaped(use.xs[0], (cases, channels * height * width, rows * columns))
    size = tuple(use.value.shape[2:])
    return called("F.fold", [columns_of, *told(output_size=size, **_patches(use))])


FORMS: Mapping[str, Form] = {
    "average_pool": _average_pool,
    "batch_norm": _batch_norm,
    "broadcast_to": _broadcast_to,
    "clip": _clip,
    "concatenate": _concatenate,
    "conv2d": _conv2d,
    "dot": _dot,
    "elu": _elu,
    "embedding": _embedding,
    "expand_dims": _in_shape,
    "flip": _flip,
    "fold": _fold,
    "heaviside": _heaviside,
    "huber": _huber,
    "layer_norm": _layer_norm,
    "leaky_relu": _leaky_relu,
    "log_softmax": _log_softmax,
    "logsumexp": _logsumexp,
    "max": _reduction("torch.amax"),
    "max_pool": _max_pool,
    "mean": _reduction("torch.mean"),
    "min": _reduction("torch.amin"),
    "norm": _norm,
    "pad": _pad,
    "prod": _prod,
    "reshape": _in_shape,
    "scatter": _scatter,
    "softmax": _softmax,
    "softmax_cross_entropy": _softmax_cross_entropy,
    "softplus": _softplus,
    "solve": _solve,
    "squeeze": _in_shape,
    "stack": _stack,
    "std": _spread("torch.std"),
    "sum": _reduction("torch.sum"),
    "sum_to": _sum_to,
    "transpose": _transpose,
    "unfold": _unfold,
    "var": _spread("torch.var"),
    "where": _where,
}
"""The Functions that need to be told in another way."""


def form_of(kind: str, use: Use) -> Piece | None:
    """Write the use of a Function for PyTorch; None where it is to be translated."""
    if kind == "getitem":
        return None if is_shared(index_of(use.settings["index"])) else _getitem(use)
    if kind in OWN_NAMES:
        return called(OWN_NAMES[kind], list(use.xs))
    form = FORMS.get(kind)
    return None if form is None else form(use)
