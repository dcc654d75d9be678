"""Forward mode multiplies the same local derivatives, from the other end, to the same gradient."""

from __future__ import annotations

import numpy as np
import pytest

from engine.asking.tangents import walk_forward
from engine.errors import RunError
from engine.expression import parse_expression
from engine.recording import record


def walk_of(text, source, index=0, **values):
    graph, y = parse_expression(text, {k: np.array(v, float) for k, v in values.items()})
    recording = record(graph, y)
    return graph, recording, walk_forward(recording, graph.named(source).id, index)


def test_the_tutorial_forwards_ends_with_the_gradient_that_backwards_begins_from():
    graph, recording, walk = walk_of("square(exp(square(x)))", "x", x=0.5)
    assert [float(step.tangent) for step in walk.steps] == [
        1.0,
        1.0,
        1.2840254166877414,
        3.297442541400256,
    ]
    assert walk.steps[-1].tangent == recording.gradient(graph.named("x").id)


CASES = [
    ("a = square(x); square(a) + square(a)", {"x": 2.0}),
    ("x0 * sin(x1) + x0**2", {"x0": 2.0, "x1": 0.7}),
    ("sum(matmul(x, w) + b)", {"x": [[1.0, 2.0], [3.0, 4.0]], "w": [[0.5], [1.5]], "b": [0.1]}),
    ("mean_squared_error(tanh(linear(x, w, b)), t)",
     {"x": [[1.0, -2.0]], "w": [[0.5], [1.5]], "b": [0.1], "t": [[0.3]]}),
    ("sum(x * b)", {"x": [1.0, 2.0, 3.0], "b": [10.0]}),
    ("max(concatenate(x, exp(x)))", {"x": [0.1, 0.4]}),
    ("logsumexp(reshape(x, shape=(2, 2)), axis=0)[1]", {"x": [0.1, 0.4, -1.0, 2.0]}),
]  # fmt: skip


@pytest.mark.parametrize(("text", "values"), CASES, ids=[text for text, _ in CASES])
def test_every_number_of_every_input_agrees_with_the_way_back(text, values):
    for name, value in values.items():
        for index in range(np.size(value)):
            graph, recording, walk = walk_of(text, name, index, **values)
            forward = float(np.sum(walk.steps[-1].tangent))
            back = recording.gradient(graph.named(name).id).flat[index]
            assert forward == pytest.approx(back, rel=1e-12)


def test_what_does_not_change_is_not_walked():
    graph, _, walk = walk_of("x * exp(w)", "x", x=2.0, w=1.0)
    assert [graph.block(step.block).name for step in walk.steps] == ["x", "y"]


def test_a_step_is_written_with_its_products():
    _, _, walk = walk_of("x * x", "x", x=3.0)
    assert walk.line(walk.steps[-1]) == "∂y/∂x = 3 · 1 + 3 · 1 = 6"


def test_the_cost_is_told_for_all_numbers_of_the_inputs():
    _, _, walk = walk_of("sum(matmul(x, w))", "w", x=np.ones((1, 4)), w=np.ones((4, 1)))
    assert walk.passes == 8
    assert "it takes 8 passes forward, 16 blocks in all" in walk.cost
    _, _, single = walk_of("exp(x)", "x", x=1.0)
    assert "one pass back costs the same, 1 block" in single.cost


@pytest.mark.parametrize("index", [-1, 1])
def test_it_begins_at_a_number_that_is_there(index):
    with pytest.raises(RunError, match="begins at a number of an input"):
        walk_of("exp(x)", "x", index, x=1.0)
