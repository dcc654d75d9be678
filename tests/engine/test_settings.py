"""What a Function is told apart from its inputs: typed, kept, written, undone."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine import Variable, verbs
from engine.document import Document, Place, inverse
from engine.errors import PortTakenError, RunError
from engine.expression import expression_of, parse_expression
from engine.graph import Block, Wire
from engine.recording import record, record_variable
from engine.settings import parse_settings, settings_text
from engine.storage import dumps, loads

MATRIX = np.arange(6.0).reshape(2, 3)


def document_of(text, **values):
    graph, target = parse_expression(text, values)
    return Document(graph, {block: Place(0, 0) for block in graph.blocks}, target)


def test_a_keyword_of_an_expression_reaches_the_value_and_the_gradient():
    graph, y = parse_expression("y = sum(square(x), axis=0)", {"x": MATRIX})
    recording = record(graph, y)
    np.testing.assert_array_equal(recording.value(y), (MATRIX**2).sum(axis=0))
    np.testing.assert_array_equal(recording.gradient(graph.named("x").id), 2 * MATRIX)


def test_settings_are_written_as_they_are_read():
    text = "y = reshape(sum(x, axis=0, keepdims=True), shape=(3, 1))"
    graph, y = parse_expression(text, {"x": MATRIX})
    assert expression_of(graph, y) == text


def test_a_file_keeps_them_and_says_that_it_needs_a_newer_reader():
    document = document_of("y = sum(x, axis=(0, 1), keepdims=True)", x=MATRIX)
    text = dumps(document)
    assert '"version": 2' in text
    assert loads(text).graph == document.graph
    assert '"version": 1' in dumps(document_of("square(x)"))


def test_a_file_with_settings_that_are_not_there_is_refused():
    text = dumps(document_of("y = sum(x, axis=0)")).replace('"axis"', '"axes"')
    with pytest.raises(Exception, match="no setting called axes"):
        loads(text)


def test_changing_them_can_be_taken_back():
    document = document_of("y = sum(x, axis=0)", x=MATRIX)
    before = dumps(document)
    changes = verbs.set_settings(document, document.target, {"axis": 1})
    document.apply(changes)
    assert record(document.graph).value(document.target).shape == (2,)
    document.apply(inverse(changes))
    assert dumps(document) == before


def test_a_setting_of_another_name_is_refused_before_anything_changes():
    document = document_of("y = sum(x, axis=0)")
    with pytest.raises(RunError, match="no setting called axes"):
        verbs.set_settings(document, document.target, {"axes": 1})


def test_what_has_too_few_settings_says_which_one_is_missing():
    graph, _ = parse_expression("y = reshape(x)", {"x": MATRIX})
    (problem,) = record(graph).problems
    assert problem.sentence == "Reshape cannot run: Reshape needs to be told its shape."


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("axis=", "cannot be read"),
        ("axis=open('x')", "cannot be read"),
        ("0", "Write settings like axis=None, keepdims=False."),
        ("size=3", "no setting called size"),
        ("**3", "cannot be read|no setting"),
        ("axis=0) + f(keepdims=True", "Write settings like"),
    ],
)
def test_what_is_no_setting_is_refused_with_an_example(text, sentence):
    with pytest.raises(RunError, match=sentence):
        parse_settings(Block("b1", "sum", "s"), text)


@given(st.dictionaries(st.sampled_from(["axis", "keepdims"]), st.sampled_from([0, True, (0, 1)])))
def test_what_is_written_is_read_again(settings):
    block = Block("b1", "sum", "s", None, settings)
    again = parse_settings(Block("b1", "sum", "s"), settings_text(block))
    assert Block("b1", "sum", "s", None, again) == block


def test_code_written_by_hand_is_recorded_with_its_settings():
    x = Variable(MATRIX)
    recording = record_variable(np.sum(x**2, axis=1))
    (block,) = [b for b in recording.blocks.values() if b.kind == "sum"]
    assert dict(block.settings) == {"axis": 1}


def test_a_wire_is_never_lost_to_a_setting():
    document = Document()
    for changes in (
        verbs.add_block(document, Block("b1", "input", "x", np.array(1.0)), Place(0, 0)),
        verbs.add_block(document, Block("b2", "stack", "y"), Place(0, 0)),
    ):
        document.apply(changes)
    document.apply(verbs.connect(document, Wire("b1", "b2", 1)))
    with pytest.raises(PortTakenError, match="wires at the inputs"):
        verbs.set_settings(document, "b2", {"inputs": 1})
    document.apply(verbs.set_settings(document, "b2", {"inputs": 3}))
    assert document.graph.ports("b2") == ("x0", "x1", "x2")
