"""Elements taken out of arrays: rules, and indices in code, expressions, blocks and files."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

import engine
from engine import Constant, Variable
from engine.document import Document, Place
from engine.errors import RunError
from engine.expression import expression_of, parse_expression
from engine.graph import Block
from engine.indices import index_of, index_text
from engine.recording import record, record_variable
from engine.settings import parse_settings, settings_text
from engine.storage import dumps, loads

CUBE = np.random.default_rng(6).uniform(-2, 2, (3, 4, 2))

TEXTS = {
    "1": 1,
    "-1, 2": (-1, 2),
    "1:3": slice(1, 3),
    "::-2": slice(None, None, -2),
    "1:, :3": (slice(1, None), slice(None, 3)),
    "..., None": (..., None),
    "..., 0": (..., 0),
    "[0, 2, 0]": [0, 2, 0],
    "[[0, 1], [1, 0]], 1": (np.array([[0, 1], [1, 0]]), 1),
    "[True, False, True]": np.array([True, False, True]),
    "[0, 0], :, [1, 1]": ([0, 0], slice(None), [1, 1]),
    "[]": [],
    "3:1": slice(3, 1),
    "True": True,
    "()": (),
}


@pytest.mark.parametrize("text", TEXTS)
def test_an_index_takes_what_numpy_takes_and_its_rule_agrees_with_trials(text, agrees):
    index = TEXTS[text]
    expected = CUBE[index]
    for told in (index, text):
        y = engine.getitem(CUBE, index=told)
        np.testing.assert_array_equal(y.data, expected)
        agrees(lambda x, told=told: engine.getitem(x, index=told) ** 2, CUBE)
    agrees(lambda x: x[index] ** 2, CUBE[::-1, :, ::-1])


@given(
    arrays.array_shapes(min_dims=0, max_dims=3, min_side=0, max_side=4).flatmap(
        lambda shape: st.tuples(
            st.just(shape), arrays.basic_indices(shape, allow_newaxis=True, allow_ellipsis=True)
        )
    )
)
def test_any_basic_index_is_written_and_read_and_led_back(case):
    shape, index = case
    x = Variable(np.arange(float(np.prod(shape))).reshape(shape))
    y = engine.getitem(x, index=index_text(index))
    np.testing.assert_array_equal(y.data, x.data[index])
    y.backward()
    expected = np.zeros(shape)
    expected[index] = 1
    np.testing.assert_array_equal(x.grad, expected)


@given(
    arrays.array_shapes(max_dims=3, max_side=4).flatmap(
        lambda shape: st.tuples(st.just(shape), arrays.integer_array_indices(shape))
    )
)
def test_an_element_that_is_taken_several_times_gets_as_many_shares(case):
    shape, index = case
    x = Variable(np.arange(float(np.prod(shape))).reshape(shape))
    y = engine.getitem(x, index=index_text(index))
    np.testing.assert_array_equal(y.data, x.data[index])
    y.backward()
    expected = np.zeros(shape)
    np.add.at(expected, index, 1)
    np.testing.assert_array_equal(x.grad, expected)


def test_single_precision_and_numbers_are_ordinary():
    x = Variable(np.ones(3, np.float32))
    y = x[1]
    y.backward()
    assert (y.shape, y.dtype, x.grad.dtype) == ((), np.float32, np.float32)
    number = Variable(np.array(2.0))
    number[None].backward()
    assert number.grad.shape == ()


def test_a_variable_is_gone_through_row_by_row():
    x = Variable(CUBE)
    rows = list(x)
    assert [row.shape for row in rows] == [(4, 2)] * 3
    sum(rows, start=Variable(np.zeros((4, 2)))).backward()
    np.testing.assert_array_equal(x.grad, np.ones_like(CUBE))


@pytest.mark.parametrize(
    ("index", "sentence"),
    [
        (3, r"\[3\] does not fit the shape \(3, 4, 2\): index 3 is out of bounds for axis 0 with"),
        ((0, 0, 0, 0), r"\[0, 0, 0, 0\] does not fit .* too many indices"),
        (slice(None, None, 0), r"\[::0\] does not fit .* step cannot be zero"),
        ([True, False], r"\[\[True, False\]\] does not fit .* boolean index did not match"),
        (([0, 1], [0, 1, 2]), "does not fit .* could not be broadcast"),
        (10**30, "does not fit"),
        (0.5, "0.5 cannot stand in an index: write whole numbers, slices like 1:3"),
        ([0.5], r"\[0.5\] cannot stand in an index"),
        ([[0], [1, 2]], "cannot stand in an index"),
        (Variable(np.array(1.0)), r"variable\(1.0\) cannot stand in an index"),
        ("0] + x[1", r"“0\] \+ x\[1” is no index: write whole numbers"),
        ("__import__('os')", "is no index"),
        ("[" * 500, "is no index"),
        ("", "“” is no index"),
    ],
)
def test_what_is_no_index_or_does_not_fit_is_refused_with_a_reason(index, sentence):
    with pytest.raises(RunError, match=sentence):
        engine.getitem(CUBE, index=index)


def test_scatter_refuses_what_does_not_fit_where_it_points():
    y = engine.scatter(np.array([1.0, 2.0]), index="[1, 1]", shape=(3,))
    np.testing.assert_array_equal(y.data, [0.0, 3.0, 0.0])
    with pytest.raises(RunError, match=r"points at the shape \(\), not \(2,\)"):
        engine.scatter(np.ones(2), index=0, shape=(3,))
    with pytest.raises(RunError, match=r"\[5\] does not fit the shape \(3,\)"):
        engine.scatter(np.array(1.0), index=5, shape=(3,))


@pytest.mark.parametrize(
    "text",
    [
        "y = x[1:3, ::2]",
        "y = x[..., None]",
        "y = x[[0, 2]]",
        "y = x[[True, False, True]]",
        "y = x[0][-1]",
        "y = -x[0]",
        "y = (-x)[0]",
        "y = (x**2)[1:] + x[0]**2",
        "y = sum(x, axis=0)[1]",
        "y = [1, 2, 3][0] * x",
        "y = (-2)[None] * x",
        "y = exp(x[()])",
    ],
)
def test_an_expression_with_an_index_is_written_as_it_is_read(text):
    graph, y = parse_expression(text, {"x": CUBE})
    assert record(graph, y).problems == ()
    assert expression_of(graph, y) == text


def test_an_index_reaches_the_value_the_gradient_and_the_file():
    graph, y = parse_expression("y = square(x)[1:, [0, 0]]", {"x": CUBE})
    recording = record(graph, y)
    np.testing.assert_array_equal(recording.value(y), (CUBE**2)[1:, [0, 0]])
    expected = np.zeros_like(CUBE)
    expected[1:, 0] = 4 * CUBE[1:, 0]
    np.testing.assert_array_equal(recording.gradient(graph.named("x").id), expected)
    document = Document(graph, {block: Place(0, 0) for block in graph.blocks}, y)
    assert loads(dumps(document)).graph == graph


def test_a_block_without_an_index_or_with_a_wrong_one_is_still_written():
    for text in ("y = getitem(x)", "y = getitem(x, index='z')"):
        graph, y = parse_expression(text, {"x": CUBE})
        assert expression_of(graph, y) == text
        assert len(record(graph, y).problems) == 1


def test_an_index_is_edited_as_a_setting():
    block = Block("b1", "getitem", "y", None, {"index": "1:3"})
    assert settings_text(block) == "index='1:3'"
    assert parse_settings(block, "index='0, ::2'") == {"index": "0, ::2"}


@pytest.mark.parametrize("text", TEXTS)
def test_code_written_by_hand_is_recorded_with_the_text_of_its_index(text):
    recording = record_variable(Variable(CUBE)[TEXTS[text]])
    (block,) = [b for b in recording.blocks.values() if b.kind == "getitem"]
    assert dict(block.settings) == {"index": text}
    np.testing.assert_array_equal(CUBE[index_of(text)], CUBE[TEXTS[text]])


def test_a_gradient_can_be_recorded_in_turn():
    x = Variable(CUBE)
    y = x[np.array([0, 0])] ** 3
    y.backward(create_graph=True)
    recording = record_variable(x.grad)
    (block,) = [b for b in recording.blocks.values() if b.kind == "scatter"]
    assert dict(block.settings) == {"index": "[0, 0]", "shape": (3, 4, 2)}


def test_a_constant_gets_no_gradient_through_an_index():
    x = Constant(CUBE)
    y = x[0] * Variable(np.array(2.0))
    y.backward()
    assert x.grad is None
