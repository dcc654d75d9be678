"""A graph written out for people: LaTeX, Mermaid and DOT, each read by a program that knows it."""

from __future__ import annotations

import json
import re
import subprocess

import numpy as np
import pytest
from hypothesis import given, settings

from engine import FUNCTIONS
from engine.code.languages import LANGUAGES, written
from engine.code.latex import BEFORE
from engine.expression import parse_expression
from engine.graph import Graph
from tests.engine.drawn_uses import graphs_of
from tests.three import ALL, document_of

AWKWARD = """\
a_b = mean_squared_error(sigmoid(x @ w + b), t) * α_1 + été - loss_rate
c = einsum(x, transpose(x), subscripts='ij,jk->ik')[0, ::-1] ** 2 + 名 / -(-2)
sum(c, axis=0) + a_b"""
VALUES = {"x": [[1, 2], [3, 4]], "w": [0.5, -1e-9], "b": np.inf, "t": [0, np.nan]}
OTHERS = {"α_1": 2, "été": 3, "loss_rate": 1, "名": -2}


def graph_of(text, **values):
    return parse_expression(text, {name: np.array(x, float) for name, x in values.items()})


def typeset(text, folder):
    """Let LaTeX read a document, all of which fits on the page; give the number of its pages."""
    (folder / "document.tex").write_text(text, "utf-8")
    command = ["pdflatex", "-interaction=nonstopmode", "-halt-on-error", "document.tex"]
    done = subprocess.run(command, cwd=folder, capture_output=True, check=False)
    out = done.stdout.decode(errors="replace")
    assert done.returncode == 0, out[-3000:]
    assert "Overfull" not in out
    return int(re.search(r"Output written on document.pdf \((\d+) pages?", out)[1])


@pytest.mark.parametrize("numbers", [True, False])
@pytest.mark.parametrize("name", ALL)
def test_every_example_is_a_document_that_latex_reads(name, numbers, tmp_path):
    document = document_of(name)
    text = written(document.graph, document.target, LANGUAGES["latex"], numbers=numbers)
    assert typeset(text, tmp_path) >= 1


@pytest.mark.parametrize("shape", [(9,), (12,), (3, 5), (2, 2, 2), (1, 1), (4, 4), (11, 1)])
@pytest.mark.parametrize("text", ["sum(square(x) * x)", "sum(tanh(x) - square(tanh(x)) / x)"])
def test_arrays_of_any_shape_fit_on_the_page(text, shape, tmp_path):
    x = np.random.default_rng(1).normal(size=shape) * 1e-7
    graph, target = graph_of(text, x=x)
    assert typeset(written(graph, target, LANGUAGES["latex"], numbers=True), tmp_path) <= 8


def test_names_as_long_as_a_person_likes_fit_on_the_page(tmp_path):
    names = ("learning_rate", "momentum_of_the_optimizer", "weight_decay")
    a, b, c = names
    text = (
        f"first_moment = {a} * square({b}) - {c}; tanh(first_moment) * {a} + sin({c} * {b}) / {a}"
    )
    graph, target = graph_of(text, **dict.fromkeys(names, 1.5))
    assert typeset(written(graph, target, LANGUAGES["latex"], numbers=True), tmp_path) <= 4


def test_latex_reads_every_function_and_every_name(tmp_path):
    graph, target = graph_of(AWKWARD, **VALUES, **OTHERS)
    fragment = LANGUAGES["latex-fragment"]
    parts = [written(graph, target, fragment, numbers=True)]
    for name in sorted(FUNCTIONS):

        @settings(max_examples=2, database=None)
        @given(graphs_of(name))
        def draw(drawn):
            parts.append(written(*drawn, fragment, numbers=True))

        draw()
    document = [*BEFORE, r"\begin{document}", *parts, r"\end{document}", ""]
    assert typeset("\n".join(document), tmp_path) > 20


