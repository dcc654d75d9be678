"""Blocks that are copied and put down again, and text that becomes blocks."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine import chaining, grouping, verbs
from engine.clip_text import LONGEST_JSON, LONGEST_PASTED, read_clip, write_clip
from engine.clips import Clip, Feed, clip, fed_by, middle, paste, unfed
from engine.document import Document, Place, inverse
from engine.errors import ClipError, UnknownBlockError
from engine.execution import execute
from engine.expression import parse_expression
from engine.graph import Block, Graph, Wire
from engine.groups import Groups
from engine.membership import followed
from engine.storage import dumps
from tests.engine.editing import documents, values


@pytest.fixture
def chain():
    """x → A → B → C, a block every 200 units."""
    graph = Graph()
    graph.add(Block("x", "input", "x", np.array(0.5)))
    for block, kind, name, source in (
        ("A", "square", "a", "x"), ("B", "exp", "b", "A"), ("C", "square", "y", "B"),
    ):  # fmt: skip
        graph.add(Block(block, kind, name))
        graph.connect(Wire(source, block, 0))
    places = {block: Place(200.0 * i, 0.0) for i, block in enumerate("xABC")}
    return Document(graph, places, "C")


HERE = Place(0.0, 0.0)


def put_down(document, found, by=HERE):
    if not found.document.places:
        found.document.places = dict.fromkeys(found.document.graph.blocks, by)
    changes, blocks = paste(document, found, by)
    document.apply(changes)
    return blocks


def by_name(document):
    return {block.name: block for block in document.graph.blocks.values()}


# Copying


def test_a_clip_has_the_wires_between_its_blocks_and_knows_what_fed_it(chain):
    found = clip(chain, ["A", "B"])
    assert list(found.document.graph.wires()) == [Wire("A", "B", 0)]
    assert found.feeds == (Feed("x", "A", 0),)
    assert found.document.places == {"A": Place(200.0, 0.0), "B": Place(400.0, 0.0)}
    assert found.document.target is None


def test_a_clip_stays_as_it_was_when_the_document_changes(chain):
    found = clip(chain, ["A"])
    chain.apply(verbs.rename(chain, "A", "other"))
    chain.apply(chaining.remove(chain, ["A"]))
    assert found.document.graph.block("A").name == "a"


def test_what_is_not_there_cannot_be_copied(chain):
    with pytest.raises(UnknownBlockError):
        clip(chain, ["A", "nothing"])


# Putting down


def test_a_paste_into_an_empty_document_is_the_same_again(chain):
    other = Document()
    put_down(other, clip(chain, list(chain.graph.blocks)))
    assert {b.name: b.kind for b in other.graph.blocks.values()} == {
        b.name: b.kind for b in chain.graph.blocks.values()
    }
    assert other.graph.block(other.target).name == "y"
    assert execute(other.graph).variables[other.target].data == pytest.approx(np.exp(0.25) ** 2)


def test_a_name_that_is_taken_becomes_another_and_one_that_is_free_stays(chain):
    chain.apply(verbs.rename(chain, "B", "loss"))
    other = Document()
    for kind, name in (("input", "loss"), ("input", "a")):
        block = Block(f"b{len(other.graph) + 1}", kind, name, np.array(1.0))
        other.apply(verbs.add_block(other, block, Place(0.0, 0.0)))
    put_down(other, clip(chain, ["x", "A", "B"]))
    assert set(by_name(other)) == {"loss", "a", "x", "b", "loss2"}


def test_wires_from_outside_come_along_where_there_is_a_variable_of_that_name(chain):
    found = clip(chain, ["A", "B"])
    (a, _) = put_down(chain, found)
    assert chain.graph.wires_into(a) == (Wire("x", a, 0),)
    (a, b) = put_down(chain, unfed(found))
    assert chain.graph.wires_into(a) == (None,)
    assert chain.graph.wires_into(b) == (Wire(a, b, 0),)
    elsewhere = Document()
    (a, _) = put_down(elsewhere, found)
    assert elsewhere.graph.wires_into(a) == (None,)


@pytest.mark.parametrize(
    "feed", [Feed("x", "nothing", 0), Feed("x", "A", 7), Feed("x", "A", -1), Feed("x", "B", 0)]
)
def test_a_wire_from_outside_that_leads_nowhere_is_left_out(chain, feed):
    found = clip(chain, ["A", "B"])
    made = put_down(chain, Clip(found.document, (feed, Feed("x", "A", 0), Feed("x", "A", 0))))
    assert chain.graph.wires_into(made[0]) == (Wire("x", made[0], 0),)


def test_inputs_that_a_text_only_names_can_be_what_is_there(chain):
    found = read_clip("x * other")
    apart = put_down(chain, found)
    assert len(apart) == 3
    fed = fed_by(found, chain.graph)
    product, *_ = (b for b in put_down(chain, fed) if chain.graph.block(b).kind == "mul")
    x, other = chain.graph.wires_into(product)
    assert x == Wire("x", product, 0)
    assert chain.graph.block(other.source).name == "other"


@given(documents(), documents(), st.data())
def test_any_blocks_go_into_any_document_and_can_be_taken_back(source, document, data):
    blocks = (
        data.draw(st.sets(st.sampled_from(sorted(source.graph.blocks)))) if source.places else ()
    )
    before = document.copy()
    found = clip(source, sorted(blocks))
    changes, made = paste(document, found, Place(3.0, 4.0))
    document.apply(changes)
    assert len(document.graph) == len(before.graph) + len(blocks) == len(before.graph) + len(made)
    inner = [wire for wire in source.graph.wires() if {wire.source, wire.target} <= set(blocks)]
    pasted = [wire for wire in document.graph.wires() if wire.source in made]
    assert len(pasted) == len(inner)
    document.apply(inverse(changes))
    assert document == before


def test_many_blocks_are_pasted_in_time_that_grows_with_their_number(monkeypatch):
    """Count what is asked, because time on a busy machine tells nothing."""
    asked = []
    steps = Graph._targets

    def counted(graph, block):
        asked.append(block)
        return steps(graph, block)

    monkeypatch.setattr(Graph, "_targets", counted)
    lines = "\n".join(f"a{i + 1} = exp(a{i})" for i in range(2000))
    graph, target = parse_expression(lines)
    document = Document(graph, dict.fromkeys(graph.blocks, Place(0.0, 0.0)), target)
    found = clip(document, list(graph.blocks))
    asked.clear()
    put_down(document, found)
    assert len(asked) < 5 * len(graph)


# As text


def test_a_clip_reads_as_its_expression_with_values_first(chain):
    assert (
        write_clip(clip(chain, list(chain.graph.blocks))) == "x = 0.5\ny = square(exp(square(x)))"
    )
    assert write_clip(clip(chain, ["B", "C"])) == "y = square(exp(a))"
    assert write_clip(clip(chain, ["A", "C"])) == "a = square(x)\ny = square(b)"
    assert write_clip(clip(chain, ["x"])) == "x = 0.5"


@given(documents(), st.data())
def test_what_is_written_can_be_read_again_or_says_why_not(document, data):
    blocks = sorted(document.graph.blocks)
    chosen = data.draw(st.lists(st.sampled_from(blocks), unique=True)) if blocks else []
    text = write_clip(clip(document, chosen))
    if text:
        try:
            again = read_clip(text)
        except ClipError as error:
            assert error.sentence.endswith(".")  # noqa: PT017 - either may happen
            return
        kept = {document.graph.block(b).kind for b in chosen} - {"input", "constant"}
        kinds = {block.kind for block in again.document.graph.blocks.values()}
        assert kept <= kinds | {"sub", "neg"}


def test_a_port_that_nothing_is_plugged_into_stays_free_through_text():
    graph, _ = parse_expression("x + z")
    graph.disconnect(Wire("b2", "b3", 1))
    text = write_clip(Clip(Document(graph, dict.fromkeys(graph.blocks, Place(0.0, 0.0)))))
    again = read_clip(text).document.graph
    (add,) = (block.id for block in again.blocks.values() if block.kind == "add")
    assert [wire is None for wire in again.wires_into(add)] == [False, True]


def test_a_document_as_text_becomes_its_blocks_with_their_places(chain):
    found = read_clip(dumps(chain))
    assert found.document == chain
    assert read_clip(f"\ufeff\n  {dumps(chain)}\n").document == chain


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("0.5", 0.5),
        (" -3\n", -3),
        ("pi/4", np.pi / 4),
        ("[1, 2, 3]", [1, 2, 3]),
        ("array([[1., 2.],\n       [3., 4.]])", [[1, 2], [3, 4]]),
        ("np.array([1, 2], dtype=float64)", [1, 2]),
        ("tensor([0.5, 1.5])", [0.5, 1.5]),
        ("1\t2\n3\t4\n", [[1, 2], [3, 4]]),
        ("1 2 3", [1, 2, 3]),
        ("1\n2\n3\n", [[1], [2], [3]]),
        ("[]", []),
    ],
)
def test_a_number_an_array_or_cells_of_a_table_become_an_input(text, value):
    graph = read_clip(text).document.graph
    (block,) = graph.blocks.values()
    assert block.kind == "input"
    np.testing.assert_array_equal(block.value, np.array(value, float))


def test_a_value_with_a_name_becomes_an_input_of_that_name():
    (block,) = read_clip("weights = [1, 2]").document.graph.blocks.values()
    assert (block.name, block.value.tolist()) == ("weights", [1, 2])


@given(values, st.sampled_from(["", "w = "]))
def test_any_value_is_read_as_it_is_written(value, name):
    from engine.values import source_text  # noqa: PLC0415 - only here

    if value.size or value.ndim < 2:
        (block,) = read_clip(name + source_text(value)).document.graph.blocks.values()
        np.testing.assert_array_equal(block.value, value)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "nothing but space"),
        (" \n\t ", "nothing but space"),
        ("hello world", "cannot be read at column 7"),
        ("import os; os.system('true')", "An expression is wanted"),
        ("__import__('os').system('true')", "cannot stand in an expression"),
        ("{", "not JSON"),
        ('{"format": "gradwalk", "version": 99}', "newer Gradwalk"),
        (dumps(Document()), "no blocks"),
        ("{" * 200_000, "not JSON"),
        ('{"a":' * 200_000, "nested too deeply"),
        ("[" * 90_000, "cannot be read"),
        ("(" * 90_000, "cannot be read"),
        ("-" * 90_000 + "x", "nested too deeply"),
        ("x+" * 40_000 + "x", "nested too deeply"),
        ("x\x00y", "cannot stand in one"),
        ("\ud800", "cannot stand in one"),
        ("x" * (LONGEST_PASTED + 1), "is the most that can be pasted"),
        ("{" + " " * LONGEST_JSON, "is the most that can be pasted"),
    ],
    ids=lambda text: text[:20],
)  # fmt: skip
def test_anything_else_is_refused_with_a_sentence(text, words):
    with pytest.raises(ClipError, match=words) as caught:
        read_clip(text)
    assert caught.value.sentence.endswith(".")
    assert len(caught.value.sentence) < 400


@given(st.text(max_size=200))
def test_any_text_is_taken_or_refused(text):
    try:
        found = read_clip(text)
    except ClipError as error:
        assert error.sentence  # noqa: PT017 - either may happen
    else:
        assert len(found.document.graph)


@given(documents(), st.integers(0, 10_000), st.characters())
def test_half_a_document_is_taken_or_refused(document, at, other):
    text = dumps(document)
    for broken in (text[: at % len(text)], text[: at % len(text)] + other + text[at % len(text) :]):
        try:
            read_clip(broken)
        except ClipError as error:
            assert error.sentence  # noqa: PT017 - either may happen


def test_the_middle_is_that_of_the_rectangle_around_all_that_is_seen(chain):
    assert middle(chain) == Place(300.0, 0.0)
    chain.apply(grouping.group(chain, ["B", "C"])[0])
    folded = middle(chain)
    assert folded.x < 300.0
    chain.places["x"] = Place(1e308, 0.0)
    chain.places["A"] = Place(1.5e308, 0.0)
    assert middle(chain).x < float("inf")


def test_groups_are_copied_whole_and_by_their_own_id(chain):
    changes, group = grouping.group(chain, ["A", "B"], "inner")
    chain.apply(changes)
    found = clip(chain, [group, "C"])
    assert set(found.document.graph.blocks) == {"A", "B", "C"}
    assert not clip(chain, ["A"]).document.groups.all
    other = Document()
    put_down(other, found)
    put_down(other, read_clip(dumps(found.document)))
    assert [len(g.members) for g in other.groups.all.values()] == [2, 2]
    assert len({g.name for g in other.groups.all.values()}) == 2


def test_groups_are_asked_about_once_for_each_wire_of_a_large_paste(monkeypatch):
    asked = []
    holder = Groups.holder
    monkeypatch.setattr(Groups, "holder", lambda g, b: asked.append(b) or holder(g, b))
    graph, target = parse_expression("\n".join(f"a{i + 1} = exp(a{i})" for i in range(2000)))
    document = Document(graph, dict.fromkeys(graph.blocks, HERE), target)
    changes, _ = paste(document, clip(document, list(graph.blocks)), HERE)
    asked.clear()
    assert followed(document, changes) == changes
    assert len(asked) <= 2 * len(graph)
