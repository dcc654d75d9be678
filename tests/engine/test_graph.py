"""Blocks and wires: what may be, what may not, and the sentence that says why."""

from __future__ import annotations

from contextlib import suppress
from random import Random

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.errors import (
    BadNameError,
    CycleError,
    DuplicateBlockError,
    GradwalkError,
    PortTakenError,
    UnknownBlockError,
    UnknownFunctionError,
    UnknownPortError,
    UnknownWireError,
    ValueTextError,
)
from engine.expression import parse_expression
from engine.graph import Block, Graph, Wire, age, forward_order, fresh_id, fresh_name

X = Block("x", "input", "x", np.array(0.5))
A = Block("A", "square", "a")
B = Block("B", "exp", "b")
S = Block("S", "add", "s")


@pytest.fixture
def graph():
    """A chain x → A → B, and a sum S that nothing is connected to."""
    return Graph.build([X, A, B, S], [Wire("x", "A", 0), Wire("A", "B", 0)])


def test_a_graph_tells_what_is_connected_to_what(graph):
    graph.connect(Wire("A", "S", 1))
    assert graph.wires_into("S") == (None, Wire("A", "S", 1))
    assert graph.wires_from("A") == (Wire("A", "B", 0), Wire("A", "S", 1))
    assert graph.wires_at("A") == (Wire("x", "A", 0), Wire("A", "B", 0), Wire("A", "S", 1))
    assert graph.ports("S") == ("x0", "x1")
    assert graph.ports("x") == ()
    assert graph.sinks() == ["B", "S"]
    assert graph.named("a") == A
    assert graph.depends("B", on="x")
    assert not graph.depends("x", on="B")
    assert len(graph) == 4
    assert "A" in graph


def test_both_wires_of_a_times_a_are_there(graph):
    graph.connect(Wire("A", "S", 0))
    graph.connect(Wire("A", "S", 1))
    assert sorted(wire.port for wire in graph.wires() if wire.target == "S") == [0, 1]


@pytest.mark.parametrize(
    ("wire", "error", "sentence"),
    [
        (Wire("B", "A", 0), PortTakenError, "This input of Square is taken by x; unplug it first."),
        (Wire("A", "A", 0), CycleError, "Square cannot take its own output as an input."),
        (Wire("x", "A", 1), UnknownPortError, "Square has no input 2."),
        (Wire("x", "A", -1), UnknownPortError, "Square has no input 0."),
        (Wire("A", "x", 0), UnknownPortError, "x takes no input."),
        (Wire("x", "Z", 0), UnknownBlockError, "There is no block “Z”."),
        (Wire("Z", "A", 0), UnknownBlockError, "There is no block “Z”."),
    ],
)
def test_a_wire_that_may_not_be_is_refused_with_a_reason(graph, wire, error, sentence):
    before = graph.copy()
    with pytest.raises(error) as caught:
        graph.connect(wire)
    assert caught.value.sentence == sentence
    assert caught.value.block in (wire.target, "Z")
    assert graph == before


def test_a_wire_that_would_close_a_circle_is_refused(graph):
    graph.disconnect(Wire("x", "A", 0))
    with pytest.raises(CycleError) as caught:
        graph.connect(Wire("B", "A", 0))
    assert caught.value.sentence == ("b already depends on a: this wire would close a circle.")


def test_the_question_of_a_circle_is_quick_where_there_are_very_many_paths():
    blocks = [X, *(Block(f"b{n}", "add", f"n{n}") for n in range(60))]
    ends = ["x", *(f"b{n}" for n in range(60))]
    wires = [Wire(ends[n], ends[n + 1], port) for n in range(60) for port in (0, 1)]
    graph = Graph.build(blocks, wires[:-1])
    graph.connect(wires[-1])
    assert graph.wires_into("b59") == (Wire("b58", "b59", 0), Wire("b58", "b59", 1))


