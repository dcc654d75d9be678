"""Layers, tables, normalisation and noise: values, rules against trials, refusals."""

from __future__ import annotations

import numpy as np
import pytest

import engine
from engine import Variable, no_grad
from engine import test_mode as in_use
from engine.errors import RunError
from engine.expression import expression_of, parse_expression
from engine.graph import Block, Graph, Wire
from engine.recording import record, record_variable

RANDOM = np.random.default_rng(21)


def uniform(*shape):
    return RANDOM.uniform(-1, 1, shape)


@pytest.mark.parametrize("shape", [(3,), (2, 3), (4, 2, 3), (0, 3), (1, 3)])
@pytest.mark.parametrize("bias", [False, True])
def test_a_layer_is_a_product_and_a_bias(shape, bias, agrees):
    x, w, b = uniform(*shape), uniform(3, 5), uniform(5)
    xs = (x, w, b) if bias else (x, w)
    np.testing.assert_allclose(engine.linear(*xs).data, x @ w + b * bias, rtol=1e-14)
    agrees(engine.linear, *xs)


def test_an_embedding_takes_rows_and_adds_the_shares_of_one_taken_twice(agrees):
    ids, table = np.array([[0, 2], [2, 2]]), uniform(3, 4)
    t = Variable(table)
    y = engine.embedding(ids, t)
    np.testing.assert_array_equal(y.data, table[ids])
    y.backward()
    np.testing.assert_array_equal(t.grad, np.array([[1.0], [0.0], [3.0]]) * np.ones(4))
    agrees(lambda v: engine.embedding(ids, v) ** 2, table)
    whole = Variable(np.array([0.0, 2.0]))
    engine.embedding(whole, t).backward()
    np.testing.assert_array_equal(whole.grad, [0.0, 0.0])


@pytest.mark.parametrize("shape", [(4,), (3, 4), (2, 3, 4)])
def test_layer_norm_brings_the_last_axis_to_mean_0_and_variance_1(shape, agrees):
    x, gamma, beta = 3 + 5 * uniform(*shape), uniform(4), uniform(4)
    y = engine.layer_norm(x, np.ones(4), np.zeros(4), eps=1e-12).data
    np.testing.assert_allclose(y.mean(axis=-1), 0, atol=1e-12)
    np.testing.assert_allclose(y.var(axis=-1), 1, rtol=1e-9)
    agrees(engine.layer_norm, x, gamma, beta, rtol=1e-4)


@pytest.mark.parametrize("shape", [(5, 3), (4, 3, 2), (3, 3, 2, 2)])
def test_batch_norm_brings_each_channel_to_mean_0_and_variance_1(shape, agrees):
    x, gamma, beta = 3 + 5 * uniform(*shape), uniform(3), uniform(3)
    y = engine.batch_norm(x, np.ones(3), np.zeros(3), eps=1e-12).data
    axes = (0, *range(2, len(shape)))
    np.testing.assert_allclose(y.mean(axis=axes), 0, atol=1e-12)
    np.testing.assert_allclose(y.var(axis=axes), 1, rtol=1e-9)
    agrees(engine.batch_norm, x, gamma, beta, rtol=1e-4)


def test_batch_norm_in_use_takes_what_it_is_told(agrees):
    x, gamma, beta = uniform(5, 3, 2), uniform(3), uniform(3)
    mean, variance = [0.5, -1.0, 2.0], [4.0, 0.25, 1.0]

    def used(*xs):
        return engine.batch_norm(*xs, mean=mean, variance=variance, eps=1e-9)

    with in_use():
        wanted = (x - np.reshape(mean, (1, 3, 1))) / np.sqrt(np.reshape(variance, (1, 3, 1)))
        wanted = wanted * gamma.reshape(1, 3, 1) + beta.reshape(1, 3, 1)
        np.testing.assert_allclose(used(x, gamma, beta).data, wanted, rtol=1e-7)
        agrees(used, x, gamma, beta)
        with pytest.raises(RunError, match="needs to be told its mean and variance"):
            engine.batch_norm(x, gamma, beta)
        with pytest.raises(RunError, match=r"a number a channel, 3, not the shapes \(2,\)"):
            engine.batch_norm(x, gamma, beta, mean=[0, 0], variance=[1, 1])


def test_what_is_dropped_stays_dropped_and_the_rest_makes_up_for_it(agrees):
    x = Variable(np.ones(10_000))
    y = engine.dropout(x, ratio=0.25)
    assert set(np.unique(y.data)) == {0.0, 1 / 0.75}
    assert abs(y.data.mean() - 1) < 0.05
    y.backward()
    np.testing.assert_array_equal(x.grad, y.data)
    again = engine.dropout(x, ratio=0.25)
    assert (again.data != y.data).any()
    agrees(lambda v: engine.dropout(v, seed=3) ** 2, uniform(4, 5))


