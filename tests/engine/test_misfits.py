"""What does not fit a Function: one error of ours that names it and the shapes, live and placed."""

from __future__ import annotations

import re

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import engine
from engine import FUNCTIONS, Function, Variable, no_grad, register
from engine.errors import RunError
from engine.graph import Block, Wire
from engine.recording import record
from engine.signatures import port_names, settings_of
from tests.engine.domains import NAMES, any_shape, cases, drawn
from tests.engine.ways import placed

TAKES_ALL = {
    name
    for name, function in FUNCTIONS.items()
    if function.is_elementwise() and len(port_names(function)) == 1
} | {"dropout"}
"""The Functions that every shape fits."""


def reason(call):
    """Give the sentence that something is refused with, if it is."""
    try:
        call()
    except RunError as error:
        return error.sentence
    return None


@pytest.mark.parametrize("name", NAMES)
def test_shapes_that_do_not_fit_are_refused_by_name_live_and_placed(name):
    refused = []

    @settings(drawn, max_examples=60)
    @given(data=st.data())
    def check(data):
        case = data.draw(cases(name))
        shapes = [data.draw(any_shape) for _ in case.inputs]
        inputs = [
            np.resize(x, shape) if x.size else np.ones(shape)
            for x, shape in zip(case.inputs, shapes, strict=True)
        ]
        xs = [Variable(x) for x in inputs]
        sentence = reason(lambda: case.call(*xs).backward())
        if sentence is None:
            return
        refused.append(sentence)
        assert sentence.startswith(f"{FUNCTIONS[name].__name__} cannot run: ")
        assert sentence.endswith(".")
        assert any(str(shape) in sentence for shape in shapes)
        assert [x.grad for x in xs] == [None] * len(xs)
        (problem,) = record(placed(name, inputs, case.settings), "f").problems
        assert (problem.block, problem.sentence, problem.failed) == ("f", sentence, True)

    check()
    assert bool(refused) == (name not in TAKES_ALL)


WITH_AXIS = [name for name in NAMES if "axis" in settings_of(FUNCTIONS[name])]


@pytest.mark.parametrize("name", WITH_AXIS)
@pytest.mark.parametrize("axis", [7, -8, (0, 9), 0.5, "a"])
def test_an_axis_that_is_not_there_is_refused_by_name_live_and_placed(name, axis):
    x = np.ones((2, 2))
    told = {"axis": axis, **({"at": 0} if name == "split" else {})}
    with pytest.raises(RunError, match=rf"^{FUNCTIONS[name].__name__} cannot run: .*") as caught:
        FUNCTIONS[name].apply(Variable(x), **told)
    (problem,) = record(placed(name, [x], told), "f").problems
    assert (problem.block, problem.sentence) == ("f", caught.value.sentence)


@pytest.mark.parametrize(
    ("values", "kind"),
    [
        ([1j], "complex128"),
        (np.array([1j], np.complex64), "complex64"),
        (["a"], "<U1"),
        ([None], "object"),
        (np.array(["2026-01-01"], "M8[D]"), r"datetime64\[D\]"),
    ],
)
def test_what_is_no_real_number_is_refused_wherever_it_comes_in(values, kind):
    sentence = f"Values of type {kind} cannot be differentiated: a Variable holds real numbers"
    x = Variable(np.ones(1))
    for way in (
        lambda: Variable(np.asarray(values)),
        lambda: setattr(x, "data", np.asarray(values)),
        lambda: engine.exp(np.asarray(values)),
        lambda: x * np.asarray(values),
    ):
        with pytest.raises(RunError, match=sentence):
            way()
    assert x.data.tolist() == [1.0]


def test_rows_of_several_lengths_are_no_array():
    with pytest.raises(RunError, match=r"no array of numbers: .* inhomogeneous shape"):
        engine.sum([[1.0], [2.0, 3.0]])


def test_a_variable_that_has_no_value_yet_cannot_be_computed_with():
    with pytest.raises(RunError, match=r"^Add cannot run: An input has no value yet\.$"):
        Variable(np.ones(2)) + Variable(None)
    with pytest.raises(RunError, match=r"^Exp cannot run: w has no value yet\.$"):
        engine.exp(Variable(None, "w"))


