"""What a gradient is multiplied by on its way back is found out from the Functions themselves."""

from __future__ import annotations

import numpy as np
import pytest

from engine.asking.feeding import LARGEST
from engine.asking.lit import lit
from engine.asking.multiplying import multiplier, times_from, times_to
from engine.asking.on_the_way import reached_by
from engine.asking.step_arrays import pictures_of
from engine.asking.terms import terms
from engine.expression import parse_expression
from engine.recording import BackwardStep, record

X, W = [[1.0, 2.0], [3.0, 4.0], [-1.0, 0.5]], [[1.0, 0.0], [-0.5, 0.2]]
SQUARES = [[2.0, -1.0, 0.5], [0.0, 3.0, 1.0], [1.5, -2.0, 4.0]]


def recorded(text, **values):
    graph, y = parse_expression(text, {name: np.array(v, float) for name, v in values.items()})
    return record(graph, y)


def step_of(recording, kind):
    """The step back through the block of a kind."""
    return next(
        step
        for step in recording.steps
        if isinstance(step, BackwardStep) and recording.blocks[step.block].kind == kind
    )


def pointed(recording, kind, head, index):
    """Point at an element of a picture; what is said, and the elements lit by the heads."""
    step = step_of(recording, kind)
    pictures = pictures_of(recording, step)
    at = [picture.head for picture in pictures].index(head)
    said, masks, _ = lit(recording, step, pictures, at, index)
    lit_ones = {
        picture.head: [tuple(map(int, place)) for place in np.argwhere(mask)]
        for picture, mask in zip(pictures, masks, strict=True)
        if mask is not None
    }
    return said, lit_ones


@pytest.mark.parametrize(
    "text",
    [
        "matmul(x, w)",
        "linear(x, w, b)",
        "dot(x, w)",
        "x * w",
        "x * b",
        "einsum(x, w, subscripts='ij,jk->ik')",
        "einsum(x, w, subscripts='ij,kj->ki')",
    ],
)
def test_each_product_is_of_an_element_of_the_gradient_and_one_of_a_value(text):
    run = recorded(f"sum(tanh({text}))", x=SQUARES, w=SQUARES[::-1], b=[1.0, 0.0, -2.0])
    block = run.wires_into(run.wires_into(run.target)[0].source)[0].source
    step = next(s for s in run.steps if isinstance(s, BackwardStep) and s.block == block)
    told = 0
    for part in step.contributions:
        port = part.wire.port
        for index in np.ndindex(part.value.shape):
            met = times_to(run, block, port, index)
            if met is None:
                continue
            told += 1
            value = run.value(run.wires_into(block)[met.port].source)
            products = [step.upstream[at] * value[other] for at, other in met.pairs.items()]
            assert sum(products) == pytest.approx(part.value[index], rel=1e-12, abs=1e-15)
            for term in terms(run, step, port, index):
                assert value[met.pairs[term.at]] == pytest.approx(term.local, abs=1e-15)
                back = times_from(run, block, port, term.at, met.port)
                assert back[index] == met.pairs[term.at], "there and back it is the same element"
    inputs = [part for part in step.contributions if run.blocks[part.wire.source].name in "xwb"]
    bias = 3 if text.startswith("linear") else 0
    assert told == sum(part.value.size for part in inputs) - bias


@pytest.mark.parametrize(
    "text",
    ["tanh(x)", "x + w", "x / w", "softmax(x)", "sum(x, axis=0)", "mean_squared_error(x, w)"],
)
def test_what_is_multiplied_by_no_single_element_of_a_value_says_so(text):
    run = recorded(text, x=SQUARES, w=SQUARES)
    ports = [wire.port for wire in run.course.receiving[run.target]]
    assert [multiplier(run, run.target, port) for port in ports if port == 0] == [None]


def test_an_element_of_a_value_tells_what_it_multiplies_and_where_that_goes():
    run = recorded("matmul(x, w)", x=X, w=W)
    above, to = reached_by(run, run.target, 0, 1, (1, 0))
    assert above.tolist() == [[True, False]] * 3, "w[1, 0] meets the first column of gy"
    assert to.tolist() == [[False, True]] * 3, "and goes to the second column of x"


