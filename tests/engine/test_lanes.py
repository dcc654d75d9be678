"""Lanes: wires are led between blocks instead of behind them, wherever a graph is drawn."""

import random
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest

from engine.asking.differentiating import differentiate
from engine.document import Place
from engine.expression import parse_expression
from engine.graph import Wire
from engine.marks import Box
from engine.picture import lanes as finding
from engine.picture.ends import clear_of_ends
from engine.picture.labels import spots
from engine.picture.lanes import lanes
from engine.picture.lines import Line
from engine.picture.places import Standing, places_for, standing
from engine.picture.seen import Seen
from engine.picture.stretches import Run
from engine.storage import load
from tests.engine.test_labels import labels

EXAMPLES = Path(__file__).parents[2] / "resources" / "examples"

SEEDS = 32

NET = "mean(square(matmul(tanh(matmul(x, w1) + b1), w2) + b2 - t))"
SHAPES = {"x": (3, 2), "w1": (2, 4), "b1": (4,), "w2": (4, 1), "b2": (1,), "t": (3, 1)}


def layered(seed: int, count: int = 40, back: int = 12):
    """A graph of so many blocks, with about 1.5 wires a block, some of them long."""
    rnd = random.Random(seed)  # noqa: S311 - graphs, not secrets
    names, lines = ["x", "y"], []
    for number in range(count - len(names)):
        near = names[-back:]
        one = rnd.choice(near)
        term = f"{rnd.choice(('sin', 'tanh', 'square', 'exp'))}({one})"
        if rnd.random() < 0.5:
            term = f"{one} {rnd.choice('+*-')} {rnd.choice(near)}"
        lines.append(f"v{number} = {term}")
        names.append(f"v{number}")
    return parse_expression("; ".join(lines), {"x": np.array(0.5), "y": np.array(0.5)})[0]


def drawn(graph) -> Seen:
    return Seen(graph, Standing(places_for(graph)))


def fine(line: Line) -> np.ndarray:
    """Give points along a line, close to each other."""
    points = np.array(line.points())
    steps = [a + (b - a) * share for a, b in pairwise(points) for share in np.arange(8) / 8]
    return np.array(steps)


def inside(points: np.ndarray, box: Box) -> bool:
    x, y = points.T
    across = (x > box.x) & (x < box.x + box.width)
    return bool((across & (y > box.y) & (y < box.y + box.height)).any())


def behind(picture: Seen) -> list[tuple[Wire, Box]]:
    """List the wires that run behind a block, and which block that is."""
    ways = {wire: fine(picture.line(wire)) for wire in picture.along}
    return [
        (w, box) for w, points in ways.items() for box in picture.boxes() if inside(points, box)
    ]


def test_after_a_layout_no_wire_of_a_dense_graph_runs_behind_a_block(monkeypatch):
    graphs = [layered(seed) for seed in range(SEEDS)]
    stands = [Standing(places_for(graph)) for graph in graphs]

    def hidden() -> int:
        return sum(len(behind(Seen(*both))) for both in zip(graphs, stands, strict=True))

    assert hidden() == 0
    monkeypatch.setattr(finding, "MOST", 0)
    assert hidden() > 60


@pytest.mark.parametrize("name", sorted(path.stem for path in EXAMPLES.glob("*.gradwalk")))
def test_no_wire_of_an_example_runs_behind_a_block(name):
    document = load(EXAMPLES / f"{name}.gradwalk")
    assert behind(Seen(document.graph, standing(document))) == []
    assert behind(drawn(document.graph)) == []


@pytest.mark.parametrize("times", [1, 2, 3])
def test_no_wire_of_a_derivative_of_tanh_runs_behind_a_block(times):
    graph, target = parse_expression("tanh(x)", {"x": np.array(1.0)})
    for _ in range(times):
        made = differentiate(graph, target, graph.named("x").id)
        graph, target = made.graph, made.target
    assert behind(drawn(graph)) == []


def test_no_wire_of_a_net_runs_behind_a_block():
    graph, _ = parse_expression(NET, {name: np.ones(shape) for name, shape in SHAPES.items()})
    assert behind(drawn(graph)) == []


def test_hardly_more_labels_are_crossed_than_without_lanes(monkeypatch):
    def crossed(picture: Seen) -> int:
        givers = [picture.giver(block) for block in picture.variables()]
        boxes = labels(picture, spots(picture.boxes(), picture.chips(), givers))
        ways = [fine(picture.line(wire)) for wire in picture.along]
        return sum(inside(points, box) for points in ways for box in boxes)

    graphs = [layered(seed) for seed in range(8)]
    with_lanes = sum(crossed(drawn(graph)) for graph in graphs)
    monkeypatch.setattr(finding, "MOST", 0)
    assert with_lanes <= 1.15 * sum(crossed(drawn(graph)) for graph in graphs)


