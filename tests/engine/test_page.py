"""The page of a walk, read by a program that knows HTML and nothing of Gradwalk."""

import re
from pathlib import Path
from xml.etree import ElementTree as ET

import numpy as np
import pytest

from engine.errors import CodeError
from engine.expression import parse_expression
from engine.moment import Moment
from engine.narration import narrate
from engine.page.length import MOST_STEPS
from engine.page.whole import MOST_STYLED, page, widget
from engine.picture.places import standing
from engine.picture.still import walk_svg
from engine.recording import record
from engine.storage import load
from tests.engine.reading import read

EXAMPLES = sorted(Path("resources/examples").glob("*.gradwalk"))


def walked(text, **values):
    graph, target = parse_expression(text, {k: np.array(v) for k, v in values.items()})
    return record(graph, target)


def steps_in(elements):
    radios = (e for e in elements if e.get("type") == "radio")
    return [e for e in radios if re.match(r"r\d+ ", e.get("class") or "")]


def seen(picture, step):
    """List the marks that the style sheet shows in a step."""
    shown = []
    for element in picture:
        kinds = (element.get("class") or "").split()
        firsts = [int(kind[1:]) for kind in kinds if re.fullmatch(r"f\d+", kind)]
        untils = [int(kind[1:]) for kind in kinds if re.fullmatch(r"u\d+", kind)]
        assert ("k" in kinds) == bool(firsts)  # what comes later is hidden at first
        assert ("z" in kinds) == bool(untils)
        if all(first <= step for first in firsts) and all(step < until for until in untils):
            shown += list(element) if firsts or untils else [element]
    shown = [e for e in shown if e.get("class") != "lamps"]  # dark, until a question lights them
    return [plain(element) for element in shown if not element.tag.endswith("title")]


def marks(svg):
    ground = ("title", "style")
    found = [e for e in ET.fromstring(svg) if not e.tag.endswith(ground)]
    return [plain(element) for element in found[1:]]


def plain(element):
    text = ET.tostring(element, encoding="unicode")
    return re.sub(r' xmlns(:\w+)?="[^"]*"|(?<=<)ns0:|(?<=</)ns0:', "", text)


def texts_in(text, step):
    drawn = ET.fromstring(re.search(r'<svg class="gw".*?</svg>', text)[0])
    shown = "".join(seen(drawn, step))
    return re.findall(r"<text[^>]*>([^<]*)</text>", shown)


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_the_page_of_every_example_asks_nothing_of_the_network(path):
    document = load(path)
    recording = record(document.graph, document.target)
    text = "".join(page(recording, standing(document)))
    elements = read(text)
    assert not [e for e in elements if e.keys() & {"src", "href", "xlink:href", "action", "data"}]
    assert not [e for e in elements if e["tag"] in {"link", "iframe", "object", "embed", "base"}]
    assert "http:" not in text
    assert "https:" not in text
    assert "//" not in text
    assert "url(" not in text
    assert "@import" not in text
    policy = next(e for e in elements if e.get("http-equiv") == "Content-Security-Policy")
    assert "default-src 'none'" in policy["content"]


def test_the_page_of_the_tutorial_is_small():
    document = load(Path("resources/examples/tutorial.gradwalk"))
    recording = record(document.graph, document.target)
    assert len("".join(page(recording, standing(document))).encode()) < 150_000


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_each_step_tells_what_the_window_tells(path):
    document = load(path)
    recording = record(document.graph, document.target)
    elements = read("".join(page(recording, standing(document))))
    steps = steps_in(elements)
    sections = [e for e in elements if e["tag"] == "section"]
    assert len(steps) == len(sections) == len(recording)
    for index, (step, section) in enumerate(zip(steps, sections, strict=True)):
        told = narrate(Moment(recording, index))
        assert step["aria-label"] == f"{told.heading}: {told.title}"
        assert f"s{index}" in section["class"].split()
        assert told.sentence in section["text"]
        for line in told.lines:
            assert line.numbers in section["text"]
    assert [index for index, step in enumerate(steps) if "checked" in step] == [0]


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_the_style_sheet_shows_in_each_step_what_the_picture_of_that_step_shows(path):
    document = load(path)
    recording = record(document.graph, document.target)
    stand = standing(document)
    text = "".join(page(recording, stand))
    drawn = ET.fromstring(re.search(r'<svg class="gw".*?</svg>', text)[0])
    for step in range(len(recording)):
        for kind, verdict in (("f", "inline"), ("u", "none")):
            chosen = f":has(.r{step}:checked,.r{step}~:checked)"
            rule = f".gradwalk:not(.live){chosen} .{kind}{step}{{display:{verdict}}}"
            assert step == 0 or len(recording) > MOST_STYLED or rule in text
        assert seen(drawn, step) == marks(walk_svg(recording, step, stand))


def test_gradients_that_add_up_are_seen_one_after_the_other():
    recording = walked("x * 3 + x * 4", x=2.0)
    text = "".join(page(recording))
    first, last = (texts_in(text, len(recording) + at) for at in (-2, -1))
    assert {"+ 4", "4"} <= set(first)
    assert "7" not in first
    assert {"+ 4", "+ 3", "7"} <= set(last)


def test_a_rule_is_set_as_mathematics_that_a_screen_reader_reads():
    elements = read("".join(page(walked("square(x)", x=3.0))))
    formulas = [e for e in elements if e["tag"] == "math"]
    assert "∂y∂x=∂y∂y·2x" in [each["text"] for each in formulas]
    assert [e for e in elements if e["tag"] == "mfrac"]


def test_every_button_and_the_picture_have_a_name():
    elements = read("".join(page(walked("square(x)", x=3.0))))
    buttons = [e for e in elements if e["tag"] == "button"]
    assert [e["aria-label"] for e in buttons if "aria-label" in e] == [
        "First step",
        "Step back",
        "Play",
        "Step on",
        "Last step",
    ]
    picture = next(e for e in elements if e.get("role") == "img")
    assert "The graph of" in picture["text"]
    assert next(e for e in elements if e["tag"] == "html")["lang"] == "en"


def test_a_heading_cannot_smuggle_anything_into_the_page():
    text = "".join(page(walked("square(x)", x=3.0), heading="<script>alert(1)</script>"))
    assert "<script>alert" not in text
    assert "&lt;script&gt;alert" in text


def test_a_walk_in_a_notebook_is_one_row_of_its_own():
    recording = walked("square(exp(square(x)))", x=0.5)
    first, second = (read("".join(widget(recording))) for _ in range(2))
    assert all("src" not in e for e in first if e["tag"] == "script")
    names = [{e["name"] for e in steps_in(found)} for found in (first, second)]
    assert [len(found) for found in names] == [1, 1]
    assert names[0] != names[1]
    checked = [e for e in steps_in(first) if "checked" in e]
    assert "step 8 of 8" in checked[0]["aria-label"]


def test_the_colours_of_both_themes_are_there():
    text = "".join(page(walked("square(x)", x=3.0)))
    assert "--blue:#1F5FD0" in text
    assert "prefers-color-scheme:dark){:root{--bg:#12151B" in text


def test_a_walk_that_is_too_long_or_has_no_steps_is_refused_with_a_sentence():
    long = walked("x" + " + x" * MOST_STEPS, x=1.0)
    with pytest.raises(CodeError, match="steps; 2,000 is the most for a page"):
        list(page(long))
    graph, target = parse_expression("square(x)")
    with pytest.raises(CodeError, match="nothing to walk yet"):
        list(page(record(graph, target)))
