"""The layout as a person meets it: what stands where, and what never happens."""

from __future__ import annotations

from itertools import combinations, pairwise
from statistics import median

import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.layout import crossings
from engine.expression import parse_expression
from engine.layout import BLOCK_SIZE, Spacing, clearing, layout

ROW = BLOCK_SIZE[1] + Spacing().rows


@st.composite
def random_graphs(draw):
    """Graphs without cycles, with several wires between the same blocks, and sizes for some."""
    count = draw(st.integers(1, 30))
    wires = draw(
        st.lists(st.tuples(st.integers(0, count - 1), st.integers(0, count - 1)), max_size=60)
    )
    graph = nx.MultiDiGraph()
    graph.add_nodes_from(f"b{i}" for i in draw(st.permutations(range(count))))
    for one, other in wires:
        if one != other:
            head = f"b{max(one, other)}"
            graph.add_edge(f"b{min(one, other)}", head, key=graph.in_degree(head))
    lengths = st.floats(1, 500)
    named = st.sampled_from(sorted(graph))
    sizes = draw(st.dictionaries(named, st.tuples(lengths, lengths), max_size=count))
    return graph, sizes


def layered_graph(layers, width, seed):
    """Blocks in layers, each wired to one or two of the layer before it."""
    pick = np.random.default_rng(seed)
    graph = nx.MultiDiGraph()
    for layer in range(layers):
        for i in range(width):
            graph.add_node(f"{layer}-{i}", layer=layer)
            for port in range(pick.choice((1, 1, 2)) if layer else 0):
                graph.add_edge(f"{layer - 1}-{pick.integers(width)}", f"{layer}-{i}", key=port)
    return graph


def two_parallel_chains():
    return nx.MultiDiGraph(
        [("x", "a1"), ("a1", "a2"), ("a2", "y"), ("x", "b1"), ("b1", "b2"), ("b2", "y")]
    )


def size_of(block, sizes):
    return sizes.get(block, BLOCK_SIZE)


def overlapping(places, sizes):
    """Return the pairs of blocks that cover each other, even by a little."""
    found = []
    for one, other in combinations(places, 2):
        (x1, y1), (x2, y2) = places[one], places[other]
        (w1, h1), (w2, h2) = size_of(one, sizes), size_of(other, sizes)
        if abs(x1 - x2) < (w1 + w2) / 2 - 1e-6 and abs(y1 - y2) < (h1 + h2) / 2 - 1e-6:
            found.append((one, other))
    return found


def backward_wires(graph, places, sizes):
    """Return the wires whose block of departure does not end before the other one begins."""
    return [
        (tail, head)
        for tail, head in graph.edges()
        if places[tail][0] + size_of(tail, sizes)[0] / 2
        >= places[head][0] - size_of(head, sizes)[0] / 2
    ]


def in_column_order(places):
    """Return the names of each column, from top to bottom."""
    columns = {}
    for name, (x, y) in places.items():
        columns.setdefault(x, []).append((y, name))
    return {x: [name for _, name in sorted(column)] for x, column in columns.items()}


def test_an_empty_graph_has_no_places():
    assert layout(nx.MultiDiGraph()) == {}


def test_a_single_block_stands_in_the_corner():
    graph = nx.MultiDiGraph()
    graph.add_node("x")

    assert layout(graph, {"x": (60.0, 40.0)}) == {"x": (30.0, 20.0)}


def test_a_chain_is_exactly_straight_and_runs_from_left_to_right():
    names = [f"b{i}" for i in range(20)]
    places = layout(nx.MultiDiGraph(pairwise(names)))

    assert {places[name][1] for name in names} == {places["b0"][1]}
    assert sorted(names, key=lambda name: places[name][0]) == names


def test_a_chain_of_five_thousand_blocks_is_laid_out_without_recursion():
    names = [f"b{i}" for i in range(5000)]
    places = layout(nx.MultiDiGraph(pairwise(names)))

    assert {y for _, y in places.values()} == {BLOCK_SIZE[1] / 2}
    assert places["b4999"][0] > places["b0"][0]


def test_a_chain_inside_a_graph_is_straight():
    places = layout(two_parallel_chains())

    assert places["a1"][1] == places["a2"][1]
    assert places["b1"][1] == places["b2"][1]


@given(random_graphs(), st.sampled_from([Spacing(), Spacing(layers=1.0, rows=0.0)]))
@settings(deadline=None)
def test_no_two_blocks_ever_overlap(drawn, spacing):
    graph, sizes = drawn

    assert overlapping(layout(graph, sizes, spacing=spacing), sizes) == []


@given(random_graphs())
@settings(deadline=None)
def test_every_wire_leads_to_the_right(drawn):
    graph, sizes = drawn

    assert backward_wires(graph, layout(graph, sizes), sizes) == []


