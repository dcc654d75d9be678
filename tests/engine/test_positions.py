"""Many positions run at once: the same numbers, to the last digit, as each of them run alone."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from engine import FUNCTIONS, Function, register
from engine.asking.positions import TOGETHER, positions_of
from engine.config import test_mode as in_use
from engine.execution import execute
from engine.expression import parse_expression
from engine.graph import INPUT, Block, Graph, Wire
from engine.recording import record
from tests.engine.domains import drawn
from tests.engine.drawn_uses import any_graphs, graphs_of
from tests.engine.test_plan import ARRAYS, TEXTS

RANDOM = np.random.default_rng(5)


def one_by_one(graph, target, places):
    """Run a graph anew at each position; NaN where it cannot run."""
    found = []
    for place in zip(*places.values(), strict=True):
        given = {b: np.array(graph.block(b).value, dtype=np.float64) for b, _ in places}
        for (block, index), x in zip(places, place, strict=True):
            given[block].flat[index] = x
        variable = execute(graph, given).variables.get(target)
        with np.errstate(all="ignore"):
            found.append(math.nan if variable is None else float(variable.data.sum()))
    return np.array(found)


def at_once(graph, target, places):
    recording = record(graph, target)
    moving = tuple(dict.fromkeys(block for block, _ in places))
    return positions_of(recording, moving).along(recording, places)


def check(graph, target, places, rtol=0.0):
    found, asked = at_once(graph, target, places), one_by_one(graph, target, places)
    np.testing.assert_allclose(found, asked, rtol=rtol, atol=0.0)


def graph_of(text, **values):
    given = {name: np.asarray(x, dtype=np.float64) for name, x in values.items()}
    return parse_expression(text, given)


@pytest.mark.parametrize("text", ARRAYS)
def test_a_net_is_run_at_many_positions_of_one_element(text):
    graph, target = graph_of(text, x=RANDOM.random((3, 4)), y=RANDOM.random((3, 4)))
    for name, index in (("x", 5), ("y", 0)):
        block = graph.named(name)
        if block is not None and block.kind == INPUT:
            check(graph, target, {(block.id, index): np.linspace(0.1, 0.9, 9)}, rtol=1e-14)


@pytest.mark.parametrize("text", TEXTS)
def test_numbers_are_run_at_many_positions(text):
    graph, target = graph_of(text, x=0.3, y=0.7)
    check(graph, target, {(graph.named("x").id, 0): np.linspace(0.1, 0.9, 9)}, rtol=1e-14)


def check_one_input(data, graph, target):
    """Run one element of one input."""
    recording = record(graph, target)
    inputs = [b for b in graph.blocks.values() if b.kind == INPUT and b.value.size]
    assume(inputs)  # empty ones have nothing to run
    block = data.draw(st.sampled_from(inputs))
    index = data.draw(st.integers(0, block.value.size - 1))
    places = {(block.id, index): block.value.flat[index] + np.array([-0.01, 0.0, 0.01])}
    if target in recording.course.leading_to(frozenset({block.id})):
        check(graph, target, places, rtol=1e-12)


@pytest.mark.parametrize("name", sorted(FUNCTIONS))
@drawn
@given(data=st.data())
def test_every_function_is_run_at_many_positions(name, data):
    check_one_input(data, *data.draw(graphs_of(name)))


@drawn
@given(data=st.data())
def test_graphs_of_many_functions_are_run_at_many_positions(data):
    graph, target = data.draw(any_graphs())
    check_one_input(data, graph, target)


def test_a_net_gives_the_last_digit_of_each_position_run_alone():
    graph, target = graph_of(
        "h = tanh(matmul(x, w) + b); sum(square(h)) * k",
        x=RANDOM.normal(size=(4, 3)),
        w=RANDOM.normal(size=(3, 5)),
        b=RANDOM.normal(size=5),
        k=2.0,
    )
    for name in "xwbk":
        check(graph, target, {(graph.named(name).id, 0): np.linspace(-3, 3, 41)})


def test_two_elements_of_one_array_run_together():
    graph, target = graph_of("sum(exp(x) * x[::-1])", x=[1.0, 2.0, 3.0])
    x = graph.named("x").id
    check(graph, target, {(x, 0): np.array([0.0, 1.0, 5.0]), (x, 2): np.array([2.0, 2.0, -1.0])})


def test_where_a_position_is_no_number_the_others_are():
    graph, target = graph_of("log(x) + 1 / x", x=1.0)
    x = graph.named("x").id
    found = at_once(graph, target, {(x, 0): np.array([-1.0, 0.0, 1.0])})
    assert np.isnan(found).tolist() == [True, True, False]
    check(graph, target, {(x, 0): np.array([-1.0, 0.0, 1.0, np.nan, np.inf])})


def test_where_a_position_cannot_run_the_others_can():
    graph, target = graph_of("sum(inv(x)) + sum(relu(inv(x)))", x=[[1.0, 0.0], [0.0, 2.0]])
    places = {(graph.named("x").id, 0): np.array([-1.0, 0.0, 4.0])}
    assert np.isnan(at_once(graph, target, places)).tolist() == [False, True, False]
    check(graph, target, places)


def test_a_function_that_looks_at_its_numbers_is_called_on_each():
    graph, target = graph_of(
        "softmax_cross_entropy(matmul(x, w), t)",
        x=RANDOM.normal(size=(3, 4)),
        w=RANDOM.normal(size=(4, 3)),
        t=[0.0, 2.0, 1.0],
    )
    check(graph, target, {(graph.named("w").id, 3): np.linspace(-1, 1, 7)})
    # Where a class is none, the loss says so, and there is no number.
    found = at_once(graph, target, {(graph.named("t").id, 0): np.array([0.0, 7.0, 1.0])})
    assert np.isnan(found).tolist() == [False, True, False]


def test_a_readers_own_function_may_take_nothing_but_numbers():
    class Bent(Function):
        local = (lambda y, x: np.where(x > 0, 2.0, 1.0),)

        def forward(self, x):
            return np.asarray(2.0 * math.fabs(x) if x > 0 else -math.fabs(x))

    register(Bent)
    try:
        graph = Graph.build(
            [Block("x", "input", "x", np.array(0.5)), Block("y", "bent", "y")], [Wire("x", "y", 0)]
        )
        check(graph, "y", {("x", 0): np.array([-1.0, 0.5, 2.0])})
    finally:
        del FUNCTIONS["bent"]


def test_a_target_that_no_position_changes_is_the_same_everywhere():
    graph, target = graph_of("sum(heaviside(x * 0, x)) + w", x=[1.0, 2.0], w=3.0)
    check(graph, target, {(graph.named("x").id, 0): np.array([5.0, 6.0, 7.0])})


def test_very_many_numbers_are_run_a_part_of_the_positions_at_a_time():
    graph, target = graph_of("sum(x * x)", x=np.ones(TOGETHER // 2))
    places = {(graph.named("x").id, 7): np.array([0.0, 2.0, 3.0, 4.0, 5.0])}
    assert at_once(graph, target, places).tolist() == [
        float(TOGETHER // 2 - 1 + x * x) for x in (0, 2, 3, 4, 5)
    ]


def test_what_was_written_down_is_found_again_until_the_structure_changes():
    graph, target = graph_of("tanh(x) * w", x=0.5, w=2.0)
    x, w = graph.named("x").id, graph.named("w").id
    first = positions_of(record(graph, target), (x,))
    graph.replace(Block(w, "input", "w", np.array(3.0)))
    recording = record(graph, target)
    assert positions_of(recording, (x,)) is first
    assert first.along(recording, {(x, 0): np.array([0.5])})[0] == pytest.approx(3 * np.tanh(0.5))
    graph.replace(Block(w, "input", "w", np.array([3.0, 4.0])))
    recording = record(graph, target)
    again = positions_of(recording, (x,))
    assert again is not first
    assert again.along(recording, {(x, 0): np.array([0.5])})[0] == pytest.approx(7 * np.tanh(0.5))


def test_dropout_is_none_while_a_net_is_used():
    graph, target = graph_of("sum(dropout(x, seed=1))", x=np.ones(6))
    places = {(graph.named("x").id, 0): np.array([1.0, 2.0])}
    check(graph, target, places)
    with in_use():
        check(graph, target, places)
        assert at_once(graph, target, places).tolist() == [6.0, 7.0]