@pytest.mark.parametrize(("count", "given"), [(1, "1 is given"), (3, "3 are given")])
def test_too_few_or_too_many_inputs_are_refused(count, given):
    with pytest.raises(RunError, match=f"^Add cannot run: it takes 2 inputs, and {given}.$"):
        engine.Add()(*[Variable(np.ones(2))] * count)


def test_what_depends_on_nothing_has_no_way_back():
    with no_grad():
        alone = engine.square(Variable(np.ones(2)))
    for y in (Variable(np.ones(2)), alone, alone.detach()):
        with pytest.raises(RunError, match="nothing to walk back"):
            y.backward()
        assert y.grad is None


def test_a_graph_with_an_open_input_or_an_input_without_a_value_says_which():
    graph = placed("add", [np.ones(2), np.ones(2)], {})
    graph.disconnect(Wire("b1", "f", 1))
    graph.add(Block("b2", "input", "z"))
    assert {(p.block, p.sentence, p.failed) for p in record(graph, "f").problems} == {
        ("f", "The input x1 of Add is open.", False),
        ("b2", "z has no value yet.", False),
    }


def own(**methods):
    """Make and name a Function of one's own."""
    return register(type("Odd", (Function,), {"forward": lambda self, x: 2 * x, **methods}))


@pytest.mark.parametrize(
    ("function", "sentence"),
    [
        ({"forward": lambda self, x: None}, "Odd.forward gave NoneType where an array was due."),
        ({"forward": lambda self, x: [1]}, "Odd.forward gave list where an array was due."),
        ({"forward": lambda self, x: x * 1j}, "Odd.forward gave values of type complex128"),
        ({"forward": lambda self, x: x + np.ones(3)}, r"Odd cannot run: .*\(3,\)"),
        ({"forward": lambda self, x: x.reshape(5)}, r"Odd cannot run: .* the shapes \(2,\)"),
    ],
)
def test_a_forward_that_gives_no_array_is_told_by_name_live_and_placed(function, sentence):
    kind, x = own(**function), Variable(np.ones(2))
    with pytest.raises(RunError, match=sentence):
        kind()(x)
    (problem,) = record(placed("odd", [x.data], {}), "f").problems
    assert (problem.block, problem.failed) == ("f", True)
    assert re.search(sentence, problem.sentence)


@pytest.mark.parametrize(
    ("rule", "sentence"),
    [
        ({}, "Odd has no derivative rule"),
        ({"local": (lambda y, x: None,)}, r"rule of Odd for its input x .* the shape \(2,\)"),
        ({"local": (lambda y, x: np.ones(3),)}, r"rule of Odd for its input x .* \(3,\)"),
        (
            {"local": (lambda y, x: np.ones((4, 2)),)},
            r"Odd.local makes the shape \(4, 2\) of a gradient of \(2,\)",
        ),
        ({"pull": lambda self, *args, **told: None}, "Odd.backward gave NoneType"),
        ({"pull": lambda self, *args, **told: np.ones(3)}, r"shape \(3,\) for an input .* \(2,\)"),
        ({"backward": lambda self, gy: None}, "Odd.backward gave NoneType where an array was due"),
        ({"backward": lambda self, gy: gy[:1]}, r"shape \(1,\) for an input of shape \(2,\)"),
        ({"backward": lambda self, gy: (gy, gy)}, "Odd.backward gave 2 gradients for 1 inputs"),
    ],
)
def test_a_way_back_that_gives_the_wrong_thing_is_told_and_nothing_is_half_done(rule, sentence):
    own(**rule)
    x = Variable(np.ones(2))
    x.grad = np.array([5.0, 6.0])
    y = engine.odd(engine.exp(x)) * engine.square(x)
    with pytest.raises(RunError, match=sentence):
        y.backward()
    assert x.grad.tolist() == [5.0, 6.0]
    assert y.grad is None
    assert [v.grad for v in y.creator.inputs] == [None, None]
    (problem,) = record(placed("odd", [x.data], {}), "f").problems
    assert problem.block == "f"
    assert problem.sentence.startswith("Odd cannot walk back: ")
    assert re.search(sentence, problem.sentence)
