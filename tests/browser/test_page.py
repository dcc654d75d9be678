"""The page of a walk in a real browser: walked by keys and buttons, and held against the run."""

from __future__ import annotations

import subprocess
from collections import Counter
from functools import cached_property
from io import BytesIO

import numpy as np
import pytest
from PIL import Image

from engine.document import Document
from engine.expression import parse_expression
from engine.moment import Moment
from engine.narration import narrate
from engine.page.whole import MOST_STYLED, page
from engine.picture.colours import palette
from engine.picture.places import standing
from engine.recording import BackwardStep, record
from engine.values import value_text
from main import main
from tests.three import ALL, THREE, document_of, explained, file_of

BUTTONS = ("First step", "Step back", "Play", "Step on", "Last step")

SEEN = """((kind) => [...document.querySelectorAll(`svg.gw ${kind}`)]
    .filter((mark) => mark.getClientRects().length).map((mark) => mark.textContent))"""

LIT = """(() => {
    const edge = [...document.querySelectorAll("svg.gw .at, svg.gw .atb")]
        .find((mark) => mark.getClientRects().length);
    const sides = ["x", "y", "width", "height"];
    const [x, y, wide, high] = sides.map((side) => edge[side].baseVal.value);
    return [x + wide / 2, y + high / 2, edge.classList.contains("atb")];
})()"""

TOLD = """(() => {
    const told = [...document.querySelectorAll(".told section")]
        .filter((section) => section.getClientRects().length);
    const all = (kind) => [...told[0].querySelectorAll(kind)].map((part) => part.textContent);
    return [told.length, all(".place")[0], all("h2")[0], all("p")[1], all(".numbers")];
})()"""


class Walk:
    """A page of a walk in a tab, beside the recording that it was written from."""

    def __init__(self, tab, path, recording, places=None):
        self.tab, self.recording, self.places = tab, recording, places
        tab.open(path)

    def step(self):
        """Tell which step the page is at, by what it says and by what is lit in its picture."""
        count, heading, title, sentence, numbers = self.tab.ask(TOLD)
        assert count == 1
        found = next(step for step, told in enumerate(self.tellings) if told.heading == heading)
        told = self.tellings[found]
        assert (title, sentence) == (told.title, told.sentence)
        assert numbers == [line.numbers for line in told.lines if line.numbers]
        x, y, is_back = self.tab.ask(LIT)
        assert is_back == (found >= self.recording.turn)
        if self.places is not None:
            place = self.places[self.recording.steps[found].block]
            assert (x, y) == pytest.approx(tuple(place), abs=0.01)
        return found

    @cached_property
    def tellings(self):
        count = len(self.recording)
        return [narrate(Moment(self.recording, step)) for step in range(count)]

    def numbers(self, kind):
        """Count the numbers of a kind that are seen in the picture."""
        return Counter(self.tab.ask(f"{SEEN}('.{kind} text')"))


@pytest.fixture
def walk(tab, tmp_path):
    """Walk an expression, or an example, on a page that the engine writes."""

    def open_it(text, **values):
        path, places = tmp_path / "walk.html", None
        if isinstance(text, Document) or text in ALL:
            document = document_of(text) if isinstance(text, str) else text
            recording = record(document.graph, document.target)
            stand, groups = standing(document), document.groups
            seats = {block: groups.stand_in(block) for block in document.graph.blocks}
            places = {block: stand.places[seat] for block, seat in seats.items()}
        else:
            given = {name: np.array(value) for name, value in values.items()}
            recording, stand = record(*parse_expression(text, given)), None
        path.write_text("".join(page(recording, stand)), "utf-8")
        return Walk(tab, path, recording, places)

    return open_it


@pytest.mark.parametrize("name", ALL)
def test_every_example_is_walked_from_the_first_step_to_the_last_by_arrow_keys(walk, tab, name):
    shown = walk(name)
    steps = range(len(shown.recording))
    for step in steps if len(steps) <= MOST_STYLED else (*steps[:20], *steps[-1:]):
        if step == steps[-1]:
            tab.press("End")
        elif step:
            tab.press("ArrowRight")
        assert shown.step() == step
        assert tab.ask("location.hash") == (f"#step-{step + 1}" if step else "")
    tab.press("ArrowRight")
    assert shown.step() == steps[-1]
    tab.press("ArrowLeft")
    assert shown.step() == steps[-2]
    assert tab.complaints() == []
    (asked,) = tab.requests()
    assert asked.endswith("/walk.html")


