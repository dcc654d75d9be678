"""Which elements feed which is found out from the Functions themselves."""

from __future__ import annotations

import numpy as np
import pytest

from engine.asking.feeding import fed_by, feeds
from engine.asking.terms import terms, terms_text
from engine.expression import parse_expression
from engine.recording import record


def recorded(text, **values):
    graph, y = parse_expression(text, {k: np.array(v, float) for k, v in values.items()})
    return graph, record(graph, y), y


def test_elementwise_one_feeds_one_even_where_its_slope_is_zero():
    _, recording, y = recorded("relu(x)", x=[-1.0, 2.0])
    assert fed_by(recording, y, (0,))[0].tolist() == [True, False]
    assert feeds(recording, y, 0, (0,)).tolist() == [True, False]


def test_a_row_that_is_broadcast_feeds_its_whole_column():
    _, recording, y = recorded("x + b", x=np.ones((3, 2)), b=[1.0, 2.0])
    assert feeds(recording, y, 1, (0,)).tolist() == [[True, False]] * 3
    assert fed_by(recording, y, (2, 0))[1].tolist() == [True, False]


def test_an_element_of_a_product_is_fed_by_a_row_and_a_column_also_where_they_are_zero():
    _, recording, y = recorded("matmul(x, w)", x=[[1, 0], [0, 2]], w=[[0, 3], [4, 0]])
    masks = fed_by(recording, y, (0, 1))
    assert masks[0].tolist() == [[True, True], [False, False]]
    assert masks[1].tolist() == [[False, True], [False, True]]
    assert feeds(recording, y, 0, (1, 0)).tolist() == [[False, False], [True, True]]


@pytest.mark.parametrize(
    ("text", "index", "mask"),
    [
        ("sum(x, axis=0)", (1,), [[False, True, False], [False, True, False]]),
        ("transpose(x)", (2, 1), [[False, False, False], [False, False, True]]),
        ("reshape(x, shape=(3, 2))", (1, 0), [[False, False, True], [False, False, False]]),
        ("x[1]", (0,), [[False, False, False], [True, False, False]]),
        ("max(x, axis=1)", (0,), [[False, False, True], [False, False, False]]),
        ("softmax(x)", (0, 1), [[True, True, True], [False, False, False]]),
    ],
)
def test_what_changes_the_shape_is_followed_element_by_element(text, index, mask):
    _, recording, y = recorded(text, x=[[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]])
    assert fed_by(recording, y, index)[0].tolist() == mask


def test_the_gradient_of_an_element_is_the_sum_of_its_products():
    graph, recording, _ = recorded("sum(matmul(x, w))", x=[[1, 2], [3, 4]], w=[[5, 6], [7, 8]])
    step = recording.steps[-1]
    for port, name in enumerate("xw"):
        gradient = recording.gradient(graph.named(name).id)
        for index in np.ndindex(2, 2):
            found = terms(recording, step, port, index)
            assert sum(term.product for term in found) == pytest.approx(gradient[index])
    text = terms_text("∂y/∂x", (0, 1), terms(recording, step, 0, (0, 1)))
    assert text == "∂y/∂x[0, 1] = 1·7 + 1·8 = 15"


def test_a_bias_gets_the_sum_over_the_axis_it_was_copied_along():
    _, recording, _ = recorded("sum(x + b)", x=np.ones((3, 1)), b=[10.0])
    text = terms_text("∂y/∂b", (0,), terms(recording, recording.steps[-1], 1, (0,)))
    assert text == "∂y/∂b[0] = 1·1 + 1·1 + 1·1 = 3"


def test_long_sums_are_cut():
    _, recording, _ = recorded("sum(x * w)", x=np.ones(50), w=2.0)
    text = terms_text("∂y/∂w", (), terms(recording, recording.steps[-1], 1, ()))
    assert text.endswith("… (50 products) = 50")
