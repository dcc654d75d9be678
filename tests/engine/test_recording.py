"""A run as a recording: what each step knows, and that nothing changes it later."""

from __future__ import annotations

import dataclasses

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine import Function, Variable, exp, square
from engine.expression import parse_expression
from engine.graph import Block, Graph, Wire
from engine.moment import Moment, work_lists
from engine.narration import narrate
from engine.recording import record, record_variable

OVERFLOW = " That is an overflow: the result is too large for a float64."
UNDERFLOW = " That is an underflow: the result is not 0, but too small for a float64."

A, B = 1.2840254166877414, 2.568050833375483


def names(recording, blocks):
    return [recording.blocks[block].name for block in blocks]


def test_the_tutorial_takes_eight_steps(tutorial):
    assert [type(step).__name__ for step in tutorial.steps] == [
        *["ForwardStep"] * 4,
        "SeedStep",
        *["BackwardStep"] * 3,
    ]
    assert names(tutorial, [step.block for step in tutorial.steps]) == list("xabyyyba")
    assert tutorial.turn == 4
    assert len(tutorial) == 8
    assert tutorial.course.is_chain
    assert tutorial.problems == ()
    assert tutorial.first_bad is None


def test_forward_steps_know_what_came_in_and_what_went_out(tutorial):
    forward = tutorial.steps[:4]
    assert [step.value.item() for step in forward] == [0.5, 0.25, A, 1.648721270700128]
    assert [names(tutorial, [w.source for w in step.inputs]) for step in forward] == [
        [],
        ["x"],
        ["a"],
        ["b"],
    ]


def test_backward_steps_know_every_factor(tutorial):
    seed, *back = tutorial.steps[4:]
    assert seed.gradient == 1.0
    assert [step.upstream.item() for step in back] == [1.0, B, 3.297442541400256]
    parts = [step.contributions[0] for step in back]
    assert [part.local.item() for part in parts] == [B, A, 1.0]
    assert [part.value.item() for part in parts] == [B, 3.297442541400256, 3.297442541400256]
    assert [part.before for part in parts] == [None, None, None]
    assert [part.after.item() for part in parts] == [part.value.item() for part in parts]


def test_the_work_list_is_told_by_what_is_pushed_and_popped(tutorial):
    pushed = [names(tutorial, step.pushed) for step in tutorial.steps[4:]]
    assert pushed == [["y"], ["b"], ["a"], []]
    waiting = [names(tutorial, found) for found in work_lists(tutorial)]
    assert waiting == [[], [], [], [], ["y"], ["b"], ["a"], []]


def test_contributions_that_meet_are_added_one_after_the_other(recorded, id_of):
    recording = recorded("x + x * x", x=3.0)
    x = id_of(recording, "x")
    history = [(index, after.item()) for index, after in recording.gradient_history(x)]
    assert history == [(4, 1.0), (5, 4.0), (5, 7.0)]
    first, second = recording.steps[5].contributions
    assert (first.before, first.value, first.after) == (1.0, 3.0, 4.0)
    assert (second.before, second.value, second.after) == (4.0, 3.0, 7.0)
    assert (first.wire.port, second.wire.port) == (0, 1)
    assert recording.gradient(x) == 7.0
    assert not recording.course.is_chain


def test_a_recording_says_what_backward_says(recorded, id_of):
    recording = recorded("a = square(x); exp(a) * z + a / x - z", x=0.7, z=1.3)
    x, z = Variable(np.array(0.7)), Variable(np.array(1.3))
    a = square(x)
    (exp(a) * z + a / x - z).backward()
    assert recording.gradient(id_of(recording, "x")) == x.grad
    assert recording.gradient(id_of(recording, "z")) == z.grad


