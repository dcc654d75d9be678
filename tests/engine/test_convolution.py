"""Convolution and pooling: values as plain loops give them, rules against trials, refusals."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import engine
from engine import Variable
from engine.errors import RunError
from engine.expression import expression_of, parse_expression
from engine.recording import record

RANDOM = np.random.default_rng(31)


def uniform(*shape):
    return RANDOM.uniform(-1, 1, shape)


def patches_by_loops(x, size, stride, pad, fill=0.0):
    """Yield row, column and patch, one after the other."""
    x = np.pad(x, ((0, 0), (0, 0), (pad[0],) * 2, (pad[1],) * 2), constant_values=fill)
    rows = (x.shape[2] - size[0]) // stride[0] + 1
    columns = (x.shape[3] - size[1]) // stride[1] + 1
    for row, column in itertools.product(range(rows), range(columns)):
        top, left = row * stride[0], column * stride[1]
        yield row, column, x[:, :, top : top + size[0], left : left + size[1]]


def by_loops(x, size, stride, pad, of_patch, fill=0.0):
    found = {
        (r, c): of_patch(patch) for r, c, patch in patches_by_loops(x, size, stride, pad, fill)
    }
    rows, columns = (max(at[axis] for at in found) + 1 for axis in (0, 1))
    some = next(iter(found.values()))
    y = np.empty((*some.shape, rows, columns))
    for (row, column), value in found.items():
        y[..., row, column] = value
    return y


pairs = st.tuples(st.integers(1, 3), st.integers(1, 3))


@given(
    size=pairs,
    stride=pairs,
    pad=st.tuples(st.integers(0, 2), st.integers(0, 2)),
    seed=st.integers(0, 99),
)
def test_values_are_those_of_plain_loops(size, stride, pad, seed):
    random = np.random.default_rng(seed)
    x, w, b = random.uniform(-1, 1, (2, 3, 4, 5)), random.uniform(-1, 1, (4, 3, *size)), uniform(4)
    told = {"stride": stride, "pad": pad}

    def times_weights(patch):
        return np.tensordot(patch, w, axes=((1, 2, 3), (1, 2, 3)))

    wanted = by_loops(x, size, stride, pad, times_weights)
    np.testing.assert_allclose(engine.conv2d(x, w, **told).data, wanted, rtol=1e-12, atol=1e-14)
    with_bias = engine.conv2d(x, w, b, **told).data
    np.testing.assert_allclose(with_bias, wanted + b.reshape(1, 4, 1, 1), rtol=1e-12, atol=1e-14)
    if pad[0] < size[0] and pad[1] < size[1]:
        wanted = by_loops(x, size, stride, pad, lambda patch: patch.max(axis=(2, 3)), -np.inf)
        np.testing.assert_array_equal(engine.max_pool(x, size=size, **told).data, wanted)
    wanted = by_loops(x, size, stride, pad, lambda patch: patch.mean(axis=(2, 3)))
    np.testing.assert_allclose(
        engine.average_pool(x, size=size, **told).data, wanted, rtol=1e-12, atol=1e-14
    )


@pytest.mark.parametrize(("stride", "pad"), [(1, 0), (2, 0), (1, 1), ((2, 1), (0, 2)), (3, 2)])
def test_the_rules_of_a_convolution_agree_with_trials(stride, pad, agrees):
    x, w, b = uniform(2, 2, 4, 5), uniform(3, 2, 2, 3), uniform(3)
    agrees(lambda *xs: engine.conv2d(*xs, stride=stride, pad=pad), x, w, b)
    agrees(lambda *xs: engine.conv2d(*xs, stride=stride, pad=pad) ** 2, x, w)


@pytest.mark.parametrize("name", ["max_pool", "average_pool"])
@pytest.mark.parametrize(
    "told", [{}, {"stride": 1}, {"size": 3, "stride": 2, "pad": 1}, {"size": (1, 2)}]
)
def test_the_rules_of_pooling_agree_with_trials(name, told, agrees):
    agrees(lambda x: getattr(engine, name)(x, **told) ** 2, uniform(2, 2, 4, 6), nudge=1e-6)


def test_unfold_and_fold_are_each_others_transpose(agrees):
    x = uniform(2, 3, 4, 5)
    told = {"size": (2, 3), "stride": (2, 1), "pad": 1}
    patches = engine.unfold(x, **told).data
    upstream = uniform(*patches.shape)
    back = engine.fold(upstream, shape=x.shape, **told).data
    np.testing.assert_allclose((patches * upstream).sum(), (x * back).sum(), rtol=1e-12)
    agrees(lambda v: engine.unfold(v, **told) ** 2, x)
    agrees(lambda v: engine.fold(v, shape=x.shape, **told) ** 2, upstream)


def test_elements_of_a_patch_that_are_equal_share_the_gradient():
    x = Variable(np.ones((1, 1, 2, 2)))
    engine.max_pool(x).backward()
    np.testing.assert_array_equal(x.grad, np.full((1, 1, 2, 2), 0.25))


def test_no_cases_are_ordinary_and_single_precision_is_kept():
    x, w = Variable(np.ones((0, 1, 3, 3), np.float32)), Variable(np.ones((2, 1, 2, 2), np.float32))
    y = engine.average_pool(engine.max_pool(engine.conv2d(x, w), size=1), size=2)
    y.backward()
    assert (y.shape, x.grad.shape, w.grad.tolist()) == (
        (0, 2, 1, 1),
        x.shape,
        np.zeros(w.shape).tolist(),
    )
    assert {v.dtype for v in (y, x.grad, w.grad)} == {np.dtype(np.float32)}


def test_an_expression_has_them_too():
    text = "y = max_pool(relu(conv2d(x, x, pad=1)), size=(2, 3), stride=1)"
    graph, y = parse_expression(text, {"x": uniform(2, 2, 3, 3)})
    recording = record(graph, y)
    assert recording.problems == ()
    assert recording.value(y).shape == (2, 2, 2, 1)
    assert expression_of(graph, y) == text


IMAGE, WEIGHTS = np.ones((1, 2, 3, 3)), np.ones((4, 2, 2, 2))


@pytest.mark.parametrize(
    ("call", "sentence"),
    [
        (lambda: engine.conv2d(IMAGE), "two or three, not 1"),
        (lambda: engine.conv2d(IMAGE[0], WEIGHTS), r"not \(2, 3, 3\) and \(4, 2, 2, 2\)"),
        (lambda: engine.conv2d(IMAGE[:, :1], WEIGHTS), r"not \(1, 1, 3, 3\) and"),
        (lambda: engine.conv2d(IMAGE, WEIGHTS, np.ones(2)), r"has the shape \(4,\), not \(2,\)"),
        (
            lambda: engine.conv2d(IMAGE, np.ones((1, 2, 4, 4))),
            "4 by 4 is larger than an image of 3",
        ),
        (
            lambda: engine.conv2d(IMAGE, WEIGHTS, stride=0),
            "stride=0 is neither a whole number from 1",
        ),
        (
            lambda: engine.conv2d(IMAGE, WEIGHTS, pad=(1, 2, 3)),
            "neither a whole number from 0 nor two",
        ),
        (lambda: engine.max_pool(IMAGE, size=4), "a patch of 4 by 4|patch of 4 by 4 is larger"),
        (lambda: engine.max_pool(IMAGE, size=1.5), "size=1.5 is neither"),
        (lambda: engine.average_pool(IMAGE[0]), r"not the shape \(2, 3, 3\)"),
        (
            lambda: engine.fold(IMAGE, shape=(1, 2, 3, 3), size=2),
            r"have the shape \(1, 2, 2, 2, 2, 2\)",
        ),
        (lambda: engine.unfold(IMAGE), "needs to be told its size"),
    ],
)
def test_what_does_not_fit_is_refused_with_a_sentence(call, sentence):
    with pytest.raises(RunError, match=sentence):
        call()