def test_an_element_of_a_matrix_product_lights_a_row_of_the_gradient_and_one_of_the_matrix():
    run = recorded("sum(tanh(matmul(x, w)))", x=X, w=W)
    said, shown = pointed(run, "matmul", "to ∂y/∂x", (2, 1))
    gy = 1 - np.tanh(np.array(X) @ np.array(W)) ** 2
    total = gy[2, 0] * W[1][0] + gy[2, 1] * W[1][1]
    assert shown == {"from above ∂y/∂a": [(2, 0), (2, 1)], "times w": [(1, 0), (1, 1)]}
    assert said.startswith("∂y/∂x[2, 1] = ∂y/∂a[2, :] · w[1, :] = ")
    assert float(said.rsplit("= ", 1)[1].replace("−", "-")) == pytest.approx(total, rel=1e-4)


def test_an_element_of_the_matrix_lights_a_column_of_each():
    run = recorded("sum(tanh(matmul(x, w)))", x=X, w=W)
    said, shown = pointed(run, "matmul", "to ∂y/∂w", (0, 1))
    column = [(0, 1), (1, 1), (2, 1)]
    assert shown == {"from above ∂y/∂a": column, "times x": [(0, 0), (1, 0), (2, 0)]}
    assert said.startswith("∂y/∂w[0, 1] = ∂y/∂a[:, 1] · x[:, 0] = ")


def test_an_element_from_above_lights_where_it_goes_and_what_it_is_multiplied_by():
    run = recorded("sum(matmul(x, w))", x=X, w=W)
    said, shown = pointed(run, "matmul", "from above ∂y/∂a", (2, 1))
    assert shown == {
        "to ∂y/∂x": [(2, 0), (2, 1)],
        "times w": [(0, 1), (1, 1)],
        "to ∂y/∂w": [(0, 1), (1, 1)],
        "times x": [(2, 0), (2, 1)],
    }
    assert said == "∂y/∂a[2, 1] goes back to 4 elements: ∂y/∂x[2, :] and ∂y/∂w[:, 1]."


def test_a_row_that_was_broadcast_lights_the_column_that_it_is_multiplied_by():
    run = recorded("sum(x * b)", x=X, b=[10.0, 20.0])
    said, shown = pointed(run, "mul", "to ∂y/∂b", (1,))
    column = [(0, 1), (1, 1), (2, 1)]
    assert shown == {"from above ∂y/∂a": column, "times x": column}
    assert said == "∂y/∂b[1] = ∂y/∂a[:, 1] · x[:, 1] = 1·2 + 1·4 + 1·0.5 = 6.5"


def test_what_works_element_by_element_shows_its_local_derivative():
    run = recorded("sum(tanh(x))", x=X)
    step = step_of(run, "tanh")
    local = next(p for p in pictures_of(run, step) if p.role == "times")
    assert (local.head, local.other) == ("times ∂a/∂x", None)
    np.testing.assert_allclose(local.array, 1 - np.tanh(X) ** 2, rtol=1e-12)
    said, shown = pointed(run, "tanh", "times ∂a/∂x", (1, 0))
    assert shown == {"from above ∂y/∂a": [(1, 0)], "to ∂y/∂x": [(1, 0)]}
    assert said == "∂a/∂x[1, 0] multiplies 1 element of ∂y/∂a."


def test_what_only_adds_or_moves_elements_is_multiplied_by_nothing():
    run = recorded("sum(reshape(x, shape=(2, 3)) + b)", x=X, b=[1.0, 2.0, 3.0])
    for kind in ("sum", "add", "reshape"):
        roles = [picture.role for picture in pictures_of(run, step_of(run, kind))]
        assert "times" not in roles


def test_what_is_too_large_to_be_followed_is_shown_without_what_it_is_multiplied_by():
    big = np.ones(LARGEST + 1)
    run = recorded("sum(dot(x, w))", x=big, w=big)
    roles = [picture.role for picture in pictures_of(run, step_of(run, "dot"))]
    assert roles == ["above", "to", "to"]
    run = recorded("sum(x * w)", x=big, w=2 * big)
    said, lit_ones = pointed(run, "mul", "to ∂y/∂x", (4_000,))
    assert said == "∂y/∂x[4000] = 1·2 = 2"
    assert lit_ones == {"from above ∂y/∂a": [(4_000,)], "times w": [(4_000,)]}
