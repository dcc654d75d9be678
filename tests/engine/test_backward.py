"""The walk back of live Variables: order, sums, size, memory, and what may not be."""

from __future__ import annotations

import gc
import subprocess
import sys
import weakref
from pathlib import Path

import numpy as np
import pytest

import engine
from engine import Constant, Function, Variable, add, as_variable, exp, mul, square
from engine.errors import RunError
from engine.variable import walk_back

ROOT = Path(__file__).parents[2]


def variable(value):
    return Variable(np.array(value, dtype=float))


def test_both_wires_of_a_times_a_count():
    a = variable(3.0)
    (a * a).backward()
    assert a.grad == 6.0


def test_what_a_variable_gets_is_added_up_over_all_its_uses():
    x = variable(2.0)
    (x + x * x + square(x)).backward()
    assert x.grad == 1 + 4 + 4


def test_a_gradient_is_not_changed_in_place_when_another_contribution_comes():
    x = variable(1.0)
    y = x + x
    y.backward()
    assert y.grad == 1.0
    assert x.grad == 2.0


def test_every_function_waits_for_all_that_use_its_output():
    x = variable(2.0)
    a = square(x)
    b = exp(a)  # one generation later than a
    y = add(a, b)  # uses both the early one and the late one
    order = [type(output.creator).__name__ for output in walk_back(y)]
    assert order == ["Add", "Exp", "Square"]
    y.backward()
    assert x.grad == pytest.approx((1 + np.exp(4.0)) * 4.0)


def test_generations_count_the_longest_way():
    x = variable(1.0)
    y = x + square(square(x))
    assert [x.generation, y.creator.inputs[1].generation, y.generation] == [0, 2, 3]


def test_a_chain_of_a_hundred_thousand_is_walked_and_let_go_without_recursion():
    code = """
import sys
import numpy as np
from engine import Variable
sys.setrecursionlimit(200)
x = y = Variable(np.array(1.0))
for _ in range(100_000):
    y = y + 0.0
y.backward()
assert x.grad == 1.0
del y
print("let go")
"""
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, "let go\n", "")


def test_a_deep_fan_of_sums_is_walked_once_and_not_along_every_path():
    x = y = variable(1.0)
    for _ in range(64):
        y = y + y  # 2**64 paths
    y.backward()
    assert x.grad == 2.0**64


def test_what_nobody_needs_any_more_is_freed_at_once():
    was_on = gc.isenabled()
    gc.disable()
    try:
        x = variable(1.0)
        y = square(exp(x))
        y.backward()
        # What is in between is held by the Function that used it alone.
        gone = [weakref.ref(thing) for thing in (y, y.creator.input)]
        del y
        assert [ref() for ref in gone] == [None, None]
    finally:
        if was_on:
            gc.enable()


def test_a_function_whose_output_is_gone_says_so():
    f = square(variable(1.0)).creator
    with pytest.raises(ReferenceError, match="output of this Function is gone"):
        f.output  # noqa: B018


def test_constants_get_no_gradient():
    two = as_variable(2.0)
    x = variable(3.0)
    (x**two).backward()
    assert isinstance(two, Constant)
    assert two.grad is None
    assert x.grad == 6.0


def test_the_exponent_of_a_negative_number_is_not_asked_for_its_gradient():
    x = variable(-2.0)
    (x**2).backward()  # log(-2) would warn
    assert x.grad == -4.0


def test_operators_take_numbers_and_arrays_from_either_side():
    x = variable(2.0)
    y = 1 + (2 - (3 * (4 / (-x)))) ** 2 - 1 / x
    assert y.data == pytest.approx(1 + (2 - 3 * (4 / -2)) ** 2 - 0.5)
    assert (2**x).data == 4.0
    assert (np.array([1.0, 2.0]) * x).data.tolist() == [2.0, 4.0]
    assert (np.float64(3.0) + x).data == 5.0


def test_numpy_functions_on_variables_are_our_functions():
    x = variable(0.5)
    y = np.exp(np.square(x))
    y.backward()
    assert [type(output.creator).__name__ for output in walk_back(y)] == ["Exp", "Square"]
    assert x.grad == pytest.approx(np.exp(0.25))


def test_a_numpy_function_that_has_no_rule_is_refused():
    with pytest.raises(TypeError):
        np.floor(variable(0.5))


def test_backward_can_start_from_any_gradient():
    x = variable(3.0)
    y = square(x)
    y.grad = np.array(10.0)
    y.backward()
    assert x.grad == 60.0


def test_an_array_is_differentiated_as_its_sum():
    x = variable([1.0, 2.0])
    square(x).backward()
    assert x.grad.tolist() == [2.0, 4.0]


def test_the_gradient_has_the_shape_of_its_variable():
    x = variable([[1.0], [2.0]])
    y = variable([1.0, 2.0, 3.0])
    (x * y).backward()
    assert x.grad.tolist() == [[6.0], [6.0]]
    assert y.grad.tolist() == [3.0, 3.0, 3.0]


def test_a_variable_without_a_value_cannot_be_differentiated():
    with pytest.raises(RunError, match="no value yet"):
        Variable(None).backward()


def test_a_variable_that_no_function_made_has_no_way_back():
    x = Variable(np.array([1.0, 2.0]))
    with pytest.raises(RunError, match="No function made this Variable"):
        x.backward()
    assert x.grad is None


def function(forward, backward):
    return type("Odd", (Function,), {"forward": forward, "backward": backward})()


@pytest.mark.parametrize(
    ("backward", "sentence"),
    [
        (lambda self, gy: (gy, gy), "Odd.backward gave 2 gradients for 1 inputs."),
        (lambda self, gy: None, "Odd.backward gave NoneType where an array was due."),
        (
            lambda self, gy: np.ones(3),
            r"Odd.backward gave a gradient of shape \(3,\) for an input of shape \(2,\).",
        ),
    ],
)
def test_a_wrong_answer_of_a_backward_is_refused(backward, sentence):
    y = function(lambda self, x: x, backward)(variable([1.0, 2.0]))
    with pytest.raises(RunError, match=sentence):
        y.backward()


def test_a_function_without_a_rule_says_so():
    class Floor(Function):
        def forward(self, x):
            return np.floor(x)

    with pytest.raises(RunError, match="Floor has no derivative rule"):
        Floor()(variable(1.5)).backward()


def test_variables_show_their_value():
    assert repr(Variable(np.array([1.0, 2.0]))) == "variable([1. 2.])"
    assert repr(Variable(None)) == "variable(None)"
    assert repr(Variable(np.eye(2))) == "variable([[1. 0.]\n          [0. 1.]])"


def test_variables_tell_the_facts_of_their_array():
    x = variable([[1.0, 2.0, 3.0]])
    assert (x.shape, x.ndim, x.size, x.dtype, len(x)) == ((1, 3), 2, 3, np.float64, 1)


def test_functions_are_found_by_class_and_by_name():
    assert engine.Mul()(variable(2.0), variable(3.0)).data == mul(variable(2.0), variable(3.0)).data
    assert "tanh" in dir(engine)
    with pytest.raises(AttributeError, match="has no attribute 'nothing'"):
        engine.nothing  # noqa: B018
    with pytest.raises(AttributeError):
        engine.SQUARE  # noqa: B018
