"""The questions on a page, read by a program that knows HTML, hold the numbers of the engine."""

import json
from pathlib import Path

import numpy as np
import pytest

from engine.asking.differentiating import differentiate_by
from engine.asking.paths import Paths
from engine.expression import parse_expression
from engine.page.whole import page
from engine.recording import record
from engine.values import value_text
from tests.engine.reading import inside, read, with_class
from tests.four import TEXTS

TRUE = json.loads((Path(__file__).parents[1] / "data" / "numbers.json").read_text("utf-8"))


def recorded(name):
    """Walk one of the four."""
    text, values = TEXTS[name]
    graph, target = parse_expression(text, {key: np.array(x) for key, x in values.items()})
    for _ in range(3 if name == "tanh'''" else 0):
        made = differentiate_by(graph, target, "x")
        graph, target = made.graph, made.target
    return record(graph, target)


class Shown:
    """A page, beside the recording that it was written from."""

    def __init__(self, name):
        self.recording = recorded(name)
        self.text = "".join(page(self.recording))
        self.elements = read(self.text)

    def panel(self, name):
        """Give what is in the answer to a question."""
        return inside(self.elements, next(e for e in self.elements if e.get("id") == name))

    def inputs(self):
        """List the inputs that something comes back to."""
        blocks, course = self.recording.blocks, self.recording.course
        return [b for b in course.order if not blocks[b].is_function and b in course.givers]


@pytest.fixture(scope="module")
def pages():
    """Each of the four, once."""
    return {name: Shown(name) for name in TEXTS}


@pytest.fixture(params=list(TEXTS))
def shown(request, pages):
    return pages[request.param]


def test_the_same_recording_makes_the_same_page_byte_for_byte(shown):
    assert "".join(page(shown.recording)) == shown.text


def test_every_path_is_listed_with_its_product_and_the_paths_add_up(shown):
    panel = shown.panel("paths")
    answers = with_class(panel, "choice")
    assert len(answers) == len(shown.inputs())
    for source, answer in zip(shown.inputs(), answers, strict=True):
        found = Paths(shown.recording, source)
        told = inside(panel, answer)
        assert with_class(told, "said")[0]["text"].strip() == found.sentence
        products = [e["text"] for e in with_class(told, "product")]
        assert products == [path.numbers() for path in found.listed]
        if not any(found.gradient.shape):
            total = sum(float(path.product) for path in found.listed)
            assert total == pytest.approx(float(found.gradient), rel=1e-9)
        if found.count > 1:
            assert value_text(found.gradient) in with_class(told, "sum")[0]["text"]


def test_the_factors_of_a_path_multiply_to_what_the_tutorial_says(pages):
    panel = pages["tutorial"].panel("paths")
    rows = [e for e in panel if e["tag"] == "tr"][1:]
    local = TRUE["step09"]["local"]
    numbers = [with_class(inside(panel, row), "num") for row in rows]
    expected = [local["dy/db"], local["db/da"], local["da/dx"]]
    assert [pair[0]["text"] for pair in numbers] == [value_text(np.array(x)) for x in expected]
    assert numbers[-1][1]["text"] == value_text(np.array(TRUE["step09"]["grad"]["x"]))


def test_a_path_lights_the_blocks_and_wires_it_leads_along(pages):
    shown = pages["fan-out"]
    keys = {e["data-k"] for e in with_class(shown.elements, "lamp")}
    one, other = (set(e["data-lights"].split()) for e in with_class(shown.elements, "path"))
    assert one | other == keys
    assert len(one ^ other) == 6  # a block and its two wires each
