"""What can be seen at each cursor of a recording, and at each phase of a step."""

from __future__ import annotations

import numpy as np
import pytest

from engine.expression import parse_expression
from engine.graph import Graph, Wire
from engine.listing import listing
from engine.moment import Moment, work_lists
from engine.phases import ARRIVAL, moves, rests
from engine.recording import record

SETTING_OUT, ARRIVED = 0.0, 1.0


def names(recording, blocks):
    return [recording.blocks[block].name for block in blocks]


def seen(moment, ask):
    """What is known of each Variable, by its name, where anything is."""
    answers = {block.name: ask(block.id) for block in moment.recording.blocks.values()}
    return {name: float(answer) for name, answer in answers.items() if answer is not None}


VALUES = {"x": 0.5, "a": 0.25, "b": 1.2840254166877414, "y": 1.648721270700128}
GRADIENTS = {"y": 1.0, "b": 2.568050833375483, "a": 3.297442541400256, "x": 3.297442541400256}


def first(numbers, count):
    return dict(list(numbers.items())[:count])


@pytest.mark.parametrize("cursor", range(8))
def test_numbers_appear_when_the_walk_reaches_them(tutorial, cursor):
    moment = Moment(tutorial, cursor)
    assert seen(moment, moment.value) == first(VALUES, cursor + 1)
    assert seen(moment, moment.gradient) == first(GRADIENTS, cursor - 3 if cursor > 3 else 0)
    assert moment.is_backward == (cursor >= 4)


@pytest.mark.parametrize("cursor", range(8))
def test_the_number_of_a_step_appears_when_its_pulse_arrives(tutorial, cursor):
    on_its_way, there = Moment(tutorial, cursor, ARRIVAL - 0.01), Moment(tutorial, cursor, ARRIVAL)
    known = len(seen(there, there.value)) + len(seen(there, there.gradient))
    before = len(seen(on_its_way, on_its_way.value)) + len(seen(on_its_way, on_its_way.gradient))
    assert known - before == (0 if cursor == 4 else 1)  # the seed travels along no wire


def test_stepping_on_shows_at_its_start_what_was_there_at_the_end_of_the_last_step(tutorial):
    for cursor in range(1, 8):
        end, start = Moment(tutorial, cursor - 1, ARRIVED), Moment(tutorial, cursor, SETTING_OUT)
        assert seen(end, end.value) == seen(start, start.value)
        if cursor != 4:
            assert seen(end, end.gradient) == seen(start, start.gradient)


@pytest.mark.parametrize("text", ["square(exp(square(x)))", "a = x * x; a * a + a + x", "2 * x"])
def test_it_is_told_that_there_is_a_gradient_wherever_there_is_one(text):
    graph, target = parse_expression(text, {"x": np.array(0.5)})
    recording = record(graph, target)
    told = []
    for cursor in range(len(recording)):
        for phase in np.linspace(0, 1, 21).tolist():
            moment = Moment(recording, cursor, phase)
            for block in recording.blocks:
                told.append(moment.has_gradient(block))
                assert told[-1] == (moment.gradient(block) is not None)
    assert {True, False} == set(told)


STATUS = {
    0: "active waiting waiting waiting",
    1: "forward active waiting waiting",
    3: "forward forward forward active",
    4: "forward forward forward active",
    5: "forward forward forward active",
    6: "forward forward active backward",
    7: "forward active backward backward",
}


@pytest.mark.parametrize("cursor", STATUS)
def test_a_block_waits_works_and_is_done(tutorial, cursor):
    moment = Moment(tutorial, cursor)
    assert [moment.status(block) for block in tutorial.blocks] == STATUS[cursor].split()


def test_the_work_list_is_the_same_told_at_once_or_moment_by_moment(recorded, tutorial):
    for recording in (tutorial, recorded("(x + 1) * (x - z) + exp(x)", x=1.0, z=2.0)):
        each = [Moment(recording, cursor).work_list() for cursor in range(len(recording))]
        assert each == list(work_lists(recording))


