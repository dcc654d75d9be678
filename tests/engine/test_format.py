"""The format as it is written down, held against what is read and written."""

from __future__ import annotations

import json
import re
from pathlib import Path

import jsonschema
import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.document import Place, Score
from engine.errors import DocumentError
from engine.graph import Wire
from engine.marks import Box, Frame, Note
from engine.recording import record
from engine.rows import VERSION, BlockRow, File, GroupRow, MarkRow, ScoreRow, WireRow
from engine.storage import dumps, load, loads
from tests.engine.editing import documents, numbers
from tests.engine.files import TUTORIAL
from tests.engine.test_broken_files import BAD

ROOT = Path(__file__).parents[2]
SCHEMA = json.loads((ROOT / "docs" / "gradwalk.schema.json").read_text("utf-8"))
FORMAT = (ROOT / "docs" / "format.md").read_text("utf-8")
EXAMPLES = sorted((ROOT / "resources" / "examples").glob("*.gradwalk"))
KEPT = sorted((ROOT / "tests" / "data" / "versions").glob("*.gradwalk"))

VALIDATOR = jsonschema.Draft202012Validator(SCHEMA)

ONLY_BY_MEANING = {
    "a duplicate id",
    "a duplicate name",
    "a name that is a function",
    "an unknown function",
    "a ragged array",
    "a list among numbers",
    "a number among lists",
    "an unknown target",
    "a wire from nowhere",
    "a wire to nowhere",
    "a port that is not there",
    "a huge port",
    "a port that is taken",
    "a wire into an input",
    "a circle",
    "a circle of one",
    "a score that is too good",
    "too many axes",
    "a huge shape",
    "too large a whole number",
    "too large a number",
    "a place that is not finite",
    "a frame with two lines",
    "a frame in no group",
    "two frames with one id",
    "a note that cannot be seen",
}
"""Broken files that fit the schema: what is wrong with them only a reader can tell."""


def fits(text):
    return VALIDATOR.is_valid(json.loads(text))


def changed(what):
    change, _ = BAD[what]
    return TUTORIAL.replace(*change, 1) if isinstance(change, tuple) else change


def is_json(text):
    try:
        json.loads(text)
    except (ValueError, RecursionError):
        return False
    return isinstance(text, str) and "NaN" not in text


# The schema


def test_the_schema_is_one():
    jsonschema.Draft202012Validator.check_schema(SCHEMA)


@pytest.mark.parametrize(
    ("part", "row"),
    [
        (SCHEMA, File),
        (SCHEMA["$defs"]["block"], BlockRow),
        (SCHEMA["$defs"]["wire"], WireRow),
        (SCHEMA["$defs"]["group"], GroupRow),
        (SCHEMA["$defs"]["mark"], MarkRow),
        (SCHEMA["properties"]["score"], ScoreRow),
    ],
    ids=["file", "block", "wire", "group", "mark", "score"],
)
def test_the_schema_names_the_fields_that_are_read(part, row):
    fields = msgspec.structs.fields(row)
    assert list(part["required"]) == [field.name for field in fields if field.required]
    assert {*part["properties"]} == {field.name for field in fields}
    assert part["additionalProperties"] is False


def test_the_schema_knows_the_newest_version():
    assert SCHEMA["properties"]["version"]["maximum"] == VERSION


@pytest.mark.parametrize("path", EXAMPLES + KEPT, ids=lambda path: path.stem)
def test_every_example_and_every_kept_file_fits_the_schema(path):
    VALIDATOR.validate(json.loads(path.read_text("utf-8")))


@given(documents(), st.builds(Score, st.integers(5, 9), st.integers(0, 5)))
def test_every_document_that_is_written_fits_the_schema(document, score):
    document.score = score
    VALIDATOR.validate(json.loads(dumps(document)))


@pytest.mark.parametrize("what", [what for what in BAD if is_json(changed(what))])
def test_a_broken_file_does_not_fit_unless_only_its_meaning_is_wrong(what):
    assert fits(changed(what)) == (what in ONLY_BY_MEANING)


