"""The file of a document: what goes in comes out, and nothing else gets in."""

from __future__ import annotations

import json
import time

import numpy as np
import pytest
from hypothesis import given

from engine.document import Document, Place, Score
from engine.errors import DocumentError
from engine.expression import parse_expression
from engine.graph import Block, Graph, Wire
from engine.storage import dumps, load, loads, save
from tests.engine.editing import documents, values
from tests.engine.files import TUTORIAL


@pytest.fixture
def tutorial():
    graph, target = parse_expression("square(exp(square(x)))", {"x": np.array(0.5)})
    return Document(graph, {b: Place(170.0 * n, 0.0) for n, b in enumerate(graph.blocks)}, target)


def one(value):
    """Make a document of one input."""
    graph = Graph.build([Block("b1", "input", "x", value)], [])
    return Document(graph, {"b1": Place(0.0, 0.0)})


# What goes in comes out


def test_a_file_reads_well(tutorial):
    assert dumps(tutorial) == TUTORIAL
    assert loads(TUTORIAL) == tutorial


def test_a_file_is_json(tutorial):
    assert json.loads(dumps(tutorial))["blocks"][0]["value"] == 0.5


def test_what_a_file_says_many_times_is_kept_once(tutorial):
    """The ids of a block, its wires and its place; the kind of many; having no settings."""
    document = loads(dumps(tutorial))
    blocks = document.graph.blocks
    ids = {block: block for block in blocks}
    for wire in document.graph.wires():
        assert wire.source is ids[wire.source]
        assert wire.target is ids[wire.target]
    assert all(place is ids[place] for place in document.places)
    squares = [block for block in blocks.values() if block.kind == "square"]
    assert len(squares) == 2
    assert squares[0].kind is squares[1].kind
    assert squares[0].settings is squares[1].settings


@given(documents())
def test_every_document_comes_back_the_same(document):
    text = dumps(document)
    again = loads(text)
    assert again == document
    assert dumps(again) == text
    told = json.loads(text)  # strict JSON, without NaN and Infinity
    assert told["version"] == (
        4 if document.bends or document.marks else 3 if document.groups else 1
    )


@given(values)
def test_every_value_comes_back_with_all_its_digits_and_its_shape(value):
    (again,) = loads(dumps(one(value))).graph.blocks.values()
    assert again.value.shape == value.shape
    np.testing.assert_array_equal(again.value, value)
    assert not again.value.flags.writeable


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0.1, "0.1"),
        (2.0, "2.0"),
        (-0.0, "-0.0"),
        (5e-324, "5e-324"),
        (1.7976931348623157e308, "1.7976931348623157e+308"),
        (np.nan, '"nan"'),
        (np.inf, '"inf"'),
        (-np.inf, '"-inf"'),
        ([], "[]"),
        ([[], []], "[[], []]"),
        ([1.0, np.nan], '[1.0, "nan"]'),
        (np.zeros((0, 3)), '{"shape": [0, 3]}'),
        (np.zeros((2, 0, 3)), '{"shape": [2, 0, 3]}'),
        (None, "null"),
    ],
)
def test_a_value_is_written_as_a_person_would_expect(value, text):
    document = one(None if value is None else np.array(value))
    assert f'"value": {text}, "x"' in dumps(document)
    assert loads(dumps(document)) == document


def test_the_order_of_editing_leaves_no_trace():
    blocks = [Block(f"b{n}", "input", f"x{n}", np.array(1.0)) for n in (10, 9, 2)]
    blocks.append(Block("b1", "add", "y"))
    wires = [Wire("b10", "b1", 1), Wire("b2", "b1", 0)]
    places = {block.id: Place(0.0, 0.0) for block in blocks}
    one_way = Document(Graph.build(blocks, wires), places)
    other_way = Document(Graph.build(blocks[::-1], wires[::-1]), places)
    assert dumps(one_way) == dumps(other_way)
    ids = [row["id"] for row in json.loads(dumps(one_way))["blocks"]]
    assert ids == ["b1", "b2", "b9", "b10"]


def test_names_in_greek_stay_readable():
    text = dumps(
        Document(Graph.build([Block("b1", "input", "α", np.array(1.0))], []), {"b1": Place(0, 0)})
    )
    assert '"name": "α"' in text
    assert loads(text.encode()).graph.named("α") is not None


def test_a_file_may_come_from_an_editor_that_marks_utf_8_or_ends_lines_otherwise(tutorial):
    assert loads(b"\xef\xbb\xbf" + TUTORIAL.replace("\n", "\r\n").encode()) == tutorial


def test_a_whole_number_is_a_number(tutorial):
    assert loads(TUTORIAL.replace("170.0", "170")) == tutorial


def test_a_document_with_a_block_nowhere_is_not_written():
    document = one(np.array(1.0))
    document.places["b1"] = Place(float("nan"), 0.0)
    with pytest.raises(DocumentError, match=r"x stands at nan, 0\.0, which is nowhere"):
        dumps(document)


def test_fifteen_thousand_blocks_open_in_a_moment():
    count = 15_000
    first = '{"id": "b1", "kind": "input", "name": "x", "value": 0.5, "x": 0, "y": 0}'
    rows = [first] + [
        f'{{"id": "n{n}", "kind": "add", "name": "n{n}", "x": {n}, "y": 0}}' for n in range(count)
    ]
    wires = [
        f'{{"source": "{"b1" if n == 0 else f"n{n - 1}"}", "target": "n{n}", "port": {port}}}'
        for n in reversed(range(count))
        for port in (0, 1)
    ]
    head = '{"format": "gradwalk", "version": 1, "target": null, "blocks": ['
    text = head + ", ".join(rows) + '], "wires": [' + ", ".join(wires) + "]}"
    begin = time.thread_time()
    document = loads(text)
    opened = time.thread_time()
    json.loads(text)
    assert opened - begin < 100 * (time.thread_time() - opened)  # 9 where it was written
    assert len(document.graph) == count + 1


# On the disk: more in test_files.py


def test_a_file_is_saved_and_loaded(tutorial, tmp_path):
    path = tmp_path / "chain.gradwalk"
    save(tutorial, path)
    assert path.read_text("utf-8") == TUTORIAL
    assert load(path) == tutorial
    assert load(str(path)) == tutorial


def test_a_broken_file_is_called_by_its_name(tmp_path):
    path = tmp_path / "broken.gradwalk"
    path.write_text("{", "utf-8")
    with pytest.raises(DocumentError, match=r"^broken\.gradwalk cannot be opened: it is not JSON"):
        load(path)


def test_a_score_is_kept_and_leaves_the_rest_of_the_file_as_it_was():
    plain = dumps(Document())
    told = dumps(Document(score=Score(5, 3)))
    assert loads(told).score == Score(5, 3)
    assert loads(plain).score == Score()
    assert '"score"' not in plain
    assert json.loads(told)["version"] == 3
