"""A wrong rule, walked over the same graph, shows where and why it goes wrong."""

from __future__ import annotations

import numpy as np
import pytest

from engine.asking.mistakes import MISTAKES
from engine.asking.wrong_rules import walk_wrong
from engine.asking.wrong_walk import MOST_POPPED, WalkBack
from engine.errors import RunError
from engine.expression import parse_expression
from engine.recording import record
from engine.steps import BackwardStep, kept


def run(text, **values):
    graph, y = parse_expression(text, {k: np.array(v, float) for k, v in values.items()})
    return graph, record(graph, y)


def wrong(rule, text, **values):
    graph, recording = run(text, **values)
    walk = walk_wrong(recording, rule)
    return walk, {graph.block(b).name: g.tolist() for b, g in walk.gradients.items()}


def test_overwriting_gives_the_number_that_the_book_warns_of():
    walk, gradients = wrong("overwrite", "x + x", x=3.0)
    assert gradients["x"] == 1.0
    assert walk.recording.gradient(walk.differing()[0]) == 2.0
    assert walk.parted == 1
    assert "1 + 1 = 2 is right" in walk.sentence


def test_gradients_that_are_not_cleared_are_added_to():
    # shared numbers: x + x, then (x + x) + x at 3 gives 5 where 3 is right.
    _, first = run("x + x", x=3.0)
    graph, second = run("(x + x) + x", x=3.0)
    walk = walk_wrong(second, "uncleared", first)
    x = graph.named("x").id
    assert (walk.gradients[x], second.gradient(x)) == (5.0, 3.0)
    assert walk.sentence.startswith("From the run before x still holds 2")
    assert "ends with 5, where 3 is right" in walk.sentence


def test_the_same_run_twice_doubles_the_gradient_of_every_input():
    walk, gradients = wrong("uncleared", "x * w", x=2.0, w=5.0)
    assert (gradients["x"], gradients["w"]) == (10.0, 4.0)
    assert gradients["y"] == 1.0
    assert walk.stopped == ""


def test_a_plain_stack_serves_a_function_too_early_and_then_again():
    walk, gradients = wrong("stack", "a = square(x); square(a) + square(a)", x=2.0)
    served = [walk.recording.blocks[step.block].name for step in walk.steps]
    assert served == ["y", "y", "c", "a", "b", "a"]
    assert gradients["x"] == 96.0
    assert walk.steps[walk.parted].upstream == 8.0
    assert "Square (which gives a) is served before Square (which gives b)" in walk.sentence
    assert "a has 8 by now, and 16 once all is added" in walk.sentence


def test_a_plain_stack_that_would_go_on_for_ages_is_stopped_and_says_so():
    doubled = "; ".join(["a0 = x + x", *(f"a{i} = a{i - 1} + a{i - 1}" for i in range(1, 30))])
    walk, _ = wrong("stack", doubled, x=1.0)
    assert len(walk.steps) == MOST_POPPED + 1
    assert "the right one needs 30 in all" in walk.stopped


def test_a_broadcast_axis_that_is_not_summed_gives_a_gradient_for_each_copy():
    # shared numbers: the gradient of [10] in [1, 2, 3] + [10] is [3].
    walk, gradients = wrong("unsummed", "x + b", x=[1, 2, 3], b=[10])
    assert gradients["b"] == [1.0, 1.0, 1.0]
    assert gradients["x"] == [1.0, 1.0, 1.0]
    assert "the sum over the copies, [3]" in walk.sentence


def test_a_gradient_of_the_wrong_shape_stops_the_walk_at_what_cannot_take_it():
    walk, _ = wrong("unsummed", "sum(x * exp(sum(b, axis=0)))", x=[1, 2, 3], b=[10])
    assert walk.parted is not None
    assert walk.stopped == (
        "It cannot go on: Sum (which gives a) gets a gradient of shape (3,) for a, which has the "
        "shape ()."
    )


@pytest.mark.parametrize("rule", ["overwrite", "stack", "unsummed"])
def test_on_a_chain_of_numbers_the_rules_agree_and_a_sentence_says_why(rule):
    walk, gradients = wrong(rule, "square(exp(square(x)))", x=0.5)
    assert gradients["x"] == 3.297442541400256
    assert (walk.parted, walk.differing(), walk.stopped) == (None, (), "")
    assert walk.sentence.endswith("both rules agree.")


@pytest.mark.parametrize("rule", MISTAKES)
def test_the_steps_up_to_where_they_part_are_those_of_the_right_walk(rule):
    text = "a = square(x); b = exp(a * w); sum(b + a) * x"
    walk, _ = wrong(rule, text, x=[0.1, 0.2], w=0.5)
    assert walk.parted is not None
    for index, step in enumerate(walk.steps[: walk.parted]):
        right = walk.right_step(index)
        assert step.block == right.block
        if isinstance(step, BackwardStep):
            for mine, theirs in zip(step.contributions, right.contributions, strict=True):
                np.testing.assert_array_equal(mine.after, theirs.after)


def test_what_is_no_rule_and_what_cannot_be_walked_is_refused():
    _, recording = run("x + x", x=3.0)
    with pytest.raises(RunError, match="no wrong rule “backwards”"):
        walk_wrong(recording, "backwards")
    graph, _ = parse_expression("x + x", {"x": np.array(3.0)})
    for wire in list(graph.wires()):
        graph.disconnect(wire)
    with pytest.raises(RunError, match="nothing to walk back"):
        walk_wrong(record(graph), "overwrite")


def test_a_long_chain_is_walked_to_its_end():
    text = "; ".join(["a0 = sin(x)", *(f"a{at + 1} = sin(a{at})" for at in range(MOST_POPPED))])
    graph, y = parse_expression(text, {"x": np.array(0.5)})
    walk = walk_wrong(record(graph, y), "overwrite")
    assert len(walk.steps) == MOST_POPPED + 2
    assert walk.stopped == ""
    assert walk.gradients.keys() == walk.recording.gradients.keys()


@pytest.mark.parametrize("rule", ["overwrite", "stack", "uncleared", "unsummed"])
def test_only_what_differs_is_worked_out_anew_and_all_is_as_if_it_were(rule, monkeypatch):
    values = {"x": np.array([[1.0, 2.0], [3.0, -1.0]]), "b": np.array([0.5, 0.25])}
    graph, y = parse_expression("a = tanh(x * b); c = a + b; sum(c * a + square(c))", values)
    quick = walk_wrong(record(graph, y), rule)
    monkeypatch.setattr(
        WalkBack, "passed_on", lambda self, block, gy: self.recording.pulled(block, kept(gy))
    )
    slow = walk_wrong(record(graph, y), rule)
    assert [step.block for step in quick.steps] == [step.block for step in slow.steps]
    for mine, theirs in zip(quick.steps[1:], slow.steps[1:], strict=True):
        for part, other in zip(mine.contributions, theirs.contributions, strict=True):
            np.testing.assert_array_equal(part.value, other.value)
            np.testing.assert_array_equal(part.after, other.after)
    for block, gradient in slow.gradients.items():
        np.testing.assert_array_equal(quick.gradients[block], gradient)
