"""Where labels stand on the wires of a laid-out graph: clear of blocks and of each other."""

import itertools

import numpy as np
import pytest

from engine.document import Place
from engine.expression import parse_expression
from engine.marks import Box
from engine.picture import sizes
from engine.picture.labels import LARGEST, USUAL, Spots, spots
from engine.picture.places import Standing, places_for
from engine.picture.seen import Seen

TEXTS = (
    "square(exp(square(x)))",
    "square(x**2 + x**2)",
    "100 * (y - x**2)**2 + (x - 1)**2",
    "sigmoid(x + y*z + z*x + y*x*z)",
    "a = x*y; c = a*a + x; d = c*a + y*c; exp(d) + c*d",
    "x*y + sin(x)*cos(y) + exp(x*sin(y))*x + tanh(x*y + x)*square(y)",
)

PILL, ADDEND, NAME = 60.0, 74.0, 18.0
"""How wide a number, a contribution and a name are, as a rule."""


def drawn_by_chance(seed: int, count: int) -> str:
    """Write an expression in which many Variables are used several times."""
    chance, known, used, lines = np.random.default_rng(seed), ["x", "y"], set(), []
    for number in range(count):
        a, b = chance.choice(known[-6:], 2)
        one = (f"sin({a})", f"tanh({a})", f"square({a})")
        term = str(chance.choice((*one, f"{a}*{b}", f"{a} + {b}", f"{a}*{b}")))
        used |= {a} if term in one else {a, b}
        lines.append(f"v{number} = {term}")
        known.append(f"v{number}")
    ends = [name for name in known if name not in used]
    return "; ".join([*lines, " + ".join(ends)])


def seen(text: str) -> Seen:
    values = {name: np.array(0.5) for name in "xyz" if name in text}
    graph, _ = parse_expression(text, values)
    return Seen(graph, Standing(places_for(graph)))


def placed(picture: Seen) -> Spots:
    givers = [picture.giver(block) for block in picture.variables()]
    return spots(picture.boxes(), picture.chips(), givers)


def labels(picture: Seen, at: Spots) -> list[Box]:
    """Give the outlines of all labels at the end of the walk."""
    found = []
    gap, height = sizes.LABEL_GAP, sizes.NUMBER_HEIGHT
    for block in picture.variables():
        giver = picture.giver(block)
        width = min(giver.room(), PILL)
        x, y = at.gradients.get(block.id, giver.anchor)
        found.append(Box(x - width / 2, y + gap, width, height))
        if giver.pill is None:
            x, y = at.values.get(block.id, giver.anchor)
            found.append(Box(x - width / 2, y - gap - height, width, height))
            if giver.lines:
                found.append(Box(x - NAME / 2, y - gap - height - 18, NAME, 16))
        for wire, line in giver.lines if len(giver.lines) > 1 else ():
            x, y = at.arrivals.get(wire, line.arrival)
            found.append(Box(x - ADDEND / 2, y - height / 2, ADDEND, height))
    return found


def overlap(a: Box, b: Box) -> bool:
    across = min(a.x + a.width, b.x + b.width) - max(a.x, b.x)
    down = min(a.y + a.height, b.y + b.height) - max(a.y, b.y)
    return across > 1 and down > 1


def collisions(picture: Seen, at: Spots) -> int:
    """Count how often two labels overlap, or a label and a block."""
    found = labels(picture, at)
    each_other = sum(overlap(a, b) for a, b in itertools.combinations(found, 2))
    return each_other + sum(overlap(a, b) for a in found for b in picture.boxes())


class TestLaidOutGraphs:
    @pytest.mark.parametrize("text", TEXTS)
    def test_labels_overlap_neither_each_other_nor_blocks(self, text):
        picture = seen(text)
        assert collisions(picture, placed(picture)) == 0

    @pytest.mark.parametrize("count", [8, 17, 26])
    def test_the_same_is_nearly_so_for_what_chance_has_drawn(self, count):
        picture = seen(drawn_by_chance(count, count))
        usual = collisions(picture, USUAL)
        assert usual > 2  # else there would be nothing to make way for
        assert collisions(picture, placed(picture)) <= 1

    def test_where_there_is_room_labels_stand_where_they_usually_do(self):
        picture = seen("square(exp(square(x)))")
        at = placed(picture)
        usual = {b.id: picture.giver(b).anchor for b in picture.variables()}
        assert at.gradients == usual
        assert at.values == {b: where for b, where in usual.items() if b in at.values}

    def test_a_contribution_stands_on_its_wire_or_right_beside_it(self):
        picture = seen(TEXTS[-1])
        at = placed(picture)
        for block in picture.variables():
            for wire, line in picture.giver(block).lines:
                if wire in at.arrivals:
                    x, y = at.arrivals[wire]
                    points = np.array(line.points())
                    assert np.hypot(*(points - (x, y)).T).min() < 45


class TestPlaces:
    def test_they_do_not_depend_on_the_order_in_which_variables_are_told(self):
        picture = seen(TEXTS[4])
        givers = [picture.giver(block) for block in picture.variables()]
        args = picture.boxes(), picture.chips()
        assert spots(*args, givers) == spots(*args, givers[::-1])

    def test_what_is_moved_as_a_whole_keeps_its_labels(self):
        graph, _ = parse_expression(TEXTS[3], {name: np.array(0.5) for name in "xyz"})
        places = places_for(graph)
        there = {block: Place(x + 512, y - 256) for block, (x, y) in places.items()}
        here, moved = placed(Seen(graph, Standing(places))), placed(Seen(graph, Standing(there)))
        for block, (x, y) in here.values.items():
            assert moved.values[block] == pytest.approx((x + 512, y - 256))

    def test_in_a_large_graph_all_labels_stand_where_they_usually_do(self):
        picture = seen(" + ".join(["sin(x)"] * LARGEST))
        assert placed(picture) == USUAL

    def test_where_there_are_none_nothing_is_looked_for(self):
        picture = seen(TEXTS[0])
        assert spots(picture.boxes(), picture.chips(), []) == USUAL
