"""The same works by other engines, as far as they are installed."""

from __future__ import annotations

import importlib
from collections.abc import Callable
from functools import partial
from types import ModuleType
from typing import Any
from unittest.mock import patch

import numpy as np

from benchmarks import tutorial

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
with patch.object(np, "int", int, create=True):  # a name that DeZero wants and NumPy has given up
    dezero: Any = installed("dezero")
micrograd: Any = installed("micrograd.engine")

MISSING = [
    name
    for name, found in (
        ("PyTorch", torch),
        ("JAX", jax),
        ("autograd", autograd),
        ("DeZero", dezero),
        ("micrograd", micrograd),
    )
    if found is None
]
"""Those that are not installed."""

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


LONGEST = 30
"""Functions beyond which `torch.compile` takes minutes."""


def _torch_compiled(f: Callable[..., Any], *xs: Any) -> Call:
    """Compile with the gradient; the graph that leads back is compiled, too."""
    return _torch_gradient(torch.compile(f), *xs)


def _dezero_gradient(f: Callable[..., Any], *xs: Any) -> Call:
    def call() -> Any:
        leaves = [dezero.Variable(np.asarray(x)) for x in xs]
        f(*leaves).backward()
        return [leaf.grad.data for leaf in leaves]

    return call


def _dezero_chain(depth: int) -> Callable[[Any], Any]:
    exp = importlib.import_module("dezero.functions").exp

    def f(x: Any) -> Any:
        for _ in range(depth // 3):
            x = exp(-(x * x))
        return x

    return f


def _micrograd_chain(depth: int, x: float) -> Any:
    """Walk a chain of its own Functions back: it has no exponential, so relu stands for it."""
    start = y = micrograd.Value(x)
    for _ in range(depth // 3):
        y = (-(y * y)).relu()
    y.backward()
    return start.grad


def _micrograd_fan(f: Callable[[Any], Any]) -> Any:
    start = micrograd.Value(0.5)
    f(start).backward()
    return start.grad


def alive(calls: dict[str, Call]) -> tuple[dict[str, Call], list[str]]:
    """Try each once; tell those that come through from those that do not."""
    through, dead = {}, []
    for name, call in calls.items():
        try:
            call()
        except Exception:  # noqa: BLE001 - others may die of anything, most of recursion
            dead.append(name)
        else:
            through[name] = call
    return through, dead


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
    if dezero is not None and depth < DEEPEST:
        found["DeZero"] = _dezero_gradient(_dezero_chain(depth), 0.5)
    if micrograd is not None and depth < DEEPEST:
        found["micrograd"] = partial(_micrograd_chain, depth, 0.5)
    found["the tutorial's engine"] = partial(tutorial.gradient_of_chain, 0.5, depth)
    return found


def chains_again(depth: int) -> dict[str, Call]:
    """The chain with another value."""
    found: dict[str, Call] = {}
    if jax is not None:
        found["jax.jit"] = _jax_gradient(_chain(jax.numpy, depth), 0.5)
    if torch is not None:
        found["PyTorch"] = _torch_gradient(_chain(torch, depth), 0.5)
        if depth < LONGEST:
            found["torch.compile"] = _torch_compiled(_chain(torch, depth), 0.5)
    return found


def fan(f: Callable[[Any], Any]) -> dict[str, Call]:
    """Numbers that are used more than once."""
    found: dict[str, Call] = {}
    if torch is not None:
        found["PyTorch"] = _torch_gradient(f, 0.5)
    if dezero is not None:
        found["DeZero"] = _dezero_gradient(f, 0.5)
    if micrograd is not None:
        found["micrograd"] = partial(_micrograd_fan, f)
    return found


def thirty_again(x: Any) -> dict[str, Call]:
    """Thirty operations on an array, compiled before."""
    found: dict[str, Call] = {}
    if jax is not None:
        found["jax.jit"] = _jax_gradient(_chain(jax.numpy, 30), x)
    if torch is not None:
        found["PyTorch"] = _torch_gradient(_chain(torch, 30), x)
        found["torch.compile"] = _torch_compiled(_chain(torch, 30), x)
    return found


def thirty_anew(x: Any) -> dict[str, Call]:
    """Thirty operations on an array."""
    found: dict[str, Call] = {}
    if torch is not None:
        found["PyTorch"] = _torch_gradient(_chain(torch, 30), x)
    if dezero is not None:
        found["DeZero"] = _dezero_gradient(_dezero_chain(30), x)
    found["the tutorial's engine"] = partial(tutorial.gradient_of_chain, x, 30)
    return found


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
        found["torch.compile"] = _torch_compiled(lambda *ws: loss(torch, x, t, ws), *weights)
    if dezero is not None:
        found["DeZero"] = _dezero_net(inputs, wanted, weights)
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


def _dezero_net(inputs: Any, wanted: Any, weights: list[Any]) -> Call:
    functions = importlib.import_module("dezero.functions")

    def loss(*ws: Any) -> Any:
        h = functions.tanh(functions.linear(inputs, ws[0], ws[1]))
        h = functions.tanh(functions.linear(h, ws[2], ws[3]))
        return functions.mean_squared_error(functions.linear(h, ws[4], ws[5]), wanted)

    return _dezero_gradient(loss, *weights)
