"""Finding blocks in a run, and who is near whom."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.errors import QueryError
from engine.expression import parse_expression
from engine.finding import parse_query
from engine.graph import Wire
from engine.kinship import ancestors, descendants, neighbours, ways_between
from engine.recording import record
from tests.engine.editing import documents


def run_of(text, **values):
    graph, target = parse_expression(text, {k: np.array(v, float) for k, v in values.items()})
    return record(graph, target)


def found(run, text):
    return "".join(sorted(run.blocks[block].name for block in parse_query(text).matches(run)))


@pytest.fixture
def tutorial():
    return run_of("y = square(exp(square(x)))", x=0.5)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("x", "x"),
        ("y", "y"),
        ("EXP", "b"),
        ("squ", "ay"),
        ("Square", "ay"),
        ("x²", "ay"),
        ("input", "x"),
        ("nothing like it", ""),
        ("= 0.5", "x"),
        ("== 1/2", "x"),
        ("value = 0.25", "a"),
        ("> 1", "by"),
        (">= 0.5", "bxy"),
        ("!= 0.5", "aby"),
        ("value < 0.3", "a"),
        ("gradient > 3", "ax"),
        ("grad = 1", "y"),
        ("grad<2", "y"),
        ("grad < 1e-8", ""),
        ("nan", ""),
        ("> nan", ""),
    ],
)
def test_blocks_are_found_by_name_function_value_and_gradient(tutorial, text, names):
    assert found(tutorial, text) == names


def test_blocks_are_found_in_the_order_in_which_they_are_computed():
    run = run_of("y = exp(z) + exp(exp(x))", x=1, z=2)
    order = [run.blocks[block].name for block in parse_query("exp").matches(run)]
    steps = [run.course.value_steps[run.blocks[b].id] for b in parse_query("exp").matches(run)]
    assert len(order) == 3
    assert steps == sorted(steps)


def test_a_name_in_full_is_meant_in_full():
    run = run_of("maximum(x, ex) * exp(x)", x=1, ex=2)
    assert found(run, "ex") == "ex"
    assert found(run, "x") == "x"
    assert len(parse_query("m").matches(run)) == 2


def test_what_is_not_finite_is_found():
    run = run_of("y = log(exp(x))", x=1000)
    assert found(run, "inf") == "ay"
    assert found(run, "gradient nan") == "x"
    assert found(run, "nan") == "x"
    assert found(run, "value nan") == ""


def test_of_an_array_one_element_is_enough_and_a_gradient_is_as_large_as_its_largest():
    run = run_of("y = sum(x * [1, -100, 3])", x=[1, 2, 3])
    assert "x" in found(run, "= 2")
    assert "x" in found(run, "grad > 99")
    assert "x" not in found(run, "grad < 99")


def test_the_size_of_a_gradient_has_no_sign():
    run = run_of("y = -5 * x", x=1)
    assert "x" in found(run, "gradient >= 5")


@pytest.mark.parametrize("text", ["", "  ", "\n"])
def test_nothing_is_looked_for_where_nothing_is_typed(text):
    assert parse_query(text) is None


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (">", "number is missing"),
        ("grad <", "number is missing"),
        ("> abc", "is no number"),
        ("weight > 3", "cannot be compared"),
        ("= [1, 2]", "one number"),
        ("> __import__('os')", "is no number"),
    ],
)
def test_half_a_comparison_says_what_is_missing(text, words):
    with pytest.raises(QueryError, match=words):
        parse_query(text)


@given(st.text(max_size=30), documents())
def test_any_text_finds_blocks_of_the_run_or_says_why_not(text, document):
    run = record(document.graph, document.target)
    try:
        query = parse_query(text)
    except QueryError as error:
        assert error.sentence.endswith(".")  # noqa: PT017 - either may happen
        return
    if query is not None:
        assert set(query.matches(run)) <= set(run.blocks)


@pytest.fixture
def diamond():
    graph, _ = parse_expression("a = square(x); b = exp(a); c = sin(a); y = b * c; z2 = cos(k)")
    return graph, {block.name: block.id for block in graph.blocks.values()}


def names(graph, kin):
    return "".join(sorted(graph.block(block).name for block in kin.blocks if block in graph))


def test_neighbours_are_one_wire_away(diamond):
    graph, ids = diamond
    kin = neighbours(graph, [ids["a"]])
    assert names(graph, kin) == "abcx"
    assert len(kin.wires) == 3


def test_all_before_and_all_after(diamond):
    graph, ids = diamond
    assert names(graph, ancestors(graph, [ids["b"]])) == "abx"
    assert names(graph, descendants(graph, [ids["a"]])) == "abcy"
    assert names(graph, ancestors(graph, [ids["b"], ids["c"]])) == "abcx"


def test_every_way_between_two_blocks_whichever_comes_first(diamond):
    graph, ids = diamond
    there, back = (
        ways_between(graph, *pair) for pair in ((ids["x"], ids["y"]), (ids["y"], ids["x"]))
    )
    assert there == back
    assert names(graph, there) == "abcxy"
    assert len(there.wires) == 5
    one = ways_between(graph, ids["x"], ids["b"])
    assert one.wires == {Wire(ids["x"], ids["a"], 0), Wire(ids["a"], ids["b"], 0)}
    assert not ways_between(graph, ids["x"], ids["k"]).blocks


@given(documents(), st.data())
def test_a_block_is_before_all_that_is_after_it(document, data):
    graph = document.graph
    if len(graph):
        block = data.draw(st.sampled_from(sorted(graph.blocks)))
        assert ancestors(graph, [block]).blocks == graph.ancestors(block) | {block}
        assert descendants(graph, [block]).blocks == graph.descendants(block) | {block}
