"""An element that is pointed at tells what it is made of and feeds, and its gradient adds up."""

from __future__ import annotations

import numpy as np
import pytest

from engine.asking.feeding import LARGEST, TOO_LARGE
from engine.asking.pointing import point_at
from engine.errors import RunError
from engine.expression import parse_expression
from engine.recording import record

X, W, B = [[1.0, 2.0], [3.0, 4.0], [-1.0, 0.5]], [[1.0, 0.0], [-0.5, 0.2]], [0.1, 0.2]


def recorded(text, **values):
    graph, y = parse_expression(text, {name: np.array(v, float) for name, v in values.items()})
    return record(graph, y)


@pytest.fixture
def net():
    return recorded("h = tanh(matmul(x, w) + b); sum(square(h) * h)", x=X, w=W, b=B)


def met(recording, name, relation):
    return [each for each in point_at(recording, name).meetings() if each.relation == relation]


def partners(recording, name, relation):
    return [
        (recording.blocks[partner.source].name, partner.at)
        for each in met(recording, name, relation)
        for partner in each.partners
    ]


def test_an_element_of_a_matrix_product_is_made_of_a_row_and_a_column(net):
    expected = [("x", (2, 0)), ("x", (2, 1)), ("w", (0, 1)), ("w", (1, 1))]
    assert partners(net, "a[2, 1]", "fed by") == expected, "a 0 in w feeds it, too"
    assert partners(net, "a[2, 1]", "goes back to") == expected


def test_an_element_of_a_matrix_feeds_a_row_or_a_column_of_the_product(net):
    assert partners(net, "x[2, 0]", "feeds") == [("a", (2, 0)), ("a", (2, 1))]
    assert partners(net, "w[0, 1]", "feeds") == [("a", (0, 1)), ("a", (1, 1)), ("a", (2, 1))]


def test_what_was_broadcast_along_an_axis_comes_back_from_all_of_it(net):
    below = [("c", (0, 1)), ("c", (1, 1)), ("c", (2, 1))]
    assert partners(net, "b[1]", "feeds") == below
    assert partners(net, "b[1]", "comes back from") == below


def test_what_comes_back_adds_up_to_the_gradient_of_every_element(net):
    for block in net.course.givers:
        if block == net.target:
            continue  # it begins with 1, which nothing passes back
        gradient, name = net.gradient(block), net.blocks[block].name
        for at in np.ndindex(gradient.shape):
            place = f"{name}{list(at)}" if at else name
            found = point_at(net, place)
            back = [each for each in found.meetings() if each.relation == "comes back from"]
            total = sum(partner.product for each in back for partner in each.partners)
            assert total == pytest.approx(gradient[at], rel=1e-12, abs=1e-15)
            assert back[-1].after == pytest.approx(gradient[at], rel=1e-12, abs=1e-15)
            assert found.gradient == gradient[at]


def test_what_goes_back_is_what_each_element_gets_from_this_one(net):
    (back,) = met(net, "a[1, 0]", "goes back to")
    upstream = point_at(net, "a[1, 0]").gradient
    gets = {(p.source, p.at): p.product for p in back.partners}
    names = {net.blocks[source].name: source for source, _ in gets}
    for k in range(2):
        assert gets[names["x"], (1, k)] == pytest.approx(upstream * W[k][0], abs=1e-15)
        assert gets[names["w"], (k, 0)] == pytest.approx(upstream * X[1][k])


def test_where_something_is_used_twice_the_second_adds_to_the_first():
    fan = recorded("a = x**2; y = a**2 + a**2", x=2.0)
    first, second = met(fan, "a", "comes back from")
    assert [(first.before, first.after), (second.before, second.after)] == [(None, 8), (8, 16)]
    assert partners(fan, "a", "feeds") == [("b", ()), ("c", ())]


def test_steps_are_those_of_the_walk_in_their_order(net):
    found = [(each.step, each.relation) for each in point_at(net, "h[0, 0]").meetings()]
    steps = [step for step, _ in found]
    assert steps == sorted(steps)
    for each in point_at(net, "h[0, 0]").meetings():
        assert net.steps[each.step].block == each.block


def test_negative_indices_count_from_the_end(net):
    assert point_at(net, "x[-1, -2]").at == (2, 0)
    assert point_at(net, " x [ 2 ,0 ] ").name == "x[2, 0]"


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("z[0]", "There is no Variable called z; there are: x, w, a, b, c, h, d, f, y."),
        ("x[5, 0]", "x[5, 0] is not there: x ends at [2, 1]."),
        ("x[-4, 0]", "x[-4, 0] is not there: x ends at [2, 1]."),
        ("x", "x has the shape (3, 2), so write x[0, 0] for its first element."),
        ("x[1]", "x has the shape (3, 2), so write x[0, 0] for its first element."),
        ("x[a, 0]", "x has the shape (3, 2), so write x[0, 0] for its first element."),
        ("y[0]", "y is a single number: point at it as y."),
        ("", "Name an element, such as x[0, 0]."),
    ],
)
def test_an_element_that_is_not_there_is_refused_with_a_sentence(net, name, sentence):
    with pytest.raises(RunError) as refused:
        point_at(net, name)
    assert refused.value.sentence == sentence


def test_an_empty_array_has_no_elements():
    with pytest.raises(RunError, match="x is empty: it has no elements"):
        point_at(recorded("sum(x)", x=[]), "x[0]")


def test_arrays_that_are_too_large_are_not_followed_where_it_would_have_to_be_tried_out():
    recording = recorded("sum(softmax(x))", x=np.zeros(LARGEST + 1))
    told = list(point_at(recording, "x[3]").meetings())
    assert [each.refusal for each in told] == [TOO_LARGE, TOO_LARGE]
    after = told[-1].after
    assert after == pytest.approx(0.0, abs=1e-15), "its gradient is known all the same"


def test_a_huge_array_is_followed_where_places_alone_tell_what_feeds_what():
    x = np.linspace(0, 1, 300_000).reshape(100, 3000)
    w = np.linspace(-1, 1, 3000 * 1200).reshape(3000, 1200)
    recording = recorded("sum(square(transpose(matmul(x, w)) + b))", x=x, w=w, b=[1.0] * 100)
    fed, fedback = met(recording, "x[7, 5]", "feeds"), met(recording, "x[7, 5]", "comes back from")
    assert (len(fed[0].partners) + fed[0].more, fed[0].partners[-1].at) == (1200, (7, 999))
    assert fedback[0].partners[3].times == (recording.wires_into(fed[0].block)[1].source, (5, 3))
    right = recording.gradient(recording.wires_into(fed[0].block)[0].source)[7, 5]
    assert fedback[0].total == right
    partial = sum(partner.product for partner in fedback[0].partners)
    above = recording.gradient(fed[0].block)
    assert partial == pytest.approx(above[7, :1000] @ w[5, :1000], rel=1e-12)
    (made,) = met(recording, "a[7, 1]", "fed by")
    assert (len(made.partners), made.more) == (1000, 5000)
    (to,) = met(recording, "a[7, 1]", "goes back to")
    assert to.partners[2].product == pytest.approx(above[7, 1] * w[2, 1], rel=1e-12)
    (copies,) = met(recording, "b[4]", "feeds")
    assert len(copies.partners) + copies.more == 1200