def test_the_derivation_says_what_the_walk_says():
    graph, target = graph_of("square(exp(square(x)))", x=0.5)
    text = written(graph, target, LANGUAGES["latex-fragment"], numbers=True)
    for line in (
        r"y &= \left(e^{x^{2}}\right)^{2}",
        r"\frac{\partial y}{\partial x} &= 2b \cdot e^{a} \cdot 2x \\",
        r"&= e^{0.25} = 1.2840254",
        r"\frac{\partial y}{\partial b} &= \frac{\partial y}{\partial y} \cdot 2b",
        r"&= 1 \cdot 2 \cdot 1.2840254 = 2.5680508",
    ):
        assert line in text
    bare = written(graph, target, LANGUAGES["latex-fragment"])
    assert "1.2840254" not in bare
    assert r"\begin{document}" not in bare


def test_where_ways_meet_the_derivation_adds_up():
    graph, target = graph_of("square(x) + x", x=3)
    text = written(graph, target, LANGUAGES["latex-fragment"], numbers=True)
    assert r"\frac{\partial y}{\partial x} &= 1 + 2x \\" in text
    assert r"1 \cdot 2 \cdot 3 = 6, \qquad 1 + 6 = 7" in text


def test_a_formula_of_many_ways_does_not_grow_without_end():
    text = "; ".join(f"a{n + 1} = a{n} + square(a{n})" for n in range(60))
    graph, target = graph_of(f"a0 = sin(x); {text}; a60 * 1", x=0.01)
    assert len(written(graph, target, LANGUAGES["latex"])) < 60_000


def drawn_by_graphviz(text):
    """Let Graphviz read a graph; give the labels of its nodes, and its edges by these labels."""
    done = subprocess.run(["dot", "-Tjson"], input=text.encode(), capture_output=True, check=True)
    assert done.stderr == b""
    found = json.loads(done.stdout)
    labels = [node["label"].split("\\n") for node in found["objects"]]
    edges = [(labels[e["tail"]][-1], labels[e["head"]][-1]) for e in found.get("edges", ())]
    return labels, edges


def test_graphviz_reads_the_graph_with_both_wires_of_one_that_is_used_twice():
    graph, target = graph_of("a = sin(x); y = a * a", x=0.5)
    labels, edges = drawn_by_graphviz(written(graph, target, LANGUAGES["dot"]))
    assert labels == [["x"], ["Sin", "a"], ["Mul", "y"]]
    assert sorted(edges) == [("a", "y"), ("a", "y"), ("x", "a")]


@pytest.mark.parametrize("name", ALL)
def test_graphviz_reads_every_example_with_its_numbers(name):
    document = document_of(name)
    text = written(document.graph, document.target, LANGUAGES["dot"], numbers=True)
    labels, edges = drawn_by_graphviz(text)
    assert len(labels) == len(document.graph)
    assert len(edges) == len(list(document.graph.wires()))


def test_a_picture_shows_values_and_gradients_if_wanted():
    graph, target = graph_of("square(x) + 2", x=3)
    for language in ("dot", "mermaid"):
        text = written(graph, target, LANGUAGES[language], numbers=True)
        assert "a = 9" in text
        assert "∂y/∂x = 6" in text
        assert "a = 9" not in written(graph, target, LANGUAGES[language])


NODE = re.compile(r'(n\d+)(?:\["([^"]*)"\]|\(\["([^"]*)"\]\))')
EDGE = re.compile(r'(n\d+) -->(?:\|"\w+"\|)? (n\d+)')
STYLE = re.compile(r"style (n\d+) [\w:-]+")


def test_mermaid_is_made_of_nodes_edges_and_styles_alone():
    graph, target = graph_of(AWKWARD, **VALUES, **OTHERS)
    first, *lines = written(graph, target, LANGUAGES["mermaid"], numbers=True).splitlines()
    assert first == "flowchart LR"
    known, edges = set(), 0
    for line in map(str.strip, lines):
        if node := NODE.fullmatch(line):
            known.add(node[1])
        elif edge := EDGE.fullmatch(line):
            assert {edge[1], edge[2]} <= known
            edges += 1
        else:
            assert STYLE.fullmatch(line)[1] in known
    assert (len(known), edges) == (len(graph), len(list(graph.wires())))
    assert "subscripts='ij,jk-#gt;ik'" in "\n".join(lines)


def test_what_is_not_finished_can_be_drawn_all_the_same():
    graph, target = graph_of("sin(x) + w")
    assert "Sin" in written(graph, target, LANGUAGES["mermaid"], numbers=True)
    assert written(Graph(), None, LANGUAGES["dot"]).startswith("digraph {")
