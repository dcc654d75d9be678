"""Values, gradients and second derivatives as JAX has them, where it is installed.

The build server installs it: `PEERS=yes script/test`.
"""

from __future__ import annotations

import numpy as np
import pytest

import engine
from engine import FUNCTIONS, grad, vjp

jax = pytest.importorskip("jax", reason="JAX is not installed; PEERS=yes script/test does")
jax.config.update("jax_enable_x64", val=True)
jnp, nn = jax.numpy, jax.nn

RANDOM = np.random.default_rng(17)


def uniform(*shape, low=0.2, high=0.9):
    return RANDOM.uniform(low, high, shape)


X, Y, SQUARE = uniform(3, 4), uniform(3, 4), uniform(3, 3)
SIGNED = uniform(3, 4, low=-2, high=2)
LABELS = np.array([1.0, 0.0, 3.0])


def cross_entropy(x, t):
    return -nn.log_softmax(x)[jnp.arange(3), t.astype(int)].mean()


def normal(x, axes):
    return (x - x.mean(axes, keepdims=True)) / jnp.sqrt(x.var(axes, keepdims=True) + 1e-5)


def conv(x, w, b):
    y = jax.lax.conv_general_dilated(x, w, (2, 1), ((1, 1), (1, 1)))
    return y + b.reshape(1, -1, 1, 1)


def pooled(x, start, reduce):
    return jax.lax.reduce_window(x, start, reduce, (1, 1, 2, 2), (1, 1, 2, 2), "VALID")


SAME = {  # by one name in both
    "exp expm1 sin cos tan sinh cosh tanh square": SIGNED,
    "log log1p log2 log10 sqrt arcsin arccos arctan": X,
}
NAMED = {name: (getattr(jnp, name), (x,)) for names, x in SAME.items() for name in names.split()}