def test_a_walk_through_groups_frames_and_notes_stands_where_it_is_seen(walk, tab):
    shown = walk(explained())
    for step in range(len(shown.recording)):
        assert shown.step() == step
        tab.press("ArrowRight")
    drawn = tab.ask(f"{SEEN}('text')")
    wanted = {"Affine", "2 blocks", "Squares", "What is given", "Small is good: < & >."}
    assert wanted <= set(drawn)
    assert tab.complaints() == []
    arrays = tab.ask(
        "[...document.querySelectorAll('svg.gw .cells')].filter((e) => e.getClientRects().length)"
        ".map((e) => e.getBoundingClientRect().width)"
    )
    assert len(arrays) > 10
    assert all(width > 4 for width in arrays)


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("tutorial", {}),
        ("fan-out", {}),
        ("x * w + x", {"x": 3.0, "w": 2.0}),
        ("a = square(x); square(a) + square(a)", {"x": 2.0}),
    ],
)
def test_the_picture_shows_at_each_step_the_numbers_of_the_engine_and_no_others(
    walk, tab, text, values
):
    shown = walk(text, **values)
    recording = shown.recording
    for step in range(len(recording)):
        moment = Moment(recording, step)
        functions = [block.id for block in recording.blocks.values() if block.is_function]
        known = [value for block in functions if (value := moment.value(block)) is not None]
        assert shown.numbers("v") == Counter(map(value_text, known))
        found = [moment.gradient(block) for block in recording.blocks]
        wanted = Counter(value_text(gradient) for gradient in found if gradient is not None)
        for wires in recording.wires_from.values():
            parts = [moment.contribution(wire) for wire in wires if len(wires) > 1]
            wanted.update(f"+ {value_text(part.value)}" for part in parts if part is not None)
        assert shown.numbers("g") == wanted
        local = moment.locals() if isinstance(moment.step, BackwardStep) else ()
        assert shown.numbers("chip") == Counter(f"× {value_text(value)}" for value in local)
        tab.press("ArrowRight")


def test_the_buttons_go_where_they_say_and_rest_at_the_ends(walk, tab):
    shown = walk("tutorial")

    def click(name):
        tab.click(f'.buttons button[aria-label="{name}"]')
        return shown.step()

    def resting():
        buttons = tab.ask("[...document.querySelectorAll('.buttons button')].map(b => b.disabled)")
        return [name for name, off in zip(BUTTONS, buttons, strict=True) if off]

    assert resting() == ["First step", "Step back"]
    assert [click("Step on"), click("Step on"), click("Step back")] == [1, 2, 1]
    assert resting() == []
    assert click("Last step") == 7
    assert resting() == ["Step on", "Last step"]
    assert click("First step") == 0


def test_a_step_on_the_line_is_clicked_and_the_line_is_walked_by_its_own_keys(walk, tab):
    shown = walk("tutorial")
    tab.click(".line .r5")
    assert shown.step() == 5
    assert tab.ask("document.activeElement.getAttribute('aria-label')").startswith("Backward")
    tab.press("ArrowLeft")
    assert shown.step() == 4
    tab.press("Home")
    assert shown.step() == 0


def test_the_space_bar_plays_and_stops_and_at_the_end_begins_anew(walk, tab):
    shown = walk("square(x)", x=3.0)
    tab.press("End")
    assert shown.step() == 3
    tab.press(" ")
    assert shown.step() == 0
    assert tab.ask("document.querySelector('.playing').getAttribute('aria-label')") == "Pause"
    tab.wait("location.hash === '#step-2'")
    tab.press(" ")
    assert tab.ask("document.querySelector('.playing')") is None
    tab.click('.buttons button[aria-label="Play"]')
    tab.wait("location.hash === '#step-4' && !document.querySelector('.playing')")
    assert shown.step() == 3


def test_the_keyboard_alone_reaches_every_button_in_order(walk, tab):
    shown = walk("tutorial")
    tab.press("ArrowRight")
    reached = []
    while True:
        tab.press("Tab")
        reached.append(
            tab.ask("document.activeElement.ariaLabel ?? document.activeElement.textContent")
        )
        assert tab.ask("document.activeElement.matches(':focus-visible')")
        if tab.ask("document.activeElement.type") == "radio":
            break
    assert reached[:-1] == ["Light or dark", "Picture", *BUTTONS]
    tab.press("Tab", shift=True)
    tab.press("Tab", shift=True)
    tab.press("Enter")
    assert shown.step() == 2


def test_an_address_with_a_step_opens_at_that_step(walk, tab):
    shown = walk("tutorial")
    tab.ask("location.hash = '#step-6'")
    tab.wait("document.querySelector('.r5').checked")
    assert shown.step() == 5
    tab.go(f"{tab.ask('location.href').partition('#')[0]}?again#step-3")
    assert shown.step() == 2


def brightness(pixels):
    return pixels.reshape(-1, 3).mean()


def count(pixels, colour):
    return np.all(pixels == tuple(bytes.fromhex(colour[1:])), axis=2).sum()


@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize("name", THREE)
def test_it_has_the_colours_of_the_window_on_a_light_and_on_a_dark_screen(walk, tab, name, dark):
    shown = walk(name)
    tab.prefer(dark=dark, still=True)
    tab.press("End")
    assert shown.step() == len(shown.recording) - 1
    pixels, colours = tab.picture(), palette("dark" if dark else "light")
    assert count(pixels, colours["bg"]) > pixels.shape[0] * pixels.shape[1] / 4
    for part in ("panel", "card", "orange_bg", "orange", "blue"):
        assert count(pixels, colours[part]) > 100
    other = palette("light" if dark else "dark")
    assert count(pixels, other["bg"]) < 100
    assert (brightness(pixels) < 80) == dark


