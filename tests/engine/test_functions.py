"""Every Function there is: its rule against trials, and the ways it is written."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

import engine
from engine import FUNCTIONS, Function, Variable, numerical_diff, register
from engine.functions import arity, port_names
from engine.operators import Operators
from engine.variable import sum_to
from engine.writing import Term, compose, notation_of

POSITIVE = {"log", "sqrt"}
"""Functions whose inputs are positive; so is the base of a power."""

ARGUMENTS = [(name, port) for name in sorted(FUNCTIONS) for port in range(arity(FUNCTIONS[name]))]


def points(name, count, seed=7):
    random = np.random.default_rng(seed)
    low = 0.3 if name in POSITIVE or name == "pow" else -2.0
    points = [random.uniform(low, 2.0, 20) for _ in range(count)]
    if name == "div":
        points[1] = np.sign(points[1]) * (np.abs(points[1]) + 0.3)
    return points


@pytest.mark.parametrize(("name", "port"), ARGUMENTS)
def test_a_rule_agrees_with_trials(name, port):
    inputs = [Variable(x) for x in points(name, arity(FUNCTIONS[name]))]

    def along(x):
        return FUNCTIONS[name]()(*inputs[:port], x, *inputs[port + 1 :])

    along(inputs[port]).backward()
    slope = numerical_diff(along, inputs[port], 1e-5)
    np.testing.assert_allclose(inputs[port].grad, slope, rtol=1e-7, atol=1e-8)


@pytest.mark.parametrize(("name", "port"), ARGUMENTS)
def test_a_rule_agrees_with_trials_where_inputs_are_broadcast(name, port):
    count = arity(FUNCTIONS[name])
    shapes = [(2, 1, 3), (4, 1)] if count == 2 else [(2, 3)]
    flat = points(name, count, seed=11)
    data = [np.resize(x, shape) for x, shape in zip(flat, shapes, strict=True)]
    inputs = [Variable(x) for x in data]
    FUNCTIONS[name]()(*inputs).backward()
    slope = np.zeros(shapes[port])
    for index in np.ndindex(shapes[port]):
        results = []
        for nudge in (1e-5, -1e-5):
            moved = [x.copy() for x in data]
            moved[port][index] += nudge
            results.append(FUNCTIONS[name]().forward(*moved).sum())
        slope[index] = (results[0] - results[1]) / 2e-5
    np.testing.assert_allclose(inputs[port].grad, slope, rtol=1e-6, atol=1e-7)


@pytest.mark.parametrize("name", sorted(FUNCTIONS))
def test_a_function_gives_what_numpy_gives_under_the_same_name(name):
    function = FUNCTIONS[name]
    assert function.ufunc is not None
    inputs = points(name, arity(function))
    np.testing.assert_array_equal(function().forward(*inputs), function.ufunc(*inputs))
    assert Operators.ufuncs[function.ufunc] == name


@pytest.mark.parametrize("name", sorted(FUNCTIONS))
def test_a_function_tells_what_a_person_needs_to_choose_it(name):
    function = FUNCTIONS[name]
    assert function.__doc__ != Function.__doc__
    assert function.__doc__.endswith(".")
    assert function.group != Function.group
    assert 1 <= len(notation_of(name).symbol) <= 4
    assert len(function.local) == arity(function)


def test_a_new_function_is_known_everywhere_once_it_is_registered():
    @register
    class Halve(Function):
        local = (lambda y, x: 0.5,)

        def forward(self, x):
            return x / 2

    try:
        x = Variable(np.array(3.0))
        engine.halve(x).backward()
        assert x.grad == 0.5
        assert port_names(Halve) == ("x",)
        assert compose("halve", [Term("x")], "tex").text == r"\operatorname{halve}\left(x\right)"
        assert compose("halve", [Term("x"), Term("z")], "text").text == "halve(x, z)"
    finally:
        del FUNCTIONS["halve"]


def test_a_subclass_does_not_take_the_place_of_its_base_in_numpy():
    register(type("Squarer", (FUNCTIONS["square"],), {}))
    try:
        assert type(np.square(Variable(np.array(2.0))).creator) is FUNCTIONS["square"]
    finally:
        del FUNCTIONS["squarer"]


def test_a_parameter_with_a_default_is_no_input():
    class Scale(Function):
        def forward(self, x, factor=2.0):
            return x * factor

    assert port_names(Scale) == ("x",)


@given(arrays.mutually_broadcastable_shapes(num_shapes=1, min_side=0, max_dims=4))
def test_sum_to_turns_broadcasting_round(shapes):
    (shape,), full = shapes
    x = np.arange(float(np.prod(full))).reshape(full)
    total = sum_to(x, shape)
    assert total.shape == shape
    assert total.sum() == x.sum()


@given(st.data())
def test_sum_to_is_the_gradient_of_broadcasting(data):
    (shape, _), _ = data.draw(arrays.mutually_broadcastable_shapes(num_shapes=2, max_dims=3))
    full = np.broadcast_shapes(shape, (2, *shape))
    weight = np.arange(float(np.prod(full))).reshape(full)
    x = Variable(np.ones(shape))
    (x * weight).backward()
    assert x.grad.shape == shape
    np.testing.assert_allclose(x.grad, sum_to(weight, shape))
