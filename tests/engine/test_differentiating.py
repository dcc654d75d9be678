"""The derivative of a graph is a graph: run, walked, and differentiated in turn."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from engine.asking.differentiating import differentiate
from engine.document import Document, Place
from engine.errors import RunError
from engine.expression import parse_expression
from engine.recording import record
from engine.storage import dumps, loads

NUMBERS = json.loads((Path(__file__).parents[1] / "data" / "numbers.json").read_text())


def parsed(text, **values):
    return parse_expression(text, {k: np.array(v, float) for k, v in values.items()})


def again(graph, target, times, name="x"):
    for _ in range(times):
        made = differentiate(graph, target, graph.named(name).id)
        graph, target = made.graph, made.target
    return graph, target


@pytest.mark.parametrize("order", [1, 2, 3])
def test_tanh_is_differentiated_over_and_over_to_the_numbers_of_the_book(order):
    told = NUMBERS["step35"]
    graph, target = again(*parsed("tanh(x)", x=1.0), order)
    value = float(record(graph, target).value(target))
    assert value == pytest.approx(told["values"][order - 1], rel=told["rtol"])


def test_the_third_derivative_of_tanh_has_the_functions_that_the_book_counts():
    graph, _ = again(*parsed("tanh(x)", x=1.0), 3)
    assert sum(block.is_function for block in graph.blocks.values()) == 21


def test_the_ninth_derivative_of_tanh_still_comes_out():
    graph, target = again(*parsed("tanh(x)", x=1.0), 9)
    recording = record(graph, target)
    assert len(graph) > 5_000
    # The eighth derivative, nudged.
    eighth, at = again(*parsed("tanh(x)", x=1.0), 8)
    assert float(recording.value(target)) == pytest.approx(
        float(record(eighth, at).gradient(eighth.named("x").id)), rel=1e-9
    )


def test_its_value_is_the_gradient_of_the_old_graph_and_its_gradient_the_second_derivative():
    graph, y = parsed("square(exp(square(x)))", x=0.5)
    made = differentiate(graph, y, graph.named("x").id)
    recording = record(made.graph, made.target)
    assert recording.value(made.target) == record(graph, y).gradient(graph.named("x").id)
    x = made.graph.named("x").id
    # f = exp(2 x**2): f'' = (4 + 16 x**2) f
    assert float(recording.gradient(x)) == pytest.approx((4 + 16 * 0.25) * 1.648721270700128)


def test_each_block_names_the_block_whose_rule_made_it():
    graph, y = parsed("square(exp(square(x)))", x=0.5)
    made = differentiate(graph, y, graph.named("x").id)
    kinds = {
        made.graph.block(block).name: graph.block(origin).name
        for block, origin in made.origin.items()
        if block in made.ruled and made.graph.block(block).is_function
    }
    assert kinds["gx"] == "a"  # what Square of x gave is a, and its rule made ∂y/∂x
    assert kinds["ga"] == "b"
    assert kinds["gb"] == "y"
    same = {b for b in made.origin if b not in made.ruled}
    assert {made.graph.block(b).name for b in same} == {"x", "a", "b"}


def test_arrays_are_differentiated_too():
    graph, y = parsed("sum(matmul(x, w) ** 2)", x=[[1.0, 2.0]], w=[[0.5], [1.5]])
    made = differentiate(graph, y, graph.named("w").id)
    np.testing.assert_allclose(
        record(made.graph, made.target).value(made.target),
        record(graph, y).gradient(graph.named("w").id),
    )


def test_it_is_a_document_that_can_be_kept():
    graph, y = parsed("sum(sin(x))", x=[1.0, 2.0])
    made = differentiate(graph, y, graph.named("x").id)
    places = {block: Place(0.0, 0.0) for block in made.graph.blocks}
    text = dumps(Document(made.graph, places, made.target))
    assert loads(text).graph == made.graph


@pytest.mark.parametrize(
    ("text", "by", "sentence"),
    [
        ("x * w", "v", "y does not depend on v"),
        ("x + w", "x", "the same everywhere"),
    ],
)
def test_what_has_no_graph_of_its_derivative_says_so(text, by, sentence):
    graph, y = parsed(f"v = exp(u); {text}", x=1.0, w=2.0, u=0.0)
    with pytest.raises(RunError, match=sentence):
        differentiate(graph, y, graph.named(by).id)
