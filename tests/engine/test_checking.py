"""Gradients by trial: where they agree, where they cannot tell, and that wrong rules are found."""

from __future__ import annotations

import numpy as np
import pytest

from engine import FUNCTIONS, Function, Variable, numerical_diff, register
from engine.agreement import compare
from engine.checking import MOST_ELEMENTS, check_gradient
from engine.expression import parse_expression
from engine.recording import record
from engine.trials import Trial


@pytest.fixture
def checked():
    """Walk an expression back and hold the gradient of one Variable against trials."""

    def check(text, name="x", **values):
        graph, target = parse_expression(text, {k: np.array(v, float) for k, v in values.items()})
        block = graph.named(name).id
        return check_gradient(graph, target, block, record(graph, target).gradient(block))

    return check


@pytest.fixture
def registered():
    """Register a Function for the length of a test."""
    names = []

    def add(forward, rule):
        names.append("odd")
        local = (lambda y, x: rule(x),)
        return register(type("Odd", (Function,), {"forward": forward, "local": local}))

    yield add
    for name in names:
        del FUNCTIONS[name]


def test_the_derivative_by_trial_of_the_tutorial(checked):
    numeric = checked("square(exp(square(x)))", x=0.5).numeric
    assert numeric == pytest.approx(3.2974426293330694, rel=1e-12)
    assert numeric.shape == ()


def test_the_tutorial_agrees_to_seven_digits(checked):
    check = checked("square(exp(square(x)))", x=0.5)
    assert check.agreement.digits >= 7
    assert check.agreement.agrees is True
    assert check.sentence == "The two agree to 7 digits."


@pytest.mark.parametrize("name", ["x", "a", "b", "y"])
def test_any_variable_on_the_way_can_be_tried(checked, name):
    assert checked("square(exp(square(x)))", name, x=0.5).agreement.agrees is True


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("x + [10]", {"x": [1.0, 2.0, 3.0]}),
        ("[1, 2, 3] * x", {"x": [10.0]}),
        ("x * z", {"x": [[1.0], [2.0]], "z": [1.0, 2.0, 3.0]}),
        ("x * x", {"x": 1e8}),
        ("x + 1", {"x": 1e300}),
        ("square(x)", {"x": 0.0}),
        ("sin(1000 * x)", {"x": 0.3}),
        ("exp(20 * x)", {"x": 2.0}),
        ("log(x)", {"x": 1e-3}),
        ("tanh(x)", {"x": 10.0}),
        ("1e6 + square(x - 1)", {"x": 1.01}),
        ("x * 0", {"x": 5.0}),
        ("x + 1", {"x": []}),
        ("x ** 3 - x / (1 + square(x))", {"x": -2.5}),
    ],
)
def test_right_gradients_agree(checked, text, values):
    assert checked(text, **values).agreement.agrees is True


@pytest.mark.parametrize(
    ("text", "x"),
    [("sqrt(square(x))", 0.0), ("sqrt(x)", 0.0), ("1 / x", 0.0), ("exp(x)", 1000.0)],
)
def test_where_there_is_no_slope_a_trial_cannot_tell(checked, text, x):
    check = checked(text, x=x)
    assert (check.agreement.digits, check.agreement.agrees) == (None, None)
    assert check.sentence.startswith("A trial cannot tell")


def test_a_kink_is_told_from_a_bend(checked, registered):
    registered(lambda self, x: np.abs(x), np.sign)
    numeric = checked("odd(x)", x=[-1.0, 0.0, 1e-9, 2.0]).numeric
    assert np.isnan(numeric).tolist() == [False, True, True, False]
    assert np.isfinite(checked("square(square(x))", x=[0.0, 1e-9]).numeric).all()


@pytest.mark.parametrize(
    "rule",
    [
        lambda x: 3 * x,
        lambda x: 2 * x * (1 + 1e-4),
        lambda x: -2 * x,
        lambda x: 0 * x,
        lambda x: 2 * x + 1e-3,
    ],
)
def test_a_wrong_rule_is_found(checked, registered, rule):
    registered(lambda self, x: x**2, rule)
    check = checked("odd(x)", x=1.7)
    assert check.agreement.agrees is False
    assert check.sentence == "The two differ."


def test_one_wrong_element_among_many_is_found(checked, registered):
    registered(lambda self, x: x**2, lambda x: 2 * x + (x == 5.0))
    assert checked("odd(x)", x=np.arange(100.0)).agreement.agrees is False


def test_a_wrong_element_is_found_although_another_has_no_slope():
    analytic, numeric = np.array([np.nan, 1.0]), np.array([1.0, 2.0])
    assert compare(analytic, numeric).agrees is False
    assert compare(np.array([np.nan, 1.0]), np.array([1.0, 1.0])).agrees is None


@pytest.mark.parametrize(
    ("analytic", "numeric", "digits", "agrees"),
    [
        (1.0, 1.0, 15, True),
        (0.0, 0.0, 15, True),
        (1.0, 1.001, 3, False),
        (1.0, 1.0000001, 7, True),
        (1e-20, 1.0000001e-20, 7, True),
        (1.0, 3.0, 0, False),
        (1.0, -1.0, 0, False),
        (0.0, 1e-3, 0, False),
        (np.inf, np.inf, None, None),
        (np.nan, 1.0, None, None),
        ([], [], 15, True),
    ],
)
def test_digits_in_common_are_counted(analytic, numeric, digits, agrees):
    found = compare(np.array(analytic), np.array(numeric))
    assert (found.digits, found.agrees) == (digits, agrees)


def test_rounding_alone_is_no_difference():
    assert compare(np.array(0.0), np.array(1e-12), noise=1e-11).agrees is True


def test_what_cannot_be_tried_has_a_reason():
    values = {"x": np.array(2.0), "z": np.array(1.0)}
    graph, y = parse_expression("a = square(x); b = exp(z); c = exp(w); a * 2", values)
    ids = {name: graph.named(name).id for name in "zwc"}
    found = {name: check_gradient(graph, y, ids[name], np.array(0.0)) for name in ids}
    assert {name: check.sentence for name, check in found.items()} == {
        "z": "y does not depend on z.",
        "w": "w has no value.",
        "c": "c has no value.",
    }
    assert [check.numeric for check in found.values()] == [None, None, None]


def test_as_many_elements_as_are_allowed_are_tried(checked):
    assert checked("square(x)", x=np.linspace(-1, 1, MOST_ELEMENTS)).agreement.agrees is True


def test_a_trial_changes_nothing():
    graph, y = parse_expression("square(x) * z", {"x": np.array([1.0, 2.0]), "z": np.array(3.0)})
    before = graph.copy()
    assert check_gradient(graph, y, graph.named("x").id, np.array([6.0, 12.0])).agreement.agrees
    assert graph == before


def test_the_smaller_nudges_are_for_sharp_bends():
    graph, y = parse_expression("sin(3000 * x)", {"x": np.array(0.1)})
    trial = Trial(graph, record(graph, y).value, y, graph.named("x").id)
    exact = 3000 * np.cos(300.0)
    errors = [abs(trial.slope(0, eps) - exact) for eps in (1e-4, 1e-5, 1e-6)]
    assert errors[0] > errors[1] > errors[2]


def test_numerical_diff_takes_any_function_of_a_variable():
    x = Variable(np.array([1.0, 2.0]))
    slope = numerical_diff(lambda x: x * x * x, x)
    np.testing.assert_allclose(slope, [3.0, 12.0], rtol=1e-6)
    assert x.data.tolist() == [1.0, 2.0]