@pytest.mark.parametrize(
    ("block", "error", "sentence"),
    [
        (Block("x", "exp", "q"), DuplicateBlockError, "There is already a block with the id “x”."),
        (Block("q", "exp", "x"), DuplicateBlockError, "There is already a block named “x”."),
        (Block("q", "cube", "q"), UnknownFunctionError, "There is no function called “cube”."),
        (Block("q", "exp", "exp"), BadNameError, "“exp” is the name of a function"),
        (Block("q", "exp", "pi"), BadNameError, "“pi” is the name of a number"),
        (Block("q", "exp", "2x"), BadNameError, "“2x” cannot be a name"),
        (Block("q", "exp", ""), BadNameError, "“” cannot be a name"),
        (Block("q", "exp", "lambda"), BadNameError, "“lambda” cannot be a name"),
        (Block("q", "exp", "q" * 41), BadNameError, "cannot be a name"),
        (Block("q", "exp", "ﬁ"), BadNameError, "cannot be a name"),
        (Block("q q", "exp", "q"), BadNameError, "“q q” cannot be an id"),
        (Block("q" * 41, "exp", "q"), BadNameError, "cannot be an id"),
    ],
)
def test_a_block_that_may_not_be_is_refused_with_a_reason(graph, block, error, sentence):
    before = graph.copy()
    with pytest.raises(error) as caught:
        graph.add(block)
    assert caught.value.sentence.startswith(sentence) or sentence in caught.value.sentence
    assert graph == before


def test_names_may_be_greek_and_have_digits(graph):
    for name in ("α", "x1", "loss_2", "_hidden"):
        graph.check_name("new", name)


def test_a_block_that_goes_takes_its_wires_along(graph):
    graph.remove("A")
    assert list(graph.wires()) == []
    assert graph.wires_into("B") == (None,)
    assert graph.named("a") is None
    graph.add(A)
    assert graph.wires_from("x") == ()


def test_a_block_can_be_renamed_and_revalued_but_not_change_its_kind(graph):
    graph.replace(Block("x", "input", "z", np.array(2.0)))
    assert graph.named("x") is None
    assert graph.named("z").value == 2.0
    with pytest.raises(UnknownFunctionError, match="Square cannot become exp"):
        graph.replace(Block("A", "exp", "a"))
    with pytest.raises(DuplicateBlockError):
        graph.replace(Block("A", "square", "b"))
    assert graph.block("A") == A


def test_a_wire_that_is_not_there_cannot_be_taken_away(graph):
    for wire in (Wire("x", "B", 0), Wire("x", "A", 3), Wire("q", "r", 0)):
        with pytest.raises(UnknownWireError, match="There is no wire"):
            graph.disconnect(wire)


def test_asking_for_a_block_that_is_not_there_says_so(graph):
    for ask in (graph.block, graph.ports, graph.wires_into, graph.wires_from, graph.remove):
        with pytest.raises(UnknownBlockError, match="There is no block “q”"):
            ask("q")


def test_a_value_is_kept_as_a_copy_that_nobody_can_write_to():
    given_value = np.array([1, 2, 3])
    block = Block("x", "input", "x", given_value)
    given_value[0] = 100
    assert block.value.tolist() == [1.0, 2.0, 3.0]
    assert block.value.dtype == np.float64
    with pytest.raises(ValueError, match="read-only"):
        block.value[0] = 5.0


def test_a_value_is_made_of_real_numbers():
    for value in (np.array(1j), np.array("text"), np.array([None])):
        with pytest.raises(ValueTextError, match="made of real numbers"):
            Block("x", "input", "x", value)


def test_blocks_are_equal_if_all_their_facts_are():
    def block(value):
        return Block("x", "input", "x", np.array(value))

    assert block(np.nan) == block(np.nan)
    assert block(0.0) != block(-0.0)
    assert block([1.0]) != block(1.0)
    assert block([[]]) != block([])
    assert block(1.0) != "x"


def test_a_copy_goes_its_own_way(graph):
    twin = graph.copy()
    assert twin == graph
    twin.disconnect(Wire("A", "B", 0))
    twin.remove("x")
    assert len(graph) == 4
    assert graph.wires_from("A") == (Wire("A", "B", 0),)
    assert graph != twin
    assert graph != "a graph"


def shape(graph):
    """All that a graph tells of its wires, read from both of their ends."""
    return {b: (graph.wires_into(b), graph.wires_from(b)) for b in graph.blocks}


@pytest.mark.parametrize("seed", range(20))
def test_of_many_copies_none_changes_with_another(seed):
    random = Random(seed)  # noqa: S311 - a walk of a test
    first = Graph()
    for block in (X, A, B, S):
        first.add(block)
    graphs, told = [first], [shape(first)]
    for _ in range(120):
        at = random.randrange(len(graphs))
        graph = graphs[at]
        kind = random.choice(["copy", "plug", "plug", "unplug", "remove", "add"])
        if kind == "copy" and len(graphs) < 6:
            graphs.append(graph.copy())
            told.append(shape(graph))
        elif kind == "plug":
            block = random.choice(list(graph.blocks.values()))
            wire = Wire(random.choice(list(graph.blocks)), block.id, random.randrange(2))
            with suppress(GradwalkError):
                graph.connect(wire)
        elif kind == "unplug" and any(graph.wires()):
            graph.disconnect(random.choice(list(graph.wires())))
        elif kind == "remove" and len(graph) > 1:
            graph.remove(random.choice(list(graph.blocks)))
        elif kind == "add":
            for block in (X, A, B, S):
                if block.id not in graph:
                    graph.add(block)
        told[at] = shape(graph)
        assert [shape(each) for each in graphs] == told