class TestOneWire:
    BLOCK = Box(100, -44, 96, 88)

    def led(self, *boxes, end=(300, 0)):
        return lanes(boxes, {"wire": Run(Place(0, 0), Place(*end))}).get("wire", ())

    def test_it_is_led_around_the_block_that_is_in_its_way(self):
        (lane,) = self.led(self.BLOCK)
        assert abs(lane.y) > 44
        assert lane.left < 100
        assert lane.right > 196

    def test_it_runs_straight_where_nothing_is_in_its_way(self):
        assert self.led(Box(100, 60, 96, 88)) == ()
        assert self.led() == ()

    def test_it_goes_through_the_middle_of_a_narrow_gap(self):
        (lane,) = self.led(self.BLOCK, Box(100, 64, 96, 400), Box(100, -500, 96, 450))
        assert lane.y == 54

    def test_it_stays_where_it_is_when_there_is_no_way(self):
        on_the_port = Box(260, -44, 96, 88)
        assert self.led(on_the_port) == ()

    def test_one_that_turns_back_is_led_between_the_rows(self):
        row, below = Box(0, -44, 96, 88), Box(0, 146, 96, 88)
        run = Run(Place(96, 0), Place(0, 190))
        (lane,) = lanes([row, below], {0: run})[0]
        assert lane == (0, 96, 95)
        points = fine(Line(*run, lanes=(lane,)))
        assert not inside(points, row)
        assert not inside(points, below)
        assert points[:, 0].max() > 96 + 30
        assert points[:, 0].min() < -30

    def test_one_that_turns_back_where_there_is_no_room_stays_where_it_is(self):
        boxes = (Box(0, -44, 96, 88), Box(0, 146, 96, 88), Box(110, -500, 96, 1000))
        assert not lanes(boxes, {0: Run(Place(96, 0), Place(0, 190))})

    def test_it_is_the_same_in_whichever_order_blocks_are_told(self):
        boxes = (self.BLOCK, Box(230, -200, 96, 260), Box(230, 90, 96, 88))
        assert self.led(*boxes, end=(500, 0)) == self.led(*boxes[::-1], end=(500, 0)) != ()


class TestSeveralWires:
    BLOCK = Box(100, -44, 96, 88)

    def test_those_of_different_variables_keep_apart_in_one_gap(self):
        runs = {at: Run(Place(0, 5 + at), Place(300, 5 + at)) for at in range(3)}
        found = lanes([self.BLOCK], runs)
        heights = sorted(lane.y for (lane,) in found.values())
        assert all(b - a >= 9 for a, b in pairwise(heights))

    def test_those_of_one_variable_may_run_together(self):
        runs = {at: Run(Place(0, 5), Place(300, 5)) for at in range(2)}
        one, two = lanes([self.BLOCK], runs).values()
        assert one == two


def test_a_line_with_lanes_is_level_in_them_and_at_both_ends():
    run = Run(Place(0, 0), Place(300, 0))
    line = Line(*run, lanes=lanes([Box(100, -44, 96, 88)], {0: run})[0])
    (lane,) = line.lanes
    curves = list(line.curves())
    assert curves[0][0] == line.start
    assert curves[-1][-1] == line.end
    assert all(a[-1] == b[0] for a, b in pairwise(curves))
    assert all(a.y == near.y and far.y == b.y for a, near, far, b in curves)
    within = [y for x, y in line.points() if lane.left < x < lane.right]
    assert within == pytest.approx([lane.y] * len(within))
    assert not line.is_straight


def test_the_label_of_a_wire_with_lanes_stands_before_the_first_of_them():
    run = Run(Place(0, 0), Place(600, 0))
    (led,) = lanes([Box(200, -44, 96, 88)], {0: run}).values()
    assert Line(*run, lanes=led).label.x < led[0].left
    assert Line(*run).label.x == 300


def test_a_wire_with_bends_goes_where_people_say():
    graph, _ = parse_expression("x * sin(x)")
    product, x = graph.sinks()[0], graph.named("x").id
    sine = next(wire.source for wire in graph.wires_into(product) if wire.source != x)
    places = {x: Place(0, 0), sine: Place(200, 0), product: Place(400, 0)}
    wire = next(wire for wire in graph.wires_into(product) if wire.source == x)
    assert Seen(graph, Standing(places)).line(wire).lanes
    assert not Seen(graph, Standing(places, {wire: (Place(200, 5),)})).line(wire).lanes


def test_blocks_make_way_for_the_pills_at_ends():
    places = {"sink": Place(0, 0), "above": Place(190, -20), "far": Place(600, 0)}
    sizes = dict.fromkeys(places, (96.0, 88.0))
    found = clear_of_ends(places, sizes, ["sink", "far"])
    assert found["above"] == places["above"]
    assert found["far"] == places["far"]
    assert found["sink"].x == 0
    assert abs(found["sink"].y - places["above"].y) > 44 + 24
    assert clear_of_ends(found, sizes, ["sink", "far"]) == found