def test_functions_of_one_generation_are_popped_like_from_a_stack(recorded):
    recording = recorded("(x + 1) * (x + 2)", x=0.0)
    mul, first, second = recording.steps[-3:]
    assert names(recording, mul.pushed) == ["a", "b"]
    assert names(recording, [first.block, second.block]) == ["b", "a"]
    assert names(recording, list(work_lists(recording))[-3]) == ["a", "b"]


def test_any_block_can_be_the_target(recorded, id_of):
    recording = recorded("square(exp(square(x)))", target="b", x=0.5)
    assert names(recording, [recording.target]) == ["b"]
    assert names(recording, [step.block for step in recording.steps]) == list("xabybba")
    assert recording.gradient(id_of(recording, "x")) == A
    assert recording.gradient(id_of(recording, "y")) is None


def test_constants_take_no_step_and_get_no_gradient(recorded, id_of):
    recording = recorded("x ** 2", x=-3.0)
    assert names(recording, [step.block for step in recording.steps]) == ["x", "y", "y", "y"]
    assert len(recording.steps[-1].contributions) == 1
    assert recording.gradient(id_of(recording, "k1")) is None
    assert recording.value(id_of(recording, "k1")) == 2.0


def test_without_a_target_the_last_result_is_differentiated():
    graph = Graph.build(
        [
            Block("b1", "input", "x", np.array(1.0)),
            Block("b2", "exp", "a"),
            Block("b3", "exp", "b"),
            Block("b4", "exp", "c"),  # not connected
        ],
        [Wire("b1", "b2", 0), Wire("b1", "b3", 0)],
    )
    assert record(graph).target == "b3"
    assert record(graph, "b2").target == "b2"
    assert record(graph, "gone").target == "b3"


def test_an_empty_graph_makes_an_empty_recording():
    recording = record(Graph())
    assert (recording.target, recording.turn, len(recording)) == (None, 0, 0)
    assert list(recording.steps) == []
    assert recording.first_bad is None
    assert recording.course.is_chain


def test_a_graph_of_inputs_alone_has_nothing_to_walk_back():
    recording = record(Graph.build([Block("b1", "input", "x", np.array(1.0))], []))
    assert recording.target is None
    assert len(recording) == recording.turn == 1


def test_an_input_as_the_target_is_not_walked_back():
    graph = Graph.build(
        [Block("b1", "input", "x", np.array(1.0)), Block("b2", "exp", "a")], [Wire("b1", "b2", 0)]
    )
    recording = record(graph, "b1")
    assert recording.turn == len(recording) == 2


def test_an_unfinished_graph_runs_as_far_as_it_goes():
    graph = Graph.build(
        [
            Block("b1", "input", "x", np.array(2.0)),
            Block("b2", "square", "a"),
            Block("b3", "add", "b"),
            Block("b4", "exp", "c"),
            Block("b5", "exp", "d"),
            Block("b6", "input", "z"),
        ],
        [Wire("b1", "b2", 0), Wire("b2", "b3", 1), Wire("b3", "b4", 0)],
    )
    recording = record(graph)
    assert names(recording, [step.block for step in recording.steps]) == ["x", "a"]
    assert [(problem.block, problem.sentence) for problem in recording.problems] == [
        ("b5", "The input of Exp is open."),
        ("b6", "z has no value yet."),
        ("b3", "The input x0 of Add is open."),
    ]
    assert not any(problem.failed for problem in recording.problems)
    assert recording.target == "b4"


def test_shapes_that_do_not_fit_are_a_problem_with_a_sentence(recorded):
    recording = recorded("x + [1, 2]", x=[1.0, 2.0, 3.0])
    (problem,) = recording.problems
    assert problem.sentence == (
        "Add cannot run: its inputs have the shapes (3,) and (2,), which do not fit. "
        "Along each axis, counted from the last, sizes are equal or 1."
    )
    assert problem.failed
    assert recording.turn == len(recording)


# Numbers that are not finite