@given(random_graphs(), st.randoms(use_true_random=False))
@settings(deadline=None)
def test_no_places_of_before_however_odd_make_blocks_overlap(drawn, pick):
    graph, sizes = drawn
    before = {
        name: (pick.uniform(-9, 9), pick.choice((0.0, pick.uniform(-1e4, 1e4))))
        for name in graph
        if pick.random() < 0.7
    }
    places = layout(graph, sizes, before={**before, "gone": (0.0, 0.0)})

    assert places.keys() == set(graph)
    assert overlapping(places, sizes) == []
    assert backward_wires(graph, places, sizes) == []


@given(random_graphs())
@settings(deadline=None)
def test_the_drawing_begins_at_zero(drawn):
    graph, sizes = drawn
    places = layout(graph, sizes)

    assert min(x - size_of(name, sizes)[0] / 2 for name, (x, _) in places.items()) == (
        pytest.approx(0, abs=1e-6)
    )
    assert min(y - size_of(name, sizes)[1] / 2 for name, (_, y) in places.items()) == (
        pytest.approx(0, abs=1e-6)
    )


def test_the_same_graph_is_always_laid_out_the_same():
    assert layout(layered_graph(8, 8, seed=1)) == layout(layered_graph(8, 8, seed=1))


def test_a_column_is_as_wide_as_its_widest_block_and_layers_keep_their_gap():
    graph = nx.MultiDiGraph([("narrow", "end"), ("wide", "end")])
    places = layout(graph, {"narrow": (10.0, 20.0), "wide": (300.0, 20.0), "end": (40.0, 20.0)})

    assert places["narrow"][0] == places["wide"][0] == 150.0
    assert places["end"][0] == 300.0 + Spacing().layers + 20.0


def test_the_spacing_is_kept():
    graph = nx.MultiDiGraph([("x", "y"), ("z", "y")])
    places = layout(graph, spacing=Spacing(layers=30.0, rows=7.0))

    assert places["y"][0] - places["x"][0] == BLOCK_SIZE[0] + 30.0
    assert abs(places["x"][1] - places["z"][1]) == BLOCK_SIZE[1] + 7.0


@pytest.mark.parametrize("gap", [-1.0, float("nan"), float("inf")])
def test_a_spacing_that_makes_no_sense_is_refused(gap):
    with pytest.raises(ValueError, match="apart"):
        Spacing(rows=gap)


def test_the_branches_of_a_diamond_stand_on_both_sides_of_its_ends():
    diamond = nx.MultiDiGraph([("x", "upper"), ("x", "lower")])
    diamond.add_edge("upper", "y", key=0)
    diamond.add_edge("lower", "y", key=1)
    places = layout(diamond)
    middle = places["x"][1]

    assert places["y"][1] == middle
    assert places["upper"][1] < middle < places["lower"][1]
    assert middle - places["upper"][1] == places["lower"][1] - middle


@pytest.mark.parametrize("first", ["a", "b"])
def test_what_enters_the_upper_port_stands_above(first):
    second = "b" if first == "a" else "a"
    graph = nx.MultiDiGraph()
    graph.add_nodes_from(["a", "b", "minus"])
    graph.add_edge(second, "minus", key=1)
    graph.add_edge(first, "minus", key=0)
    places = layout(graph)

    assert places[first][1] < places[second][1]


def test_a_formula_that_is_a_tree_has_no_crossings():
    tree = nx.MultiDiGraph()
    for block in range(2, 64):
        tree.add_edge(f"b{block}", f"b{block // 2}", key=1 - block % 2)
    shuffled = nx.MultiDiGraph()
    shuffled.add_nodes_from(np.random.default_rng(4).permutation(sorted(tree)).tolist())
    shuffled.add_edges_from(tree.edges(keys=True))

    assert crossings(shuffled, layout(shuffled)) == 0


def test_drawings_that_no_wire_joins_stand_below_each_other():
    graph = nx.MultiDiGraph([("a1", "a2"), ("a1", "a3"), ("b1", "b2"), ("b3", "b2")])
    graph.add_node("c1")
    rows = {}
    for name, (_, y) in layout(graph).items():
        rows.setdefault(name[0], []).append(y)

    assert max(rows["a"]) + ROW <= min(rows["b"])
    assert max(rows["b"]) + ROW <= min(rows["c"])


def test_an_input_stands_next_to_its_first_use():
    names = [f"f{i}" for i in range(10)]
    graph = nx.MultiDiGraph(pairwise(names))
    graph.add_edge("late", "f7", key=1)
    graph.add_edge("shared", "f5", key=1)
    graph.add_edge("shared", "f9", key=1)
    places = layout(graph)

    assert places["late"][0] == places["f6"][0]
    assert places["shared"][0] == places["f4"][0]


def test_what_only_an_input_leads_to_follows_it_to_the_right():
    names = [f"f{i}" for i in range(10)]
    graph = nx.MultiDiGraph([*pairwise(names), ("w", "square"), ("square", "f9")])
    places = layout(graph)

    assert places["square"][0] == places["f8"][0]
    assert places["w"][0] == places["f7"][0]


def test_a_long_wire_passes_between_blocks():
    names = [f"f{i}" for i in range(6)]
    graph = nx.MultiDiGraph([*pairwise(names), ("f0", "f5")])
    places = layout(graph)
    height = (places["f0"][1] + places["f5"][1]) / 2

    assert all(abs(places[name][1] - height) > BLOCK_SIZE[1] / 2 for name in names[1:-1])


