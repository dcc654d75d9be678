"""The gradient is the sum over all paths, and the walk back need not go along any of them."""

from __future__ import annotations

import contextlib
import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine import Function, Variable
from engine.asking.path_factors import factors_of
from engine.asking.paths import MOST, Paths
from engine.expression import parse_expression
from engine.recording import record, record_variable


def paths_of(text, name="x", **values):
    graph, y = parse_expression(text, {k: np.array(v, float) for k, v in values.items()})
    recording = record(graph, y)
    return recording, Paths(recording, graph.named(name).id)


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("square(exp(square(x)))", 1),
        ("x + x", 2),
        ("x * square(x) * x", 3),
        ("a = square(x); square(a) + square(a)", 2),
        ("a = x + x; b = a + a; b + b", 8),
    ],
)
def test_the_products_of_all_paths_add_up_to_the_gradient(text, count):
    recording, paths = paths_of(text, x=1.5)
    assert paths.count == len(paths.listed) == count
    x = next(b.id for b in recording.blocks.values() if b.name == "x")
    total = sum(path.product for path in paths.listed)
    assert total == pytest.approx(float(recording.gradient(x)), rel=1e-12)


def test_a_path_is_written_with_its_names_and_its_numbers():
    recording, paths = paths_of("square(exp(square(x)))", x=0.5)
    (path,) = paths.listed
    assert path.text(recording) == "∂y/∂b · ∂b/∂a · ∂a/∂x"
    assert path.numbers() == "2.5681 · 1.2840 · 1 = 3.2974"
    assert "nothing to add up" in paths.sentence


def test_more_paths_than_anybody_can_list_are_counted_all_the_same():
    doubled = "; ".join(["a0 = x + x", *(f"a{i} = a{i - 1} + a{i - 1}" for i in range(1, 64))])
    _, paths = paths_of(doubled, x=1.0)
    assert paths.count == 2**64
    assert len(paths.listed) == MOST
    assert "is done after 64 blocks" in paths.sentence


def test_along_a_path_of_arrays_the_gradient_is_led_back_by_itself():
    recording, paths = paths_of("sum(x * w + x)", x=[1.0, 2.0], w=3.0)
    assert [path.product.tolist() for path in paths.listed] == [[3.0, 3.0], [1.0, 1.0]]
    assert [path.numbers() for path in paths.listed] == [
        "a number → 2 elements = [3, 3]",
        "a number → 2 elements = [1, 1]",
    ]
    assert paths.sentence == (
        "2 paths lead from y back to x. Along each the gradient is led back by itself, and what "
        "arrives adds up: [3, 3] + [1, 1] = [4, 4]."
    )
    assert paths.total.tolist() == recording.gradient(paths.listed[0].blocks[-1]).tolist()


def test_each_factor_of_a_path_is_a_rule_and_the_product_grows():
    x, w = np.arange(6.0).reshape(3, 2), np.arange(8.0).reshape(2, 4)
    recording, paths = paths_of("sum(square(matmul(x, w) + b))", x=x, w=w, b=[1.0, 2.0, 3.0, 4.0])
    (path,) = paths.listed
    factors = list(factors_of(recording, path))
    assert [(factor.text, factor.block, factor.rule, factor.shape) for factor in factors] == [
        ("∂y/∂d", "Sum", "np.broadcast_to(gy.reshape((1, 1)), d.shape)", (3, 4)),
        ("∂d/∂c", "Square", "gy * (2 * c)", (3, 4)),
        ("∂c/∂a", "Add", "gy", (3, 4)),
        ("∂a/∂x", "Matmul", "gy @ w.T", (3, 2)),
    ]
    c = x @ w + [1.0, 2.0, 3.0, 4.0]
    assert factors[1].local.tolist() == (2 * c).tolist()
    assert [factor.local is None for factor in factors] == [True, False, False, True]
    np.testing.assert_allclose(factors[2].so_far, 2 * c)
    np.testing.assert_allclose(factors[3].so_far, 2 * c @ w.T)
    np.testing.assert_allclose(factors[-1].so_far, path.product)


def test_a_broadcast_row_gets_the_sum_over_its_copies():
    recording, paths = paths_of("sum(m * x)", m=np.ones((3, 2)), x=[1.0, 2.0])
    *_, last = factors_of(recording, paths.listed[0])
    assert last.rule == "(gy * m).sum(axis=0)"
    assert last.so_far.tolist() == [3.0, 3.0]


def test_the_product_of_numbers_grows_too():
    recording, paths = paths_of("square(exp(square(x)))", x=0.5)
    factors = list(factors_of(recording, paths.listed[0]))
    assert [float(factor.local) for factor in factors] == list(paths.listed[0].factors)
    assert [round(float(factor.so_far), 4) for factor in factors] == [2.5681, 3.2974, 3.2974]


