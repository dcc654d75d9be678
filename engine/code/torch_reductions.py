"""What goes along axes, as PyTorch calls it: sums, means, the largest, softmax."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from engine.code.torch_words import Form, Use, axes_in, told
from engine.reading.pieces import Piece, called, infix, method, name


def _along(use: Use) -> dict[str, Any]:
    """Tell the axes of a reduction as PyTorch has them told."""
    axes, options = axes_in(use), {}
    if use.settings["axis"] is not None or use.settings["keepdims"]:
        options["dim"] = axes[0] if len(axes) == 1 else axes
    if use.settings["keepdims"]:
        options["keepdim"] = True
    return options


def _reduction(function: str, **more: Any) -> Form:
    def form(use: Use) -> Piece:
        if not axes_in(use):
            return use.xs[0]
        return called(function, [use.xs[0], *told(**_along(use), **more)])

    return form


def _prod(use: Use) -> Piece:
    made = use.xs[0]
    for axis in sorted(axes_in(use), reverse=True):
        options: dict[str, Any] = {"keepdim": True} if use.settings["keepdims"] else {}
        made = method(made, "prod", told(dim=axis, **options))
    return made


def _spread(function: str) -> Form:
    form = _reduction(function, correction=0)

    def spread(use: Use) -> Piece:
        return form(use) if axes_in(use) else infix("multiply", name("0"), use.xs[0])

    return spread


def _logsumexp(use: Use) -> Piece:
    axes = axes_in(use)
    options = {**_along(use), "dim": axes[0] if len(axes) == 1 else axes}
    return called("torch.logsumexp", [use.xs[0], *told(**options)]) if axes else use.xs[0]


def _norm(use: Use) -> Piece:
    if not axes_in(use):
        return called("torch.abs", [use.xs[0]])
    return called("torch.linalg.vector_norm", [use.xs[0], *told(**_along(use))])


def _softmax(use: Use) -> Piece:
    axes = axes_in(use)
    if len(axes) == 1:
        return called("torch.softmax", [use.xs[0], *told(dim=use.settings["axis"])])
    return called("torch.exp", [_log_softmax(use)])


def _log_softmax(use: Use) -> Piece:
    axes, x = axes_in(use), use.xs[0]
    if len(axes) == 1 and isinstance(use.settings["axis"], int):
        return called("torch.log_softmax", [x, *told(dim=use.settings["axis"])])
    return infix("subtract", x, called("torch.logsumexp", [x, *told(dim=axes, keepdim=True)]))


REDUCTIONS: Mapping[str, Form] = {
    "log_softmax": _log_softmax,
    "logsumexp": _logsumexp,
    "max": _reduction("torch.amax"),
    "mean": _reduction("torch.mean"),
    "min": _reduction("torch.amin"),
    "norm": _norm,
    "prod": _prod,
    "softmax": _softmax,
    "std": _spread("torch.std"),
    "sum": _reduction("torch.sum"),
    "var": _spread("torch.var"),
}
"""The Functions that go along axes."""