CASES = {
    **NAMED,
    "abs": (jnp.abs, (SIGNED,)),
    "add": (jnp.add, (X, Y[0])),
    "arctan2": (jnp.arctan2, (SIGNED, Y)),
    "div": (jnp.divide, (SIGNED, Y[0])),
    "maximum": (jnp.maximum, (SIGNED, Y)),
    "minimum": (jnp.minimum, (SIGNED, Y)),
    "mul": (jnp.multiply, (SIGNED, Y[0])),
    "neg": (jnp.negative, (X,)),
    "pow": (jnp.power, (X, SIGNED)),
    "sub": (jnp.subtract, (X, Y[0])),
    "erf": (jax.scipy.special.erf, (SIGNED,)),
    "sigmoid": (nn.sigmoid, (SIGNED,)),
    "relu": (nn.relu, (SIGNED,)),
    "leaky_relu": (nn.leaky_relu, (SIGNED,)),
    "elu": (nn.elu, (SIGNED,)),
    "gelu": (lambda x: nn.gelu(x, approximate=False), (SIGNED,)),
    "silu": (nn.silu, (SIGNED,)),
    "softplus": (nn.softplus, (SIGNED,)),
    "softmax": (nn.softmax, (SIGNED,)),
    "log_softmax": (nn.log_softmax, (SIGNED,)),
    "sum": (jnp.sum, (SIGNED,)),
    "prod": (jnp.prod, (SIGNED,)),
    "mean": (jnp.mean, (SIGNED,)),
    "var": (jnp.var, (SIGNED,)),
    "std": (jnp.std, (SIGNED,)),
    "max": (jnp.max, (SIGNED,)),
    "min": (jnp.min, (SIGNED,)),
    "logsumexp": (nn.logsumexp, (SIGNED,)),
    "norm": (lambda x: jnp.sqrt((x * x).sum()), (SIGNED,)),
    "transpose": (jnp.transpose, (SIGNED,)),
    "squeeze": (jnp.squeeze, (SIGNED[:1],)),
    "flip": (jnp.flip, (SIGNED,)),
    "matmul": (jnp.matmul, (SIGNED, Y.T)),
    "dot": (jnp.dot, (SIGNED, Y.T)),
    "outer": (jnp.outer, (SIGNED[0], Y[1])),
    "inv": (jnp.linalg.inv, (SQUARE + 2 * np.eye(3),)),
    "solve": (jnp.linalg.solve, (SQUARE + 2 * np.eye(3), X)),
    "trace": (jnp.trace, (SIGNED,)),
    "concatenate": (lambda x, y: jnp.concatenate([x, y]), (SIGNED, Y)),
    "stack": (lambda x, y: jnp.stack([x, y]), (SIGNED, Y)),
    "linear": (lambda x, w, b: x @ w + b, (SIGNED, Y.T, Y[0, :3])),
    "layer_norm": (lambda x, g, b: normal(x, -1) * g + b, (SIGNED, Y[0], Y[1])),
    "batch_norm": (lambda x, g, b: normal(x, 0) * g + b, (SIGNED, Y[0], Y[1])),
    "max_pool": (
        lambda x: pooled(x, -np.inf, jax.lax.max),
        (uniform(2, 3, 4, 6, low=-1, high=1),),
    ),
    "average_pool": (
        lambda x: pooled(x, 0.0, jax.lax.add) / 4,
        (uniform(2, 3, 4, 6, low=-1, high=1),),
    ),
    "mean_squared_error": (lambda x, t: ((x - t) ** 2).mean(), (SIGNED, Y)),
    "mean_absolute_error": (lambda x, t: jnp.abs(x - t).mean(), (SIGNED, Y)),
    "softmax_cross_entropy": (cross_entropy, (SIGNED, LABELS)),
    "binary_cross_entropy": (
        lambda x, t: -(t * jnp.log(x) + (1 - t) * jnp.log(1 - x)).mean(),
        (X, Y),
    ),
    "binary_cross_entropy_with_logits": (
        lambda x, t: (nn.softplus(x) - x * t).mean(),
        (SIGNED, Y),
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_values_and_gradients_are_theirs(name):
    theirs, xs = CASES[name]
    value, pull = vjp(getattr(engine, name), *xs)
    wanted, their_pull = jax.vjp(theirs, *xs)
    np.testing.assert_allclose(value, wanted, rtol=1e-12, atol=1e-13)
    upstream = RANDOM.uniform(-1, 1, value.shape)
    for ours, other in zip(pull(upstream), their_pull(upstream), strict=True):
        np.testing.assert_allclose(ours, other, rtol=1e-9, atol=1e-12)


@pytest.mark.parametrize("name", CASES)
def test_second_derivatives_are_theirs(name):
    theirs, xs = CASES[name]
    if name == "softmax_cross_entropy":
        xs, theirs = xs[:1], lambda x: cross_entropy(x, LABELS)
    ours = FUNCTIONS[name].apply if len(xs) == len(CASES[name][1]) else None
    weights = RANDOM.uniform(0.5, 1.5, np.shape(CASES[name][0](*CASES[name][1])))

    def weighted(v, numpy, f):
        y = f(v, *xs[1:])
        return (numpy.sin(y) * weights).sum()

    def bent(v, numpy, f, gradient):
        return (gradient(lambda u: weighted(u, numpy, f))(v) ** 2).sum()

    f = ours or (lambda x: engine.softmax_cross_entropy(x, LABELS))
    found = grad(lambda v: bent(v, np, f, grad))(xs[0])
    wanted = jax.grad(lambda v: bent(v, jnp, theirs, jax.grad))(jnp.asarray(xs[0]))
    np.testing.assert_allclose(found, wanted, rtol=1e-8, atol=1e-10)


def test_a_convolution_is_theirs():
    x, w, b = uniform(2, 3, 5, 4), uniform(4, 3, 2, 3), uniform(4)
    value, pull = vjp(lambda *xs: engine.conv2d(*xs, stride=(2, 1), pad=1), x, w, b)
    wanted, their_pull = jax.vjp(conv, x, w, b)
    np.testing.assert_allclose(value, wanted, rtol=1e-12)
    for ours, other in zip(pull(value), their_pull(wanted), strict=True):
        np.testing.assert_allclose(ours, other, rtol=1e-11)
