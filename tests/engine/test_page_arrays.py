"""The arrays and the checks on a page hold what the engine says of each element."""

import json

import numpy as np
import pytest

from engine.asking.lit import SINGLE, lit
from engine.asking.step_arrays import pictures_of
from engine.checking import Checker
from engine.expression import parse_expression
from engine.page.arrays import FURTHER, LARGER, MOST_ELEMENTS, arrays_panel
from engine.page.parts import Asked
from engine.page.whole import page
from engine.recording import SeedStep, record
from engine.values import parse_value
from tests.engine.four_pages import shown as page_of
from tests.engine.reading import inside, read, with_class
from tests.four import TEXTS, gradient


@pytest.fixture
def net():
    return page_of("net")


def arrays_of(elements):
    (data,) = with_class(elements, "arrays-data")
    return json.loads(data["text"])


def test_every_array_of_every_step_is_there_in_full(net):
    steps = arrays_of(net.elements)["steps"]
    assert len(steps) == len(net.recording)
    for step, told in zip(net.recording.steps, steps, strict=True):
        pictures = pictures_of(net.recording, step)
        if not any(picture.array.ndim for picture in pictures):
            assert told is None
            continue
        for picture, facts in zip(pictures, told["pictures"], strict=True):
            assert (facts["head"], facts["rule"]) == (picture.head, picture.rule)
            np.testing.assert_array_equal(parse_value(facts["copy"]), picture.array)
            rows, columns = facts["rows"]
            assert rows * columns == len(facts["cells"]) == picture.array.size


def test_each_element_lights_what_the_engine_says(net):
    steps = arrays_of(net.elements)["steps"]
    for step, told in zip(net.recording.steps, steps, strict=True):
        if told is None or len(told["pictures"]) == 1 or isinstance(step, SeedStep):
            continue
        pictures = pictures_of(net.recording, step)
        for at, picture in enumerate(pictures):
            for index, (said, masks) in zip(
                np.ndindex(picture.array.shape), told["lit"][at], strict=True
            ):
                found = lit(net.recording, step, pictures, at, index)
                assert said == found.said
                lights = [None if m is None else np.flatnonzero(m).tolist() for m in found.masks]
                assert masks == lights


def test_a_matmul_goes_back_as_gy_times_its_transpose(net):
    last = arrays_of(net.elements)["steps"][-1]
    heads = [picture["head"] for picture in last["pictures"]]
    assert heads == ["from above ∂y/∂a", "to ∂y/∂x", "times w", "to ∂y/∂w", "times x"]
    assert last["pictures"][1]["rule"] == "gy @ w.T"
    said, masks = last["lit"][1][5]  # x[1, 2]
    assert said.startswith("∂y/∂x[1, 2] = ∂y/∂a[1, :] · w[2, :]")
    assert masks[0] == [4, 5, 6, 7]
    assert masks[2] == [8, 9, 10, 11]


def test_a_bias_comes_back_as_a_sum_over_the_axis_it_was_copied_along(net):
    steps = arrays_of(net.elements)["steps"]
    add = next(s for s in steps if s and s["pictures"][-1]["head"].endswith("∂y/∂b"))
    at = len(add["pictures"]) - 1
    assert add["lit"][at][2][1][0] == [2, 6]  # b[2]: both rows of the upstream gradient


def test_where_there_are_single_numbers_alone_the_page_says_so():
    graph, y = parse_expression("square(x)", {"x": np.array(3.0)})
    elements = read("".join(page(record(graph, y))))
    assert not with_class(elements, "arrays-data")
    assert SINGLE in [e["text"].strip() for e in with_class(elements, "said")]


def test_larger_arrays_and_those_beyond_the_room_are_left_out_with_a_sentence():
    graph, y = parse_expression("sum(square(x))", {"x": np.ones((20, 30))})
    told = arrays_of(read("".join(arrays_panel(Asked(record(graph, y))))))
    assert "larger" in told["steps"]
    assert told["words"]["larger"] == LARGER
    text = "sum(" + "square(" * 30 + "x" + ")" * 30 + ")"
    graph, y = parse_expression(text, {"x": np.ones((8, 12))})
    told = arrays_of(read("".join(arrays_panel(Asked(record(graph, y))))))
    shown = [step for step in told["steps"] if isinstance(step, dict)]
    count = sum(len(picture["cells"]) for step in shown for picture in step["pictures"])
    assert 0 < count <= MOST_ELEMENTS
    assert told["steps"][-1] == "further"
    assert told["words"]["further"] == FURTHER


@pytest.mark.parametrize("name", TEXTS)
def test_every_gradient_stands_beside_its_trial(name):
    shown = page_of(name)
    panel, recording = shown.panel("check"), shown.recording
    (table,) = with_class(panel, "checks")
    rows = [
        [e["text"] for e in inside(panel, row) if e["tag"] in ("td", "th")]
        for row in inside(panel, table)
        if row["tag"] == "tr" and "tabindex" in row
    ]
    checker = Checker(recording)
    blocks = sorted(recording.gradients, key=lambda b: recording.blocks[b].is_function)
    assert len(rows) == len(blocks)
    told = {row[0]: row for row in rows}
    y = recording.blocks[recording.target].name
    for block in blocks:
        row = told[f"∂{y}∂{recording.blocks[block].name}"]
        assert row[3] == f"✓ {checker.check(block).verdict}"
    for x, value in TEXTS[name][1].items():
        if not np.ndim(value):
            cells = told[f"∂{y}∂{x}"]
            right = float(gradient(name, TEXTS[name][1], x))
            assert float(cells[1].replace("−", "-")) == pytest.approx(right, rel=1e-4)
            assert float(cells[2].replace("−", "-")) == pytest.approx(right, rel=1e-4)
