"""The questions on a page, read by a program that knows HTML, hold the numbers of the engine."""

import json
from pathlib import Path

import numpy as np
import pytest

from engine.asking.mistakes import MISTAKES
from engine.asking.paths import Paths
from engine.asking.plot_axes import axis_name, some_axes
from engine.asking.tangents import walk_forward
from engine.asking.wrong_rules import walk_wrong
from engine.asking.wrong_text import beside, endings
from engine.expression import parse_expression
from engine.page.whole import page
from engine.recording import record
from engine.values import value_text
from tests.engine.four_pages import shown as page_of
from tests.engine.reading import inside, read, with_class
from tests.four import TEXTS, gradient

TRUE = json.loads((Path(__file__).parents[1] / "data" / "numbers.json").read_text("utf-8"))


@pytest.fixture
def pages():
    """Each of the four."""
    return {name: page_of(name) for name in TEXTS}


@pytest.fixture(params=list(TEXTS))
def shown(request):
    return page_of(request.param)


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


def rows_of(elements, answer, kind):
    """List the rows of a table in an answer, each as the texts of its cells."""
    told = inside(elements, answer)
    table = next((e for e in with_class(told, kind) if e["tag"] == "table"), None)
    rows = [] if table is None else [e for e in inside(told, table) if e["tag"] == "tr"][1:]
    return [[e["text"] for e in inside(told, row) if e["tag"] in ("td", "th")] for row in rows]


@pytest.mark.parametrize("rule", MISTAKES)
def test_each_wrong_rule_stands_beside_the_right_one(shown, rule):
    panel = shown.panel("mistakes")
    answer = with_class(panel, "choice")[list(MISTAKES).index(rule)]
    walk = walk_wrong(shown.recording, rule)
    told = inside(panel, answer)
    said = with_class(told, "verdict")[0]["text"].strip()
    assert said == " ".join(filter(None, (walk.sentence, walk.stopped)))
    assert rows_of(panel, answer, "ends") == [list(end) for end in endings(walk)]
    rows = beside(walk)
    shown_rows = rows_of(panel, answer, "beside")
    assert len(shown_rows) == len(rows)
    for row, cells in zip(rows, shown_rows, strict=True):
        for at, side in ((1, row.left), (4, row.right)):
            assert cells[at] == side.head
            assert cells[at + 1].startswith("".join(side.numbers))
        assert cells[3] == ("≠" if row.differs else "")
    assert len(with_class(told, "parts")) == (walk.parted is not None)


def test_the_wrong_rules_give_what_is_known_of_them(pages):
    panel = pages["fan-out"].panel("mistakes")
    answers = dict(zip(MISTAKES, with_class(panel, "choice"), strict=True))
    assert rows_of(panel, answers["overwrite"], "ends")[0] == ["x", "64", "32"]
    assert rows_of(panel, answers["stack"], "ends")[0] == ["x", "64", "96"]
    for known in TRUE["wrong_rules"][:1]:
        graph, y = parse_expression(known["f"], {"x": np.array(known["x"])})
        elements = read("".join(page(record(graph, y))))
        panel = next(e for e in elements if e.get("id") == "mistakes")
        answer = with_class(inside(elements, panel), "choice")[0]
        right, wrong = (value_text(np.array(known[key])) for key in ("right", "wrong"))
        assert rows_of(elements, answer, "ends") == [["x", right, wrong]]


def test_the_walk_forwards_ends_with_the_gradient(shown):
    name = shown.name
    panel, recording = shown.panel("forward"), shown.recording
    answers = with_class(panel, "choice")
    axes = some_axes(recording, len(answers))
    for axis, answer in zip(axes, answers, strict=True):
        assert answer["text"].strip().startswith(f"from {axis_name(recording.blocks, axis)}")
        walk = walk_forward(recording, *axis)
        rows = rows_of(panel, answer, "tangents")
        assert rows[0][2].startswith(walk.row(walk.steps[0]).left.numbers[0])
        right = gradient(name, TEXTS[name][1], recording.blocks[axis[0]].name).flat[axis[1]]
        assert rows[-1][3].endswith(value_text(np.array(right)))
        assert with_class(inside(panel, answer), "said")[-1]["text"].strip() == walk.cost


def test_what_cannot_be_asked_of_large_arrays_says_why_and_the_page_stays_small():
    graph, y = parse_expression("sum(square(x))", {"x": np.ones(400_000)})
    text = "".join(page(record(graph, y)))
    elements = read(text)
    for question in ("plot", "check", "forward", "mistakes"):
        panel = next(e for e in elements if e.get("id") == question)
        assert "The arrays of this graph have 800,001 elements in all." in panel["text"]
    assert len(text.encode()) < 150_000


@pytest.mark.parametrize(
    ("text", "values", "sentence"),
    [
        ("exp(exp(x))", {"x": 710.0}, "overflow"),
        ("log(x)", {"x": 0.0}, "log"),
        ("square(x) * w", {"x": 1.0}, "There is nothing to walk back yet"),
        ("2 + 3", {}, "There is nothing to plot yet"),
        ("sum(square(x))", {"x": np.ones((0, 3))}, "gives y = 0"),
    ],
)
def test_a_walk_that_goes_wrong_or_nowhere_has_its_page(text, values, sentence):
    given = {name: np.array(value) for name, value in values.items()}
    told = "".join(page(record(*parse_expression(text, given))))
    read(told)
    assert sentence in told
