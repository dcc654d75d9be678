"""Files that are no document: each is refused with what is wrong and where."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.errors import DocumentError
from engine.storage import dumps, loads
from tests.engine.files import TUTORIAL

X = '{"id": "b1", "kind": "input", "name": "x", "value": 0.5, "x": 0.0, "y": 0.0}'
A = '{"id": "b2", "kind": "square", "name": "a", "x": 170.0, "y": 0.0}'
WIRE = '{"source": "b1", "target": "b2", "port": 0}'

FRAME = (
    '{"id": "m1", "text": "in", "colour": "teal",'
    ' "x": 0.0, "y": 0.0, "width": 90.0, "height": 90.0}'
)


def framed(field="frames", **changed):
    """Put a frame or a note into a file, with some of its fields changed."""
    facts = {"id": '"m1"', "text": '"in"', "colour": '"teal"', "x": "0.0", "y": "0.0"}
    facts |= {"width": "90.0", "height": "90.0", **changed}
    row = ", ".join(f'"{name}": {told}' for name, told in facts.items())
    return '"version": 1', f'"version": 4, "{field}": [{{{row}}}]'


BAD = {
    "an empty file": ("", "it is empty"),
    "a blank file": (" \n ", "it is empty"),
    "no JSON": ("{\n  nope", "it is not JSON at line 2, column 3 (object keys must be strings)"),
    "an end too early": (TUTORIAL[:-20], "it is not JSON: it ends too early, in line 14"),
    "something after the end": (TUTORIAL + "x", "it is not JSON at line 17, column"),
    "a number that JSON does not have": (("0.5", "NaN"), "it is not JSON at line 6, column 57"),
    "no UTF-8": (
        TUTORIAL.encode().replace(b"exp", b"\xff"),
        "not text (line 8 holds the byte 0xff",
    ),
    "UTF-16": (TUTORIAL.encode("utf-16"), "it is not text (line 1 holds the byte 0xff)"),
    "half a character": (("0.5", r'"\ud800"'), "it is not JSON at line 6"),
    "a list": ("[]", "a list stands where an object should"),
    "a text": ('"gradwalk"', "a text stands where an object should"),
    "null": ("null", "null stands where an object should"),
    "another format": (('"gradwalk"', '"netron"'), "no Gradwalk document; its format is “netron”"),
    "no format": (('  "format": "gradwalk",\n', ""), "the field “format” is missing"),
    "a newer version": (
        ('"version": 1', '"version": 7'),
        "it was made by a newer Gradwalk (version 7; this one reads up to 4)",
    ),
    "a newer version with other fields": (
        ('"version": 1', '"version": 7, "lessons": []'),
        "it was made by a newer Gradwalk (version 7",
    ),
    "a score below nothing": (
        ('"version": 1', '"version": 3, "score": {"asked": 1, "right": -1}'),
        "in field “right”, a number is less than 0",
    ),
    "a score that is too good": (
        ('"version": 1', '"version": 3, "score": {"asked": 1, "right": 2}'),
        "its score has more right answers than questions",
    ),
    "a bend that is no place": (
        (WIRE, WIRE.replace("}", ', "bends": [[1.0]]}')),
        "in wire 1, a list does not have 2 items",
    ),
    "a bend that is nowhere": (
        (WIRE, WIRE.replace("}", ', "bends": [[1e300, 0]]}')),
        "is wrong. A bend is too far away to be found again",
    ),
    "too many bends": (
        (WIRE, WIRE.replace("}", f', "bends": {[[0.5, 0.5]] * 101}}}')),
        "is wrong. A wire has 100 bends at most",
    ),
    "a frame without a size": (framed(width="0.0"), "It is 40 to 1,000,000 wide and high"),
    "a frame that is nowhere": (framed(x="1e300"), "It is too far away to be found again"),
    "a frame of another colour": (framed(colour='"puce"'), "There is no colour “puce” for it"),
    "a frame with two lines": (framed(text=r'"a\nb"'), "frame 1 (“a b”) is wrong. A title is one"),
    "a frame in no group": (framed(within='"g7"'), "is wrong. There is no group “g7”"),
    "a frame with the id of a block": (framed(id='"b1"'), "“b1” cannot be the id of a frame"),
    "two frames with one id": (
        ('"version": 1', f'"version": 4, "frames": [{FRAME}, {FRAME}]'),
        "frame 2 (“in”) is wrong. There is already something with the id “m1”",
    ),
    "a frame with an unknown field": (
        framed(width='4e2, "depth": 3'),
        "in frame 1, there is no field called “depth”",
    ),
    "a note that cannot be seen": (
        framed("notes", text=r'"a\u0007"'),
        "note 1 (“a�”) is wrong. A note is plain text; U+0007 cannot be seen",
    ),
    "a note that is too long": (
        framed("notes", text=f'"{"a" * 10_001}"'),
        "A note has 10,000 characters at most; this has 10,001",
    ),
    "an impossible version": (('"version": 1', '"version": 0'), "there is no version 0"),
    "an odd version": (
        ('"version": 1', '"version": "1"'),
        "in field “version”, a text stands where a whole number should",
    ),
    "an unknown field": (('"target"', '"colour": 3, "target"'), "no field called “colour”"),
    "an unknown field of a block": (
        ('"kind": "exp"', '"kind": "exp", "colour": 3'),
        "in block 3, there is no field called “colour”",
    ),
    "a missing field": (('"kind": "exp", ', ""), "in block 3, the field “kind” is missing"),
    "a missing part": (
        TUTORIAL.partition(',\n  "wires"')[0] + "}",
        "“wires” is missing",
    ),
    "a wrong type": (
        ('"kind": "exp"', '"kind": 3'),
        "in block 3, field “kind”, a whole number stands where a text should",
    ),
    "a wrong type of wire": (
        (WIRE, WIRE.replace("0", "0.5")),
        "in wire 1, field “port”, a number stands where a whole number should",
    ),
    "blocks that are no list": (
        '{"format": "gradwalk", "version": 1, "target": null, "blocks": {}, "wires": []}',
        "in field “blocks”, an object stands where a list should",
    ),
    "an unknown function": (
        ('"kind": "exp"', '"kind": "cube"'),
        "block 3 (“b”) is wrong. There is no function called “cube”",
    ),
    "a duplicate id": (
        ('"id": "b3"', '"id": "b2"'),
        "block 3 (“b”) is wrong. There is already a block with the id “b2”",
    ),
    "a duplicate name": (
        ('"name": "b"', '"name": "a"'),
        "block 3 (“a”) is wrong. There is already a block named “a”",
    ),
    "a name that is none": (('"name": "b"', '"name": "2b"'), "“2b” cannot be a name"),
    "a name that is a function": (('"name": "b"', '"name": "exp"'), "the name of a function"),
    "an id that is none": (('"id": "b3"', '"id": "b 3"'), "“b 3” cannot be an id"),
    "a value of a function": (
        ('"name": "b"', '"name": "b", "value": 1.0'),
        "block 3 (“b”) is wrong. It is a function, and computes its value",
    ),
    "no value of an input": (('"value": 0.5, ', ""), "block 1 (“x”) is wrong. The field “value”"),
    "a constant that is null": (
        (X, X.replace("input", "constant").replace("0.5", "null")),
        "block 1 (“x”) is wrong. A constant has a value",
    ),
    "a text as a value": (("0.5", '"0.5"'), 'made of real numbers, and "0.5" is none'),
    "true as a value": (("0.5", "true"), "made of real numbers, and true is none"),
    "null in an array": (("0.5", "[1, null]"), "made of real numbers, and null is none"),
    "a complex value": (("0.5", '"1+2j"'), 'made of real numbers, and "1+2j" is none'),
    "an object as a value": (
        ("0.5", '{"re": 1}'),
        "only as the shape of an array without elements",
    ),
    "a shape with elements": (("0.5", '{"shape": [2]}'), "only as the shape of an array without"),
    "a huge shape": (("0.5", '{"shape": [0, 1000000000000]}'), "only as the shape of an array"),
    "a negative shape": (("0.5", '{"shape": [0, -1]}'), "only as the shape of an array without"),
    "a ragged array": (("0.5", "[[1, 2], [3]]"), "do not have the same length"),
    "a list among numbers": (("0.5", "[1, [2]]"), "do not have the same length"),
    "a number among lists": (("0.5", "[[1], 2]"), "do not have the same length"),
    "too many axes": (("0.5", "[" * 40 + "1" + "]" * 40), "more than 32 axes"),
    "too large a number": (("0.5", "1e999"), "in block 1, field “value”, a number is too large"),
    "too large a whole number": (("0.5", "9" * 400), "A number in its value is too large"),
    "a place that is not finite": (
        ('"x": 340.0', '"x": 1e999'),
        "in block 3, field “x”, a number is too large",
    ),
    "a place that is no number": (
        ('"x": 340.0', '"x": "left"'),
        "in block 3, field “x”, a text stands where a number should",
    ),
    "an unknown target": (('"target": "b4"', '"target": "b9"'), "its target, “b9”, is none of its"),
    "a wire from nowhere": (
        (WIRE, WIRE.replace("b1", "b9")),
        "wire 1 (from “b9” to “b2”) is wrong. There is no block “b9”",
    ),
    "a wire to nowhere": (
        (WIRE, WIRE.replace("b2", "b9")),
        "wire 1 (from “b1” to “b9”) is wrong. There is no block “b9”",
    ),
    "a port that is not there": (
        (WIRE, WIRE.replace("0", "1")),
        "wire 1 (from “b1” to “b2”) is wrong. Square has no input 2",
    ),
    "a negative port": ((WIRE, WIRE.replace("0", "-1")), "Square has no input 0"),
    "a huge port": ((WIRE, WIRE.replace("0", "9" * 30)), "Square has no input 1000"),
    "a port that is taken": (
        (WIRE, WIRE + ",\n" + WIRE),
        "wire 2 (from “b1” to “b2”) is wrong. This input of Square is taken by x",
    ),
    "a wire into an input": (
        (WIRE, WIRE + ',\n{"source": "b2", "target": "b1", "port": 0}'),
        "wire 2 (from “b2” to “b1”) is wrong. x takes no input",
    ),
    "a circle": (
        (WIRE, '{"source": "b4", "target": "b2", "port": 0}'),
        "the wires a → b → y → a close a circle",
    ),
    "a circle of one": (
        (WIRE, '{"source": "b2", "target": "b2", "port": 0}'),
        "Square cannot take its own output as an input",
    ),
    "a million brackets": ("[" * 1_000_000, "a list stands where an object should"),
    "a million brackets in a value": (("0.5", "[" * 1_000_000), "it is nested too deeply"),
    "a million brackets in an unknown field": (
        ('"target"', '"a": ' + '{"a":' * 1_000_000),
        "it is nested too deeply",
    ),
}


@pytest.mark.parametrize("what", BAD)
def test_a_broken_file_is_refused_with_what_and_where(what):
    change, sentence = BAD[what]
    text = change
    if isinstance(change, tuple):
        old, new = change
        assert old in TUTORIAL
        text = TUTORIAL.replace(old, new, 1)
    with pytest.raises(DocumentError) as caught:
        loads(text)
    assert sentence in caught.value.sentence
    assert caught.value.sentence.startswith("The document cannot be read: ")
    assert caught.value.sentence.endswith(".")
    assert len(caught.value.sentence) < 300
    assert "`" not in caught.value.sentence


@given(st.binary(max_size=50))
def test_bytes_by_chance_are_refused_with_a_sentence(content):
    with pytest.raises(DocumentError, match="cannot be read"):
        loads(content)


@settings(max_examples=300)
@given(st.integers(0, len(TUTORIAL) - 1), st.sampled_from('"{}[]:,0-eblnx\\ \0ü'))
def test_one_wrong_character_is_either_refused_or_makes_another_whole_document(at, character):
    try:
        document = loads(TUTORIAL[:at] + character + TUTORIAL[at + 1 :])
    except DocumentError as error:
        assert error.sentence.endswith(".")  # noqa: PT017 - either may happen
    else:
        assert loads(dumps(document)) == document
