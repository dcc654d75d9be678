"""Recordings that several engine tests look at."""

from __future__ import annotations

import numpy as np
import pytest

from engine import FUNCTIONS, Variable
from engine.expression import parse_expression
from engine.recording import record


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

    def check(f, *arrays, order=2, rtol=1e-5, nudge=1e-5, seed=5):
        """`f` takes Variables; each of `arrays` is one, and all are asked the gradient of."""
        random = np.random.default_rng(seed)

        def gradients(values, weights=None, *, graph=False):
            xs = [Variable(np.array(value)) for value in values]
            y = f(*xs)
            if weights is None:
                weights = np.random.default_rng(seed + 1).uniform(0.5, 1.5, y.shape)
            (y * weights).backward(create_graph=graph)
            return xs, [x.grad for x in xs], float((y.data * weights).sum())

        directions = [random.uniform(-1, 1, np.shape(a)) for a in arrays]

        def moved(by):
            return [a + by * d for a, d in zip(arrays, directions, strict=True)]

        xs, first, _ = gradients(arrays, graph=order > 1)
        plain = [g if isinstance(g, np.ndarray) else g.data for g in first]
        for x, gradient in zip(arrays, plain, strict=True):
            assert gradient.shape == np.shape(x)
        slope = (gradients(moved(nudge))[2] - gradients(moved(-nudge))[2]) / (2 * nudge)
        along = sum(float((g * d).sum()) for g, d in zip(plain, directions, strict=True))
        np.testing.assert_allclose(along, slope, rtol=rtol, atol=rtol)
        if order < 2:
            return
        total = None
        for gradient, d in zip(first, directions, strict=True):
            part = gradient * d
            total = part if total is None else total + FUNCTIONS["sum"].apply(part) * 1.0
            total = FUNCTIONS["sum"].apply(total)
        for x in xs:
            x.cleargrad()
        if total.creator is None:
            return
        total.backward()
        second = [
            np.zeros(np.shape(a)) if x.grad is None else x.grad
            for x, a in zip(xs, arrays, strict=True)
        ]
        above, below = gradients(moved(nudge))[1], gradients(moved(-nudge))[1]
        for got, high, low in zip(second, above, below, strict=True):
            np.testing.assert_allclose(
                got, (high - low) / (2 * nudge), rtol=20 * rtol, atol=20 * rtol
            )

    return check
