"""A step can be asked for before it is shown, and a wrong answer gets the hint that fits it."""

from __future__ import annotations

import numpy as np
import pytest

from engine.asking.predicting import judge, questions
from engine.expression import parse_expression
from engine.moment import Moment
from engine.recording import record


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


def test_an_array_is_asked_for_whole_and_large_ones_not_at_all():
    small = questions(Moment(recording("square(x)", x=[1.0, 2.0]), 3))
    assert judge(small[1], "[2, 4]").right
    assert not judge(small[1], "[2, 5]").right
    assert judge(small[1], "4").sentence == "∂y/∂x is an array of shape (2,)."
    assert questions(Moment(recording("square(x)", x=np.ones(7)), 3)) == ()


def test_what_is_not_finite_is_not_asked():
    assert kinds(questions(Moment(recording("exp(x)", x=1000.0), 1))) == []
