"""The `.gradwalk` file: a document as JSON that reads well in a diff and is trusted in nothing.

One block or wire stands on a line, in an order that does not depend on the order of editing.
Numbers keep all their digits. JSON has no NaN and no infinity, so these are written as text.
"""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from sys import intern
from typing import Any, Generic, TypeVar

import msgspec
import numpy as np

from engine.bending import SetBends
from engine.document import Bends, Change, Document, Place, Score
from engine.errors import CycleError, DocumentError, GradwalkError, GroupError
from engine.files import LARGEST, digest_of, read_whole, write_whole
from engine.graph import CONSTANT, Block, Graph, Wire, age
from engine.groups import Group, Groups
from engine.marking import AddMark
from engine.marks import Box, Frame, Mark, Note
from engine.rows import FORMAT, VERSION, BlockRow, File, WireRow, decode
from engine.syntax import shown
from engine.values import plain_value
from engine.variable import Array

SUFFIX = ".gradwalk"

NON_FINITE = {"nan": math.nan, "inf": math.inf, "-inf": -math.inf}

MOST_AXES = 32

MARKS: dict[str, type[Frame | Note]] = {"frames": Frame, "notes": Note}
"""The fields that hold marks."""


def dumps(document: Document) -> str:
    """Write a document as text.

    Raises
    ------
    DocumentError
        If a block stands at a place that is not finite.

    Examples
    --------
    >>> print(dumps(Document()), end="")
    {
      "format": "gradwalk",
      "version": 1,
      "target": null,
      "blocks": [],
      "wires": []
    }
    """
    return "".join(pieces(document))


def pieces(document: Document) -> Iterator[str]:
    """Write a document as text, a row at a time, for who has other things to do in between.

    Raises
    ------
    DocumentError
        As `dumps` does, when it comes to the block.
    """
    graph = document.graph
    blocks = sorted(graph.blocks.values(), key=lambda block: age(block.id))
    wires = sorted(graph.wires(), key=lambda wire: (age(wire.target), wire.port))
    yield f'{{\n  "format": {json.dumps(FORMAT)}'
    yield f',\n  "version": {_version(document)}'
    yield f',\n  "target": {json.dumps(document.target)}'
    yield ',\n  "blocks": '
    yield from _rows(_block_facts(block, document.places[block.id]) for block in blocks)
    yield ',\n  "wires": '
    yield from _rows(_wire_facts(wire, document.bends.get(wire, ())) for wire in wires)
    if document.groups:
        groups = sorted(document.groups.all.values(), key=lambda group: age(group.id))
        yield ',\n  "groups": '
        yield from _rows(_group_facts(graph, g, document.places[g.id]) for g in groups)
    if document.score != Score():
        score = {"asked": document.score.asked, "right": document.score.right}
        yield f',\n  "score": {json.dumps(score)}'
    for name, kind in MARKS.items():
        drawn = [mark for mark in document.marks.values() if isinstance(mark, kind)]
        if drawn:
            yield f',\n  "{name}": '
            yield from _rows(_mark_facts(m) for m in sorted(drawn, key=lambda m: age(m.id)))
    yield "\n}\n"


def loads(text: str | bytes) -> Document:
    """Read a document from text.

    Raises
    ------
    DocumentError
        If it is anything but a whole and legal document; the sentence says what and where.
    """
    content = text.encode(errors="surrogatepass") if isinstance(text, str) else text
    return _read(content, "The document cannot be read")


def load(path: str | Path) -> Document:
    """Read a document from a file.

    Raises
    ------
    DocumentError
        If there is none, or as `loads` does; the sentence begins with the name of the file.
    """
    return load_with_digest(Path(path))[0]


def load_with_digest(path: Path) -> tuple[Document, str]:
    """Read a document from a file, and tell by what the file can be known again.

    Raises
    ------
    DocumentError
        As `load` does.
    """
    content = read_whole(path)
    return _read(content, f"{path.name} cannot be opened"), digest_of(content)


def save(document: Document, path: str | Path) -> str:
    """Write a document to a file, which is the old one or the new one at any time, and whole.

    Returns
    -------
    str
        The digest of the file, by which it can be known again.

    Raises
    ------
    DocumentError
        If that is not possible; the file is as it was.
    """
    content = dumps(document).encode()
    write_whole(Path(path), content)
    return digest_of(content)


# Writing


def _version(document: Document) -> int:
    """Give the oldest version that can tell what a document holds."""
    if document.bends or document.marks:
        return VERSION
    if document.groups or document.score != Score():
        return 3
    return 2 if any(block.settings for block in document.graph.blocks.values()) else 1


def _rows(rows: Iterable[dict[str, Any]]) -> Iterator[str]:
    before = "[\n    "
    for row in rows:
        yield before + _row(row)
        before = ",\n    "
    yield "[]" if before[0] == "[" else "\n  ]"