def behind(graph, places):
    """The blocks that a wire passes behind, drawn as a curve that leaves and enters level."""
    found, t = [], np.linspace(0, 1, 101)
    width, height = BLOCK_SIZE
    for tail, head, port in graph.edges(keys=True):
        x, to_x = places[tail][0] + width / 2, places[head][0] - width / 2
        y = places[tail][1]
        share = (port + 1) / (graph.in_degree(head) + 1) - 0.5
        to_y = places[head][1] + share * height
        across = x + (to_x - x) * (1.5 * t * (1 - t) + t**3)
        down = y + (to_y - y) * (3 * t**2 - 2 * t**3)
        for block, (at_x, at_y) in places.items():
            under = (abs(across - at_x) < width / 2) & (abs(down - at_y) < height / 2)
            if block not in (tail, head) and under.any():
                found.append((tail, head, block))
    return found


@pytest.mark.parametrize(
    "text",
    [
        "x * square(x) * x",
        "(x + tanh(x)) + tanh(x + tanh(x))",
        "x + tanh(x * w + b)",
        "exp(sin(cos(tanh(x)))) * x + w",
        "exp(-square((x - m) / s) / 2) / s",
        "a * x**3 + b * x**2 + c * x + d",
        "log(1 + exp(x)) - x * t",
    ],
)
def test_no_wire_of_a_small_graph_passes_behind_a_block(text):
    graph, _ = parse_expression(text)
    places = layout(graph.net)

    assert behind(graph.net, places) == []
    assert overlapping(places, {}) == []


def test_blocks_make_way_for_long_wires_and_the_drawing_stays_low(monkeypatch):
    pick, hidden, were_hidden = np.random.default_rng(0), 0, 0
    for _ in range(12):
        graph = nx.MultiDiGraph()
        graph.add_nodes_from(f"b{at}" for at in range(12))
        for head in range(1, 12):
            for port in range(1 + (pick.random() < 0.3)):
                tail = max(0, head - 1 - int(pick.exponential(4)))
                graph.add_edge(f"b{tail}", f"b{head}", key=port)
        places = layout(graph)
        with monkeypatch.context() as patch:
            patch.setattr(clearing, "MOST", 0)
            straight = layout(graph)
        assert len(behind(graph, places)) <= len(behind(graph, straight))
        assert overlapping(places, {}) == []
        tall, low = (max(y for _, y in found.values()) for found in (places, straight))
        assert tall <= 1.4 * low + 150
        hidden += len(behind(graph, places))
        were_hidden += len(behind(graph, straight))

    assert were_hidden > 12
    assert hidden < were_hidden / 4


@pytest.mark.parametrize("seed", range(5))
def test_wires_cross_far_less_than_in_the_layout_of_networkx(seed):
    graph = layered_graph(8, 8, seed)
    theirs = nx.multipartite_layout(graph, subset_key="layer")

    assert crossings(graph, layout(graph)) < crossings(graph, theirs) / 3


def test_blocks_stay_where_they_were_when_nothing_changed():
    graph = layered_graph(8, 8, seed=2)
    places = layout(graph)

    assert layout(graph, before=places) == places


def test_blocks_keep_their_order_from_before():
    graph = two_parallel_chains()
    places = layout(graph)
    turned = {name: (x, -y) for name, (x, y) in places.items()}

    for x, names in in_column_order(layout(graph, before=turned)).items():
        assert names == in_column_order(places)[x][::-1]


@pytest.mark.parametrize("seed", range(3))
def test_a_new_block_moves_few_others(seed):
    graph = layered_graph(8, 8, seed)
    before = layout(graph)
    graph.add_edge("3-3", "new", key=0)
    after = layout(graph, before=before)
    moved = [after[name][1] - before[name][1] for name in before]
    # The drawing as a whole may move, because it begins at zero again.
    far = [shift for shift in moved if abs(shift - median(moved)) > ROW / 4]

    assert len(far) < len(before) / 4


@pytest.mark.parametrize("wires", [[("x", "x")], [("x", "y"), ("y", "x")]])
def test_a_graph_with_a_cycle_is_refused(wires):
    with pytest.raises(ValueError, match="cycle"):
        layout(nx.MultiDiGraph(wires))


def test_the_graph_itself_is_left_as_it_was():
    graph = layered_graph(4, 4, seed=3)
    copy = graph.copy()
    layout(graph)

    assert nx.utils.graphs_equal(graph, copy)


def test_wires_longer_than_any_other_do_not_use_up_the_memory():
    forward = [f"f{i}" for i in range(600)]
    graph = nx.MultiDiGraph(pairwise(forward))
    for near, block in pairwise([forward[-1], *(f"g{i}" for i in reversed(range(600)))]):
        graph.add_edge(near, block, key=0)
        graph.add_edge(f"f{block[1:]}", block, key=1)
    places = layout(graph)

    assert backward_wires(graph, places, {}) == []
