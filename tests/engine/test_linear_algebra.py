"""Products of matrices and what undoes them: rules, shapes, refusals."""

from __future__ import annotations

import numpy as np
import pytest

import engine
from engine import FUNCTIONS, Variable
from engine.errors import RunError

RANDOM = np.random.default_rng(4)


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ((3,), (3,)),
        ((2, 3), (3,)),
        ((3,), (3, 2)),
        ((2, 3), (3, 4)),
        ((5, 2, 3), (3, 4)),
        ((2, 3), (5, 3, 4)),
        ((5, 1, 2, 3), (4, 3, 2)),
        ((3,), (5, 3, 4)),
        ((5, 2, 3), (3,)),
        ((1, 1), (1, 1)),
    ],
)
def test_a_matrix_product_of_any_rank_agrees_with_numpy_and_with_trials(left, right, agrees):
    a, b = RANDOM.uniform(-1, 1, left), RANDOM.uniform(-1, 1, right)
    np.testing.assert_array_equal((Variable(a) @ b).data, a @ b)
    agrees(np.matmul, a, b)


def test_a_matrix_product_over_an_empty_axis_is_zero():
    a, b = Variable(np.ones((2, 0))), Variable(np.ones((0, 3)))
    y = a @ b
    y.backward()
    np.testing.assert_array_equal(y.data, np.zeros((2, 3)))
    assert (a.grad.shape, b.grad.shape) == ((2, 0), (0, 3))


def test_the_other_products_and_inverses_agree_with_trials(agrees):
    square = RANDOM.uniform(-1, 1, (3, 3)) + 3 * np.eye(3)
    agrees(np.outer, RANDOM.uniform(-1, 1, 2), RANDOM.uniform(-1, 1, 3))
    agrees(np.linalg.inv, square)
    agrees(np.linalg.inv, np.stack([square, 2 * square]))
    agrees(np.linalg.solve, square, RANDOM.uniform(-1, 1, 3))
    agrees(np.linalg.solve, square, RANDOM.uniform(-1, 1, (3, 2)))
    agrees(np.trace, RANDOM.uniform(-1, 1, (3, 4)))


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ((), ()),
        ((), (2, 3)),
        ((3,), ()),
        ((3,), (3,)),
        ((2, 3), (3,)),
        ((3,), (3, 2)),
        ((2, 3), (3, 4)),
        ((2, 4, 3), (3,)),
        ((2, 4, 3), (5, 3, 2)),
        ((2, 3), (2, 2, 3, 2)),
    ],
)
def test_dot_agrees_with_numpy_and_with_trials(left, right, agrees):
    a, b = RANDOM.uniform(-1, 1, left), RANDOM.uniform(-1, 1, right)
    np.testing.assert_allclose(np.dot(Variable(a), b).data, np.dot(a, b), rtol=1e-14)
    agrees(np.dot, a, b)


@pytest.mark.parametrize(
    ("stack", "right"),
    [
        ((), (3,)),
        ((), (3, 2)),
        ((), (4, 3, 2)),
        ((4,), (3,)),
        ((4,), (3, 2)),
        ((4,), (4, 3, 2)),
        ((4, 1), (5, 3, 2)),
        ((1,), (4, 3, 1)),
        ((0,), (3,)),
    ],
)
def test_stacks_of_equations_are_solved_as_numpy_solves_them(stack, right, agrees):
    a = RANDOM.uniform(-1, 1, (*stack, 3, 3)) + 3 * np.eye(3)
    b = RANDOM.uniform(-1, 1, right)
    np.testing.assert_array_equal(engine.solve(a, b).data, np.linalg.solve(a, b))
    agrees(np.linalg.solve, a, b)


@pytest.mark.parametrize("call", [np.dot, np.linalg.solve])
def test_single_precision_is_kept_in_products_and_solutions(call):
    a, b = Variable(np.eye(2, dtype=np.float32)), Variable(np.ones((2, 2), np.float32))
    y = call(a, b)
    y.backward()
    assert [x.dtype for x in (y, a.grad, b.grad)] == [np.float32] * 3


@pytest.mark.parametrize(
    ("call", "sentence"),
    [
        (lambda: Variable(np.ones((2, 3))) @ np.ones((2, 3)), "do not fit: the last axis"),
        (lambda: Variable(np.array(2.0)) @ np.ones(3), "takes arrays with axes"),
        (lambda: engine.inv(np.ones((2, 3))), "takes a square matrix"),
        (lambda: engine.inv(np.ones((2, 2))), "singular"),
        (lambda: engine.solve(np.eye(2), np.ones(3)), "as many rows"),
        (lambda: engine.solve(np.eye(2), np.array(1.0)), "as many rows"),
        (lambda: engine.solve([np.eye(2)] * 3, np.ones((2, 2, 2))), r"that broadcast, not .*\(3, "),
        (lambda: engine.dot(np.ones((2, 3)), np.ones((2, 3))), "second last axis of the second, 2"),
        (lambda: engine.dot(np.ones(3), np.ones(2)), "the only axis of the second, 2"),
        (lambda: engine.outer(np.ones((2, 2)), np.ones(3)), "takes two vectors"),
        (lambda: engine.trace(np.ones(3)), "takes a matrix"),
    ],
)
def test_shapes_that_do_not_fit_are_refused_with_a_sentence(call, sentence):
    with pytest.raises(RunError, match=sentence):
        call()


def test_shapes_change_and_come_back(agrees):
    x = RANDOM.uniform(-1, 1, (2, 3, 4))
    agrees(lambda v: v.reshape(6, 4) ** 2, x)
    agrees(lambda v: v.transpose(1, 2, 0) ** 2, x)
    agrees(lambda v: v.T**2, x)
    agrees(lambda v: np.broadcast_to(v, (5, 2, 3, 4)) ** 2, x)
    agrees(lambda v: FUNCTIONS["sum_to"].apply(v, shape=(3, 1)) ** 2, x)
