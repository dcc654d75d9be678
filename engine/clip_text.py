"""A clip as text, to be pasted anywhere; and text from anywhere as a clip.

What is read may come from a chat, a book, a spreadsheet or an enemy. It is looked at by its size
first, then parsed, and never run.
"""

from __future__ import annotations

import re
from dataclasses import replace

import numpy as np

from engine.clips import Clip
from engine.document import Document, Place
from engine.errors import (
    ClipError,
    DocumentError,
    ExpressionError,
    GradwalkError,
    ValueTextError,
)
from engine.expression import lines_of, parse_expression
from engine.graph import INPUT, Block, Graph, Wire, fresh_id, fresh_name
from engine.python_function import expression_of_function, is_function_text
from engine.storage import dumps, loads
from engine.values import frozen, parse_value, source_text
from engine.variable import Array

MOST_WRITTEN = 2_000
"""Blocks of the largest clip that is written as an expression; nobody reads a longer one."""

MOST_ELEMENTS = 1_000
"""Elements of the largest array that is written out in an expression."""

FREE = "_"
"""What is written for an input of a Function that no wire is plugged into."""

LONGEST_JSON = 16_000_000
"""Characters of a pasted document; larger ones come in files."""

LONGEST_PASTED = 100_000
"""Characters of any other text."""


def write_clip(found: Clip) -> str:
    """Write a clip as an expression, with the values of its inputs first.

    A Variable from outside is written by its name. A clip that is too large to be read by anybody
    is written as JSON.

    Examples
    --------
    >>> from engine.clips import clip
    >>> print(write_clip(read_clip("x = 0.5; y = square(exp(x))")))
    x = 0.5
    y = square(exp(x))
    """
    if len(found.document.graph) > MOST_WRITTEN:
        return dumps(found.document)
    if not found.document.graph.blocks and found.document.marks:
        return "\n\n".join(mark.text for mark in found.document.marks.values() if mark.text)
    graph = _with_feeds(found)
    ends = [block.id for block in found.document.graph.blocks.values() if not graph.out()[block.id]]
    given = [
        f"{block.name} = {source_text(block.value)}"
        for block in graph.blocks.values()
        if block.value is not None
        and block.value.size <= MOST_ELEMENTS
        and (block.kind == INPUT or not graph.out()[block.id])
    ]
    written = lines_of(graph, [b for b in ends if graph.block(b).is_function])
    return "\n".join((*given, *written)) or dumps(found.document)


def _with_feeds(found: Clip) -> Graph:
    """Put an input in the place of each Variable that comes in from outside."""
    graph = found.document.graph.copy()
    for feed in found.feeds:
        if graph.named(feed.name) is None:
            graph.add(Block(fresh_id(graph), INPUT, feed.name))
        source = graph.named(feed.name)
        assert source is not None  # noqa: S101 - it was just added
        graph.connect(Wire(source.id, feed.target, feed.port))
    return graph


def read_clip(text: str) -> Clip:
    """Read a document, a value, an expression or a Python function, whichever the text is.

    Raises
    ------
    ClipError
        If it is none of them; the sentence says why.

    Examples
    --------
    >>> [block.kind for block in read_clip("square(x) + 1").document.graph.blocks.values()]
    ['input', 'square', 'constant', 'add']
    """
    start = text[:LONGEST_PASTED].lstrip("\ufeff \t\r\n")
    if start[:1] == "{":
        return _read_document(text)
    if len(text) > LONGEST_PASTED:
        sentence = (
            f"The text has {len(text):,} characters; {LONGEST_PASTED:,} is the most that can be "
            "pasted. Larger graphs come in files."
        )
        raise ClipError(sentence)
    if not start:
        sentence = "There is nothing but space to paste."
        raise ClipError(sentence)
    text = text.replace("\ufeff", " ").replace("\u00a0", " ")
    named, value = _read_value(text)
    if value is not None:
        return _one_input(named, value)
    return _read_expression(text)


def _read_document(text: str) -> Clip:
    if len(text) > LONGEST_JSON:
        sentence = (
            f"The text has {len(text):,} characters; {LONGEST_JSON:,} is the most that can be "
            "pasted. Save it in a file and open that."
        )
        raise ClipError(sentence)
    try:
        document = loads(text.strip())
    except DocumentError as error:
        sentence = error.sentence.replace("The document", "The text", 1)
        raise ClipError(sentence) from None
    if not len(document.graph) and not document.marks:
        sentence = "The document that was copied has no blocks."
        raise ClipError(sentence)
    return Clip(document)


def _read_expression(text: str) -> Clip:
    try:
        if is_function_text(text):
            text = expression_of_function(text)
        graph, target = parse_expression(text)
    except ExpressionError as error:
        raise ClipError(f"This text makes no blocks. {error.sentence}") from None
    guessed = [b for b in graph.blocks.values() if b.kind == INPUT and b.value is None]
    for block in [block for block in guessed if block.name == FREE]:
        graph.remove(block.id)
        guessed.remove(block)
    for block in guessed:
        graph.replace(replace(block, value=frozen(1.0)))
    return Clip(Document(graph, {}, target), guessed=frozenset(block.id for block in guessed))


def _one_input(name: str | None, value: Array) -> Clip:
    graph = Graph()
    graph.add(Block("b1", INPUT, name or fresh_name(graph, "input"), value))
    return Clip(Document(graph, {"b1": Place(0.0, 0.0)}))


NAMED = re.compile(r"\s*(\w+)\s*=(?!=)", re.ASCII)
WRAPPED = re.compile(
    r"\s*(?:\w+\.)?(?:array|tensor)\(([\d\s.,eE+\-\[\]]*?),?\s*(?:dtype=[\w.]+)?\)\s*"
)
"""A value with a name, and an array as NumPy and PyTorch print it."""


def _read_value(text: str) -> tuple[str | None, Array | None]:
    """Read a number or an array with or without a name, or cells of a spreadsheet."""
    name = NAMED.match(text)
    body = text[name.end() :] if name else text
    if wrapped := WRAPPED.fullmatch(body):
        body = wrapped[1]
    value: Array | None
    try:
        value = parse_value(body)
    except ValueTextError:
        value = None if name else _read_cells(text)
    if value is None or not name:
        return None, value
    try:
        Graph().check_name("b1", name[1])
    except GradwalkError:
        return None, value
    return name[1], value


def _read_cells(text: str) -> Array | None:
    """Read numbers in rows and columns, as a spreadsheet copies them."""
    rows = [row.replace("\t", " ").replace(";", " ").split() for row in text.strip().splitlines()]
    try:
        cells = np.array([[float(cell) for cell in row] for row in rows])
    except ValueError:
        return None
    if cells.ndim < 2 or cells.size < 2:  # noqa: PLR2004 - a table has rows, columns and two cells
        return None
    return frozen(cells[0] if len(cells) == 1 else cells)
