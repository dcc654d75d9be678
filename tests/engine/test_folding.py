"""A very large graph is divided along its seams, the same way each time."""

from __future__ import annotations

import itertools
import time

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.document import Document, Place
from engine.expression import parse_expression
from engine.folding import FEW, depth_first, parts_of
from engine.graph import Block, Graph, Wire
from engine.grouping import divided
from engine.visible import ports_of_group, visible


def chain(kinds, count):
    blocks = [Block("b0", "input", "x", np.array(0.5))]
    blocks += [Block(f"b{n}", kinds[n % len(kinds)], f"v{n}") for n in range(1, count)]
    return Graph.build(blocks, [Wire(a.id, b.id, 0) for a, b in itertools.pairwise(blocks)])


def grouped(graph):
    """Make a document of a graph, divided."""
    document = Document(graph, dict.fromkeys(graph.blocks, Place(0.0, 0.0)))
    groups = divided(document, parts_of(graph))
    places = dict.fromkeys((*graph.blocks, *groups.all), Place(0.0, 0.0))
    return Document(graph, places, None, groups)


def sizes(parts):
    for part in parts:
        yield len(part.parts) or len(part.blocks)
        yield from sizes(part.parts)


def blocks_of(part):
    yield from part.blocks
    for inner in part.parts:
        yield from blocks_of(inner)


def test_few_things_are_seen_at_each_level_of_a_long_chain():
    graph = chain(["sin", "tanh", "cos"], 15_000)
    parts = parts_of(graph)
    assert max(len(parts), *sizes(parts)) <= 1.5 * FEW
    inside = [block for part in parts for block in blocks_of(part)]
    assert sorted(inside) == sorted(set(graph.blocks) - {"b0"})


def test_a_part_of_a_chain_has_one_way_in_and_one_way_out():
    document = grouped(chain(["sin", "tanh", "cos"], 2_000))
    for group in document.groups.all:
        ports = ports_of_group(document.graph, document.groups, group)
        assert len(ports.inlets) == len(ports.outlets) == 1


def test_a_graph_is_cut_where_its_pattern_begins_again():
    # Each layer is (x + sin(x)) * cos(x): two values run through its middle, one between layers.
    blocks = [Block("b0", "input", "x", np.array(0.5))]
    wires, last = [], "b0"
    for n in range(150):
        ids = [f"b{4 * n + at}" for at in range(1, 5)]
        kinds = ["sin", "add", "cos", "mul"]
        blocks += [Block(i, k, f"v{i}") for i, k in zip(ids, kinds, strict=True)]
        sin, add, cos, mul = ids
        wires += [Wire(last, sin, 0), Wire(last, add, 0), Wire(sin, add, 1)]
        wires += [Wire(last, cos, 0), Wire(add, mul, 0), Wire(cos, mul, 1)]
        last = mul
    document = grouped(Graph.build(blocks, wires))
    assert len(document.groups) > 8
    for group in document.groups.all:
        ports = ports_of_group(document.graph, document.groups, group)
        assert (len(ports.inlets), len(ports.outlets)) == (1, 1)
        assert len(document.groups.blocks(group)) % 4 == 0
    names = sorted(group.name for group in document.groups.all.values())
    assert names[0] == "A1"


def test_two_branches_are_not_cut_across_each_other():
    left, right = "x", "z"
    for _ in range(200):
        left, right = f"sin({left})", f"cos({right})"
    graph, _ = parse_expression(f"{left} + {right}")
    mixed = [
        part
        for part in parts_of(graph)
        if {"sin", "cos"} <= {graph.block(block).kind for block in blocks_of(part)}
    ]
    assert len(mixed) <= 1  # where one ends and the other begins


def test_every_block_comes_after_what_it_uses():
    graph = chain(["sin"], 50)
    at = {block: index for index, block in enumerate(depth_first(graph))}
    assert all(at[wire.source] < at[wire.target] for wire in graph.wires())
    assert len(at) == len(graph)


@settings(max_examples=25)
@given(st.integers(0, 2**32 - 1))
def test_no_group_feeds_itself_however_tangled_the_graph(seed):
    rng = np.random.default_rng(seed)
    count = 500
    blocks = [Block("b0", "input", "x", np.array(0.5))]
    blocks += [Block(f"b{n}", "add", f"v{n}") for n in range(1, count)]
    reach = int(rng.integers(2, 60))
    wires = [
        Wire(f"b{n - 1 - int(rng.integers(0, min(reach, n)))}", f"b{n}", port)
        for n in range(1, count)
        for port in (0, 1)
    ]
    graph = Graph.build(blocks, wires)
    document = grouped(graph)
    assert parts_of(graph) == parts_of(graph.copy())
    seen = visible(document)
    assert len(seen.items) <= 1.5 * FEW + 12
    lines = {(link.start, link.end) for link in seen.links}
    order: list[str] = []
    left = set(seen.items)
    while left:
        ready = {item for item in left if not any(b == item and a in left for a, b in lines)}
        assert ready, "some groups feed each other in a circle"
        order += sorted(ready)
        left -= ready


@pytest.mark.parametrize("expression", ["square(x)", "x + 1"])
def test_a_small_graph_is_left_as_it_is(expression):
    graph, _ = parse_expression(expression)
    assert len(parts_of(graph)) <= 1


def test_dividing_takes_time_in_proportion_to_the_graph():
    def seconds(count):
        graph = chain(["sin", "tanh", "cos"], count)
        graph.into(), graph.out()
        best = float("inf")
        for _ in range(3):
            start = time.thread_time()
            parts_of(graph)
            best = min(best, time.thread_time() - start)
        return best

    assert seconds(16_000) < 30 * seconds(2_000)
