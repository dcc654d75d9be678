"""What a person can do to a document, and that all of it can be taken back."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine import chaining, verbs
from engine.document import Document, Place, inverse
from engine.errors import (
    ConnectError,
    CycleError,
    DuplicateBlockError,
    GradwalkError,
    PortTakenError,
    UnknownPortError,
    UnknownWireError,
    ValueTextError,
)
from engine.execution import execute
from engine.graph import Block, Graph, Wire
from engine.recording import record
from engine.storage import dumps, loads
from tests.engine.editing import attempt, documents, edits


@pytest.fixture
def chain():
    """The tutorial's chain: x → A → B → C, 200 apart."""
    graph = Graph.build(
        [
            Block("x", "input", "x", np.array(0.5)),
            Block("A", "square", "a"),
            Block("B", "exp", "b"),
            Block("C", "square", "c"),
        ],
        [Wire("x", "A", 0), Wire("A", "B", 0), Wire("B", "C", 0)],
    )
    places = {block: Place(400.0 * n, 0.0) for n, block in enumerate("xABC")}
    return Document(graph, places, "C")


def do(document, changes):
    """Make changes and check that they can be taken back."""
    before = document.copy()
    document.apply(changes)
    after = document.copy()
    document.apply(inverse(changes))
    assert document == before
    document.apply(changes)
    assert document == after


def chain_of(document):
    return [(wire.source, wire.target) for wire in sorted(document.graph.wires())]


# Properties


@settings(max_examples=200)
@given(st.lists(edits, max_size=30))
def test_as_many_undos_as_edits_give_the_same_document_and_redo_gives_it_back(made):
    document = Document()
    stages = [document.copy()]
    history = []
    for edit in made:
        changes = attempt(document, edit)
        assert document == stages[-1]  # a verb changes nothing by itself
        document.apply(changes)
        history.append(changes)
        stages.append(document.copy())
    for changes, stage in zip(reversed(history), reversed(stages[:-1]), strict=True):
        document.apply(inverse(changes))
        assert document == stage
        assert dumps(document) == dumps(stage)
    for changes, stage in zip(history, stages[1:], strict=True):
        document.apply(changes)
        assert document == stage


@settings(max_examples=100)
@given(documents())
def test_every_document_that_can_be_made_is_whole_runs_and_can_be_filed(document):
    assert set(document.places) == {*document.graph.blocks, *document.groups.all}
    assert document.target is None or document.target in document.graph
    assert loads(dumps(document)) == document
    run = execute(document.graph)
    reasons = {problem.block for problem in run.problems}
    assert reasons.isdisjoint(run.variables)
    recording = record(document.graph, document.target)
    assert len(recording.steps) <= 2 * len(document.graph) + 1


# Verbs


def test_a_new_block_has_an_id_and_a_name_of_its_own(chain):
    added = verbs.new_block(chain, "exp")
    assert (added.id, added.name, added.value) == ("b1", "d", None)
    given_value = verbs.new_block(chain, "input")
    assert (given_value.name, given_value.value.item()) == ("z", 1.0)
    assert verbs.new_block(chain, "constant", np.array(3.0)).name == "k1"


def test_a_block_is_added_where_it_is_dropped(chain):
    block = verbs.new_block(chain, "exp")
    do(chain, verbs.add_block(chain, block, Place(5.0, 6.0)))
    assert chain.places[block.id] == Place(5.0, 6.0)
    assert chain.graph.wires_at(block.id) == ()
    with pytest.raises(DuplicateBlockError):
        verbs.add_block(chain, block, Place(0.0, 0.0))


def test_a_block_snaps_to_what_feeds_it(chain):
    block = verbs.new_block(chain, "add")
    do(chain, verbs.add_connected(chain, block, Place(0.0, 0.0), "A", -1))
    assert chain.graph.wires_into(block.id) == (Wire("A", block.id, 0), None)
    assert chain.target == "C"


def test_a_block_snaps_to_what_it_feeds(chain):
    chain.apply(verbs.disconnect(chain, Wire("x", "A", 0)))
    block = verbs.new_block(chain, "exp")
    do(chain, verbs.add_connected(chain, block, Place(0.0, 0.0), "A", 0))
    assert chain.graph.wires_into("A") == (Wire(block.id, "A", 0),)
    with pytest.raises(PortTakenError):
        verbs.add_connected(chain, verbs.new_block(chain, "exp"), Place(0.0, 0.0), "A", 0)
    with pytest.raises(UnknownPortError):
        verbs.add_connected(chain, verbs.new_block(chain, "input"), Place(0.0, 0.0), "A", -1)


