"""The questions on a page in a real browser: asked by mouse and by keys, lit in the picture."""

from __future__ import annotations

import numpy as np
import pytest

from engine.asking.headings import HEADINGS
from engine.asking.lit import HINT
from engine.expression import parse_expression
from engine.page.questions import PANELS
from engine.page.whole import page
from engine.recording import record
from tests.engine.four_pages import shown as page_of
from tests.four import TEXTS

FRONT = """[...document.querySelectorAll("[role=tabpanel]")]
    .filter((panel) => panel.getClientRects().length).map((panel) => panel.id)"""

LIT = """((kind) => [...document.querySelectorAll(`.lamp.${kind}`)]
    .map((lamp) => lamp.dataset.k).sort().join(" "))"""


PARTS = "document.querySelector('#mistakes .choice:not(.x) tr.parts')"


@pytest.fixture
def asked(tab, tmp_path):
    """Open the page of one of the four; give its recording."""

    def open_it(name, fragment=""):
        shown, path = page_of(name), tmp_path / "walk.html"
        path.write_text(shown.text, "utf-8")
        tab.go(path.resolve().as_uri() + fragment)
        return shown.recording

    return open_it


def test_every_question_is_asked_by_mouse_and_by_keys(asked, tab):
    asked("tutorial")
    names = ["step", *PANELS]
    assert tab.ask(FRONT) == ["step"]
    for name in reversed(names):
        tab.click(f"#tab-{name}")
        assert tab.ask(FRONT) == [name]
        assert tab.ask(f"document.querySelector('#{name} h2').textContent")
    for name in (*names[1:], names[0]):
        tab.press("ArrowRight")
        assert tab.ask(FRONT) == [name]
        assert tab.ask("document.activeElement.textContent") == HEADINGS[name].tab
        assert tab.ask("document.activeElement.getAttribute('aria-selected')") == "true"
    tab.press("End")
    assert tab.ask(FRONT) == names[-1:]
    assert tab.ask("document.querySelector('.r0').checked")  # the walk has kept its place
    assert tab.complaints() == []


def test_an_address_names_the_step_and_the_question(asked, tab):
    asked("tutorial", "#step-6-paths")
    assert tab.ask(FRONT) == ["paths"]
    assert tab.ask("document.querySelector('.r5').checked")
    tab.click("#tab-step")
    assert tab.ask("location.hash") == "#step-6"


@pytest.mark.parametrize("name", TEXTS)
def test_no_page_asks_for_anything_or_complains(asked, tab, name):
    asked(name)
    for question in PANELS:
        tab.click(f"#tab-{question}")
    assert tab.complaints() == []
    assert len(tab.requests()) == 1


def test_a_path_that_is_opened_is_lit_and_one_of_its_factors_more_strongly(asked, tab):
    asked("fan-out", "#step-1-paths")
    keys = "[...document.querySelectorAll('details.path')].map((path) => path.dataset.lights)"
    first, second = (" ".join(sorted(lit.split())) for lit in tab.ask(keys))
    assert first != second
    assert tab.ask(f"{LIT}('on')") == ""
    tab.click("details.path summary")
    tab.wait(f"{LIT}('on') === '{first}'")
    tab.press("Tab")  # to its first factor
    hot = tab.ask(f"{LIT}('hot')")
    assert set(hot.split()) < set(first.split())
    tab.press("ArrowDown")  # to its second one
    assert set(tab.ask(f"{LIT}('hot')").split()) - set(hot.split())
    tab.ask("document.querySelectorAll('details.path summary')[1].focus()")
    tab.press("Enter")
    tab.wait(f"{LIT}('on') === '{second}'")
    assert tab.ask("document.querySelectorAll('details[open]').length") == 1
    tab.click("#tab-step")
    assert tab.ask(f"{LIT}('on')") == ""


def test_without_scripts_all_questions_stand_one_below_the_other(asked, tab):
    tab.without_scripts()
    asked("tutorial")
    assert tab.ask(FRONT) == ["step", *PANELS]
    assert tab.ask("document.querySelector('.quiz').getClientRects().length") == 0


def test_a_reader_chooses_between_light_and_dark(asked, tab):
    asked("tutorial")
    ground = "getComputedStyle(document.querySelector('main')).backgroundColor"
    light = tab.ask(ground)
    tab.click(".look")
    dark = tab.ask(ground)
    tab.prefer(dark=True, still=True)
    assert tab.ask(ground) == dark != light
    tab.click(".look")
    assert tab.ask(ground) == light


