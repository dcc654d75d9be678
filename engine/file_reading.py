"""A document made of the text of a `.gradwalk` file, which is trusted in nothing."""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Iterator
from sys import intern
from typing import Any, Generic, TypeVar

import msgspec
import numpy as np

from engine.bending import SetBends
from engine.document import Change, Document, Place, Score
from engine.errors import CycleError, DocumentError, GradwalkError, GroupError
from engine.files import LARGEST
from engine.graph import CONSTANT, Block, Graph, Wire
from engine.groups import Group, Groups
from engine.marking import AddMark
from engine.marks import Box
from engine.rows import MARKS, BlockRow, File, WireRow, decode
from engine.syntax import shown
from engine.variable import Array

NON_FINITE = {"nan": math.nan, "inf": math.inf, "-inf": -math.inf}

MOST_AXES = 32

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


def read_document(content: bytes, what: str) -> Document:
    """Make the document that the text of a file tells of.

    Parameters
    ----------
    content
        The text, in UTF-8.
    what
        How the sentence begins that says what is wrong, such as "It cannot be read".

    Raises
    ------
    DocumentError
        If it is anything but a whole and legal document; the sentence says what and where.
    """
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