@pytest.mark.parametrize(
    ("text", "x", "step", "sentence"),
    [
        ("exp(x)", 1000.0, 1, f"Exp gave infinity at x = 1000.{OVERFLOW}"),
        ("1 / x", 0.0, 1, "Div gave infinity at 1, x = 0. It has no bound there."),
        ("log(x)", 0.0, 1, "Log gave minus infinity at x = 0. It has no bound there."),
        ("log(x)", -1.0, 1, "Log gave NaN (not a number) at x = −1. It is not defined there."),
        ("exp(x) * 2", 1000.0, 1, f"Exp gave infinity at x = 1000.{OVERFLOW}"),
        ("square(x)", np.inf, 0, "x is infinity."),
        ("square(x)", np.nan, 0, "x is NaN (not a number)."),
        ("x + [0, inf, nan]", 0.0, 1, "Add gave NaN (not a number) at x = 0, [0, ∞, NaN]."),
        (
            "sqrt(x)",
            0.0,
            3,
            "Sqrt passed on a gradient for x that is infinity. It has no bound there.",
        ),
        ("exp(x) + 1", -800.0, 1, f"Exp gave 0 at x = −800.{UNDERFLOW}"),
        ("x * [1e-300, 1]", 1e-300, 1, f"Mul gave 0 at x = 1e−300, [1e−300, 1].{UNDERFLOW}"),
        (
            "1e-300 * (1e-300 * x)",
            1e300,
            5,
            f"Mul passed on a gradient for x that is 0.{UNDERFLOW}",
        ),
    ],
)
def test_the_first_number_that_is_not_finite_is_pointed_at(recorded, text, x, step, sentence):
    bad = recorded(text, x=x).first_bad
    assert (bad.step, bad.sentence) == (step, sentence)


@pytest.mark.parametrize(
    ("text", "x", "brief"),
    [
        ("log(x)", -1.0, "Log gave NaN"),
        ("square(x)", np.inf, "x is infinity"),
        ("exp(x) + 1", -800.0, "Exp gave 0: underflow"),
        ("sqrt(x)", 0.0, "Sqrt passed on infinity"),
        ("1e-300 * (1e-300 * x)", 1e300, "Mul passed on 0: underflow"),
    ],
)
def test_it_is_told_in_a_few_words_too(recorded, text, x, brief):
    assert recorded(text, x=x).first_bad.brief == brief


@pytest.mark.parametrize(
    "text", ["relu(x)", "x * 0", "x - x", "sin(x) * 0 + 1", "exp(x) * (x - x)"]
)
def test_a_zero_that_is_as_it_should_be_is_no_bad_number(recorded, text):
    for x in (-2.0, [-1.0, 0.0, 3.0]):
        assert recorded(text, x=x).first_bad is None


def test_a_number_that_vanishes_far_down_a_chain_is_found(recorded):
    text = "x" + " * 1e-100" * 5
    bad = recorded(text, x=1.0).first_bad
    assert (bad.step, bad.reason) == (4, "underflow")


# Immutability


def test_later_edits_of_the_graph_do_not_reach_a_recording():
    x = Block("b1", "input", "x", np.array(3.0))
    graph = Graph.build([x, Block("b2", "square", "y")], [Wire("b1", "b2", 0)])
    recording = record(graph)
    graph.replace(dataclasses.replace(x, name="z", value=np.array(7.0)))
    graph.remove("b2")
    assert recording.blocks["b1"].name == "x"
    assert recording.value("b1") == 3.0
    assert recording.gradient("b1") == 6.0
    assert recording.wires_from["b1"] == (Wire("b1", "b2", 0),)
    assert recording.wires_into("b2") == (Wire("b1", "b2", 0),)


def test_nothing_of_a_recording_can_be_assigned(tutorial):
    with pytest.raises(dataclasses.FrozenInstanceError):
        tutorial.steps = ()
    with pytest.raises(AttributeError):
        tutorial.steps[0].value = np.array(1.0)
    with pytest.raises(TypeError):
        tutorial.blocks["b1"] = None


