"""A step is told for a first contact, a student or an engineer."""

from __future__ import annotations

import numpy as np
import pytest

from engine.depth import DEPTHS, details, narrate_at
from engine.expression import parse_expression
from engine.moment import Moment
from engine.narration import narrate
from engine.recording import record


def recorded(text, **values):
    graph, y = parse_expression(text, {k: np.array(v, float) for k, v in values.items()})
    return record(graph, y)


@pytest.fixture
def tutorial():
    return recorded("square(exp(square(x)))", x=0.5)


def told(recording, cursor):
    return {d.what: d.text for d in details(Moment(recording, cursor))}


@pytest.mark.parametrize("cursor", range(8))
def test_a_first_contact_is_spared_the_words_of_the_field(tutorial, cursor):
    sentence = narrate_at(Moment(tutorial, cursor), "first").sentence
    for word in ("gradient", "derivative", "upstream", "∂", "contribution"):
        assert word not in sentence


def test_the_first_contact_multiplies_with_the_real_numbers(tutorial):
    sentence = narrate_at(Moment(tutorial, 7), "first").sentence
    assert sentence.endswith("y grows 3.2974 × 1 = 3.2974 times as much as x.")


def test_the_first_contact_adds_where_something_is_used_twice():
    recording = recorded("square(x) + x", x=3.0)
    sentence = narrate_at(Moment(recording, 5), "first").sentence
    assert "As x is used in another place too, which gave 1, both count: 1 + 6 = 7." in sentence


@pytest.mark.parametrize("depth", ["student", "engineer"])
def test_others_get_the_step_as_it_is_told_everywhere(tutorial, depth):
    moment = Moment(tutorial, 6)
    assert narrate_at(moment, depth).sentence == narrate(moment).sentence


def test_an_engineer_sees_the_product_the_shapes_the_cost_and_what_is_held():
    recording = recorded("linear(x, w, b)", x=np.ones((4, 2)), w=np.ones((2, 3)), b=np.ones(3))
    found = told(recording, len(recording) - 1)
    assert found["vector × Jacobian"] == "grad_b = grad_y.sum(axis=0)"
    assert found["shapes"] == "grad_y (4, 3) → grad_x (4, 2), grad_w (2, 3), grad_b (3,)"
    assert found["cost"] == "about 108 floating-point operations"
    assert found["held for it"] == "x, w, 112 bytes"


def test_on_the_way_forward_shapes_and_bytes_are_told():
    recording = recorded("matmul(x, w)", x=np.ones((4, 2)), w=np.ones((2, 3)))
    assert told(recording, 2)["shapes"] == "x (4, 2), w (2, 3) → y (4, 3)"
    assert told(recording, 2)["held"] == "y, 96 bytes"


def test_before_there_is_a_step_nothing_is_told():
    from_nothing = Moment(record(parse_expression("x + 1", {})[0]))
    assert details(from_nothing) == ()
    assert {narrate_at(from_nothing, depth).title for depth in DEPTHS} == {"Place a block"}


def test_one_operation_is_told_as_one():
    recording = recorded("square(exp(square(x)))", x=np.array(0.5))
    costs = [told(recording, cursor).get("cost") for cursor in range(len(recording))]
    assert "about 1 floating-point operation" in costs


def test_the_first_contact_hears_once_what_two_inputs_have_in_common():
    recording = recorded("a = square(x); exp(a * x)", x=0.5)
    told_back = narrate_at(Moment(recording, len(recording) - 2), "first").sentence.splitlines()
    assert told_back == [
        "y grows 1.1331 times as much as b.",
        "When a grows a little, b grows 0.5 times as much, and y 1.1331 × 0.5 = 0.56657 times.",
        "When x grows a little, b grows 0.25 times as much, and y 1.1331 × 0.25 = 0.28329 times.",
    ]


def test_the_first_contact_hears_of_arrays_as_numbers_that_are_each_served():
    recording = recorded("sum((x + b) * 2)", x=np.ones((8, 2)), b=[1, 2])
    sentences = [
        narrate_at(Moment(recording, cursor), "first").sentence
        for cursor in range(recording.turn + 1, len(recording))
    ]
    assert sentences[0] == "Sum hands on to c how much y grows with each of its numbers: 8×2 array."
    assert sentences[-1].splitlines()[-1] == (
        "Where b grows a little, a grows 1 times as much: 8×2 array × 1, added up over all that b "
        "is used for, is [16, 16]."
    )
    assert not any("grows 8×2 array" in sentence for sentence in sentences)


def test_the_first_contact_hears_of_local_derivatives_that_are_arrays():
    recording = recorded("sum(square(x))", x=np.arange(8.0).reshape(4, 2))
    said = narrate_at(Moment(recording, len(recording) - 1), "first").sentence
    assert said.splitlines()[-1] == (
        "How much a grows where x does: 4×2 array. Number by number, 4×2 array × 4×2 array = "
        "4×2 array."
    )


def test_a_sentence_has_short_matrices_in_numbers_and_long_ones_by_their_shape():
    recording = recorded("sum(tanh(x))", x=[[1, 0], [0, 1]])
    sentence = narrate(Moment(recording, len(recording) - 1)).sentence
    assert sentence.endswith(
        "element by element by how steeply Tanh rises at x = [[1, 0], [0, 1]]."
    )
