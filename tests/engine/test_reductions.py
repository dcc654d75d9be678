"""Sums, means and extremes along axes, softmax and losses: their rules and what they refuse."""

from __future__ import annotations

import numpy as np
import pytest

import engine
from engine import FUNCTIONS, Variable
from engine.errors import RunError

REDUCTIONS = ("sum", "prod", "mean", "var", "std", "max", "min", "logsumexp", "norm")
NUMPY = {name: getattr(np, name) for name in ("sum", "prod", "mean", "var", "std", "max", "min")}
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


@pytest.mark.parametrize("name", ["sum", "prod", "mean", "max"])
def test_numpy_itself_and_a_method_mean_the_same(name):
    x = Variable(ARRAY)
    for y in (getattr(np, name)(x, axis=1), getattr(x, name)(1)):
        assert type(y.creator) is FUNCTIONS[name]
        assert y.creator.settings["axis"] == 1


@pytest.mark.parametrize("name", ["add", "multiply", "maximum", "minimum"])
def test_reducing_with_an_operator_goes_along_the_first_axis_unless_told(name):
    reduce = getattr(np, name).reduce
    for settings in ({}, {"axis": 1}, {"axis": None}, {"axis": (0, 2), "keepdims": True}):
        y = reduce(Variable(ARRAY), **settings)
        np.testing.assert_allclose(y.data, reduce(ARRAY, **settings), rtol=1e-12)


@pytest.mark.parametrize("zeros", [(), (1,), (1, 3), (0, 2, 4)])
def test_a_product_with_zeros_has_the_slopes_and_bends_that_it_has(zeros, agrees):
    x = np.array([2.0, 3.0, -1.5, 0.5, 4.0])
    x[list(zeros)] = 0.0
    v = Variable(x)
    np.prod(v).backward()
    others = [np.prod(np.delete(x, at)) for at in range(5)]
    np.testing.assert_allclose(v.grad, others, rtol=1e-14)
    agrees(np.prod, x, rtol=1e-6)
    agrees(lambda v: np.prod(v.reshape(5, 1) * np.ones((5, 2)), axis=0), x, rtol=1e-6)


def test_the_third_derivative_of_a_product_is_right_too():
    x = Variable(np.array([0.0, 0.0, 0.0, 5.0]))
    y = np.prod(x)
    for at in (0, 1, 2):
        y.backward(create_graph=True)
        y, x.grad = x.grad[at], None
    assert float(y.data) == 5.0


def test_the_product_of_nothing_is_one():
    x = Variable(np.ones((0, 3)))
    y = engine.prod(x, axis=0)
    y.backward()
    assert (y.data.tolist(), x.grad.shape) == ([1.0] * 3, (0, 3))


@pytest.mark.parametrize("name", ["max", "min"])
def test_elements_that_are_equal_share_the_gradient(name):
    x = Variable(np.array([1.0, 1.0, 1.0, 1.0]))
    FUNCTIONS[name].apply(x).backward()
    np.testing.assert_array_equal(x.grad, [0.25] * 4)


@pytest.mark.parametrize(("name", "value"), [("norm", 0.0), ("std", 0.1)])
def test_where_a_root_has_no_slope_it_is_taken_to_be_zero(name, value):
    rows = np.array([[value] * 3, [1.0, 2.0, 4.0]])
    x = Variable(rows)
    FUNCTIONS[name].apply(x, axis=1).backward(create_graph=True)
    np.testing.assert_array_equal(x.grad.data[0], [0.0] * 3)
    other = Variable(rows[1])
    FUNCTIONS[name].apply(other).backward()
    np.testing.assert_allclose(x.grad.data[1], other.grad, rtol=1e-12)
    again = np.sum(x.grad * x.grad)
    x.cleargrad()
    again.backward()
    np.testing.assert_array_equal(x.grad[0], [0.0] * 3)


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
    "name",
    ["mean_squared_error", "mean_absolute_error", "huber", "binary_cross_entropy_with_logits"],
)
def test_a_loss_agrees_with_trials_and_refuses_shapes_that_would_broadcast(name, agrees):
    one, other = ARRAY[0], np.abs(ARRAY[1]) / 3
    agrees(FUNCTIONS[name].apply, one, other)
    with pytest.raises(RunError, match=r"\(3, 4\) and \(4,\) are not the same"):
        FUNCTIONS[name].apply(Variable(one), Variable(other[0]))


def test_huber_is_a_square_near_by_and_a_line_far_off(agrees):
    x = Variable(np.array([0.5, -3.0, 4.0]))
    y = engine.huber(x, np.zeros(3), delta=2.0)
    y.backward()
    np.testing.assert_allclose(y.data, (0.125 + 2 * (3 - 1) + 2 * (4 - 1)) / 3, rtol=1e-15)
    np.testing.assert_allclose(x.grad, np.array([0.5, -2.0, 2.0]) / 3, rtol=1e-15)
    agrees(lambda a, b: engine.huber(a, b, delta=0.3), ARRAY[0], ARRAY[1])
    single = engine.huber(Variable(np.ones(2, np.float32)), np.zeros(2, np.float32))
    assert single.dtype == np.float32
    with pytest.raises(RunError, match="delta=0 is no bend"):
        engine.huber(x, np.zeros(3), delta=0)


def test_binary_cross_entropy_agrees_with_that_of_the_scores(agrees):
    scores, t = ARRAY[0], np.abs(ARRAY[1]) / 3
    p = engine.sigmoid(Variable(scores)).data
    agrees(engine.binary_cross_entropy, p, t)
    np.testing.assert_allclose(
        engine.binary_cross_entropy(p, t).data,
        engine.binary_cross_entropy_with_logits(scores, t).data,
        rtol=1e-12,
    )


def test_binary_cross_entropy_stays_finite_where_a_probability_is_0_or_1():
    p, t = Variable(np.array([0.0, 1.0, 0.0, 1.0])), Variable(np.array([0.0, 1.0, 1.0, 0.0]))
    y = engine.binary_cross_entropy(p, t)
    y.backward()
    assert float(y.data) == 50.0
    np.testing.assert_allclose(p.grad, np.array([0.0, 0.0, -1e12, 1e12]) / 4)
    np.testing.assert_allclose(t.grad, np.array([100.0, -100.0, 100.0, -100.0]) / 4)
    with pytest.raises(RunError, match=r"from 0 to 1; .* from -1 to 2"):
        engine.binary_cross_entropy(np.array([-1.0, 2.0]), np.ones(2))


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