def test_a_readers_own_function_is_not_told_with_our_rule_of_the_same_name():
    class Square(Function):
        def forward(self, x):
            return x**3

        def backward(self, gy):
            return 3 * self.input.data**2 * gy

    recording = record_variable(Square()(Variable(np.array(2.0))))
    told = narrate(Moment(recording, len(recording) - 1))
    assert told.title == "Square passes the gradient on"
    assert told.lines[0].numbers == "1 · 12 = 12"
    assert "2x" not in told.lines[0].rule


def test_a_new_value_keeps_the_course_and_a_new_wire_does_not():
    graph, y = parse_expression("exp(x) * x", {"x": np.array(0.5)})
    x = graph.named("x")
    first = record(graph, y)
    graph.replace(Block(x.id, "input", "x", np.array(2.0)))
    second = record(graph, y)
    assert second.course is first.course
    assert (first.value(x.id), second.value(x.id)) == (0.5, 2.0)
    graph.add(Block("more", "neg", "n"))
    graph.connect(Wire(y, "more", 0))
    third = record(graph, "more")
    assert third.course is not first.course
    assert names(third, third.course.popped) == ["n", *names(first, first.course.popped)]
    assert names(first, [step.block for step in first.steps])[-1] == "a"


@given(st.data())
def test_what_the_steps_add_up_to_is_the_gradient(data):
    values = st.one_of(st.floats(-2, 2), st.lists(st.floats(-2, 2), min_size=3, max_size=3))
    given_to = {name: np.array(data.draw(values), float) for name in "xy"}
    text = data.draw(
        st.sampled_from(
            [
                "sin(x * y) + x * x",
                "exp(x) / (1 + exp(x)) * y",
                "sigmoid(x + y) + tanh(x) * x",
                "sum(x * y) * x + maximum(x, y)",
                "arctan2(x, y + 3) - square(square(x))",
            ]
        )
    )
    graph, target = parse_expression(text, given_to)
    recording = record(graph, target)
    for block, gradient in recording.gradients.items():
        (*_, (_, last)) = recording.gradient_history(block)
        np.testing.assert_array_equal(last, gradient)
    for step in recording.steps[recording.turn + 1 :]:
        assert step.upstream.tobytes() == recording.gradient(step.block).tobytes()


def test_the_step_that_completes_a_gradient_is_told_without_its_numbers(recorded, id_of):
    recording = recorded("a = square(x); square(a) + a * x", x=2.0)
    for block in recording.gradients:
        assert recording.completed(block) == recording.gradient_history(block)[-1][0]
    assert recording.completed("nobody") == -1


def test_looking_at_a_step_leaves_the_arrays_of_code_written_by_hand_as_they_are():
    x, w = Variable(np.array([1.0, 2.0]), "x"), Variable(np.array([3.0, 4.0]), "w")
    a = x * w
    recording = record_variable(a * a)
    made = [part for step in recording.steps[recording.turn + 1 :] for part in step.contributions]
    assert not any(part.value.flags.writeable or part.local.flags.writeable for part in made)
    for variable in (x, w, a):
        variable.data[0] = 5.0
    assert made[-1].local.tolist() == [1.0, 2.0]


def test_contributions_are_told_once_each_though_another_thread_asks_meanwhile(monkeypatch):
    graph, y = parse_expression("x * w + square(x) + x", {"x": np.array(2.0), "w": np.array(3.0)})
    steps, x = record(graph, y).steps, graph.named("x").id
    real, asked = type(steps)._sent_back, []

    def interrupted(self, wire):
        if not asked:
            asked.append(wire)
            self.history(x)
        return real(self, wire)

    monkeypatch.setattr(type(steps), "_sent_back", interrupted)
    assert steps.history(x) == [(None, 1.0), (1.0, 5.0), (5.0, 8.0)]
