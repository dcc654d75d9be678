"""The map of sizes finds what vanishes, what explodes, and where and why a gradient dies."""

from __future__ import annotations

import math

import numpy as np
import pytest

from engine.asking.gradient_map import GradientMap, size_of
from engine.expression import parse_expression
from engine.graph import Graph
from engine.recording import record


def map_of(text, **values):
    graph, y = parse_expression(text, {k: np.array(v, float) for k, v in values.items()})
    return graph, GradientMap(record(graph, y))


def nested(function, count):
    return f"{function}(" * count + "x" + ")" * count


def test_fifty_sigmoids_in_a_row_vanish_at_a_quarter_a_block():
    graph, found = map_of(nested("sigmoid", 50), x=0.0)
    x = found.by_block[graph.named("x").id]
    assert -34 < x.gradient < -30
    assert found.sentence.startswith("The gradient vanishes: from y back to the inputs it shrinks")
    assert "over 50 blocks, 0.23 a block" in found.sentence


def test_doubling_over_and_over_explodes():
    _, found = map_of(nested("square", 12), x=1.1)
    assert found.sentence.startswith("The gradient explodes: from y back to the inputs it grows")


def test_the_tutorial_does_neither():
    _, found = map_of("square(exp(square(x)))", x=0.5)
    assert found.sentence == (
        "The gradient neither vanishes nor explodes: the inputs get the size 3.3."
    )


def test_depth_counts_the_longest_way_from_an_input():
    graph, found = map_of("a = square(x); b = exp(a); a + b", x=1.0)
    assert {graph.block(s.block).name: s.depth for s in found.spots} == {
        "x": 0,
        "a": 1,
        "b": 2,
        "y": 3,
    }


@pytest.mark.parametrize(
    ("text", "values", "sentence"),
    [
        (
            "relu(x)",
            {"x": -2.0},
            "Relu lets nothing through to x: at x = −2 its local derivative is 0, it is flat there",
        ),
        (
            "x * w",
            {"x": 0.0, "w": 2.0},
            "Mul lets nothing through to w: at x = 0 and w = 2 its local derivative is 0.",
        ),
        ("exp(relu(x))", {"x": [-1.0, -2.0]}, "at x = [−1, −2] its local derivative is 0"),
        ("clip(x, 0, 1)", {"x": 7.0}, "Clip lets nothing through to x"),
        ("max(x * w)", {"x": [1.0, 2.0], "w": [0.0, 0.0]}, "Mul lets nothing through to x"),
    ],
)
def test_a_gradient_of_exactly_zero_is_located_with_its_reason(text, values, sentence):
    _, found = map_of(text, **values)
    assert sentence in found.deaths[0].sentence


def test_only_the_block_that_kills_it_is_named_and_not_those_that_hand_the_zero_on():
    graph, found = map_of("exp(relu(square(x) - 5))", x=1.0)
    assert [graph.block(death.block).kind for death in found.deaths] == ["relu"]


def test_one_of_two_ways_that_is_dead_is_found_too():
    graph, found = map_of("relu(x) + square(x)", x=-3.0)
    assert [graph.block(death.block).kind for death in found.deaths] == ["relu"]
    assert found.by_block[graph.named("x").id].gradient == pytest.approx(math.log10(6.0))


def test_shares_go_from_the_smallest_to_the_largest_and_zero_stands_apart():
    graph, found = map_of("a = sigmoid(x); b = sigmoid(a); relu(b - 9) + b", x=0.0)
    share = {graph.block(s.block).name: found.share(s.block) for s in found.spots}
    assert share["x"] == 0.0
    assert share["y"] == share["b"] == 1.0
    assert 0.0 < share["a"] < 1.0
    assert -1.0 in share.values()


@pytest.mark.parametrize(
    ("value", "size"),
    [
        (1.0, 0.0),
        ([1e-200, 1e-200], -200.0),
        ([1e200, 1e200], 200.0),
        (0.0, -math.inf),
        ([0.0, 0.0], -math.inf),
    ],
)
def test_sizes_are_powers_of_ten(value, size):
    assert size_of(np.array(value)) == pytest.approx(size)


@pytest.mark.parametrize("value", [np.nan, [1.0, np.inf], []])
def test_what_is_not_finite_has_no_size(value):
    assert math.isnan(size_of(np.array(value)))


def test_without_a_graph_there_is_nothing_to_say():
    assert GradientMap(record(Graph())).sentence == "There are no gradients to look at yet."


def test_inputs_whose_gradient_is_exactly_0_are_named_before_all_is_called_well():
    _, found = map_of("(relu(x * w + b) - t)**2", x=2.0, w=-1.0, b=0.5, t=1.0)
    assert found.sentence == "3 of 4 inputs get a gradient of exactly 0: x, w and b."
    _, found = map_of("sum(relu(x) * w)", x=-2.0, w=3.0)
    assert not found.is_well


@pytest.mark.parametrize(
    ("text", "values", "sentence"),
    [
        (
            "log(x) * w",
            {"x": -1.0, "w": 2.0},
            "1 of 2 inputs gets a gradient that is no finite number: w.",
        ),
        (
            "log(x) * w * z",
            {"x": -1.0, "w": -2.0, "z": 1.0},
            "2 of 3 inputs get a gradient that is no finite number: w and z.",
        ),
    ],
)
def test_inputs_whose_gradient_is_no_number_are_named_before_all_is_called_well(
    text, values, sentence
):
    _, found = map_of(text, **values)
    assert not found.is_well
    assert found.sentence == sentence


def test_a_factor_is_written_with_a_power_of_ten():
    _, found = map_of(nested("sigmoid", 50), x=0.0)
    assert "by a factor of 4.5 × 10⁻³³ over 50 blocks" in found.sentence
