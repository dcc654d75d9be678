"""Blocks that are grouped are seen as one, and the graph itself knows nothing of it."""

from __future__ import annotations

import json

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine import chaining, grouping, placing, verbs
from engine.document import AddBlock, AddGroup, Document, MoveBlock, Place, RemoveBlock, inverse
from engine.errors import DocumentError, GradwalkError, GroupError
from engine.graph import Block, Graph, Wire
from engine.groups import Group
from engine.membership import followed, rehomed, taken_out
from engine.recording import record
from engine.storage import dumps, loads
from engine.visible import Inlet, Link, ports_of_group, visible
from tests.engine.editing import attempt, documents, edits
from tests.engine.files import TUTORIAL


@pytest.fixture
def chain():
    """A chain x → A → B → C, 200 apart, with D beside B."""
    graph = Graph.build(
        [
            Block("x", "input", "x", np.array(0.5)),
            Block("A", "square", "a"),
            Block("B", "exp", "b"),
            Block("C", "add", "c"),
            Block("D", "sin", "d"),
        ],
        [
            Wire("x", "A", 0),
            Wire("A", "B", 0),
            Wire("A", "D", 0),
            Wire("B", "C", 0),
            Wire("D", "C", 1),
        ],
    )
    places = {block: Place(200.0 * n, 0.0) for n, block in enumerate("xABC")}
    return Document(graph, {**places, "D": Place(400.0, 150.0)}, "C")


def grouped(document, *chosen, name=""):
    changes, made = grouping.group(document, chosen, name)
    document.apply(changes)
    return made


# Grouping


def test_a_group_stands_for_its_blocks_and_has_ports_of_its_own(chain):
    made = grouped(chain, "B", "D", name="middle")
    seen = visible(chain)
    assert seen.items == {"x", "A", "C", made}
    assert seen.links == {
        Link("x", "x", "A", 0): (Wire("x", "A", 0),),
        Link("A", "A", made, -1): (Wire("A", "B", 0), Wire("A", "D", 0)),
        Link("B", made, "C", 0): (Wire("B", "C", 0),),
        Link("D", made, "C", 1): (Wire("D", "C", 1),),
    }
    ports = ports_of_group(chain.graph, chain.groups, made)
    assert ports.inlets == (Inlet("A", (("B", 0), ("D", 0))),)
    assert ports.outlets == ("B", "D")


def test_open_ports_and_unused_results_inside_are_ports_of_the_group(chain):
    chain.apply(verbs.disconnect(chain, Wire("D", "C", 1)))
    made = grouped(chain, "C", "D")
    ports = ports_of_group(chain.graph, chain.groups, made)
    assert ports.inlets == (
        Inlet("B", (("C", 0),)),
        Inlet(None, (("C", 1),)),
        Inlet("A", (("D", 0),)),
    )
    assert ports.outlets == ("C", "D")


def test_a_group_stands_in_the_middle_and_its_blocks_stay(chain):
    before = dict(chain.places)
    made = grouped(chain, "A", "B")
    assert chain.places == {**before, made: Place(300.0, 0.0)}


def test_a_run_knows_nothing_of_groups(chain):
    before = record(chain.graph, chain.target)
    grouped(chain, "A", "B", "D")
    after = record(chain.graph, chain.target)
    assert [step.block for step in after.steps] == [step.block for step in before.steps]
    assert after.gradient("x") == before.gradient("x")


def test_groups_nest(chain):
    inner = grouped(chain, "B", "D")
    outer = grouped(chain, inner, "A")
    assert visible(chain).items == {"x", outer, "C"}
    assert visible(chain, entered=outer).items == {"A", inner}
    assert visible(chain, entered=inner).items == {"B", "D"}
    chain.apply(grouping.unfold(chain, outer))
    assert visible(chain).items == {"x", "A", inner, "C"}
    assert visible(chain).opened == (outer,)


def test_blocks_chosen_inside_a_group_make_a_group_in_it(chain):
    outer = grouped(chain, "A", "B", "D")
    inner = grouped(chain, "B", "D")
    assert chain.groups.around("B") == (outer, inner)
    assert chain.groups.group(outer).members == {"A", inner}


def test_all_of_an_open_group_and_a_block_beside_it_mean_the_group(chain):
    inner = grouped(chain, "B", "D")
    chain.apply(grouping.unfold(chain, inner))
    outer = grouped(chain, "B", "D", "A")
    assert chain.groups.group(outer).members == {inner, "A"}


