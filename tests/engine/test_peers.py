"""Values, gradients and second derivatives as JAX and PyTorch have them, whichever are installed.

The build server installs them: `PEERS=yes script/test`.
"""

from __future__ import annotations

from importlib import import_module
from importlib.util import find_spec

import numpy as np
import pytest

from engine import FUNCTIONS, grad, vjp

INSTALLED = [name for name in ("jax", "torch") if find_spec(name)]
if not INSTALLED:
    pytest.skip("no peer is installed; PEERS=yes script/test does", allow_module_level=True)

RANDOM = np.random.default_rng(17)


def uniform(*shape, low=0.2, high=0.9):
    return RANDOM.uniform(low, high, shape)


X, Y, SQUARE = uniform(3, 4), uniform(3, 4), uniform(3, 3)
SIGNED = uniform(3, 4, low=-2, high=2)
IMAGE = uniform(2, 3, 4, 6, low=-1, high=1)
LABELS = np.array([1.0, 0.0, 3.0])

INPUTS = {
    **dict.fromkeys(["log", "log1p", "log2", "log10", "sqrt", "arcsin", "arccos", "arctan"], (X,)),
    **dict.fromkeys(("maximum", "minimum", "arctan2", "concatenate", "stack"), (SIGNED, Y)),
    **dict.fromkeys(("add", "sub", "mul", "div"), (SIGNED, Y[0])),
    **dict.fromkeys(("matmul", "dot"), (SIGNED, Y.T)),
    **dict.fromkeys(("layer_norm", "batch_norm"), (SIGNED, Y[0], Y[1])),
    **dict.fromkeys(("max_pool", "average_pool"), (IMAGE,)),
    **dict.fromkeys(("mean_squared_error", "mean_absolute_error", "huber"), (SIGNED, Y)),
    "binary_cross_entropy": (X, Y),
    "binary_cross_entropy_with_logits": (SIGNED, Y),
    "conv2d": (uniform(2, 3, 5, 4), uniform(4, 3, 2, 3), uniform(4)),
    "inv": (SQUARE + 2 * np.eye(3),),
    "linear": (SIGNED, Y.T, Y[0, :3]),
    "outer": (SIGNED[0], Y[1]),
    "pow": (X, SIGNED),
    "softmax_cross_entropy": (SIGNED, LABELS),
    "solve": (SQUARE + 2 * np.eye(3), X),
    "squeeze": (SIGNED[:1],),
    "trace": (uniform(4, 4),),
}
"""What a function is held against its peers on, if not on SIGNED."""

SETTINGS = {"conv2d": {"stride": (2, 1), "pad": 1}}

CASES = [
    (peer, name)
    for peer in INSTALLED
    for name in sorted(import_module(f"tests.engine.peer_{peer}").CALLS)
]


def ours(name):
    return lambda *xs: FUNCTIONS[name].apply(*xs, **SETTINGS.get(name, {}))


def opposed(peer, name):
    """Give a peer, its function, and what both are called on."""
    they = import_module(f"tests.engine.peer_{peer}")
    xs = INPUTS.get(name, (SIGNED,))
    return they, they.CALLS[name], xs, [they.array(x.copy()) for x in xs]


@pytest.mark.parametrize(("peer", "name"), CASES)
def test_values_and_gradients_are_theirs(peer, name):
    they, theirs, xs, their_xs = opposed(peer, name)
    value, pull = vjp(ours(name), *xs)
    wanted, their_pull = they.vjp(theirs, *their_xs)
    np.testing.assert_allclose(value, wanted, rtol=1e-12, atol=1e-13)
    upstream = RANDOM.uniform(-1, 1, value.shape)
    for got, other in zip(pull(upstream), their_pull(they.array(upstream)), strict=True):
        np.testing.assert_allclose(got, other, rtol=1e-9, atol=1e-12)


@pytest.mark.parametrize(("peer", "name"), CASES)
def test_second_derivatives_are_theirs(peer, name):
    they, theirs, xs, their_xs = opposed(peer, name)
    weights = RANDOM.uniform(0.5, 1.5, ours(name)(*xs).shape)

    def bend(f, x, rest, sin, gradient, factors):
        def weighted(v):
            return (sin(f(v, *rest)) * factors).sum()

        return gradient(lambda v: (gradient(weighted)(v) ** 2).sum())(x)

    found = bend(ours(name), xs[0], xs[1:], np.sin, grad, weights)
    wanted = bend(theirs, their_xs[0], their_xs[1:], they.sin, they.grad, they.array(weights))
    np.testing.assert_allclose(found, wanted, rtol=1e-8, atol=1e-10)
