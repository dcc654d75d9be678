"""What JAX calls our Functions."""

from __future__ import annotations

import jax
import numpy as np
from jax import nn
from jax import numpy as jnp

jax.config.update("jax_enable_x64", val=True)

array, sin, vjp, grad = jnp.asarray, jnp.sin, jax.vjp, jax.grad


def cross_entropy(x, t):
    return -nn.log_softmax(x)[jnp.arange(len(t)), t.astype(int)].mean()


def normal(x, axes):
    return (x - x.mean(axes, keepdims=True)) / jnp.sqrt(x.var(axes, keepdims=True) + 1e-5)


def conv(x, w, b):
    y = jax.lax.conv_general_dilated(x, w, (2, 1), ((1, 1), (1, 1)))
    return y + b.reshape(1, -1, 1, 1)


def pooled(x, start, reduce):
    return jax.lax.reduce_window(x, start, reduce, (1, 1, 2, 2), (1, 1, 2, 2), "VALID")


SAME = """
    abs arccos arcsin arctan arctan2 cos cosh exp expm1 flip dot log log10 log1p log2 matmul max
    maximum mean min minimum outer prod sin sinh sqrt square squeeze std sum tan tanh trace
    transpose var
"""

CALLS = {
    **{name: getattr(jnp, name) for name in SAME.split()},
    "add": jnp.add,
    "average_pool": lambda x: pooled(x, 0.0, jax.lax.add) / 4,
    "batch_norm": lambda x, g, b: normal(x, 0) * g + b,
    "binary_cross_entropy": lambda x, t: -(t * jnp.log(x) + (1 - t) * jnp.log(1 - x)).mean(),
    "binary_cross_entropy_with_logits": lambda x, t: (nn.softplus(x) - x * t).mean(),
    "concatenate": lambda x, y: jnp.concatenate([x, y]),
    "conv2d": conv,
    "div": jnp.divide,
    "elu": nn.elu,
    "erf": jax.scipy.special.erf,
    "gelu": lambda x: nn.gelu(x, approximate=False),
    "inv": jnp.linalg.inv,
    "layer_norm": lambda x, g, b: normal(x, -1) * g + b,
    "leaky_relu": nn.leaky_relu,
    "linear": lambda x, w, b: x @ w + b,
    "log_softmax": nn.log_softmax,
    "logsumexp": nn.logsumexp,
    "max_pool": lambda x: pooled(x, -np.inf, jax.lax.max),
    "mean_absolute_error": lambda x, t: jnp.abs(x - t).mean(),
    "mean_squared_error": lambda x, t: ((x - t) ** 2).mean(),
    "mul": jnp.multiply,
    "neg": jnp.negative,
    "norm": lambda x: jnp.sqrt((x * x).sum()),
    "pow": jnp.power,
    "relu": nn.relu,
    "sigmoid": nn.sigmoid,
    "silu": nn.silu,
    "softmax": nn.softmax,
    "softmax_cross_entropy": cross_entropy,
    "softplus": nn.softplus,
    "solve": jnp.linalg.solve,
    "stack": lambda x, y: jnp.stack([x, y]),
    "sub": jnp.subtract,
}
