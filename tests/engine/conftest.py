"""Recordings that several engine tests look at."""

from __future__ import annotations

from importlib.util import find_spec

import numpy as np
import pytest

from engine import Variable
from engine.expression import parse_expression
from engine.recording import record

# What a peer calls our Functions is of no use, and cannot be imported, without it.
collect_ignore = [f"peer_{name}.py" for name in ("jax", "torch") if find_spec(name) is None]


@pytest.fixture
def recorded():
    """Record an expression at given values; the recording finds blocks by name with `id_of`."""

    def make(text, target=None, **values):
        graph, result = parse_expression(text, {k: np.array(v, float) for k, v in values.items()})
        return record(graph, graph.named(target).id if target else result)

    return make


@pytest.fixture
def tutorial(recorded):
    """The tutorial's chain at x = 0.5: x → a → b → y."""
    return recorded("square(exp(square(x)))", x=0.5)


@pytest.fixture
def id_of():
    """Find the id of a block in a recording by the name of its Variable."""

    def find(recording, name):
        return next(block.id for block in recording.blocks.values() if block.name == name)

    return find


@pytest.fixture
def agrees():
    """Hold a function's gradients, of first and second order, against trials."""
    return check_orders


def check_orders(f, *arrays, order=2, rtol=1e-5, nudge=1e-5, seed=5):
    """Compare along random directions; `f` takes a Variable for each of `arrays`."""
    random = np.random.default_rng(seed)
    directions = [random.uniform(-1, 1, np.shape(array)) for array in arrays]

    def moved(by):
        return [array + by * d for array, d in zip(arrays, directions, strict=True)]

    _, first, xs = weighted_gradients(f, moved(0), seed)
    high, above, _ = weighted_gradients(f, moved(nudge), seed)
    low, below, _ = weighted_gradients(f, moved(-nudge), seed)
    along = sum(float((g.data * d).sum()) for g, d in zip(first, directions, strict=True))
    np.testing.assert_allclose(along, (high - low) / (2 * nudge), rtol=rtol, atol=rtol)
    if order == 1:
        return
    _, first, xs = weighted_gradients(f, moved(0), seed)
    slope = sum(
        (np.sum(g * d) for g, d in zip(first, directions, strict=True)), start=Variable(ZERO)
    )
    for x in xs:
        x.cleargrad()
    slope.backward()
    for x, up, down in zip(xs, above, below, strict=True):
        got = np.zeros(x.shape) if x.grad is None else x.grad
        wanted = (up.data - down.data) / (2 * nudge)
        np.testing.assert_allclose(got, wanted, rtol=20 * rtol, atol=20 * rtol)


ZERO = np.array(0.0)


def weighted_gradients(f, values, seed):
    """Differentiate a weighted sum of what `f` gives; its gradients are Variables."""
    xs = [Variable(np.array(value)) for value in values]
    y = f(*xs)
    weights = np.random.default_rng(seed + 1).uniform(0.5, 1.5, y.shape)
    (y * weights).backward(create_graph=True)
    gradients = [Variable(np.zeros(x.shape)) if x.grad is None else x.grad for x in xs]
    for x, gradient in zip(xs, gradients, strict=True):
        assert gradient.shape == x.shape
    return float((y.data * weights).sum()), gradients, xs
