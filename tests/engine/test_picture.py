"""Pictures without a screen: what they show, read as XML and painted by another program."""

import re
import subprocess
from collections import Counter
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from xml.etree import ElementTree as ET

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import array_shapes, arrays
from PIL import Image

from engine.document import Document, Place
from engine.expression import parse_expression
from engine.graph import CONSTANT, Block, Graph, Wire
from engine.grouping import group
from engine.marks import Box, Frame, Note
from engine.moment import Moment
from engine.picture.cells import Cells
from engine.picture.colours import palette
from engine.picture.lines import Line
from engine.picture.places import Standing, places_for, standing
from engine.picture.seen import Seen
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


# Groups, frames and notes


def grouped(expression, names, **values):
    """Give a document whose blocks of these names are in a folded group."""
    graph, target = parse_expression(expression, {k: np.array(v) for k, v in values.items()})
    document = Document(graph, places_for(graph), target)
    changes, made = group(document, [b.id for b in graph.blocks.values() if b.name in names])
    document.apply(changes)
    return document, made


def opened(document, made):
    facts = document.groups.group(made)
    document.groups.replace(replace(facts, name="Inside", folded=False))
    return document


def with_class(svg, *kinds):
    elements = ET.fromstring(svg).iter()
    return [e for e in elements if set(kinds) <= set((e.get("class") or "").split())]


def words(svg):
    return [text.text for text in ET.fromstring(svg).iter(f"{SVG}text")]


def middle(rect):
    x, y, width, height = (float(rect.get(side)) for side in ("x", "y", "width", "height"))
    return x + width / 2, y + height / 2


TUTORIAL = "a = square(x); b = exp(a); square(b)"


def test_a_folded_group_is_one_block_with_its_name_its_count_and_what_it_gives():
    document, made = grouped(TUTORIAL, {"a", "b"}, x=0.5)
    recording, stand = record(document.graph, document.target), standing(document)
    first, later, last = (walk_svg(recording, step, stand) for step in (0, 2, 7))
    for svg in (first, later, last):
        assert {document.groups.group(made).name, "2 blocks", "x", "Square"} <= set(words(svg))
        assert words(svg).count("Square") == 1  # the other is inside
        assert "Exp" not in words(svg)
        assert len(with_class(svg, "pile")) == 2

    def summary(svg):
        return [text.text for text in with_class(svg, "sum")]

    assert summary(first) == ["–", "–"]
    assert summary(later) == ["1.28", "–"]
    assert summary(last) == ["1.28", "2.57"]


def test_the_walk_stands_on_a_folded_group_while_it_is_inside():
    document, made = grouped(TUTORIAL, {"a", "b"}, x=0.5)
    recording, stand = record(document.graph, document.target), standing(document)
    lit = []
    for step in range(len(recording)):
        svg = walk_svg(recording, step, stand)
        (edge,) = with_class(svg, "at") + with_class(svg, "atb")
        lit.append(middle(edge) == tuple(stand.places[made]))
    assert lit == [False, True, True, False, False, False, True, True]
    # Tinted once all in it have passed their gradient on; that is not before the last step.
    assert not [e for e in with_class(svg, "tint") if middle(e) == tuple(stand.places[made])]


def test_wires_into_one_port_of_a_group_are_one_line_and_what_comes_back_is_added_up():
    text = "a = square(x); b = exp(a) + sin(a); cos(a) + b"
    graph, _ = parse_expression(text)
    names = {block.name for block in graph.blocks.values()} - {"x", "a", "y"}
    inside = {n for n in names if n != "e"}
    document, _ = grouped(text, inside, x=0.5)
    recording = record(document.graph, document.target)
    seen = Seen(document.graph, standing(document))
    (a,) = (b.id for b in document.graph.blocks.values() if b.name == "a")
    bundles = [seen.along[wire] for wire in seen.uses(a)]
    assert sum(map(len, bundles)) == 3
    assert max(map(len, bundles)) >= 2
    svg = walk_svg(recording, len(recording) - 1, standing(document))
    several = next(along for along in bundles if len(along) > 1)
    parts = [Moment(recording, len(recording) - 1).contribution(wire).value for wire in several]
    if len(bundles) > 1:
        assert f"+ {value_text(sum(parts))}" in words(svg)
    assert value_text(recording.gradient(a)) in words(svg)