def test_a_graph_cannot_be_hashed_because_it_can_change(graph):
    with pytest.raises(TypeError, match="unhashable"):
        hash(graph)


# Building all at once


def test_building_a_graph_makes_the_same_as_adding_one_by_one(graph):
    other = Graph()
    for block in (X, A, B, S):
        other.add(block)
    for wire in (Wire("x", "A", 0), Wire("A", "B", 0)):
        other.connect(wire)
    assert graph == other


@pytest.mark.parametrize(
    ("wires", "error"),
    [
        ([Wire("x", "A", 0), Wire("B", "A", 0)], PortTakenError),
        ([Wire("x", "A", 1)], UnknownPortError),
        ([Wire("x", "q", 0)], UnknownBlockError),
        ([Wire("A", "A", 0)], CycleError),
    ],
)
def test_building_refuses_what_connecting_refuses(wires, error):
    with pytest.raises(error):
        Graph.build([X, A, B, S], wires)


def test_building_names_the_circle_that_it_finds():
    with pytest.raises(CycleError) as caught:
        Graph.build([A, B], [Wire("A", "B", 0), Wire("B", "A", 0)])
    assert caught.value.sentence == "The wires a → b → a close a circle."
    chain = [Block(f"b{n}", "exp", f"n{n}") for n in range(100)]
    wires = [Wire(f"b{n}", f"b{(n + 1) % 100}", 0) for n in range(100)]
    with pytest.raises(CycleError) as caught:
        Graph.build(chain, wires)
    assert caught.value.sentence == "The wires n0 → n1 → n2 → … → n99 → n0 close a circle."


# Order and names


def test_forward_order_goes_by_generation_and_then_by_age():
    blocks = [Block(f"b{n}", "input", f"n{n}", np.array(1.0)) for n in (10, 2, 1)]
    graph = Graph.build([*blocks, Block("b3", "exp", "y")], [Wire("b10", "b3", 0)])
    assert forward_order(graph) == ["b1", "b2", "b10", "b3"]
    assert sorted(["b10", "b9"], key=age) == ["b9", "b10"]


def test_fresh_names_are_letters_first_and_numbered_then():
    graph = Graph()
    names = []
    for number in range(30):
        name = fresh_name(graph, "input")
        names.append(name)
        graph.add(Block(f"b{number}", "input", name, np.array(1.0)))
    assert names[:12] == ["x", "z", "w", "u", "v", "p", "q", "r", "s", "t", "x1", "x2"]
    assert len(set(names)) == 30


@given(st.sets(st.sampled_from(["x", "z", *(f"x{n}" for n in range(1, 12))])))
def test_a_fresh_name_is_never_one_that_is_taken(taken):
    name = fresh_name(Graph(), "input", frozenset(taken))
    assert name not in taken
    Graph().check_name("b1", name)


def test_a_fresh_id_is_never_one_that_is_taken(graph):
    for _ in range(5):
        new = fresh_id(graph)
        graph.add(Block(new, "exp", f"n{new}"))
    assert len(graph) == 9


def test_every_error_has_a_sentence_and_a_base(graph):
    with pytest.raises(GradwalkError) as caught:
        graph.block("q")
    assert str(caught.value) == caught.value.sentence
    assert caught.value.block == "q"


def test_any_nan_equals_any_other_whatever_its_bits():
    odd = np.array(np.uint64(0x7FF8000000000001)).view(np.float64)
    one, other = (Block("x", "input", "x", value) for value in (odd, np.array(np.nan)))
    assert one == other
    assert Block("x", "input", "x", np.array(0.0)) != Block("x", "input", "x", np.array(-0.0))


def test_around_a_block_are_its_wires_and_what_they_join_it_to():
    graph, y = parse_expression("a = square(x); b = exp(a); y = a + b; z = sin(y); z")
    ids = {block.name: block.id for block in graph.blocks.values()}
    part = graph.around([ids["a"], "nothing"])
    assert set(part.blocks) == {ids[name] for name in "xaby"}
    assert set(part.wires()) == set(graph.wires_at(ids["a"]))
    assert part.wires_from(ids["a"]) == graph.wires_from(ids["a"])
    assert len(part.wires_into(ids["y"])) == 2
    assert y not in part
