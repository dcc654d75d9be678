"""The picture of a graph for Markdown, read and drawn by Mermaid itself in a browser."""

from __future__ import annotations

import json
from collections import Counter
from html import unescape
from importlib.util import find_spec
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings

from engine import FUNCTIONS
from engine.code.languages import LANGUAGES, written
from engine.expression import parse_expression
from engine.graph import Graph
from tests.engine.drawn_uses import graphs_of
from tests.three import THREE, document_of

LIBRARY = Path(find_spec("mermaidx").origin).parent / "assets" / "mermaid.js"
"""Mermaid as it stands in web pages, which comes with a package for Python."""

DRAW = """(async (text) => {
    const { svg } = await mermaid.render("drawn", text);
    document.body.innerHTML = svg;
    const all = (kind) => [...document.querySelectorAll(kind)];
    return {
        nodes: all(".node").map((node) =>
            [...node.querySelectorAll(".nodeLabel p")].map((label) => label.innerHTML)[0]),
        edges: all("path.flowchart-link").map((edge) => edge.id),
        ports: all(".edgeLabel p").map((label) => label.textContent),
        size: all(".node").map((node) => node.getBoundingClientRect().width),
    };
})"""


@pytest.fixture
def mermaid(tab, tmp_path):
    """Let Mermaid do something with a text."""
    page = tmp_path / "mermaid.html"
    script = f'<script src="{LIBRARY.as_uri()}"></script>'
    page.write_text(f'<!DOCTYPE html><meta charset="utf-8">{script}')
    tab.open(page)
    tab.ask("mermaid.initialize({ startOnLoad: false })")
    yield lambda function, text: tab.ask(f"({function})({json.dumps(text)})")
    assert tab.complaints() == []


def graph_of(text, **values):
    return parse_expression(text, {name: np.array(x, float) for name, x in values.items()})


@pytest.mark.parametrize("name", THREE)
def test_it_draws_every_block_with_its_numbers_and_every_wire(mermaid, name):
    document = document_of(name)
    graph = document.graph
    text = written(graph, document.target, LANGUAGES["mermaid"], numbers=True)
    drawn = mermaid(DRAW, text)
    labels = [unescape(label).split("<br>") for label in drawn["nodes"]]
    names = {block.name for block in graph.blocks.values()}
    assert len(labels) == len(graph)
    assert {line.partition(" =")[0] for rows in labels for line in rows if "∂" not in line} >= names
    assert len(drawn["edges"]) == len(list(graph.wires()))
    assert all(width > 30 for width in drawn["size"])


def test_what_stands_on_a_block_is_what_the_walk_finds(mermaid):
    graph, target = graph_of("square(exp(square(x)))", x=0.5)
    text = written(graph, target, LANGUAGES["mermaid"], numbers=True)
    assert [unescape(label).split("<br>") for label in mermaid(DRAW, text)["nodes"]] == [
        ["x = 0.5", "∂y/∂x = 3.2974"],
        ["Square", "a = 0.25", "∂y/∂a = 3.2974"],
        ["Exp", "b = 1.2840", "∂y/∂b = 2.5681"],
        ["Square", "y = 1.6487", "∂y/∂y = 1"],
    ]


def test_a_wire_that_is_used_twice_is_drawn_twice_with_its_ports(mermaid):
    graph, target = graph_of("a = sin(x); y = a * a", x=0.5)
    drawn = mermaid(DRAW, written(graph, target, LANGUAGES["mermaid"]))
    assert len(drawn["edges"]) == 3
    assert Counter(drawn["ports"]) == Counter({"x0": 1, "x1": 1})


def test_signs_that_mean_something_to_it_stand_on_a_block_as_they_are(mermaid):
    text = "c = einsum(x, transpose(x), subscripts='ij,jk->ik')[0, ::-1] ** 2 + 名 / end"
    graph, target = graph_of(text, x=[[1, 2], [3, 4]], 名=-2, end=3)
    drawn = mermaid(DRAW, written(graph, target, LANGUAGES["mermaid"], numbers=True))
    words = unescape("\n".join(drawn["nodes"]))
    assert "Einsum(subscripts='ij,jk->ik')" in words
    assert "名 = −2" in words
    assert "end = 3" in words
    assert len(drawn["nodes"]) == len(graph)


def test_it_reads_a_graph_of_every_function(mermaid):
    texts = [written(Graph(), None, LANGUAGES["mermaid"])]
    for name in sorted(FUNCTIONS):

        @settings(max_examples=2, database=None)
        @given(graphs_of(name))
        def draw(drawn):
            texts.append(written(*drawn, LANGUAGES["mermaid"], numbers=True))

        draw()
    read = "async (texts) => { for (const text of texts) await mermaid.parse(text); return 1 }"
    assert mermaid(read, texts) == 1
    assert len(texts) > len(FUNCTIONS)