@st.composite
def expressions(draw):
    """Draw a graph of arrays that branches and meets again, with all that shapes can do."""
    pieces, lines = {"x": (2, 3), "w": (3, 2), "b": (3,), "s": ()}, []
    for number in range(draw(st.integers(1, 5))):
        name = draw(st.sampled_from(sorted(pieces)))
        shape, other = pieces[name], draw(st.sampled_from(sorted(pieces)))
        offers = [(f"sin({name})", shape), (f"square({name})", shape), (f"sum({name})", ())]
        if shape:
            offers += [
                (f"sum({name}, axis=0)", shape[1:]),
                (f"reshape({name}, shape=({math.prod(shape)},))", (math.prod(shape),)),
            ]
        with contextlib.suppress(ValueError):
            both = np.broadcast_shapes(shape, pieces[other])
            offers += [(f"{name} {sign} {other}", both) for sign in "+-*"]
        if shape[1:] and shape[-1:] == pieces[other][:1] and pieces[other][1:]:
            offers.append((f"matmul({name}, {other})", (shape[0], pieces[other][1])))
        text, found = draw(st.sampled_from(offers))
        lines.append(f"p{number} = {text}")
        pieces[f"p{number}"] = found
    last = [f"sum({name} * {name})" for name in pieces if name.startswith("p")]
    return "; ".join([*lines, " + ".join(last)])


@settings(max_examples=80, deadline=None)
@given(expressions(), st.integers(0, 1000))
def test_what_arrives_along_all_paths_is_the_gradient_whatever_the_graph(text, seed):
    rng = np.random.default_rng(seed)
    shapes = {"x": (2, 3), "w": (3, 2), "b": (3,), "s": ()}
    graph, y = parse_expression(text, {k: rng.normal(size=shape) for k, shape in shapes.items()})
    recording = record(graph, y)
    for name in shapes:
        if name not in {block.name for block in graph.blocks.values()}:
            continue
        block = graph.named(name).id
        paths = Paths(recording, block)
        assert len(paths.listed) == min(paths.count, MOST)
        if paths.count > MOST:
            assert paths.total is None
        elif paths.count:
            np.testing.assert_allclose(paths.total, recording.gradient(block), rtol=1e-9, atol=1e-9)
            ends = [list(factors_of(recording, path))[-1].so_far for path in paths.listed]
            for path, end in zip(paths.listed, ends, strict=True):
                np.testing.assert_allclose(end, path.product, rtol=1e-12)


def test_a_function_in_the_tutorials_style_is_led_back_over_by_each_path_anew():
    class Cube(Function):
        def forward(self, x):
            return x**3

        def backward(self, gy):
            return 3 * self.input.data**2 * gy

    x = Variable(np.array([1.0, 2.0]), "x")
    a = Cube()(x)
    recording = record_variable(a * a + a)
    source = next(block.id for block in recording.blocks.values() if block.name == "x")
    paths = Paths(recording, source)
    assert [path.product.tolist() for path in paths.listed] == [[3, 96], [3, 96], [3, 12]]
    assert paths.total.tolist() == recording.gradient(source).tolist()


def test_very_large_arrays_have_paths_with_shapes_and_no_numbers():
    recording, paths = paths_of("sum(exp(x) * x)", x=np.zeros(2_000_000))
    assert [path.product for path in paths.listed] == [None, None]
    assert paths.listed[0].numbers() == "a number → 2,000,000 elements"
    assert paths.sentence.endswith("too large to be led back along each path by itself.")
    factors = list(factors_of(recording, paths.listed[0]))
    assert [factor.so_far for factor in factors] == [None] * 3
    assert [factor.rule for factor in factors] == [
        "gy by the rule of Sum",
        "gy * local derivative of Mul",
        "gy * local derivative of Exp",
    ]


def test_many_long_paths_of_arrays_take_no_longer_than_anybody_waits():
    """Of so many paths only some are led back along, and the others have no numbers."""
    doubled = "; ".join(["a0 = x + x", *(f"a{i} = a{i - 1} + a{i - 1}" for i in range(1, 64))])
    _, paths = paths_of(doubled, x=np.ones(2000))
    assert (paths.count, len(paths.listed)) == (2**64, MOST)
    assert paths.listed[0].product.tolist() == [1.0] * 2000
    assert "is done after 64 blocks" in paths.sentence
    _, wide = paths_of(doubled, x=np.ones(40_000))
    assert [path.product for path in wide.listed] == [None] * MOST


def test_what_does_not_lead_to_the_target_has_no_path():
    _, paths = paths_of("v = exp(u); x + 1", "u", x=1.0, u=2.0)
    assert paths.count == 0
    assert paths.sentence == "No path leads back to u."
