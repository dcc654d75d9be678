"""What PyTorch calls our Functions."""

from __future__ import annotations

import torch
from torch.func import grad, vjp
from torch.nn import functional as nn

__all__ = ["CALLS", "array", "grad", "sin", "vjp"]

array, sin = torch.as_tensor, torch.sin


def batch_norm(x, g, b):
    return nn.batch_norm(x, None, None, g, b, training=True)


SAME = """
    abs arccos arcsin arctan arctan2 cos cosh erf exp expm1 log log10 log1p log2 matmul max maximum
    mean min minimum outer prod sin sinh sqrt square squeeze sum tan tanh sigmoid trace
"""

CALLS = {
    **{name: getattr(torch, name) for name in SAME.split()},
    "add": torch.add,
    "average_pool": lambda x: nn.avg_pool2d(x, 2),
    "batch_norm": batch_norm,
    "binary_cross_entropy": nn.binary_cross_entropy,
    "binary_cross_entropy_with_logits": nn.binary_cross_entropy_with_logits,
    "concatenate": lambda x, y: torch.cat([x, y]),
    "conv2d": lambda x, w, b: nn.conv2d(x, w, b, stride=(2, 1), padding=1),
    "div": torch.div,
    "dot": torch.matmul,
    "elu": nn.elu,
    "flip": lambda x: torch.flip(x, (0, 1)),
    "gelu": nn.gelu,
    "inv": torch.linalg.inv,
    "layer_norm": lambda x, g, b: nn.layer_norm(x, x.shape[-1:], g, b),
    "leaky_relu": nn.leaky_relu,
    "linear": lambda x, w, b: nn.linear(x, w.T, b),
    "log_softmax": lambda x: nn.log_softmax(x, -1),
    "logsumexp": lambda x: torch.logsumexp(x, (0, 1)),
    "max_pool": lambda x: nn.max_pool2d(x, 2),
    "mean_absolute_error": nn.l1_loss,
    "mean_squared_error": nn.mse_loss,
    "huber": nn.huber_loss,
    "mul": torch.mul,
    "neg": torch.neg,
    "norm": torch.linalg.vector_norm,
    "pow": torch.pow,
    "relu": nn.relu,
    "silu": nn.silu,
    "softmax": lambda x: torch.softmax(x, -1),
    "softmax_cross_entropy": lambda x, t: nn.cross_entropy(x, t.long()),
    "softplus": nn.softplus,
    "solve": torch.linalg.solve,
    "stack": lambda x, y: torch.stack([x, y]),
    "std": lambda x: torch.std(x, correction=0),
    "sub": torch.sub,
    "transpose": lambda x: x.T,
    "var": lambda x: torch.var(x, correction=0),
}
