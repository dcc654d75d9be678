"""Sums, means and extremes along axes, softmax and losses: their rules and what they refuse."""

from __future__ import annotations

import numpy as np
import pytest

import engine
from engine import FUNCTIONS, Variable
from engine.errors import RunError

REDUCTIONS = ("sum", "mean", "var", "std", "max", "min", "logsumexp", "norm")
NUMPY = {name: getattr(np, name) for name in ("sum", "mean", "var", "std", "max", "min")}
NUMPY["norm"] = lambda x, axis, keepdims: np.sqrt(np.sum(x * x, axis=axis, keepdims=keepdims))
NUMPY["logsumexp"] = lambda x, axis, keepdims: np.log(
    np.sum(np.exp(x), axis=axis, keepdims=keepdims)
)

ARRAY = np.random.default_rng(3).uniform(-2, 2, (2, 3, 4))


@pytest.mark.parametrize("name", REDUCTIONS)
@pytest.mark.parametrize("axis", [None, 0, -1, (0, 2)])
@pytest.mark.parametrize("keepdims", [False, True])
def test_a_reduction_gives_what_numpy_gives_and_its_rules_agree_with_trials(
    name, axis, keepdims, agrees
):
    def f(x):
        return FUNCTIONS[name].apply(x, axis, keepdims=keepdims)

    value = f(Variable(ARRAY)).data
    np.testing.assert_allclose(value, NUMPY[name](ARRAY, axis=axis, keepdims=keepdims), rtol=1e-12)
    agrees(f, ARRAY)
    agrees(f, ARRAY[::-1, :, ::-1])


@pytest.mark.parametrize("name", REDUCTIONS)
def test_single_precision_and_a_single_element_are_ordinary(name):
    x = Variable(np.array([[2.0]], dtype=np.float32))
    y = FUNCTIONS[name].apply(x)
    y.backward()
    assert (y.shape, y.dtype, x.grad.shape, x.grad.dtype) == ((), np.float32, (1, 1), np.float32)


@pytest.mark.parametrize("name", ["sum", "mean", "max"])
def test_numpy_itself_and_a_method_mean_the_same(name):
    x = Variable(ARRAY)
    for y in (getattr(np, name)(x, axis=1), getattr(x, name)(1)):
        assert type(y.creator) is FUNCTIONS[name]
        assert y.creator.settings["axis"] == 1


@pytest.mark.parametrize("name", ["max", "min"])
def test_elements_that_are_equal_share_the_gradient(name):
    x = Variable(np.array([1.0, 1.0, 1.0, 1.0]))
    FUNCTIONS[name].apply(x).backward()
    np.testing.assert_array_equal(x.grad, [0.25] * 4)


@pytest.mark.parametrize(
    ("axis", "sentence"),
    [(3, "no axis 3 in the shape"), ((0, -3), "names an axis twice"), ("a", "no axis a")],
)
@pytest.mark.parametrize("name", REDUCTIONS)
def test_an_axis_that_is_not_there_is_refused(name, axis, sentence):
    with pytest.raises(RunError, match=sentence):
        FUNCTIONS[name].apply(Variable(ARRAY), axis=axis)


def test_the_sum_of_nothing_is_zero_and_the_mean_of_nothing_is_refused():
    x = Variable(np.ones((0, 3)))
    y = engine.sum(x)
    y.backward()
    assert (float(y.data), x.grad.shape) == (0.0, (0, 3))
    with pytest.raises(RunError, match="has no elements"):
        engine.mean(x)


@pytest.mark.parametrize("name", ["softmax", "log_softmax"])
@pytest.mark.parametrize("axis", [0, -1])
def test_softmax_agrees_with_trials_and_never_overflows(name, axis, agrees):
    agrees(lambda x: FUNCTIONS[name].apply(x, axis), ARRAY)
    x = Variable(np.array([1000.0, 0.0, -1000.0]))
    y = FUNCTIONS[name].apply(x)
    assert np.isfinite(y.data).all()
    np.testing.assert_allclose(engine.softmax(x).data.sum(), 1.0)


@pytest.mark.parametrize(
    "name", ["mean_squared_error", "mean_absolute_error", "binary_cross_entropy_with_logits"]
)
def test_a_loss_agrees_with_trials_and_refuses_shapes_that_would_broadcast(name, agrees):
    one, other = ARRAY[0], np.abs(ARRAY[1]) / 3
    agrees(FUNCTIONS[name].apply, one, other)
    with pytest.raises(RunError, match=r"\(3, 4\) and \(4,\) are not the same"):
        FUNCTIONS[name].apply(Variable(one), Variable(other[0]))


def test_cross_entropy_with_logits_is_stable():
    x = Variable(np.array([1000.0, -1000.0]))
    y = engine.binary_cross_entropy_with_logits(x, np.array([1.0, 0.0]))
    y.backward()
    assert float(y.data) == 0.0
    np.testing.assert_array_equal(x.grad, [0.0, 0.0])


def test_softmax_cross_entropy_agrees_with_trials(agrees):
    t = np.array([0, 3, 1])
    agrees(lambda x: engine.softmax_cross_entropy(x, t), ARRAY[0])
    x = Variable(ARRAY[0])
    expected = -np.log(engine.softmax(x).data[np.arange(3), t]).mean()
    np.testing.assert_allclose(engine.softmax_cross_entropy(x, t).data, expected, rtol=1e-12)


@pytest.mark.parametrize(
    ("classes", "sentence"),
    [([0, 1], "not the shapes"), ([0, 1, 4], "from 0 to 3"), ([0, 0.5, 1], "whole number")],
)
def test_classes_that_are_not_there_are_refused(classes, sentence):
    with pytest.raises(RunError, match=sentence):
        engine.softmax_cross_entropy(Variable(ARRAY[0]), np.array(classes))