def test_a_chain_that_grows_at_its_end_keeps_its_end_as_the_target(chain):
    changes, added = verbs.append(chain, "exp", "C")
    do(chain, changes)
    assert chain.graph.wires_into(added) == (Wire("C", added, 0),)
    assert chain.target == added


def test_what_is_appended_stands_where_nothing_else_does(chain):
    first, one = verbs.append(chain, "exp", "A")
    chain.apply(first)
    second, other = verbs.append(chain, "exp", "A")
    chain.apply(second)
    assert chain.places[one] != chain.places[other]


def test_an_input_is_appended_without_a_wire(chain):
    changes, added = verbs.append(chain, "input", "C")
    do(chain, changes)
    assert chain.graph.wires_at(added) == ()


def test_the_first_block_of_an_empty_document_stands_at_its_origin():
    document = Document()
    changes, added = verbs.append(document, "square", None)
    do(document, changes)
    assert document.places[added] == Place(0.0, 0.0)


def test_a_block_that_is_dropped_on_a_wire_goes_in_between(chain):
    block = verbs.new_block(chain, "sin")
    do(chain, chaining.insert_on_wire(chain, block, Place(1.0, 2.0), Wire("A", "B", 0)))
    assert chain.graph.wires_into("B") == (Wire(block.id, "B", 0),)
    assert chain.graph.wires_into(block.id) == (Wire("A", block.id, 0),)


def test_an_input_cannot_go_in_between(chain):
    with pytest.raises(UnknownPortError):
        chaining.insert_on_wire(
            chain, verbs.new_block(chain, "input"), Place(0.0, 0.0), Wire("A", "B", 0)
        )
    with pytest.raises(UnknownWireError):
        chaining.insert_on_wire(
            chain, verbs.new_block(chain, "exp"), Place(0.0, 0.0), Wire("x", "B", 0)
        )


def test_a_chain_that_loses_a_link_closes_again(chain):
    do(chain, chaining.remove(chain, ["A", "B"]))
    assert chain_of(chain) == [("x", "C")]
    assert chain.target == "C"


def test_a_removed_target_leaves_the_choice_to_the_app(chain):
    do(chain, chaining.remove(chain, ["C"]))
    assert chain.target is None
    assert record(chain.graph, chain.target).target == "B"


def test_a_removed_link_is_bridged_to_all_that_used_it(chain):
    block = verbs.new_block(chain, "mul")
    chain.apply(verbs.add_block(chain, block, Place(0.0, 0.0)))
    for port in (0, 1):
        chain.apply(verbs.connect(chain, Wire("A", block.id, port)))
    do(chain, chaining.remove(chain, ["A"]))
    assert chain.graph.wires_into(block.id) == (Wire("x", block.id, 0), Wire("x", block.id, 1))


def test_a_removed_link_with_several_inputs_closes_along_the_first_that_varies(chain):
    three = verbs.new_block(chain, "constant", np.array(3.0))
    chain.apply(verbs.add_block(chain, three, Place(0.0, 90.0)))
    times = verbs.new_block(chain, "mul")
    chain.apply(chaining.insert_on_wire(chain, times, Place(0.0, 0.0), Wire("A", "B", 0)))
    chain.apply(verbs.disconnect(chain, Wire("A", times.id, 0)))
    chain.apply(verbs.connect(chain, Wire(three.id, times.id, 0)))
    chain.apply(verbs.connect(chain, Wire("A", times.id, 1)))
    do(chain, chaining.remove(chain, [times.id]))
    assert chain.graph.wires_into("B") == (Wire("A", "B", 0),)
    assert chain.graph.wires_from(three.id) == ()


def test_a_block_that_is_there_is_put_on_a_wire_and_what_follows_makes_room(chain):
    for block in "BC":
        chain.apply(verbs.move(chain, {block: Place(chain.places[block].x - 200, 0.0)}))
    times = verbs.new_block(chain, "mul")
    chain.apply(verbs.add_block(chain, times, Place(0.0, 300.0)))
    chain.apply(verbs.connect(chain, Wire("x", times.id, 0)))
    do(chain, chaining.put_on_wire(chain, times.id, Place(500.0, 9.0), Wire("A", "B", 0)))
    assert chain.graph.wires_into(times.id) == (Wire("x", times.id, 0), Wire("A", times.id, 1))
    assert chain.graph.wires_into("B") == (Wire(times.id, "B", 0),)
    assert chain.places["A"].x + 150 < chain.places[times.id].x < chain.places["B"].x - 150