def test_a_step_is_told_as_deeply_as_is_chosen(asked, tab):
    asked("tutorial", "#step-7")
    told = """[...document.querySelectorAll('.told section:not(.x) > *')]
        .filter((part) => part.getClientRects().length).map((part) => part.textContent).join(' ')"""
    assert "is multiplied by how steeply Exp rises" in tab.ask(told)
    tab.click(".to-first")
    assert "Together: y grows 2.5681 × 1.2840 = 3.2974 times as much as a." in tab.ask(told)
    assert "= 2.568" not in tab.ask(told)
    tab.press("ArrowRight")
    tab.press("ArrowRight")
    assert "grad_a = grad_b * b" in tab.ask(told)
    assert "floating-point operation" in tab.ask(told)
    assert tab.ask("document.querySelector('.r6').checked")  # the keys were for the depth


def test_a_wrong_rule_is_chosen_and_its_steps_are_gone_to(asked, tab):
    recording = asked("fan-out", "#step-1-mistakes")
    shown = """[...document.querySelectorAll('#mistakes .choice')]
        .filter((each) => each.getClientRects().length).map((each) => each.querySelector('h3')
        .textContent)"""
    assert tab.ask(shown) == ["rule Overwrite instead of add"]
    assert tab.ask(f"{LIT}('on')") == "b0 b1"  # x and a end with another gradient
    tab.ask("document.querySelector('#mistakes select').focus()")
    tab.press("ArrowDown")
    assert tab.ask(shown) == ["rule A plain stack instead of generations"]
    assert tab.ask("document.querySelector('.r0').checked")  # the keys were for the list
    tab.click("#mistakes .choice:not(.x) tr.parts")
    step = tab.ask(f"Number({PARTS}.dataset.step)")
    assert tab.ask(f"document.querySelector('.r{step}').checked")
    assert recording.turn < step
    assert tab.ask(f"{PARTS}.className") == "differs parts now"
    tab.press("ArrowLeft")  # from where it is now
    assert tab.ask(f"document.querySelector('.r{step - 1}').checked")


def test_a_slider_over_nudges_shows_the_secant_of_one(asked, tab):
    asked("tutorial", "#step-1-plot")
    seen = """[...document.querySelectorAll('#plot .h')].filter((each) =>
        getComputedStyle(each).display !== 'none').map((each) => each.textContent)"""
    assert any("With h = 0.32 to both sides" in told for told in tab.ask(seen))
    tab.ask("document.querySelector('.nudge input').focus()")
    tab.press("ArrowRight")
    assert any("With h = 0.1 to both sides" in told for told in tab.ask(seen))
    assert len(tab.ask(seen)) == 3  # the secant, what is said of it, and its place in the valley
    assert tab.ask("document.querySelector('.nudge input').getAttribute('aria-valuetext')") == "0.1"
    assert tab.ask("document.querySelector('.r0').checked")


def test_sizes_colour_the_blocks_while_they_are_looked_at(asked, tab):
    asked("net", "#step-1-map")
    warm = """[...document.querySelectorAll('.lamp.warm')].map((lamp) => lamp.style.fillOpacity)"""
    assert len(tab.ask(warm)) == 12
    assert len(set(tab.ask(warm))) > 5
    tab.click("#tab-paths")
    assert tab.ask(warm) == []


def test_an_element_that_is_pointed_at_lights_what_it_has_to_do_with(asked, tab):
    asked("net", "#step-20-arrays")
    said = "document.querySelector('#arrays .said').textContent"
    lit = """((at) => [...document.querySelectorAll('#arrays .grid')[at].querySelectorAll('td')]
        .filter((cell) => !cell.classList.contains('off')).length)"""
    assert tab.ask(said) == HINT
    tab.ask("document.querySelectorAll('#arrays .grid')[1].querySelector('td').focus()")
    assert tab.ask(said).startswith("∂y/∂x[0, 0] = ∂y/∂a[0, :] · w[0, :]")
    tab.press("ArrowDown")
    tab.press("ArrowRight")
    assert tab.ask(said).startswith("∂y/∂x[1, 1] = ∂y/∂a[1, :] · w[1, :]")
    assert [tab.ask(f"{lit}({at})") for at in range(3)] == [4, 6, 4]
    assert tab.ask("document.querySelector('.r19').checked")  # the keys were for the elements
    tab.click("#arrays .grid.back td")
    assert tab.ask(said).startswith("∂y/∂a[0, 0] goes back to")
    tab.click("#arrays h2")
    tab.ask("document.activeElement.blur()")
    tab.press("Home")
    assert tab.ask("document.querySelectorAll('#arrays .grid').length") == 1
    assert tab.complaints() == []


@pytest.mark.parametrize("width", [320, 768])
def test_every_question_fits_into_a_window_of_any_width(asked, tab, width):
    asked("net", "#step-20")
    tab.window(width, 800)
    for question in PANELS:
        tab.click(f"#tab-{question}")
        assert tab.ask("document.documentElement.scrollWidth") <= width, question


