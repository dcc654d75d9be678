"""Pictures in a browser, which shows an SVG as other people will see it."""

from __future__ import annotations

import subprocess
from io import BytesIO
from xml.etree import ElementTree as ET

import numpy as np
import pytest
from PIL import Image

from engine.expression import parse_expression
from engine.picture.colours import palette
from engine.picture.still import graph_of, graph_svg, walk_svg
from engine.recording import record
from engine.storage import save
from main import main
from tests.browser.likeness import FEW, differing
from tests.three import THREE, document_of, explained, file_of


@pytest.fixture
def shown(tab, tmp_path):
    """Open an SVG in the browser, in a window of its size, and take a picture of it."""

    def show(svg):
        root = ET.fromstring(svg)
        wide, high = (float(root.get(side).removesuffix("px")) for side in ("width", "height"))
        tab.window(int(np.ceil(wide)), int(np.ceil(high)))
        path = tmp_path / "picture.svg"
        path.write_text(svg, "utf-8")
        tab.open(path)
        assert tab.complaints() == []
        assert tab.requests() == [path.resolve().as_uri()]
        return tab.picture()

    return show


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("name", THREE)
def test_a_browser_shows_the_svg_of_the_window_as_the_window_has_it(shown, tmp_path, name, theme):
    source = str(file_of(name, tmp_path))
    options = ("--theme", theme, "--strip")
    for form in ("svg", "png"):
        assert main(["render", source, *options, "--output", str(tmp_path / f"a.{form}")]) == 0
    theirs = shown((tmp_path / "a.svg").read_text("utf-8"))
    with Image.open(tmp_path / "a.png") as picture:
        ours = np.asarray(picture.convert("RGB"))
    assert differing(ours, theirs) < FEW
    # No letter has a black line around it: on a dark ground, nothing is as dark as that.
    assert theme == "light" or theirs.max(axis=2).min() > 8


PROGRAMS = {
    "svg": ["rsvg-convert", "--format=png"],
    "pdf": ["pdftoppm", "-png", "-r", "72", "-singlefile"],
}


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("form", PROGRAMS)
@pytest.mark.parametrize("name", THREE)
def test_other_programs_show_what_the_window_has(tmp_path, name, form, theme):
    source, path = str(file_of(name, tmp_path)), tmp_path / f"a.{form}"
    for target in (path, tmp_path / "a.png"):
        options = ("--theme", theme, "--strip", "--output", str(target))
        assert main(["render", source, *options]) == 0
    done = subprocess.run([*PROGRAMS[form], path], capture_output=True, check=True)
    assert done.stderr == b""
    with Image.open(BytesIO(done.stdout)) as theirs, Image.open(tmp_path / "a.png") as ours:
        pixels = [np.asarray(picture.convert("RGB")) for picture in (ours, theirs)]
    assert differing(*pixels) < FEW


def test_a_picture_in_lines_has_no_dots_in_it_and_frames_with_a_head_and_a_body(shown, tmp_path):
    source = tmp_path / "explained.gradwalk"
    save(explained(), source)
    for form in ("svg", "pdf"):
        assert main(["render", str(source), "--output", str(tmp_path / f"a.{form}")]) == 0
    svg = (tmp_path / "a.svg").read_text("utf-8")
    assert "<image" not in svg
    command = ["pdfimages", "-list", tmp_path / "a.pdf"]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert len(done.stdout.splitlines()) == 2  # the head of an empty table
    picture = shown(svg)
    for part, least in (("teal_bg", 20_000), ("teal_head", 3_000)):
        wanted = tuple(bytes.fromhex(palette("light")[part][1:]))
        assert np.all(picture == wanted, axis=2).sum() > least


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("name", THREE)
def test_a_browser_and_another_program_show_the_svg_of_the_engine_alike(shown, name, theme):
    document = document_of(name)
    recording = record(document.graph, document.target)
    svg = walk_svg(recording, len(recording) - 1, theme=theme)
    theirs = shown(svg)
    done = subprocess.run(
        ["rsvg-convert", "--format=png"], input=svg.encode(), capture_output=True, check=True
    )
    with Image.open(BytesIO(done.stdout)) as picture:
        ours = np.asarray(picture.convert("RGB"))
    rows, columns = (min(sides) for sides in zip(ours.shape[:2], theirs.shape[:2], strict=True))
    assert differing(ours[:rows, :columns], theirs[:rows, :columns]) < FEW


def test_the_picture_of_a_graph_has_the_names_that_a_person_gave(shown, tab):
    graph, target = parse_expression("loss = square(x * weight)", {"x": np.array(2.0)})
    shown(graph_svg(graph_of(record(graph, target)), {}, {}))
    words = tab.ask("[...document.querySelectorAll('text')].map((text) => text.textContent)")
    assert {"x", "weight", "loss", "Mul", "Square"} <= set(words)
