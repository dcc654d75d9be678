"""Large gradients are held against trials along random directions, all elements nudged at once."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine import FUNCTIONS, Function, register
from engine.checking import MOST_ELEMENTS, Checker, check_gradient
from engine.directions import COUNT, NUDGES, check_along
from engine.expression import parse_expression
from engine.recording import record
from engine.trials import Trial

NORMAL = np.random.default_rng(7).normal(size=20_000)
EVEN = np.random.default_rng(7).uniform(size=20_000)
SPARSE = np.where(np.arange(20_000) % 3, NORMAL, 0.0)


def checked(text, name="x", **values):
    graph, target = parse_expression(text, {k: np.array(v, float) for k, v in values.items()})
    return Checker(record(graph, target)).check(graph.named(name).id)


@pytest.fixture
def odd():
    """Register a Function with any rule, right or wrong, for the length of a test."""

    def make(forward, rule):
        local = (lambda y, x: rule(x),)
        return register(type("Odd", (Function,), {"forward": forward, "local": local}))

    yield make
    FUNCTIONS.pop("odd", None)


def square(self, x):
    return x**2


def test_as_few_as_ten_runs_stand_for_ten_thousand_elements():
    check = checked("sum(exp(x))", x=NORMAL[:10_000])
    assert check.agreement.agrees is True
    assert check.numeric is None
    assert check.sentence == (
        "The two agree to 7 digits along 5 random directions with seed 0, "
        "in place of all 10,000 elements."
    )
    assert len(check.along.numeric) == COUNT
    np.testing.assert_allclose(check.along.numeric, check.along.analytic, rtol=1e-5)


def test_the_directions_begin_where_trials_of_single_elements_end():
    few, many = (checked("sum(exp(x))", x=NORMAL[:count]) for count in (1000, 1001))
    assert (MOST_ELEMENTS, few.along) == (1000, None)
    assert many.along is not None


@pytest.mark.parametrize(
    ("text", "x"),
    [
        ("relu(x)", NORMAL),  # kinks close by, of which the nudge crosses some
        ("sum(relu(x))", NORMAL),
        ("mean(square(x))", NORMAL),
        ("sum(x * 0)", NORMAL),
        ("sum(softmax(x))", NORMAL),
        ("sum(sin(1000 * x))", NORMAL),
        ("1e9 + sum(x)", NORMAL),
        ("max(x)", NORMAL),
        ("sum(x) ** 2", 1e8 * NORMAL),
        ("sum(log(x))", EVEN),  # a coarse nudge leads out of where it is defined
        ("sum(sqrt(x))", EVEN),
        ("sum(1 / x)", EVEN),
        ("sum(tanh(matmul(reshape(x, shape=(200, 100)), w)))", NORMAL),
        ("mean(square(relu(matmul(reshape(x, shape=(200, 100)), w))))", NORMAL),
    ],
)
def test_right_gradients_agree(text, x):
    values = {"w": NORMAL[:5000].reshape(100, 50)} if "w" in text else {}
    assert checked(text, x=x, **values).agreement.agrees is True


@pytest.mark.parametrize(
    "rule",
    [
        lambda x: 3 * x,
        lambda x: 2 * x * (1 + 1e-4),
        lambda x: -2 * x,
        lambda x: 0 * x,
        lambda x: 2 * x + 1e-3,
        lambda x: 2 * x + (np.arange(x.size) == 777),
        lambda x: np.where(np.arange(x.size) < x.size // 2, 2 * x, 0),
        lambda x: 2 * np.roll(x, 1),
    ],
)
@pytest.mark.parametrize("text", ["sum(odd(x))", "sum(odd(x) - relu(x - 1))"])
def test_a_wrong_rule_is_found(odd, rule, text):
    odd(square, rule)
    check = checked(text, x=NORMAL)
    assert check.agreement.agrees is False
    assert check.sentence.startswith("The two differ along 5 random directions with seed 0")


@settings(max_examples=40, deadline=None)
@given(
    at=st.integers(0, 1999),
    seed=st.integers(0, 10**6),
    error=st.floats(1e-2, 1e6) | st.floats(-1e6, -1e-2),
)
def test_a_single_wrong_element_hides_nowhere(at, seed, error):
    x = np.random.default_rng(seed).normal(size=2000)
    graph, y = parse_expression("sum(sin(x) * x)", {"x": x})
    right = np.cos(x) * x + np.sin(x)
    wrong = right.copy()
    wrong[at] += error
    block = graph.named("x").id
    assert check_gradient(graph, y, block, right).agreement.agrees is True
    assert check_gradient(graph, y, block, wrong).agreement.agrees is False


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("sum(relu(x))", "A trial cannot tell: there is a kink."),
        ("sum(abs(x))", "A trial cannot tell: there is a kink."),
        ("sum(w * relu(x))", "A trial cannot tell: there is a kink."),
        ("sum(relu(x) - relu(-x) * 2)", "A trial cannot tell: there is a kink."),
    ],
)
def test_kinks_are_told_and_are_no_difference(text, reason):
    values = {"w": NORMAL[::-1]} if "w" in text else {}
    check = checked(text, x=SPARSE, **values)
    assert (check.agreement.agrees, check.sentence) == (None, reason)


def test_a_wrong_rule_is_found_although_there_is_a_kink(odd):
    odd(square, lambda x: 3 * x)
    one_kink = np.where(np.arange(20_000) == 5, 0.0, NORMAL)
    assert checked("sum(odd(x) + relu(x))", x=one_kink).agreement.agrees is False


def test_jumps_are_told_and_are_no_difference(odd):
    odd(lambda self, x: np.floor(x), lambda x: 0 * x)
    check = checked("sum(odd(x))", x=np.floor(10 * NORMAL))
    assert check.agreement.agrees is None
    assert check.sentence == (
        "A trial cannot tell: its slope does not settle, there are kinks or jumps close by."
    )


@pytest.mark.parametrize("bad", [np.nan, np.inf])
@pytest.mark.parametrize("text", ["sum(exp(x))", "sum(tanh(x))"])
def test_what_is_not_finite_is_told(text, bad):
    x = NORMAL.copy()
    x[3] = bad
    check = checked(text, x=x)
    assert check.agreement.agrees is None
    assert check.sentence == "A trial cannot tell: there is a number that is not finite."


def test_a_wrong_rule_is_found_although_an_element_has_no_slope(odd):
    odd(lambda self, x: np.tanh(x), lambda x: 2.0 + 0 * x)
    x = NORMAL.copy()
    x[3] = np.inf
    assert checked("sum(odd(x))", x=x).agreement.agrees is False


def test_a_gradient_below_rounding_agrees_within_it_as_for_few_elements():
    few, many = (checked("1e16 + sum(x)", x=NORMAL[:count]) for count in (10, 2000))
    assert few.agreement.digits == many.agreement.digits == 0
    assert few.verdict == many.verdict == "agrees, within rounding"
    assert many.sentence.startswith("The two agree within rounding along 5 random directions")


def test_every_check_is_the_same():
    one, other = (checked("sum(relu(x))", x=NORMAL) for _ in range(2))
    assert one.along.numeric.tolist() == other.along.numeric.tolist()


def test_nobody_waits_for_what_nobody_wants():
    graph, y = parse_expression("sum(exp(x))", {"x": NORMAL})
    asked = []

    def goes_on():
        asked.append(True)
        return len(asked) < 4

    assert Checker(record(graph, y)).check(graph.named("x").id, goes_on) is None
    assert len(asked) == 4


def test_it_costs_two_runs_a_direction_and_two_more_for_each_finer_nudge():
    def runs(text, x):
        graph, y = parse_expression(text, {"x": x})
        recording, asked = record(graph, y), []
        block = graph.named("x").id
        trial = Trial(graph, recording.value, y, block)
        check_along(trial, recording.gradient(block), lambda: asked.append(True) is None)
        return len(asked)

    assert runs("sum(sin(x))", NORMAL) == 2 * COUNT
    assert runs("sum(relu(x))", SPARSE) <= 2 * COUNT * len(NUDGES)