@pytest.mark.parametrize("name", THREE)
def test_it_is_printed_with_every_step_on_it(walk, tab, tmp_path, name):
    shown = walk(name)
    path = tmp_path / "walk.pdf"
    tab.prefer(media="print")
    tab.window(720, 900)  # about as wide as paper
    room, picture = tab.ask(
        "[document.querySelector('main'), document.querySelector('svg.gw')]"
        ".map((part) => part.getBoundingClientRect().right)"
    )
    assert picture <= room  # nothing is cut off at the edge
    tab.prefer(still=True)
    path.write_bytes(tab.print())
    done = subprocess.run(["pdftotext", "-layout", path, "-"], capture_output=True, check=True)
    text = " ".join(done.stdout.decode().split())
    assert done.stdout.count(b"\f") >= len(shown.recording) / 6  # each page ends with one
    for told in shown.tellings:
        assert told.heading in text
        assert told.title in text


def test_it_is_printed_dark_on_light_for_readers_of_a_dark_screen_too(walk, tab, tmp_path):
    walk("tutorial")
    tab.prefer(dark=True, still=True)
    path = tmp_path / "walk.pdf"
    path.write_bytes(tab.print())
    command = ["pdftoppm", "-png", "-r", "100", "-f", "1", "-singlefile", path]
    done = subprocess.run(command, capture_output=True, check=True)
    with Image.open(BytesIO(done.stdout)) as picture:
        pixels = np.asarray(picture.convert("RGB"))
    assert brightness(pixels) > 220
    assert count(pixels, palette("light")["ink"]) > 500
    assert count(pixels, palette("dark")["card"]) == 0


def test_a_wide_screen_is_used_for_a_wide_graph(walk, tab):
    tab.window(1900, 900)
    walk(explained())
    room, picture = tab.ask(
        "[document.querySelector('.picture'), document.querySelector('svg.gw')]"
        ".map((part) => part.getBoundingClientRect().width)"
    )
    assert room > 1500
    assert picture <= room


@pytest.mark.parametrize("width", [320, 768, 1920])
def test_it_fits_into_a_window_of_any_width(walk, tab, width):
    shown = walk("broadcasting")
    tab.window(width, 800)
    for _ in shown.recording.steps:
        assert tab.ask("document.documentElement.scrollWidth") <= width
        tab.press("ArrowRight")


def test_where_no_script_may_run_the_line_of_steps_does_it_alone(walk, tab):
    tab.without_scripts()
    shown = walk("tutorial")
    assert tab.ask("document.querySelector('.live')") is None
    assert tab.ask("document.querySelector('.buttons').getClientRects().length") == 0
    for step in (0, 3, 4, 7, 1):
        tab.click(f".line .r{step}")
        assert shown.step() == step
    tab.press("ArrowRight")
    assert shown.step() == 2


def test_nothing_leaves_the_page_even_if_a_script_in_it_wanted_to(walk, tab):
    walk("square(x)", x=3.0)
    asked = (
        "fetch('http://localhost:9/').then(() => 'went', () => 'refused')",
        """new Promise((end) => {
            const image = new Image();
            image.onload = () => end("went");
            image.onerror = () => end("refused");
            image.src = "http://localhost:9/a.png";
        })""",
    )
    assert tab.complaints() == []
    assert [tab.ask(one) for one in asked] == ["refused", "refused"]
    told = tab.complaints()
    assert all("Content Security Policy" in line for line in told)
    assert all(
        any(kind in line for line in told) for kind in ("Connecting to", "Loading the image")
    )


def test_a_long_walk_is_stepped_through_as_quickly_as_a_short_one(walk, tab):
    """A step is a change of what is seen, not a new picture: its time hardly grows."""

    def time_of_a_step():
        return tab.ask(
            """(async () => {
                const times = [];
                for (let step = 0; step < 12; step++) {
                    const from = performance.now();
                    document.querySelector('button[aria-label="Step on"]').click();
                    document.querySelector('svg.gw').getBoundingClientRect();
                    await new Promise(requestAnimationFrame);
                    times.push(performance.now() - from);
                }
                return times.sort((a, b) => a - b)[5];
            })()"""
        )

    chain = (f"a{at} = sin(a{at - 1})" for at in range(2, 480))
    text = "; ".join(["a1 = sin(x)", *chain, "sin(a479)"])
    walk("sin(sin(sin(sin(sin(sin(sin(x)))))))", x=0.5)
    few = time_of_a_step()
    shown = walk(text, x=0.5)
    assert len(shown.recording) == 962
    assert time_of_a_step() < max(10 * few, 300)


def test_the_page_that_the_command_writes_is_that_page(tab, tmp_path):
    path = tmp_path / "walk.html"
    assert main(["export", str(file_of("tutorial", tmp_path)), "--output", str(path)]) == 0
    document = document_of("tutorial")
    shown = Walk(tab, path, record(document.graph, document.target), document.places)
    tab.press("End")
    assert shown.step() == 7
    table = tab.ask("[...document.querySelectorAll('.finds td')].map((cell) => cell.textContent)")
    assert table == ["0.5", "3.2974425414"]
