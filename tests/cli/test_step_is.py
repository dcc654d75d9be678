"""In the terminal, too, a step is a block, a contribution or a line of code: as in the window."""

from __future__ import annotations

import json

import numpy as np
import pytest

import command_line
from engine.asking.differentiating import differentiate_by
from engine.expression import parse_expression
from engine.finely import parts_of
from engine.listing import CHAIN, GENERATIONS, listing
from engine.moment import Moment, work_lists
from engine.phases import Grain, rests
from engine.recording import BackwardStep, record

GRAPHS = {
    "tutorial": ("square(exp(square(x)))", {"x": 0.5}),
    "fan-out": ("a = square(x); square(a) + square(a)", {"x": 2.0}),
    "net": (
        "h = tanh(matmul(x, w) + b); sum(square(h))",
        {"x": [[1.0, -0.4], [0.3, 0.8]], "w": [[0.5, -1.0], [0.7, 0.2]], "b": [0.1, 0.2]},
    ),
}


def recorded(name):
    if name == "tanh'''":
        graph, target = parse_expression("tanh(x)", {"x": np.array(1.0)})
        for _ in range(3):
            made = differentiate_by(graph, target, "x")
            graph, target = made.graph, made.target
        return record(graph, target)
    text, values = GRAPHS[name]
    return record(*parse_expression(text, {key: np.array(x) for key, x in values.items()}))


@pytest.fixture(params=[*GRAPHS, "tanh'''"])
def recording(request):
    return recorded(request.param)


def test_the_command_line_knows_the_grains_of_the_walk():
    assert Grain.__args__ == command_line.GRAINS


@pytest.mark.parametrize("grain", ["contribution", "line"])
def test_parts_are_where_the_window_stands_still_and_run_the_line_that_it_lights(recording, grain):
    chain = recording.course.is_chain
    lines, lists = CHAIN if chain else GENERATIONS, list(work_lists(recording))
    for index, step in enumerate(recording.steps):
        if not isinstance(step, BackwardStep) or not step.contributions:
            continue  # one that passes nothing on is not taken apart
        parts = list(parts_of(recording, index, grain, lists[index - 1]))
        places = rests(step, grain, chain=chain)
        assert len(parts) == len(places)
        for part, phase in zip(parts, places, strict=True):
            if phase < 1:
                lit = listing(Moment(recording, index, phase))
                assert lines[lit.running].strip() in part.code


@pytest.mark.parametrize("grain", ["contribution", "line"])
def test_what_arrives_adds_up_and_the_work_list_is_that_of_the_walk(recording, grain):
    lists, so_far = list(work_lists(recording)), dict[str, object]()
    for index, step in enumerate(recording.steps):
        if not isinstance(step, BackwardStep):
            continue
        parts = list(parts_of(recording, index, grain, lists[index - 1]))
        for part in parts:
            for came in part.contributions:
                source = came.wire.source
                before = so_far.get(source)
                after = came.value if before is None else before + came.value
                np.testing.assert_array_equal(came.after, after)
                so_far[source] = after
        assert list(parts[-1].work_list) == lists[index]
        assert step.block not in parts[0].work_list
    for block, gradient in so_far.items():
        np.testing.assert_array_equal(gradient, recording.gradient(block))


def test_line_by_line_the_sum_is_seen_at_its_line(run):
    status, out, _ = run("walk", "square(x) + x", "--set", "x=3", "--step-is", "line")
    assert status == 0
    assert "5.1 ←  Add y     f = funcs.pop()  # the youngest   Add y" in out
    assert "6.4 ←  Square a  x.grad = x.grad + gx              ∂y/∂x = 1 · 2 · 3" in out
    assert "5.5 ←  Add y     if x.creator is not None:         yes: Square made a" in out
    assert "6.5 ←  Square a  if x.creator is not None:         no: x is given" in out


def test_contribution_by_contribution_each_has_its_own_work_list(run):
    out = run("walk", "square(x) + exp(x)", "--set", "x=0", "--step-is", "contribution")[1]
    first, second = (line for line in out.splitlines() if line.startswith("6."))
    assert first.endswith("[Square a]")
    assert second.endswith(("[Square a, Exp b]", "[Exp b, Square a]"))


def test_programs_get_every_line_with_its_numbers(run):
    out = run("walk", "x + x", "--set", "x=3", "--step-is", "line", "--json")[1]
    parts = [facts for facts in map(json.loads, out.splitlines()) if "part" in facts]
    assert [facts["part"] for facts in parts] == list(range(1, len(parts) + 1))
    added = [(facts["code"], each) for facts in parts for each in facts["contributions"]]
    assert [code for code, _ in added] == [["x.grad = gx"], ["x.grad = x.grad + gx"]]
    assert [(each["before"], each["after"]) for _, each in added] == [(None, 1.0), (1.0, 2.0)]


def test_another_grain_is_refused_with_those_that_there_are(run, capsys):
    with pytest.raises(SystemExit) as ended:
        run("walk", "x * x", "--set", "x=3", "--step-is", "pixel")
    assert ended.value.code == 2
    assert "choose from 'block', 'contribution', 'line'" in capsys.readouterr().err