def test_in_a_large_graph_a_block_on_a_wire_stands_below_it_and_nothing_moves():
    length = 2 * chaining.MOST_PUSHED
    blocks = [Block("b1", "input", "x", np.array(0.5))]
    blocks += [Block(f"b{at}", "sin", f"v{at}") for at in range(2, length)]
    wires = [Wire(a.id, b.id, 0) for a, b in itertools.pairwise(blocks)]
    places = {block.id: Place(170.0 * at, 0.0) for at, block in enumerate(blocks)}
    document = Document(Graph.build(blocks, wires), dict(places))
    block = verbs.new_block(document, "exp")
    do(document, chaining.insert_on_wire(document, block, Place(0.0, 0.0), wires[5]))
    new = document.places.pop(block.id)
    assert document.places == places
    assert document.graph.wires_from(block.id) == (Wire(block.id, wires[5].target, 0),)
    assert places["b6"].x < new.x < places["b7"].x
    assert new.y >= 100
    last = wires[-chaining.MOST_PUSHED]
    second = verbs.new_block(document, "exp")
    do(document, chaining.insert_on_wire(document, second, Place(0.0, 0.0), last))
    assert document.places[last.target].x > places[last.target].x


@pytest.mark.parametrize(
    ("block", "wire", "reason"),
    [
        ("A", Wire("B", "C", 0), PortTakenError),
        ("C", Wire("A", "B", 0), PortTakenError),
        ("x", Wire("A", "B", 0), UnknownPortError),
        ("A", Wire("x", "C", 0), UnknownWireError),
    ],
)
def test_a_block_that_has_no_place_on_a_wire_is_refused(chain, block, wire, reason):
    with pytest.raises(reason):
        chaining.put_on_wire(chain, block, Place(0.0, 0.0), wire)


def test_a_block_cannot_go_onto_a_wire_that_leads_to_it(chain):
    late = verbs.new_block(chain, "add")
    chain.apply(verbs.add_connected(chain, late, Place(0.0, 0.0), "C", -1))
    with pytest.raises(CycleError):
        chaining.put_on_wire(chain, late.id, Place(0.0, 0.0), Wire("A", "B", 0))


def test_a_wire_takes_the_place_of_those_that_it_names(chain):
    do(chain, verbs.connect(chain, Wire("x", "C", 0), [Wire("B", "C", 0)]))
    assert chain.graph.wires_into("C") == (Wire("x", "C", 0),)
    # Once A no longer feeds B, B may feed A.
    both = [Wire("A", "B", 0), Wire("x", "A", 0)]
    with pytest.raises(CycleError):
        verbs.connect(chain, Wire("B", "A", 0), both[1:])
    do(chain, verbs.connect(chain, Wire("B", "A", 0), both))
    with pytest.raises(UnknownWireError):
        verbs.connect(chain, Wire("x", "B", 0), both[:1])


def test_everything_can_be_removed_at_once(chain):
    do(chain, chaining.remove(chain, list(chain.graph.blocks)))
    assert chain == Document()


def test_copies_keep_the_wires_between_them_and_no_others(chain):
    changes, copies = verbs.duplicate(chain, ["A", "B"], Place(10.0, 20.0))
    do(chain, changes)
    a, b = copies
    assert chain.graph.wires_into(b) == (Wire(a, b, 0),)
    assert chain.graph.wires_into(a) == (None,)
    assert chain.graph.wires_from(b) == ()
    assert chain.places[a] == Place(410.0, 20.0)
    assert len({block.name for block in chain.graph.blocks.values()}) == 6


def test_a_copied_input_has_the_same_value(chain):
    changes, (copy,) = verbs.duplicate(chain, ["x", "x"], Place(0.0, 50.0))
    do(chain, changes)
    assert chain.graph.block(copy).value == 0.5


def test_a_wire_end_can_be_moved_in_one_go(chain):
    do(chain, verbs.reconnect(chain, Wire("B", "C", 0), Wire("A", "C", 0)))
    assert chain.graph.wires_into("C") == (Wire("A", "C", 0),)
    with pytest.raises(CycleError):
        verbs.reconnect(chain, Wire("x", "A", 0), Wire("B", "A", 0))
    with pytest.raises(UnknownWireError):
        verbs.reconnect(chain, Wire("B", "C", 0), Wire("A", "C", 0))


