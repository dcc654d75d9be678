"""A graph compiled: the same numbers as every other way to run it, and what it leaves alone."""

from __future__ import annotations

import warnings

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine import FUNCTIONS, Function, Variable, register, stretches
from engine.config import test_mode as in_use
from engine.errors import RunError
from engine.expression import parse_expression
from engine.graph import Block, Graph, Wire
from engine.plan import Plan
from engine.recording import record
from tests.engine.ways import check_all_ways, planned

RANDOM = np.random.default_rng(3)

TEXTS = (
    "square(exp(square(x)))",
    "x + x",
    "a = square(x); square(a) + square(a)",
    "x * y + sin(x) * x - y / (x + 3)",
    "-(-x) * -2 * -y + 4 * (x - x)",
    "x * 0 + 2",
    "exp(-(x * x) / 2) * (0.5 * y) / 8",
    "x ** 2 + y ** 3 + x ** y",
    "maximum(x, y) * minimum(x, 0.5) + abs(x - y)",
    "sigmoid(x) * tanh(y) + softplus(x) * relu(y - x)",
    "leaky_relu(x - y, slope=0.25) + elu(y - x) + gelu(x) + silu(y)",
    "log(x) + log1p(y) + log2(x) + log10(y) + expm1(x) + sqrt(x)",
    "arctan2(x, y) + arcsin(x) + arccos(y) + arctan(x) + erf(x)",
    "clip(x, 0.3, 0.6) + where(x - y, x, y)",
)

ARRAYS = (
    *TEXTS,
    "sum(x * y, axis=0) + mean(x)",
    "softmax(x) * log_softmax(y)",
    "x @ transpose(y) @ x",
    "reshape(x, shape=(12,)) * reshape(y, shape=(12,))",
    "var(x, axis=1) + std(y, axis=1) + norm(x, axis=1) + logsumexp(y, axis=1) + max(x, axis=1)",
    "broadcast_to(sum(x, axis=0), shape=(3, 4)) * y",
    "concatenate(x, y) ** 2",
    "stack(x, y)[1, :, ::2] * 3",
    "tanh(x @ transpose(y) + sum(x, axis=1)) - prod(x, axis=1)",
    "mean_squared_error(tanh(x), y)",
    "softmax_cross_entropy(x @ transpose(y), sum(y * 0, axis=1))",
    "einsum(x, y, subscripts='ij,kj->ik')",
    "inv(x @ transpose(x) + y @ transpose(y) + 3)",
)


MIXED = (
    "exp(w) * x + sum(tanh(x * w) ** 2, axis=0)",
    "log(mean(x ** w)) * y",
    "elu(w - 1) * x + leaky_relu(-w) / y",
    "tanh(transpose(y) * sinh(w)) @ x",
    "sqrt(sum(x * y)) * expm1(w) ** 2",
)
"""Single numbers beside arrays, some on their own way to them."""


def graph_of(text, **values):
    graph, target = parse_expression(text, {name: np.asarray(x) for name, x in values.items()})
    return graph, target


@pytest.mark.parametrize("text", TEXTS)
def test_single_numbers_are_the_same_in_all_ways(text):
    plan = check_all_ways(*graph_of(text, x=0.37, y=0.81))
    assert plan.is_compiled


@pytest.mark.parametrize("text", ARRAYS)
@pytest.mark.parametrize("size", ["few", "many"])
def test_arrays_are_the_same_in_all_ways(text, size, monkeypatch):
    if size == "many":  # as if these were more than the cache holds
        monkeypatch.setattr(stretches, "FITTING", 2)
        monkeypatch.setattr(stretches, "SHORT", 2)
        monkeypatch.setattr(stretches, "CACHE", 64)
    x, y = RANDOM.uniform(0.2, 0.9, (3, 4)), RANDOM.uniform(0.2, 0.9, (3, 4))
    plan = check_all_ways(*graph_of(text, x=x, y=y))
    assert plan.is_compiled


