"""Numbers that other people have printed: see `about` in tests/data/numbers.json."""

from __future__ import annotations

import json
import math
from pathlib import Path

import numpy as np
import pytest

from engine import Variable, exp, numerical_diff, square, tanh
from engine.expression import parse_expression
from engine.recording import record
from engine.values import parse_value
from engine.work_list import walk_back

NUMBERS = json.loads((Path(__file__).parents[1] / "data" / "numbers.json").read_text("utf-8"))


def close(number):
    return pytest.approx(number, rel=1e-12)


def recorded(text, **values):
    """Record an expression, and give what tells a Variable's value and gradient by its name."""
    graph, target = parse_expression(text)
    for name, value in values.items():
        block = graph.named(name)
        graph.replace(type(block)(block.id, block.kind, block.name, np.array(value, dtype=float)))
    recording = record(graph, target)
    return (
        lambda name: recording.value(graph.named(name).id).tolist(),
        lambda name: recording.gradient(graph.named(name).id).tolist(),
        recording,
    )


def test_step_03_the_chain():
    expected = NUMBERS["step03"]
    value, _, _ = recorded(expected["f"], x=expected["x"])
    assert value("y") == close(expected["y"])


def test_step_04_the_derivative_by_trial():
    expected = NUMBERS["step04_numerical"]
    near = {"rel": expected["rtol"]}
    at_2 = numerical_diff(square, Variable(np.array(2.0)), expected["eps"])
    assert at_2 == pytest.approx(expected["square_at_2"], **near)
    chain = numerical_diff(lambda x: square(exp(square(x))), Variable(np.array(0.5)))
    assert chain == pytest.approx(expected["chain_at_0.5"], **near)


def test_step_09_every_value_gradient_and_local_derivative():
    expected = NUMBERS["step09"]
    value, grad, recording = recorded(expected["f"], x=expected["x"])
    assert {name: value(name) for name in "aby"} == {name: close(expected[name]) for name in "aby"}
    assert {name: grad(name) for name in "ybax"} == {
        name: close(number) for name, number in expected["grad"].items()
    }
    local = [step.contributions[0].local for step in recording.steps[-3:]]
    assert local == [close(number) for number in expected["local"].values()]


def test_step_13_two_inputs():
    expected = NUMBERS["step13"]
    value, grad, _ = recorded(f"z = {expected['f']}", x=expected["x"], y=expected["y"])
    assert value("z") == close(expected["z"])
    assert {name: grad(name) for name in "xy"} == expected["grad"]


@pytest.mark.parametrize("expected", NUMBERS["step14"], ids=lambda case: case["f"])
def test_step_14_a_variable_that_is_used_twice(expected):
    _, grad, _ = recorded(expected["f"], x=expected["x"])
    assert grad("x") == expected["grad"]


def test_step_14_a_second_run_after_the_gradient_is_cleared():
    wrong = NUMBERS["wrong_rules"][1]
    x = Variable(np.array(wrong["x"]))
    (x + x).backward()
    ((x + x) + x).backward()
    assert x.grad == wrong["wrong"]  # gradients are added until they are cleared
    x.cleargrad()
    ((x + x) + x).backward()
    assert x.grad == wrong["right"]


def test_step_14_contributions_are_added_and_not_overwritten():
    wrong = NUMBERS["wrong_rules"][0]
    _, grad, recording = recorded(wrong["f"], x=wrong["x"])
    first, second = recording.steps[-1].contributions
    assert first.after == second.value == wrong["wrong"]
    assert grad("x") == wrong["right"]


def test_step_16_generations():
    expected = NUMBERS["step16"]
    value, grad, _ = recorded(expected["f"], x=expected["x"])
    assert value("y") == expected["y"]
    assert grad("x") == expected["grad"]


def test_step_18_gradients_in_between_can_be_let_go():
    expected = NUMBERS["step18"]
    x0, x1 = Variable(np.array(expected["x0"])), Variable(np.array(expected["x1"]))
    t = x0 + x1
    y = x0 + t
    y.backward(retain_grad=False)
    assert (y.grad, t.grad) == (None, None)
    assert {"x0": x0.grad, "x1": x1.grad} == expected["grad"]


def test_step_20_operators():
    expected = NUMBERS["step20"]
    a, b, c = (Variable(np.array(number)) for number in (3.0, 2.0, 1.0))
    y = a * b + c
    y.backward()
    assert y.data == expected["y"]
    assert {"a": a.grad, "b": b.grad} == expected["grad"]


def test_step_23_a_power():
    expected = NUMBERS["step23"]
    value, grad, _ = recorded(expected["f"], x=expected["x"])
    assert value("y") == expected["y"]
    assert grad("x") == expected["grad"]


@pytest.mark.parametrize("expected", NUMBERS["step24"], ids=lambda case: case["name"])
def test_step_24_surfaces(expected):
    x, y = expected["at"]
    value, grad, _ = recorded(f"z = {expected['f']}", x=x, y=y)
    assert value("z") == close(expected["z"])
    assert [grad("x"), grad("y")] == [close(number) for number in expected["grad"]]


def test_step_27_the_sine_by_its_taylor_series():
    expected = NUMBERS["step27"]
    x = Variable(parse_value(expected["x"]))
    y, power = 0, 0
    while True:
        c = (-1) ** power / math.factorial(2 * power + 1)
        t = c * x ** (2 * power + 1)
        y = y + t
        if abs(t.data) < expected["threshold"]:
            break
        power += 1
    y.backward()
    assert y.data == close(expected["y"])
    assert x.grad == close(expected["grad"])


def test_step_28_rosenbrock():
    expected = NUMBERS["step28"]
    x0, x1 = expected["at"]
    value, grad, _ = recorded(expected["f"], x0=x0, x1=x1)
    assert value("y") == expected["y"]
    assert [grad("x0"), grad("x1")] == expected["grad"]


def test_step_40_the_gradient_of_what_was_broadcast_is_a_sum():
    x, b = Variable(np.array([1.0, 2.0, 3.0])), Variable(np.array([10.0]))
    (x + b).backward()
    assert b.grad.tolist() == NUMBERS["step40"]["grad_of_[10]"]
    assert x.grad.tolist() == [1, 1, 1]


@pytest.mark.parametrize(
    ("eps", "printed"), NUMBERS["numerical_u_curve"]["central_difference"].items()
)
def test_a_smaller_nudge_is_better_until_rounding_takes_over(eps, printed):
    curve = NUMBERS["numerical_u_curve"]
    slope = numerical_diff(
        lambda x: square(exp(square(x))), Variable(np.array(curve["x"])), float(eps)
    )
    # Where rounding has taken over, its digits differ from one mathematics library to the next.
    digits = 6 if float(eps) >= 1e-10 else 3
    assert slope == pytest.approx(printed, rel=10.0 ** (1 - digits))


def test_step_35_the_graph_of_a_third_derivative_of_tanh():
    expected = NUMBERS["step35"]
    x = Variable(np.array(1.0))
    y = tanh(x)
    for value in expected["values"]:
        x.cleargrad()
        y.backward(create_graph=True)
        y = x.grad
        assert y.data == pytest.approx(value, rel=expected["rtol"])
    made = list(walk_back(y))
    variables = {id(v) for output in made for v in (output, *output.made_of)}
    assert {"functions": len(made), "variables": len(variables)} == expected["graph_of_order_3"]


def test_every_number_is_used_here():
    source = Path(__file__).read_text("utf-8")
    assert [name for name in NUMBERS if f'NUMBERS["{name}"]' not in source] == ["about"]