RUNNING = "document.querySelector('.code:not([hidden]) .running').textContent"
GRADIENTS = """[...document.querySelectorAll("svg.gw .g text")]
    .filter((mark) => mark.getClientRects().length).map((mark) => mark.textContent)"""


def test_a_step_may_be_a_line_of_code(asked, tab):
    asked("tutorial", "#step-5")
    tab.click(".grains input[value=line]")
    assert tab.ask(RUNNING) == "self.grad = np.ones_like(self.data)"
    lines = []
    for _ in range(5):
        tab.click('button[aria-label="Step on"]')
        lines.append(tab.ask(RUNNING).strip())
    assert lines == [
        "f = funcs.pop()Square y",
        "x, y = f.input, f.outputb, y",
        "x.grad = f.backward(y.grad)∂y/∂b = 1 · 2 · 1.2840254 = 1 · 2.5680508 = 2.5680508",
        "if x.creator is not None:yes: Exp made b",
        "funcs.append(x.creator)Exp b",
    ]
    assert tab.ask("document.querySelector('.r5').checked")
    tab.click("h1")
    tab.press("ArrowRight")
    assert tab.ask("document.querySelector('.r6').checked")
    tab.press("ArrowLeft")  # to the last line of the step before
    assert tab.ask(RUNNING).strip() == "funcs.append(x.creator)Exp b"
    for _ in range(3):
        tab.press("ArrowLeft")
    assert "2.5681" not in tab.ask(GRADIENTS)  # it is still to come back
    tab.press("ArrowRight")
    assert "2.5681" in tab.ask(GRADIENTS)
    tab.press("End")
    tab.press(" ")  # plays from the beginning, to the end of the last step
    assert tab.ask("document.querySelector('.r0').checked")
    assert tab.complaints() == []


def test_contributions_arrive_one_by_one(tab, tmp_path):
    graph, y = parse_expression("x * x", {"x": np.array(3.0)})
    path = tmp_path / "walk.html"
    path.write_text("".join(page(record(graph, y))), "utf-8")
    tab.go(f"{path.resolve().as_uri()}#step-3")
    tab.ask("document.querySelector('.grains input[value=contribution]').click()")
    tab.press("ArrowRight")
    assert sorted(tab.ask(GRADIENTS)) == ["+ 3", "1", "3"]
    tab.press("ArrowRight")
    assert sorted(tab.ask(GRADIENTS)) == ["+ 3", "+ 3", "1", "6"]
    assert tab.ask("document.querySelector('[aria-label=\"Step on\"]').disabled")
    tab.ask("document.querySelector('.grains input[value=block]').click()")
    tab.press("ArrowLeft")
    tab.press("ArrowRight")
    assert sorted(tab.ask(GRADIENTS)) == ["+ 3", "+ 3", "1", "6"]


def test_on_paper_a_question_stands_with_its_picture_and_says_what_was_chosen(asked, tab):
    asked("fan-out", "#step-10-mistakes")
    tab.prefer(still=True, media="print")
    seen = """((kind) => [...document.querySelectorAll(kind)].filter((each) =>
        each.getClientRects().length).map((each) => each.textContent))"""
    assert tab.ask(f"{seen}('h2')") == [HEADINGS["mistakes"].title]
    assert tab.ask(f"{seen}('h3')") == ["rule Overwrite instead of add"]
    assert tab.ask(f"{seen}('.tabs, select, .buttons, .loop')") == []
    assert len(tab.ask(f"{seen}('svg.gw')")) == 1


def test_a_picture_is_seen_whole_while_a_question_is_asked(asked, tab):
    asked("net", "#step-20")
    wide = "[document.querySelector('.picture')].map((p) => p.scrollWidth - p.clientWidth)[0]"
    assert tab.ask(wide) > 0
    tab.click("#tab-paths")
    assert tab.ask(wide) == 0


def test_a_wrong_rule_that_makes_a_difference_is_shown_first(asked, tab):
    asked("net", "#step-1-mistakes")
    chosen = "document.querySelector('#mistakes select').selectedOptions[0].textContent"
    assert tab.ask(chosen) == "Gradients not cleared between two runs"


def test_where_a_gradient_ends_is_gone_to_and_its_block_is_marked(tab, tmp_path):
    graph, y = parse_expression("exp(relu(x))", {"x": np.array(-2.0)})
    path = tmp_path / "walk.html"
    path.write_text("".join(page(record(graph, y))), "utf-8")
    tab.go(f"{path.resolve().as_uri()}#step-1-map")
    assert tab.ask("document.querySelectorAll('.lamp.dead').length") == 1
    tab.ask("document.querySelector('.places button').focus()")
    tab.press("Enter")
    assert tab.ask("document.querySelector('.r5').checked")
    assert tab.ask("document.querySelectorAll('.lamp.hot').length") == 1
    assert tab.ask("location.hash") == "#step-6-map"
