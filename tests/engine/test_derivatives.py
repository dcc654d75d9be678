"""Derivatives of functions: of any order, in both directions, nested, and refused."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import engine
from engine import (
    Function,
    Variable,
    grad,
    hessian,
    hvp,
    jacobian,
    jvp,
    value_and_grad,
    vjp,
)
from engine.errors import RunError

RANDOM = np.random.default_rng(11)


def orders(f, x, count):
    found = []
    for _ in range(count):
        f = grad(f)
        found.append(float(f(x)))
    return found


def test_higher_orders_of_sin_go_round():
    expected = [math.cos(0.7), -math.sin(0.7), -math.cos(0.7), math.sin(0.7)]
    np.testing.assert_allclose(orders(np.sin, 0.7, 4), expected, rtol=1e-13)


def test_higher_orders_of_tanh_are_those_of_the_book():
    expected = [0.41997434161402614, -0.6397000084492246, 0.6216266807712962]
    np.testing.assert_allclose(orders(np.tanh, 1.0, 3), expected, rtol=1e-12)


def test_an_inner_derivative_does_not_take_the_outer_variable_for_its_own():
    assert grad(lambda x: x * grad(lambda y: x + y)(1.0))(1.0) == 1.0
    assert grad(lambda x: x * grad(lambda y: x * y)(1.0))(3.0) == 6.0
    assert grad(lambda x: grad(lambda y: x * y * y)(x))(3.0) == 12.0
    assert jvp(lambda x: x * jvp(lambda y: x * y, (2.0,), (1.0,))[1], (3.0,), (1.0,))[1] == 6.0


def test_forward_inside_of_back_and_back_inside_of_forward():
    def along(x):
        return jvp(lambda v: (v**3).sum(), (x,), (np.ones(2),))[1]

    np.testing.assert_allclose(grad(along)(np.array([1.0, 2.0])), [6.0, 12.0])
    slope = grad(lambda v: (v**3).sum())
    _, change = jvp(slope, (np.array([1.0, 2.0]),), (np.array([1.0, 0.0]),))
    np.testing.assert_allclose(change, [6.0, 0.0])


def test_no_trace_is_left_at_a_variable():
    x, w = Variable(np.array(2.0)), Variable(np.array(5.0))
    slope = grad(lambda v: v * v * w)(x)
    assert (x.grad, w.grad, float(slope.data)) == (None, None, 20.0)
    slope.backward()
    assert (float(x.grad), float(w.grad)) == (10.0, 4.0)


def test_arrays_come_back_as_arrays_and_variables_as_variables():
    x = np.array([1.0, 2.0])
    assert type(grad(np.sum)(x)) is np.ndarray
    assert isinstance(grad(np.sum)(Variable(x)), Variable)
    assert type(grad(lambda v: (v * 2).sum())([1, 2])) is np.ndarray


def test_several_arguments_at_once():
    value, (by_x, by_z) = value_and_grad(lambda x, y, z: x * y + z**2, at=(0, 2))(2.0, 3.0, 4.0)
    assert (float(value), float(by_x), float(by_z)) == (22.0, 3.0, 8.0)
    assert grad(lambda x, y: x * y, at=1)(2.0, 3.0) == 2.0


@pytest.mark.parametrize("shape", [(), (1,), (0,), (2, 3)])
def test_what_does_not_matter_has_a_gradient_of_zeros(shape):
    x = np.ones(shape)
    for f in (lambda v: 3.0, lambda v: (v * 0).sum(), lambda v: Variable(np.array(1.0))):
        np.testing.assert_array_equal(grad(f)(x), np.zeros(shape))
    value, change = jvp(lambda v: np.array([1.0, 2.0]), (x,), (x,))
    np.testing.assert_array_equal(value, [1.0, 2.0])
    np.testing.assert_array_equal(change, [0.0, 0.0])


def test_integers_are_promoted_and_single_precision_is_kept():
    assert grad(lambda x: x**2)(3) == 6.0
    slope = grad(lambda x: (x * x).sum())(np.array([1, 2], np.float32))
    assert slope.dtype == np.float32
    assert jacobian(np.exp)(np.ones(2, np.float32)).dtype == np.float32


def test_a_deep_chain_goes_both_ways():
    def chain(x):
        for _ in range(20_000):
            x = np.sin(x)
        return x

    there = jvp(chain, (0.5,), (1.0,))[1]
    np.testing.assert_allclose(grad(chain)(0.5), there, rtol=1e-9)


@pytest.mark.parametrize(
    "f",
    [
        lambda x: x @ x,
        lambda x: np.exp(x).sum(axis=0),
        engine.softmax,
        lambda x: x[1:, ::2] * 2,
        lambda x: np.concatenate([x, x * x]),
        lambda x: np.einsum("ij,kj->ik", x, x),
        lambda x: x.reshape(9) ** 3,
        lambda x: x.T * 3,
        lambda x: engine.inv(x + 5 * np.eye(3)),
        lambda x: x.max(axis=1),
        lambda x: x.sum(),
        lambda x: np.stack([x[0, 0], x[1, 1] * x[0, 0]]),
    ],
)
def test_the_jacobian_agrees_with_trials_and_forward_with_back(f):
    x = RANDOM.uniform(-1, 1, (3, 3))
    y = f(Variable(x)).data
    matrix = jacobian(f)(x)
    assert matrix.shape == y.shape + x.shape
    nudge = 1e-6
    for at in np.ndindex(x.shape):
        unit = np.zeros(x.shape)
        unit[at] = nudge
        trial = (f(Variable(x + unit)).data - f(Variable(x - unit)).data) / (2 * nudge)
        np.testing.assert_allclose(matrix[(..., *at)], trial, rtol=1e-6, atol=1e-8)
    direction = RANDOM.uniform(-1, 1, x.shape)
    change = jvp(f, (x,), (direction,))[1]
    wanted = np.tensordot(matrix, direction, axes=2)
    np.testing.assert_allclose(change, wanted, rtol=1e-10, atol=1e-12)


@given(st.lists(st.floats(-2, 2), min_size=1, max_size=4))
def test_the_hessian_is_symmetric_and_its_product_is_hvp(values):
    x = np.array(values)

    def f(v):
        return (np.sin(v) * np.sum(v * v)).sum()

    matrix = hessian(f)(x)
    np.testing.assert_allclose(matrix, matrix.T, rtol=1e-10, atol=1e-10)
    direction = np.linspace(-1, 1, x.size)
    (product,) = hvp(f, (x,), (direction,))
    np.testing.assert_allclose(product, matrix @ direction, rtol=1e-9, atol=1e-9)


def test_the_second_derivatives_of_rosenbrock():
    def rosenbrock(x):
        return 100 * (x[1] - x[0] ** 2) ** 2 + (x[0] - 1) ** 2

    np.testing.assert_allclose(grad(rosenbrock)(np.array([0.0, 2.0])), [-2.0, 400.0])
    np.testing.assert_allclose(
        hessian(rosenbrock)(np.array([1.0, 1.0])), [[802.0, -400.0], [-400.0, 200.0]]
    )


@pytest.mark.parametrize("shape", [(0,), (0, 2)])
def test_empty_arrays_are_ordinary(shape):
    x = np.ones(shape)
    assert jacobian(np.exp)(x).shape == shape + shape
    assert jacobian(np.sum)(x).shape == shape
    assert hessian(lambda v: (v**3).sum())(x).shape == shape + shape


class OwnCube(Function):
    def forward(self, x):
        return x**3

    def backward(self, gy):
        return 3 * self.input.data**2 * gy


@pytest.mark.parametrize(
    ("call", "sentence"),
    [
        (lambda: grad(np.exp)(np.ones(2)), r"a single number, .* the shape \(2,\)"),
        (lambda: grad(lambda x: None)(1.0), "gives NoneType cannot be"),
        (lambda: grad(lambda x: [x, x])(1.0), "gives list cannot be"),
        (lambda: grad(np.exp)(1j), "type complex128 cannot be differentiated by"),
        (lambda: grad(np.exp, at=1)(1.0), "There is no argument 1; there are 1"),
        (lambda: jvp(np.exp, (1.0,), ()), "1 values and 0 directions"),
        (lambda: jvp(np.exp, (1.0,), (np.ones(2),)), r"argument, \(\), not \(2,\)"),
        (lambda: vjp(np.exp, 1.0)[1](np.ones(2)), r"value, \(\), not \(2,\)"),
        (lambda: jvp(OwnCube(), (1.0,), (1.0,)), "OwnCube knows the way back alone"),
    ],
)
def test_what_cannot_be_is_refused_with_a_sentence(call, sentence):
    with pytest.raises(RunError, match=sentence):
        call()


def test_a_function_in_the_tutorials_style_goes_back_and_has_a_jacobian():
    assert grad(OwnCube())(2.0) == 12.0
    np.testing.assert_array_equal(
        jacobian(lambda x: np.stack([OwnCube()(x), x]))(np.array(2.0)), [12.0, 1.0]
    )