def test_an_open_group_has_an_outline_with_its_name_around_what_is_in_it():
    document = opened(*grouped(TUTORIAL, {"a", "b"}, x=0.5))
    recording, stand = record(document.graph, document.target), standing(document)
    svg = walk_svg(recording, 3, stand)
    assert {"Inside", "Exp"} <= set(words(svg))
    assert words(svg).count("Square") == 2
    outline = next(e for e in with_class(svg, "open") if e.tag == f"{SVG}rect")
    left, top = float(outline.get("x")), float(outline.get("y"))
    right, bottom = left + float(outline.get("width")), top + float(outline.get("height"))
    inside = {"a", "b"}
    for block in document.graph.blocks.values():
        x, y = stand.places[block.id]
        assert (left < x < right and top < y < bottom) == (block.name in inside)


def test_frames_and_notes_lie_behind_the_blocks_in_their_colours():
    document, made = grouped(TUTORIAL, {"a", "b"}, x=0.5)
    box = Box(0, -300, 220, 120)
    long = "Values go forward & gradients come back. " * 12
    for mark in (
        Frame("m1", "What is given", box, "teal"),
        Note("m2", "First\n\nSecond", Box(300, -300, 200, 90), "rose"),
        Note("m3", long, Box(600, -300, 200, 90)),
        Frame("m4", "Nobody sees it", box, "sand", within=made),
    ):
        document.marks[mark.id] = mark
    recording, stand = record(document.graph, document.target), standing(document)
    svg = walk_svg(recording, 0, stand)
    drawn = words(svg)
    assert {"What is given", "First", "Second"} <= set(drawn)
    assert "Nobody sees it" not in drawn
    (frame,) = with_class(svg, "teal", "mark")
    assert middle(frame) == (110, -240)
    assert svg.index("What is given") < svg.index('class="port"')
    # Of a text that is too long for its note, as much is seen as fits.
    lines = [text.text for text in with_class(svg, "note")]
    assert len(lines) == 3 + 3
    assert lines[-1].endswith(" …")
    left, top, width, height = map(float, ET.fromstring(svg).get("viewBox").split())
    assert left < 0
    assert top < -300
    assert left + width > 800
    assert height > 300
    picture = painted(walk_svg(recording, 0, stand, "dark"))
    wanted = tuple(bytes.fromhex(palette("dark")["teal_bg"][1:]))
    assert np.all(picture == wanted, axis=2).sum() > 10_000


def test_where_a_document_has_no_places_its_graph_is_laid_out():
    graph, target = parse_expression(TUTORIAL)
    document = Document(graph, {}, target)
    assert standing(document).places == places_for(graph)


# Arrays


def cells_of(svg, kind):
    return with_class(svg, kind, "cells")


def test_an_array_is_a_picture_of_its_cells_with_its_shape_beside_its_name():
    x = np.linspace(-1, 1, 40).reshape(5, 8)
    recording = walked("sin(x) * w", x=x, w=2.0)
    svg = walk_svg(recording, len(recording) - 1)
    assert len(cells_of(svg, "v")) == 3  # x on its pill, a, and y
    assert len(cells_of(svg, "g")) == 3
    assert words(svg).count("5×8") == 2
    titles = [e.text for e in ET.fromstring(svg).iter(f"{SVG}title")]
    assert titles.count("5×8 numbers") == 6
    negative = next(e for e in cells_of(svg, "v")[0] if e.get("class") == "sign")
    assert negative.get("d").count("M") == 20


def test_numbers_stand_in_the_cells_where_all_of_them_fit():
    recording = walked("x * 2", x=[[1.5, -2.25, 3.0], [0.125, 5.0, 6.0]])
    svg = walk_svg(recording, len(recording) - 1)
    (value,) = (e for e in cells_of(svg, "v") if len(list(e.iter(f"{SVG}text"))) == 6)
    assert [t.text for t in value.iter(f"{SVG}text")] == ["3", "−4.5", "6", "0.25", "10", "12"]
    assert not [e for e in value if e.get("class") == "sign"]
    assert next(value.iter(f"{SVG}title")).text == "2×3: [[3, −4.5, 6], [0.25, 10, 12]]"