def test_what_leaves_and_enters_a_group_is_seen_from_inside(chain):
    made = grouped(chain, "B", "D")
    assert visible(chain, entered=made).links == {
        Link("A", None, "B", 0): (Wire("A", "B", 0),),
        Link("A", None, "D", 0): (Wire("A", "D", 0),),
        Link("B", "B", None, -1): (Wire("B", "C", 0),),
        Link("D", "D", None, -1): (Wire("D", "C", 1),),
    }


@pytest.mark.parametrize(
    ("chosen", "reason"),
    [
        ((), "Nothing is selected"),
        (("A", "B"), "Some of these are inside a group and some are not"),
        (("nothing",), "There is no block “nothing”"),
    ],
)
def test_what_cannot_be_grouped_is_refused_with_the_reason(chain, chosen, reason):
    grouped(chain, "B", "D")
    with pytest.raises(GradwalkError, match=reason):
        grouping.group(chain, chosen)


@pytest.mark.parametrize("name", ["", "  ", "a\nb", "x" * 41, "\x00"])
def test_a_group_has_a_name_of_one_line(chain, name):
    made = grouped(chain, "B", "D")
    with pytest.raises(GroupError):
        grouping.rename_group(chain, made, name)


def test_two_groups_do_not_get_the_same_name(chain):
    names = [chain.groups.group(grouped(chain, block)).name for block in "ABD"]
    assert names == ["Group 1", "Group 2", "Group 3"]


def test_what_was_plugged_in_once_is_unplugged_at_once_and_stays_one_port(chain):
    made = grouped(chain, "B", "D")
    before = chain.copy()
    wires = (Wire("A", "B", 0), Wire("A", "D", 0))
    changes = grouping.unplug(chain, wires)
    chain.apply(changes)
    ports = ports_of_group(chain.graph, chain.groups, made)
    assert ports.inlets == (Inlet(None, (("B", 0), ("D", 0))),)
    assert grouping.plugged_along(chain, wires[0]) == wires[1:]
    chain.apply(inverse(changes))
    assert chain == before


# Ungrouping, unfolding


def test_ungrouping_leaves_the_blocks_where_they_stand(chain):
    before = chain.copy()
    made = grouped(chain, "A", "B")
    chain.apply(grouping.ungroup(chain, made))
    assert chain == before


def test_ungrouping_inside_a_group_leaves_the_blocks_in_the_outer_one(chain):
    outer = grouped(chain, "A", "B", "D")
    inner = grouped(chain, "B", "D")
    chain.apply(grouping.ungroup(chain, inner))
    assert chain.groups.group(outer).members == {"A", "B", "D"}


def test_what_is_inside_follows_a_group_that_was_moved_when_it_opens(chain):
    made = grouped(chain, "B", "D")
    chain.apply(verbs.move(chain, {made: Place(400.0, 1075.0)}))
    chain.apply(grouping.unfold(chain, made))
    assert chain.places["B"] == Place(400.0, 1000.0)
    assert chain.places["D"] == Place(400.0, 1150.0)


def test_what_is_around_makes_room_for_a_group_that_opens(chain):
    made = grouped(chain, "A", "B")
    chain.apply(verbs.move(chain, {"x": Place(150.0, 0.0), "C": Place(450.0, 0.0)}))
    chain.apply(grouping.unfold(chain, made))
    assert chain.places["x"].x < chain.places["A"].x - 100
    assert chain.places["C"].x > chain.places["B"].x + 100
    assert chain.places["x"].y == chain.places["A"].y == 0


def test_folding_and_unfolding_again_changes_no_place(chain):
    made = grouped(chain, "B", "D")
    chain.apply(grouping.unfold(chain, made))
    before = chain.copy()
    chain.apply(grouping.fold(chain, made))
    chain.apply(grouping.unfold(chain, made))
    assert chain == before


# Other verbs


def test_a_block_that_is_deleted_leaves_its_group_and_the_last_takes_it_along(chain):
    inner = grouped(chain, "B", "D")
    outer = grouped(chain, inner)
    before = chain.copy()
    changes = followed(chain, chaining.remove(chain, ["B"]))
    chain.apply(changes)
    assert chain.groups.group(inner).members == {"D"}
    more = followed(chain, chaining.remove(chain, ["D"]))
    chain.apply(more)
    assert not chain.groups
    chain.apply(inverse(more))
    chain.apply(inverse(changes))
    assert chain == before
    assert outer in chain.groups


def test_no_block_goes_away_that_is_still_in_a_group(chain):
    grouped(chain, "D")
    with pytest.raises(GroupError, match="d is still in Group 1"):
        RemoveBlock(chain.graph.block("D"), chain.places["D"]).apply(chain)


