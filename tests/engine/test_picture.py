"""Pictures without a screen: what they show, read as XML and painted by another program."""

import subprocess
from collections import Counter
from io import BytesIO
from pathlib import Path
from xml.etree import ElementTree as ET

import numpy as np
import pytest
from PIL import Image

from engine.document import Place
from engine.expression import parse_expression
from engine.grouping import group
from engine.moment import Moment
from engine.picture.colours import palette
from engine.picture.lines import Line
from engine.picture.places import Standing, places_for, standing
from engine.picture.still import graph_of, walk_svg
from engine.recording import BackwardStep, record
from engine.storage import load
from engine.values import value_text

EXAMPLES = sorted(Path("resources/examples").glob("*.gradwalk"))
SVG = "{http://www.w3.org/2000/svg}"


def walked(text, **values):
    graph, target = parse_expression(text, {k: np.array(v) for k, v in values.items()})
    return record(graph, target)


def texts(svg, kind):
    """Count the texts of the numbers of a kind."""
    found = ET.fromstring(svg).iter(f"{SVG}g")
    return Counter(t.text for g in found if g.get("class") == kind for t in g.iter(f"{SVG}text"))


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("square(exp(square(x)))", {"x": 0.5}),
        ("a = square(x); square(a) + square(a)", {"x": 2.0}),
        ("x * w + x", {"x": 3.0, "w": 2.0}),
        ("(x + 1) * (x - 1) / w", {"x": 3.0, "w": 2.0}),
    ],
)
def test_a_picture_shows_the_numbers_of_its_moment_and_no_others(text, values):
    recording = walked(text, **values)
    for step in range(len(recording)):
        moment, svg = Moment(recording, step), walk_svg(recording, step)
        functions = [b.id for b in recording.blocks.values() if b.is_function]
        values_now = [moment.value(block) for block in functions]
        assert texts(svg, "v") == Counter(value_text(v) for v in values_now if v is not None)
        gradients = [moment.gradient(block) for block in recording.blocks]
        wanted = Counter(value_text(g) for g in gradients if g is not None)
        for wires in recording.wires_from.values():
            parts = [moment.contribution(wire) for wire in wires if len(wires) > 1]
            wanted.update(f"+ {value_text(part.value)}" for part in parts if part is not None)
        assert texts(svg, "g") == wanted
        local = moment.locals() if isinstance(moment.step, BackwardStep) else ()
        assert texts(svg, "chip") == Counter(f"× {value_text(value)}" for value in local)


def painted(svg):
    made = subprocess.run(
        ["rsvg-convert", "--format=png"], input=svg.encode(), capture_output=True, check=True
    )
    return np.asarray(Image.open(BytesIO(made.stdout)).convert("RGB"))


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_another_program_paints_it_in_the_colours_of_the_window(theme):
    recording = walked("square(exp(square(x)))", x=0.5)
    colours = palette(theme)
    forward = painted(walk_svg(recording, 1, theme=theme))
    back = painted(walk_svg(recording, 7, theme=theme))

    def count(pixels, name):
        return np.all(pixels == tuple(bytes.fromhex(colours[name][1:])), axis=2).sum()

    assert count(forward, "bg") > 10_000
    assert count(forward, "card") > 10_000
    assert count(forward, "blue_bg") > 300
    assert count(forward, "orange_bg") == 0
    assert count(back, "orange_bg") > 1_000
    assert count(back, "tint") > 5_000


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_every_example_is_painted_whole(path):
    document = load(path)
    recording = record(document.graph, document.target)
    svg = walk_svg(recording, len(recording) - 1, standing(document))
    picture, root = painted(svg), ET.fromstring(svg)
    height, width, _ = picture.shape
    assert abs(width - float(root.get("width"))) <= 1
    assert abs(height - float(root.get("height"))) <= 1
    # A frame of nothing but ground: no mark is cut off at the edge.
    inner = picture[1:-1, 1:-1]
    for edge in (inner[:3], inner[-3:], inner[:, :3], inner[:, -3:]):
        assert np.all(edge == edge[0, 0])


def test_folded_groups_are_laid_out_so_that_all_blocks_are_seen():
    document = load(Path("resources/examples/tutorial.gradwalk"))
    assert standing(document).places == document.places
    changes, _ = group(document, ["A", "B"])
    document.apply(changes)
    places = standing(document).places
    assert places == places_for(document.graph)
    assert len(set(places.values())) == len(document.graph)


def test_a_wire_is_led_through_its_bends_and_its_frame_holds_them():
    graph, target = parse_expression("square(exp(x))", {"x": np.array(0.5)})
    places, (first, _) = places_for(graph), graph.wires()
    bends = (Place(150.0, -90.0), Place(200.0, -120.0))
    svg = walk_svg(record(graph, target), 4, Standing(places, {first: bends}))
    lines = [e.get("d") for e in ET.fromstring(svg).iter(f"{SVG}path")]
    led = [line for line in lines if "150 -90" in line and "200 -120" in line]
    assert led
    assert all(line.count("C") == 3 for line in led)
    assert float(ET.fromstring(svg).get("viewBox").split()[1]) < -120
    straight = Line(Place(0, 0), Place(100, 0))
    assert straight.arrival == Place(60, 0)
    assert Line(Place(0, 0), Place(100, 0), (Place(50, 0),)).arrival.y == 0


def test_a_recording_gives_back_the_graph_that_was_run():
    graph, target = parse_expression("a = x * x; a + exp(x)", {"x": np.array(0.5)})
    assert graph_of(record(graph, target)) == graph


def test_a_graph_that_gets_stuck_is_drawn_as_far_as_it_goes():
    graph, target = parse_expression("matmul(x, w)", {"x": np.ones(3), "w": np.ones((2, 2))})
    svg = walk_svg(record(graph, target), 0)
    assert [e for e in ET.fromstring(svg).iter(f"{SVG}rect") if e.get("class") == "bad"]
    assert "Matmul" in svg
