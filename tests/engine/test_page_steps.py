"""Each step on a page, as deeply and as finely as is wished, with its code and the chain so far."""

import json
import re
from xml.etree import ElementTree as ET

import numpy as np
import pytest

from engine.depth import details, narrate_at
from engine.expression import parse_expression
from engine.finely import parts_of
from engine.listing import CHAIN, GENERATIONS
from engine.moment import Moment, work_lists
from engine.page.loop import waiting_text
from engine.page.whole import page, widget
from engine.recording import record
from engine.values import value_text
from tests.engine.four_pages import recorded
from tests.engine.four_pages import shown as page_of
from tests.engine.reading import inside, read, with_class
from tests.engine.test_page_questions import TRUE
from tests.four import TEXTS


@pytest.fixture(params=list(TEXTS))
def shown(request):
    return page_of(request.param)


def sections_in(elements):
    return [e for e in elements if e["tag"] == "section"]


def told(text):
    elements = read(text)
    return elements, sections_in(elements)


def loop_of(elements):
    (data,) = with_class(elements, "loop-data")
    return json.loads(data["text"])


def test_every_step_is_told_for_a_first_contact_a_student_and_an_engineer(shown):
    elements, recording = shown.elements, shown.recording
    sections = sections_in(elements)
    for step, section in enumerate(sections):
        parts, moment = inside(elements, section), Moment(recording, step)
        first = "\n".join(e["text"] for e in with_class(parts, "first"))
        student = next(e["text"] for e in parts if e["tag"] == "p" and "place" not in e["class"])
        assert student == narrate_at(moment, "student").sentence
        assert (first or student) == narrate_at(moment, "first").sentence
        asked = [
            (what["text"], text["text"])
            for what, text in zip(
                [e for e in parts if e["tag"] == "dt"],
                [e for e in parts if e["tag"] == "dd"],
                strict=True,
            )
        ]
        assert asked == [(detail.what, detail.text) for detail in details(moment)]


def test_each_line_of_code_that_runs_says_what_it_does(shown):
    elements, recording = shown.elements, shown.recording
    code = CHAIN if recording.course.is_chain else GENERATIONS
    (listed,) = [e for e in with_class(elements, "back") if e["tag"] == "ol"]
    lines = [e["text"] for e in inside(elements, listed) if e["tag"] == "code"]
    assert lines == list(code)
    steps, before = loop_of(elements), []
    for step, (facts, after) in enumerate(zip(steps, work_lists(recording), strict=True)):
        if "parts" in facts:
            parts = list(parts_of(recording, step, "line", before))
            assert [lines[at].strip() for at, *_ in facts["parts"]] == [p.code[0] for p in parts]
            assert [said for _, said, *_ in facts["parts"]] == [p.said[0] for p in parts]
            arrived = np.cumsum([len(p.contributions) for p in parts]).tolist()
            assert [came for _, _, came, _ in facts["parts"]] == arrived
            groups = list(parts_of(recording, step, "contribution", before))
            assert [facts["parts"][at][2] for at in facts["stops"]] == np.cumsum(
                [len(group.contributions) for group in groups]
            ).tolist()
        if step >= recording.turn:
            assert facts["list"] == waiting_text(recording, after)
        before = after


def test_the_chain_grows_factor_by_factor_to_what_the_tutorial_says():
    elements = page_of("tutorial").elements
    sections = sections_in(elements)
    local, grown = TRUE["step09"]["local"], []
    for section in sections:
        chain = with_class(inside(elements, section), "chain")
        grown += [[e["text"] for e in with_class(inside(elements, c), "num")] for c in chain]
    factors = [value_text(np.array(local[key])) for key in ("dy/db", "db/da", "da/dx")]
    products = [value_text(np.array(TRUE["step09"]["grad"][key])) for key in ("b", "a", "x")]
    assert grown == [[*factors[: at + 1], products[at]] for at in range(3)]


def test_of_a_long_chain_the_last_factors_are_told_and_of_a_graph_none():
    text = "; ".join(["a0 = sin(x)", *(f"a{n} = sin(a{n - 1})" for n in range(1, 30)), "a29 * 2"])
    graph, y = parse_expression(text, {"x": np.array(0.5)})
    elements, sections = told("".join(page(record(graph, y))))
    (chain,) = with_class(inside(elements, sections[-1]), "chain")
    assert chain["text"].startswith("… ·")
    assert len(with_class(inside(elements, chain), "factor")) == 9
    assert not with_class(page_of("fan-out").elements, "chain")


def test_contributions_of_one_step_are_seen_to_add_up_one_after_the_other():
    graph, y = parse_expression("x * x", {"x": np.array(3.0)})
    text = "".join(page(record(graph, y)))
    drawn = ET.fromstring(re.search(r'<svg class="gw".*?</svg>', text)[0])
    found = {
        (group.get("class"), "".join(part.itertext()))
        for group in drawn
        for part in group
        if part.get("class") == "g" and part.find("text") is not None
    }
    assert ("k f3 p1 z u3 q2", "3") in found
    assert ("k f3 p2", "6") in found


def test_a_long_walk_is_told_for_a_student_and_a_walk_in_a_notebook_is_fine_too():
    text = "; ".join(["a0 = sin(x)", *(f"a{n} = sin(a{n - 1})" for n in range(1, 255))])
    graph, y = parse_expression(text, {"x": np.array(1.0)})
    elements, _ = told("".join(page(record(graph, y))))
    assert not with_class(elements, "loop")
    assert not with_class(elements, "depths")
    assert with_class(told("".join(widget(recorded("tutorial"))))[0], "loop")
