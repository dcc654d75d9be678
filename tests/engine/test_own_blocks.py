"""A group that is kept in a file can be placed again and again, with other parameters."""

from __future__ import annotations

import numpy as np
import pytest

from engine import grouping
from engine.chaining import remove
from engine.document import Document, Place, inverse
from engine.errors import DocumentError, GradwalkError
from engine.expression import parse_expression
from engine.graph import Wire
from engine.membership import followed
from engine.own_blocks import (
    own_block,
    parameters_text,
    parse_parameters,
    placed,
    read_own_block,
    set_parameters,
    write_own_block,
)
from engine.recording import record
from engine.storage import dumps, loads, save
from engine.verbs import connect, new_block, set_settings
from engine.visible import Inlet, ports_of_group


@pytest.fixture
def swish():
    """`x * sigmoid(b * x)`, of which all but x is a group; x is used twice in it."""
    graph, target = parse_expression("x * sigmoid(b * x)", {"x": np.array(1.5), "b": np.array(2)})
    places = {block: Place(170.0 * n, 0.0) for n, block in enumerate(graph.blocks)}
    document = Document(graph, places, target)
    members = set(graph.blocks) - {graph.named("x").id}
    document.apply(grouping.group(document, members, "Swish")[0])
    return document


@pytest.fixture
def own(swish):
    (group,) = swish.groups.all
    return own_block(swish, group)


def test_it_holds_the_group_alone_and_what_fed_it_is_one_open_port(own):
    assert own.name == "Swish"
    assert sorted(block.kind for block in own.document.graph.blocks.values()) == [
        "input",
        "mul",
        "mul",
        "sigmoid",
    ]
    ports = ports_of_group(own.document.graph, own.document.groups, own.group.id)
    (inlet,) = ports.inlets
    assert inlet.source is None
    assert len(inlet.ends) == 2
    assert len(ports.outlets) == 1


def test_its_parameters_are_the_inputs_in_it(own):
    assert [block.name for block in own.parameters] == ["b"]
    assert parameters_text(own.document, own.group.id) == "b=2"


def test_a_file_gives_it_back(own, tmp_path):
    write_own_block(own, tmp_path / "swish.gradblock")
    again = read_own_block(tmp_path / "swish.gradblock")
    assert again.document == own.document
    assert dumps(loads(dumps(own.document))) == dumps(own.document)


@pytest.mark.parametrize("what", ["nothing", "two groups", "a block beside the group"])
def test_a_file_that_holds_anything_else_is_refused(swish, own, tmp_path, what):
    document = own.document.copy()
    if what == "nothing":
        document = Document()
    elif what == "two groups":
        document.apply(placed(document, own, Place(0.0, 500.0))[0])
    else:
        document = swish
    save(document, tmp_path / "other.gradblock")
    with pytest.raises(DocumentError, match=r"other\.gradblock cannot be kept in the palette"):
        read_own_block(tmp_path / "other.gradblock")


def test_what_is_placed_computes_the_same_and_can_be_taken_back(own):
    graph, target = parse_expression("square(z)", {"z": np.array(1.5)})
    document = Document(graph, dict.fromkeys(graph.blocks, Place(0.0, 0.0)), target)
    z = graph.named("z").id
    before = document.copy()
    changes, group = placed(document, own, Place(400.0, 100.0), z)
    document.apply(changes)
    assert document.places[group] == Place(400.0, 100.0)
    ports = ports_of_group(document.graph, document.groups, group)
    assert ports.inlets == (Inlet(z, ports.inlets[0].ends),)
    value = record(document.graph, ports.outlets[0]).value(ports.outlets[0])
    assert value == pytest.approx(1.5 / (1 + np.exp(-3.0)))
    document.apply(inverse(changes))
    assert document == before


def test_two_copies_are_two_groups_with_names_of_their_own(own):
    document = Document()
    made = []
    for height in (0.0, 300.0):
        changes, group = placed(document, own, Place(0.0, height))
        document.apply(changes)
        made.append(document.groups.group(group).name)
    assert made == ["Swish", "Swish 2"]


def test_one_wire_into_a_joint_port_feeds_all_its_uses(own):
    document = Document()
    changes, group = placed(document, own, Place(0.0, 0.0))
    document.apply(changes)
    z = new_block(document, "input", np.array(3.0))
    document.graph.add(z)
    document.places[z.id] = Place(-300.0, 0.0)
    (inlet,) = ports_of_group(document.graph, document.groups, group).inlets
    wire = Wire(z.id, *inlet.ends[0])
    others = grouping.plugged_along(document, wire)
    assert [(w.target, w.port) for w in others] == list(inlet.ends[1:])
    for each in (wire, *others):
        document.apply(connect(document, each))
    assert ports_of_group(document.graph, document.groups, group).inlets[0].source == z.id


def test_deleting_a_use_takes_it_out_of_the_joint_port(own):
    document = Document()
    changes, group = placed(document, own, Place(0.0, 0.0))
    document.apply(changes)

    (ends,) = document.groups.group(group).joint
    document.apply(followed(document, remove(document, [ends[0][0]])))
    assert document.groups.group(group).joint == ()
    assert loads(dumps(document)) == document


def test_a_port_that_is_no_more_is_in_no_joint_port():
    graph, target = parse_expression("concatenate(x, x, x)", {"x": np.array([1.0, 2.0])})
    document = Document(graph, dict.fromkeys(graph.blocks, Place(0.0, 0.0)), target)
    document.apply(grouping.group(document, [target], "Thrice")[0])
    own = own_block(document, "g1")
    document = own.document
    document.apply(set_settings(document, _only(document), {"inputs": 2}))
    again = loads(dumps(document))
    (inlet,) = ports_of_group(again.graph, again.groups, own.group.id).inlets
    assert len(inlet.ends) == 2
    x = new_block(document, "input", np.array([1.0]))
    document.graph.add(x)
    others = grouping.plugged_along(document, Wire(x.id, *inlet.ends[0]))
    assert [wire.port for wire in others] == [1]


def _only(document):
    (block,) = document.graph.blocks
    return block


def test_parameters_are_read_from_a_line(own):
    document, group = own.document, own.group.id
    values = parse_parameters(document, group, "b=[1, pi/2]")
    document.apply(set_parameters(document, values))
    assert own.parameters[0].value.tolist() == [1, pytest.approx(np.pi / 2)]


@pytest.mark.parametrize(
    "text", ["b", "c=1", "b=", "b=x", "b=1; import os", "**{}", "b=__import__('os')", "1", "b=1)("]
)
def test_anything_else_is_refused_and_never_run(own, text):
    with pytest.raises(GradwalkError) as refused:
        parse_parameters(own.document, own.group.id, text)
    assert refused.value.sentence.endswith(".")
