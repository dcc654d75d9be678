"""The same works by other engines, as far as they are installed."""

from __future__ import annotations

import importlib
from collections.abc import Callable
from types import ModuleType
from typing import Any

import numpy as np

Call = Callable[[], Any]


def installed(name: str) -> ModuleType | None:
    """Import an engine if it is there."""
    try:
        return importlib.import_module(name)
    except ImportError:
        return None


torch: Any = installed("torch")
jax: Any = installed("jax")
autograd: Any = installed("autograd")

if torch is not None:
    torch.set_default_dtype(torch.float64)
if jax is not None:
    jax.config.update("jax_enable_x64", val=True)

DEEPEST = 20_000
"""Depth beyond which recursion or compiling ends the comparison."""


def _torch_gradient(f: Callable[..., Any], *xs: Any) -> Call:
    def call() -> Any:
        leaves = [torch.tensor(x, requires_grad=True) for x in xs]
        f(*leaves).sum().backward()
        return [leaf.grad for leaf in leaves]

    return call


def _jax_gradient(f: Callable[..., Any], x: Any) -> Call:
    compiled = jax.jit(jax.value_and_grad(lambda v: f(v).sum()))
    value = jax.numpy.asarray(x)

    def call() -> Any:
        return jax.block_until_ready(compiled(value))

    call()  # compile
    return call


def _chain(numpy: Any, depth: int) -> Callable[[Any], Any]:
    def f(x: Any) -> Any:
        for _ in range(depth // 3):
            x = numpy.exp(-(x * x))
        return x

    return f


def chains_anew(depth: int) -> dict[str, Call]:
    """A chain of single numbers, built and walked back."""
    found: dict[str, Call] = {}
    if torch is not None:
        found["PyTorch"] = _torch_gradient(_chain(torch, depth), 0.5)
    if autograd is not None and depth < DEEPEST:
        numpy = importlib.import_module("autograd.numpy")
        gradient = autograd.grad(_chain(numpy, depth))
        found["autograd"] = lambda: gradient(0.5)
    return found


def chains_again(depth: int) -> dict[str, Call]:
    """The chain with another value."""
    return {} if jax is None else {"jax.jit": _jax_gradient(_chain(jax.numpy, depth), 0.5)}


def fan(f: Callable[[Any], Any]) -> dict[str, Call]:
    """Numbers that are used more than once."""
    return {} if torch is None else {"PyTorch": _torch_gradient(f, 0.5)}


def thirty_again(x: Any) -> dict[str, Call]:
    """Thirty operations on an array, compiled before."""
    return {} if jax is None else {"jax.jit": _jax_gradient(_chain(jax.numpy, 30), x)}


def thirty_anew(x: Any) -> dict[str, Call]:
    """Thirty operations on an array."""
    return {} if torch is None else {"PyTorch": _torch_gradient(_chain(torch, 30), x)}


def net(inputs: Any, wanted: Any, weights: list[Any]) -> dict[str, Call]:
    """One step of learning of a net with two hidden layers."""

    def loss(numpy: Any, x: Any, t: Any, ws: Any) -> Any:
        w1, b1, w2, b2, w3, b3 = ws
        h = numpy.tanh(x @ w1 + b1)
        h = numpy.tanh(h @ w2 + b2)
        apart = h @ w3 + b3 - t
        return (apart * apart).mean()

    found: dict[str, Call] = {}
    if torch is not None:
        x, t = torch.tensor(inputs), torch.tensor(wanted)
        found["PyTorch"] = _torch_gradient(lambda *ws: loss(torch, x, t, ws), *weights)
    if autograd is not None:
        numpy = importlib.import_module("autograd.numpy")
        gradient = autograd.value_and_grad(lambda ws: loss(numpy, inputs, wanted, ws))
        found["autograd"] = lambda: gradient(list(weights))
    if jax is not None:
        compiled = jax.jit(
            jax.value_and_grad(lambda ws: loss(jax.numpy, np.asarray(inputs), wanted, ws))
        )
        given = [jax.numpy.asarray(w) for w in weights]
        jax.block_until_ready(compiled(given))
        found["jax.jit"] = lambda: jax.block_until_ready(compiled(given))
    return found
