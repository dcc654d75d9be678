"""Every Function there is: its rule against trials, and the ways it is written."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

import engine
from engine import FUNCTIONS, Function, Variable, grad, register
from engine.errors import RunError
from engine.operators import Operators
from engine.signatures import port_names
from engine.variable import sum_to
from engine.writing import Term, compose, notation_of
from tests.engine.domains import cases, drawn

ELEMENTWISE = sorted(name for name, function in FUNCTIONS.items() if function.is_elementwise())


@pytest.mark.parametrize(
    "name", [name for name in ELEMENTWISE if FUNCTIONS[name].ufunc is not None]
)
@drawn
@given(data=st.data())
def test_a_function_gives_what_numpy_gives_under_the_same_name(name, data):
    function, inputs = FUNCTIONS[name], data.draw(cases(name)).inputs
    np.testing.assert_array_equal(function().forward(*inputs), function.ufunc(*inputs))
    assert Operators.ufuncs[function.ufunc] == name
    assert type(function.ufunc(*map(Variable, inputs)).creator) is function


@pytest.mark.parametrize(
    ("name", "at", "expected"),
    [
        ("abs", (0.0,), (0.0,)),
        ("relu", (0.0,), (0.0,)),
        ("leaky_relu", (0.0,), (0.01,)),
        ("elu", (0.0,), (1.0,)),
        ("sqrt", (0.0,), (np.inf,)),
        ("pow", (0.0, 0.0), (0.0, 0.0)),
        ("pow", (0.0, 1.0), (1.0, 0.0)),
        ("pow", (0.0, 2.0), (0.0, 0.0)),
        ("pow", (0.0, 0.5), (np.inf, 0.0)),
        ("pow", (0.0, -1.0), (-np.inf, -np.inf)),
        ("pow", (-2.0, 0.0), (0.0, np.nan)),
        ("maximum", (2.0, 2.0), (0.5, 0.5)),
        ("minimum", (2.0, 2.0), (0.5, 0.5)),
        ("clip", (1.0, 1.0, 2.0), (0.5, 0.5, 0.0)),
        ("where", (0.0, 3.0, 4.0), (0.0, 0.0, 1.0)),
        ("sigmoid", (-800.0,), (0.0,)),
        ("softplus", (800.0,), (1.0,)),
        ("softplus", (-800.0,), (0.0,)),
        ("silu", (-800.0,), (0.0,)),
        ("elu", (800.0,), (1.0,)),
    ],
)
def test_where_the_field_has_a_choice_it_is_the_documented_one(name, at, expected):
    inputs = [Variable(np.array(x)) for x in at]
    FUNCTIONS[name].apply(*inputs).backward()
    np.testing.assert_array_equal([x.grad for x in inputs], expected)
    in_arrays = [Variable(np.array([x, x])) for x in at]
    FUNCTIONS[name].apply(*in_arrays).backward()
    np.testing.assert_array_equal([x.grad for x in in_arrays], [[d, d] for d in expected])


@pytest.mark.parametrize("shape", [(), (2,)])
@pytest.mark.parametrize(
    ("n", "expected"),
    [
        (0.0, [0.0, 0.0, 0.0]),
        (1.0, [1.0, 0.0, 0.0]),
        (2.0, [0.0, 2.0, 0.0]),
        (3.0, [0.0, 0.0, 6.0]),
    ],
)
def test_a_power_of_zero_has_derivatives_of_every_order(n, expected, shape):
    slope, found = lambda x: x**n, []
    for _ in expected:
        slope = grad(lambda x, f=slope: f(x).sum())
        found.append(slope(np.zeros(shape)))
    np.testing.assert_array_equal(found, [np.full(shape, x) for x in expected])


@pytest.mark.parametrize("n", [0.0, 1.0, 2.0])
def test_the_second_derivatives_of_a_power_of_zero_by_its_exponent_are_numbers(n):
    by_exponent = grad(lambda x, n: x**n, at=1)
    assert grad(by_exponent, at=1)(0.0, n) == 0.0
    assert np.isfinite(grad(by_exponent, at=0)(0.0, n))


def test_a_setting_reaches_the_value_and_the_rule():
    x = Variable(np.array(-2.0))
    y = engine.leaky_relu(x, slope=0.5)
    y.backward()
    assert (float(y.data), float(x.grad)) == (-1.0, 0.5)


@pytest.mark.parametrize(
    ("call", "sentence"),
    [
        (lambda x: engine.sum(x, axes=0), "no setting called axes; it has these: axis, keepdims"),
        (engine.reshape, "Reshape needs to be told its shape"),
        (engine.add, "Add takes 2 inputs, and 1 are given"),
        (lambda x: engine.square(x, 1), "Square takes 1 arguments at most, and 2 are given"),
    ],
)
def test_a_call_that_cannot_be_is_refused_with_a_sentence(call, sentence):
    with pytest.raises(RunError, match=sentence):
        call(Variable(np.array(1.0)))


@pytest.mark.parametrize("name", sorted(FUNCTIONS))
def test_a_function_tells_what_a_person_needs_to_choose_it(name):
    function = FUNCTIONS[name]
    assert function.__doc__ != Function.__doc__
    assert function.__doc__.endswith(".")
    assert function.group != Function.group
    assert 1 <= len(notation_of(name).symbol) <= 5
    assert function.pull is not Function.pull or len(function.local) == len(port_names(function))


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


@pytest.mark.parametrize(
    ("x", "slopes"),
    [
        (-3.0, (0.0, 0.0, 1.0)),
        (0.5, (0.0, 0.0, 1.0)),
        (3.0, (0.0, 0.0, 1.0)),
    ],
)
def test_where_the_limits_of_clip_cross_the_upper_one_is_the_value_and_gets_all(x, slopes):
    given = [Variable(np.array(number)) for number in (x, 1.0, -1.0)]
    y = FUNCTIONS["clip"].apply(*given)
    y.backward()
    assert y.data == -1.0
    assert tuple(float(v.grad) for v in given) == slopes
