"""A walk that steps over a group stops where all of the group is done."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings

from engine.expression import parse_expression
from engine.groups import Group, Groups
from engine.recording import record
from engine.stops import stops
from tests.engine.editing import documents


def recorded(expression, **values):
    graph, y = parse_expression(expression, {k: np.array(v) for k, v in values.items()})
    return graph, record(graph, y)


def grouped(*groups):
    found = Groups()
    for group in groups:
        found.add(group)
    return found


def kinds(graph, recording, indices):
    return [(graph.block(recording.steps[at].block).kind, at >= recording.turn) for at in indices]


def test_without_groups_every_step_is_a_stop():
    _, recording = recorded("square(exp(square(x)))", x=0.5)
    assert stops(recording.course, Groups()) == tuple(range(len(recording)))


def test_two_branches_are_one_stop_each_though_their_steps_alternate():
    graph, recording = recorded("sin(exp(x)) + cos(square(x))", x=0.5)
    names = {block.kind: block.id for block in graph.blocks.values()}
    upper = Group("g1", "upper", frozenset({names["exp"], names["sin"]}))
    lower = Group("g2", "lower", frozenset({names["square"], names["cos"]}))
    found = kinds(graph, recording, stops(recording.course, grouped(upper, lower)))
    forward = [kind for kind, back in found if not back]
    assert sorted(forward) == ["add", "cos", "input", "sin"]
    back = [kind for kind, back in found if back]
    assert sorted(back) == ["add", "add", "exp", "square"]  # the seed, then what is passed on


def test_an_open_group_is_stepped_through_and_a_nested_one_over():
    _, recording = recorded("square(exp(square(x)))", x=0.5)
    inner = Group("g1", "inner", frozenset({"b2", "b3"}))
    outer = Group("g2", "outer", frozenset({"g1", "b4"}), folded=False)
    assert stops(recording.course, grouped(inner, outer)) == (0, 2, 3, 4, 5, 7)


def test_inside_a_group_all_that_is_outside_is_one_stop():
    _, recording = recorded("square(exp(square(x)))", x=0.5)
    inner = Group("g1", "inner", frozenset({"b2", "b3"}))
    assert stops(recording.course, grouped(inner), "g1") == (1, 2, 3, 4, 5, 6, 7)


@settings(max_examples=60)
@given(documents())
def test_what_is_seen_stops_once_each_way_and_the_end_is_always_reached(document):
    recording = record(document.graph, document.target)
    for entered in (None, *document.groups.all):
        found = stops(recording.course, document.groups, entered)
        assert list(found) == sorted(set(found))
        assert all(0 <= at < len(recording) for at in found)
        assert not len(recording) or found[-1] == len(recording) - 1
        course = recording.course
        told = [document.groups.stand_in(block, entered) for block in course.order]
        assert list(document.groups.stand_ins(course.order, entered)) == told
        for blocks, start in ((course.order, 0), (course.popped, course.turn + 1)):
            for at, block in enumerate(blocks, start):
                if document.groups.stand_in(block, entered) == block:
                    assert at in found