@pytest.mark.parametrize("text", ["square(exp(square(x)))", "(x + 1) * (x - z) + x * x", "z / x"])
@pytest.mark.parametrize("phase", [SETTING_OUT, ARRIVAL, 0.8, ARRIVED])
def test_what_is_asked_of_one_wire_or_variable_is_what_all_steps_tell(recorded, text, phase):
    told = recorded(text, x=2.0, z=3.0)
    wires = [wire for out in told.wires_from.values() for wire in out]
    for cursor in range(len(told)):
        moment, asked = (
            Moment(told, cursor, phase),
            Moment(recorded(text, x=2.0, z=3.0), cursor, phase),
        )
        for wire in wires:
            part = moment.contribution(wire)
            assert asked.has_come_back(wire) == (part is not None)
            assert asked.came_back(wire) == (None if part is None else part.value)
        for block in told.blocks:
            parts = [moment.contribution(wire) for wire in wires if wire.source == block]
            known = {part.after.item() for part in parts if part is not None}
            history = [after for _, after in told.gradient_history(block) if after.item() in known]
            grown = history[-1] if history else None
            if block == told.target:
                grown = told.gradient(block) if cursor >= told.turn else None
            assert asked.gradient(block) == grown


def test_a_variable_with_many_uses_is_told_without_leading_all_of_them_back(recorded, monkeypatch):
    told = recorded(" + ".join(["sin(x)"] * 200), x=0.5)
    x, led = told.course.order[0], []
    parts = type(told.steps)._parts
    monkeypatch.setattr(
        type(told.steps), "_parts", lambda *given: led.append(given[1]) or parts(*given)
    )
    wires = told.wires_from[x]
    assert len(wires) == 200
    first = min(told.course.backward_steps[wire.target] for wire in wires)
    assert Moment(told, first - 1).gradient(x) is None
    assert told.gradient_before(x, len(told)) == told.gradient(x)
    assert Moment(told, len(told)).has_come_back(wires[0])
    assert len(led) <= 1
    assert Moment(told, first).gradient(x) is not None
    assert len(led) < 10


@pytest.mark.parametrize("text", ["square(exp(square(x)))", "(x + 1) * (x - z) + exp(x)", "z / x"])
@pytest.mark.parametrize("most", [1, 3, 100])
def test_those_popped_next_are_found_without_the_whole_work_list(recorded, text, most):
    recording = recorded(text, x=1.0, z=2.0)
    for cursor in range(len(recording)):
        moment = Moment(recording, cursor)
        assert moment.next_popped(most) == moment.work_list()[::-1][:most]
        assert moment.waiting == len(moment.work_list())


def test_the_work_list_has_the_next_one_last(recorded):
    recording = recorded("(x + 1) * exp(square(x))", x=1.0)
    waiting = Moment(recording, recording.turn + 1).work_list()
    following = recording.steps[recording.turn + 2].block
    assert waiting[-1] == following


def test_local_derivatives_are_shown_while_the_walk_stands_on_the_block(tutorial):
    shown = [[float(local) for local in Moment(tutorial, at).locals()] for at in range(8)]
    assert shown == [[]] * 5 + [[2.568050833375483], [1.2840254166877414], [1.0]]
    assert Moment(tutorial, 5, SETTING_OUT).locals() == ()  # its rule has not been called yet


def test_contributions_stay_on_their_wire_once_they_have_come(tutorial):
    wire = Wire("b3", "b4", 0)
    shown = [Moment(tutorial, cursor).contribution(wire) for cursor in range(8)]
    assert [part is not None for part in shown] == [False] * 5 + [True] * 3
    assert Moment(tutorial, 5, SETTING_OUT).contribution(wire) is None
    assert Moment(tutorial, 6, SETTING_OUT).contribution(wire) is not None
    assert Moment(tutorial, 7).contribution(Wire("nowhere", "b4", 0)) is None


def test_each_wire_into_one_block_has_a_contribution_of_its_own(recorded):
    recording = recorded("x * x", x=3.0)
    moment = Moment(recording, len(recording) - 1)
    parts = [moment.contribution(Wire("b1", "b2", port)) for port in (0, 1)]
    assert [part.after.item() for part in parts] == [3.0, 6.0]


def test_pulses_travel_along_the_wires_that_are_served(tutorial):
    travelling = [Moment(tutorial, cursor).travelling() for cursor in range(8)]
    chain = [Wire("b1", "b2", 0), Wire("b2", "b3", 0), Wire("b3", "b4", 0)]
    assert [list(wires) for wires in travelling] == [
        [],
        *([wire] for wire in chain),
        [],
        *([wire] for wire in reversed(chain)),
    ]


def test_the_gradient_of_a_variable_grows_while_contributions_come(recorded):
    recording = recorded("x + square(x)", x=3.0)
    grown = [
        None if gradient is None else gradient.item()
        for gradient in (Moment(recording, cursor).gradient("b1") for cursor in range(6))
    ]
    assert grown == [None, None, None, None, 1.0, 7.0]


