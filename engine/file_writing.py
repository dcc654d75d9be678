"""A document as the text of a `.gradwalk` file.

One block or wire stands on a line, in an order that does not depend on the order of editing.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Iterator
from typing import Any

import numpy as np

from engine.document import Bends, Document, Place, Score
from engine.errors import DocumentError
from engine.graph import Block, Graph, Wire, age
from engine.groups import Group
from engine.marks import Mark
from engine.rows import FORMAT, MARKS, VERSION
from engine.values import plain_value
from engine.variable import Array


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