def test_what_is_no_number_is_crossed_out_in_its_cell():
    x = np.ones((3, 12))
    x[1, 2], x[2, 3] = np.nan, np.inf
    svg = Cells(x, 128, 44).svg(Place(0, 0), "v")
    (crossed,) = re.findall(r'd="([^"]*)" class="sign no"', svg)
    assert crossed.count("M") == 1
    (ground,) = re.findall(r'd="([^"]*)" class="no"', svg)
    assert sorted(re.findall(r"M(\d+) (\d+)", ground)) == [("2", "1"), ("3", "2")]


@given(
    arrays(
        float,
        array_shapes(min_dims=1, max_dims=4, max_side=9),
        elements=st.floats(allow_nan=True, allow_infinity=True, width=32),
    )
)
@settings(max_examples=100)
def test_the_picture_of_any_array_fits_into_its_room_and_stays_small(value):
    cells = Cells(value, 128.0, 44.0)
    width, height = cells.size
    assert width <= 128.001
    assert height <= 44.001
    svg = cells.svg(Place(0, 0), "v")
    assert len(svg) < 6_000
    assert ET.fromstring(svg).tag == "g"
    covered = re.findall(r"M(\d+) (\d+).5h(\d+)", svg)
    filled = [(int(x) + more, int(y)) for x, y, long in covered for more in range(int(long))]
    assert len(filled) == len(set(filled))  # no cell is painted twice


def test_ten_million_elements_are_no_larger_in_a_picture_than_a_hundred():
    large = walked("x * 2", x=np.arange(1e7).reshape(10_000, 1_000))
    few = walked("x * 2", x=np.arange(96.0).reshape(8, 12))
    sizes = [len(walk_svg(run, len(run) - 1)) for run in (large, few)]
    assert sizes[0] < 1.2 * sizes[1]
    assert "10,000×1,000" in words(walk_svg(large, 1))


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


def test_a_name_at_the_end_of_a_wire_does_not_stand_on_another_block():
    graph, _ = parse_expression("a = square(x); b = exp(w)", {"x": np.array(2.0), "w": np.array(1)})
    a, b = graph.named("a").id, graph.named("b").id
    x, w = graph.named("x").id, graph.named("w").id
    places = {x: Place(0, 0), a: Place(150, 0), w: Place(150, 200), b: Place(600, 0)}
    for at, covered in ((600, False), (290, True)):
        seen = Seen(graph, Standing(places | {b: Place(at, 0)}))
        assert seen.is_covered(graph.block(a)) is covered
        assert not seen.is_covered(graph.block(b))
        svg = walk_svg(record(graph, b), 0, Standing(places | {b: Place(at, 0)}))
        assert svg.count('class="end"') == (0 if covered else 1)


def test_of_arrays_local_derivatives_stand_below_each_other():
    recording = walked("sum(x * w)", x=[1.0, 2.0, 3.0], w=[1.0, 0.0, 1.0])
    svg = walk_svg(recording, len(recording) - 1)
    chips = [g for g in ET.fromstring(svg).iter(f"{SVG}g") if g.get("class") == "chip"]
    places = [(float(t.get("x")), float(t.get("y"))) for g in chips for t in g.iter(f"{SVG}text")]
    (left, top), (also, below) = places
    assert left == also
    assert below - top == 30


def test_a_constant_that_is_used_twice_is_drawn_and_nothing_comes_back_to_it():
    graph = Graph()
    graph.add(Block("x", "input", "x", np.array(3.0)))
    graph.add(Block("k", CONSTANT, "k", np.array(2.0)))
    for block, first in (("a", "x"), ("y", "a")):
        graph.add(Block(block, "mul", block))
        graph.connect(Wire(first, block, 0))
        graph.connect(Wire("k", block, 1))
    assert ">12<" in walk_svg(record(graph, "y"), 5)