def test_a_block_that_is_inserted_on_a_wire_inside_a_group_is_in_the_group(chain):
    made = grouped(chain, "A", "B")
    block = verbs.new_block(chain, "cos")
    wire, place = Wire("A", "B", 0), Place(0.0, 0.0)
    chain.apply(followed(chain, chaining.insert_on_wire(chain, block, place, wire)))
    assert chain.groups.holder(block.id) == made


def test_a_block_that_is_added_while_a_group_is_entered_is_in_it(chain):
    made = grouped(chain, "A", "B")
    block = verbs.new_block(chain, "cos")
    chain.apply(followed(chain, verbs.add_block(chain, block, Place(0.0, 0.0)), made))
    assert chain.groups.holder(block.id) == made


def test_a_group_is_copied_with_its_blocks(chain):
    inner = grouped(chain, "B", "D", name="Layer")
    outer = grouped(chain, inner, "A")
    changes, copies = verbs.duplicate(chain, ["A", "B", "D"], Place(0.0, 130.0))
    chain.apply(followed(chain, changes))
    twin = chain.groups.around(copies[1])
    assert [chain.groups.group(group).name for group in twin] == ["Group 2", "Layer 2"]
    assert chain.groups.blocks(twin[0]) == set(copies)
    assert chain.places[twin[0]] == Place(chain.places[outer].x, chain.places[outer].y + 130)


def test_a_copy_of_some_of_a_group_is_in_the_same_group(chain):
    made = grouped(chain, "B", "D")
    changes, (copy,) = verbs.duplicate(chain, ["B"], Place(0.0, 130.0))
    chain.apply(followed(chain, changes))
    assert chain.groups.holder(copy) == made


def test_no_block_and_group_share_an_id(chain):
    made = grouped(chain, "B", "D")
    with pytest.raises(GradwalkError, match="already something with the id"):
        AddBlock(Block(made, "sin", "s"), Place(0.0, 0.0)).apply(chain)
    with pytest.raises(GradwalkError, match="cannot be the id of a group"):
        AddGroup(Group("outer", "x", frozenset({"A"})), Place(0.0, 0.0)).apply(chain)


@settings(max_examples=150)
@given(documents(), st.lists(edits, max_size=15))
def test_whatever_is_grouped_in_whatever_order_undo_leads_back(document, todo):
    states, done = [document.copy()], []
    for edit in todo:
        changes = attempt(document, edit)
        document.apply(changes)
        states.append(document.copy())
        done.append(changes)
        assert_whole(document)
    for changes in reversed(done):
        assert document == states.pop()
        document.apply(inverse(changes))
    assert document == states.pop()


def assert_whole(document):
    """Every block is seen at one place of each level it is in, and every line has ends there."""
    groups = document.groups
    assert set(document.places) == {*document.graph.blocks, *groups.all}
    for group in groups.all.values():
        assert group.members
        assert all(groups.holder(member) == group.id for member in group.members)
    for entered in (None, *groups.all):
        seen = visible(document, entered)
        inside = set(document.graph.blocks) if entered is None else groups.blocks(entered)
        assert {groups.stand_in(block, entered) for block in inside} == seen.items
        for link, wires in seen.links.items():
            assert {link.start, link.end} <= {*seen.items, None}
            assert {wire.source for wire in wires} == {link.source}
        for item in seen.items & set(groups.all):
            ports = ports_of_group(document.graph, groups, item)
            into = [link for link in seen.links if link.end == item]
            out = {link.source for link in seen.links if link.start == item}
            assert {link.source for link in into} <= {inlet.source for inlet in ports.inlets}
            assert out <= set(ports.outlets)


# The file


GROUPED = (
    TUTORIAL.replace('"version": 1', '"version": 3').rstrip().removesuffix("\n}")
    + """,
  "groups": [
    {"id": "g1", "name": "Inner", "folded": true, "members": ["b2", "b3"], "x": 255.0, "y": 0.0},
    {"id": "g2", "name": "Outer", "folded": false, "members": ["b4", "g1"], "x": 382.5, "y": 0.0}
  ]
}
"""
)


def test_groups_are_kept_in_the_file():
    document = loads(GROUPED)
    assert document.groups.around("b2") == ("g2", "g1")
    assert document.groups.group("g1").folded
    assert document.places["g2"] == Place(382.5, 0.0)
    assert dumps(document) == GROUPED


def test_a_file_without_groups_is_the_same_as_ever():
    document = loads(TUTORIAL)
    assert not document.groups
    made = grouped(document, "b2", "b3")
    document.apply(grouping.ungroup(document, made))
    assert dumps(document) == TUTORIAL


