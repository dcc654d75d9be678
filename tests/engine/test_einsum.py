"""Sums of products along named axes: values as NumPy's, rules against trials, refusals."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import engine
from engine import FUNCTIONS, Variable
from engine.errors import RunError
from engine.expression import expression_of, parse_expression
from engine.recording import record, record_variable

SIZES = {"i": 2, "j": 3, "k": 4, "b": 2}


def arrays_for(*shapes):
    random = np.random.default_rng(9)
    return [random.uniform(-1, 1, shape) for shape in shapes]


CASES = [
    ("ij,jk->ik", (2, 3), (3, 4)),
    ("ij,jk", (2, 3), (3, 4)),
    ("ba,cb", (2, 3), (4, 2)),
    ("ij->ji", (2, 3)),
    ("ij->", (2, 3)),
    ("ij->j", (2, 3)),
    ("ii->i", (3, 3)),
    ("ii->", (3, 3)),
    ("ii", (3, 3)),
    ("iij->j", (3, 3, 2)),
    ("iii->i", (3, 3, 3)),
    ("ii,ij->j", (3, 3), (3, 2)),
    ("ii,jj->ij", (3, 3), (2, 2)),
    ("i,j->ij", (2,), (3,)),
    ("i,j->", (2,), (3,)),
    ("i,i,i->i", (3,), (3,), (3,)),
    ("bij,bjk->bik", (2, 2, 3), (2, 3, 4)),
    ("...ij,...jk->...ik", (5, 1, 2, 3), (4, 3, 2)),
    ("...ij,jk", (5, 2, 3), (3, 2)),
    ("...i->...", (2, 3, 4)),
    ("i...,i...->...", (2, 3), (2, 1)),
    ("i,i->i", (1,), (3,)),
    ("ij,ij->j", (1, 3), (2, 3)),
    (",->", (), ()),
    (",ij->ji", (), (2, 3)),
    ("ij , jk -> ik", (2, 3), (3, 4)),
    ("ij,jk->ik", (2, 0), (0, 4)),
    ("Ab,bC->AC", (2, 3), (3, 4)),
]


@pytest.mark.parametrize("case", CASES, ids=str)
def test_einsum_agrees_with_numpy_and_with_trials(case, agrees):
    subscripts, *shapes = case
    expected = np.einsum(subscripts, *arrays_for(*shapes))
    y = np.einsum(subscripts, *map(Variable, arrays_for(*shapes)))
    assert type(y.creator) is FUNCTIONS["einsum"]
    np.testing.assert_allclose(y.data, expected, rtol=1e-12, atol=1e-15)
    agrees(lambda *xs: engine.einsum(*xs, subscripts=subscripts) ** 2, *arrays_for(*shapes))


def test_an_ellipsis_that_the_output_leaves_out_is_added_up(agrees):
    (x,) = arrays_for((2, 3, 4))
    np.testing.assert_allclose(engine.einsum(x, subscripts="...i->i").data, x.sum(axis=(0, 1)))
    agrees(lambda v: np.einsum("...i->i", v) ** 2, x)


@given(st.data())
def test_any_two_terms_have_the_gradient_of_a_sum_of_products(data):
    term = st.text("ijkb", max_size=3)
    one, other = data.draw(term), data.draw(term)
    letters = sorted(set(one + other))
    output = "".join(data.draw(st.lists(st.sampled_from(letters), unique=True)) if letters else "")
    a, b = (
        Variable(x) for x in arrays_for(*([SIZES[letter] for letter in t] for t in (one, other)))
    )
    y = np.einsum(f"{one},{other}->{output}", a, b)
    np.testing.assert_allclose(
        y.data, np.einsum(f"{one},{other}->{output}", a.data, b.data), rtol=1e-12, atol=1e-14
    )
    y.backward()
    for x in (a, b):  # y is linear in each
        np.testing.assert_allclose((x.grad * x.data).sum(), y.data.sum(), rtol=1e-10, atol=1e-12)


def test_the_gradient_of_a_diagonal_is_zero_beside_it():
    x = Variable(np.ones((3, 3)))
    np.einsum("ii->i", x).backward()
    np.testing.assert_array_equal(x.grad, np.eye(3))


def test_single_precision_and_negative_strides_are_ordinary(agrees):
    a, b = (Variable(x.astype(np.float32)) for x in arrays_for((3, 3), (3, 2)))
    y = np.einsum("ii,ij->j", a, b)
    y.backward()
    assert [x.dtype for x in (y, a.grad, b.grad)] == [np.float32] * 3
    x, z = arrays_for((3, 3), (3, 2))
    agrees(lambda a, b: np.einsum("ij,jk", a, b), x[::-1, ::-1], z[::-1])


@pytest.mark.parametrize(
    ("subscripts", "shapes", "sentence"),
    [
        ("ij", [(2, 3), (3, 4)], "“ij” are for 1 inputs, and 2 are given"),
        ("ij,jk", [(2, 3), (2, 4)], r"shapes \(2, 3\) and \(2, 4\): one letter has .* 3 and 2"),
        ("ij", [(2, 3, 4)], r"“ij” names 2 axes, and the shape \(2, 3, 4\) has 3"),
        ("...ijk", [(2, 3)], "names 3 axes"),
        ("ij->k", [(2, 3)], "k is not so"),
        ("ij->ii", [(2, 3)], "i is not so"),
        ("i1", [(2, 3)], "Subscripts are letters"),
        ("i->...->i", [(2,)], "Subscripts are letters"),
        ("......", [(2,)], "Subscripts are letters"),
        (3, [(2, 3)], "subscripts are a text like 'ij,jk->ik', not 3"),
    ],
)
def test_subscripts_that_do_not_fit_are_refused_with_a_sentence(subscripts, shapes, sentence):
    with pytest.raises(RunError, match=sentence):
        engine.einsum(*arrays_for(*shapes), subscripts=subscripts)


def test_an_expression_and_code_written_by_hand_have_the_subscripts_as_a_setting():
    text = "y = einsum(x, x, subscripts='ij,kj->ik')"
    (x,) = arrays_for((2, 3))
    graph, y = parse_expression(text, {"x": x})
    np.testing.assert_allclose(record(graph, y).value(y), x @ x.T)
    assert expression_of(graph, y) == text
    recording = record_variable(np.einsum("ij,kj->ik", Variable(x), Variable(x)))
    (block,) = [b for b in recording.blocks.values() if b.kind == "einsum"]
    assert dict(block.settings) == {"inputs": 2, "subscripts": "ij,kj->ik"}
    with pytest.raises(RunError, match="needs to be told its subscripts"):
        engine.einsum(Variable(x))
