"""What is around an element in the whole graph: with plain NumPy, on the small net."""

from __future__ import annotations

import numpy as np
import pytest

from engine.asking.around import around, told_of
from engine.asking.seats import Element, Seat
from engine.expression import parse_expression
from engine.moment import Moment
from engine.recording import record
from tests.three import NET, NUMBERS


@pytest.fixture(scope="module")
def net():
    return record(*parse_expression(NET, {name: np.array(v) for name, v in NUMBERS.items()}))


def block(run, name):
    return next(b.id for b in run.blocks.values() if b.name == name)


def lit(run, name, at, *, is_gradient=False, seen=None):
    """The elements around one, by what the array is called; g stands before a gradient."""
    element = Element(Seat(block(run, name), is_gradient), at)
    found = around(run, element) if seen is None else around(run, element, seen)
    return {
        ("g" if seat.is_gradient else "") + run.blocks[seat.block].name: sorted(some)
        for seat, some in found.items()
    }


def row(at, count):
    return [(at, column) for column in range(count)]


def column(at, count):
    return [(row, at) for row in range(count)]


def test_an_element_of_a_product_is_fed_by_a_row_and_a_column_and_feeds_the_next(net):
    assert lit(net, "a", (1, 2)) == {
        "a": [(1, 2)],
        "x": row(1, 3),
        "w": column(2, 3),
        "c": [(1, 2)],
    }


def test_an_element_of_a_broadcast_row_feeds_its_column(net):
    assert lit(net, "b", (3,)) == {"b": [(3,)], "c": column(3, 2)}
    assert lit(net, "b", (3,), is_gradient=True) == {"gb": [(3,)], "gc": column(3, 2)}


def test_the_gradient_of_a_factor_comes_from_a_column_of_the_gradient_and_one_of_the_other(net):
    assert lit(net, "w", (0, 2), is_gradient=True) == {
        "gw": [(0, 2)],
        "ga": column(2, 2),
        "x": column(0, 2),
    }


def test_a_gradient_goes_back_to_both_factors_and_comes_from_the_next(net):
    assert lit(net, "a", (1, 2), is_gradient=True) == {
        "ga": [(1, 2)],
        "gc": [(1, 2)],
        "gx": row(1, 3),
        "gw": column(2, 3),
        "w": column(2, 3),
        "x": row(1, 3),
    }


def test_what_is_not_seen_is_not_looked_at(net):
    assert lit(net, "b", (3,), seen=lambda _: False) == {"b": [(3,)]}


def test_what_is_used_twice_lights_all_that_it_feeds():
    run = record(*parse_expression("sum(matmul(x, x))", {"x": np.arange(4.0).reshape(2, 2)}))
    assert lit(run, "x", (0, 1))["a"] == [(0, 0), (0, 1), (1, 1)]


def test_a_graph_goes_on_where_one_block_cannot_be_followed():
    run = record(*parse_expression("sum(softmax(x) * x)", {"x": np.zeros(5_001)}))
    assert lit(run, "x", (7,)) == {"x": [(7,)], "b": [(7,)]}


def test_the_sentence_has_the_products_with_their_numbers(net):
    x, w, b = (np.array(NUMBERS[name]) for name in "xwb")
    end = Moment(net, len(net) - 1)
    said = told_of(end, Element(Seat(block(net, "a")), (1, 3)))
    assert said.startswith("a[1, 3] = x[1, :] · w[:, 3] = 1.5·0.4 + ")
    assert float(said.rsplit("= ")[-1]) == pytest.approx((x @ w)[1, 3], rel=1e-4)
    said = told_of(end, Element(Seat(block(net, "c")), (0, 1)))
    assert said == f"c[0, 1] = {(x @ w + b)[0, 1]:.1f}\nmade of a[0, 1] = 0.8, b[1] = −0.1"
    said = told_of(end, Element(Seat(block(net, "w"), is_gradient=True), (0, 2)))
    assert said.startswith("∂y/∂w[0, 2] = ∂y/∂a[:, 2] · x[:, 0] = ")


def test_of_several_uses_each_is_told_as_far_as_the_walk_has_come():
    run = record(*parse_expression("sum(square(x) + x)", {"x": np.array([1.0, 3.0])}))
    element = Element(Seat(block(run, "x"), is_gradient=True), (1,))
    told = [told_of(Moment(run, step), element) for step in range(len(run))]
    assert told[:-2] == [""] * (len(run) - 2)
    assert told[-2] == "∂y/∂x[1] = 1·1 = 1"
    assert told[-1].split("\n") == ["from b: 1·1 = 1", "from a: 1·6 = 6", "∂y/∂x[1] = 7"]
