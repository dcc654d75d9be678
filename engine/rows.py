"""The rows of a `.gradwalk` file: from bytes to typed facts, and what is wrong with other bytes.

Reasons are given as the end of a sentence that the caller begins: "tutorial.gradwalk cannot be
opened: it is not JSON at line 3, column 7 …".
"""

from __future__ import annotations

import re
from typing import Annotated, Any

import msgspec

from engine.errors import DocumentError
from engine.files import LARGEST
from engine.marks import Frame, Note
from engine.syntax import shown

FORMAT = "gradwalk"

VERSION = 4
"""The newest that is read. A file says the oldest that can tell what it holds: 2 if blocks have
settings, 3 if some are grouped or there is a score, 4 if there are bends, frames or notes."""


class BlockRow(msgspec.Struct, forbid_unknown_fields=True):
    """A block as the file has it; `value` is unset for a Function and null if still to come."""

    id: str
    kind: str
    name: str
    x: float
    y: float
    value: Any = msgspec.UNSET
    settings: dict[str, Any] = {}


class WireRow(msgspec.Struct, forbid_unknown_fields=True):
    """A wire as the file has it."""

    source: str
    target: str
    port: int
    bends: list[tuple[float, float]] = []


class GroupRow(msgspec.Struct, forbid_unknown_fields=True):
    """A group as the file has it; `members` are ids of blocks and of groups."""

    id: str
    name: str
    folded: bool
    members: list[str]
    x: float
    y: float
    joint: list[list[tuple[str, int]]] = []


class MarkRow(msgspec.Struct, forbid_unknown_fields=True):
    """A frame or a note as the file has it."""

    id: str
    text: str
    colour: str
    x: float
    y: float
    width: float
    height: float
    within: str | None = None


class ScoreRow(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A score as the file has it."""

    asked: Annotated[int, msgspec.Meta(ge=0)]
    right: Annotated[int, msgspec.Meta(ge=0)]


class File(msgspec.Struct, forbid_unknown_fields=True):
    """All that a file holds."""

    format: str
    version: int
    target: str | None
    blocks: list[BlockRow]
    wires: list[WireRow]
    groups: list[GroupRow] = []
    score: ScoreRow = ScoreRow(0, 0)
    frames: list[MarkRow] = []
    notes: list[MarkRow] = []


MARKS: dict[str, type[Frame | Note]] = {"frames": Frame, "notes": Note}
"""The fields that hold marks."""


class Header(msgspec.Struct):
    """What tells whether the rest can be read; any other field may stand beside it."""

    format: str
    version: int


def decode(content: bytes) -> File:
    """Read the rows of a file.

    Raises
    ------
    DocumentError
        If the content is no file of a version that is known, whole and with all its fields.
    """
    if len(content) > LARGEST:
        raise DocumentError(f"it is larger than {LARGEST // 1024**2} MB, the most that is read")
    content = content.removeprefix(b"\xef\xbb\xbf")
    try:
        content.decode()
        if not content.strip():
            raise DocumentError("it is empty")
        header = msgspec.json.decode(content, type=Header)
        _check_header(header)
        return msgspec.json.decode(content, type=File)
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        reason = f"it is not text (line {line} holds the byte 0x{content[error.start]:02x})"
        raise DocumentError(reason) from None
    except msgspec.ValidationError as error:
        raise DocumentError(_invalid(str(error))) from None
    except msgspec.DecodeError as error:
        raise DocumentError(_malformed(str(error), content)) from None
    except RecursionError:
        raise DocumentError("it is nested too deeply") from None


def _check_header(header: Header) -> None:
    if header.format != FORMAT:
        raise DocumentError(f"it is no Gradwalk document; its format is “{shown(header.format)}”")
    if header.version > VERSION:
        reason = (
            f"it was made by a newer Gradwalk (version {shown(str(header.version))}; "
            f"this one reads up to {VERSION})"
        )
        raise DocumentError(reason)
    if header.version < 1:
        raise DocumentError(f"there is no version {shown(str(header.version))} of such files")


def _malformed(message: str, content: bytes) -> str:
    found = re.fullmatch(r"JSON is malformed: (.*) \(byte (\d+)\)", message, re.DOTALL)
    if found is None:
        line = content.rstrip().count(b"\n") + 1
        return f"it is not JSON: it ends too early, in line {line}"
    before = content[: int(found[2])]
    line, last = before.count(b"\n") + 1, before.rpartition(b"\n")[2]
    column = len(last.decode(errors="ignore")) + 1
    return f"it is not JSON at line {line}, column {column} ({found[1]})"


WORDS = {
    "str": "a text",
    "int": "a whole number",
    "float": "a number",
    "bool": "true or false",
    "array": "a list",
    "object": "an object",
    "null": "null",
    "str | null": "a text or null",
}


def _invalid(message: str) -> str:
    reason, _, path = message.partition(" - at `$")
    if found := re.fullmatch(r"Expected `(.*)`, got `(.*)`", reason):
        wanted, given = (WORDS.get(word, word) for word in found.groups())
        reason = f"{given} stands where {wanted} should"
    elif found := re.fullmatch(r"Object missing required field `(.*)`", reason):
        reason = f"the field “{found[1]}” is missing"
    elif found := re.fullmatch(r"Object contains unknown field `(.*)`", reason, re.DOTALL):
        reason = f"there is no field called “{shown(found[1])}”"
    elif reason == "Expected `int` >= 0":
        reason = "a number is less than 0"
    elif found := re.fullmatch(r"Expected `array` of length (\d+)", reason):
        reason = f"a list does not have {found[1]} items"
    elif reason == "Number out of range":
        reason = "a number is too large"
    places = [
        f"{item} {int(at) + 1}"
        for item, at in re.findall(r"\.(block|wire|group|frame|note)s\[(\d+)\]", path)
    ]
    places += [f"field “{field}”" for field in re.findall(r"\.(\w+)`$", path)]
    return f"in {', '.join(places)}, {reason}" if places else reason