def _row(row: dict[str, Any]) -> str:
    try:
        return json.dumps(row, ensure_ascii=False, allow_nan=False)
    except (TypeError, ValueError):
        sentence = f"{row.get('name')} has settings that no file can hold."
        raise DocumentError(sentence, block=row.get("id")) from None


def _check_place(item: Block | Group, place: Place) -> None:
    if not (math.isfinite(place.x) and math.isfinite(place.y)):
        sentence = f"{item.name} stands at {place.x}, {place.y}, which is nowhere."
        raise DocumentError(sentence, block=item.id)


def _group_facts(graph: Graph, group: Group, place: Place) -> dict[str, Any]:
    _check_place(group, place)
    members = sorted(group.members, key=age)
    facts: dict[str, Any] = {
        "id": group.id,
        "name": group.name,
        "folded": group.folded,
        "members": members,
    }
    # A Function that was told to take fewer inputs has lost some of its ports.
    known = (
        tuple(end for end in ends if end[1] < len(graph.ports(end[0]))) for ends in group.joint
    )
    joint = [ends for ends in known if len(ends) > 1]
    if joint:
        facts["joint"] = joint
    return {**facts, "x": float(place.x), "y": float(place.y)}


def _wire_facts(wire: Wire, bends: Bends) -> dict[str, Any]:
    facts: dict[str, Any] = wire._asdict()
    return {**facts, "bends": [[float(n) for n in place] for place in bends]} if bends else facts


def _mark_facts(mark: Mark) -> dict[str, Any]:
    facts: dict[str, Any] = {"id": mark.id, "text": mark.text, "colour": mark.colour}
    facts |= {side: float(length) for side, length in mark.box._asdict().items()}
    return facts if mark.within is None else {**facts, "within": mark.within}


def _block_facts(block: Block, place: Place) -> dict[str, Any]:
    _check_place(block, place)
    facts: dict[str, Any] = {"id": block.id, "kind": block.kind, "name": block.name}
    if not block.is_function:
        facts["value"] = None if block.value is None else _plain(block.value)
    if block.settings:
        facts["settings"] = dict(block.settings)
    return {**facts, "x": float(place.x), "y": float(place.y)}


def _plain(value: Array) -> Any:
    if value.size == 0 and np.shape(value.tolist()) != value.shape:
        return {"shape": list(value.shape)}  # nested lists cannot say (0, 3)
    return plain_value(value)


# Reading

Item = TypeVar("Item")
Raw = TypeVar("Raw")


class _Counted(Iterator[Item], Generic[Raw, Item]):
    """Makes items out of raw ones and remembers how far it got, to name the one that is wrong."""

    def __init__(self, raw: list[Raw], make: Callable[[Raw], Item]) -> None:
        self._raw = iter(raw)
        self._make = make
        self.count = 0

    def __next__(self) -> Item:
        raw = next(self._raw)
        self.count += 1
        return self._make(raw)


def _read(content: bytes, what: str) -> Document:
    try:
        file = decode(content)
        graph = _graph(file)
        groups = _groups(file, graph)
    except DocumentError as error:
        raise DocumentError(f"{what}: {error.sentence}.", block=error.block) from None
    if file.target is not None and file.target not in graph:
        sentence = f"{what}: its target, “{shown(file.target)}”, is none of its blocks."
        raise DocumentError(sentence)
    if file.score.right > file.score.asked:
        raise DocumentError(f"{what}: its score has more right answers than questions.")
    places = {intern(row.id): Place(row.x, row.y) for row in file.blocks}
    places.update((row.id, Place(row.x, row.y)) for row in file.groups)
    score = Score(file.score.asked, file.score.right)
    document = Document(graph, places, file.target, groups, score)
    try:
        _draw(document, file)
    except DocumentError as error:
        raise DocumentError(f"{what}: {error.sentence}.", block=error.block) from None
    return document


def _draw(document: Document, file: File) -> None:
    """Lead wires through their bends, and draw frames and notes."""
    for number, wire in enumerate(file.wires, start=1):
        if wire.bends:
            led = tuple(Place(x, y) for x, y in wire.bends)
            where = f"wire {number} (from “{shown(wire.source)}” to “{shown(wire.target)}”)"
            _make(document, SetBends(_wire(wire), (), led), where)
    for name, rows in (("frames", file.frames), ("notes", file.notes)):
        for number, row in enumerate(rows, start=1):
            box = Box(row.x, row.y, row.width, row.height)
            mark = MARKS[name](row.id, row.text, box, row.colour, row.within)
            where = f"{name.removesuffix('s')} {number} (“{shown(row.text)}”)"
            _make(document, AddMark(mark), where)


