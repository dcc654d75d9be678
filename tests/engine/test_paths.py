"""The gradient is the sum over all paths, and the walk back need not go along any of them."""

from __future__ import annotations

import numpy as np
import pytest

from engine.asking.paths import MOST, Paths
from engine.expression import parse_expression
from engine.recording import record


def paths_of(text, name="x", **values):
    graph, y = parse_expression(text, {k: np.array(v, float) for k, v in values.items()})
    recording = record(graph, y)
    return recording, Paths(recording, graph.named(name).id)


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("square(exp(square(x)))", 1),
        ("x + x", 2),
        ("x * square(x) * x", 3),
        ("a = square(x); square(a) + square(a)", 2),
        ("a = x + x; b = a + a; b + b", 8),
    ],
)
def test_the_products_of_all_paths_add_up_to_the_gradient(text, count):
    recording, paths = paths_of(text, x=1.5)
    assert paths.count == len(paths.listed) == count
    x = next(b.id for b in recording.blocks.values() if b.name == "x")
    total = sum(path.product for path in paths.listed)
    assert total == pytest.approx(float(recording.gradient(x)), rel=1e-12)


def test_a_path_is_written_with_its_names_and_its_numbers():
    recording, paths = paths_of("square(exp(square(x)))", x=0.5)
    (path,) = paths.listed
    assert path.text(recording) == "∂y/∂b · ∂b/∂a · ∂a/∂x"
    assert path.numbers() == "2.5681 · 1.2840 · 1 = 3.2974"
    assert "nothing to add up" in paths.sentence


def test_more_paths_than_anybody_can_list_are_counted_all_the_same():
    doubled = "; ".join(["a0 = x + x", *(f"a{i} = a{i - 1} + a{i - 1}" for i in range(1, 64))])
    _, paths = paths_of(doubled, x=1.0)
    assert paths.count == 2**64
    assert len(paths.listed) == MOST
    assert "is done after 64 blocks" in paths.sentence


def test_arrays_have_paths_without_numbers():
    _, paths = paths_of("sum(x * x)", x=[1.0, 2.0])
    assert paths.count == 2
    assert [path.product for path in paths.listed] == [None, None]
    assert "adds up where they meet" in paths.sentence


def test_what_does_not_lead_to_the_target_has_no_path():
    _, paths = paths_of("v = exp(u); x + 1", "u", x=1.0, u=2.0)
    assert paths.count == 0
    assert paths.sentence == "No path leads back to u."