def test_nothing_is_dropped_in_use():
    x = Variable(uniform(3, 4))
    with in_use():
        y = engine.dropout(x)
        y.backward()
    np.testing.assert_array_equal(y.data, x.data)
    np.testing.assert_array_equal(x.grad, np.ones((3, 4)))
    with no_grad():
        assert engine.dropout(x).creator is None


def dropping(block):
    graph = Graph.build([Block("x", "input", "x", np.ones(50))], [])
    graph.add(Block(block, "dropout", "y"))
    graph.connect(Wire("x", block, 0))
    return record(graph, block), graph


def test_a_block_drops_the_same_at_every_run_and_another_block_something_else():
    first, graph = dropping("b1")
    for _ in range(4):  # live, and then by plan
        again = record(graph, "b1")
        np.testing.assert_array_equal(again.value("b1"), first.value("b1"))
        np.testing.assert_array_equal(again.gradient("x"), first.value("b1"))
        (part,) = again.steps[-1].contributions
        np.testing.assert_array_equal(part.value, first.value("b1"))
    other, _ = dropping("b2")
    assert (other.value("b2") != first.value("b1")).any()


def test_code_written_by_hand_is_recorded_with_the_seed_that_was_drawn():
    y = engine.dropout(Variable(np.ones(20)))
    recording = record_variable(y)
    block = recording.blocks[recording.target]
    assert dict(block.settings) == {"seed": y.creator.settings["seed"]}


@pytest.mark.parametrize(
    "text",
    [
        "y = linear(x, x)",
        "y = linear(x, x, x[0])",
        "y = dropout(x, ratio=0.25, seed=7)",
        "y = layer_norm(x, x[0], x[1], eps=0.001)",
        "y = batch_norm(x, x[0], x[1])",
        "y = embedding(1, x)",
    ],
)
def test_an_expression_has_them_too(text):
    graph, y = parse_expression(text, {"x": uniform(3, 3)})
    recording = record(graph, y)
    assert recording.problems == ()
    assert recording.gradient(graph.named("x").id).shape == (3, 3)
    assert expression_of(graph, y) == text


@pytest.mark.parametrize("name", ["linear", "layer_norm", "batch_norm", "dropout"])
def test_single_precision_is_kept(name):
    xs = [Variable(np.ones((3, 3), np.float32))]
    if name == "linear":
        xs += [Variable(np.ones(shape, np.float32)) for shape in ((3, 3), (3,))]
    elif name != "dropout":
        xs += [Variable(np.ones(3, np.float32)) for _ in range(2)]
    y = getattr(engine, name)(*xs)
    y.backward()
    assert {v.dtype for v in (y, *(x.grad for x in xs))} == {np.dtype(np.float32)}


X = np.ones((2, 3))


@pytest.mark.parametrize(
    ("call", "sentence"),
    [
        (lambda: engine.linear(X), "two or three, not 1"),
        (lambda: engine.linear(X, X, X, X), "two or three, not 4"),
        (lambda: engine.linear(X, X), r"\(…, n\) and weights .* not \(2, 3\) and \(2, 3\)"),
        (lambda: engine.linear(X, X.T, X), r"has the shape \(2,\), not \(2, 3\)"),
        (lambda: engine.embedding(2, X), "whole number from 0 to 1"),
        (lambda: engine.embedding(0.5, X), "whole number from 0 to 1"),
        (lambda: engine.embedding(0, X[0]), r"rows and columns, not the shape \(3,\)"),
        (lambda: engine.layer_norm(X, X, X), r"not \(2, 3\), \(2, 3\) and \(2, 3\)"),
        (lambda: engine.layer_norm(X, X[0], X[0], eps=0), "eps=0 keeps no division from 0"),
        (lambda: engine.batch_norm(X[0], X[0], X[0]), r"\(cases, channels, …\)"),
        (lambda: engine.batch_norm(X[:0], X[0], X[0]), "has no mean"),
        (lambda: engine.dropout(X, ratio=1), "ratio=1 is no share to drop"),
        (lambda: engine.dropout(X, ratio=True), "ratio=True is no share"),
        (lambda: engine.dropout(X, seed=-1), "seed=-1 is no whole number"),
        (lambda: engine.dropout(X, seed=0.5), "seed=0.5 is no whole number"),
    ],
)
def test_what_does_not_fit_is_refused_with_a_sentence(call, sentence):
    with pytest.raises(RunError, match=sentence):
        call()