def _make(document: Document, change: Change, where: str) -> None:
    try:
        change.apply(document)
    except GradwalkError as error:
        raise DocumentError(f"{where} is wrong. {_clause(error.sentence)}") from None


def _groups(file: File, graph: Graph) -> Groups:
    """Make the groups, which may stand in any order in the file, but not around each other."""
    groups = Groups()
    known = {row.id for row in file.groups}
    for number, row in enumerate(file.groups, start=1):
        where = f"group {number} (“{shown(row.name)}”) is wrong. "
        unknown = next((m for m in row.members if m not in graph and m not in known), None)
        if unknown is not None:
            raise DocumentError(f"{where}There is no “{shown(unknown)}” to be in it")
        members = frozenset(row.members)
        if not members or len(members) < len(row.members):
            what = "Nothing is in it" if not members else "Something is in it twice"
            raise DocumentError(where + what)
        if row.id in graph:
            raise DocumentError(f"{where}A block has its id too")
        try:
            joint = tuple(tuple(ends) for ends in row.joint)
            groups.add(Group(row.id, row.name, members, row.folded, joint))
        except GroupError as error:
            raise DocumentError(where + _clause(error.sentence)) from None
    for number, row in enumerate(file.groups, start=1):
        inside = groups.blocks(row.id)
        ends = [end for ends in row.joint for end in ends]
        fits = all(b in inside and 0 <= port < len(graph.ports(b)) for b, port in ends)
        if not fits or len({*ends}) < len(ends):
            what = "Its joint ports are not ports inside it, each of them once"
            raise DocumentError(f"group {number} (“{shown(row.name)}”) is wrong. {what}")
    return groups


def _graph(file: File) -> Graph:
    blocks, wires = _Counted(file.blocks, _block), _Counted(file.wires, _wire)
    try:
        return Graph.build(blocks, wires)
    except CycleError as error:
        raise DocumentError(_clause(error.sentence), block=error.block) from None
    except GradwalkError as error:
        if wires.count:
            row = file.wires[wires.count - 1]
            where = f"wire {wires.count} (from “{shown(row.source)}” to “{shown(row.target)}”)"
        else:
            where = f"block {blocks.count} (“{shown(file.blocks[blocks.count - 1].name)}”)"
        reason = f"{where} is wrong. {_clause(error.sentence)}"
        raise DocumentError(reason, block=error.block) from None


def _clause(sentence: str) -> str:
    return sentence.removesuffix(".").replace("The wires", "the wires")


def _wire(row: WireRow) -> Wire:
    return Wire(intern(row.source), intern(row.target), row.port)


def _block(row: BlockRow) -> Block:
    # A file says each id and each kind many times: one string for all of them is kept.
    block = Block(intern(row.id), intern(row.kind), row.name, None, row.settings)
    if block.is_function:
        if row.value is not msgspec.UNSET:
            raise DocumentError("It is a function, and computes its value; none can be given")
        return block
    if row.value is msgspec.UNSET:
        raise DocumentError("The field “value” is missing")
    if row.value is None:
        if row.kind == CONSTANT:
            raise DocumentError("A constant has a value; null is none")
        return block
    return Block(block.id, block.kind, row.name, _array(row.value))


def _array(value: Any) -> Array:
    """Make an array of nested lists of numbers, level by level, and refuse everything else."""
    if isinstance(value, dict):
        return _empty(value)
    shape: list[int] = []
    items = [value]
    while items and isinstance(items[0], list):
        size = len(items[0])
        shape.append(size)
        if any(not isinstance(item, list) or len(item) != size for item in items):
            raise DocumentError("The rows of its value do not have the same length")
        items = [number for item in items for number in item]
        if len(shape) > MOST_AXES:
            raise DocumentError(f"Its value has more than {MOST_AXES} axes")
    return np.array([_number(item) for item in items], dtype=np.float64).reshape(shape)


def _number(item: Any) -> float:
    if type(item) is float:
        return item
    if type(item) is int:
        try:
            return float(item)
        except OverflowError:
            raise DocumentError("A number in its value is too large") from None
    if isinstance(item, str) and item in NON_FINITE:
        return NON_FINITE[item]
    if isinstance(item, list):
        raise DocumentError("The rows of its value do not have the same length")
    text = shown(json.dumps(item, ensure_ascii=False))
    raise DocumentError(f"A value is made of real numbers, and {text} is none")


def _empty(value: dict[str, Any]) -> Array:
    match value:
        case {"shape": [*shape]} if len(value) == 1 and 0 < len(shape) <= MOST_AXES and 0 in shape:
            whole = all(type(size) is int and size >= 0 for size in shape)
            if whole and math.prod(size or 1 for size in shape) <= LARGEST:
                return np.zeros(shape)
    raise DocumentError("An object can be a value only as the shape of an array without elements")