@pytest.mark.parametrize("text", MIXED)
def test_single_numbers_beside_arrays_are_the_same_in_all_ways(text):
    x, y = RANDOM.uniform(0.2, 0.9, (3, 4)), RANDOM.uniform(0.2, 0.9, (3, 4))
    plan = check_all_ways(*graph_of(text, x=x, y=y, w=0.37))
    assert plan.is_compiled


@pytest.mark.parametrize("axes", [(2, 0, 1), (1, 0, 2), (2, 1, 0)])
def test_elements_are_added_up_in_the_same_order_however_they_lie_in_memory(axes):
    x, w = RANDOM.normal(size=(3, 4, 5)), RANDOM.normal(size=())
    check_all_ways(*graph_of(f"tanh(w * transpose(x, axes={axes}))", x=x, w=w))


@given(st.data())
def test_any_chain_is_the_same_in_all_ways(data):
    kinds = st.sampled_from(["neg", "square", "sin", "tanh", "sigmoid", "add", "mul", "sub", "div"])
    shape = data.draw(st.sampled_from([(), (4,), (2, 3)]))
    graph = Graph.build([Block("b0", "input", "v0", np.full(shape, 0.7))], [])
    number = data.draw(st.sampled_from([2.0, -0.5, 3.0]))
    graph.add(Block("b1", "constant", "v1", np.full(shape, number)))
    for at in range(2, data.draw(st.integers(3, 12))):
        block = Block(f"b{at}", data.draw(kinds), f"v{at}")
        graph.add(block)
        for port in range(len(graph.ports(block.id))):
            graph.connect(Wire(f"b{data.draw(st.integers(0, at - 1))}", block.id, port))
    target = f"b{at}"
    recording = record(graph, target)
    if np.isfinite(recording.value(target)).all() and recording.first_bad is None:
        check_all_ways(graph, target)


def test_what_python_raises_an_error_for_is_left_to_numpy():
    graph, target = graph_of("exp(x) / y + log(y)", x=1.0, y=1.0)
    plan, _ = planned(graph, target)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert plan.answer(1000.0, 1.0) == (np.inf, np.inf, -np.inf)
        value, by_x, by_y = plan.answer(1.0, 0.0)
        assert (np.isnan(value), by_x, np.isnan(by_y)) == (True, np.inf, True)
        assert plan.everything(1000.0, 1.0)[0][2] == np.inf


def test_arrays_of_another_shape_are_run_over_variables():
    graph, target = graph_of("sum(x * x)", x=[1.0, 2.0])
    plan, _ = planned(graph, target)
    value, slope = plan.answer(np.array([1.0, 2.0, 3.0]))
    assert (float(value), slope.tolist()) == (14.0, [2.0, 4.0, 6.0])
    (_, squares, value), _ = plan.everything(np.array([[2.0]]))
    assert (squares.tolist(), float(value)) == ([[4.0]], 4.0)
    graph, target = graph_of("x @ y", x=np.ones((2, 2)), y=np.ones((2, 2)))
    plan, _ = planned(graph, target)
    with pytest.raises(RunError, match=r"\(2, 2\) and \(3, 3\) do not fit"):
        plan.answer(np.ones((2, 2)), np.ones((3, 3)))


@pytest.mark.parametrize("threads", [1, 2])
def test_an_answer_is_not_changed_by_the_next_one(threads, monkeypatch):
    monkeypatch.setattr(stretches, "FITTING", 2)
    monkeypatch.setattr(stretches, "LONG", 16)
    monkeypatch.setattr(stretches, "SHORT", 16)
    monkeypatch.setattr(stretches, "PARALLEL", 3 if threads == 2 else 1000)
    graph, target = graph_of("square(exp(-x)) * 8", x=np.linspace(0, 1, 101))
    plan, _ = planned(graph, target)
    x = np.linspace(0, 1, 101)
    first = plan.answer(x)
    kept = [part.copy() for part in first]
    second = plan.answer(x[::-1])
    for one, copy, other in zip(first, kept, second, strict=True):
        np.testing.assert_array_equal(one, copy)
        np.testing.assert_array_equal(other, copy[::-1])
    np.testing.assert_allclose(first[1], -2 * first[0], rtol=1e-14)