elements = st.recursive(
    numbers | st.integers(-9, 9) | st.sampled_from(["nan", "inf", "x", None, True]),
    lambda inner: st.lists(inner, max_size=2),
    max_leaves=6,
)
oddities = st.one_of(
    elements,
    st.fixed_dictionaries({"shape": st.lists(st.integers(-1, 3), max_size=3)}),
    st.text(max_size=4),
)


@settings(max_examples=300)
@given(st.data(), oddities)
def test_what_is_read_fits_the_schema(data, odd):
    told = json.loads(KEPT[-1].read_text("utf-8"))
    place, rows = data.draw(st.sampled_from([*_places(told)]))
    rows[place] = odd
    try:
        loads(json.dumps(told, allow_nan=True))
    except DocumentError:
        return
    VALIDATOR.validate(told)


def _places(told):
    """Go through every field at every depth: where it stands, and what holds it."""
    pairs = list(told.items() if isinstance(told, dict) else enumerate(told))
    for place, part in pairs:
        yield place, told
        if isinstance(part, dict | list):
            yield from _places(part)


# The versions


def test_a_file_of_every_version_is_kept():
    assert [path.stem for path in KEPT] == [f"v{number}" for number in range(1, VERSION + 1)]
    for number, path in enumerate(KEPT, start=1):
        assert json.loads(path.read_text("utf-8"))["version"] == number


@pytest.mark.parametrize("path", KEPT, ids=lambda path: path.stem)
def test_a_kept_file_is_saved_to_the_same_bytes(path):
    assert dumps(load(path)).encode() == path.read_bytes()


@pytest.mark.parametrize(
    ("version", "value", "gradients"),
    [
        (1, None, {"x": 201.45413009351756}),
        (2, float("inf"), {"w": [2.0, 0.0]}),
        (3, 2.398721270700128, {"x": 6.297442541400256, "w": 0.25}),
        (4, 2.398721270700128, {"x": 6.297442541400256, "w": 0.25}),
    ],
)
def test_a_kept_file_walks_as_it_did_then(version, value, gradients):
    document = load(KEPT[version - 1])
    recording = record(document.graph, document.target)
    if value is not None:
        assert recording.value(document.target).item() == pytest.approx(value, rel=1e-14)
    for name, wanted in gradients.items():
        found = recording.gradient(document.graph.named(name).id)
        assert found.tolist() == pytest.approx(wanted, rel=1e-14)


def test_what_came_with_a_version_is_still_there():
    second, third = load(KEPT[1]), load(KEPT[2])
    assert second.graph.named("a").settings == {"axis": 0}
    inner, outer = third.groups.group("g1"), third.groups.group("g2")
    assert (inner.name, inner.folded, inner.members) == ("Inner part", True, {"b2", "b3"})
    assert (outer.name, outer.folded, outer.members) == ("Outer", False, {"b7", "g1"})
    assert third.score == Score(5, 4)
    fourth = load(KEPT[3])
    assert fourth.bends == {Wire("b2", "b6", 0): (Place(500.5, 200.0), Place(900.0, 240.0))}
    assert fourth.marks == {
        "m1": Frame("m1", "The way in", Box(-500.0, -120.0, 200.0, 140.0), "teal"),
        "m2": Note("m2", "Squared,\nthen up.", Box(100.0, 60.0, 180.0, 80.0), "sand", "g2"),
    }


# The page


def test_the_file_on_the_page_is_one():
    (shown,) = re.findall(r"^```json\n(.*?)^```$", FORMAT, re.MULTILINE | re.DOTALL)
    assert dumps(loads(shown)) == shown


def test_the_page_tells_of_every_field_and_every_version():
    for row in (File, BlockRow, WireRow, GroupRow, MarkRow, ScoreRow):
        for field in row.__struct_fields__:
            assert f"`{field}`" in FORMAT
    versions = FORMAT.split("## Versions")[1]
    assert [int(n) for n in re.findall(r"^\| (\d+) \|", versions, re.MULTILINE)] == [
        *range(1, VERSION + 1)
    ]