ROW = '"members": ["b4", "g1"]'


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        (ROW, '"members": ["b4", "g2"]', "group 2 (“Outer”) is wrong. Outer cannot be inside"),
        (ROW, '"members": ["b2"]', "A block is in Inner already; it is in one only"),
        (ROW, '"members": ["b9"]', "group 2 (“Outer”) is wrong. There is no “b9” to be in it"),
        (ROW, '"members": []', "group 2 (“Outer”) is wrong. Nothing is in it"),
        (ROW, '"members": ["b4", "b4"]', "Something is in it twice"),
        ('["b2", "b3"]', '["b2", "g2"]', "group 2 (“Outer”) is wrong. Outer cannot be inside"),
        ('"id": "g2"', '"id": "g1"', "There is already a group with the id “g1”"),
        ('"id": "g2"', '"id": "outer"', "“outer” cannot be the id of a group"),
        ('"name": "Outer"', '"name": ""', "A group needs a name"),
        ('"folded": false', '"folded": 0', "in group 2, field “folded”, a whole number stands"),
        ('"folded": false, ', "", "in group 2, the field “folded” is missing"),
        ('"folded": false', '"folded": false, "colour": 1', "in group 2, there is no field"),
    ],
)
def test_groups_that_cannot_be_are_refused_with_what_is_wrong(old, new, reason):
    assert old in GROUPED
    with pytest.raises(DocumentError) as refused:
        loads(GROUPED.replace(old, new))
    assert reason in refused.value.sentence


def test_a_file_with_groups_is_json_with_a_line_a_group():
    assert [row["id"] for row in json.loads(GROUPED)["groups"]] == ["g1", "g2"]


# From one group to another


def test_a_block_goes_into_a_group_and_out_of_it_and_back(chain):
    made = grouped(chain, "A", "B")
    before = chain.copy()
    changes = rehomed(chain, {"C": made, "A": None})
    chain.apply(changes)
    assert chain.groups.group(made).members == {"B", "C"}
    assert chain.groups.holder("A") is None
    chain.apply(inverse(changes))
    assert chain == before


def test_a_group_that_everything_leaves_goes_and_so_does_the_one_around_it(chain):
    inner = grouped(chain, "A", "B")
    grouped(chain, inner)
    before = chain.copy()
    changes = rehomed(chain, {"A": None, "B": None})
    chain.apply(changes)
    assert not chain.groups
    chain.apply(inverse(changes))
    assert chain == before


def test_a_group_goes_into_another_with_all_that_is_in_it(chain):
    inner, other = grouped(chain, "A", "B"), grouped(chain, "C", "D")
    chain.apply(rehomed(chain, {inner: other}))
    assert chain.groups.around("A") == (other, inner)
    chain.apply(rehomed(chain, {"A": other}))
    assert chain.groups.group(other).members == {"A", inner, "C", "D"}


def test_no_group_goes_into_itself_or_into_what_is_in_it(chain):
    inner = grouped(chain, "A", "B")
    outer = grouped(chain, inner, "C")
    for home in (outer, inner):
        with pytest.raises(GroupError, match="cannot be inside itself"):
            rehomed(chain, {outer: home})
    with pytest.raises(GroupError):
        rehomed(chain, {"A": "g99"})
    with pytest.raises(GradwalkError):
        rehomed(chain, {"Z": inner})


def test_a_port_that_leaves_a_group_is_fed_by_itself_again(chain):
    made = grouped(chain, "B", "D", "C", name="all")
    chain.apply(grouping.unplug(chain, [Wire("A", "B", 0), Wire("A", "D", 0)]))
    assert chain.groups.group(made).joint == ((("B", 0), ("D", 0)),)
    before = chain.copy()
    outer = grouped(chain, made)
    # Inside the outer group nothing is fed otherwise; outside of the inner one, D is.
    changes = rehomed(chain, {"D": outer})
    chain.apply(changes)
    assert chain.groups.group(made).joint == ()
    chain.apply(inverse(changes))
    assert chain.groups.group(made) == before.groups.group(made)


def test_a_group_may_be_left_and_come_back_to_by_a_way_outside(chain):
    """Grouping changes no wire: A and C make a group though B, between them, is outside."""
    made = grouped(chain, "A", "B", "C")
    chain.apply(rehomed(chain, {"B": None}))
    links = visible(chain).links
    assert Link("A", made, "B", 0) in links
    assert Link("B", "B", made, -1) in links


def test_what_is_taken_out_of_a_folded_group_stands_below_it(chain):
    made = grouped(chain, "A", "B")
    chain.apply([MoveBlock(made, chain.places[made], Place(5000.0, 900.0))])
    changes = taken_out(chain, ["B"], made)
    chain.apply(changes)
    assert chain.places["B"] == Place(5000.0, 900.0 + placing.ROW)
    assert visible(chain).items == {"x", made, "B", "C", "D"}