def test_factors_of_two_neither_vanish_nor_overflow_on_their_way():
    x = y = Variable(np.array(1.0))
    for _ in range(900):
        y = y + y
    for _ in range(900):
        y = y / 2
    recording_of = Graph.build([Block("b0", "input", "x", np.array(1.0))], [])
    for at in range(1, 1801):
        kind = "add" if at <= 900 else "div"
        recording_of.add(Block(f"b{at}", kind, f"v{at}"))
        recording_of.connect(Wire(f"b{at - 1}", f"b{at}", 0))
        if kind == "add":
            recording_of.connect(Wire(f"b{at - 1}", f"b{at}", 1))
        else:
            recording_of.add(Block(f"c{at}", "constant", f"c{at}", np.array(2.0)))
            recording_of.connect(Wire(f"c{at}", f"b{at}", 1))
    plan, _ = planned(recording_of, "b1800")
    y.backward()
    assert plan.answer(1.0) == (1.0, 1.0) == (float(y.data), float(x.grad))


def test_a_function_in_the_tutorials_style_is_run_over_variables():
    class Cube(Function):
        def forward(self, x):
            return x**3

        def backward(self, gy):
            return 3 * self.input.data**2 * gy

    FUNCTIONS["cube"] = Cube
    try:
        graph = Graph.build([Block("x", "input", "x", np.array(2.0))], [])
        graph.add(Block("y", "cube", "y"))
        graph.connect(Wire("x", "y", 0))
        plan, _ = planned(graph, "y")
        assert not plan.is_compiled
        assert plan.answer(3.0) == (27.0, 27.0)
        assert plan.everything(3.0) == ((3.0, 27.0), (1.0, 27.0))
    finally:
        del FUNCTIONS["cube"]


def test_a_plan_is_for_what_can_be_differentiated():
    graph = Graph.build([Block("x", "input", "x", np.array(1.0))], [])
    with pytest.raises(RunError, match="nothing to differentiate"):
        Plan(graph, record(graph).course)


def test_a_plan_keeps_to_the_graph_it_was_made_of():
    graph, target = graph_of("x * 3", x=2.0)
    plan, _ = planned(graph, target)
    graph.remove(target)
    assert plan.answer(5.0) == (15.0, 3.0)


def test_a_plan_made_while_learning_is_not_used_for_use():
    graph, target = graph_of("sum(x * x)", x=[1.0, 2.0])
    plan, _ = planned(graph, target)
    with in_use():
        value, slope = plan.answer(np.array([3.0, 4.0]))
    assert (float(value), slope.tolist()) == (25.0, [6.0, 8.0])


def test_products_are_as_exact_however_their_matrices_lie_in_memory():
    x, y = RANDOM.normal(size=(40, 30)), RANDOM.normal(size=(30, 20))
    graph, target = graph_of("tanh(x @ y) @ transpose(y) @ transpose(x)", x=x, y=y)
    plan, _ = planned(graph, target)
    gaps = np.repeat(x, 2, axis=1)[:, ::2]
    for given_x, given_y in ((x, y), (np.asfortranarray(x), y), (gaps, y), (x, y[::-1][::-1])):
        a, b = Variable(given_x), Variable(given_y)
        z = np.tanh(a @ b) @ b.T @ a.T
        z.backward()
        found = plan.answer(given_x, given_y)
        for one, other in zip(found, (z.data, a.grad, b.grad), strict=True):
            np.testing.assert_array_equal(one, other)


def test_a_readers_function_may_use_the_engine_in_a_plan():
    @register
    class Nested(Function):
        local = (lambda y, x: np.ones_like(x) * 2.0,)

        def forward(self, x):
            inner = [FUNCTIONS["add"].apply(Variable(x), Variable(x)).data for _ in range(4)]
            return np.tanh(Variable(inner[0])).data * 0 + inner[-1]

    try:
        graph, target = graph_of("nested(tanh(x))", x=np.full((2, 2), 0.5))
        check_all_ways(graph, target)
    finally:
        del FUNCTIONS["nested"]
