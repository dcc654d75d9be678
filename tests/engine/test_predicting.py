"""A step can be asked for before it is shown, and a wrong answer gets the hint that fits it."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from engine.asking.predicting import questions
from engine.asking.question import is_close, judge
from engine.expression import parse_expression
from engine.moment import Moment
from engine.recording import record
from tests.four import gradient
from tests.three import NET, NUMBERS


def recording(text, **values):
    graph, y = parse_expression(text, {k: np.array(v, float) for k, v in values.items()})
    return record(graph, y)


@pytest.fixture
def exp_step():
    """The backward step of Exp in the tutorial: 2.5681 x 1.2840 = 3.2974."""
    return questions(Moment(recording("square(exp(square(x)))", x=0.5), 6))


@pytest.fixture
def second_use():
    """The step that adds the second contribution to x: 1 + 6."""
    return questions(Moment(recording("square(x) + x", x=3.0), 5))


def kinds(asked):
    return [question.kind for question in asked]


def test_a_backward_step_asks_for_the_local_derivative_and_then_the_contribution(exp_step):
    assert kinds(exp_step) == ["local", "contribution"]
    assert [q.symbol for q in exp_step] == ["∂b/∂a", "∂y/∂a"]
    assert [float(q.answer) for q in exp_step] == [1.2840254166877414, 3.297442541400256]


def test_where_contributions_meet_the_sum_is_asked_too(second_use):
    assert kinds(second_use) == ["local", "contribution", "sum"]
    assert float(second_use[2].answer) == 7.0


def test_a_forward_step_asks_for_the_value():
    (question,) = questions(Moment(recording("square(x)", x=3.0), 1))
    assert (question.kind, float(question.answer)) == ("value", 9.0)
    assert judge(question, "9").right
    assert judge(question, "3").sentence == "That is x, which comes in. What comes out?"


@pytest.mark.parametrize("step", [0, 4])
def test_what_is_given_and_the_seed_are_not_asked(step):
    assert questions(Moment(recording("square(exp(square(x)))", x=0.5), step)) == ()


@pytest.mark.parametrize("text", ["3.297442541400256", "3.2974", "3.3", "3.297", "2.568*1.284"])
def test_as_many_digits_as_a_person_types_are_enough(exp_step, text):
    assert judge(exp_step[1], text).right


@pytest.mark.parametrize("text", ["3.2", "3.4", "3", "3.39", "0", "-3.2974"])
def test_what_is_not_the_number_is_not_right(exp_step, text):
    assert not judge(exp_step[1], text).right


@pytest.mark.parametrize(
    ("at", "text", "hint"),
    [
        (1, "1.284", "local derivative alone. Multiply it by what came in from above, 2.5681"),
        (1, "2.568", "what came in from above. Multiply it by 1.2840"),
        (1, "3.852", "slopes multiply"),
        (1, "-3.2974", "the sign is not"),
        (0, "0.25", "the value of a; the slope there is asked for"),
        (0, "3.2974", "what it passes on"),
        (0, "12", "Not yet. The local derivative of Exp"),
    ],
)
def test_a_wrong_answer_gets_the_hint_that_fits_the_mistake(exp_step, at, text, hint):
    found = judge(exp_step[at], text)
    assert not found.right
    assert hint in found.sentence


@pytest.mark.parametrize(
    ("at", "text", "hint"),
    [
        (2, "6", "x had 1 already: add"),
        (2, "1", "The new contribution, 6, is added"),
        (1, "7", "the sum already"),
    ],
)
def test_who_forgets_to_add_is_told_so(second_use, at, text, hint):
    assert hint in judge(second_use[at], text).sentence


@pytest.mark.parametrize(
    ("text", "hint"),
    [("", "A value is missing"), ("abc", "neither a number"), ("[1, 2]", "a single number")],
)
def test_what_is_no_number_is_told_so(exp_step, text, hint):
    found = judge(exp_step[1], text)
    assert not found.right
    assert hint in found.sentence


def test_a_small_array_is_asked_for_whole():
    small = questions(Moment(recording("square(x)", x=[1.0, 2.0]), 3))
    assert judge(small[1], "[2, 4]").right
    assert not judge(small[1], "[2, 5]").right
    assert judge(small[1], "4").sentence == "∂y/∂x is an array of shape (2,)."


def net(step):
    values = {name: np.array(numbers) for name, numbers in NUMBERS.items()}
    return questions(Moment(record(*parse_expression(NET, values)), step))


def asked_of(name):
    """The question about the gradient of an array of the net."""
    return next(q for step in range(13, 20) for q in net(step) if f"∂y/∂{name}[" in q.symbol)


NET_GRADIENTS = {name: gradient("net", NUMBERS, name) for name in NUMBERS}


@pytest.mark.parametrize("name", sorted(NUMBERS))
def test_of_a_larger_array_one_element_is_asked_for_and_its_gradient_is_right(name):
    question = asked_of(name)
    right = NET_GRADIENTS[name][question.at]
    assert question.symbol == f"∂y/∂{name}[{', '.join(map(str, question.at))}]"
    assert float(question.answer) == pytest.approx(right, rel=1e-12)
    assert right != 0
    assert judge(question, f"{right:.4f}").right
    assert question.arrays[-1].array[question.at] == question.answer


def test_every_step_of_the_net_that_computes_something_is_asked_for():
    assert all(net(step) for step in range(20) if step not in (0, 1, 2, 3, 4, 12))


def test_a_step_always_asks_for_the_same_element():
    assert [q.symbol for q in net(19)] == [q.symbol for q in net(19)]


def test_an_element_of_a_value_is_asked_for_too():
    (question,) = net(5)
    x, w = np.array(NUMBERS["x"]), np.array(NUMBERS["w"])
    row, column = question.at
    assert float(question.answer) == pytest.approx((x @ w)[row, column])
    product = x[row, 1] * w[1, column]
    assert "alone, one of 3 products: add them up" in judge(question, f"{product:.6f}").sentence


def hint(question, number):
    found = judge(question, f"{number:.10f}")
    assert not found.right
    return found.sentence


def test_who_takes_one_product_of_a_matrix_for_their_sum_is_told_so():
    question, above = asked_of("w"), np.array(NUMBERS["x"])
    row, column = question.at
    gy = question.arrays[0].array
    one = gy[0, column] * above[0, row]
    assert hint(question, one) == (
        f"That is the product with ∂y/∂a[0, {column}] alone. Add both up."
    )
    assert "Multiply each by x first" in hint(question, gy[:, column].sum())
    assert "the other factors alone" in hint(question, above[:, row].sum())


def test_who_takes_rows_for_columns_is_told_so():
    question = asked_of("w")
    row, column = question.at
    turned = NET_GRADIENTS["w"][column, row]
    assert hint(question, turned) == (
        f"That is ∂y/∂w[{column}, {row}]. The first index counts rows, the second one columns."
    )
    graph, y = parse_expression(
        "sum(square(matmul(x, w)))",
        {"x": np.array([[1.0, 2.0, 4.0], [0.5, -1.0, 3.0]]), "w": np.arange(9.0).reshape(3, 3)},
    )
    run = record(graph, y)
    question = questions(Moment(run, len(run) - 1))[0]
    gy, w, (row, column) = question.arrays[0].array, np.arange(9.0).reshape(3, 3), question.at
    wrong = (gy @ w)[row, column]
    assert "Rows of w were taken for its columns: it goes back by w.T" in hint(question, wrong)


def test_who_forgets_the_sum_over_what_was_broadcast_is_told_so():
    question = asked_of("b")
    above = question.arrays[0].array
    (at,) = question.at
    assert hint(question, above[0, at]) == (
        f"That comes back from ∂y/∂c[0, {at}] alone. b[{at}] is used 2 times there, "
        "so what comes back is added up."
    )


def test_of_an_element_the_usual_mistakes_get_their_hints_too():
    slope, product = (q for q in net(17))
    above, local, _ = (picture.array for picture in product.arrays)
    assert "Multiply it by what came in from above" in hint(product, local[product.at])
    assert "That is what came in from above" in hint(product, above[product.at])
    assert "sign is not" in hint(product, -float(product.answer))
    assert "its slope is asked for" in hint(slope, np.tanh(slope.arrays[0].array[slope.at]))


def test_where_contributions_meet_the_sum_of_the_same_element_is_asked_for():
    x = np.linspace(0.5, 2.0, 8).reshape(2, 4)
    run = recording("sum(square(x) + x)", x=x)
    asked = [questions(Moment(run, step)) for step in range(len(run))]
    slope, new, total = next(each for each in asked if kinds(each)[-1:] == ["sum"])
    assert slope.at == new.at == total.at
    assert float(total.answer) == pytest.approx(2 * x[total.at] + 1)
    assert hint(total, float(new.answer)).startswith("That is the new contribution.")
    assert "its element" not in total.prompt
    assert f"x[{total.at[0]}, {total.at[1]}] had 1 already" in total.prompt


def test_a_known_mistake_that_is_nearly_right_is_none_the_less_told():
    graph, y = parse_expression("square(x)", {"x": np.array(3.0)})
    question = replace(questions(Moment(record(graph, y), 1))[0], traps=((np.array(9.02), "No."),))
    assert judge(question, "9.02").sentence == "No."
    assert judge(question, "9.01").right
    assert judge(question, "9").right


def test_no_element_is_asked_for_that_is_made_of_more_than_a_person_adds_up():
    x, w = np.ones((3, 40)), np.ones((40, 3))
    assert questions(Moment(recording("x @ w", x=x, w=w), 2)) == ()


def test_of_huge_arrays_nothing_is_asked():
    run = recording("sum(tanh(x))", x=np.linspace(0, 1, 6_000))
    assert [kinds(questions(Moment(run, step))) for step in range(len(run))] == [
        [],
        [],
        ["value"],
        [],
        [],
        [],
    ]


def test_what_is_not_finite_is_not_asked():
    assert kinds(questions(Moment(recording("exp(x)", x=1000.0), 1))) == []


def test_no_answer_is_near_to_an_infinity():
    assert not is_close(np.array(2.0), np.array(np.inf))
    assert not is_close(np.array(2.0), np.array(-np.inf), slack=0.05)
