"""Running a graph again by its plan: the same recording, and live whenever it must be."""

from __future__ import annotations

import time

import numpy as np
import pytest

from engine.expression import parse_expression
from engine.graph import Block, Graph, Wire
from engine.recording import record

TEXTS = {
    "square(exp(square(x)))": (0.5, 0.7),
    "x * x + sin(x) / (x + 2)": (0.5, -0.7),
    "sum(tanh(x) * x)": ([0.1, 0.2], [0.3, 0.4]),
    "log_softmax(x)[1] * max(x)": ([1.0, 2.0, 3.0], [2.0, 0.0, 1.0]),
    "log(x) / (x - x)": (2.0, 3.0),
}


def planned(graph):
    found = graph.worked_out.get("planning")
    return found is not None and found.ready


def set_value(graph, name, value):
    block = graph.named(name)
    graph.replace(Block(block.id, block.kind, block.name, value))


def told(recording):
    """Everything a recording says, as text."""
    lines = [str((recording.target, recording.problems, recording.first_bad))]
    for step in recording.steps:
        parts = [
            (part.wire, str(part.local), str(part.value), str(part.before), str(part.after))
            for part in getattr(step, "contributions", ())
        ]
        numbers = [str(getattr(step, name, "")) for name in ("value", "upstream", "gradient")]
        lines.append(f"{type(step).__name__} {step.block} {numbers} {parts}")
    return lines


@pytest.mark.parametrize(("text", "values"), TEXTS.items())
def test_a_recording_by_plan_says_what_a_live_one_says(text, values):
    before, after = (np.array(value, float) for value in values)
    graph, target = parse_expression(text, {"x": before})
    for _ in range(2):
        record(graph, target)
    assert planned(graph)
    set_value(graph, "x", after)
    again = record(graph, target)
    fresh, _ = parse_expression(text, {"x": after})
    assert told(again) == told(record(fresh, target))
    assert again.blocks == dict(graph.blocks)


def test_the_first_runs_make_no_plan_and_a_new_wire_drops_it():
    graph, target = parse_expression("exp(x)", {"x": np.array(0.5)})
    record(graph, target)
    assert not planned(graph)
    record(graph, target)
    assert planned(graph)
    graph.add(Block("n", "neg", "n"))
    assert not planned(graph)
    graph.connect(Wire(target, "n", 0))
    assert record(graph, "n").gradient(graph.named("x").id) == -np.exp(0.5)


def test_another_target_is_not_answered_by_the_plan_for_the_first():
    graph, target = parse_expression("square(exp(x))", {"x": np.array(0.5)})
    for _ in range(3):
        record(graph, target)
    inner = record(graph).course.popped[-1]
    assert record(graph, inner).gradient(graph.named("x").id) == np.exp(0.5)


def test_a_value_that_is_missing_or_does_not_fit_is_told_as_ever():
    graph, target = parse_expression("x @ y", {"x": np.eye(2), "y": np.eye(2)})
    for _ in range(3):
        record(graph, target)
    assert planned(graph)
    set_value(graph, "y", np.eye(3))
    (problem,) = record(graph, target).problems
    assert "do not fit" in problem.sentence
    set_value(graph, "y", None)
    (problem,) = record(graph, target).problems
    assert problem.sentence == "y has no value yet."
    set_value(graph, "y", np.full((2, 2), 3.0))
    assert record(graph, target).problems == ()


def test_a_number_in_place_of_an_array_and_the_other_way_round():
    graph, target = parse_expression("exp(x)", {"x": np.array(0.5)})
    for _ in range(3):
        record(graph, target)
    set_value(graph, "x", np.array([1.0, 2.0]))
    recording = record(graph, target)
    np.testing.assert_array_equal(recording.value(target), np.exp([1.0, 2.0]))
    np.testing.assert_array_equal(recording.steps[-1].contributions[0].value, np.exp([1.0, 2.0]))


def test_a_large_graph_gets_its_plan_while_the_runs_go_on():
    blocks = [Block("b0", "input", "x", np.array(0.5))]
    blocks += [Block(f"b{at}", ("sin", "exp", "neg")[at % 3], f"v{at}") for at in range(1, 301)]
    graph = Graph.build(blocks, [Wire(f"b{at - 1}", f"b{at}", 0) for at in range(1, 301)])
    live = record(graph, "b300")
    record(graph, "b300")
    for _ in range(500):
        if planned(graph):
            break
        time.sleep(0.01)
        assert record(graph, "b300").gradient("b0") == live.gradient("b0")
    assert planned(graph)
    assert told(record(graph, "b300")) == told(live)
