"""The documents that come with the app."""

from __future__ import annotations

import json
import math
from pathlib import Path

import numpy as np
import pytest

from engine.recording import record
from engine.storage import dumps, load

EXAMPLES = Path(__file__).parents[2] / "resources" / "examples"
NUMBERS = json.loads((Path(__file__).parents[1] / "data" / "numbers.json").read_text("utf-8"))


def fifty_sigmoids(x):
    """Multiply the slopes of fifty sigmoids in a row, without any engine."""
    slope = 1.0
    for _ in range(50):
        x = 1 / (1 + math.exp(-x))
        slope *= x * (1 - x)
    return slope


GRADIENTS = {
    "tutorial": {"x": NUMBERS["step09"]["grad"]["x"]},
    "fan-out": {"x": NUMBERS["step16"]["grad"]},
    "sphere": dict(zip("xy", NUMBERS["step24"][0]["grad"], strict=True)),
    "matyas": dict(zip("xy", NUMBERS["step24"][1]["grad"], strict=True)),
    "rosenbrock": dict(zip(("x0", "x1"), NUMBERS["step28"]["grad"], strict=True)),
    "broadcasting": {"x": [1, 1, 1], "b": NUMBERS["step40"]["grad_of_[10]"]},
    "overflow": {"x": np.nan},
    "fifty-sigmoids": {"x": fifty_sigmoids(0.5)},
}


def test_every_example_is_tested():
    assert {path.stem for path in EXAMPLES.iterdir()} == set(GRADIENTS)


@pytest.mark.parametrize("name", GRADIENTS)
def test_an_example_opens_and_gives_the_gradients_that_are_known(name):
    path = EXAMPLES / f"{name}.gradwalk"
    document = load(path)
    recording = record(document.graph, document.target)
    assert recording.problems == ()
    for variable, gradient in GRADIENTS[name].items():
        found = recording.gradient(document.graph.named(variable).id)
        np.testing.assert_allclose(found, gradient, rtol=1e-12)


@pytest.mark.parametrize("name", GRADIENTS)
def test_an_example_is_saved_as_the_app_saves(name):
    path = EXAMPLES / f"{name}.gradwalk"
    assert path.read_text("utf-8") == dumps(load(path))


@pytest.mark.parametrize("name", GRADIENTS)
def test_the_blocks_of_an_example_stand_apart(name):
    places = list(load(EXAMPLES / f"{name}.gradwalk").places.values())
    for index, one in enumerate(places):
        for other in places[:index]:
            assert abs(one.x - other.x) >= 90 or abs(one.y - other.y) >= 60


def test_the_tutorial_stands_in_a_row():
    document = load(EXAMPLES / "tutorial.gradwalk")
    names = [block.name for block in document.graph.blocks.values()]
    places = {document.graph.block(block).name: at for block, at in document.places.items()}
    assert sorted(names) == ["a", "b", "x", "y"]
    assert [tuple(places[name]) for name in "xaby"] == [(170.0 * n, 0.0) for n in range(4)]


def test_the_overflow_is_pointed_at():
    document = load(EXAMPLES / "overflow.gradwalk")
    bad = record(document.graph, document.target).first_bad
    assert bad.sentence.startswith("Exp gave infinity at x = 1000. That is an overflow")
    assert bad.reason == "overflow"