def test_the_value_of_a_constant_is_there_at_any_time(recorded):
    recording = recorded("x * 2", x=3.0)
    assert Moment(recording, 0, SETTING_OUT).value("b2") == 2.0
    assert Moment(recording, 0).status("b2") == "waiting"


def test_an_empty_recording_has_a_moment_at_which_nothing_is_seen():
    moment = Moment(record(Graph()))
    assert moment.step is None
    assert not moment.is_backward
    assert moment.work_list() == []
    assert moment.travelling() == ()
    assert listing(moment) is None


def test_what_is_not_reached_from_the_target_has_a_value_and_no_gradient(recorded, id_of):
    recording = recorded("a = square(x); b = exp(z); a + 1", x=2.0, z=np.zeros(2))
    moment = Moment(recording, len(recording) - 1)
    assert moment.value(id_of(recording, "b")).tolist() == [1.0, 1.0]
    assert moment.gradient(id_of(recording, "b")) is None
    assert moment.status(id_of(recording, "b")) == "forward"


# The code beside it


def running(moment):
    found = listing(moment)
    return found.lines[found.running].split("#")[0].strip()


def test_the_line_of_the_tutorial_that_does_the_step_is_lit(tutorial):
    assert [running(Moment(tutorial, cursor)) for cursor in (0, 1, 4, 5)] == [
        "xs = [x.data for x in inputs]",
        "y = self.forward(*xs)",
        "self.grad = np.ones_like(self.data)",
        "x.grad = f.backward(y.grad)",
    ]
    assert running(Moment(tutorial, 5, SETTING_OUT)) == "f = funcs.pop()"


def test_where_wires_meet_the_line_that_adds_is_lit(recorded):
    recording = recorded("x + square(x)", x=3.0)
    phases = [running(Moment(recording, 5, phase)) for phase in (0.0, 0.2, 1.0)]
    assert phases == [
        "f = funcs.pop()",
        "gxs = f.backward(f.output.grad)",
        "x.grad = x.grad + gx",
    ]
    assert running(Moment(recording, 4)) == "x.grad = gx"


def test_contributions_arrive_one_after_the_other_and_add_up(recorded):
    recording = recorded("x * x", x=3.0)
    last = len(recording) - 1
    first, second = (move.arrival for move in moves(2))
    (x,) = [b for b, block in recording.blocks.items() if block.kind == "input"]
    seen_at = [Moment(recording, last, p).gradient(x) for p in (0.0, first, second, 1.0)]
    assert [None if g is None else float(g) for g in seen_at] == [None, 3.0, 6.0, 6.0]
    wires = recording.steps[last].contributions
    half = Moment(recording, last, first)
    assert [half.contribution(part.wire) is not None for part in wires] == [True, False]
    assert half.travel(wires[0].wire) == 1.0
    assert Moment(recording, last, 0.1).travel(wires[1].wire) is None


def lines_at(recording, cursor, grain="line"):
    chain = recording.course.is_chain
    phases = rests(recording.steps[cursor], grain, chain=chain)
    return [running(Moment(recording, cursor, phase)) for phase in phases]


def test_a_step_of_a_chain_goes_through_the_lines_of_the_tutorial(tutorial):
    assert lines_at(tutorial, 6) == [
        "f = funcs.pop()",
        "x, y = f.input, f.output",
        "x.grad = f.backward(y.grad)",
        "if x.creator is not None:",
        "funcs.append(x.creator)",
    ]
    assert lines_at(tutorial, 7)[-1] == "if x.creator is not None:"  # x has none


def test_a_step_of_a_graph_goes_through_the_loop_for_each_contribution(recorded):
    recording = recorded("a = exp(x); a * a", x=1.0)
    assert lines_at(recording, recording.turn + 1) == [
        "f = funcs.pop()",
        "gxs = f.backward(f.output.grad)",
        "for x, gx in zip(f.inputs, gxs):",
        "x.grad = gx",
        "if x.creator is not None:",
        "add_func(x.creator)",
        "for x, gx in zip(f.inputs, gxs):",
        "x.grad = x.grad + gx",
        "if x.creator is not None:",
    ]


def test_coarser_grains_rest_less_often(recorded):
    recording = recorded("a = exp(x); a * a", x=1.0)
    step = recording.steps[recording.turn + 1]
    assert rests(step, "block", chain=False) == (1.0,)
    assert len(rests(step, "contribution", chain=False)) == 2
    assert rests(recording.steps[0], "line", chain=False) == (1.0,)