def test_only_what_moves_is_moved(chain):
    places = {"A": Place(0.0, 100.0), "B": chain.places["B"]}
    changes = verbs.move(chain, places)
    assert len(changes) == 1
    do(chain, changes)
    assert chain.places["A"] == Place(0.0, 100.0)


def test_a_value_is_set_and_only_where_there_is_one(chain):
    do(chain, verbs.set_value(chain, "x", np.array([1, 2])))
    assert chain.graph.block("x").value.tolist() == [1.0, 2.0]
    assert verbs.set_value(chain, "x", np.array([1.0, 2.0])) == ()
    with pytest.raises(ValueTextError, match="a is computed; change an input instead"):
        verbs.set_value(chain, "A", np.array(1.0))


def test_a_name_is_set_and_checked(chain):
    do(chain, verbs.rename(chain, "A", " hidden "))
    assert chain.graph.block("A").name == "hidden"
    assert verbs.rename(chain, "A", "hidden") == ()
    with pytest.raises(DuplicateBlockError):
        verbs.rename(chain, "A", "x")


def test_a_letter_that_nobody_gave_makes_way_for_who_wants_it(chain):
    do(chain, verbs.rename(chain, "x", "b"))
    assert [chain.graph.block(block).name for block in ("x", "B")] == ["b", "d"]
    bias = verbs.new_block(chain, "input", np.array(1.0), name="a")
    do(chain, verbs.add_block(chain, bias, Place(0.0, 99.0)))
    assert [chain.graph.block(block).name for block in (bias.id, "A")] == ["a", "f"]
    do(chain, verbs.rename(chain, "C", "loss"))
    with pytest.raises(DuplicateBlockError):
        verbs.rename(chain, "A", "loss")


def test_a_letter_makes_way_also_where_the_new_block_is_wired_to_its_block(chain):
    total = verbs.new_block(chain, "add")
    do(chain, verbs.add_block(chain, total, Place(0.0, 99.0)))
    bias = verbs.new_block(chain, "input", np.array(1.0), name=total.name)
    do(chain, verbs.add_connected(chain, bias, Place(0.0, 150.0), total.id, 1))
    assert chain.graph.named(total.name).id == bias.id
    assert Wire(bias.id, total.id, 1) in chain.graph.wires_into(total.id)


def test_a_target_is_set_and_checked(chain):
    do(chain, verbs.set_target(chain, "B"))
    assert chain.target == "B"
    assert verbs.set_target(chain, "B") == ()
    do(chain, verbs.set_target(chain, None))
    with pytest.raises(GradwalkError):
        verbs.set_target(chain, "nothing")


def test_a_document_takes_the_place_of_another_in_one_go(chain):
    other = Document(
        Graph.build([Block("x", "input", "q", np.array(1.0))], []), {"x": Place(7.0, 7.0)}
    )
    before = chain.copy()
    changes = verbs.swap(chain, other)
    do(chain, changes)
    assert chain == other
    chain.apply(inverse(changes))
    assert chain == before
    assert chain.target == "C"


@pytest.mark.parametrize(
    "verb",
    [
        lambda d: verbs.connect(d, Wire("nothing", "A", 0)),
        lambda d: verbs.disconnect(d, Wire("nothing", "A", 0)),
        lambda d: chaining.remove(d, ["nothing"]),
        lambda d: verbs.duplicate(d, ["nothing"], Place(0.0, 0.0)),
        lambda d: verbs.move(d, {"nothing": Place(0.0, 0.0)}),
        lambda d: verbs.append(d, "exp", "nothing"),
        lambda d: verbs.set_value(d, "nothing", np.array(0.0)),
        lambda d: verbs.rename(d, "nothing", "q"),
        lambda d: verbs.connect(d, Wire("C", "A", 0)),
    ],
)
def test_what_may_not_be_done_is_refused_before_anything_changes(chain, verb):
    before = chain.copy()
    with pytest.raises(GradwalkError):
        verb(chain)
    assert chain == before


def test_every_refused_wire_is_a_connect_error(chain):
    for wire in (Wire("C", "A", 0), Wire("x", "A", 5), Wire("B", "B", 0), Wire("x", "x", 0)):
        with pytest.raises(ConnectError):
            verbs.connect(chain, wire)
