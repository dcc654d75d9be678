"""Predicting on a page: what is typed there is judged as the engine judges it, in its words."""

from __future__ import annotations

import json

import numpy as np
import pytest

from engine.asking.predict_text import RIGHT
from engine.asking.predicting import questions
from engine.asking.question import judge
from engine.moment import Moment
from engine.values import source_text
from tests.browser.test_questions import LIT
from tests.engine.four_pages import shown as page_of
from tests.four import TEXTS

ODD = (
    "abc", "1 +", "2 ** 3 ** 0", "-2 ** 2", "pi/4", "(1, 2)", "[1, 2]", "[[1], [2, 3]]", "1e3",
    "−0.5", "[1, x]", "1 2", "--3", "[]", "2 * [1]", "1_000", ".5", "5.", "1/0", "e", "() + 1",
)  # fmt: skip

TYPE = """((texts) => texts.map((text) => {
    const form = document.querySelector(".quiz");
    form.querySelector("input").value = text;
    form.requestSubmit();
    return form.querySelector(".reply").textContent;
}))"""

SEEN = """[...document.querySelectorAll("svg.gw .g text")]
    .filter((mark) => mark.getClientRects().length).map((mark) => mark.textContent)"""


MOST_STEPS = 28
"""Steps whose questions are answered: of the longest of the four, all forwards and some back."""


@pytest.fixture
def asked(tab, tmp_path):
    def open_it(name, step=1):
        shown, path = page_of(name), tmp_path / "walk.html"
        path.write_text(shown.text, "utf-8")
        tab.go(f"{path.resolve().as_uri()}#step-{step}-predict")
        return shown.recording

    return open_it


def tried(question):
    """List what people might type, and at last what is right."""
    answer = question.answer
    known = [source_text(trap) for trap, _ in question.traps]
    near = [source_text(np.round(answer * by, at)) for by in (1.004, 1.02) for at in (1, 2, 4)]
    texts = [*known, source_text(-answer), source_text(answer + 1.0), *near, *ODD]
    wrong = [text for text in texts if text.strip() and not judge(question, text).right]
    return [*wrong, source_text(answer)]


@pytest.mark.parametrize("name", TEXTS)
def test_each_answer_is_judged_as_the_engine_judges_it(asked, tab, name):
    recording, count = asked(name), 0
    for step in range(min(len(recording), MOST_STEPS)):
        if step:
            tab.ask("document.querySelector('.quiz .on').click()")
        for question in questions(Moment(recording, step)):
            texts = tried(question)
            assert tab.ask("document.querySelector('.prompt').textContent") == question.prompt
            replies = tab.ask(f"{TYPE}({json.dumps(texts)})")
            judged = [judge(question, text) for text in texts]
            assert judged[-1].right
            expected = [f"✗ {each.sentence}" for each in judged[:-1]]
            assert replies == [*expected, f"✓ {RIGHT} {judged[-1].sentence}"]
            count += 1
    assert count > 3
    score = tab.ask("document.querySelector('.score').textContent")
    assert score == f"{count} of {count} told, 0 of them at the first try."
    assert tab.complaints() == []


def test_a_number_is_hidden_until_it_is_told_by_keys(asked, tab):
    asked("tutorial", 6)
    assert tab.ask(SEEN) == ["1"]  # what came in, and not what goes on
    assert tab.ask(f"{LIT}('on')")
    tab.ask("document.querySelector('.quiz input').focus()")
    tab.type("2.57")
    tab.press("Enter")
    assert tab.ask("document.querySelector('.symbol').textContent") == "∂y/∂b ="
    assert tab.ask(SEEN) == ["1"]  # its contribution is still to be told
    tab.type("2.57")
    tab.press("Enter")
    assert sorted(tab.ask(SEEN)) == ["1", "2.5681"]
    assert "told" in tab.ask("document.querySelector('.score').textContent")
    tab.press("Enter")  # to step on
    assert tab.ask("document.querySelector('.r6').checked")
    assert tab.ask("document.activeElement.ariaLabel") == "Your answer"
    tab.press("ArrowLeft")  # within what is typed
    assert tab.ask("document.querySelector('.r6').checked")


def test_who_gives_up_is_told_and_other_questions_hide_nothing(asked, tab):
    asked("tutorial", 6)
    tab.click(".quiz .tell")
    reply = "document.querySelector('.reply').textContent"
    assert tab.ask(reply) == "→ The local derivative of Square: ∂y/∂b = 2.5681."
    assert tab.ask("document.querySelector('.score').textContent").startswith("0 of 1 told")
    tab.click("#tab-paths")
    assert "2.5681" in tab.ask(SEEN)
    assert tab.ask("getComputedStyle(document.querySelector('.finds')).display") == "block"
    tab.click("#tab-predict")
    assert tab.ask(SEEN) == ["1"]
    assert tab.ask("getComputedStyle(document.querySelector('.finds')).display") == "none"
